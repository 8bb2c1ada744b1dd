"""The rows of the tables in a generated test module, ready to print: identifiers and literals, nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from codegen.python.text import Identifier, Literal

_LONG = 120
"""A text of one repeated letter longer than this is printed as its length."""
_CHUNK = 90


@dataclass(frozen=True)
class Proof:
    """JSON pointers of facts: an anchor of the module, and what follows it."""

    anchor: Identifier
    rests: tuple[Literal, ...]
    """Several in one text, a space between them; none: the anchor itself is the pointer."""


@dataclass(frozen=True)
class Values:
    """Values of one parameter, as a list. A long text is printed as its length: it is all x."""

    items: tuple[Any, ...]

    @property
    def printed(self) -> tuple[tuple[Literal | None, Literal | None], ...]:
        """Each value as a literal, or as the length of a long text."""
        return tuple((None, Literal(len(item))) if is_long(item) else (Literal(item), None) for item in self.items)

    @property
    def has_long(self) -> bool:
        """Whether a long text is among them."""
        return any(map(is_long, self.items))


def is_long(value: Any) -> bool:
    """Return whether a value is a text that nobody wants to read."""
    return isinstance(value, str) and len(value) > _LONG and set(value) == {"x"}


@dataclass(frozen=True)
class CallRow:
    id: Literal
    arguments: Literal
    raw_path: Chunks | None
    """None where it is that of the endpoint."""
    body: Literal | None
    query: Literal | None
    headers: Literal | None
    proves: tuple[Proof, ...]


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

    known: Mapping[str, str]
    """Name → pointer."""
    used: set[str] = field(default_factory=set)

    def proofs(self, pointers: Iterable[str]) -> tuple[Proof, ...]:
        """Return the pointers, each from the longest anchor it begins with."""
        rests: dict[str, list[str]] = {}
        for pointer in dict.fromkeys(pointers):
            name = self._anchor(pointer)
            rests.setdefault(name, []).append(pointer[len(self.known[name]) :])
        return tuple(proof for name, found in rests.items() for proof in _grouped(Identifier(name), found))

    def _anchor(self, pointer: str) -> str:
        fitting = [name for name, start in self.known.items() if f"{pointer}/".startswith(f"{start}/")]
        name = max(fitting, key=lambda name: len(self.known[name]))
        self.used.add(name)
        return name

    def printed(self) -> tuple[tuple[Identifier, Chunks], ...]:
        """Return the anchors in use, in the order they were named."""
        return tuple((Identifier(name), Chunks.of(start)) for name, start in self.known.items() if name in self.used)


def _grouped(anchor: Identifier, rests: list[str]) -> Iterator[Proof]:
    if "" in rests:
        yield Proof(anchor, ())
    words = [rest for rest in rests if rest]
    if words:
        lines = textwrap.wrap(" ".join(words), _CHUNK, break_long_words=False, break_on_hyphens=False)
        yield Proof(anchor, tuple(Literal(line) for line in lines))
