# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Replies as httpx has them, and what can go wrong with one on its way."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpx

from .._runtime.delivery import Left, TransportError
from .clock import VirtualClock
from .plans import Broken

_CALL: ContextVar[object | None] = ContextVar("call", default=None)


@contextmanager
def calling() -> Iterator[None]:
    """Count everything sent inside as one call of a client, retries included."""
    token = _CALL.set(object())
    try:
        yield
    finally:
        _CALL.reset(token)


def current_call() -> object:
    """Return what stands for the call that is being made.

    A request that no client of ours sends is a call of its own.
    """
    return _CALL.get() or object()


def in_call() -> bool:
    """Return whether a client of this package is making a call."""
    return _CALL.get() is not None


class UnreadBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body for sync and async, not read yet, as on a real connection."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self._content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content


def response(status: int, media: str, content: bytes, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """Return a whole reply."""
    all_headers = {"Content-Type": media, "Content-Length": str(len(content)), **(headers or {})}
    return httpx.Response(status, headers=all_headers, stream=UnreadBody(content))


def reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """Return a reply in JSON."""
    return response(status, "application/json", json.dumps(body, ensure_ascii=False).encode(), headers)


def broken(how: Broken, request: httpx.Request) -> httpx.Response:
    """Return a reply that is cut, or raise what a connection without a reply raises."""
    if how == "unreachable":
        raise TransportError(Left.NOTHING, "ConnectError: the fake cannot be reached, as planned")
    if how == "disconnects":
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)
    return response(200, "application/json", b'{"code": 0, "da')


def delayed(request: httpx.Request, seconds: float, clock: VirtualClock) -> httpx.ReadTimeout | None:
    """Let a delay pass; the error, where the client would not have waited so long."""
    limit = request.extensions.get("timeout", {}).get("read")
    if limit is not None and seconds > limit:
        clock.advance(limit)
        return httpx.ReadTimeout("The read operation timed out", request=request)
    clock.advance(seconds)
    return None
