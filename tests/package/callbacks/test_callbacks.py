"""A callback says which task to look at, and nothing else of it is believed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx
import wondergen
from wondergen import AsyncTomoviee, InvalidRequest, NotFound, Tomoviee, callbacks

from tests import catalog_values

REPORT = catalog_values.url("tomoviee", "task_result")
DONE = {
    "code": 0,
    "data": {"task_id": "t1", "status": 3, "result": json.dumps({"video_path": ["https://a.aliyuncs.com/1.mp4"]})},
}
RUNNING = {"code": 0, "data": {"task_id": "t1", "status": 2}}
BODY = b'{"code": 0, "data": {"task_id": "t1", "status": 3, "result": "forged"}}'
KEYS: dict[str, Any] = {"app_key": "fake-key", "app_secret": "fake-secret"}


@pytest.fixture
def report() -> Iterator[respx.Route]:
    with respx.mock(assert_all_called=False) as mock:
        yield mock.post(REPORT).mock(return_value=httpx.Response(200, json=DONE))


@pytest.mark.parametrize("body", [BODY, BODY.decode(), json.loads(BODY), b'{"task_id": "t1"}', b'{"taskId": "t1"}'])
def test_a_callback_holds_the_id_of_its_task(body: Any) -> None:
    assert wondergen.callback(body).id == "t1"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"data": []}',
        b'{"task_id": true}',
        b'{"task_id": "a\\nb"}',
        b"{" * 9999,
        7,
        b" " * 2_000_000,
    ],
)
def test_what_names_no_task_is_refused(body: Any) -> None:
    with pytest.raises(InvalidRequest):
        wondergen.callback(body)


def test_the_service_is_asked_and_the_body_not_believed(report: respx.Route) -> None:
    with Tomoviee(**KEYS) as client:
        task = client.resume_callback(BODY)
    assert task.status == "succeeded"
    assert task.wait().urls == ["https://a.aliyuncs.com/1.mp4"]
    assert report.call_count == 1


def test_an_unknown_task_is_the_service_s_word(report: respx.Route) -> None:
    report.mock(return_value=httpx.Response(404, json={}))
    with Tomoviee(**KEYS) as client, pytest.raises(NotFound):
        client.resume_callback(BODY)


def posted(app: Any, *bodies: bytes, method: str = "POST") -> list[int]:
    async def main() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://app.example") as sender:
            replies = await asyncio.gather(*(sender.request(method, "/", content=body) for body in bodies))
        return [reply.status_code for reply in replies]

    with respx.mock(assert_all_called=False, assert_all_mocked=False) as mock:
        mock.post(REPORT).mock(side_effect=_answer)
        mock.route(host="app.example").pass_through()
        return asyncio.run(main())


def _answer(request: httpx.Request) -> httpx.Response:
    name = json.loads(request.content)["task_id"]
    if name == "t1":
        return httpx.Response(200, json=DONE)
    return httpx.Response(200, json=RUNNING) if name == "t2" else httpx.Response(404, json={})


def test_the_app_calls_once_however_often_it_is_told() -> None:
    done: list[str] = []
    with Tomoviee(**KEYS) as client:
        app = callbacks.app(client, on_done=lambda task: done.append(task.id))
        assert posted(app, *[BODY] * 5) == [200] * 5
    assert done == ["t1"]


def test_an_asynchronous_client_and_handler_serve_as_well() -> None:
    done: list[list[str]] = []

    async def handle(task: Any) -> None:
        done.append((await task.wait()).urls)

    app = callbacks.app(AsyncTomoviee(**KEYS), on_done=handle)
    assert posted(app, BODY) == [200]
    assert done == [["https://a.aliyuncs.com/1.mp4"]]


def test_forged_unknown_and_early_callbacks_do_nothing() -> None:
    done: list[Any] = []
    with Tomoviee(**KEYS) as client:
        app = callbacks.app(client, on_done=done.append)
        assert posted(app, b'{"task_id": "unknown"}', b'{"task_id": "t2"}', b"no json") == [200, 200, 400]
        assert posted(app, b"", method="GET") == [405]
    assert done == []


def test_a_handler_that_fails_is_told_again() -> None:
    def broken(task: Any) -> None:
        raise RuntimeError("the disk is full")

    with Tomoviee(**KEYS) as client:
        assert posted(callbacks.app(client, on_done=broken), BODY) == [500]
