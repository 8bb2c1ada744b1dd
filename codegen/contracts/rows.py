"""The rows of the tables in a generated test module, ready to print: identifiers and literals, nothing else."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from codegen.contracts.oracle_pointers import put
from codegen.python.text import Identifier, Literal

_LONG = 120
"""A text of one repeated letter longer than this is printed as its length."""
_CHUNK = 90
_SHORT_LIST = 2
"""A list of so many values is printed as it is."""
FILES = tuple(f"https://files.example.com/{number}.png" for number in range(1, 5))
"""The URLs of which lists of files consist."""


@dataclass(frozen=True)
class Proof:
    """JSON pointers of facts: an anchor of the module, and what follows it."""

    anchor: Identifier
    below: Literal | None
    """What all of them have in common after the anchor."""
    rests: tuple[Literal, ...]
    """Several in one text, a space between them; none: the anchor itself is the pointer."""


@dataclass(frozen=True)
class Values:
    """Values of one parameter, as a list."""

    items: tuple[Any, ...]

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Each value as it is printed."""
        return tuple(map(_printed, self.items))

    @property
    def helpers(self) -> set[str]:
        """The functions of the support module that the printed values call."""
        return {str(value.helper) for value in self.printed if value.helper is not None}


@dataclass(frozen=True)
class Printed:
    """A value as a literal, or as a call of a function that makes it: a long text, a list that repeats itself."""

    helper: Identifier | None
    arguments: tuple[Literal, ...]


def _printed(value: Any) -> Printed:
    if is_long(value):
        return Printed(Identifier("text"), (Literal(len(value)),))
    if isinstance(value, list) and value:
        if value == cycled(FILES, len(value)):
            return Printed(Identifier("file_urls"), (Literal(len(value)),))
        period = next((size for size in range(1, len(value)) if value == cycled(value[:size], len(value))), 0)
        if period and len(value) > _SHORT_LIST:
            return Printed(Identifier("cycle"), (Literal(value[:period]), Literal(len(value))))
    return Printed(None, (Literal(value),))


def cycled(items: Sequence[Any], count: int) -> list[Any]:
    """Return so many items, from the first again after the last."""
    return [items[index % len(items)] for index in range(count)]


def is_long(value: Any) -> bool:
    """Return whether a value is a text that nobody wants to read."""
    return isinstance(value, str) and len(value) > _LONG and set(value) == {"x"}


@dataclass(frozen=True)
class AsGiven:
    """How a request has the arguments of its call as they are. A module states it once, and each row that keeps to it
    prints its arguments alone."""

    at: Literal
    """Where the body has those that are in no other place."""
    headers: Literal
    """Argument → the header that carries it."""
    elsewhere: Literal
    """Arguments in the path or the query: their row says how they are written."""
    beside: Literal
    """Arguments in headers that the smallest call has, and each call that does not give others."""

    def request(self, arguments: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Return the body and the headers of a call."""
        outside = {*self.headers.value, *self.elsewhere.value}
        inside = {name: value for name, value in arguments.items() if name not in outside}
        headers = {header: arguments[name] for name, header in self.headers.value.items() if name in arguments}
        return put({}, self.at.value, inside), headers


@dataclass(frozen=True)
class CallRow:
    id: Literal
    arguments: Literal
    raw_path: Chunks | None
    """None where it is that of the endpoint."""
    body: Literal | None
    given: AsGiven | None
    """How calls of the operation have their arguments as they are; None where there is no body."""
    query: Literal | None
    headers: Literal | None
    proves: tuple[Proof, ...]
    proves_each_at: Identifier | None = None
    """The anchor below which each argument in the body is a fact that the call proves."""

    @property
    def is_as_given(self) -> bool:
        """Whether body and headers have the arguments under their own names and nothing else."""
        if self.body is None or self.given is None or not self.arguments.value.keys() >= self.given.beside.value.keys():
            return False
        request = (self.body.value, {} if self.headers is None else dict(self.headers.value))
        own = self.given.request(self.arguments.value)
        return bool(self.arguments.value) and json.dumps(own, sort_keys=True) == json.dumps(request, sort_keys=True)

    @property
    def own_arguments(self) -> Literal:
        """The arguments that the row has to print."""
        beside = self.given.beside.value if self.given is not None and self.is_as_given else {}
        return Literal({name: value for name, value in self.arguments.value.items() if beside.get(name) != value})


@dataclass(frozen=True)
class DocumentedRow:
    """A reply that a document shows."""

    id: Literal
    reply: Literal
    gives: Literal
    urls: Literal | None
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class AcceptedRow:
    parameter: Literal
    arguments: Values
    wire: Values | None
    """None where they are sent as they are."""
    wire_name: Literal | None
    """None where it is the parameter's."""
    beside: Literal | None
    beside_wire: Literal | None
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class RefusedRow:
    parameter: Literal
    arguments: Values
    beside: Literal | None
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class MissingRow:
    parameter: Literal
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class BrokenRow:
    parameter: Literal
    arguments: Literal
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class FailureRow:
    id: Literal
    status: Literal
    json: Literal
    documented: bool
    error: Identifier
    sent: Literal
    code: Literal | None
    message: Literal | None
    trace_id: Literal | None
    proves: tuple[Proof, ...]
    meaning: Chunks | None = None
    """What the catalog says of it; None where it says nothing, or where the error says something else."""


@dataclass(frozen=True)
class StateRow:
    word: Literal
    status: Literal
    ends: Identifier | None
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class Chunks:
    """A long text as literals that Python joins."""

    parts: tuple[Literal, ...]

    @classmethod
    def of(cls, text: str) -> Chunks:
        """Return pieces that fit a line."""
        pieces = textwrap.wrap(text, _CHUNK, drop_whitespace=False, break_on_hyphens=False) or [""]
        if "".join(pieces) != text:
            pieces = [text]
        return cls(tuple(Literal(piece) for piece in pieces))


@dataclass
class Anchors:
    """The beginnings that the pointers of one module share, and those of them that are used."""

    starts: Mapping[str, str]
    """Name → pointer."""
    used: set[str] = field(default_factory=set)

    def proofs(self, pointers: Iterable[str]) -> tuple[Proof, ...]:
        """Return the pointers, each from the longest anchor it begins with."""
        rests: dict[str, list[str]] = {}
        for pointer in dict.fromkeys(pointers):
            name = self._anchor(pointer)
            rests.setdefault(name, []).append(pointer[len(self.starts[name]) :])
        return tuple(proof for name, below in rests.items() for proof in _grouped(Identifier(name), below))

    def _anchor(self, pointer: str) -> str:
        fitting = [name for name, start in self.starts.items() if f"{pointer}/".startswith(f"{start}/")]
        name = max(fitting, key=lambda name: len(self.starts[name]))
        self.used.add(name)
        return name

    def printed(self) -> tuple[tuple[Identifier, Chunks], ...]:
        """Return the anchors in use, in the order they were named."""
        return tuple((Identifier(name), Chunks.of(start)) for name, start in self.starts.items() if name in self.used)


def _grouped(anchor: Identifier, rests: list[str]) -> Iterator[Proof]:
    if "" in rests:
        yield Proof(anchor, None, ())
    words = [rest for rest in rests if rest]
    if words:
        below = _shared(words) if len(words) > 1 else ""
        short = " ".join(word[len(below) :] for word in words)
        lines = textwrap.wrap(short, _CHUNK, break_long_words=False, break_on_hyphens=False)
        yield Proof(anchor, Literal(below) if below else None, tuple(Literal(line) for line in lines))


def _shared(pointers: Sequence[str]) -> str:
    """Return the longest pointer above all of them."""
    columns = zip(*(pointer.split("/")[:-1] for pointer in pointers), strict=False)
    return "/".join(column[0] for column in takewhile(lambda column: len(set(column)) == 1, columns))
