"""A reply of the offline upstream, before any network: what is sent, how late, or that nothing is sent at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay: float = 0.0
    """Seconds to wait before it is sent."""
    is_lost: bool = False
    """The connection is closed instead."""


def reply(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    """Return a reply in JSON; None is not a body at all."""
    if body is None:
        return Reply(status, headers or {})
    content = json.dumps(body, separators=(",", ":")).encode("ascii")
    return Reply(status, {"content-type": JSON, **(headers or {})}, content)
