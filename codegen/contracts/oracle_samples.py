"""Make the smallest and the fullest value that a schema accepts, and values at its limits. The oracle checks each.

Schemas are read by the oracle alone: a property that the merged views of `codegen.openapi.schemas` lose is sent all the
same. The contract tests of other documents propose values with `codegen.openapi.samples`, which satisfies conditions
and counts that our catalog has not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import join, steps
from codegen.openapi.json_values import is_number
from codegen.openapi.samples import FORMATS, NOTHING, TEXTS, Size, fitted

Path = tuple[str, ...]
"""Pointers of the schemas around a schema."""

_FORMATS = {**FORMATS, "binary": FORMATS["byte"]}
_TEXTS = (*TEXTS, "5s", "10s", "1024*1024")
"""Texts that are tried for a schema with a pattern."""
_SPECIAL = 'élan, "vital"\\\n词 '
"""Letters, quotes and line breaks that an encoder may get wrong."""


_STEPS = 5_000
"""At most this many properties are tried for one sample, so that schemas with many references end."""
_DEEPEST = 24
_LONGEST, _MOST_ITEMS = 100_000, 1_000
"""Longer texts and lists are not composed: a schema that needs one has no test."""
_MOST_BOUNDS = 1_000
"""At most this many values at and beyond the limits of a parameter are tested."""
_MOST_CHOICES = 200
"""At most this many values of an enum are sent: those at its ends."""


class Unsampled(Exception):
    """No value was found that the schema accepts. It has no test, and the coverage report says so."""


def plain(value: Any) -> Any:
    """Return a sample with plain texts: without the letters that only an encoder has to be tested with."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.replace(_SPECIAL, "") if isinstance(value, str) else value


@dataclass
class Sampler:
    """Proposes values for the schemas of one document."""

    oracle: Oracle
    _samples: dict[tuple[str, str], Any] = field(default_factory=dict)
    _steps: int = 0

    def sample(self, pointer: str, size: Size) -> Any:
        """Return a value that the schema at the pointer accepts. Raises Unsampled."""
        place = self.oracle.place(pointer)
        if (place, size) not in self._samples:
            self._samples[place, size] = self._search(place, size)
        return deepcopy(self._samples[place, size])

    def _search(self, pointer: str, size: Size) -> Any:
        self._steps = 0
        for value in self._proposals(pointer, size):
            if self.oracle.accepts(pointer, value):
                return value
        raise Unsampled(pointer)

    def _proposals(self, pointer: str, size: Size, outer: Path = ()) -> Iterator[Any]:
        place, schema = self.oracle.schema(pointer)
        if place in outer:
            # A schema inside itself is left out; the value around it does without it, or has no finite form.
            return
        inside = (*outer, place)
        if "const" in schema:
            yield schema["const"]
            return
        if schema.get("enum"):
            values = [value for value in schema["enum"] if value is not None]
            yield from values if size == "smallest" else reversed(values)
            return
        for keyword in ("oneOf", "anyOf"):
            for index in range(len(schema.get(keyword, ()))):
                yield from self._proposals(join(place, keyword, index), size, inside)
        kind = kind_of(schema)
        if kind == "object" or "allOf" in schema:
            yield from self._objects(place, size, inside)
        if kind == "array":
            yield from self._arrays(place, schema, size, inside)
        if kind in ("integer", "number"):
            yield from _numbers(schema, size)
        if kind == "boolean":
            yield from (True, False)
        if kind == "string":
            yield from self._texts(place, schema, size)
        if kind == "null":
            yield None
        yield from schema.get("examples", ())

    def _objects(self, place: str, size: Size, inside: Path) -> Iterator[Any]:
        properties, required = self.properties(place)
        others = dict.fromkeys(sorted(required - properties.keys()), "canary")
        objects = {name: self._first(pointer, size, inside) for name, pointer in properties.items() if name in required}
        small = {name: value for name, value in objects.items() if value is not NOTHING} | others
        if size == "smallest":
            yield small
        # Optional properties come last: in a large document they are most of the work.
        objects = {
            name: objects[name] if name in objects else self._first(pointer, size, inside)
            for name, pointer in properties.items()
        }
        full = {name: value for name, value in objects.items() if value is not NOTHING} | others
        yield full
        if size == "fullest":
            yield small
        yield {**full, "canary": "canary"}
        yield {**small, **dict(list(full.items())[:1])}

    def _first(self, pointer: str, size: Size, inside: Path) -> Any:
        self._steps += 1
        if self._steps > _STEPS or len(inside) > _DEEPEST:
            return NOTHING
        values = (value for value in self._proposals(pointer, size, inside) if self.oracle.accepts(pointer, value))
        return next(values, NOTHING)

    def properties(self, pointer: str, outer: Path = ()) -> tuple[dict[str, str], set[str]]:
        """Return the properties of an object schema with their pointers, `allOf` included, and the required names."""
        place, schema = self.oracle.schema(pointer)
        if place in outer:
            return {}, set()
        properties = {name: join(place, "properties", name) for name in schema.get("properties", {})}
        required = {name for name in schema.get("required", ()) if isinstance(name, str)}
        for index in range(len(schema.get("allOf", ()))):
            more, names = self.properties(join(place, "allOf", index), (*outer, place))
            properties = {**more, **properties}
            required |= names
        return properties, required

    def _arrays(self, place: str, schema: Mapping[str, Any], size: Size, inside: Path) -> Iterator[Any]:
        least, most = schema.get("minItems", 0), schema.get("maxItems", 1_000)
        preferred = max(least, 1) if size == "smallest" else max(least, 2)
        items = self.distinct(place, size, inside) if "items" in schema else ["canary"]
        for count in dict.fromkeys((min(preferred, most), least, 1, 2, 0)):
            if count > _MOST_ITEMS:
                continue
            repeated = [items[index % len(items)] for index in range(count)] if items else []
            if len(repeated) == count:
                yield repeated

    def distinct(self, place: str, size: Size, inside: Path = ()) -> list[Any]:
        """Return a few different values for the items of an array."""
        pointer = join(place, "items")
        proposals = self._proposals(pointer, size, inside)
        values = [value for value in proposals if self.oracle.accepts(pointer, value)]
        texts = [_numbered(value, number) for value in values[:1] if isinstance(value, str) for number in (2, 3, 4)]
        numbers = [value + step for value in values[:1] if is_number(value) for step in (1, 2, -1, -2)]
        more = [value for value in (*texts, *numbers) if self.oracle.accepts(pointer, value)]
        return list({json.dumps(value): value for value in (*values[:1], *more, *values[1:])}.values())[:8]

    def _texts(self, place: str, schema: Mapping[str, Any], size: Size) -> Iterator[str]:
        least, most = schema.get("minLength", 0), schema.get("maxLength", 10_000)
        if least > _LONGEST:
            return
        if schema.get("format") in _FORMATS:
            yield fitted(_FORMATS[schema["format"]], least, most)
        if schema.get("format") == "uri":
            return
        name = [*steps(place)][-1] if "/properties/" in place else "text"
        text = f"{name} canary"
        if size == "fullest":
            yield fitted(_SPECIAL + text, least, most)
        yield fitted(text, least, most)
        if "pattern" in schema:
            yield from _TEXTS
            yield from (value for value in schema.get("examples", ()) if isinstance(value, str))


def kind_of(schema: Mapping[str, Any]) -> str:
    """Return the JSON type of a schema; where it names none, the one its keywords speak of."""
    kind = schema.get("type")
    if isinstance(kind, list):
        return next((str(word) for word in kind if word != "null"), "null")
    if isinstance(kind, str):
        return kind
    for word, keywords in _KEYWORDS.items():
        if keywords & schema.keys():
            return word
    return "any" if _COMPOSED & schema.keys() else "string"


_COMPOSED = {"oneOf", "anyOf", "allOf", "const", "enum", "$ref"}
_KEYWORDS: dict[str, set[str]] = {
    "object": {"properties", "required", "additionalProperties"},
    "array": {"items", "minItems", "maxItems", "uniqueItems"},
    "number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "string": {"pattern", "minLength", "maxLength", "format"},
}


def _numbers(schema: Mapping[str, Any], size: Size) -> Iterator[int | float]:
    low = [schema["minimum"]] if "minimum" in schema else []
    low += [schema["exclusiveMinimum"] + step for step in (1, 0.5) if "exclusiveMinimum" in schema]
    high = [schema["maximum"]] if "maximum" in schema else []
    high += [schema["exclusiveMaximum"] - step for step in (1, 0.5) if "exclusiveMaximum" in schema]
    yield from low + high if size == "smallest" else high + low
    if "multipleOf" in schema:
        yield schema["multipleOf"]
    yield from (1, 7, 0, 2, 0.5)


def _numbered(text: str, number: int) -> str:
    return text.replace("/1.", f"/{number}.") if "/1." in text else f"{text}-{number}"


_MAX_DEPTH = 4
_STEP = 0.01
"""How far "just inside" and "just outside" are where any number will do."""
_WRONG: dict[str, tuple[Any, ...]] = {
    "string": (7, {"not": "documented"}),
    "integer": ("not a number", "5", True),
    "number": ("not a number", "5", True),
    "boolean": ("not a boolean", "true", 1, 7),
    "array": ("not a list", {"not": "documented"}),
    "object": ("not an object", ["not", "documented"]),
}


@dataclass(frozen=True)
class BoundaryValue:
    """One value at, inside or outside a limit."""

    value: Any
    allowed: bool
    proves: tuple[str, ...]


def bounds(sampler: Sampler, pointer: str) -> list[BoundaryValue]:
    """Return every value worth sending for the schema at a pointer. The oracle has checked each of them."""
    bounds: dict[tuple[str, bool], tuple[Any, list[str]]] = {}
    for value, allowed, proof in islice(_walk(sampler, pointer, 0), _MOST_BOUNDS):
        if sampler.oracle.accepts(pointer, value) is not allowed:
            continue
        _, proofs = bounds.setdefault((json.dumps(value), allowed), (value, []))
        if proof not in proofs:
            proofs.append(proof)
    return [BoundaryValue(value, allowed, tuple(proofs)) for (_, allowed), (value, proofs) in bounds.items()]


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
        ends = [*range(_MOST_CHOICES // 2), *range(len(values) - _MOST_CHOICES // 2, len(values))]
        indexes = range(len(values)) if len(values) <= _MOST_CHOICES else ends
        yield from ((values[index], True, join(place, "enum", index)) for index in indexes)
        yield from ((value, False, join(place, "enum")) for value in _others(values))


def _others(values: list[Any]) -> Iterator[Any]:
    """Yield values of the same type that are not among the documented ones."""
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
        starts = ("https://files.example.com/", "x:") if schema.get("format") == "uri" else ("",)

        def text(length: int) -> str:
            start = next((start for start in starts if len(start) <= length), starts[-1])
            return start + "x" * (length - len(start))

        for keyword, inwards in (("minLength", 1), ("maxLength", -1)):
            if keyword in schema:
                limit, proof = schema[keyword], join(place, keyword)
                if 0 <= limit <= _LONGEST:
                    lengths = ((limit, True), (limit + inwards, True), (limit - inwards, False))
                    yield from ((text(length), allowed, proof) for length, allowed in lengths if length >= 0)
        if schema.get("format") == "uri":
            yield "canary.png", False, join(place, "format")
        if "pattern" in schema:
            yield from ((text, False, join(place, "pattern")) for text in ("not documented", "\n", " \u3000", "!"))
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
    if count > _MOST_ITEMS:
        return
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
