"""Values that an overlay writes into a field whose type refuses them: the documents have made it another field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from codegen.catalog.complete import operations, vendor_of
from codegen.faults import Fault
from codegen.openapi import pointers
from codegen.openapi.overlay import AppliedValue, Location
from codegen.openapi.validation import KINDS

_TEXT, _NUMBER, _SCALAR = (
    frozenset({"string"}),
    frozenset({"integer", "number"}),
    frozenset(KINDS) - {"array", "object"},
)
_FITS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("format", "pattern", "minLength", "maxLength", "contentMediaType", "contentEncoding"), _TEXT),
    **dict.fromkeys(("x-wire", "x-media", "x-locales"), _TEXT),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _NUMBER),
    **dict.fromkeys(("items", "minItems", "maxItems", "uniqueItems"), frozenset({"array"})),
    **dict.fromkeys(("properties", "required", "additionalProperties"), frozenset({"object"})),
    **dict.fromkeys(("x-choices", "enum"), _SCALAR),
}
"""Key of a schema → the types of which it states something."""


def unfit(document: dict[str, Any], values: Sequence[AppliedValue]) -> list[Fault]:
    """Return a fault for each value that does not fit its field, and take the value away: nothing follows from it."""
    faults: dict[tuple[str, str, str, str], list[Location]] = {}
    for row in values:
        try:
            node = pointers.resolve(document, pointers.join("", *row.location))
        except (KeyError, LookupError, ValueError):
            continue  # another action has removed it
        for field, update, location in _schemas(node, row.update, row.location):
            for key in _unfit_keys(field, update):
                faults.setdefault((row.file, row.place, key, _types(field)), []).append(location)
                del field[key]
    return [
        _fault(document, key, locations, sum(_same(row, key) for row in values)) for key, locations in faults.items()
    ]


def writer(values: Sequence[AppliedValue], pointer: str) -> AppliedValue | None:
    """Return the last action that wrote the value at a pointer of the catalog, by the field that has it and its key."""
    steps = pointers.steps(pointer)
    for field, key in reversed(list(pairwise(steps))):
        for row in reversed(values):
            if row.location and str(row.location[-1]) == field and isinstance(row.update, dict) and key in row.update:
                return row
    return None


def _same(row: AppliedValue, key: tuple[str, str, str, str]) -> bool:
    return (row.file, row.place) == key[:2]


def _schemas(node: Any, update: Any, location: Location) -> Iterator[tuple[dict[str, Any], dict[str, Any], Location]]:
    """Yield each schema with a type that an update writes into and that has not got its type from there."""
    if not isinstance(node, dict) or not isinstance(update, dict):
        return
    if "type" not in update and set(_listed(node.get("type"))) & KINDS.keys():
        yield node, update, location
    for key, value in update.items():
        if key in node:
            yield from _schemas(node[key], value, (*location, key))


def _listed(types: Any) -> list[str]:
    return [name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)]


def _types(field: Mapping[str, Any]) -> str:
    return " or ".join(name for name in _listed(field.get("type")) if name != "null")


def _unfit_keys(field: Mapping[str, Any], update: Mapping[str, Any]) -> Iterator[str]:
    types = set(_listed(field.get("type")))
    for key, value in update.items():
        values = {"default": [value], "const": [value], "examples": value, "enum": value}.get(key, [])
        odd = [one for one in (values if isinstance(values, list) else []) if not _is_of(one, types)]
        if key in field and (odd or not types & _FITS.get(key, types)):
            yield key


def _is_of(value: Any, types: set[str]) -> bool:
    kinds = tuple(kind for name in types for kind in KINDS.get(name, ()))
    return isinstance(value, kinds) and (not isinstance(value, bool) or "boolean" in types)


def _fault(
    document: Mapping[str, Any], key: tuple[str, str, str, str], locations: Sequence[Location], times: int
) -> Fault:
    file, place, name, types = key
    *above, field = locations[0]
    owner = next((one for path, method, one in operations(document) if above[:3] == ["paths", path, method]), None)
    of = f"{field} of {vendor_of(owner) or owner.get('operationId')}" if owner else pointers.join("", *locations[0])
    more = f" and {len(locations) - 1} more fields" if len(locations) > 1 else ""
    problem = f"writes {name} into {of}{more}, where it does not fit: the documents state the type {types}"
    remedy = "correct it, or delete it"
    if times > len(locations) and owner:
        target = f"$.paths.*[?@.operationId == '{owner.get('operationId')}']..properties['{field}']['{name}']"
        remedy = f'correct it, or take it away there by an action at the end: `- {{target: "{target}", remove: true}}`'
    return Fault(file, place, problem, remedy)
