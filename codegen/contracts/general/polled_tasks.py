"""The life of a task that is asked for at URLs of its replies: what the service answers, and what has to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import join, pointer_of, put, steps
from codegen.openapi.json_values import as_object
from codegen.python.model import OperationModel

_STATUS, _RESULT, _CANCEL = "/canary/status", "/canary/result", "/canary/cancel"


@dataclass(frozen=True)
class Life:
    """One task, from the reply that names it to its result."""

    started: Any
    """The reply to the submit."""
    headers: Mapping[str, str]
    """Headers of that reply."""
    cancel_method: str
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


def life(operation: OperationModel, oracle: Oracle, started: Any, server: str) -> Life | None:
    """Return the life of a task as `x-task` of the document states it; None where it is asked for in another way.

    `started`: a reply to the submit that the document accepts.
    """
    task = oracle.at(operation.pointer).get("x-task")
    if not isinstance(task, Mapping) or operation.kind != "submit" or "status_url" not in task:
        return None
    states, reply = task["states"], task["reply"]
    if reply["status"].startswith("$") or "null" in states:
        return None  # the status is none of the report's body
    done = next((word for word, state in states.items() if state == "succeeded"), None)
    if done is None:
        return None
    base = server.rstrip("/")
    reports: dict[str, Any] = {word: put({}, reply["status"], _spelled(word)) for word in states}
    started, headers = _with_urls(started, task, base)
    made, urls = _made(oracle, task)
    result = put({}, reply["result"], made) if "result" in reply else made
    if "result_url" not in task:
        result = put(result, reply["status"], _spelled(done))
        reports[done] = result
    path = urlsplit(base).path
    return Life(
        started=started,
        headers=headers,
        cancel_method=task.get("cancel_method", "PUT"),
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


def _with_urls(started: Any, task: Mapping[str, Any], base: str) -> tuple[Any, dict[str, str]]:
    """Return the body and the headers of a reply to a submit that names the URLs of its task."""
    headers: dict[str, str] = {}
    for key, target in (("status_url", _STATUS), ("result_url", _RESULT), ("cancel_url", _CANCEL)):
        place = task.get(key)
        if place is not None and place.startswith("$"):
            headers[place.removeprefix("$response.header.")] = base + target
        elif place is not None:
            started = put(started, place, base + target)
    return started, headers


def _spelled(word: str) -> str | int:
    """Return a status as the service writes it: a number where it is one."""
    return int(word) if word.isdecimal() and len(word) < 10 else word


def _made(oracle: Oracle, task: Mapping[str, Any]) -> tuple[Any, tuple[str, ...]]:
    """Return a result, and the files in it: at the places that the overlay names, or anywhere."""
    assets = as_object(task.get("assets"))
    hosts = assets.get("hosts") or [".example.com"]
    places = list(assets.get("at", ())) or ["/canary"]
    urls = [f"https://files.{hosts[0].lstrip('.')}/canary-{number}.bin" for number in range(1, len(places) + 1)]
    result: Any = {}
    for place, url in zip(places, urls, strict=True):
        head, star, rest = place.partition("/*")
        if star:  # an item has a URL beside the one that the place names
            result = put(
                result, head, [put({"canary": "https://www.example.com/canary"}, rest.replace("/*", "/0"), url)]
            )
        else:
            is_one = any(step.isdecimal() for step in steps(place)) or _is_text(oracle, task.get("output"), place)
            result = put(result, place, url if is_one else [url])
    return result, tuple(urls)


def _is_text(oracle: Oracle, output: str | None, place: str) -> bool:
    """Return whether the schema of the result says that text stands at a place."""
    pointer = pointer_of(output) or ""
    for step in steps(place) if output else ():
        where = oracle.node(pointer)[1]
        pointer = join(where, "items") if step.isdecimal() else join(where, "properties", step)
    kinds = oracle.node(pointer)[0].get("type") if output else None
    return kinds == "string" or (isinstance(kinds, list) and "string" in kinds)
