# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""One row of the journal: a paid request and its outcome, read from the tables of any version."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from .database import BUSY_SECONDS, is_postgres, open_database
from .journal_schema import COLUMNS, FIRST, SCHEMA, newer
from .token import Token

State = Literal["sending", "unknown", "refused", "accepted", "finished", "saved"]


@dataclass(frozen=True, slots=True)
class Run:
    """One paid request and its outcome."""

    id: str
    key: str | None
    """The caller's `key=`."""
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


@dataclass(frozen=True, slots=True)
class KeyLookup:
    """What a call with a key finds in the journal."""

    run: Run
    is_ours: bool = False
    """This call is the one that sends."""
    is_being_sent: bool = False
    """Another call is sending the same request now."""
    reply: str | None = None
    """The reply that was kept, as JSON."""


def moved_reply(reply: str | None, old: str, new: str) -> str | None:
    """Return a kept reply with the URLs of a stand-in on loopback as they are now: only its port is another."""
    before, after = ("{0.scheme}://{0.netloc}/".format(urlsplit(url)) for url in (old, new))
    return None if reply is None else reply.replace(before, after)


def other_request(key: str, run: Run, operation: str, digest: str) -> str:
    """Return the message that a key stands for another request."""
    first = f"{run.provider}.{run.operation}"
    what = (
        f"with other arguments (sha256 {run.digest}, and now {digest})"
        if first == operation
        else f"and this one is {operation}"
    )
    return f"{key!r} stands for another request: {first} at {run.sent_at}, {what}; give this one a key of its own"


def all_runs(path: str | os.PathLike[str]) -> list[Run]:
    """Return every request in a journal, of whichever service, oldest first. DATABASE_ERRORS: it is not a journal.

    An SQLite file is read as it is: nothing is made and nothing brought forward.
    """
    if is_postgres(path):
        with closing(open_database(path)) as database, database.transaction() as connection:
            rows = connection.execute(f"SELECT {COLUMNS} FROM runs ORDER BY sent_at, id").fetchall()
        return [run_of(row) for row in rows]
    with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as file:
        version = int(file.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA:
            raise sqlite3.DatabaseError(newer(path, version))
        columns = COLUMNS if version else f"key, NULL, {FIRST.removeprefix('key, ').removesuffix(', changed_at')}"
        return [run_of(row) for row in file.execute(f"SELECT {columns} FROM runs ORDER BY sent_at, 1").fetchall()]


def run_of(row: tuple[Any, ...]) -> Run:
    fields: list[Any] = [*row[:-1], datetime.fromtimestamp(row[-1], UTC)]
    return Run(*fields)
