# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The rows of the tables. This module sends no request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from wondergen import WondergenError

from .oracle import escaped, put

TASK_ID = "canary-task-1"


@dataclass(frozen=True)
class Endpoint:
    """The URL of an operation, and what all its requests and replies have in common."""

    name: str
    """The method: text_to_video, image_to_video.kling_3_0."""
    service: str
    method: str
    origin: str
    path: str
    """The path of the document, below that of the service."""
    headers: Mapping[str, str]
    request_schema: str | None
    body_at: str | None
    reply_schema: str | None
    status: int
    reply: Any
    proves: tuple[str, ...] = ()

    def path_of(self, call: Call) -> str:
        """Return the path of a call."""
        return call.raw_path or self.path

    def member(self, wire_name: str) -> str:
        """Return the JSON pointer of a parameter in the body."""
        return f"{self.body_at}/{escaped(wire_name)}"


@dataclass(frozen=True)
class AsGiven:
    """A request body that has the arguments of its call under their own names, and nothing else."""

    at: str
    """JSON pointer of the object that holds them."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Argument → the header that it is sent in."""
    elsewhere: tuple[str, ...] = ()
    """Arguments in the path or the query: `Call` has them as they are sent."""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """Arguments in headers that each call has unless it gives others."""


@dataclass(frozen=True)
class Call:
    """One call and the request that it has to send."""

    id: str
    arguments: Mapping[str, Any]
    raw_path: str = ""
    """If it differs from that of the endpoint."""
    body: Any = None
    query: str = ""
    """As it stands in the URL."""
    headers: Mapping[str, str] = field(default_factory=dict)
    proves_each_at: str = ""
    """JSON pointer below which each argument in the body is a fact that the call proves."""
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
    """A reply that the document shows, and what the client has to return for it."""

    id: str
    reply: Any
    gives: Any
    """The id of the task, the decoded result, or the typed reply as JSON."""
    urls: tuple[str, ...] = ()
    """The URLs in it, sorted."""
    proves: tuple[str, ...] = ()

    @property
    def answer(self) -> Reply:
        """The stub. It has to fit the catalog."""
        return Reply(json=self.reply, documented=True)


@dataclass(frozen=True)
class Accepted:
    """Values of one parameter that are sent, each added to the smallest call."""

    parameter: str
    arguments: Sequence[Any]
    wire: Sequence[Any] | None = None
    """Their form on the wire; None if they are sent as they are."""
    wire_name: str | None = None
    """If it differs from the parameter's."""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that the value requires."""
    beside_wire: Mapping[str, Any] | None = None
    proves: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The parameter."""
        return self.parameter

    def calls(self, endpoint: Endpoint, smallest: Call) -> Iterator[tuple[Any, Call]]:
        """Yield each argument with the call that has it."""
        beside = self.beside if self.beside_wire is None else self.beside_wire
        for argument, wire in zip(self.arguments, self.arguments if self.wire is None else self.wire, strict=True):
            body = smallest.body
            for name, value in {**beside, self.wire_name or self.parameter: wire}.items():
                body = put(body, endpoint.member(name), value)
            arguments = {**smallest.arguments, **self.beside, self.parameter: argument}
            yield argument, replace(smallest, id=self.parameter, arguments=arguments, body=body)


@dataclass(frozen=True)
class Refused:
    """Values of one parameter that the client does not send."""

    parameter: str
    arguments: Sequence[Any]
    beside: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that a rule requires beside the parameter."""
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
    """A credential of the constructor, another value for it, and the headers with that value."""

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
    """A header that the constructor takes and every call sends."""

    parameter: str
    header: str
    proves: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The argument of the constructor."""
        return self.parameter


@dataclass(frozen=True)
class Files:
    """What the document states about the files of a result."""

    media: str
    placed: bool
    """Whether the document says where in the result they are. Only then is their kind known."""
    host: str
    """The host of the files of the stubbed result."""
    hosts: tuple[str, ...] = ()
    """The domains that they may come from; empty for any public host."""


@dataclass(frozen=True)
class Task:
    """JSON pointers of what the client reads from the replies of a task, and the values there."""

    id: str
    status: str
    done: Any
    """The status of a task that succeeded."""
    waiting: Any
    """A status of a task that is not finished; None if the document has none."""
    progress: float | None
    reason: str | None
    needed: tuple[str, ...] = ()
    """Pointers that a reply must have."""
    result: str | None = None
    """Pointer of the result, if it is an object."""
    as_text: bool = False
    """Whether the result is JSON in a string."""
    files_at: tuple[str, ...] = ()
    """Pointers of the files in the result; () for the result itself."""
    value: str | int = TASK_ID
    """The id in the reply."""

    @property
    def text(self) -> str:
        """The id as a client has it."""
        return str(self.value)

    def alterable(self, result: Mapping[str, Any]) -> Sequence[str]:
        """Return pointers of the result that can be changed without removing its files."""
        return self.files_at or ["/" + escaped(name) for name in result]


@dataclass(frozen=True)
class Failure:
    """A failing reply, the error that it raises, and how many requests are sent before that."""

    id: str
    reply: Reply
    error: type[WondergenError]
    sent: int
    code: str | None = None
    message: str | None = None
    trace_id: str | None = None
    meaning: str | None = None
    """The meaning of the code, if the catalog has one."""
    retry_after: float | None = None
    """The Retry-After of the reply, in seconds."""
    proves: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """One documented status of a task and what it means."""

    word: Any
    status: str
    ends: type[WondergenError] | None
    """The error that wait() raises; None if it returns the result."""
    proves: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether the task ends with it."""
        return self.status not in ("queued", "running")

    def ending(self, operation: str, task: Task) -> tuple[Any, ...]:
        """Return the expected error of wait(): class, operation, task, reason, raw status and code."""
        return (None,) if self.ends is None else (self.ends, operation, task.text, task.reason, self.word, None)


@dataclass(frozen=True)
class Reply:
    """A reply of the service."""

    status: int = 200
    json: Any = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raises: type[httpx.TransportError] | None = None
    documented: bool = False
    """Whether the reply has to fit the catalog."""
    decoded: bytes | None = None
    """The content without its content coding, as far as it goes; None where it has none."""

    @property
    def raw(self) -> Any:
        """What an error keeps of the reply: decoded JSON, else bytes; None where nothing came."""
        if self.raises is not None:
            return None
        if self.content is None:
            return self.json
        try:
            return json.loads(self.content)
        except ValueError:
            return self.decoded or self.content or None

    @property
    def body(self) -> Any:
        """What an error says in the words of the service: JSON or text."""
        if not isinstance(self.raw, bytes):
            return self.raw
        return self.raw.decode() if self.headers.get("content-type", "").startswith("text/") else None

    def response(self, request: httpx.Request) -> httpx.Response:
        """Return a new response, or raise the failure of the transport."""
        if self.raises is not None:
            raise self.raises("canary failure", request=request)
        if self.content is not None:
            return httpx.Response(self.status, headers=self.headers, stream=httpx.ByteStream(self.content))
        return httpx.Response(self.status, headers=self.headers, json=self.json)


def at(anchor: str, *rests: str) -> tuple[str, ...]:
    """Return JSON pointers of facts: the anchor with each suffix, or the anchor alone."""
    return tuple(anchor + rest for line in rests for rest in line.split(" ")) or (anchor,)
