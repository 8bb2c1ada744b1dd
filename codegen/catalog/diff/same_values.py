"""One form for schemas that allow the same values, so that another way to write a schema is not a change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from codegen.openapi.json_values import distinct, is_number, type_of

_OF_TEXT = ("minLength", "maxLength", "pattern")
_OF_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_OF_LISTS = ("minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "contains")
_OF_OBJECTS = ("minProperties", "maxProperties", "dependentRequired")
_KEYWORDS = {
    "string": _OF_TEXT,
    "number": _OF_NUMBERS,
    "integer": _OF_NUMBERS,
    "array": _OF_LISTS,
    "object": _OF_OBJECTS,
    "boolean": (),
    "null": (),
}
"""Type → the keywords that say something about its values; about those of another type they say nothing."""
_LEAST = ("minLength", "minItems", "minProperties")
_WORDS = frozenset({"title", "description", "$comment", "deprecated", "examples", "example"})


def in_one_form(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that allows the same values: what says nothing is left out, bounds of integers are closed."""
    same = {name: _plain(value) if name in _OF_NUMBERS else value for name, value in schema.items()}
    same = {name: value for name, value in same.items() if not (name in _LEAST and value == 0)}
    if same.get("items") in ({}, True):
        del same["items"]
    same = _as_choice(same)
    kinds = _types(same)
    if kinds and kinds <= _KEYWORDS.keys():
        useful = {name for kind in kinds for name in _KEYWORDS[kind]}
        idle = {name for names in _KEYWORDS.values() for name in names} - useful
        same = {name: value for name, value in same.items() if name not in idle}
        if "integer" in kinds and "number" not in kinds:
            same = _of_integers(same)
    return same


def comparable(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the facts of two schemas without limits that differ only because something else does.

    Where only one of them is a choice, or one of integers, that is the change.
    """
    old, new = dict(before), dict(after)
    for one, other in ((old, new), (new, old)):
        if "integer" in (one.get("type") or ()) and "number" in (other.get("type") or ()):
            _close(other)
        if "enum" in one and "enum" not in other:
            limits = {name: _number(other[fact]) for fact, name in _LIMITS.items() if fact in other}
            if all(_keeps(value, limits) for value in one["enum"]):
                for fact in _LIMITS:
                    old.pop(fact, None)
                    new.pop(fact, None)
    return old, new


_LIMITS = {"lower bound": "minimum", "upper bound": "maximum", "shortest": "minLength", "longest": "maxLength"}


def _close(facts: dict[str, Any]) -> None:
    """Write the bounds of numbers as those of the integers between them."""
    for fact, up in (("lower bound", True), ("upper bound", False)):
        number, is_open = _number(facts.get(fact)), isinstance(facts.get(fact), list)
        if is_number(number) and up:
            facts[fact] = math.floor(number) + 1 if is_open else math.ceil(number)
        elif is_number(number):
            facts[fact] = math.ceil(number) - 1 if is_open else math.floor(number)


def _number(bound: Any) -> Any:
    """Return the number of a bound: [5, true] is the one that excludes the 5."""
    return bound[0] if isinstance(bound, list) and bound else bound


def _as_choice(schema: dict[str, Any]) -> dict[str, Any]:
    """Return one list of values where there are several ways to write it; limits that all of them keep are left out."""
    for name in ("oneOf", "anyOf"):
        listed = list(_values(schema[name])) if isinstance(schema.get(name), list) else []
        once = len(distinct(listed)) == len(listed)
        if listed and None not in listed and (once or name == "anyOf") and not {"enum", "const"} & schema.keys():
            schema = {**{word: value for word, value in schema.items() if word != name}, "enum": listed}
    values: Any = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list) or not values:
        return schema
    own_values = [_plain(value) for value in values if _keeps(value, schema)]
    if len(own_values) < len(values):
        return schema  # some are not allowed: another matter
    own = {type_of(value) for value in own_values}
    limits = {*_OF_TEXT, *_OF_NUMBERS} - {"pattern", "multipleOf"}
    beside = {name: value for name, value in schema.items() if name not in limits | {"const", "enum"}}
    if not _types(schema) or _types(schema) == {"number"}:
        beside["type"] = sorted(own)
    return {**beside, "enum": own_values}


def _values(branches: list[Any]) -> Iterator[Any]:
    """Yield the values of alternatives that are values and nothing else; None where one of them is more."""
    for branch in branches:
        keywords = {name for name in branch if name not in _WORDS} if isinstance(branch, dict) else set()
        values = [branch["const"]] if "const" in keywords else branch["enum"] if "enum" in keywords else None
        fits = isinstance(values, list) and all(_is_of(value, _types(branch)) for value in values)
        yield from values if fits and len(keywords - {"type"}) == 1 and values else [None]


def _keeps(value: Any, schema: Mapping[str, Any]) -> bool:
    """Return whether a value keeps type and limits of a schema, as far as they are numbers."""
    if not _is_of(value, _types(schema)):
        return False
    if isinstance(value, str):
        return _bound(schema, "minLength", -math.inf) <= len(value) <= _bound(schema, "maxLength", math.inf)
    if is_number(value):
        above = _bound(schema, "minimum", -math.inf) <= value > _bound(schema, "exclusiveMinimum", -math.inf)
        return above and _bound(schema, "maximum", math.inf) >= value < _bound(schema, "exclusiveMaximum", math.inf)
    return True


def _bound(schema: Mapping[str, Any], name: str, otherwise: float) -> float:
    bound = schema.get(name)
    return bound if is_number(bound) else otherwise


def _is_of(value: Any, kinds: set[str]) -> bool:
    kind = type_of(_plain(value))
    return not kinds or kind in kinds or (kind == "integer" and "number" in kinds)


def _of_integers(schema: dict[str, Any]) -> dict[str, Any]:
    """Return closed bounds in whole numbers, and no step that every integer is a multiple of."""
    lower = [math.ceil(schema["minimum"])] if is_number(schema.get("minimum")) else []
    lower += [math.floor(schema["exclusiveMinimum"]) + 1] if is_number(schema.get("exclusiveMinimum")) else []
    upper = [math.floor(schema["maximum"])] if is_number(schema.get("maximum")) else []
    upper += [math.ceil(schema["exclusiveMaximum"]) - 1] if is_number(schema.get("exclusiveMaximum")) else []
    step = schema.get("multipleOf")
    idle = is_number(step) and step > 0 and (1 / Fraction(step)).denominator == 1
    bounds = {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"} | ({"multipleOf"} if idle else set())
    same = {name: value for name, value in schema.items() if name not in bounds or not is_number(value)}
    return {
        **same,
        **({"minimum": max(lower)} if lower else {}),
        **({"maximum": min(upper)} if upper else {}),
    }


def _types(schema: Any) -> set[str]:
    kinds = schema.get("type") if isinstance(schema, dict) else None
    types = {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}
    return types | ({"null"} if types and schema.get("nullable") is True else set())


def _plain(value: Any) -> Any:
    """Return a whole number as one: 1.0 is 1 in JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
