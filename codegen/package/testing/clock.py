"""A clock on which waiting takes no time: every sleep of the package moves it on."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict

BEGIN = 1_767_225_600.0
"""2026-01-01, 00:00 UTC: the same at every run."""
_TURNS = 3
"""Turns of the event loop that a sleeper waits for others to lie down beside it."""


class VirtualClock:
    """The time of one test."""

    def __init__(self) -> None:
        self.now = BEGIN
        """Seconds since 1970."""
        self.sleeps: list[float] = []
        """Every pause that the package made, in order."""
        self._due: defaultdict[asyncio.AbstractEventLoop, list[float]] = defaultdict(list)
        """When sleeping coroutines are due. A loop waits for its own alone: another may never run again."""
        self._lock = threading.Lock()

    @property
    def slept(self) -> float:
        """Seconds of all pauses together. Tasks that wait side by side each count their own."""
        return sum(self.sleeps)

    @property
    def elapsed(self) -> float:
        """Seconds that have passed in this test."""
        return self.now - BEGIN

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        with self._lock:
            self.now += max(seconds, 0.0)

    def sleep(self, seconds: float) -> None:
        """Pause the package in virtual time."""
        with self._lock:
            self.sleeps.append(seconds)
            self.now += max(seconds, 0.0)

    async def sleep_async(self, seconds: float) -> None:
        """Pause a coroutine. Whoever is due first wakes first, so that waits side by side overlap."""
        due = self.now + max(seconds, 0.0)
        self.sleeps.append(seconds)
        together = self._due[asyncio.get_running_loop()]
        together.append(due)
        try:
            turns = 0
            while turns < _TURNS:
                await asyncio.sleep(0)
                turns = turns + 1 if due <= min(together) else 0
            self.now = max(self.now, due)
        finally:
            together.remove(due)
