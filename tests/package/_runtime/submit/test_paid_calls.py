"""What a paid call promises beside the faults: the same bytes at each attempt, a whole error, an end in time."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime.aio.primitives import AsyncGate
from codegen.package._runtime.errors import (
    ConnectFailed,
    InsufficientCredits,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    WondergenError,
)
from codegen.package._runtime.extras import Extras, current, extras_of_calls
from codegen.package._runtime.journal import Journal
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import (
    PATIENCE,
    Connection,
    Loopback,
    Step,
    answer,
    head_of,
    raw,
    reset,
    stall,
)
from tests.package._runtime.sample_service import CREDITS, DRAW, DRAWN, MAKE, Credits, Drawing


def test_the_body_is_frozen_at_the_first_attempt(harness: Harness) -> None:
    images = ["https://a.invalid/1.png"]
    extra = {"style": {"name": "ink"}}

    def mutate() -> None:
        images.append("https://a.invalid/2.png")
        extra["style"]["name"] = "oil"

    harness.clock.on_sleep = mutate
    with Loopback(answer({}, 429), answer({}, 429), answer(GOOD)) as server:
        options = CallOptions(extra_body=extra)
        harness.submit(harness.client(server.url), prompt="a cat", images=images, options=options)
        server.assert_fired()
        bodies = {request.body for request in server.requests}
        assert bodies == {b'{"data":{"prompt":"a cat","images":["https://a.invalid/1.png"],"style":{"name":"ink"}}}'}


def test_outcome_unknown_says_all_that_is_needed_to_look_it_up(harness: Harness) -> None:
    with Loopback(reset()) as server:
        with pytest.raises(OutcomeUnknown) as caught:
            harness.submit(harness.client(server.url))
        error = caught.value
        sent = f'POST {server.url}/v1/make\n{{"data":{{"prompt":"a cat"}}}}'
        assert error.operation == "make"
        assert error.digest == hashlib.sha256(sent.encode()).hexdigest()
        assert error.sent_at == datetime.fromtimestamp(harness.clock.time(), UTC)
        assert "not sent again" in error.advice
        assert error.__cause__ is not None
        assert error.digest[:12] in str(error)
        assert "a cat" not in str(error)


def test_outcome_unknown_after_5xx_keeps_the_status_and_the_error(harness: Harness) -> None:
    with Loopback(answer(b"<html>", 502, bills=True)) as server:
        with pytest.raises(OutcomeUnknown) as caught:
            harness.submit(harness.client(server.url))
        assert caught.value.http_status == 502
        assert type(caught.value.__cause__).__name__ == "ServerError"
        assert str(caught.value).startswith("make: The service failed (HTTP 502). It may have been accepted")


def test_an_api_error_carries_code_message_trace_and_meaning(harness: Harness) -> None:
    with Loopback(answer({"code": 200, "msg": "no\r\nmoney\x1b[31m", "trace_id": "tr-9"})) as server:
        with pytest.raises(InsufficientCredits) as caught:
            harness.submit(harness.client(server.url))
        error = caught.value
        assert (error.code, error.message, error.http_status, error.trace_id) == ("200", "no money [31m", 200, "tr-9")
        assert str(error) == (
            "make: The account has no credits left. The service says: no money [31m (code 200, HTTP 200, trace tr-9)"
        )


def test_the_pause_asked_for_is_kept_and_told(harness: Harness) -> None:
    with Loopback(answer({}, 429, {"Retry-After": "2"}), answer({}, 429, {"Retry-After": "3600"})) as server:
        with pytest.raises(RateLimited) as caught:
            harness.submit(harness.client(server.url))
        assert harness.clock.sleeps == [2.0]
        assert caught.value.retry_after == 3600.0


def test_one_attempt_more_is_one_for_the_whole_call(harness: Harness) -> None:
    with Loopback(answer({"code": 300}), answer({}, 429), answer({"code": 300})) as server:
        with pytest.raises(WondergenError, match="The drawing failed"):
            harness.submit(harness.client(server.url, max_retries=5))
        server.assert_fired()


def test_a_paid_call_has_all_of_its_time_in_one_attempt(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness.module("exchange"), "QUERY_SECONDS", 0.05)
    reply = json.dumps(GOOD).encode()
    late = raw("late", b"", head_of(200, [("Content-Length", str(len(reply)))]) + reply, pause=0.15)
    with Loopback(late) as server:
        assert harness.submit(harness.client(server.url)).id == "t-1"
        server.assert_fired()


def test_a_query_keeps_the_pause_that_503_asks_for(harness: Harness) -> None:
    with Loopback(answer({}, 503, {"Retry-After": "3"}), answer(GOOD)) as server:
        client = harness.client(server.url)
        harness.call(client._query, CREDITS, Credits, {}, CallOptions())
        assert harness.clock.sleeps == [3.0]


def test_no_pause_goes_beyond_the_deadline_of_the_call(harness: Harness) -> None:
    with Loopback(answer({}, 429, {"Retry-After": "30"})) as server:
        with pytest.raises(RateLimited):
            harness.submit(harness.client(server.url, timeout=10.0))
        assert harness.clock.sleeps == []


def test_the_timeout_of_a_call_wins_over_the_clients(harness: Harness) -> None:
    with Loopback(stall("body")) as server:
        client = harness.client(server.url, timeout=60.0)
        start = time.monotonic()
        with pytest.raises(OutcomeUnknown):
            harness.submit(client, prompt="a cat", options=CallOptions(timeout=0.5))
        assert time.monotonic() - start < 20
        server.assert_fired()


def test_a_journal_that_cannot_be_written_stops_the_call_before_it_is_sent(harness: Harness, tmp_path: Path) -> None:
    def full(operation: str, digest: str) -> str:
        raise sqlite3.OperationalError("database or disk is full")

    with Loopback(answer(GOOD)) as server:
        client = harness.client(server.url, journal=tmp_path / "runs.sqlite")
        client.journal.intent = full
        with pytest.raises(InvalidRequest, match=r"journal: cannot be written .*disk is full.*nothing was sent"):
            harness.submit(client)
        assert server.requests == []


def test_a_large_body_that_is_not_taken_is_of_unknown_outcome(harness: Harness) -> None:
    with Loopback(stall("head")) as server:
        client = harness.client(server.url, timeout=1.0)
        with pytest.raises(OutcomeUnknown):
            harness.submit(client, prompt="a cat", options=CallOptions(extra_body={"data": {"more": "x" * 12_000_000}}))
        server.assert_fired()
        assert server.billed == 0


def test_a_generate_call_is_as_careful_as_a_submit(harness: Harness) -> None:
    with Loopback(answer({"code": 300}), answer({"code": 300}), answer(DRAWN)) as server:
        client = harness.client(server.url)
        with pytest.raises(WondergenError, match="The drawing failed"):
            harness.call(client._generate, DRAW, Drawing, {"prompt": "a tree"}, CallOptions())
        drawing = harness.call(client._generate, DRAW, Drawing, {"prompt": "a tree"}, CallOptions())
        assert drawing.url == "https://cdn.sample.invalid/1.png"
        server.assert_fired()
        assert server.billed == 1


def test_a_generate_call_without_its_result_keeps_what_came(harness: Harness) -> None:
    with Loopback(answer({"code": 0, "result": {"url": "https://cdn.sample.invalid/1.png"}})) as server:
        client = harness.client(server.url)
        with pytest.raises(InvalidResponse, match="nothing at /data") as caught:
            harness.call(client._generate, DRAW, Drawing, {"prompt": "a tree"}, CallOptions())
        assert caught.value.raw == {"code": 0, "result": {"url": "https://cdn.sample.invalid/1.png"}}
        assert server.billed == 1


def test_an_interrupt_in_a_pause_ends_the_call_and_leaves_a_note(harness: Harness) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    harness.clock.on_sleep = interrupt
    with Loopback(answer({}, 429)) as server:
        client = harness.client(server.url)
        with pytest.raises(KeyboardInterrupt) as caught:
            harness.submit(client)
        assert "make may have been accepted" in caught.value.__notes__[0]
        assert len(server.requests) == 1


@pytest.mark.parametrize("harness", ["async"], indirect=True)  # a thread is not cancelled
def test_a_cancelled_submit_is_not_sent_again_and_frees_its_connection(harness: Harness) -> None:
    async def cancel(client: object) -> None:
        submit = client._submit(MAKE, harness.result, {"prompt": "a cat"}, CallOptions())  # type: ignore[attr-defined]
        running = asyncio.create_task(submit)
        while not server.requests:
            await asyncio.sleep(0.005)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    with Loopback(stall("body"), answer(GOOD)) as server:
        client = harness.client(server.url)
        harness.call(cancel, client)
        assert server.billed == 1
        assert harness.submit(client).id == "t-1"
        server.assert_fired()


@pytest.mark.parametrize("harness", ["async"], indirect=True)  # a thread is not cancelled
def test_a_submit_may_be_cancelled_at_any_await(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness.module("exchange"), "CONNECTIONS", 1)
    cancelled = 0

    async def cancel_after(steps: int, client: object) -> bool:
        prompt = {"prompt": f"cancelled after {steps}"}
        submit = client._submit(MAKE, harness.result, prompt, CallOptions())  # type: ignore[attr-defined]
        running = asyncio.create_task(submit)
        for _ in range(steps):
            await asyncio.sleep(0 if steps % 2 else 0.0005)
        running.cancel()
        await asyncio.wait([running])
        return running.cancelled()

    with Loopback() as server:
        server.on("POST", MAKE.path, otherwise=answer(GOOD))
        for steps in range(40):
            client = harness.client(server.url)
            cancelled += harness.call(cancel_after, steps, client)
            assert harness.submit(client).id == "t-1", "the place of the cancelled call was not given back"
    assert cancelled >= 5
    bills = Counter(request.body for request in server.bills)  # some came only after their call had ended
    assert [count for body, count in bills.items() if b"a cat" in body] == [40]
    assert {count for body, count in bills.items() if b"a cat" not in body} <= {1}


def test_a_closed_client_sends_nothing(harness: Harness) -> None:
    with Loopback(answer(GOOD)) as server:
        client = harness.client(server.url)
        harness.close(client)
        with pytest.raises(WondergenError, match="closed"):
            harness.submit(client)
        assert server.requests == []


def test_the_journal_knows_what_became_of_each_call(harness: Harness, tmp_path: Path) -> None:
    with Loopback(answer(GOOD), reset(), answer({"code": 100})) as server:
        client = harness.client(server.url, journal=tmp_path / "runs.sqlite")
        harness.submit(client)
        for _ in range(2):
            with pytest.raises(WondergenError):
                harness.submit(client)
        assert [run.task_id for run in client.journal.unfinished()] == ["t-1"]
        assert [run.state for run in client.journal.unknown()] == ["unknown"]


def test_many_calls_at_once_share_one_pool_without_a_pool_timeout(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness.module("exchange"), "CONNECTIONS", 5)
    with Loopback() as server:
        server.on("GET", CREDITS.path, otherwise=answer(GOOD))
        client = harness.client(server.url, timeout=20.0)
        ask = [lambda: client._query(CREDITS, Credits, {}, CallOptions()) for _ in range(60)]
        assert [reply.left for reply in harness.together(ask)] == [7] * 60
        assert 1 < server.peak <= 5


def test_a_call_that_finds_no_free_place_in_time_was_not_sent(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness.module("exchange"), "CONNECTIONS", 1)
    given_up = threading.Event()

    def hold(link: Connection) -> None:
        given_up.wait(PATIENCE)

    with Loopback(Step("held until the other gives up", "body", hold, bills=True)) as server:
        client = harness.client(server.url)

        def submit(timeout: float) -> Any:
            return client._submit(MAKE, harness.result, {"prompt": "a cat"}, CallOptions(timeout=timeout))

        async def first_async() -> None:
            with pytest.raises(OutcomeUnknown):
                await submit(10.0)

        async def second_async() -> None:
            while not server.requests:
                await asyncio.sleep(0.005)
            with pytest.raises(ConnectFailed, match="all connections were busy"):
                await submit(0.1)
            given_up.set()

        def first() -> None:
            with pytest.raises(OutcomeUnknown):
                submit(10.0)

        def second() -> None:
            while not server.requests:
                given_up.wait(0.005)
            with pytest.raises(ConnectFailed, match="all connections were busy"):
                submit(0.1)
            given_up.set()

        harness.together([first_async, second_async] if harness.is_async else [first, second])
        assert len(server.requests) == 1


def test_a_coroutine_that_is_closed_while_it_waits_for_a_place_takes_none() -> None:
    async def scenario() -> None:
        gate = AsyncGate(1)

        async def hold() -> None:
            async with gate.slot("make", 5.0):
                return

        closed = [hold() for _ in range(3)]
        async with gate.slot("make", 5.0):
            for each in closed[:2]:
                each.send(None)
            closed[0].close()
        closed[1].close()  # it was just given the place
        await asyncio.wait_for(hold(), 5.0)
        closed[2].close()

    asyncio.run(scenario())


def test_a_query_waits_for_its_place_beyond_the_time_of_one_attempt(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness.module("exchange"), "CONNECTIONS", 1)
    monkeypatch.setattr(harness.module("exchange"), "QUERY_SECONDS", 0.3)

    def play(link: Connection) -> None:
        threading.Event().wait(0.4)
        answer(GOOD).play(link)

    with Loopback(Step("late", "body", play, bills=True, keeps=True)) as server:
        server.on("GET", CREDITS.path, otherwise=answer(GOOD))
        client = harness.client(server.url, max_retries=0)
        paid = lambda: client._submit(MAKE, harness.result, {"prompt": "a cat"}, CallOptions())  # noqa: E731
        ask = lambda: client._query(CREDITS, Credits, {}, CallOptions())  # noqa: E731
        task, credits = harness.together([paid, ask])
    assert (task.id, credits.left) == ("t-1", 7)


def test_a_paid_request_waits_for_its_turn_and_a_query_for_none(harness: Harness, tmp_path: Path) -> None:
    pauses = [0.5, 1.0, 0.0]
    taken: list[float] = []

    def turn() -> float:
        taken.append(pauses[len(taken)])
        return taken[-1]

    journal = Journal(tmp_path / "runs.sqlite", "sample", "https://api.invalid")
    with Loopback(answer(GOOD)) as server, extras_of_calls(Extras(journal, turn)):
        client = harness.client(server.url)
        harness.submit(client)
        assert (taken, harness.clock.sleeps, len(server.requests)) == (pauses, [0.5, 1.0], 1)
    with Loopback(answer({"code": 0, "data": {}})) as server, extras_of_calls(Extras(journal, turn)):
        client = harness.client(server.url)
        harness.call(client._query, CREDITS, Credits, {}, CallOptions())
        assert (taken, len(server.requests)) == (pauses, 1)
    assert current() is None
