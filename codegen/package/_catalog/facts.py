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
    """One fact, and the lines of the documents that state it."""

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
    """As `x-disagreements` has them: those of this operation alone."""


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
        statements=tuple(_statements(known, endpoint.node)),
        states=endpoint.task.get("states", {}),
        disagreements=tuple(disagreements(catalog, endpoint.node.get("operationId"))),
    )


def disagreements(catalog: Catalog, operation: str | None = None) -> list[Mapping[str, Any]]:
    """Where the documents of a service differ: everywhere, or on one operation by its operationId."""
    rows: list[Mapping[str, Any]] = catalog.document.get("x-disagreements", [])
    return [row for row in rows if operation is None or row.get("operation") == operation]


def _parameters(catalog: Catalog, endpoint: Endpoint, doc: docs.Doc) -> Iterator[ParameterFacts]:
    operation = endpoint.operation
    by_name = {field.name: field for field in operation.fields}
    signature = inspect.signature(docs.method(operation.service.name, operation.name))
    for parameter in signature.parameters.values():
        field = by_name.get(parameter.name)
        if field is None or parameter.name in _OPTIONS:
            continue
        schema, node = _node(catalog, endpoint, field)
        is_required = parameter.default is parameter.empty
        values, beside = {**schema, "required": is_required}, [] if schema is node else [node]
        yield ParameterFacts(
            name=field.name,
            wire_name=field.wire_name,
            location=field.location,
            is_required=is_required,
            is_positional=parameter.kind is parameter.POSITIONAL_OR_KEYWORD,
            annotation=str(parameter.annotation),
            text=doc.args.get(field.name, ""),
            schema=schema,
            statements=tuple(_statements(values, schema, *beside)),
            disputed=node.get("x-disputed", schema.get("x-disputed")),
        )


def _node(catalog: Catalog, endpoint: Endpoint, field: Field) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The schema of a parameter, and the object that its provenance stands on beside the schema's own."""
    if field.location != "body":
        row = next((row for row in endpoint.parameters if row["name"] == field.wire_name), {})
        schema = catalog.follow(f"{row['at']}/schema")[1] if "schema" in row else {}
        return schema, row
    holder = catalog.schema_at(endpoint.request, endpoint.operation.body_at or "")
    place = catalog.properties(holder).get(field.wire_name) if holder else None
    schema = catalog.follow(place)[1] if place else {}
    return schema, schema


def _statements(values: Mapping[str, Any], *nodes: Mapping[str, Any]) -> Iterator[Statement]:
    """Each claim of these objects with the value that it stands for; None where only the description has it."""
    for node in nodes:
        for pointer, sources in node.get("x-claims", {}).items():
            name = pointer.removeprefix("/")
            yield Statement(name, values.get(name), tuple(sources))


def _errors(catalog: Catalog, endpoint: Endpoint) -> Iterator[ErrorFacts]:
    """The documented codes: in-band ones are the whole service's, HTTP statuses those that the operation lists."""
    for code, row in catalog.codes.items():
        yield _error(code, "in-band", row)
    responses = endpoint.node.get("responses", {})
    for status, row in catalog.statuses.items():
        if not responses or status in responses:
            yield _error(status, "http", row)


def _error(code: str, channel: str, row: Mapping[str, Any]) -> ErrorFacts:
    sources = tuple(row.get("x-claims", ()))
    return ErrorFacts(code, channel, row["error"], row.get("meaning", ""), row.get("retry", "never"), sources)
