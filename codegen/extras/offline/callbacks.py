"""Callbacks: what a service sends to the address that a request named, once its task has ended; posted for real."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx

from .._catalog.document import Catalog, Endpoint
from .._catalog.problems import PlanError
from .._runtime.errors import UntrustedHost
from .._runtime.hosts import is_loopback, parse
from .._runtime.pointer import get

if TYPE_CHECKING:
    from .store import Task
    from .upstream import Upstream

ATTEMPTS = 3
PAUSES = (0.5, 2.0)
"""Seconds between the attempts."""
_PATIENCE = 5.0
_LOG = logging.getLogger(__name__)


def address_in(catalog: Catalog, endpoint: Endpoint, body: Any) -> str | None:
    """Where a request wants to hear of the end of its task."""
    if "callback" not in endpoint.task:
        return None  # nothing says what is where in the payload
    found = (get(body, callback.address) for callback in catalog.callbacks(endpoint))
    return next((address for address in found if isinstance(address, str) and address), None)


def obstacle(address: str, hosts: Collection[str]) -> str | None:
    """Why nothing is posted to an address: anyone who can send a request could make this machine send others."""
    try:
        target = parse(address)
    except UntrustedHost as error:
        return f"not posted: {error}"
    if is_loopback(target.host) or target.host in {host.lower() for host in hosts}:
        return None
    return f"not posted: {target.host} is neither this machine nor one of the hosts that callbacks may go to"


class Poster:
    """Posts the callbacks of the tasks that end, each once, at most three times where it fails."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._changed = asyncio.Event()
        self._at_work: set[str] = set()
        self._loop = asyncio.get_running_loop()

    def wake(self) -> None:
        """Something has changed: a task more, or the time. From any thread."""
        with suppress(RuntimeError):  # the loop is closed: nobody is left to be woken
            self._loop.call_soon_threadsafe(self._changed.set)

    async def run(self) -> None:
        """Sleep until the next task ends, and post; for ever."""
        limits = httpx.Limits(max_connections=20)
        async with (
            httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=_PATIENCE, limits=limits) as client,
            asyncio.TaskGroup() as group,
        ):
            while True:
                self._changed.clear()
                now = self._upstream.clock.now()
                waiting = [task for task in self._upstream.store.waiting() if task.id not in self._at_work]
                for task in waiting:
                    if task.ends <= now:
                        self._at_work.add(task.id)
                        work = group.create_task(self._post(client, task))
                        work.add_done_callback(partial(self._done, task.id))
                ends = min((task.ends for task in waiting if task.ends > now), default=None)
                with suppress(TimeoutError):
                    async with asyncio.timeout(None if ends is None else ends - now):
                        await self._changed.wait()

    def _done(self, task_id: str, _: object) -> None:
        self._at_work.discard(task_id)
        self._changed.set()

    async def _post(self, client: httpx.AsyncClient, task: Task) -> None:
        try:
            method, payload = self._upstream.callback(task)
        except (PlanError, KeyError) as error:
            # A document that contradicts itself, or a task of a service that this package does not have.
            self._upstream.store.called_back(task.id, task.attempts, f"not posted: {error}", is_over=True)
            return
        request = client.build_request(method, str(task.callback), json=payload)
        for attempt in range(task.attempts + 1, ATTEMPTS + 1):
            failure = await _attempt(client, request)
            is_over = failure is None or attempt == ATTEMPTS
            note = "posted" if failure is None else f"attempt {attempt} of {ATTEMPTS} failed: {failure}"
            self._upstream.store.called_back(task.id, attempt, note, is_over=is_over)
            if failure:
                _LOG.warning("the callback of task %s: %s", task.id, note)
            if is_over:
                return
            await asyncio.sleep(PAUSES[attempt - 1])


async def _attempt(client: httpx.AsyncClient, request: httpx.Request) -> str | None:
    """Why it failed, or None."""
    try:
        answer = await client.send(request)
    except httpx.HTTPError as error:
        return type(error).__name__
    return None if answer.is_success else f"HTTP {answer.status_code}"
