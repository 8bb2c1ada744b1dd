# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Run the rows of a batch: call each under its key, wait, save, and record the outcome.

What makes a second bill impossible is the key in the journal, not this engine: a row may be begun any number of times.
"""

from __future__ import annotations

import asyncio
import contextvars
import errno
import inspect
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from .._runtime import log
from .._runtime.database import DATABASE_ERRORS, DatabaseFailure, is_postgres
from .._runtime.errors import (
    ConnectFailed,
    DownloadError,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    WaitTimeout,
    WondergenError,
)
from .._runtime.extras import Extras, extras_of_calls
from .._runtime.journal import Journal
from .._runtime.journal_rows import Run
from .._runtime.local_files import Uploader
from .._runtime.operation import TaskStatus
from .._runtime.retry import ROW
from .._runtime.sync.task import wait_while
from . import file_names, registry
from .balances import FATAL, Balances, Exhausted
from .done import Done
from .pace import Rate, Turn, backoff
from .store import HEARTBEAT_SECONDS, BatchStore, Row, State, StoreFailed, worker_name, workers_here
from .store_thread import StoreThread

T = TypeVar("T")

_OUT_OF_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
PATIENCE_SECONDS = 120.0
"""For so long a PostgreSQL server that cannot be reached is asked again."""
_TRANSIENT = (RateLimited, ConnectFailed, ServerError)
PAID = frozenset({"accepted", "finished", "saved"})
"""States of a call in the journal that is paid for."""
_LOOK = 1.0
"""Seconds between two looks for rows that others gave back."""


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How a batch runs."""

    at_once: int
    rates: Mapping[str, Rate | None]
    budget: float | None
    stop_after: int | None
    template: str
    task_timeout: float | None
    first_interval: float
    max_interval: float
    save: Path | None = None
    allow_hosts: tuple[str, ...] = ()
    uploader: Uploader | None = None
    clients: Mapping[str, Any] = field(default_factory=dict)
    """Clients that the caller made, by service."""


class Stopped(Exception):
    """The row is not to be begun."""


class Engine:
    """One run of a batch in one process."""

    def __init__(self, store: BatchStore, settings: BatchSettings) -> None:
        self.done: asyncio.Queue[Done | None] = asyncio.Queue(maxsize=1000)
        self.stopped: str | None = None
        """Why rows are left, if the run ended before its rows did."""
        self.fault: BaseException | None = None
        self.collected = 0
        """Rows that are done now and were paid for before this run."""
        self._store = store
        self._settings = settings
        self._worker = worker_name()
        self._clients: dict[str, Any] = {}
        self._own_clients: list[Any] = []
        self._journals: dict[tuple[str, str], Journal] = {}
        self._rows: dict[asyncio.Task[None], str] = {}
        self._submitting: set[str] = set()
        self._balances = Balances(store, settings.budget, self._ask, self._call)
        self._used_up: str | None = None
        """Why nothing more is paid for: rows that are paid for already go on."""
        self._paid: list[str] | None = None
        """Then the rows that wait although they were paid for, in an earlier run or before they were given back."""
        self._wake = asyncio.Event()
        self._failures = 0
        self._store_thread = StoreThread(store.database)
        self._threads: ThreadPoolExecutor | None = None
        self._was_away = False
        """The store was away: what it did last may have been done, and its reply lost."""
        self._is_closing = False

    @property
    def running(self) -> int:
        """Rows that are at work in this run."""
        return len(self._rows)

    def stop(self, why: str | None = None) -> None:
        """Begin no further row. Requests that are being sent are waited for; tasks go on at the service."""
        if self.stopped is None:
            self.stopped = why or "stopped"
        own = asyncio.current_task()
        for task, key in self._rows.items():
            if key not in self._submitting and task is not own:
                task.cancel()
        self._wake.set()

    async def drive(self) -> None:
        """Run until no row is left, here or with another worker, or until the run is stopped."""
        beating = None
        workers_here.add(self._worker)
        try:
            await self._ask(partial(self._store.enter, self._worker))
            await self._ask(self._heal)
            await self._beat()
            beating = asyncio.create_task(self._beats())
            await self._balances.begin(self._client)
            while self.stopped is None and await self._step():
                pass
            while self._rows:
                await asyncio.wait(self._rows)
                await asyncio.sleep(0)
            self.stopped = self.stopped or self._used_up
            if self.fault is None:
                await self._balances.end(self._client)
        except Exception as error:
            self.fault = error
            self.stop("an error")
            if self._rows:
                await asyncio.wait(self._rows)
        finally:
            if beating is not None:
                beating.cancel()
            try:
                await self._close()
            except Exception as error:
                self.fault = self.fault or error
            finally:
                await self.done.put(None)

    async def _step(self) -> bool:
        """Begin what may begin and wait for something to change. False where nothing is left to do."""
        self._wake.clear()
        room = self._settings.at_once - len(self._rows)
        rows, is_more, soonest = await self._ask(partial(self._take, room)) if room else ([], True, _LOOK)
        for row, run in rows:
            task = asyncio.create_task(self._run(row, run))
            self._rows[task] = row.key
            task.add_done_callback(self._on_end)
        if not self._rows and not is_more:
            return False
        pause = min(max(soonest, 0.05), _LOOK)
        try:
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            pass
        return True

    def _take(self, room: int) -> tuple[list[tuple[Row, Run | None]], bool, float]:
        """Take rows with what the journal knows of them; say whether more wait or run, and when to look again."""
        if self._was_away:
            self._store.reclaim(self._worker, list(self._rows.values()))
            self._was_away = False
        if self._used_up is not None:
            return self._take_paid(room)
        rows = self._store.claim(self._worker, self._settings.at_once, room)
        claims = [(row, self._any_journal().find(row.call_key)) for row in rows]
        if len(rows) == room:
            return claims, True, _LOOK
        return claims, *self._store.next_at()

    def _take_paid(self, room: int) -> tuple[list[tuple[Row, Run | None]], bool, float]:
        """Take rows that the journal knows as accepted: to collect them costs nothing."""
        find = self._any_journal().find
        if self._paid is None:
            waiting = ((row, find(row.call_key)) for row in self._store.rows("waiting"))
            self._paid = [row.key for row, run in waiting if run is not None and run.state in PAID]
        if not self._paid:
            return [], False, _LOOK
        rows = self._store.claim(self._worker, self._settings.at_once, room, self._paid[:room])
        waiting_keys = self._store.keys("waiting")
        self._paid = [key for key in self._paid if key in waiting_keys]
        return [(row, find(row.call_key)) for row in rows], bool(self._paid), _LOOK

    def _on_end(self, task: asyncio.Task[None]) -> None:
        self._rows.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None and self.fault is None:
            self.fault = error
            self.stop("an error")
        self._wake.set()

    async def _run(self, row: Row, run: Run | None) -> None:
        """Run one row from its call to its outcome."""
        with log.context({"service": row.service, "operation": row.operation}):
            await self._run_logged(row, run)

    async def _run_logged(self, row: Row, run: Run | None) -> None:
        progress = _Progress()
        try:
            done = await self._outcome(row, run, progress)
        except asyncio.CancelledError:
            await asyncio.shield(self._ask(partial(self._store.postpone, self._worker, row.key, 0.0, failed=False)))
            return
        except Stopped:
            await self._ask(partial(self._store.postpone, self._worker, row.key, 0.0, failed=False))
            return
        if done is not None:
            try:
                is_ours = await self._ask(partial(self._note_end, row, done, progress))
            except StoreFailed:
                log.record_of("batch", logging.ERROR, "row not noted", key=row.key, state=done.state, task=done.task_id)
                raise
            if is_ours:
                self.collected += done.state == "done" and run is not None and run.state in PAID
                await self._tell(row, done)

    async def _tell(self, row: Row, done: Done) -> None:
        """Pass a row that is over to the caller, and stop where too many have failed."""
        self._failures += done.state == "failed"
        log.record_of("batch", logging.INFO, "row", key=row.key, state=done.state, task=done.task_id)
        await self.done.put(done)
        if self._settings.stop_after is not None and self._failures >= self._settings.stop_after:
            self.stop(f"{self._failures} rows failed")

    def _note_end(self, row: Row, done: Done, progress: _Progress) -> bool:
        """Note how a row ended, in the journal too. False where it is another worker's by now."""
        if progress.journal is not None and progress.task_id is not None:
            if progress.is_saved:
                progress.journal.saved(progress.task_id)
            elif progress.status is not None:
                progress.journal.finished(progress.task_id, progress.status)
        return self._store.finish(self._worker, row.key, done.state, done.as_json(), done.task_id)

    async def _outcome(self, row: Row, run: Run | None, progress: _Progress) -> Done | None:
        """Call, wait and save; return the outcome of the row, or None where it is to be tried again."""
        try:
            client = self._client(row.service)
            result, task = await self._result(client, row, run, progress)
            progress.urls, progress.result = _output(client, result)
            progress.state = "done"
            if self._settings.save is not None and progress.urls:
                progress.files = await self._save(row, result, task)
                progress.is_saved = True
        except StoreFailed:
            raise
        except FATAL as error:
            self.fault = self.fault or error
            self.stop(str(error))
            raise Stopped from error
        except _TRANSIENT as error:
            if row.tries + 1 < (ROW.in_a_row or 1) and (progress.is_paid or not getattr(error, "_is_final", False)):
                pause = backoff(row.tries, getattr(error, "retry_after", None))
                await self._ask(partial(self._store.postpone, self._worker, row.key, pause))
                return None
            progress.state, progress.error = "later" if progress.is_paid else "failed", error
        except OutcomeUnknown as error:
            progress.state, progress.error = "unknown", error
        except (WaitTimeout, DownloadError, OSError) as error:
            progress.state, progress.error = "later", error
            if _is_out_of_space(error):
                self.stop(f"no further file can be saved: {error}")
        except InvalidResponse as error:
            progress.state, progress.error = "later" if progress.is_paid else "failed", error
        except InvalidRequest as error:
            if isinstance(error.__cause__, DATABASE_ERRORS):  # the journal cannot be written, and nothing was sent
                await self._wait_for_store(row, error.__cause__)
                return None
            progress.state, progress.error = "failed", error
        except (WondergenError, TypeError, ValueError) as error:
            is_made = progress.state == "done"  # and only its files are missing
            progress.state, progress.error = "later" if is_made else "failed", error
        return progress.done(row)

    async def _wait_for_store(self, row: Row, fault: BaseException) -> None:
        """Put a row off until a server is there again. Raises StoreFailed where the store is a file."""
        if not isinstance(fault, DatabaseFailure):
            raise StoreFailed(self._store.place, fault) from fault
        await self._ask(partial(self._store.postpone, self._worker, row.key, 1.0, failed=False))

    async def _result(self, client: Any, row: Row, run: Run | None, progress: _Progress) -> tuple[Any, Any]:
        """Call, and wait for the task where one was started."""
        journal = progress.journal = await self._journal(row.service, client.base_url)
        rate = self._settings.rates.get(row.service, self._settings.rates.get("*"))
        turn = Turn(rate, partial(self._store.turn, row.service))
        if run is None or run.state == "refused":
            await self._admit(client, row)
            while (pause := await self._ask(turn.pause)) > 0:
                await asyncio.sleep(pause)
        if self.stopped is not None:
            raise Stopped
        arguments = json.loads(row.arguments)
        if registry.FILE in row.arguments:
            arguments = await asyncio.to_thread(registry.arguments_of, row.name, row.arguments)
        executor = None if is_postgres(self._store.place) else self._store_thread
        extras = Extras(journal, turn.use, executor, self._balances.prices.get(row.name))
        self._submitting.add(row.key)
        try:
            with extras_of_calls(extras):
                task = await self._call(attrgetter(row.operation)(client), **arguments, key=row.call_key)
        finally:
            self._submitting.discard(row.key)
        if not hasattr(task, "wait"):
            return task, None
        progress.task_id = task.id
        if self.stopped is not None:
            raise Stopped
        with extras_of_calls(extras):
            try:
                result = await self._wait(task)
            finally:
                progress.status = task.status if task.status.is_final else None
        return result, task

    async def _admit(self, client: Any, row: Row) -> None:
        """Wait until the row may be paid for within the budget. Raises Stopped where it may not."""
        try:
            await self._balances.admit(client, row)
        except Exhausted as error:
            if error.__cause__ is None:
                self._used_up = self._used_up or str(error)
            else:
                self.fault = self.fault or error.__cause__
                self.stop(str(error))
            raise Stopped from error

    async def _wait(self, task: Any) -> Any:
        limit, first, longest = (
            self._settings.task_timeout,
            self._settings.first_interval,
            self._settings.max_interval,
        )
        if inspect.iscoroutinefunction(task.wait):
            return await task.wait(timeout=limit, first_interval=first, max_interval=longest)
        return await self._call(partial(wait_while, task, self._raise_if_stopped, limit, first, longest))

    def _raise_if_stopped(self) -> None:
        if self.stopped is not None:
            raise Stopped

    async def _save(self, row: Row, result: Any, task: Any) -> list[str]:
        """Save what a row made under its names. What expires is saved now, not at the end of the batch."""
        folder = self._settings.save
        assert folder is not None
        grown = file_names.partial_folder(folder, row.key)
        files = await self._call(result.save, grown, allow_hosts=self._settings.allow_hosts)
        names = partial(
            file_names.place,
            files,
            folder,
            self._settings.template,
            key=row.key,
            number=row.number,
            operation=row.operation,
            task=task.id if task is not None else row.key,
        )
        paths = await asyncio.to_thread(names)
        await asyncio.to_thread(file_names.clear, folder, grown)
        return [str(path) for path in paths]

    async def _call(self, function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
        """Call a method of a client: await it, or run it in a thread where the client is a synchronous one."""
        if inspect.iscoroutinefunction(inspect.unwrap(function)) or inspect.iscoroutinefunction(function):
            return await function(*arguments, **keywords)
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._settings.at_once, "batch-call")
        context = contextvars.copy_context()
        work = partial(context.run, partial(function, *arguments, **keywords))
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def _ask(self, function: Callable[[], T]) -> T:
        """Ask the store, beside the event loop. A server that is away is waited for: it may be starting anew."""
        loop = asyncio.get_running_loop()
        end, pause = loop.time() + PATIENCE_SECONDS, 0.1
        while True:
            try:
                return await loop.run_in_executor(self._store_thread, function)
            except (WondergenError, DatabaseFailure) as error:
                cause = error.__cause__ if isinstance(error, WondergenError) else error
                if not isinstance(cause, DatabaseFailure) or loop.time() >= end or self._is_closing:
                    if isinstance(cause, DATABASE_ERRORS) and not isinstance(error, StoreFailed):  # of the journal
                        raise StoreFailed(self._store.place, cause) from cause
                    raise
                self._was_away = True
                log.record_of("batch", logging.WARNING, "store to be asked again", worker=self._worker, reason=cause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, 5.0)

    def _client(self, service: str) -> Any:
        if service not in self._clients:
            client = self._settings.clients.get(service)
            if client is None or callable(client):
                client = registry.make_client(service, self._settings.uploader) if client is None else client()
                self._own_clients.append(client)
            self._clients[service] = client
        return self._clients[service]

    async def _journal(self, service: str, base_url: str) -> Journal:
        journal = self._journals.get((service, base_url))
        return await self._ask(partial(self._journal_at, service, base_url)) if journal is None else journal

    def _journal_at(self, service: str, base_url: str) -> Journal:
        """Return a journal, opened once: this runs in the thread of the store."""
        key = (service, base_url)
        if key not in self._journals:  # in the store's own connection to a file: two would wait for each other's locks
            database = None if is_postgres(self._store.place) else self._store.database
            self._journals[key] = Journal(self._store.place, service, base_url, database=database)
        return self._journals[key]

    def _any_journal(self) -> Journal:
        """Return the journal of no service, in which the keys of all are found."""
        return self._journal_at("", "")

    def _heal(self) -> None:
        """Take up rows whose outcome was unknown and of which the journal knows more by now."""
        keys = []
        for row in self._store.rows("unknown"):
            run = self._any_journal().find(row.call_key)
            if run is None or run.state not in ("unknown", "sending"):
                keys.append(row.key)
        self._store.settle(keys)

    async def _beats(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                await self._beat()
            except Exception as error:  # the next one may pass; without any, others take over
                log.record_of("batch", logging.WARNING, "heartbeat not noted", worker=self._worker, reason=error)

    async def _beat(self) -> None:
        owners = await self._ask(partial(self._store.beat, self._worker))
        if owners:
            log.record_of("batch", logging.INFO, "workers are gone, and their rows taken over", workers=len(owners))
            await self._ask(lambda: self._any_journal().abandon(owners))
            self._wake.set()

    async def _close(self) -> None:
        self._is_closing = self.fault is not None
        workers_here.discard(self._worker)
        try:
            await self._ask(partial(self._store.leave, self._worker))
        finally:
            for client in self._own_clients:
                await (client.aclose() if hasattr(client, "aclose") else asyncio.to_thread(client.close))
            await self._ask(self._close_journals)
            self._store_thread.shutdown(wait=False)
            if self._threads is not None:
                self._threads.shutdown(wait=False)

    def _close_journals(self) -> None:
        for journal in self._journals.values():
            journal.close()


@dataclass(slots=True)
class _Progress:
    """What is known of a row so far."""

    state: State = "failed"
    task_id: str | None = None
    urls: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    result: Any = None
    error: BaseException | None = None
    journal: Journal | None = None
    status: TaskStatus | None = None
    """How its task ended."""
    is_saved: bool = False

    @property
    def is_paid(self) -> bool:
        """Return whether the service has accepted the call: what a poll or a download refuses does not undo that."""
        return self.task_id is not None or self.state == "done"

    def done(self, row: Row) -> Done:
        """Return the outcome of the row."""
        return Done(
            key=row.key,
            operation=row.name,
            state=self.state,
            task_id=self.task_id,
            urls=self.urls,
            files=self.files,
            result=self.result,
            error=self.error,
        )


def _output(client: Any, result: Any) -> tuple[list[str], Any]:
    """Return the URLs of a result, and the result as JSON has it, both without the keys that the service put there."""
    raw = result.raw if hasattr(result, "raw") else result
    raw = raw.model_dump(mode="json", warnings=False) if hasattr(raw, "model_dump") else raw
    urls: list[str] = list(getattr(result, "urls", ()))
    session = getattr(client, "_session", None)
    if session is None:
        return urls, raw
    return session.without_keys(urls), session.without_keys(raw) if isinstance(raw, dict | list | str) else raw


def _is_out_of_space(error: BaseException | None) -> bool:
    """Return whether no row after this one could have its files saved either."""
    for _ in range(10):
        if isinstance(error, OSError) and error.errno in _OUT_OF_SPACE:
            return True
        error = None if error is None else error.__cause__
    return False


async def iterate(engine: Engine) -> AsyncIterator[Done]:
    """Run an engine, and yield each row that is done."""
    driver = asyncio.create_task(engine.drive())
    try:
        while (done := await engine.done.get()) is not None:
            yield done
        await driver
    finally:
        if not driver.done():
            engine.stop()
            while not driver.done():  # what is done by now stands in the store
                while not engine.done.empty():
                    engine.done.get_nowait()
                await asyncio.wait([driver], timeout=0.05)
    if engine.fault is not None:
        raise engine.fault
