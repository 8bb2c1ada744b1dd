"""How the offline upstream behaves: what a person may set, and what is said where it cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeGuard

from . import fault_kinds


@dataclass(frozen=True, slots=True)
class FaultRate:
    """A fault that happens by chance."""

    name: str
    """As `parse_fault` takes it: a name, with its value where it has one (`slow=2`)."""
    share: float
    """How many calls have it, from 0 to 1."""

    def __post_init__(self) -> None:
        fault_kinds.parse(self.name)
        if not 0 <= self.share <= 1:
            raise ValueError(f"the share of the fault {self.name!r} is {self.share:g}: give a number from 0 to 1")


def parse_fault(text: str) -> FaultRate:
    """Parse `rate_limited:0.1`: every tenth call. ValueError says what is wrong and what is known."""
    name, _, share = text.rpartition(":")
    if not name:
        fault_kinds.parse(text)
        raise ValueError(f"the fault {text!r} has no share: write, for example, {text}:0.1")
    try:
        return FaultRate(name, float(share))
    except ValueError as error:
        if re.fullmatch(r"-?[\d.]+", share):
            raise
        raise ValueError(f"the share in {text!r} is {share!r}: give a number from 0 to 1") from error


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. A value that makes no sense is a ValueError."""

    task_seconds: float = 3.0
    """From the start of a task to its end."""
    credits: int = 1000
    """The account of each service at the start; each paid call costs `cost`."""
    cost: int = 1
    file_seconds: float = 3600.0
    """How long the URL of a file works."""
    faults: tuple[FaultRate, ...] = ()
    """What happens by chance."""
    state: str | None = None
    """An sqlite file; None: in memory."""
    seed: int | None = None
    """Makes the faults that happen by chance repeatable, and the trace ids of replies."""
    callback_hosts: frozenset[str] = frozenset()
    """Beside loopback, the hosts to which callbacks are posted."""

    def __post_init__(self) -> None:
        for name in ("task_seconds", "file_seconds"):
            seconds = getattr(self, name)
            if not are_seconds(seconds):
                raise ValueError(f"{name} is {seconds!r}: give a number of seconds from 0 to 1000000000")
        for name in ("credits", "cost"):
            count = getattr(self, name)
            if not is_count(count):
                raise ValueError(f"{name} is {count!r}: give a whole number from 0 to 1000000000000")
        for host in self.callback_hosts:
            if not re.fullmatch(r"[A-Za-z0-9._:-]+", host):
                raise ValueError(
                    f"{host!r} in callback_hosts is not a host: give a name alone, without scheme, port or path"
                )


def are_seconds(value: object) -> TypeGuard[float]:
    """Return whether a value is a number of seconds from 0 to 1000000000."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 10**9


def is_count(value: object) -> TypeGuard[int]:
    """Return whether a value is a whole number from 0 to 1000000000000."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**12
