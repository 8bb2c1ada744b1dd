"""The rows of the tables in a generated test module, ready to print: identifiers and literals, nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from codegen.python.text import Identifier, Literal

_LONG = 120
"""A text of one repeated letter longer than this is printed as its length."""
_CHUNK = 90


@dataclass(frozen=True)
class Proof:
    """The JSON pointer of a fact, as an anchor of the module and the rest."""

    anchor: Identifier
    rest: Literal | None


@dataclass(frozen=True)
class Printed:
    """A value: a literal, or the length of a long text."""

    literal: Literal | None
    length: Literal | None

    @classmethod
    def of(cls, value: Any) -> Printed:
        """Long texts are all x, so their length says everything."""
        if isinstance(value, str) and len(value) > _LONG and set(value) == {"x"}:
            return cls(None, Literal(len(value)))
        return cls(Literal(value), None)


@dataclass(frozen=True)
class CallRow:
    id: Literal
    arguments: Literal
    raw_path: Chunks
    body: Literal | None
    query: Literal | None
    headers: Literal | None
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class ValueRow:
    parameter: Literal
    argument: Printed
    wire: Printed | None
    """None where the wire has what the argument is."""
    wire_name: Literal | None
    """None where it is the parameter's."""
    beside: Literal | None
    beside_wire: Literal | None
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class RefusedRow:
    parameter: Literal
    argument: Printed
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
        """Pieces that fit a line."""
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
        """The pointers, each from the longest anchor it begins with."""
        return tuple(self._proof(pointer) for pointer in dict.fromkeys(pointers))

    def _proof(self, pointer: str) -> Proof:
        fitting = [name for name, start in self.known.items() if f"{pointer}/".startswith(f"{start}/")]
        name = max(fitting, key=lambda name: len(self.known[name]))
        self.used.add(name)
        rest = pointer[len(self.known[name]) :]
        return Proof(Identifier(name), Literal(rest) if rest else None)

    def printed(self) -> tuple[tuple[Identifier, Chunks], ...]:
        """The anchors in use, in the order they were named."""
        return tuple((Identifier(name), Chunks.of(start)) for name, start in self.known.items() if name in self.used)
