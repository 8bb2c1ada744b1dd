# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The transport over a caller's client of an HTTP library, or over one of ours where something is patched into it.

Nothing of the client is used but its transports and its hooks: no redirect, no credential, no cookie. It says "not
delivered" only where the library's own, unpatched transport sends and its trace shows that no request began, or where
a request hook failed before that. Whatever somebody else's transport raises proves nothing.

A synchronous transport cannot be interrupted while headers arrive byte by byte. The library's own one sends in a thread
that is left behind at the deadline: the call is over then, and the connection as soon as the server pauses or has sent
100 kB of headers. A synchronous transport of somebody else is called in the caller's thread and has to keep the time
that is in the request's `timeout` extension.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import Any

from .. import log, network
from ..delivery import CONNECT_SECONDS, Left, Received, StandInError, TransportError, bare, describe
from ..headers import by_lower_name
from ..hosts import Target, is_loopback_url
from ..network_patches import CORES, SHORTCUTS, is_own, patched_library
from ..one_shot import one_shot
from ..reply import HTTPReply, whole_reply
from ..request import WireRequest
from .primitives import owner, run_within, settle, within
from .transport import Transport

GRACE = 0.25
"""Seconds by which the interruption comes after the library's own timeouts: those say where the request stood."""
_SENDING = ("send", "_send_handling_auth", "_send_handling_redirects", "_send_single_request")
_CLIENT = "Client"
_SAFE = ("GET", "HEAD")
"""Methods of requests that a caller's client may send again by itself."""
_PASSED_ON = (AssertionError, StandInError, TransportError)
"""What a mock raises to fail the test, or knows better than we do."""


class ClientTransport:
    """Sends through a client of an HTTP library: of httpx, or of one with its interface."""

    def __init__(self, library: ModuleType, client: Any, files: Transport | None) -> None:
        """Wrap a client of a library. `files` fetches files where the client only stands in for the service."""
        self.library = library
        self._core = CORES[library.__name__]
        self._client = client
        self._files = files
        self._owner: object = None

    def send(self, request: WireRequest, timeout: float, received: Received) -> HTTPReply:
        """Send once and read the whole reply within so many seconds, noting in `received` what has come so far."""
        sending = _Sending(timeout)
        outgoing = self.library.Request(
            request.method,
            request.target,
            headers=list(request.headers.encoded()),
            content=request.body,
            extensions={"timeout": sending.timeouts, "trace": sending},
        )
        if request.method not in _SAFE:
            outgoing.stream = one_shot(self.library)(request.body or b"")
        fault: str | None = None
        try:
            with within(timeout + GRACE):
                transport = self._prepare(outgoing, sending)
            # What is left behind at the deadline goes on writing into a reply that nobody reads.
            arriving = Received()
            try:
                work = partial(self._exchange, outgoing, transport, arriving, sending)
                run_within(work, sending.remaining + GRACE, apart=sending.knows)
            finally:
                received.take(arriving)
        except _PASSED_ON:
            raise
        except Exception as error:
            if received.status is None:
                self._take_from(error, outgoing, received)
            if received.status is None:
                arrived = _unread_bytes(_parser_in(error)) if sending.knows else b""
                raise TransportError(sending.left(outgoing), describe(error), arrived) from bare(error)
            fault = describe(error)
        reply = whole_reply(received, fault, sending.rest)
        if sending.hooks:
            self._run_hooks(outgoing, reply, sending)
        return reply

    @contextmanager
    def open(
        self, target: Target, headers: Mapping[str, str], timeout: float, address: str | None = None
    ) -> Iterator[Any]:
        """GET a file without credentials. What only stands in for the service in a test does not serve files."""
        transport = self._transport(target)
        with ExitStack() as stack:
            if self._files is not None and self._stands_in(transport):
                yield stack.enter_context(self._files.open(target, headers, timeout, address))
                return
            extensions: dict[str, Any] = {"timeout": self.library.Timeout(timeout).as_dict()}
            if address is not None:
                extensions["sni_hostname"] = target.host
            url = target.url if address is None else target.at(address)
            all_headers = {"Host": target.authority, **headers}
            outgoing = self.library.Request("GET", url, headers=all_headers, extensions=extensions)
            with _translated():
                apart = self._is_driven() and self._is_known(transport)
                response = run_within(partial(self._send, outgoing, transport), timeout + GRACE, apart=apart)
            stack.callback(response.close)
            yield ClientBody(response)

    def resolves(self, target: Target) -> bool:
        """Return whether names of hosts are resolved by this machine.

        Proxies and transports of others do it by themselves.
        """
        transport = self._transport(target)
        if self._files is not None and self._stands_in(transport):
            return self._files.resolves(target)
        return self._is_known(transport) and type(transport._pool).__name__.endswith("ConnectionPool")

    def close(self) -> None:
        """Leave the client open: the caller closes it."""

    def _prepare(self, outgoing: Any, sending: _Sending) -> Any:
        """Run the request hooks and return the transport that is to send; None where the client does it all itself."""
        is_driven = self._is_driven()
        for hook in self._client.event_hooks["request"] if is_driven else ():
            settle(hook(outgoing))
        if self._client.is_closed:
            raise TransportError(Left.NOTHING, "the http_client is closed")
        if not is_driven:
            sending.begin(knows=False)
            return None
        transport = self._client._transport_for_url(outgoing.url)
        self._check_owner(transport)
        sending.begin(knows=self._is_known(transport) and patched_library() is None)
        sending.hooks = self._client.event_hooks["response"]
        return transport

    def _exchange(self, outgoing: Any, transport: Any, received: Received, sending: _Sending) -> None:
        """Send once and read the whole reply."""
        name = self.library.__name__
        with log.of_library(name, self._core):
            response = self._send_by_client(outgoing) if transport is None else transport.handle_request(outgoing)
            if not isinstance(response, self.library.Response):
                raise StandInError(f"what stands in for {name} gave {type(response).__name__}, no Response")
            sending.extensions = response.extensions
            try:
                _read(response, received, sending)
            finally:
                response.close()

    def _send(self, outgoing: Any, transport: Any) -> Any:
        with log.of_library(self.library.__name__, self._core):
            if not self._is_driven():
                return self._send_by_client(outgoing)
            self._check_owner(transport)
            return transport.handle_request(outgoing)

    def _transport(self, target: Target) -> Any:
        return self._client._transport_for_url(self.library.URL(target.url))

    def _stands_in(self, transport: Any) -> bool:
        """Return whether it answers for the service within this process."""
        library = self.library
        return isinstance(transport, (library.MockTransport, library.ASGITransport, library.WSGITransport))

    def _is_driven(self) -> bool:
        """Return whether the client sends as its library does: then its transport is driven here.

        The library loses a reply whose Location it cannot read or at which a hook raises, and writes whole URLs to its
        log. A client that somebody has changed is asked to send itself: that is where a mock or an instrument sits.
        """
        kind, attributes = type(self._client), vars(self._client)
        if any(name in attributes for name in (*_SENDING, *SHORTCUTS)):
            return False
        return all(is_own(getattr(kind, name, None), self.library) for name in _SENDING) and not self._shortcuts()

    def _shortcuts(self) -> list[str]:
        """Return the methods of the library's client that are not its own. What a subclass defines is none of them."""
        kind = next((each for each in type(self._client).__mro__ if each.__name__ == _CLIENT), type(self._client))
        attributes = vars(self._client)
        return [name for name in SHORTCUTS if name in attributes or not is_own(getattr(kind, name, None), self.library)]

    def _send_by_client(self, outgoing: Any) -> Any:
        """Let the client send by itself, by the method that somebody has changed: that one sees the request."""
        patched_methods, method = self._shortcuts(), outgoing.method.lower()
        if not patched_methods:
            return self._client.send(outgoing, auth=None, follow_redirects=False, stream=True)
        options = {
            "headers": outgoing.headers,
            "auth": None,
            "follow_redirects": False,
            "timeout": self.library.Timeout(**outgoing.extensions["timeout"]),
            "extensions": {"trace": outgoing.extensions.get("trace")},
        }
        if method in patched_methods and method not in ("get", "delete"):
            return getattr(self._client, method)(outgoing.url, content=outgoing.content, **options)
        if method in patched_methods:
            return getattr(self._client, method)(outgoing.url, **options)
        return self._client.request(outgoing.method, outgoing.url, content=outgoing.content, **options)

    def _is_known(self, transport: Any) -> bool:
        """Return whether it is the library's own transport over its own connections: one that can be believed."""
        pool = getattr(transport, "_pool", None)
        if type(transport) is not self.library.HTTPTransport or not type(pool).__module__.startswith(self._core):
            return False
        return "handle_request" not in vars(transport) and "handle_request" not in vars(pool)

    def _check_owner(self, transport: Any) -> None:
        """Refuse connections of another process or of another event loop, before anything is sent."""
        connections = getattr(getattr(transport, "_pool", None), "connections", None)
        now = owner()
        if connections and self._owner not in (None, now):
            problem = "the connections of http_client belong to another process or event loop: make one in each"
            raise TransportError(Left.NOTHING, problem)
        self._owner = now

    def _take_from(self, error: BaseException, outgoing: Any, received: Received) -> None:
        """Take the reply to this request from an error that carries it: a hook calls `raise_for_status`."""
        response: Any = getattr(error, "response", None)
        if not isinstance(response, self.library.Response):
            return
        request_of_response = getattr(response, "_request", None)
        if request_of_response is None or (request_of_response.method, request_of_response.url) != (
            outgoing.method,
            outgoing.url,
        ):
            return
        received.begin(response.status_code, _headers(response, is_decoded=True))
        if response.is_stream_consumed and response.is_closed:
            received.add(getattr(response, "_content", b""))

    def _run_hooks(self, outgoing: Any, reply: HTTPReply, sending: _Sending) -> None:
        """Show the reply to the caller's hooks. It has come: what one of them raises does not undo that."""
        framing = {"content-encoding", "content-length", "transfer-encoding"}
        fields = ((name, value) for name, value in reply.headers.items() if name not in framing)
        headers = [(name, line) for name, value in fields for line in value.split("\n")]
        for hook in sending.hooks:
            response = self.library.Response(
                reply.status, headers=headers, content=reply.content, request=outgoing, extensions=sending.extensions
            )
            response.elapsed = timedelta(seconds=sending.elapsed)
            try:
                settle(hook(response))
            except _PASSED_ON:
                raise
            except Exception as error:
                log.record(logging.WARNING, "a response hook of http_client failed", reason=type(error).__name__)


class ClientBody:
    """The reply to a GET of a file, its body still to come."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = _headers(response)
        self._response = response

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it arrives. Raises TransportError where it is cut."""
        with _translated():
            for chunk in self._response.iter_raw():
                yield chunk


class _Sending:
    """How far a request came, as the library traces it; each phase gets only the time that is left."""

    def __init__(self, seconds: float) -> None:
        connect = min(seconds, CONNECT_SECONDS)
        self.timeouts = {"connect": connect, "read": seconds, "write": seconds, "pool": seconds}
        self.hooks: list[Any] = []
        self.extensions: Any = {}
        """Of the response."""
        self.knows = False
        """Whether a transport sends whose trace can be believed."""
        self.rest = b""
        """What came behind the body of the response, or in a form that the library does not read."""
        self._start = time.monotonic()
        self._end = self._start + seconds
        self._is_handed_over = False
        self._has_begun = False

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith("send_request_headers.started") and _method(info) != b"CONNECT":
            self._has_begun = True
        remaining = max(self._end - time.monotonic(), 0.001)
        self.timeouts.update(read=remaining, write=remaining)

    def begin(self, *, knows: bool) -> None:
        """Note that a transport takes the request over; `knows`: one whose trace can be believed."""
        self._is_handed_over, self.knows = True, knows

    def left(self, outgoing: Any) -> Left:
        """Return what left of the request, as far as the trace shows it."""
        if self._has_begun:
            return Left.SOME
        is_traced = self.knows and outgoing.extensions.get("trace") is self
        return Left.NOTHING if is_traced or not self._is_handed_over else Left.UNKNOWN

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._start

    @property
    def remaining(self) -> float:
        """Seconds that are left."""
        return max(self._end - time.monotonic(), 0.0)

    @property
    def is_late(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._end


class _translated:
    """Turns whatever a library raises into TransportError."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, (*_PASSED_ON, StopIteration)):
            raise TransportError(Left.UNKNOWN, describe(error)) from bare(error)


def _read(response: Any, received: Received, sending: _Sending) -> None:
    if response.is_stream_consumed and response.is_closed:  # a mock made it with its content: it is decoded already
        received.begin(response.status_code, _headers(response, is_decoded=True))
        received.add(response.content)
        return
    received.begin(response.status_code, _headers(response))
    parser = _parser_of(response) if sending.knows else None
    try:
        # Read to its end, the stream still has its connection, which the next request may use once it is closed.
        for chunk in response.iter_raw() if parser is None else response.stream:
            received.add(chunk)
            if sending.is_late:
                raise TimeoutError("the reply did not end in time")
    finally:
        sending.rest = _unread_bytes(parser)


def _parser_of(response: Any) -> Any:
    """Return the parser of the connection that a response of the library's own transport comes by."""
    part = response.stream
    for name in ("_httpcore_stream", "_stream", "_connection", "_h11_state"):
        part = getattr(part, name, None)
    return part


def _parser_in(error: BaseException | None) -> Any:
    """Return the parser of the connection at which a request of the library's own transport failed."""
    while error is not None:
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        parsers = (getattr(frame.f_locals.get("self"), "_h11_state", None) for frame in reversed(frames))
        parser = next((each for each in parsers if each is not None), None)
        if parser is not None:
            return parser
        error = error.__cause__ or error.__context__
    return None


def _unread_bytes(parser: Any) -> bytes:
    """Return what has come to a parser and is not HTTP, or is behind the end of the response."""
    trailing = getattr(parser, "trailing_data", (b"",))[0]
    return bytes(trailing) if isinstance(trailing, bytes | bytearray) else b""


def _headers(response: Any, *, is_decoded: bool = False) -> dict[str, str]:
    headers = by_lower_name(response.headers.multi_items())
    if is_decoded:
        headers.pop("content-encoding", None)
        headers.pop("content-length", None)
    return headers


def _method(info: Mapping[str, Any]) -> bytes:
    method: bytes = getattr(info.get("request"), "method", b"")
    return method


def our_client(library: ModuleType, base_url: str) -> Any:
    """Return a client of ours: for requests that something patched into the library is meant to see."""
    options: dict[str, Any] = {"trust_env": not is_loopback_url(base_url), "follow_redirects": False}
    transport = library.HTTPTransport
    if transport.__module__.partition(".")[0] != library.__name__:  # a client would take the library's own
        options["transport"] = transport(verify=network.tls_context())
    return library.Client(verify=network.tls_context(), **options)
