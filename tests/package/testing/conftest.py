"""Sync and async clients behind one interface, so that a test of the kit is written once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from typing import Any

import pytest

from tests.chosen_operations import Example


class Harness:
    """Makes clients of one harness, and awaits what has to be awaited."""

    def __init__(self, loop: asyncio.AbstractEventLoop | None) -> None:
        self._loop = loop
        self._clients: list[Any] = []

    @property
    def is_async(self) -> bool:
        return self._loop is not None

    def client(self, operation: Example, **arguments: Any) -> Any:
        """Return a client of the service of an operation, synchronous or not."""
        client = (operation.async_client if self.is_async else operation.client)(**arguments)
        self._clients.append(client)
        return client

    def run(self, value: Any) -> Any:
        """Return the value; of an awaitable, its result."""
        return self._loop.run_until_complete(value) if self._loop and isinstance(value, Awaitable) else value

    def waited(self, call: Any) -> Any:
        """Return the result of the task that a call starts."""
        return self.run(self.run(call).wait())

    def close(self) -> None:
        for client in self._clients:
            self.run(client.aclose() if self.is_async else client.close())
        if self._loop:
            self._loop.close()


@pytest.fixture(params=["sync", "async"])
def harness(request: pytest.FixtureRequest) -> Iterator[Harness]:
    made = Harness(asyncio.new_event_loop() if request.param == "async" else None)
    yield made
    made.close()
