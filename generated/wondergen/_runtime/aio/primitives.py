# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What differs between async and sync: clocks, gates, owners, deadlines. The sync file is written by hand as well."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import inspect
import math
import os
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

from ..errors import ConnectFailed, WondergenError

T = TypeVar("T")
AsyncHook = Callable[[], Awaitable[None]]
"""What is done before each attempt at a request."""

BUSY = "all connections were busy"


class AsyncClock:
    """The time. A test puts its own in place."""

    def time(self) -> float:
        """Return seconds since 1970, UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds on a clock that is never set back; deadlines are points on it."""
        return time.monotonic()

    def sleep(self, seconds: float) -> Awaitable[None]:
        """Wait."""
        return _Pause(seconds)


class _Pause:
    """Sleeps as `asyncio.sleep` does, with one frame less: thousands of tasks may sleep at a time."""

    __slots__ = ("_seconds",)

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __await__(self) -> Generator[Any, None, None]:
        if self._seconds <= 0:
            yield
            return
        loop = asyncio.get_running_loop()
        end: asyncio.Future[bool] = loop.create_future()
        timer = loop.call_later(self._seconds, _end, end)
        try:
            yield from end
        finally:
            timer.cancel()


def check_loop(operation: str) -> None:
    """Refuse a call outside an asyncio event loop, before anything is sent."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        problem = "the asynchronous client needs a running asyncio event loop, and there is none (trio is another)"
        raise WondergenError(f"{operation}: {problem}. Nothing was sent.") from None


class AsyncGate:
    """Lets a number of callers of one process and loop through at a time; the others wait outside, in order."""

    def __init__(self, limit: int) -> None:
        self._slots: _ByLoop[_Slots] = _ByLoop(lambda: _Slots(limit))

    def slot(self, operation: str, timeout: float) -> AsyncSlot:
        """Hold a place, as a context. Raises ConnectFailed of the operation where none becomes free in time."""
        check_loop(operation)
        return AsyncSlot(self._slots.get(), operation, timeout)


class _Slots:
    """The free slots of one loop, and who waits for one. Each of thousands costs a future and perhaps a timer."""

    __slots__ = ("context", "free", "waiting")

    def __init__(self, free: int) -> None:
        self.free = free
        self.context = contextvars.Context()
        """Of the timers: else each would have a copy of its own."""
        self.waiting: deque[asyncio.Future[bool]] = deque()

    def give(self) -> None:
        """Pass a slot on to whoever has waited longest, or keep it."""
        while self.waiting:
            waiter = self.waiting.popleft()
            if not waiter.done():
                waiter.set_result(True)
                return
        self.free += 1


class AsyncSlot:
    """A place at the gate. Entered again while it is held, it waits for nothing, and the first exit gives it back."""

    __slots__ = ("_is_held", "_operation", "_slots", "_timeout")

    def __init__(self, slots: _Slots, operation: str, timeout: float) -> None:
        self._slots = slots
        self._operation = operation
        self._timeout = timeout
        self._is_held = False

    def __aenter__(self) -> AsyncSlot:
        return self

    def __await__(self) -> Generator[Any, None, AsyncSlot]:
        if not self._is_held:
            yield from self._wait()
            self._is_held = True
        return self

    def _wait(self) -> Generator[Any, None, None]:
        slots = self._slots
        if slots.free and not slots.waiting:
            slots.free -= 1
            return
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[bool] = loop.create_future()
        slots.waiting.append(waiter)
        has_end = not math.isinf(self._timeout)
        timer = loop.call_later(self._timeout, _end, waiter, context=slots.context) if has_end else None
        try:
            has_place = yield from waiter
        except BaseException:
            if not waiter.done():
                slots.waiting.remove(waiter)  # the coroutine is closed
            elif not waiter.cancelled() and waiter.result():
                slots.give()  # it came in the same moment
            raise
        finally:
            if timer is not None:
                timer.cancel()
        if not has_place:
            raise ConnectFailed(self._operation, BUSY)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._is_held:
            self._is_held = False
            self._slots.give()


def _end(waiter: asyncio.Future[bool]) -> None:
    if not waiter.done():
        waiter.set_result(False)


class _Abandonable(Protocol):
    def drop(self) -> None: ...

    def abandon(self) -> None: ...


Kept = TypeVar("Kept", bound=_Abandonable)


class AsyncOwned(Generic[Kept]):
    """Keeps connections that wait for their next use, apart for each process and event loop."""

    def __init__(self) -> None:
        self._kept: _ByLoop[_Kept[Kept]] = _ByLoop(_Kept)

    def take(self) -> Kept | None:
        """Return one that is free, or None."""
        free = self._kept.get().free
        return free.pop() if free else None

    def add(self, one: Kept) -> Kept:
        """Note a new one: it is closed at the latest when its loop ends."""
        self._kept.get().all.append(one)
        return one

    def give(self, one: Kept) -> None:
        """Keep one for the next use."""
        self._kept.get().free.append(one)


class _Kept(Generic[Kept]):
    """Those of one loop. The loop closes its asynchronous generators when it ends, and this one its connections."""

    def __init__(self) -> None:
        self.free: list[Kept] = []
        self.all: list[Kept] = []
        self._end = self._until_the_loop_ends()
        first = self._end.__anext__()
        try:
            first.send(None)  # runs to the yield, which needs no loop: so the loop knows of the generator
        except StopIteration:
            return

    async def _until_the_loop_ends(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            for one in self.all:
                one.drop()
            self.free.clear()
            self.all.clear()


class _ByLoop(Generic[T]):
    """A value for each event loop of this process. What belongs to another process is left alone."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._process = os.getpid()
        self._values: WeakKeyDictionary[asyncio.AbstractEventLoop, T] = WeakKeyDictionary()
        self._left_alone: list[object] = []

    def get(self) -> T:
        """Return the value of the running loop."""
        loop = asyncio.get_running_loop()
        if self._process != os.getpid():
            self._left_alone.append(self._values)
            self._process, self._values = os.getpid(), WeakKeyDictionary()
        value = self._values.get(loop)
        if value is None:
            value = self._values[loop] = self._make()
        return value


def within(seconds: float | None) -> asyncio.Timeout:
    """Interrupt the block after that time with TimeoutError. The sync side cannot interrupt; see there."""
    return asyncio.timeout(seconds)


async def run_within(work: Callable[[], Awaitable[T]], seconds: float, *, apart: bool) -> T:
    """Do something within that time, or interrupt it with TimeoutError. The sync side needs a thread: `apart`."""
    async with asyncio.timeout(seconds):
        return await work()


async def run_blocking(function: Callable[[], T]) -> T:
    """Run a blocking function (disk, name resolution) beside the event loop."""
    return await asyncio.to_thread(function)


async def run_to_end(function: Callable[[], T], executor: Executor | None = None) -> T:
    """Run a blocking function beside the event loop, and let a cancellation wait until it is done."""
    loop = asyncio.get_running_loop()
    work = loop.run_in_executor(executor or _workers(os.getpid()), contextvars.copy_context().run, function)
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        while not work.done():
            try:
                await asyncio.wait([work])
            except asyncio.CancelledError:
                continue
        raise


@functools.cache
def _workers(process: int) -> ThreadPoolExecutor:
    """Return threads of our own for what may wait long for a process: those of the loop resolve names too."""
    return ThreadPoolExecutor(4, thread_name_prefix="wondergen")


async def upload_file(uploader: Callable[[Path], Any] | None, path: Path) -> Any:
    """Return the URL that an uploader of either kind gives."""
    assert uploader is not None
    if inspect.iscoroutinefunction(uploader) or inspect.iscoroutinefunction(getattr(uploader, "__call__", None)):  # noqa: B004
        return await uploader(path)
    outcome = await run_blocking(partial(uploader, path))
    return await outcome if inspect.isawaitable(outcome) else outcome


async def settle(outcome: object) -> None:
    """Await what a callback of the caller returned, where it is to be awaited."""
    if inspect.isawaitable(outcome):
        await outcome


def owner() -> object:
    """Return what connections that are made now belong to: this process and the running event loop."""
    return os.getpid(), asyncio.get_running_loop()
