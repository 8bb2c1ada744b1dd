# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Fixtures of the contract tests: sync and async clients over stubs, without network."""

from __future__ import annotations

import asyncio
import importlib
import os
import random
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest
import respx

from .sockets import LOOPBACK, connected
from .support import Harness


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--shuffle SEED`: a random order of the tests, the same for the same seed."""
    parser.addoption("--shuffle", type=int, metavar="SEED", help="run the tests in a random order")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle the tests if `--shuffle` is given: none may need another to run before it."""
    seed = config.getoption("--shuffle")
    if seed is not None:
        random.Random(seed).shuffle(items)


TRANSPORT = os.environ.get("CONTRACT_TRANSPORT", "httpx")
"""The transport under test, a key of TRANSPORTS."""


@contextmanager
def httpx_harnesses() -> Iterator[dict[str, Harness]]:
    """Yield harnesses whose clients use an httpx client of the caller, with the router in place of a network."""
    sync, asynchronous = (respx.Router(assert_all_called=False) for _ in range(2))
    loop = asyncio.new_event_loop()
    with httpx.Client(transport=httpx.MockTransport(sync.handler), trust_env=False) as client:
        transport = httpx.MockTransport(asynchronous.async_handler)
        async_client = httpx.AsyncClient(transport=transport, trust_env=False)
        yield {
            "sync": Harness({"http_client": client}, sync, None),
            "async": Harness({"http_client": async_client}, asynchronous, loop),
        }
        loop.run_until_complete(async_client.aclose())
        loop.close()


@contextmanager
def default_harnesses() -> Iterator[dict[str, Harness]]:
    """Yield harnesses whose clients use the transport of the package, with respx below it."""
    loop = asyncio.new_event_loop()
    with respx.mock(assert_all_called=False) as router:
        yield {"sync": Harness({}, router, None), "async": Harness({}, router, loop)}
        loop.close()


@contextmanager
def httpx2_harnesses() -> Iterator[dict[str, Harness]]:
    """Yield harnesses whose clients use an httpx2 client of the caller; the router gets its requests as requests of httpx."""
    httpx2: Any = importlib.import_module("httpx2")
    router = respx.Router(assert_all_called=False)
    loop = asyncio.new_event_loop()

    def handle(request: Any) -> Any:
        content, headers = request.read(), request.headers.raw
        plain = httpx.Request(request.method, str(request.url), headers=headers, content=content)
        plain.extensions = request.extensions
        try:
            response = router.handler(plain)
        except httpx.TransportError as error:
            raise getattr(httpx2, type(error).__name__)(str(error), request=request) from error
        body: Any = response.stream
        return httpx2.Response(
            response.status_code, headers=response.headers.raw, stream=httpx2.ByteStream(b"".join(body))
        )

    transport = httpx2.MockTransport(handle)
    with httpx2.Client(transport=transport, trust_env=False) as client:
        async_client = httpx2.AsyncClient(transport=transport, trust_env=False)
        yield {
            "sync": Harness({"http_client": client}, router, None),
            "async": Harness({"http_client": async_client}, router, loop),
        }
        loop.run_until_complete(async_client.aclose())
        loop.close()


@contextmanager
def socket_harnesses() -> Iterator[dict[str, Harness]]:
    """Yield harnesses whose clients use the connections of the package, over real sockets."""
    router = respx.Router(assert_all_called=False)
    loop = asyncio.new_event_loop()
    with connected(router):
        yield {"sync": Harness({}, router, None), "async": Harness({}, router, loop)}
        loop.close()


TRANSPORTS: dict[str, Callable[[], AbstractContextManager[dict[str, Harness]]]] = {
    "httpx": httpx_harnesses,
    "httpx2": httpx2_harnesses,
    "default": default_harnesses,
    "socket": socket_harnesses,
}
"""Name → factory of the sync and the async harness. Each routes the requests of its clients to its own router."""


@pytest.fixture(scope="session")
def harnesses() -> Iterator[dict[str, Harness]]:
    """Provide the sync and the async harness on the transport under test."""
    with TRANSPORTS[TRANSPORT]() as client:
        yield client


@pytest.fixture
def respx_mock() -> Iterator[respx.MockRouter]:
    """Provide a router for the requests of all clients. A route that was not called fails the test.

    In place of the fixture of the same name in respx, which overlooks an uncalled route unless it is marked.
    """
    with respx.mock(assert_all_called=True, assert_all_mocked=True) as router:
        yield router


@pytest.fixture(scope="module", autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test that opens a network connection."""

    def guarded(reach: Any) -> Any:
        def refuse(*arguments: Any, **options: Any) -> Any:
            hosts = [one[0] if isinstance(one, tuple) else one for one in arguments]
            if TRANSPORT != "socket" or LOOPBACK not in hosts:
                raise AssertionError("a contract test tried to reach the network")
            return reach(*arguments, **options)

        return refuse

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((socket.socket, "connect"), (socket.socket, "connect_ex"), (socket, "getaddrinfo")):
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        yield


@pytest.fixture(params=["sync", "async"])
def harness(request: pytest.FixtureRequest, harnesses: dict[str, Harness]) -> Harness:
    """Run a test sync and async."""
    return harnesses[request.param]
