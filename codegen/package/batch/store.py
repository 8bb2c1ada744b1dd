"""The tables of a batch, beside the journal in the same database: rows, workers, turns to send, and what was spent.

Every method is one transaction. Several processes work on one store, on PostgreSQL several machines: what is limited
(rows at once, the rate, the budget) is counted here and so holds across all of them.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TypeVar

from .._runtime import owner
from .._runtime.database import (
    DATABASE_ERRORS,
    Connection,
    Database,
    is_postgres,
    open_database,
    printable_place,
    storable_text,
)
from .._runtime.errors import ArgumentFault, InvalidRequest, WondergenError
from .._runtime.request import NEXT_TRY

T = TypeVar("T")

SILENT_SECONDS = 30.0
"""A worker of another machine that has not been heard of for so long is taken for dead, and its rows are taken over."""
HEARTBEAT_SECONDS = 5.0
_MEASURING_SECONDS = 60.0
"""For so long one worker alone asks for a balance."""
_SLACK = 60.0
"""Seconds that turns may be further off than rows can have taken."""
_LONGEST_WAIT = 120.0
"""Seconds that a row waits at most before it is tried again. One that waits longer was put off by another clock."""
SCHEMA = 1

workers_here: set[str] = set()
"""The runs of this process that have not ended. Where a store could not be told of an end, it is known by this."""

State = Literal["waiting", "running", "later", "done", "failed", "unknown"]
"""later: this run is over with it and the next goes on with it, at no cost: a task that still runs, a lost file."""

_TABLES = (
    """CREATE TABLE IF NOT EXISTS batch_rows (
        key TEXT PRIMARY KEY,
        number INTEGER NOT NULL,
        service TEXT NOT NULL,
        operation TEXT NOT NULL,
        arguments TEXT NOT NULL,
        digest TEXT NOT NULL,
        state TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        not_before REAL NOT NULL,
        phase TEXT,
        worker TEXT,
        task_id TEXT,
        outcome TEXT,
        changed_at REAL NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS batch_rows_by_state ON batch_rows (state, number)",
    "CREATE INDEX IF NOT EXISTS batch_rows_by_time ON batch_rows (state, not_before, number)",
    "CREATE INDEX IF NOT EXISTS batch_rows_by_phase ON batch_rows (service, phase)",
    "CREATE TABLE IF NOT EXISTS batch_workers (worker TEXT PRIMARY KEY, owner TEXT NOT NULL, seen_at REAL NOT NULL)",
    "CREATE TABLE IF NOT EXISTS batch_turns (service TEXT PRIMARY KEY, next_at REAL NOT NULL)",
    """CREATE TABLE IF NOT EXISTS batch_spending (
        service TEXT PRIMARY KEY, balance REAL NOT NULL, spent REAL NOT NULL, measured_at REAL NOT NULL,
        measuring_until REAL NOT NULL
    )""",
    "CREATE TABLE IF NOT EXISTS batch_prices (operation TEXT PRIMARY KEY, credits REAL NOT NULL)",
    "CREATE TABLE IF NOT EXISTS batch_schema (version INTEGER NOT NULL)",
)
_SEEN = "INSERT INTO batch_workers VALUES (?,?,?) ON CONFLICT (worker) DO UPDATE SET seen_at = excluded.seen_at"
_KNOWN = "SELECT digest, service, operation, arguments FROM batch_rows WHERE key = ?"
_ROW = "key, number, service, operation, arguments, digest, state, attempt, tries, task_id, outcome"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the store."""

    key: str
    number: int
    service: str
    operation: str
    arguments: str
    digest: str
    state: State
    attempt: int
    """Submissions under keys of their own: a failed row that is tried again is another paid call."""
    tries: int
    """Calls in this attempt that were certain not to be accepted."""
    task_id: str | None
    outcome: str | None
    """JSON: its outcome."""

    @property
    def name(self) -> str:
        """The operation with its service."""
        return f"{self.service}.{self.operation}"

    @property
    def call_key(self) -> str:
        """The key of the paid call: each attempt has one of its own."""
        return self.key if self.attempt == 1 else f"{self.key}{NEXT_TRY}{self.attempt}"


@dataclass(frozen=True, slots=True)
class NewRow:
    """One row to be added."""

    key: str
    service: str
    operation: str
    arguments: str
    digest: str


def _another(row: NewRow, service: str, operation: str, arguments: str) -> str:
    """Return how the request that a key stands for differs from that of a row."""
    first, second = json.loads(arguments), json.loads(row.arguments)
    names = sorted(name for name in {*first, *second} if first.get(name) != second.get(name))
    what = f"other values of {', '.join(names)}" if names else "other files"
    if (service, operation) != (row.service, row.operation):
        what = f"the operation {service}.{operation}, not {row.service}.{row.operation}"
    remedy = "give the row a key of its own, or the batch another store"
    return f"{row.key!r} is in the batch with another request, of {what}: {remedy}"


class StoreFailed(WondergenError):
    """The store of a batch cannot be used now. What stands in it is not lost."""

    def __init__(self, place: str | os.PathLike[str], error: BaseException) -> None:
        again = "once it can be, run the batch again: nothing is paid for twice"
        super().__init__(f"the store {printable_place(place)!r} cannot be used: {error}; {again}")


class BatchStore:
    """The rows of one batch."""

    def __init__(self, place: str | os.PathLike[str]) -> None:
        self.place = place
        self._database = open_database(place)
        self._is_postgres = is_postgres(place)
        try:
            with self._transaction() as connection:
                self._prepare(connection)
        except StoreFailed as error:
            self.close()
            raise InvalidRequest("batch", [ArgumentFault("store", f"cannot be opened: {error.__cause__}")]) from error

    @property
    def database(self) -> Database:
        """The database, for the journals beside the rows."""
        return self._database

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    def now(self, connection: Connection) -> float:
        """Return the time by the clock that all workers share."""
        if not self._is_postgres:
            return time.time()
        return float(connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()[0])

    def add(self, rows: Iterable[NewRow]) -> int:
        """Add the rows that are not there yet; return how many those were. Raises where a key has another request."""
        count, faults = 0, []
        with self._transaction() as connection:
            last = connection.execute("SELECT number FROM batch_rows ORDER BY number DESC LIMIT 1").fetchone()
            number = 0 if last is None else int(last[0])
            for row in rows:
                number += 1
                cursor = connection.execute(
                    "INSERT INTO batch_rows (key, number, service, operation, arguments, digest, state, attempt, "
                    "tries, not_before, changed_at) VALUES (?,?,?,?,?,?,'waiting',1,0,0,?) "
                    "ON CONFLICT (key) DO NOTHING",
                    (row.key, number, row.service, row.operation, row.arguments, row.digest, time.time()),
                )
                count += cursor.rowcount
                if not cursor.rowcount:
                    earlier = connection.execute(_KNOWN, (row.key,)).fetchone()
                    if earlier[0] != row.digest:
                        faults.append(ArgumentFault("key", _another(row, *earlier[1:])))
            if faults:
                raise InvalidRequest("batch", faults)
        return count

    def enter(self, worker: str) -> None:
        """Write a worker down, and make ready what the last run left for later."""
        with self._transaction() as connection:
            now = self.now(connection)
            connection.execute(_SEEN, (worker, owner.current(), now))
            connection.execute("UPDATE batch_rows SET state = 'waiting', not_before = 0 WHERE state = 'later'")
            connection.execute("UPDATE batch_rows SET not_before = 0 WHERE state = 'waiting' AND not_before > 0")

    def leave(self, worker: str) -> None:
        """Take a worker off. What it had not finished is free."""
        with self._transaction() as connection:
            self._release(connection, worker)

    def beat(self, worker: str) -> list[str]:
        """Note that a worker lives; take what dead ones had. Return the processes that are gone.

        Who was silent itself, because the machine slept, the database was away or the clock was set, takes nobody for
        dead for silence: the others may have been silent for the same reason.
        """
        with self._transaction() as connection:
            self._exclusive(connection)
            now = self.now(connection)
            workers = connection.execute("SELECT worker, owner, seen_at FROM batch_workers").fetchall()
            was_silent = any(other == worker and not 0 <= now - at <= SILENT_SECONDS / 2 for other, _, at in workers)
            connection.execute(_SEEN, (worker, owner.current(), now))
            connection.execute(
                "UPDATE batch_rows SET not_before = 0 WHERE state = 'waiting' AND not_before > ?",
                (now + _LONGEST_WAIT,),
            )
            dead_owners = []
            for other, process, seen_at in workers:
                is_silent = now - seen_at > SILENT_SECONDS and not was_silent
                has_ended = owner.is_gone(process) or (process == owner.current() and other not in workers_here)
                if other != worker and (has_ended or is_silent):
                    self._release(connection, other)
                    if process != owner.current():
                        dead_owners.append(process)
            return dead_owners

    def retry_failed(self) -> int:
        """Make failed rows ready again. Those that the service accepted get a key of their own: they are paid anew."""
        with self._transaction() as connection:
            change = (
                "UPDATE batch_rows SET state = 'waiting', tries = 0, not_before = 0, outcome = NULL, "
                "attempt = attempt + CASE WHEN task_id IS NULL THEN 0 ELSE 1 END, task_id = NULL WHERE state = 'failed'"
            )
            return connection.execute(change).rowcount

    def settle(self, keys: Sequence[str]) -> None:
        """Make rows ready again whose outcome was unknown and is known by now."""
        with self._transaction() as connection:
            for key in keys:
                change = "UPDATE batch_rows SET state = 'waiting', outcome = NULL WHERE key = ? AND state = 'unknown'"
                connection.execute(change, (key,))

    def reclaim(self, worker: str, keys: Sequence[str]) -> None:
        """Give back what a worker has by the store and does not know of: it lost the reply to its claim."""
        with self._transaction() as connection:
            query = "SELECT key FROM batch_rows WHERE worker = ? AND state = 'running'"
            for (key,) in connection.execute(query, (worker,)).fetchall():
                if key not in keys:
                    free = "UPDATE batch_rows SET state = 'waiting', worker = NULL WHERE key = ?"
                    connection.execute(free, (key,))

    def claim(self, worker: str, at_once: int, most: int, among: Sequence[str] | None = None) -> list[Row]:
        """Take rows: no more than `most`, and no more than are free of the rows that all workers may have at once.

        among: the keys of the rows that may be taken; None: any.
        """
        with self._transaction() as connection:
            self._exclusive(connection)
            running = int(connection.execute("SELECT count(*) FROM batch_rows WHERE state = 'running'").fetchone()[0])
            free = min(most, at_once - running)
            if free <= 0:
                return []
            now = self.now(connection)
            condition = "" if among is None else f"AND key IN ({','.join('?' * len(among))}) "
            query = (
                f"SELECT {_ROW} FROM batch_rows WHERE state = 'waiting' AND not_before <= ? "
                f"{condition}ORDER BY not_before, number LIMIT ?"
            )
            rows = [Row(*columns) for columns in connection.execute(query, (now, *(among or ()), free)).fetchall()]
            for row in rows:
                take = "UPDATE batch_rows SET state = 'running', worker = ?, changed_at = ? WHERE key = ?"
                connection.execute(take, (worker, now, row.key))
            return rows

    def finish(self, worker: str, key: str, state: State, outcome: object, task_id: str | None = None) -> bool:
        """Note the outcome of a row, if it is still this worker's."""
        with self._transaction() as connection:
            change = (
                "UPDATE batch_rows SET state = ?, outcome = ?, task_id = ?, worker = NULL, changed_at = ?, "
                "phase = CASE WHEN phase = 'open' THEN 'ended' ELSE phase END WHERE key = ? AND worker = ?"
            )
            text = None if outcome is None else json.dumps(outcome)
            kept_id = None if task_id is None else storable_text(task_id, self.place)
            values = (state, text, kept_id, self.now(connection), key, worker)
            if connection.execute(change, values).rowcount > 0:
                return True
            query = "SELECT 1 FROM batch_rows WHERE key = ? AND state = ? AND outcome = ?"
            return connection.execute(query, (key, state, text)).fetchone() is not None  # its reply was lost

    def postpone(self, worker: str, key: str, seconds: float, *, failed: bool = True) -> None:
        """Give a row back that was certain not to be accepted: to be taken again after so many seconds."""
        with self._transaction() as connection:
            change = (
                "UPDATE batch_rows SET state = 'waiting', worker = NULL, tries = tries + ?, not_before = ?, "
                "phase = CASE WHEN phase = 'open' THEN 'ended' ELSE phase END WHERE key = ? AND worker = ?"
            )
            connection.execute(change, (int(failed), self.now(connection) + seconds, key, worker))

    def turn(self, service: str, interval: float) -> float:
        """Take the next turn to send to a service; return the seconds until it."""
        with self._transaction() as connection:
            connection.execute("INSERT INTO batch_turns VALUES (?,0) ON CONFLICT (service) DO NOTHING", (service,))
            query = "SELECT next_at FROM batch_turns WHERE service = ?" + self._database.lock_row()
            next_at = float(connection.execute(query, (service,)).fetchone()[0])
            now = self.now(connection)
            count = "SELECT count(*) FROM batch_rows WHERE state = 'running'"
            turns = int(connection.execute(count).fetchone()[0])
            furthest = now + interval * (turns + 1) + max(_SLACK, interval)
            at = min(max(now, next_at), furthest)  # beyond all turns that rows have: the clock or the rate was another
            connection.execute("UPDATE batch_turns SET next_at = ? WHERE service = ?", (at + interval, service))
            return at - now

    def counts(self) -> dict[str, int]:
        """Return how many rows there are in each state."""
        with self._transaction() as connection:
            rows = connection.execute("SELECT state, count(*) FROM batch_rows GROUP BY state").fetchall()
        return {str(state): int(count) for state, count in rows}

    def operations(self, *states: State) -> dict[str, int]:
        """Return how many rows of these states each operation has."""
        marks = ",".join("?" * len(states))
        query = (
            f"SELECT service, operation, count(*) FROM batch_rows WHERE state IN ({marks}) GROUP BY service, operation "
            "ORDER BY service, operation"
        )
        with self._transaction() as connection:
            rows = connection.execute(query, states).fetchall()
        return {f"{service}.{operation}": int(count) for service, operation, count in rows}

    def next_at(self) -> tuple[bool, float]:
        """Return whether any row waits or runs, and in how many seconds the next may be taken."""
        with self._transaction() as connection:
            query = "SELECT not_before FROM batch_rows WHERE state = 'waiting' ORDER BY not_before LIMIT 1"
            waiting = connection.execute(query).fetchone()
            if waiting is not None:
                return True, max(0.0, float(waiting[0]) - self.now(connection))
            running = connection.execute("SELECT 1 FROM batch_rows WHERE state = 'running' LIMIT 1").fetchone()
            return running is not None, 0.2

    def rows(self, *states: State) -> Iterator[Row]:
        """Yield the rows of these states in order, a few at a time."""
        marks, last = ",".join("?" * len(states)), (-1, "")
        while True:
            query = (
                f"SELECT {_ROW} FROM batch_rows WHERE state IN ({marks}) AND (number > ? OR (number = ? AND key > ?)) "
                "ORDER BY number, key LIMIT 500"
            )
            with self._transaction() as connection:
                rows = connection.execute(query, (*states, last[0], *last)).fetchall()
            yield from (Row(*row) for row in rows)
            if not rows:
                return
            last = (rows[-1][1], rows[-1][0])

    def keys(self, *states: State) -> set[str]:
        """Return the keys of the rows of these states."""
        marks = ",".join("?" * len(states))
        with self._transaction() as connection:
            rows = connection.execute(f"SELECT key FROM batch_rows WHERE state IN ({marks})", states).fetchall()
        return {str(key) for (key,) in rows}

    def row(self, key: str) -> Row | None:
        """Return one row."""
        with self._transaction() as connection:
            row = connection.execute(f"SELECT {_ROW} FROM batch_rows WHERE key = ?", (key,)).fetchone()
        return None if row is None else Row(*row)

    def admit(self, row: Row, budget: float) -> Literal["go", "measure", "wait", "stop"]:
        """Return whether a row may be submitted without the budget being passed, and note it where it may.

        What is open counts with its price although it may be in the balance already, so that the budget is not passed
        whenever the service charges. A price is known once a call of the operation was alone.
        """
        with self._transaction() as connection:
            self._exclusive(connection)
            query = "SELECT spent FROM batch_spending WHERE service = ?"
            balance = connection.execute(query, (row.service,)).fetchone()
            if balance is None:
                return "measure"
            spent = float(balance[0])
            if spent >= budget:
                return "stop"
            phases = dict(
                connection.execute(
                    "SELECT phase, count(*) FROM batch_rows WHERE service = ? AND phase IN ('open', 'ended') "
                    "AND key <> ? GROUP BY phase",
                    (row.service, row.key),
                ).fetchall()
            )
            pending = sum(phases.values())
            price = self._price(connection, row.name)
            if pending and (
                price is None
                or spent + self._pending_price(connection, row.service, "open", "ended", but=row.key) + price > budget
            ):
                return "measure" if phases.get("ended") else "wait"
            if price is not None and spent + price > budget:
                return "stop"
            connection.execute("UPDATE batch_rows SET phase = 'open' WHERE key = ?", (row.key,))
            return "go"

    def open(self, key: str) -> None:
        """Note that a row is submitted whose cost is measured afterwards."""
        with self._transaction() as connection:
            connection.execute("UPDATE batch_rows SET phase = 'open' WHERE key = ?", (key,))

    def begin_measuring(self, service: str) -> float | None:
        """Return when a measurement began, if no other worker makes one."""
        with self._transaction() as connection:
            self._exclusive(connection)
            now = self.now(connection)
            query = "SELECT measuring_until FROM batch_spending WHERE service = ?"
            row = connection.execute(query, (service,)).fetchone()
            if row is not None and now < float(row[0]) <= now + _MEASURING_SECONDS:
                return None
            until = now + _MEASURING_SECONDS
            connection.execute("UPDATE batch_spending SET measuring_until = ? WHERE service = ?", (until, service))
            return now

    def measured(self, service: str, balance: float | None, began: float) -> float:
        """Note the balance of a service; return what was spent since the first. None: it could not be read."""
        with self._transaction() as connection:
            self._exclusive(connection)
            query = "SELECT balance, spent, measured_at FROM batch_spending WHERE service = ?"
            row = connection.execute(query, (service,)).fetchone()
            if row is not None and began < float(row[2]):  # a later one was quicker
                return float(row[1])
            if balance is None:
                connection.execute("UPDATE batch_spending SET measuring_until = 0 WHERE service = ?", (service,))
                return 0.0 if row is None else float(row[1])
            if row is None:
                connection.execute("INSERT INTO batch_spending VALUES (?,?,0,?,0)", (service, balance, began))
                return 0.0
            cost = float(row[0]) - balance
            if cost >= 0:
                self._learn(connection, service, cost, began)
            else:  # it was topped up: what the calls should have cost counts, where they are open rather too early
                cost = self._pending_price(connection, service, "open", "ended")
            connection.execute(
                "UPDATE batch_spending SET balance = ?, spent = spent + ?, measured_at = ?, measuring_until = 0 "
                "WHERE service = ?",
                (balance, cost, began, service),
            )
            connection.execute(
                "UPDATE batch_rows SET phase = 'measured' WHERE service = ? AND phase = 'ended' AND changed_at <= ?",
                (service, began),
            )
            return float(row[1]) + cost

    def spent(self) -> dict[str, float]:
        """Return what was spent of each service whose balance was measured."""
        with self._transaction() as connection:
            return {
                str(name): float(spent)
                for name, spent in connection.execute("SELECT service, spent FROM batch_spending").fetchall()
            }

    def prices(self) -> dict[str, float]:
        """Return what one call of an operation was measured to cost."""
        with self._transaction() as connection:
            return {
                str(name): float(price)
                for name, price in connection.execute("SELECT operation, credits FROM batch_prices").fetchall()
            }

    def _learn(self, connection: Connection, service: str, cost: float, began: float) -> None:
        """Note the price of an operation, where all that was measured is calls of it and none was open beside them."""
        query = (
            "SELECT operation, phase, changed_at, count(*) FROM batch_rows WHERE service = ? "
            "AND phase IN ('open', 'ended') GROUP BY operation, phase, changed_at"
        )
        rows = connection.execute(query, (service,)).fetchall()
        operations = {row[0] for row in rows}
        if len(operations) != 1 or any(row[1] == "open" or row[2] > began for row in rows):
            return
        if cost == 0:  # the balance may be told late: until one falls, a call at a time is sent
            return
        price = cost / sum(int(row[3]) for row in rows)
        connection.execute(
            "INSERT INTO batch_prices VALUES (?,?) ON CONFLICT (operation) DO UPDATE SET "
            "credits = CASE WHEN excluded.credits > batch_prices.credits THEN excluded.credits "
            "ELSE batch_prices.credits END",
            (f"{service}.{operations.pop()}", price),
        )

    def _price(self, connection: Connection, name: str) -> float | None:
        row = connection.execute("SELECT credits FROM batch_prices WHERE operation = ?", (name,)).fetchone()
        return None if row is None else float(row[0])

    def _pending_price(self, connection: Connection, service: str, *phases: str, but: str = "") -> float:
        """Return what the calls that were not measured should have cost, by what is known."""
        marks = ",".join("?" * len(phases))
        query = (
            f"SELECT operation, count(*) FROM batch_rows WHERE service = ? AND phase IN ({marks}) AND key <> ? "
            "GROUP BY operation"
        )
        rows = connection.execute(query, (service, *phases, but)).fetchall()
        return sum((self._price(connection, f"{service}.{name}") or 0.0) * int(count) for name, count in rows)

    def _release(self, connection: Connection, worker: str) -> None:
        connection.execute(
            "UPDATE batch_rows SET state = 'waiting', worker = NULL WHERE worker = ? AND state = 'running'", (worker,)
        )
        connection.execute("DELETE FROM batch_workers WHERE worker = ?", (worker,))

    def _prepare(self, connection: Connection) -> None:
        self._exclusive(connection)
        for statement in _TABLES:
            connection.execute(statement)
        row = connection.execute("SELECT version FROM batch_schema").fetchone()
        if row is None:
            connection.execute("INSERT INTO batch_schema VALUES (?)", (SCHEMA,))
        elif int(row[0]) > SCHEMA:
            versions = f"schema {row[0]}, and this one knows {SCHEMA}"
            problem = f"{printable_place(self.place)!r} is of a newer package ({versions})"
            raise InvalidRequest("batch", [ArgumentFault("store", f"{problem}: upgrade the package")])

    def _exclusive(self, connection: Connection) -> None:
        """Hold the only transaction of its kind: what is counted stays so until its end."""
        if self._is_postgres:
            connection.execute("SELECT pg_advisory_xact_lock(7306372)")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._database.transaction() as connection:
                yield connection
        except DATABASE_ERRORS as error:
            raise StoreFailed(self.place, error) from error


def worker_name() -> str:
    """Return a name for one run of a batch."""
    return f"{owner.current()}/{uuid.uuid4().hex[:8]}"
