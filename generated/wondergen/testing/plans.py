# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a test plans for the calls of one operation: first planned, first served, and nothing may be left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Broken = Literal["garbled", "disconnects", "unreachable"]


@dataclass(eq=False)
class Plan:
    """What one call gets."""

    label: str
    """As the test wrote it."""
    times: int | None = field(default=1, kw_only=True)
    """How many requests it answers; None: all attempts of one call."""
    served: int = field(default=0, kw_only=True)

    @property
    def unused(self) -> str | None:
        """What of it never happened."""
        if self.served and (self.times is None or self.served >= self.times):
            return None
        times = f"{self.served} of {self.times} times" if self.served else "never"
        return f"{self.label} was planned and {times} used"


@dataclass(eq=False)
class Delay(Plan):
    """The reply takes its time. What it says is planned next."""

    seconds: float = 0.0


@dataclass(eq=False)
class PlannedRefusal(Plan):
    """The service refuses the call."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class BrokenReply(Plan):
    """Something goes wrong on the way."""

    how: Broken = "garbled"


@dataclass(eq=False)
class ImmediateReply(Plan):
    """A reply that comes at once."""

    body: Any = None


@dataclass(eq=False)
class TaskPlan(Plan):
    """The outcome of a task."""

    after: int = 2
    """The poll that shows the end."""
    state: str = "succeeded"
    end: Any = None
    """The body of the report that shows the end; None: the catalog's own, made when it is asked for."""
    files: int = 1
    result: Mapping[str, Any] | None = None
    word: str | int | None = None
    """A status that no document knows."""
    forever: bool = False
    """The strange status never goes away."""
    polls: int = field(default=0, kw_only=True)

    @property
    def unused(self) -> str | None:
        """A task that was to go wrong has to be seen going wrong."""
        if super().unused is None and self.state not in ("succeeded", "unknown") and self.polls < self.after:
            return f"{self.label} was planned and the task started, but it was not asked for until it ended"
        return super().unused


class Queue:
    """The plans of one operation."""

    def __init__(self) -> None:
        self.planned: list[Plan] = []
        self._waiting: list[Plan] = []
        self._held: dict[object, Plan] = {}

    def add(self, plan: Plan) -> None:
        """Plan one more."""
        self.planned.append(plan)
        self._waiting.append(plan)

    def take(self, call: object) -> tuple[float, Plan | None]:
        """Return the delay and the plan for a request of a call.

        A call that is refused for good meets its refusal again.
        """
        delay = 0.0
        if call in self._held:
            return delay, self._held[call]
        while self._waiting:
            plan = self._waiting[0]
            plan.served += 1
            if plan.times is None:
                self._held[call] = plan
            if plan.times is None or plan.served >= plan.times:
                del self._waiting[0]
            if not isinstance(plan, Delay):
                return delay, plan
            delay += plan.seconds
        return delay, None

    @property
    def unused(self) -> list[str]:
        """What of the plans never happened."""
        return [unused_text for plan in self.planned if (unused_text := plan.unused)]
