"""The optional journal: an SQLite file that knows of each paid request before it is sent, and of each task after it.

A process killed at any moment leaves a row behind: the id of the task, or the fact that a request may be out there.
Nothing the caller wrote is stored, only a digest.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from .errors import ArgumentFault, InvalidRequest
from .operation import TaskStatus
from .token import Token

log = logging.getLogger("wondergen.journal")

BUSY_SECONDS = 10.0
"""How long one process waits for another's write."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    key TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    base_url TEXT NOT NULL,
    operation TEXT NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sending', 'unknown', 'refused', 'accepted', 'finished', 'saved')),
    task_id TEXT,
    status TEXT,
    sent_at REAL NOT NULL,
    changed_at REAL NOT NULL
) STRICT, WITHOUT ROWID
"""
_INDEX = "CREATE INDEX IF NOT EXISTS runs_by_state ON runs (provider, base_url, state)"
_COLUMNS = "key, provider, base_url, operation, digest, state, task_id, status, sent_at"

State = Literal["sending", "unknown", "refused", "accepted", "finished", "saved"]


@dataclass(frozen=True, slots=True)
class Run:
    """One paid request and what became of it."""

    key: str
    provider: str
    base_url: str
    operation: str
    digest: str
    """sha256 of the request: the same as on OutcomeUnknown."""
    state: State
    task_id: str | None
    status: str | None
    """How the task ended, once somebody has seen it."""
    sent_at: datetime

    @property
    def token(self) -> str | None:
        """For `client.resume`, where the task's id is known."""
        if self.task_id is None:
            return None
        return str(Token(self.provider, self.operation, self.task_id, self.base_url))


class Journal:
    """One service's view of a journal file. Several processes and threads may share the file."""

    def __init__(
        self, path: str | os.PathLike[str], provider: str, base_url: str, *, now: Callable[[], float] = time.time
    ) -> None:
        self._path = Path(path)
        self._provider = provider
        self._base_url = base_url
        self._now = now
        self._lock = threading.Lock()
        self._open: tuple[int, sqlite3.Connection] | None = None
        try:
            with self._transaction():
                pass
        except sqlite3.Error as error:
            self.close()
            raise InvalidRequest("journal", [ArgumentFault("journal", f"cannot be opened: {error}")]) from error

    def __repr__(self) -> str:
        return f"Journal({str(self._path)!r})"

    def unfinished(self) -> list[Run]:
        """Tasks that were accepted and whose end nobody has seen. `client.resume(run.token)` goes on with one."""
        return self._runs("accepted")

    def unsaved(self) -> list[Run]:
        """Tasks that made something which `save` has not put on a disk. The service keeps files for a while only."""
        return [run for run in self._runs("finished") if run.status == TaskStatus.SUCCEEDED and run.task_id is not None]

    def unknown(self) -> list[Run]:
        """Requests that may have been accepted, with no task id: a lost reply, or a process that died while sending.

        A request that another process is sending at this moment is here too, until its reply is in.
        """
        return self._runs("sending", "unknown")

    def intent(self, operation: str, digest: str) -> str:
        """A paid request is about to be sent. sqlite3.Error: it cannot be written down, so it must not be sent."""
        key, now = uuid.uuid4().hex, self._now()
        row = (key, self._provider, self._base_url, operation, digest, "sending", None, None, now)
        insert = f"INSERT INTO runs ({_COLUMNS}, changed_at) VALUES (?,?,?,?,?,?,?,?,?,?)"
        with self._transaction() as connection:
            connection.execute(insert, (*row, now))
        return key

    def accepted(self, key: str, task_id: str | None) -> None:
        """The service accepted the request. Without a task id the answer itself was the result."""
        self._change(key, "accepted" if task_id is not None else "finished", task_id)

    def refused(self, key: str) -> None:
        """The service did nothing."""
        self._change(key, "refused")

    def lost(self, key: str) -> None:
        """The reply was lost."""
        self._change(key, "unknown")

    def finished(self, task_id: str, status: str) -> None:
        """A task was seen in a final state, whichever process submitted it."""
        self._note(task_id, "finished", status, "state = 'accepted'")

    def saved(self, task_id: str) -> None:
        """Every file of a task is on a disk."""
        self._note(task_id, "saved", TaskStatus.SUCCEEDED, "state IN ('accepted', 'finished')")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._open is not None and self._open[0] == os.getpid():
                self._open[1].close()
            self._open = None

    def _change(self, key: str, state: State, task_id: str | None = None) -> None:
        """Note what became of a request. It is sent by now: a full disk must not hide the outcome from the caller."""
        try:
            with self._transaction() as connection:
                connection.execute(
                    "UPDATE runs SET state = ?, task_id = ?, changed_at = ? WHERE key = ?",
                    (state, task_id, self._now(), key),
                )
        except sqlite3.Error as error:
            log.error("the journal could not note that request %s is %s (task %s): %s", key, state, task_id, error)

    def _note(self, task_id: str, state: State, status: str, where: str) -> None:
        """Note how a task goes on. A journal that fails now is no reason to keep a result from the caller."""
        update = (
            "UPDATE runs SET state = ?, status = ?, changed_at = ? "
            f"WHERE provider = ? AND base_url = ? AND task_id = ? AND {where}"
        )
        try:
            with self._transaction() as connection:
                connection.execute(update, (state, status, self._now(), self._provider, self._base_url, task_id))
        except sqlite3.Error as error:
            log.warning("the journal could not note that task %s is %s: %s", task_id, state, error)

    def _runs(self, *states: State) -> list[Run]:
        marks = ",".join("?" * len(states))
        query = (
            f"SELECT {_COLUMNS} FROM runs WHERE provider = ? AND base_url = ? AND state IN ({marks}) "
            "ORDER BY sent_at, key"
        )
        with self._transaction() as connection:
            rows = connection.execute(query, (self._provider, self._base_url, *states)).fetchall()
        return [_run(row) for row in rows]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._connection()
            with connection:
                yield connection

    def _connection(self) -> sqlite3.Connection:
        """This process's connection: SQLite does not survive a fork."""
        if self._open is None or self._open[0] != os.getpid():
            connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._open = (os.getpid(), connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            with connection:
                connection.execute(_SCHEMA)
                connection.execute(_INDEX)
                connection.execute(f"SELECT {_COLUMNS}, changed_at FROM runs LIMIT 0")  # a table of another's making?
        return self._open[1]


def all_runs(path: str | os.PathLike[str]) -> list[Run]:
    """Every request in a journal, of whichever service, oldest first. sqlite3.Error: the file is no journal."""
    connection = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
    try:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM runs ORDER BY sent_at, key").fetchall()
    finally:
        connection.close()
    return [_run(row) for row in rows]


def _run(row: tuple[Any, ...]) -> Run:
    return Run(*(*row[:-1], datetime.fromtimestamp(row[-1], UTC)))
