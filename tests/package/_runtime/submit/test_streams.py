"""A connection's bytes: both sides hold the other back, and say why nothing more comes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from codegen.package._runtime.aio import streams
from codegen.package._runtime.network import ConnectError, ConnectTimeout, ReadError, WriteError, tls_context

CHUNK = b"x" * 65_536


def connected(work: Callable[[streams.AsyncStream, socket.socket], Awaitable[Any]]) -> Any:
    """Do some work with a stream and the socket at its other end."""

    async def run() -> Any:
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        loop = asyncio.get_running_loop()
        _, stream = await loop.create_connection(streams.AsyncStream, sock=ours)
        try:
            return await asyncio.wait_for(work(stream, theirs), 20)
        finally:
            await stream.aclose()
            theirs.close()

    return asyncio.run(run())


async def turns(number: int = 20) -> None:
    """Let the loop do what is due."""
    for _ in range(number):
        await asyncio.sleep(0)


def test_a_server_is_held_back_while_nobody_takes_its_bytes_and_none_is_lost() -> None:
    async def work(stream: streams.AsyncStream, server: socket.socket) -> None:
        for _ in range(2):  # held back, let go on, and held back again
            sent = 0
            for _ in range(400):
                try:
                    sent += server.send(CHUNK)
                except BlockingIOError:
                    await turns()
            assert len(CHUNK) < sent < 100 * len(CHUNK)
            received = 0
            while received < sent:
                received += len(await stream.read(1 << 20))
            assert received == sent

    connected(work)


def test_a_writer_waits_until_the_server_takes_its_bytes() -> None:
    async def work(stream: streams.AsyncStream, server: socket.socket) -> None:
        content = b"".join(bytes([number]) * 65_536 for number in range(100))
        writing = asyncio.create_task(stream.write(content))
        await turns()
        assert stream.wrote
        assert not writing.done()
        received = b""
        while len(received) < len(content):
            received += await asyncio.get_running_loop().sock_recv(server, 1 << 20)
        await writing
        assert received == content
        await stream.write(b"more")
        assert await asyncio.get_running_loop().sock_recv(server, 10) == b"more"

    connected(work)


def test_reading_gives_what_has_arrived_and_nothing_at_the_end() -> None:
    async def work(stream: streams.AsyncStream, server: socket.socket) -> None:
        assert not stream.is_readable()
        waiting = asyncio.create_task(stream.read(3))
        await turns()
        assert not waiting.done()
        server.send(b"abcde")
        assert await waiting == b"abc"
        assert stream.is_readable()
        assert await stream.read(3) == b"de"
        assert not stream.is_readable()
        server.shutdown(socket.SHUT_WR)
        assert await stream.read(3) == b""
        assert stream.is_readable()

    connected(work)


@pytest.mark.parametrize("end", ["aclose", "drop", "abandon"])
def test_nothing_is_written_to_a_connection_that_is_let_go_of(end: str) -> None:
    async def work(stream: streams.AsyncStream, server: socket.socket) -> None:
        transport = stream._transport
        leaving = getattr(stream, end)()
        if leaving is not None:
            await leaving
        with pytest.raises(WriteError, match="the connection is closed"):
            await stream.write(b"a")
        assert not stream.wrote
        assert stream.is_readable()
        assert transport is not None
        assert transport.is_closing() is (end != "abandon")
        transport.abort()

    connected(work)


def test_a_connection_that_breaks_says_why_once_its_bytes_are_read() -> None:
    async def work(stream: streams.AsyncStream, server: socket.socket) -> None:
        stream.data_received(b"ab")
        stream.connection_lost(ConnectionResetError("reset by peer"))
        assert await stream.read(10) == b"ab"
        with pytest.raises(ReadError, match="reset by peer"):
            await stream.read(10)

    connected(work)


def test_tls_and_a_connection_have_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "CONNECT_SECONDS", 0.0)

    async def work(stream: streams.AsyncStream, server: socket.socket) -> None:
        with pytest.raises(ConnectTimeout, match="TLS took too long"):
            await stream.start_tls(tls_context(), "a.invalid")
        listener = socket.create_server(("127.0.0.1", 0))
        with listener, pytest.raises(ConnectTimeout, match="no connection in time"):
            await streams.connect("127.0.0.1", listener.getsockname()[1], 5.0)

    connected(work)


def test_a_connection_that_ends_during_tls_or_is_refused_is_no_connection() -> None:
    async def work(stream: streams.AsyncStream, server: socket.socket) -> None:
        server.close()
        with pytest.raises(ConnectError):
            await stream.start_tls(tls_context(), "a.invalid")
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        with pytest.raises(ConnectError):
            await streams.connect("127.0.0.1", port, 5.0)

    connected(work)
