"""The grammar of OpenAPI as data, and the two walks over a document that read it.

`objects` knows what each object is, and leaves out what the grammar does not name. `nodes` also reads a fragment whose
kind nobody knows; it leaves out only what is data of the service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from codegen.openapi.pointers import exists, join, resolve, target_of

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The HTTP methods under which a path item has operations."""

# Kind of object → key → what stands there: "kind" one object, "[kind]" a list, "{kind}" a map by name.
# The key "*" is any key that is not an extension.
GRAMMAR: Mapping[str, Mapping[str, str]] = {
    "document": {
        "info": "info",
        "servers": "[server]",
        "paths": "paths",
        "webhooks": "{path item}",
        "components": "components",
        "tags": "[tag]",
        "externalDocs": "external docs",
    },
    "info": {"contact": "contact", "license": "license"},
    "server": {"variables": "{server variable}"},
    "paths": {"*": "path item"},
    "components": {
        "schemas": "{schema}",
        "responses": "{response}",
        "parameters": "{parameter}",
        "examples": "{example}",
        "requestBodies": "{request body}",
        "headers": "{header}",
        "securitySchemes": "{security scheme}",
        "links": "{link}",
        "callbacks": "{callback}",
        "pathItems": "{path item}",
        "mediaTypes": "{media type}",
    },
    "path item": {
        **dict.fromkeys(METHODS, "operation"),
        "additionalOperations": "{operation}",
        "parameters": "[parameter]",
        "servers": "[server]",
    },
    "operation": {
        "parameters": "[parameter]",
        "requestBody": "request body",
        "responses": "responses",
        "callbacks": "{callback}",
        "servers": "[server]",
        "externalDocs": "external docs",
    },
    "parameter": {"schema": "schema", "content": "{media type}", "examples": "{example}"},
    "header": {"schema": "schema", "content": "{media type}", "examples": "{example}"},
    "request body": {"content": "{media type}"},
    "media type": {"schema": "schema", "itemSchema": "schema", "examples": "{example}", "encoding": "{encoding}"},
    "encoding": {"headers": "{header}"},
    "responses": {"*": "response"},
    "response": {"headers": "{header}", "content": "{media type}", "links": "{link}"},
    "link": {"server": "server"},
    "callback": {"*": "path item"},
    "tag": {"externalDocs": "external docs"},
    "schema": {
        **dict.fromkeys(("properties", "patternProperties", "$defs", "dependentSchemas"), "{schema}"),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "[schema]"),
        **dict.fromkeys(("items", "contains", "unevaluatedItems"), "schema"),
        **dict.fromkeys(("additionalProperties", "propertyNames", "unevaluatedProperties"), "schema"),
        **dict.fromkeys(("not", "if", "then", "else", "contentSchema"), "schema"),
        "externalDocs": "external docs",
    },
}

COMPOSITION = ("allOf", "anyOf", "oneOf")


class Node(NamedTuple):
    """One object of the document, with its kind and its pointer."""

    kind: str
    pointer: str
    value: dict[str, Any]


def _keys(*shapes: str) -> frozenset[str]:
    """Return the keys under which the grammar has one of these shapes."""
    return frozenset(key for keys in GRAMMAR.values() for key, shape in keys.items() if shape in shapes)


DATA = frozenset({"example", "examples", "default", "enum", "const", "value", "mapping", "scopes"})
"""Below these keywords stands data of the service: what looks like a keyword there is none."""
_MAPS = frozenset(shape for keys in GRAMMAR.values() for shape in keys.values() if shape.startswith("{"))
BY_NAME = _keys(*_MAPS, "paths", "responses") | {"definitions"}
"""Below these keywords stand names of the document's choice, and a node under each."""
_SCHEMA_MAPS = _keys("{schema}") | {"definitions"}
_SCHEMAS = _keys("schema", "[schema]")
_BRANCHES = (dict, list)
"""What has something below it. Texts and numbers are most of a document: no pointer is made for them."""


def objects(kind: str, pointer: str, value: Any) -> Iterator[Node]:
    """Yield the object and every object below it, in document order. References are not followed."""
    if not isinstance(value, dict):
        return
    yield Node(kind, pointer, value)
    grammar = GRAMMAR.get(kind, {})
    for key, below in value.items():
        if not isinstance(below, _BRANCHES):
            continue
        shape = grammar.get(key, "" if str(key).startswith("x-") else grammar.get("*", ""))
        if shape.startswith("[") and isinstance(below, list):
            for index, entry in enumerate(below):
                yield from objects(shape[1:-1], join(pointer, key, index), entry)
        elif shape.startswith("{") and isinstance(below, dict):
            at = join(pointer, key)
            for name, entry in below.items():
                yield from objects(shape[1:-1], join(at, name), entry)
        elif shape and shape[0] not in "[{":
            yield from objects(shape, join(pointer, key), below)


def schemas(root: Any) -> list[tuple[dict[str, Any], str]]:
    """Return every schema and its pointer: also one at a place for something else that a schema refers to."""
    by_id: dict[int, tuple[dict[str, Any], str]] = {}
    waiting: list[tuple[Any, str, bool]] = [(root, "", False)]
    while waiting:
        top = waiting.pop()
        targets: dict[str, None] = {}
        for node, pointer, is_schema in nodes(top[0], top[1], is_schema=top[2]):
            if not is_schema or not isinstance(node, dict) or id(node) in by_id:
                continue
            by_id[id(node)] = node, pointer
            if target := target_of(node):
                targets[target] = None
        for target in targets:
            below = resolve(root, target) if exists(root, target) else None
            if isinstance(below, dict) and id(below) not in by_id:
                waiting.append((below, target, True))
    return list(by_id.values())


def nodes(root: Any, pointer: str = "", *, is_schema: bool = False) -> Iterator[tuple[Mapping[str, Any], str, bool]]:
    """Yield every mapping that is a node, its pointer, and whether it is a schema. Parents come first."""
    waiting: list[tuple[Any, str, bool]] = [(root, pointer, is_schema)] if isinstance(root, _BRANCHES) else []
    while waiting:
        node, pointer, is_schema = waiting.pop()
        if isinstance(node, list):
            _wait(waiting, pointer, enumerate(node), is_schema)
            continue
        yield node, pointer, is_schema
        for key, value in node.items():
            if not isinstance(value, _BRANCHES) or not isinstance(key, str):
                continue
            if key in DATA and not (key == "examples" and not is_schema):
                continue
            place = join(pointer, key)
            if key in BY_NAME and not isinstance(value, list):
                _wait(waiting, place, value.items(), key in _SCHEMA_MAPS)
            else:
                waiting.append((value, place, key in _SCHEMAS))


def _wait(waiting: list[tuple[Any, str, bool]], pointer: str, below: Iterable[tuple[object, Any]], of: bool) -> None:
    waiting.extend((item, join(pointer, name), of) for name, item in below if isinstance(item, _BRANCHES))
