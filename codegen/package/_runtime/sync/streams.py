"""Network streams of a synchronous connection: they know whether a byte of a request left, and when it has to be over.

The twin of aio/streams.py, written by hand: a thread cannot be interrupted, so each read and write gets the time that
is left until the deadline of the whole request.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from ..delivery import CONNECT_SECONDS

_RECORD = 64 * 1024


class ConnectionStream(httpcore.NetworkStream):
    """One TCP connection."""

    def __init__(self, network: Network, sock: socket.socket) -> None:
        self._network = network
        self._socket = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has arrived, at least a byte; nothing at the end."""
        try:
            self._socket.settimeout(self._network.remaining())
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout("the reply did not come in time") from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        buffer = self._network.joined(buffer)
        if buffer:
            self._network.writes()
            self.put(buffer)

    def put(self, buffer: bytes) -> None:
        """Send bytes that belong to TLS or to a request that is counted already."""
        try:
            self._socket.settimeout(self._network.remaining())
            self._socket.sendall(buffer)  # its timeout is for all of it
        except TimeoutError as error:
            raise httpcore.WriteTimeout("the request did not leave in time") from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Close."""
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on in TLS."""
        return _secured(self, self._network, ssl_context, server_hostname)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks of a stream."""
        if info == "is_readable":
            return _is_readable(self._socket)
        if info == "client_addr":
            return self._socket.getsockname()
        if info == "server_addr":
            return self._socket.getpeername()
        return self._socket if info == "socket" else None


class TLSStream(httpcore.NetworkStream):
    """TLS over another stream, which may be TLS itself: a proxy that is spoken to by https."""

    def __init__(self, inner: Any, network: Network, context: ssl.SSLContext, server_hostname: str | None) -> None:
        self._inner = inner
        self._network = network
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_hostname)

    def handshake(self) -> None:
        """Agree on keys, and verify the server."""
        self._run(self._tls.do_handshake)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has arrived, at least a byte; nothing at the end."""
        try:
            return bytes(self._run(self._tls.read, max_bytes))
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            return b""
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        buffer = self._network.joined(buffer)
        if buffer:
            self._network.writes()
            self.put(buffer)

    def put(self, buffer: bytes) -> None:
        """Send bytes that belong to TLS or to a request that is counted already."""
        try:
            rest = memoryview(buffer)
            while rest:
                rest = rest[self._run(self._tls.write, rest) :]
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Close."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on in a second TLS within this one."""
        return _secured(self, self._network, ssl_context, server_hostname)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks of a stream."""
        if info == "ssl_object":
            return self._tls
        if info == "is_readable" and self._tls.pending():
            return True
        return self._inner.get_extra_info(info)

    def _run(self, action: Any, *arguments: Any) -> Any:
        """Do one thing of TLS, with as many records to and fro as it takes."""
        while True:
            wants_more = False
            try:
                result = action(*arguments)
            except ssl.SSLWantReadError:
                wants_more, result = True, None
            finally:
                if self._outgoing.pending:
                    self._inner.put(self._outgoing.read())
            if not wants_more:
                return result
            data = self._inner.read(_RECORD)
            if data:
                self._incoming.write(data)
            else:
                self._incoming.write_eof()


class Network(httpcore.NetworkBackend):
    """Opens the streams of one connection. `left`: whether a byte of a request was written since `begin`."""

    def __init__(self, *, is_tunnel: bool) -> None:
        self.left = False
        self._is_tunnel = is_tunnel
        """What goes out before TLS with the server is for a proxy alone."""
        self._counts = not is_tunnel
        self._wrote = False
        self._holds_head, self._head = False, b""
        self._socket: socket.socket | None = None
        self._end = 0.0

    def begin(self, timeout: float, *, has_body: bool = False) -> None:
        """Start to count for one request, which has so many seconds: real ones, whatever the client's clock says."""
        self.left = False
        self._holds_head, self._head = has_body, b""
        self._end = time.monotonic() + timeout

    def remaining(self) -> float:
        """Return the seconds that are left. Raises TimeoutError where none are."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("the time is up")
        return seconds

    def joined(self, buffer: bytes) -> bytes:
        """Return what is to be sent now: the head of a request waits for its body, so that one packet has both."""
        if self._holds_head and self._counts:
            self._holds_head, self._head = False, buffer
            return b""
        head, self._head = self._head, b""
        return head + buffer

    def writes(self) -> None:
        """Note that bytes are about to go out."""
        self._wrote = True
        self.left = self.left or self._counts

    def secured(self) -> None:
        """Note that TLS stands: through a tunnel, that of the proxy comes first and that of the server after it."""
        self._counts = self._counts or self._wrote

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers."""
        self._counts, self._wrote = not self._is_tunnel, False
        end = min(self._end, time.monotonic() + CONNECT_SECONDS)
        problem: Exception = OSError("the host has no address")
        try:
            for family, kind, protocol, _, address in _resolve(host, port, end):
                try:
                    self._socket = _connect(family, kind, protocol, address, end)
                    return ConnectionStream(self, self._socket)
                except OSError as error:
                    problem = error
                if time.monotonic() >= end:
                    raise TimeoutError("no connection in time")
            raise problem
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("no connection in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error

    def drop(self) -> None:
        """Close the connection at once, whatever state it is in."""
        if self._socket is not None:
            self._socket.close()

    def abandon(self) -> None:
        """Let go of a connection of another process: its socket is closed here and nothing is sent on it."""
        self.drop()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def _secured(inner: Any, network: Network, context: ssl.SSLContext, name: str | None) -> httpcore.NetworkStream:
    try:
        stream = TLSStream(inner, network, context, name)
        stream.handshake()
    except (httpcore.ReadTimeout, httpcore.WriteTimeout) as error:
        inner.close()
        raise httpcore.ConnectTimeout("TLS took too long") from error
    except (OSError, ValueError, httpcore.NetworkError) as error:
        inner.close()
        raise httpcore.ConnectError(str(error) or "the connection was closed during TLS") from error
    network.secured()
    return stream


def _connect(family: int, kind: int, protocol: int, address: Any, end: float) -> socket.socket:
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(max(end - time.monotonic(), 0.001))
        sock.connect(address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock


def _resolve(host: str, port: int, end: float) -> list[Any]:
    """Return the addresses of a host. A look-up that hangs cannot be interrupted: it is left behind at the deadline."""
    found: list[Any] = []
    if _is_numeric(host):
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)

    def look_up() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except BaseException as error:
            found.append(error)

    thread = threading.Thread(target=look_up, name="look-up", daemon=True)
    thread.start()
    thread.join(max(end - time.monotonic(), 0.001))
    if not found:
        raise TimeoutError("the name was not resolved in time")
    if isinstance(found[0], BaseException):
        raise found[0]
    return list(found[0])


def _is_numeric(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdecimal()


def _is_readable(sock: socket.socket) -> bool:
    if sock.fileno() < 0:
        return True
    if not hasattr(select, "poll"):
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLIN)
    return bool(poll.poll(0))
