"""Fields that a document lists by their bare names are put where the decisions say that they stand in a reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from codegen.catalog.compare import identifier
from codegen.catalog.decide import Placement
from codegen.documents.claims import Claim, VendorDocument
from codegen.faults import Fault
from codegen.yamlio import HandWritten


@dataclass(frozen=True)
class Move:
    """One statement about a field, and the place that it got."""

    operation: str
    name: str
    to_operation: str
    to_name: str
    source: str
    reason: str


@dataclass(frozen=True)
class PlacementResult:
    """The documents with every field in its place."""

    documents: tuple[VendorDocument, ...]
    moves: tuple[Move, ...]
    faults: tuple[Fault, ...]


def placing(documents: Sequence[VendorDocument], places: Sequence[Placement], file: HandWritten) -> PlacementResult:
    """Apply every place; one that moves nothing is a fault."""
    moves: list[Move] = []
    applied_rows: set[Placement] = set()
    result: list[VendorDocument] = []
    for document in documents:
        claims: list[Claim] = []
        for claim in document.claims:
            place = next((place for place in places if _applies(place, claim)), None)
            if place is None:
                claims.append(claim)
                continue
            applied_rows.add(place)
            operation = place.to_operation or claim.operation or ""
            claims.append(replace(claim, operation=operation or None, name=place.to_name))
            source = f"{document.document}#{identifier(claim)}"
            moves.append(Move(claim.operation or "", claim.name, operation, place.to_name, source, place.reason))
        result.append(replace(document, claims=tuple(claims)))
    faults = tuple(
        Fault(
            place.file,
            place.place,
            f"no document lists {place.name!r} of {place.operation}",
            f"delete {file.extent(place.place)}, or correct what it names",
        )
        for place in places
        if place not in applied_rows
    )
    ordered = sorted(set(moves), key=lambda move: (move.operation, move.name, move.source))
    return PlacementResult(tuple(result), tuple(ordered), faults)


def _applies(place: Placement, claim: Claim) -> bool:
    return (
        claim.subject == "response" and claim.name == place.name and fnmatchcase(claim.operation or "", place.operation)
    )
