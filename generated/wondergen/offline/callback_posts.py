# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Callbacks: what a service sends to the URL that a request named, once its task has ended; posted for real."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

import httpx

from .._runtime.errors import UntrustedHost
from .._runtime.hosts import is_loopback, parse
from .upstream_reply import JSON
from .upstream_store import Clock, Task, UpstreamStore

ATTEMPTS = 3
PAUSES = (0.5, 2.0)
"""Seconds between the attempts."""
PATIENCE = 5.0
"""Seconds that a receiver has to answer."""
AT_ONCE = 20
_LOG = logging.getLogger(f"{__package__}.callbacks")


def obstacle(url: str, hosts: Collection[str]) -> str | None:
    """Return why nothing is posted to a URL: who sends a request must not make this machine send others."""
    try:
        target = parse(url)
        httpx.URL(target.at(target.host))
    except (UntrustedHost, httpx.InvalidURL) as error:
        return f"not posted: {error}"
    if is_loopback(target.host) or target.host in {host.lower() for host in hosts}:
        return None
    return f"not posted: {target.host} is neither this machine nor a host that was named for callbacks"


class Poster:
    """Posts the callbacks of the tasks that end, each once, at most three times where it fails.

    Several servers may share a file of state: a callback is posted by the one that has claimed it.
    """

    def __init__(self, store: UpstreamStore, clock: Clock, payload: Callable[[Task], tuple[str, Any]]) -> None:
        """Make the poster. `payload` gives method and body of the callback of a task that has ended."""
        self._store = store
        self._clock = clock
        self._payload = payload
        self._changed = asyncio.Event()
        self._free = AT_ONCE
        self._loop = asyncio.get_running_loop()

    def wake(self) -> None:
        """Note that something has changed: a task more, or the time. From any thread."""
        with suppress(RuntimeError):  # the loop is closed: nobody is left to be woken
            self._loop.call_soon_threadsafe(self._changed.set)

    async def run(self) -> None:
        """Sleep until the next task ends, and post; for ever."""
        store, clock = self._store, self._clock
        async with (
            httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=PATIENCE) as client,
            asyncio.TaskGroup() as group,
        ):
            while True:
                self._changed.clear()
                for task in store.claim(clock.now(), self._free):
                    self._free -= 1
                    group.create_task(self._post(client, task)).add_done_callback(self._free_place)
                with suppress(TimeoutError):
                    async with asyncio.timeout(store.next_claim(clock.now()) if self._free else None):
                        await self._changed.wait()

    def _free_place(self, _: object) -> None:
        self._free += 1
        self._changed.set()

    async def _post(self, client: httpx.AsyncClient, task: Task) -> None:
        store = self._store
        try:
            method, payload = self._payload(task)
            for attempt in range(task.attempts + 1, ATTEMPTS + 1):
                failure = await _attempt(client, method, str(task.callback), payload)
                is_over = failure is None or attempt == ATTEMPTS
                note = "posted" if failure is None else f"attempt {attempt} of {ATTEMPTS} failed: {failure}"
                store.note_callback(task.id, attempt, note, is_over=is_over)
                if failure:
                    _LOG.warning("the callback of task %s: %s", task.id, note)
                if is_over:
                    return
                await asyncio.sleep(PAUSES[attempt - 1])
        except Exception as error:
            # A document that contradicts itself, a task of a service that this package does not have, or what nobody
            # thought of: the callbacks of other tasks go on.
            _LOG.warning("the callback of task %s is given up", task.id, exc_info=True)
            store.note_callback(task.id, task.attempts, f"not posted: {error or type(error).__name__}", is_over=True)
        finally:
            store.release(task.id)


async def _attempt(client: httpx.AsyncClient, method: str, url: str, payload: Any) -> str | None:
    """Return why it failed, or None.

    The URL is sent to as it was judged, and what the receiver says is not read.
    """
    target, content = parse(url), json.dumps(payload, separators=(",", ":")).encode()
    try:
        async with (
            asyncio.timeout(PATIENCE),
            client.stream(method, target.at(target.host), content=content, headers={"content-type": JSON}) as answer,
        ):
            return None if answer.is_success else f"HTTP {answer.status_code}"
    except (TimeoutError, httpx.TimeoutException):
        return f"no answer within {PATIENCE:g} s"
    except httpx.HTTPError as error:
        return type(error).__name__
