"""Sync and async clients behind one interface, so that a test of the kit is written once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from typing import Any

import pytest
import wondergen
import wondergen._runtime.sync.result
import wondergen._runtime.sync.task
import wondergen.testing.fakes
import wondergen.testing.reply_drift

from tests.chosen_operations import Example

# A run within a run forgets what it imported, and half of a package would be there twice: all of it is here before.
CLIENTS = [getattr(wondergen, name) for name in wondergen.__all__]


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


@pytest.fixture
def run_pytest(pytester: pytest.Pytester):  # type: ignore[no-untyped-def]
    """Run one test module and hand back what pytest said."""

    def inner(source: str, *arguments: str) -> pytest.RunResult:
        pytester.makepyfile(test_it=f"import pytest\n{source}")
        plugins = ("-p", "wondergen.testing.plugin", "-p", "no:cacheprovider")
        return pytester.runpytest_inprocess(*plugins, "--strict-markers", *arguments)

    return inner
