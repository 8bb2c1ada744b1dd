"""What a diff of two catalogs says: changes, the verdict they add up to, and the version bump it calls for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["breaking", "additive", "neutral"]
Bump = Literal["major", "minor", "patch"]

SEVERITIES: tuple[Severity, ...] = ("breaking", "additive", "neutral")
"""The worst first."""

_BUMPS: dict[Severity, Bump] = {"breaking": "major", "additive": "minor", "neutral": "patch"}
_TITLES = {
    "breaking": "Breaking: code that works today may stop working",
    "additive": "Additive: nothing stops working, something new can be used",
    "neutral": "Neutral: words and evidence only",
}


@dataclass(frozen=True)
class Change:
    """One difference in meaning between two catalogs."""

    service: str
    pointer: str
    """JSON pointer in the new document; in the old one where the thing is gone."""
    operation: str
    """operationId; empty where the whole service is meant."""
    kind: str
    """What changed and how: request.enum.narrowed, operation.removed."""
    severity: Severity
    message: str
    before: Any
    after: Any

    @property
    def order(self) -> tuple[object, ...]:
        """Worst first, then by place: the same whatever order the documents were written in."""
        values = [json.dumps(value, sort_keys=True, default=str) for value in (self.before, self.after)]
        where = (self.service, self.operation, self.pointer, self.kind, self.message)
        return (SEVERITIES.index(self.severity), *where, *values)


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

    def to_json(self) -> str:
        """For programs."""
        changes = [
            {
                "service": change.service,
                "pointer": change.pointer,
                "operation": change.operation,
                "kind": change.kind,
                "severity": change.severity,
                "message": change.message,
                "before": change.before,
                "after": change.after,
            }
            for change in self.changes
        ]
        return json.dumps(
            {"verdict": self.verdict, "bump": self.bump, "changes": changes}, indent=2, ensure_ascii=False
        )

    def to_text(self) -> str:
        """For people: grouped by severity and service; what is the same in many operations is said once."""
        if not self.changes:
            return "verdict: neutral (patch)\n\nnothing changed"
        lines = [f"verdict: {self.verdict} ({self.bump})"]
        for severity in SEVERITIES:
            of_it = [change for change in self.changes if change.severity == severity]
            if of_it:
                lines += ["", f"{_TITLES[severity]} ({len(of_it)})"]
            for service in sorted({change.service for change in of_it}):
                lines.append(f"  {service}")
                for message, operations in _by_message(change for change in of_it if change.service == service):
                    lines.append(f"    {_where(operations)}{message}")
        return "\n".join(lines)


def _by_message(changes: Iterable[Change]) -> list[tuple[str, list[str]]]:
    grouped: dict[str, list[str]] = {}
    for change in changes:
        grouped.setdefault(change.message, []).append(change.operation)
    return sorted(grouped.items(), key=lambda group: (group[1], group[0]))


def _where(operations: list[str]) -> str:
    named = list(dict.fromkeys(operation for operation in operations if operation))
    if not named:
        return ""
    return f"{named[0]}: " if len(named) == 1 else f"{len(named)} operations ({', '.join(named)}): "
