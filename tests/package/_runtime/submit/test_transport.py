"""The transport by itself: how far a request came, how long each phase may take, what happens to its connection."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from codegen.package._runtime import delivery, network
from codegen.package._runtime.delivery import Left
from codegen.package._runtime.errors import APIError, OutcomeUnknown
from codegen.package._runtime.operation import ErrorCode
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer, head_of, raw, stall
from tests.package._runtime.sample_service import CREDITS, CREDITS_LEFT, MAKE, SERVICE, Credits


def test_each_phase_of_a_request_gets_only_the_time_that_is_left(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(harness.module("adapter"), "time", SimpleNamespace(monotonic=lambda: now[0]))
    sending = harness.module("adapter")._Sending(10.0)
    assert sending.timeouts == {"connect": 10.0, "read": 10.0, "write": 10.0, "pool": 10.0}
    now[0] += 4.0
    harness.call(sending, "http11.receive_response_headers.started", {})
    assert sending.timeouts["read"] == sending.timeouts["write"] == 6.0
    assert not sending.is_late
    now[0] += 7.0
    harness.call(sending, "http11.receive_response_body.started", {})
    assert sending.timeouts["read"] == 0.001
    assert sending.is_late


@pytest.mark.parametrize("timeout", [0.5, 5.0])
def test_an_attempt_never_has_more_time_than_its_call(harness: Harness, timeout: float) -> None:
    given: list[float] = []

    def replies(request: httpx.Request) -> httpx.Response:
        given.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, json=GOOD)

    kind = httpx.AsyncClient if harness.is_async else httpx.Client
    http_client: Any = kind(transport=httpx.MockTransport(replies))
    harness.submit(harness.client(http_client=http_client, timeout=timeout))
    harness.close_http(http_client)
    assert len(given) == 1
    assert 0 < given[0] <= timeout


def test_the_log_counts_the_attempts_and_names_the_request(harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "wondergen")
    with Loopback(answer({}, 429), answer({}, 429), answer(GOOD)) as server:
        harness.submit(harness.client(server.url))
        body = server.requests[0].body
    facts = [vars(record) for record in caplog.records if record.message.startswith("sending")]
    digest = hashlib.sha256(f"POST {server.url}/v1/make\n".encode() + body).hexdigest()[:12]
    assert [(fact["attempt"], fact["digest"]) for fact in facts] == [(1, digest), (2, digest), (3, digest)]
    (replied,) = [vars(record) for record in caplog.records if "http_status=200" in record.message]
    assert 0 <= replied["seconds"] < 60
    assert round(replied["seconds"], 3) == replied["seconds"]


def test_a_connection_attempt_never_takes_more_than_its_share(harness: Harness) -> None:
    timeouts = harness.module("adapter")._Sending(120.0).timeouts
    assert (timeouts["connect"], timeouts["read"]) == (10.0, 120.0)


@pytest.mark.parametrize(
    "events, left",
    [
        ([], Left.NOTHING),
        (["connection.connect_tcp.started"], Left.NOTHING),
        (["connection.connect_tcp.complete", "connection.start_tls.started"], Left.NOTHING),
        (["connection.connect_tcp.complete", "http11.send_request_headers.started"], Left.SOME),
        (["http2.send_request_headers.started", "http2.send_request_body.started"], Left.SOME),
    ],
)
@pytest.mark.parametrize("knows", [True, False])
def test_a_client_of_the_caller_is_believed_by_its_trace_alone(
    harness: Harness, events: list[str], left: Left, knows: bool
) -> None:
    sending = harness.module("adapter")._Sending(10.0)
    sending.begin(knows=knows)
    for event in events:
        harness.call(sending, event, {"request": httpx.Request("POST", "https://api.sample.invalid")})
    outgoing = httpx.Request("POST", "https://api.sample.invalid", extensions={"trace": sending})
    expected = left if knows or left is Left.SOME else Left.UNKNOWN
    assert sending.left(outgoing) is expected
    outgoing.extensions.clear()  # a hook took the trace away
    assert sending.left(outgoing) is (Left.SOME if left is Left.SOME else Left.UNKNOWN)


def test_a_good_connection_is_used_again_and_a_broken_one_is_not(harness: Harness) -> None:
    cut = raw("cut", head_of(200, [("Content-Length", "99")]) + b"{", bills=True)
    with Loopback(answer(GOOD), answer(GOOD), cut, answer(GOOD)) as server:
        client = harness.client(server.url)
        harness.submit(client)
        harness.submit(client)
        assert server.connections == 1
        with pytest.raises(OutcomeUnknown):
            harness.submit(client)
        harness.submit(client)
        server.assert_fired()
        assert server.connections == 2


def test_a_reply_larger_than_the_bound_is_not_read_to_its_end(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "LARGEST_REPLY", 1000)
    endless = raw("endless", head_of(200), *[b" " * 600] * 3)
    with Loopback(endless) as server:
        with pytest.raises(OutcomeUnknown, match="TooLarge: the reply has more than 1000 bytes"):
            harness.submit(harness.client(server.url))
        server.assert_fired()


def test_a_documented_http_status_has_its_meaning(harness: Harness) -> None:
    with Loopback(answer({}, 413)) as server, pytest.raises(APIError, match=r"The file is too large\. \(HTTP 413\)"):
        harness.submit(harness.client(server.url))


def test_a_documented_http_status_may_allow_another_attempt(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MAKE.service.http_errors, 409, ErrorCode("RateLimited", "Busy.", retry="once"))
    with Loopback(answer({}, 409), answer({}, 409)) as server:
        with pytest.raises(APIError, match=r"Busy\."):
            harness.submit(harness.client(server.url))
        server.assert_fired()


def test_a_documented_5xx_without_a_code_is_still_of_unknown_outcome(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MAKE.service.http_errors, 503, ErrorCode("ServerError", "Busy.", retry="after_delay"))
    with Loopback(answer({}, 503, bills=True)) as server:
        with pytest.raises(OutcomeUnknown, match=r"make: Busy\. \(HTTP 503\)"):
            harness.submit(harness.client(server.url))
        assert server.billed == 1


def test_a_stalled_query_leaves_time_for_another(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = harness.module("exchange")
    monkeypatch.setattr(exchange, "QUERY_SECONDS", 0.2)
    harness.clock.on_sleep = lambda: monkeypatch.setattr(exchange, "QUERY_SECONDS", 4.0)
    with Loopback(stall("body"), answer(GOOD)) as server:
        client = harness.client(server.url, timeout=10.0)
        assert harness.call(client._query, CREDITS, Credits, {}, CallOptions()).left == 7
        server.assert_fired()


def test_the_certificates_are_read_once_for_all_clients(harness: Harness) -> None:
    assert network.tls_context() is network.tls_context()


def test_an_operation_with_a_server_of_its_own_is_sent_there(each_harness: Harness) -> None:
    with Loopback(answer(CREDITS_LEFT)) as usual, Loopback(answer(CREDITS_LEFT)) as other:
        service = replace(SERVICE, base_url=usual.url)
        elsewhere = replace(CREDITS, service=service, server=f"{other.url}/own")
        client = each_harness.client(usual.url, service=service)
        for operation in (replace(CREDITS, service=service), elsewhere):
            each_harness.call(client._query, operation, Credits, {}, CallOptions())
        assert [request.target for request in usual.requests] == ["/v1/credits"]
        assert [(request.target, request.header("Host")) for request in other.requests] == [
            ("/own/v1/credits", other.url.removeprefix("http://"))
        ]


def test_a_client_of_another_base_url_sends_everything_there(harness: Harness) -> None:
    with Loopback(answer(CREDITS_LEFT)) as server:
        elsewhere = replace(CREDITS, server="https://other.sample.invalid")
        harness.call(harness.client(server.url)._query, elsewhere, Credits, {}, CallOptions())
        assert len(server.requests) == 1
