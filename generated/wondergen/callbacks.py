# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a service sends to the URL that a call named: read, and never trusted beyond the id of a task.

    site.add_route("/finished", callbacks.app(client, on_done=handle))     # in Starlette or FastAPI

It is an application by itself for any ASGI server. Where it is mounted at `/finished`, the URL to give is `/finished/`.

Anybody can send anything to a public URL. So a callback only says which task to look at; the service is asked how the
task stands, and what it answers is the truth.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

from ._runtime import log
from ._runtime.aio.primitives import run_to_end
from ._runtime.callback import LONGEST_BODY, Callback, callback
from ._runtime.errors import InvalidRequest, NotFound, WondergenError
from ._runtime.handled_tasks import RENEWAL_SECONDS, HandledTasks

_REMEMBERED = 10_000

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def app(client: Any, on_done: Callable[[Any], Any]) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """Return an ASGI application that takes the callbacks of a service.

    It asks the service about the task and, where that has ended, calls `on_done(task)` once: a task whose `status` is
    final, and whose `wait()` returns the result or raises why there is none. Both may be `async`. Repeated callbacks,
    forged ones and those of unknown tasks are answered and do nothing. Several processes call it once between them
    where their clients share a journal, else once each: then what it does should be safe to do again. A handler that
    is not `async` runs in a thread, to its end also where the request or the server is ended meanwhile.
    """
    return _App(client, on_done)


class _App:
    def __init__(self, client: Any, on_done: Callable[[Any], Any]) -> None:
        self._client = client
        self._service = _service(client)
        self._on_done = on_done
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """Of the tasks that are looked at now."""
        self._threads = ThreadPoolExecutor(thread_name_prefix="callback")
        self._over: OrderedDict[str, None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        if scope["method"] != "POST":
            await _answer(send, 405, "a callback is a POST", [(b"allow", b"POST")])
            return
        body = await _body(receive)
        if body is None:
            await _answer(send, 413, "the body is too long")
            return
        try:
            notice = callback(body)
        except InvalidRequest:
            await _answer(send, 400, "this is not a callback")
            return
        session = getattr(self._client, "_session", None)
        if (
            session is not None and session.scrub(notice.id) != notice.id
        ):  # a key is not an id, and ids stand in the log
            await _answer(send, 400, "this is not a callback")
            return
        with log.context({"service": self._service}):
            await _answer(send, *await self._look_at(notice))

    async def _look_at(self, notice: Callback) -> tuple[int, str]:
        """Look at the task, one look at a time for each, and return what to answer."""
        lock = self._locks.setdefault(notice.id, asyncio.Lock())
        async with lock:
            if notice.id in self._over:
                return 200, "known"
            try:
                task = await _call(self._client.resume_callback, notice.stated)
            except (NotFound, InvalidRequest):
                log.record_of("callbacks", logging.INFO, "callback of an unknown task", task=notice.id)
                return 200, "unknown"
            except WondergenError as error:
                log.record_of("callbacks", logging.WARNING, "callback not looked into", task=notice.id, reason=error)
                return 503, "try again"
            if not task.status.is_final:
                return 200, "not over"
            try:
                return await self._handle(task)
            except WondergenError as error:
                log.record_of("callbacks", logging.WARNING, "journal not to be used", task=notice.id, reason=error)
                return 503, "try again"

    async def _handle(self, task: Any) -> tuple[int, str]:
        """Call the handler, unless another process that has the same journal does or did."""
        record = HandledTasks.of(getattr(self._client, "journal", None))
        state = "ours" if record is None else "busy"

        def begin(record: HandledTasks) -> None:
            nonlocal state
            state = record.begin(task.id)

        call = _HandlerCall(self._on_done, task, self._threads)
        try:
            if record is not None:
                await run_to_end(partial(begin, record))  # a request that is cancelled meanwhile gives the task back
            if state == "busy":
                return 200, "known"
            if state == "ours":
                async with _keep_renewing(record, task.id):
                    await call.run()
                if not call.is_done:
                    return 500, "try again"
        finally:
            if record is not None and state == "ours":
                await run_to_end(partial(record.end, task.id, is_over=call.is_done))
            if call.is_done or state == "over":
                self._over[task.id] = None
        while len(self._over) > _REMEMBERED:
            self._over.popitem(last=False)
        return 200, "done" if state == "ours" else "known"


class _HandlerCall:
    """One call of a handler for a task."""

    def __init__(self, function: Callable[[Any], Any], task: Any, threads: ThreadPoolExecutor) -> None:
        self.is_done = False
        """Whether it came to its end."""
        self._function = function
        self._task = task
        self._threads = threads

    async def run(self) -> None:
        """Call the handler. A cancellation waits for one that runs in a thread, which nothing can stop."""
        try:
            if inspect.iscoroutinefunction(self._function):
                await self._function(self._task)
            else:
                outcome = await run_to_end(self._in_thread, self._threads)
                if not inspect.isawaitable(outcome):
                    return
                await outcome
        except Exception:
            self._log_failure()
        else:
            self.is_done = True

    def _in_thread(self) -> Any:
        try:
            outcome = self._function(self._task)
        except Exception:
            self._log_failure()
            return None
        self.is_done = not inspect.isawaitable(outcome)
        return outcome

    def _log_failure(self) -> None:
        log.failure_of("callbacks", "on_done failed", task=self._task.id)


@asynccontextmanager
async def _keep_renewing(record: HandledTasks | None, task_id: str) -> AsyncIterator[None]:
    """Keep a task that was taken until the context ends, however long the handler takes."""

    async def renew(record: HandledTasks) -> None:
        while True:
            await asyncio.sleep(RENEWAL_SECONDS)
            try:
                await run_to_end(partial(record.renew, task_id))
            except WondergenError as error:  # the next renewal may pass
                log.record_of("callbacks", logging.WARNING, "task not renewed", task=task_id, reason=error)

    renewing = None if record is None else asyncio.create_task(renew(record))
    try:
        yield
    finally:
        if renewing is not None:
            renewing.cancel()
            await asyncio.wait([renewing])


def _service(client: Any) -> str | None:
    session = getattr(client, "_session", None)
    return None if session is None else session.service.name


async def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function of either kind; one that is not `async` in a thread, so that the server goes on."""
    if inspect.iscoroutinefunction(function):
        return await function(*arguments)
    outcome = await asyncio.to_thread(function, *arguments)
    return await outcome if inspect.isawaitable(outcome) else outcome


async def _body(receive: Receive) -> bytes | None:
    content = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return content
        content += bytes(message.get("body", b""))
        if len(content) > LONGEST_BODY:
            return None
        if not message.get("more_body"):
            return content


async def _answer(send: Send, status: int, text: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    content = text.encode()
    fields = [(b"content-type", b"text/plain"), (b"content-length", str(len(content)).encode()), *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": content})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        kind = message["type"].rpartition(".")[2]
        await send({"type": f"lifespan.{kind}.complete"})
        if kind == "shutdown":
            return
