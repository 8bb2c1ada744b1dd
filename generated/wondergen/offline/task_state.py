# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""How a task stands, from its record and the time alone."""

from __future__ import annotations

from dataclasses import dataclass

from .._runtime.operation import TaskStatus
from .store import Task

_QUEUED = 0.15
"""The share of its time for which a task waits."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A task at one moment."""

    status: TaskStatus
    progress: int
    """In percent."""


def stand(task: Task, now: float) -> Stand:
    """Return the state: queued, then running with growing progress, then as it ends."""
    ending = TaskStatus(task.ending)
    if ending is TaskStatus.UNKNOWN:
        return Stand(ending, 0)
    if now >= task.ends:
        return Stand(ending, 100 if ending is TaskStatus.SUCCEEDED else 99)
    done = max(now - task.created, 0.0) / (task.ends - task.created)
    if done < _QUEUED:
        return Stand(TaskStatus.QUEUED, 0)
    return Stand(TaskStatus.RUNNING, max(1, min(99, int(100 * done))))
