# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What is known of an operation, and who says so: one value for the command line and the pages to print."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .._runtime.operation import Field
from . import docs
from .document import Catalog, Endpoint

_OPTIONS = frozenset({"timeout", "extra_body", "extra_headers", "key"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact, and the documents that state it."""

    fact: str
    value: Any
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParameterFacts:
    """One parameter of a method."""

    name: str
    """The keyword of the method."""
    wire_name: str
    location: str
    """body, path, query or header."""
    is_required: bool
    is_positional: bool
    annotation: str
    """Its type in the signature."""
    text: str
    """What it is, with unit, range and default."""
    schema: Mapping[str, Any]
    """Of the value on the wire; references followed."""
    statements: tuple[Statement, ...]
    disputed: Any = None
    """The readings that the evidence leaves open, where it does."""


@dataclass(frozen=True, slots=True)
class ErrorFacts:
    """One documented code."""

    code: str
    channel: str
    """in-band or http."""
    error: str
    meaning: str
    retry: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OperationFacts:
    """One operation, as far as any document speaks of it."""

    service: str
    client: str
    name: str
    """As in Python, group included."""
    http_method: str
    url: str
    kind: str
    """submit, generate or query."""
    media: str | None
    """What it makes: video, image, audio, diagram or file; None where it makes nothing."""
    summary: str
    description: str
    parameters: tuple[ParameterFacts, ...]
    errors: tuple[ErrorFacts, ...]
    statements: tuple[Statement, ...]
    """Of the operation itself: its address, its usual time."""
    states: Mapping[str, str]
    """The service's word for the status of its tasks → what it means."""
    disagreements: tuple[Mapping[str, Any], ...]
    """Where the documents differ: on this operation alone."""


def operation_facts(catalog: Catalog, endpoint: Endpoint) -> OperationFacts:
    """Everything about one operation."""
    operation = endpoint.operation
    doc = docs.read(inspect.getdoc(docs.method(operation.service.name, operation.name)))
    url = catalog.bases[0] + operation.path
    known = {**endpoint.node, "method": operation.method, "url": url, "path": operation.path}
    return OperationFacts(
        service=operation.service.name,
        client=docs.client_class(operation.service.name).__name__,
        name=operation.name,
        http_method=operation.method,
        url=url,
        kind=operation.kind,
        media=operation.assets.media if operation.assets else None,
        summary=doc.summary,
        description=doc.description,
        parameters=tuple(_parameters(catalog, endpoint, doc)),
        errors=tuple(_errors(catalog, endpoint)),
        statements=tuple(_statements(catalog, known, endpoint.at)),
        states=endpoint.task.get("states", {}),
        disagreements=tuple(disagreements(catalog, endpoint.node.get("operationId"))),
    )


def disagreements(catalog: Catalog, operation: str | None = None) -> list[Mapping[str, Any]]:
    """Where the documents of a service differ: everywhere, or on one operation by its operationId."""
    return [row for row in catalog.disagreements if operation is None or row.get("operation") == operation]


def _parameters(catalog: Catalog, endpoint: Endpoint, doc: docs.Doc) -> Iterator[ParameterFacts]:
    operation = endpoint.operation
    by_name = {field.name: field for field in operation.fields}
    signature = inspect.signature(docs.method(operation.service.name, operation.name))
    for parameter in signature.parameters.values():
        field = by_name.get(parameter.name)
        if field is None or parameter.name in _OPTIONS:
            continue
        place, beside = _places(catalog, endpoint, field)
        schema = catalog.follow(place)[1] if place else {}
        is_required = parameter.default is parameter.empty
        values = {**schema, "required": is_required}
        statements = [
            *_statements(catalog, values, place),
            *_statements(catalog, values, beside),
            *_required(catalog, place),
        ]
        row = catalog.follow(beside)[1] if beside else {}
        yield ParameterFacts(
            name=field.name,
            wire_name=field.wire_name,
            location=field.location,
            is_required=is_required,
            is_positional=parameter.kind is parameter.POSITIONAL_OR_KEYWORD,
            annotation=str(parameter.annotation),
            text=doc.args.get(field.name, ""),
            schema=schema,
            statements=tuple(statements),
            disputed=row.get("x-disputed", schema.get("x-disputed")),
        )


def _places(catalog: Catalog, endpoint: Endpoint, field: Field) -> tuple[str, str]:
    """Return where the schema of a parameter is, and the object beside it that says where it is sent; "" for none."""
    if field.location != "body":
        row = next((row for row in endpoint.parameters if row["name"] == field.wire_name), {})
        at = str(row.get("at", ""))
        return (catalog.follow(f"{at}/schema")[0] if "schema" in row else ""), at
    holder = catalog.schema_at(endpoint.request, endpoint.operation.body_at or "")
    place = catalog.properties(holder).get(field.wire_name) if holder else None
    return (place or ""), ""


def _statements(catalog: Catalog, values: Mapping[str, Any], at: str) -> Iterator[Statement]:
    """Yield each fact of an object that a document states, with its value; None for the object as a whole."""
    node = catalog.follow(at)[1] if at else {}
    if at in catalog.evidence:
        yield Statement("presence", None, tuple(catalog.evidence[at]))
    for name in node:
        if sources := catalog.evidence.get(f"{at}/{name}"):
            yield Statement(name, values.get(name), tuple(sources))


def _required(catalog: Catalog, at: str) -> Iterator[Statement]:
    """Yield who states that a property is required; it stands in the object around it."""
    above, _, name = at.rpartition("/properties/")
    if not above:
        return
    required = catalog.follow(above)[1].get("required", ())
    unescaped = name.replace("~1", "/").replace("~0", "~")
    if unescaped in required and (sources := catalog.evidence.get(f"{above}/required/{required.index(unescaped)}")):
        yield Statement("required", True, tuple(sources))


def _errors(catalog: Catalog, endpoint: Endpoint) -> Iterator[ErrorFacts]:
    """The documented codes: in-band ones are the whole service's, HTTP statuses those that the operation lists."""
    for code, row in catalog.codes.items():
        yield _error(catalog, code, "in-band", row)
    responses = endpoint.node.get("responses", {})
    for status, row in catalog.statuses.items():
        if not responses or status in responses:
            yield _error(catalog, status, "http", row)


def _error(catalog: Catalog, code: str, channel: str, row: Mapping[str, Any]) -> ErrorFacts:
    table = "http" if channel == "http" else "codes"
    sources = tuple(catalog.evidence.get(f"/x-error-codes/{table}/{code}", ()))
    return ErrorFacts(code, channel, row["error"], row.get("meaning", ""), row.get("retry", "never"), sources)
