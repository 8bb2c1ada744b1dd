# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a finished step of a call took, as `client.events` is told.

The annotations are objects, not text: the package shows the class as its own, where their names are not known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Step = Literal["submit", "wait", "save"]


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
    """From the submit to the first look at which the task was running; None where no look saw it."""
    run_seconds: float | None = None
    """From then to the look at which the task had ended; None where no look saw both."""
    credits: float | None = None
    """The price of the call as a batch has measured it by the balance; None where none has."""
    files: int | None = None
    """The number of saved files."""
    is_repeated: bool = False
    """Whether the journal knew the key's task or result already, so that nothing was sent."""


Events: TypeAlias = Callable[[CallEvent], object]
