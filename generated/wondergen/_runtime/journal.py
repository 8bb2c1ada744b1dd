# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The optional journal: a database that knows of each paid request before it is sent, and of each task after it.

A process killed at any moment leaves a row behind: the id of the task, or the fact that a request may be out there.
Nothing the caller wrote is stored, only a digest; of a call with a key that answers at once, the reply is kept.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import threading
import time
import uuid
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import cast

from . import journal_schema, log, owner
from .database import (
    DATABASE_ERRORS,
    UNSTORABLE,
    Connection,
    Database,
    DatabaseFailure,
    is_postgres,
    open_database,
    place_fault,
    printable_place,
    storable_text,
)
from .errors import ArgumentFault, InvalidRequest, WondergenError
from .hosts import is_loopback_url
from .journal_rows import KeyLookup, Run, State, moved_reply, other_request, run_of
from .journal_schema import COLUMNS
from .operation import TaskStatus
from .token import is_usable_id

_INSERT = (
    f"INSERT INTO runs ({COLUMNS}, changed_at, owner, sending_until) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) "
    "ON CONFLICT (call_key) DO NOTHING"
)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between the attempts to write what could not be written, growing."""
FRESH_SECONDS = 5.0
"""For so long after it was noted nobody takes a request for lost whose process still runs."""
_SENT_AT = COLUMNS.split(", ").index("sent_at")
LEASE_MARGIN = 60.0
"""Seconds after the end of a call's time from which on a request counts as no longer being sent."""


@cache
def _unwritten(place: str) -> tuple[dict[str, tuple[object, ...]], dict[str, tuple[State, str | None, str | None]]]:
    """Return what all journals of a place in this process have still to write."""
    return {}, {}


class Journal:
    """One service's view of a journal. Processes and threads may share it, on PostgreSQL machines too."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        provider: str,
        base_url: str,
        *,
        now: Callable[[], float] = time.time,
        database: Database | None = None,
    ) -> None:
        """Make a journal. `database`: that of the path, where somebody else has it open already and closes it.

        The file is made, locked and brought forward when it is first used: that may wait for another process.
        """
        self._path = path
        if problem := place_fault(path):
            raise InvalidRequest("journal", [ArgumentFault("journal", problem)])
        self._provider = provider
        self._base_url = base_url
        self._now = now
        self._is_shared = database is not None
        self._database = open_database(path) if database is None else database
        self._ready_at = 0
        """The opening of the database at which the tables were found to be in order."""
        self._sent, self._pending = _unwritten(str(path) if is_postgres(path) else os.path.abspath(path))
        """The rows of requests that are on their way, which a file that lost them meanwhile gets again, and outcomes
        that could not be written yet: the next transaction writes them, of whichever journal of this process."""
        self._later: threading.Thread | None = None
        """Writes that, where no transaction follows."""
        self._is_closed = False
        is_own_file = not self._is_shared and not is_postgres(path)
        if is_own_file and (problem := journal_schema.visible_fault(Path(path), self._database)):
            raise InvalidRequest("journal", [ArgumentFault("journal", f"cannot be opened: {problem}")])

    def __repr__(self) -> str:
        return f"Journal({'' if place_fault(self._path) else printable_place(self._path)!r})"

    def unfinished(self) -> list[Run]:
        """List accepted tasks whose end nobody has seen. `client.resume(run.token)` goes on with one."""
        return self._runs("accepted")

    def unsaved(self) -> list[Run]:
        """List tasks with results that `save` has not put on a disk. The service keeps files for a while only."""
        return [run for run in self._runs("finished") if run.status == TaskStatus.SUCCEEDED and run.task_id is not None]

    def unknown(self) -> list[Run]:
        """List requests that may have been accepted, without a task id: a lost reply, or a process that died.

        A request that another process is sending at this moment is here too, until its reply is in.
        """
        return self._runs("sending", "unknown")

    def find(self, key: str) -> Run | None:
        """Return what a key stands for, of whichever service."""
        with self.transaction() as connection:
            row = connection.execute(f"SELECT {COLUMNS} FROM runs WHERE call_key = ?", (key,)).fetchone()
        return None if row is None else run_of(row)

    def find_task(self, task_id: str) -> Run | None:
        """Return the call that started a task."""
        query = f"SELECT {COLUMNS} FROM runs WHERE provider = ? AND base_url = ? AND task_id = ?"
        with self.transaction() as connection:
            row = connection.execute(query, (self._provider, self._base_url, task_id)).fetchone()
        return None if row is None else run_of(row)

    def resolve(self, key: str, *, task_id: str) -> Run:
        """Note that the request of a key, whose outcome was unknown, was accepted as this task.

        From then on a call with the key gives this task. Raises InvalidRequest where the outcome is known.
        """
        if not isinstance(task_id, str) or not is_usable_id(task_id):
            raise InvalidRequest("resolve", [ArgumentFault("task_id", "is not a usable task id")])
        with self.transaction() as connection:
            run = self._open_run(connection, "resolve", key)
            self._set_state(connection, run.id, "accepted", task_id.strip())
        entry = self.find(key)
        assert entry is not None
        return entry

    def forget(self, key: str) -> None:
        """Note that the request of a key was not accepted: the key is free, and the next call with it sends.

        Raises InvalidRequest where a task or a reply is known of it.
        """
        with self.transaction() as connection:
            run = self._open_run(connection, "forget", key)
            connection.execute("DELETE FROM runs WHERE id = ?", (run.id,))

    def intent(self, operation: str, digest: str) -> str:
        """Note that a paid request is about to be sent. Raises one of DATABASE_ERRORS where it must not be sent."""
        with self._new_request() as (connection, run_id):
            self._insert(connection, run_id, None, operation, digest, LEASE_MARGIN)
        return run_id

    def claim(self, key: str, operation: str, digest: str, seconds: float) -> KeyLookup:
        """Take a key for a request that has `seconds` to be answered, or return what the key stands for already.

        One transaction: of all calls with a key, in whichever process, one is to send. Raises InvalidRequest where the
        key stands for another request.
        """
        with self._new_request() as (connection, run_id):
            query = f"SELECT {COLUMNS}, owner, sending_until, reply FROM runs WHERE call_key = ?"
            row = connection.execute(query + self._database.lock_row(), (key,)).fetchone()
            if row is None:
                self._insert(connection, run_id, key, operation, digest, seconds)
                row = connection.execute(query, (key,)).fetchone()
                return KeyLookup(run_of(row[:-3]), is_ours=row[0] == run_id, is_being_sent=row[0] != run_id)
            run, (who, until, reply) = run_of(row[:-3]), row[-3:]
            if not self._is_same(run, operation, digest):
                raise InvalidRequest(
                    operation, [ArgumentFault("key", other_request(key, run, f"{self._provider}.{operation}", digest))]
                )
            if run.base_url != self._base_url:  # a stand-in on loopback that has another port now
                reply = moved_reply(reply, run.base_url, self._base_url)
                change = "UPDATE runs SET base_url = ?, reply = ? WHERE id = ?"
                connection.execute(change, (self._base_url, reply, run.id))
                run = replace(run, base_url=self._base_url)
            if run.state == "refused":
                self._take(connection, run, run_id, seconds)
                return KeyLookup(replace(run, id=run_id), is_ours=True)
            if run.state == "sending":
                if not self._is_abandoned(who, until):
                    return KeyLookup(run, is_being_sent=True)
                self._set_state(connection, run.id, "unknown", None)
                run = replace(run, state="unknown")
            return KeyLookup(run, reply=reply)

    def confirm(self, run_id: str) -> None:
        """Raise one of DATABASE_ERRORS where a request is not noted as being sent in the file at the path now.

        Others take a request for lost that was noted long ago: its key may be free by now.
        """
        self._database.check_place()
        values = self._sent.get(run_id)
        if values is None or 0 <= self._now() - cast(float, values[_SENT_AT]) < FRESH_SECONDS:
            return
        with self._transaction() as connection:
            row = connection.execute("SELECT state FROM runs WHERE id = ?", (run_id,)).fetchone()
        if row is None or row[0] != "sending":
            raise DatabaseFailure("the request was held up for so long that it was taken for lost; call again")

    def abandon(self, owners: Sequence[str]) -> None:
        """Note that what these processes were sending is not being sent any more: its outcome is unknown."""
        with self._transaction() as connection:
            for one in owners:
                change = "UPDATE runs SET state = 'unknown', changed_at = ? WHERE owner = ? AND state = 'sending'"
                connection.execute(change, (self._now(), one))

    def accepted(self, run_id: str, task_id: str | None, reply: object = None) -> None:
        """Record that the service accepted the request; without a task id its `reply` was the result, and is kept."""
        try:
            reply_text = None if reply is None else json.dumps(reply)  # in ASCII: half a surrogate pair has no UTF-8
        except UNSTORABLE as error:
            self._log(logging.ERROR, "a reply cannot be kept", run=run_id, reason=type(error).__name__)
            reply_text = None
        self._change(run_id, "accepted" if task_id is not None else "finished", task_id, reply_text)

    def refused(self, run_id: str, task_id: str | None = None) -> None:
        """Record that the service did nothing. A refusal may name a task all the same."""
        self._change(run_id, "refused", task_id)

    def lost(self, run_id: str) -> None:
        """Record that the reply was lost."""
        self._change(run_id, "unknown")

    def finished(self, task_id: str, status: str) -> None:
        """Record that a task was seen in a final state, whichever process submitted it."""
        self._note(task_id, "finished", status, "state = 'accepted'")

    def saved(self, task_id: str) -> None:
        """Record that every file of a task is on a disk."""
        self._note(task_id, "saved", TaskStatus.SUCCEEDED, "state IN ('accepted', 'finished')")

    def close(self) -> None:
        """Close the connection, after what could not be written before."""
        if self._pending:
            try:
                with self._transaction():
                    pass
            except DATABASE_ERRORS as error:
                self._log(
                    logging.ERROR, "closed without the outcome of requests", count=len(self._pending), reason=error
                )
        self._is_closed = True
        if not self._is_shared:
            self._database.close()

    @contextmanager
    def _new_request(self) -> Iterator[tuple[Connection, str]]:
        """Hold the transaction in which a request gets its id, which no other request has.

        Where the reply to its COMMIT is lost, the row may be there although nothing is sent: that is noted later.
        """
        run_id = uuid.uuid4().hex
        try:
            with self._transaction() as connection:
                yield connection, run_id
        except DatabaseFailure:
            self._sent.pop(run_id, None)
            self._pending[run_id] = ("refused", None, None)
            self._write_later()
            raise

    def _insert(
        self, connection: Connection, run_id: str, key: str | None, operation: str, digest: str, seconds: float
    ) -> None:
        """Insert a row that is being sent. Where another process has just taken the key, nothing is inserted."""
        now = self._now()
        row = (run_id, key, self._provider, self._base_url, operation, digest, "sending", None, None, now)
        values = (*row, now, owner.current(), now + seconds + LEASE_MARGIN)
        connection.execute(_INSERT, values)
        self._database.stamp()
        self._sent[run_id] = values

    def _take(self, connection: Connection, run: Run, run_id: str, seconds: float) -> None:
        """Send again what was refused before."""
        connection.execute("DELETE FROM runs WHERE id = ?", (run.id,))
        self._insert(connection, run_id, run.key, run.operation, run.digest, seconds)

    def _is_same(self, run: Run, operation: str, digest: str) -> bool:
        """Return whether a row is of this request. A stand-in on loopback has another port in each process."""
        is_here = run.base_url == self._base_url or (is_loopback_url(run.base_url) and is_loopback_url(self._base_url))
        return is_here and (run.provider, run.operation, run.digest) == (self._provider, operation, digest)

    def _is_abandoned(self, who: str | None, until: float | None) -> bool:
        """Return whether nobody sends a request any more that was being sent."""
        return owner.is_gone(who) is True or self._now() > (until or 0.0)

    def _open_run(self, connection: Connection, verb: str, key: str) -> Run:
        """Return the row of a key of which a person may record the outcome."""
        query = f"SELECT {COLUMNS}, owner, sending_until FROM runs WHERE call_key = ? AND provider = ? AND base_url = ?"
        place = (key, self._provider, self._base_url)
        row = connection.execute(query + self._database.lock_row(), place).fetchone()
        if row is None:
            problem = f"{key!r} is not in the journal of {self._provider!r} at this base_url"
        else:
            run = run_of(row[:-2])
            if run.state in ("unknown", "refused") or (run.state == "sending" and self._is_abandoned(*row[-2:])):
                return run
            standing = "is being sent by a process that still runs" if run.state == "sending" else "has a known outcome"
            problem = f"{key!r} {standing}" + (f": task {run.task_id}" if run.task_id else "")
        raise InvalidRequest(verb, [ArgumentFault("key", problem)])

    def _change(self, run_id: str, state: State, task_id: str | None = None, reply: str | None = None) -> None:
        """Note the outcome of a request. It is sent by now: a full disk must not hide the outcome from the caller."""
        self._pending[run_id] = (state, task_id, reply)
        try:
            with self._transaction():
                pass
        except (*DATABASE_ERRORS, *UNSTORABLE) as error:
            self._log(
                logging.ERROR,
                "not noted yet the outcome of a request",
                run=run_id,
                state=state,
                task=task_id,
                reason=error,
            )
            self._write_later()

    def _write_later(self) -> None:
        """Try again in the background, and at the end of the process: another one may hold the file for long."""
        if self._later is not None and self._later.is_alive():
            return
        if self._later is None:
            atexit.register(_write_now, weakref.ref(self))
        self._later = threading.Thread(target=_keep_writing, args=(weakref.ref(self),), daemon=True)
        self._later.start()

    def _set_state(
        self, connection: Connection, run_id: str, state: State, task_id: str | None, reply: str | None = None
    ) -> None:
        text = None if task_id is None else storable_text(task_id, self._path)
        connection.execute(
            "UPDATE runs SET state = ?, task_id = ?, reply = ?, changed_at = ? WHERE id = ?",
            (state, text, reply, self._now(), run_id),
        )

    def _note(self, task_id: str, state: State, status: str, where: str) -> None:
        """Note how a task goes on. If the journal fails now, the caller gets the result all the same."""
        update = (
            "UPDATE runs SET state = ?, status = ?, changed_at = ? "
            f"WHERE provider = ? AND base_url = ? AND task_id = ? AND {where}"
        )
        try:
            with self._transaction() as connection:
                place = (self._provider, self._base_url, storable_text(task_id, self._path))
                connection.execute(update, (state, status, self._now(), *place))
        except (*DATABASE_ERRORS, *UNSTORABLE) as error:
            self._log(logging.WARNING, "not noted how a task stands", task=task_id, state=state, reason=error)

    def _log(self, level: int, message: str, **facts: object) -> None:
        log.record_of("journal", level, message, service=self._provider or None, **facts)

    def _runs(self, *states: State) -> list[Run]:
        marks = ",".join("?" * len(states))
        query = (
            f"SELECT {COLUMNS} FROM runs WHERE provider = ? AND base_url = ? AND state IN ({marks}) "
            "ORDER BY sent_at, id"
        )
        with self.transaction() as connection:
            rows = connection.execute(query, (self._provider, self._base_url, *states)).fetchall()
        return [run_of(row) for row in rows]

    @property
    def place(self) -> str:
        """The path or the URL of the database, without a password."""
        return printable_place(self._path)

    @property
    def scope(self) -> str:
        """The service and its base URL: what the rows of this journal belong to."""
        return f"{self._provider} {self._base_url}"

    def lock_row(self) -> str:
        """Return what a SELECT within `transaction` ends with so that the rows it finds stay as they are."""
        return self._database.lock_row()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Hold a write transaction of the database, for the journal's tables and those beside them.

        Raises WondergenError where the database fails.
        """
        try:
            with self._transaction() as connection:
                yield connection
        except DATABASE_ERRORS as error:
            raise WondergenError(f"the journal {printable_place(self._path)!r} cannot be used: {error}") from error

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._database.transaction() as connection:
            generation = self._database.generation
            if self._ready_at != generation:
                journal_schema.prepare(connection, self._database, self._path)
            run_ids = self._write_pending(connection)
            self._database.after_commit(partial(self._forget_written, generation, run_ids))
            yield connection

    def _forget_written(self, generation: int, run_ids: Sequence[str]) -> None:
        """Forget what is written."""
        self._ready_at = generation
        for run_id in run_ids:
            self._pending.pop(run_id, None)
            self._sent.pop(run_id, None)

    def _write_pending(self, connection: Connection) -> list[str]:
        """Write the outcome of requests, and the request itself where the file lost it."""
        outcomes = list(self._pending.items())
        for run_id, (state, task_id, reply) in outcomes:
            self._set_state(connection, run_id, state, task_id, reply)
            row = connection.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone()
            if row is None and run_id in self._sent:
                connection.execute(_INSERT, self._sent[run_id])
                self._set_state(connection, run_id, state, task_id, reply)
        return [run_id for run_id, _ in outcomes]


class NoJournal(Journal):
    """Stands where a client was made without `journal=`: it knows of nothing."""

    def __init__(self) -> None:
        self._path = ""

    def __repr__(self) -> str:
        return "NoJournal()"

    def _runs(self, *states: State) -> list[Run]:
        return []

    def find(self, key: str) -> Run | None:
        """Return nothing."""
        return None

    def find_task(self, task_id: str) -> Run | None:
        """Return nothing."""
        return None

    def resolve(self, key: str, *, task_id: str) -> Run:
        """Refuse: there is no key."""
        raise _no_journal("resolve")

    def forget(self, key: str) -> None:
        """Refuse: there is no key."""
        raise _no_journal("forget")

    def close(self) -> None:
        """Close nothing."""


def _write_now(reference: weakref.ref[Journal]) -> bool:
    """Write what a journal could not write before. Returns whether nothing of it is left."""
    journal = reference()
    if journal is None or not journal._pending:
        return True
    try:
        with journal._transaction():
            pass
    except (*DATABASE_ERRORS, *UNSTORABLE):
        return False
    finally:
        if journal._is_closed and not journal._is_shared:
            journal._database.close()
    return not journal._pending


def _keep_writing(reference: weakref.ref[Journal]) -> None:
    pause = FIRST_PAUSE
    while True:
        time.sleep(pause)
        if _write_now(reference):
            return
        pause = min(2 * pause, LONGEST_PAUSE)


def _no_journal(verb: str) -> InvalidRequest:
    return InvalidRequest(verb, [ArgumentFault("journal", "is not there: make the client with journal=FILE")])
