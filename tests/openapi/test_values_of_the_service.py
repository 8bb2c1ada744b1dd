"""What a service gives, it takes again: the id of a task and a cursor are sent whatever the document says of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import INTEGER, JSON, TEXT, array, document, query, record, sends

UUID_4 = {"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$"}
UUID_7 = "018f2a6e-7b1c-7cc3-98c4-dc0c0c07398f"
TASK = {
    "kind": "submit",
    "id": "/id",
    "result": "look",
    "cancel": "stop",
    "reply": {"status": "/status", "result": "/output"},
    "states": {"busy": "running", "done": "succeeded", "off": "cancelled"},
    "assets": {"at": ["/url"], "media": "image"},
}
FAST = {"first_interval": 0.001, "max_interval": 0.001}


def _answers(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "Done.", "content": {JSON: {"schema": schema}}}}


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    inside = {"name": "id", "in": "path", "required": True, "schema": UUID_4}
    any_object = _answers({"type": "object"})
    cursor, least = query("after", {"type": "string", "maxLength": 4}), query("limit", {**INTEGER, "maximum": 10})
    pages = {"pattern": "cursor", "parameter": "after", "items": "/items", "next": "/next"}
    root["paths"] = {
        "/begin": {
            "post": {"operationId": "begin", "x-task": TASK, **sends(body=record(a=TEXT)), "responses": any_object}
        },
        "/look/{id}": {"get": {"operationId": "look", **sends(inside), "responses": any_object}},
        "/stop/{id}": {"post": {"operationId": "stop", **sends(inside), "responses": any_object}},
        "/list": {
            "get": {
                "operationId": "list",
                "x-pages": pages,
                **sends(cursor, least),
                "responses": _answers(record(items=array(INTEGER), next=TEXT)),
            }
        },
    }
    with package_of(root, "reports.json") as package:
        yield package


def test_a_task_is_waited_for_by_an_id_that_the_document_does_not_foresee(package: ImportedPackage) -> None:
    done = {"status": "done", "output": {"url": "https://api.example.com/a.png"}}
    client = package.client(*(httpx.Response(200, json=body) for body in ({"id": UUID_7}, {"status": "busy"}, done)))
    assert client.begin(a="b").wait(**FAST).urls == ["https://api.example.com/a.png"]
    assert package.target.endswith(f"/look/{UUID_7}")


def test_a_task_is_cancelled_by_such_an_id(package: ImportedPackage) -> None:
    client = package.client(*(httpx.Response(200, json=body) for body in ({"id": UUID_7}, {}, {"status": "off"})))
    assert client.begin(a="b").cancel().status == "cancelled"
    assert [request.url.path.rpartition("/")[2] for request in package.sent[1:]] == [UUID_7] * 2


def test_a_caller_is_held_to_the_document(package: ImportedPackage) -> None:
    client = package.client()
    with pytest.raises(package.module.InvalidRequest, match="does not match the pattern"):
        client.look(UUID_7)
    assert package.sent == []


def test_a_cursor_of_a_reply_is_sent_as_it_came_and_what_a_caller_adds_is_checked(package: ImportedPackage) -> None:
    replies = ({"items": [1], "next": "a long cursor"}, {"items": [2]})
    client = package.client(*(httpx.Response(200, json=body) for body in replies))
    method = next(name for name in dir(client) if name.startswith("iter_list"))
    assert list(getattr(client, method)(limit=10)) == [1, 2]
    assert package.target.endswith("after=a%20long%20cursor&limit=10")
    with pytest.raises(package.module.InvalidRequest):
        list(getattr(client, method)(after="a long cursor"))
