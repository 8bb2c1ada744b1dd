"""The import: documents in, claims files out, and the way back from the files."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from codegen import trees
from codegen.documents import api_description, claims, document_index, markdown, metadata, named_hosts, script, sources
from codegen.documents.claims import VendorDocument
from codegen.documents.dataflow import Knowledge
from codegen.documents.document_index import EarlierImports, Index
from codegen.documents.line_accounting import ACCOUNTS, Account, LineAccounting
from codegen.documents.signals import names_header
from codegen.documents.sources import LONE, Source, front_matter
from codegen.faults import Fault, InputFault


def read_sources(paths: Sequence[Path], earlier: EarlierImports | None = None) -> tuple[VendorDocument, ...]:
    """Return every document at the given paths, with what it states.

    `earlier` is what documents imported earlier say, for those that are not part of the input.
    Raises InputFault with every fault of every path.
    """
    faults: list[Fault] = []
    listed: list[Source] = []
    for path in paths:
        try:
            listed.extend(sources.read(path))
        except InputFault as fault:
            faults.extend(fault.faults)
    if not paths:
        faults.append(Fault("import", "", "nothing to read", "give at least one path"))
    faults.extend(_repeated(listed))
    try:
        index = document_index.build(listed, earlier or EarlierImports())
    except InputFault as fault:
        raise InputFault([*faults, *fault.faults]) from None
    if faults:
        raise InputFault(faults)
    publications = _publications(listed, index)
    return tuple(sorted((_document(source, index, publications) for source in listed), key=lambda row: row.document))


def _repeated(listed: Iterable[Source]) -> Iterable[Fault]:
    first: dict[tuple[str, str], str] = {}
    for source in listed:
        origin = first.setdefault((source.skill, source.path), source.origin)
        if origin != source.origin:
            yield Fault(source.origin, "", f"{source.skill}/{source.path} is also in {origin}", "give one of them")


def _document(
    source: Source, index: Index, publications: Mapping[str, tuple[str | None, str | None]]
) -> VendorDocument:
    accounting = LineAccounting(source.lines)
    kind = document_index.kind_of(source)
    knowledge = Knowledge(index.methods, index.getters, index.signatures, index.names)
    if source in index.entries:
        kind = "api-description"
        api_description.read(source, index.entries[source], accounting)
    elif source in index.scripts:
        is_alone = not index.capability.get(source.skill)
        script.read(source, index.scripts[source], knowledge, accounting, is_alone=is_alone)
    elif source in index.texts:
        markdown.read(source, index, accounting)
    elif kind == "metadata":
        metadata.read(source, accounting)
    else:
        _other(source, accounting)
    counts = accounting.counts()
    version, published = publications[source.skill]
    return VendorDocument(
        document=f"{source.skill}/{source.path}" if source.skill != LONE else source.path,
        kind=kind,
        skill=source.skill,
        sha256=hashlib.sha256("".join(f"{line}\n" for line in source.lines).encode()).hexdigest(),
        version=version,
        published=published,
        capability=index.capability.get(source.skill, ()),
        claims=accounting.claims,
        unread=accounting.unread_lines,
        lines=counts,
        set_aside=accounting.reasons(),
        hashes=tuple(claims.line_hash(line) for line in source.lines),
        prose=accounting.prose(),
    )


def _other(source: Source, accounting: LineAccounting) -> None:
    """Read a document of no known kind line by line. A licence and a list of libraries state nothing."""
    name = source.path.rsplit("/", 1)[-1].lower()
    account: Account | None = (
        "prose" if name.startswith("licen") else "structure" if name == "requirements.txt" else None
    )
    for number, line in enumerate(source.lines, 1):
        if account and line.strip():
            accounting.assign(number, account)
        elif account is None:
            for origin in {origin for _, origin in named_hosts.in_code(line, "text")}.union(named_hosts.in_prose(line)):
                accounting.claim(number, "server", origin, {}, None, "example")
            if names_header(line):
                accounting.unread(number, "header in code")


def _publications(listed: Iterable[Source], index: Index) -> dict[str, tuple[str | None, str | None]]:
    """Return version and date of each skill: of its metadata, or the version and newest date of its documents."""
    versions: dict[str, str] = {}
    dates: dict[str, list[str]] = defaultdict(list)
    for source, rows in index.entries.items():
        if day := api_description.newest(rows):
            dates[source.skill].append(day)
    for source in index.texts:
        if version := front_matter(source.lines).get("version"):
            versions.setdefault(source.skill, version)
        dates[source.skill] += [day for line in source.lines if (day := metadata.generated_on(line))]
    return {skill: _publication(skill, index, versions, dates[skill]) for skill in {source.skill for source in listed}}


def _publication(
    skill: str, index: Index, versions: Mapping[str, str], dates: Iterable[str]
) -> tuple[str | None, str | None]:
    publication = index.publications.get(skill)
    version = publication.version if publication else None
    published = publication.published if publication else None
    return version or versions.get(skill), published or max(dates, default=None)


def write_claims(documents: Iterable[VendorDocument], root: Path, without: Collection[str] = ()) -> None:
    """Write the claims files under `root` as a whole: all of them or none.

    The files of every skill among the documents are replaced, those of other skills stay. A lone API description
    replaces the claims of the document of the same name. The files of the skills in `without` go.
    """
    placed = _placed(tuple(documents), root)
    root.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=root.parent))
    try:
        fresh = staging / "new"
        if root.exists():
            shutil.copytree(root, fresh)
        else:
            fresh.mkdir()
        for skill in sorted({document.skill for document, lone in placed if not lone}.union(without)):
            shutil.rmtree(fresh / skill, ignore_errors=True)
        for document, _ in placed:
            target = fresh / f"{document.document}.yaml"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(claims.to_yaml(document), encoding="utf-8")
        if root.exists():
            os.replace(root, staging / "old")
        os.replace(fresh, root)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _placed(documents: tuple[VendorDocument, ...], root: Path) -> list[tuple[VendorDocument, bool]]:
    """Return each document under the skill it belongs to, and whether it came alone."""
    placed: list[tuple[VendorDocument, bool]] = []
    for document in documents:
        if document.skill != LONE:
            placed.append((document, False))
            continue
        present = (
            [row for row in load_claims(root) if row.document.rsplit("/", 1)[-1] == document.document]
            if root.exists()
            else []
        )
        if len(present) > 1:
            raise InputFault(
                Fault(
                    document.document, "", "several claims documents have this name", "import the skill it belongs to"
                )
            )
        stem = document.document.rsplit(".", 1)[0]
        owner = present[0] if present else replace(document, skill=stem, document=f"{stem}/{document.document}")
        placed.append((_at(document, owner), True))
    return placed


def _at(document: VendorDocument, owner: VendorDocument) -> VendorDocument:
    """Return a document that came alone, in the place of the one it replaces.

    It dates its skill only if it is newer.
    """
    operations = {claim.operation for claim in owner.claims}
    return replace(
        document,
        document=owner.document,
        skill=owner.skill,
        version=document.version or owner.version,
        published=max((day for day in (document.published, owner.published) if day), default=None),
        capability=tuple(sorted({*(set(owner.capability) - operations), *document.capability})),
    )


def load_claims(root: Path) -> tuple[VendorDocument, ...]:
    """Return every claims document under `root`, sorted by name."""
    faults: list[Fault] = []
    documents: list[VendorDocument] = []
    for path in sorted(root.rglob("*.yaml")):
        name = f"specs/claims/{path.relative_to(root).as_posix()}"
        try:
            documents.append(claims.from_yaml(trees.read_input(path, name, sources.MAX_BYTES), name))
        except InputFault as fault:
            faults.extend(fault.faults)
    if faults:
        raise InputFault(faults)
    return tuple(sorted(documents, key=lambda document: document.document))


def earlier_imports(documents: Iterable[VendorDocument]) -> EarlierImports:
    """Return what documents imported earlier say: the operations that example calls show, the URLs of an API
    description, and the names in descriptions and scripts."""
    documents = tuple(documents)
    rows = [(document, claim) for document in documents for claim in document.claims if claim.operation]
    methods = {
        claim.name: str(claim.operation)
        for _, claim in rows
        if claim.subject == "example" and claim.name.isidentifier() and claim.name != claim.operation
    }
    urls = {
        str(claim.facts["url"]): str(claim.operation)
        for document, claim in rows
        if document.kind == "api-description" and claim.subject == "operation" and "url" in claim.facts
    }
    order = {
        str(claim.operation): tuple(map(str, claim.facts.get("names", ())))
        for _, claim in rows
        if (claim.subject, claim.by) == ("list", "signature")
    }
    names: dict[str, frozenset[str]] = {}
    for document in documents:
        if document.kind in ("api-description", "script"):
            names[document.skill] = names.get(document.skill, frozenset()) | _names(document)
    signatures = {method: order[operation] for method, operation in methods.items() if operation in order}
    return EarlierImports(methods, urls, signatures, names)


def _names(document: VendorDocument) -> frozenset[str]:
    """Return the names of what a document states, as they stand in it: `task_id` of `data.task_id`."""
    own = [claim for claim in document.claims if claim.subject in ("parameter", "response", "result")]
    listed = [name for claim in document.claims if claim.subject == "list" for name in claim.facts.get("names", ())]
    return frozenset(part for name in [*(claim.name for claim in own), *map(str, listed)] for part in name.split("."))


def counts(documents: Iterable[VendorDocument]) -> dict[str, list[int]]:
    """Return the documents and claims of each skill, and its lines by account."""
    rows: dict[str, list[int]] = {}
    for document in documents:
        row = rows.setdefault(document.skill or document.document, [0] * (2 + len(ACCOUNTS)))
        row[0] += 1
        row[1] += len(document.claims)
        for column, account in enumerate(ACCOUNTS, 2):
            row[column] += document.lines.get(account, 0)
    return rows


def summary(documents: Iterable[VendorDocument]) -> str:
    """Return a small table: how much each skill's documents say, and how much of them was understood."""
    rows = counts(documents)
    total = [sum(column) for column in zip(*rows.values(), strict=True)] if rows else [0] * (2 + len(ACCOUNTS))
    titles = ("skill", "documents", "claims", *ACCOUNTS)
    table = [titles, *((name, *map(str, rows[name])) for name in sorted(rows)), ("total", *map(str, total))]
    widths = [max(len(row[at]) for row in table) for at in range(len(titles))]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in table
    )
