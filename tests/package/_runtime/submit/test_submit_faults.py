"""Never pay twice: each fault on the way of a call, against a server that bills what it accepts."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.package._runtime import errors
from codegen.package._runtime.deadline import Deadline
from codegen.package._runtime.pointer import get
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD, Fault, faults
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import CREDITS, MAKE, Credits

ROWS = faults()
SHORT = 0.2
"""Seconds for the faults that only the client's own patience ends."""


def test_the_table_has_the_faults_it_should() -> None:
    assert len(ROWS) >= 100
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("fault", ROWS, ids=str)
def test_a_paid_call_is_billed_once_at_most(each_harness: Harness, fault: Fault) -> None:
    harness = each_harness
    timeouts = (SHORT, 2.0) if fault.slow else (60.0,)
    outcomes = (_paid_outcome(harness, fault, timeout) for timeout in timeouts)
    outcome = next(outcomes)
    if fault.slow and outcome == "ConnectFailed":  # a busy machine: not even connected in the short time
        outcome = next(outcomes)
    assert outcome == fault.paid


def _paid_outcome(harness: Harness, fault: Fault, timeout: float) -> str:
    with Loopback(*fault.steps) as server:
        server.on("POST", MAKE.path, otherwise=answer(GOOD))
        try:
            task = harness.submit(harness.client(server.url, timeout=timeout))
        except errors.ConnectFailed:
            assert server.billed == 0
            return "ConnectFailed"
        except errors.WondergenError as error:
            outcome = type(error).__name__
        else:
            assert task.id == "t-1"
            outcome = "ok"
        server.assert_fired()
        assert server.billed <= 1
        assert server.billed == (outcome == "ok") or outcome == "OutcomeUnknown"
        assert len(server.requests) <= len(fault.steps) + 1
        if outcome == "OutcomeUnknown":
            assert server.connections == 1, "a request of unknown outcome was sent again"
        return outcome


@pytest.mark.parametrize("fault", ROWS, ids=str)
@pytest.mark.parametrize("kind", ["query", "poll"])
def test_a_free_call_is_made_again_where_that_may_help(
    harness: Harness, fault: Fault, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault.slow:
        exchange = harness.module("exchange")
        monkeypatch.setattr(exchange, "QUERY_SECONDS", SHORT)
        harness.clock.on_sleep = lambda: monkeypatch.setattr(exchange, "QUERY_SECONDS", 4.0)
    with Loopback(*fault.steps) as server:
        server.on("GET", CREDITS.path, otherwise=answer(GOOD))
        server.on("GET", "/v1/tasks/t-1", otherwise=answer(GOOD))
        client = harness.client(server.url)
        if fault.free == "ok":
            assert _ask(harness, client, kind) == 7
        else:
            with pytest.raises(errors.WondergenError) as caught:
                _ask(harness, client, kind)
            assert type(caught.value).__name__ == fault.free
        server.assert_fired()
        assert server.billed == 0


def _ask(harness: Harness, client: Any, kind: str) -> object:
    if kind == "query":
        return harness.call(client._query, CREDITS, Credits, {}, CallOptions()).left
    answer = harness.call(client._session.poll, MAKE, "t-1", Deadline(5.0, harness.clock.monotonic))
    return get(answer.body, "/data/left")
