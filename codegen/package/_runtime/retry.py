"""Which failure is sent again, where, how often and after which pause: two tables and pure functions, without I/O.

What decides is not how the network failed but whether the service can have done the work: a paid request goes out a
second time only where the first certainly did nothing.

| outcome                | known by                                                      | paid call | free call, poll |
|------------------------|---------------------------------------------------------------|-----------|-----------------|
| never delivered        | the transport: not a byte of the request left                 | again     | again           |
| refused without work   | 425, 429, a documented code that says so                      | again     | again           |
| unknown                | no whole reply; 408, 5xx; a reply that cannot be read         | stop      | again           |
| refused for good       | any other status or code                                      | stop      | stop            |
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from .data import Data
from .delivery import Left


class Backoff(Data):
    """How often and after which pauses one kind of request is made again."""

    first: float
    longest: float
    growth: float
    spread: float
    """The part of a pause that is left to chance, so that clients that failed together do not come back together."""
    in_a_row: int | None
    """Failures in a row that end it; None: the caller's `max_retries` does."""

    def pause(self, failures: int, jitter: float, hint: float | None = None) -> float:
        """Return the pause after so many failures.

        `jitter`: a random number from 0 to 1. `hint`: the pause that the service asks for.
        """
        grown: float = self.first * self.growth ** min(failures, 64)
        return max(min(self.longest, grown) * (1 - self.spread * jitter), min(hint or 0.0, LONGEST_RETRY_AFTER))


CALL = Backoff(first=0.5, longest=8.0, growth=2.0, spread=0.5, in_a_row=None)
"""A request of a call: a submit, a generate, a query, one poll."""
POLL = Backoff(first=1.0, longest=15.0, growth=1.5, spread=0.2, in_a_row=10)
"""The polls of a wait. Ten that fail are about two minutes of a server that cannot be reached."""
DOWNLOAD = Backoff(first=0.5, longest=10.0, growth=1.5, spread=0.2, in_a_row=5)
"""A file: attempts that brought nothing new."""
ROW = Backoff(first=0.5, longest=60.0, growth=2.0, spread=0.3, in_a_row=30)
"""A row of a batch: calls that were certain not to be accepted."""
LONGEST_RETRY_AFTER = 60.0
"""A call that is asked to pause for longer ends with the error: the caller decides.

A wait, a download or a row of a batch pauses for this long at most."""

_SECONDS = re.compile(r"[0-9]{1,1000}(?:\.[0-9]{1,9})?")
_MOST_SECONDS = 1e18
"""Stands for any longer pause."""


class Outcome(StrEnum):
    """What an attempt that failed may have done at the service."""

    NEVER_DELIVERED = "never delivered"
    """No name, no route, no connection, no TLS, no proxy: not a byte of the request arrived."""
    REFUSED_WITHOUT_WORK = "refused without work"
    """The service says so by a code that means it: too many calls, or one documented as safe to repeat."""
    UNKNOWN = "unknown"
    """Sent, and no whole answer: it may have been accepted."""
    REFUSED_FOR_GOOD = "refused for good"
    """The same call would be refused again."""


_AGAIN: Mapping[Outcome, tuple[bool, bool]] = MappingProxyType(
    {
        Outcome.NEVER_DELIVERED: (True, True),
        Outcome.REFUSED_WITHOUT_WORK: (True, True),
        Outcome.UNKNOWN: (False, True),
        Outcome.REFUSED_FOR_GOOD: (False, False),
    }
)
"""Outcome → whether a paid call is sent again, whether a free one is."""
_WITHOUT_WORK = frozenset({425, 429})
_UNCERTAIN = frozenset({408})
"""A gateway may say so about a service that is at work."""


class Failure(Data):
    """One attempt that failed."""

    outcome: Outcome
    once: bool = False
    """The documents allow one more attempt, not several."""
    retry_after: float | None = None
    """Seconds the service asks to wait."""


class History(Data):
    """The attempts before, this one included."""

    retries: int = 0
    """Times the request was sent again."""
    spent_once: bool = False
    """Whether the one attempt more that a code allows is used up."""


class Retry(Data):
    """Send it again after so many seconds."""

    delay: float


class Stop(Data):
    """Do not send it again."""

    why: str


def random_jitter() -> float:
    """Return a random number from 0 to 1."""
    import random  # no call needs it that needs no second attempt

    return random.random()


def by_evidence(left: Left) -> Outcome:
    """Return the outcome of a request without a reply."""
    return Outcome.NEVER_DELIVERED if left is Left.NOTHING else Outcome.UNKNOWN


def by_status(status: int) -> Outcome:
    """Return the outcome of a refusal by its HTTP status, where no document says more."""
    if status >= 500 or status in _UNCERTAIN:
        return Outcome.UNKNOWN
    return Outcome.REFUSED_WITHOUT_WORK if status in _WITHOUT_WORK else Outcome.REFUSED_FOR_GOOD


def is_transient(status: int | None) -> bool:
    """Return whether a query or a download that got this status may get another one the next time."""
    return status is not None and by_status(status) is not Outcome.REFUSED_FOR_GOOD


def decide(
    failure: Failure,
    kind: Literal["submit", "generate", "query"],
    history: History,
    *,
    max_retries: int,
    remaining: float,
    jitter: Callable[[], float],
) -> Retry | Stop:
    """Return what to do after a failure, with so many seconds left."""
    again_if_paid, again_if_free = _AGAIN[failure.outcome]
    if not (again_if_free if kind == "query" else again_if_paid):
        is_open = failure.outcome is Outcome.UNKNOWN
        return Stop("it may have been accepted" if is_open else "it would be refused again")
    if failure.once and history.spent_once:
        return Stop("the one attempt more is used up")
    if history.retries >= max_retries:
        return Stop("all retries are used up")
    requested = failure.retry_after
    if requested is not None and requested > LONGEST_RETRY_AFTER:
        return Stop(f"the service asks for a pause of {requested:.0f} s")
    delay = CALL.pause(history.retries, jitter()) if requested is None else requested
    if delay >= remaining:
        return Stop("no time is left")
    return Retry(delay)


def parse_retry_after(value: str | None, now: float, date: str | None = None) -> float | None:
    """Return seconds from a Retry-After header, a number or a date; None where it is neither.

    A date is read by the clock that wrote it: `date` is the reply's own Date, `now` (seconds since 1970) stands in.
    """
    if value is None:
        return None
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), _MOST_SECONDS)
    moment, origin = _moment(text), _moment(date)
    return None if moment is None else max(0.0, moment - (now if origin is None else origin))


def _moment(text: str | None) -> float | None:
    """Return seconds since 1970 of a date in a header."""
    if not text:
        return None
    from email.utils import parsedate_to_datetime  # few replies have a date to be read

    try:
        moment = parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return moment if math.isfinite(moment) else None
