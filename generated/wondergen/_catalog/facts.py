# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What is known of an operation, and who says so: one value for the command line and the pages to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._runtime.operation import Field
from . import index
from .document import Catalog, Endpoint

_ADVICE = ("x-traits", "x-prompting", "x-choices")
"""Extensions that hold advice; its lines stand with it."""


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
    choices: Mapping[str, str] = field(default_factory=dict)
    """What its values mean."""


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
    cause: str = ""
    advice: str = ""


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
    vendor: Mapping[str, Any] = field(default_factory=dict)
    """What the vendor calls it: name, id, number, state."""
    traits: Mapping[str, Any] = field(default_factory=dict)
    """What it is good for, as `x-traits` has it."""
    traits_sources: tuple[str, ...] = ()
    prompting: Prompting | None = None
    documentation: str = ""
    """URL of the vendor's documentation."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice, and the lines behind it."""

    text: str
    why: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompting:
    """How to write what an operation is asked for: its own advice, then that of the whole service."""

    formula: str = ""
    languages: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()
    avoid: tuple[Advice, ...] = ()
    templates: tuple[Advice, ...] = ()
    """`text` is the prompt, `why` the use."""
    poor: tuple[Advice, ...] = ()
    """`text` is what to change, `why` the problem."""

    @property
    def every(self) -> tuple[Advice, ...]:
        """All of it."""
        return (*self.advice, *self.avoid, *self.templates, *self.poor)


def operation_facts(catalog: Catalog, endpoint: Endpoint) -> OperationFacts:
    """Everything about one operation."""
    operation = endpoint.operation
    service = index.services()[operation.service.name]
    row = service["operations"][operation.name]
    url = catalog.bases[0] + operation.path
    known = {**endpoint.node, "method": operation.method, "url": url, "path": operation.path}
    return OperationFacts(
        service=operation.service.name,
        client=service["client"],
        name=operation.name,
        http_method=operation.method,
        url=url,
        kind=operation.kind,
        media=operation.assets.media if operation.assets else None,
        summary=row["summary"],
        description=row.get("description", ""),
        parameters=tuple(_parameters(catalog, endpoint, row.get("parameters", ()))),
        errors=tuple(_errors(catalog, endpoint)),
        statements=tuple(_statements(known, endpoint.node)),
        states=endpoint.task.get("states", {}),
        disagreements=tuple(disagreements(catalog, endpoint.node.get("operationId"))),
        vendor=row.get("vendor", {}),
        traits=row.get("traits", {}),
        traits_sources=tuple(endpoint.node.get("x-claims", {}).get("/x-traits", ())),
        prompting=prompting(catalog, endpoint),
        documentation=endpoint.node.get("externalDocs", {}).get("url") or service.get("documentation") or "",
    )


def prompting(catalog: Catalog, endpoint: Endpoint) -> Prompting | None:
    """Return the advice on writing for an operation; None where it makes nothing or no advice is known."""
    nodes = [node for node in (endpoint.node, catalog.document) if "x-prompting" in node]
    if endpoint.operation.assets is None or not nodes:
        return None
    rows = [node["x-prompting"] for node in nodes]
    return Prompting(
        formula=next((row["formula"] for row in rows if "formula" in row), ""),
        languages=next((tuple(row["languages"]) for row in rows if "languages" in row), ()),
        advice=tuple(_advice(nodes, "advice", "text", "why")),
        avoid=tuple(_advice(nodes, "avoid", "text", "why")),
        templates=tuple(_advice(nodes, "templates", "prompt", "use")),
        poor=tuple(_advice(nodes, "poor", "change", "problem")),
    )


def _advice(nodes: Iterable[Mapping[str, Any]], name: str, text: str, why: str) -> Iterator[Advice]:
    for node in nodes:
        claims = node.get("x-claims", {})
        for position, row in enumerate(node["x-prompting"].get(name, ())):
            sources = tuple(claims.get(f"/x-prompting/{name}/{position}", ()))
            yield Advice(row, "", sources) if isinstance(row, str) else Advice(row[text], row.get(why, ""), sources)


def disagreements(catalog: Catalog, operation: str | None = None) -> list[Mapping[str, Any]]:
    """Where the documents of a service differ: everywhere, or on one operation by its operationId."""
    rows: list[Mapping[str, Any]] = catalog.document.get("x-disagreements", [])
    return [row for row in rows if operation is None or row.get("operation") == operation]


def _parameters(catalog: Catalog, endpoint: Endpoint, rows: Iterable[Mapping[str, Any]]) -> Iterator[ParameterFacts]:
    by_name = {field.name: field for field in endpoint.operation.fields}
    for row in rows:
        field = by_name[row["name"]]
        schema, node = _node(catalog, endpoint, field)
        is_required = row.get("required", False)
        values, beside = {**schema, "required": is_required}, [] if schema is node else [node]
        yield ParameterFacts(
            name=field.name,
            wire_name=field.wire_name,
            location=field.location,
            is_required=is_required,
            is_positional=row.get("positional", False),
            annotation=row["annotation"],
            text=row["text"],
            schema=schema,
            statements=tuple(_statements(values, schema, *beside)),
            disputed=node.get("x-disputed", schema.get("x-disputed")),
            choices=_choices(schema),
        )


def _choices(schema: Mapping[str, Any]) -> Mapping[str, str]:
    """What each value means, by the name that a person types for it."""
    texts = schema.get("x-choices", {}).get("texts", {})
    names = schema.get("x-python", {}).get("names", {})
    return {str(names.get(value, value)).lower().replace("_", "-"): text for value, text in texts.items()}


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
            if not name.startswith(_ADVICE):
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
    texts = (row.get("cause", ""), row.get("advice", ""))
    return ErrorFacts(code, channel, row["error"], row.get("meaning", ""), row.get("retry", "never"), sources, *texts)
