"""`x-disagreements`: every point on which the documents differ, as data, so that a catalog tells how it came about.

RECONCILIATION.md says the same to a person who reads the repository; this goes with the catalog wherever it goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codegen.catalog.compare import Reading
from codegen.catalog.decide import EXAMPLE, PLACE, Settlement
from codegen.catalog.report import Findings, told


def disagreements(found: Findings) -> list[dict[str, Any]]:
    """One entry a point, in the order of the report."""
    rows = [*_settled(found), *_moved(found), *_set_aside(found)]
    return sorted(rows, key=lambda row: row.get("operation", ""))


def _settled(found: Findings) -> Iterator[dict[str, Any]]:
    for settlement in found.disagreements:
        assert settlement.rule is not None
        yield _row(found, settlement) | {
            "readings": [_reading(settlement.point.fact, reading) for reading in settlement.readings],
            "holds": told(settlement.point.fact, settlement.value),
            "rule": settlement.rule.name,
            **({"reason": settlement.reason} if settlement.reason else {}),
        }


def _row(found: Findings, settlement: Settlement) -> dict[str, Any]:
    """What the disagreement is about: the keys that say nothing are left out."""
    point = settlement.point
    operation = found.names.get(point.operation, point.operation)
    row = {"operation": operation, "subject": point.subject, "name": point.name, "fact": point.fact}
    return {key: value for key, value in row.items() if value}


def _reading(fact: str, reading: Reading) -> dict[str, Any]:
    return {"value": told(fact, reading.value), "sources": list(dict.fromkeys(reading.sources))}


def _moved(found: Findings) -> Iterator[dict[str, Any]]:
    """Fields that a document lists without their place."""
    groups: dict[tuple[str, str, str, str, str], list[str]] = {}
    for move in found.moves:
        key = (move.operation, move.name, move.to_operation, move.to_name, move.reason)
        groups.setdefault(key, []).append(move.source)
    for (operation, name, to_operation, to_name, reason), sources in groups.items():
        elsewhere = f" in the reply of {found.names.get(to_operation, to_operation)}"
        yield {
            "operation": found.names.get(operation, operation),
            "subject": "response",
            "name": name,
            "fact": "place",
            "readings": [{"value": "left open", "sources": list(dict.fromkeys(sources))}],
            "holds": f"{to_name}{elsewhere if to_operation != operation else ''}",
            "rule": PLACE.name,
            "reason": reason,
        }


def _set_aside(found: Findings) -> Iterator[dict[str, Any]]:
    """Examples that break the limits."""
    for unsound in found.unsound:
        yield {
            "operation": unsound.operation,
            "subject": "example",
            "fact": "limits",
            "readings": [{"value": "breaks them", "sources": list(unsound.sources)}],
            "holds": "the limits, without the example",
            "rule": EXAMPLE.name,
            "reason": "; ".join(unsound.problems),
        }
