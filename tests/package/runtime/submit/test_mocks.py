"""What stands in for the network in a test sees every request of a client that was made without one."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import respx
import trio
import vcr  # type: ignore[import-untyped]

from codegen.package._runtime import patches
from codegen.package._runtime.errors import AuthenticationError, ConnectFailed, OutcomeUnknown, WondergenError
from codegen.package._runtime.request import CallOptions
from tests.package.runtime.faults import GOOD
from tests.package.runtime.loopback import Loopback, answer
from tests.package.runtime.service import MAKE
from tests.package.runtime.world import World

BASE = "https://api.sample.invalid"
URL = BASE + MAKE.path
LIBRARIES = [httpx, httpx2]


@pytest.mark.parametrize("using", ["httpcore", "httpx"])
def test_respx_sees_the_request_in_both_its_modes(world: World, using: str) -> None:
    with respx.mock(using=using) as router:
        route = router.post(URL).respond(json=GOOD)
        assert world.submit(world.client(BASE)).id == "t-1"
        assert route.call_count == 1
    assert patches.patched_library() is None


def test_a_mock_that_knows_no_route_fails_the_test_and_nothing_leaves(world: World) -> None:
    with respx.mock, pytest.raises(AssertionError, match="not mocked"):
        world.submit(world.client(BASE))


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("place", ["handle", "send", "client"])
def test_a_patch_of_a_library_sees_the_request(
    world: World, monkeypatch: pytest.MonkeyPatch, library: Any, place: str
) -> None:
    seen: list[str] = []

    def reply(request: Any) -> Any:
        seen.append(str(request.url))
        return library.Response(200, json=GOOD, request=request)

    async def reply_async(_: object, request: Any, **options: object) -> Any:
        return reply(request)

    def reply_sync(_: object, request: Any, **options: object) -> Any:
        return reply(request)

    name = "AsyncClient" if world.is_async else "Client"
    answering = reply_async if world.is_async else reply_sync
    if place == "handle":
        kind = library.AsyncHTTPTransport if world.is_async else library.HTTPTransport
        monkeypatch.setattr(kind, "handle_async_request" if world.is_async else "handle_request", answering)
    elif place == "send":
        monkeypatch.setattr(getattr(library, name), "send", answering)
    else:
        mocked = type(name, (getattr(library, name),), {"send": answering})
        monkeypatch.setattr(library, name, mocked)
    assert world.submit(world.client(BASE)).id == "t-1"
    assert seen == [URL]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_mock_transport_of_the_caller_is_the_one_that_answers(world: World, library: Any) -> None:
    transport = library.MockTransport(lambda request: library.Response(200, json=GOOD))
    http_client = (library.AsyncClient if world.is_async else library.Client)(transport=transport)
    assert world.submit(world.client(BASE, http_client=http_client)).id == "t-1"
    world.close_http(http_client)


def test_vcr_records_the_request_and_plays_it_back(world: World, tmp_path: Path) -> None:
    cassette = str(tmp_path / "cassette.yaml")
    with Loopback(answer(GOOD)) as server:
        for _ in range(2):
            with vcr.use_cassette(cassette, filter_headers=["X-API-KEY"]):
                assert world.submit(world.client(server.url)).id == "t-1"
        assert server.billed == 1


def test_pytest_httpx_sees_the_request(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import asyncio, pytest\n"
        "from tests.package.runtime.service import MAKE\n"
        "from tests.package.runtime.world import World\n"
        "@pytest.mark.parametrize('kind', ['async', 'sync'])\n"
        "def test_it(httpx_mock, kind):\n"
        f"    httpx_mock.add_response(url={URL!r}, json={GOOD!r})\n"
        "    with World(kind) as world:\n"
        f"        assert world.submit(world.client({BASE!r})).id == 't-1'\n"
    )
    root = Path(__file__).parents[4]
    options = ["-q", "-c", "/dev/null", "-p", "no:schemathesis", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "2 passed" in done.stdout, done.stdout


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_hook_that_raises_for_a_status_leaves_the_refusal_as_it_is(world: World, library: Any) -> None:
    async def check_async(response: Any) -> None:
        response.raise_for_status()

    hook = check_async if world.is_async else lambda response: response.raise_for_status()
    http_client = (library.AsyncClient if world.is_async else library.Client)(event_hooks={"response": [hook]})
    with Loopback(answer({}, 401)) as server, pytest.raises(AuthenticationError):
        world.submit(world.client(server.url, http_client=http_client))
    world.close_http(http_client)


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError])
def test_the_class_of_an_error_of_a_strangers_transport_proves_nothing(world: World, kind: Any) -> None:
    def lost(request: httpx.Request) -> httpx.Response:
        raise kind("lost", request=request)

    transport = httpx.MockTransport(lost)
    http_client = (httpx.AsyncClient if world.is_async else httpx.Client)(transport=transport)
    with pytest.raises(OutcomeUnknown):
        world.submit(world.client(BASE, http_client=http_client))
    world.close_http(http_client)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_closed_client_of_the_caller_sends_nothing(world: World, library: Any) -> None:
    http_client = (library.AsyncClient if world.is_async else library.Client)()
    world.close_http(http_client)
    with Loopback() as server:
        with pytest.raises(ConnectFailed, match="the http_client is closed"):
            world.submit(world.client(server.url, http_client=http_client, max_retries=0))
        assert server.connections == 0


@pytest.mark.parametrize("world", ["async"], indirect=True)
def test_a_client_serves_one_event_loop_after_the_other(world: World) -> None:
    with Loopback(answer(GOOD), answer(GOOD)) as server:
        client = world.client(server.url)

        async def submit() -> str:
            made = await client._submit(MAKE, world.result, {"prompt": "a cat"}, CallOptions())
            return str(made.id)

        assert [asyncio.run(submit()) for _ in range(2)] == ["t-1", "t-1"]
        assert server.connections == 2


@pytest.mark.parametrize("world", ["async"], indirect=True)
def test_another_kind_of_event_loop_is_refused_before_anything_is_sent(world: World) -> None:
    with Loopback() as server:
        client = world.client(server.url)

        async def submit() -> None:
            await client._submit(MAKE, world.result, {"prompt": "a cat"}, CallOptions())

        with pytest.raises(WondergenError, match=r"asyncio event loop.*Nothing was sent"):
            trio.run(submit)
        assert server.connections == 0
