# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit.
"""The one file that knows the HTTP library: sends a frozen request once, and says what may have become of it."""

from __future__ import annotations

import functools
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from ..errors import ArgumentFault, InvalidRequest
from ..policy import Outcome
from ..reply import HTTPReply
from ..request import WireRequest
from .primitives import Clock, within

HTTPClient = httpx.Client

CONNECT_SECONDS = 10.0
GRACE = 0.1
"""Seconds by which the interruption comes after the library's own timeouts: those tell where the request stood."""
CONNECTIONS = 50
"""At a time. More make httpx slower, not faster: its pool scans all requests for each."""
LARGEST_REPLY = 32 * 1024 * 1024
"""Bytes, decoded. Replies are JSON of a few kilobytes; a bomb must not fill the memory."""

_NEVER_DELIVERED = (
    httpx.ConnectError,  # names, routes and TLS too
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_TRANSPORT_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, OSError)


class TransportError(Exception):
    """A request or a reply that failed on the way."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome


class _TooLarge(OSError):
    """The reply is larger than any the service has reason to send."""


class _Progress:
    """How far a request came, as the HTTP library traces it; each phase gets only the time that is left."""

    def __init__(self, seconds: float, now: Callable[[], float]) -> None:
        self.timeouts: dict[str, float | None] = _timeout(seconds).as_dict()
        self._end = now() + seconds
        self._now = now
        self._traced = False
        self._sending = False

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        self._traced = True
        if event.endswith("send_request_headers.started"):
            self._sending = True
        left = max(self._end - self._now(), 0.001)
        self.timeouts.update(read=left, write=left)

    @property
    def is_late(self) -> bool:
        """Whether the time is over."""
        return self._now() > self._end

    @property
    def certainly_unsent(self) -> bool:
        """Whether not a byte of the request left. Transports that are not traced leave it open."""
        return self._traced and not self._sending


@dataclass(frozen=True, slots=True)
class Stream:
    """A reply whose body is still to come."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    response: httpx.Response

    def chunks(self) -> Iterator[bytes]:
        """The body as it arrives, not decoded and not collected into larger pieces: a cut would lose the last one.

        Raises TransportError where it is cut.
        """
        with _translated(None):
            for chunk in self.response.iter_raw():
                yield chunk


class Transport:
    """A pool of connections, ours or the caller's. Nothing of the caller's client but its pool and hooks is used."""

    def __init__(self, http_client: HTTPClient | None, *, base_url: str, clock: Clock) -> None:
        if http_client is not None and not isinstance(http_client, HTTPClient):
            problem = f"is {type(http_client).__module__}.{type(http_client).__name__}, not httpx.{HTTPClient.__name__}"
            raise InvalidRequest("client", [ArgumentFault("http_client", problem)])
        self._client = http_client or make_client(trust_env=base_url.startswith("https:"))
        self._is_ours = http_client is None
        self._clock = clock

    def send(self, request: WireRequest, timeout: float) -> HTTPReply:
        """Send once and read the whole reply within so many seconds. Raises TransportError, and follows no redirect."""
        progress = _Progress(timeout, self._clock.monotonic)
        outgoing = httpx.Request(
            request.method,
            request.url,
            headers=[
                (name.encode("ascii"), value.reveal().encode("latin-1")) for name, value in request.headers.items()
            ],
            content=request.body,
            extensions={"timeout": progress.timeouts, "trace": progress},
        )
        with _translated(progress):
            with within(timeout + GRACE):
                response = self._client.send(outgoing, auth=None, follow_redirects=False, stream=True)
                try:
                    content = self._read(response, progress)
                finally:
                    response.close()
        return HTTPReply(response.status_code, _headers(response), content)

    def _read(self, response: httpx.Response, progress: _Progress) -> bytes:
        """The body. Where the status alone tells that the call is refused, a broken body is as good as none."""
        content = bytearray()
        try:
            announced = response.headers.get("content-length", "")
            if announced.isdecimal() and int(announced) > LARGEST_REPLY:
                raise _TooLarge(f"the reply has more than {LARGEST_REPLY} bytes")
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > LARGEST_REPLY:
                    raise _TooLarge(f"the reply has more than {LARGEST_REPLY} bytes")
                if progress.is_late:
                    raise TimeoutError("the reply did not end in time")
        except _TRANSPORT_ERRORS:
            if response.status_code < 300:
                raise
            return b""
        return bytes(content)

    def close(self) -> None:
        """Close the pool, unless it is the caller's."""
        if self._is_ours:
            self._client.close()


@contextmanager
def open_stream(
    client: HTTPClient, url: str, *, headers: Mapping[str, str], timeout: float, sni: str | None = None
) -> Iterator[Stream]:
    """GET a URL, without credentials or redirects. `sni`: the name to verify where the URL has an address."""
    extensions: dict[str, Any] = {"timeout": _timeout(timeout).as_dict()}
    if sni is not None:
        extensions["sni_hostname"] = sni
    outgoing = httpx.Request("GET", url, headers=dict(headers), extensions=extensions)
    with _translated(None):
        response = client.send(outgoing, auth=None, follow_redirects=False, stream=True)
    try:
        yield Stream(response.status_code, _headers(response), response)
    finally:
        response.close()


def make_client(*, trust_env: bool) -> HTTPClient:
    """A client of our own. Requests to this machine do not go through a proxy from the environment."""
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=5.0)
    return HTTPClient(verify=_ssl_context(), trust_env=trust_env, limits=limits, follow_redirects=False)


@functools.cache
def _ssl_context() -> ssl.SSLContext:
    """One for the process: reading the certificates takes longer than all the rest of a client."""
    return httpx.create_ssl_context()


def _timeout(seconds: float) -> httpx.Timeout:
    return httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


def _headers(response: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


class _translated:
    """Turns the errors of the HTTP library into ours."""

    def __init__(self, progress: _Progress | None) -> None:
        self._progress = progress

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if not isinstance(error, _TRANSPORT_ERRORS):
            return
        unsent = self._progress is not None and self._progress.certainly_unsent
        never = unsent or isinstance(error, _NEVER_DELIVERED)
        outcome = Outcome.NEVER_DELIVERED if never else Outcome.UNKNOWN
        raise TransportError(outcome, _reason(error)) from _bare(error)


def _reason(error: BaseException) -> str:
    text = str(error).strip()
    name = type(error).__name__.removeprefix("_")
    return f"{name}: {text}" if text else name


def _bare(error: BaseException) -> BaseException:
    """The error and its causes without frames and request: those hold headers, and headers hold the key."""
    found: list[BaseException] = [error]
    for each in found:
        each.__traceback__ = None
        if isinstance(each, httpx.RequestError):
            each._request = None
        found += [other for other in (each.__cause__, each.__context__) if other is not None and other not in found]
    return error
