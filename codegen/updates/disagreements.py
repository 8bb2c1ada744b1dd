"""Disagreements between the documents: those that are new, those that changed, those that are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

How = Literal["new", "changed", "gone"]
_FEW = 3
"""So many documents of one reading are named in a line; the JSON has all."""
Rows = Mapping[str, Iterable[Mapping[str, Any]]]
"""Service → its disagreements, as the catalog carries them."""


@dataclass(frozen=True)
class Disagreement:
    """One point on which the documents differ, and whether they did last time."""

    how: How
    service: str
    operation: str
    subject: str
    readings: tuple[tuple[str, tuple[str, ...]], ...]
    """Each value, and the documents that state it."""
    holds: str
    rule: str
    went_with: str = ""
    """The skill whose documents alone stated one side, where these are gone."""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.service, self.operation) if part)
        text = "; ".join(f"{value} ({', '.join(_places(sources))})" for value, sources in self.readings)
        return f"{where}: {self.subject}: {text}. Holds: {self.holds}, by {self.rule}"

    def to_data(self) -> dict[str, Any]:
        """Return it for programs."""
        readings = [{"value": value, "sources": list(sources)} for value, sources in self.readings]
        return {
            "how": self.how,
            "service": self.service,
            "operation": self.operation,
            "subject": self.subject,
            "readings": readings,
            "holds": self.holds,
            "rule": self.rule,
            "went_with": self.went_with or None,
        }


def compare(old: Rows, new: Rows, present: Collection[str] = ()) -> tuple[Disagreement, ...]:
    """Compare the disagreements of last time with those of now. `present` are the documents that there are now.

    That a line moved, or one more document agrees, is not a change.
    """
    rows = []
    for service in sorted({*old, *new}):
        before = {_key(row): row for row in old.get(service, ())}
        after = {_key(row): row for row in new.get(service, ())}
        for key in sorted({*before, *after}):
            was, now = before.get(key), after.get(key)
            if now is None and was is not None:
                former = _row("gone", service, was)
                rows.append(replace(former, went_with=_skill_of(former, present)))
            elif now is not None and was is None:
                rows.append(_row("new", service, now))
            elif was is not None and now is not None and _meaning(was) != _meaning(now):
                rows.append(_row("changed", service, now))
    order = ("new", "changed", "gone")
    return tuple(sorted(rows, key=lambda row: (order.index(row.how), row.service, row.operation, row.subject)))


def _skill_of(row: Disagreement, present: Collection[str]) -> str:
    """Return the skill whose documents alone stated a side, if these are not among the present ones."""
    for _, sources in row.readings:
        documents = _documents(sources)
        if present and documents and not set(documents) & set(present):
            return documents[0].partition("/")[0]
    return ""


def with_skills(rows: Iterable[Disagreement]) -> list[str]:
    """Return a line for each skill that took disagreements along."""
    counts = Counter(row.went_with for row in rows if row.went_with)
    return [f"{skill} took its side of {count} along: --format json has them" for skill, count in counts.items()]


def by_cause(rows: Iterable[Disagreement]) -> list[Disagreement]:
    """Return the rows for people: what several operations of a service have in common is one row that names them."""
    operations: dict[Disagreement, list[str]] = {}
    for row in rows:
        readings = tuple((value, tuple(_documents(sources))) for value, sources in row.readings)
        operations.setdefault(replace(row, operation="", readings=readings), []).append(row.operation)
    return [replace(row, operation=", ".join(filter(None, names))) for row, names in operations.items()]


def _key(row: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [str(row.get(key, "")) for key in ("operation", "subject", "name", "fact")]
    # Several examples of one operation may break the limits: they are told apart by what they break.
    return (*parts, str(row.get("reason"))) if row.get("subject") == "example" else tuple(parts)


def _places(sources: Iterable[str]) -> list[str]:
    """Return sources for people: a claim is known by its document; `why` prints the line."""
    places = _documents(sources)
    return [*places[:_FEW], *([f"{len(places) - _FEW} more"] if len(places) > _FEW else [])]


def _documents(sources: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(source.partition("#")[0] for source in sources))


def _meaning(row: Mapping[str, Any]) -> list[Any]:
    """Return what is disputed and what holds. One more document that says what others say is not news."""
    return [sorted(str(one.get("value")) for one in row.get("readings", ())), row.get("holds"), row.get("rule")]


def _row(how: How, service: str, row: Mapping[str, Any]) -> Disagreement:
    fact = str(row.get("fact", "")).replace("_", " ")
    subject = " ".join(part for part in (row.get("subject"), row.get("name"), fact) if part)
    readings = [(str(one.get("value")), tuple(one.get("sources", ()))) for one in row.get("readings", ())]
    if row.get("subject") == "example" and row.get("reason"):
        readings = [(str(row["reason"]), sources) for _, sources in readings]  # what it breaks, not that it does
    return Disagreement(
        how,
        service,
        str(row.get("operation", "")),
        subject,
        tuple(readings),
        str(row.get("holds", "")),
        str(row.get("rule", "")),
    )
