"""The pages on which all methods of a service stand side by side: their options, their choices, their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from codegen.contracts.pages import ServicePages, in_import_order
from codegen.contracts.service_pages import module_name
from codegen.python.model import OperationModel, Parameter
from codegen.python.text import Docstring, Identifier, Literal

_PAID_SECONDS = 120.0
_QUERY_SECONDS = 30.0
"""What the client promises where the caller says nothing: written down a second time, as the other side of the test."""
_JOURNAL = {"submit": "accepted", "generate": "finished", "query": None}


@dataclass(frozen=True)
class MethodRow:
    module: Identifier
    seconds: Literal
    journal: Literal


@dataclass(frozen=True)
class OptionsPage:
    """What every method takes beside its parameters."""

    title: Docstring
    modules: tuple[Identifier, ...]
    methods: tuple[MethodRow, ...]


def options_page(pages: ServicePages, proven: Sequence[OperationModel]) -> OptionsPage:
    """The page of the options of each call."""
    rows = [
        MethodRow(
            module_name(operation),
            Literal(_QUERY_SECONDS if operation.kind == "query" else _PAID_SECONDS),
            Literal(_JOURNAL[operation.kind]),
        )
        for operation in proven
    ]
    return OptionsPage(_title(pages), _modules(proven), tuple(rows))


@dataclass(frozen=True)
class ChoicesRow:
    module: Identifier
    own: Literal
    wire_names: Literal | None


@dataclass(frozen=True)
class ChoicesPage:
    """The choices of each method, next to those of the others."""

    title: Docstring
    package: Identifier
    modules: tuple[Identifier, ...]
    known: Literal
    methods: tuple[ChoicesRow, ...]


def choices_page(pages: ServicePages, proven: Sequence[OperationModel]) -> ChoicesPage | None:
    """The page of the choices; None where no method has any."""
    own = {operation.qualified: dict(_choices(pages, operation)) for operation in proven}
    chosen = [operation for operation in proven if own[operation.qualified]]
    if not chosen:
        return None
    known: dict[str, dict[Any, None]] = {}
    for choices in own.values():
        for name, values in choices.items():
            known.setdefault(name, {}).update(dict.fromkeys(values))
    rows = []
    for operation in chosen:
        choices = own[operation.qualified]
        wire_names = {str(parameter.name): parameter.wire_name for parameter in operation.parameters}
        names = {name: wire_names[name] for name in choices if wire_names[name] != name}
        rows.append(ChoicesRow(module_name(operation), Literal(choices), Literal(names) if names else None))
    return ChoicesPage(
        title=_title(pages),
        package=pages.package.name,
        modules=_modules(chosen),
        known=Literal({name: tuple(values) for name, values in sorted(known.items())}),
        methods=tuple(rows),
    )


def _choices(pages: ServicePages, operation: OperationModel) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The parameters in the body that have one of a list of texts or of numbers."""
    for parameter in operation.parameters:
        values = _enum(pages, parameter) if parameter.location == "body" else ()
        kinds = {type(value) for value in values}
        if kinds in ({str}, {int}):
            yield str(parameter.name), values


def _enum(pages: ServicePages, parameter: Parameter) -> tuple[Any, ...]:
    _, schema = pages.sampler.oracle.schema(parameter.pointer)
    return tuple(value for value in schema.get("enum", ()) if value is not None)


@dataclass(frozen=True)
class MadeRow:
    module: Identifier
    polls: bool
    media: Literal
    placed: Literal
    host: Literal
    hosts: Literal | None


@dataclass(frozen=True)
class FilesPage:
    """What becomes of the files of each result."""

    title: Docstring
    package: Identifier
    modules: tuple[Identifier, ...]
    results: tuple[MadeRow, ...]
    are_placed: bool
    are_bound: bool

    @property
    def errors(self) -> tuple[Identifier, ...]:
        """The error classes the module names."""
        named = {"DownloadError"} if self.are_placed else set()
        return in_import_order(named | ({"UntrustedHost"} if self.are_bound else set()))


def files_page(pages: ServicePages, proven: Sequence[OperationModel]) -> FilesPage | None:
    """The page of the files; None where nothing makes any."""
    rows = []
    making = []
    for operation in proven:
        urls = pages.answerer.urls(operation, pages.answerer.result(operation)) if operation.media else []
        hosts = {urlsplit(url).netloc for url in urls}
        if operation.kind == "query" or len(hosts) != 1:
            continue
        making.append(operation)
        rows.append(
            MadeRow(
                module=module_name(operation),
                polls=operation.task is not None,
                media=Literal(operation.media),
                placed=Literal(bool(operation.assets_at)),
                host=Literal(hosts.pop()),
                hosts=Literal(tuple(operation.hosts)) if operation.hosts else None,
            )
        )
    if not rows:
        return None
    return FilesPage(
        title=_title(pages),
        package=pages.package.name,
        modules=_modules(making),
        results=tuple(rows),
        are_placed=any(operation.assets_at for operation in making),
        are_bound=any(operation.hosts for operation in making),
    )


@dataclass(frozen=True)
class LifeRow:
    module: Identifier
    needed: Literal
    status_at: Literal
    result_at: Literal
    is_text: Literal
    files_at: Literal | None
    """Where the result has its files, if that is not at its top."""


@dataclass(frozen=True)
class TasksPage:
    """What every task survives."""

    title: Docstring
    modules: tuple[Identifier, ...]
    lives: tuple[LifeRow, ...]


def tasks_page(pages: ServicePages, proven: Sequence[OperationModel]) -> TasksPage | None:
    """The page of the tasks; None where nothing starts one whose result is an object in the report."""
    envelope = pages.service.envelope
    rows = []
    for operation in proven:
        task = operation.task
        if task is None or task.result is None or not isinstance(pages.answerer.result(operation), dict):
            continue
        needed = (*(() if envelope is None else (envelope.code,)), task.id, task.status, task.result)
        module = module_name(operation)
        places = (Literal(needed), Literal(task.status), Literal(task.result))
        deep = any(at.count("/") > 1 for at in operation.assets_at)
        files_at = Literal(operation.assets_at) if deep else None
        rows.append(LifeRow(module, *places, is_text=Literal(task.result_is_text), files_at=files_at))
    modules = in_import_order(str(row.module) for row in rows)
    return TasksPage(_title(pages), modules, tuple(rows)) if rows else None


def _title(pages: ServicePages) -> Docstring:
    return Docstring.of(str(pages.service.client))


def _modules(operations: Iterable[OperationModel]) -> tuple[Identifier, ...]:
    return in_import_order(str(module_name(operation)) for operation in operations)
