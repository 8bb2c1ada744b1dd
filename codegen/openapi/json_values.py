"""Type and equality of JSON values. In Python true is 1 and false is 0; in JSON they are not, and 1 is 1.0."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeGuard, TypeVar

T = TypeVar("T")
_TYPES = {type(None): "null", bool: "boolean", str: "string", int: "integer", float: "number", list: "array"}


def as_object(value: Any) -> dict[str, Any]:
    """Return an object; an empty one in place of any other value."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return a list; an empty one in place of any other value."""
    return value if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """Return the texts in a list; none where it is not a list."""
    return [entry for entry in as_list(value) if isinstance(entry, str)]


def is_number(value: Any) -> TypeGuard[int | float]:
    """Return whether a value is a number of JSON: finite, and not true or false."""
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))


def type_of(value: Any) -> str:
    """Return the type of a value as a schema names it; 1.0 is a number."""
    return _TYPES.get(type(value), "object")


def mark(value: Any) -> Hashable:
    """Return what is equal for two values if, and only if, they are equal in JSON."""
    if isinstance(value, bool) or value is None:
        return str(type(value)), value
    if isinstance(value, (int, float)):
        return "number", value
    if isinstance(value, Mapping):
        return "object", frozenset((name, mark(item)) for name, item in value.items())
    if isinstance(value, (list, tuple)):
        return "array", tuple(map(mark, value))
    return "text", str(value)


def same(one: Any, other: Any) -> bool:
    """Return whether two values are equal in JSON. What differs in size, or is one object, is not looked into."""
    if one is other:
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return mark(one) == mark(other)


def distinct(values: Iterable[T]) -> list[T]:
    """Return the values, each once, in their order."""
    by_mark: dict[Hashable, T] = {}
    for value in values:
        by_mark.setdefault(mark(value), value)
    return list(by_mark.values())


def one_of(values: Iterable[Any]) -> Callable[[Any], bool]:
    """Return a function that says whether a value is one of these, in constant time."""
    marks = set(map(mark, values))
    return lambda value: mark(value) in marks
