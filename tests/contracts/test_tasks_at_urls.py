"""Tasks whose reply says at which URL they are asked for: their contract tests pass, and fail for a wrong client."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from codegen.contracts.general.polled_tasks import life
from codegen.contracts.oracle import Oracle
from tests.python.support import document, read
from tools.mutants.ignored_keywords import failures, model_of

_TEXT = {"type": "string"}
_KEYS = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "basic": {"type": "http", "scheme": "basic"},
    "token": {"type": "http", "scheme": "bearer"},
}


def _service(scheme: str, base: str, reply: dict[str, Any], **task: Any) -> dict[str, Any]:
    properties = dict.fromkeys(("id", "ask", "fetch", "stop"), _TEXT)
    started = {"type": "object", "properties": properties, "required": ["ask"]}
    start = {
        "operationId": "start",
        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": _TEXT}}}}},
        "responses": {"202": {"description": "Taken.", "content": {"application/json": {"schema": started}}}},
        "x-task": {
            "kind": "submit",
            "status_url": "/ask",
            "reply": {"status": "/state/word", **reply},
            "states": {"new": "queued", "busy": "running", "7": "succeeded", "bad": "failed", "gone": "cancelled"},
            **task,
        },
    }
    components = {"securitySchemes": {scheme: _KEYS[scheme]}}
    paths = {"/jobs": {"post": start}}
    return document(paths, servers=[{"url": base}], security=[{scheme: []}], components=components)


SERVICES = {
    "whole": _service(
        "key", "https://a.example", {}, result_url="/fetch", cancel_url="/stop", assets={"at": ["/files"]}
    ),
    "inside": _service(
        "basic", "https://b.example/v1", {"result": "/out"}, assets={"at": ["/file"], "hosts": [".c.example"]}
    ),
    "headers": _service(
        "key",
        "https://d.example",
        {},
        **{name: f"$response.header.{name}" for name in ("status_url", "result_url", "cancel_url")},
        cancel_method="DELETE",
        assets={"at": ["/files/*/url"]},
    ),
    "anywhere": _service("token", "https://c.example/api/v2", {}, result_url="/fetch", idempotency_header="X-Once"),
}
WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "status url": ("whole", {"status_url": "/id"}),
    "result url": ("whole", {"result_url": "/ask"}),
    "cancel url": ("whole", {"cancel_url": "/ask"}),
    "states": ("inside", {"states": {"new": "queued", "busy": "running", "7": "succeeded", "bad": "cancelled"}}),
    "status": ("inside", {"reply": {"status": "/state", "result": "/out"}}),
    "result": ("inside", {"reply": {"status": "/state/word", "result": "/in"}}),
    "header": ("headers", {"status_url": "$response.header.result_url"}),
    "cancel method": ("headers", {"cancel_method": "POST"}),
    "every file": ("headers", {"assets": {"at": ["/files"]}}),
    "key header": ("anywhere", {"idempotency_header": "X-Twice"}),
}
"""What a client reads wrong, of which service."""


def test_the_contract_tests_of_tasks_at_urls_pass_and_fail_for_a_client_that_reads_them_wrong(tmp_path: Path) -> None:
    right = model_of(SERVICES, tmp_path / "right")
    assert failures(right, right, tmp_path / "1") == {}
    read_right, read_wrong = {}, {}
    for words, (service, change) in WRONG.items():
        name = words.replace(" ", "_")
        read_right[name], read_wrong[name] = SERVICES[service], copy.deepcopy(SERVICES[service])
        read_wrong[name]["paths"]["/jobs"]["post"]["x-task"].update(change)
    tests, client = model_of(read_right, tmp_path / "tests"), model_of(read_wrong, tmp_path / "client")
    assert failures(client, tests, tmp_path / "2", "test_start.py").keys() == read_wrong.keys()


def test_a_file_stands_in_the_result_as_its_schema_says() -> None:
    properties = {"file": {"type": ["string", "null"]}, "files": {"type": "array", "items": _TEXT}}
    root = _service(
        "key", "https://a.example", {}, output="#/components/schemas/Out", assets={"at": ["/file", "/files"]}
    )
    root["components"]["schemas"] = {"Out": {"type": "object", "properties": properties}}
    task = life(read(root).operations[0], Oracle(root), {}, "https://a.example")
    assert task is not None
    assert [type(task.result[name]) for name in ("file", "files")] == [str, list]
