# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Tasks as the pages show them, and what is said of all of them in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from .call_history import FileLink, file_at
from .view_models import OperationView, ServiceView

if TYPE_CHECKING:
    from ..upstream import TaskRow

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task."""

    row: TaskRow
    service: ServiceView
    entry: OperationView | None
    """Its operation; None where the catalog has changed since."""
    files: tuple[FileLink, ...]
    age: float
    """Seconds since its start."""

    @property
    def path(self) -> str:
        """Of its page."""
        return f"/tasks/{self.service.name}/{quote(self.row.id, safe='')}"

    @property
    def key(self) -> str:
        """The same at every look, different from every other."""
        return f"{self.service.name}/{self.row.id}"

    @property
    def state(self) -> str:
        """One of the states of the client."""
        return str(self.row.state.value)

    @property
    def is_final(self) -> bool:
        """Whether it will not change any more."""
        return self.row.state.is_final

    @property
    def title(self) -> str:
        """What was asked for, not more of it than a title has."""
        text = self.row.text or (self.entry.facts.summary if self.entry else self.row.operation)
        return text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE]}…"


def task_views(rows: Iterable[TaskRow], services: Mapping[str, ServiceView], now: float) -> list[TaskView]:
    """Return the tasks of services that are known."""
    return [_task_view(row, services[row.service], now) for row in rows if row.service in services]


def _task_view(row: TaskRow, service: ServiceView, now: float) -> TaskView:
    entry = next((entry for entry in service.entries if entry.facts.name == row.operation), None)
    return TaskView(row, service, entry, tuple(map(file_at, row.files)), max(0.0, now - row.created))


def summary(tasks: Iterable[TaskView]) -> str:
    """Return all of them in one line: what a screen reader says when it changes."""
    counts: dict[str, int] = {}
    for task in tasks:
        counts[task.state] = counts.get(task.state, 0) + 1
    if not counts:
        return "No tasks yet"
    order = ("queued", "running", "succeeded")
    states = sorted(counts, key=lambda state: order.index(state) if state in order else len(order))
    return ", ".join(f"{counts[state]} {state.replace('_', ' ')}" for state in states)
