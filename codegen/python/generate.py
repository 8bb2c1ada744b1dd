"""The intermediate model → the source of the client, one folder a service."""

from __future__ import annotations

from codegen.python import docstrings, index
from codegen.python import render as templates
from codegen.python.model import PackageModel, ServiceModel


def client_files(model: PackageModel) -> dict[str, str]:
    """Return every generated file of the client by its path in the package, not formatted yet."""
    files = {"__init__.py": templates.package_init(model)}
    for service in model.services:
        files |= {f"{service.module}/{name}": source for name, source in _service(service).items()}
    return files


def _service(service: ServiceModel) -> dict[str, str]:
    files = templates.service_files(service) | {"_names.py": index.call_names(service)}
    if service.arguments:
        files["arguments.py"] = templates.module_doc(docstrings.arguments_module(service)) + service.arguments
    if service.inputs:
        files["inputs.py"] = templates.module_doc(docstrings.inputs_module(service)) + service.inputs
    if service.models:
        files["models.py"] = templates.module_doc(docstrings.models_module(service)) + service.models
    return files
