"""What the tested code sent: recorded for assertions, taken apart, with nothing secret in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from .._catalog.received_request import ReceivedRequest, arguments
from .._catalog.service_document import Endpoint
from .._runtime.secret import HIDDEN

_ALWAYS_HIDDEN = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key"})


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as it was sent. A request that is sent again is another one."""

    service: str
    operation: str
    """As in Python: `text_to_video`, `image_to_video.model_3_0`."""
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


def record(
    endpoint: Endpoint, request: httpx.Request, in_path: Mapping[str, str], secret: Collection[str], faults: list[str]
) -> Call:
    """Return the record of one request."""
    received = ReceivedRequest.of(request, in_path)
    try:
        body = received.body()
    except ValueError:
        body = request.content.decode("utf-8", "replace")
    secret_names = _ALWAYS_HIDDEN | {name.lower() for name in secret}
    return Call(
        service=endpoint.operation.service.name,
        operation=endpoint.operation.name,
        method=request.method,
        url=str(request.url),
        headers={name: HIDDEN if name.lower() in secret_names else value for name, value in request.headers.items()},
        body=body,
        arguments=arguments(endpoint, received, body),
        faults=tuple(faults),
    )
