"""What the journal is told of one paid call, step by step, and what another call with its key gets."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime.deadline import Deadline
from codegen.package._runtime.delivery import Received
from codegen.package._runtime.errors import OutcomeUnknown
from codegen.package._runtime.journal_rows import all_runs
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import DRAW, DRAWN, MAKE, Drawing

KEY = CallOptions(key="scene-17")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.sqlite"


def begun(harness: Harness, client: Any, options: CallOptions = KEY, seconds: float = 5.0) -> tuple[Any, Any]:
    """Return the run of a call that is about to be sent, and what its key stands for already."""
    session = client._session
    request = session.build(MAKE, {"prompt": "a cat"}, options)
    run = harness.name("paid", "PaidRun")(session, MAKE, request, options.key)
    return run, harness.call(run.begin, Deadline(seconds, harness.clock.monotonic))


@pytest.mark.parametrize("code", [0, 100])
def test_an_interrupt_keeps_the_task_of_a_reply_that_had_arrived(harness: Harness, path: Path, code: int) -> None:
    client = harness.client("http://127.0.0.1:9", journal=path)
    run, _ = begun(harness, client)
    received, error = Received(), KeyboardInterrupt()
    received.status = 200
    received.content += b'{"code": %d, "data": {"task_id": "t-1"}}' % code
    harness.call(run.failed, error, received)
    (kept,) = all_runs(path)
    assert (kept.state, kept.task_id) == ("accepted", "t-1")
    first, second = error.__notes__
    assert first == f"make may have been accepted (request sha256 {kept.digest[:12]})."
    assert client.resume(second.split("'")[1]).id == "t-1"
    assert second.endswith("goes on with it.")


def test_an_interrupt_without_a_reply_leaves_an_unknown_outcome(harness: Harness, path: Path) -> None:
    run, _ = begun(harness, harness.client("http://127.0.0.1:9", journal=path))
    error = KeyboardInterrupt()
    harness.call(run.failed, error, Received())
    (kept,) = all_runs(path)
    assert (kept.state, kept.task_id) == ("unknown", None)
    assert len(error.__notes__) == 1


def test_a_call_waits_for_the_one_that_sends_and_looks_less_and_less_often(harness: Harness, path: Path) -> None:
    client = harness.client("http://127.0.0.1:9", journal=path)
    begun(harness, client)
    with pytest.raises(OutcomeUnknown, match="another call is sending it at this moment"):
        begun(harness, client, seconds=5.0)
    assert harness.clock.sleeps == [0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.0, 1.0, 1.0]


def test_a_reply_that_was_not_kept_is_an_unknown_outcome(harness: Harness, path: Path) -> None:
    client = harness.client("http://127.0.0.1:9", journal=path)
    run, known = begun(harness, client)
    assert known is None
    harness.call(run.accepted, None, {"code": 0})
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE runs SET reply = NULL")
    with pytest.raises(OutcomeUnknown, match="the reply to an earlier call with the key 'scene-17' was not kept"):
        begun(harness, client)


def test_what_a_key_stands_for_is_marked_as_known(harness: Harness, path: Path) -> None:
    client = harness.client("http://127.0.0.1:9", journal=path)
    run, _ = begun(harness, client)
    harness.call(run.accepted, None, {"code": 0, "x": 1})
    _, (reply, task_id) = begun(harness, client)
    assert (reply.body, reply.status, reply.is_known, task_id) == ({"code": 0, "x": 1}, 200, True, None)
    run, _ = begun(harness, client, CallOptions(key="scene-18"))
    harness.call(run.accepted, "t-8", {"code": 0})
    _, (reply, task_id) = begun(harness, client, CallOptions(key="scene-18"))
    assert (reply.status, reply.is_known, task_id) == (200, True, "t-8")


@pytest.mark.parametrize(
    "operation, options, is_kept", [(MAKE, KEY, False), (DRAW, KEY, True), (DRAW, CallOptions(), False)]
)
def test_a_reply_is_kept_only_where_a_later_call_needs_it(
    harness: Harness, path: Path, operation: Any, options: CallOptions, is_kept: bool
) -> None:
    with Loopback(answer(GOOD if operation is MAKE else DRAWN)) as server:
        client = harness.client(server.url, journal=path)
        if operation is MAKE:
            harness.submit(client, options=options)
        else:
            harness.call(client._generate, DRAW, Drawing, {"prompt": "a cat"}, options)
    with closing(sqlite3.connect(path)) as file:
        ((reply,),) = file.execute("SELECT reply FROM runs").fetchall()
    assert (reply is not None) is is_kept


def test_to_withdraw_what_was_never_noted_changes_nothing(harness: Harness, path: Path) -> None:
    client = harness.client("http://127.0.0.1:9", journal=path)
    begun(harness, client)
    request = client._session.build(MAKE, {"prompt": "a dog"}, CallOptions())
    harness.call(harness.name("paid", "PaidRun")(client._session, MAKE, request, None).withdraw)
    assert [run.state for run in all_runs(path)] == ["sending"]
