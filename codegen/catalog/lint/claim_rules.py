"""Lint rules about evidence: no fact about a request without claims, no evidence for what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codegen.catalog.lint.name_rules import body_parameters
from codegen.openapi import evidence, pointers
from codegen.openapi.document import Document, PathOperation
from codegen.openapi.extension_rules import extension
from codegen.openapi.finding import Finding
from codegen.openapi.json_values import texts
from codegen.openapi.pointers import is_pointer

FACTS = (
    "type enum const minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems default"
).split()
REMEDY = "a document has to state it: no overlay may add it"


def missing(document: Document) -> Iterator[Finding]:
    """Report facts of request parameters, and error codes, without evidence."""
    for operation in document.operations:
        # An operation without a name is one fault already; where its parameters stand is not known before.
        if operation.outgoing and extension(operation.value, "x-python").get("method"):
            yield from _body(document, operation)
            yield from _elsewhere(document, operation)
    for channel, codes in extension(document.root, "x-error-codes").items():
        for code in codes if channel in {"codes", "http"} and isinstance(codes, dict) else ():
            at = pointers.join("/x-error-codes", channel, code)
            if at not in document.evidence:
                yield Finding(at, f"error code {code!r} without evidence", REMEDY)


def dangling(document: Document) -> Iterator[Finding]:
    """Report pointers of the evidence that name nothing in the document."""
    yield from (Finding(at, *evidence.NOT_THERE) for at in evidence.dangling(document.root, document.evidence))


def _body(document: Document, operation: PathOperation) -> Iterator[Finding]:
    holder = _holder(document, operation)
    for name, node in body_parameters(document, operation).items():
        at = document.place(node.value) or node.pointer
        yield from _without(document, at, name, _facts(node.value))
    for branch in document.branches(holder):
        for index, name in enumerate(texts(branch.get("required"))):
            at = pointers.join(document.place(branch), "required", index)
            if at not in document.evidence:
                yield Finding(at, f"required of {name!r} without evidence", REMEDY)


def _holder(document: Document, operation: PathOperation) -> Any:
    request = document.request(operation)
    at = extension(operation.value, "x-python").get("body", "")
    return document.find(request.value, at) if request and is_pointer(at) else None


def _elsewhere(document: Document, operation: PathOperation) -> Iterator[Finding]:
    for node in document.parameters(operation):
        schema = document.resolve(node.value.get("schema"))
        # Outside a body every value is text, and a path parameter is always required: nobody has to claim that.
        facts = [fact for fact in _facts(schema) if fact != "type"]
        name = str(node.value.get("name"))
        yield from _without(document, pointers.join(node.pointer, "schema"), name, facts)
        if node.value.get("required") is True and node.value.get("in") != "path":
            yield from _without(document, node.pointer, name, ["required"])


def _facts(schema: dict[str, Any]) -> list[str]:
    return [fact for fact in FACTS if fact in schema]


def _without(document: Document, pointer: str, name: str, facts: list[str]) -> Iterator[Finding]:
    for fact in facts:
        if f"{pointer}/{fact}" not in document.evidence:
            yield Finding(pointer, f"{fact} of {name!r} without evidence", REMEDY)
