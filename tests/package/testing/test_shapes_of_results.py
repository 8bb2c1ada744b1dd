"""Stand-ins put the files of a result, and what a report says, wherever `x-task` points in whatever schema is there."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from codegen import assemble
from codegen.python.read import read_catalog
from tests.shared import importable, made_once

PACKAGE = "shapes_of_the_tests"
TEXT: Any = {"type": "string", "format": "uri"}
FILE: Any = {
    "type": "object",
    "required": ["url", "width"],
    "properties": {"url": TEXT, "width": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
OTHER: Any = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"type": "string", "const": "other"}},
    "additionalProperties": False,
}


def of(name: str, schema: Any) -> Any:
    """Return the schema of an object with one field."""
    return {"type": "object", "properties": {name: schema}}


def listed(schema: Any) -> Any:
    return {"type": "array", "items": schema}


def mapped(schema: Any) -> Any:
    return {"type": "object", "additionalProperties": schema}


def or_null(schema: Any) -> Any:
    return {"anyOf": [{"type": "null"}, schema]}


RESULTS: dict[str, tuple[Any, list[str], int]] = {
    "text": (of("url", TEXT), ["/url"], 1),
    "text itself": (TEXT, [""], 1),
    "nullable text": (of("url", {"type": ["string", "null"]}), ["/url"], 1),
    "text or null": (of("url", or_null(TEXT)), ["/url"], 1),
    "texts": (of("urls", listed(TEXT)), ["/urls"], 2),
    "every text": (of("urls", listed(TEXT)), ["/urls/*"], 2),
    "text or texts": (of("output", {"oneOf": [TEXT, listed(TEXT)]}), ["/output"], 2),
    "objects": (of("files", listed(FILE)), ["/files"], 2),
    "field of each object": (of("files", listed(FILE)), ["/files/*/url"], 2),
    "field of the first object": (of("files", listed(FILE)), ["/files/0/url"], 1),
    "field of the second object": (of("files", listed(FILE)), ["/files/1/url"], 1),
    "list itself": (listed(FILE), ["/*/url"], 2),
    "texts of each object": (of("files", listed(of("urls", listed(TEXT)))), ["/files/*/urls"], 2),
    "two fields of each": (listed(of("a", TEXT) | {"properties": {"a": TEXT, "b": TEXT}}), ["/*/a", "/*/b"], 2),
    "nested": (of("a", or_null(of("b", of("c", TEXT)))), ["/a/b/c"], 1),
    "map": (of("files", mapped(TEXT)), ["/files"], 2),
    "values of a map": (of("files", mapped(FILE)), ["/files/*/url"], 2),
    "second of a union": (of("item", {"oneOf": [OTHER, FILE]}), ["/item/url"], 1),
    "composed": (of("item", {"allOf": [of("name", {"type": "string"}), of("url", TEXT)]}), ["/item/url"], 1),
    "anything": ({}, ["/video/url"], 2),
    "text in text": (
        {"type": "string", "contentMediaType": "application/json", "contentSchema": of("url", TEXT)},
        ["/url"],
        1,
    ),
    "text in text that no schema describes": ({"type": "string"}, ["/url"], 2),
    "nowhere stated": (of("url", TEXT), [], 1),
    "nowhere stated, objects": (of("files", listed(FILE)), [], 2),
}
"""Where files may be → the schema of the result, the pointers to its files, and how many of two files it can hold."""
JOB: Any = {"type": "object", "required": ["id", "state"], "properties": {"id": {"type": "integer"}}}
STATES: Any = {"type": "string", "enum": ["waiting", "done", "broken"]}
DONE: Any = {
    "type": "object",
    "required": ["state", "url"],
    "properties": {"state": {"type": "string", "const": "done"}, "url": TEXT, "id": {"type": "string"}},
}
RUNNING: Any = {
    "type": "object",
    "required": ["state", "percent"],
    "properties": {"state": {"enum": ["waiting", "broken"]}, "percent": {"type": "number"}},
}
REPORTS: dict[str, tuple[Any, dict[str, str]]] = {
    "below an object that may be left out": (
        of("job", JOB | {"properties": {"id": {"type": "integer"}, "state": STATES, "share": {"type": "number"}}}),
        {"status": "/job/state", "progress": "/job/share"},
    ),
    "first of a list": (
        of("jobs", listed(JOB | {"properties": {"id": {}, "state": STATES, "error": of("text", {"type": "string"})}})),
        {"status": "/jobs/0/state", "reason": "/jobs/0/error/text"},
    ),
    "one schema for each state": ({"oneOf": [DONE, RUNNING]}, {"status": "/state", "progress": "/percent"}),
}
"""Where a report says how a task stands → its schema, the pointers."""


def document() -> dict[str, Any]:
    """Return a document with an operation for each row of the tables."""
    paths: dict[str, Any] = {}
    for number, (schema, at, _) in enumerate(RESULTS.values()):
        report = {
            "type": "object",
            "required": ["state"],
            "properties": {"state": STATES, "output": schema},
        }
        reply = {"status": "/state", "result": "/output"}
        _add(paths, f"result{number}", report, {"reply": reply, "assets": {"at": at, "media": "image"}})
    for number, (report, reply) in enumerate(REPORTS.values()):
        _add(paths, f"report{number}", report, {"reply": {**reply, "result": ""}, "assets": {"media": "image"}})
    mark = {"type": "string", "pattern": "^[A-Z]{9}$"}
    unmade = {"type": "object", "required": ["mark"], "properties": {"mark": mark, "state": STATES}}
    _add(paths, "unmade", unmade, {"reply": {"status": "/state", "result": ""}, "assets": {"media": "image"}})
    for number, (schema, at, _) in enumerate(RESULTS.values()):
        task = {"kind": "generate", "reply": {"result": "/made"}, "assets": {"at": at, "media": "image"}}
        answer = {"type": "object", "properties": {"made": schema}}
        paths[f"/made{number}"] = {"post": _operation(f"made{number}", answer) | {"x-task": task}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shapes", "version": "1"},
        "servers": [{"url": "https://shapes.example"}],
        "x-python": {"client": "Shapes"},
        "paths": paths,
    }


def _operation(name: str, schema: Any) -> dict[str, Any]:
    answer = {"description": "ok", "content": {"application/json": {"schema": schema}}}
    return {"operationId": name, "responses": {"200": answer}}


def _add(paths: dict[str, Any], name: str, report: Any, task: dict[str, Any]) -> None:
    """Add an operation that starts a task and the one that reports on it."""
    states = {"waiting": "running", "done": "succeeded", "broken": "failed"}
    task = {"kind": "submit", "id": "/id", "result": f"{name}_report", "states": states, **task}
    paths[f"/{name}"] = {"post": _operation(name, of("id", {"type": "string"})) | {"x-task": task}}
    parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    paths[f"/{name}/{{id}}"] = {"get": _operation(f"{name}_report", report) | {"parameters": [parameter]}}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Generate the package of the document."""

    def generate(folder: Path) -> None:
        catalog = folder.with_name(f"{folder.name}-catalog")
        catalog.mkdir()
        (catalog / "shapes.json").write_text(json.dumps(document()), encoding="utf-8")
        model = read_catalog(catalog, PACKAGE, "1.2.3")
        assert [service.refused for service in model.services if service.refused] == []
        assemble.write(assemble.package_files(model), folder)

    folder = made_once(tmp_path_factory, "shapes", generate)
    with importable(folder):
        yield importlib.import_module(PACKAGE)


@pytest.fixture(scope="module")
def server(package: ModuleType) -> Iterator[Any]:
    offline = importlib.import_module(f"{PACKAGE}.offline")
    with offline.running(offline.Settings(task_seconds=0)) as made:
        yield made


@pytest.mark.parametrize("name", RESULTS)
def test_the_fake_puts_files_where_the_pointer_leads(package: ModuleType, name: str, tmp_path: Path) -> None:
    index, (_, _, most) = list(RESULTS).index(name), RESULTS[name]
    with importlib.import_module(f"{PACKAGE}.testing").Fake() as fake, package.Shapes() as client:
        getattr(fake.shapes, f"result{index}").succeeds(files=2)
        result = getattr(client, f"result{index}")().wait()
        assert len(result.urls) == most, result.raw
        assert len(result.save(tmp_path)) == most
        getattr(fake.shapes, f"made{index}").succeeds(files=2)
        assert len(getattr(client, f"made{index}")().urls) == most


@pytest.mark.parametrize("name", RESULTS)
def test_the_offline_upstream_puts_files_where_the_pointer_leads(
    package: ModuleType, server: Any, name: str, tmp_path: Path
) -> None:
    index = list(RESULTS).index(name)
    with package.Shapes(base_url=server.base_url("shapes"), max_retries=0) as client:
        result = getattr(client, f"result{index}")().wait(first_interval=0.001)
        assert len(result.save(tmp_path)) == 1
        assert len(getattr(client, f"made{index}")().urls) == 1


@pytest.mark.parametrize("name", REPORTS)
def test_the_fake_says_how_a_task_stands_where_the_pointer_leads(package: ModuleType, name: str) -> None:
    method = f"report{list(REPORTS).index(name)}"
    with importlib.import_module(f"{PACKAGE}.testing").Fake() as fake, package.Shapes() as client:
        getattr(fake.shapes, method).succeeds(after=3)
        assert getattr(client, method)().wait().raw
        if "reason" in REPORTS[name][1]:
            getattr(fake.shapes, method).fails(reason="too dark")
            with pytest.raises(package.TaskFailed, match="too dark"):
                getattr(client, method)().wait()


def test_a_reply_that_a_stand_in_cannot_make_is_its_own_fault(package: ModuleType, server: Any) -> None:
    kit = importlib.import_module(f"{PACKAGE}.testing")
    with kit.Fake(), package.Shapes() as client, pytest.raises(kit.PlanError, match="unmade: the catalog refuses this"):
        client.unmade().wait()
    words = "a fault of the offline upstream, not of the service: unmade"
    with package.Shapes(base_url=server.base_url("shapes")) as client, pytest.raises(package.ServerError, match=words):
        client.unmade().wait(first_interval=0.001)
