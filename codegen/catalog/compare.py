"""Claims → points: what every document says about one fact of one subject, laid side by side."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from codegen.documents.claims import By, Claim, VendorDocument
from codegen.documents.vocabulary import media_of_name

PRESENCE = "presence"
"""The fact that a parameter exists: said by naming it, denied by a closed list that omits it."""

KEYS = "keys"
"""The fact which keys a decoded result has: each document names those it knows."""

WORDS = "words"
"""The fact which status words, or which error codes, there are: each document names those it knows."""

_PLACEHOLDER = re.compile(
    r"<[^<>]*>|(?<!\{)\{+[^{}]*\}+|\$\{?\w+\}?|\b(?:your|my)[ _-]?\w+|\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|x{3,}", re.I
)
"""What stands for a key in a document: placeholders of one key are the same."""

_OTHER_WORDS = frozenset({("status", "meaning"), ("error", "meaning")})
_SETS = frozenset({"enum", "formats", "names", KEYS, WORDS})
"""Facts whose value is a set: another order is not a disagreement."""


@dataclass(frozen=True, order=True)
class Point:
    """One fact about one subject."""

    operation: str
    """The vendor's identifier; "" where the fact holds for the whole service."""
    subject: str
    name: str
    fact: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.operation, self.subject, self.name, self.fact) if part)


@dataclass(frozen=True)
class StatedValue:
    """The value that one document states for a point."""

    value: Any
    document: str
    line: int
    rank: Rank
    published: str
    """ISO date, or "" where the skill does not say."""
    by: By
    optional: bool = False
    """Whether the same line says that the parameter may be left out."""

    identifier: str = ""
    """What of the document it is: operation/subject/name. It stays the same when lines move or values change."""

    @property
    def source(self) -> str:
        """The claim: document#operation/subject/name."""
        return f"{self.document}#{self.identifier}"

    @property
    def place(self) -> str:
        """Where it stands: document:line."""
        return f"{self.document}:{self.line}"

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Best first, the same on every run."""
        return (int(self.rank), self.document, self.line, canonical("", self.value))


@dataclass(frozen=True)
class Reading:
    """One value of a point, with every statement of it."""

    value: Any
    statements: tuple[StatedValue, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The claims, best first, each once."""
        return tuple(dict.fromkeys(statement.source for statement in self.statements))

    @property
    def places(self) -> tuple[str, ...]:
        """Where they stand, best first, each once."""
        return tuple(dict.fromkeys(statement.place for statement in self.statements))


Points = Mapping[Point, tuple[Reading, ...]]


def canonical(fact: str, value: Any) -> str:
    """Return the text by which two values are compared."""
    if isinstance(value, (list, tuple)) and fact in _SETS:
        return json.dumps(sorted(canonical("", item) for item in value), ensure_ascii=False)
    if fact == "value" and isinstance(value, str):
        return json.dumps(_PLACEHOLDER.sub("<>", value), ensure_ascii=False)
    if isinstance(value, float) and value.is_integer():
        return json.dumps(int(value))
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def points(documents: Sequence[VendorDocument]) -> Points:
    """Return every point that a document states, with its readings: one where they agree, several where not."""
    by_point: dict[Point, list[StatedValue]] = defaultdict(list)
    for document in documents:
        for point, statement in _facts(document):
            by_point[point].append(statement)
    for spread in (_presence, _vocabularies, _limits, _choices):
        for point, statement in spread(documents):
            by_point[point].append(statement)
    return {point: _readings(point, by_point[point]) for point in sorted(by_point)}


def _facts(document: VendorDocument) -> Iterable[tuple[Point, StatedValue]]:
    for claim in _spread(document):
        # Naming a thing is a statement even where nothing more is said of it. A parameter can also be denied.
        if claim.subject == "limit":
            continue
        # Other words for the same state are no disagreement.
        facts = {fact: value for fact, value in claim.facts.items() if (claim.subject, fact) not in _OTHER_WORDS}
        presence = {} if claim.subject in {"parameter", "list", "example"} else {PRESENCE: True}
        for fact, value in {**presence, **facts}.items():
            yield Point(claim.operation or "", claim.subject, claim.name, fact), _statement(document, claim, value)


def _readings(point: Point, statements: list[StatedValue]) -> tuple[Reading, ...]:
    groups: dict[str, list[StatedValue]] = defaultdict(list)
    for statement in sorted(statements, key=lambda one: one.order):
        groups[canonical(point.fact, statement.value)].append(statement)
    return tuple(Reading(group[0].value, tuple(group)) for group in groups.values())


def _statement(document: VendorDocument, claim: Claim, value: Any) -> StatedValue:
    published = document.published or ""
    optional = claim.facts.get("required") is False
    return StatedValue(
        value, document.document, claim.line, rank(document, claim), published, claim.by, optional, identifier(claim)
    )


def identifier(claim: Claim) -> str:
    """Return by what a claim is known within its document."""
    how = "" if claim.by == "statement" else f"@{claim.by}"
    return "/".join(filter(None, (claim.operation or "*", claim.subject, claim.name))) + how


def _spread(document: VendorDocument) -> Iterable[Claim]:
    """Yield a document's claims; one about a parameter or the method in general counts for each operation it means."""
    names: dict[str, set[str]] = defaultdict(set)
    for claim in document.claims:
        if claim.subject == "parameter" and claim.operation is not None:
            names[claim.name].add(claim.operation)
    for claim in document.claims:
        if claim.operation is not None or claim.subject not in {"parameter", "list"}:
            yield claim
            if claim.operation is None and claim.subject == "operation" and "method" in claim.facts:
                method = {"method": claim.facts["method"]}  # what is sent must not differ from it without a word
                yield from (replace(claim, operation=operation, facts=method) for operation in document.capability)
            continue
        operations_meant = names.get(claim.name) or document.capability
        yield from (replace(claim, operation=operation) for operation in sorted(operations_meant))


def _presence(documents: Sequence[VendorDocument]) -> Iterable[tuple[Point, StatedValue]]:
    """Yield what follows for presence: naming a parameter states that it exists; a closed list, that no other does."""
    operations_of: dict[str, set[str]] = defaultdict(set)
    by_document: dict[tuple[str, str], set[str]] = defaultdict(set)
    lists: list[tuple[VendorDocument, Claim]] = []
    for document in documents:
        for claim in _spread(document):
            if claim.subject == "parameter" and claim.by != "example" and claim.operation is not None:
                operations_of[claim.operation].add(claim.name)
                by_document[document.document, claim.operation].add(claim.name)
                yield Point(claim.operation, "parameter", claim.name, PRESENCE), _statement(document, claim, True)
            elif claim.subject == "list" and claim.operation is not None:
                lists.append((document, claim))
    for document, claim in lists:
        assert claim.operation is not None
        names = by_document[document.document, claim.operation].union(claim.facts.get("names", ()))
        for name in sorted(operations_of[claim.operation] - names):
            yield Point(claim.operation, "parameter", name, PRESENCE), _statement(document, claim, False)


def _limits(documents: Sequence[VendorDocument]) -> Iterable[tuple[Point, StatedValue]]:
    """Spread what is stated of every file of a kind to each parameter that takes one, whoever names it."""
    facts = _parameters(documents)
    for document in documents:
        for claim in document.claims:
            for (operation, name), about in facts.items() if claim.subject == "limit" else ():
                if claim.operation in (None, operation) and claim.name == (
                    about.get("media") or media_of_name(name, about)
                ):
                    for fact, value in claim.facts.items():
                        yield Point(operation, "parameter", name, fact), _statement(document, claim, value)


def _parameters(documents: Sequence[VendorDocument]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return (operation, name) → what documents state of the parameter, together."""
    facts: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for document in documents:
        for claim in _spread(document):
            if claim.subject == "parameter" and claim.operation is not None:
                facts[claim.operation, claim.name].update(claim.facts)
    return facts


def _choices(documents: Sequence[VendorDocument]) -> Iterable[tuple[Point, StatedValue]]:
    """Yield what follows from the values whose meaning a document lists: they are the values that there are.

    Of a number with bounds the first and the last of them are the bounds.
    """
    facts = _parameters(documents)
    for document in documents:
        own = {(claim.operation, claim.name) for claim in _spread(document) if claim.subject == "parameter"}
        for (stated_for, name), values in _lists_of_values(document, {name for _, name in facts}):
            having = {key for key in facts if key[1] == name and stated_for in (None, key[0])}
            for key in sorted(having & own or having):
                for fact, value in _listed(list(values), facts[key]).items():
                    first = min(values.values(), key=lambda claim: claim.line)
                    yield Point(key[0], "parameter", name, fact), _statement(document, first, value)


def _lists_of_values(
    document: VendorDocument, parameters: Collection[str]
) -> Iterator[tuple[tuple[str | None, str], dict[str, Claim]]]:
    """Yield each list of values with their meaning; a value that stands there already begins another list."""
    lists: dict[tuple[str | None, str], dict[str, Claim]] = {}
    for claim in sorted(document.claims, key=lambda claim: claim.line):
        labelled = split_label(claim.name, parameters) if claim.subject == "label" else None
        if labelled is None or claim.by != "statement":
            continue
        name, value = labelled
        current = lists.setdefault((claim.operation, name), {})
        if value in current and current[value].line != claim.line:
            yield (claim.operation, name), current
            current = lists[claim.operation, name] = {}
        current[value] = claim
    yield from lists.items()


def split_label(label: str, parameters: Collection[str]) -> tuple[str, str] | None:
    """Return the parameter and the value that the name of a label is made of: voice.speed.1.5 → voice.speed, 1.5"""
    fits = [name for name in parameters if label.startswith(f"{name}.")]
    name = max(fits, key=len, default=None)
    return (name, label[len(name) + 1 :]) if name else None


def _listed(texts: Sequence[str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a parameter some of whose values are listed; one value that it has is not a list."""
    numbers = _numbers(texts, facts.get("type", ""))
    bounds = {fact: facts[fact] for fact in ("minimum", "maximum") if fact in facts}
    if numbers and bounds and "enum" not in facts:
        low, high = numbers[0], numbers[-1]
        is_whole = len(numbers) > 2 and high - low == len(numbers) - 1
        limits: dict[str, Any] = {}
        if "minimum" in bounds and (is_whole or low < bounds["minimum"]):
            limits["minimum"] = low
        if "maximum" in bounds and (is_whole or high > bounds["maximum"]):
            limits["maximum"] = high
        return limits
    values = numbers or list(texts)
    has_it = len(values) == 1 and values[0] in facts.get("enum", values)
    return {} if has_it or facts.get("open_enum") else {"enum": values}


def _numbers(texts: Sequence[str], kind: str) -> list[float] | list[int]:
    """Return the values of a parameter that takes numbers, in order; nothing where it takes none or one is none."""
    try:
        return sorted(map(int, texts)) if kind == "integer" else sorted(map(float, texts)) if kind == "number" else []
    except ValueError:
        return []


def _vocabularies(documents: Sequence[VendorDocument]) -> Iterable[tuple[Point, StatedValue]]:
    """Yield the sets that documents give name by name.

    One that only leaves out what another has says nothing against it.
    """
    sets: dict[Point, list[StatedValue]] = defaultdict(list)
    for document in documents:
        claims: dict[tuple[Point, str | None], list[Claim]] = defaultdict(list)
        for claim in document.claims:
            if claim.subject == "result":
                claims[Point(claim.operation or "", "result", "", KEYS), None].append(claim)
            elif claim.subject in {"status", "error"} and claim.by == "statement":
                claims[Point("", claim.subject, "", WORDS), claim.operation].append(claim)
        for (point, _), group in claims.items():
            first = min(group, key=lambda claim: (rank(document, claim), claim.line, claim.name))
            sets[point].append(_statement(document, first, sorted({claim.name for claim in group})))
    for point, statements in sets.items():
        for statement in statements:
            if not any(set(statement.value) < set(other.value) for other in statements):
                yield point, statement


class Rank(IntEnum):
    """The authority of a statement. The lower rank wins."""

    DESCRIPTION = 1
    """The machine-readable API description."""
    OWN = 2
    """The capability's own skill: SKILL.md, its reference, its script."""
    OVERVIEW = 3
    """An overview inside the skill of another capability."""
    EXAMPLE = 4
    """An example or a guide in the capability's own skill."""
    FOREIGN_EXAMPLE = 5
    """An example or a guide in the skill of another capability."""

    @property
    def label(self) -> str:
        """How the report names it."""
        return _LABELS[self]


_LABELS = {
    Rank.DESCRIPTION: "API description",
    Rank.OWN: "own skill",
    Rank.OVERVIEW: "overview",
    Rank.EXAMPLE: "example or guide",
    Rank.FOREIGN_EXAMPLE: "example or guide in another skill",
}


def rank(document: VendorDocument, claim: Claim) -> Rank:
    """Return the rank of one claim: a document has authority on its own capability, and is an overview of others."""
    own = claim.operation is None or claim.operation in document.capability
    if claim.by == "example" or claim.subject == "example" or document.kind == "guide":
        return Rank.EXAMPLE if own else Rank.FOREIGN_EXAMPLE
    if document.kind == "api-description":
        return Rank.DESCRIPTION
    return Rank.OWN if own else Rank.OVERVIEW
