"""Whether to send a request again: a function of what may have happened at the service, without I/O.

What decides is not how the network failed but whether the service can have done the work: a paid request goes out a
second time only where the first certainly did nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Literal

FIRST_DELAY = 0.5
LONGEST_DELAY = 8.0
LONGEST_RETRY_AFTER = 60.0
"""A service that asks for a longer pause gets none: the error goes to the caller, who can decide to wait."""

_SECONDS = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?")


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


@dataclass(frozen=True, slots=True)
class Failure:
    """One attempt that failed."""

    outcome: Outcome
    once: bool = False
    """The documents allow one more attempt, not several."""
    retry_after: float | None = None
    """Seconds the service asks to wait."""


@dataclass(frozen=True, slots=True)
class History:
    """The attempts before, this one included."""

    retries: int = 0
    """Times the request was sent again."""
    spent_once: bool = False
    """Whether the one attempt more that a code allows is used up."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Send it again after so many seconds."""

    delay: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Do not send it again."""

    why: str


def decide(
    failure: Failure,
    kind: Literal["submit", "generate", "query"],
    history: History,
    *,
    max_retries: int,
    remaining: float,
    chance: Callable[[], float],
) -> Retry | Stop:
    """What to do after a failure, with so many seconds left."""
    if failure.outcome is Outcome.REFUSED_FOR_GOOD:
        return Stop("it would be refused again")
    if failure.outcome is Outcome.UNKNOWN and kind != "query":
        return Stop("it may have been accepted")
    if failure.once and history.spent_once:
        return Stop("the one attempt more is used up")
    if history.retries >= max_retries:
        return Stop("all retries are used up")
    asked = failure.retry_after
    if asked is not None and asked > LONGEST_RETRY_AFTER:
        return Stop(f"the service asks for a pause of {asked:.0f} s")
    delay = backoff(history.retries, chance()) if asked is None else asked
    if delay >= remaining:
        return Stop("no time is left")
    return Retry(delay)


def backoff(retries: int, chance: float) -> float:
    """The pause before the next attempt: doubling, bounded, and spread over its upper half by a chance from 0 to 1."""
    grown: float = FIRST_DELAY * 2 ** min(retries, 16)
    return min(grown, LONGEST_DELAY) * (0.5 + chance / 2)


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Seconds from a Retry-After header, a number or a date; None where it is neither. `now` is seconds since 1970."""
    if value is None:
        return None
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return max(0.0, moment - now) if math.isfinite(moment) else None
