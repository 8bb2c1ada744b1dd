"""What is wrong with an input, as values: collected, sorted, reported one line each, never as a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one place, and what to do about it."""

    file: str
    place: str
    """A line ("line 12"), a JSON pointer ("/paths/~1x"), or "" for the file as a whole."""
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {self.problem}; {self.remedy}"


def _order(fault: Fault) -> tuple[str, str, str, str]:
    """Return what a fault is sorted by; comparing faults themselves takes ten times as long."""
    return fault.file, fault.place, fault.problem, fault.remedy


class InputFault(Exception):
    """The input is wrong. Carries every fault that was found, not only the first."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        rows = (faults,) if isinstance(faults, Fault) else tuple(faults)
        self.faults: tuple[Fault, ...] = tuple(sorted(set(rows), key=_order))
        if not self.faults:
            raise ValueError("an InputFault needs at least one fault")
        super().__init__("\n".join(str(fault) for fault in self.faults))
