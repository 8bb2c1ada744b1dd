# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Fixtures of the contract tests: both worlds over stubs alone, and no way to the network."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from .support import World


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--shuffle 7`: the tests in a random order, the same for the same number."""
    parser.addoption("--shuffle", type=int, metavar="SEED", help="run the tests in a random order")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """No test may need another to run before it."""
    seed = config.getoption("--shuffle")
    if seed is not None:
        random.Random(seed).shuffle(items)


@pytest.fixture(scope="session")
def worlds() -> Iterator[dict[str, World]]:
    """Both worlds, each with an HTTP client that has a router for stubs where others have a network."""
    sync, asynchronous = (respx.Router(assert_all_called=False) for _ in range(2))
    loop = asyncio.new_event_loop()
    with httpx.Client(transport=httpx.MockTransport(sync.handler), trust_env=False) as client:
        transport = httpx.MockTransport(asynchronous.async_handler)
        async_client = httpx.AsyncClient(transport=transport, trust_env=False)
        yield {"sync": World(client, sync, None), "async": World(async_client, asynchronous, loop)}
        loop.run_until_complete(async_client.aclose())
        loop.close()


@pytest.fixture(scope="module", autouse=True)
def no_network() -> Iterator[None]:
    """Whoever goes round the HTTP client they were given gets nowhere."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a contract test tried to reach the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket.socket, "connect_ex", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(params=["sync", "async"])
def world(request: pytest.FixtureRequest, worlds: dict[str, World]) -> World:
    """One world after the other: every test runs in both."""
    return worlds[request.param]
