"""Which error an HTTP status means where nothing else is said, and whether the call is sent again."""

from __future__ import annotations

from collections.abc import Mapping

DOCUMENTED: Mapping[int, str] = {
    **dict.fromkeys((400, 405, 406, 409, 410, 411, 413, 414, 415, 422), "BadRequest"),
    **dict.fromkeys((500, 501, 502, 503, 504), "ServerError"),
    401: "AuthenticationError",
    402: "InsufficientCredits",
    403: "AuthenticationError",
    404: "NotFound",
    429: "RateLimited",
}
"""Status → error, of those that documents list with no more than their name."""
WITHOUT_WORK = frozenset({425, 429})
"""Statuses of a call that certainly did nothing: it is sent again."""
UNCERTAIN = 408
"""Whether a call that took too long did nothing, no description says."""


def error_of_status(status: int) -> str:
    """Return the class of the error."""
    return DOCUMENTED.get(status, "ServerError" if status >= 500 else "BadRequest")
