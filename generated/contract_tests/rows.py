# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The rows of the tables: data, no request is sent here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from wondergen import WondergenError

from .oracle import escaped, put

TASK_ID = "canary-task-1"


@dataclass(frozen=True)
class Endpoint:
    """Where an operation is, and what is the same in all its requests and replies."""

    name: str
    """As in Python: text_to_video, image_to_video.kling_3_0."""
    service: str
    method: str
    origin: str
    path: str
    """The path that the document names, below that of the service."""
    headers: Mapping[str, str]
    request_schema: str | None
    body_at: str | None
    reply_schema: str | None
    status: int
    reply: Any
    proves: tuple[str, ...] = ()

    def path_of(self, call: Call) -> str:
        """The path of a call."""
        return call.raw_path or self.path

    def member(self, wire_name: str) -> str:
        """Where a parameter of the body stands in it."""
        return f"{self.body_at}/{escaped(wire_name)}"


@dataclass(frozen=True)
class AsGiven:
    """A request that has the arguments of its call under their own names, and nothing else."""

    at: str
    """Where the body has those that are in no other place."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Argument → the header that carries it."""
    elsewhere: tuple[str, ...] = ()
    """Arguments in the path or the query: their call says how they are written."""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """Arguments in headers that each call has, unless it gives others."""


@dataclass(frozen=True)
class Call:
    """One call and the request it has to become."""

    id: str
    arguments: Mapping[str, Any]
    raw_path: str = ""
    """Where it is not that of the endpoint."""
    body: Any = None
    query: str = ""
    """As it stands in the URL."""
    headers: Mapping[str, str] = field(default_factory=dict)
    proves_each_at: str = ""
    """Below which each argument in the body is a fact that the call proves."""
    proves: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = self.body if isinstance(self.body, AsGiven) else AsGiven("")
        arguments = {**given.beside, **self.arguments}
        headers = {header: arguments[name] for name, header in given.headers.items() if name in arguments}
        outside = {*given.headers, *given.elsewhere}
        inside = {name: value for name, value in arguments.items() if name not in outside}
        if self.proves_each_at:
            facts = tuple(f"{self.proves_each_at}/{escaped(name)}" for name in inside)
            object.__setattr__(self, "proves", self.proves + facts)
        if given is self.body:
            object.__setattr__(self, "arguments", arguments)
            object.__setattr__(self, "headers", {**headers, **self.headers})
            object.__setattr__(self, "body", put({}, given.at, inside))


@dataclass(frozen=True)
class DocumentedReply:
    """A reply that the document shows, and what the client has to make of it."""

    id: str
    reply: Any
    gives: Any
    """The id of the task, the decoded result, or the typed reply as JSON."""
    urls: tuple[str, ...] = ()
    """The URLs in it, sorted."""
    proves: tuple[str, ...] = ()

    @property
    def answer(self) -> Reply:
        """The stub, which the catalog has to allow."""
        return Reply(json=self.reply, documented=True)


@dataclass(frozen=True)
class Accepted:
    """Values of one parameter that are sent, each on top of the smallest call."""

    parameter: str
    arguments: Sequence[Any]
    wire: Sequence[Any] | None = None
    """What they are on the wire; None where they are sent as they are."""
    wire_name: str | None = None
    """Where it is not the parameter's."""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that a value calls for."""
    beside_wire: Mapping[str, Any] | None = None
    proves: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The parameter."""
        return self.parameter

    def calls(self, endpoint: Endpoint, smallest: Call) -> Iterator[tuple[Any, Call]]:
        """Each argument with the call that has it."""
        beside = self.beside if self.beside_wire is None else self.beside_wire
        for argument, wire in zip(self.arguments, self.arguments if self.wire is None else self.wire, strict=True):
            body = smallest.body
            for name, value in {**beside, self.wire_name or self.parameter: wire}.items():
                body = put(body, endpoint.member(name), value)
            arguments = {**smallest.arguments, **self.beside, self.parameter: argument}
            yield argument, replace(smallest, id=self.parameter, arguments=arguments, body=body)


@dataclass(frozen=True)
class Refused:
    """Values of one parameter that never leave the client."""

    parameter: str
    arguments: Sequence[Any]
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What a rule requires where the parameter is given."""
    proves: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The parameter."""
        return self.parameter


@dataclass(frozen=True)
class Missing:
    """A required parameter."""

    parameter: str
    proves: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The parameter."""
        return self.parameter


@dataclass(frozen=True)
class Broken:
    """A whole call that breaks a rule over several parameters."""

    parameter: str
    arguments: Mapping[str, Any]
    proves: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The parameter that breaks it."""
        return self.parameter


@dataclass(frozen=True)
class Credential:
    """A secret that the constructor takes, another value for it, and the headers it then makes."""

    parameter: str
    variable: str
    other: str
    headers: Mapping[str, str]

    @property
    def id(self) -> str:
        """The argument of the constructor."""
        return self.parameter


@dataclass(frozen=True)
class ClientHeader:
    """A header that the constructor takes and every call carries."""

    parameter: str
    header: str
    proves: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The argument of the constructor."""
        return self.parameter


@dataclass(frozen=True)
class Files:
    """What the document says of the files of a result."""

    media: str
    placed: bool
    """Whether it says where in the result they are. Only then is their kind known."""
    host: str
    """Where the files of the stubbed result are."""
    hosts: tuple[str, ...] = ()
    """The only domains they may come from; none: any public host."""


@dataclass(frozen=True)
class Task:
    """Where the replies have what the client needs of a task, and the values there."""

    id: str
    status: str
    done: Any
    """The status of a task that succeeded."""
    waiting: Any
    """A status of a task that goes on; None where the document has none."""
    progress: float | None
    reason: str | None
    needed: tuple[str, ...] = ()
    """The places that a reply cannot do without."""
    result: str | None = None
    """Where the result is, if it is an object."""
    as_text: bool = False
    """Whether the result is JSON in a string."""
    files_at: tuple[str, ...] = ()
    """Where the result has its files; () where that is at its top."""

    def alterable(self, result: Mapping[str, Any]) -> Sequence[str]:
        """Where the result can be changed without taking its files away."""
        return self.files_at or ["/" + escaped(name) for name in result]


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


def at(anchor: str, *rests: str) -> tuple[str, ...]:
    """JSON pointers of facts: the anchor with each rest, or the anchor alone."""
    return tuple(anchor + rest for line in rests for rest in line.split(" ")) or (anchor,)
