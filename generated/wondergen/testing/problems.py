# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the kit raises: all of it says that the test, or the code it tests, is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from .._catalog.service_document import PlanError
from .._runtime.delivery import StandInError

__all__ = ["NetworkRefused", "PlanError", "TestProblems", "WrongCall", "no_such"]


class _NothingWasSent(StandInError):
    def add_note(self, _: str, /) -> None:
        """Ignore the note: a client notes of an accident that the call may have been accepted, which is not so here."""


class WrongCall(_NothingWasSent, AssertionError):
    """The tested code sent what the catalog refuses. The test fails even where the code swallows this."""

    def __init__(self, call: str, faults: Iterable[str]) -> None:
        self.call = call
        self.faults = tuple(faults)
        super().__init__("\n".join([f"{call}: the call is wrong", *(f"  {fault}" for fault in self.faults)]))


class TestProblems(AssertionError):
    """Everything that was wrong in one test, even if the errors were caught."""

    __test__ = False  # no class of tests, whatever pytest thinks of its name

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class NetworkRefused(_NothingWasSent, RuntimeError):
    """Something tried to reach the real network. No OSError: nothing may take it for a passing failure."""

    def __init__(self, where: str) -> None:
        super().__init__(f"refused: {where}. While the fake is active nothing but this machine can be reached")


def no_such(owner: str, name: str, names: Iterable[str]) -> AttributeError:
    """Return the error for a name that is not there, with the one that may be meant or all that are."""
    public = sorted(word for word in names if not word.startswith("_"))
    close = difflib.get_close_matches(name, public, 1)
    hint = f"did you mean {close[0]!r}?" if close else f"it has {', '.join(public)}"
    return AttributeError(f"{owner} has no {name!r}; {hint}")
