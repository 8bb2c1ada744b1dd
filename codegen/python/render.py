"""The intermediate model → the source of each file of the package, by templates that only print."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from codegen.python import docstrings, names, package_index
from codegen.python.class_source import CLASS
from codegen.python.model import OperationModel, PackageModel, Parameter, ServiceModel, TaskModel
from codegen.python.text import Docstring, Identifier, Literal, finalize


@dataclass(frozen=True)
class Variant:
    """Sync or async: the same templates print both."""

    is_async: bool

    @property
    def folder(self) -> Identifier:
        """Where the runtime of this variant is."""
        return Identifier("aio" if self.is_async else "sync")

    def of(self, name: Identifier | str) -> Identifier:
        """Return a class of this variant: Task or AsyncTask."""
        return Identifier(f"Async{name}" if self.is_async else name)

    def module(self, name: Identifier | str) -> Identifier:
        """Return a module of this variant: client or async_client."""
        return Identifier(f"async_{name}" if self.is_async else name)


VARIANTS = (Variant(is_async=False), Variant(is_async=True))


@dataclass(frozen=True)
class NamedTask:
    """One task lifecycle and the operations that share it."""

    name: Identifier
    spec: TaskModel
    poll: Identifier | None
    content: Identifier | None
    cancel: Identifier | None
    users: tuple[OperationModel, ...]

    @property
    def first(self) -> OperationModel:
        """The operation before which it is defined."""
        return self.users[0]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("codegen.python"),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        autoescape=False,  # the output is Python; `finalize` stands guard
    )
    environment.filters.update(
        literal=Literal,
        identifier=Identifier,
        classname=names.class_name,
        frozen=frozenset,
        dotted=lambda module: "." + ".".join(module),
        returned=_returned,
        item_of=_item_of,
        has_style=_has_style,
    )
    environment.globals.update(docs=docstrings)
    return environment


def _returned(operation: OperationModel, variant: Variant) -> Identifier:
    """Return the annotation of what a method returns."""
    if operation.kind == "submit":
        return _source(f"{variant.of('Task')}[_results.{variant.of(operation.returns)}]")
    if operation.media:
        return _source(f"_results.{variant.of(operation.returns)}")
    if operation.reply.kind == "model":
        return _source(f"models.{operation.returns}")
    return _source(operation.reply.type.replace(CLASS, "models."))


def _item_of(operation: OperationModel) -> Identifier:
    """Return the annotation of what the iterator of a method gives."""
    assert operation.pages is not None
    return _source(operation.pages.type.replace(CLASS, "models."))


def _source(text: str) -> Identifier:
    identifier = str.__new__(Identifier, text)
    ast.parse(text, mode="eval")
    return identifier


_USUAL = {"path": ("simple", False), "query": ("form", True), "header": ("simple", False), "cookie": ("form", True)}


def _has_style(parameter: Parameter) -> bool:
    """Return whether a parameter is written in another way than is usual for its place."""
    usual = _USUAL.get(parameter.location, ("", True))
    return (parameter.style, parameter.explode) != usual and bool(parameter.style)


def _print(template: str, **context: Any) -> str:
    return _environment().get_template(f"{template}.jinja").render(**context) + "\n"


def package_init(model: PackageModel) -> str:
    """Render `__init__.py` of the package: everything by name, nothing imported before its use."""
    exports: list[tuple[Identifier, tuple[Identifier, ...]]] = []
    for service in model.services:
        exports += [(variant.of(service.client), (service.module,)) for variant in VARIANTS]
    runtime = Identifier("_runtime")
    for variant in VARIANTS:
        exports.append((variant.of("Task"), (runtime, variant.folder, Identifier("task"))))
    exports.append((Identifier("TaskStatus"), (runtime, Identifier("operation"))))
    exports.append((Identifier("TaskToken"), (runtime, Identifier("token"))))
    exports.append((Identifier("callback"), (runtime, Identifier("callback"))))
    exports.append((Identifier("CallEvent"), (runtime, Identifier("call_event"))))
    exports.append((Identifier("NULL"), (runtime, Identifier("null_values"))))
    exports += [(Identifier(name), (runtime, Identifier("errors"))) for name in names.ERRORS]
    return _print("init.py", doc=docstrings.package(model), exports=exports, version=model.version)


def service_files(service: ServiceModel) -> dict[str, str]:
    """Return the files of one service by name, but for its pydantic models."""
    files = {
        "__init__.py": _service_init(service),
        "operations.py": _operations(service),
    }
    if results := _results(service.operations):
        submits = [operation for operation in service.operations if operation.kind == "submit"]
        for variant in VARIANTS:
            files[f"{variant.module('results')}.py"] = _print(
                "results.py", service=service, variant=variant, results=results, operations=submits
            )
    if service.enums:
        files["enums.py"] = _print("enums.py", service=service)
    groups = tuple(dict.fromkeys(operation.group for operation in service.operations if operation.group))
    for variant in VARIANTS:
        own = [operation for operation in service.operations if operation.group is None]
        files[f"{variant.module('client')}.py"] = _client("client.py", service, variant, own, groups=groups)
        for group in groups:
            members = [operation for operation in service.operations if operation.group == group]
            files[f"{variant.module(group)}.py"] = _client("group.py", service, variant, members, group=group)
    return files


def _client(
    template: str, service: ServiceModel, variant: Variant, operations: list[OperationModel], **more: Any
) -> str:
    has_results = any(operation.media for operation in service.operations)
    return _print(
        template,
        service=service,
        variant=variant,
        operations=operations,
        has_results=has_results,
        **more,
    )


def _results(operations: Iterable[OperationModel]) -> list[OperationModel]:
    """Return one operation for each class of result, the first that gives it."""
    first: dict[Identifier, OperationModel] = {}
    for operation in operations:
        if operation.media:
            first.setdefault(operation.returns, operation)
    return list(first.values())


def _service_init(service: ServiceModel) -> str:
    exports = [(variant.of(service.client), (variant.module("client"),)) for variant in VARIANTS]
    exports += [(enum.name, (Identifier("enums"),)) for enum in service.enums]
    for operation in _results(service.operations):
        exports += [(variant.of(operation.returns), (variant.module("results"),)) for variant in VARIANTS]
    return _print("init.py", doc=docstrings.service_package(service), exports=exports, version=None)


def _operations(service: ServiceModel) -> str:
    # A task refers to the operation that reports on it, so those come first.
    ordered = sorted(service.operations, key=lambda operation: operation.task is not None)
    has_typed_replies = any(
        operation.error_bodies or operation.reply.by_status or (operation.pages and operation.pages.item)
        for operation in ordered
    )
    return _print(
        "operations.py",
        service=service,
        operations=ordered,
        tasks=_tasks(service, ordered),
        has_typed_replies=has_typed_replies,
    )


def _tasks(service: ServiceModel, ordered: list[OperationModel]) -> list[NamedTask]:
    constants = {operation.operation_id: operation.constant for operation in service.operations}
    taken = set(constants.values())
    groups: list[tuple[Mapping[str, Any], list[OperationModel]]] = []
    for operation in ordered:
        if operation.task is None:
            continue
        life = {key: value for key, value in vars(operation.task).items() if key != "pointer"}
        users = next((users for other, users in groups if other == life), None)
        if users is None:
            groups.append((life, [operation]))
        else:
            users.append(operation)
    tasks = []
    for _, users in groups:
        assert users[0].task is not None
        name = "TASK" if len(groups) == 1 else f"{users[0].constant}_TASK"
        while name in taken:
            name += "_"
        poll, content, cancel = _others(users[0].task, constants)
        tasks.append(NamedTask(Identifier(name), users[0].task, poll, content, cancel, tuple(users)))
    return tasks


def _others(task: TaskModel, constants: Mapping[str, Identifier]) -> list[Identifier | None]:
    """Return the constants of the operations that a task refers to."""
    return [constants[name] if name else None for name in (task.poll, task.content, task.cancel)]


def module_doc(text: Docstring) -> str:
    """Return the docstring of a module that no template prints."""
    return f'"""{finalize(text)}"""\n'


def client_files(model: PackageModel) -> dict[str, str]:
    """Return every generated file of the client by its path in the package, not formatted yet."""
    files = {"__init__.py": package_init(model)}
    for service in model.services:
        files |= {f"{service.module}/{name}": source for name, source in _service(service).items()}
    return files


def _service(service: ServiceModel) -> dict[str, str]:
    files = service_files(service) | {"_names.py": package_index.call_names(service)}
    if service.arguments:
        files["arguments.py"] = module_doc(docstrings.arguments_module(service)) + service.arguments
    if service.inputs:
        files["inputs.py"] = module_doc(docstrings.inputs_module(service)) + service.inputs
    if service.models:
        files["models.py"] = module_doc(docstrings.models_module(service)) + service.models
    return files
