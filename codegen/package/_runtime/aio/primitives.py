"""What differs by nature between async and sync: clocks, gates, locks, deadlines. The sync twin is written by hand."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

T = TypeVar("T")

AsyncLock = asyncio.Lock


class AsyncClock:
    """The time. A test puts its own in place."""

    def time(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds on a clock that is never set back; deadlines are points on it."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Busy(Exception):
    """No place became free in time."""


class AsyncGate:
    """Lets a number of callers through at a time; the others wait outside, in order."""

    def __init__(self, limit: int) -> None:
        self._slots = asyncio.Semaphore(limit)

    @asynccontextmanager
    async def slot(self, timeout: float | None) -> AsyncIterator[None]:
        """Hold a place. Raises Busy where none becomes free in time."""
        try:
            async with asyncio.timeout(timeout):
                await self._slots.acquire()
        except TimeoutError:
            raise Busy from None
        try:
            yield
        finally:
            self._slots.release()


@asynccontextmanager
async def within(seconds: float | None) -> AsyncIterator[None]:
    """Interrupt the block after that time with TimeoutError. The sync twin cannot interrupt; see there."""
    async with asyncio.timeout(seconds):
        yield


async def run_blocking(function: Callable[[], T]) -> T:
    """Run a blocking function (disk, name resolution) beside the event loop."""
    return await asyncio.to_thread(function)


async def run_to_end(function: Callable[[], T]) -> T:
    """Run a blocking function beside the event loop, and let a cancellation wait until it is done."""
    work = asyncio.ensure_future(asyncio.to_thread(function))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        while not work.done():
            try:
                await asyncio.wait([work])
            except asyncio.CancelledError:
                continue
        raise


async def settle(outcome: object) -> None:
    """Await what a callback of the caller returned, where it is to be awaited."""
    if inspect.isawaitable(outcome):
        await outcome
