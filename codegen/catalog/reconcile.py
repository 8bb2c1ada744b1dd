"""Claims + decisions + overlays → the canonical catalog: the main path of this package."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from fnmatch import fnmatchcase
from operator import itemgetter
from pathlib import Path
from typing import Any

from codegen import yamlio
from codegen.catalog import citations
from codegen.catalog.build import JSON, build
from codegen.catalog.build_schemas import ReconciledFacts
from codegen.catalog.compare import points
from codegen.catalog.complete import Written, complete, operations, vendor_of
from codegen.catalog.decide import Decisions, read_decisions
from codegen.catalog.examples import add_examples
from codegen.catalog.host_decisions import base_urls, check_keys, scope_headers, settle_hosts
from codegen.catalog.lint_causes import linted
from codegen.catalog.overlay_values import unfit
from codegen.catalog.placements import placing
from codegen.catalog.reconciliation_report import Findings, Removal, disagreements, report
from codegen.catalog.remedies import missing_entries
from codegen.catalog.settling import settle_all
from codegen.documents.claims import VendorDocument
from codegen.faults import Fault, InputFault
from codegen.openapi import overlay, pointers
from codegen.openapi.evidence import by_operation

_SHORT = ("items", "value", "x-python", "x-vendor", "assets", "reply", "callback")
"""Keys of the catalog whose value stands on one line where it fits."""
_FEW = 3
"""Claims behind a fact that stand on one line."""
HEADER = (
    "Machine-written by `python -m codegen reconcile` from claims, decisions and overlays. Do not edit.\n"
    "Unofficial: not affiliated with or endorsed by the vendor."
)
EVIDENCE_HEADER = (
    "Machine-written by `python -m codegen reconcile`: the claims behind each fact of the document of the same name.\n"
    "A claim is document#operation/subject/name; `python -m codegen why` prints its line."
)


@dataclass(frozen=True)
class ReconciledCatalog:
    """The canonical documents, with what reconciling found."""

    openapi: Mapping[str, dict[str, Any]]
    evidence: Mapping[str, dict[str, Any]]
    report: str
    findings: tuple[Findings, ...]
    stale: tuple[Fault, ...] = ()
    """Words of the overlays to be read again: their lines have changed, or the field they describe is gone."""
    not_understood: tuple[Fault, ...] = ()
    """Lines that look as if they state a fact, that no reader understands, and of which no overlay or decision
    speaks."""

    @property
    def settled(self) -> int:
        """How many disagreements were settled."""
        return sum(sum(service.by_rule().values()) for service in self.findings)

    def summary(self) -> str:
        """Return one line a service, for the command line."""
        rows = []
        for service in self.findings:
            rules = ", ".join(f"{count} by {name}" for name, count in sorted(service.by_rule().items()))
            rows.append(
                f"{service.service}: {len(service.names)} operations, {len(service.settlements)} facts, "
                f"{sum(service.by_rule().values())} disagreements settled ({rules or 'none'})"
            )
        return "\n".join(rows)


def reconcile(documents: Sequence[VendorDocument], decisions_dir: Path, overlays_dir: Path) -> ReconciledCatalog:
    """Return the catalog that these claims give. Every fault of every service is reported at once."""
    faults: list[Fault] = []
    decided: dict[str, set[str]] = {}
    open_lines: list[Fault] = []
    openapi: dict[str, dict[str, Any]] = {}
    evidence: dict[str, dict[str, Any]] = {}
    findings: list[Findings] = []
    stale: list[Fault] = []
    services = _services(documents, decisions_dir, faults)
    for service, (own, decisions) in sorted(services.items()):
        if not own:
            faults.append(_without_documents(service, decisions, overlays_dir))
            continue
        stale += citations.idle(decisions.set_aside, own, decisions.file)
        try:
            openapi[service], evidence[service], of_service = _service(service, own, decisions, overlays_dir, stale)
            findings.append(of_service)
            cites = evidence[service].get("cites", {})
            stale += citations.stale(cites, own, _overlays(service, overlays_dir))
            for row in decisions.set_aside:
                decided.setdefault(row.document, set()).add(row.line)
            open_lines += citations.not_understood(service, own, decisions.file, cited_lines(evidence), decided)
        except InputFault as fault:
            faults.extend(fault.faults)
    if faults:
        raise InputFault(faults)
    all_documents = sorted((one for own, _ in services.values() for one in own), key=lambda one: one.document)
    text = report(findings, all_documents, cited_lines(evidence), decided)
    return ReconciledCatalog(openapi, evidence, text, tuple(findings), tuple(sorted(set(stale))), tuple(open_lines))


def cited_lines(evidence: Mapping[str, Mapping[str, Any]]) -> dict[str, set[str]]:
    """Return document → hashes of its lines that overlays cite."""
    hashes: dict[str, set[str]] = {}
    for rows in evidence.values():
        for citations_ in rows.get("cites", {}).values():
            for citation in citations_:
                document, _, line = str(citation).partition("#")
                hashes.setdefault(document, set()).add(line)
    return hashes


def render(catalog: ReconciledCatalog) -> dict[str, str]:
    """Return every file under specs/ that the catalog gives, by name."""
    files = {
        f"openapi/{name}.yaml": yamlio.dumps(value, header=HEADER, one_line=("states",), short=_SHORT)
        for name, value in catalog.openapi.items()
    }
    files |= {
        f"evidence/{name}.yaml": yamlio.dumps(
            _written_evidence(catalog.openapi[name], value),
            header=EVIDENCE_HEADER,
            one_line=("disagreements",),
        )
        for name, value in catalog.evidence.items()
    }
    return {**dict(sorted(files.items())), "RECONCILIATION.md": catalog.report}


def _written_evidence(document: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    facts = {at: _sources(claims) for at, claims in by_operation(document, value.get("facts", {})).items()}
    cites = by_operation(document, value.get("cites", {}))
    return {**value, "facts": facts, **({"cites": cites} if cites else {})}


def _sources(claims: list[str]) -> list[str]:
    """Return the claims behind a fact as they are written: a few on one line, many one a line.

    A new parameter is then a line a fact, and a new document that states what others do a line a fact too.
    """
    return claims if len(claims) <= _FEW else yamlio.Lines(claims)


def write(catalog: ReconciledCatalog, specs_root: Path) -> None:
    """Write the catalog; each file appears whole or not at all, and documents of services that are gone go too."""
    files = render(catalog)
    for folder in ("openapi", "evidence"):
        (specs_root / folder).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        _replace(specs_root / name, text)
    for folder in ("openapi", "evidence"):
        for stale in sorted((specs_root / folder).glob("*.yaml")):
            if f"{folder}/{stale.name}" not in files:
                stale.unlink()


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        # A fresh temporary file is private; the catalog is as readable as any other source.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _services(
    documents: Sequence[VendorDocument], decisions_dir: Path, faults: list[Fault]
) -> dict[str, tuple[list[VendorDocument], Decisions]]:
    """Return which documents speak of which service: each decisions file names its skills."""
    services: dict[str, tuple[list[VendorDocument], Decisions]] = {}
    for path in sorted(decisions_dir.glob("*.yaml")):
        try:
            services[path.stem] = ([], read_decisions(path, f"specs/decisions/{path.name}"))
        except InputFault as fault:
            faults.extend(fault.faults)
    if faults:  # which skill belongs to which service is not known then, nor what was decided
        raise InputFault(faults)
    for document in sorted(documents, key=lambda one: one.document):
        owners = [
            name
            for name, (_, decisions) in services.items()
            if any(fnmatchcase(document.skill, pattern) for pattern in decisions.skills)
        ]
        if len(owners) == 1:
            services[owners[0]][0].append(document)
        else:
            faults.append(_homeless(document.skill, owners, {name: row.skills for name, (_, row) in services.items()}))
    for own, decisions in filter(itemgetter(0), services.values()):
        own[:], of_claims = citations.with_claims(own, decisions)
        faults += of_claims
    if not services and not documents:
        remedy = "write one file for each service: `skills: ['NAME-*']`"
        faults.append(Fault("specs/decisions", "", "no service is declared", remedy))
    return services


def _without_documents(service: str, decisions: Decisions, overlays_dir: Path) -> Fault:
    """Return a service of which no document is left. Its claims lie on disk until the step has been done."""
    skills = [f"the folder specs/claims/{row.skill}" for row in decisions.withdrawn if not row.keep]
    files = ", ".join(["this file", *_overlays(service, overlays_dir), *skills])
    return Fault(
        f"specs/decisions/{service}.yaml",
        "",
        f"no document of {service} is among the claims",
        f"import its documents, or, where the vendor withdrew them, delete {files}",
    )


def _homeless(skill: str, owners: Sequence[str], services: Mapping[str, Sequence[str]]) -> Fault:
    """Return a skill that belongs to no service, or to several. `services` has the patterns of each."""
    if owners:
        files = " and ".join(f"specs/decisions/{name}.yaml" for name in owners)
        return Fault(files, "/skills", f"both speak of the skill {skill!r}", "leave it to one of them")
    stem = skill.partition("-")[0]
    pattern = skill if stem == skill else f"{stem}-*"
    remedy = f"write specs/decisions/{stem}.yaml: `{yamlio.flow({'skills': [pattern]})[1:-1]}`"
    if near := max(sorted(services), key=lambda name: SequenceMatcher(None, name, skill).ratio(), default=""):
        listed = yamlio.flow({"skills": [*services[near], skill]})[1:-1]
        remedy = f"if it is of the vendor of {near}, write `{listed}` in specs/decisions/{near}.yaml; else {remedy}"
    return Fault(f"specs/claims/{skill}", "", f"the skill {skill!r} belongs to no service", remedy)


def _service(
    service: str, documents: list[VendorDocument], decisions: Decisions, overlays_dir: Path, idle: list[Fault]
) -> tuple[dict[str, Any], dict[str, Any], Findings]:
    """Return the canonical document of one service, its evidence, and what reconciling it found.

    `idle` collects the words of overlays about fields that are gone.
    """
    sources = _overlay_sources(service, overlays_dir)
    documents, removals = _without_removed(documents, decisions)
    placed = placing(documents, decisions.places, decisions.file)
    compared = points(scope_headers(placed.documents))
    hosts = settle_hosts(compared, decisions.servers, decisions.file)
    settlements, undecided = settle_all(compared, decisions.decisions, hosts.settled, decisions.file)
    facts = ReconciledFacts(settlements)
    draft, broken = build(service, facts, _version(documents), base_urls(facts, decisions.servers))
    faults = [*placed.faults, *hosts.faults, *undecided, *broken]
    faults += () if broken else _of_nothing(service, placed.documents, draft)
    applied: list[overlay.AppliedValue] = []
    merged, faults_of_overlays = _overlaid(draft, sources, idle, applied)
    faults += [*faults_of_overlays, *unfit(merged, applied)]
    name = f"specs/overlays/{service}.yaml"
    _refuse_damage(merged, name, faults)
    missing, unnamed = missing_entries(merged, facts, sources, name)
    faults += [*missing, *check_keys(merged, facts, [source.file for source in sources], decisions.file)]
    _deprecate(merged, set(withdrawn_operations(documents, decisions)))
    unsound = add_examples(merged, compared)
    names = {vendor_of(operation): operation["operationId"] for _, _, operation in operations(merged)}
    try:
        catalog = complete(merged, facts, sources[0].file if sources else yamlio.HandWritten(name))
    except InputFault as fault:
        raise InputFault([*faults, *fault.faults]) from None
    faults += citations.malformed(catalog.cites, _overlays(service, overlays_dir))
    if sources and not faults_of_overlays:
        faults += linted(catalog, compared, unnamed, sources[0].file, applied, names)
    if faults:
        raise InputFault(faults)
    settled = tuple(settlements.values())
    findings = Findings(service, names, settled, tuple(unsound), placed.moves, tuple(removals), catalog.partial)
    return catalog.document, _evidence(catalog, findings), findings


def _evidence(catalog: Written, findings: Findings) -> dict[str, Any]:
    rows = {"facts": catalog.evidence, "disagreements": disagreements(findings), "cites": catalog.cites}
    return {key: value for key, value in rows.items() if value}


def _no_request(service: str, documents: Sequence[VendorDocument]) -> Fault:
    """Return the fault of a service of which no document states a request: what there is, and what to write where."""
    code = [
        f"{document.document} line {row.line}"
        for document in documents
        for row in document.unread
        if row.signal == "request in code"
    ]
    skill = documents[0].skill if documents else service
    only = f"; there are requests in code, which is not read for them: {', '.join(code)}" if code else ""
    remedy = (
        f"write the interface into {skill}/references/interface.md beside the documents, and import them again: "
        "`POST https://…/…`, below it a line `- name (string, required): …` for each field, and `GET https://…/{id}`; "
        f"or take the skill out of `skills` in specs/decisions/{service}.yaml"
    )
    return Fault(f"specs/claims/{skill}", "", f"no document of {service} states a request{only}", remedy)


def _without_removed(
    documents: Sequence[VendorDocument], decisions: Decisions
) -> tuple[list[VendorDocument], list[Removal]]:
    """Return the documents without what they state of operations that a decision removed, and what that is."""
    reasons = {name: row.reason for row in decisions.withdrawn for name in row.operations}
    remaining = [
        replace(
            document,
            claims=tuple(claim for claim in document.claims if claim.operation not in reasons),
            capability=tuple(name for name in document.capability if name not in reasons),
        )
        for document in documents
    ]
    documents_of: dict[str, list[str]] = {}
    for document in documents:
        for name in dict.fromkeys(claim.operation for claim in document.claims if claim.operation in reasons):
            documents_of.setdefault(str(name), []).append(document.document)
    return remaining, [Removal(name, reasons[name], tuple(sources)) for name, sources in sorted(documents_of.items())]


def withdrawn_operations(documents: Iterable[VendorDocument], decisions: Decisions) -> list[str]:
    """Return the operations that only skills state which their vendor does not publish any more."""
    return only_of({row.skill for row in decisions.withdrawn if row.keep}, documents)


def only_of(skills: Collection[str], documents: Iterable[VendorDocument]) -> list[str]:
    """Return the operations that go with these skills: those they are for, and those that no other skill describes."""
    rows = list(documents)
    theirs, others = ([row for row in rows if (row.skill in skills) is belongs] for belongs in (True, False))
    own, elsewhere = ({name for row in side for name in row.capability} for side in (theirs, others))
    return sorted((own | (_described(theirs) - _described(others))) - elsewhere)


def _described(documents: Iterable[VendorDocument]) -> set[str]:
    """Return the operations whose URL or path these documents state. A guide that only calls one states neither."""
    claims = (claim for document in documents for claim in document.claims if claim.subject == "operation")
    return {claim.operation for claim in claims if claim.operation and claim.facts.keys() & {"url", "path"}}


def _deprecate(document: dict[str, Any], names: set[str]) -> None:
    for _, _, operation in operations(document):
        if vendor_of(operation) in names:
            operation["deprecated"] = True


def _overlays(service: str, folder: Path) -> dict[str, Path]:
    """Return the overlays of a service in the order in which they are applied: SERVICE.yaml, then SERVICE.*.yaml."""
    overlays = [folder / f"{service}.yaml", *sorted(folder.glob(f"{service}.*.yaml"))]
    return {f"specs/overlays/{path.name}": path for path in overlays if path.exists() or path.is_symlink()}


def _overlay_sources(service: str, folder: Path) -> list[overlay.OverlaySource]:
    """Return the overlays of a service. What is missing without one that cannot be read would be its consequence."""
    faults: list[Fault] = []
    sources: list[overlay.OverlaySource] = []
    for name, path in _overlays(service, folder).items():
        try:
            sources.append(overlay.read(path, name))
        except InputFault as fault:
            faults.extend(fault.faults)
    if faults:
        raise InputFault(faults)
    return sources


def _overlaid(
    draft: dict[str, Any],
    sources: Sequence[overlay.OverlaySource],
    idle: list[Fault],
    applied_values: list[overlay.AppliedValue],
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the draft with every overlay of its service applied, and what could not be applied.

    `idle` collects words without a field, `applied_values` what the overlays have written where.
    """
    merged = draft
    faults: list[Fault] = []
    for source in sources:
        faults += overlay.by_index(source)
        merged, own_faults = overlay.merge(merged, source, idle, applied_values)
        faults += own_faults
    return merged, faults


def _of_nothing(service: str, documents: Sequence[VendorDocument], draft: Mapping[str, Any]) -> Iterable[Fault]:
    """Yield a fault for claims that would be lost, since no document gives the URL of their operation; and for a
    service without any."""
    names = {vendor_of(one) for _, _, one in operations(draft)}
    if not names:
        yield _no_request(service, documents)
    for document in documents:
        first = {claim.operation: claim for claim in reversed(document.claims) if claim.operation is not None}
        for name in sorted(first.keys() - names):
            claim = first[name]
            problem = f"speaks of the operation {name!r}, whose URL no document states"
            close = get_close_matches(name, names, n=1)
            remedy = f"write {close[0]!r}" if close else "state its URL, or write another name"
            yield Fault(document.document, f"line {claim.line}", problem, remedy)


def _refuse_damage(document: dict[str, Any], name: str, faults: Sequence[Fault]) -> None:
    """Raise InputFault, with the faults found so far, where the overlay invents operations or takes parts of them."""
    if damage := list(_damage(document, name)):
        raise InputFault([*faults, *damage])


def _damage(document: dict[str, Any], name: str) -> Iterable[Fault]:
    """Yield a fault for each operation that the overlay invents, and for each that it takes a part from."""
    for path, method, operation in operations(document):
        pointer = pointers.join("/paths", path, method)
        if not vendor_of(operation):
            yield Fault(name, pointer, "adds an operation that no document states", "remove it")
        elif not isinstance(operation.get("operationId"), str):
            yield Fault(name, pointer, "leaves the operation without an operationId", "keep it, or give it another")
        elif not isinstance(operation.get("responses", {}).get("200", {}).get("content", {}).get(JSON), dict):
            yield Fault(name, pointer, "leaves the operation without its reply", "keep responses/200")


def _version(documents: Sequence[VendorDocument]) -> str:
    """Return the newest publication date; where no document has one, the highest version that one states."""
    dates = [document.published for document in documents if document.published]
    versions = [document.version for document in documents if document.version]
    return max(dates) if dates else max(versions, default="0")
