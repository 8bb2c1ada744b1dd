"""Schemas as one view: references followed, `allOf` merged, circles kept as circles, each place looked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codegen.openapi.document import Document
from codegen.openapi.pointers import join

ANNOTATIONS = frozenset(
    "title description default example examples deprecated externalDocs xml $comment $id $anchor $schema "
    "$defs definitions discriminator".split()
)
"""What says nothing about which values fit."""
_DEEPEST_MERGE = 12
"""Levels of properties that two parts of an allOf both define: below, the first part's counts."""


@dataclass(frozen=True)
class View:
    """A schema as it applies: what `$ref` and `allOf` say is in it."""

    schema: Mapping[str, Any]
    pointer: str
    """Where it stands; of a merged schema, where the first part stands."""
    identity: str | None
    """The place that a reference named; None for a schema that stands where it is used."""
    places: Mapping[str, str]
    """Property → the pointer of its schema."""


class Schemas:
    """The schemas of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._views: dict[str, View] = {}
        self._open: set[str] = set()

    def view(self, schema: Any, pointer: str, depth: int = 0) -> View:
        """Look at a schema. What is no schema, or holds itself, gives an empty view and a fault."""
        if not isinstance(schema, Mapping):
            if schema is False:
                self._document.fault(pointer, "allows no value at all", "remove it")
            return View({}, pointer, None, {})
        if "$ref" not in schema and "allOf" not in schema:
            return View(schema, pointer, None, _places(schema, pointer))
        if pointer in self._views:
            return self._views[pointer]
        if pointer in self._open:
            self._document.fault(pointer, "refers to itself", "break the circle")
            return View({}, pointer, None, {})
        self._open.add(pointer)
        try:
            found = self._merged(schema, pointer, depth)
        finally:
            self._open.discard(pointer)
        if depth == 0:
            self._views[pointer] = found
        return found

    def _merged(self, schema: Mapping[str, Any], pointer: str, depth: int) -> View:
        parts: list[View] = []
        if isinstance(schema.get("$ref"), str):
            target, place = self._document.follow(schema, pointer)
            inner = self.view(target, place, depth)
            parts.append(View(inner.schema, inner.pointer, inner.identity or place, inner.places))
        members = schema.get("allOf")
        for index, part in enumerate(members if isinstance(members, list) else ()):
            parts.append(self.view(part, join(pointer, "allOf", index), depth))
        rest = {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}
        if len(parts) == 1 and not any(_limits(key) for key in rest):
            # One part alone, with words beside it: the same schema by its own name.
            only = parts[0]
            return View({**only.schema, **rest}, only.pointer, only.identity, only.places)
        merged, places = dict(rest), _places(rest, pointer)
        for part in parts:
            merged = _both(merged, part.schema, depth)
            places = {**part.places, **places}
        return View(merged, pointer, None, places)

    def properties(self, view: View) -> Mapping[str, Any]:
        """Return the properties of an object schema."""
        found = view.schema.get("properties", {})
        return found if isinstance(found, Mapping) else {}


def both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema for values that fit two schemas."""
    return _both(one, other, 0)


def _limits(key: str) -> bool:
    return key not in ANNOTATIONS and not key.startswith("x-") and key not in {"readOnly", "writeOnly"}


def _places(schema: Mapping[str, Any], pointer: str) -> dict[str, str]:
    properties = schema.get("properties")
    return {name: join(pointer, "properties", name) for name in properties} if isinstance(properties, Mapping) else {}


def _both(one: Mapping[str, Any], other: Mapping[str, Any], depth: int) -> dict[str, Any]:
    merged = dict(one)
    for key, value in other.items():
        if key not in merged:
            merged[key] = value
        elif merged[key] != value and _limits(key):
            merged[key] = _narrowed(key, merged[key], value, depth)
    closed = "additionalProperties"
    if merged.get(closed) is False:
        parts = [part for part in (one, other) if part.get(closed) is False]
        names = set(merged["properties"]) if isinstance(merged.get("properties"), Mapping) else set()
        if any(names - set(part.get("properties") or ()) for part in parts):
            # A part closes itself against the properties of the others. Read to the letter nothing would fit.
            del merged[closed]
    return merged


def _narrowed(key: str, one: Any, other: Any, depth: int) -> Any:
    """Return the narrower of two values of one keyword."""
    if key == "properties" and isinstance(one, Mapping) and isinstance(other, Mapping):
        both_have = one.keys() & other.keys() if depth < _DEEPEST_MERGE else frozenset()
        again = {name: {"allOf": [one[name], other[name]]} for name in both_have if one[name] != other[name]}
        return {**other, **one, **again}
    if key == "required" and isinstance(one, list) and isinstance(other, list):
        return [*one, *(name for name in other if name not in one)]
    if key == "type":
        return _types(one, other)
    if key == "enum" and isinstance(one, list) and isinstance(other, list):
        return [value for value in one if value in other] or one
    if key in {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}:
        return max(one, other)
    if key in {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}:
        return min(one, other)
    if key in {"items", "additionalProperties"} and isinstance(one, Mapping) and isinstance(other, Mapping):
        return {"allOf": [one, other]}
    return other if one is True else one


def _types(one: Any, other: Any) -> Any:
    first = [one] if isinstance(one, str) else list(one)
    second = [other] if isinstance(other, str) else list(other)
    if "number" in second and "integer" in first:
        second.append("integer")
    if "number" in first and "integer" in second:
        first = [*first, "integer"]
    common = [kind for kind in first if kind in second]
    if "integer" in common and "number" in common and ("number" not in _of(one) or "number" not in _of(other)):
        common.remove("number")
    return common[0] if len(common) == 1 else common or one


def _of(kinds: Any) -> list[str]:
    return [kinds] if isinstance(kinds, str) else list(kinds)
