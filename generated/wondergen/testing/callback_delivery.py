# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Callbacks of a fake service, delivered to the application under test: an ASGI application, or a URL on loopback."""

from __future__ import annotations

import asyncio
import contextvars
import json
import threading
import urllib.request
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.error import HTTPError
from urllib.parse import urlsplit

from .._catalog.service_document import PlanError
from .._runtime.hosts import is_loopback_url

Message: TypeAlias = MutableMapping[str, Any]
ASGIApp: TypeAlias = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """One callback that was delivered, and what the application answered."""

    task: str
    """The task id."""
    url: str
    """The URL that the call named."""
    body: Any
    """What was sent, as JSON."""
    status: int
    """The HTTP status of the answer."""
    reply: str


def deliver(task: str, url: str, method: str, body: Any, app: ASGIApp | None) -> Delivered:
    """Send a callback to an application, or where there is none to its URL on loopback."""
    content = json.dumps(body, separators=(",", ":")).encode()
    if app is not None:
        status, reply = _in_thread(app, url, method, content)
    elif is_loopback_url(url):
        status, reply = _post(url, method, content)
    else:
        raise PlanError(
            f"{url} is not on this machine: calls_back(app) takes the ASGI application that is to be called"
        )
    return Delivered(task, url, body, status, reply)


def _post(url: str, method: str, content: bytes) -> tuple[int, str]:
    request = urllib.request.Request(url, content, {"Content-Type": "application/json"}, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace")


def _in_thread(app: ASGIApp, url: str, method: str, content: bytes) -> tuple[int, str]:
    """Call an application in an event loop of its own: the test may be running in one."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(asyncio.run(_call_app(app, url, method, content)))
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=contextvars.copy_context().run, args=(run,), name="callback")
    thread.start()
    thread.join()
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    status, reply = outcome[0]
    return status, reply


async def _call_app(app: ASGIApp, url: str, method: str, content: bytes) -> tuple[int, str]:
    parts = urlsplit(url)
    length = str(len(content)).encode()
    headers = [
        (b"host", parts.netloc.encode()),
        (b"content-type", b"application/json"),
        (b"content-length", length),
    ]
    scope: Message = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": parts.scheme,
        "path": parts.path or "/",
        "raw_path": (parts.path or "/").encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": (parts.hostname, parts.port or 443),
    }
    waiting = [{"type": "http.request", "body": content, "more_body": False}]
    messages: list[Message] = []

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        messages.append(message)

    async with asyncio.timeout(_SECONDS):
        await app(scope, receive, send)
    status = next((int(one["status"]) for one in messages if one["type"] == "http.response.start"), 500)
    reply = b"".join(one.get("body", b"") for one in messages if one["type"] == "http.response.body")
    return status, reply.decode("utf-8", "replace")
