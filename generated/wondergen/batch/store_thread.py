# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The thread in which a batch works on its store: what waits while it is at work shares a transaction."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

from .._runtime.database import Database

T = TypeVar("T")

MOST_TOGETHER = 100
"""Changes in one transaction at most."""
_PATIENCE = 0.15
"""So much of the time of the last transaction the next one waits for more that may share it, …"""
_LONGEST_PAUSE = 0.01
"""… and so many seconds at most."""


class StoreThread(Executor):
    """One thread for a database: what waits while it is at work shares its next transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._works: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="batch-store", daemon=True)
        self._is_over = False
        self._commit_seconds = 0.0
        """What the last transaction took."""
        self._thread.start()

    def submit(self, function: Callable[..., T], /, *arguments: Any, **keywords: Any) -> Future[T]:
        """Run a function in the thread."""
        if self._is_over:
            raise RuntimeError("the store's thread has ended")
        future: Future[T] = Future()
        self._works.put((future, partial(function, *arguments, **keywords)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the thread once what was submitted is done."""
        self._is_over = True
        self._works.put(None)
        if wait:
            self._thread.join()

    def _serve(self) -> None:
        while (first := self._works.get()) is not None:
            time.sleep(min(self._commit_seconds * _PATIENCE, _LONGEST_PAUSE))
            group = [first]
            is_last = False
            while len(group) < MOST_TOGETHER and not self._works.empty() and not is_last:
                following = self._works.get()
                if following is None:
                    is_last = True
                else:
                    group.append(following)
            self._run([(future, work) for future, work in group if future.set_running_or_notify_cancel()])
            if is_last:
                return

    def _run(self, works: list[tuple[Future[Any], Callable[[], Any]]]) -> None:
        began = time.monotonic()
        outcomes = self._database.together([work for _, work in works])
        self._commit_seconds = time.monotonic() - began
        for (future, _), outcome in zip(works, outcomes, strict=True):
            if outcome.error is not None:
                future.set_exception(outcome.error)
            else:
                future.set_result(outcome.value)
