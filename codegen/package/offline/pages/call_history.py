"""A call from the page: the request as the client makes it, sent to this very server, and its outcome.

It goes through the application and not over the network: the name that a browser has for this server leads nowhere.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx
from starlette.types import ASGIApp

from ..._runtime.operation import Operation
from ..._runtime.reply import Answer, HTTPReply, read, task_id_in
from ..._runtime.request import CallOptions, ClientHeaders, WireRequest, build
from ..._runtime.secret import HIDDEN, Credentials
from .code_examples import KEY

PATIENCE = 20.0
"""Seconds to wait for a reply."""
_LONGEST = 20_000
"""Characters of a reply that are shown."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the page shows it."""

    first: str
    """Its first line."""
    headers: tuple[tuple[str, str], ...]
    body: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that a reply or a task leads to."""

    path: str
    """On this server."""
    kind: str
    """image, video, audio or file."""

    @property
    def name(self) -> str:
        """Without folders and query."""
        return urlsplit(self.path).path.rpartition("/")[2] or "file"


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """What was sent and what came back."""

    request: Message
    reply: Message | None
    is_success: bool
    verdict: str
    """What the client makes of it, in a sentence."""
    error: str | None = None
    """The class that the client would raise."""
    task_id: str | None = None
    files: tuple[FileLink, ...] = ()
    body: Any = None


def request_of(
    operation: Operation, arguments: Mapping[str, Any], *, base_url: str, unchecked: bool = False
) -> WireRequest:
    """Return the request with a key that is made up.

    InvalidRequest says all that is wrong, unless it is to be sent anyway.
    """
    if unchecked:
        operation = operation.replace(arguments=None, rules=())
    keys = {credential.argument: KEY for credential in operation.service.credentials}
    credentials = Credentials(operation.service, keys, {})
    return build(operation, arguments, CallOptions(), base_url=base_url, headers=ClientHeaders(credentials, ()))


async def send(app: ASGIApp, operation: Operation, request: WireRequest) -> RecordedCall:
    """Send it to the application and read what comes."""
    request_view = _request(operation, request)
    headers = [(name, value.reveal()) for name, value in request.headers.items()]
    transport = httpx.ASGITransport(app=app)
    try:
        async with httpx.AsyncClient(transport=transport, follow_redirects=False) as client, asyncio.timeout(PATIENCE):
            response = await client.request(request.method, request.url, headers=headers, content=request.body)
    except TimeoutError:
        return RecordedCall(request_view, None, False, f"There was no reply within {PATIENCE:.0f} seconds.")
    except httpx.InvalidURL as error:
        return RecordedCall(request_view, None, False, f"There is no such URL: {error}.")
    except OSError:
        return RecordedCall(
            request_view, None, False, "The connection was closed without a reply. A paid call may have been accepted."
        )
    return _call(operation, request, request_view, response)


def _call(operation: Operation, request: WireRequest, request_view: Message, response: httpx.Response) -> RecordedCall:
    reply = HTTPReply(response.status_code, dict(response.headers), response.content)
    outcome = read(operation, reply, scrub=lambda text: text.replace(KEY, HIDDEN), now=time.time())
    answer = _reply(response)
    if not isinstance(outcome, Answer):
        verdict = " ".join(str(outcome.error).split())
        return RecordedCall(request_view, answer, False, verdict, type(outcome.error).__name__)
    task_id = task_id_in(operation, outcome.body, str, outcome.headers)
    verdict = "The call was accepted: a task was started." if task_id else "The call was accepted and answered."
    files = tuple(files_in(outcome.body, urlsplit(request.url).netloc))
    return RecordedCall(request_view, answer, True, verdict, task_id=task_id, files=files, body=outcome.body)


def _request(operation: Operation, request: WireRequest) -> Message:
    secret = {header.header.lower() for header in operation.service.auth}
    headers = [
        (name, f"{HIDDEN} (a made-up key)" if name.lower() in secret else value.reveal())
        for name, value in request.headers.items()
    ]
    return Message(f"{request.method} {request.url}", tuple(headers), _pretty(request.body or b""))


def _reply(response: httpx.Response) -> Message:
    try:
        phrase = HTTPStatus(response.status_code).phrase
    except ValueError:
        phrase = ""
    first = f"HTTP {response.status_code} {phrase}".strip()
    return Message(first, tuple(response.headers.items()), _pretty(response.content))


def _pretty(content: bytes) -> str:
    """Return JSON on several lines; anything else as it is."""
    text = content.decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def files_in(value: Any, host: str) -> Iterator[FileLink]:
    """Yield every file on this server that a value leads to, in order."""
    if isinstance(value, str):
        if _host(value) == host:
            yield file_at(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from files_in(item, host)
    elif isinstance(value, list):
        for item in value:
            yield from files_in(item, host)


def _host(text: str) -> str | None:
    """Return the host of a URL; None where it is none."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return parts.netloc if parts.scheme in {"http", "https"} else None


def file_at(url: str) -> FileLink:
    """Return a file by its URL.

    Only its place on this server counts: a browser may know the host by another name.
    """
    parts = urlsplit(url)
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else "/"
    media = mimetypes.guess_type(path)[0] or ""
    kind = media.partition("/")[0]
    return FileLink(
        path + (f"?{parts.query}" if parts.query else ""), kind if kind in {"image", "video", "audio"} else "file"
    )
