"""Network streams of an async connection. They know whether a byte was written. The sync file is hand-written too.

The caller interrupts the whole request at its deadline; the streams only bound how long a connection may take.
"""

from __future__ import annotations

import asyncio
import ssl

from ..delivery import CONNECT_SECONDS
from ..network import ConnectError, ConnectTimeout, ReadError, WriteError, is_readable

_PAUSE_READING_AT = 512 * 1024
_CLOSED_DURING_TLS = "the connection was closed during TLS"


class AsyncStream(asyncio.Protocol):
    """One TCP connection, with or without TLS. `wrote`: whether a byte was written since it was set to False."""

    __slots__ = ("_arrival", "_data", "_error", "_is_at_end", "_is_paused", "_room", "_transport", "wrote")

    def __init__(self) -> None:
        self.wrote = False
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

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake whoever waits: nothing more comes or goes."""
        self._is_at_end, self._error = True, exc
        _wake(self._arrival)
        _wake(self._room)

    def pause_writing(self) -> None:
        """Let a writer wait until the buffers have room."""
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Let the writer go on."""
        _wake(self._room)
        self._room = None

    # A connection calls these.

    def limit(self, seconds: float) -> None:
        """Do nothing: the caller interrupts at the deadline. The sync side cannot be interrupted."""

    async def read(self, max_bytes: int) -> bytes:
        """Return what has arrived, at least a byte; nothing at the end."""
        if not self._data and not self._is_at_end:
            self._arrival = asyncio.get_running_loop().create_future()
            try:
                await self._arrival
            finally:
                self._arrival = None
        if self._error is not None and not self._data:
            raise ReadError(str(self._error)) from self._error
        data = bytes(memoryview(self._data)[:max_bytes])
        del self._data[:max_bytes]
        if self._is_paused and self._transport is not None:
            self._is_paused = False
            self._transport.resume_reading()
        return data

    async def write(self, data: bytes) -> None:
        """Send, and wait until the buffers have room again."""
        if self._transport is None or self._transport.is_closing():
            raise WriteError("the connection is closed") from self._error
        self.wrote = True
        self._transport.write(data)
        del data  # it has a key, and what shows the local variables of an interrupted call would show it
        if self._room is not None:
            await self._room

    async def start_tls(self, context: ssl.SSLContext, server_hostname: str) -> AsyncStream:
        """Go on in TLS, and return the stream to use from then on."""
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                transport = await loop.start_tls(self._transport, self, context, server_hostname=server_hostname)
        except TimeoutError as error:
            raise ConnectTimeout("TLS took too long") from error
        except (OSError, ssl.CertificateError, ValueError) as error:
            raise ConnectError(str(error) or _CLOSED_DURING_TLS) from error
        if transport is None:
            raise ConnectError(_CLOSED_DURING_TLS)
        self._transport = transport
        return self

    def is_readable(self) -> bool:
        """Return whether bytes or the end have arrived, or the connection is closed."""
        if self._is_at_end or self._data or self._transport is None or self._transport.is_closing():
            return True
        return is_readable(self._transport.get_extra_info("socket"))

    async def aclose(self) -> None:
        """Close."""
        if self._transport is not None:
            self._transport.close()

    def drop(self) -> None:
        """Close at once, whatever state the connection is in. Never waits."""
        if self._transport is not None:
            self._transport.abort()

    def abandon(self) -> None:
        """Let go of a connection of another process or of a loop that has ended: nothing may be sent on it."""
        self._transport = None


async def connect(host: str, port: int, seconds: float) -> AsyncStream:
    """Connect to the first address of a host that answers."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _, stream = await loop.create_connection(AsyncStream, host, port)
    except TimeoutError as error:
        raise ConnectTimeout("no connection in time") from error
    except (OSError, UnicodeError) as error:
        raise ConnectError(str(error)) from error
    return stream


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)
