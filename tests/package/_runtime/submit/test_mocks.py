"""What stands in for the network in a test sees every request of a client that was made without one."""

from __future__ import annotations

import asyncio
import importlib
import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, MagicMock

import anyio
import httpcore
import httpcore2
import httpx
import httpx2
import pytest
import respx
import trio
import vcr  # type: ignore[import-untyped]

from codegen.package._runtime import network_patches
from codegen.package._runtime.delivery import StandInError
from codegen.package._runtime.errors import (
    AuthenticationError,
    ConnectFailed,
    InvalidRequest,
    OutcomeUnknown,
    WondergenError,
)
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import MAKE

BASE = "https://api.sample.invalid"
URL = BASE + MAKE.path
LIBRARIES = [httpx, httpx2]


@pytest.mark.parametrize("using", ["httpcore", "httpx"])
def test_respx_sees_the_request_in_both_its_modes(harness: Harness, using: str) -> None:
    with respx.mock(using=using) as router:
        route = router.post(URL).respond(json=GOOD)
        assert harness.submit(harness.client(BASE)).id == "t-1"
        assert route.call_count == 1
    assert network_patches.patched_library() is None


def test_a_mock_that_knows_no_route_fails_the_test_and_nothing_leaves(harness: Harness) -> None:
    with respx.mock, pytest.raises(AssertionError, match="not mocked"):
        harness.submit(harness.client(BASE))


def mocked(harness: Harness, library: Any, seen: list[str]) -> Any:
    """Return a function that answers in place of the network, as a method of whatever takes a request."""

    def reply(*arguments: Any, **options: Any) -> Any:
        requests = [value for value in arguments if isinstance(value, library.Request)]
        seen.append(str(requests[0].url) if requests else URL)
        return library.Response(200, json=GOOD, request=library.Request("POST", URL))

    async def reply_async(*arguments: Any, **options: Any) -> Any:
        return reply(*arguments, **options)

    return reply_async if harness.is_async else reply


CLIENT_METHODS = ["send", "_send_handling_auth", "_send_single_request", "request", "post"]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", CLIENT_METHODS)
@pytest.mark.parametrize("where", ["class", "module", "instance"])
def test_a_patch_of_a_client_sees_the_request(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, library: Any, name: str, where: str
) -> None:
    seen: list[str] = []
    answering, kind = mocked(harness, library, seen), "AsyncClient" if harness.is_async else "Client"
    options = {}
    if where == "class":
        monkeypatch.setattr(getattr(library, kind), name, answering)
    elif where == "module":
        monkeypatch.setattr(library, kind, type(kind, (getattr(library, kind),), {name: answering}))
    else:
        options["http_client"] = getattr(library, kind)()
        monkeypatch.setattr(options["http_client"], name, answering)
    with Loopback() as server:
        assert harness.submit(harness.client(server.url, **options)).id == "t-1"
        assert server.connections == 0
    assert len(seen) == 1
    if options:
        harness.close_http(options["http_client"])


def test_each_patch_sees_the_requests_that_are_made_while_it_stands(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = "AsyncClient" if harness.is_async else "Client"
    own, client = getattr(httpx, kind), harness.client(BASE)
    seen: list[list[str]] = [[], []]
    for requests in seen:
        stand_in = type(kind, (own,), {"send": mocked(harness, httpx, requests)})
        monkeypatch.setattr(httpx, kind, stand_in)
        harness.submit(client)
    assert seen == [[URL], [URL]]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("where", ["function", "class", "class of the client", "what makes it", "what finds it"])
def test_a_patch_of_a_transport_sees_the_request(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, library: Any, where: str
) -> None:
    seen: list[str] = []
    answering, prefix = mocked(harness, library, seen), "Async" if harness.is_async else ""
    name, handle = f"{prefix}HTTPTransport", "handle_async_request" if harness.is_async else "handle_request"
    kind = getattr(library, name)
    stand_in = type("StandIn", (kind,), {handle: answering})
    if where == "function":
        monkeypatch.setattr(kind, handle, answering)
    elif where == "class":
        monkeypatch.setattr(library, name, stand_in)
    elif where == "class of the client":
        monkeypatch.setattr(library._client, name, stand_in)
    else:
        method = "_init_transport" if where == "what makes it" else "_transport_for_url"
        monkeypatch.setattr(getattr(library, f"{prefix}Client"), method, lambda *_, **options: stand_in())
    with Loopback() as server:
        assert harness.submit(harness.client(server.url)).id == "t-1"
        assert server.connections == 0
    assert len(seen) == 1


ENGINE = ["ConnectionPool", "HTTPConnection", "HTTP11Connection"]


@pytest.mark.parametrize("engine", [httpcore, httpcore2])
@pytest.mark.parametrize("place", [*ENGINE, "a class in its place", "what makes connections", "what connects"])
def test_a_patch_of_the_engine_sees_the_request(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, engine: Any, place: str
) -> None:
    seen: list[str] = []
    prefix, handle = ("Async", "handle_async_request") if harness.is_async else ("", "handle_request")
    content = json.dumps(GOOD).encode()

    def reply(*arguments: Any, **options: Any) -> Any:
        seen.append(place)
        return engine.Response(200, content=content)

    async def reply_async(*arguments: Any, **options: Any) -> Any:
        return reply()

    def connect(*arguments: Any, **options: Any) -> Any:
        seen.append(place)
        head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(content)
        return getattr(engine, f"{prefix}MockStream")([head, content])

    async def connect_async(*arguments: Any, **options: Any) -> Any:
        return connect()

    answering = reply_async if harness.is_async else reply
    pool = getattr(engine, f"{prefix}ConnectionPool")
    if place in ENGINE:
        monkeypatch.setattr(getattr(engine, f"{prefix}{place}"), handle, answering)
    elif place == "a class in its place":
        monkeypatch.setattr(engine, f"{prefix}ConnectionPool", type("StandIn", (pool,), {handle: answering}))
    elif place == "what makes connections":
        stand_in = type("StandIn", (getattr(engine, f"{prefix}HTTPConnection"),), {handle: answering})
        monkeypatch.setattr(pool, "create_connection", lambda self, origin: stand_in(origin=origin))
    elif harness.is_async:
        backends = importlib.import_module(f"{engine.__name__}._backends.auto")
        monkeypatch.setattr(backends.AutoBackend, "connect_tcp", connect_async)
    else:
        monkeypatch.setattr(engine.SyncBackend, "connect_tcp", connect)
    with Loopback() as server:
        assert harness.submit(harness.client(server.url)).id == "t-1"
        assert server.requests == []
    assert seen == [place]


def test_what_httpcore_connects_by_may_be_blocked(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    def blocked(*arguments: Any, **options: Any) -> Any:
        raise RuntimeError("the test blocks connections")

    if harness.is_async:
        monkeypatch.setattr(anyio, "connect_tcp", blocked)
    else:
        monkeypatch.setattr(socket, "create_connection", blocked)
    with Loopback() as server:
        with pytest.raises((ConnectFailed, OutcomeUnknown), match="the test blocks connections"):
            harness.submit(harness.client(server.url))
        assert server.connections == 0


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", ["post", "request", "get", "stream", "Client.stream", "AsyncClient.stream"])
def test_a_patch_that_no_request_comes_by_is_refused_before_anything_is_sent(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: Any, name: str
) -> None:
    with Loopback(answer(GOOD), answer(GOOD)) as server:
        client = harness.client(server.url, journal=tmp_path / "runs.sqlite")
        harness.submit(client)
        monkeypatch.setattr(f"{library.__name__}.{name}", MagicMock())
        with pytest.raises(InvalidRequest, match=rf"{library.__name__}\.{name} is patched"):
            harness.submit(client)
        assert client.journal.unknown() == []
        http_client = (library.AsyncClient if harness.is_async else library.Client)()
        harness.submit(harness.client(server.url, http_client=http_client))
        assert server.billed == 2
        harness.close_http(http_client)


@pytest.mark.parametrize("name", ["send", "post"])
def test_a_stand_in_that_gives_no_response_is_an_error_of_the_test(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    kind = httpx.AsyncClient if harness.is_async else httpx.Client
    monkeypatch.setattr(kind, name, (AsyncMock if harness.is_async else MagicMock)())
    with Loopback() as server:
        with pytest.raises(StandInError, match="no Response"):
            harness.submit(harness.client(server.url))
        assert server.connections == 0


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("where", ["transport", "pool"])
def test_a_patched_instance_proves_nothing_by_what_it_raises(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, library: Any, where: str
) -> None:
    sent: list[object] = []

    def deliver(request: Any) -> Any:
        sent.append(request)
        raise library.ConnectTimeout("lost")

    async def deliver_async(request: Any) -> Any:
        deliver(request)

    http_client = (library.AsyncClient if harness.is_async else library.Client)(trust_env=False)
    owner = http_client._transport if where == "transport" else http_client._transport._pool
    name = "handle_async_request" if harness.is_async else "handle_request"
    monkeypatch.setattr(owner, name, deliver_async if harness.is_async else deliver)
    with pytest.raises(OutcomeUnknown):
        harness.submit(harness.client("http://127.0.0.1:9", http_client=http_client))
    assert len(sent) == 1
    harness.close_http(http_client)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_mock_transport_of_the_caller_is_the_one_that_answers(harness: Harness, library: Any) -> None:
    transport = library.MockTransport(lambda request: library.Response(200, json=GOOD))
    http_client = (library.AsyncClient if harness.is_async else library.Client)(transport=transport)
    assert harness.submit(harness.client(BASE, http_client=http_client)).id == "t-1"
    harness.close_http(http_client)


def test_vcr_records_the_request_and_plays_it_back(harness: Harness, tmp_path: Path) -> None:
    cassette = str(tmp_path / "cassette.yaml")
    with Loopback(answer(GOOD)) as server:
        for _ in range(2):
            with vcr.use_cassette(cassette, filter_headers=["X-API-KEY"]):
                assert harness.submit(harness.client(server.url)).id == "t-1"
        assert server.billed == 1


def test_pytest_httpx_sees_the_request(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import asyncio, pytest\n"
        "from tests.package._runtime.sample_service import MAKE\n"
        "from tests.package._runtime.harness import Harness\n"
        "@pytest.mark.parametrize('kind', ['async', 'sync'])\n"
        "def test_it(httpx_mock, kind):\n"
        f"    httpx_mock.add_response(url={URL!r}, json={GOOD!r})\n"
        "    with Harness(kind) as harness:\n"
        f"        assert harness.submit(harness.client({BASE!r})).id == 't-1'\n"
    )
    root = Path(__file__).parents[4]
    options = ["-q", "-c", "/dev/null", "-p", "pytest_httpx", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "2 passed" in done.stdout, done.stdout


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_hook_that_raises_for_a_status_leaves_the_refusal_as_it_is(harness: Harness, library: Any) -> None:
    async def check_async(response: Any) -> None:
        response.raise_for_status()

    hook = check_async if harness.is_async else lambda response: response.raise_for_status()
    http_client = (library.AsyncClient if harness.is_async else library.Client)(event_hooks={"response": [hook]})
    with Loopback(answer({}, 401)) as server, pytest.raises(AuthenticationError):
        harness.submit(harness.client(server.url, http_client=http_client))
    harness.close_http(http_client)


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError])
def test_the_class_of_an_error_of_a_strangers_transport_proves_nothing(harness: Harness, kind: Any) -> None:
    def lost(request: httpx.Request) -> httpx.Response:
        raise kind("lost", request=request)

    transport = httpx.MockTransport(lost)
    http_client = (httpx.AsyncClient if harness.is_async else httpx.Client)(transport=transport)
    with pytest.raises(OutcomeUnknown):
        harness.submit(harness.client(BASE, http_client=http_client))
    harness.close_http(http_client)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_closed_client_of_the_caller_sends_nothing(harness: Harness, library: Any) -> None:
    http_client = (library.AsyncClient if harness.is_async else library.Client)()
    harness.close_http(http_client)
    with Loopback() as server:
        with pytest.raises(ConnectFailed, match="the http_client is closed"):
            harness.submit(harness.client(server.url, http_client=http_client, max_retries=0))
        assert server.connections == 0


@pytest.mark.parametrize("harness", ["async"], indirect=True)
def test_a_client_serves_one_event_loop_after_the_other(harness: Harness) -> None:
    with Loopback(answer(GOOD), answer(GOOD)) as server:
        client = harness.client(server.url)

        async def submit() -> str:
            made = await client._submit(MAKE, harness.result, {"prompt": "a cat"}, CallOptions())
            return str(made.id)

        assert [asyncio.run(submit()) for _ in range(2)] == ["t-1", "t-1"]
        assert server.connections == 2


@pytest.mark.parametrize("harness", ["async"], indirect=True)
@pytest.mark.parametrize("options", [{}, {"journal": "runs.sqlite"}], ids=["plain", "journal"])
def test_another_kind_of_event_loop_is_refused_before_anything_is_sent(
    harness: Harness, tmp_path: Path, options: dict[str, str]
) -> None:
    with Loopback() as server:
        client = harness.client(server.url, **{name: tmp_path / value for name, value in options.items()})

        async def submit() -> None:
            await client._submit(MAKE, harness.result, {"prompt": "a cat"}, CallOptions())

        with pytest.raises(WondergenError, match=r"asyncio event loop.*Nothing was sent"):
            trio.run(submit)
        assert server.connections == 0
        assert client.journal.unknown() == []
