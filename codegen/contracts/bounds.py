"""Values on both sides of every limit a schema states, each with the pointer of the limit it proves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codegen.contracts.oracle import join
from codegen.contracts.samples import Sampler, Unsampled, kind_of

_MAX_DEPTH = 4
_STEP = 0.01
"""How far "just inside" and "just outside" are where any number will do."""
_WRONG: dict[str, tuple[Any, ...]] = {
    "string": (7, {"not": "documented"}),
    "integer": ("not a number", True),
    "number": ("not a number", True),
    "boolean": ("not a boolean", 7),
    "array": ("not a list", {"not": "documented"}),
    "object": ("not an object", ["not", "documented"]),
}


@dataclass(frozen=True)
class Bound:
    """One value at, inside or outside a limit."""

    value: Any
    allowed: bool
    proves: tuple[str, ...]


def bounds(sampler: Sampler, pointer: str) -> list[Bound]:
    """Every value worth sending for the schema at a pointer. The oracle has judged each of them."""
    found: dict[tuple[str, bool], tuple[Any, list[str]]] = {}
    for value, allowed, proof in _walk(sampler, pointer, 0):
        if sampler.oracle.accepts(pointer, value) is not allowed:
            continue
        _, proofs = found.setdefault((json.dumps(value), allowed), (value, []))
        if proof not in proofs:
            proofs.append(proof)
    return [Bound(value, allowed, tuple(proofs)) for (_, allowed), (value, proofs) in found.items()]


Proposal = tuple[Any, bool, str]


def _walk(sampler: Sampler, pointer: str, depth: int) -> Iterator[Proposal]:
    place, schema = sampler.oracle.schema(pointer)
    if depth > _MAX_DEPTH:
        return
    yield from _choices(place, schema)
    yield from _ranges(place, schema)
    yield from _lengths(sampler, place, schema)
    yield from _kinds(sampler, place, schema)
    for keyword in ("oneOf", "anyOf", "allOf"):
        for index in range(len(schema.get(keyword, ()))):
            yield from _walk(sampler, join(place, keyword, index), depth + 1)
    if "items" in schema:
        yield from _items(sampler, place, schema, depth)
    if "properties" in schema:
        yield from _members(sampler, place, schema, depth)


def _choices(place: str, schema: Mapping[str, Any]) -> Iterator[Proposal]:
    if "const" in schema:
        yield schema["const"], True, join(place, "const")
        yield from ((value, False, join(place, "const")) for value in _others([schema["const"]]))
    if "enum" in schema:
        values = [value for value in schema["enum"] if value is not None]
        yield from ((value, True, join(place, "enum", index)) for index, value in enumerate(values))
        yield from ((value, False, join(place, "enum")) for value in _others(values))


def _others(values: list[Any]) -> Iterator[Any]:
    """Values of the same type that are not among the documented ones."""
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if texts:
        yield from ("not documented", "")
        yield from (changed for changed in (texts[0].swapcase(), f"{texts[-1]} ") if changed not in values)
    if numbers:
        yield from (max(numbers) + 1, min(numbers) - 1)


def _ranges(place: str, schema: Mapping[str, Any]) -> Iterator[Proposal]:
    for keyword, inwards in (("minimum", 1), ("maximum", -1)):
        if keyword in schema:
            limit, proof = schema[keyword], join(place, keyword)
            yield limit, True, proof
            yield from _near(limit, inwards, schema, proof)
    for keyword, inwards in (("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        if keyword in schema:
            limit, proof = schema[keyword], join(place, keyword)
            yield limit, False, proof
            yield from _near(limit, inwards, schema, proof)
    if "multipleOf" in schema:
        base, proof = schema["multipleOf"], join(place, "multipleOf")
        yield from ((base * factor, True, proof) for factor in (1, 2))
        yield from ((base * factor, False, proof) for factor in (1.5, 0.5))
    if kind_of(schema) == "integer":
        yield from ((value + 0.5, False, join(place, "type")) for value in (schema.get("minimum", 1),))


def _near(limit: Any, inwards: int, schema: Mapping[str, Any], proof: str) -> Iterator[Proposal]:
    step = schema.get("multipleOf", 1 if kind_of(schema) == "integer" else _STEP)
    yield _shifted(limit, inwards * step), True, proof
    yield _shifted(limit, -inwards * step), False, proof


def _shifted(limit: Any, step: float) -> Any:
    return limit + step if isinstance(step, int) else round(limit + step, 6)


def _lengths(sampler: Sampler, place: str, schema: Mapping[str, Any]) -> Iterator[Proposal]:
    if kind_of(schema) == "string":
        start = "x:" if schema.get("format") == "uri" else ""

        def text(length: int) -> str:
            return start + "x" * (length - len(start))

        for keyword, inwards in (("minLength", 1), ("maxLength", -1)):
            if keyword in schema:
                limit, proof = schema[keyword], join(place, keyword)
                yield from ((text(length), True, proof) for length in (limit, limit + inwards) if length >= 0)
                yield from ((text(length), False, proof) for length in (limit - inwards,) if length >= 0)
        if schema.get("format") == "uri":
            yield "canary.png", False, join(place, "format")
        if "pattern" in schema:
            yield from ((text, False, join(place, "pattern")) for text in ("not documented", "\n", "!"))
            try:
                yield sampler.sample(place, "smallest"), True, join(place, "pattern")
            except Unsampled:
                return
    if kind_of(schema) == "array":
        yield from _counts(sampler, place, schema)


def _counts(sampler: Sampler, place: str, schema: Mapping[str, Any]) -> Iterator[Proposal]:
    items = sampler.distinct(place, "smallest") if "items" in schema else ["canary"]
    if not items:
        return
    for keyword, inwards in (("minItems", 1), ("maxItems", -1)):
        if keyword in schema:
            limit, proof = schema[keyword], join(place, keyword)
            for count, allowed in ((limit, True), (limit + inwards, True), (limit - inwards, False)):
                if 0 <= count <= max(64, len(items)):
                    yield [items[index % len(items)] for index in range(count)], allowed, proof
    if schema.get("uniqueItems"):
        yield [items[0], items[0]], False, join(place, "uniqueItems")
        yield items[:2], True, join(place, "uniqueItems")


def _kinds(sampler: Sampler, place: str, schema: Mapping[str, Any]) -> Iterator[Proposal]:
    kinds = schema.get("type")
    if kinds is None:
        return
    proof = join(place, "type")
    if not _LIMITED & schema.keys():
        yield from ((value, True, proof) for value in _samples(sampler, place))
    first = kinds if isinstance(kinds, str) else kind_of(schema)
    yield from ((value, False, proof) for value in _WRONG.get(first, ()))


_LIMITED = {"enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
"""Where these are, allowed values are sent for their sake."""


def _samples(sampler: Sampler, place: str) -> Iterator[Any]:
    try:
        yield sampler.sample(place, "smallest")
        yield sampler.sample(place, "fullest")
    except Unsampled:
        return


def _items(sampler: Sampler, place: str, schema: Mapping[str, Any], depth: int) -> Iterator[Proposal]:
    count = max(schema.get("minItems", 1), 1)
    items = sampler.distinct(place, "smallest")
    for value, allowed, proof in _walk(sampler, join(place, "items"), depth + 1):
        others = [item for item in items if item != value][: count - 1]
        yield [value, *others, *[value] * (count - 1 - len(others))], allowed, proof


def _members(sampler: Sampler, place: str, schema: Mapping[str, Any], depth: int) -> Iterator[Proposal]:
    try:
        whole, full = sampler.sample(place, "smallest"), sampler.sample(place, "fullest")
    except Unsampled:
        return
    if not isinstance(whole, Mapping) or not isinstance(full, Mapping):
        return
    yield from ((full, True, join(place, "properties", name)) for name in schema["properties"] if name in full)
    for name in schema["properties"]:
        for value, allowed, proof in _walk(sampler, join(place, "properties", name), depth + 1):
            yield {**whole, name: value}, allowed, proof
    for index, name in enumerate(schema.get("required", ())):
        yield {key: value for key, value in whole.items() if key != name}, False, join(place, "required", index)
