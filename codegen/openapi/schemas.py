"""Schemas as one view: references followed, `allOf` merged, circles kept as circles, each place looked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import filterfalse
from math import gcd, lcm
from typing import Any

from codegen.openapi.document import Document
from codegen.openapi.json_values import as_list, as_object, one_of, same, texts
from codegen.openapi.pointers import fragment, join, steps

ANNOTATIONS = frozenset(
    "title description default example examples deprecated externalDocs xml $comment $id $anchor $schema "
    "$defs definitions discriminator".split()
)
"""What says nothing about which values fit."""
MAX_PARTS = 1_000
"""Schemas in one `allOf`: each is merged into those before it."""


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
    merge: str = ""
    """What it was merged from, where it stands at no place of its own."""
    is_base_alone: bool = False
    """It is the base of a union, without its subtypes."""

    @property
    def key(self) -> str:
        """What tells it apart from every other schema of the document."""
        return self.identity or self.merge or self.pointer

    @property
    def properties(self) -> Mapping[str, Any]:
        """The properties of an object schema."""
        return as_object(self.schema.get("properties"))

    @property
    def required(self) -> list[str]:
        """The names of the required properties."""
        return texts(self.schema.get("required"))

    def place(self, name: str) -> str:
        """Return where the schema of a property stands."""
        return self.places.get(name) or join(self.pointer, "properties", name)


class Together(dict[str, Any]):
    """An allOf of schemas that stand elsewhere: what two parts of an allOf say of one property."""

    def __init__(self, parts: Mapping[str, Any], *, is_sent: bool = False) -> None:
        super().__init__(allOf=list(parts.values()))
        self.places = tuple(parts)
        """The pointers of the parts."""
        self.is_sent = is_sent
        """A part asks for it in requests, whatever another says of readOnly."""

    @property
    def key(self) -> str:
        """What tells it apart from what is merged of other parts."""
        return " & ".join(self.places) + (" sent" if self.is_sent else "")


def together(one: Any, place: str, other: Any, other_place: str) -> Any:
    """Return a schema for values that fit two schemas, each named by its place. Equal ones are one schema."""
    parts: dict[str, Any] = {}
    is_sent = False
    for node, at in ((one, place), (other, other_place)):
        own = zip(node.places, node["allOf"], strict=True) if isinstance(node, Together) else ((at, node),)
        parts |= {at: part for at, part in own if not any(same(part, other_part) for other_part in parts.values())}
        is_sent = is_sent or (isinstance(node, Together) and node.is_sent)
    return Together(parts, is_sent=is_sent) if len(parts) > 1 else one


class Schemas:
    """The schemas of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._views: dict[str, View] = {}
        self._open: set[str] = set()

    def view(self, schema: Any, pointer: str) -> View:
        """Look at a schema. What is not a schema, or holds itself, gives an empty view and a fault."""
        if not isinstance(schema, Mapping):
            if schema is False:
                self.document.fault(pointer, "allows no value at all", "remove it")
            return View({}, pointer, None, {})
        if "$ref" not in schema and "allOf" not in schema:
            return View(schema, pointer, None, _places(schema, pointer))
        key = schema.key if isinstance(schema, Together) else pointer
        if key in self._views:
            return self._views[key]
        if key in self._open:
            self.document.fault(pointer, "refers to itself", "break the circle")
            return View({}, pointer, None, {})
        self._open.add(key)
        try:
            merged = self._merged(schema, pointer, key)
        finally:
            self._open.discard(key)
        self._views[key] = merged
        return merged

    def _merged(self, schema: Mapping[str, Any], pointer: str, key: str) -> View:
        parts: list[View] = []
        if isinstance(schema.get("$ref"), str):
            target, place = self.document.follow(schema, pointer, is_schema=True)
            # The merge goes by keyword, so a target that is not a JSON Schema ends here with a fault.
            inner = self.view(target if self.document.check_schema(target, place) else {}, place)
            parts.append(View(inner.schema, inner.pointer, inner.identity or place, inner.places, inner.merge))
        members = as_list(schema.get("allOf"))
        if len(members) > MAX_PARTS:
            place = join(pointer, "allOf")
            self.document.fault(place, f"has more than {MAX_PARTS} parts", "bring some of them together")
        for index, part in enumerate(members[:MAX_PARTS]):
            own = schema.places[index] if isinstance(schema, Together) else join(pointer, "allOf", index)
            parts.append(self.view(part, own))
        rest = {name: value for name, value in schema.items() if name not in {"$ref", "allOf"}}
        if len(parts) == 1 and not any(_limits(name) for name in rest):
            # One part alone, with words beside it: the same schema by its own name.
            only = parts[0]
            merged = View({**only.schema, **rest}, only.pointer, only.identity, only.places, only.merge)
            return _writable(merged, key) if isinstance(schema, Together) and schema.is_sent else merged
        merged = View(rest, pointer, None, _places(rest, pointer), key if isinstance(schema, Together) else "")
        parts.append(merged)
        for part in parts[:-1]:
            if "pattern" in part.schema and part.schema["pattern"] != merged.schema.get(
                "pattern", part.schema["pattern"]
            ):
                place = join(part.pointer, "pattern")
                self.document.note(place, "is one of two patterns that hold together", "the service checks it")
            merged = both(merged, part)
        merged = _with_sent(_named(merged, parts), parts)
        return _writable(merged, key) if isinstance(schema, Together) and schema.is_sent else merged

    def property(self, view: View, name: str) -> View:
        """Look at a property of an object schema; at `{}` where the schema does not name it."""
        return self.view(view.properties.get(name, {}), view.place(name))


def tags(schemas: Schemas, discriminator: Mapping[str, Any], option: Any, view: View) -> list[str]:
    """Return the words by which a discriminator names an option that is a reference.

    Those of its mapping come first. Without one they are the values that the option itself allows: many documents say
    them, and a discriminator without a mapping. Else it is the name of the schema.
    """
    target = as_object(option).get("$ref")
    mapping = discriminator.get("mapping")
    if not isinstance(target, str):
        return []
    rows = as_object(mapping).items()
    if own := [str(word) for word, reference in rows if _names(reference, target)]:
        return own
    return words_of_field(schemas, view, str(discriminator.get("propertyName"))) or [_last(target)]


def words_of_field(schemas: Schemas, view: View, name: str) -> list[str]:
    """Return the words that a schema lists for a field; [] where it lists none."""
    inner = schemas.property(view, name).schema
    values = inner["enum"] if isinstance(inner.get("enum"), list) else [inner.get("const")]
    return [word for word in map(word_of_value, values) if word is not None]


def word_of_value(value: Any) -> str | None:
    """Return the word by which a value names an alternative, as a mapping has it; None where it names none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else None


def _names(reference: Any, target: str) -> bool:
    """Return whether a mapping's value names a schema: by reference, or by its name alone."""
    if not isinstance(reference, str):
        return False
    pointer = fragment(reference)
    is_same = reference == target if pointer is None else pointer == fragment(target)
    return is_same or ("/" not in reference and _last(target) == reference)


def _last(target: str) -> str:
    """Return the name of the schema that a reference names."""
    pointer = fragment(target)
    return steps(pointer)[-1] if pointer else target


def both(one: View, other: View, merge: str = "") -> View:
    """Return the view of values that fit two schemas, in place of the first; `merge` tells it apart from others."""
    schema = _both(one, other)
    places = {**other.places, **one.places}
    return View(schema, one.pointer, one.identity, places, merge or one.merge)


def _named(merged: View, parts: list[View]) -> View:
    """Return a merged schema by the name of the part that says all of it; itself where no part does."""
    limits = {key: value for key, value in merged.schema.items() if _limits(key)}
    for part in parts:
        if part.identity and same(limits, {key: value for key, value in part.schema.items() if _limits(key)}):
            return View(merged.schema, part.pointer, part.identity, part.places, part.merge)
    return merged


def _limits(key: str) -> bool:
    return key not in ANNOTATIONS and not key.startswith("x-") and key not in {"readOnly", "writeOnly"}


def _places(schema: Mapping[str, Any], pointer: str) -> dict[str, str]:
    properties = schema.get("properties")
    return {name: join(pointer, "properties", name) for name in properties} if isinstance(properties, Mapping) else {}


def _both(one: View, other: View) -> dict[str, Any]:
    merged = dict(one.schema)
    for key, value in other.schema.items():
        if key not in merged:
            merged[key] = value
        elif _limits(key) and not same(merged[key], value):
            merged[key] = _narrowed(key, one, other)
    closed = "additionalProperties"
    if merged.get(closed) is False:
        parts = [part.schema for part in (one, other) if part.schema.get(closed) is False]
        names = set(merged["properties"]) if isinstance(merged.get("properties"), Mapping) else set()
        if any(names - set(part.get("properties") or ()) for part in parts):
            # A part closes itself against the properties of the others. Read to the letter nothing would fit.
            del merged[closed]
    return merged


def _narrowed(key: str, first: View, second: View) -> Any:
    """Return the narrower of the values that two schemas have for one keyword."""
    one, other = first.schema[key], second.schema[key]
    if key == "properties" and isinstance(one, Mapping) and isinstance(other, Mapping):
        again = {
            name: together(one[name], first.place(name), other[name], second.place(name))
            for name in one
            if name in other and not same(one[name], other[name])
        }
        return {**other, **one, **again}
    if key == "required" and isinstance(one, list) and isinstance(other, list):
        return [*one, *filterfalse(one_of(one), other)]
    if key == "type":
        return _types(one, other)
    if key == "enum" and isinstance(one, list) and isinstance(other, list):
        return list(filter(one_of(other), one)) or one
    if key in {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}:
        return max(one, other)
    if key in {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}:
        return min(one, other)
    if key == "multipleOf":
        return _common_multiple(first.schema[key], second.schema[key])
    if key in {"items", "additionalProperties"} and isinstance(one, Mapping) and isinstance(other, Mapping):
        return together(one, join(first.pointer, key), other, join(second.pointer, key))
    return other if one is True else one


def _common_multiple(one: float, other: float) -> float:
    """Return the least number that is a multiple of two."""
    first, second = Fraction(str(one)), Fraction(str(other))
    if not first or not second:
        return one
    common = Fraction(lcm(first.numerator, second.numerator), gcd(first.denominator, second.denominator))
    return int(common) if common.denominator == 1 else float(common)


def _with_sent(merged: View, parts: list[View]) -> View:
    """Return a merged schema in which no property is read only that a part asks for without saying so itself."""
    properties = merged.schema.get("properties")
    if not isinstance(properties, Mapping):
        return merged
    writable: dict[str, Any] = {}
    for part in parts:
        required, own = part.schema.get("required"), part.schema.get("properties")
        for name in as_list(required):
            value = as_object(own).get(name)
            if isinstance(name, str) and not _is_read_only(value) and _is_read_only(properties.get(name)):
                place = merged.place(name)
                node = properties[name]
                parts_of = dict(zip(node.places, node["allOf"], strict=True)) if isinstance(node, Together) else {}
                writable[name] = Together(parts_of or {place: node}, is_sent=True)
    return replace(merged, schema={**merged.schema, "properties": {**properties, **writable}}) if writable else merged


def _writable(view: View, key: str) -> View:
    schema = {name: value for name, value in view.schema.items() if name != "readOnly"}
    return View(schema, view.pointer, None, view.places, key)


def _is_read_only(node: Any) -> bool:
    if isinstance(node, Together):
        return not node.is_sent and any(_is_read_only(part) for part in node["allOf"])
    return isinstance(node, Mapping) and node.get("readOnly") is True


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


def needed_one_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the properties of which an object needs at least one: anyOf or oneOf, each option asking for one.

    That no second one is given, as oneOf has it, is left to the service.
    """
    options = schema.get("anyOf", schema.get("oneOf"))
    names = [
        option["required"][0]
        for option in as_list(options)
        if isinstance(option, Mapping) and set(option) == {"required"} and len(option["required"]) == 1
    ]
    return tuple(names) if names and len(names) == len(options or ()) else ()
