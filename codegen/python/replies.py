"""Reply schemas: open, forgiving models with names that we decide, of those schemas alone that a method returns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from codegen.python import names
from codegen.python.spec import Document, join
from codegen.python.text import Identifier, plain

_COMPONENT = "/components/schemas/"
_SCALARS = ("string", "integer", "number", "boolean", "null")
_FIELD = re.compile(r"[A-Za-z0-9_.$@ \[\]-]{1,100}")
_MAX_DEPTH = 60


class ReplyModels:
    """The models of one service's replies, found by walking from what the methods return.

    A reply says more, or something else, than its schema knows. So only names and types are kept: an enum is text, a
    bound is gone, every object is open.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self.models: dict[str, dict[str, Any]] = {}
        """Class name → object schema whose references are `#/components/schemas/<class name>`."""
        self.aliases: dict[str, dict[str, Identifier]] = {}
        """Class name → property → field."""
        self._places: dict[str, str] = {}

    def add(self, name: str, schema: Any, pointer: str, *, result: bool = False) -> Identifier | None:
        """A model of this name for this schema, and for all it refers to. None after a fault."""
        try:
            identifier = names.class_name(name)
        except ValueError as error:
            self._document.fault(pointer, f"gives the class name {name!r}, which {error}", "rename it")
            return None
        node, place = self._document.follow(schema, pointer)
        known = self._places.setdefault(str(identifier), place)
        if known != place:
            self._document.fault(pointer, f"gives the class name {identifier} again, as {known} does", "rename one")
        if str(identifier) in self.models or known != place:
            return identifier
        self.models[str(identifier)] = {}
        node = self._flattened(node, place, 0)
        if _is_object(node):
            self.models[str(identifier)] = self._object(identifier, node, place, result)
        else:
            self.models[str(identifier)] = self._value(identifier, node, place, 0)
        return identifier

    def _object(self, name: Identifier, node: Mapping[str, Any], pointer: str, result: bool) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        fields: dict[str, Identifier] = {}
        for wire, schema in node.get("properties", {}).items():
            place = join(f"{pointer}/properties", wire)
            try:
                if not _FIELD.fullmatch(wire):
                    raise ValueError("is no plain name")
                field = names.field(wire, result=result)
            except ValueError as error:
                self._document.fault(
                    place, f"is called {wire!r}, which {error}", "leave it out: unknown fields are kept"
                )
                continue
            if field in fields.values():
                self._document.fault(place, f"gives the field {field} again", "leave it out: unknown fields are kept")
                continue
            fields[wire] = field
            properties[wire] = self._value(f"{name}_{wire}", schema, place, 0, described=True)
        self.aliases[str(name)] = fields
        model: dict[str, Any] = {"type": "object", "additionalProperties": True, "properties": properties}
        if required := [wire for wire in node.get("required", ()) if wire in properties]:
            model["required"] = required
        return {**model, **_description(node)}

    def _value(self, hint: str, schema: Any, pointer: str, depth: int, *, described: bool = False) -> dict[str, Any]:
        if depth > _MAX_DEPTH or not isinstance(schema, Mapping):
            return {}
        target, place = self._document.follow(schema, pointer)
        node = self._flattened(target, place, 0)
        note = _description(schema if "description" in schema else node) if described else {}
        if _is_object(node) and node.get("properties"):
            name = place.removeprefix(_COMPONENT) if re.fullmatch(f"{_COMPONENT}[^/]+", place) else names.pascal(hint)
            model = self.add(name, {"$ref": f"#{place}"} if place != pointer else schema, pointer)
            return {"$ref": f"#{_COMPONENT}{model}"} if model else {}
        if variants := node.get("anyOf") or node.get("oneOf"):
            found = [
                self._value(f"{hint}_{index + 1}", item, f"{place}/{key}/{index}", depth + 1)
                for key in ("anyOf", "oneOf")
                for index, item in enumerate(node.get(key, ()))
            ]
            return {**({"anyOf": found} if len(variants) == len(found) and all(found) else {}), **note}
        return {**self._plain(hint, node, place, depth), **note}

    def _plain(self, hint: str, node: Mapping[str, Any], pointer: str, depth: int) -> dict[str, Any]:
        kinds = node.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else list(kinds)
        if kinds == ["array"]:
            return {
                "type": "array",
                "items": self._value(f"{hint}_item", node.get("items"), f"{pointer}/items", depth + 1),
            }
        if kinds == ["object"]:
            values = node.get("additionalProperties")
            inner = self._value(f"{hint}_value", values, f"{pointer}/additionalProperties", depth + 1)
            return {"type": "object", "additionalProperties": inner or True}
        if kinds and all(kind in _SCALARS for kind in kinds):
            return {"type": kinds[0] if len(kinds) == 1 else kinds}
        return {}

    def _flattened(self, node: Mapping[str, Any], pointer: str, depth: int) -> Mapping[str, Any]:
        """allOf as one object: a reply has the properties of every part."""
        if "allOf" not in node or depth > _MAX_DEPTH:
            return node
        merged = {key: value for key, value in node.items() if key != "allOf"}
        for index, part in enumerate(node["allOf"]):
            inner, place = self._document.follow(part, f"{pointer}/allOf/{index}")
            inner = self._flattened(inner, place, depth + 1)
            for key, value in inner.items():
                if key == "properties":
                    merged[key] = {**value, **merged.get(key, {})}
                elif key == "required":
                    merged[key] = [*merged.get(key, ()), *value]
                else:
                    merged.setdefault(key, value)
        return merged


def _is_object(node: Mapping[str, Any]) -> bool:
    return node.get("type") == "object" or ("type" not in node and "properties" in node)


def _description(node: Mapping[str, Any]) -> dict[str, str]:
    text = node.get("description")
    words = plain(text) if isinstance(text, str) else ""
    return {"description": f"{words[:-1]}'" if words.endswith('"') else words} if words else {}
