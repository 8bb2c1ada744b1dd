"""The lint rule about evidence: no fact about a request without the documents and lines that state it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codegen.catalog import pointers
from codegen.catalog.lint.extensions import extension
from codegen.catalog.lint.finding import Finding
from codegen.catalog.lint.names import body_parameters
from codegen.catalog.nodes import Document, Operation, texts
from codegen.catalog.pointers import is_pointer

FACTS = (
    "type enum const minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems default"
).split()
REMEDY = "add x-claims: {/fact: [document:line]}"


def missing(document: Document) -> Iterator[Finding]:
    """Every fact of a request parameter and every documented error code names its evidence."""
    for operation in document.operations:
        if operation.outgoing:
            yield from _body(document, operation)
            yield from _elsewhere(document, operation)
    for channel, codes in extension(document.root, "x-error-codes").items():
        for code, meaning in codes.items() if channel in {"codes", "http"} and isinstance(codes, dict) else ():
            if isinstance(meaning, dict) and "x-claims" not in meaning:
                at = pointers.join("/x-error-codes", channel, code)
                yield Finding(at, f"error code {code!r} without claims", "add x-claims: [document:line]")


def _body(document: Document, operation: Operation) -> Iterator[Finding]:
    required = _required(document, operation)
    for name, node in body_parameters(document, operation).items():
        facts = [*_facts(node.value), *(["required"] if name in required else [])]
        yield from _without(node.pointer, name, facts, extension(node.value, "x-claims"))


def _required(document: Document, operation: Operation) -> set[str]:
    request = document.request(operation)
    at = extension(operation.value, "x-python").get("body", "")
    holder = document.find(request.value, at) if request and is_pointer(at) else None
    return {name for branch in document.branches(holder) for name in texts(branch.get("required"))}


def _elsewhere(document: Document, operation: Operation) -> Iterator[Finding]:
    for node in document.parameters(operation):
        schema = document.resolve(node.value.get("schema"))
        # Outside a body every value is text, and a path parameter is always required: nobody has to claim that.
        facts = [fact for fact in _facts(schema) if fact != "type"]
        if node.value.get("required") is True and node.value.get("in") != "path":
            facts.append("required")
        claims = {**extension(schema, "x-claims"), **extension(node.value, "x-claims")}
        yield from _without(node.pointer, str(node.value.get("name")), facts, claims)


def _facts(schema: dict[str, Any]) -> list[str]:
    return [fact for fact in FACTS if fact in schema]


def _without(pointer: str, name: str, facts: list[str], claims: dict[str, Any]) -> Iterator[Finding]:
    for fact in facts:
        if f"/{fact}" not in claims:
            yield Finding(pointer, f"{fact} of {name!r} without claims", REMEDY)
