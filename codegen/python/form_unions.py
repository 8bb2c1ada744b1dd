"""A form that is one of several objects, of which one has a file: an object holds none, so its fields are keywords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codegen.openapi.json_values import same
from codegen.openapi.pointers import join
from codegen.openapi.schemas import Schemas, View
from codegen.python.shapes import is_file, is_object
from codegen.python.unions import alternatives


def has_file(schemas: Schemas, view: View) -> bool:
    """Return whether an alternative of a form has a file, or a list of files."""
    return any(
        _is_file(schemas, schemas.property(part, name))
        for part in _parts(schemas, view)
        for name, node in part.properties.items()
        if isinstance(node, Mapping)
    )


def one_object(schemas: Schemas, view: View) -> View | None:
    """Return an object with the fields of all alternatives; None where one is no object, or two differ in a field.

    It requires what all of them require.
    """
    parts = _parts(schemas, view)
    if not parts or not all(is_object(part.schema) for part in parts):
        return None
    properties: dict[str, Any] = {}
    places: dict[str, str] = {}
    for part in parts:
        for name, node in part.properties.items():
            if not same(properties.setdefault(name, node), node):
                return None
            places.setdefault(name, part.place(name))
    common = set.intersection(*(set(part.required) for part in parts))
    required = [name for name in properties if name in common]
    return View({"type": "object", "properties": properties, "required": required}, view.pointer, None, places)


def _parts(schemas: Schemas, view: View) -> list[View]:
    keyword = next((word for word in ("oneOf", "anyOf") if isinstance(view.schema.get(word), list)), None)
    return [] if keyword is None else [part for part, _ in alternatives(schemas, view, keyword)]


def _is_file(schemas: Schemas, view: View) -> bool:
    items = view.schema.get("items")
    if isinstance(items, Mapping):
        view = schemas.view(items, join(view.pointer, "items"))
    return is_file(view.schema)
