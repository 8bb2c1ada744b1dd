"""One connection after the other: when it is used again, when it is closed, and what its requests are addressed to."""

from __future__ import annotations

import asyncio
import gc
import os
import weakref
from typing import Any
from unittest.mock import Mock

import pytest

from codegen.package._runtime.aio.primitives import _ByLoop
from codegen.package._runtime.delivery import (
    KEPT_OF_A_BROKEN_BODY,
    LARGEST_REPLY,
    Left,
    Received,
    TransportError,
    bare,
)
from codegen.package._runtime.network import ConnectError, WriteError, WriteTimeout
from codegen.package._runtime.request import WireRequest
from codegen.package._runtime.secret import Headers, Secret
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer, raw


@pytest.mark.parametrize(
    "url, host, port",
    [
        ("https://api.sample.invalid", b"api.sample.invalid", 443),
        ("http://localhost/v1", b"localhost", 80),
        ("https://api.sample.invalid:8443", b"api.sample.invalid:8443", 8443),
        ("https://[2001:db8::1]", b"[2001:db8::1]", 443),
    ],
)
def test_the_host_header_names_a_port_only_where_the_url_does(
    harness: Harness, url: str, host: bytes, port: int
) -> None:
    connections = harness.name("connections", "Connections")(url)
    outgoing = connections._outgoing(WireRequest("GET", f"{url}/a", Headers(), None))
    assert (dict(outgoing.headers)[b"host"], connections._port) == (host, port)


def test_headers_are_checked_once_for_each_length_of_a_body_and_not_kept_without_end(harness: Harness) -> None:
    connections = harness.name("connections", "Connections")("http://127.0.0.1:9")
    headers = Headers([("X-A", Secret("a"))])

    def sent(body: bytes | None) -> Any:
        return connections._outgoing(WireRequest("POST", "http://127.0.0.1:9/a", headers, body)).headers

    assert sent(b"one") is sent(b"two")
    assert (dict(sent(b"one"))[b"content-length"], dict(sent(b"three"))[b"content-length"]) == (b"3", b"5")
    assert dict(sent(None))[b"content-length"] == b"0"
    kept = set()
    for length in range(1000):
        assert dict(sent(b"x" * length)) == {b"host": b"127.0.0.1:9", b"x-a": b"a", b"content-length": b"%d" % length}
        kept.add(len(headers.wire_headers))
    assert max(kept) == harness.module("connections").MOST_FRAMED


def test_a_reply_that_closes_its_connection_is_whole_and_the_next_call_opens_one(harness: Harness) -> None:
    closing = answer(GOOD, headers={"Connection": "close"}, keeps=False)
    with Loopback(closing, answer(GOOD)) as server:
        client = harness.client(server.url, max_retries=0)
        assert harness.submit(client).id == harness.submit(client).id
        server.assert_fired()
        assert server.connections == 2


def test_an_interim_reply_is_not_the_reply(harness: Harness) -> None:
    body = b'{"code": 0, "data": {"task_id": "t-1"}}'
    parts = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    with Loopback(raw("early hints", parts + body)) as server:
        assert harness.submit(harness.client(server.url)).id == "t-1"


def test_a_connection_that_is_in_use_while_its_client_is_closed_is_not_kept(harness: Harness) -> None:
    with Loopback(answer(GOOD), answer(GOOD)) as server:
        connections = harness.name("connections", "Connections")(server.url)
        harness.call(connections.aclose if harness.is_async else connections.close)
        request = WireRequest("POST", f"{server.url}/v1/make", Headers(), b"{}")
        for _ in range(2):
            assert harness.call(connections.send, request, 5.0, Received()).status == 200
        assert server.connections == 2


def test_a_connection_of_another_process_is_left_to_it(harness: Harness) -> None:
    stream: Any = type("Stream", (), {"abandon": lambda self: left.append(self), "drop": None})()
    left: list[object] = []
    lane = harness.name("connections", "Lane")("http", "localhost", 80)
    lane._stream = stream
    lane.abandon()
    lane.abandon()
    assert left == [stream]


@pytest.mark.parametrize("error", [ConnectError("no certificate"), KeyboardInterrupt()])
def test_a_connection_on_which_tls_fails_is_closed(harness: Harness, error: BaseException) -> None:
    stream = Mock()
    stream.start_tls.side_effect = error
    with pytest.raises(type(error)):
        harness.call(harness.module("tunnels").start_tls, stream, None, "api.sample.invalid")
    stream.drop.assert_called_once_with()


def test_connections_of_another_process_are_kept_and_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Connections:
        """Closed where nothing holds them any more, as sockets are."""

    async def both() -> None:
        by_loop = _ByLoop(Connections)
        first = weakref.ref(by_loop.get())
        assert by_loop.get() is first()
        monkeypatch.setattr(os, "getpid", lambda: -1)
        second = by_loop.get()
        assert second is by_loop.get()
        gc.collect()
        assert first() not in (None, second)

    asyncio.run(both())


def test_a_reply_of_just_the_bound_is_read_whole() -> None:
    received = Received()
    received.begin(200, {"content-length": str(LARGEST_REPLY)})
    received.add(b" " * (KEPT_OF_A_BROKEN_BODY + 1))
    assert len(received.content) == KEPT_OF_A_BROKEN_BODY + 1


def test_an_error_keeps_neither_its_request_nor_that_of_a_cause() -> None:
    error, cause, context = OSError("late"), ValueError("of the library"), KeyError("never raised")
    error.__cause__, cause.__context__ = cause, context
    for each in (error, cause, context):
        vars(each)["_request"] = "with its headers"
    bare(error)
    assert [vars(each)["_request"] for each in (error, cause, context)] == [None] * 3


@pytest.mark.parametrize(
    "method, body, length", [("GET", None, None), ("HEAD", None, None), ("GET", b"{}", b"2"), ("POST", None, b"0")]
)
def test_a_length_is_sent_with_a_body_and_where_one_is_usual(
    harness: Harness, method: str, body: bytes | None, length: bytes | None
) -> None:
    connections = harness.name("connections", "Connections")("http://127.0.0.1:9")
    outgoing = connections._outgoing(WireRequest(method, "http://127.0.0.1:9/a", Headers(), body))
    assert dict(outgoing.headers).get(b"content-length") == length


def test_a_header_that_http_does_not_have_is_refused_before_anything_leaves(harness: Harness) -> None:
    connections = harness.name("connections", "Connections")("http://127.0.0.1:9")
    request = WireRequest("GET", "http://127.0.0.1:9/a", Headers([("X A", Secret("a"))]), None)
    with pytest.raises(TransportError) as caught:
        harness.call(connections.send, request, 5.0, Received())
    assert caught.value.left is Left.NOTHING


REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Line:
    """A lane whose connections are stubs that read these replies in turn, and the stubs that it has opened."""

    def __init__(
        self, harness: Harness, monkeypatch: pytest.MonkeyPatch, *scripts: list[bytes | BaseException]
    ) -> None:
        self.streams: list[Any] = []
        self._harness = harness
        left = list(scripts)

        class Stream:
            wrote = is_dropped = False
            write_error: OSError | None = None

            def __init__(self, script: list[bytes | BaseException]) -> None:
                self._script = script
                self.limits: list[float] = []

            def is_readable(self) -> bool:
                return False

            def limit(self, timeout: float) -> None:
                self.limits.append(timeout)

            def write(self, data: bytes) -> Any:
                if self.write_error is not None:
                    raise self.write_error
                self.wrote = True
                return done(None)

            def read(self, most: int) -> Any:
                found = self._script.pop(0)
                if isinstance(found, BaseException):
                    raise found
                return done(found)

            def drop(self) -> None:
                self.is_dropped = True

        def done(value: Any) -> Any:
            async def awaited() -> Any:
                return value

            return awaited() if harness.is_async else value

        def connect(*arguments: Any) -> Any:
            if not left:
                raise ConnectionRefusedError("nobody listens")
            self.streams.append(Stream(left.pop(0)))
            return done(self.streams[-1])

        monkeypatch.setattr(harness.module("connections"), "connect", connect)
        self.lane = harness.name("connections", "Lane")("http", "localhost", 80)

    def send(self) -> int:
        """Send a request, and return the status of its reply, which must be whole."""
        module = self._harness.module("connections")
        outgoing = module.Outgoing("GET", b"/a", module.checked_headers([(b"Host", b"localhost")]), None)
        reply = self._harness.call(self.lane.send, outgoing, 5.0, Received())
        assert reply.fault is None
        return int(reply.status)


class Stop(BaseException):
    """Ends a call from outside."""


@pytest.mark.parametrize("cause, raised", [(OSError("broken"), TransportError), (Stop(), Stop)])
def test_a_connection_whose_reply_did_not_come_is_closed(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, cause: BaseException, raised: type[BaseException]
) -> None:
    line = Line(harness, monkeypatch, [cause], [REPLY])
    with pytest.raises(raised) as caught:
        line.send()
    assert getattr(caught.value, "left", Left.SOME) is Left.SOME
    assert line.streams[0].is_dropped
    assert (line.send(), len(line.streams)) == (200, 2)


def test_a_connection_that_was_idle_too_long_is_closed_and_not_used_again(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(harness, monkeypatch, [REPLY, REPLY], [REPLY])
    assert [line.send(), line.send(), len(line.streams)] == [200, 200, 1]
    line.lane._idle_since -= harness.module("connections").KEEP_ALIVE_SECONDS
    assert [line.send(), len(line.streams)] == [200, 2]
    assert [stream.is_dropped for stream in line.streams] == [True, False]


def test_what_left_before_says_nothing_of_a_request_that_finds_no_connection(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(harness, monkeypatch, [REPLY])
    assert line.send() == 200
    line.lane._idle_since -= harness.module("connections").KEEP_ALIVE_SECONDS
    with pytest.raises(TransportError) as caught:
        line.send()
    assert caught.value.left is Left.NOTHING


@pytest.mark.parametrize("error", [WriteTimeout("too slow"), WriteError("closed")])
def test_a_request_of_which_no_byte_was_written_did_not_leave(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    line = Line(harness, monkeypatch, [REPLY, b""])
    assert line.send() == 200
    line.streams[0].write_error = error
    with pytest.raises(TransportError) as caught:
        line.send()
    assert caught.value.left is Left.NOTHING
    # A server that has closed may have answered before; one that takes no bytes has not.
    assert len(line.streams[0]._script) == (1 if isinstance(error, WriteTimeout) else 0)


@pytest.mark.parametrize(
    "reply",
    [REPLY + b"more", REPLY.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")],
    ids=["bytes behind the reply", "the server closes"],
)
def test_a_connection_on_which_nothing_else_may_come_is_closed(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, reply: bytes
) -> None:
    line = Line(harness, monkeypatch, [reply], [REPLY])
    assert [line.send(), line.send()] == [200, 200]
    assert [stream.is_dropped for stream in line.streams] == [True, False]


def test_a_limit_of_time_is_that_of_the_connection_if_there_is_one(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(harness, monkeypatch, [REPLY])
    line.lane.limit(3.0)
    line.send()
    line.lane.limit(4.0)
    assert line.streams[0].limits == [5.0, 4.0]


def test_a_lane_that_has_sent_nothing_says_so(harness: Harness) -> None:
    assert harness.name("connections", "Lane")("http", "localhost", 80).left is Left.NOTHING
