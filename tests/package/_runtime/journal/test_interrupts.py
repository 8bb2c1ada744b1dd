"""Ctrl-C at each line of a paid call: the id that has arrived is in the journal, and nothing is called refused.

A tracing function raises KeyboardInterrupt at one line, then at the next one in another call, until a call ends without
having met it.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from codegen.package._runtime import database
from codegen.package._runtime.journal_rows import all_runs
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import ACCEPTED, MAKE

RUNTIME = str(Path(database.__file__).parent)
READS_THE_REPLY = "read"
"""The function of reply.py that is entered once the reply is whole."""


class Interrupt:
    """Raises KeyboardInterrupt at the first execution of the n-th line that a call comes to."""

    def __init__(self, number: int) -> None:
        self._left = number
        self._seen: set[tuple[CodeType, int]] = set()
        self.is_done = False
        self.had_reply = False
        """Whether the reply was whole by then."""
        self._has_reply = False

    def __call__(self, frame: FrameType, event: str, argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(RUNTIME):
            return None
        if frame.f_code.co_name == READS_THE_REPLY and frame.f_code.co_filename.endswith("reply.py"):
            self._has_reply = True
        place = frame.f_code, frame.f_lineno
        if event == "line" and not self.is_done and place not in self._seen:
            self._seen.add(place)
            self._left -= 1
            if self._left == 0:
                self.is_done, self.had_reply = True, self._has_reply
                raise KeyboardInterrupt
        return self


@contextmanager
def interrupted(number: int) -> Iterator[Interrupt]:
    interrupt, before = Interrupt(number), sys.gettrace()
    sys.settrace(interrupt)
    try:
        yield interrupt
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)


@pytest.mark.skipif("WONDERGEN_SOAK" not in os.environ, reason="what it interrupts stays handled in this process")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a socket between two lines
@pytest.mark.parametrize("harness", ["sync"], indirect=True)  # asyncio turns Ctrl-C into a cancellation: see below
def test_an_id_that_arrived_outlives_ctrl_c_at_every_line(harness: Harness, tmp_path: Path) -> None:
    path, number = tmp_path / "runs.sqlite", 0
    outcomes: dict[int, bool] = {}
    """By line, whether the reply was whole by then."""
    with Loopback() as server:
        server.on("POST", MAKE.path, otherwise=answer(ACCEPTED))
        client = harness.client(server.url, journal=path)
        client.journal._database._connection().execute("PRAGMA synchronous = OFF")  # what is tested is not a power cut
        harness.submit(client)
        while True:
            number += 1
            options = CallOptions(key=f"scene {number}")
            with interrupted(number) as interrupt:
                harness.submit(client, prompt=f"line {number}", options=options)
            if not interrupt.is_done:
                break
            outcomes[number] = interrupt.had_reply
        harness.submit(client)
        runs = {run.key: run for run in all_runs(path)}
    billed = Counter(json.loads(request.body)["data"]["prompt"] for request in server.bills)
    assert sum(outcomes.values()) > 50, "the lines after the reply were not met"
    assert len(outcomes) - sum(outcomes.values()) > 100, "the lines before the reply were not met"
    for number, had_reply in outcomes.items():
        run = runs.get(f"scene {number}")
        state = None if run is None else (run.state, run.task_id)
        if had_reply:
            assert state == ("accepted", "t-1"), f"line {number}"
        elif billed[f"line {number}"]:
            assert state in (("accepted", "t-1"), ("unknown", None), ("sending", None)), f"line {number}"
        assert billed[f"line {number}"] <= 1


@pytest.mark.parametrize("harness", ["async"], indirect=True)
def test_an_id_that_arrived_outlives_a_cancellation_at_every_await(harness: Harness, tmp_path: Path) -> None:
    path, steps = tmp_path / "runs.sqlite", 0
    states: dict[str, set[str]] = {}

    async def cancelled_after(client: Any, steps: int) -> bool:
        call = client._submit(MAKE, harness.result, {"prompt": f"step {steps}"}, CallOptions(key=f"step {steps}"))
        step = 0
        try:
            pending: Any = call.send(None)
            while True:
                step += 1
                if pending is not None:  # a future that the loop will set
                    pending._asyncio_future_blocking = False
                    await asyncio.wait([pending])
                pending = call.throw(asyncio.CancelledError()) if step == steps else call.send(None)
        except asyncio.CancelledError:
            return True
        except StopIteration:
            return step >= steps

    with Loopback() as server:
        server.on("POST", MAKE.path, otherwise=answer(ACCEPTED))
        client = harness.client(server.url, journal=path)
        while True:
            steps += 1
            if not harness.call(cancelled_after, client, steps):
                break
            found = harness.call(client._submit, MAKE, harness.result, {"prompt": "next"}, CallOptions())
            assert found.id == "t-1", "the place of the cancelled call was not given back"
        billed = Counter(json.loads(request.body)["data"]["prompt"] for request in server.bills)
        for number in range(1, steps):
            run = client.journal.find(f"step {number}")
            states.setdefault(run.state if run else "none", set()).add(f"step {number}")
            assert billed[f"step {number}"] <= 1
            assert run is None or run.state != "refused" or not billed[f"step {number}"]
    assert steps >= 4
    assert set(states) <= {"none", "refused", "unknown", "accepted"}
    assert "accepted" in states
