# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the tested code sent: recorded for assertions, taken apart, with nothing secret in it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from .._runtime.pointer import MISSING, get
from .._runtime.wire import natural
from .catalog import Endpoint

HIDDEN = "***"
_ALWAYS_HIDDEN = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key"})


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as it was sent. A request that is sent again is another one."""

    service: str
    operation: str
    """As in Python: `text_to_video`, `image_to_video.kling_3_0`."""
    method: str
    url: str
    headers: Mapping[str, str]
    """By lower-case name; what carries a key is `***`."""
    body: Any
    """The decoded JSON; None where there was no body."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    """By the names of the method, values as a person writes them: `duration=10`, not `"10s"`.

    What stands in the URL or a header is text."""
    faults: tuple[str, ...] = ()
    """What the catalog has against it."""

    @property
    def name(self) -> str:
        """Service and operation."""
        return f"{self.service}.{self.operation}"


def body_of(request: httpx.Request) -> Any:
    """The decoded body, None where there is none. ValueError where it is not JSON."""
    return json.loads(request.content) if request.content else None


def record(
    endpoint: Endpoint, request: httpx.Request, in_path: Mapping[str, str], secret: Collection[str], faults: list[str]
) -> Call:
    """The record of one request."""
    try:
        body = body_of(request)
    except ValueError:
        body = request.content.decode("utf-8", "replace")
    hidden = _ALWAYS_HIDDEN | {name.lower() for name in secret}
    return Call(
        service=endpoint.operation.service.name,
        operation=endpoint.operation.name,
        method=request.method,
        url=str(request.url),
        headers={name: HIDDEN if name.lower() in hidden else value for name, value in request.headers.items()},
        body=body,
        arguments=_arguments(endpoint, request, in_path, body),
        faults=tuple(faults),
    )


def _arguments(endpoint: Endpoint, request: httpx.Request, in_path: Mapping[str, str], body: Any) -> dict[str, Any]:
    operation = endpoint.operation
    at_body = None if operation.body_at is None else get(body, operation.body_at)
    found: dict[str, Any] = {}
    for row in operation.fields:
        value: Any = MISSING
        if row.location == "body" and isinstance(at_body, Mapping):
            value = at_body.get(row.wire_name, MISSING)
        elif row.location == "path":
            value = in_path.get(row.wire_name, MISSING)
        elif row.location == "header":
            value = request.headers.get(row.wire_name, MISSING)
        elif row.location == "query":
            values = request.url.params.get_list(row.wire_name)
            value = MISSING if not values else values[0] if len(values) == 1 else values
        if value is not MISSING:
            found[row.name] = natural(value, row.wire)
    return found
