"""OpenAPI 3.0 → 3.1 in place: the schemas of 3.0 are a dialect of their own."""

from __future__ import annotations

from typing import Any

from codegen.openapi.walk import nodes


def lift(root: dict[str, Any]) -> None:
    """Rewrite a document of OpenAPI 3.0 as 3.1: nullable, exclusive bounds, example, siblings of references."""
    for node, _, is_schema in list(nodes(root)):
        if isinstance(node, dict) and is_schema:
            _schema(node)
    root["openapi"] = "3.1.0"


def _schema(node: dict[str, Any]) -> None:
    nullable = node.pop("nullable", False) is True
    if "$ref" in node:
        # In 3.0 what stands beside a reference has no meaning; a description is kept for people.
        for key in set(node) - {"$ref", "description", "summary"}:
            if not key.startswith("x-"):
                del node[key]
    for bound, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(bound), bool) and node.pop(bound) and limit in node:
            node[bound] = node.pop(limit)
    if "example" in node:
        example = node.pop("example")
        if "examples" not in node:
            node["examples"] = [example]
    if nullable:
        _nullable(node)


def _nullable(node: dict[str, Any]) -> None:
    """Let a schema accept null too."""
    if isinstance(node.get("enum"), list) and None not in node["enum"]:
        node["enum"] = [*node["enum"], None]
    kind = node.get("type")
    if isinstance(kind, str):
        node["type"] = [kind, "null"]
    if {"$ref", "allOf", "anyOf", "oneOf"} & node.keys():
        inner = {
            key: node.pop(key) for key in list(node) if key not in {"description", "title", "readOnly", "writeOnly"}
        }
        if isinstance(inner.get("type"), list):
            inner["type"] = [word for word in inner["type"] if word != "null"] or "null"
        node["anyOf"] = [inner, {"type": "null"}]
