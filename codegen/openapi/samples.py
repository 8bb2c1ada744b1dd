"""Sample values that a schema probably accepts, small and full, always the same. The caller validates them.

They are of the schema as one view, so that conditions, alternatives and `allOf` are kept all together. The contract
tests of our catalog have proposals of their own (`codegen.contracts.oracle_samples`), and the package has them too
(`codegen.package._catalog.sample_values`): it imports nothing of the generator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, islice
from typing import Any, Literal, NamedTuple

from codegen.openapi import patterns
from codegen.openapi.json_values import as_list, as_object, is_number, texts
from codegen.openapi.pointers import join
from codegen.openapi.schemas import Schemas, View, both, tags, word_of_value
from codegen.openapi.validation import is_within, matcher

Size = Literal["smallest", "fullest"]
Mode = Literal["request", "reply"]
FORMATS: Mapping[str, str] = {
    "uri": "https://files.example.com/1.png",
    "url": "https://files.example.com/1.png",
    "iri": "https://files.example.com/1.png",
    "uri-reference": "https://files.example.com/1.png",
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "someone@example.com",
    "uuid": "00000000-0000-4000-8000-000000000001",
    "hostname": "files.example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "Y2FuYXJ5",
    "decimal": "1.50",
}
_FURTHER: Mapping[str, str] = {
    **dict.fromkeys(("uri", "url", "iri", "uri-reference"), "https://files{n}.example.com/{n}.png"),
    "date": "19{n:02}-01-31",
    "date-time": "19{n:02}-01-31T12:00:00Z",
    "time": "12:00:{n:02}Z",
    "duration": "P{n}D",
    "email": "someone{n}@example.com",
    "uuid": "00000000-0000-4000-8000-0000000000{n:02}",
    "hostname": "files{n}.example.com",
    "ipv4": "192.0.2.{n}",
    "ipv6": "2001:db8::{n}",
    "byte": "Y2FuYX{n:02}",
    "decimal": "{n}.50",
}
"""Format → further values: a list may ask for several that differ."""
TEXTS = (
    *dict.fromkeys(FORMATS.values()),
    *("canary", "Canary", "CANARY", "1", "10", "12", "123", "1234", "12345", "123456", "1234567890", "A", "AB", "ABC"),
    *("en", "en-US", "en_US", "USD", "US", "#000000", "canary.png", "/canary", "a-1", "a1b2c3d4", "abc123", "1.0", "0"),
    *("+10000000000", "1:1", "16:9", "1x1", "1024x1024", "1.0.0", "v1", "a", "0" * 24, "0" * 32, "a" * 40, "0" * 64),
    *("2026-01", "01", "12:00", "12:00:00", "01/2026", "01/31/2026", "a@b.co", "A1", "AB12", "true", "-1", "0.5"),
)
"""What is tried where a pattern has the say."""
LONGEST = 10_000
"""Characters or items: no value is built that is larger, whatever a schema asks for."""
LARGEST = 100_000
"""Values inside each other that one sample may have: lists of lists multiply."""
MAX_NODES = 400
"""Values in one sample: what a document nests beyond that is left out where it may be."""
_DEEPEST = 12
_MOST_VALUES = 64
_MOST_OF_A_TYPE = 12
"""Values of one type, where a schema allows several."""
_MOST_OTHERS = 4
"""Further values of one property."""
_MOST_DIFFERENT = 200
"""Items that differ from each other: each is compared with those before it."""


class _Proposal(NamedTuple):
    """The values of one schema: those that were contained so far, and what makes the others."""

    schema: Mapping[str, Any]
    values: list[Any]
    rest: Iterator[Any]


class Samples:
    """Proposes values for the schemas of one document."""

    def __init__(self, schemas: Schemas, mode: Mode) -> None:
        self._schemas = schemas
        self._mode = mode
        self._left = 0
        self._proposals: dict[tuple[str, str, Size, str], _Proposal] = {}

    def of(self, schema: Any, pointer: str, size: Size, name: str = "text") -> Iterator[Any]:
        """Yield values for a schema, the likeliest first, a bounded number of them.

        They are made once, when they are first contained: many operations share a schema.
        """
        view = self._schemas.view(schema, pointer)
        key = (view.key, view.pointer, size, name)
        cached = self._proposals.get(key)
        if cached is None or cached.schema != view.schema:
            cached = self._proposals[key] = _Proposal(view.schema, [], self._values(view, size, name, ()))
        for index in range(_MOST_VALUES):
            if index == len(cached.values):
                self._left = MAX_NODES
                value = next(cached.rest, NOTHING)
                if value is NOTHING:
                    return
                cached.values.append(value)
            yield cached.values[index]

    def _first(self, schema: Any, pointer: str, size: Size, name: str, inside: tuple[str, ...]) -> Any:
        return next(self._values(self._schemas.view(schema, pointer), size, name, inside), NOTHING)

    def _values(self, view: View, size: Size, name: str, inside: tuple[str, ...]) -> Iterator[Any]:
        schema = view.schema
        self._left -= 1
        key = view.key
        if key in inside or len(inside) > _DEEPEST or (self._left < 0 and size == "fullest"):
            return
        inside = (*inside, key)
        if "const" in schema:
            yield schema["const"]
            return
        if isinstance(schema.get("enum"), list):
            values = [value for value in schema["enum"] if value is not None] or schema["enum"]
            yield from values if size == "smallest" else reversed(values)
            return
        for keyword in ("oneOf", "anyOf"):
            options = schema.get(keyword)
            if isinstance(options, list) and options:
                yield from self._options(view, keyword, options, size, name, inside)
                return
        for merged in self._conditions(view):
            yield from islice(self._values(merged, size, name, inside), _MOST_OF_A_TYPE)
        kinds = _kinds(schema)
        for kind in [word for word in kinds if word != "null"] or kinds:
            of_kind = self._of_kind(kind, view, size, name, inside)
            yield from islice(of_kind, _MOST_OF_A_TYPE) if len(kinds) > 1 else of_kind
        if not kinds:
            yield from (f"{name} canary", 7, True, ["canary"], {"canary": 1}, 1.5)

    def _options(
        self, view: View, keyword: str, options: list[Any], size: Size, name: str, inside: tuple[str, ...]
    ) -> Iterator[Any]:
        rest = {key: value for key, value in view.schema.items() if key not in {keyword, "discriminator"}}
        base = View(rest, view.pointer, None, view.places)
        plain = not {"type", "properties", "required", "items"} & rest.keys()
        for index, option in enumerate(options):
            place = join(view.pointer, keyword, index)
            inner = self._schemas.view(option, place)
            if _kinds(inner.schema) == ["null"] and len(options) > 1:
                continue
            if not plain:
                inner = replace(both(inner, base, f"{view.key}/{keyword}/{index}"), identity=None)
            for value in self._values(inner, size, name, inside):
                yield self._tagged(view.schema.get("discriminator"), option, inner, value)
                if index < len(options) - 1:
                    break

    def _tagged(self, discriminator: Any, option: Any, view: View, value: Any) -> Any:
        """Return the value with the word of its discriminator, where the document has a word for it."""
        if not isinstance(discriminator, Mapping) or not isinstance(value, dict) or not isinstance(option, Mapping):
            return value
        name = discriminator.get("propertyName")
        words = tags(self._schemas, discriminator, option, view) if isinstance(name, str) else []
        if not words or word_of_value(value.get(name)) in words:
            return value
        kinds = _kinds(self._schemas.property(view, str(name)).schema)
        return {**value, name: _of_word(words[0], kinds)}

    def _conditions(self, view: View) -> Iterator[View]:
        """Yield a schema with what it asks for under a condition: by `then`, by `else`, by `dependentSchemas`."""
        required = _required(view)
        names = [name for name in as_object(view.schema.get("dependentSchemas")) if name in required]
        if isinstance(view.schema.get("if"), Mapping):
            yield self._together(view, ("if", "then", "else"), [("if",), ("then",)])
            yield self._together(view, ("if", "then", "else"), [("else",)])
        elif names:
            yield self._together(view, ("dependentSchemas",), [("dependentSchemas", name) for name in names])

    def _together(self, view: View, without: tuple[str, ...], parts: list[tuple[str, ...]]) -> View:
        """Return a schema without some keywords, merged with parts of what stands under them."""
        rest = {key: value for key, value in view.schema.items() if key not in without}
        merged = View(rest, view.pointer, None, view.places, view.key)
        for steps in parts:
            schema: Any = view.schema
            for step in steps:
                schema = as_object(schema).get(step)
            place = join(view.pointer, *steps)
            if isinstance(schema, Mapping):
                merged = both(merged, self._schemas.view(schema, place), f"{merged.merge}{'/'.join(steps)} ")
        return replace(merged, merge=f"{merged.merge} {without[0]} {parts[0][0]}")

    def _of_kind(self, kind: str, view: View, size: Size, name: str, inside: tuple[str, ...]) -> Iterator[Any]:
        schema = view.schema
        if kind == "object":
            yield from self._objects(view, size, inside)
        elif kind == "array":
            yield from self._arrays(view, size, name, inside)
        elif kind in ("integer", "number"):
            yield from numbers(schema, whole=kind == "integer", size=size)
        elif kind == "boolean":
            yield from (True, False)
        elif kind == "null":
            yield None
        else:
            yield from _texts(schema, name, size)

    def _objects(self, view: View, size: Size, inside: tuple[str, ...]) -> Iterator[Any]:
        required = _required(view)
        full: dict[str, Any] = {}
        for wire in dict.fromkeys([*self._own(view), *required]):
            counts = {"minProperties", "maxProperties"} & view.schema.keys()
            if size == "smallest" and wire not in required and not counts:
                continue
            value = next(self._property(view, wire, size, inside), NOTHING)
            if value is not NOTHING:
                full[wire] = value
            elif wire in required:
                return
        small = {wire: full[wire] for wire in required if wire in full}
        is_plain = not view.properties and not required
        if size == "fullest" and (is_plain or self._mode == "reply") and _has_other_names(view.schema):
            full = self._filled(view, full, len(full) + 1, size, inside)
        yield from self._counted(view, small, full, size, inside)
        yield from (small, full) if size == "smallest" else (full, small)
        yield from self._varied(view, small, full, inside)

    def _own(self, view: View) -> list[str]:
        """Return the properties that go in this direction."""
        hidden = "readOnly" if self._mode == "request" else "writeOnly"
        return [wire for wire in view.properties if self._schemas.property(view, wire).schema.get(hidden) is not True]

    def _property(self, view: View, wire: str, size: Size, inside: tuple[str, ...]) -> Iterator[Any]:
        """Yield values of a property, by whatever keyword the schema speaks of it."""
        if wire in view.properties:
            yield from self._values(self._schemas.property(view, wire), size, wire, inside)
            return
        for pattern, schema in as_object(view.schema.get("patternProperties")).items():
            if _matches(pattern, wire):
                place = join(view.pointer, "patternProperties", pattern)
                yield from self._values(self._schemas.view(schema, place), size, wire, inside)
                return
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            if isinstance(view.schema.get(keyword), Mapping):
                inner = self._schemas.view(view.schema[keyword], join(view.pointer, keyword))
                yield from self._values(inner, size, "value", inside)
                return
        yield "canary"

    def _counted(
        self, view: View, small: dict[str, Any], full: dict[str, Any], size: Size, inside: tuple[str, ...]
    ) -> Iterator[Any]:
        """Yield objects with as many properties as are asked for."""
        least, most = (_count(view.schema.get(word)) for word in ("minProperties", "maxProperties"))
        if (least is None and most is None) or (least or 0) > LONGEST:
            return
        members = {**small, **full}
        if len(members) < (least or 0):
            members = self._filled(view, members, least or 0, size, inside)
        for number in sorted({least or 0, min(most or len(members), len(members))}, reverse=size == "fullest"):
            yield dict(list(members.items())[:number])

    def _filled(
        self, view: View, members: dict[str, Any], least: int, size: Size, inside: tuple[str, ...]
    ) -> dict[str, Any]:
        """Return an object with further properties, as long as there are names for them."""
        larger = dict(members)
        for name in self._names(view, inside):
            if len(larger) >= least:
                break
            value = next(self._property(view, name, size, inside), NOTHING) if name not in larger else NOTHING
            if value is not NOTHING:
                larger[name] = value
        return larger

    def _names(self, view: View, inside: tuple[str, ...]) -> Iterator[str]:
        """Yield names that a property may have which the schema does not name."""
        schema = view.schema
        words = schema.get("propertyNames")
        for pattern in as_object(schema.get("patternProperties")):
            texts = patterns.texts(pattern)
            longer = (f"{text}{number}" for text in texts for number in range(1, 10))
            yield from (name for name in (*texts, *longer) if _matches(pattern, name))
        if isinstance(words, Mapping):
            inner = self._schemas.view(words, join(view.pointer, "propertyNames"))
            yield from (name for name in self._values(inner, "smallest", "name", inside) if isinstance(name, str))
        elif schema.get("additionalProperties") is not False:
            yield "canary"
            yield from (f"canary_{number}" for number in range(2, LONGEST))

    def _varied(
        self, view: View, small: dict[str, Any], full: dict[str, Any], inside: tuple[str, ...]
    ) -> Iterator[Any]:
        """Yield objects that differ in one property from those that were yielded before."""
        for wire in full:
            if wire not in small:
                yield {**small, wire: full[wire]}
                yield {name: value for name, value in full.items() if name != wire}
        for wire in full:
            others = islice(self._property(view, wire, "smallest", inside), 1, 1 + _MOST_OTHERS)
            yield from ({**full, wire: value} for value in others)

    def _arrays(self, view: View, size: Size, name: str, inside: tuple[str, ...]) -> Iterator[Any]:
        schema = view.schema
        least, most = _count(schema.get("minItems")) or 0, _count(schema.get("maxItems"))
        most = LONGEST if most is None else most
        if least > LONGEST:
            return
        if size == "smallest" and least == 0:
            yield []
        fixed = schema["prefixItems"] if isinstance(schema.get("prefixItems"), list) else []
        usual = least or (not fixed) if size == "smallest" else max(least, len(fixed) or 2)
        first = self._first_items(view, fixed, size, name, inside)
        for contained in self._contained(view, size, name, inside):
            items = self._items(
                view, [*first, *contained], min(max(usual, len(first) + len(contained)), most), size, inside
            )
            if items is not None:
                yield items[:most]
                yield items[: max(least, 1)]
        if size == "smallest" or least == 0:
            yield []

    def _first_items(self, view: View, fixed: list[Any], size: Size, name: str, inside: tuple[str, ...]) -> list[Any]:
        """Return the items of `prefixItems`, as many as are needed."""
        number = (_count(view.schema.get("minItems")) or 0) if size == "smallest" else len(fixed)
        places = (join(view.pointer, "prefixItems", index) for index in count())
        items = [
            self._first(schema, place, size, name, inside)
            for schema, place in zip(fixed[:number], places, strict=False)
        ]
        return items if NOTHING not in items else []

    def _contained(self, view: View, size: Size, name: str, inside: tuple[str, ...]) -> Iterator[list[Any]]:
        """Yield the items that `contains` asks for, and none: another item may be one."""
        words = view.schema.get("contains")
        least = _count(view.schema.get("minContains"))
        least = 1 if least is None else least
        if isinstance(words, Mapping) and 0 < least <= _MOST_DIFFERENT:
            inner = replace(self._schemas.view(words, join(view.pointer, "contains")), identity=None)
            items = self._rest(view)
            inner = inner if items is None else both(inner, items, f"{view.key}/contains")
            if values := _different(self._values(inner, size, name, inside), least):
                yield [values[index % len(values)] for index in range(least)]
        yield []

    def _rest(self, view: View) -> View | None:
        """Return the schema of the items that have no place of their own; None where any value fits."""
        for keyword in ("items", "unevaluatedItems"):
            if isinstance(view.schema.get(keyword), Mapping):
                return self._schemas.view(view.schema[keyword], join(view.pointer, keyword))
        return None

    def _items(
        self, view: View, first: list[Any], number: int, size: Size, inside: tuple[str, ...]
    ) -> list[Any] | None:
        """Return a list of so many items, or of as many as there are; None where it would be too large."""
        if "unevaluatedItems" in view.schema and "items" not in view.schema:
            closed = view.schema["unevaluatedItems"] is False
        else:
            closed = view.schema.get("items") is False
        missing = 0 if closed else max(0, number - len(first))
        inner = self._rest(view)
        values = self._values(inner, size, "text", inside) if inner is not None else _anything()
        is_set = view.schema.get("uniqueItems") is True
        others = (value for value in values if not is_set or value not in first)
        further = _different(others, missing if is_set else min(missing, 60)) if missing else []
        if further and missing * _weight(further[0]) > LARGEST:
            return None
        return [
            *first,
            *(further if is_set or not further else (further[index % len(further)] for index in range(missing))),
        ]


def _required(view: View) -> list[str]:
    """Return the required properties, and those that they require in turn."""
    names = view.required
    dependent = as_object(view.schema.get("dependentRequired"))
    for name in names:
        names += [one for one in as_list(dependent.get(name)) if one not in names]
    return names


def _has_other_names(schema: Mapping[str, Any]) -> bool:
    return isinstance(schema.get("additionalProperties"), Mapping) or bool(
        {"patternProperties", "propertyNames"} & schema.keys()
    )


def _matches(pattern: str, name: str) -> bool:
    compiled = matcher(pattern)
    return compiled is not None and compiled.is_valid(name)


def _anything() -> Iterator[Any]:
    yield "canary"
    yield from (f"canary {number}" for number in range(2, _MOST_DIFFERENT + 1))


def _different(values: Iterable[Any], number: int) -> list[Any]:
    """Return the first values that differ from each other."""
    distinct: list[Any] = []
    for value in values if number > 0 else ():
        if value not in distinct:
            distinct.append(value)
        if len(distinct) >= min(number, _MOST_DIFFERENT):
            break
    return distinct


class _Nothing:
    """No value at all: None is one."""


NOTHING = _Nothing()


_OF_KIND: Mapping[str, frozenset[str]] = {
    "object": frozenset(
        "properties required additionalProperties patternProperties propertyNames minProperties maxProperties "
        "dependentRequired dependentSchemas unevaluatedProperties".split()
    ),
    "array": frozenset("items minItems maxItems prefixItems contains uniqueItems unevaluatedItems".split()),
    "number": frozenset("minimum maximum multipleOf exclusiveMinimum exclusiveMaximum".split()),
    "string": frozenset("pattern minLength maxLength format".split()),
}
"""Type → the keywords that say which one is meant, where a schema does not say it."""


def _of_word(word: str, kinds: list[str]) -> Any:
    """Return the value that a word of a mapping stands for in a field of these types."""
    if kinds == ["boolean"]:
        return word == "true"
    return int(word) if kinds == ["integer"] and re.fullmatch("-?[0-9]{1,19}", word) else word


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    kinds = schema.get("type")
    if isinstance(kinds, str):
        return [kinds]
    if isinstance(kinds, list):
        return [str(kind) for kind in kinds]
    for kind, keywords in _OF_KIND.items():
        if keywords & schema.keys():
            return [kind]
    return []


def numbers(schema: Mapping[str, Any], *, whole: bool, size: Size) -> Iterator[int | float]:
    """Yield numbers that the limits of a schema allow, those at its lower or at its upper end first."""
    step = schema.get("multipleOf")
    step = step if is_number(step) and step > 0 else None
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    numbers: list[int | float] = []
    numbers += [low] if is_number(low) else []
    numbers += [above + (step or 1), above + 0.5] if is_number(above) else []
    numbers += [high] if is_number(high) else []
    numbers += [below - (step or 1), below - 0.5] if is_number(below) else []
    if step is not None and numbers:
        numbers = [
            *(-(-value // step) * step for value in numbers),
            *(value // step * step for value in numbers),
            *numbers,
        ]
    usual = [1, 7, 0, 2, 10, 100, -1] if whole else [1.5, 1, 0.5, 0, 10, 100, -1]
    numbers += [step] if step is not None else []
    ends = [value for value in (low, above, high, below) if is_number(value)]
    between = [(ends[0] + ends[-1]) / 2] if len(ends) > 1 else []
    start, stride = next(iter(numbers), 11), -(step or 1) if low is None and above is None and numbers else step or 1
    further = (start + stride * number for number in range(1, _MOST_DIFFERENT))
    for value in [*(numbers if size == "smallest" else reversed(numbers)), *between, *usual, *further]:
        if whole and isinstance(value, float):
            if not value.is_integer():
                continue
            value = int(value)
        if is_within(schema, value):
            yield value


def _texts(schema: Mapping[str, Any], name: str, size: Size) -> Iterator[str]:
    least = schema["minLength"] if isinstance(schema.get("minLength"), int) else 0
    most = schema["maxLength"] if isinstance(schema.get("maxLength"), int) else LONGEST
    if least > LONGEST:
        return
    sample = FORMATS.get(str(schema.get("format")))
    further = _FURTHER.get(str(schema.get("format")), "{n} canary")
    others = (fitted(further.format(n=number), least, most) for number in range(1, 100))
    if sample is not None:
        yield fitted(sample, least, most)
        yield from islice(others, 8)
    examples = texts(schema.get("examples"))
    if "pattern" in schema:
        yield from examples
        yield from patterns.texts(str(schema["pattern"]), min(least, most))
        yield from TEXTS
        yield from (
            letter * count for letter in "aA0" for count in dict.fromkeys((max(least, 1), min(most, 8), 2, 3, 4, 5))
        )
    plain = "".join(char if char.isascii() and char.isprintable() else " " for char in name).strip() or "text"
    text = fitted(f"{plain} canary", least, most)
    yield fitted(f"{text} é", least, most) if size == "fullest" else text
    yield text
    yield from (value for value in examples if len(value) <= LONGEST)
    if "pattern" not in schema:
        yield from (value for value in TEXTS if least <= len(value) <= most)
    yield from others


def fitted(text: str, least: int, most: int) -> str:
    """Return the text made long or short enough."""
    return (text + "x" * max(0, least - len(text)))[:most]


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _weight(value: Any) -> int:
    """Return how many values a value has in it, counted no further than LARGEST."""
    waiting, count = [value], 0
    while waiting and count <= LARGEST:
        node = waiting.pop()
        count += 1
        waiting.extend(node.values() if isinstance(node, dict) else as_list(node))
    return count
