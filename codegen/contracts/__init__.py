"""The intermediate model → the contract tests of the generated package, with each OpenAPI document as their oracle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from codegen import VERSION
from codegen.contracts.documented import documented_page
from codegen.contracts.method_pages import choices_page, files_page, options_page, tasks_page
from codegen.contracts.pages import ServicePages
from codegen.contracts.samples import Unsampled
from codegen.contracts.service_pages import client_page, enum_module, enum_page, failures_page, module_name
from codegen.python.model import OperationModel, PackageModel
from codegen.python.text import Literal, finalize

_TEMPLATES = Path(__file__).parent / "templates"
_SHARED = ("rows.py", "tables.py", "support.py", "oracle.py", "conftest.py", "undocumented.py", "files.py")


def render(model: PackageModel) -> dict[str, str]:
    """Every file of the suite by its path in the output (contract_tests/…), not formatted yet."""
    printer = _Printer()
    files = {"__init__.py": printer.file("package_init.py")}
    files |= {name: printer.file(name, package=model.name, client=Literal(f"wondergen/{VERSION}")) for name in _SHARED}
    for service in model.services:
        pages = ServicePages(model, service)
        text = json.dumps(pages.sampler.oracle.document, ensure_ascii=False, indent=1, sort_keys=True)
        files[f"catalog/{service.module}.json"] = f"{text}\n"
        files |= {f"{service.module}/{name}": content for name, content in _service(printer, pages).items()}
    return {f"contract_tests/{path}": content for path, content in sorted(files.items())}


def _service(printer: _Printer, pages: ServicePages) -> dict[str, str]:
    failures = failures_page(pages)
    tables = [str(name) for name, _ in failures.tables]
    files: dict[str, str] = {}
    proven: list[OperationModel] = []
    for operation in pages.service.operations:
        try:
            page = pages.operation(operation, tables)
        except Unsampled:
            # No call could be composed that the document accepts: the coverage report lists all of it as unproven.
            continue
        files[f"{module_name(operation)}.py"] = printer.file("operation.py", page=page)
        proven.append(operation)
        shown = documented_page(pages, operation, module_name(operation))
        if shown is not None:
            files[f"{module_name(operation)}_as_documented.py"] = printer.file("documented.py", page=shown)
    if not proven:
        return {}
    if failures.tables:
        files["failures.py"] = printer.file("failures.py", page=failures)
    client = client_page(pages, min(proven, key=lambda operation: (operation.kind != "query", operation.name)))
    for enum in pages.service.enums:
        enum_tests = enum_page(pages, enum, proven)
        if enum_tests is not None:
            files[f"{enum_module(enum)}.py"] = printer.file("test_enum.py", page=enum_tests)
    files["test_options_of_every_method.py"] = printer.file("test_options.py", page=options_page(pages, proven))
    choices = choices_page(pages, proven)
    if choices is not None:
        files["test_choices_of_every_method.py"] = printer.file("test_choices.py", page=choices)
    made = files_page(pages, proven)
    if made is not None:
        files["test_files_of_every_result.py"] = printer.file("test_files.py", page=made)
    tasks = tasks_page(pages, proven)
    if tasks is not None:
        files["test_tasks_of_every_method.py"] = printer.file("test_tasks.py", page=tasks)
    files["__init__.py"] = printer.file("service_init.py", page=client)
    files["conftest.py"] = printer.file("service_conftest.py", page=client)
    files["test_client.py"] = printer.file("test_client.py", page=client)
    return files


class _Printer:
    """Fills templates. They print identifiers, literals and docstrings; anything else is an error."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            undefined=StrictUndefined,
            finalize=finalize,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def file(self, name: str, **values: Any) -> str:
        """The text of one file."""
        return self._templates.get_template(f"{name}.jinja").render(values)


__all__ = ["render"]
