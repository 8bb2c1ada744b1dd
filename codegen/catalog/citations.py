"""Citations of overlays: each `cites` names lines of vendor documents by hash, and is evidence or a fault.

An overlay writes advice in our own words and cites the lines behind it as `document#hash`. When a line changes, its
hash is gone: the citation is stale. `reconcile` names it each time until somebody has read the new line; it stops only
where a citation can not be one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from codegen import yamlio
from codegen.catalog.decide import Aside
from codegen.documents.accounts import Lines, open_lines
from codegen.documents.claims import VendorDocument
from codegen.faults import Fault
from codegen.yamlio import HandWritten

_CITATION = re.compile(r"([^#]+)#([a-z2-7]{6})")


def malformed(cites: Mapping[str, Sequence[object]], overlays: Mapping[str, Path]) -> list[Fault]:
    """Return a fault for each citation that is not of the form document#hash."""
    return [
        _fault(
            citation,
            pointer,
            overlays,
            f"{citation!r} is not a citation",
            "write document#hash, as in the index of the claims",
        )
        for pointer, rows in cites.items()
        for citation in rows
        if not (isinstance(citation, str) and _CITATION.fullmatch(citation))
    ]


def stale(
    cites: Mapping[str, Sequence[object]], documents: Sequence[VendorDocument], overlays: Mapping[str, Path]
) -> list[Fault]:
    """Return a fault for each citation that no line of a document answers; `overlays` are where they were written.

    The citations of a document that is renamed are one fault.
    """
    by_name = {one.document: one for one in documents}
    renamed = _renamed(cites, by_name)
    return [
        _fault(rows[0], pointer, overlays, *_problem_of_renamed(name, rows))
        for name, (pointer, rows) in renamed.items()
    ] + [
        _fault(citation, pointer, overlays, *problem)
        for pointer, rows in cites.items()
        for citation in rows
        if str(citation).partition("#")[0] not in {name for name, _ in renamed}
        if (problem := _problem(str(citation), by_name))
    ]


def _renamed(
    cites: Mapping[str, Sequence[object]], documents: Mapping[str, VendorDocument]
) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """Return (old name, new name) → first pointer and citations, where one document has every line that is cited."""
    pointers_of: dict[str, list[tuple[str, str]]] = {}
    for pointer, rows in cites.items():
        for citation in map(str, rows):
            if (parts := _CITATION.fullmatch(citation)) and parts[1] not in documents:
                pointers_of.setdefault(parts[1], []).append((pointer, citation))
    lines = {one.document: set(one.hashes) for one in documents.values()}
    renamed = {}
    for name, places in pointers_of.items():
        cited = {citation.partition("#")[2] for _, citation in places}
        whole = {other: {name} if cited <= hashes else set() for other, hashes in lines.items()}
        if other := _other_name(name, name, whole):
            renamed[name, other] = (places[0][0], [citation for _, citation in places])
    return renamed


def _problem_of_renamed(names: tuple[str, str], citations: Sequence[str]) -> tuple[str, str]:
    old, new = names
    problem = f"cites {old}, which is not a document of this service; citations of it: {len(citations)}"
    return problem, f"the document may be renamed: write '{new}#' wherever '{old}#' stands"


def idle(rows: Sequence[Aside], documents: Sequence[VendorDocument]) -> list[Fault]:
    """Return a fault for each decision that sets aside a line which no document has, or which a reader understands."""
    lines = {(one.document, line.hash) for one in documents for line in one.unread}
    decided = {(row.document, row.line) for row in rows}
    by_document = {
        one.document: {line.hash for line in one.unread if (one.document, line.hash) not in decided}
        for one in documents
    }
    problem = "sets aside a line of {}, which is not among its lines that are not understood"
    return [
        Fault(row.file, row.place, problem.format(row.document), _remedy_of(row, by_document))
        for row in rows
        if (row.document, row.line) not in lines
    ]


def not_understood(
    service: str, documents: Sequence[VendorDocument], decisions: HandWritten, *settled: Lines
) -> Iterator[Fault]:
    """Yield the lines that no reader understands and of which neither an overlay nor a decision speaks."""
    for document in documents:
        for row in open_lines(document, *settled):
            about = f" of {row.about}" if row.about else ""
            entry = yamlio.flow({"line": f"{document.document}#{row.hash}", "reason": "…"})
            yield Fault(
                document.document,
                f"line {row.line}",
                f"looks as if it states a fact{about} ({row.signal}), and no reader understands it",
                f"state it in specs/overlays/{service}.yaml, or set it aside: {decisions.add('set_aside', entry)}",
            )


def _remedy_of(row: Aside, documents: Mapping[str, Collection[str]]) -> str:
    name = "" if row.document in documents else _other_name(row.document, row.line, documents)
    return f"the document may be renamed: write '{name}#{row.line}'" if name else "correct or remove it"


def _other_name(document: str, line: str, documents: Mapping[str, Collection[str]]) -> str:
    """Return the document that has a line of one that is gone: of several that of the skill, with the likest name."""
    rows = [name for name, lines in documents.items() if line in lines]
    skill = document.partition("/")[0]
    own = [name for name in rows if name.partition("/")[0] == skill] or rows
    return max(own, key=lambda name: SequenceMatcher(None, document, name).ratio(), default="")


def _fault(citation: object, pointer: str, overlays: Mapping[str, Path], problem: str, remedy: str) -> Fault:
    name, place = _written(str(citation), overlays.items())
    return Fault(name, place, f"{problem} (for {pointer})", remedy)


def _problem(citation: str, documents: Mapping[str, VendorDocument]) -> tuple[str, str] | None:
    """Return what is wrong with a citation and what to do."""
    match = _CITATION.fullmatch(citation)
    if match is None:
        return None
    if match[1] not in documents:
        return f"cites {match[1]}, which is not a document of this service", "correct the name, or delete the text"
    if documents[match[1]].line_of(match[2]) is None:
        return f"cites a line of {match[1]} that has changed", "read it again, correct the text and cite the new line"
    return None


def _written(citation: str, overlays: Iterable[tuple[str, Path]]) -> tuple[str, str]:
    """Return the overlay and the line in which a citation stands."""
    name = "specs/overlays"
    for name, path in overlays:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if citation in line:
                return name, f"line {number}"
    return name, ""
