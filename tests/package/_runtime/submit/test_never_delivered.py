"""Faults before the first byte of a request arrives: nothing was accepted, so even a paid request is sent again."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from codegen.package._runtime.errors import ConnectFailed
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer, close, raw, stall
from tests.package._runtime.sample_service import CREDITS, Credits


def _http_client(harness: Harness, **options: object) -> httpx.Client | httpx.AsyncClient:
    return httpx.AsyncClient(**options) if harness.is_async else httpx.Client(**options)  # type: ignore[arg-type]


def test_a_refused_connection_is_tried_again(harness: Harness) -> None:
    with Loopback(answer(GOOD), listening=False) as server:
        harness.clock.on_sleep = server.listen
        assert harness.submit(harness.client(server.url)).id == "t-1"
        server.assert_fired()
        assert harness.clock.sleeps == [0.5]
        assert server.billed == 1


def test_a_service_that_stays_away_is_connect_failed_after_all_retries(harness: Harness) -> None:
    with Loopback(listening=False) as server:
        client = harness.client(server.url, max_retries=2)
        with pytest.raises(
            ConnectFailed, match=r"make: ConnectError: .* \(127\.0\.0\.1:\d+\)\. Nothing was accepted"
        ) as caught:
            harness.submit(client)
        assert caught.value.__cause__ is not None
        assert harness.clock.sleeps == [0.5, 1.0]
        with pytest.raises(ConnectFailed):
            harness.call(client._query, CREDITS, Credits, {}, CallOptions())


def test_without_retries_the_first_failure_stands(harness: Harness) -> None:
    with Loopback(listening=False) as server:
        with pytest.raises(ConnectFailed):
            harness.submit(harness.client(server.url, max_retries=0))
        assert harness.clock.sleeps == []


def test_a_name_that_does_not_resolve(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = []

    def unknown(host: str | bytes, *rest: object, **more: object) -> None:
        hosts.append(host.decode() if isinstance(host, bytes) else host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ConnectFailed):
        harness.submit(harness.client("https://api.sample.invalid", max_retries=1))
    assert hosts == ["api.sample.invalid"] * 2


def test_a_connection_that_is_not_taken_in_time(harness: Harness) -> None:
    with _full_backlog() as port, pytest.raises(ConnectFailed, match="Timeout"):
        harness.submit(harness.client(f"http://127.0.0.1:{port}", timeout=0.15))


def test_a_tls_handshake_that_fails(harness: Harness) -> None:
    steps = [raw("no TLS", b"HTTP/1.1 400 Bad Request\r\n\r\n", stage="accept", bills=False) for _ in range(2)]
    with Loopback(*steps) as server:
        client = harness.client(server.url.replace("http:", "https:"), max_retries=1)
        with pytest.raises(ConnectFailed, match=r"ConnectError: .*SSL"):
            harness.submit(client)
        server.assert_fired()
        assert server.requests == []


def test_a_tls_handshake_that_stalls(harness: Harness) -> None:
    with Loopback(stall("accept", bills=False)) as server:
        client = harness.client(server.url.replace("http:", "https:"), timeout=0.15)
        with pytest.raises(ConnectFailed):
            harness.submit(client)
        server.assert_fired()


@pytest.mark.parametrize("status", [403, 407, 502])
def test_a_proxy_that_will_not_connect(harness: Harness, status: int) -> None:
    with Loopback() as proxy:
        proxy.on("CONNECT", "api.sample.invalid:443", otherwise=answer(b"", status))
        http_client = _http_client(harness, proxy=proxy.url)
        client = harness.client("https://api.sample.invalid", http_client=http_client, max_retries=1)
        with pytest.raises(ConnectFailed, match="ProxyError"):
            harness.submit(client)
        assert len(proxy.requests) == 2
        assert proxy.requests[0].header("X-API-KEY") is None
        harness.close_http(http_client)


def test_a_proxy_that_hangs_up(harness: Harness) -> None:
    with Loopback() as proxy:
        proxy.on("CONNECT", "api.sample.invalid:443", otherwise=close("body"))
        http_client = _http_client(harness, proxy=proxy.url)
        client = harness.client("https://api.sample.invalid", http_client=http_client, max_retries=0)
        with pytest.raises(Exception, match="make: RemoteProtocolError"):
            harness.submit(client)
        assert len(proxy.requests) == 1
        harness.close_http(http_client)


def test_a_pool_without_a_free_connection(harness: Harness) -> None:
    http_client = _http_client(harness, limits=httpx.Limits(max_connections=0))
    client = harness.client("http://127.0.0.1:9", http_client=http_client, timeout=0.1, max_retries=0)
    with pytest.raises(ConnectFailed, match=r"PoolTimeout|TimeoutError"):
        harness.submit(client)
    harness.close_http(http_client)


@contextmanager
def _full_backlog() -> Iterator[int]:
    """Listen on a port whose queue is full: the kernel leaves the next connection unanswered."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(server.getsockname())
        yield server.getsockname()[1]
