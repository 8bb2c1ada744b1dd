# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Replies that no document describes, and the policy for each: a paid request is never sent twice."""

from __future__ import annotations

import gzip
import zlib

import httpx
from wondergen import (
    APIError,
    AuthenticationError,
    BadRequest,
    ConnectFailed,
    InsufficientCredits,
    InvalidResponse,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    WondergenError,
)

from .rows import Failure, Reply
from .support import MAX_RETRIES

ALL = MAX_RETRIES + 1
ELSEWHERE = {"location": "https://elsewhere.example.com/"}
NOT_FOLLOWED = "The service answered with a redirect, which is not followed."
HTML = {"content-type": "text/html"}
GZIP = {"content-type": "application/json", "content-encoding": "gzip"}
CUT = gzip.compress(b'{"code": 0, "data": {"task_id": "canary"}}' * 9, mtime=0)[:-20]

# Both kinds of call: the service says that it did nothing.
REFUSALS = (
    Failure("400", Reply(400, {"error": "canary"}), BadRequest, 1, message="canary"),
    Failure("401", Reply(401, {"error": "canary"}), AuthenticationError, 1, message="canary"),
    Failure("402", Reply(402, {"error": "canary"}), InsufficientCredits, 1, message="canary"),
    Failure("403", Reply(403, content=b"<html>", headers=HTML), AuthenticationError, 1),
    Failure("404", Reply(404, content=b""), NotFound, 1),
    Failure("418", Reply(418, content=b"short and stout"), BadRequest, 1),
    Failure("425", Reply(425, {"error": "canary"}), BadRequest, ALL, message="canary"),
    Failure("429", Reply(429, {"error": "canary"}), RateLimited, ALL, message="canary"),
    Failure("429-asks", Reply(429, content=b"", headers={"retry-after": "7"}), RateLimited, ALL, retry_after=7.0),
    Failure(
        "429-asks-much", Reply(429, content=b"", headers={"retry-after": "999"}), RateLimited, 1, retry_after=999.0
    ),
)
REDIRECTS = (
    ("302", Reply(302, content=b"", headers=ELSEWHERE)),
    ("303-to-no-url", Reply(303, content=b"", headers={"location": "urn:task:canary"})),
    ("307", Reply(307, content=b"", headers=ELSEWHERE)),
)
"""The service may have done the work before it redirects."""
TIMED_OUT = Reply(408, content=b"")
"""A gateway may send these while the service is still working."""
BROKEN = (
    ("500", Reply(500, {"canary": True})),
    ("502-html", Reply(502, content=b"<html>bad gateway</html>", headers=HTML)),
    ("503-empty", Reply(503, content=b"")),
)
CUT_OFF = tuple(
    (kind.__name__, Reply(raises=kind))
    for kind in (
        httpx.ConnectError,  # the class of what a transport of others raises proves nothing about delivery
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.ReadTimeout,
        httpx.ReadError,
        httpx.RemoteProtocolError,
    )
)
UNREADABLE = (
    ("empty", Reply(200, content=b"")),
    ("html", Reply(200, content=b"<html>hello</html>", headers=HTML)),
    ("invalid-json", Reply(200, content=b'{"code": 0, "data": {')),
    ("binary", Reply(200, content=b"\x89PNG\r\n\xff")),
    ("cut-gzip", Reply(200, content=CUT, headers=GZIP, decoded=zlib.decompressobj(31).decompress(CUT))),
)
NOT_AN_OBJECT = (
    ("list", Reply(200, [])),
    ("text", Reply(200, "canary")),
    ("null", Reply(200, content=b"null")),
)

Rows = tuple[tuple[str, Reply], ...]


def _all(rows: Rows, error: type[WondergenError], sent: int) -> tuple[Failure, ...]:
    return tuple(Failure(name, reply, error, sent) for name, reply in rows)


PAID = REFUSALS + _all((*REDIRECTS, ("408", TIMED_OUT), *BROKEN, *CUT_OFF), OutcomeUnknown, 1)
PAID_UNREADABLE = _all(UNREADABLE, OutcomeUnknown, 1)
PAID_NOT_AN_OBJECT = _all(NOT_AN_OBJECT, OutcomeUnknown, 1)
QUERY = (
    *REFUSALS,
    *(Failure(name, reply, APIError, 1, meaning=NOT_FOLLOWED) for name, reply in REDIRECTS),
    Failure("408", TIMED_OUT, BadRequest, ALL),
    *_all(BROKEN, ServerError, ALL),
    *_all(CUT_OFF, ConnectFailed, ALL),
)
QUERY_UNREADABLE = _all(UNREADABLE, InvalidResponse, ALL)
QUERY_NOT_AN_OBJECT = _all(NOT_AN_OBJECT, InvalidResponse, ALL)
# Without an envelope any JSON is an answer: the request is not sent again.
PLAIN_NOT_AN_OBJECT = _all(NOT_AN_OBJECT, InvalidResponse, 1)
