"""Waiting: every change of state, every fault of a poll, one deadline. Nothing is submitted again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from codegen.package._runtime.errors import (
    APIError,
    AuthenticationError,
    BadRequest,
    ConnectFailed,
    InsufficientCredits,
    InvalidRequest,
    InvalidResponse,
    NotFound,
    RateLimited,
    ServerError,
    TaskCancelled,
    TaskFailed,
    TaskTimedOut,
    WaitTimeout,
)
from codegen.package._runtime.operation import TaskStatus
from codegen.package._runtime.retry import POLL
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Connection, Loopback, Step, answer, close, head_of, raw, reset, stall
from tests.package._runtime.task.sample_task import DONE, PATH, QUEUED, RUNNING, URL, state, task, waited

GONE = answer({"code": 404}, 404)
DOWN = answer({}, 503)


def test_a_task_is_waited_for_through_its_states(harness: Harness) -> None:
    seen: list[tuple[str, float | None]] = []
    with Loopback(QUEUED, QUEUED, RUNNING, state(2, progress=50), state(2, progress=50), DONE) as server:
        result = waited(harness, server, on_update=lambda task: seen.append((task.status, task.progress)))
        server.assert_fired()
    assert result.urls == [URL]
    assert seen == [("queued", None), ("running", None), ("running", 50.0), ("succeeded", None)]


def test_the_pauses_grow_and_are_bounded(harness: Harness) -> None:
    with Loopback(*[RUNNING] * 6, DONE) as server:
        waited(harness, server, first_interval=1, max_interval=4)
    assert harness.clock.sleeps == pytest.approx([1.5, 2.25, 3.375, 4, 4, 4])


def test_a_task_just_submitted_is_given_a_moment_and_a_resumed_one_is_asked_at_once(harness: Harness) -> None:
    with Loopback(DONE, DONE) as server:
        waited(harness, server, resumed=True)
        assert harness.clock.sleeps == []
        waited(harness, server, resumed=False)
        assert harness.clock.sleeps == [1.0]


@pytest.mark.parametrize("before", [[], [QUEUED], [QUEUED, RUNNING, state("odd")]], ids=len)
@pytest.mark.parametrize(
    "status, kind, words",
    [(4, TaskFailed, "failed"), (5, TaskCancelled, "was cancelled"), (6, TaskTimedOut, "timed out at the service")],
)
def test_a_bad_end_is_raised_at_that_poll(
    harness: Harness, status: int, kind: type[TaskFailed], words: str, before: list[Step]
) -> None:
    with Loopback(*before, state(status, reason="no cats")) as server:
        with pytest.raises(kind, match=f"task t-1 {words}: no cats") as caught:
            waited(harness, server)
        server.assert_fired()
        assert len(server.requests) == len(before) + 1
    assert type(caught.value) is kind
    assert (caught.value.reason, caught.value.raw_status, caught.value.task_id) == ("no cats", status, "t-1")


def test_an_unknown_status_is_kept_and_waited_through(harness: Harness) -> None:
    seen: list[tuple[str, object]] = []
    with Loopback(state("warming"), state(77), state(None), DONE) as server:
        waited(harness, server, on_update=lambda task: seen.append((task.status, task.raw_status)))
    assert seen == [("unknown", "warming"), ("unknown", 77), ("unknown", None), ("succeeded", 3)]


def test_a_status_that_goes_backwards_is_waited_through(harness: Harness) -> None:
    seen: list[str] = []
    with Loopback(RUNNING, QUEUED, RUNNING, QUEUED, DONE) as server:
        waited(harness, server, on_update=lambda task: seen.append(task.status))
    assert seen == ["running", "queued", "running", "queued", "succeeded"]


def test_a_failure_that_turns_into_success_is_seen_by_the_next_wait(harness: Harness) -> None:
    with Loopback(state(4), DONE) as server:
        job = task(harness, harness.client(server.url), resumed=True)
        with pytest.raises(TaskFailed):
            harness.call(job.wait)
        assert harness.call(job.wait).urls == [URL]


def test_a_finished_task_is_not_asked_again(harness: Harness) -> None:
    with Loopback(DONE) as server:
        job = task(harness, harness.client(server.url), resumed=True)
        harness.call(job.refresh)
        assert job.status is TaskStatus.SUCCEEDED
        assert harness.call(job.wait).urls == harness.call(job.wait).urls == [URL]
        assert len(server.requests) == 1


def test_not_found_right_after_the_submit_is_waited_through(harness: Harness) -> None:
    with Loopback(GONE, GONE, DONE) as server:
        assert waited(harness, server, resumed=False).urls == [URL]
        server.assert_fired()


def test_not_found_is_believed_after_a_grace(harness: Harness) -> None:
    with Loopback(*[GONE] * 40) as server:
        with pytest.raises(NotFound):
            waited(harness, server, resumed=False)
        assert 3 < len(server.requests) < 15


@pytest.mark.parametrize("resumed, steps", [(True, [GONE]), (False, [RUNNING, GONE])], ids=["resumed", "seen"])
def test_not_found_is_believed_of_a_task_that_was_there(harness: Harness, resumed: bool, steps: list[Step]) -> None:
    with Loopback(*steps) as server:
        with pytest.raises(NotFound) as caught:
            waited(harness, server, resumed=resumed)
        server.assert_fired()
    assert '"id":"t-1"' in vars(caught.value)["token"]


HALF = b'{"code": 0, "data": {"sta'
PASSING: list[tuple[str, Step]] = [
    ("500", answer({}, 500)),
    ("502 with a page", answer(b"<html>Bad gateway</html>", 502)),
    ("503", DOWN),
    ("504", answer({}, 504)),
    ("529", answer({}, 529)),
    ("408", answer({}, 408)),
    ("425", answer({}, 425)),
    ("429", answer({}, 429)),
    ("429 with a long pause", answer({}, 429, {"Retry-After": "3600"})),
    ("429 with nonsense", answer({}, 429, {"Retry-After": "soon"})),
    ("a code that passes", answer({"code": 400, "msg": "busy"})),
    ("not JSON", answer(b"<html>hello</html>")),
    ("half of JSON", answer(HALF)),
    ("empty", answer(b"")),
    ("no code", answer({"data": {}})),
    ("closed before the reply", close()),
    ("closed at once", close("accept")),
    ("closed after the head", close("head")),
    ("reset before the reply", reset()),
    ("reset at once", reset("accept")),
    ("cut with a length", raw("cut", head_of(200, [("Content-Length", "90")]) + HALF)),
    ("cut without a length", raw("cut", head_of(200) + HALF)),
    ("cut chunk", raw("cut", head_of(200, [("Transfer-Encoding", "chunked")]) + b"19\r\n" + HALF[:9])),
    ("reset in the body", reset(sent=head_of(200, [("Content-Length", "90")]) + HALF)),
    ("broken gzip", answer(b"\x1f\x8b no gzip", headers={"Content-Encoding": "gzip"})),
    ("not HTTP", raw("garbage", b"SSH-2.0-hello\r\n\r\n")),
]


@pytest.mark.parametrize("fault", [step for _, step in PASSING], ids=[name for name, _ in PASSING])
def test_a_poll_that_fails_is_tried_again(harness: Harness, fault: Step) -> None:
    with Loopback(RUNNING, fault, DONE) as server:
        assert waited(harness, server).urls == [URL]
        server.assert_fired()
        assert server.billed == 0 or fault.bills
        assert {request.method for request in server.requests} == {"GET"}


def test_a_poll_that_stalls_is_tried_again(harness: Harness) -> None:
    with Loopback() as server:
        server.on("GET", PATH, stall(), otherwise=DONE)
        client = harness.client(server.url, max_retries=0, timeout=0.5)
        assert harness.call(task(harness, client, resumed=True).wait).urls == [URL]
        server.assert_fired()


@pytest.mark.parametrize(
    "fault, kind",
    [
        (answer({}, 401), AuthenticationError),
        (answer({}, 403), AuthenticationError),
        (answer({}, 400), BadRequest),
        (answer({}, 302, {"Location": "/elsewhere"}), APIError),
        (answer({"code": 200, "msg": "no credits"}), InsufficientCredits),
    ],
)
def test_a_refusal_for_good_ends_the_wait_with_the_token(harness: Harness, fault: Step, kind: type[APIError]) -> None:
    with Loopback(RUNNING, fault) as server:
        with pytest.raises(kind) as caught:
            waited(harness, server)
        server.assert_fired()
    assert '"id":"t-1"' in vars(caught.value)["token"]
    assert "client.resume" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    "fault, kind",
    [(DOWN, ServerError), (answer({}, 429), RateLimited), (close(), ConnectFailed), (answer(b""), InvalidResponse)],
)
def test_the_wait_gives_up_on_a_server_that_fails_many_times_in_a_row(
    harness: Harness, fault: Step, kind: type[Exception]
) -> None:
    with Loopback(RUNNING, *[fault] * (POLL.in_a_row or 0)) as server:
        with pytest.raises(kind) as caught:
            waited(harness, server)
        server.assert_fired()
    assert '"id":"t-1"' in vars(caught.value)["token"]


def test_one_answer_makes_the_budget_whole_again(harness: Harness) -> None:
    almost = [DOWN] * ((POLL.in_a_row or 0) - 1)
    with Loopback(*almost, RUNNING, *almost, RUNNING, *almost, DONE) as server:
        assert waited(harness, server, timeout=None).urls == [URL]
        server.assert_fired()


def test_a_server_is_given_the_pause_it_asks_for_within_bounds(harness: Harness) -> None:
    busy = [answer({}, 429, {"Retry-After": text}) for text in ("40", "3600", "0", "-3", "soon", "inf", "nan")]
    with Loopback(*busy, DONE) as server:
        waited(harness, server, max_interval=5)
    assert harness.clock.sleeps == pytest.approx([40, 60, 3.375, 5, 5, 5, 5])


def test_the_wait_ends_at_the_deadline_with_the_task(harness: Harness) -> None:
    with Loopback(*[RUNNING] * 50, DONE) as server:
        with pytest.raises(WaitTimeout, match="task t-1 is running after 10 s") as caught:
            waited(harness, server, timeout=10)
        assert sum(harness.clock.sleeps) == pytest.approx(10, abs=0.5)
        assert len(server.requests) == len(harness.clock.sleeps) + 1
        assert caught.value.token == caught.value.task.token()
        server._script[:] = [DONE]
        assert harness.call(caught.value.task.wait).urls == [URL]


def test_the_last_poll_and_its_place_at_the_gate_share_one_moment(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange, transport = harness.name("exchange", "Exchange"), harness.name("choose", "DefaultTransport")
    place, send = exchange.place, transport.send
    given: list[float] = []

    def late_place(self: Any, operation: Any, seconds: float) -> Any:
        given.append(seconds)
        harness.clock.jump(0.7)
        return place(self, operation, seconds)

    def noted_send(self: Any, request: Any, timeout: float, received: Any) -> Any:
        given.append(timeout)
        return send(self, request, timeout, received)

    monkeypatch.setattr(exchange, "place", late_place)
    monkeypatch.setattr(transport, "send", noted_send)
    with Loopback(RUNNING) as server, pytest.raises(WaitTimeout):
        waited(harness, server, timeout=0)
    assert given[0] <= 1.0
    assert given[1] <= 0.3


def test_a_wait_of_no_time_asks_once(harness: Harness) -> None:
    with Loopback(RUNNING) as server:
        with pytest.raises(WaitTimeout):
            waited(harness, server, timeout=0)
        server.assert_fired()


def test_a_result_that_is_ready_at_the_deadline_is_taken(harness: Harness) -> None:
    with Loopback(RUNNING, DONE) as server:
        assert waited(harness, server, timeout=0.5, first_interval=10).urls == [URL]


def test_a_clock_that_wakes_a_little_early_brings_no_poll_more(harness: Harness) -> None:
    def early() -> None:
        harness.clock._skipped -= 0.2

    harness.clock.on_sleep = early
    with Loopback(RUNNING, RUNNING) as server:
        with pytest.raises(WaitTimeout):
            waited(harness, server, timeout=5, first_interval=10)
        server.assert_fired()


def test_a_deadline_in_the_middle_of_a_poll_is_a_timeout_of_the_wait(harness: Harness) -> None:
    with Loopback(stall()) as server:
        client = harness.client(server.url, max_retries=0, timeout=1.0)
        with pytest.raises(WaitTimeout) as caught:
            harness.call(task(harness, client, resumed=True).wait, timeout=0.3)
        server.assert_fired()
    assert isinstance(caught.value.__cause__, ConnectFailed)


@pytest.mark.parametrize(
    "options", [{"timeout": -1}, {"timeout": float("nan")}, {"first_interval": 0}, {"max_interval": -1}]
)
def test_a_wait_without_sense_is_refused(harness: Harness, options: dict[str, Any]) -> None:
    with Loopback() as server:
        with pytest.raises(InvalidRequest):
            waited(harness, server, **options)
        assert server.requests == []


def test_a_failing_callback_is_the_callers_error_and_the_task_goes_on(harness: Harness) -> None:
    def fail(task: object) -> None:
        raise LookupError("mine")

    with Loopback(RUNNING, DONE) as server:
        job = task(harness, harness.client(server.url), resumed=True)
        with pytest.raises(LookupError, match="mine") as caught:
            harness.call(job.wait, on_update=fail)
        assert vars(caught.value)["token"] == job.token()
        assert harness.call(job.wait).urls == [URL]


def test_an_async_callback_is_awaited() -> None:
    seen: list[str] = []

    async def note(task: Any) -> None:
        await asyncio.sleep(0)
        seen.append(task.status)

    with Harness("async") as harness, Loopback(RUNNING, DONE) as server:
        waited(harness, server, on_update=note)
    assert seen == ["running", "succeeded"]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_whatever_ends_the_wait_has_the_token(harness: Harness, kind: type[BaseException]) -> None:
    def interrupt() -> None:
        raise kind

    with Loopback(*[RUNNING] * 3) as server:
        job = task(harness, harness.client(server.url))
        harness.clock.on_sleep = interrupt
        with pytest.raises(kind) as caught:
            harness.call(job.wait)
    assert vars(caught.value)["token"] == job.token()
    assert "client.resume" in caught.value.__notes__[0]


def test_an_async_wait_is_cancelled_at_each_await_and_can_be_taken_up() -> None:
    with Harness("async") as harness, Loopback() as server:
        server.on("GET", PATH, otherwise=RUNNING)
        job = task(harness, harness.client(server.url))
        notes = []

        async def cancelled_after(steps: int) -> None:
            async def waiting() -> None:
                try:
                    await job.wait()
                except asyncio.CancelledError as error:
                    notes.append((vars(error)["token"], error.__notes__))
                    raise

            running = asyncio.create_task(waiting())
            for _ in range(steps):
                await asyncio.sleep(0)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running

        for steps in range(1, 30):
            harness.call(cancelled_after, steps)
        assert len(notes) == 29
        assert {token for token, _ in notes} == {job.token()}
        server.on("GET", PATH, otherwise=DONE)
        assert harness.call(job.wait).urls == [URL]


def updates(harness: Harness, job: Any, **options: Any) -> list[str]:
    if not harness.is_async:
        return [str(update) for update in job.updates(**options)]

    async def collected() -> list[str]:
        return [str(update) async for update in job.updates(**options)]

    found: list[str] = harness.call(collected)
    return found


def test_updates_yields_the_task_at_every_change_and_ends_with_it(harness: Harness) -> None:
    with Loopback(QUEUED, QUEUED, state(2, progress="40%"), DOWN, state(4, reason="no\n cats")) as server:
        job = task(harness, harness.client(server.url, max_retries=0), resumed=True)
        assert updates(harness, job) == [
            "make t-1 queued [1]",
            "make t-1 running [2] 40%",
            "make t-1 failed [4]: no cats",
        ]
        server.assert_fired()


def test_updates_ends_at_the_deadline_too(harness: Harness) -> None:
    with Loopback(*[RUNNING] * 9) as server:
        job = task(harness, harness.client(server.url), resumed=True)
        with pytest.raises(WaitTimeout):
            updates(harness, job, timeout=5)


def test_many_waits_share_one_client(harness: Harness) -> None:
    count = 80 if harness.is_async else 60
    with Loopback() as server:
        server.on("GET", PATH, otherwise=state(3, result={"url": URL}))
        client = harness.client(server.url, timeout=30)
        # Resumed tasks are asked at once. Threads that slept would all move the one clock, past each other's timeouts.
        jobs = [task(harness, client, resumed=True) for _ in range(count)]
        results = harness.together([job.wait for job in jobs])
        assert [result.urls for result in results] == [[URL]] * count
        assert 0 < server.peak < count


def test_of_many_waiting_tasks_only_one_with_a_place_makes_its_request(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness.module("exchange"), "CONNECTIONS", 1)
    session = harness.module("session")
    made: list[object] = []
    at_arrival: list[int] = []

    def build(*arguments: Any, **options: Any) -> Any:
        made.append(arguments)
        return original(*arguments, **options)

    original = session.build
    monkeypatch.setattr(session, "build", build)

    def play(link: Connection) -> None:
        at_arrival.append(len(made))
        DONE.play(link)

    with Loopback(*[Step("done", "body", play, keeps=True)] * 20) as server:
        client = harness.client(server.url)
        tasks = [task(harness, client, resumed=True) for _ in range(20)]
        harness.together([one.wait for one in tasks])
    assert at_arrival == list(range(1, 21))
