"""A server on loopback whose clock the tests control, and sync and async clients of it behind one interface."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Iterator
from typing import Any

import pytest
from wondergen._catalog.index import client_class
from wondergen._catalog.service_document import load
from wondergen._runtime.aio.primitives import AsyncClock
from wondergen._runtime.sync.primitives import Clock
from wondergen.offline import Running, Settings, running
from wondergen.offline.upstream import Upstream
from wondergen.offline.upstream_store import Clock as OfflineClock

from tests.package.offline.valid_calls import TASKS, a_call, method

NOW = 1_800_000_000.0


class StillClock(OfflineClock):
    """A clock that a test moves on."""

    def now(self) -> float:
        return NOW + self.offset


class Harness:
    """A server, and clients that wait by moving its clock on."""

    def __init__(self, server: Running, loop: asyncio.AbstractEventLoop | None) -> None:
        self.server = server
        self._loop = loop
        self._clients: list[Any] = []

    def client(self, service: str, **more: Any) -> Any:
        """Return a client of the service, sync or async."""
        keys = {row.argument: f"fake-{service}-key" for row in load(service).service.credentials}
        kind = client_class(service, is_async=self._loop is not None)
        client = kind(**{**keys, "base_url": self.server.base_url(service), "max_retries": 0, **more})
        self._clients.append(client)
        return client

    def run(self, value: Any) -> Any:
        """Return the value; of an awaitable, its result."""
        return self._loop.run_until_complete(value) if self._loop and isinstance(value, Awaitable) else value

    def known_task(self, service: str, call: dict[str, Any]) -> dict[str, Any]:
        """Return the same call; where it takes a task, one that exists."""
        if "task_id" not in call:
            return call
        name = next(operation for known, operation in TASKS if known == service)
        started = self.run(method(self.client(service), name)(**a_call(service, name)))
        return {**call, "task_id": started.id}

    def close(self) -> None:
        for client in self._clients:
            self.run(client.aclose() if self._loop else client.close())
        if self._loop:
            self._loop.close()


@pytest.fixture(scope="module")
def clock() -> Iterator[StillClock]:
    """Return the time of the servers. Whoever waits in a client moves it on."""
    made = StillClock()

    async def sleep_async(_: object, seconds: float) -> None:
        made.advance(seconds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clock, "sleep", lambda _, seconds: made.advance(seconds))
        patch.setattr(AsyncClock, "sleep", sleep_async)
        for kind in (Clock, AsyncClock):
            patch.setattr(kind, "monotonic", lambda _: time.monotonic() + made.offset)
        yield made


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Return the settings; a module with other ones has a fixture of its own."""
    return Settings()


@pytest.fixture(scope="module")
def server(clock: StillClock, settings: Settings) -> Iterator[Running]:
    """Run one server for the tests of a module."""
    with running(upstream=Upstream(settings, clock=clock)) as made:
        yield made


@pytest.fixture(params=["sync", "async"])
def harness(request: pytest.FixtureRequest, server: Running) -> Iterator[Harness]:
    made = Harness(server, asyncio.new_event_loop() if request.param == "async" else None)
    yield made
    made.close()
