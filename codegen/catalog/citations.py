"""Citations of overlays: each `cites` names lines of vendor documents by hash, and is evidence or a fault.

An overlay writes advice in our own words and cites the lines behind it as `document#hash`. When a line changes, its
hash is gone: the citation is stale. `reconcile` names it each time until somebody has read the new line; it stops only
where a citation can not be one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from codegen import yamlio
from codegen.catalog.decide import Aside, Decisions, ManualClaim
from codegen.documents.accounts import Lines, open_lines
from codegen.documents.claims import Claim, VendorDocument
from codegen.faults import Fault
from codegen.yamlio import HandWritten

_CITATION = re.compile(r"([^#]+)#([a-z2-7]{6})")
_READ_AGAIN = "read it again, correct the text and cite the new line"


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

    The citations of a document that is renamed are one fault, and so are those of one that is gone.
    """
    by_name = {one.document: one for one in documents}
    renamed = _renamed(cites, by_name)
    names = by_name.keys() | {name for name, _ in renamed}
    return [
        *(
            _fault(rows[0], pointer, overlays, *_problem_of_renamed(name, rows))
            for name, (pointer, rows) in renamed.items()
        ),
        *_of_gone(cites, names, overlays),
        *_of_changed(cites, by_name, overlays),
    ]


def _of_changed(
    cites: Mapping[str, Sequence[object]], documents: Mapping[str, VendorDocument], overlays: Mapping[str, Path]
) -> Iterator[Fault]:
    """Yield a fault for each line of an overlay with a citation of a line that has changed, for all that it says."""
    pointers: dict[str, list[str]] = {}
    for pointer, rows in cites.items():
        for citation in rows:
            match = _CITATION.fullmatch(str(citation))
            if match and match[1] in documents and documents[match[1]].line_of(match[2]) is None:
                pointers.setdefault(str(citation), []).append(pointer)
    for citation, (first, *others) in pointers.items():
        about = f"{first} and {len(others)} more" if others else first
        problem = f"cites a line of {citation.partition('#')[0]} that has changed"
        yield _fault(citation, about, overlays, problem, _READ_AGAIN)


def _of_gone(
    cites: Mapping[str, Sequence[object]], names: Collection[str], overlays: Mapping[str, Path]
) -> Iterator[Fault]:
    """Yield a fault for each document that is gone and each overlay that cites it, with all lines that do."""
    places: dict[tuple[str, str], list[str]] = {}
    for citation in dict.fromkeys(str(citation) for rows in cites.values() for citation in rows):
        if (match := _CITATION.fullmatch(citation)) and match[1] not in names:
            for name, place in _places(citation, overlays.items()):
                places.setdefault((name, match[1]), []).append(place)
    for (name, document), rows in places.items():
        lines = sorted({int(place.removeprefix("line ")) for place in rows if place})
        listed = f"; the lines {', '.join(map(str, lines))} cite it" if len(lines) > 1 else ""
        problem = f"cites {document}, which is not a document of this service{listed}"
        remedy = "correct the name, or delete the texts that no other document states"
        yield Fault(name, f"line {lines[0]}" if lines else "", problem, remedy)


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


def with_claims(documents: Sequence[VendorDocument], decisions: Decisions) -> tuple[list[VendorDocument], list[Fault]]:
    """Return the documents with the claims that decisions state of their lines, and a fault for each line that is gone.

    They stand in place of what a reader has made of the same line.
    """
    claims: dict[str, dict[int, list[Claim]]] = {}
    gone: dict[tuple[str, str], list[ManualClaim]] = {}
    by_name = {one.document: one for one in documents}
    for row in decisions.claims:
        if line := by_name[row.document].line_of(row.line) if row.document in by_name else None:
            claims.setdefault(row.document, {}).setdefault(line, []).append(replace(row.claim, line=line))
        else:
            gone.setdefault((row.document, row.line), []).append(row)
    faults = [_without_line(rows, by_name, decisions) for rows in gone.values()]
    return [_with_claims(one, claims.get(one.document, {})) for one in documents], faults


def _without_line(rows: Sequence[ManualClaim], documents: Mapping[str, VendorDocument], decisions: Decisions) -> Fault:
    """Return the fault of claims whose line is gone, with the line that may be it now: the only one that is open."""
    first = rows[0]
    old, hashes = f"{first.document}#{first.line}", {name: set(one.hashes) for name, one in documents.items()}
    others = ", ".join(row.place for row in rows[1:])
    problem = f"states {len(rows)} claims of a line" if others else "states a claim of a line"
    delete = f"delete {decisions.file.extent(first.place)}{f' and {others}' if others else ''}"
    new = ""
    if first.document not in documents:
        name = _other_name(first.document, first.line, hashes)
        new = f"{name}#{first.line}" if name else ""
    else:
        settled = {row.line for row in decisions.lines if row.document == first.document}
        candidates = [row for row in documents[first.document].unread if row.hash not in settled]
        new = f"{first.document}#{candidates[0].hash}" if len(candidates) == 1 else ""
    remedy = f"{delete}, or cite another line"
    if new:
        remedy = (
            f"if its facts are those of before, write '{new}' wherever '{old}' stands; else correct them, or {delete}"
        )
    return Fault(decisions.file.name, first.place, f"{problem} that {first.document} does not have any more", remedy)


def _with_claims(document: VendorDocument, claims: Mapping[int, Sequence[Claim]]) -> VendorDocument:
    own = [claim for claim in document.claims if claim.line not in claims]
    own += [claim for rows in claims.values() for claim in rows]
    unread = tuple(row for row in document.unread if row.line not in claims)
    return replace(document, claims=tuple(sorted(own, key=lambda claim: claim.line)), unread=unread)


def idle(rows: Sequence[Aside], documents: Sequence[VendorDocument], file: HandWritten) -> list[Fault]:
    """Return a fault for each decision that sets aside a line which no document has, or which a reader understands."""
    lines = {(one.document, line.hash) for one in documents for line in one.unread}
    decided = {(row.document, row.line) for row in rows}
    by_document = {
        one.document: {line.hash for line in one.unread if (one.document, line.hash) not in decided}
        for one in documents
    }
    problem = "sets aside a line of {}, which is not among its lines that are not understood"
    return [
        Fault(file.name, row.place, problem.format(row.document), _remedy_of(row, by_document, file))
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
            line = f"{document.document}#{row.hash}"
            entry = yamlio.flow({"line": line, "reason": "…"})
            claim = yamlio.flow({"line": line, "operation": "…", "parameter": "…", "facts": {"maximum": "…"}})
            yield Fault(
                document.document,
                f"line {row.line}",
                f"looks as if it states a fact{about} ({row.signal}), and no reader understands it",
                f"state it: {decisions.add('claims', claim)}; keep advice in specs/overlays/{service}.yaml; "
                f"or set it aside: {decisions.add('set_aside', entry)}",
            )


def _remedy_of(row: Aside, documents: Mapping[str, Collection[str]], file: HandWritten) -> str:
    name = "" if row.document in documents else _other_name(row.document, row.line, documents)
    if name:
        return f"the document may be renamed: write '{name}#{row.line}'"
    return f"delete {file.extent(row.place)}, or cite another line"


def _other_name(document: str, line: str, documents: Mapping[str, Collection[str]]) -> str:
    """Return the document that has a line of one that is gone: of several that of the skill, with the likest name."""
    rows = [name for name, lines in documents.items() if line in lines]
    skill = document.partition("/")[0]
    own = [name for name in rows if name.partition("/")[0] == skill] or rows
    return max(own, key=lambda name: SequenceMatcher(None, document, name).ratio(), default="")


def _fault(citation: object, pointer: str, overlays: Mapping[str, Path], problem: str, remedy: str) -> Fault:
    name, place = _written(str(citation), overlays.items())
    return Fault(name, place, f"{problem} (for {pointer})", remedy)


def _written(citation: str, overlays: Iterable[tuple[str, Path]]) -> tuple[str, str]:
    """Return the overlay and the line in which a citation stands."""
    return next(_places(citation, overlays))


def _places(citation: str, overlays: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, str]]:
    """Yield each overlay and line in which a citation stands."""
    name, is_written = "specs/overlays", False
    for name, path in overlays:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if citation in line:
                is_written = True
                yield name, f"line {number}"
    if not is_written:
        yield name, ""
