"""Values at both sides of what a schema states: those that are refused, and those that are just allowed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from codegen.openapi.pointers import join
from codegen.openapi.samples import FORMATS, Samples
from codegen.openapi.schemas import Schemas, View
from codegen.openapi.validation import client_pattern

_LONGEST, _MOST_ITEMS = 2_000, 20
"""Characters of a text and items of a list that are written out."""
_MOST_INSIDE = 8
"""Allowed values of an item or a property."""


def wrong(schemas: Schemas, view: View, depth: int) -> Iterator[Any]:
    """Yield values on the wrong side of what a schema states."""
    schema = view.schema
    kinds = schema.get("type")
    kind = kinds if isinstance(kinds, str) else next((word for word in kinds or () if word != "null"), None)
    if isinstance(schema.get("enum"), list) or "const" in schema:
        yield from ("not documented", -98765, {"not": "documented"})
    if kind == "string":
        yield from (7, {"not": "documented"})
        yield from _wrong_texts(schema)
    elif kind in ("integer", "number"):
        yield from ("5", True, "not a number", *((1.5,) if kind == "integer" else ()))
        yield from _wrong_numbers(schema, whole=kind == "integer")
    elif kind == "boolean":
        yield from ("true", 1, "not a boolean", 7)
    elif kind == "array":
        yield from ("not a list", {"not": "documented"})
        yield from _wrong_lists(schemas, view, depth)
    elif kind == "object":
        yield from ("not an object", ["not", "documented"])
        yield from _wrong_objects(schemas, view, depth)
    for keyword in ("anyOf", "oneOf"):
        options = schema.get(keyword)
        if isinstance(options, list) and depth < 2:
            yield from ({"not": "documented"}, "not documented", -98765.5, ["not documented"])
            for index, option in enumerate(options[:4]):
                yield from wrong(schemas, schemas.view(option, join(view.pointer, keyword, index)), depth + 2)


def _wrong_texts(schema: Mapping[str, Any]) -> Iterator[str]:
    most, least = schema.get("maxLength"), schema.get("minLength")
    if isinstance(most, int) and most < 2_000:
        yield "x" * (most + 1)
    if isinstance(least, int) and 0 < least < 2_000:
        yield "x" * (least - 1)
    if isinstance(schema.get("pattern"), str) and client_pattern(schema["pattern"]) is not None:
        yield from ("not documented", "\n", "!", "")
    if schema.get("format") in FORMATS:
        yield "not documented"
    if schema.get("format") in ("date", "date-time"):
        yield "2026-02-30" if schema["format"] == "date" else "2026-02-30T12:00:00Z"


def _wrong_numbers(schema: Mapping[str, Any], *, whole: bool) -> Iterator[int | float]:
    for keyword, step in (("minimum", -1), ("maximum", 1), ("exclusiveMinimum", 0), ("exclusiveMaximum", 0)):
        limit = schema.get(keyword)
        if isinstance(limit, int | float) and not isinstance(limit, bool) and abs(limit) < 2**53:
            yield int(limit) + step if whole else limit + step
    yield from _beyond_format(schema) if whole else ()
    factor = schema.get("multipleOf")
    if isinstance(factor, int | float) and not isinstance(factor, bool) and 0 < factor < 2**40:
        yield factor * 1.5
        if whole and factor > 1:
            yield int(factor) + 1


def _beyond_format(schema: Mapping[str, Any]) -> Iterator[int]:
    """Yield whole numbers that a format has no place for, on the sides of which the schema says nothing itself."""
    found = re.fullmatch("(u?)int(8|16|32|64)", str(schema.get("format")))
    if found is not None:
        bits = int(found[2]) - (not found[1])
        yield from [] if {"maximum", "exclusiveMaximum"} & schema.keys() else [1 << bits]
        yield from [] if {"minimum", "exclusiveMinimum"} & schema.keys() else [-1 if found[1] else -(1 << bits) - 1]


def _wrong_lists(schemas: Schemas, view: View, depth: int) -> Iterator[Any]:
    schema = view.schema
    items = schema.get("items")
    place = join(view.pointer, "items")
    good = (
        next(iter(Samples(schemas, "request").of(items, place, "smallest")), None)
        if isinstance(items, Mapping)
        else "x"
    )
    most, least = schema.get("maxItems"), schema.get("minItems")
    if isinstance(most, int) and most < 100 and good is not None:
        yield [good] * (most + 1)
    if isinstance(least, int) and 0 < least < 100 and good is not None:
        yield [good] * (least - 1)
    if schema.get("uniqueItems") is True and good is not None:
        yield [good, good]
    if isinstance(items, Mapping) and depth < 1:
        for value in list(wrong(schemas, schemas.view(items, place), depth + 1))[:3]:
            yield [value] * max(1, least if isinstance(least, int) and least < 20 else 1)


def _wrong_objects(schemas: Schemas, view: View, depth: int) -> Iterator[Any]:
    good = next(iter(Samples(schemas, "request").of(view.schema, view.pointer, "smallest")), None)
    if not isinstance(good, dict):
        return
    for name in list(good)[:3]:
        yield {key: value for key, value in good.items() if key != name}
    rest = view.schema.get("additionalProperties")
    if rest is False:
        yield {**good, "canary_key": 1}
    elif isinstance(rest, Mapping) and depth < 1:
        place = join(view.pointer, "additionalProperties")
        for value in list(wrong(schemas, schemas.view(rest, place), depth + 1))[:3]:
            yield {**good, "canary_key": value}
    if depth < 1:
        tried = 0
        for name, schema in schemas.properties(view).items():
            inner = schemas.view(schema, view.places.get(name, join(view.pointer, "properties", name)))
            if inner.schema.get("readOnly") is True:
                continue  # no part of a request: the client knows nothing of it
            for value in list(wrong(schemas, inner, depth + 1))[:1]:
                yield {**good, name: value}
            tried += 1
            if tried >= 3:
                break


def right(schemas: Schemas, view: View, depth: int = 0) -> Iterator[Any]:
    """Yield values at the limits that a schema states, and each that it lists. The caller asks the oracle."""
    schema = view.schema
    if isinstance(schema.get("enum"), list):
        yield from schema["enum"]
    yield from _longest_texts(schema)
    yield from _last_numbers(schema)
    yield from _right_lists(schemas, view, depth)
    yield from _right_objects(schemas, view, depth)
    for keyword in ("anyOf", "oneOf"):
        options = schema.get(keyword)
        if isinstance(options, list) and depth < 2:
            for index, option in enumerate(options[:4]):
                yield from right(schemas, schemas.view(option, join(view.pointer, keyword, index)), depth + 2)


def _longest_texts(schema: Mapping[str, Any]) -> Iterator[str]:
    for keyword in ("minLength", "maxLength"):
        limit = schema.get(keyword)
        if isinstance(limit, int) and 0 <= limit < _LONGEST:
            yield "x" * limit


def _last_numbers(schema: Mapping[str, Any]) -> Iterator[int | float]:
    kinds = schema.get("type")
    whole = "number" not in (kinds if isinstance(kinds, list) else [kinds]) and kinds is not None
    for keyword, inwards in (("minimum", 0), ("maximum", 0), ("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        limit = schema.get(keyword)
        if isinstance(limit, int | float) and not isinstance(limit, bool) and abs(limit) < 2**53:
            if whole:
                yield _within(limit, keyword) + (inwards if limit == int(limit) else 0)
                continue
            yield limit + inwards
            yield limit + inwards * 0.5 if inwards else limit


def _within(limit: float, keyword: str) -> int:
    """Return the whole number next to a limit, on its side of what is allowed."""
    return math.ceil(limit) if keyword.endswith("inimum") else math.floor(limit)


def _right_lists(schemas: Schemas, view: View, depth: int) -> Iterator[Any]:
    schema, items = view.schema, view.schema.get("items")
    if not isinstance(items, Mapping) or depth >= 1:
        return
    place = join(view.pointer, "items")
    least = schema.get("minItems")
    good = next(iter(Samples(schemas, "request").of(items, place, "smallest")), None)
    for keyword in ("minItems", "maxItems"):
        count = schema.get(keyword)
        if isinstance(count, int) and 0 < count < _MOST_ITEMS and good is not None:
            yield [good] * count
    for value in islice(right(schemas, schemas.view(items, place), depth + 1), _MOST_INSIDE):
        yield [value] * max(1, least if isinstance(least, int) and least < _MOST_ITEMS else 1)


def _right_objects(schemas: Schemas, view: View, depth: int) -> Iterator[Any]:
    if depth >= 1 or "properties" not in view.schema:
        return
    good = next(iter(Samples(schemas, "request").of(view.schema, view.pointer, "smallest")), None)
    if not isinstance(good, dict):
        return
    for name, schema in schemas.properties(view).items():
        inner = schemas.view(schema, view.places.get(name, join(view.pointer, "properties", name)))
        for value in islice(right(schemas, inner, depth + 1), _MOST_INSIDE):
            yield {**good, name: value}
