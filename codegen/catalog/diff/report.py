"""The report on two catalogs: changes, the verdict they add up to, and the version bump it calls for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Literal

Severity = Literal["breaking", "additive", "neutral"]
Bump = Literal["major", "minor", "patch"]

SEVERITIES: tuple[Severity, ...] = ("breaking", "additive", "neutral")
"""The worst first."""

_BUMPS: dict[Severity, Bump] = {"breaking": "major", "additive": "minor", "neutral": "patch"}
_TITLES = {
    "breaking": "Breaking: code that works today may stop working",
    "additive": "Additive: nothing stops working, something new can be used",
    "neutral": "Neutral: nothing changes for code that uses the client",
}
_MANY = 3
"""From so many operations on, a change that is the same in all of them is reported once."""


@dataclass(frozen=True)
class Change:
    """One difference in meaning between two catalogs."""

    service: str
    pointer: str
    """JSON pointer in the new document; in the old one where the thing is gone."""
    operation: str
    """operationId; empty where the whole service is meant."""
    kind: str
    """What changed and how, the id of the rule: request-property.enum.narrowed, operation.removed."""
    severity: Severity
    message: str
    """The change in the words of the document: "property body.size: now at most 60, was 95"."""
    before: Any
    after: Any
    subject: str = ""
    """The kind of thing that changed: operation, property, status."""
    name: str = ""
    """Its name in the document: body.data.duration."""
    fact: str = ""
    """The fact that changed; empty where the thing itself came or went."""
    python: str = ""
    """How code names it: client.tomoviee.text_to_music(duration=)."""
    hint: str = ""
    """What it may be besides: the old or new name of something else."""

    @property
    def order(self) -> tuple[object, ...]:
        """Worst first, then by place: the same whatever order the documents were written in."""
        values = [json.dumps(value, sort_keys=True, default=str) for value in (self.before, self.after)]
        where = (self.service, self.operation, self.pointer, self.kind, self.message)
        return (SEVERITIES.index(self.severity), *where, *values)

    @property
    def words(self) -> str:
        """The change without the thing that it is about: "now at most 60, was 95"."""
        if self.fact:
            return self.message.partition(": ")[2] or self.message
        required = "required, " if self.message.startswith("required ") else ""
        return f"{required}is new" if self.kind.endswith(".added") else "is gone"

    @property
    def about(self) -> str:
        """What changed, as code names it, else as the document does."""
        return self.python or self.message.partition(": ")[0].removesuffix(" added").removesuffix(" removed")


@dataclass(frozen=True)
class Report:
    """Every change between two catalogs, worst first."""

    changes: tuple[Change, ...]

    @classmethod
    def of(cls, changes: Iterable[Change]) -> Report:
        return cls(tuple(sorted(changes, key=lambda change: change.order)))

    @property
    def verdict(self) -> Severity:
        """The severity of the worst change; neutral where there is none."""
        return self.changes[0].severity if self.changes else "neutral"

    @property
    def bump(self) -> Bump:
        """The part of the version number that has to go up."""
        return _BUMPS[self.verdict]

    def to_data(self) -> dict[str, Any]:
        """Return the changes for programs: verdict, bump, changes."""
        keys = "service pointer operation kind severity message before after name python hint".split()
        changes = [{key: getattr(change, key) for key in keys} for change in self.changes]
        return {"verdict": self.verdict, "bump": self.bump, "changes": changes}

    def to_json(self) -> str:
        """Return the same as text."""
        return json.dumps(self.to_data(), indent=2, ensure_ascii=False)

    def to_text(self) -> str:
        """Return the changes for a terminal: breaking ones first, by operation."""
        lines = [f"verdict: {self.verdict} ({self.bump})"]
        if not self.changes:
            return "\n".join([*lines, "", "nothing changed"])
        for title, groups in self.sections():
            lines += ["", title]
            for heading, entries in groups:
                lines += [f"  {heading}", *(f"    {entry}" for entry in entries)]
        return "\n".join(lines)

    def to_markdown(self) -> str:
        """Return the changes for a pull request."""
        lines = [f"**Verdict: {self.verdict}** (a {self.bump} version)"]
        if not self.changes:
            return "\n".join([*lines, "", "Nothing changed."])
        for title, groups in self.sections():
            lines += ["", f"### {title}"]
            for heading, entries in groups:
                lines += ["", f"**{escaped(heading)}**", "", *(f"- {escaped(entry)}" for entry in entries)]
        return "\n".join(lines)

    def sections(self) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
        """Yield title → heading (an operation, or several) → one line a change, for all formats that people read."""
        for severity in SEVERITIES:
            of_it = [change for change in self.changes if change.severity == severity]
            if of_it:
                yield f"{_TITLES[severity]} ({len(of_it)})", _by_operation(of_it)


def _by_operation(changes: list[Change]) -> list[tuple[str, list[str]]]:
    alike: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        of_operation = change.fact and change.name == change.operation
        name = "" if of_operation else change.name
        alike.setdefault((change.service, name, change.message), []).append(change)
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (service, _, _), same in alike.items():
        operations = sorted({change.operation for change in same if change.operation})
        if len(operations) >= _MANY:
            groups.setdefault((service, tuple(operations)), []).append(_line(same[0], same))
            continue
        for change in same:
            groups.setdefault((service, tuple([change.operation] if change.operation else [])), []).append(
                _line(change)
            )
    return [(_heading(*key), list(dict.fromkeys(entries))) for key, entries in sorted(groups.items())]


def _heading(service: str, operations: tuple[str, ...]) -> str:
    if len(operations) < 2:
        return ": ".join([service, *operations])
    return f"{service}: {len(operations)} operations ({', '.join(operations)})"


def _line(change: Change, same: Sequence[Change] = ()) -> str:
    """Return one line: what changed, how, its name in the document, and what it may be besides."""
    about = (_shared([one.python for one in same]) or replace(change, python="").about) if same else change.about
    wire = f" [{change.name}]" if change.python and change.operation != change.name else ""
    hint = f" ({change.hint})" if change.hint else ""
    return f"{about} {change.words}{wire}{hint}"


def _shared(names: Sequence[str]) -> str:
    """Return what the names of the same thing in several operations have in common: client.mediaio.…(duration=)."""
    prefixes, suffixes = zip(*(name.partition("(")[::2] for name in names), strict=True)
    start, end = _common(prefixes), suffixes[0] if len({*suffixes}) == 1 else ""
    return f"{start}.…({end}" if start and end else ""


def _common(paths: Sequence[str]) -> str:
    """Return the dotted beginning that paths share, without their last part: client.mediaio."""
    columns = zip(*(path.split(".")[:-1] for path in paths), strict=False)
    return ".".join(column[0] for column in takewhile(lambda column: len({*column}) == 1, columns))


_MARKUP = re.compile(r"[\\`*\[\]<>|]|(?<!\w)_|_(?!\w)")


def escaped(line: str) -> str:
    """Escape text for Markdown: names of documents are not markup. A _ inside a word is none either."""
    return _MARKUP.sub(lambda match: f"\\{match[0]}", line)
