"""The pages about a whole service: shared failures, the constructor, named numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from codegen.contracts.calls import Caller, auth_value, canary
from codegen.contracts.facts import request_facts
from codegen.contracts.oracle import join
from codegen.contracts.pages import ServicePages, in_import_order
from codegen.contracts.rows import Anchors, FailureRow, Proof
from codegen.python import names
from codegen.python.model import NamedEnum, OperationModel
from codegen.python.text import Docstring, Identifier, Literal


@dataclass(frozen=True)
class FailuresPage:
    """The failures that every operation of a service shares."""

    title: Docstring
    package: Identifier
    anchors: tuple[tuple[Identifier, Any], ...]
    tables: tuple[tuple[Identifier, tuple[FailureRow, ...]], ...]

    @property
    def errors(self) -> tuple[Identifier, ...]:
        return in_import_order({str(row.error) for _, rows in self.tables for row in rows})


def failures_page(pages: ServicePages) -> FailuresPage:
    """The page of the shared failures; its tables are those that have rows."""
    service = pages.service
    anchors = Anchors({"DOCUMENT": "", "ERRORS": "/x-error-codes"})
    kinds = {operation.kind for operation in service.operations}
    operations = list(service.operations)
    codes = pages.failures.codes(service.errors, operations, anchors)
    tables = {"CODES": codes + pages.failures.strange_codes(operations, anchors)}
    if kinds & {"submit", "generate"}:
        tables["PAID_STATUSES"] = pages.failures.statuses(service.errors, paid=True, anchors=anchors)
    if "query" in kinds:
        tables["QUERY_STATUSES"] = pages.failures.statuses(service.errors, paid=False, anchors=anchors)
    named = tuple((Identifier(name), tuple(rows)) for name, rows in tables.items() if rows)
    return FailuresPage(Docstring.of(str(service.client)), pages.package.name, anchors.printed(), named)


@dataclass(frozen=True)
class CredentialRow:
    argument: Literal
    variable: Literal
    other: Literal
    headers: Literal


@dataclass(frozen=True)
class HeaderRow:
    argument: Literal
    header: Literal
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class ClientPage:
    """What is true of the whole client."""

    title: Docstring
    package: Identifier
    service: Literal
    client: Identifier
    async_client: Identifier
    clients: tuple[Identifier, ...]
    """Both, as import sorting wants them."""
    count: Literal
    secrets: Literal
    credentials: tuple[CredentialRow, ...]
    client_headers: tuple[HeaderRow, ...]
    auth_headers: Literal
    methods: Literal
    anchors: tuple[tuple[Identifier, Any], ...]
    sample_module: Identifier
    base_path: Literal


def client_page(pages: ServicePages, sample: OperationModel) -> ClientPage:
    """The page of the constructor; its tests call the sample operation."""
    service = pages.service
    rows = []
    anchors = Anchors({"DOCUMENT": "", "PATHS": "/paths"})
    for credential in service.credentials:
        other = "canary-other"
        headers = {
            header.header.lower(): auth_value(header, {str(credential.argument): other})
            for header in service.auth
            if credential.argument in header.credentials
        }
        argument, variable = Literal(str(credential.argument)), Literal(credential.variable)
        rows.append(CredentialRow(argument, variable, Literal(other), Literal(headers)))
    methods = [(operation.qualified, [str(p.name) for p in operation.parameters]) for operation in service.operations]
    return ClientPage(
        title=Docstring.of(str(service.client)),
        package=pages.package.name,
        service=Literal(str(service.module)),
        client=service.client,
        async_client=Identifier(f"Async{service.client}"),
        clients=in_import_order([str(service.client), f"Async{service.client}"]),
        count=Literal(len(service.operations)),
        secrets=Literal({item.variable: canary(str(item.argument)) for item in service.credentials}),
        credentials=tuple(rows),
        client_headers=tuple(
            HeaderRow(Literal(str(argument)), Literal(header), anchors.proofs(_header_facts(pages, header)))
            for header, argument in service.client_headers.items()
        ),
        anchors=anchors.printed(),
        auth_headers=Literal(sorted(header.header for header in service.auth)),
        methods=Literal(methods),
        sample_module=module_name(sample),
        base_path=Literal(urlsplit(service.base_url).path.rstrip("/")),
    )


def _header_facts(pages: ServicePages, header: str) -> Iterator[str]:
    """Every statement that the header is sent, and as what."""
    for operation in pages.service.operations:
        for place, node in Caller(pages.service, operation, pages.sampler).client_headers():
            if node.get("name") == header:
                yield from (
                    place,
                    *(
                        fact
                        for fact in request_facts(pages.sampler.oracle, join(place, "schema"))
                        if not fact.endswith("/default")
                    ),
                )


def module_name(operation: OperationModel) -> Identifier:
    """The test module of an operation."""
    return Identifier(f"test_{operation.group}_{operation.name}" if operation.group else f"test_{operation.name}")


@dataclass(frozen=True)
class EnumPage:
    """Names for the numbers of one parameter."""

    title: Docstring
    package: Identifier
    module: Identifier
    name: Identifier
    members: tuple[tuple[Literal, Literal], ...]
    parameter: Literal
    wire_name: Literal
    sample_module: Identifier


def enum_page(pages: ServicePages, enum: NamedEnum, proven: Iterable[OperationModel]) -> EnumPage | None:
    """The page of one named enum, tried on the first parameter that has it; None where no body has."""
    for operation in proven:
        for parameter in operation.parameters:
            if parameter.location == "body" and enum.name in parameter.annotation.names:
                return EnumPage(
                    title=Docstring.of(f"{pages.service.client}: {enum.name}"),
                    package=pages.package.name,
                    module=pages.service.module,
                    name=enum.name,
                    members=tuple((Literal(str(name)), Literal(number)) for name, number in enum.members),
                    parameter=Literal(str(parameter.name)),
                    wire_name=Literal(parameter.wire_name),
                    sample_module=module_name(operation),
                )
    return None


def enum_module(enum: NamedEnum) -> Identifier:
    """The test module of a named enum."""
    return Identifier(f"test_names_of_{names.snake(enum.name)}")
