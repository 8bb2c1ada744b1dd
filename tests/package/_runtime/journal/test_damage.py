"""A journal whose file is in trouble: what was accepted is written as soon as it can be."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime import database
from codegen.package._runtime import journal as journals
from codegen.package._runtime.errors import InvalidRequest, WondergenError
from codegen.package._runtime.journal_rows import all_runs
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Connection, Loopback, Step, answer
from tests.package._runtime.sample_service import ACCEPTED, MAKE

BODY = answer(ACCEPTED)


def during(action: Callable[[], object]) -> Step:
    """Do something to the file while a request is at the service."""

    def play(link: Connection) -> None:
        action()
        BODY.play(link)

    return Step("during the request", "body", play, bills=True, keeps=True)


def sql(statement: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with closing(sqlite3.connect(path)) as other:
            other.execute(statement)
            other.commit()

    return run


def overwritten(at: int, content: bytes) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(content)

    return run


def cut(part: float) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with path.open("r+b") as file:
            file.truncate(int(path.stat().st_size * part))

    return run


def replaced(content: bytes) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        path.unlink()
        path.write_bytes(content)

    return run


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def moved_behind_a_link(path: Path) -> None:
    path.rename(path.with_suffix(".real"))
    path.symlink_to(path.with_suffix(".real"))


KEPT: dict[str, Callable[[Path], object]] = {
    "moved behind a link": moved_behind_a_link,
    "emptied": sql("DELETE FROM runs"),
    "without its index": sql("DROP INDEX runs_by_state"),
    "in another mode": sql("PRAGMA journal_mode = WAL"),
}
LOST: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "moved": lambda path: path.rename(path.with_suffix(".old")),
    "replaced by an empty file": replaced(b""),
    "without its folder": lambda path: shutil.rmtree(path.parent),
    "a folder in its place": a_folder,
    "cut to nothing": cut(0),
    "cut in the middle": cut(0.5),
    "damaged at its head": overwritten(0, b"\xff" * 100),
    "something else": replaced(b"no database" * 500),
    "without its table": sql("DROP TABLE runs"),
}


@pytest.mark.parametrize("damage", KEPT.values(), ids=KEPT)
def test_an_id_is_written_though_the_file_was_changed_meanwhile(
    harness: Harness, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    path = tmp_path / "runs.sqlite"
    with Loopback(during(lambda: damage(path)), BODY) as server:
        client = harness.client(server.url, journal=path)
        for _ in range(2):
            assert harness.submit(client).id == "t-1"
        assert [run.task_id for run in client.journal.unfinished()] == ["t-1", "t-1"]
    assert [run.state for run in all_runs(path)] == ["accepted", "accepted"]


@pytest.mark.parametrize("damage", LOST.values(), ids=LOST)
def test_a_file_that_is_lost_takes_no_task_away_and_lets_nothing_more_out(
    harness: Harness, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], object]
) -> None:
    path = tmp_path / "folder" / "runs.sqlite"
    path.parent.mkdir()
    with Loopback(during(lambda: damage(path))) as server:
        client = harness.client(server.url, journal=path)
        assert harness.submit(client).id == "t-1"
        assert "t-1" in caplog.text
        with pytest.raises(InvalidRequest, match="journal: cannot be written"):
            harness.submit(client)
        assert server.billed == 1
        for read in (client.journal.unfinished, client.journal.unknown, lambda: client.journal.find("scene")):
            with pytest.raises(WondergenError, match="cannot be used"):
                read()


def test_a_row_is_written_by_itself_once_the_file_is_free_again(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(journals, "FIRST_PAUSE", 0.01)
    path = tmp_path / "runs.sqlite"
    with (
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
        Loopback(during(lambda: other.execute("BEGIN IMMEDIATE"))) as server,
    ):
        client = harness.client(server.url, journal=path)
        assert harness.submit(client).id == "t-1"
        assert client.journal._later is not None
        other.execute("ROLLBACK")
        client.journal._later.join(10)
    assert [(run.state, run.task_id) for run in all_runs(path)] == [("accepted", "t-1")]


def test_a_row_is_written_at_the_end_of_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "FIRST_PAUSE", 60.0)
    at_exit: list[Any] = []
    monkeypatch.setattr(atexit, "register", lambda *call: at_exit.append(call))
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    path = tmp_path / "runs.sqlite"
    journal = journals.Journal(path, "acme", "https://api.acme.example")
    run = journal.intent("make", "abc")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        journal.accepted(run, "t-1")
    assert [run.state for run in all_runs(path)] == ["sending"]
    ((function, *arguments),) = at_exit
    assert function(*arguments)
    assert [(run.state, run.task_id) for run in all_runs(path)] == [("accepted", "t-1")]
    journal.close()


class _Odd:
    def __fspath__(self) -> Any:
        return 5


NO_PATHS: list[Any] = [
    "",
    "  ",
    ":memory:",
    "file:runs.sqlite?mode=memory",
    "FILE::memory:",
    "sqlite:///runs.sqlite",
    "https://files.example/runs.sqlite",
    "a\0b",
    "a\udcffb",
    b"runs.sqlite",
    "x" * 300,
    "/dev/null",
    ".",
    "/no-such-folder/runs.sqlite",
    "/dev/null/runs.sqlite",
    "~/no-such-folder/runs.sqlite",
    5,
    True,
    [],
    _Odd(),
]


@pytest.mark.parametrize("place", NO_PATHS, ids=lambda place: repr(place)[:30])
def test_what_is_no_path_of_a_journal_is_refused_before_anything_is_sent(harness: Harness, place: Any) -> None:
    with Loopback() as server:
        with pytest.raises(InvalidRequest, match="journal: "):
            harness.client(server.url, journal=place)
        assert server.connections == 0


@pytest.mark.parametrize("name", ["a\nb.sqlite", "a?b#c%20.sqlite", "😀 é.sqlite", "-", "C:"])
def test_any_name_that_a_system_takes_will_do(harness: Harness, tmp_path: Path, name: str) -> None:
    with Loopback() as server:
        server.on("POST", MAKE.path, otherwise=BODY)
        client = harness.client(server.url, journal=tmp_path / name)
        harness.submit(client)
        assert [run.task_id for run in client.journal.unfinished()] == ["t-1"]
    assert len(all_runs(tmp_path / name)) == 1


def test_no_event_loop_waits_while_a_journal_is_closed(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_in: list[int] = []
    close = journals.Journal.close

    def noted(self: Any) -> None:
        closed_in.append(threading.get_ident())
        close(self)

    monkeypatch.setattr(journals.Journal, "close", noted)
    client = harness.client("http://127.0.0.1:9", journal=tmp_path / "runs.sqlite")
    harness.close(client)
    assert [ident == threading.get_ident() for ident in closed_in] == [not harness.is_async]
