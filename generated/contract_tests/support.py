# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Call a client over stubs, sync and async, and compare requests, errors and results field by field."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import httpx
import respx
from wondergen import WondergenError

from .oracle import Catalog
from .rows import Call, Endpoint, Failure, Reply

CLIENT = "wondergen/0.1.0"
USER_AGENT = f"{CLIENT} python/{sys.version_info.major}.{sys.version_info.minor}"
ACCEPT = "application/json"
MAX_RETRIES = 2
FILES = (
    "https://files.example.com/1.png",
    "https://files.example.com/2.png",
    "https://files.example.com/3.png",
    "https://files.example.com/4.png",
)


@dataclass(frozen=True)
class Sent:
    """One request, taken apart."""

    method: str
    origin: str
    target: str
    """Path and query, byte for byte."""
    headers: Mapping[str, str]
    body: Any
    """JSON decoded; None where nothing was sent; anything else as bytes."""

    @classmethod
    def of(cls, request: httpx.Request) -> Sent:
        """Every header: one that is there twice shows as two values, one that only frames the body has to fit it."""
        headers: dict[str, str] = {}
        for name, value in request.headers.multi_items():
            headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
        assert int(headers.pop("content-length", "0")) == len(request.content)
        origin = f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"
        body = body_of(request.content, headers)
        return cls(request.method, origin, request.url.raw_path.decode("ascii"), headers, body)


def body_of(content: bytes, headers: dict[str, str]) -> Any:
    """A body decoded by its media type. The boundary of a form with files is random and leaves its header."""
    kind, _, boundary = headers.get("content-type", "").partition("; boundary=")
    if kind.endswith(("/json", "+json")) and content:
        return json.loads(content.decode("utf-8"))
    if kind != "multipart/form-data":
        return content or None
    headers["content-type"] = kind
    head = f"content-type: {kind}; boundary={boundary}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + content)
    return [
        [
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type() if "content-type" in part else None,
            part.get_payload(decode=True),
        ]
        for part in message.iter_parts()
    ]


def request_of(endpoint: Endpoint, call: Call) -> Sent:
    """The whole request that a call has to become."""
    host = endpoint.origin.partition("://")[2]
    same = {"host": host, "accept": ACCEPT, "user-agent": USER_AGENT}
    path = endpoint.path_of(call)
    target = f"{path}?{call.query}" if call.query else path
    headers = {**same, **endpoint.headers, **call.headers}
    return Sent(endpoint.method, endpoint.origin, target, headers, call.body)


def differences(found: Any, expected: Any, place: str = "") -> list[str]:
    """Name each place at which two values differ: 1, 1.0 and True are three values."""
    if is_dataclass(expected) and type(found) is type(expected) and not isinstance(expected, type):
        return [
            row
            for one in fields(expected)
            for row in differences(getattr(found, one.name), getattr(expected, one.name), f"{place}{one.name}")
        ]
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return [
            row
            for name in dict.fromkeys((*expected, *found))
            for row in differences(found.get(name, MISSING), expected.get(name, MISSING), f"{place}/{name}")
        ]
    if isinstance(expected, (list, tuple)) and isinstance(found, type(expected)) and len(expected) == len(found):
        pairs = enumerate(zip(found, expected, strict=True))
        return [row for index, (one, other) in pairs for row in differences(one, other, f"{place}/{index}")]
    if found == expected and (
        type(found) is type(expected) or (type(found) is Float and type(expected) in (int, float))
    ):
        return []
    return [f"{place or 'value'}: {_short(found)} instead of {_short(expected)}"]


def assert_equal(found: Any, expected: Any) -> None:
    """Fail with the places at which two values differ."""
    assert differences(found, expected) == []


class _Missing:
    def __repr__(self) -> str:
        return "nothing"


MISSING = _Missing()


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:120]} ... ({len(text)} characters)"


@contextmanager
def about(row: Any) -> Iterator[None]:
    """Where one value among others fails, name it in the failure."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"with: {_short(row)}")
        raise


class Harness:
    """Sync or async: what the async clients return is awaited, so that a test is written once."""

    def __init__(
        self, arguments: Mapping[str, Any], router: respx.Router, loop: asyncio.AbstractEventLoop | None
    ) -> None:
        self.arguments = arguments
        """What the clients are made with, so that their requests reach the router."""
        self.router = router
        self.is_async = loop is not None
        self._loop = loop

    def name_of(self, kind: str) -> str:
        """Return the name of a class: Task or AsyncTask."""
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
    """The same for async clients."""

    async def sleep(self, seconds: float) -> None:
        """Move on, and let the others run."""
        super().sleep(seconds)
        await asyncio.sleep(0)


class Stage:
    """One client, its stubbed service, and what was sent to it."""

    def __init__(self, harness: Harness, client: Any, catalog: Catalog, secrets: Collection[str]) -> None:
        self.harness = harness
        self.client = client
        self.catalog = catalog
        self.clock = AsyncClock() if harness.is_async else Clock()
        self._secrets = secrets
        for name in ("time", "monotonic", "sleep"):
            setattr(client._session.clock, name, getattr(self.clock, name))

    def finish(self, value: Any) -> Any:
        """What the client returned, awaited where the client is async."""
        return self.harness.finish(value)

    def close(self) -> None:
        """Close the client, not the HTTP client that all tests share."""
        self.finish(self.client.aclose() if self.harness.is_async else self.client.close())

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

        route = self.harness.router.route(method=endpoint.method, url=endpoint.origin + endpoint.path_of(call))
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
        return self.finish(self.method(endpoint)(**arguments))

    def method(self, endpoint: Endpoint) -> Any:
        """The method of an operation."""
        method = self.client
        for name in endpoint.name.split("."):
            method = getattr(method, name)
        return method

    def fails(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Make a call and hand back the error it raises, which holds no secret; None where it raises none."""
        try:
            self.call(endpoint, arguments)
        except (WondergenError, TypeError) as error:
            text = f"{error!r} {error} {vars(error)}"
            assert not any(secret in text for secret in self._secrets), "the error shows a secret"
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
        """Every request since the start or since `clear`."""
        return [Sent.of(call.request) for call in self.harness.router.calls]

    @property
    def seconds(self) -> list[float]:
        """How long each request so far may wait for its reply."""
        return [call.request.extensions["timeout"]["read"] for call in self.harness.router.calls]

    def differences(self, *requests: Sent) -> list[str]:
        """Name each difference between the requests so far and these."""
        found, expected = (
            {f"request {number}/": one for number, one in enumerate(listed, 1)} for listed in (self.sent, requests)
        )
        return differences(found, expected)

    def clear(self) -> None:
        """Forget requests, stubs and pauses, for the next row."""
        self.harness.clear()
        self.clock.slept.clear()

    def has_paused_for(self, failure: Failure) -> bool:
        """Whether there was a pause before each further attempt: the one the service named, or else a short one."""
        named, pauses = failure.retry_after, self.clock.slept
        right = [0.1 <= pause <= 10 if named is None else pause == named for pause in pauses]
        return right == [True] * (failure.sent - 1)

    def request_faults(self, endpoint: Endpoint, since: int = 0) -> list[str]:
        """The faults of the bodies that were sent, by the document."""
        if endpoint.request_schema is None:
            return []
        bodies = [sent.body for sent in self.sent[since:]]
        return [fault for body in bodies for fault in self.catalog.faults(endpoint.request_schema, body)]


def names(error: Any) -> set[str]:
    """The parameters that an InvalidRequest names."""
    return {fault.parameter.partition(".")[0].partition("[")[0] for fault in getattr(error, "faults", ())}


def dumped(reply: Any) -> Any:
    """A typed reply as the JSON it came from."""
    if not hasattr(reply, "model_dump"):
        return reply
    # Without warnings: what breaks its schema is kept all the same.
    return _lenient(reply.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False))


class Float(float):
    """A number of a typed reply: 1.0 is as good as 1 there, for the schema says that it is a number."""


def _lenient(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _lenient(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_lenient(item) for item in value]
    return Float(value) if isinstance(value, float) else value


def fits_no_signature(error: Any, parameter: str) -> bool:
    """Whether an error is Python's own about a call that does not fit a signature."""
    return type(error) is TypeError and f"'{parameter}'" in str(error)


def outcome(error: Any) -> dict[str, Any]:
    """What a test compares of an error."""
    known = ("operation", "code", "message", "trace_id", "http_status", "meaning", "retry_after")
    found = {name: getattr(error, name, None) for name in known}
    parts = [str(found[name]) for name in ("code", "message", "trace_id", "meaning") if found[name] is not None]
    return {"class": type(error), **found, "text has it all": all(part in str(error) for part in parts)}


def expected(endpoint: Endpoint, failure: Failure) -> dict[str, Any]:
    """What the error of a failure has to be."""
    return {
        "class": failure.error,
        "operation": endpoint.name,
        "code": failure.code,
        "message": failure.message,
        "trace_id": failure.trace_id,
        "http_status": None if failure.reply.raises else failure.reply.status,
        "meaning": failure.meaning,
        "retry_after": failure.retry_after,
        "text has it all": True,
    }


def text(length: int) -> str:
    """A text of that many characters."""
    return "x" * length


def file_urls(count: int) -> list[str]:
    """So many URLs of files."""
    return cycle(FILES, count)


def cycle(items: Sequence[Any], count: int) -> list[Any]:
    """So many of the items, from the first again after the last."""
    return [items[index % len(items)] for index in range(count)]
