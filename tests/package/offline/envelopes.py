"""What a refusal in-band means as an HTTP status. Apart from the checks, because to import schemathesis takes long."""

from __future__ import annotations

import json
from typing import Any

REPLACED = ("negative_data_rejection", "positive_data_acceptance", "missing_required_header", "ignored_auth")
_STATUSES = {"AuthenticationError": 401, "InsufficientCredits": 402, "NotFound": 404, "RateLimited": 429}


def meant(document: dict[str, Any], status: int, content: bytes) -> int:
    """Return the HTTP status that a reply means."""
    known = document.get("x-error-codes", {})
    try:
        value = json.loads(content)
    except ValueError:
        return status
    for step in known.get("at", {}).get("code", "/").split("/")[1:]:
        value = value.get(step) if isinstance(value, dict) else None
    row = known.get("codes", {}).get(str(value))
    return _STATUSES.get(row["error"], 400) if row and 200 <= status < 300 else status
