# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The transport that is used where the caller gives no client: HTTP/1.1 by h11 over streams that know what left.

One connection for each place at the gate, so that nothing is searched or waited for. Connections belong to one process
and one event loop: after a fork, and in another loop, new ones are made.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import h11

from .. import network
from ..delivery import Left, Received, TransportError, bare, describe
from ..headers import by_lower_name
from ..hosts import Target
from ..network import WriteError, WriteTimeout
from ..reply import HTTPReply, whole_reply
from ..request import WireRequest
from .primitives import Owned, within
from .streams import Stream, connect
from .tunnels import open_proxy, open_tunnel, proxy_authorization, start_tls

KEEP_ALIVE_SECONDS = 5.0
LARGEST_HEAD = 1024 * 1024
"""Bytes of the head of a reply, or of the size line of a chunk."""
MOST_FRAMED = 64
"""Lengths of bodies for which the checked headers of an operation are kept."""
_READ = 64 * 1024
_READ_OF_A_FILE = 256 * 1024
_NETWORK_ERRORS = (OSError, EOFError, UnicodeError, h11.ProtocolError)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Connections:
    """The connections of one client."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._scheme, self._host = parts.scheme, parts.hostname or ""
        self._port = parts.port or _DEFAULT_PORTS[parts.scheme]
        self._skip = len(f"{parts.scheme}://{parts.netloc}")
        host = f"[{self._host}]" if ":" in self._host else self._host
        self._authority = (host if parts.port is None else f"{host}:{parts.port}").encode("ascii")
        self._lanes: Owned[Lane] = Owned()
        self._is_closed = False

    def send(self, request: WireRequest, timeout: float, received: Received) -> HTTPReply:
        """Send once and read the whole reply within so many seconds, noting in `received` what has come so far."""
        try:
            outgoing = self._outgoing(request)
        except h11.ProtocolError as error:
            raise TransportError(Left.NOTHING, describe(error)) from bare(error)
        lane = self._lanes.take() or self._lane()
        try:
            return lane.send(outgoing, timeout, received)
        finally:
            self._lanes.give(lane)
            if self._is_closed:
                self.close()

    @contextmanager
    def open(
        self, target: Target, headers: Mapping[str, str], timeout: float, address: str | None = None
    ) -> Iterator[FileBody]:
        """GET a file without credentials over a connection of its own."""
        lane = Lane(target.scheme, target.host, target.port, address)
        try:
            head = [(b"Host", target.authority.encode("ascii"))]
            head += [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
            with _translated(lane):
                with within(timeout):
                    response = lane.begin(
                        Outgoing("GET", target.path.encode("ascii"), checked_headers(head), None), timeout
                    )
            yield FileBody(lane, response, timeout)
        finally:
            lane.close()

    def resolves(self, target: Target) -> bool:
        """Return whether names of hosts are resolved by this machine; a proxy does it by itself."""
        return network.proxy_for(target.scheme, target.host, target.port) is None

    def close(self) -> None:
        """Close the connections of this process and loop, those in use as soon as they are not."""
        self._is_closed = True
        while (lane := self._lanes.take()) is not None:
            lane.close()

    def _outgoing(self, request: WireRequest) -> Outgoing:
        """Return the request as it is sent. No frame that waits has its headers as a local: the key is among them."""
        has_length = request.body is not None or request.method not in {"GET", "HEAD"}
        length = len(request.body or b"") if has_length else None
        target = request.target[self._skip :].encode("ascii") or b"/"
        cache = request.headers.wire_headers
        headers = cache.get((self._authority, length))
        if headers is None:
            outgoing = [(b"Host", self._authority), *request.headers.encoded()]
            if length is not None:
                outgoing.append((b"Content-Length", b"%d" % length))
            headers = checked_headers(outgoing)
            if len(cache) >= MOST_FRAMED:
                cache.clear()
            cache[self._authority, length] = headers
        return Outgoing(request.method, target, headers, request.body)

    def _lane(self) -> Lane:
        return self._lanes.add(Lane(self._scheme, self._host, self._port))


class Outgoing:
    """A request as it is sent: its target without the origin, its framing headers included."""

    __slots__ = ("body", "headers", "method", "target")

    def __init__(self, method: str, target: bytes, headers: Any, body: bytes | None) -> None:
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body


class Lane:
    """One connection, and the next one when that is gone. `address`: where to connect to in place of the name."""

    __slots__ = ("_address", "_forwarding", "_host", "_http", "_idle_since", "_port", "_scheme", "_stream", "has_sent")

    def __init__(self, scheme: str, host: str, port: int, address: str | None = None) -> None:
        self._scheme, self._host, self._port = scheme, host, port
        self._address = address or host
        self._stream: Stream | None = None
        self._http = _http()
        self._forwarding: tuple[bytes, list[tuple[bytes, bytes]]] | None = None
        """What a proxy that forwards requests wants: the origin before the target, and headers of its own."""
        self.has_sent = False
        """Whether a byte of the last request was written."""

    def send(self, outgoing: Outgoing, timeout: float, received: Received) -> HTTPReply:
        """Send once and read the whole reply within so many seconds."""
        fault: str | None = None
        try:
            with within(timeout):
                response = self.begin(outgoing, timeout)
                received.begin(response.status_code, by_name(response.headers))
                while (chunk := self.chunk(_READ)) is not None:
                    received.add(chunk)
        except _NETWORK_ERRORS as error:
            self.drop()
            if received.status is None:
                raise TransportError(self.left, describe(error), self._http.trailing_data[0]) from bare(error)
            fault = describe(error)
        except BaseException:
            self.drop()
            raise
        return whole_reply(received, fault, self._http.trailing_data[0])

    def begin(self, outgoing: Outgoing, timeout: float) -> h11.Response:
        """Send once and return the head of the response; `chunk` returns its body."""
        self.has_sent = False
        stream = self._stream
        if stream is None or time.monotonic() - self._idle_since > KEEP_ALIVE_SECONDS or stream.is_readable():
            self.drop()
            stream = self._connect(timeout)
            self._http = _http()
        stream.limit(timeout)
        stream.wrote = False
        try:
            stream.write(self._request_bytes(outgoing))
        except WriteTimeout:
            raise
        except WriteError:
            pass  # the server may have answered before it had read all, and closed: then its reply counts
        finally:
            self.has_sent = stream.wrote
        event = self._event(_READ)
        if not isinstance(event, h11.Response):
            raise h11.RemoteProtocolError("the server sent no HTTP response")
        return event

    def chunk(self, most: int) -> bytes | None:
        """Return more of the body, or None at its end: then the connection is ready for the next request."""
        event = self._event(most)
        if isinstance(event, h11.Data):
            return event.data
        http = self._http
        if http.our_state is h11.DONE and http.their_state is h11.DONE and not http.trailing_data[0]:
            http.start_next_cycle()
            self._idle_since = time.monotonic()
        else:  # the server closes the connection, or sent bytes that nobody asked for
            self.drop()
        return None

    def limit(self, timeout: float) -> None:
        """Give what follows so many seconds."""
        if self._stream is not None:
            self._stream.limit(timeout)

    @property
    def left(self) -> Left:
        """How much of the last request left."""
        return Left.SOME if self.has_sent else Left.NOTHING

    def drop(self) -> None:
        """Close the connection at once, whatever state it is in. Never waits."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.drop()

    def abandon(self) -> None:
        """Let go of a connection that belongs to another process."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abandon()

    def close(self) -> None:
        """Close the connection."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _request_bytes(self, outgoing: Outgoing) -> bytes:
        """Return the whole request as bytes: one packet has both the head and the body."""
        http, target, headers = self._http, outgoing.target, outgoing.headers
        if self._forwarding is not None:
            target, headers = self._forwarding[0] + target, [*headers.raw_items(), *self._forwarding[1]]
        data = http.send(h11.Request(method=outgoing.method, target=target, headers=headers)) or b""
        if outgoing.body:
            data += http.send(h11.Data(data=outgoing.body)) or b""
        http.send(h11.EndOfMessage())  # which adds nothing: the head has the length of the body
        return data

    def _event(self, most: int) -> object:
        """Return the next event of the reply that is not an interim response."""
        http, stream = self._http, self._stream
        assert stream is not None
        while True:
            event = http.next_event()
            if event is h11.NEED_DATA:
                data = stream.read(most)
                if not data and http.their_state is h11.SEND_RESPONSE:
                    raise h11.RemoteProtocolError("the server disconnected without a reply")
                http.receive_data(data)
            elif not isinstance(event, h11.InformationalResponse):
                return event

    def _connect(self, timeout: float) -> Stream:
        """Return a new connection, through the proxy that the environment names, if it names one."""
        proxy = network.proxy_for(self._scheme, self._host, self._port)
        is_secure = self._scheme == "https"
        context = network.tls_context() if is_secure else None
        self._forwarding = None
        if proxy is None:
            self._stream = connect(self._address, self._port, timeout)
        elif is_secure or proxy.is_socks:
            self._stream = open_tunnel(proxy, self._address, self._port, timeout)
        else:
            host = f"[{self._address}]" if ":" in self._address else self._address
            self._forwarding = f"http://{host}:{self._port}".encode("ascii"), proxy_authorization(proxy)
            self._stream = open_proxy(proxy, timeout)
        if context is not None:
            self._stream.limit(timeout)
            self._stream = start_tls(self._stream, context, self._host)
        return self._stream


class FileBody:
    """The reply to a GET of a file, its body still to come."""

    def __init__(self, lane: Lane, response: h11.Response, timeout: float) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = by_name(response.headers)
        self._lane = lane
        self._timeout = timeout

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it arrives. Raises TransportError where it is cut, or where nothing comes for too long."""
        with _translated(self._lane):
            while True:
                self._lane.limit(self._timeout)
                with within(self._timeout):
                    chunk = self._lane.chunk(_READ_OF_A_FILE)
                if chunk is None:
                    return
                yield chunk


class _translated:
    """Turns the errors of the network into TransportError."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, _NETWORK_ERRORS):
            raise TransportError(self._lane.left, describe(error)) from bare(error)


def checked_headers(headers: list[tuple[bytes, bytes]]) -> Any:
    """Return headers as h11 has checked them: it does not check them again."""
    return h11.Request(method="GET", target="/", headers=headers).headers


def by_name(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name; what stands twice is joined."""
    return by_lower_name((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def _http() -> h11.Connection:
    return h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)
