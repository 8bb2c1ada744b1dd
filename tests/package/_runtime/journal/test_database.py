"""A transaction within another is a part of it, and work that shares a transaction loses nothing where it fails."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime.database import (
    PostgresDatabase,
    SQLiteDatabase,
    in_postgres,
    open_database,
    place_fault,
    printable_place,
)
from codegen.package._runtime.journal import Journal, _write_now
from codegen.package.batch.store_thread import StoreThread


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SQLiteDatabase]:
    database = SQLiteDatabase(tmp_path / "jobs.sqlite")
    with database.transaction() as connection:
        connection.execute("CREATE TABLE notes (text TEXT PRIMARY KEY)")
    yield database
    database.close()


def write(database: SQLiteDatabase, text: str, *, error: Exception | None = None) -> str:
    with database.transaction() as connection:
        connection.execute("INSERT INTO notes VALUES (?)", (text,))
        if error is not None:
            raise error
    return text


def written(database: SQLiteDatabase) -> list[str]:
    with closing(sqlite3.connect(database._path)) as other:
        return [text for (text,) in other.execute("SELECT text FROM notes ORDER BY text")]


def test_a_transaction_that_ctrl_c_left_open_is_undone_by_the_next(database: SQLiteDatabase) -> None:
    left = database._connection()
    left.execute("BEGIN IMMEDIATE")
    left.execute("INSERT INTO notes VALUES ('half')")
    write(database, "whole")
    assert written(database) == ["whole"]


def test_a_part_that_fails_is_undone_and_the_rest_is_kept(database: SQLiteDatabase) -> None:
    fault = ZeroDivisionError()
    outcomes = database.together(
        [
            lambda: write(database, "a"),
            lambda: write(database, "b", error=fault),
            lambda: write(database, "c"),
        ]
    )
    assert [(one.value, one.error) for one in outcomes] == [("a", None), (None, fault), ("c", None)]
    assert written(database) == ["a", "c"]


def test_nothing_of_a_transaction_is_there_before_its_end(database: SQLiteDatabase) -> None:
    seen = []
    with database.transaction():
        write(database, "a")
        seen = written(database)
    assert (seen, written(database)) == ([], ["a"])


def test_what_is_to_follow_a_commit_does_not_follow_a_failure(database: SQLiteDatabase) -> None:
    calls = []

    def fail() -> None:
        with database.transaction():
            database.after_commit(lambda: calls.append("failed"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.transaction():
        database.after_commit(lambda: calls.append("committed"))
        assert calls == []
    assert calls == ["committed"]


def test_a_database_that_was_closed_opens_again(database: SQLiteDatabase) -> None:
    write(database, "a")
    database.close()
    write(database, "b")
    assert written(database) == ["a", "b"]


def test_a_place_that_is_no_file_is_no_place_for_a_database(tmp_path: Path) -> None:
    assert place_fault(tmp_path) == f"{str(tmp_path)!r} is there and is not a file"
    assert (
        place_fault("https://a.example/jobs.sqlite")
        == "'https://a.example/jobs.sqlite' is a URL, not the path of a file"
    )
    assert place_fault(tmp_path / "jobs.sqlite") is None
    assert place_fault("postgresql://a.example/jobs") is None


class NamedBy:
    """A path whose name is anything."""

    def __init__(self, name: Any) -> None:
        self._name = name

    def __fspath__(self) -> Any:
        return self._name


@pytest.mark.parametrize(
    "place, fault",
    [
        (b"jobs.sqlite", "is bytes, not a path"),
        (NamedBy(b"jobs.sqlite"), "is a path of bytes: give it as text"),
        (NamedBy(7), "is not a path: "),
        ("", "'' is not the path of a file"),
        (" ", "' ' is not the path of a file"),
        ("a\0b", "'a\\x00b' is not the path of a file"),
        (":memory:", "':memory:' is not the path of a file"),
        ("\ud800", "'\\ud800' is not the path of a file: 'utf-8' codec can't encode character"),
        (7, "is int, not a path"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_names_no_file_is_no_place_for_a_database(place: Any, fault: str) -> None:
    found = place_fault(place)
    assert found is not None
    assert found.startswith(fault)


def test_a_place_opens_the_database_of_its_kind(tmp_path: Path) -> None:
    assert type(open_database(tmp_path / "jobs.sqlite")) is SQLiteDatabase
    assert type(open_database("postgres://db.example/runs")) is PostgresDatabase


def test_a_statement_is_written_anew_for_postgresql() -> None:
    assert in_postgres("SELECT x REAL WHERE a = ? AND b LIKE '5%'") == (
        "SELECT x DOUBLE PRECISION WHERE a = %s AND b LIKE '5%%'"
    )


def test_a_part_that_ends_leaves_no_part_open(database: SQLiteDatabase) -> None:
    with database.transaction() as connection:
        with pytest.raises(KeyError), database.transaction():
            raise KeyError
        with database.transaction():
            pass
        with pytest.raises(sqlite3.OperationalError, match="no such savepoint"):
            connection.execute("RELEASE part")


class FullDisk(SQLiteDatabase):
    """Its first commit of several works fails, as on a full disk; `is_whole`: SQLite has undone all of it before."""

    def __init__(self, path: Path, *, is_whole: bool) -> None:
        super().__init__(path)
        self.is_whole, self.fails = is_whole, False

    def _connection(self) -> Any:
        connection = super()._connection()
        outer = self

        class Failing:
            def __getattr__(self, name: str) -> Any:
                return getattr(connection, name)

            def commit(self) -> None:
                if outer.fails:
                    outer.fails = False
                    if outer.is_whole:
                        connection.rollback()
                    raise sqlite3.OperationalError("database or disk is full")
                connection.commit()

        return Failing()


@pytest.mark.parametrize("is_whole", [True, False])
def test_work_whose_shared_commit_fails_is_done_again_each_by_itself(tmp_path: Path, is_whole: bool) -> None:
    database = FullDisk(tmp_path / "jobs.sqlite", is_whole=is_whole)
    with database.transaction() as connection:
        connection.execute("CREATE TABLE notes (text TEXT PRIMARY KEY)")
    database.fails = True
    outcomes = database.together([lambda: write(database, "a"), lambda: write(database, "b")])
    assert [(one.value, one.error) for one in outcomes] == [("a", None), ("b", None)]
    assert written(database) == ["a", "b"]
    database.close()


def test_an_outcome_is_forgotten_by_the_journal_only_once_it_is_committed(tmp_path: Path) -> None:
    database = FullDisk(tmp_path / "jobs.sqlite", is_whole=False)
    journal = Journal(tmp_path / "jobs.sqlite", "sample", "https://api.sample.invalid", database=database)
    run = journal.intent("make", "digest")

    def accepted() -> None:
        with database.transaction():
            journal.accepted(run, "t-1")

    database.fails = True
    with pytest.raises(sqlite3.OperationalError):
        accepted()
    journal.close()
    [known] = Journal(tmp_path / "jobs.sqlite", "sample", "https://api.sample.invalid").unfinished()
    assert known.task_id == "t-1"
    database.close()


def test_a_thread_of_a_store_gives_each_its_own_outcome(database: SQLiteDatabase) -> None:
    thread = StoreThread(database)
    futures = [thread.submit(write, database, str(number % 6)) for number in range(8)]
    outcomes = [future.exception() is None for future in futures]
    thread.shutdown()
    assert outcomes == [True] * 6 + [False] * 2
    assert written(database) == [str(number) for number in range(6)]
    with pytest.raises(RuntimeError):
        thread.submit(write, database, "late")


@pytest.mark.parametrize(
    "place, text",
    [
        (Path("runs.sqlite"), "runs.sqlite"),
        ("postgresql://user:word@db.example:5433/runs?sslmode=require", "postgresql://db.example:5433/runs"),
        ("postgres://user:word@db.example/runs", "postgres://db.example/runs"),
        ("postgresql:///runs", "postgresql:/runs"),
    ],
)
def test_a_place_is_shown_without_user_and_password(place: str | Path, text: str) -> None:
    assert printable_place(place) == text


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("is_closed", [False, True])
def test_an_outcome_that_is_written_late_leaves_no_database_of_a_closed_journal_open(
    tmp_path: Path, is_shared: bool, is_closed: bool
) -> None:
    database = SQLiteDatabase(tmp_path / "jobs.sqlite")
    journal = Journal(tmp_path / "jobs.sqlite", "sample", "https://api.sample.invalid", database=database)
    journal._is_shared = is_shared
    run = journal.intent("make", "digest")
    assert _write_now(weakref.ref(journal))  # nothing is left to write
    journal._pending[run] = ("accepted", "t-1", None)
    journal._is_closed = is_closed
    assert _write_now(weakref.ref(journal))
    assert journal._pending == {}
    assert (database._open is None) is (is_closed and not is_shared)
    assert [each.task_id for each in journal.unfinished()] == ["t-1"]
    database.close()


def test_an_outcome_that_cannot_be_written_yet_is_kept(tmp_path: Path) -> None:
    database = FullDisk(tmp_path / "jobs.sqlite", is_whole=False)
    journal = Journal(tmp_path / "jobs.sqlite", "sample", "https://api.sample.invalid", database=database)
    run = journal.intent("make", "digest")
    journal._pending[run] = ("accepted", "t-1", None)
    database.fails = True
    assert not _write_now(weakref.ref(journal))
    assert list(journal._pending) == [run]
    database.close()


def test_a_journal_that_is_gone_has_nothing_to_write() -> None:
    class Gone(Journal):
        def __init__(self) -> None:
            pass

    gone = Gone()
    reference: weakref.ref[Journal] = weakref.ref(gone)
    del gone
    assert _write_now(reference)
