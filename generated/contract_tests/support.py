# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the contract tests stand on: calls in both worlds, stubs the catalog must allow, requests taken apart."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
import respx
from wondergen import WondergenError

from .oracle import Catalog, exact
from .rows import Call, Endpoint, Failure, Reply

CLIENT = "wondergen/0.1.0"
USER_AGENT = f"{CLIENT} python/{sys.version_info.major}.{sys.version_info.minor}"
MAX_RETRIES = 2


@dataclass(frozen=True)
class Sent:
    """One recorded request, taken apart."""

    method: str
    origin: str
    target: str
    """Path and query, byte for byte."""
    headers: Mapping[str, str]
    body: str
    """JSON with sorted keys, so that 1, 1.0 and True differ; empty where nothing was sent."""

    @classmethod
    def of(cls, request: httpx.Request) -> Sent:
        """Every header: one that is there twice shows as two values, one that only frames the body has to fit it."""
        headers: dict[str, str] = {}
        for name, value in request.headers.multi_items():
            headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
        assert int(headers.pop("content-length", "0")) == len(request.content)
        body = exact(json.loads(request.content.decode("utf-8"))) if request.content else ""
        origin = f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"
        return cls(request.method, origin, request.url.raw_path.decode("ascii"), headers, body)


def request_of(endpoint: Endpoint, call: Call) -> Sent:
    """The whole request that a call has to become."""
    host = endpoint.origin.partition("://")[2]
    same = {"host": host, "accept": "application/json", "user-agent": USER_AGENT}
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in call.query)
    target = f"{call.raw_path}?{query}" if query else call.raw_path
    body = "" if endpoint.body_at is None else exact(call.body)
    return Sent(endpoint.method, endpoint.origin, target, {**same, **endpoint.headers, **call.headers}, body)


class World:
    """One of the two worlds: what the async one returns is awaited, so that a test is written once."""

    def __init__(self, http_client: Any, router: respx.Router, loop: asyncio.AbstractEventLoop | None) -> None:
        self.http_client = http_client
        self.router = router
        self.is_async = loop is not None
        self._loop = loop

    def name_of(self, kind: str) -> str:
        """What a class is called in this world."""
        return f"Async{kind}" if self.is_async else kind

    def finish(self, value: Any) -> Any:
        """The value, awaited where it has to be."""
        if self._loop is None or not isinstance(value, Awaitable):
            return value
        return self._loop.run_until_complete(_awaited(value))

    def clear(self) -> None:
        """Forget stubs and requests. A stub that nothing called fails the test."""
        uncalled = [route for route in self.router.routes if not route.called]
        self.router.clear()
        self.router.reset()
        assert uncalled == []


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value


class Clock:
    """A clock on which a sleep takes no time."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def time(self) -> float:
        """Seconds since 1970."""
        return self.now

    def monotonic(self) -> float:
        """Seconds on the clock of deadlines."""
        return self.now

    def sleep(self, seconds: float) -> Any:
        """Move on."""
        self.slept.append(seconds)
        self.now += seconds


class AsyncClock(Clock):
    """The same for the async world."""

    async def sleep(self, seconds: float) -> None:
        """Move on, and let the others run."""
        super().sleep(seconds)
        await asyncio.sleep(0)


class Stage:
    """One client, its stubbed service, and what was sent to it."""

    def __init__(self, world: World, client: Any, catalog: Catalog, secrets: Collection[str]) -> None:
        self.world = world
        self.client = client
        self.catalog = catalog
        self.clock = AsyncClock() if world.is_async else Clock()
        self._secrets = secrets
        for name in ("time", "monotonic", "sleep"):
            setattr(client._session.clock, name, getattr(self.clock, name))

    def finish(self, value: Any) -> Any:
        """What the client returned, awaited in the async world."""
        return self.world.finish(value)

    def close(self) -> None:
        """Close the client, not the HTTP client that all tests share."""
        self.finish(self.client.aclose() if self.world.is_async else self.client.close())

    def answers(self, endpoint: Endpoint, call: Call, *replies: Reply) -> None:
        """Stub one call: these replies in turn, the last one for ever. Without any, the documented success."""
        stubs = replies or (Reply(endpoint.status, endpoint.reply, documented=True),)
        for stub in stubs:
            if stub.documented and endpoint.reply_schema is not None:
                assert self.catalog.faults(endpoint.reply_schema, stub.json) == [], "the stub is not as documented"
        answered: list[Reply] = []

        def answer(request: httpx.Request) -> httpx.Response:
            answered.append(stubs[min(len(answered), len(stubs) - 1)])
            return answered[-1].response(request)

        route = self.world.router.route(method=endpoint.method, url=endpoint.origin + call.raw_path)
        route.mock(side_effect=answer)

    def send(self, endpoint: Endpoint, call: Call, *replies: Reply) -> Any:
        """Stub the call, make it, and hand back what it returns."""
        self.answers(endpoint, call, *replies)
        return self.call(endpoint, call.arguments)

    def send_failing(self, endpoint: Endpoint, call: Call, reply: Reply) -> Any:
        """Stub the call, make it, and hand back the error it raises."""
        self.answers(endpoint, call, reply)
        return self.fails(endpoint, call.arguments)

    def call(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Make a call and hand back what it returns."""
        method = self.client
        for name in endpoint.name.split("."):
            method = getattr(method, name)
        return self.finish(method(**arguments))

    def fails(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Make a call and hand back the error it raises, which holds no secret; None where it raises none."""
        try:
            self.call(endpoint, arguments)
        except WondergenError as error:
            shown = f"{error!r} {error} {vars(error)}"
            assert not any(secret in shown for secret in self._secrets), "the error shows a secret"
            return error
        return None

    def ending(self, task: Any) -> tuple[Any, ...]:
        """What waiting for a task raises, taken apart; None where it gives the result."""
        try:
            self.finish(task.wait())
        except WondergenError as error:
            fields = ("operation", "task_id", "reason", "raw_status")
            return (type(error), *(getattr(error, name, None) for name in fields))
        return (None,)

    @property
    def sent(self) -> list[Sent]:
        """Every request so far."""
        return [Sent.of(call.request) for call in self.world.router.calls]

    @property
    def seconds(self) -> list[float]:
        """How long each request so far may wait for its reply."""
        return [call.request.extensions["timeout"]["read"] for call in self.world.router.calls]

    def taken(self) -> list[Sent]:
        """The same, and a clean stage for the next row."""
        sent = self.sent
        self.world.clear()
        self.clock.slept.clear()
        return sent

    def has_paused_for(self, failure: Failure) -> bool:
        """Whether there was a pause before each further attempt: the one the service asked for, or else a short one."""
        asked, pauses = failure.retry_after, self.clock.slept
        right = [0.1 <= pause <= 10 if asked is None else pause == asked for pause in pauses]
        return right == [True] * (failure.sent - 1)

    def request_faults(self, endpoint: Endpoint, since: int = 0) -> list[str]:
        """What the catalog has against the bodies that were sent."""
        if endpoint.request_schema is None:
            return []
        bodies = [json.loads(sent.body) for sent in self.sent[since:]]
        return [fault for body in bodies for fault in self.catalog.faults(endpoint.request_schema, body)]


def names(error: Any) -> set[str]:
    """The parameters that an InvalidRequest names."""
    return {fault.parameter.partition(".")[0].partition("[")[0] for fault in getattr(error, "faults", ())}


def dumped(reply: Any) -> Any:
    """A typed reply as the JSON it came from."""
    if not hasattr(reply, "model_dump"):
        return reply
    # Without warnings: what breaks its schema is kept all the same.
    return reply.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)


def outcome(error: Any) -> tuple[Any, ...]:
    """What a test compares of an error; at last, whether its text says what is known."""
    fields = ("operation", "code", "message", "trace_id", "http_status", "meaning")
    known = [getattr(error, name, None) for name in fields]
    told = [getattr(error, name, None) for name in ("code", "message", "trace_id", "meaning")]
    is_told = all(part in str(error) for part in told if part is not None)
    return (type(error), *known, getattr(error, "retry_after", None), is_told)


def expected(endpoint: Endpoint, failure: Failure) -> tuple[Any, ...]:
    """What the error of a failure has to be."""
    status = None if failure.reply.raises else failure.reply.status
    known = (failure.code, failure.message, failure.trace_id, status, failure.meaning, failure.retry_after)
    return (failure.error, endpoint.name, *known, True)
