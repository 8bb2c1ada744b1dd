"""Which thing of the old document is which of the new one: by name, else by place; and what may be a rename."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from codegen.catalog.diff.comparisons import text
from codegen.catalog.diff.report import Change
from codegen.catalog.diff.subject import Parts, Subject

_WORDS = frozenset("description examples title claims disputed required summary extensions".split()) | {"python name"}
"""Facts that say nothing about whether two things are the same."""
_ALIKE = 0.6
"""How alike two names are that somebody might have meant for the same, from 0 to 1."""


def paired(old: Parts, new: Parts) -> Iterator[tuple[Subject | None, Subject | None]]:
    """Pair the parts of two subjects: those of the same name, and operations that only changed their name."""
    renamed = dict(_renamed(old, new))
    partners = set(renamed.values())
    for key in sorted({*old, *new}):
        if key in partners:
            continue
        yield old.get(key), new.get(renamed.get(key, key))


def _renamed(old: Parts, new: Parts) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield an operation that is gone, and a new one at the same place, or under the same name in Python."""
    old_operations = [key for key in old if key[0] in {"operation", "webhook"} and key not in new]
    come = [key for key in new if key[0] in {"operation", "webhook"} and key not in old]
    for same in (_place, _python):
        for key in list(old_operations):
            place = same(old[key])
            candidates = [other for other in come if place and same(new[other]) == place]
            if len(candidates) == 1:
                old_operations.remove(key)
                come.remove(candidates[0])
                yield key, candidates[0]


def _place(subject: Subject) -> Any:
    # A callback or webhook has no path of its own: its place is its pointer.
    return (subject.facts.get("method"), subject.facts.get("path") or subject.pointer)


def _python(subject: Subject) -> Any:
    name = subject.facts.get("python name")
    return (subject.facts.get("group"), name) if name else None


def with_hints(changes: Iterable[Change]) -> list[Change]:
    """Return the changes, each removal with a hint where something like it is new: it may be a rename."""
    rows = list(changes)
    hints: dict[int, str] = {}
    for index, partner in _likely(rows):
        removal, addition = rows[index], rows[partner]
        where = "" if addition.service == removal.service else f" of {addition.service}"
        hints[index] = f"may be renamed to {addition.name}{where}"
        hints[partner] = f"may be the new name of {removal.name}"
    return [replace(change, hint=hints.get(index, "")) for index, change in enumerate(rows)]


def _likely(changes: Sequence[Change]) -> Iterator[tuple[int, int]]:
    """Yield pairs of indices, the likeliest first; each change is in one pair at most."""
    removals = [index for index, change in enumerate(changes) if change.kind.endswith(".removed") and not change.fact]
    come = [index for index, change in enumerate(changes) if change.kind.endswith(".added") and not change.fact]
    scores = sorted(
        ((score, one, other) for one in removals for other in come if (score := _alike(changes[one], changes[other]))),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    paired_indexes: set[int] = set()
    for _, one, other in scores:
        if one not in paired_indexes and other not in paired_indexes:
            paired_indexes |= {one, other}
            yield one, other


def _alike(removal: Change, addition: Change) -> float:
    """Return how likely two changes are one rename: 0 for not at all."""
    if removal.subject != addition.subject or removal.subject not in {"operation", "parameter", "property", "webhook"}:
        return 0.0
    names = SequenceMatcher(None, _last(removal.name), _last(addition.name)).ratio()
    if removal.subject in {"operation", "webhook"}:
        return names if names >= _ALIKE else 0.0
    if (removal.service, removal.operation, _above(removal.name), removal.kind.split(".")[0]) != (
        addition.service,
        addition.operation,
        _above(addition.name),
        addition.kind.split(".")[0],
    ):
        return 0.0
    before, after = _meaning(removal.before), _meaning(addition.after)
    if text(before) == text(after):
        return 1.0 + names if len(before) > 1 or names >= _ALIKE else 0.0
    return names if before.get("type") == after.get("type") and names >= _ALIKE else 0.0


def _meaning(facts: Any) -> dict[str, Any]:
    meaning = facts if isinstance(facts, Mapping) else {}
    return {name: value for name, value in meaning.items() if name not in _WORDS}


def _last(name: str) -> str:
    return name.rpartition(" (in ")[0].rpartition(".")[2] or name.rpartition(".")[2]


def _above(name: str) -> str:
    return "" if " (in " in name else name.rpartition(".")[0]
