"""A mutant: one wrong fact, where it is, and the tests that should notice it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tools.mutants.source import Edit, Located, PythonSource


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What an operator does to one file."""

    operator: str
    subject: str
    """The operation by its Python name; "" where the fact is the whole service's."""
    line: int
    what: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change, ready to run."""

    id: str
    operator: str
    path: str
    """The file a person would look at, from the root of the repository."""
    line: int
    what: str
    files: Callable[[], Mapping[str, str]] = field(repr=False)
    """Path → the whole text, for every file that changes. Made when it is run: there are thousands."""
    tests: tuple[str, ...] = ()
    """Tests concerned, in the order to run them."""
    is_checked: bool = False
    """Whether `codegen check` looks at it too, where no test notices it."""

    is_swappable: bool = False
    """Whether it may be tried in a process that has imported the tests already: its file is one of functions."""

    @property
    def module(self) -> str:
        """What has a figure of its own: a file of the runtime, a folder of the generator, an operator of the rest."""
        if self.operator.startswith("runtime: "):
            return self.path.removeprefix("codegen/package/_runtime/")
        if self.operator.startswith("generator: "):
            return self.path.removeprefix("codegen/").rpartition("/")[0]
        return self.operator


class Outdated(Exception):
    """What is to be made wrong is not where a table of this package has it."""


def change(source: PythonSource, operator: str, subject: str, node: Located, new: str, of: str = "") -> SourceChange:
    """Return one node replaced by other text, told in one line. `of` names what the node belongs to."""
    old = " ".join(source.segment(node).split())
    prefix = f"{of}: " if of else ""
    return SourceChange(
        operator, subject, node.lineno, f"{prefix}{_short(old)} → {_short(new)}", (source.edit(node, new),)
    )


def numbered(mutants: Iterable[tuple[str, Mutant]]) -> Iterator[Mutant]:
    """Yield the mutants, each with its id: what it is about, counted where several are about the same."""
    counts: dict[str, int] = defaultdict(int)
    for stem, mutant in mutants:
        counts[stem] += 1
        yield replace(mutant, id=f"{stem}/{counts[stem]}")


def sampled(mutants: Sequence[Mutant], number: int, seed: int) -> list[Mutant]:
    """Return at most so many mutants of each module, chosen by the seed, in their order.

    A larger sample has those of a smaller one, and a mutant more or less changes no more than one other.
    """
    modules: dict[str, list[str]] = defaultdict(list)
    for mutant in mutants:
        modules[mutant.module].append(mutant.id)
    kept = {id for ids in modules.values() for id in sorted(ids, key=lambda id: _drawn(id, seed))[:number]}
    return [mutant for mutant in mutants if mutant.id in kept]


def _drawn(id: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed} {id}".encode()).digest()


def _short(text: str) -> str:
    return text if len(text) <= 100 else text[:97] + "…"
