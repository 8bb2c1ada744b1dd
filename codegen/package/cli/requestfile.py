"""Requests in a file: read strictly, judged one by one, each fault with the place where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .._catalog.service_document import Endpoint, load
from .._runtime import uploads
from .._runtime.errors import ArgumentFault
from .._runtime.messages import guess
from .._runtime.pointer import escape
from .._runtime.request import call_faults, key_fault, split_options
from . import command_names
from .upload_option import with_paths

_KEYS = ("operation", "arguments", "key")


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing wrong with one request."""

    line: int | None
    """Of JSON Lines, from 1; None in a JSON document."""
    pointer: str
    """Where in the line or the document."""
    problem: str
    operation: str | None = None
    expected: str | None = None

    def __str__(self) -> str:
        return "".join(self.parts)

    @property
    def parts(self) -> tuple[str, str]:
        """The place of the request, and what is wrong with it."""
        if self.line is not None:
            return f":{self.line}", f"{' ' * bool(self.pointer)}{self.pointer}: {self.problem}"
        _, _, rest = self.pointer.partition("/")
        index, slash, inside = rest.partition("/")
        if not index.isdecimal():  # the document is one request
            return f"{' ' * bool(self.pointer)}{self.pointer}", f": {self.problem}"
        return f" /{index}", f"{slash}{inside}: {self.problem}"

    def as_json(self) -> dict[str, Any]:
        """Return the request for scripts."""
        return asdict(self)


def check(text: str) -> tuple[int, list[FileFault]]:
    """Return how many requests a text has, and everything wrong with them."""
    if not text.strip():
        return 0, [FileFault(None, "", "is empty: write a request, a JSON list of them, or one a line")]
    try:
        document = _strict(text)
    except ValueError as error:
        if not _is_lines(text):
            return 1, [FileFault(None, "", f"is not JSON: {error}")]
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        return len(lines), [fault for number, line in lines for fault in _line(number, line)]
    if isinstance(document, list):
        return len(document), [
            fault for index, request in enumerate(document) for fault in _request(request, None, f"/{index}")
        ]
    return 1, list(_request(document, None, ""))


def _is_lines(text: str) -> bool:
    """Return whether a text that is not a JSON document is meant as one request a line: some line is a whole object."""
    return any(line.strip().startswith("{") and line.strip().endswith("}") for line in text.split("\n"))


def _line(number: int, line: str) -> Iterator[FileFault]:
    try:
        request = _strict(line)
    except ValueError as error:
        yield FileFault(number, "", f"is not JSON: {_where(error)}")
        return
    yield from _request(request, number, "")


def _where(error: ValueError) -> str:
    """Return where a line breaks off."""
    return f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)


def _strict(text: str) -> Any:
    """Parse JSON in which no key stands twice. Raises ValueError."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice = next(key for key, _ in pairs if [one for one, _ in pairs].count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return members


def _request(request: Any, line: int | None, at: str) -> Iterator[FileFault]:
    if not isinstance(request, Mapping):
        yield FileFault(line, at, 'is not an object: write {"operation": "SERVICE.NAME", "arguments": {...}}')
        return
    for key in request:
        if key not in _KEYS:
            yield FileFault(line, f"{at}/{escape(key)}", f"is not known here{guess(key, _KEYS)}")
    if "key" in request and (problem := key_fault(request["key"])):
        yield FileFault(line, f"{at}/key", problem, None, "text of 1 to 255 characters")
    operation, arguments = request.get("operation"), request.get("arguments", {})
    endpoint, problem = _endpoint(operation)
    name = operation if isinstance(operation, str) else None
    if problem:
        yield FileFault(line, f"{at}/operation", problem, name)
    if not isinstance(arguments, Mapping):
        yield FileFault(line, f"{at}/arguments", "is not an object", name, "an object")
    elif endpoint is not None:
        for fault in _faults_of(endpoint, arguments):
            place = f"{at}/arguments/{_pointer(fault.parameter)}"
            yield FileFault(line, place, fault.problem, name, fault.expected)


def _faults_of(endpoint: Endpoint, arguments: Mapping[str, Any]) -> list[ArgumentFault]:
    own, options = split_options(arguments)
    arguments_here = with_paths(endpoint.operation, own)
    with uploads.found(endpoint.operation, arguments_here, has_uploader=True) as files:  # the run says where they go
        return [*files.faults, *call_faults(endpoint.operation, files.arguments, options)]


def _endpoint(operation: object) -> tuple[Endpoint | None, str | None]:
    """Return the operation of a name, or what is wrong with the name."""
    if not isinstance(operation, str):
        return None, "is missing: name the operation as SERVICE.NAME" if operation is None else "is not text"
    service, _, name = operation.replace("-", "_").partition(".")
    if service not in command_names.services():
        return None, f"{operation!r} begins with no service{guess(service, command_names.services())}"
    known = load(service).endpoints
    if name not in known:
        return None, f"{service} has no operation {name!r}{guess(name, known)}"
    return known[name], None


def _pointer(parameter: str) -> str:
    """Return images/1/url for images[1].url."""
    return parameter.replace("[", "/").replace("]", "").replace(".", "/")
