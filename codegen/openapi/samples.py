"""Sample values that a schema probably accepts, small and full, always the same. The caller validates them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, NamedTuple, TypeGuard

from codegen.openapi import patterns
from codegen.openapi.pointers import join
from codegen.openapi.schemas import Schemas, View, both, tags

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
_MOST_VALUES = 42


class _Proposed(NamedTuple):
    """The values of one schema: those that were wanted so far, and what makes the others."""

    schema: Mapping[str, Any]
    values: list[Any]
    rest: Iterator[Any]


class Samples:
    """Proposes values for the schemas of one document."""

    def __init__(self, schemas: Schemas, mode: Mode) -> None:
        self._schemas = schemas
        self._mode = mode
        self._left = 0
        self._known: dict[tuple[str, str, Size, str], _Proposed] = {}

    def of(self, schema: Any, pointer: str, size: Size, name: str = "text") -> Iterator[Any]:
        """Yield values for a schema, the likeliest first, a bounded number of them.

        They are made once, when they are first wanted: many operations share a schema.
        """
        view = self._schemas.view(schema, pointer)
        key = (view.key, view.pointer, size, name)
        known = self._known.get(key)
        if known is None or known.schema != view.schema:
            known = self._known[key] = _Proposed(view.schema, [], self._values(view, size, name, ()))
        for index in range(_MOST_VALUES):
            if index == len(known.values):
                self._left = MAX_NODES
                value = next(known.rest, NOTHING)
                if value is NOTHING:
                    return
                known.values.append(value)
            yield known.values[index]

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
        kinds = _kinds(schema)
        for kind in [word for word in kinds if word != "null"] or kinds:
            yield from self._of_kind(kind, view, size, name, inside)
        if not kinds:
            yield f"{name} canary"

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
        return value if not words or value.get(name) in words else {**value, name: words[0]}

    def _of_kind(self, kind: str, view: View, size: Size, name: str, inside: tuple[str, ...]) -> Iterator[Any]:
        schema = view.schema
        if kind == "object":
            yield from self._objects(view, size, inside)
        elif kind == "array":
            yield from self._arrays(view, size, name, inside)
        elif kind in ("integer", "number"):
            yield from _numbers(schema, whole=kind == "integer", size=size)
        elif kind == "boolean":
            yield from (True, False)
        elif kind == "null":
            yield None
        else:
            yield from _texts(schema, name, size)

    def _objects(self, view: View, size: Size, inside: tuple[str, ...]) -> Iterator[Any]:
        required = view.schema.get("required")
        required = required if isinstance(required, list) else []
        hidden = "readOnly" if self._mode == "request" else "writeOnly"
        full: dict[str, Any] = {}
        small: dict[str, Any] = {}
        properties = self._schemas.properties(view)
        least, most = (_count(view.schema.get(word)) for word in ("minProperties", "maxProperties"))
        counts = least is not None or most is not None
        for wire, schema in properties.items():
            if size == "smallest" and wire not in required and not counts:
                continue
            place = view.places.get(wire, join(view.pointer, "properties", wire))
            inner = self._schemas.view(schema, place)
            if inner.schema.get(hidden) is True:
                continue
            value = next(self._values(inner, size, wire, inside), NOTHING)
            if value is NOTHING:
                if wire in required:
                    return
                continue
            full[wire] = value
            if wire in required:
                small[wire] = value
        for wire in required:
            if wire not in properties:
                full[wire] = small[wire] = "canary"
        values = view.schema.get("additionalProperties")
        if not properties and isinstance(values, Mapping) and (size == "fullest" or view.schema.get("minProperties")):
            value = self._first(values, join(view.pointer, "additionalProperties"), size, "value", inside)
            if value is not NOTHING:
                full = small = {"canary": value}
        if counts:
            ordered = {**small, **full}
            for count in sorted({least or 0, min(most or len(ordered), len(ordered))}, reverse=size == "fullest"):
                yield dict(list(ordered.items())[:count])
        yield from (small, full) if size == "smallest" else (full, small)

    def _arrays(self, view: View, size: Size, name: str, inside: tuple[str, ...]) -> Iterator[Any]:
        schema = view.schema
        least = schema["minItems"] if isinstance(schema.get("minItems"), int) else 0
        most = schema["maxItems"] if isinstance(schema.get("maxItems"), int) else LONGEST
        if least > LONGEST:
            return
        items = schema.get("items")
        count = min(max(least, 0 if size == "smallest" else 2), most)
        if size == "smallest" and least == 0:
            yield []
            count = min(1, most)
        if not isinstance(items, Mapping):
            yield ["canary"] * count
            return
        place = join(view.pointer, "items")
        inner = self._schemas.view(items, place)
        found: list[Any] = []
        for value in self._values(inner, size, name, inside):
            if value not in found:
                found.append(value)
            if len(found) >= min(max(count, 1), 60):
                break
        if not found:
            yield []
            return
        if count * _weight(found[0]) > LARGEST:
            return
        if schema.get("uniqueItems") is not True:
            yield [found[index % len(found)] for index in range(count)]
        yield found[: max(count, least)] if len(found) >= least else found
        yield found[:1]


class _Nothing:
    """No value at all: None is one."""


NOTHING = _Nothing()


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    kinds = schema.get("type")
    if isinstance(kinds, str):
        return [kinds]
    if isinstance(kinds, list):
        return [str(kind) for kind in kinds]
    if {"properties", "required", "additionalProperties"} & schema.keys():
        return ["object"]
    if {"items", "minItems", "maxItems"} & schema.keys():
        return ["array"]
    if {"minimum", "maximum", "multipleOf"} & schema.keys():
        return ["number"]
    return ["string"] if {"pattern", "minLength", "maxLength", "format"} & schema.keys() else []


def _numbers(schema: Mapping[str, Any], *, whole: bool, size: Size) -> Iterator[int | float]:
    step = schema.get("multipleOf")
    step = step if _is_number(step) and step > 0 else None
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    found: list[int | float] = []
    found += [low] if _is_number(low) else []
    found += [above + (step or 1), above + 0.5] if _is_number(above) else []
    found += [high] if _is_number(high) else []
    found += [below - (step or 1), below - 0.5] if _is_number(below) else []
    if step is not None and found:
        found = [*(-(-value // step) * step for value in found), *(value // step * step for value in found), *found]
    usual = [1, 7, 0, 2, 10, 100, -1] if whole else [1.5, 1, 0.5, 0, 10, 100, -1]
    found += [step] if step is not None else []
    for value in [*(found if size == "smallest" else reversed(found)), *usual]:
        if whole and isinstance(value, float):
            if not value.is_integer():
                continue
            value = int(value)
        yield value


def _texts(schema: Mapping[str, Any], name: str, size: Size) -> Iterator[str]:
    least = schema["minLength"] if isinstance(schema.get("minLength"), int) else 0
    most = schema["maxLength"] if isinstance(schema.get("maxLength"), int) else LONGEST
    if least > LONGEST:
        return
    known = FORMATS.get(str(schema.get("format")))
    if known is not None:
        yield _fitted(known, least, most)
    examples = schema.get("examples")
    texts = [value for value in examples if isinstance(value, str)] if isinstance(examples, list) else []
    if "pattern" in schema:
        yield from texts
        yield from patterns.texts(str(schema["pattern"]), min(least, most))
        yield from TEXTS
        yield from (
            letter * count for letter in "aA0" for count in dict.fromkeys((max(least, 1), min(most, 8), 2, 3, 4, 5))
        )
    plain = "".join(char if char.isascii() and char.isprintable() else " " for char in name).strip() or "text"
    text = _fitted(f"{plain} canary", least, most)
    yield _fitted(f"{text} é", least, most) if size == "fullest" else text
    yield text
    yield from (value for value in texts if len(value) <= LONGEST)


def _fitted(text: str, least: int, most: int) -> str:
    return (text + "x" * max(0, least - len(text)))[:most]


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _weight(value: Any) -> int:
    """Return how many values a value has in it, counted no further than LARGEST."""
    waiting, count = [value], 0
    while waiting and count <= LARGEST:
        node = waiting.pop()
        count += 1
        waiting.extend(node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
    return count


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
