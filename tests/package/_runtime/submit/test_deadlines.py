"""A timeout is for the whole call: whatever a server sends bit by bit, over each transport."""

from __future__ import annotations

import threading

import pytest

from codegen.package._runtime.errors import ConnectFailed, OutcomeUnknown
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Connection, Loopback, Step, head_of

CHUNKED = head_of(200, [("Transfer-Encoding", "chunked")])
LONG = head_of(200, [("Content-Length", "9999")])
DRIPS = {
    "a status line": (b"", b"HTTP/1.1 200 O" + b"k" * 200),
    "a header": (b"HTTP/1.1 200 OK\r\nX: ", b"y" * 200),
    "Continue": (b"", *[b"HTTP/1.1 100 Continue\r\n\r\n"] * 200),
    "the extension of a chunk": (CHUNKED + b"5;a=", b"b" * 200),
    "a trailer": (CHUNKED + b"2\r\n{}\r\n0\r\nX: ", b"y" * 200),
    "a body": (LONG, b" " * 200),
}


@pytest.mark.parametrize("parts", DRIPS.values(), ids=DRIPS)
def test_a_call_is_over_at_its_deadline_though_bytes_still_come(
    each_harness: Harness, parts: tuple[bytes, ...]
) -> None:
    harness, ended = each_harness, threading.Event()
    first, *rest = parts
    pieces = rest if len(rest) > 1 else [bytes([byte]) for byte in rest[0]]

    def play(link: Connection) -> None:
        link.send(first)
        for piece in pieces:
            link.wait(0.02)
            link.send(piece)
        ended.set()

    with Loopback(Step("drip", "body", play, bills=True)) as server:
        client = harness.client(server.url, timeout=0.3)
        with pytest.raises((OutcomeUnknown, ConnectFailed)) as caught:
            harness.submit(client)
        assert not ended.is_set(), "the call waited until the server had sent all"
        if caught.type is OutcomeUnknown:  # else the machine was too busy to connect in that time
            server.assert_fired()
