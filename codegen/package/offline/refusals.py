"""How a service says no: by a documented code where it has one, by a documented HTTP status, else as HTTP does."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Literal

from .._catalog.received_request import ReceivedRequest
from .._catalog.replies import Replies
from .._catalog.request_validation import credential_faults, secret_headers
from .._catalog.sample_values import put
from .._catalog.service_document import Catalog, Endpoint, PlanError
from .._runtime.pointer import parts
from .fault_kinds import Wish
from .upstream_reply import Reply, reply

KeyState = Literal["missing", "invalid", "expired"]

STATUSES: Mapping[str, int] = {
    "AuthenticationError": 401,
    "InsufficientCredits": 402,
    "NotFound": 404,
    "RateLimited": 429,
    "BadRequest": 400,
    "ContentRejected": 400,
    "ServerError": 500,
}
"""What HTTP says where no document does."""
_KEYS: Mapping[KeyState, str] = {
    "missing": "No key came with the request",
    "invalid": "The key is not valid",
    "expired": "The key has expired",
}
_REFUSALS: Mapping[str, str] = {"rejected": "ContentRejected", "no_credits": "InsufficientCredits"}
LONGEST_MESSAGE = 4000


class Refusals:
    """The refusals of one service."""

    def __init__(self, catalog: Catalog, replies: Replies) -> None:
        self._catalog = catalog
        self._replies = replies
        self._secret = sorted(secret_headers(catalog))

    def key(self, endpoint: Endpoint, received: ReceivedRequest) -> Reply | None:
        """Return the refusal of a key; None where it is accepted.

        `wrong…` is not a valid key, and `expired…` has expired.
        """
        faults = credential_faults(self._catalog, endpoint, received)
        keys = (
            [] if faults else [key for name in self._secret for value in received.header(name) if (key := _key(value))]
        )
        state: KeyState | None = "missing" if faults else None
        for key in keys:
            state = state or _state(key)
        if state is None or not endpoint.node.get("security", self._catalog.document.get("security", [])):
            return None
        return self.meaning(endpoint, "AuthenticationError", [_KEYS[state], *faults], code=self._code_of_key(state))

    def _code_of_key(self, state: KeyState) -> str | None:
        """Return the documented code that says what is wrong with the key, else the first that means any such thing."""
        rows = [*self._catalog.codes.items(), *self._catalog.statuses.items()]
        codes = (code for code, row in rows if row.get("key") == state)
        return next(codes, self._replies.code_of("AuthenticationError"))

    def bad_request(self, endpoint: Endpoint, faults: Iterable[str]) -> Reply:
        """Return the refusal of wrong arguments, with all that is wrong with them."""
        return self.meaning(endpoint, "BadRequest", faults)

    def meaning(self, endpoint: Endpoint, error: str, reasons: Iterable[str], *, code: str | None = None) -> Reply:
        """Return the refusal that means this error, with what there is to say."""
        message = "; ".join(reasons)[:LONGEST_MESSAGE]
        code = code or self._replies.code_of(error)
        if code is None:
            return self.http(STATUSES[error], message)
        refusal = self._replies.refusal(endpoint, code)
        body = refusal.body
        if refusal.status != 200:
            return self.http(refusal.status, message)
        place = (self._catalog.envelope or {}).get("message")
        return reply(refusal.status, put(body, parts(place), message) if place and message else body)

    def http(self, status: int, message: str) -> Reply:
        """Return an HTTP status in the envelope of the service, which has the status as its code."""
        refusal = self._replies.http(status, message)
        return reply(refusal.status, refusal.body)

    def requested_refusal(self, endpoint: Endpoint, wish: Wish) -> Reply:
        """Return the refusal that a fault asks for. PlanError where no document has it."""
        if wish.fault.name == "rate_limited":
            refusal = self._replies.too_many(endpoint)
            return reply(refusal.status, refusal.body, {"retry-after": wish.value} if wish.value else None)
        if wish.fault.name == "code":
            refusal = self._replies.refusal(endpoint, wish.value)
            return reply(refusal.status, refusal.body)
        if wish.fault.name == "status":
            return self.http(int(wish.value), "The offline upstream was asked to say so")
        error = _REFUSALS[wish.fault.name]
        code = self._replies.code_of(error)
        if code is None:
            raise PlanError(f"{endpoint.operation.name}: no document has a code that means {error}")
        refusal = self._replies.refusal(endpoint, code)
        return reply(refusal.status, refusal.body)


def _state(key: str) -> KeyState | None:
    return "invalid" if key.startswith("wrong") else "expired" if key.startswith("expired") else None


def _key(value: str) -> str:
    """Return the key in a header: of Basic authentication the user name."""
    word, _, rest = value.strip().partition(" ")
    if word == "Bearer":
        return rest.strip()
    if word != "Basic":
        return value.strip()
    try:
        return base64.b64decode(rest).decode("utf-8", "replace").partition(":")[0]
    except binascii.Error:
        return ""
