# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Call a client over stubs, sync and async, and compare requests, errors and results field by field."""

from __future__ import annotations

import asyncio
import hashlib
import json
import pickle
import sys
from collections.abc import Awaitable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import httpx
import respx
from wondergen import ConnectFailed, InvalidResponse, OutcomeUnknown, WondergenError

from .oracle import Catalog
from .rows import Call, Endpoint, Failure, Reply

CLIENT = "wondergen/0.1.0"
USER_AGENT = f"{CLIENT} python/{sys.version_info.major}.{sys.version_info.minor}"
ACCEPT = "application/json"
MAX_RETRIES = 2
BAD_HEADERS: Sequence[object] = (
    {"X-Canary": "canary\nx: 1"},
    {"X-Canary": "canary\rx: 1"},
    {"X-Canary": "canary\0"},
    {"X-Canary": 5},
    {"X Canary": "canary"},
    {"X-Canary\n": "canary"},
    {5: "canary"},
    {"Host": "elsewhere.example.com"},
    {"Content-Length": "1"},
    ["X-Canary"],
)
"""Extra headers that no request can carry."""
FILES = (
    "https://files.example.com/1.png",
    "https://files.example.com/2.png",
    "https://files.example.com/3.png",
    "https://files.example.com/4.png",
)


@dataclass(frozen=True)
class Sent:
    """One request that was sent."""

    method: str
    origin: str
    target: str
    """Path and query, byte for byte."""
    headers: Mapping[str, str]
    body: Any
    """JSON decoded; None for an empty body; other types as bytes."""

    @property
    def url(self) -> str:
        """The whole URL, byte for byte."""
        return self.origin + self.target

    @classmethod
    def of(cls, request: httpx.Request) -> Sent:
        """Read a request. A repeated header has its values joined; Content-Length has to be that of the body."""
        headers: dict[str, str] = {}
        for name, value in request.headers.multi_items():
            headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
        assert int(headers.pop("content-length", "0")) == len(request.content)
        origin = f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"
        body = body_of(request.content, headers)
        return cls(request.method, origin, request.url.raw_path.decode("ascii"), headers, body)


def body_of(content: bytes, headers: dict[str, str]) -> Any:
    """Decode a body by its media type. The boundary of a multipart form is random, so it is removed from its header."""
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
    """Return the request that a call has to send."""
    host = endpoint.origin.partition("://")[2]
    same = {"host": host, "accept": ACCEPT, "user-agent": USER_AGENT}
    path = endpoint.path_of(call)
    target = f"{path}?{call.query}" if call.query else path
    headers = {**same, **endpoint.headers, **call.headers}
    return Sent(endpoint.method, endpoint.origin, target, headers, call.body)


def differences(actual: Any, expected: Any, place: str = "") -> list[str]:
    """Return each place at which two values differ. 1, 1.0 and True are three values."""
    if is_dataclass(expected) and type(actual) is type(expected) and not isinstance(expected, type):
        return [
            row
            for one in fields(expected)
            for row in differences(getattr(actual, one.name), getattr(expected, one.name), f"{place}{one.name}")
        ]
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        return [
            row
            for name in dict.fromkeys((*expected, *actual))
            for row in differences(actual.get(name, MISSING), expected.get(name, MISSING), f"{place}/{name}")
        ]
    if isinstance(expected, (list, tuple)) and isinstance(actual, type(expected)) and len(expected) == len(actual):
        pairs = enumerate(zip(actual, expected, strict=True))
        return [row for index, (one, other) in pairs for row in differences(one, other, f"{place}/{index}")]
    if actual == expected and (
        type(actual) is type(expected) or (type(actual) is Float and type(expected) in (int, float))
    ):
        return []
    return [f"{place or 'value'}: {_short(actual)} instead of {_short(expected)}"]


def assert_equal(actual: Any, expected: Any) -> None:
    """Fail with each place at which two values differ."""
    assert differences(actual, expected) == []


class _Missing:
    def __repr__(self) -> str:
        return "nothing"


MISSING = _Missing()


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:120]} ... ({len(text)} characters)"


@contextmanager
def about(row: Any) -> Iterator[None]:
    """Name the value that is tested in the failure of a test of several values."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"with: {_short(row)}")
        raise


class Harness:
    """Runs a test with sync or async clients: what async clients return is awaited."""

    def __init__(
        self, arguments: Mapping[str, Any], router: respx.Router, loop: asyncio.AbstractEventLoop | None
    ) -> None:
        self.arguments = arguments
        """Arguments of the clients that lead their requests to the router."""
        self.router = router
        self.is_async = loop is not None
        self._loop = loop

    def name_of(self, kind: str) -> str:
        """Return the name of a class: Task or AsyncTask."""
        return f"Async{kind}" if self.is_async else kind

    def finish(self, value: Any) -> Any:
        """Return the value, awaited if it is awaitable."""
        if self._loop is None or not isinstance(value, Awaitable):
            return value
        return self._loop.run_until_complete(_awaited(value))

    def clear(self) -> None:
        """Remove stubs and requests. A stub that was not called fails the test."""
        uncalled = [route for route in self.router.routes if not route.called]
        self.router.clear()
        self.router.reset()
        assert uncalled == []


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value


class Clock:
    """A clock that a sleep advances at once."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def time(self) -> float:
        """Return seconds since 1970."""
        return self.now

    def monotonic(self) -> float:
        """Return seconds of the monotonic clock."""
        return self.now

    def sleep(self, seconds: float) -> Any:
        """Advance the clock."""
        self.slept.append(seconds)
        self.now += seconds


class AsyncClock(Clock):
    """The clock of async clients."""

    async def sleep(self, seconds: float) -> None:
        """Advance the clock, and let other tasks run."""
        super().sleep(seconds)
        await asyncio.sleep(0)


class Stage:
    """One client, the stubs of its service, and the requests that it sent."""

    def __init__(self, harness: Harness, client: Any, catalog: Catalog, secrets: Collection[str]) -> None:
        self.harness = harness
        self.client = client
        self.catalog = catalog
        self.clock = AsyncClock() if harness.is_async else Clock()
        self._secrets = secrets
        for name in ("time", "monotonic", "sleep"):
            setattr(client._session.clock, name, getattr(self.clock, name))

    def finish(self, value: Any) -> Any:
        """Return what the client returned, awaited if the client is async."""
        return self.harness.finish(value)

    def close(self) -> None:
        """Close the client, but not the HTTP client that all tests share."""
        self.finish(self.client.aclose() if self.harness.is_async else self.client.close())

    def answers(self, endpoint: Endpoint, call: Call, *replies: Reply) -> None:
        """Stub one call with these replies in turn, the last one repeated; by default with the documented success."""
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
        """Stub the call, make it, and return its result."""
        self.answers(endpoint, call, *replies)
        return self.call(endpoint, call.arguments)

    def send_failing(self, endpoint: Endpoint, call: Call, reply: Reply) -> Any:
        """Stub the call, make it, and return the error that it raises."""
        self.answers(endpoint, call, reply)
        return self.fails(endpoint, call.arguments)

    def call(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Make a call and return its result."""
        return self.finish(self.method(endpoint)(**arguments))

    def method(self, endpoint: Endpoint) -> Any:
        """Return the method of an operation."""
        method = self.client
        for name in endpoint.name.split("."):
            method = getattr(method, name)
        return method

    def fails(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Make a call and return the error that it raises, which must hold no secret; None if it raises none."""
        error: Exception | None = None
        try:
            self.call(endpoint, arguments)
        except (WondergenError, TypeError) as raised:
            error = raised
        text = f"{error!r} {error} {vars(error) if error else ''}"
        assert not any(secret in text for secret in self._secrets), "the error shows a secret"
        assert getattr(error, "operation", endpoint.name) == endpoint.name
        faults = getattr(error, "faults", ())
        assert all(fault.parameter and fault.problem and str(fault) in text for fault in faults)
        if isinstance(error, WondergenError):
            again = pickle.loads(pickle.dumps(error))
            assert (type(again), again.args, vars(again)) == (type(error), error.args, vars(error))
        return error

    def ending(self, task: Any) -> tuple[Any, ...]:
        """Wait for a task; return class and fields of the error, or (None,) for a result."""
        try:
            self.finish(task.wait())
        except WondergenError as error:
            fields = ("operation", "task_id", "reason", "raw_status", "code")
            return (type(error), *(getattr(error, name, None) for name in fields))
        return (None,)

    @property
    def sent(self) -> list[Sent]:
        """Requests since the start or since `clear`."""
        return [Sent.of(call.request) for call in self.harness.router.calls]

    @property
    def seconds(self) -> list[float]:
        """Read timeout of each request so far."""
        return [call.request.extensions["timeout"]["read"] for call in self.harness.router.calls]

    def differences(self, *requests: Sent) -> list[str]:
        """Return each difference between the requests so far and these."""
        actual, expected = (
            {f"request {number}/": one for number, one in enumerate(listed, 1)} for listed in (self.sent, requests)
        )
        return differences(actual, expected)

    def clear(self) -> None:
        """Remove requests, stubs and pauses before the next row."""
        self.harness.clear()
        self.clock.slept.clear()

    def has_paused_for(self, failure: Failure) -> bool:
        """Return whether each retry came after the pause that the service named, or else after a short one."""
        named, pauses = failure.retry_after, self.clock.slept
        right = [0.1 <= pause <= 10 if named is None else pause == named for pause in pauses]
        return right == [True] * (failure.sent - 1)

    def request_faults(self, endpoint: Endpoint, since: int = 0) -> list[str]:
        """Return the faults of the bodies that were sent, against the document."""
        if endpoint.request_schema is None:
            return []
        bodies = [sent.body for sent in self.sent[since:]]
        return [fault for body in bodies for fault in self.catalog.faults(endpoint.request_schema, body)]


def names(error: Any) -> set[str]:
    """Return the parameters that an InvalidRequest names."""
    return {fault.parameter.partition(".")[0].partition("[")[0] for fault in getattr(error, "faults", ())}


def dumped(reply: Any) -> Any:
    """Return a typed reply as the JSON that it was read from."""
    if not hasattr(reply, "model_dump"):
        return reply
    # Without warnings: what breaks its schema is kept all the same.
    return _lenient(reply.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False))


class Float(float):
    """A number of a typed reply: equal to 1 and to 1.0, because the schema says `number`."""


def _lenient(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _lenient(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_lenient(item) for item in value]
    return Float(value) if isinstance(value, float) else value


def fits_no_signature(error: Any, parameter: str) -> bool:
    """Return whether an error is the TypeError of a call that does not fit the signature."""
    return type(error) is TypeError and f"'{parameter}'" in str(error)


def outcome(error: Any) -> dict[str, Any]:
    """Return the public fields of an error as tests compare them; its sentences have to stand in its text."""
    fields = {name: value for name, value in vars(error).items() if not name.startswith("_")}
    parts = [fields.pop(name) for name in ("reason", "advice") if name in fields]
    parts += [fields[name] for name in ("code", "message", "trace_id", "meaning") if fields.get(name) is not None]
    if "body" in fields:
        fields["body"] = dumped(fields["body"])
    is_whole = all(part and part.rstrip(".") in str(error) for part in parts)
    return {"class": type(error), **fields, "text has it all": is_whole}


def expected(endpoint: Endpoint, failure: Failure, request: httpx.Request, now: float) -> dict[str, Any]:
    """Return the fields that the error of a failure must have. `request`: the last one, sent at `now`."""
    reply = failure.reply
    fields = {"class": failure.error, "operation": endpoint.name, "text has it all": True}
    if failure.error is ConnectFailed:
        return fields
    fields |= {"http_status": None if reply.raises else reply.status, "raw": reply.raw}
    if failure.error is InvalidResponse:
        return fields
    fields |= {"task_id": None, "token": None}
    if failure.error is OutcomeUnknown:
        identity = f"{request.method} {request.url}\n".encode() + request.content
        sent_at = datetime.fromtimestamp(now, UTC)
        return {**fields, "digest": hashlib.sha256(identity).hexdigest(), "sent_at": sent_at}
    return {
        **fields,
        "body": reply.body,
        "code": failure.code,
        "message": failure.message,
        "trace_id": failure.trace_id,
        "meaning": failure.meaning,
        "retry_after": failure.retry_after,
    }


def text(length: int) -> str:
    """Return a text of this length."""
    return "x" * length


def file_urls(count: int) -> list[str]:
    """Return this many URLs of files."""
    return cycle(FILES, count)


def cycle(items: Sequence[Any], count: int) -> list[Any]:
    """Return this many items; after the last comes the first again."""
    return [items[index % len(items)] for index in range(count)]
