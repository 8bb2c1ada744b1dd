"""The content of the modules about a whole service: its failures, its client, its named numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from codegen.contracts.exchanges import Caller, auth_value, canary
from codegen.contracts.fact_pointers import request_facts
from codegen.contracts.modules import ServiceModules, class_name, in_import_order, module_name
from codegen.contracts.oracle_pointers import join
from codegen.contracts.rows import Anchors, Chunks, FailureRow, Proof
from codegen.python import names
from codegen.python.model import NamedEnum, OperationModel
from codegen.python.text import Docstring, Identifier, Literal


@dataclass(frozen=True)
class FailuresModule:
    """The failures that every operation of a service shares."""

    title: Docstring
    package: Identifier
    anchors: tuple[tuple[Identifier, Chunks], ...]
    tables: tuple[tuple[Identifier, tuple[FailureRow, ...]], ...]

    @property
    def errors(self) -> tuple[Identifier, ...]:
        return in_import_order(str(row.error) for _, rows in self.tables for row in rows)


def failures_module(modules: ServiceModules) -> FailuresModule:
    """Return the module of the shared failures; its tables are those that have rows."""
    service = modules.service
    anchors = Anchors({"DOCUMENT": "", "ERRORS": "/x-error-codes"})
    kinds = {operation.kind for operation in service.operations}
    operations = list(service.operations)
    codes = modules.failures.codes(service.errors, operations, anchors)
    tables = {"CODES": codes + modules.failures.unknown_codes(operations, anchors)}
    if kinds & {"submit", "generate"}:
        tables["PAID_STATUSES"] = modules.failures.statuses(service.errors, paid=True, anchors=anchors)
    if "query" in kinds:
        tables["QUERY_STATUSES"] = modules.failures.statuses(service.errors, paid=False, anchors=anchors)
    named = tuple((Identifier(name), tuple(rows)) for name, rows in tables.items() if rows)
    return FailuresModule(Docstring.of(str(service.client)), modules.package.name, anchors.printed(), named)


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
class ClientModule:
    """The test module of a client: credentials, headers and URLs."""

    title: Docstring
    package: Identifier
    service: Literal
    client: Identifier
    async_client: Identifier
    clients: tuple[Identifier, ...]
    """Both, as import sorting wants them."""
    secrets: Literal
    credentials: tuple[CredentialRow, ...]
    client_headers: tuple[HeaderRow, ...]
    auth_headers: Literal
    anchors: tuple[tuple[Identifier, Chunks], ...]
    sample_module: Identifier
    sample_class: Identifier
    base_path: Literal


def client_module(modules: ServiceModules, sample: OperationModel) -> ClientModule:
    """Return the module of the constructor; its tests call the sample operation."""
    service = modules.service
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
    return ClientModule(
        title=Docstring.of(str(service.client)),
        package=modules.package.name,
        service=Literal(str(service.module)),
        client=service.client,
        async_client=Identifier(f"Async{service.client}"),
        clients=in_import_order([str(service.client), f"Async{service.client}"]),
        secrets=Literal({item.variable: canary(str(item.argument)) for item in service.credentials}),
        credentials=tuple(rows),
        client_headers=tuple(
            HeaderRow(Literal(str(argument)), Literal(header), anchors.proofs(_header_facts(modules, header)))
            for header, argument in service.client_headers.items()
        ),
        anchors=anchors.printed(),
        auth_headers=Literal(sorted(header.header for header in service.auth)),
        sample_module=module_name(sample),
        sample_class=class_name(sample),
        base_path=Literal(urlsplit(service.base_url).path.rstrip("/")),
    )


def _header_facts(modules: ServiceModules, header: str) -> Iterator[str]:
    """Yield every statement that the header is sent, and as what."""
    for operation in modules.service.operations:
        for place, node in Caller(modules.service, operation, modules.sampler).client_headers():
            if node.get("name") == header:
                yield place
                facts = request_facts(modules.sampler.oracle, join(place, "schema"))
                yield from (fact for fact in facts if not fact.endswith("/default"))


@dataclass(frozen=True)
class EnumModule:
    """Names for the numbers of one parameter."""

    title: Docstring
    package: Identifier
    module: Identifier
    name: Identifier
    members: tuple[tuple[Literal, Literal], ...]
    parameter: Literal
    wire_name: Literal
    sample_module: Identifier
    sample_class: Identifier


def enum_module(modules: ServiceModules, enum: NamedEnum, proven: Collection[OperationModel]) -> EnumModule | None:
    """Return the module of a named enum, tried on the first parameter that has it; None where no body has."""
    for operation in proven:
        for parameter in operation.parameters:
            if parameter.location == "body" and enum.name in parameter.annotation.names:
                return EnumModule(
                    title=Docstring.of(f"{modules.service.client}: {enum.name}"),
                    package=modules.package.name,
                    module=modules.service.module,
                    name=enum.name,
                    members=tuple((Literal(str(name)), Literal(number)) for name, number in enum.members),
                    parameter=Literal(str(parameter.name)),
                    wire_name=Literal(parameter.wire_name),
                    sample_module=module_name(operation),
                    sample_class=class_name(operation),
                )
    return None


def enum_module_name(enum: NamedEnum) -> Identifier:
    """Return the name of the test module of a named enum."""
    return Identifier(f"test_names_of_{names.snake(enum.name)}")
