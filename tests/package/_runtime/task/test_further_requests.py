"""What a task takes further requests for: its cancellation, a result behind a URL or in a reply of its own."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.package._runtime.errors import (
    BadRequest,
    InvalidResponse,
    NotFound,
    TaskCancelled,
    UntrustedHost,
    WondergenError,
)
from codegen.package._runtime.operation import Field, Operation, TaskSpec, TaskStatus
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer
from tests.package._runtime.sample_service import ACCEPTED, CANARY, SERVICE, TaskArguments
from tests.package._runtime.task.sample_task import DONE, FILM, RUNNING, URL, state

CANCEL = Operation(
    service=SERVICE,
    name="cancel",
    method="DELETE",
    path="/v1/tasks/{task_id}",
    kind="query",
    fields=(Field("task_id", "task_id", "path"),),
    arguments=TaskArguments,
    body_at=None,
)
CANCEL_AT_URL = CANCEL.replace(fields=(), arguments=None)
OK = answer({"code": 0}, bills=False)
GONE = answer({"code": 404}, 404)


def film(**spec: Any) -> Operation:
    """Return the operation of the sample task with another way to report on it."""
    assert FILM.task is not None
    return FILM.replace(task=FILM.task.replace(**spec))


def submitted(harness: Harness, server: Loopback, operation: Operation) -> Any:
    """Return a task that a client has just submitted."""
    client = harness.client(server.url, max_retries=0)
    return harness.call(client._submit, operation, harness.result, {"prompt": "a cat"}, CallOptions())


def accepted(**data: Any) -> Step:
    """Return a reply to the submit."""
    return answer({**ACCEPTED, "data": {"task_id": "t-1", **data}})


@pytest.mark.parametrize(
    "report, status",
    [(state(5), TaskStatus.CANCELLED), (DONE, TaskStatus.SUCCEEDED), (GONE, TaskStatus.CANCELLED)],
    ids=["cancelled", "had ended", "forgotten"],
)
def test_a_cancelled_task_is_where_the_service_says_then(harness: Harness, report: Step, status: TaskStatus) -> None:
    with Loopback(accepted(), OK, report) as server:
        task = submitted(harness, server, film(cancel=CANCEL, cancel_argument="task_id"))
        assert harness.call(task.cancel) is task
        assert task.status is status
        requests = [(request.method, request.target) for request in server.requests[1:]]
    assert requests == [("DELETE", "/v1/tasks/t-1"), ("GET", "/v1/tasks/t-1")]


def test_a_task_that_is_cancelled_is_not_waited_for(harness: Harness) -> None:
    with Loopback(accepted(), OK, GONE) as server:
        task = submitted(harness, server, film(cancel=CANCEL, cancel_argument="task_id"))
        harness.call(task.cancel)
        with pytest.raises(TaskCancelled):
            task._raise_ending()


def test_a_task_that_nobody_can_cancel_or_whose_service_refuses_it_stays(harness: Harness) -> None:
    with Loopback(accepted(), accepted(), answer({"code": 100}, 400, bills=False)) as server:
        task = submitted(harness, server, FILM)
        with pytest.raises(WondergenError, match="make: this service documents no way to cancel a task"):
            harness.call(task.cancel)
        assert len(server.requests) == 1
        task = submitted(harness, server, film(cancel=CANCEL, cancel_argument="task_id"))
        with pytest.raises(BadRequest):
            harness.call(task.cancel)
        assert task.status is not TaskStatus.CANCELLED


def test_a_task_is_cancelled_at_the_url_of_the_last_report_or_of_the_reply_to_the_submit(harness: Harness) -> None:
    operation = film(cancel=CANCEL_AT_URL, cancel_url="/data/stop")
    with Loopback() as server:
        started = accepted(stop=f"{server.url}/v1/stop/1")
        server.then(started, OK, RUNNING, state(2, stop="/v1/stop/2"), OK, RUNNING)
        task = submitted(harness, server, operation)
        harness.call(task.cancel)
        harness.call(task.refresh)
        harness.call(task.cancel)
        targets = [request.target for request in server.requests if request.method == "DELETE"]
        keys = {request.header("X-API-KEY") for request in server.requests}
    assert (targets, keys) == (["/v1/stop/1", "/v1/stop/2"], {CANARY})


@pytest.mark.parametrize("url", [None, "", 7, {"a": 1}])
def test_a_url_that_no_report_has_is_no_request(harness: Harness, url: Any) -> None:
    with Loopback(accepted(stop=url)) as server:
        task = submitted(harness, server, film(cancel=CANCEL_AT_URL, cancel_url="/data/stop"))
        with pytest.raises(InvalidResponse, match="the reports on task t-1 have no URL at /data/stop") as caught:
            harness.call(task.cancel)
        assert caught.value.raw is None
        assert len(server.requests) == 1


def test_no_key_goes_to_a_url_of_another_host(harness: Harness) -> None:
    with Loopback(accepted(stop="https://elsewhere.invalid/stop")) as server:
        task = submitted(harness, server, film(cancel=CANCEL_AT_URL, cancel_url="/data/stop"))
        with pytest.raises(UntrustedHost):
            harness.call(task.cancel)
        assert len(server.requests) == 1


def test_a_result_behind_a_url_is_in_the_reply_from_there(harness: Harness) -> None:
    with Loopback() as server:
        server.then(
            accepted(), state(3, at=f"{server.url}/v1/results/9"), answer({"code": 0, "data": {"result": {"url": URL}}})
        )
        task = submitted(harness, server, film(result_url="/data/at"))
        assert harness.call(task.wait).urls == [URL]
        assert server.requests[-1].target == "/v1/results/9"


def test_a_result_that_another_operation_returns_is_asked_for_by_the_first_id(harness: Harness) -> None:
    content = CANCEL.replace(name="content", method="GET", path="/v1/results/{task_id}")
    operation = film(content=content, content_argument="task_id", content_id="/data/ids/*")
    with Loopback() as server:
        server.then(
            accepted(), state(3, ids=[True, None, 9, "x"]), answer({"code": 0, "data": {"result": {"url": URL}}})
        )
        task = submitted(harness, server, operation)
        assert harness.call(task.wait).urls == [URL]
        assert server.requests[-1].target == "/v1/results/9"
        assert task.content_ids() == ["9", "x"]


def test_a_report_without_the_id_of_its_result_is_shown(harness: Harness) -> None:
    content = CANCEL.replace(name="content", method="GET")
    with Loopback(accepted(), state(3, ids=[])) as server:
        task = submitted(harness, server, film(content=content, content_argument="task_id", content_id="/data/ids/*"))
        with pytest.raises(InvalidResponse, match=r"have nothing at /data/ids/\* that its files can be asked for") as e:
            harness.call(task.refresh)
    assert e.value.raw == {"code": 0, "data": {"status": 3, "ids": []}}


def test_what_is_called_before_each_poll_may_end_the_wait(harness: Harness) -> None:
    calls: list[int] = []

    def before_poll() -> None:
        calls.append(len(server.requests))
        if len(calls) == 3:
            raise NotFound("the row is of another worker")

    with Loopback(accepted(), RUNNING, RUNNING, DONE) as server:
        task = submitted(harness, server, FILM)
        with pytest.raises(NotFound, match="of another worker"):
            harness.call(harness.module("task").wait_while, task, before_poll, 60, 1.0, 1.0)
        assert calls == [1, 2, 3]
        assert harness.call(harness.module("task").wait_while, task, lambda: None, 60, 1.0, 1.0).urls == [URL]


def test_the_specification_of_a_task_says_whether_its_files_are_replies() -> None:
    assert FILM.task is not None
    rows: list[tuple[tuple[str, ...], bool]] = [(("bytes",), True), (("json",), False), (("json", "bytes"), True)]
    for replies, has_content in rows:
        spec: TaskSpec = FILM.task.replace(content=CANCEL.replace(replies=replies))
        assert spec.has_content is has_content
    assert not FILM.task.has_content
