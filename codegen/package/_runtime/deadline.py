"""When to ask next: three clocks under one deadline, as arithmetic without I/O.

The timeout of one request, the budget of consecutive polls that failed, and the interval between polls are three
different things; all of them end at the deadline of the wait. How often and how far apart is in retry.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from .retry import POLL, Backoff

APPEARANCE_GRACE = 30.0
"""How long after the submit a task may still be unknown to the server that reports on it."""
LAST_REQUEST = 1.0
"""The last poll of a wait gets this long, its place at the gate included: a wait of zero seconds asks once."""


class Deadline:
    """A moment on a monotonic clock, or never."""

    __slots__ = ("_at", "_began", "_now")

    def __init__(self, seconds: float | None, now: Callable[[], float]) -> None:
        if seconds is not None and not (0 <= seconds < math.inf):
            raise ValueError(f"a timeout is a number of seconds from 0 on, or None: got {seconds!r}")
        self._now = now
        self._began = now()
        self._at = math.inf if seconds is None else self._began + seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the deadline was set."""
        return self._now() - self._began

    @property
    def remaining(self) -> float:
        """Seconds until the deadline; zero after it, infinite without one."""
        return max(0.0, self._at - self._now())

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self.remaining <= 0

    def at_least(self, seconds: float) -> Deadline:
        """Return this deadline, or one so many seconds from now where it is nearer."""
        return self if self.remaining >= seconds else Deadline(seconds, self._now)


@lru_cache(maxsize=64)
def pace(first: float, longest: float) -> Backoff:
    """Return how often to poll: an interval that grows from `first` to `longest`.

    ValueError where they are not seconds.
    """
    if not (0 < first < math.inf and 0 < longest < math.inf):
        raise ValueError(f"an interval is a number of seconds above 0: got {first!r} and {longest!r}")
    return POLL.replace(first=first, longest=longest)


class Schedule:
    """The state of one wait: how many polls, how many failed in a row, when the next one is due."""

    __slots__ = ("_jitter", "_pace", "_pause", "_polls", "deadline", "failures")

    def __init__(
        self,
        deadline: Deadline,
        pace: Backoff,
        *,
        at_once: bool,
        jitter: Callable[[], float],
        hint: float | None = None,
    ) -> None:
        """Make a schedule. `hint`: the pause that the reply to the submit asked for."""
        self.deadline = deadline
        self.failures = 0
        self._pace = pace
        self._jitter = jitter
        self._polls = 0
        self._pause = 0.0 if at_once else pace.pause(0, jitter(), hint)

    def pause(self) -> float:
        """Return seconds to sleep before the next poll, never beyond the deadline."""
        return min(self._pause, self.deadline.remaining)

    def note_answer(self, hint: float | None = None) -> None:
        """Restore the whole budget: the server answered. `hint` is the pause that it asked for."""
        self.failures = 0
        self._polls += 1
        self._pause = self._pace.pause(self._polls, self._jitter(), hint)

    def note_failure(self, hint: float | None = None) -> bool:
        """Note a failed poll; return whether another may be tried. `hint` is the pause that the server asked for."""
        self.failures += 1
        self._pause = self._pace.pause(self._polls + self.failures, self._jitter(), hint)
        return self._pace.in_a_row is None or self.failures < self._pace.in_a_row
