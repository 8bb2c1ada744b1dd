# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The time of the offline upstream: that of the machine, and what it was moved on."""

from __future__ import annotations

import time


class Clock:
    """Tells the time. A test puts its own in place, or moves this one on."""

    def __init__(self) -> None:
        self.offset = 0.0
        """Seconds that it is ahead."""

    def now(self) -> float:
        """Return seconds since 1970."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self.offset += seconds
