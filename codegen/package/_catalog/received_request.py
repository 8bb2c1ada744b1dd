"""A request as it came over the wire, whichever library received it: what is judged, recorded and answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from .._runtime.pointer import MISSING, get
from .._runtime.wire import natural
from .service_document import Endpoint


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """One request for one operation."""

    path: Mapping[str, str]
    """The values in its path, decoded."""
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    """By lower-case name; a header that came twice stands here twice."""
    content: bytes = b""

    @classmethod
    def of(cls, request: httpx.Request, in_path: Mapping[str, str]) -> ReceivedRequest:
        """Return a request of httpx, whose body has been read."""
        headers = tuple((name.lower(), value) for name, value in request.headers.multi_items())
        return cls(in_path, tuple(request.url.params.multi_items()), headers, request.content)

    def header(self, name: str) -> list[str]:
        """Return every value of a header."""
        lower_name = name.lower()
        return [value for key, value in self.headers if key == lower_name]

    def parameter(self, name: str) -> list[str]:
        """Return every value of a query parameter."""
        return [value for key, value in self.query if key == name]

    def body(self) -> Any:
        """Return the decoded body, None where there is none. ValueError where it is not JSON."""
        if not self.content:
            return None
        try:
            return _DECODER.decode(self.content.decode(json.detect_encoding(self.content)))
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
"""Python reads NaN and Infinity, which JSON does not have."""


def arguments(endpoint: Endpoint, received: ReceivedRequest, body: Any) -> dict[str, Any]:
    """Return what was asked, by the names of the method, values as a person writes them: `duration=10`, not `"10s"`.

    What stands in the URL or a header is text.
    """
    operation = endpoint.operation
    at_body = None if operation.body_at is None else get(body, operation.body_at)
    arguments: dict[str, Any] = {}
    for row in operation.fields:
        value: Any = MISSING
        if row.location == "body" and isinstance(at_body, Mapping):
            value = at_body.get(row.wire_name, MISSING)
        elif row.location == "path":
            value = received.path.get(row.wire_name, MISSING)
        elif row.location == "header":
            values = received.header(row.wire_name)
            value = ", ".join(values) if values else MISSING
        elif row.location == "query":
            values = received.parameter(row.wire_name)
            value = MISSING if not values else values[0] if len(values) == 1 else values
        if value is not MISSING:
            arguments[row.name] = natural(value, row.wire)
    return arguments
