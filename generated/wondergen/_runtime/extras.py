# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a batch adds to the calls it makes: its journal, and a turn to send. Nothing for every other call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from .data import Data

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from .journal import Journal


class Extras(Data):
    """What goes with the calls of one row."""

    journal: Journal
    """Where keys are remembered, whatever journal the client has."""
    turn: Callable[[], float]
    """Returns 0 where a paid request may be sent now, else the seconds until it asks again. May block."""
    executor: Executor | None = None
    """Where the journal is read and written; None: where every other call does so."""
    credits: float | None = None
    """What one call of the operation costs, where that was measured."""


_CALLS: ContextVar[Extras | None] = ContextVar("wondergen_extras", default=None)


_STAND_IN: ContextVar[bool] = ContextVar("wondergen_stand_in", default=False)


@contextmanager
def calls_to_a_stand_in() -> Iterator[None]:
    """Say that the service is a stand-in in this process: a key stands for the request without the port."""
    token = _STAND_IN.set(True)
    try:
        yield
    finally:
        _STAND_IN.reset(token)


def is_stand_in() -> bool:
    """Return whether the service is a stand-in in this process."""
    return _STAND_IN.get()


@contextmanager
def extras_of_calls(extras: Extras) -> Iterator[None]:
    """Give the calls of this task or thread these extras."""
    token = _CALLS.set(extras)
    try:
        yield
    finally:
        _CALLS.reset(token)


def current() -> Extras | None:
    """Return the extras of the call that is being made."""
    return _CALLS.get()
