"""The intermediate model → every file of the output: package, runtime and contract tests; checked and written."""

from __future__ import annotations

from pathlib import Path

from codegen import extras, testkit
from codegen.python import docstrings, output, proofs, pydantic_models, twin
from codegen.python import render as templates
from codegen.python.model import PackageModel, ServiceModel

MARKER = ".generated"
"""The file by which the generator knows a folder as its own."""
HEADER = "# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.\n"


def render(model: PackageModel) -> dict[str, str]:
    """Every file of the output by its path, not formatted yet: the package and its contract tests."""
    return package_files(model) | _marked(proofs.render(model))


def package_files(model: PackageModel) -> dict[str, str]:
    """Every file of the package, its runtime and its test kit included, not formatted yet."""
    package = str(model.name)
    files = {f"{package}/__init__.py": templates.package_init(model), f"{package}/py.typed": ""}
    files |= {f"{package}/_runtime/{name}": source for name, source in twin.runtime_files().items()}
    files |= {f"{package}/{name}": source for name, source in extras.files().items()}
    files |= {f"{package}/{name}": source for name, source in testkit.files(model).items()}
    for service in model.services:
        files |= {f"{package}/{service.module}/{name}": source for name, source in _service(service).items()}
    return _marked(files)


def _marked(files: dict[str, str]) -> dict[str, str]:
    """The same files, each Python file with its first line, each top folder with its marker."""
    marked = {path: _with_header(path, source) for path, source in files.items()}
    return marked | {f"{folder}/{MARKER}": HEADER for folder in sorted({path.partition("/")[0] for path in files})}


def formatted(files: dict[str, str]) -> dict[str, str]:
    """The same files as they are written: formatted, parsed again, each held against what it may consist of."""
    return output.formatted(files)


def write(files: dict[str, str], output_folder: Path) -> None:
    """Replace the generated folders under `output_folder`, all or nothing."""
    output.replace(formatted(files), output_folder, MARKER)


def _service(service: ServiceModel) -> dict[str, str]:
    files = templates.service_files(service)
    if source := pydantic_models.arguments(service):
        files["arguments.py"] = templates.module_doc(docstrings.arguments_module(service)) + source
    if source := pydantic_models.replies(service):
        files["models.py"] = templates.module_doc(docstrings.models_module(service)) + source
    return files


def _with_header(path: str, source: str) -> str:
    return HEADER + source if path.endswith(".py") and not source.startswith(HEADER) else source
