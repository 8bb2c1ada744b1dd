# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""One database for journal and batches: an SQLite file, or PostgreSQL where several machines share it.

The statements are those that both understand, with `?` for a value and REAL for a float.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias, cast
from urllib.parse import urlsplit, urlunsplit

from .errors import ArgumentFault, InvalidRequest
from .exports import PACKAGE
from .forks import hold_during_fork
from .retry import random_jitter

_URL = re.compile(r"file:|[A-Za-z][A-Za-z0-9+.-]+://", re.IGNORECASE)
BUSY_SECONDS = 10.0
"""How long one process waits for another's write."""
_POLL_SECONDS = 0.003


_making = threading.Lock()
hold_during_fork(_making)


class DatabaseFailure(Exception):
    """PostgreSQL did not do what was asked."""


class AnotherFile(sqlite3.OperationalError):
    """What the path of an SQLite database names now is not the file, or not the state of it, that was in use."""


class AnotherServer(DatabaseFailure):
    """Behind the URL is not the PostgreSQL database any more that was in use."""


DATABASE_ERRORS = (sqlite3.Error, DatabaseFailure)
"""What a database raises."""
UNSTORABLE = (ValueError, TypeError, RecursionError, OverflowError)
"""What a value raises that cannot be written."""


def storable_text(text: str, place: object) -> str:
    """Return a text as the database of a place takes it: without halves of surrogate pairs, on a server without NUL."""
    whole = text.replace("\0", "\\x00") if is_postgres(place) else text
    return whole.encode("utf-8", "backslashreplace").decode()


class Cursor(Protocol):
    """What a statement gives."""

    rowcount: int

    def fetchone(self) -> Any:
        """Return the next row."""
        ...

    def fetchall(self) -> list[Any]:
        """Return the rest of the rows."""
        ...


class Connection(Protocol):
    """An open transaction."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        """Run one statement."""
        ...


@dataclass(frozen=True, slots=True)
class TransactionOutcome:
    """The outcome of a function."""

    value: Any = None
    error: Exception | None = None


def outcome_of(work: Callable[[], Any]) -> TransactionOutcome:
    """Call a function and return its value or its error."""
    try:
        return TransactionOutcome(work())
    except Exception as error:
        return TransactionOutcome(error=error)


def is_postgres(place: object) -> bool:
    """Return whether a place is a PostgreSQL URL and not a path."""
    return isinstance(place, str) and place.startswith(("postgresql://", "postgres://"))


def printable_place(place: str | os.PathLike[str]) -> str:
    """Return the place as it may stand in messages: without a password."""
    if not is_postgres(place):
        return os.fspath(place)
    parts = urlsplit(str(place))
    host = parts.hostname or ""
    return urlunsplit((parts.scheme, f"{host}:{parts.port}" if parts.port else host, parts.path, "", ""))


def place_fault(place: object) -> str | None:
    """Return what is wrong with a path or URL of a database."""
    if is_postgres(place):
        return None
    if not isinstance(place, str | os.PathLike):
        return f"is {type(place).__name__}, not a path"
    try:
        text = os.fspath(place)
    except TypeError as error:
        return f"is not a path: {error}"
    if not isinstance(text, str):
        return "is a path of bytes: give it as text"
    if _URL.match(text):
        return f"{text!r} is a URL, not the path of a file"
    if not text.strip() or "\0" in text or text == ":memory:":
        return f"{text!r} is not the path of a file"
    try:
        text.encode()
        if Path(text).exists() and not Path(text).is_file():
            return f"{text!r} is there and is not a file"
    except (OSError, ValueError) as error:
        return f"{text!r} is not the path of a file: {error}"
    return None


def open_database(place: str | os.PathLike[str]) -> Database:
    """Return the database of a path or a `postgresql://` URL. Nothing is opened yet."""
    if is_postgres(place):
        return PostgresDatabase(str(place))
    return SQLiteDatabase(Path(place))


class SQLiteDatabase:
    """One SQLite file. The connection belongs to one process: SQLite does not survive a fork."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = path.absolute()
        """The same file whatever the folder of the process is by then."""
        self._lock = threading.RLock()
        self._open: tuple[int, sqlite3.Connection] | None = None
        self._identity = _identity(self._place)
        """Which file it is, from now on or from when it is made. No other one is ever used in its place: it does not
        know what was sent."""
        self._wal: _Identity | None = None
        """Which file has the transactions that are not in that one yet, where others hold it open in such a mode."""
        self._stamp = 0
        """The highest that was committed or seen."""
        self._outer: sqlite3.Connection | None = None
        """The connection, while a transaction is open."""
        self._committed: list[Callable[[], object]] = []
        self.generation = 0
        """How often it was opened: what was found in it before may not be there any more."""
        hold_during_fork(self._lock)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Hold the write lock of the file. Within another transaction of the thread it is a part of that one."""
        with self._lock:
            if self._outer is not None and self._outer.in_transaction:
                with _savepoint(self._outer):
                    yield cast(Connection, self._outer)
                return
            self.check_place()
            with _in_words(self._path):
                connection = self._connection()
            _roll_back(connection)  # what Ctrl-C left, just before this or another one was handled
            try:
                _run_when_free(connection, "BEGIN IMMEDIATE")
                self._outer, self._committed = connection, []
                self._check_stamp(connection)
                yield cast(Connection, connection)
                stamp = _stamp(connection)
                connection.commit()
                self._stamp = stamp
            except BaseException as error:
                _roll_back(connection)
                if isinstance(error, sqlite3.Error):
                    self.check_place()
                    with _in_words(self._path):
                        raise
                raise
            finally:
                self._outer = None
            for function in self._committed:
                function()

    def after_commit(self, function: Callable[[], object]) -> None:
        """Call a function once the transaction that is open in this thread is committed; never, where it is not."""
        self._committed.append(function)

    def together(self, works: Sequence[Callable[[], Any]]) -> list[TransactionOutcome]:
        """Run functions in one transaction; where that cannot be committed, each in its own."""
        if len(works) == 1:
            return [outcome_of(works[0])]
        try:
            with self.transaction():
                connection = self._outer
                outcomes = []
                for work in works:
                    outcomes.append(outcome_of(work))
                    if connection is None or not connection.in_transaction:
                        raise sqlite3.OperationalError("the transaction was rolled back")
        except sqlite3.Error:
            return [outcome_of(work) for work in works]
        return outcomes

    def lock_row(self) -> str:
        """Return nothing: the whole file is locked."""
        return ""

    def copy_to(self, target: Path) -> None:
        """Copy the file as it is committed. An earlier copy is kept."""
        if target.exists():
            return
        _make_private(target)
        with (
            contextlib.closing(sqlite3.connect(self._path)) as source,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)

    def close(self) -> None:
        """Close the connection of this process."""
        with self._lock:
            if self._open is not None and self._open[0] == os.getpid():
                self._open[1].close()
            self._open = None

    def stamp(self) -> None:
        """Count the states of the file, in its header: an earlier copy over the same file has a smaller number."""
        assert self._outer is not None
        self._outer.execute(f"PRAGMA application_id = {min(_stamp(self._outer) + 1, _LAST_STAMP)}")

    def check_place(self) -> None:
        """Raise AnotherFile where the file that was opened is not at its path any more."""
        is_there = self._identity in (None, _identity(self._place))
        if is_there and self._wal is not None and self._open is not None and self._open[0] == os.getpid():
            is_there = self._wal == _identity(_wal_of(self._place))
        if not is_there:
            raise AnotherFile(
                f"{str(self._path)!r} is not the file that it was: that one was moved, deleted or replaced while "
                "it was in use; put it back, since what is there now, in a new run, knows nothing of what was sent"
            )

    def _check_stamp(self, connection: sqlite3.Connection) -> None:
        if _stamp(connection) < self._stamp:
            raise AnotherFile(
                f"{str(self._path)!r} is older than it was: a copy of it was put in its place while it was in use; "
                "put the newer one back, since this one knows nothing of what was sent after it"
            )

    def _connection(self) -> sqlite3.Connection:
        if self._open is None or self._open[0] != os.getpid():
            self._open = (os.getpid(), self._connect())
            self.generation += 1
        return self._open[1]

    def _connect(self) -> sqlite3.Connection:
        """Open the file; the first time, make it. Raises AnotherFile where it is replaced at this moment."""
        if self._identity is None:
            _make_private(self._place)
        before = self._identity or _identity(self._place)
        connection = sqlite3.connect(
            f"{self._place.as_uri()}?mode=rw",  # which makes no file
            uri=True,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            isolation_level=None,
        )
        try:
            with contextlib.suppress(sqlite3.OperationalError):  # others hold an older file open in another mode
                _run_when_free(connection, "PRAGMA journal_mode = TRUNCATE")
            connection.execute("PRAGMA synchronous = FULL")  # a transaction outlives a power cut
            is_wal = connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            self._wal = _identity(_wal_of(self._place)) if is_wal else None
            self._identity = before
            self.check_place()
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Add to an error which file cannot be written, and the remedy."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        remedy = f"both the file {str(path)!r} and its folder have to be writable"
        raise sqlite3.OperationalError(f"{error}; {remedy}") from error


def _make_private(path: Path) -> None:
    """Make a file that its owner alone may read. One that is there keeps its mode; SQLite gives it to files beside it.

    Closing a file drops the locks that this process has on it: no thread may open it until then.
    """
    with _making, contextlib.suppress(OSError):  # whatever is wrong, SQLite says so
        os.close(os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _run_when_free(connection: sqlite3.Connection, statement: str) -> None:
    """Run a statement that needs a lock of the file.

    SQLite itself looks for it ten times a second: beside a process that writes without a pause it would seldom come by.
    """
    end = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute(statement)
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                    raise
            time.sleep(_POLL_SECONDS * (0.5 + random_jitter()))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold a part of a transaction that can be undone by itself."""
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk may have rolled all of it back
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.rollback()


_LAST_STAMP = 2**31 - 1
_Identity = tuple[int, int]


def _identity(path: Path) -> _Identity | None:
    """Return which file is at a path; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _wal_of(path: Path) -> Path:
    return Path(f"{os.path.realpath(path)}-wal")


def _stamp(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


class PostgresDatabase:
    """One PostgreSQL database, by psycopg (the extra `batch`)."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._psycopg = _psycopg()
        self._lock = threading.RLock()
        self.generation = 1
        self._open: tuple[int, Any] | None = None
        self._identity: Any = None
        self._committed: list[Callable[[], object]] = []

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Hold a transaction. Rows that it needs unchanged are selected with `lock_row`."""
        with self._lock:
            connection = self._connection()
            self._committed = []
            try:
                with connection.transaction():
                    yield _PostgresConnection(connection)
                for function in self._committed:
                    function()
            except self._psycopg.Error as error:
                if connection.closed or connection.broken:
                    connection.close()
                    self._open = None
                raise DatabaseFailure(" ".join(str(error).split())) from error

    def after_commit(self, function: Callable[[], object]) -> None:
        """Call a function once the transaction that is open in this thread is committed; never, where it is not."""
        self._committed.append(function)

    def together(self, works: Sequence[Callable[[], Any]]) -> list[TransactionOutcome]:
        """Run each in a transaction of its own: one that held the locks of several would wait for other workers."""
        return [outcome_of(work) for work in works]

    def lock_row(self) -> str:
        """Return what makes a SELECT lock the rows that it finds until the transaction ends."""
        return " FOR UPDATE"

    def stamp(self) -> None:
        """Do nothing: while it is in use, a server is not put back to an earlier state without its connections."""

    def check_place(self) -> None:
        """Do nothing: what a server has committed, it has. Another one is seen when it is connected to."""

    def close(self) -> None:
        """Close the connection of this process."""
        with self._lock:
            if self._open is not None and self._open[0] == os.getpid():
                self._open[1].close()
            self._open = None

    def _connection(self) -> Any:
        if self._open is None or self._open[0] != os.getpid():
            try:
                connection = self._psycopg.connect(
                    self._url, autocommit=True, connect_timeout=int(BUSY_SECONDS), client_encoding="utf8"
                )
            except self._psycopg.Error as error:
                raise DatabaseFailure(f"{printable_place(self._url)} cannot be reached") from error
            self._check_server(connection)
            self._open = (os.getpid(), connection)
        return self._open[1]

    def _check_server(self, connection: Any) -> None:
        """Raise AnotherServer where it has been another database before, which knows what was sent."""
        try:
            identity = connection.execute(_SERVER).fetchone()[0]
        except self._psycopg.Error as error:
            connection.close()
            raise DatabaseFailure(" ".join(str(error).split())) from error
        if self._identity not in (None, identity):
            connection.close()
            raise AnotherServer(
                f"{printable_place(self._url)} is not the database that was in use: another one was put in its place; "
                "put that one back, since this one, in a new run, knows nothing of what was sent"
            )
        self._identity = identity


_SERVER = """
SELECT oid, CASE WHEN current_setting('synchronous_commit') = 'off'
    THEN set_config('synchronous_commit', 'on', false) END
FROM pg_database WHERE datname = current_database()
"""
"""Which database it is. What is committed is to outlive a crash of the server."""


class _PostgresConnection:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        """Run one statement, its marks those of psycopg."""
        cursor: Cursor = self._connection.execute(in_postgres(statement), tuple(values))
        return cursor


def in_postgres(statement: str) -> str:
    """Return a statement as PostgreSQL has it."""
    return statement.replace("%", "%%").replace("?", "%s").replace(" REAL", " DOUBLE PRECISION")


Database: TypeAlias = SQLiteDatabase | PostgresDatabase
"""A database that several threads and processes share."""


def _psycopg() -> Any:
    try:
        import psycopg
    except ImportError as error:
        problem = f"a PostgreSQL store needs psycopg: pip install '{PACKAGE}[batch]'"
        raise InvalidRequest("store", [ArgumentFault("store", problem)]) from error
    return psycopg
