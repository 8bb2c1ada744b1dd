"""A cassette: one recorded exchange a line, as JSON, with nothing secret in it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._catalog.service_document import load, names_of_services


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of a cassette."""

    service: str
    operation: str
    request: Mapping[str, Any]
    """Scrubbed: path, query and body."""
    status: int
    headers: Mapping[str, str]
    reply: Any = None
    """The decoded JSON."""
    text: str | None = None
    """A reply that is not JSON."""

    def line(self) -> str:
        """Return it as it is stored."""
        row = {"service": self.service, "operation": self.operation, "request": self.request, "status": self.status}
        headers_row = {"headers": self.headers} if self.headers else {}
        body = {"reply": self.reply} if self.text is None else {"text": self.text}
        return json.dumps({**row, **headers_row, **body}, ensure_ascii=False)

    @classmethod
    def of(cls, line: str) -> Exchange:
        """Parse a stored line. Raises ValueError, TypeError or KeyError where it is not one."""
        one = cls(**{"headers": {}, **json.loads(line)})
        if one.service not in names_of_services() or one.operation not in load(one.service).endpoints:
            raise ValueError(f"this package has no {one.service}.{one.operation}")
        if not (isinstance(one.request, dict) and isinstance(one.headers, dict) and isinstance(one.status, int)):
            raise TypeError("request, headers or status is of another type")
        if '"<text>"' in json.dumps(one.request):
            raise ValueError("its prompts have no digest, so that another prompt would pass")
        if not 100 <= one.status <= 599:
            raise ValueError(f"{one.status} is not an HTTP status")
        return one

    @property
    def content(self) -> bytes:
        """The body of the reply."""
        return (json.dumps(self.reply, ensure_ascii=False) if self.text is None else self.text).encode()

    @property
    def name(self) -> str:
        """Service and operation."""
        return f"{self.service}.{self.operation}"

    @property
    def key(self) -> str:
        """What makes two requests the same."""
        return json.dumps([self.service, self.operation, self.request], sort_keys=True)


def read(path: str | os.PathLike[str]) -> list[Exchange]:
    """Return the exchanges of a cassette, at least one. ValueError where a line is not one."""
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there; record it first: `with replay.record({str(path)!r})`")
    # Not splitlines: what a reply says may hold characters at which that would break a line.
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    exchanges = []
    for number, line in enumerate(lines, 1):
        try:
            exchanges += [Exchange.of(line)] if line.strip() else []
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{path}:{number}: is not a recorded exchange ({error}); record it again") from error
    if not exchanges:
        raise ValueError(f"{path}: holds no exchange; record it again")
    return exchanges
