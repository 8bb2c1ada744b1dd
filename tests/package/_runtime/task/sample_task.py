"""A task of the sample service with every pointer there is, and replies to its polls."""

from __future__ import annotations

from typing import Any

from codegen.package._runtime.operation import Operation, TaskStatus
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer
from tests.package._runtime.sample_service import MAKE

PATH = "/v1/tasks/t-1"
STATES = {
    "1": TaskStatus.QUEUED,
    "2": TaskStatus.RUNNING,
    "3": TaskStatus.SUCCEEDED,
    "4": TaskStatus.FAILED,
    "5": TaskStatus.CANCELLED,
    "6": TaskStatus.TIMED_OUT,
}


def _operation() -> Operation:
    assert MAKE.task is not None
    spec = MAKE.task.replace(states=STATES, progress="/data/progress", reason="/data/reason")
    return MAKE.replace(task=spec)


FILM = _operation()
URL = "https://cdn.sample.invalid/1.mp4"


def state(status: object, **data: object) -> Step:
    """Return a reply that reports the state of the task."""
    return answer({"code": 0, "data": {"status": status, **data}}, bills=False)


QUEUED, RUNNING = state(1), state(2)
DONE = state(3, result={"url": URL})


def task(harness: Harness, client: Any, *, resumed: bool = False) -> Any:
    """Return a task that was just submitted, or one that another process submitted."""
    return harness.name("task", "Task")(client._session, FILM, harness.result, "t-1", is_resumed=resumed)


def waited(harness: Harness, server: Loopback, *, resumed: bool = True, **options: Any) -> Any:
    """Return the result of waiting, intervals without jitter and polls without retries of their own."""
    client = harness.client(server.url, max_retries=0, jitter=lambda: 0.0)
    return harness.call(task(harness, client, resumed=resumed).wait, **options)
