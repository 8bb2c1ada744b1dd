"""Network streams of an asynchronous connection: they know whether a byte of a request left. The sync twin is by hand.

Times are the caller's, who interrupts the whole request at its deadline.
"""

from __future__ import annotations

import asyncio
import select
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from ..delivery import CONNECT_SECONDS

_PAUSE_READING_AT = 512 * 1024


class AsyncConnectionStream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One TCP connection, with or without TLS."""

    def __init__(self, network: AsyncNetwork) -> None:
        self._network = network
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._is_at_end = False
        self._error: BaseException | None = None
        self._arrival: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None
        self._is_paused = False

    # asyncio calls these.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what writes: the socket's transport, later that of TLS."""
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Keep what arrived, and stop reading where nobody takes it."""
        self._data += data
        if len(self._data) > _PAUSE_READING_AT and not self._is_paused and self._transport is not None:
            self._is_paused = True
            self._transport.pause_reading()
        _wake(self._arrival)

    def eof_received(self) -> bool:
        """Note that the server sends no more."""
        self._is_at_end = True
        _wake(self._arrival)
        return False

    def connection_lost(self, error: BaseException | None) -> None:
        """Wake whoever waits: nothing more comes or goes."""
        self._is_at_end, self._error = True, error
        _wake(self._arrival)
        _wake(self._room)

    def pause_writing(self) -> None:
        """Let a writer wait until the buffers have room."""
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Let the writer go on."""
        _wake(self._room)
        self._room = None

    # httpcore calls these.

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has arrived, at least a byte; nothing at the end."""
        if not self._data and not self._is_at_end:
            self._arrival = asyncio.get_running_loop().create_future()
            try:
                await self._arrival
            finally:
                self._arrival = None
        if self._error is not None and not self._data:
            raise httpcore.ReadError(str(self._error)) from self._error
        data = bytes(self._data[:max_bytes])
        del self._data[:max_bytes]
        if self._is_paused and self._transport is not None:
            self._is_paused = False
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, and wait until the buffers have room again."""
        buffer = self._network.joined(buffer)
        if not buffer:
            return
        if self._transport is None or self._transport.is_closing():
            raise httpcore.WriteError("the connection is closed") from self._error
        self._network.writes()
        self._transport.write(buffer)
        if self._room is not None:
            await self._room

    async def aclose(self) -> None:
        """Close."""
        if self._transport is not None:
            self._transport.close()

    def drop(self) -> None:
        """Close at once, whatever state the connection is in. Never waits."""
        if self._transport is not None:
            self._transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Go on in TLS."""
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                transport = await loop.start_tls(self._transport, self, ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            self.drop()
            raise httpcore.ConnectTimeout("TLS took too long") from error
        except (OSError, ssl.CertificateError, ValueError) as error:
            self.drop()
            raise httpcore.ConnectError(str(error) or "the connection was closed during TLS") from error
        if transport is None:
            raise httpcore.ConnectError("the connection was closed during TLS")
        self._transport = transport
        self._network.secured()
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks of a stream."""
        if self._transport is None:
            return None
        if info == "is_readable":
            if self._is_at_end or self._data or self._transport.is_closing():
                return True
            return _is_readable(self._transport.get_extra_info("socket"))
        return self._transport.get_extra_info({"client_addr": "sockname", "server_addr": "peername"}.get(info, info))


class AsyncNetwork(httpcore.AsyncNetworkBackend):
    """Opens the streams of one connection. `left`: whether a byte of a request was written since `begin`."""

    def __init__(self, *, is_tunnel: bool) -> None:
        self.left = False
        self._is_tunnel = is_tunnel
        """What goes out before TLS with the server is for a proxy alone."""
        self._counts = not is_tunnel
        self._wrote = False
        self._holds_head, self._head = False, b""
        self._stream: AsyncConnectionStream | None = None

    def begin(self, timeout: float, *, has_body: bool = False) -> None:
        """Start to count for one request."""
        self.left = False
        self._holds_head, self._head = has_body, b""

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

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect."""
        self._counts, self._wrote = not self._is_tunnel, False
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, self._stream = await loop.create_connection(lambda: AsyncConnectionStream(self), host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("no connection in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        return self._stream

    def drop(self) -> None:
        """Close the connection at once. Never waits."""
        if self._stream is not None:
            self._stream.drop()

    def abandon(self) -> None:
        """Let go of a connection of another process or of a loop that has ended: nothing may be sent on it."""
        self._stream = None

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)


def _is_readable(sock: Any) -> bool:
    if sock is None or sock.fileno() < 0:
        return True
    if not hasattr(select, "poll"):
        return bool(select.select([sock.fileno()], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLIN)
    return bool(poll.poll(0))
