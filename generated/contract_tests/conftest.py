# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Fixtures of the contract tests: both worlds over one pair of HTTP clients, and no way to the network."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from .support import World


@pytest.fixture(scope="session")
def worlds() -> Iterator[dict[str, World]]:
    """Both worlds. Reading the certificates takes 25 ms, so all tests share it."""
    context = ssl.create_default_context()
    loop = asyncio.new_event_loop()
    with httpx.Client(verify=context, trust_env=False) as client:
        async_client = httpx.AsyncClient(verify=context, trust_env=False)
        yield {"sync": World("sync", client, None), "async": World("async", async_client, loop)}
        loop.run_until_complete(async_client.aclose())
        loop.close()


@pytest.fixture(scope="module", autouse=True)
def network() -> Iterator[respx.MockRouter]:
    """The stubbed network, and no way around it. Patching takes longer than most tests do: once for a module."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a contract test tried to reach the network")

    with pytest.MonkeyPatch.context() as patch, respx.mock(assert_all_called=False) as router:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket.socket, "connect_ex", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield router


@pytest.fixture(params=["sync", "async"])
def world(request: pytest.FixtureRequest, worlds: dict[str, World]) -> World:
    """One world after the other: every test runs in both."""
    return worlds[request.param]
