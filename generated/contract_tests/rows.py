# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The rows of the tables: data, nothing is sent here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from wondergen import WondergenError

TASK_ID = "canary-task-1"
SAME: Any = object()
"""The wire has what the argument is."""


@dataclass(frozen=True)
class Endpoint:
    """Where an operation is, and what is the same in all its requests and replies."""

    name: str
    """As in Python: text_to_video, image_to_video.kling_3_0."""
    service: str
    method: str
    origin: str
    headers: Mapping[str, str]
    request_schema: str | None
    body_at: str | None
    reply_schema: str | None
    status: int
    reply: Any
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Call:
    """One call and the request it has to become."""

    id: str
    arguments: Mapping[str, Any]
    raw_path: str
    body: Any = None
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    source: tuple[str, ...] = ()
    """document:line, where a document of the vendor shows the call."""
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A reply that a document of the vendor shows, or takes apart, and what the client has to make of it."""

    id: str
    reply: Any
    gives: Any
    """The id of the task, the decoded result, or the typed reply as JSON."""
    source: tuple[str, ...]
    """document:line"""
    urls: tuple[str, ...] = ()
    """The addresses in it, sorted."""
    proves: tuple[str, ...] = ()

    @property
    def answer(self) -> Reply:
        """The stub, which the catalog has to allow."""
        return Reply(json=self.reply, documented=True)


@dataclass(frozen=True)
class Value:
    """One value of one parameter, on top of the smallest call, and what it is on the wire."""

    parameter: str
    argument: Any
    wire: Any = SAME
    wire_name: str | None = None
    """Where it is not the parameter's."""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that this value calls for."""
    beside_wire: Mapping[str, Any] | None = None
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """One value that never leaves the client."""

    parameter: str
    argument: Any
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What a rule asks for where the parameter is given."""
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A required parameter."""

    parameter: str
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Broken:
    """A whole call that breaks a rule over several parameters."""

    parameter: str
    arguments: Mapping[str, Any]
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Credential:
    """A secret that the constructor takes, another value for it, and the headers it then makes."""

    parameter: str
    variable: str
    other: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class ClientHeader:
    """A header that the constructor takes and every call carries."""

    parameter: str
    header: str
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Method:
    """One method, as the tests that treat all methods alike call it."""

    endpoint: Endpoint
    call: Call
    seconds: float
    """How long one attempt may take where the caller says nothing."""
    journal: str | None
    """What the journal says of the call once it is answered; None where it costs nothing and is not noted."""

    @property
    def id(self) -> str:
        """As in Python."""
        return self.endpoint.name


@dataclass(frozen=True)
class Choices:
    """The parameters of a method that have a choice of values, with the values; other methods have others."""

    endpoint: Endpoint
    call: Call
    own: Mapping[str, tuple[Any, ...]]
    wire_names: Mapping[str, str] = field(default_factory=dict)
    """Where they are not the parameters'."""

    @property
    def id(self) -> str:
        """As in Python."""
        return self.endpoint.name


@dataclass(frozen=True)
class Made:
    """A result with files: how it is had, and what the catalog says of the files."""

    endpoint: Endpoint
    call: Call
    poll: Endpoint | None
    """Where a task reports; None where the reply is the result."""
    poll_call: Call | None
    media: str
    placed: bool
    """Whether the catalog says where in the result the files are. Only then is their kind known."""
    host: str
    """Where the files of the stubbed result are."""
    hosts: tuple[str, ...] = ()
    """The only domains files may come from; none: any public host."""

    @property
    def id(self) -> str:
        """As in Python."""
        return self.endpoint.name


@dataclass(frozen=True)
class Life:
    """A task from its start to its result, and what of the replies the client cannot do without."""

    endpoint: Endpoint
    call: Call
    poll: Endpoint
    poll_call: Call
    result: Any
    urls: list[str]
    needed: tuple[str, ...]
    """Places in the replies."""
    status_at: str
    result_at: str
    as_text: bool
    """Whether the result is JSON in a string."""
    files_at: tuple[str, ...] = ()
    """Where the result has its files; () where that is at its top."""

    @property
    def id(self) -> str:
        """As in Python."""
        return self.endpoint.name

    @property
    def places(self) -> Sequence[str]:
        """Where the result can be bent without taking its files away."""
        return self.files_at or ["/" + name.replace("~", "~0").replace("/", "~1") for name in self.result]


@dataclass(frozen=True)
class Failure:
    """A reply that is no success, the error it becomes, and how often the request is sent before that."""

    id: str
    reply: Reply
    error: type[WondergenError]
    sent: int
    code: str | None = None
    message: str | None = None
    trace_id: str | None = None
    meaning: str | None = None
    """What the error says of the code, where the catalog explains it."""
    retry_after: float | None = None
    """Seconds that the service asks to wait."""
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """One documented status of a task and what it means."""

    word: Any
    status: str
    ends: type[WondergenError] | None
    """What wait() raises; None where it goes on to the result."""
    proves: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether the task ends with it."""
        return self.status not in ("queued", "running")

    def ending(self, operation: str, reason: str | None) -> tuple[Any, ...]:
        """The error of wait(), taken apart: class, operation, task, reason and the word of the service."""
        return (None,) if self.ends is None else (self.ends, operation, TASK_ID, reason, self.word)


@dataclass(frozen=True)
class Reply:
    """What the service answers."""

    status: int = 200
    json: Any = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raises: type[httpx.TransportError] | None = None
    documented: bool = False
    """Whether the catalog describes it: then it has to be as described."""

    def response(self, request: httpx.Request) -> httpx.Response:
        """A fresh response, or the failure of the transport."""
        if self.raises is not None:
            raise self.raises("canary failure", request=request)
        if self.content is not None:
            return httpx.Response(self.status, headers=self.headers, stream=httpx.ByteStream(self.content))
        return httpx.Response(self.status, headers=self.headers, json=self.json)


def text(length: int) -> str:
    """A text of that many characters."""
    return "x" * length


def at(anchor: str, *rests: str) -> tuple[str, ...]:
    """JSON pointers of facts: the anchor with each rest, or the anchor alone."""
    return tuple(anchor + rest for line in rests for rest in line.split(" ")) or (anchor,)
