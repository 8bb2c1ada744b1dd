"""Tiny OpenAPI documents, built in the test that needs them, and what the generator reads in them."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from codegen.faults import Fault, InputFault
from codegen.python.model import OperationModel, PackageModel, Parameter, ServiceModel
from codegen.python.read import read_catalog

MINI = Path(__file__).with_name("mini.yaml")
"""A document with every feature once."""
ODD = MINI.with_name("odd.yaml")
"""A document that says things in ways that no vendor's does."""


def document(paths: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return the smallest document, or one with these paths."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Painter", "version": "1"},
        "servers": [{"url": "https://api.painter.example"}],
        "paths": {"/paint": {"post": operation()}} if paths is None else paths,
        **more,
    }


def operation(properties: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return an operation `paint`, with these properties in its body. Keys of the body's schema go under `body`."""
    body = {"type": "object", "properties": properties or {}, **more.pop("body", {})}
    return {
        "operationId": "paint",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"200": {"description": "Done.", "content": {"application/json": {"schema": {"type": "object"}}}}},
        **more,
    }


def read(root: dict[str, Any], file: str = "painter.json") -> ServiceModel:
    """Read the service of one document."""
    return read_all({file: root}).services[0]


def read_all(documents: dict[str, Any], package: str = "painters") -> PackageModel:
    """Read the package of several documents. A text is written as it is."""
    with TemporaryDirectory() as folder:
        for name, root in documents.items():
            text = root if isinstance(root, str) else json.dumps(root)
            Path(folder, name).write_text(text, encoding="utf-8", errors="surrogatepass")
        return read_catalog(Path(folder), package, "1.0.0")


def faults(root: Any, file: str = "painter.json") -> list[Fault]:
    """Return what is wrong with a document; at least one thing."""
    try:
        read_all({file: root})
    except InputFault as error:
        return list(error.faults)
    raise AssertionError("the document is accepted")


def only(root: dict[str, Any]) -> OperationModel:
    """Return the one operation of a document."""
    (result,) = read(root).operations
    return result


def parameter(schema: dict[str, Any], **more: Any) -> Parameter:
    """Return the model of one body property."""
    (result,) = only(of_value(schema, **more)).parameters
    return result


GET: dict[str, Any] = {"operationId": "see", "responses": {"200": {"description": "Seen."}}}
"""An operation that takes nothing and says nothing."""


def of_value(schema: Any, **more: Any) -> dict[str, Any]:
    """Return a document with one property in the body of its operation."""
    return document({"/paint": {"post": operation({"value": schema}, **more)}})


def of_get(**more: Any) -> dict[str, Any]:
    """Return a document with the operation `see`, and what is more."""
    return document({"/paint": {"get": {**GET, **more}}})


def of_row(**more: Any) -> dict[str, Any]:
    """Return a document with one query parameter."""
    return of_get(parameters=[{"name": "size", "in": "query", "schema": {"type": "string"}, **more}])
