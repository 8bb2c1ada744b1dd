"""A rate such as "20/s", held so that no period has more: turns evenly apart, and a late one is taken anew."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from .._runtime.errors import ArgumentFault, InvalidRequest
from .._runtime.retry import ROW, random_jitter

_RATE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*/\s*(s|sec|second|m|min|minute|h|hour)\s*")
_RATES = "20/s, 100/min or 500/h"
_PERIODS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_MARGIN, _MARGIN_SECONDS = 0.05, 0.05
"""So much of a period, and so many seconds, a count of turns takes longer than a period, …"""
_LATE = 0.03
"""… so that one may be used so much of a period late, and no period has one too many where the requests arrive."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in a period."""

    count: float
    period: float

    @property
    def interval(self) -> float:
        """Seconds from one turn to the next."""
        return (self.period * (1 + _MARGIN) + _MARGIN_SECONDS) / self.count

    @property
    def tolerance(self) -> float:
        """Seconds that a turn stays good."""
        return self.period * _LATE

    def __str__(self) -> str:
        unit = next(name for name, seconds in _PERIODS.items() if seconds == self.period)
        return f"{self.count:g}/{unit}"


def parse_rate(rate: object) -> Rate | None:
    """Return the rate of "20/s", "100/min", "500/h", of a number a second, or None. Raises InvalidRequest."""
    if rate is None:
        return None
    if isinstance(rate, int | float) and not isinstance(rate, bool):
        rate = f"{rate}/s"
    match = _RATE.fullmatch(rate) if isinstance(rate, str) else None
    if match is None or float(match[1]) <= 0:
        problem = f"{rate!r} is not a rate such as {_RATES}"
        raise InvalidRequest("batch", [ArgumentFault("rate", problem, _RATES)])
    return Rate(float(match[1]), _PERIODS[match[2][0]])


class Turn:
    """The right of one row to send, taken from the turns that all workers share. Called in a thread: it may block."""

    def __init__(self, rate: Rate | None, reserve: Callable[[float], float]) -> None:
        self._rate = rate
        self._reserve = reserve
        self._at: float | None = None

    def pause(self) -> float:
        """Return the seconds until the turn, which is taken where there is none yet."""
        if self._rate is None:
            return 0.0
        if self._at is None:
            self._at = self._reserve(self._rate.interval) + time.monotonic()
        return max(0.0, self._at - time.monotonic())

    def use(self) -> float:
        """Return 0 where the request may be sent now, else the seconds to wait before it is asked again."""
        pause = self.pause()
        if self._rate is None or pause > 0 or self._at is None:
            return pause
        late, self._at = time.monotonic() - self._at, None
        return 0.0 if late <= self._rate.tolerance else max(self.pause(), 0.001)


def backoff(tries: int, hint: float | None) -> float:
    """Return the seconds before a row is tried again."""
    return ROW.pause(tries, random_jitter(), hint)
