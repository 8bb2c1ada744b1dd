"""A batch: rows in a store, each paid for once, run by one process or by many."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import os
import queue
import threading
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import aclosing, closing
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .._runtime.database import is_postgres
from .._runtime.errors import ArgumentFault, InvalidRequest
from .._runtime.journal import Journal
from .._runtime.local_files import Uploader
from .._runtime.request import NEXT_TRY
from . import file_names, registry
from .done import Done, from_row
from .engine import PAID, BatchSettings, Engine, iterate
from .pace import Rate, parse_rate
from .store import BatchStore, NewRow

_CALL_KEY = (
    "CASE WHEN batch_rows.attempt = 1 THEN batch_rows.key "
    f"ELSE batch_rows.key || '{NEXT_TRY}' || CAST(batch_rows.attempt AS TEXT) END"
)
"""The key of the paid call of a row."""


class Batch:
    """Rows of paid calls, each under a key: sent once, however often it is added and whatever process dies.

    The store is an SQLite file, for any number of processes of one machine, or a `postgresql://` URL (extra `batch`)
    for any number of machines. Rows, keys and the outcome of each paid call are kept in it.
    """

    def __init__(
        self,
        store: str | os.PathLike[str],
        *,
        at_once: int = 10,
        rate: str | float | Mapping[str, str | float] | None = None,
        budget: float | None = None,
        clients: Mapping[str, Any] | None = None,
        stop_after: int | None = None,
        template: str = file_names.DEFAULT_TEMPLATE,
        task_timeout: float | None = 3600.0,
        first_interval: float = 1.0,
        max_interval: float = 15.0,
        allow_hosts: Iterable[str] = (),
        uploader: Uploader | None = None,
    ) -> None:
        """Open the store. Nothing is sent before `run`.

        Args:
            store: SQLite file, or URL of a PostgreSQL database.
            at_once: Rows that are sent or waited for at a time, by all workers of the store together.
            rate: Paid requests to each service, such as "20/s", "100/min", "500/h", by all workers together; or a
                mapping from service to rate.
            budget: Credits that the batch may spend of each service that tells its balance. See `unmeasured`.
            clients: Service → client, of either kind; you close it. Or a callable that makes one, which is closed at
                the end of each run. Others are made from the environment.
            stop_after: Failed rows after which no further row is begun.
            template: Names of saved files, of {key}, {index}, {suffix}, {number}, {operation}, {task}.
            task_timeout: Seconds to wait for one task. The next run goes on with one that takes longer.
            first_interval: Seconds before the first look at a task.
            max_interval: Seconds between looks at most.
            allow_hosts: Hosts beside the services' own from which files are saved.
            uploader: Puts local files where the service can fetch them, for clients that are made here: a callable
                that takes a path and returns an https URL. See `upload.ObjectStore`.
        """
        check_options(rate, at_once, budget, stop_after, template)
        self._options = BatchSettings(
            at_once=at_once,
            rates=_rates(rate),
            budget=budget,
            stop_after=stop_after,
            template=template,
            task_timeout=task_timeout,
            first_interval=first_interval,
            max_interval=max_interval,
            allow_hosts=tuple(allow_hosts),
            uploader=uploader,
            clients=_known_services(clients or {}),
        )
        self._store = BatchStore(store)
        self._engine: Engine | None = None
        """Of the last run."""
        self.stopped: str | None = None
        """Why the last run left rows: a budget, failures, or that it was broken off. None: it left none."""

    @property
    def unmeasured(self) -> list[str]:
        """Services of the batch that tell no balance, so that no budget holds for them."""
        rows = self._store.operations("waiting", "running", "later")
        names = {name.partition(".")[0] for name in rows}
        return sorted(name for name in names if registry.balance_of(name) is None)

    def add(self, operation: str, arguments: Mapping[str, Any], *, key: str) -> bool:
        """Add a row; return whether it was not there yet. The same key again changes nothing.

        Where a parameter is the URL of a file, a `Path` or an open binary file may be given: it is checked now and
        uploaded when the row is run. A store in PostgreSQL takes none, since other machines have no such file.
        Raises InvalidRequest with everything that is wrong with the row, or where the key has another request.
        """
        return self._store.add([self._new_row(operation, arguments, key)]) > 0

    def add_all(self, rows: Iterable[tuple[str, Mapping[str, Any], str]]) -> int:
        """Add rows of operation, arguments and key; return how many were not there yet.

        All or none: where a row is refused, no other one is added either.
        """
        return self._store.add([self._new_row(*row) for row in rows])

    def run(self, save: str | os.PathLike[str] | None = None, *, retry_failed: bool = False) -> Iterator[Done]:
        """Run the rows that are left and give each as it is done. After a crash it goes on where it was.

        Breaking off the iteration ends in order: requests that are being sent are waited for, tasks go on at the
        service, and the next run goes on with them. `save`: folder for the files; None saves none. `retry_failed`:
        failed rows once more, each a new paid call. Rows whose outcome is unknown are never sent again.
        """
        return self._run_in_thread(self._settings(save), retry_failed)

    async def arun(
        self, save: str | os.PathLike[str] | None = None, *, retry_failed: bool = False
    ) -> AsyncIterator[Done]:
        """Run the rows as `run` does, in this event loop: `async for done in batch.arun(...)`."""
        settings = self._settings(save)
        if retry_failed:
            await asyncio.to_thread(self._store.retry_failed)
        engine = self._engine = Engine(self._store, settings)
        self.stopped = None
        try:
            async with aclosing(iterate(engine)) as rows:  # type: ignore[type-var]
                async for done in rows:
                    yield done
        finally:
            self.stopped = engine.stopped

    @property
    def running(self) -> int:
        """Rows that are sent or waited for by the run of this object."""
        return 0 if self._engine is None else self._engine.running

    @property
    def collected(self) -> int:
        """Rows that the last run of this object brought to an end and that were paid for before it."""
        return 0 if self._engine is None else self._engine.collected

    def paid_left(self) -> int:
        """Return how many of the rows that are left are paid for: a run collects their results at no cost."""
        marks = ",".join("?" * len(PAID))
        query = (
            f"SELECT count(*) FROM batch_rows JOIN runs ON runs.call_key = {_CALL_KEY} "
            f"WHERE batch_rows.state IN ('waiting', 'running', 'later') AND runs.state IN ({marks})"
        )
        with closing(Journal(self._store.place, "", "")) as journal, journal.transaction() as connection:
            return int(connection.execute(query, tuple(PAID)).fetchone()[0])

    def keys_left(self) -> set[str]:
        """Return the keys of the rows that a run goes on with."""
        return self._store.keys("waiting", "running", "later")

    def counts(self) -> dict[str, int]:
        """Return how many rows there are in each state."""
        return self._store.counts()

    def results(self) -> Iterator[Done]:
        """Return every row that is over, in order: done, failed, unknown, and those that the next run goes on with."""
        return map(from_row, self._store.rows("done", "failed", "unknown", "later"))

    def unknown(self) -> list[Done]:
        """Return the rows that may have been accepted. They are not sent again: see `resolve` and `forget`."""
        return [from_row(row) for row in self._store.rows("unknown")]

    def resolve(self, key: str, *, task_id: str) -> None:
        """Note that an unknown row was accepted as this task. The next run goes on with it."""
        with self._journal_of(key) as journal:
            journal.resolve(self._call_key(key), task_id=task_id)

    def forget(self, key: str) -> None:
        """Note that an unknown row was not accepted. The next run sends it."""
        with self._journal_of(key) as journal:
            journal.forget(self._call_key(key))

    def spent(self) -> dict[str, float]:
        """Return the credits that the balance of each service fell by since the first run, where it tells one."""
        return self._store.spent()

    def estimate(self) -> dict[str, tuple[int, float | None]]:
        """Return rows left and credits they should cost for each operation; None where no price was measured."""
        prices = self._store.prices()
        open_rows = self._store.operations("waiting", "running")
        return {
            name: (count, None if name not in prices else count * prices[name]) for name, count in open_rows.items()
        }

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _new_row(self, operation: str, arguments: Mapping[str, Any], key: str) -> NewRow:
        place = self._store.place
        is_shared = is_postgres(place)
        service = str(operation).partition(".")[0]
        row = registry.check_row(
            operation,
            arguments,
            key,
            has_uploader=self._options.uploader is not None or service in self._options.clients,
            keep=None if is_shared else Path(f"{os.fspath(place)}.files"),
        )
        if is_shared and registry.FILE in row.text:
            problem = "has a local file, which other machines do not have: add the URL that an uploader returns for it"
            raise InvalidRequest(operation, [ArgumentFault("arguments", problem)])
        return NewRow(key, row.operation.service.name, row.operation.name, row.text, row.digest)

    def _settings(self, save: str | os.PathLike[str] | None) -> BatchSettings:
        return replace(self._options, save=None if save is None else Path(save))

    def _call_key(self, key: str) -> str:
        row = self._store.row(key)
        if row is None:
            raise InvalidRequest("batch", [ArgumentFault("key", f"{key!r} is not in the batch")])
        return row.call_key

    def _journal_of(self, key: str) -> closing[Journal]:
        """Return the journal in which a row's call stands."""
        with closing(Journal(self._store.place, "", "")) as journal:
            run = journal.find(self._call_key(key))
        if run is None:
            raise InvalidRequest("batch", [ArgumentFault("key", f"{key!r} was not sent")])
        return closing(Journal(self._store.place, run.provider, run.base_url))

    def _run_in_thread(self, settings: BatchSettings, retry_failed: bool) -> Iterator[Done]:
        """Run an event loop in a thread of its own, so that this works where one runs already."""
        if retry_failed:
            self._store.retry_failed()
        self.stopped = None
        out: queue.Queue[Done | None] = queue.Queue(maxsize=100)
        began = threading.Event()
        run: dict[str, Any] = {}  # engine, loop and error of the thread, and that it is over

        async def main() -> None:
            engine = run["engine"] = self._engine = Engine(self._store, settings)
            run["loop"] = asyncio.get_running_loop()
            began.set()
            async with aclosing(iterate(engine)) as rows:  # type: ignore[type-var]
                async for done in rows:
                    try:
                        out.put_nowait(done)
                    except queue.Full:
                        await asyncio.to_thread(out.put, done)

        def thread() -> None:
            try:
                asyncio.run(main())
            except BaseException as error:
                run["error"] = error
            finally:
                began.set()
                run["over"] = True
                out.put(None)

        worker = threading.Thread(target=contextvars.copy_context().run, args=(thread,), name="batch", daemon=True)
        worker.start()
        try:
            while (done := out.get()) is not None:
                yield done
        finally:
            _end(worker, began, run, out)
            self.stopped = run["engine"].stopped if "engine" in run else None
        if "error" in run:
            raise run["error"]


def _end(worker: threading.Thread, began: threading.Event, run: Mapping[str, Any], out: queue.Queue[Any]) -> None:
    """Stop a run that was broken off, and wait until it has ended."""
    began.wait()
    if "loop" in run and not run.get("over"):
        with contextlib.suppress(RuntimeError):  # it has just ended
            run["loop"].call_soon_threadsafe(run["engine"].stop)
    while worker.is_alive():
        try:
            out.get(timeout=0.05)
        except queue.Empty:
            continue


def _known_services(clients: Mapping[str, Any]) -> dict[str, Any]:
    services = registry.services()
    if unknown := sorted(set(clients) - set(services)):
        fault = ArgumentFault("clients", f"{unknown[0]!r} is not a service: there are {', '.join(services)}")
        raise InvalidRequest("batch", [fault])
    return dict(clients)


def _rates(rate: Any) -> dict[str, Rate | None]:
    """Return the rate of each service; that of `*` is for all others."""
    by_service = rate if isinstance(rate, Mapping) else {"*": rate}
    return {name: parse_rate(value) for name, value in by_service.items()}


def check_options(rate: Any, at_once: object, budget: object, stop_after: object, template: str) -> None:
    """Raise InvalidRequest where an option of a batch is wrong."""
    _rates(rate)
    file_names.check_template(template)
    faults = []
    for name, value in (("at_once", at_once), ("stop_after", stop_after)):
        if value is None and name == "stop_after":
            continue
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            faults.append(ArgumentFault(name, f"{value!r} is not a whole number from 1 on"))
    if budget is not None and (isinstance(budget, bool) or not isinstance(budget, int | float) or not budget > 0):
        faults.append(ArgumentFault("budget", f"{budget!r} is not a number of credits above 0"))
    if faults:
        raise InvalidRequest("batch", faults)
