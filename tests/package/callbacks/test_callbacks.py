"""A callback says which task to look at, and nothing else of it is believed."""

from __future__ import annotations

import asyncio
import gc
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
import wondergen
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from wondergen import InvalidRequest, NotFound, callbacks
from wondergen._runtime import handled_tasks as handled_module
from wondergen._runtime import owner
from wondergen._runtime.callback import LONGEST_BODY, LONGEST_ID
from wondergen._runtime.handled_tasks import HandledTasks

from tests.chosen_operations import VIDEO

REPORT = VIDEO.report.url
DONE: dict[str, Any] = {
    "code": 0,
    "data": {
        "task_id": "t1",
        "status": VIDEO.status("succeeded"),
        "result": json.dumps({VIDEO.files: ["https://a.aliyuncs.com/1.mp4"]}),
    },
}
RUNNING = {"code": 0, "data": {"task_id": "t1", "status": VIDEO.status("running")}}
BODY = json.dumps({"code": 0, "data": {**DONE["data"], "result": "forged"}}).encode()
KEYS = VIDEO.keys


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


@pytest.mark.parametrize("length, is_taken", [(LONGEST_ID, True), (LONGEST_ID + 1, False)])
def test_an_id_has_a_longest_length(length: int, is_taken: bool) -> None:
    body = {"task_id": "t" * length}
    if is_taken:
        assert wondergen.callback(body).id == body["task_id"]
    else:
        with pytest.raises(InvalidRequest, match="no sensible length"):
            wondergen.callback(body)


@pytest.mark.parametrize("more, is_read", [(0, True), (1, False)])
def test_a_body_has_a_longest_length(more: int, is_read: bool) -> None:
    body = b'{"task_id": "t1"}'.ljust(LONGEST_BODY + more)
    if is_read:
        assert wondergen.callback(body).id == "t1"
    else:
        with pytest.raises(InvalidRequest, match="is longer than 1000000 bytes"):
            wondergen.callback(body)


def test_the_service_is_asked_and_the_body_not_believed(report: respx.Route) -> None:
    with VIDEO.client(**KEYS) as client:
        task = client.resume_callback(BODY)
    assert task.status == "succeeded"
    assert task.wait().urls == ["https://a.aliyuncs.com/1.mp4"]
    assert report.call_count == 1


def test_an_unknown_task_is_the_service_s_word(report: respx.Route) -> None:
    report.mock(return_value=httpx.Response(404, json={}))
    with VIDEO.client(**KEYS) as client, pytest.raises(NotFound):
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
    with VIDEO.client(**KEYS) as client:
        app = callbacks.app(client, on_done=lambda task: done.append(task.id))
        assert posted(app, *[BODY] * 5) == [200] * 5
    assert done == ["t1"]


def test_an_asynchronous_client_and_handler_serve_as_well() -> None:
    done: list[list[str]] = []

    async def handle(task: Any) -> None:
        done.append((await task.wait()).urls)

    app = callbacks.app(VIDEO.async_client(**KEYS), on_done=handle)
    assert posted(app, BODY) == [200]
    assert done == [["https://a.aliyuncs.com/1.mp4"]]


def test_forged_unknown_and_early_callbacks_do_nothing() -> None:
    done: list[Any] = []
    with VIDEO.client(**KEYS) as client:
        app = callbacks.app(client, on_done=done.append)
        assert posted(app, b'{"task_id": "unknown"}', b'{"task_id": "t2"}', b"no json") == [200, 200, 400]
        assert posted(app, b"", method="GET") == [405]
    assert done == []


def test_a_handler_that_fails_is_called_again() -> None:
    def broken(task: Any) -> None:
        raise RuntimeError("the disk is full")

    with VIDEO.client(**KEYS) as client:
        assert posted(callbacks.app(client, on_done=broken), BODY) == [500]


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[Any, Any, list[str]]]:
    """Return the apps of two workers whose clients share a journal, and the tasks that their handlers got."""
    done: list[str] = []
    with VIDEO.client(**KEYS, journal=tmp_path / "j") as one, VIDEO.client(**KEYS, journal=tmp_path / "j") as two:
        apps = [callbacks.app(client, on_done=lambda task: done.append(task.id)) for client in (one, two)]
        yield apps[0], apps[1], done


def test_workers_that_share_a_journal_call_once_between_them(workers: tuple[Any, Any, list[str]]) -> None:
    first, second, done = workers
    assert posted(first, BODY, BODY) + posted(second, BODY, BODY, b'{"task_id": "unknown"}') == [200] * 5
    assert done == ["t1"]


def test_what_a_handler_failed_at_another_worker_may_do(workers: tuple[Any, Any, list[str]], tmp_path: Path) -> None:
    def broken(task: Any) -> None:
        raise RuntimeError("the disk is full")

    _, second, done = workers
    with VIDEO.client(**KEYS, journal=tmp_path / "j") as client:
        assert posted(callbacks.app(client, on_done=broken), BODY) == [500]
    assert posted(second, BODY) == [200]
    assert done == ["t1"]


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_worker_that_died_in_its_handler_is_followed_by_another(
    workers: tuple[Any, Any, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_gone: bool
) -> None:
    first, _, done = workers
    with VIDEO.client(**KEYS, journal=tmp_path / "j") as client:
        handled = HandledTasks.of(client.journal)
        assert handled is not None
        assert handled.begin("t1") == "ours"  # and never ended
    monkeypatch.setattr(owner, "is_gone", lambda name: is_gone)
    assert posted(first, BODY) == [200]
    assert done == ["t1"] * is_gone


def test_a_task_that_could_not_be_taken_for_certain_can_be_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with VIDEO.client(**KEYS, journal=tmp_path / "j") as client:
        transaction = client.journal.transaction

        @contextmanager
        def uncertain() -> Iterator[Any]:
            with transaction() as connection:
                yield connection
            raise OSError("the reply to the commit is lost")

        handled = HandledTasks.of(client.journal)
        assert handled is not None
        with monkeypatch.context() as patched:
            patched.setattr(client.journal, "transaction", uncertain)
            with pytest.raises(OSError, match="lost"):
                handled.begin("t1")
        assert [handled.begin("t1"), handled.begin("t1")] == ["ours", "busy"]


@pytest.mark.parametrize("is_handled", [False, True])
def test_a_handler_of_which_the_journal_could_not_be_told_is_called_once_if_it_ended_and_again_if_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_handled: bool
) -> None:
    called: list[str] = []

    def handle(task: Any) -> None:
        called.append(task.id)
        if not is_handled and len(called) == 1:
            raise RuntimeError("the disk is full")

    with VIDEO.client(**KEYS, journal=tmp_path / "j") as client:
        with monkeypatch.context() as patched:
            patched.setattr(handled_module, "_END", "UPDATE nothing SET a = ?, b = 0 WHERE c = ?")
            assert posted(callbacks.app(client, on_done=handle), BODY) == [503]
        assert posted(callbacks.app(client, on_done=handle), BODY) == [200]
        handled = HandledTasks.of(client.journal)
        assert handled is not None
        assert handled.begin("t1") == "over"
    assert called == ["t1"] * (1 if is_handled else 2)


def test_a_request_cancelled_while_the_journal_is_asked_leaves_the_task_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: respx.Route
) -> None:
    done: list[str] = []
    is_taken, may_go = threading.Event(), threading.Event()
    begin = HandledTasks.begin

    def slow(self: HandledTasks, task_id: str) -> Any:
        found = begin(self, task_id)
        is_taken.set()
        may_go.wait(5)
        return found

    async def scenario(app: Any) -> None:
        sender = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://app.example")
        request = asyncio.create_task(sender.post("/", content=BODY))
        await asyncio.to_thread(is_taken.wait, 5)
        request.cancel()
        asyncio.get_running_loop().call_later(0.01, may_go.set)
        with pytest.raises(asyncio.CancelledError):
            await request
        assert (await sender.post("/", content=BODY)).status_code == 200
        assert done == ["t1"]
        await sender.aclose()

    monkeypatch.setattr(HandledTasks, "begin", slow)
    with VIDEO.client(**KEYS, journal=tmp_path / "j") as client:
        asyncio.run(scenario(callbacks.app(client, on_done=lambda task: done.append(task.id))))


ODD = [
    b'{"task_id": "' + b"x" * 1_000_001 + b'"}',
    b"[" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b'{"task_id": ' + b"9" * 5000 + b"}",
    b'{"task_id": 1e400}',
    b'{"task_id": "\\ud800"}',
    b'{"task_id": "a\\u0000b"}',
    b'{"task_id": true}',
    b"<task_id>t1</task_id>",
    b"",
]


def test_no_body_is_a_failure_of_the_server() -> None:
    done: list[Any] = []
    with VIDEO.client(**KEYS) as client:
        answered = posted(callbacks.app(client, on_done=done.append), *ODD)
    assert answered == [413] + [400] * 9
    assert done == []


async def cancelled_in_handler(app: Any, is_running: threading.Event, may_go: threading.Event) -> int:
    """Cancel a request while its handler runs; return the status of a second one."""
    sender = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://app.example")
    request = asyncio.create_task(sender.post("/", content=BODY))
    await asyncio.to_thread(is_running.wait, 5)
    request.cancel()
    asyncio.get_running_loop().call_later(0.01, may_go.set)
    with pytest.raises(asyncio.CancelledError):
        await request
    status = (await sender.post("/", content=BODY)).status_code
    await sender.aclose()
    return status


@pytest.mark.parametrize("has_journal", [False, True])
@pytest.mark.parametrize("is_broken", [False, True])
def test_a_request_cancelled_while_its_handler_runs_waits_for_the_thread(
    tmp_path: Path, report: respx.Route, has_journal: bool, is_broken: bool
) -> None:
    done: list[str] = []
    is_running, may_go = threading.Event(), threading.Event()

    def handle(task: Any) -> None:
        is_running.set()
        may_go.wait(5)
        if is_broken and not done:
            done.append("failed")
            raise RuntimeError("the disk is full")
        done.append(task.id)

    with VIDEO.client(**KEYS, journal=tmp_path / "j" if has_journal else None) as client:
        app = callbacks.app(client, on_done=handle)
        assert asyncio.run(cancelled_in_handler(app, is_running, may_go)) == 200
    assert done == (["failed", "t1"] if is_broken else ["t1"])


def test_an_asynchronous_handler_that_is_cancelled_is_called_again(tmp_path: Path, report: respx.Route) -> None:
    called: list[str] = []
    is_running, may_go = threading.Event(), threading.Event()

    async def handle(task: Any) -> None:
        called.append(task.id)
        is_running.set()
        if len(called) == 1:
            await asyncio.sleep(60)

    with VIDEO.client(**KEYS, journal=tmp_path / "j") as client:
        app = callbacks.app(client, on_done=handle)
        assert asyncio.run(cancelled_in_handler(app, is_running, may_go)) == 200
    assert called == ["t1"] * 2


@pytest.mark.parametrize("is_broken", [False, True])
def test_a_task_is_renewed_while_its_handler_runs_so_that_no_other_machine_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: respx.Route, is_broken: bool
) -> None:
    renewed = asyncio.Event()
    now = [1_700_000_000.0]
    found: list[str] = []
    renew = HandledTasks.renew

    def noted(self: HandledTasks, task_id: str) -> None:
        if is_broken and not now[1:]:
            now.append(0.0)
            raise wondergen.WondergenError("the journal is away")
        renew(self, task_id)
        loop[0].call_soon_threadsafe(renewed.set)

    loop: list[asyncio.AbstractEventLoop] = []
    monkeypatch.setattr(HandledTasks, "renew", noted)
    monkeypatch.setattr(callbacks, "RENEWAL_SECONDS", 0.001)
    monkeypatch.setattr(time, "time", lambda: now[0])

    async def handle(task: Any) -> None:
        loop.append(asyncio.get_running_loop())
        now[0] += handled_module.LEASE_SECONDS + 1
        renewed.clear()
        await asyncio.wait_for(renewed.wait(), 5)
        with monkeypatch.context() as patched:
            patched.setattr(owner, "is_gone", lambda name: None)
            patched.setattr(owner, "current", lambda: "another machine")
            with VIDEO.client(**KEYS, journal=tmp_path / "j") as other:
                handled = HandledTasks.of(other.journal)
                assert handled is not None
                found.append(handled.begin(task.id))

    with VIDEO.client(**KEYS, journal=tmp_path / "j") as client:
        assert posted(callbacks.app(client, on_done=handle), BODY) == [200]
    assert found == ["busy"]


def test_a_flood_of_forged_callbacks_does_not_let_a_task_be_handled_twice() -> None:
    done: list[str] = []

    async def handle(task: Any) -> None:
        done.append(task.id)
        await asyncio.sleep(0.01)

    with VIDEO.client(**KEYS) as client:
        app = callbacks.app(client, on_done=handle)
        forged = [json.dumps({"task_id": f"forged-{number}"}).encode() for number in range(20)]
        assert set(posted(app, BODY, *forged, BODY)) == {200}
        gc.collect()
        assert not app._locks  # type: ignore[attr-defined]
    assert done == ["t1"]


def served(client: Any, done: list[str], framework: str) -> Any:
    app = callbacks.app(client, on_done=lambda task: done.append(task.id))
    if framework == "starlette":
        return Starlette(routes=[Route("/finished", endpoint=app), Mount("/mounted", app=app)])
    site = FastAPI()
    site.add_route("/finished", app)  # type: ignore[arg-type]  # any ASGI application may be the endpoint
    site.mount("/mounted", app)
    return site


@pytest.mark.parametrize("framework", ["starlette", "fastapi"])
@pytest.mark.parametrize("path", ["/finished", "/mounted/", "/mounted/any/path"])
def test_the_app_is_a_route_or_a_part_of_a_larger_one(framework: str, path: str) -> None:
    async def main(site: Any) -> list[int]:
        sender = httpx.AsyncClient(transport=httpx.ASGITransport(app=site), base_url="http://app.example")
        async with sender:
            kinds = ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; x")
            sent = [await sender.post(path, content=BODY, headers={"Content-Type": kind}) for kind in kinds]
            sent.append(await sender.post(path, content=b"task_id=t1"))
            sent.append(await sender.get(path))
        return [reply.status_code for reply in sent]

    done: list[str] = []
    with respx.mock(assert_all_called=False) as mock, VIDEO.client(**KEYS) as client:
        mock.post(REPORT).mock(side_effect=_answer)
        mock.route(host="app.example").pass_through()
        assert asyncio.run(main(served(client, done, framework))) == [200, 200, 200, 200, 400, 405]
    assert done == ["t1"]
