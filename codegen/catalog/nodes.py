"""What an OpenAPI document is made of: its grammar as data, a walk that knows what each object is, and lookups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from codegen.openapi import pointers

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

# Kind of object → key → what stands there: "kind" one object, "[kind]" a list, "{kind}" a map by name.
# The key "*" is any key that is no extension.
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
    },
    "path item": {**dict.fromkeys(METHODS, "operation"), "parameters": "[parameter]", "servers": "[server]"},
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
    "media type": {"schema": "schema", "examples": "{example}", "encoding": "{encoding}"},
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


@dataclass(frozen=True)
class Node:
    """One object of the document, what it is and where it stands."""

    kind: str
    pointer: str
    value: dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One operation with what its surroundings say about it."""

    pointer: str
    method: str
    path: str
    value: dict[str, Any]
    item: Node
    outgoing: bool
    """A call that a client makes: no callback, no webhook."""


def texts(value: Any) -> list[str]:
    """Return the texts in a list; none where it is no list."""
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def walk(kind: str, pointer: str, value: Any) -> Iterator[Node]:
    """Yield the object and every object below it, in document order. References are not followed."""
    if not isinstance(value, dict):
        return
    yield Node(kind, pointer, value)
    grammar = GRAMMAR.get(kind, {})
    for key, below in value.items():
        shape = grammar.get(key, "" if str(key).startswith("x-") else grammar.get("*", ""))
        at = pointers.join(pointer, key)
        if shape.startswith("[") and isinstance(below, list):
            for index, entry in enumerate(below):
                yield from walk(shape[1:-1], pointers.join(at, index), entry)
        elif shape.startswith("{") and isinstance(below, dict):
            for name, entry in below.items():
                yield from walk(shape[1:-1], pointers.join(at, name), entry)
        elif shape and shape[0] not in "[{":
            yield from walk(shape, at, below)


class Document:
    """An OpenAPI document and the questions that lint and diff ask it. Never fails on a malformed one."""

    def __init__(self, root: dict[str, Any], evidence: Mapping[str, Sequence[str]] | None = None) -> None:
        self.root = root
        self.evidence = evidence or {}
        """JSON pointer of a fact → the claims behind it."""
        self.nodes = tuple(walk("document", "", root))

    def of(self, kind: str) -> list[Node]:
        """Return every object of one kind."""
        return [node for node in self.nodes if node.kind == kind]

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """Every operation, those of callbacks and webhooks included."""
        found: list[Operation] = []
        for item in self.of("path item"):
            if item.pointer.startswith("/components/"):
                continue
            resolved = self.resolve(item.value)
            shared = Node(item.kind, item.pointer, resolved)
            *above, path = pointers.steps(item.pointer)
            for method in METHODS:
                if isinstance(value := resolved.get(method), dict):
                    at = pointers.join(item.pointer, method)
                    found.append(Operation(at, method, path, value, shared, outgoing=above == ["paths"]))
        return tuple(found)

    @cached_property
    def by_id(self) -> dict[str, Operation]:
        """Operations by operationId; of equal ones the first."""
        named = [(operation.value.get("operationId"), operation) for operation in reversed(self.operations)]
        return {name: operation for name, operation in named if isinstance(name, str)}

    @cached_property
    def _places(self) -> dict[int, str]:
        return {id(node.value): node.pointer for node in self.nodes}

    def place(self, value: dict[str, Any]) -> str:
        """Return where an object of the document stands; it has to be the object itself, no copy."""
        return self._places.get(id(value), "")

    def target(self, reference: str) -> Any:
        """Return what a local reference names; KeyError where it names nothing."""
        if not reference.startswith("#"):
            raise KeyError(reference)
        try:
            return pointers.resolve(self.root, unquote(reference[1:]))
        except ValueError:
            raise KeyError(reference) from None

    def resolve(self, value: Any) -> dict[str, Any]:
        """Return the object behind any references, its own siblings on top; {} where there is none."""
        seen: set[str] = set()
        while isinstance(value, dict) and isinstance(reference := value.get("$ref"), str):
            if reference in seen:
                return {}
            seen.add(reference)
            try:
                target = self.target(reference)
            except KeyError:
                return {}
            beside = {key: item for key, item in value.items() if key != "$ref"}
            value = {**target, **beside} if beside and isinstance(target, dict) else target
        return value if isinstance(value, dict) else {}

    def parameters(self, operation: Operation) -> list[Node]:
        """Return the parameters in force, references resolved: an operation's own come before those of its path."""
        found: dict[tuple[Any, Any], Node] = {}
        for at, owner in ((operation.pointer, operation.value), (operation.item.pointer, operation.item.value)):
            listed = owner.get("parameters")
            for index, entry in enumerate(listed if isinstance(listed, list) else []):
                value = self.resolve(entry)
                node = Node("parameter", pointers.join(at, "parameters", index), value)
                found.setdefault((str(value.get("in")), str(value.get("name"))), node)
        return list(found.values())

    def request(self, operation: Operation) -> Node | None:
        """Return the schema of the JSON request body, as it stands (not resolved)."""
        return self._json_schema(operation.value.get("requestBody"), pointers.join(operation.pointer, "requestBody"))

    def replies(self, operation: Operation) -> list[Node]:
        """Return the schemas of the JSON replies of success, as they stand."""
        responses = self.resolve(operation.value.get("responses"))
        found = []
        for status in sorted(responses, key=str):
            if str(status).startswith("2"):
                at = pointers.join(operation.pointer, "responses", status)
                found.append(self._json_schema(responses[status], at))
        return [schema for schema in found if schema]

    def _json_schema(self, holder: Any, pointer: str) -> Node | None:
        content = self.resolve(holder).get("content")
        media = content.get("application/json") if isinstance(content, dict) else None
        schema = media.get("schema") if isinstance(media, dict) else None
        at = pointers.join(pointer, "content", "application/json", "schema")
        return Node("schema", at, schema) if isinstance(schema, dict) else None

    def find(self, schema: Any, pointer: str) -> dict[str, Any] | None:
        """The schema of what a pointer names in a value of this schema; None where it describes no such value."""
        current: dict[str, Any] = self.resolve(schema)
        for token in pointers.steps(pointer):
            steps = [_step(branch, token) for branch in self.branches(current)]
            described = [below for below in steps if below is not None]
            if not described:
                return None
            current = self.resolve(described[0])
        return current

    def find_reply(self, operation: Operation, pointer: str) -> list[dict[str, Any]]:
        """Return the schemas of what a pointer names in the replies of success."""
        found = [self.find(reply.value, pointer) for reply in self.replies(operation)]
        return [schema for schema in found if schema is not None]

    def branches(self, schema: Any) -> Iterator[dict[str, Any]]:
        """Yield the schema, the schema of JSON text in it, and those it is composed of, references resolved."""
        waiting, seen = [schema], set[int]()
        while waiting:
            part = waiting.pop(0)
            if not isinstance(part, dict) or id(part) in seen:
                continue
            seen.add(id(part))
            resolved = self.resolve(part)
            yield resolved
            for key in COMPOSITION:
                waiting.extend(resolved[key] if isinstance(resolved.get(key), list) else ())
            waiting.append(resolved.get("contentSchema"))

    def properties(self, schema: Any) -> dict[str, Any]:
        """Return the properties of an object schema, those of its branches included."""
        found: dict[str, Any] = {}
        for branch in self.branches(schema):
            own = branch.get("properties")
            for name, value in (own if isinstance(own, dict) else {}).items():
                found.setdefault(name, value)
        return found


def _step(schema: dict[str, Any], token: str) -> Any:
    properties = schema.get("properties")
    if isinstance(properties, dict) and token in properties:
        return properties[token]
    if token.isdecimal() and isinstance(schema.get("items"), dict):
        return schema["items"]
    others = schema.get("additionalProperties")
    # `true` or `{}` allows anything and so describes nothing: a pointer into it would be a guess.
    return others if isinstance(others, dict) and others else None
