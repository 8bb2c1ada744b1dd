"""The life of a task that is asked for at URLs of its replies: what the service answers, and what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from codegen.contracts.oracle import put
from codegen.openapi.pointers import steps
from codegen.python.model import OperationModel

_STATUS, _RESULT, _CANCEL = "/canary/status", "/canary/result", "/canary/cancel"


@dataclass(frozen=True)
class Life:
    """One task, from the reply that names it to its result."""

    started: Any
    """The reply to the submit."""
    reports: Mapping[str, Any]
    """Status, as the service writes it → a report with that status."""
    states: Mapping[str, str]
    """The same → what it means."""
    waiting: str | None
    done: str
    status_target: str
    result_target: str | None
    cancel_target: str | None
    result: Any
    """The reply that has the result."""
    urls: tuple[str, ...]


def life(operation: OperationModel, node: Mapping[str, Any], started: Any, server: str) -> Life | None:
    """Return the life of a task as `x-task` of the document states it; None where it is asked for in another way.

    `started`: a reply to the submit that the document accepts.
    """
    task = node.get("x-task")
    if not isinstance(task, Mapping) or operation.kind != "submit" or "status_url" not in task:
        return None
    states, reply = task["states"], task["reply"]
    done = next((word for word, state in states.items() if state == "succeeded"), None)
    if done is None:
        return None
    base = server.rstrip("/")
    reports: dict[str, Any] = {word: put({}, reply["status"], _spelled(word)) for word in states}
    started = put(started, task["status_url"], base + _STATUS)
    for key, place in (("result_url", _RESULT), ("cancel_url", _CANCEL)):
        if key in task:
            started = put(started, task[key], base + place)
    made, urls = _made(operation, task)
    result = put({}, reply["result"], made) if "result" in reply else made
    if "result_url" not in task:
        result = put(result, reply["status"], _spelled(done))
        reports[done] = result
    path = urlsplit(base).path
    return Life(
        started=started,
        reports=reports,
        states=dict(states),
        waiting=next((word for word, state in states.items() if state in ("queued", "running")), None),
        done=done,
        status_target=path + _STATUS,
        result_target=path + _RESULT if "result_url" in task else None,
        cancel_target=path + _CANCEL if "cancel_url" in task else None,
        result=result,
        urls=urls,
    )


def _spelled(word: str) -> str | int:
    """Return a status as the service writes it: a number where it is one."""
    return int(word) if word.isdecimal() and len(word) < 10 else word


def _made(operation: OperationModel, task: Mapping[str, Any]) -> tuple[Any, tuple[str, ...]]:
    """Return a result, and the files in it: at the places that the overlay names, or anywhere."""
    assets = task.get("assets")
    assets = assets if isinstance(assets, Mapping) else {}
    hosts = assets.get("hosts") or [".example.com"]
    places = list(assets.get("at", ())) or ["/canary"]
    urls = [f"https://files.{hosts[0].lstrip('.')}/canary-{number}.bin" for number in range(1, len(places) + 1)]
    made: Any = {}
    for place, url in zip(places, urls, strict=True):
        made = put(made, place, url if any(step.isdecimal() for step in steps(place)) else [url])
    return made, tuple(urls)
