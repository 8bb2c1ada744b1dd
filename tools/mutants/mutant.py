"""A mutant: one wrong fact, where it is, and the tests that should notice it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
    def kind(self) -> tuple[str, str]:
        """What is limited in number together: an operator in one folder."""
        return self.operator, self.path.rsplit("/", 1)[0] if self.path.startswith("generated/") else self.path


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


def limited(mutants: Sequence[Mutant], most: int, seed: int, grave: Collection[str] = ()) -> list[Mutant]:
    """Return at most so many mutants of an operator in a folder, thrice of a grave one, by the seed, in their order."""
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, mutant in enumerate(mutants):
        kinds[mutant.kind].append(index)
    kept: set[int] = set()
    for kind, indices in sorted(kinds.items()):
        chance = random.Random(f"{seed} {kind}")
        limit = min(len(indices), 3 * most if kind[0] in grave else most)
        kept.update(chance.sample(indices, limit))
    return [mutants[index] for index in sorted(kept)]


def sampled(mutants: Sequence[Mutant], number: int, seed: int) -> list[Mutant]:
    """Return so many mutants of all, chosen by the seed, in their order."""
    indices = random.Random(seed).sample(range(len(mutants)), min(number, len(mutants)))
    return [mutants[index] for index in sorted(indices)]


def _short(text: str) -> str:
    return text if len(text) <= 100 else text[:97] + "…"
