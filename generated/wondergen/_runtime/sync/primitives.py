# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What differs by nature between async and sync: clocks, gates, owners, deadlines. aio/primitives.py in sync."""

from __future__ import annotations

import contextvars
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from ..errors import ConnectFailed

T = TypeVar("T")
Hook = Callable[[], None]
"""What is done before each attempt at a request."""

BUSY = "all connections were busy"


class Clock:
    """The time. A test puts its own in place."""

    def time(self) -> float:
        """Return seconds since 1970, UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds on a clock that is never set back; deadlines are points on it."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def check_loop(operation: str) -> None:
    """Do nothing: a synchronous call needs no event loop."""


class Gate:
    """Lets a number of callers of one process through at a time; the others wait outside."""

    def __init__(self, limit: int) -> None:
        self._slots: _ByProcess[threading.BoundedSemaphore] = _ByProcess(lambda: threading.BoundedSemaphore(limit))

    def slot(self, operation: str, timeout: float) -> Slot:
        """Hold a place, as a context. Raises ConnectFailed of the operation where none becomes free in time."""
        return Slot(self._slots.get(), operation, timeout)


class Slot:
    """A place at the gate. Entered again while it is held, it waits for nothing, and the first exit gives it back."""

    __slots__ = ("_is_held", "_operation", "_slots", "_timeout")

    def __init__(self, slots: threading.BoundedSemaphore, operation: str, timeout: float) -> None:
        self._slots = slots
        self._operation = operation
        self._timeout = timeout
        self._is_held = False

    def __enter__(self) -> Slot:
        if not self._is_held:
            if not self._slots.acquire(timeout=min(max(self._timeout, 0.0), threading.TIMEOUT_MAX)):
                raise ConnectFailed(self._operation, BUSY)
            self._is_held = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._is_held:
            self._is_held = False
            self._slots.release()


class _Abandonable(Protocol):
    def drop(self) -> None: ...

    def abandon(self) -> None: ...


Kept = TypeVar("Kept", bound=_Abandonable)


class Owned(Generic[Kept]):
    """Keeps connections that wait for their next use, apart for each process."""

    def __init__(self) -> None:
        self._kept: _ByProcess[_Kept[Kept]] = _ByProcess(_Kept, _Kept.abandon)

    def take(self) -> Kept | None:
        """Return one that is free, or None."""
        try:
            return self._kept.get().free.pop()
        except IndexError:
            return None

    def add(self, one: Kept) -> Kept:
        """Note a new one."""
        self._kept.get().all.append(one)
        return one

    def give(self, one: Kept) -> None:
        """Keep one for the next use."""
        self._kept.get().free.append(one)


class _Kept(Generic[Kept]):
    """Those of one process. Lists are safe between threads as they are used here."""

    def __init__(self) -> None:
        self.free: list[Kept] = []
        self.all: list[Kept] = []

    def abandon(self) -> None:
        """Let go of connections that another process made: nothing may be sent on them."""
        for one in self.all:
            one.abandon()


class _ByProcess(Generic[T]):
    """A value for each process: a fork must not share locks and connections."""

    def __init__(self, make: Callable[[], T], abandon: Callable[[T], None] = lambda _: None) -> None:
        self._make = make
        self._abandon = abandon
        self._value = (os.getpid(), make())

    def get(self) -> T:
        """Return the value of this process."""
        process, value = self._value
        if process == os.getpid():
            return value
        self._abandon(value)
        self._value = (os.getpid(), self._make())
        return self._value[1]


class _Block:
    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return None


def within(seconds: float | None) -> _Block:
    """Do nothing: a thread cannot be interrupted. Each read and write of the streams looks at the deadline instead."""
    return _Block()


def run_within(work: Callable[[], T], seconds: float, *, apart: bool) -> T:
    """Do something within that time, else raise TimeoutError.

    A thread cannot be interrupted. So what is done `apart` has a thread of its own, which is left behind at the end of
    the time; anything else is taken to look at the time by itself.
    """
    if not apart:
        return work()
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=contextvars.copy_context().run, args=(run,), name="wondergen-request", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]


def run_blocking(function: Callable[[], T]) -> T:
    """Run a blocking function: at once."""
    return function()


def run_to_end(function: Callable[[], T], executor: Executor | None = None) -> T:
    """Run a blocking function: at once, or where an executor is given, there."""
    return function() if executor is None else executor.submit(function).result()


def upload_file(uploader: Callable[[Path], Any] | None, path: Path) -> Any:
    """Return the URL that an uploader gives."""
    assert uploader is not None
    return uploader(path)


def settle(outcome: object) -> None:
    """Do nothing: a callback of the caller has returned, and nothing is left to wait for."""


def owner() -> object:
    """Return what connections that are made now belong to: this process."""
    return os.getpid()
