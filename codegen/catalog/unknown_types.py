"""Parameters whose type no reader knows: a decision names the type, or the run stops. A type is never a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from codegen.catalog.compare import PRESENCE, Point
from codegen.catalog.decide import DECISION, Decision, Settlement
from codegen.faults import Fault

FACT = "unknown_type"
"""The fact that a document states a type and that its word is in no table."""


def resolve(
    settled: Mapping[Point, Settlement], decisions: Mapping[Point, Decision]
) -> tuple[dict[Point, Settlement], list[Fault]]:
    """Return the types that decisions give to such parameters, and a fault for each that stays without one."""
    decided: dict[Point, Settlement] = {}
    faults: list[Fault] = []
    for point, stated in _without_type(settled):
        type_point = Point(point.operation, point.subject, point.name, "type")
        decision = decisions.get(type_point)
        if decision is None:
            faults.append(_fault(point, stated))
        else:
            decided[type_point] = Settlement(
                type_point, stated.readings, decision.winner, stated.sources, DECISION, decision.reason
            )
    return decided, faults


def _without_type(settled: Mapping[Point, Settlement]) -> Iterator[tuple[Point, Settlement]]:
    for point, stated in settled.items():
        if point.fact != FACT:
            continue
        known = settled.get(Point(point.operation, point.subject, point.name, "type"))
        present = settled.get(Point(point.operation, point.subject, point.name, PRESENCE))
        if (known is None or known.value is None) and (present is None or present.value is not False):
            yield point, stated


def _fault(point: Point, stated: Settlement) -> Fault:
    first = stated.readings[0].statements[0]
    operation = f"operation: {point.operation}, " if point.operation else ""
    return Fault(
        first.document,
        f"line {first.line}",
        f"{point.subject} {point.name!r} of {point.operation} has the type {stated.value!r}, which no reader knows",
        f"add to the decisions of the service: {{{operation}{point.subject}: {point.name}, fact: type, "
        "winner: integer, reason: …}, with the type that it is; or add the word to codegen/documents/types.py",
    )
