"""Which tasks a handler was called for, in the database of the journal: once, whichever process got the callback."""

from __future__ import annotations

import time
from typing import Literal

from . import owner
from .journal import Journal, NoJournal

_TABLE = (
    "CREATE TABLE IF NOT EXISTS handled (task TEXT PRIMARY KEY, owner TEXT NOT NULL, until REAL NOT NULL, "
    "is_over INTEGER NOT NULL)"
)
LONGEST_SECONDS = 3600.0
"""A handler of another machine that has not ended by then is taken for dead."""


class Handled:
    """The tasks of one service."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @classmethod
    def of(cls, journal: Journal | None) -> Handled | None:
        """Return what a journal has of it; None where a client has no journal."""
        return None if journal is None or isinstance(journal, NoJournal) else cls(journal)

    def begin(self, task_id: str) -> Literal["ours", "busy", "over"]:
        """Take a task for the handler of this process, unless one has it or has ended with it. I/O."""
        with self._journal._read() as connection:
            connection.execute(_TABLE)
            name, now = self._name(task_id), time.time()
            query = "SELECT owner, until, is_over FROM handled WHERE task = ?"
            row = connection.execute(query + self._journal._database.lock_row(), (name,)).fetchone()
            if row is not None and row[2]:
                return "over"
            if row is not None and not owner.is_gone(row[0]) and now < row[1]:
                return "busy"
            change = (
                "INSERT INTO handled VALUES (?,?,?,0) ON CONFLICT (task) DO UPDATE SET owner = excluded.owner, "
                "until = excluded.until WHERE handled.owner = ?"
            )
            values = (name, owner.current(), now + LONGEST_SECONDS, "" if row is None else row[0])
            return "ours" if connection.execute(change, values).rowcount else "busy"

    def end(self, task_id: str, *, is_over: bool) -> None:
        """Note that the handler has ended: for good, or so that the next callback calls it again. I/O."""
        with self._journal._read() as connection:
            change = "UPDATE handled SET is_over = ?, until = 0 WHERE task = ?"
            connection.execute(change, (int(is_over), self._name(task_id)))

    def _name(self, task_id: str) -> str:
        return f"{self._journal._provider} {self._journal._base_url} {task_id}"
