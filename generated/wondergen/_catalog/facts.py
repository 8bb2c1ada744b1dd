# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""All facts of an operation with their sources, as one value that the command line and the pages print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._runtime.operation import Field
from .._runtime.pointer import get, parts
from . import index
from .service_document import Catalog, Endpoint

_ADVICE = ("x-traits", "x-prompting", "x-choices")
"""Extensions that hold advice; its documents stand with it."""


COSTS: Mapping[str, str] = {
    "credits": "costs credits",
    "money": "costs money",
    "free": "free of charge",
    "free_for_now": "free of charge for now",
    "": "no document says what it costs",
}
"""`costs` of an operation → what people read."""
RETRIES: Mapping[str, str] = {
    "never": "The same call again will not help.",
    "once": "One more attempt may help.",
    "after_delay": "It may be repeated after a pause.",
}
"""`retry` of an error → what people read."""


_NAMES: Mapping[str, str] = {
    "body_wrapper": "place in the body",
    "enum": "choices",
    "in": "place",
    "maxItems": "most items",
    "maxLength": "most characters",
    "minItems": "fewest items",
    "minLength": "fewest characters",
    "output_seconds": "length of the result",
    "presence": "existence",
    "typical_seconds": "usual time",
    "x-media": "limits of the file",
    "x-wire": "form on the wire",
}


def fact_name(fact: str) -> str:
    """Return the name of a fact as people read it."""
    return _NAMES.get(fact, fact.replace("_", " ").replace("/", " "))


@dataclass(frozen=True, slots=True)
class StatedFact:
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
    sentences: index.Sentences
    """What it is, with unit, range and default."""
    schema: Mapping[str, Any]
    """Of the value on the wire; references followed."""
    statements: tuple[StatedFact, ...]
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
    costs: str | None
    """What it is paid with: credits, money, or free; None where no document says."""
    media: str | None
    """What it makes: video, image, audio, diagram or file; None where it makes nothing."""
    summary: str
    description: str
    parameters: tuple[ParameterFacts, ...]
    errors: tuple[ErrorFacts, ...]
    statements: tuple[StatedFact, ...]
    """Of the operation itself: its URL, its usual time."""
    states: Mapping[str, str]
    """The service's word for the status of its tasks → what it means."""
    disagreements: tuple[Mapping[str, Any], ...]
    """Where the documents differ: on this operation alone."""
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
    """Return everything about one operation."""
    operation = endpoint.operation
    service = index.services()[operation.service.name]
    row = service["operations"][operation.name]
    url = (operation.server or catalog.service.base_url or catalog.bases[0]) + operation.path
    node = {**endpoint.node, "method": operation.method, "url": url, "path": operation.path}
    return OperationFacts(
        service=operation.service.name,
        client=service["client"],
        name=operation.name,
        http_method=operation.method,
        url=url,
        kind=operation.kind,
        costs=endpoint.task.get("costs"),
        media=operation.assets.media if operation.assets else None,
        summary=row["summary"],
        description=row.get("description", ""),
        parameters=tuple(_parameters(catalog, endpoint, row.get("parameters", ()))),
        errors=tuple(_errors(catalog, endpoint)),
        statements=tuple(_statements(catalog, node, endpoint.at)),
        states=endpoint.task.get("states", {}),
        disagreements=tuple(disagreements(catalog, endpoint.node.get("operationId"))),
        vendor=row.get("vendor", {}),
        traits=row.get("traits", {}),
        traits_sources=tuple(catalog.evidence.get(f"{endpoint.at}/x-traits", ())),
        prompting=prompting(catalog, endpoint),
        documentation=endpoint.node.get("externalDocs", {}).get("url") or service.get("documentation") or "",
    )


def prompting(catalog: Catalog, endpoint: Endpoint) -> Prompting | None:
    """Return the advice on writing for an operation; None where it makes nothing or no advice is known."""
    places = [
        (at, node) for at, node in ((endpoint.at, endpoint.node), ("", catalog.document)) if "x-prompting" in node
    ]
    if endpoint.operation.assets is None or not places:
        return None
    rows = [node["x-prompting"] for _, node in places]

    def advice(name: str, text: str = "text", why: str = "why") -> tuple[Advice, ...]:
        return tuple(one for at, node in places for one in _advice(catalog, f"{at}/x-prompting/{name}", text, why))

    return Prompting(
        formula=next((row["formula"] for row in rows if "formula" in row), ""),
        languages=next((tuple(row["languages"]) for row in rows if "languages" in row), ()),
        advice=advice("advice"),
        avoid=advice("avoid"),
        templates=advice("templates", "prompt", "use"),
        poor=advice("poor", "change", "problem"),
    )


def _advice(catalog: Catalog, at: str, text: str, why: str) -> Iterator[Advice]:
    rows = get(catalog.document, at)
    for position, row in enumerate(rows if isinstance(rows, list) else ()):
        sources = tuple(catalog.evidence.get(f"{at}/{position}", ()))
        yield Advice(row, "", sources) if isinstance(row, str) else Advice(row[text], row.get(why, ""), sources)


def disagreements(catalog: Catalog, operation: str | None = None) -> list[Mapping[str, Any]]:
    """Return where the documents of a service differ: everywhere, or on one operation by its operationId."""
    return [row for row in catalog.disagreements if operation is None or row.get("operation") == operation]


def _parameters(catalog: Catalog, endpoint: Endpoint, rows: Iterable[Mapping[str, Any]]) -> Iterator[ParameterFacts]:
    by_name = {field.name: field for field in endpoint.operation.fields}
    for row in rows:
        field = by_name[row["name"]]
        place, beside = _places(catalog, endpoint, field)
        schema = catalog.follow(place)[1] if place else {}
        is_required = row.get("required", False)
        values = {**schema, "required": is_required}
        statements = [
            *_statements(catalog, values, place),
            *_statements(catalog, values, beside),
            *_required(catalog, place),
        ]
        node = catalog.follow(beside)[1] if beside else {}
        yield ParameterFacts(
            name=field.name,
            wire_name=field.wire_name,
            location=field.location,
            is_required=is_required,
            is_positional=row.get("positional", False),
            annotation=row["annotation"],
            sentences=row["sentences"],
            schema=schema,
            statements=tuple(statements),
            disputed=node.get("x-disputed", schema.get("x-disputed")),
            choices=_choices(schema),
        )


def _choices(schema: Mapping[str, Any]) -> Mapping[str, str]:
    """Return what each value means, by the name that a person types for it, in the order of the values."""
    texts = schema.get("x-choices", {}).get("texts", {})
    names = schema.get("x-python", {}).get("names", {})
    order = [str(value) for value in schema.get("enum", ())]
    rows = sorted(texts.items(), key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    return {str(names.get(value, value)).lower().replace("_", "-"): text for value, text in rows}


def _places(catalog: Catalog, endpoint: Endpoint, field: Field) -> tuple[str, str]:
    """Return where the schema of a parameter is, and the object beside it that says where it is sent; "" for none."""
    if field.location != "body":
        row = next((row for row in endpoint.parameters if row["name"] == field.wire_name), {})
        at = str(row.get("at", ""))
        return (catalog.follow(f"{at}/schema")[0] if "schema" in row else ""), at
    holder = catalog.schema_at(endpoint.request, endpoint.operation.body_at or "")
    place = catalog.properties(holder).get(field.wire_name) if holder else None
    return (place or ""), ""


def _statements(catalog: Catalog, values: Mapping[str, Any], at: str) -> Iterator[StatedFact]:
    """Yield each fact of an object that a document states, with its value; None for the object as a whole."""
    node = catalog.follow(at)[1] if at else {}
    if at in catalog.evidence:
        yield StatedFact("presence", None, tuple(catalog.evidence[at]))
    for name in node:
        if name not in _ADVICE and (sources := catalog.evidence.get(f"{at}/{name}")):
            yield StatedFact(name, values.get(name), tuple(sources))


def _required(catalog: Catalog, at: str) -> Iterator[StatedFact]:
    """Yield who states that a property is required; it stands in the object around it."""
    above, _, name = at.rpartition("/properties/")
    if not above:
        return
    required = catalog.follow(above)[1].get("required", ())
    (key,) = parts(f"/{name}")
    if key in required and (sources := catalog.evidence.get(f"{above}/required/{required.index(key)}")):
        yield StatedFact("required", True, tuple(sources))


def _errors(catalog: Catalog, endpoint: Endpoint) -> Iterator[ErrorFacts]:
    """Yield the documented codes of an operation: those of the whole service, and those that name the operation."""
    operation_id = endpoint.node.get("operationId")
    for code, row in catalog.codes.items():
        if operation_id in row.get("operations", (operation_id,)):
            yield _error(catalog, code, "in-band", row)
    responses = endpoint.node.get("responses", {})
    for status, row in catalog.statuses.items():
        if operation_id in row.get("operations", (operation_id,)) and (not responses or status in responses):
            yield _error(catalog, status, "http", row)


def _error(catalog: Catalog, code: str, channel: str, row: Mapping[str, Any]) -> ErrorFacts:
    table = "http" if channel == "http" else "codes"
    sources = tuple(catalog.evidence.get(f"/x-error-codes/{table}/{code}", ()))
    texts = (row.get("cause", ""), row.get("advice", ""))
    return ErrorFacts(code, channel, row["error"], row.get("meaning", ""), row.get("retry", "never"), sources, *texts)
