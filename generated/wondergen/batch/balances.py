# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a batch costs, by the balance of each service that tells one: a budget is held by it, and prices are learned."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from operator import attrgetter
from typing import Any

from .._runtime import log
from .._runtime.errors import (
    AuthenticationError,
    InsufficientCredits,
    InvalidResponse,
    MissingCredentials,
    WondergenError,
)
from .._runtime.operation import Operation
from .._runtime.states import number_of
from . import registry
from .pace import backoff
from .store import BatchStore, Row, StoreFailed

FATAL = (AuthenticationError, InsufficientCredits, MissingCredentials)
"""What the next row would meet as well."""
_MOST_LOOKS = 6
"""Times that a balance which cannot be read is asked for, where a budget depends on it."""
_SECONDS_OF_A_LOOK = 10.0
"""Seconds to wait for a balance where nothing depends on it."""


class Exhausted(Exception):
    """No further row is to be paid for: the budget is used up, or its balance cannot be read, which is the cause."""


class Balances:
    """The balances of the services of one run."""

    def __init__(
        self,
        store: BatchStore,
        budget: float | None,
        ask: Callable[[Callable[[], Any]], Awaitable[Any]],
        call: Callable[..., Awaitable[Any]],
    ) -> None:
        """Begin without a balance.

        `ask` runs a method of the store beside the event loop, `call` a method of a client.
        """
        self.prices: dict[str, float] = {}
        """What one call of an operation was measured to cost."""
        self._store = store
        self._budget = budget
        self._ask = ask
        self._call = call
        self._measured: set[str] = set()
        """Services whose balance is read at the end."""
        self._unread: Counter[str] = Counter()
        """How often in a row the balance of a service could not be read, …"""
        self._not_before: dict[str, float] = {}
        """… and until when it is not asked for again."""

    async def begin(self, client_of: Callable[[str], Any]) -> None:
        """Read the balances before the first row, so that it is known at the end what the run cost.

        With a budget they are read when a row is to be paid for; at the end in any case, for earlier rows too.
        """
        self.prices = await self._ask(self._store.prices)
        rows = await self._ask(partial(self._store.operations, "waiting", "running"))
        services = {name.partition(".")[0] for name in rows}
        self._measured = {name for name in services if registry.balance_of(name) is not None}
        if self._budget is None:
            await self.end(client_of)

    async def end(self, client_of: Callable[[str], Any]) -> None:
        """Read the balances again. Nothing depends on it: a service that does not answer is passed over."""
        for service in sorted(self._measured):
            balance = registry.balance_of(service)
            assert balance is not None
            try:
                await self._measure(client_of(service), service, *balance, timeout=_SECONDS_OF_A_LOOK)
            except StoreFailed:
                raise
            except Exception as error:
                log.record_of("batch", logging.INFO, "balance not read", service=service, reason=error)

    async def admit(self, client: Any, row: Row) -> None:
        """Wait until a row may be paid for within the budget. Raises Exhausted where it may not."""
        balance = registry.balance_of(row.service)
        if balance is None:
            return
        if self._budget is None:
            await self._ask(partial(self._store.open, row.key))
            return
        while (answer := await self._ask(partial(self._store.admit, row, self._budget))) != "go":
            if answer == "stop":
                spent = (await self._ask(self._store.spent)).get(row.service, 0.0)
                raise Exhausted(f"the budget of {self._budget:g} credits is used up: {spent:g} spent of {row.service}")
            if answer == "measure" and await self._is_measured(client, row.service, *balance):
                continue
            await asyncio.sleep(0.05)

    async def _is_measured(self, client: Any, service: str, operation: Operation, pointer: str) -> bool:
        """Read a balance on which the budget depends. Raises Exhausted where it cannot be read again and again."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._not_before.get(service, 0.0):
            return False
        try:
            return await self._measure(client, service, operation, pointer)
        except (StoreFailed, *FATAL):
            raise
        except (WondergenError, TypeError, ValueError) as error:
            self._unread[service] += 1
            if self._unread[service] >= _MOST_LOOKS:
                problem = f"the balance of {service} cannot be read, and without it no budget holds"
                raise Exhausted(f"{problem}: {error}") from error
            pause = backoff(self._unread[service], getattr(error, "retry_after", None))
            self._not_before[service] = loop.time() + pause
            return False

    async def _measure(self, client: Any, service: str, operation: Operation, pointer: str, **options: float) -> bool:
        """Ask a service for its balance. False where another worker does."""
        began = await self._ask(partial(self._store.begin_measuring, service))
        if began is None:
            return False
        value = None
        try:
            reply = await self._call(attrgetter(operation.name)(client), **options)
            value = number_of(registry.balance_in(reply, operation, pointer))
            if value is None:
                raise InvalidResponse(operation.name, f"the reply tells no balance at {pointer}", raw=reply)
        finally:
            await self._ask(partial(self._store.measured, service, value, began))
            self.prices = await self._ask(self._store.prices)
        self._unread[service] = 0
        self._measured.add(service)
        return True
