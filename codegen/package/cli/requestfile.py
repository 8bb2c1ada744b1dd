"""Requests in a file: read strictly, judged one by one, each fault with the place where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TextIO

from .._runtime import uploads
from .._runtime.errors import ArgumentFault
from .._runtime.messages import guess
from .._runtime.operation import Operation
from .._runtime.pointer import escape
from .._runtime.request import call_faults, key_fault, split_options
from ..batch.registry import find_any
from .screen import NotSent
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
        """Return the fault for scripts."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FileRequest:
    """One request, and where it stands: in a line of JSON Lines, or at a pointer into a JSON document."""

    line: int | None
    pointer: str
    content: Any = None
    problem: str | None = None
    """Why there is no content: the text is not JSON."""

    @property
    def place(self) -> str:
        """Where it stands in the file: `:3` for line 3, ` /2` for the third of a list."""
        return f":{self.line}" if self.line is not None else f" {self.pointer}" if self.pointer else ""


def read_text(file: TextIO) -> tuple[str, str]:
    """Return the name of a file and its text. Raises NotSent where it is not UTF-8."""
    name = "standard input" if file.name == "<stdin>" else file.name
    try:
        return name, file.read().removeprefix("\ufeff")  # the mark that Windows puts in front
    except UnicodeDecodeError as error:
        raise NotSent(f"{name}: is not UTF-8: {error.reason} at byte {error.start}") from error


def check(text: str) -> tuple[list[FileRequest], list[FileFault]]:
    """Return the requests of a text, and everything wrong with them."""
    if not text.strip():
        return [], [FileFault(None, "", "is empty: write a request, a JSON list of them, or one a line")]
    requests = _requests(text)
    return requests, [fault for request in requests for fault in _faults(request)]


def _requests(text: str) -> list[FileRequest]:
    try:
        document = _strict(text)
    except ValueError as error:
        if not _is_lines(text):
            return [FileRequest(None, "", problem=f"is not JSON: {error}")]
        return [_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if isinstance(document, list):
        return [FileRequest(None, f"/{index}", request) for index, request in enumerate(document)]
    return [FileRequest(None, "", document)]


def _is_lines(text: str) -> bool:
    """Return whether a text that is not a JSON document is meant as one request a line: some line is a whole object."""
    return any(line.strip().startswith("{") and line.strip().endswith("}") for line in text.split("\n"))


def _line(number: int, line: str) -> FileRequest:
    try:
        return FileRequest(number, "", _strict(line))
    except ValueError as error:
        return FileRequest(number, "", problem=f"is not JSON: {_where(error)}")


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


def _faults(row: FileRequest) -> Iterator[FileFault]:
    request, line, at = row.content, row.line, row.pointer
    if row.problem is not None:
        yield FileFault(line, at, row.problem)
        return
    if not isinstance(request, Mapping):
        yield FileFault(line, at, 'is not an object: write {"operation": "SERVICE.NAME", "arguments": {...}}')
        return
    for key in request:
        if key not in _KEYS:
            yield FileFault(line, f"{at}/{escape(key)}", f"is not known here{guess(key, _KEYS)}")
    if "key" in request and (problem := key_fault(request["key"])):
        yield FileFault(line, f"{at}/key", problem, None, "text of 1 to 255 characters")
    operation, arguments = request.get("operation"), request.get("arguments", {})
    definition, problem = find_any(operation)
    name = operation if isinstance(operation, str) else None
    if problem:
        yield FileFault(line, f"{at}/operation", problem, name)
    if not isinstance(arguments, Mapping):
        yield FileFault(line, f"{at}/arguments", "is not an object", name, "an object")
    elif definition is not None:
        for fault in _faults_of(definition, arguments):
            place = f"{at}/arguments/{_pointer(fault.parameter)}"
            yield FileFault(line, place, fault.problem, name, fault.expected)


def _faults_of(operation: Operation, arguments: Mapping[str, Any]) -> list[ArgumentFault]:
    own, options = split_options(arguments)
    arguments_here = with_paths(operation, own)
    with uploads.read_files(operation, arguments_here, has_uploader=True) as files:  # the run says where they go
        return [*files.faults, *call_faults(operation, files.arguments, options)]


def _pointer(parameter: str) -> str:
    """Return images/1/url for images[1].url."""
    return parameter.replace("[", "/").replace("]", "").replace(".", "/")
