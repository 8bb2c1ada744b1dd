"""The journal knows of a paid request before it is sent, and keeps every task id that arrived, whatever dies."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime import database, journal_schema, owner
from codegen.package._runtime.errors import InvalidRequest, WondergenError
from codegen.package._runtime.journal import Journal, NoJournal
from codegen.package._runtime.journal_rows import all_runs

BASE = "https://api.acme.example"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    opened = Journal(path, "acme", BASE, now=lambda: 1_700_000_000.0)
    yield opened
    opened.close()


def test_a_request_is_unknown_from_before_it_is_sent(journal: Journal) -> None:
    journal.intent("text_to_video", "abc123")
    [run] = journal.unknown()
    assert (run.operation, run.digest, run.state, run.task_id, run.token) == (
        "text_to_video",
        "abc123",
        "sending",
        None,
        None,
    )
    assert run.sent_at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert journal.unfinished() == []


def test_an_accepted_request_is_unfinished_and_has_a_token(journal: Journal) -> None:
    journal.accepted(journal.intent("text_to_video", "abc"), "t-1")
    [run] = journal.unfinished()
    assert run.token is not None
    assert json.loads(run.token) == {
        "provider": "acme",
        "operation": "text_to_video",
        "id": "t-1",
        "base_url": BASE,
    }
    assert journal.find_task("t-1") == run
    assert journal.find_task("t-2") is None
    assert journal.unknown() == []


def test_a_refused_request_is_neither(journal: Journal) -> None:
    journal.refused(journal.intent("text_to_video", "abc"))
    assert (journal.unfinished(), journal.unknown()) == ([], [])


def test_a_lost_reply_stays_unknown(journal: Journal) -> None:
    journal.lost(journal.intent("text_to_video", "abc"))
    assert [run.state for run in journal.unknown()] == ["unknown"]


def test_a_paid_call_that_answered_at_once_is_finished(journal: Journal) -> None:
    journal.accepted(journal.intent("flowchart", "abc"), None)
    assert (journal.unfinished(), journal.unknown()) == ([], [])


def test_a_finished_task_is_not_unfinished_any_more(journal: Journal) -> None:
    journal.accepted(journal.intent("text_to_video", "a"), "t-1")
    journal.accepted(journal.intent("text_to_video", "b"), "t-2")
    journal.finished("t-1", "succeeded")
    assert [run.task_id for run in journal.unfinished()] == ["t-2"]


def test_a_task_that_made_something_is_unsaved_until_it_is_saved(journal: Journal) -> None:
    for task_id, status in (("t-1", "succeeded"), ("t-2", "failed")):
        journal.accepted(journal.intent("text_to_video", "a"), task_id)
        journal.finished(task_id, status)
    journal.accepted(journal.intent("flowchart", "b"), None)
    assert [(run.task_id, run.status) for run in journal.unsaved()] == [("t-1", "succeeded")]
    journal.saved("t-1")
    journal.finished("t-1", "succeeded")
    assert journal.unsaved() == journal.unfinished() == []


def state_of(path: Path) -> list[tuple[str, str | None]]:
    """Return state and status of every call, in the order in which they were sent."""
    return [(run.state, run.status) for run in all_runs(path)]


def test_each_step_of_a_call_has_its_state(journal: Journal, path: Path) -> None:
    run_id = journal.intent("text_to_video", "a")
    assert state_of(path) == [("sending", None)]
    journal.accepted(run_id, "t-1")
    assert state_of(path) == [("accepted", None)]
    journal.finished("t-1", "succeeded")
    assert state_of(path) == [("finished", "succeeded")]
    journal.saved("t-1")
    assert state_of(path) == [("saved", "succeeded")]
    journal.finished("t-1", "failed")
    assert state_of(path) == [("saved", "succeeded")]


@pytest.mark.parametrize(
    "settle, state",
    [
        (lambda journal, run_id: journal.accepted(run_id, None, {"a": 1}), "finished"),
        (lambda journal, run_id: journal.refused(run_id), "refused"),
        (lambda journal, run_id: journal.lost(run_id), "unknown"),
    ],
)
def test_a_call_without_a_task_ends_in_one_state(
    journal: Journal, path: Path, settle: Callable[[Journal, str], None], state: str
) -> None:
    settle(journal, journal.intent("flowchart", "a"))
    assert state_of(path) == [(state, None)]
    journal.saved("t-1")
    assert state_of(path) == [(state, None)]


def test_a_task_whose_files_are_saved_before_its_end_was_noted_is_saved(journal: Journal, path: Path) -> None:
    journal.accepted(journal.intent("text_to_video", "a"), "t-1")
    journal.saved("t-1")
    assert state_of(path) == [("saved", "succeeded")]
    assert journal.unknown() == journal.unfinished() == journal.unsaved() == []


def test_what_a_dead_process_was_sending_becomes_unknown_and_nothing_else_does(journal: Journal, path: Path) -> None:
    journal.accepted(journal.intent("text_to_video", "a"), "t-1")
    journal.refused(journal.intent("text_to_video", "b"))
    journal.intent("text_to_video", "c")
    journal.abandon(["a process of another machine"])
    assert [state for state, _ in state_of(path)].count("sending") == 1
    journal.abandon([owner.current()])
    assert sorted(state for state, _ in state_of(path)) == ["accepted", "refused", "unknown"]


def test_a_key_whose_request_was_refused_is_being_sent_again_with_it(journal: Journal, path: Path) -> None:
    claim = journal.claim("scene-17", "make", "d", 10.0)
    journal.refused(claim.run.id, "t-0")
    again = journal.claim("scene-17", "make", "d", 10.0)
    assert again.is_ours
    journal.refused(claim.run.id)  # of the first request, written late: it says nothing of the second
    assert [(run.id, run.state, run.task_id) for run in all_runs(path)] == [(again.run.id, "sending", None)]


@pytest.mark.parametrize("seconds, is_over", [(-1e6, True), (10.0, False)])
def test_a_person_may_say_what_became_of_a_request_that_nobody_sends_any_more(
    journal: Journal, path: Path, seconds: float, is_over: bool
) -> None:
    journal.claim("scene-17", "make", "d", seconds)
    with nullcontext() if is_over else pytest.raises(InvalidRequest, match="still runs"):
        assert journal.resolve("scene-17", task_id="t-7").state == "accepted"
    assert [run.task_id for run in journal.unfinished()] == (["t-7"] if is_over else [])


def test_a_client_sees_its_own_service_and_base_url_only(journal: Journal, path: Path) -> None:
    journal.accepted(journal.intent("text_to_video", "a"), "t-1")
    for provider, base in (("other", BASE), ("acme", "https://other.example")):
        theirs = Journal(path, provider, base)
        theirs.finished("t-1", "failed")
        assert theirs.unfinished() == []
        theirs.close()
    assert len(journal.unfinished()) == 1


def test_all_runs_of_every_service_are_read_in_their_order(journal: Journal, path: Path) -> None:
    journal.accepted(journal.intent("text_to_video", "abc"), "t-1")
    other = Journal(path, "zeta", "https://other.example", now=lambda: 1_800_000_000.0)
    other.refused(other.intent("text_to_image", "def"))
    other.close()
    found = [(run.provider, run.operation, run.state, run.task_id) for run in all_runs(path)]
    assert found == [("acme", "text_to_video", "accepted", "t-1"), ("zeta", "text_to_image", "refused", None)]


def test_reading_all_runs_makes_no_file(path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        all_runs(path)
    assert not path.exists()


def test_nothing_of_the_arguments_is_stored(journal: Journal, path: Path) -> None:
    journal.intent("text_to_video", "abc")
    with closing(sqlite3.connect(path)) as other:
        columns = {row[1] for row in other.execute("PRAGMA table_info(runs)")}
    assert columns == {
        "id", "call_key", "provider", "base_url", "operation", "digest", "state", "task_id", "status", "sent_at",
        "changed_at", "owner", "sending_until", "reply",
    }  # fmt: skip


@pytest.mark.parametrize("content", [b"this is not a database, and long enough to be read as one" * 40, None])
def test_a_file_that_is_no_journal_is_refused_before_anything_is_sent(content: bytes | None, path: Path) -> None:
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(InvalidRequest, match=r"journal: (cannot be opened|.* is not a file)"):
        Journal(path, "acme", BASE)


def test_a_file_with_a_table_of_another_making_is_refused_before_anything_is_sent(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE runs (provider, base_url, state, pace)")
    with pytest.raises(InvalidRequest, match="journal: cannot be opened: no such column: key"):
        Journal(path, "acme", BASE)


def test_an_intent_that_cannot_be_written_is_an_error_so_that_nothing_is_sent(journal: Journal, path: Path) -> None:
    assert journal.unfinished() == []
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE runs")
    other.close()
    with pytest.raises(sqlite3.Error, match="no such table"):
        journal.intent("text_to_video", "abc")


def test_an_outcome_that_cannot_be_written_does_not_hide_the_task(
    journal: Journal, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key = journal.intent("text_to_video", "abc")
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE runs")
    other.close()
    journal.accepted(key, "t-1")
    journal.finished("t-1", "succeeded")
    assert "t-1" in caplog.text


@pytest.mark.parametrize("mask", [0o022, 0o000, 0o077])
def test_a_new_file_and_those_beside_it_are_its_owners_alone(path: Path, mask: int) -> None:
    modes: dict[str, int] = {}
    before = os.umask(mask)
    try:
        with closing(Journal(path, "acme", BASE)) as journal, journal.transaction() as connection:
            connection.execute("DELETE FROM runs")
            modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
        with closing(sqlite3.connect(path)) as other:
            other.execute("PRAGMA journal_mode = WAL")
            other.execute("DELETE FROM runs")
            modes |= {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys([path.name, *(f"{path.name}-{end}" for end in ("journal", "wal", "shm"))], 0o600)


def test_a_file_that_is_there_keeps_its_mode(path: Path) -> None:
    path.touch()
    path.chmod(0o640)
    with closing(Journal(path, "acme", BASE)) as journal:
        journal.intent("text_to_video", "abc")
    assert path.stat().st_mode & 0o777 == 0o640


def test_making_and_closing_a_journal_waits_for_no_lock_of_another_process(
    path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = journal.intent("text_to_video", "abc")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        made = Journal(path, "acme", BASE)
        made.close()
        with pytest.raises(WondergenError, match="cannot be used: database is locked"):
            made.unknown()
        other.execute("ROLLBACK")
    assert [run.id for run in made.unknown()] == [key]
    made.close()


def test_a_link_that_leads_to_no_place_for_a_file_is_refused(path: Path) -> None:
    (path.parent / "kept").mkdir()
    for target, problem in (
        (path.parent / "no-such-folder" / "runs.sqlite", "no file can be made in '.*no-such-folder'"),
        (path, "[Ss]ymbolic link"),
        (path.parent / "kept" / "runs.sqlite", None),
    ):
        path.symlink_to(target)
        if problem is not None:
            with pytest.raises(InvalidRequest, match=problem):
                Journal(path, "acme", BASE)
        else:
            with closing(Journal(path, "acme", BASE)) as journal:
                journal.intent("text_to_video", "abc")
        path.unlink()
    assert (path.parent / "kept" / "runs.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_journal_is_made_without_a_file_and_the_first_request_makes_it(path: Path) -> None:
    with closing(Journal(path, "acme", BASE)) as journal:
        assert not path.exists()
        journal.intent("text_to_video", "abc")
        assert path.exists()


def test_the_tables_of_a_file_are_prepared_once(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[object] = []
    prepare = journal_schema.prepare

    def counted(connection: Any, database: Any, place: Any) -> None:
        prepared.append(place)
        prepare(connection, database, place)

    monkeypatch.setattr(journal_schema, "prepare", counted)
    for _ in range(3):
        journal.accepted(journal.intent("make", "d"), "t-1")
    assert len(prepared) == 1


def test_the_file_survives_a_crash_of_process_or_machine(journal: Journal) -> None:
    with journal.transaction() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)  # a lone copy is whole
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_threads_share_a_journal(journal: Journal) -> None:
    def submit(number: int) -> None:
        for step in range(10):
            journal.accepted(journal.intent("text_to_video", "abc"), f"t-{number}-{step}")

    threads = [threading.Thread(target=submit, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({run.task_id for run in journal.unfinished()}) == 40


WRITER = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from codegen.package._runtime.journal import Journal
journal = Journal(sys.argv[2], "acme", "https://api.acme.example")
name, rounds, point = sys.argv[3], int(sys.argv[4]), sys.argv[5]

def die_at(here):
    if here == point:
        os.kill(os.getpid(), signal.SIGKILL)

for number in range(rounds):
    last = number == rounds - 1
    last and die_at("before intent")
    key = journal.intent("text_to_video", "abc")
    last and die_at("after intent")
    journal.accepted(key, f"{name}-{number}")
    last and die_at("after accepted")
    if last and point == "during accepted":
        with journal.transaction() as connection:
            connection.execute("UPDATE runs SET task_id = 'half' WHERE id = ?", (key,))
            die_at(point)
    if last and point == "during intent":
        with journal.transaction() as connection:
            connection.execute("INSERT INTO runs SELECT 'half', NULL, provider, base_url, operation, digest, "
                               "'sending', NULL, NULL, sent_at, sent_at, owner, 0, NULL FROM runs WHERE id = ?", (key,))
            die_at(point)
"""


def start(path: Path, name: str, rounds: int, point: str = "never") -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[4]
    return subprocess.Popen([sys.executable, "-c", WRITER, str(root), str(path), name, str(rounds), point])


def test_processes_share_a_journal(journal: Journal, path: Path) -> None:
    processes = [start(path, f"p{number}", 15) for number in range(3)]
    assert [process.wait(30) for process in processes] == [0, 0, 0]
    assert len({run.task_id for run in journal.unfinished()}) == 45


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    "point, arrived, unknown",
    [
        ("before intent", 2, 0),
        ("after intent", 2, 1),
        ("during intent", 3, 0),
        ("after accepted", 3, 0),
        ("during accepted", 3, 0),
    ],
)
def test_a_killed_process_leaves_every_id_that_arrived(path: Path, point: str, arrived: int, unknown: int) -> None:
    assert start(path, "p", 3, point).wait(30) == -signal.SIGKILL
    journal = Journal(path, "acme", BASE)
    assert [run.task_id for run in journal.unfinished()] == [f"p-{number}" for number in range(arrived)]
    assert len(journal.unknown()) == unknown
    journal.accepted(journal.intent("text_to_video", "abc"), "next")
    journal.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_process_opens_the_file_anew(journal: Journal) -> None:
    key = journal.intent("text_to_video", "abc")
    child = os.fork()
    if child == 0:
        journal.accepted(key, "from the child")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert [run.task_id for run in journal.unfinished()] == ["from the child"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_process_forked_while_a_thread_writes_is_not_left_waiting(journal: Journal) -> None:
    is_inside, may_go = threading.Event(), threading.Event()

    def write() -> None:
        with journal.transaction():
            is_inside.set()
            may_go.wait(5)

    thread = threading.Thread(target=write)
    thread.start()
    is_inside.wait(5)
    threading.Timer(0.05, may_go.set).start()
    child = os.fork()
    if child == 0:
        signal.alarm(10)  # ends a child that waits for ever
        journal.accepted(journal.intent("text_to_video", "abc"), "from the child")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    thread.join()
    assert [run.task_id for run in journal.unfinished()] == ["from the child"]


@pytest.mark.parametrize("task_id", ["", "  ", "a\ufffd", "t" * 2001, None, 7])
def test_a_task_is_resolved_with_a_usable_id_alone(journal: Journal, task_id: Any) -> None:
    journal.claim("scene-17", "make", "d", -1e6)
    with pytest.raises(InvalidRequest, match="is not a usable task id"):
        journal.resolve("scene-17", task_id=task_id)
    assert journal.unfinished() == []


def test_a_client_without_a_journal_has_no_key_to_speak_of() -> None:
    for verb, arguments in (("resolve", {"task_id": "t-1"}), ("forget", {})):
        with pytest.raises(InvalidRequest, match="is not there: make the client with journal=FILE"):
            getattr(NoJournal(), verb)("scene-17", **arguments)


def test_a_client_without_a_journal_knows_of_nothing() -> None:
    without = NoJournal()
    assert (without.unfinished(), without.unsaved(), without.unknown()) == ([], [], [])
    assert (without.find("scene-17"), without.find_task("t-1")) == (None, None)
