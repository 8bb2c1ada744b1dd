"""The body that a service sends to the URL a call named: the id of a task, and nothing else that is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import ArgumentFault, InvalidRequest
from .exports import exported
from .token import checked_id

LONGEST_BODY = 1_000_000
"""Bytes of a body that is read at all."""
LONGEST_ID = 512
"""Characters of an id that anybody may have sent."""
_IDS = ("task_id", "taskId", "id")
_ENVELOPES = ("data", "result", "task")


@dataclass(frozen=True, slots=True)
class Callback:
    """A callback: the id of a task. Everything else that came may be forged and is for logs alone."""

    id: str
    stated: Mapping[str, Any]
    """The body as it came."""


@exported
def callback(body: bytes | str | Mapping[str, Any]) -> Callback:
    """Read the body of a callback. Raises InvalidRequest where it names no task. Nothing is sent."""
    content = _content_of(body)
    for place in (content, *(content[name] for name in _ENVELOPES if isinstance(content.get(name), Mapping))):
        for name in _IDS:
            value = place.get(name)
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                task_id = str(value).strip()
                if not task_id.isprintable() or len(task_id) > LONGEST_ID:
                    raise _fault("has an id with a control character or of no sensible length")
                return Callback(checked_id(task_id), content)
    raise _fault("names no task")


def _content_of(body: object) -> Mapping[str, Any]:
    if isinstance(body, Mapping):
        return body
    if not isinstance(body, str | bytes | bytearray):
        raise _fault(f"is {type(body).__name__}, not JSON")
    if len(body) > LONGEST_BODY:
        raise _fault(f"is longer than {LONGEST_BODY} bytes")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _fault("is not JSON") from error
    if not isinstance(content, Mapping):
        raise _fault("is not a JSON object")
    return content


def _fault(problem: str) -> InvalidRequest:
    return InvalidRequest("callback", [ArgumentFault("body", problem)])
