"""The steps of the pipeline, each with what is new since the files that it replaces: import, reconcile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from codegen import paths, yamlio
from codegen.catalog import reconcile as reconciling
from codegen.catalog.decide import Decisions, read_decisions
from codegen.documents import importer, sources
from codegen.documents.claims import VendorDocument
from codegen.faults import Fault, InputFault
from codegen.openapi.document import Document as OpenAPI
from codegen.updates import disagreements, hosts_and_headers, new_facts
from codegen.updates.disagreements import Disagreement
from codegen.updates.new_facts import REMEDY, ClaimsNews, DocumentNews, FactNews, UnreadLine
from codegen.updates.service_names import ServiceNames
from codegen.updates.skills import MissingSkill, is_partial, missing

_FEW = 5
"""So many places of the same news are named."""
_LISTED = 20
"""So many facts of one document are listed; of more, the rest is a number."""
_BEGINNING, _LONG = 24, 160
"""Long lines of one document that begin with the same characters are shown as one: an example in each of many calls."""


@dataclass(frozen=True)
class Imported:
    """What an import has read, and what of it is new."""

    summary: str
    news: ClaimsNews
    missing: tuple[MissingSkill, ...]
    partial: bool
    """Whether only some skills were imported, so that the missing ones mean nothing."""

    def lines(self, *, every_unread: bool = False) -> list[str]:
        """Return it for people: by document, then what is not understood, then what is gone."""
        rows = _documents(self.news)
        if self.news.unread:
            rows += ["", f"not understood, and new ({len(self.news.unread)}); {new_facts.REMEDY}:"]
            rows += [f"  {row}" for row in self.news.unread]
        if self.news.prose:
            rows += ["", f"new lines in which no reader found a fact ({len(self.news.prose)}); {new_facts.READ_THEM}:"]
            rows += _folded(self.news.prose)
        if self.news.reworded:
            rows += ["", f"lines with other words ({len(self.news.reworded)}); {new_facts.READ_AGAIN}:"]
            rows += _folded(self.news.reworded)
        if earlier := self.news.unread_before:
            how = "" if every_unread else ": `python -m codegen import --unread` lists them"
            rows += ["", f"not understood, as last time ({len(earlier)}){how}"]
            rows += [f"  {row}" for row in earlier] if every_unread else []
        others = [row for row in self.missing if not row.decision] if self.partial else []
        missing_rows = [row for row in self.missing if row not in others]
        if others:
            names = ", ".join(row.skill for row in others)
            rows += ["", f"not among these documents, kept as they were: {names}"]
            rows += [f"  {others[0].skill}, for one: {others[0].remedy}; --format json has the entry of each"]
        if missing_rows:
            rows += ["", "skills that are gone:", *(f"  {row}" for row in missing_rows)]
        return rows


@dataclass(frozen=True)
class Reconciled:
    """The catalog that was made, and which disagreements are new."""

    summary: str
    disagreements: tuple[Disagreement, ...]
    stale: tuple[Fault, ...] = ()
    """Words of the overlays whose lines have changed, or whose field is gone."""
    differing: tuple[Fault, ...] = ()
    """Where an overlay writes what the documents state otherwise."""
    not_understood: tuple[Fault, ...] = ()
    """Lines that look as if they state a fact, and that no reader, overlay or decision speaks of."""

    def lines(self) -> list[str]:
        """Return the report for people: new disagreements first, stale advice last."""
        stale = [f"words of ours to read again ({len(self.stale)}):"] if self.stale else []
        stale += [f"  {fault}" for fault in self.stale]
        if self.differing:
            stale += [*([""] if stale else []), f"overlay and documents differ ({len(self.differing)}):"]
            stale += [f"  {fault}" for fault in self.differing]
        if self.not_understood:
            stale += [*([""] if stale else []), f"not understood ({len(self.not_understood)}); {REMEDY}:"]
            stale += [f"  {fault}" for fault in self.not_understood]
        if not self.disagreements:
            return ["no disagreement of the documents is new, changed or gone", *([""] if stale else []), *stale]
        lines: list[str] = []
        for how, title in (("new", "new disagreements"), ("changed", "changed"), ("gone", "gone: the documents agree")):
            rows = disagreements.by_cause(row for row in self.disagreements if row.how == how and not row.went_with)
            if rows:
                lines += [*([""] if lines else []), f"{title} ({len(rows)}):", *(f"  {row}" for row in rows)]
        if along := disagreements.with_skills(self.disagreements):
            lines += [*([""] if lines else []), "gone with a skill:", *(f"  {row}" for row in along)]
        return [*lines, *([""] if stale else []), *stale]


_LIKE_A_FACT = re.compile(
    r"\d|`|\b(?:must|only|max|min|limit|required|optional|default|deprecated|instead|free|paid|credits?)\b|[必仅默限]",
    re.IGNORECASE,
)


def _folded(lines: Sequence[UnreadLine]) -> list[str]:
    """Return the lines that look as if they state a fact, and how many others there are in which document."""
    groups: dict[tuple[str, str], list[UnreadLine]] = {}
    for row in lines:
        if _LIKE_A_FACT.search(row.text):
            text = row.text.strip()
            groups.setdefault((row.document, text[:_BEGINNING] if len(text) > _LONG else text), []).append(row)
    rows = []
    for first, *others in list(groups.values())[:_LISTED]:
        more = f" [and {len(others)} more that begin alike]" if others else ""
        rows.append(f"  {first}{more}")
    if len(groups) > _LISTED:
        rows.append(f"  and {len(groups) - _LISTED} more: --format json has them all")
    counts = Counter(row.document for row in lines if not _LIKE_A_FACT.search(row.text))
    if counts:
        places = ", ".join(f"{document}: {count}" for document, count in list(counts.items())[:_LISTED])
        rows.append(f"  and plain sentences ({places}): --format json has them all")
    return rows


def _documents(news: ClaimsNews) -> list[str]:
    if news.first:
        return [f"the first import: {len(news.documents)} documents"]
    if not news.documents:
        return ["no fact of any document is new, changed or gone"]
    documents = ["new since last time:"]
    for row in news.documents:
        if row.status == "renamed":
            documents.append(f"  renamed: {row.renamed_from} → {row.document}")
        elif row.status != "changed":
            documents.append(f"  {row.document}: the document is {row.status} ({row.claims} claims)")
            continue
        else:
            documents.append(f"  {row.document}")
        whole = {*row.operations_new, *row.operations_gone}
        parts = [fact for fact in row.facts if fact.subject.partition(" ")[0] not in whole]
        lines = [*_whole_operations(row), *_facts(parts)]
        if not lines and row.status == "changed":
            documents.pop()
        documents += [f"    {line}" for line in lines[:_LISTED]]
        if len(lines) > _LISTED:
            documents.append(f"    and {len(lines) - _LISTED} more: --format json has them all")
    return [*documents, *_examples(news)]


def _examples(news: ClaimsNews) -> list[str]:
    """Return one line on the examples that show something else: what they state is told where it is stated."""
    places = [
        f"{row.document} line {fact.line}"
        for row in news.documents
        for fact in row.facts
        if fact.is_example and fact.how == "changed"
    ]
    more = f" and {len(places) - _FEW} more" if len(places) > _FEW else ""
    return [f"  examples that show something else ({len(places)}): {', '.join(places[:_FEW])}{more}"] if places else []


def _whole_operations(row: DocumentNews) -> Iterator[str]:
    """Yield a line for each operation of which the document states everything, or nothing, for the first time."""
    counts = Counter(fact.subject.partition(" ")[0] for fact in row.facts)
    for name in row.operations_gone:
        yield f"- {name}: nothing is stated of this operation any more (facts that are gone: {counts[name]})"
    for name in row.operations_new:
        first = min((fact.line for fact in row.facts if fact.subject.partition(" ")[0] == name), default=0)
        yield f"+ {name}: the operation is new (facts: {counts[name]}, from line {first})"


def _facts(facts: Sequence[FactNews]) -> Iterator[str]:
    """Yield the facts of one document: changed ones first; those of one subject that came or went share a line."""
    operations = {fact.subject.partition(" parameter ")[0] for fact in facts if " parameter " in fact.subject}
    distinct = [fact for fact in facts if not _is_named_below(fact, operations)]
    several = Counter(fact.alike for fact in distinct if fact.operation)
    reported = set[tuple[str, ...]]()
    for fact in distinct:
        if fact.how == "changed" and not fact.is_example and not _is_repeated(fact, several, reported):
            yield f"~ {_with_others(fact, several, distinct)}"
    for how, mark in (("gone", "-"), ("added", "+")):
        groups: dict[tuple[str, int], list[FactNews]] = {}
        for fact in distinct:
            if fact.how == how and not _is_repeated(fact, several, reported):
                groups.setdefault((fact.subject, fact.line), []).append(fact)
        for (subject, line), rows in groups.items():
            statements = ", ".join(row.statement for row in rows if row.fact)
            where = f"is gone (stood on line {line})" if how == "gone" else f"(line {line})"
            text = f"{subject}{f': {statements}' if statements else ''} {where}"
            yield f"{mark} {_with_others(rows[0], several, distinct, text)}"


def _is_named_below(fact: FactNews, operations: Collection[str]) -> bool:
    """Return whether a fact says which parameters there are, and those that came or went are named one by one."""
    operation, is_list, _ = fact.subject.partition(" list ")
    return bool(is_list) and operation in operations


def _is_repeated(fact: FactNews, several: Mapping[tuple[str, ...], int], reported: set[tuple[str, ...]]) -> bool:
    """Return whether the same news of other operations has been told; if not, note it."""
    if several[fact.alike] < _FEW:
        return False
    is_repeated = fact.alike in reported
    reported.add(fact.alike)
    return is_repeated


def _with_others(
    fact: FactNews, several: Mapping[tuple[str, ...], int], facts: Sequence[FactNews], text: str = ""
) -> str:
    """Return a fact in words, with how many other operations have the same news."""
    words = text or str(fact)
    if not fact.operation or several[fact.alike] < _FEW:
        return words
    others = [row.operation for row in facts if row.alike == fact.alike and row is not fact]
    more = f" and {len(others) - 2} more" if len(others) > 2 else ""
    return f"{words}; the same of {', '.join(others[:2])}{more}"


def import_documents(inputs: Sequence[Path]) -> Imported:
    """Read vendor documents into specs/claims. Raises InputFault; nothing is written then."""
    old = importer.load_claims(paths.CLAIMS) if paths.CLAIMS.is_dir() else ()
    documents = importer.read_sources(inputs, importer.earlier_imports(old))
    services = _decisions()
    missing_skills = _named(missing(old, documents, services))
    partial = is_partial(old, missing_skills)
    skills = [row.skill for row in missing_skills if row.decision == "remove"]
    importer.write_claims(documents, paths.CLAIMS, skills)
    settled = (*_cited(), _decided_lines(services))
    now = importer.load_claims(paths.CLAIMS)
    news = new_facts.compare(old, now, _texts(inputs, now), _prose(documents, now), settled)
    return Imported(importer.summary(documents), news, missing_skills, partial)


def _texts(inputs: Iterable[Path], documents: Iterable[VendorDocument]) -> dict[str, Sequence[str]]:
    """Return document → its lines. One that came alone is known by its file name."""
    texts: dict[str, Sequence[str]] = {}
    for path in inputs:
        for source in sources.read(path):
            texts[f"{source.skill}/{source.path}" if source.skill else source.path] = source.lines
    for document in documents:
        name = document.document.rsplit("/", 1)[-1]
        if name in texts:
            texts.setdefault(document.document, texts[name])
    return texts


def _prose(documents: Iterable[VendorDocument], others: Iterable[VendorDocument]) -> dict[str, tuple[int, ...]]:
    """Return document → its lines of prose. One that came alone is known by the document that it replaces."""
    lone = {row.document.rsplit("/", 1)[-1]: row.document for row in others}
    return {
        row.document if row.skill != sources.LONE else lone.get(row.document, row.document): row.prose
        for row in documents
    }


def _cited() -> Iterable[dict[str, set[str]]]:
    """Yield, for each service, document → hashes of the lines that overlays cite, as last reconciled."""
    for value in _documents_in(paths.EVIDENCE).values():
        yield reconciling.cited_lines({"": value})


def _decided_lines(services: Mapping[str, Decisions]) -> dict[str, set[str]]:
    """Return document → hashes of the lines that decisions set aside, or whose claims they state."""
    hashes: dict[str, set[str]] = {}
    for decisions in services.values():
        for row in decisions.lines:
            hashes.setdefault(row.document, set()).add(row.line)
    return hashes


def _decisions() -> dict[str, Decisions]:
    """Return service → its decisions. One that cannot be read is a fault of `reconcile` and left out here."""
    decisions = {}
    for path in sorted(paths.DECISIONS.glob("*.yaml")):
        try:
            decisions[path.stem] = read_decisions(path, f"specs/decisions/{path.name}")
        except InputFault:
            continue
    return decisions


def _named(rows: Sequence[MissingSkill]) -> tuple[MissingSkill, ...]:
    """Return the skills with their operations as code calls them."""
    calls = {service: dict(_calls(service, document)) for service, document in catalog_on_disk().items()}
    return tuple(row.with_calls(calls.get(row.service, {})) for row in rows)


def _calls(service: str, document: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield the vendor's name of each operation, and how code calls it."""
    names = ServiceNames(service, document)
    for row in OpenAPI(document).operations:
        vendor = (row.value.get("x-vendor") or {}).get("id") or row.path.rstrip("/").rpartition("/")[2]
        call = names.call(str(row.value.get("operationId")))
        if call:
            yield str(vendor), f"{call}()"


def catalog_on_disk() -> dict[str, dict[str, Any]]:
    """Return the catalog as it was last written; files that cannot be read are left out."""
    return _documents_in(paths.OPENAPI)


def _documents_in(folder: Path) -> dict[str, dict[str, Any]]:
    rows = {}
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        try:
            document = yamlio.load(path)
        except InputFault:
            continue
        if isinstance(document, dict):
            rows[path.stem] = document
    return rows


def reconcile_after(result: Imported) -> Reconciled:
    """Make the catalog as `reconcile` does. Of faults that only a skill gives which is gone, the skill is named."""
    try:
        return reconcile()
    except InputFault as error:
        open_rows = [] if result.partial else [row for row in result.missing if not row.decision]
        raise InputFault(by_gone_skills(error.faults, open_rows)) from None


def by_gone_skills(faults: Sequence[Fault], rows: Sequence[MissingSkill]) -> list[Fault]:
    """Return the faults; in place of those that end with skills which are gone, one for each skill.

    Of what such a skill states, the others may state something else now: that is decided with the skill.
    """
    if not rows:
        return list(faults)
    skills = {row.skill for row in rows}
    documents = [one for one in importer.load_claims(paths.CLAIMS) if one.skill not in skills]
    remaining: Collection[tuple[str, str]] = ()
    try:
        reconciling.reconcile(documents, paths.DECISIONS, paths.OVERLAYS)
    except InputFault as error:
        remaining = {(fault.file, fault.place) for fault in error.faults}
    consequences = [fault for fault in faults if (fault.file, fault.place) not in remaining]
    if not consequences:
        return list(faults)
    problem = "is not among the documents, and the others state something else than it does: {}"
    words = "; ".join(f"{fault.file} {fault.place}: {fault.problem}" for fault in consequences)
    skill_faults = [Fault(f"specs/claims/{row.skill}", "", problem.format(words), row.remedy) for row in rows]
    return [*skill_faults, *(fault for fault in faults if fault not in consequences)]


def reconcile() -> Reconciled:
    """Make the catalog of claims, decisions and overlays. Raises InputFault; nothing is written then."""
    before = _disagreements()
    documents = importer.load_claims(paths.CLAIMS)
    catalog = reconciling.reconcile(documents, paths.DECISIONS, paths.OVERLAYS)
    faults = [
        fault
        for findings in catalog.findings
        for fault in hosts_and_headers.wrong_hosts(
            findings.service, catalog.openapi[findings.service], findings.settlements
        )
    ]
    if faults:
        raise InputFault(faults)
    reconciling.write(catalog, paths.SPECS)
    differing = tuple(_headers(catalog.openapi, documents))
    news = disagreements.compare(before, _disagreements(), {one.document for one in documents})
    return Reconciled(catalog.summary(), news, catalog.stale, differing, catalog.not_understood)


def _headers(openapi: Mapping[str, dict[str, Any]], documents: Sequence[VendorDocument]) -> Iterator[Fault]:
    """Yield where the documents of a service and its overlay differ on the headers of a call."""
    for service, decisions in _decisions().items():
        own = [one for one in documents if any(fnmatchcase(one.skill, pattern) for pattern in decisions.skills)]
        if service in openapi:
            yield from hosts_and_headers.wrong_headers(service, openapi[service], own)


def _disagreements() -> dict[str, list[dict[str, Any]]]:
    """Return service → its disagreements as last written in the evidence beside the catalog."""
    folder = paths.SPECS / "evidence"
    documents = catalog_on_disk()
    beside = _documents_in(folder)
    disagreements = {name: document.get("x-disagreements") for name, document in documents.items()}
    disagreements |= {name: document.get("disagreements") for name, document in beside.items()}
    return {name: [row for row in rows or () if isinstance(row, dict)] for name, rows in disagreements.items()}


_KEPT_BY_HAND = ("README.md", "docs/*.md", "examples/**/*.py", "tests/**/*.py", "tools/**/*.py")


def calls_of_gone_operations(before: Mapping[str, Any], after: Mapping[str, Any], root: Path) -> list[str]:
    """Return a line for each operation or client that is gone and that files which people keep still name."""
    calls = sorted(_all_calls(before) - _all_calls(after))
    clients = sorted(_clients(before) - _clients(after))
    if not calls:
        return []
    files = sorted({path for pattern in _KEPT_BY_HAND for path in root.glob(pattern)})
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8").splitlines() for path in files}
    rows = []
    for client in clients:
        if places := _naming(re.compile(rf"\b(?:Async)?{re.escape(client)}\b"), texts):
            rows.append(f"the client {client} is gone; take it out of {places}")
    for call in calls:
        method = call.rpartition(".")[2]
        name = re.compile(rf"\b(?:{re.escape(method)}|{re.escape(method.replace('_', '-'))})\b")
        if places := _naming(name, texts):
            rows.append(f"{call}() is gone; name another operation in {places}")
    return rows


def _naming(name: re.Pattern[str], texts: Mapping[str, Sequence[str]]) -> str:
    """Return the places that have a name, the first of them by file and line."""
    places = [f"{file}:{at}" for file, rows in texts.items() for at, row in enumerate(rows, 1) if name.search(row)]
    return ", ".join(places[:_LISTED]) + (f" and {len(places) - _LISTED} more" if len(places) > _LISTED else "")


def _clients(catalog: Mapping[str, Any]) -> set[str]:
    names = ((document.get("x-python") or {}).get("client") for document in catalog.values())
    return {str(name) for name in names if name}


def _all_calls(catalog: Mapping[str, Any]) -> set[str]:
    calls = set()
    for service, document in catalog.items():
        names = ServiceNames(service, document)
        calls |= {names.call(str(row.value.get("operationId"))) for row in OpenAPI(document).operations}
    return calls - {""}
