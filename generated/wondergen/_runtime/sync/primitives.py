# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What differs by nature between async and sync: clocks, gates, locks, deadlines. The twin of aio/primitives.py."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

Lock = threading.Lock


class Clock:
    """The time. A test puts its own in place."""

    def time(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds on a clock that is never set back; deadlines are points on it."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Busy(Exception):
    """No place became free in time."""


class Gate:
    """Lets a number of callers through at a time; the others wait outside."""

    def __init__(self, limit: int) -> None:
        self._slots = threading.BoundedSemaphore(limit)

    @contextmanager
    def slot(self, timeout: float | None) -> Iterator[None]:
        """Hold a place. Raises Busy where none becomes free in time."""
        if not self._slots.acquire(timeout=None if timeout is None else max(timeout, 0.0)):
            raise Busy
        try:
            yield
        finally:
            self._slots.release()


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """A thread cannot be interrupted: timeouts of the socket and a look at the clock at each chunk stand in for it."""
    yield


def run_blocking(function: Callable[[], T]) -> T:
    """Run a blocking function: at once."""
    return function()


def run_to_end(function: Callable[[], T]) -> T:
    """Run a blocking function: at once."""
    return function()


def settle(outcome: object) -> None:
    """A callback of the caller has returned: nothing is left to wait for."""
