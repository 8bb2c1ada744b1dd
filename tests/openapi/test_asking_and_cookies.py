"""What a client asks for where a service has streams beside JSON, cookies that it sets, and spans of time."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import JSON, array, document, query, record, sends

EVENTS = {"schema": {"type": "string"}}
ROW = {"schema": record(n={"type": "integer"})}
COOKIES = {"Set-Cookie": {"schema": {"type": "string"}}, "X-Left": {"schema": {"type": "integer"}}}
SPAN = {"type": "string", "format": "duration"}


def _answers(content: Any, headers: Any = None) -> dict[str, Any]:
    return {
        "responses": {"200": {"description": "Done.", "content": content, **({"headers": headers} if headers else {})}}
    }


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    operations = {
        "both": _answers({"text/event-stream": EVENTS, JSON: ROW}),
        "stream": _answers({"text/event-stream": EVENTS}),
        "any_json": _answers({"application/*+json": ROW, "application/problem+json": ROW}),
        "cookies": _answers({JSON: ROW}, COOKIES),
        "spans": {**sends(query("wait", SPAN), body=record(each=array(SPAN))), **_answers({JSON: ROW})},
    }
    root["paths"] = {f"/{name}": {"post": {"operationId": name, **row}} for name, row in operations.items()}
    with package_of(root, "reports.json") as package:
        yield package


def test_a_stream_beside_json_is_for_those_who_ask_for_it(package: ImportedPackage) -> None:
    client = package.client(httpx.Response(200, json={"n": 1}))
    assert client.both().n == 1
    assert package.sent[-1].headers["accept"] == "application/json"
    client = package.client(httpx.Response(200, text="data: 1\n\n", headers={"Content-Type": "text/event-stream"}))
    assert client.both(accept="text/event-stream") == "data: 1\n\n"
    assert package.sent[-1].headers["accept"] == "text/event-stream"
    client.stream()
    assert package.sent[-1].headers["accept"] == "text/event-stream"


def test_a_name_with_a_star_in_it_is_asked_for_as_plain_json(package: ImportedPackage) -> None:
    reply = httpx.Response(200, content=b'{"n": 1}', headers={"Content-Type": "application/hal+json"})
    assert package.client(reply).any_json().n == 1
    assert package.sent[-1].headers["accept"] == "application/json, application/problem+json"


def test_each_cookie_that_a_reply_sets_is_apart(package: ImportedPackage) -> None:
    cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"]
    headers = [("set-cookie", cookies[0]), ("x-left", "3"), ("set-cookie", cookies[1])]
    _, reply = package.client(httpx.Response(200, json={"n": 1}, headers=headers)).cookies_with_headers()
    assert (reply.set_cookie, reply.x_left) == (cookies, 3)
    _, reply = package.client(httpx.Response(200, json={"n": 1})).cookies_with_headers()
    assert reply.set_cookie is None


def test_a_time_span_may_be_a_timedelta(package: ImportedPackage) -> None:
    client = package.client()
    client.spans(wait=timedelta(hours=1), each=[timedelta(days=1), "PT5M"])
    assert (package.target, package.body) == ("/spans?wait=PT1H", {"each": ["P1D", "PT5M"]})
    assert inspect.signature(client.spans).parameters["wait"].annotation == "str | timedelta | None"
