"""Points → what holds: rules and decisions applied to each, and every point that stays open as a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from codegen import yamlio
from codegen.catalog.compare import PRESENCE, Point, Points, Reading, canonical
from codegen.catalog.decide import (
    AUTHORITY,
    DECISION,
    SIGNATURE,
    Decision,
    Settlement,
    Undecided,
    can_be_disputed,
    settle,
)
from codegen.documents.claims import UNKNOWN_ERROR, UNKNOWN_STATE
from codegen.documents.endpoints import METHODS
from codegen.documents.types import misplaced_limits
from codegen.documents.vocabulary import ERRORS as _ERROR_WORDS
from codegen.documents.vocabulary import STATES as _STATE_WORDS
from codegen.faults import Fault
from codegen.openapi.evidence import documents_of
from codegen.openapi.json_values import is_number
from codegen.yamlio import HandWritten

UNKNOWN_TYPE = "unknown_type"
"""The fact that a document states a type and that its word is in no table."""
STATES = tuple(dict.fromkeys(state for _, state in reversed(_STATE_WORDS)))
ERRORS = tuple(dict.fromkeys(error for _, error in _ERROR_WORDS))
_PLACEHOLDER = re.compile(r"<[^<>\s]+>")
"""What stands for a value in a document: never what holds."""
_DISPUTE = object()
"""In place of a winner: the catalog accepts every reading."""
_OPERATIONS = "{operations}"
_FEW = 6
"""Places that a fault names of one reading."""
_NOT_COMPARED = frozenset({"example", "list"})
"""Examples are held against the limits, lists against the parameters that others name."""


def settle_all(
    compared: Points, decisions: Sequence[Decision], preset: Mapping[Point, Settlement], file: HandWritten
) -> tuple[dict[Point, Settlement], list[Fault]]:
    """Return the winner of every point, and what stops the catalog: undecided points, decisions that are of no use.

    An undecided point has its best placed reading for the time being, so that later faults are found in the same run.
    `preset` is settled elsewhere; `file` is where decisions are written.
    """
    by_point = {decision.point: decision for decision in decisions}
    points_used: set[Point] = set()
    undecided: list[Undecided] = []
    settled: dict[Point, Settlement] = {}
    for point, readings in sorted(compared.items(), key=lambda item: (item[0].fact != PRESENCE, item[0])):
        if point in preset:
            settled[point] = preset[point]
            continue
        if not _is_compared(point, settled):
            settled[point] = _first(point, readings)
            continue
        outcome = settle(point, readings, by_point.get(point))
        if isinstance(outcome, Undecided):
            # A parameter that may exist is there for the time being: what overlays say of it is not a fault of theirs.
            present = [reading for reading in outcome.readings if point.fact == PRESENCE and reading.value is True]
            settled[point] = _first(point, tuple(present) or outcome.readings)
            if point not in by_point:  # a decision that settles nothing is a fault by itself
                undecided.append(outcome)
            continue
        if outcome.reason:
            points_used.add(point)
        settled[point] = outcome
    faults = _missing(map(_undecided, undecided), file)
    for resolve in (resolve_types, resolve_meanings, resolve_limits, resolve_methods):
        decided, unknown = resolve(settled, by_point, file)
        settled |= decided
        points_used |= decided.keys()
        faults.extend(unknown)
    faults.extend(_unused(decisions, points_used, compared, file))
    return _without_contradictions({point: settled[point] for point in sorted(settled)}), faults


def _is_compared(point: Point, settled: Mapping[Point, Settlement]) -> bool:
    if point.subject in _NOT_COMPARED or point.fact in (UNKNOWN_TYPE, *_MEANT_BY):
        return False
    present = settled.get(Point(point.operation, point.subject, point.name, PRESENCE))
    # Of a parameter that does not exist, nothing else needs settling.
    return not (point.fact != PRESENCE and present is not None and present.value is False)


def _first(point: Point, readings: tuple[Reading, ...]) -> Settlement:
    best = min(readings, key=lambda reading: reading.statements[0].order)
    return Settlement(point, readings, best.value, best.sources, None)


@dataclass(frozen=True)
class _Missing:
    """A decision that is missing: the fault that asks for it, but for the operation."""

    point: Point
    document: str
    line: int
    problem: str
    """With `_OPERATIONS` in place of their names."""
    winners: tuple[Any, ...]
    """What it may decide."""
    advice: str = ""
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the documents state → where."""

    @property
    def cause(self) -> tuple[Any, ...]:
        """Return what it has in common with the same question about another operation."""
        about = (bool(self.point.operation), self.point.subject, self.point.name, self.point.fact)
        return (*about, self.problem, self.advice, *sorted(map(str, self.winners)), *sorted(self.places))


def _missing(rows: Iterable[_Missing], file: HandWritten) -> list[Fault]:
    """Return a fault for each cause, with one decision for all operations that have it."""
    by_cause: dict[tuple[Any, ...], list[_Missing]] = {}
    for row in rows:
        by_cause.setdefault(row.cause, []).append(row)
    return [_fault(group, file) for group in by_cause.values()]


def _fault(group: Sequence[_Missing], file: HandWritten) -> Fault:
    first = min(group, key=lambda row: (row.document, row.line))
    names = [row.point.operation for row in group]
    listed = [
        f"{value} ({_listed_places(place for row in group for place in row.places[value])})" for value in first.places
    ]
    problem = first.problem.replace(_OPERATIONS, ", ".join(names))
    return Fault(
        first.document,
        f"line {first.line}",
        f"{problem}: {'; '.join(listed)}" if listed else problem,
        file.add("decisions", *_entries(first.point, names, first.winners)) + first.advice,
    )


def _listed_places(places: Iterable[str]) -> str:
    """Return places, each once; of many the first."""
    once = list(dict.fromkeys(places))
    more = f" and {len(once) - _FEW} more" if len(once) > _FEW else ""
    return ", ".join(once[:_FEW]) + more


def _entries(point: Point, operations: Sequence[str], winners: Iterable[Any]) -> list[str]:
    """Return the decision for each side, ready to paste."""
    about: dict[str, Any] = {"operation": operations[0] if len(operations) == 1 else list(operations)}
    if not point.operation:
        about = {}
    if point.subject != "operation" or not point.operation:
        about[point.subject] = point.name
    about["fact"] = point.fact
    sides = [about | ({"dispute": True} if winner is _DISPUTE else {"winner": winner}) for winner in winners]
    return [yamlio.flow(side | {"reason": "…"}) for side in sides]


def _undecided(outcome: Undecided) -> _Missing:
    point, first = outcome.point, outcome.readings[0].statements[0]
    subject = " ".join(filter(None, (_OPERATIONS * bool(point.operation), point.subject, point.name, point.fact)))
    concrete = [reading.value for reading in outcome.readings if not _PLACEHOLDER.search(str(reading.value))]
    winners = concrete or [reading.value for reading in outcome.readings]
    return _Missing(
        point,
        first.document,
        first.line,
        f"the documents disagree on {subject} and no rule settles it",
        (*winners, *([_DISPUTE] if can_be_disputed(point.fact) else [])),
        places={repr(reading.value): reading.places for reading in outcome.readings},
    )


def _unused(
    decisions: Sequence[Decision], points_used: Container[Point], compared: Points, file: HandWritten
) -> Iterator[Fault]:
    """Yield a fault for each entry that decides nothing, with the operations for which it does not."""
    remaining: dict[str, list[str]] = {}
    alike: dict[tuple[str, str, str, str, Point], list[str]] = {}
    for decision in decisions:
        if decision.point in points_used:
            remaining.setdefault(decision.place, []).append(decision.point.operation)
            continue
        why, remedy = _idleness(decision, compared.get(decision.point))
        point = replace(decision.point, operation="")
        alike.setdefault((decision.file, decision.place, why, remedy, point), []).append(decision.point.operation)
    for (name, place, why, remedy, point), operations in alike.items():
        about = f"{', '.join(operations)} {point}".strip()
        delete = f"delete {file.extent(place)}, or correct what it names"
        if rows := remaining.get(place):
            delete = f"write `operation: [{', '.join(rows)}]` there, or correct what it names"
        yield Fault(name, place, f"decides {about}, {why}", remedy or delete)


def _idleness(decision: Decision, readings: Sequence[Reading] | None) -> tuple[str, str]:
    """Return why an entry decides nothing, and what to write in its place; "" where it has to go."""
    if readings is None:
        return "on which no document speaks", ""
    if len(readings) == 1:
        return "on which the documents agree", ""
    fact = decision.point.fact
    if decision.dispute or canonical(fact, decision.winner) in {canonical(fact, one.value) for one in readings}:
        return "which a rule settles", ""
    listed = "; ".join(f"{reading.value!r} ({', '.join(reading.places[:3])})" for reading in readings)
    winners = " or ".join(f"`{yamlio.flow({'winner': reading.value})[1:-1]}`" for reading in readings)
    return f"and nobody says {decision.winner!r}; stated are {listed}", f"write {winners} there"


def _without_contradictions(settled: dict[Point, Settlement]) -> dict[Point, Settlement]:
    """Drop a default that does not fit the better placed facts of its parameter."""
    result = dict(settled)
    for point, default in settled.items():
        if (point.subject, point.fact) != ("parameter", "default") or default.value is None:
            continue
        for fact, (contradicts, reason) in _CONTRADICTIONS.items():
            other = settled.get(Point(point.operation, point.subject, point.name, fact))
            if other is None or other.value is None or not contradicts(default.value, other.value):
                continue
            signed = all(
                statement.by == "signature" for reading in default.readings for statement in reading.statements
            )
            if signed or _standing(default) > _standing(other):
                rule = SIGNATURE if signed else AUTHORITY
                why = f"{reason} ({', '.join(documents_of(other.sources))})."
                result[point] = Settlement(point, default.readings, None, other.sources, rule, why)
    return result


_CONTRADICTIONS: Mapping[str, tuple[Callable[[Any, Any], bool], str]] = {
    "required": (lambda _, required: required is True, "A required parameter has no default"),
    "enum": (lambda default, values: default not in values, "The default is none of the values"),
    "minimum": (lambda default, bound: is_number(default) and default < bound, "The default is below the minimum"),
    "maximum": (lambda default, bound: is_number(default) and default > bound, "The default is above the maximum"),
}


def _decided(point: Point, evidence: Settlement, decision: Decision) -> Settlement:
    """Return what a decision makes of a point, on the evidence of what documents state near it."""
    return Settlement(point, evidence.readings, decision.winner, evidence.sources, DECISION, decision.reason)


def _standing(settlement: Settlement) -> int:
    """Return the best rank of the statements with the winning value; of all, where none has just this value."""
    won = canonical(settlement.point.fact, settlement.value)
    statements = [statement for reading in settlement.readings for statement in reading.statements]
    winners = [statement for statement in statements if canonical(settlement.point.fact, statement.value) == won]
    return min(statement.rank for statement in winners or statements)


_MEANT_BY: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    UNKNOWN_STATE: ("state", "a state of a task", STATES),
    UNKNOWN_ERROR: ("error", "an error code", ERRORS),
}
"""Fact that documents list a word whose meaning no reader knows → the fact that is missing, what the word is, and what
it may mean."""


def resolve_meanings(
    settled: Mapping[Point, Settlement], decisions: Mapping[Point, Decision], file: HandWritten
) -> tuple[dict[Point, Settlement], list[Fault]]:
    """Return what decisions say of words whose meaning no reader knows, and a fault for each that has none."""
    decided: dict[Point, Settlement] = {}
    missing: list[_Missing] = []
    for point, settlement in settled.items():
        if point.fact not in _MEANT_BY:
            continue
        fact, kind, values = _MEANT_BY[point.fact]
        fact_point = Point(point.operation, point.subject, point.name, fact)
        meaning = settled.get(fact_point) or settled.get(replace(fact_point, operation=""))
        # What a state is decides whether a task is waited for: a document that says otherwise must not be overruled.
        if meaning is not None and (point.subject != "status" or _standing(meaning) < _standing(settlement)):
            continue
        decision = decisions.get(fact_point)
        if decision is not None and decision.winner in values:
            decided[fact_point] = _decided(fact_point, settlement, decision)
            continue
        first = settlement.readings[0].statements[0]
        missing.append(
            _Missing(
                fact_point,
                first.document,
                first.line,
                f"lists {point.name!r} as {kind}, and no reader knows what its words mean{_elsewhere(meaning)}",
                (meaning.value if meaning else values[0],),
                f", with the one of {', '.join(values)} that it is",
            )
        )
    return decided, _missing(missing, file)


def _elsewhere(meaning: Settlement | None) -> str:
    """Return what other documents say of a word that one document gives an unknown meaning."""
    if meaning is None:
        return ""
    places = meaning.readings[0].places
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f" ({meaning.value} by {', '.join(places[:3])}{more})"


def resolve_types(
    settled: Mapping[Point, Settlement], decisions: Mapping[Point, Decision], file: HandWritten
) -> tuple[dict[Point, Settlement], list[Fault]]:
    """Return the types that decisions give to such parameters, and a fault for each that stays without one."""
    decided: dict[Point, Settlement] = {}
    missing: list[_Missing] = []
    for point, fact, settlement in _without_type(settled):
        type_point = Point(point.operation, point.subject, point.name, fact)
        decision = decisions.get(type_point)
        if decision is None:
            missing.append(_typeless(type_point, settlement))
        else:
            decided[type_point] = _decided(type_point, settlement, decision)
    return decided, _missing(missing, file)


def _without_type(settled: Mapping[Point, Settlement]) -> Iterator[tuple[Point, str, Settlement]]:
    """Yield what has no type, and the lists of which no document says what is in them; and the missing fact."""
    for point, settlement in settled.items():
        if point.fact != UNKNOWN_TYPE:
            continue
        kind = settled.get(Point(point.operation, point.subject, point.name, "type"))
        items = settled.get(Point(point.operation, point.subject, point.name, "items"))
        present = settled.get(Point(point.operation, point.subject, point.name, PRESENCE))
        if present is not None and present.value is False:
            continue
        if kind is None or kind.value is None:
            yield point, "type", settlement
        elif kind.value == "array" and (items is None or items.value is None):
            yield point, "items", settlement


def _typeless(point: Point, settlement: Settlement) -> _Missing:
    first = settlement.readings[0].statements[0]
    owner = f"{point.subject} {point.name!r}" + (f" of {_OPERATIONS}" if point.operation else "")
    if point.fact == "items":
        problem, winner = f"{owner} is a list, and no document says of what", "string"
        advice = ", with the type that its items are"
    else:
        problem, winner = (
            f"{owner} has the type {settlement.value!r}, which no reader knows",
            _nearest_type(settlement.value),
        )
        advice = ", with the type that it is; or add the word to codegen/documents/types.py"
    return _Missing(point, first.document, first.line, problem, (winner,), advice)


def _nearest_type(word: Any) -> str:
    """Return the type that a decision on an unknown type word most likely gives."""
    text = str(word).lower()
    if any(part in text for part in ("array", "list", "[]", "set", "tuple")):
        return "array"
    return "object" if any(part in text for part in ("map", "dict", "object", "struct")) else "string"


def resolve_limits(
    settled: Mapping[Point, Settlement], decisions: Mapping[Point, Decision], file: HandWritten
) -> tuple[dict[Point, Settlement], list[Fault]]:
    """Return the limits that decisions drop since the type of their parameter has none, and a fault for each other."""
    by_parameter: dict[Point, dict[str, Settlement]] = {}
    for point, settlement in settled.items():
        if point.subject == "parameter":
            by_parameter.setdefault(replace(point, fact="type"), {})[point.fact] = settlement
    decided: dict[Point, Settlement] = {}
    missing: list[_Missing] = []
    for kind, about in by_parameter.items():
        if PRESENCE in about and about[PRESENCE].value is False:
            continue
        for fact in misplaced_limits({name: settlement.value for name, settlement in about.items()}):
            point, settlement = replace(kind, fact=fact), about[fact]
            decision = decisions.get(point)
            if decision is not None and decision.winner is None and not decision.dispute:
                decided[point] = _decided(point, settlement, decision)
            else:
                missing.append(_misplaced(point, settlement, about["type"]))
    return decided, _missing(missing, file)


def _misplaced(point: Point, settlement: Settlement, kind: Settlement) -> _Missing:
    first, typed = settlement.readings[0].statements[0], kind.readings[0].statements[0]
    problem = (
        f"states the {point.fact.replace('_', ' ')} {settlement.value!r} of {point.subject} {point.name!r} of "
        f"{_OPERATIONS}, whose type {kind.value} has none ({typed.place})"
    )
    return _Missing(point, first.document, first.line, problem, (None,), ", which drops it")


_BODY_FACTS = frozenset({"body_wrapper", "content_type"})


def resolve_methods(
    settled: Mapping[Point, Settlement], decisions: Mapping[Point, Decision], file: HandWritten
) -> tuple[dict[Point, Settlement], list[Fault]]:
    """Return the methods that decisions give to operations, and a fault for each of which no document states one.

    An operation whose body or whose example a document shows is a POST.
    """
    of_operations = {
        point: settlement for point, settlement in settled.items() if point.subject in ("operation", "example")
    }
    urls = {point.operation: settlement for point, settlement in of_operations.items() if point.fact in ("url", "path")}
    names = {
        point.operation for point, settlement in of_operations.items() if point.fact == "method" and settlement.value
    }
    sends = {point.operation for point in of_operations if point.subject == "example" or point.fact in _BODY_FACTS}
    reached = {urls[operation].value for operation in names & urls.keys()}
    decided: dict[Point, Settlement] = {}
    missing: list[_Missing] = []
    for operation, settlement in sorted(urls.items()):
        if {"", operation} & names or operation in sends or settlement.value in reached or not operation:
            continue
        point = Point(operation, "operation", "", "method")
        decision = decisions.get(point)
        if decision is not None and decision.winner in METHODS.split("|"):
            decided[point] = _decided(point, settlement, decision)
            continue
        first = settlement.readings[0].statements[0]
        problem = f"no document says by which method {_OPERATIONS} is called, and none shows its body"
        missing.append(_Missing(point, first.document, first.line, problem, ("POST", "GET")))
    return decided, _missing(missing, file)
