"""The intermediate model → the contract tests of the generated package, with each OpenAPI document as their oracle.

Which operations, arguments and names there are is taken from the model. What they accept is read from the document
once more, by an oracle that follows references and pointers by itself (`oracle`), so that a mistake of the generator
does not repeat itself in the tests of its output.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from codegen import VERSION
from codegen.contracts.general import ContractPages
from codegen.contracts.modules import OperationModule, ServiceModules
from codegen.contracts.oracle_samples import Unsampled
from codegen.contracts.rows import FILES
from codegen.contracts.service_modules import client_module, enum_module, enum_module_name, failures_module
from codegen.faults import Fault
from codegen.openapi.document import printable
from codegen.openapi.walk import BY_NAME, DATA
from codegen.python.model import OperationModel, PackageModel, ServiceModel
from codegen.python.read import deep_calls
from codegen.python.text import Docstring, Literal, finalize

PAYLOADS = "test__payloads.py"
"""The module about what a service sends on its own."""
_TEMPLATES = Path(__file__).parent / "templates"
OPERATIONS = "test__operations.py"
"""The module about all operations of a service. No operation has a name that begins with an underscore."""
_WIDTH = 160
"""Characters of a line of the catalog that the suite reads."""
_SHARED = tuple(
    f"{name}.py" for name in ("rows", "contracts", "support", "oracle", "conftest", "undocumented", "files", "sockets")
)
_TEXT = frozenset({"description", "summary", "externalDocs", "x-disputed", "x-traits", "x-prompting", "x-vendor"})
"""What a document tells people only: a changed sentence is not a changed contract."""


def render(model: PackageModel, untested: list[Fault] | None = None) -> dict[str, str]:
    """Return every file of the suite by its path in the output (contract_tests/…), not formatted yet.

    What has no test is added to `untested`, with the reason.
    """
    with deep_calls():
        return _render(model, [] if untested is None else untested)


def _render(model: PackageModel, untested: list[Fault]) -> dict[str, str]:
    files = {"__init__.py": _print("package_init.py")}
    services = [service for service in model.services if is_overlaid(service)]
    shared = _SHARED if services else ()
    values = {"package": model.name, "client": Literal(f"wondergen/{VERSION}"), "files": tuple(map(Literal, FILES))}
    files |= {name: _print(name, **values) for name in shared}
    others = [service for service in model.services if service not in services]
    if others or any(_has_urls(operation) for service in services for operation in service.operations):
        agent = Docstring.of(f"wondergen/{VERSION}")
        files["general.py"] = _print("general.py", package=model.name, agent=agent)
    for service in others:
        files |= {f"{service.module}/{name}": content for name, content in _general(service, untested).items()}
    for service in services:
        modules = ServiceModules(model, service)
        files[f"catalog/{service.module}.json"] = f"{_json(without_text(modules.sampler.oracle.document))}\n"
        files |= {f"{service.module}/{name}": content for name, content in _service(modules, untested).items()}
    return {f"contract_tests/{path}": content for path, content in sorted(files.items())}


def is_overlaid(service: ServiceModel) -> bool:
    """Return whether an overlay says more of a service than OpenAPI does: then its suite is that of tasks."""
    plain = all(_is_plain(operation) and _has_plain_task(operation) for operation in service.operations)
    overlaid = service.envelope is not None or any(operation.media for operation in service.operations)
    return bool(service.operations) and overlaid and plain and (service.keys_required or not service.credentials)


def _is_plain(operation: OperationModel) -> bool:
    """Return whether an operation takes JSON and simple parameters, and gives an object."""
    body = operation.body is None or (operation.body.media == "application/json" and not operation.body.choices)
    simple = all(
        item.location in ("body", "path", "query", "header") and not item.content and not item.nullable
        for item in operation.parameters
    )
    return body and simple and operation.reply.kind == "model" and operation.reply.accept == "application/json"


def _has_plain_task(operation: OperationModel) -> bool:
    """Return whether the reports on a task say all of it, in their bodies."""
    task = operation.task
    if operation.encoded:
        return False
    return task is None or (
        task.id.startswith("/")
        and task.status.startswith("/")
        and task.error is None
        and task.content is None
        and "null" not in task.states
    )


def _general(service: ServiceModel, untested: list[Fault]) -> dict[str, str]:
    """Return the suite of a service about which nobody says more than its document."""
    pages = ContractPages(service, untested)
    files = {"__init__.py": ""}
    if service.operations:
        files[OPERATIONS] = _print("general_operations.py", page=pages.operations())
    if service.payloads or not service.operations:
        files[PAYLOADS] = _print("general_payloads.py", page=pages.payloads())
    for operation in service.operations:
        page = pages.of(operation)
        if page is not None:
            files[f"test_{operation.constant.lower()}.py"] = _print("general_operation.py", page=page)
    return files


def _has_urls(operation: OperationModel) -> bool:
    """Return whether the reply to a submit says at which URL its task is asked for: no operation reports on it."""
    return operation.task is not None and not operation.task.poll


def without_text(node: Any) -> Any:
    """Return a copy of a document without the text that is for people."""
    if isinstance(node, list):
        return [without_text(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    copied: dict[str, Any] = {}
    for key, value in node.items():
        if key in DATA and not (key == "examples" and isinstance(value, Mapping)):
            copied[key] = value
        elif key in BY_NAME and isinstance(value, Mapping):
            copied[key] = {name: without_text(item) for name, item in value.items()}
        elif key not in _TEXT:
            copied[key] = without_text(value)
    return copied


def _json(value: Any, indent: int = 0, *, ordered: bool = False) -> str:
    """Return JSON with sorted keys, and what fits a line on one line: a schema more is a line more.

    Paths keep the order of the document, so that another path for an operation moves nothing.
    """
    line = json.dumps(value, ensure_ascii=False, sort_keys=not ordered)
    if len(line) + indent < _WIDTH or not isinstance(value, (dict, list)):
        return line
    if isinstance(value, dict):
        rows = [
            f"{json.dumps(key, ensure_ascii=False)}: {_json(value[key], indent + 1, ordered=key == 'paths')}"
            for key in (value if ordered else sorted(value))
        ]
    else:
        rows = [_json(item, indent + 1) for item in value]
    start, end = "{}" if isinstance(value, dict) else "[]"
    inner = ",\n".join(" " * (indent + 1) + row for row in rows)
    return f"{start}\n{inner}\n{' ' * indent}{end}"


def _service(modules: ServiceModules, untested: list[Fault]) -> dict[str, str]:
    failures = failures_module(modules)
    unproven: list[Fault] = []
    proven = dict(_operations(modules, [str(name) for name, _ in failures.tables], unproven))
    if not proven and any(map(_has_urls, modules.service.operations)):
        return _general(modules.service, untested)
    untested += unproven
    if not proven:
        return {}
    files = {f"{module.name}.py": _print("operation.py", module=module) for module in proven.values()}
    if failures.tables:
        files["failures.py"] = _print("failures.py", module=failures)
    operations = [operation for operation in modules.service.operations if operation.operation_id in proven]
    for enum in modules.service.enums:
        enum_tests = enum_module(modules, enum, operations)
        if enum_tests is not None:
            files[f"{enum_module_name(enum)}.py"] = _print("test_enum.py", module=enum_tests)
    pages = ContractPages(modules.service, untested)
    for operation in modules.service.operations:
        if _has_urls(operation) and (page := pages.of(operation)) is not None:
            files[f"test_{operation.constant.lower()}.py"] = _print("general_operation.py", page=page)
    client = client_module(modules, min(operations, key=lambda one: (bool(one.server), one.kind != "query", one.name)))
    files["__init__.py"] = _print("service_init.py", module=client)
    files["conftest.py"] = _print("service_conftest.py", module=client)
    files["test_client.py"] = _print("test_client.py", module=client)
    return files


def _operations(
    modules: ServiceModules, tables: list[str], unproven: list[Fault]
) -> Iterator[tuple[str, OperationModule]]:
    """Yield the operations for which a call can be composed; add the others to `unproven`."""
    proven: dict[str, OperationModule] = {}
    # Those that report on tasks come first: the modules of the others use theirs.
    for operation in sorted(modules.service.operations, key=lambda operation: operation.task is not None):
        try:
            if operation.task is not None and operation.task.poll not in proven:
                raise Unsampled(f"the reports on its tasks, by {operation.task.poll}")
            proven[operation.operation_id] = modules.operation(operation, tables)
        except Unsampled as error:
            if not _has_urls(operation):
                problem = printable(f"has no contract test: no value was found for {str(error)[:200]}")
                unproven.append(Fault(modules.service.file, operation.pointer, problem, "give it an example"))
    yield from proven.items()


@cache
def _templates() -> Environment:
    """Return the templates. They print identifiers, literals and docstrings; anything else is an error."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _print(name: str, **values: Any) -> str:
    """Return the text of one file."""
    return _templates().get_template(f"{name}.jinja").render(values)


__all__ = ["OPERATIONS", "PAYLOADS", "render"]
