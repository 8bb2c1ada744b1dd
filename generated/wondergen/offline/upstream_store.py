# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the offline upstream remembers, in sqlite: tasks, accounts, its clock, and the secret of URLs. No keys."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from typing import Any

from .._runtime.database import storable_text
from .._runtime.operation import TaskStatus

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS accounts (service TEXT PRIMARY KEY, credits INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tasks (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    operation TEXT NOT NULL,
    created REAL NOT NULL,
    ends REAL NOT NULL,
    ending TEXT NOT NULL,
    reason TEXT,
    files INTEGER NOT NULL,
    expired INTEGER NOT NULL,
    text TEXT NOT NULL,
    arguments TEXT NOT NULL,
    base TEXT NOT NULL,
    echo TEXT NOT NULL,
    callback TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    claimed REAL NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS waiting ON tasks (ends) WHERE callback IS NOT NULL;
"""
_VERSION = str(zlib.crc32(_SCHEMA.encode()))
"""Of the schema itself: whoever changes it need not think of this."""
KEPT = 100_000
"""Tasks that are remembered; older ones are forgotten, a thousand at a time."""
CLAIM_SECONDS = 30.0
"""For so long a callback is in the hands of one server: more than all attempts take."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task, or a call that answered at once, as it was accepted. How it stands follows from the time."""

    number: int
    id: str
    service: str
    operation: str
    created: float
    ends: float
    ending: str
    """A TaskStatus; `unknown` where it never ends."""
    reason: str | None
    files: int
    expired: bool
    """The URLs of its files have expired from the start."""
    text: str
    """What the caller wrote: the first text among the arguments."""
    arguments: Mapping[str, Any]
    """By the names of the method."""
    base: str = ""
    """Where the server was when it was asked: the URLs of the files begin with it."""
    callback: str | None = None
    """Where the caller wants to hear of its end; None where nothing is left to be posted."""
    attempts: int = 0
    echo: Any = None
    """The body of the request, where a callback may have to give some of it back."""
    note: str = ""
    """The outcome of the callback."""


_COLUMNS = tuple(field.name for field in fields(Task) if field.name != "number")
_IN_JSON = ("arguments", "echo")
_INSERT = f"INSERT INTO tasks ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
_SELECT = f"SELECT number, {', '.join(_COLUMNS)} FROM tasks"


class StateError(ValueError):
    """The file with the state cannot be used."""


class UpstreamStore:
    """The state. One connection, used by one thread at a time."""

    def __init__(self, path: str | None, credits: int) -> None:
        self._path = path
        self._credits = credits
        self._lock = threading.Lock()
        self._open()
        self.secret = bytes.fromhex(self._meta_value("secret", secrets.token_hex(32)))

    def _open(self) -> None:
        with ExitStack() as failing:
            try:
                self._db = sqlite3.connect(self._path or ":memory:", isolation_level=None, check_same_thread=False)
                failing.callback(self._db.close)
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=NORMAL")
                self._db.executescript(_SCHEMA)
                version = self._meta_value("version", _VERSION)
            except sqlite3.Error as error:
                raise StateError(f"{self._path}: cannot be used as state: {error}; name a new file") from error
            if version != _VERSION:
                raise StateError(f"{self._path}: has the state of another version of this package; name a new file")
            failing.pop_all()

    def close(self) -> None:
        """Close the file; nothing is kept in memory only."""
        with self._lock:
            self._db.close()

    def _meta_value(self, name: str, value: str) -> str:
        """Return what stands under a name; the first to ask writes it."""
        self._db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (name, value))
        (text,) = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(text)

    @contextmanager
    def _at_once(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def offset(self) -> float:
        """Return how far the clock was moved on."""
        with self._lock:
            return float(self._meta_value("offset", "0"))

    def keep_offset(self, seconds: float) -> None:
        """Store the virtual time, so that a restart goes on from there."""
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('offset', ?)", (repr(seconds),))

    def balance(self, service: str) -> int:
        """Return the credits that are left."""
        with self._lock:
            row = self._db.execute("SELECT credits FROM accounts WHERE service = ?", (service,)).fetchone()
        return self._credits if row is None else int(row[0])

    def set_balance(self, service: str, credits: int) -> None:
        """Give an account so many credits."""
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?)", (service, credits))

    def accept(self, task: Task, cost: int, *, may_overdraw: bool) -> bool:
        """Remember a call and take its price; or do neither, where the account has less and that is a reason."""
        row = {name: getattr(task, name) for name in _COLUMNS}
        row |= {name: json.dumps(row[name]) for name in _IN_JSON}
        row |= {name: storable_text(value, self._path) for name, value in row.items() if isinstance(value, str)}
        with self._at_once() as db:
            db.execute("INSERT OR IGNORE INTO accounts VALUES (?, ?)", (task.service, self._credits))
            cursor = db.execute(
                "UPDATE accounts SET credits = max(credits - ?, 0) WHERE service = ? AND (credits >= ? OR ?)",
                (cost, task.service, cost, may_overdraw),
            )
            if not cursor.rowcount:
                return False
            db.execute(_INSERT, row)
            (number,) = db.execute("SELECT last_insert_rowid()").fetchone()
            if number % 1000 == 0:
                db.execute("DELETE FROM tasks WHERE number <= ?", (number - KEPT,))
        return True

    def task(self, task_id: str) -> Task | None:
        """Return a task by its id."""
        with self._lock:
            row = self._db.execute(f"{_SELECT} WHERE id = ?", (storable_text(task_id, self._path),)).fetchone()
        return None if row is None else _task(row)

    def cancel(self, task_id: str, now: float) -> None:
        """Cancel a task that has not ended."""
        with self._lock:
            self._db.execute(
                "UPDATE tasks SET ending = 'cancelled', ends = ? WHERE id = ? AND ends > ?",
                (now, storable_text(task_id, self._path), now),
            )

    def tasks(self, limit: int) -> list[Task]:
        """Return the newest tasks first."""
        with self._lock:
            rows = self._db.execute(f"{_SELECT} ORDER BY number DESC LIMIT ?", (limit,)).fetchall()
        return [_task(row) for row in rows]

    def claim(self, ended_by: float, limit: int) -> list[Task]:
        """Claim ended tasks whose callback is to be posted, earliest first: for a while nobody else gets them.

        That while is of the machine's own clock: the other one can be moved on, and several servers may share a file.
        """
        now = time.time()
        with self._at_once() as db:
            rows = db.execute(
                f"{_SELECT} WHERE callback IS NOT NULL AND ends <= ? AND claimed <= ? ORDER BY ends, number LIMIT ?",
                (ended_by, now, limit),
            ).fetchall()
            db.executemany(
                "UPDATE tasks SET claimed = ? WHERE number = ?", [(now + CLAIM_SECONDS, row[0]) for row in rows]
            )
        return [_task(row) for row in rows]

    def release(self, task_id: str) -> None:
        """Release a claimed callback."""
        with self._lock:
            self._db.execute("UPDATE tasks SET claimed = 0 WHERE id = ?", (task_id,))

    def next_claim(self, now: float) -> float | None:
        """Return seconds until there may be a callback to claim; None where none is to come."""
        with self._lock:
            (seconds,) = self._db.execute(
                "SELECT min(max(ends - ?, claimed - ?)) FROM tasks WHERE callback IS NOT NULL", (now, time.time())
            ).fetchone()
        return None if seconds is None else float(seconds)

    def note_callback(self, task_id: str, attempts: int, note: str, *, is_over: bool) -> None:
        """Store the outcome of a callback."""
        claim = "NULL" if is_over else "callback"
        with self._lock:
            self._db.execute(
                f"UPDATE tasks SET attempts = ?, note = ?, callback = {claim} WHERE id = ?", (attempts, note, task_id)
            )

    def forget(self) -> None:
        """Begin anew: no tasks, full accounts, the true time. The secret stays."""
        with self._at_once() as db:
            db.execute("DELETE FROM tasks")
            db.execute("DELETE FROM accounts")
            db.execute("DELETE FROM meta WHERE name = 'offset'")


def _task(row: tuple[Any, ...]) -> Task:
    number, *rest = row
    columns = dict(zip(_COLUMNS, rest, strict=True))
    columns |= {name: json.loads(columns[name]) for name in _IN_JSON}
    return Task(number=number, **{**columns, "expired": bool(columns["expired"])})


_QUEUED = 0.15
"""The share of its time for which a task waits."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A task at one moment."""

    status: TaskStatus
    progress: int
    """In percent."""


def stand(task: Task, now: float) -> Stand:
    """Return the state: queued, then running with growing progress, then as it ends."""
    ending = TaskStatus(task.ending)
    if ending is TaskStatus.UNKNOWN:
        return Stand(ending, 0)
    if now >= task.ends:
        return Stand(ending, 100 if ending is TaskStatus.SUCCEEDED else 99)
    share = max(now - task.created, 0.0) / (task.ends - task.created)
    if share < _QUEUED:
        return Stand(TaskStatus.QUEUED, 0)
    return Stand(TaskStatus.RUNNING, max(1, min(99, int(100 * share))))


class Clock:
    """Tells the time. A test puts its own in place, or moves this one on."""

    def __init__(self) -> None:
        self.offset = 0.0
        """Seconds that it is ahead."""

    def now(self) -> float:
        """Return seconds since 1970."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self.offset += seconds
