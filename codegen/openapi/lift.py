"""OpenAPI 3.0 and 3.2 → 3.1, in place, where they have words of their own."""

from __future__ import annotations

from typing import Any

from codegen.openapi.pointers import chain, join, reference_to
from codegen.openapi.walk import objects, schemas


def lift(root: dict[str, Any]) -> None:
    """Rewrite a document of OpenAPI 3.0 as 3.1: nullable, exclusive bounds, example, siblings of references."""
    for node, _ in schemas(root):
        _schema(node)
    root["openapi"] = "3.1.0"


def restate(root: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Say in words of OpenAPI 3.1 what a document of 3.2 says in its own; return (pointer, what is lost, effect)."""
    losses = []
    for node in list(objects("document", "", root)):
        value = node.value
        if node.kind == "media type" and isinstance(value.get("$ref"), str):
            _bring(root, value)
        elif node.kind == "example" and "dataValue" in value:
            value.setdefault("value", value.pop("dataValue"))
        elif node.kind == "parameter" and value.get("in") != "query" and value.pop("allowReserved", None) is True:
            losses.append((node.pointer, "has allowReserved outside of the query", "its values are percent-encoded"))
        elif node.kind == "schema" and _has_default(value.get("discriminator")):
            other = "a reply by another word is an UnknownVariant"
            losses.append((join(node.pointer, "discriminator"), "has defaultMapping", other))
    return losses


def _has_default(discriminator: object) -> bool:
    """Return whether a discriminator names the schema for words that it does not know."""
    return isinstance(discriminator, dict) and "defaultMapping" in discriminator


def _bring(root: dict[str, Any], media: dict[str, Any]) -> None:
    """Put a media type in the place of the reference to it. Its schema is referred to, so that it has one class."""
    *_, (target, place) = chain(root, media)
    # A reference to the whole document is none to a media type, which would then hold itself.
    if isinstance(target, dict) and "$ref" not in target and place:
        beside = {key: {"$ref": reference_to(join(place, key))} for key in ("schema", "itemSchema") if key in target}
        media.clear()
        media.update({**target, **beside})


def _schema(node: dict[str, Any]) -> None:
    nullable = node.pop("nullable", False) is True
    if "$ref" in node:
        # In 3.0 what stands beside a reference has no meaning; a description is kept for people.
        for key in set(node) - {"$ref", "description", "summary"}:
            if not key.startswith("x-"):
                del node[key]
    exclusive_bounds(node)
    if "example" in node:
        example = node.pop("example")
        if "examples" not in node:
            node["examples"] = [example]
    if nullable:
        _nullable(node)


def exclusive_bounds(node: dict[str, Any]) -> None:
    """Write a boolean exclusive bound of OpenAPI 3.0 as the number that it makes exclusive."""
    for bound, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(bound), bool) and node.pop(bound) and limit in node:
            node[bound] = node.pop(limit)


def _nullable(node: dict[str, Any]) -> None:
    """Let a schema accept null too."""
    if isinstance(node.get("enum"), list) and None not in node["enum"]:
        node["enum"] = [*node["enum"], None]
    kind = node.get("type")
    if isinstance(kind, str):
        node["type"] = [kind, "null"]
    if {"$ref", "allOf", "anyOf", "oneOf"} & node.keys():
        inner = {key: node.pop(key) for key in list(node) if key not in _BESIDE_NULL}
        if isinstance(inner.get("type"), list):
            inner["type"] = [word for word in inner["type"] if word != "null"] or "null"
        node["anyOf"] = [inner, {"type": "null"}]


_BESIDE_NULL = frozenset({"description", "title", "readOnly", "writeOnly", "deprecated", "default", "examples"})
"""What a schema says of null too."""
