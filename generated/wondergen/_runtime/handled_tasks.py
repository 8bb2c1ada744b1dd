# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Which tasks a handler was called for, in the database of the journal: once, whichever process got the callback."""

from __future__ import annotations

import time
from typing import Literal

from . import owner
from .database import Connection
from .errors import WondergenError
from .journal import Journal, NoJournal

_TABLE = (
    "CREATE TABLE IF NOT EXISTS handled (task TEXT PRIMARY KEY, owner TEXT NOT NULL, until REAL NOT NULL, "
    "is_over INTEGER NOT NULL)"
)
_END = "UPDATE handled SET is_over = ?, until = 0 WHERE task = ?"
_RENEW = "UPDATE handled SET until = ? WHERE task = ? AND owner = ? AND is_over = 0"
LEASE_SECONDS = 900.0
"""A handler of another machine of which nothing was heard for so long is taken for dead."""
RENEWAL_SECONDS = 60.0
"""Seconds between two times that a process notes that its handler still runs."""

_running: set[tuple[str, str]] = set()
"""The tasks whose handler runs in this process, by journal and name. One that the journal has beside them is over."""
_unwritten: set[tuple[str, str]] = set()
"""Tasks whose handler has ended for good, which could not be written to the journal."""


class HandledTasks:
    """The tasks of one service."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @classmethod
    def of(cls, journal: Journal | None) -> HandledTasks | None:
        """Return what a journal has of it; None where a client has no journal."""
        return None if journal is None or isinstance(journal, NoJournal) else cls(journal)

    def begin(self, task_id: str) -> Literal["ours", "busy", "over"]:
        """Take a task for the handler of this process, unless one has it or has ended with it. I/O."""
        key, state = self._key(task_id), None
        try:
            with self._journal.transaction() as connection:
                state = self._begin(connection, key)
        except BaseException:
            if state == "ours":
                _running.discard(key)  # it was not committed
            raise
        return state

    def _begin(self, connection: Connection, key: tuple[str, str]) -> Literal["ours", "busy", "over"]:
        connection.execute(_TABLE)
        name, now = key[1], time.time()
        query = "SELECT owner, until, is_over FROM handled WHERE task = ?"
        row = connection.execute(query + self._journal.lock_row(), (name,)).fetchone()
        if row is not None and row[2]:
            return "over"
        if key in _unwritten:
            connection.execute(_END, (1, name))
            return "over"
        if row is not None and not _is_left(row[0], key) and now < row[1]:
            return "busy"
        change = (
            "INSERT INTO handled VALUES (?,?,?,0) ON CONFLICT (task) DO UPDATE SET owner = excluded.owner, "
            "until = excluded.until WHERE handled.owner = ?"
        )
        values = (name, owner.current(), now + LEASE_SECONDS, "" if row is None else row[0])
        if not connection.execute(change, values).rowcount:
            return "busy"
        _running.add(key)
        return "ours"

    def renew(self, task_id: str) -> None:
        """Note that the handler still runs. I/O."""
        name = self._key(task_id)[1]
        with self._journal.transaction() as connection:
            connection.execute(_RENEW, (time.time() + LEASE_SECONDS, name, owner.current()))

    def end(self, task_id: str, *, is_over: bool) -> None:
        """Note that the handler has ended: for good, or so that the next callback calls it again. I/O."""
        key = self._key(task_id)
        try:
            with self._journal.transaction() as connection:
                connection.execute(_END, (int(is_over), key[1]))
                _running.discard(key)  # while nobody else can look at the row
        except WondergenError:
            _running.discard(key)
            if is_over:
                _unwritten.add(key)
            raise

    def _key(self, task_id: str) -> tuple[str, str]:
        return self._journal.place, f"{self._journal.scope} {task_id}"


def _is_left(process: str, key: tuple[str, str]) -> bool:
    """Return whether the process that took a task has ended, or is this one and has no handler for it any more."""
    return (process == owner.current() and key not in _running) or bool(owner.is_gone(process))
