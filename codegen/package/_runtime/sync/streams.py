"""Network streams of a synchronous connection: they know whether a byte was written, and when it has to be over.

aio/streams.py in sync, written by hand: a thread cannot be interrupted, so each read and write gets the time that
is left until the deadline of the whole request.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from typing import Any

from ..delivery import CONNECT_SECONDS
from ..network import (
    ConnectError,
    ConnectTimeout,
    NetworkError,
    ReadError,
    ReadTimeout,
    WriteError,
    WriteTimeout,
    is_readable,
)

_RECORD = 64 * 1024


class Stream:
    """One TCP connection. `wrote`: whether a byte was written since it was set to False."""

    __slots__ = ("_end", "_socket", "wrote")

    def __init__(self, sock: socket.socket) -> None:
        self.wrote = False
        self._socket = sock
        self._end = 0.0

    def limit(self, seconds: float) -> None:
        """Give what follows so many seconds in all: real ones, whatever the client's clock says."""
        self._end = time.monotonic() + seconds

    def read(self, max_bytes: int) -> bytes:
        """Return what has arrived, at least a byte; nothing at the end."""
        try:
            self._socket.settimeout(_remaining(self._end))
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise ReadTimeout("the reply did not come in time") from error
        except OSError as error:
            raise ReadError(str(error)) from error

    def write(self, data: bytes) -> None:
        """Send all of it."""
        try:
            self._socket.settimeout(_remaining(self._end))
            self.wrote = True
            self._socket.sendall(data)  # its timeout is for all of it
        except TimeoutError as error:
            raise WriteTimeout("the request did not leave in time") from error
        except OSError as error:
            raise WriteError(str(error)) from error

    def start_tls(self, context: ssl.SSLContext, server_hostname: str) -> TLSStream:
        """Go on in TLS, and return the stream to use from then on."""
        return _secured(self, context, server_hostname)

    def is_readable(self) -> bool:
        """Return whether bytes or the end have arrived, or the connection is closed."""
        return is_readable(self._socket)

    def close(self) -> None:
        """Close."""
        self._socket.close()

    def drop(self) -> None:
        """Close at once, whatever state the connection is in."""
        self._socket.close()

    def abandon(self) -> None:
        """Let go of a connection of another process: its socket is closed here and nothing is sent on it."""
        self._socket.close()


class TLSStream(Stream):
    """TLS over another stream, which may be TLS itself: a proxy that is spoken to by https."""

    __slots__ = ("_incoming", "_inner", "_outgoing", "_tls")

    def __init__(self, inner: Stream, context: ssl.SSLContext, server_hostname: str) -> None:
        self.wrote = False
        self._inner = inner
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_hostname)

    def handshake(self) -> None:
        """Agree on keys, and verify the server."""
        self._run(self._tls.do_handshake)

    def limit(self, seconds: float) -> None:
        """Give what follows so many seconds in all."""
        self._inner.limit(seconds)

    def read(self, max_bytes: int) -> bytes:
        """Return what has arrived, at least a byte; nothing at the end."""
        try:
            return bytes(self._run(self._tls.read, max_bytes))
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            return b""
        except NetworkError:
            raise
        except OSError as error:
            raise ReadError(str(error)) from error

    def write(self, data: bytes) -> None:
        """Send all of it."""
        self.wrote = True
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._run(self._tls.write, rest) :]
        except NetworkError:
            raise
        except OSError as error:
            raise WriteError(str(error)) from error

    def start_tls(self, context: ssl.SSLContext, server_hostname: str) -> TLSStream:
        """Go on in a second TLS within this one."""
        return _secured(self, context, server_hostname)

    def is_readable(self) -> bool:
        """Return whether bytes or the end have arrived, or the connection is closed."""
        return self._tls.pending() > 0 or self._inner.is_readable()

    def close(self) -> None:
        """Close."""
        self._inner.close()

    def drop(self) -> None:
        """Close at once, whatever state the connection is in."""
        self._inner.drop()

    def abandon(self) -> None:
        """Let go of a connection of another process."""
        self._inner.abandon()

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
                    self._inner.write(self._outgoing.read())
            if not wants_more:
                return result
            data = self._inner.read(_RECORD)
            if data:
                self._incoming.write(data)
            else:
                self._incoming.write_eof()


def connect(host: str, port: int, seconds: float) -> Stream:
    """Connect to the first address of the host that answers, within so many seconds and within CONNECT_SECONDS."""
    end = time.monotonic() + min(seconds, CONNECT_SECONDS)
    problem: Exception = OSError("the host has no address")
    try:
        for family, kind, protocol, _, address in _resolve(host, port, end):
            try:
                return Stream(_connected(family, kind, protocol, address, end))
            except OSError as error:
                problem = error
            if time.monotonic() >= end:
                raise TimeoutError("no connection in time")
        raise problem
    except TimeoutError as error:
        raise ConnectTimeout("no connection in time") from error
    except (OSError, UnicodeError) as error:
        raise ConnectError(str(error)) from error


def _remaining(end: float) -> float:
    """Return the seconds until a deadline. Raises TimeoutError where none are left."""
    seconds = end - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the time is up")
    return seconds


def _secured(inner: Stream, context: ssl.SSLContext, name: str) -> TLSStream:
    try:
        stream = TLSStream(inner, context, name)
        stream.handshake()
    except (ReadTimeout, WriteTimeout) as error:
        raise ConnectTimeout("TLS took too long") from error
    except (OSError, ValueError) as error:
        raise ConnectError(str(error) or "the connection was closed during TLS") from error
    return stream


def _connected(family: int, kind: int, protocol: int, address: Any, end: float) -> socket.socket:
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(max(end - time.monotonic(), 0.001))
        sock.connect(address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock
    except BaseException:
        sock.close()
        raise


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
