"""Values at both sides of what a schema states, in every place of it: those refused, and those just allowed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from codegen.contracts.general.places import EXTRA, SchemaPlace, SchemaPlaces, tagged
from codegen.openapi import patterns
from codegen.openapi.json_values import as_object
from codegen.openapi.samples import FORMATS, Samples
from codegen.openapi.schemas import Schemas, View
from codegen.openapi.validation import client_pattern

_LONGEST, _MOST_ITEMS, _MOST_WRITTEN = 2_000, 100, 20
"""Characters of a text, items of a list that is refused, and items of one that is sent."""
_MOST_NAMES = 8
"""Required properties that are left out, and optional ones that are given, one after the other."""
_MOST_CHOICES = 8
"""Listed values that are sent inside other values."""
_WRONG_DAYS = (("month", "2026-13-01"), ("30 days", "2026-04-31"), ("february", "2026-02-30"), ("leap", "2025-02-29"))
_WRONG_TIMES = (
    *((name, f"{day}T12:00:00Z") for name, day in _WRONG_DAYS),
    ("offset", "2026-01-31T12:00:00"),
    ("hour", "2026-01-31T24:00:00Z"),
    ("minute", "2026-01-31T12:60:00Z"),
    ("day alone", "2026-01-31"),
)
_WRONG_OF_FORMAT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "date": (*_WRONG_DAYS, ("moment", "2026-01-31T12:00:00Z"), ("start", "x2026-01-31"), ("end", "2026-01-31\n")),
    "date-time": (*_WRONG_TIMES, ("start", "x2026-01-31T12:00:00Z"), ("end", "2026-01-31T12:00:00Z\n")),
    "uuid": (
        ("length", "00000000-0000-4000-8000-00000000000"),
        ("end", "00000000-0000-4000-8000-0000000000012"),
        ("braces", "{00000000-0000-4000-8000-000000000001}"),
    ),
    "uri": (("relative", "/1.png"), ("space", "https://files.example.com/ 1.png")),
}
_RIGHT_OF_FORMAT: Mapping[str, tuple[str, ...]] = {
    "date": ("2024-02-29", "2026-12-31"),
    "date-time": ("2024-02-29T23:59:59.5+02:00", "2026-12-31T00:00:00Z"),
    "uuid": ("ABCDEF00-0000-4000-8000-000000000001",),
}
Row = tuple[str, Any]
"""What of a schema a value breaks, or just keeps, and the value."""


@dataclass(frozen=True)
class Probe:
    """A value of a parameter, made for one limit in one place of its schema."""

    limit: tuple[int, str]
    """Number of the place, and which limit."""
    value: Any
    schema: str | None
    """The schema that has the limit, where it becomes a class."""


class LimitValues:
    """Makes the values for the schemas of one document."""

    def __init__(self, schemas: Schemas, samples: Samples) -> None:
        self._places = SchemaPlaces(schemas, samples)

    def wrong(self, view: View, name: str, elsewhere: Set[str]) -> Iterator[Probe]:
        """Yield values on the wrong side of what a schema states. The caller asks the oracle."""
        for number, place in enumerate(self._places.of(view, name, elsewhere)):
            for limit, value in self._wrong(place):
                yield Probe((number, limit), place.embed(value), place.view.key if place.is_class else None)

    def right(self, view: View, name: str, elsewhere: Set[str]) -> Iterator[Probe]:
        """Yield values at the limits that a schema states, and each that it lists. The caller asks the oracle."""
        for number, place in enumerate(self._places.of(view, name, elsewhere)):
            for limit, value in self._right(place):
                yield Probe((number, limit), place.embed(value), place.view.key if place.is_class else None)

    def _wrong(self, place: SchemaPlace) -> Iterator[Row]:
        schema, is_top = place.view.schema, place.depth == 0
        kinds = schema.get("type")
        kind = kinds if isinstance(kinds, str) else next((word for word in kinds or () if word != "null"), None)
        if not is_top and None not in (schema.get("enum") or ()):
            yield "null", None
        if isinstance(schema.get("enum"), list) or "const" in schema:
            yield from _wrong_choices(schema)
        of_type = _OF_OTHER_TYPES.get(str(kind), ())
        yield from ((f"type {index}", value) for index, value in enumerate(of_type if is_top else of_type[:2]))
        if kind == "string":
            yield from self._wrong_texts(place)
        elif kind in ("integer", "number"):
            yield from _wrong_numbers(schema, whole=kind == "integer")
        elif kind == "array":
            yield from self._wrong_lists(place)
        elif kind == "object" or (kind is None and {"properties", "additionalProperties"} & schema.keys()):
            yield from self._wrong_objects(place)
        if "anyOf" in schema or "oneOf" in schema:
            yield from self._wrong_unions(place)

    def _wrong_texts(self, place: SchemaPlace) -> Iterator[Row]:
        schema = place.view.schema
        good = self._places.good(place, str) or ""
        most, least = schema.get("maxLength"), schema.get("minLength")
        if isinstance(most, int) and most < _LONGEST:
            yield "maxLength", "x" * (most + 1)
            yield "maxLength", good + good[-1:] * (most + 1 - len(good))
        if isinstance(least, int) and 0 < least < _LONGEST:
            yield "minLength", "x" * (least - 1)
            yield "minLength", good[: least - 1]
        if isinstance(schema.get("pattern"), str) and client_pattern(schema["pattern"]) is not None:
            yield from (("pattern", text) for text in ("not documented", "\n", "!", ""))
            yield from (("start of pattern", f"{text}{good}") for text in ("!", "x", good[:1], "\n"))
            yield from (("end of pattern", f"{good}{text}") for text in ("!", "x", good[-1:]))
            yield "line after pattern", f"{good}\n"
        if schema.get("format") in FORMATS:
            yield "format", "not documented"
            yield from _WRONG_OF_FORMAT.get(schema["format"], ())

    def _wrong_lists(self, place: SchemaPlace) -> Iterator[Row]:
        schema, items = place.view.schema, self._places.items(place.view)
        most, least = schema.get("maxItems"), schema.get("minItems")
        least = least if isinstance(least, int) and 0 < least < _MOST_ITEMS else 0
        number = most + 1 if isinstance(most, int) and most < _MOST_ITEMS else 0
        goods = self._places.different(items, max(number, least, 1)) if items else ["x", *range(max(number, least))]
        if not goods:
            return
        repeated = [goods[index % len(goods)] for index in range(max(number, least, 2))]
        if number:
            yield "maxItems", repeated[:number]
        if least:
            yield "minItems", repeated[: least - 1]
        if schema.get("uniqueItems") is True:
            others = [value for value in goods[1:] if value != goods[0]][: max(0, least - 2)]
            yield "uniqueItems", [goods[0], goods[0], *others]

    def _wrong_objects(self, place: SchemaPlace) -> Iterator[Row]:
        schema, good = place.view.schema, self._places.good(place, dict)
        if good is None:
            return
        for name in list(good)[:_MOST_NAMES]:
            yield f"required {name}", {key: value for key, value in good.items() if key != name}
        if not isinstance(schema.get("additionalProperties"), Mapping):
            yield "closed", {**good, EXTRA: 1}
        yield from self._wrong_counts(place, good)
        yield from self._wrong_names(place, good)

    def _wrong_counts(self, place: SchemaPlace, good: dict[str, Any]) -> Iterator[Row]:
        """Yield objects with one property too few and one too many."""
        most, least = place.view.schema.get("maxProperties"), place.view.schema.get("minProperties")
        if isinstance(least, int) and 0 < least <= len(good):
            yield "minProperties", dict(list(good.items())[: least - 1])
        if isinstance(most, int) and most < _MOST_ITEMS:
            yield "maxProperties", self._grown(place, good, most + 1)

    def _wrong_names(self, place: SchemaPlace, good: dict[str, Any]) -> Iterator[Row]:
        """Yield objects with a name, or with a value of a name, that a rule over its names refuses."""
        schema = place.view.schema
        item = next(iter(good.values()), "canary")
        if "propertyNames" in schema:
            yield from (("propertyNames", {**good, name: item}) for name in ("", "!", "x" * 300, "not documented"))
        views = dict(self._places.properties(place.view))
        for name in as_object(schema.get("dependentRequired")):
            values = self._places.different(views[name], 1) if name in views else ["canary"]
            yield from ((f"dependentRequired {name}", {**good, name: value}) for value in values)
        for pattern in as_object(schema.get("patternProperties")):
            for name in islice(patterns.texts(pattern), 2):
                yield from ((f"value of {pattern}", {**good, name: value}) for value in ({"not": "documented"}, 7))

    def _grown(self, place: SchemaPlace, good: dict[str, Any], number: int) -> dict[str, Any]:
        """Return an object with so many properties, as far as there are names for them."""
        larger = dict(good)
        for name, inner in self._places.properties(place.view):
            values = self._places.different(inner, 1) if len(larger) < number and name not in larger else []
            larger |= dict.fromkeys([name] * len(values), next(iter(values), None))
        rest = self._places.rest(place.view)
        values = self._places.different(rest, 1) if rest is not None else ["canary"]
        for index in range(number - len(larger) if values else 0):
            larger[f"{EXTRA}_{index}"] = values[0]
        return larger

    def _wrong_unions(self, place: SchemaPlace) -> Iterator[Row]:
        others: tuple[Any, ...] = ({"not": "documented"}, "not documented", -98765.5, ["not documented"])
        yield from ((f"union {index}", value) for index, value in enumerate(others))
        options = list(self._places.options(place.view))
        for index, (option, _) in enumerate(options):
            tag = options[index - 1][1]  # the word of another alternative
            if tag and len(options) > 1:
                yield from ((f"discriminator {index}", tagged(tag)(value)) for value in self._dicts(option))

    def _dicts(self, view: View) -> Iterator[dict[str, Any]]:
        yield from (value for value in self._places.different(view, 4) if isinstance(value, dict))

    def _right(self, place: SchemaPlace) -> Iterator[Row]:
        schema, is_top = place.view.schema, place.depth == 0
        if not is_top and _says_null(schema):
            yield "null", None
        if isinstance(schema.get("enum"), list):
            values = schema["enum"] if is_top else schema["enum"][:_MOST_CHOICES]
            yield from ((f"enum {index}", value) for index, value in enumerate(values))
        kinds = schema.get("type")
        if isinstance(kinds, list):
            yield from ((f"type {kind}", value) for kind in kinds for value in _OF_TYPE.get(str(kind), ()))
        yield from _longest_texts(schema, self._places.good(place, str) or "" if "maxLength" in schema else "")
        yield from (
            (f"format {index}", text) for index, text in enumerate(_RIGHT_OF_FORMAT.get(str(schema.get("format")), ()))
        )
        yield from _last_numbers(schema)
        yield from self._right_lists(place)
        yield from self._right_objects(place)
        for index, (option, tag) in enumerate(self._places.options(place.view)):
            yield from ((f"union {index}", tagged(tag)(value)) for value in self._places.different(option, 2))

    def _right_lists(self, place: SchemaPlace) -> Iterator[Row]:
        schema, items = place.view.schema, self._places.items(place.view)
        if items is None:
            return
        counts = {word: schema.get(word) for word in ("minItems", "maxItems")}
        numbers = [number for number in counts.values() if isinstance(number, int) and 0 < number < _MOST_WRITTEN]
        goods = self._places.different(items, max([2, *numbers]) if schema.get("uniqueItems") is True else 1)
        for word, number in counts.items():
            if number in numbers and goods:
                yield word, [goods[index % len(goods)] for index in range(number)]
        if goods and not schema.get("uniqueItems"):
            yield "repeated", [goods[0], goods[0]]

    def _right_objects(self, place: SchemaPlace) -> Iterator[Row]:
        schema, view = place.view.schema, place.view
        if not {"properties", "additionalProperties"} & schema.keys():
            return
        good = self._places.good(place, dict)
        if good is None:
            return
        if place.depth:
            yield "open", {**good, EXTRA: 1}
        for name, inner in list(self._places.properties(view))[:_MOST_NAMES]:
            if name not in place.tags:
                yield from ((f"property {name}", {**good, name: value}) for value in self._places.different(inner, 1))
        most = schema.get("maxProperties")
        if isinstance(most, int) and most < _MOST_WRITTEN:
            yield "maxProperties", self._grown(place, good, most)


_OF_OTHER_TYPES: Mapping[str, tuple[Any, ...]] = {
    "string": (7, {"not": "documented"}),
    "integer": ("5", True, "not a number", 1.5),
    "number": ("5", True, "not a number"),
    "boolean": ("true", 1, "not a boolean", 7),
    "array": ("not a list", {"not": "documented"}),
    "object": ("not an object", ["not", "documented"]),
}
"""Type → values that are of another one."""
_OF_TYPE: Mapping[str, tuple[Any, ...]] = {"string": ("canary",), "integer": (7,), "number": (1.5,), "boolean": (True,)}


def _says_null(schema: Mapping[str, Any]) -> bool:
    """Return whether a schema speaks of null: many that say no type fit null by the letter, and mean an object."""
    options = [*(schema.get("anyOf") or ()), *(schema.get("oneOf") or ())]
    return "null" in (schema.get("type") or ()) or {"type": "null"} in options or None in (schema.get("enum") or ())


def _wrong_choices(schema: Mapping[str, Any]) -> Iterator[Row]:
    choices = schema["enum"] if isinstance(schema.get("enum"), list) else [schema.get("const")]
    yield from (
        (f"enum {index}", value) for index, value in enumerate(("not documented", -98765, {"not": "documented"}))
    )
    texts = [value for value in choices if isinstance(value, str)]
    yield from (("case", text.swapcase()) for text in texts[:2])
    # To Python 1 is True: in JSON they are two values.
    yield from (("truth", bool(value)) for value in choices if not isinstance(value, bool) and value in (0, 1))
    yield from (("number", int(value)) for value in choices if isinstance(value, bool))


def _wrong_numbers(schema: Mapping[str, Any], *, whole: bool) -> Iterator[Row]:
    for keyword, sign in (("minimum", -1), ("maximum", 1), ("exclusiveMinimum", 0), ("exclusiveMaximum", 0)):
        limit = schema.get(keyword)
        if isinstance(limit, int | float) and not isinstance(limit, bool) and abs(limit) < 2**53:
            near = (int(limit) + sign,) if whole else (limit + sign * 0.5, limit + sign)
            yield from ((keyword, value) for value in near)
    yield from _beyond_format(schema) if whole else ()
    factor = schema.get("multipleOf")
    if isinstance(factor, int | float) and not isinstance(factor, bool) and 0 < factor < 2**40:
        starts = [schema[word] for word in ("minimum", "exclusiveMinimum") if isinstance(schema.get(word), int)]
        if not whole:
            yield from (("multipleOf", (start // factor + 1.5) * factor) for start in (0, *starts))
        elif factor > 1:
            yield from (("multipleOf", int((start // factor + 1) * factor) + 1) for start in (0, *starts))


def _beyond_format(schema: Mapping[str, Any]) -> Iterator[Row]:
    """Yield whole numbers that a format has no place for, on the sides of which the schema says nothing itself."""
    match = re.fullmatch("(u?)int(8|16|32|64)", str(schema.get("format")))
    if match is not None:
        bits = int(match[2]) - (not match[1])
        yield from [] if {"maximum", "exclusiveMaximum"} & schema.keys() else [("above format", 1 << bits)]
        low = -1 if match[1] else -(1 << bits) - 1
        yield from [] if {"minimum", "exclusiveMinimum"} & schema.keys() else [("below format", low)]


def _longest_texts(schema: Mapping[str, Any], good: str) -> Iterator[Row]:
    for keyword in ("minLength", "maxLength"):
        limit = schema.get(keyword)
        if isinstance(limit, int) and 0 <= limit < _LONGEST:
            yield keyword, "x" * limit
            yield keyword, (good + good[-1:] * (limit - len(good)))[:limit]


def _last_numbers(schema: Mapping[str, Any]) -> Iterator[Row]:
    kinds = schema.get("type")
    whole = "number" not in (kinds if isinstance(kinds, list) else [kinds]) and kinds is not None
    for keyword, inwards in (("minimum", 0), ("maximum", 0), ("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        limit = schema.get(keyword)
        if isinstance(limit, int | float) and not isinstance(limit, bool) and abs(limit) < 2**53:
            if whole:
                yield keyword, _within(limit, keyword) + (inwards if limit == int(limit) else 0)
                continue
            yield keyword, limit + inwards * 0.5
            yield keyword, limit + inwards
    yield from ((keyword, limit) for keyword, limit in _ends_of_format(schema))


def _ends_of_format(schema: Mapping[str, Any]) -> Iterator[Row]:
    for keyword, value in _beyond_format(schema):
        yield keyword, value - 1 if keyword.startswith("above") else value + 1


def _within(limit: float, keyword: str) -> int:
    """Return the whole number next to a limit, on its side of what is allowed."""
    return math.ceil(limit) if keyword.endswith("inimum") else math.floor(limit)
