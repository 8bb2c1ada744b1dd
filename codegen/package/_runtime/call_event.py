"""The record of a finished step of a call, which `client.events` gets.

The annotations are objects, not text: the package exports the class, and their names are not known there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .exports import exported

Step = Literal["submit", "wait", "save"]


@exported
@dataclass(frozen=True, slots=True)
class CallEvent:
    """One finished step of a paid call: the submit, a wait for its task, or the download of its files."""

    step: Step
    service: str
    operation: str
    model: str
    """The service's id of the model or capability; "" where it has none."""
    task: str | None
    """The task id, where one is known."""
    seconds: float
    error: str | None = None
    """The class of the error that ended the step. None: it succeeded."""
    status: str | None = None
    """The last known status of the task."""
    queue_seconds: float | None = None
    """From the submit to the first poll that saw the task running; None if no poll saw it."""
    run_seconds: float | None = None
    """From then to the poll that saw its end; None if no poll saw the task running."""
    credits: float | None = None
    """The price of the call as a batch has measured it by the balance; None where none has."""
    files: int | None = None
    """The number of saved files."""
    is_repeated: bool = False
    """Whether the journal knew the key's task or result already, so that nothing was sent."""


Events: TypeAlias = Callable[[CallEvent], object]
