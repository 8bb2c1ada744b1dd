"""One connection after the other: when it is used again, when it is closed, and what its requests are addressed to."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.package._runtime.delivery import KEPT_OF_A_BROKEN_BODY, LARGEST_REPLY, Received, bare
from codegen.package._runtime.request import WireRequest
from codegen.package._runtime.secret import Headers, Secret
from tests.package.runtime.call_faults import GOOD
from tests.package.runtime.harness import Harness
from tests.package.runtime.loopback import Loopback, answer, raw


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
    for length in range(1000):
        assert dict(sent(b"x" * length)) == {b"host": b"127.0.0.1:9", b"x-a": b"a", b"content-length": b"%d" % length}
    assert len(headers.framed) <= harness.module("connections").MOST_FRAMED


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
