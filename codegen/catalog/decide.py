"""Readings → one winner: the rules, in order, and where none of them settles a point, the hand-written decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from codegen import trees, yamlio
from codegen.catalog import manual_claims
from codegen.catalog.compare import PRESENCE, WORDS, Point, Reading, StatedValue, canonical
from codegen.catalog.usage import NOT_USED
from codegen.documents.claims import SUBJECTS, Claim, from_row
from codegen.faults import Fault, InputFault
from codegen.yamlio import HandWritten


@dataclass(frozen=True)
class PrecedenceRule:
    """A rule that settles disagreements, with its reason."""

    name: str
    sentence: str


AUTHORITY = PrecedenceRule(
    "authority",
    "The better placed document wins: the API description, then the capability's own skill, then an overview in "
    "another skill, then examples and guides, the capability's own first.",
)
NEWER = PrecedenceRule("newer", "Between documents of the same rank the one published later wins.")
SIGNATURE = PrecedenceRule(
    "document over signature",
    "A default in a script's signature is what the script fills in: it yields to what the documents say, makes no "
    "parameter optional, is not a default of the service, and adds no parameter.",
)
OMISSION = PrecedenceRule(
    "omission is not denial",
    "Between equals, an optional parameter that one list leaves out exists all the same; one that is required, or of "
    "which nobody says that it is optional, needs a decision.",
)
VOCABULARY = PrecedenceRule(
    "vocabularies add up",
    "The status words and the error codes of all documents are one vocabulary: different names never conflict. So are "
    "the formats and the messages that equal documents list.",
)
EXAMPLE = PrecedenceRule("an example sets no limit", "An example neither adds a limit nor changes one.")
DECISION = PrecedenceRule("decision", "No rule settles it: a decision names the winner, and why.")
PLACE = PrecedenceRule(
    "place", "A field that a document lists without its place in the reply stands where a decision puts it."
)
UNUSED = PrecedenceRule(
    "not used",
    "A fact that the catalog does not use needs no decision: of pauses between two polls the longest holds, of others "
    "the best placed.",
)
DISPUTE = PrecedenceRule("dispute", "The evidence cannot settle it: the catalog accepts each reading and says so.")
RULES = (AUTHORITY, SIGNATURE, NEWER, OMISSION, VOCABULARY, EXAMPLE, DECISION, PLACE, UNUSED, DISPUTE)

_WITHOUT_RULE = frozenset({("header", "scheme"), ("header", "value"), ("response", "with_data")})
"""What decides where keys go, and how, and whether a paid result is dropped: no rule settles it."""
_ADDITIVE = frozenset({("error", "message"), ("parameter", "formats")})


@dataclass(frozen=True)
class Decision:
    """One hand-written entry of specs/decisions."""

    point: Point
    winner: Any
    dispute: bool
    reason: str
    file: str
    place: str


@dataclass(frozen=True)
class Settlement:
    """A point with its winner."""

    point: Point
    readings: tuple[Reading, ...]
    value: Any
    sources: tuple[str, ...]
    """The statements behind the winner."""
    rule: PrecedenceRule | None
    """None: the documents agree."""
    reason: str = ""

    @property
    def disputed(self) -> bool:
        """Whether the catalog has to leave it open."""
        return self.rule is DISPUTE


@dataclass(frozen=True)
class Undecided:
    """A disagreement that no rule settles."""

    point: Point
    readings: tuple[Reading, ...]


def settle(point: Point, readings: tuple[Reading, ...], decision: Decision | None = None) -> Settlement | Undecided:
    """Return the winner of one point."""
    if _only_examples(point, readings):
        return Settlement(point, readings, None, readings[0].sources, EXAMPLE)
    if decision and (point.subject, point.fact, decision.winner) == ("header", PRESENCE, False):
        return Settlement(point, readings, False, readings[0].sources, DECISION, decision.reason)
    if _only_scripted(point, readings):
        return Settlement(point, readings, None, readings[0].sources, SIGNATURE)
    if len(readings) == 1:
        return Settlement(point, readings, readings[0].value, readings[0].sources, None)
    if (point.subject, point.fact) in _WITHOUT_RULE:
        return Undecided(point, readings) if decision is None else _decided(point, readings, readings, decision)
    if point.fact == WORDS:
        return _union(point, readings, readings)
    for rule, keep in _FILTERS:
        left_over = keep(readings)
        if len(left_over) == 1:
            return Settlement(point, readings, left_over[0].value, left_over[0].sources, rule)
    remaining = _remaining(readings)
    if point.fact == PRESENCE and (present := _optional_presence(remaining)):
        return Settlement(point, readings, True, present.sources, OMISSION)
    if (point.subject, point.fact) in _ADDITIVE:
        return _union(point, readings, remaining)
    if decision is None:
        return _unused(point, readings, remaining) or Undecided(point, remaining)
    return _decided(point, readings, remaining, decision)


def _unused(point: Point, readings: tuple[Reading, ...], remaining: Sequence[Reading]) -> Settlement | None:
    """Return a winner where the catalog does not use the fact, so that nothing depends on which it is."""
    if (point.subject, point.fact) not in NOT_USED:
        return None
    pauses = point.fact.startswith("poll_")
    holds = max(remaining, key=lambda reading: _seconds(reading.value)) if pauses else remaining[0]
    return Settlement(point, readings, holds.value, holds.sources, UNUSED)


def _seconds(value: Any) -> tuple[float, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def _only_scripted(point: Point, readings: Sequence[Reading]) -> bool:
    """Return whether a default is what a script sends, and no document says what the service assumes."""
    if (point.subject, point.fact) != ("parameter", "default"):
        return False
    return all(statement.by == "signature" for reading in readings for statement in reading.statements)


def _only_examples(point: Point, readings: Sequence[Reading]) -> bool:
    """Return whether nobody states a limit and somebody keeps to one."""
    if point.subject != "parameter" or point.fact == PRESENCE:
        return False
    return all(statement.by == "example" for reading in readings for statement in reading.statements)


def _best_rank(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    best = min(statement.rank for reading in readings for statement in reading.statements)
    return _only(readings, lambda statement: statement.rank == best)


def _newest(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    dates = {statement.published for reading in readings for statement in reading.statements}
    # An undated document cannot be placed before or after another.
    if "" in dates:
        return tuple(readings)
    newest = max(dates)
    return _only(readings, lambda statement: statement.published == newest)


def _no_signature(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    return _only(readings, lambda statement: statement.by != "signature")


def _only(readings: Sequence[Reading], keep: Callable[[StatedValue], bool]) -> tuple[Reading, ...]:
    remaining = tuple(
        Reading(reading.value, statements)
        for reading in readings
        if (statements := tuple(statement for statement in reading.statements if keep(statement)))
    )
    return remaining or tuple(readings)


# Each takes what the one before leaves.
_FILTERS: tuple[tuple[PrecedenceRule, Callable[[Sequence[Reading]], tuple[Reading, ...]]], ...] = (
    (AUTHORITY, _best_rank),
    (SIGNATURE, lambda readings: _no_signature(_best_rank(readings))),
    (NEWER, lambda readings: _newest(_no_signature(_best_rank(readings)))),
)


def _remaining(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    return _newest(_no_signature(_best_rank(readings)))


def _optional_presence(readings: Sequence[Reading]) -> Reading | None:
    """Return the reading that the parameter exists, where a document that names it says that it may be left out."""
    for reading in readings:
        if reading.value is True and any(statement.optional for statement in reading.statements):
            return reading
    return None


def _union(point: Point, readings: tuple[Reading, ...], remaining: tuple[Reading, ...]) -> Settlement:
    values: list[Any] = []
    for reading in remaining:
        for value in reading.value if isinstance(reading.value, (list, tuple)) else (reading.value,):
            if value not in values:
                values.append(value)
    sources = tuple(dict.fromkeys(source for reading in remaining for source in reading.sources))
    value = "; ".join(str(value) for value in values) if point.fact == "message" else values
    return Settlement(point, readings, value, sources, VOCABULARY)


def _decided(
    point: Point, readings: tuple[Reading, ...], remaining: tuple[Reading, ...], decision: Decision
) -> Settlement | Undecided:
    if decision.dispute:
        value = _widest(point.fact, [reading.value for reading in remaining])
        sources = tuple(dict.fromkeys(source for reading in remaining for source in reading.sources))
        return Settlement(point, readings, value, sources, DISPUTE, decision.reason)
    for reading in readings:
        if canonical(point.fact, reading.value) == canonical(point.fact, decision.winner):
            return Settlement(point, readings, reading.value, reading.sources, DECISION, decision.reason)
    return Undecided(point, readings)


_WIDEST: Mapping[str, Callable[[list[Any]], Any]] = {
    PRESENCE: lambda values: True,
    "required": lambda values: False,
    "minimum": min,
    "maximum": max,
    "min_length": min,
    "max_length": max,
    "default": lambda values: None,
    "enum": lambda values: list(dict.fromkeys(item for value in values for item in value)),
}
"""What accepts every reading of a fact."""


def _widest(fact: str, values: list[Any]) -> Any:
    return _WIDEST[fact](values)


def can_be_disputed(fact: str) -> bool:
    """Return whether a schema can accept several readings of this fact at once."""
    return fact in _WIDEST


@dataclass(frozen=True)
class Placement:
    """The place of a field of a reply that a document lists by its name only."""

    operation: str
    """A pattern: `draw_*`."""
    name: str
    to_operation: str
    """"": the same operation."""
    to_name: str
    reason: str
    file: str
    place: str


@dataclass(frozen=True)
class Withdrawn:
    """A skill that its vendor does not publish any more."""

    skill: str
    keep: bool
    """Whether its operations stay, marked as deprecated."""
    reason: str
    operations: tuple[str, ...] = ()
    """Operations that go with it: what the documents of other skills state of them is set aside."""


@dataclass(frozen=True)
class HostDecision:
    """A decision on whether a host is called."""

    url: str
    refused: bool
    reason: str
    file: str
    place: str


@dataclass(frozen=True)
class LineDecision:
    """A decision on one line of a document that no reader understands."""

    document: str
    line: str
    """`line_hash` of the line."""
    place: str


@dataclass(frozen=True)
class Aside(LineDecision):
    """That it looks like a fact and states none."""

    reason: str


@dataclass(frozen=True)
class ManualClaim(LineDecision):
    """A claim that it states."""

    claim: Claim
    """The claim, on line 0: where the line stands is known with its document."""


@dataclass(frozen=True)
class Decisions:
    """One file of specs/decisions."""

    skills: tuple[str, ...]
    """Patterns: the skills whose documents speak of this service."""
    decisions: Sequence[Decision]
    places: Sequence[Placement]
    withdrawn: Sequence[Withdrawn] = ()
    servers: Sequence[HostDecision] = ()
    """Where the documents name several hosts: which are called, the default first."""
    set_aside: Sequence[Aside] = ()
    claims: Sequence[ManualClaim] = ()
    """What such lines state, where it was a person who read them."""
    file: HandWritten = field(default=HandWritten("specs/decisions"), repr=False, compare=False)

    @property
    def lines(self) -> Sequence[LineDecision]:
        """The decisions on single lines."""
        return (*self.set_aside, *self.claims)


KEYS = {"operation", "fact", "winner", "dispute", "reason"}
FILE_KEYS = {"skills", "decisions", "places", "withdrawn", "servers", "set_aside", "claims"}
WITHDRAWN_KEYS = {"skill", "keep", "reason", "operations"}
PLACE_KEYS = {"operation", "response", "belongs", "reason"}


def read_decisions(path: Path, name: str) -> Decisions:
    """Return the skills that a service's decisions file covers, and what it decides."""
    text = trees.read_input(path, name, yamlio.MAX_BYTES)
    value = yamlio.loads(text, name)
    _check_file(value, name)
    file = HandWritten(name, text)
    faults: list[Fault] = []
    rows = partial(_rows, value, file, faults)
    decisions = [
        Decision(point, row.get("winner"), bool(row.get("dispute")), row["reason"], name, place)
        for row, place in rows("decisions", _decision_problem)
        for point in _decided_points(row)
    ]
    places = [
        Placement(row["operation"], row["response"], *_belongs(row["belongs"]), row["reason"], name, place)
        for row, place in rows("places", _place_problem)
    ]
    withdrawn = [
        Withdrawn(row["skill"], row["keep"], row["reason"], tuple(row.get("operations", ())))
        for row, _ in rows("withdrawn", _withdrawn_problem)
    ]
    servers = [
        HostDecision(str(row["url"]).rstrip("/"), bool(row.get("refused")), row["reason"], name, place)
        for row, place in rows("servers", _server_problem)
    ]
    aside = [Aside(*_cited_line(row["line"]), place, row["reason"]) for row, place in rows("set_aside", _aside_problem)]
    claims = [
        ManualClaim(*_cited_line(row["line"]), place, from_row(row, 0)) for row, place in rows("claims", _claim_problem)
    ]
    if faults:
        raise InputFault(faults)
    return Decisions(tuple(value["skills"]), decisions, places, withdrawn, servers, aside, claims, file)


def _check_file(value: Any, name: str) -> None:
    """Raise InputFault where a file is not one of decisions."""
    if not isinstance(value, dict):
        raise InputFault(Fault(name, "", "is not a mapping", "start with `skills`; see specs/README.md"))
    problems = [
        (f"/{key}", f"unknown key {key!r}", f"use {', '.join(sorted(FILE_KEYS))}") for key in {*value} - FILE_KEYS
    ]
    problems += [
        (f"/{key}", "is not a list", "write a list")
        for key in sorted(FILE_KEYS & value.keys())
        if not isinstance(value[key] or [], list)
    ]
    if not value.get("skills") and not problems:
        problems.append(("", "names no skills", "write `skills: ['NAME-*']`"))
    if problems:
        raise InputFault(Fault(name, *problem) for problem in problems)


def _rows(
    value: Mapping[str, Any], file: HandWritten, faults: list[Fault], key: str, problem_of: Callable[[Any], str]
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each entry of a list with its place; one with a problem, or that repeats another, is a fault instead."""
    places: dict[str, str] = {}
    for row, line in zip(value.get(key) or [], file.lines(key), strict=True):
        place = f"line {line}"
        if problem := problem_of(row):
            faults.append(Fault(file.name, place, problem, "see specs/README.md"))
        elif (first := places.setdefault(repr(row), place)) != place:
            faults.append(Fault(file.name, place, f"repeats {first}", f"delete {file.extent(place)}"))
        else:
            yield row, place


def _decided_points(row: dict[str, Any]) -> Iterable[Point]:
    """Yield a point for each operation; without another subject a decision is about the operation itself."""
    subject = next(iter(set(row) - KEYS), "operation")
    for operation in _operations(row) or [""]:
        yield Point(operation, subject, str(row[subject]) if subject != "operation" else "", row["fact"])


def _operations(row: dict[str, Any]) -> list[Any]:
    """Return the operations of a decision: one name or a list of names; none where it holds for the service."""
    names = row.get("operation") or []
    return names if isinstance(names, list) else [names]


def _belongs(value: dict[str, str]) -> tuple[str, str]:
    return value.get("operation", ""), value["response"]


def _withdrawn_problem(row: Any) -> str:
    if not isinstance(row, dict) or not {"skill", "keep", "reason"} <= set(row) <= WITHDRAWN_KEYS:
        return "needs `skill`, `keep` and `reason`, and has no other key but `operations`"
    if not isinstance(row["skill"], str) or not isinstance(row["keep"], bool) or not isinstance(row["reason"], str):
        return "names a skill, says `keep: true` or `keep: false`, and gives a reason"
    names = row.get("operations", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or (names and row["keep"]):
        return "lists in `operations` names of the vendor, and only beside `keep: false`"
    return ""


def _server_problem(row: Any) -> str:
    if not isinstance(row, dict) or not {"url", "reason"} <= set(row) <= {"url", "reason", "refused"}:
        return "needs `url` and `reason`, and has no other key but `refused: true`"
    if not str(row["url"]).startswith("https://"):
        return f"names {row['url']!r}, which is not an https URL"
    return ""


def _cited_line(citation: str) -> tuple[str, str]:
    document, _, line = citation.partition("#")
    return document, line


def _aside_problem(row: Any) -> str:
    if not isinstance(row, dict) or set(row) != {"line", "reason"} or not row["reason"]:
        return "needs `line` and `reason`"
    return _line_problem(row)


def _claim_problem(row: Any) -> str:
    return manual_claims.problem(row) or _line_problem(row)


def _line_problem(row: Mapping[str, Any]) -> str:
    if not re.fullmatch(r"[^#]+#[a-z2-7]{6}", str(row["line"])):
        return f"names {row['line']!r}, which is not a line: write document#hash"
    return ""


def _decision_problem(row: Any) -> str:
    if not isinstance(row, dict):
        return "is not a mapping"
    if unknown := sorted(map(str, set(row) - KEYS - SUBJECTS)):
        return f"has {', '.join(map(repr, unknown))}, which is neither a subject nor one of {', '.join(sorted(KEYS))}"
    if len(set(row) - KEYS) > 1 or not set(row) - {"fact", "winner", "dispute", "reason"}:
        return "needs one subject, such as `parameter: size`"
    names = _operations(row)
    if not all(isinstance(name, str) for name in names) or len({*names}) < len(names):
        return "has another `operation` than a name or a list of names, each once"
    if not row.get("reason") or not row.get("fact"):
        return "needs `fact` and `reason`"
    if ("winner" in row) == bool(row.get("dispute")):
        return "needs either `winner` or `dispute: true`"
    if row.get("dispute") and not can_be_disputed(row["fact"]):
        return f"cannot leave {row['fact']!r} open: no schema accepts every reading of it"
    return ""


def _place_problem(row: Any) -> str:
    if not isinstance(row, dict) or set(row) != PLACE_KEYS:
        return f"needs {', '.join(sorted(PLACE_KEYS))}"
    belongs = row["belongs"]
    if not isinstance(belongs, dict) or not set(belongs) <= {"operation", "response"} or "response" not in belongs:
        return "needs `belongs: {response: path}`, and `operation` where it is another one"
    return ""
