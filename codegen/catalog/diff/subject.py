"""A subject of the diff: a thing in a document, what is stated about it, and the things inside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from codegen.catalog.diff.rules import Direction
from codegen.openapi import loader, pointers
from codegen.openapi.extensions import KINDS


@dataclass(frozen=True)
class Subject:
    """One part of a catalog that is compared: it is added, removed, or has other facts."""

    kind: str
    name: str
    """How a person would call it: "parameter data.prompt"."""
    pointer: str
    direction: Direction = "request"
    operation: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Name of a rule → value; facts that are not stated are left out."""
    parts: Callable[[], Parts] = dict
    """Made on demand: schemas may contain themselves."""
    reference: str = ""
    """The component it is, if it is one: what is inside a component is reported only once."""

    @property
    def called(self) -> str:
        """The subject in a message. Which service and operation it is, a change says by itself."""
        if self.kind in {"service", "operation", "webhook"} or (self.kind, self.name) == ("request body", "body"):
            return self.kind
        return f"error {self.name}" if self.kind == "error code" else f"{self.kind} {self.name}"


Parts = Mapping[tuple[str, str], Subject]
"""By kind and name: what is called the same is the same."""


def stated(**facts: Any) -> dict[str, Any]:
    """Return the facts that are stated; underscores in their names stand for spaces."""
    return {name.replace("_", " "): value for name, value in facts.items() if value is not None}


def mapping(value: Any) -> dict[str, Any]:
    """Return the value where it is an object, else an empty one: documents come from anywhere."""
    return value if isinstance(value, dict) else {}


WORDS = frozenset({"x-choices", "x-locales", "x-prompting", "x-traits"})
"""Our extensions that only say something to people: they are compared as they stand."""
_OTHERS = {
    **dict.fromkeys(("x-disputed", "x-sunset"), ("operation", "schema")),
    **dict.fromkeys(("x-claims", "x-disagreements", loader.FILES), ("document",)),
}
"""What else has rules of its own, and where: the evidence beside a catalog is compared as such keys of the document."""
_WITH_RULES = {key: kinds for key, kinds in {**KINDS, **_OTHERS}.items() if key not in WORDS}


def extensions(value: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
    """Return the x- keys that have no rule of their own on an object of this kind."""
    others = {key: entry for key, entry in value.items() if key.startswith("x-")}
    return {key: entry for key, entry in others.items() if kind not in _WITH_RULES.get(key, ())} or None


def rest(value: Mapping[str, Any], others: Iterable[str]) -> dict[str, Any] | None:
    """Return the keys of one of our extensions that have no rule of their own."""
    return {key: entry for key, entry in value.items() if key not in others} or None


_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def python_name(value: Any, name: str) -> str | None:
    """Return the name in Python: as given, else as it follows from the name in the document."""
    return str(value) if value else re.sub(r"[^a-z0-9]+", "_", _WORD_START.sub("_", name).lower()).strip("_") or None


def by_name(subjects: list[Subject]) -> Parts:
    """Return subjects as parts of another; one more of the same kind and name keeps its place beside the first."""
    by_key: dict[tuple[str, str], Subject] = {}
    for subject in subjects:
        name, count = subject.name, 1
        while (subject.kind, name) in by_key:
            count += 1
            name = f"{subject.name} ({count})"
        by_key[subject.kind, name] = subject
    return by_key


_KNOWN = frozenset({"error", "meaning", "retry", "key", "cause", "advice", "operations"})


def error_codes(errors: dict[str, Any], pointer: str, *, paid: bool, operation: str = "") -> Iterator[Subject]:
    """Yield the codes of a service or an operation. For paid calls a looser retry is the dangerous direction."""
    for channel, title in (("codes", "code"), ("http", "HTTP status")):
        for code, row in mapping(errors.get(channel)).items():
            meaning = mapping(row)
            yield Subject(
                "error code",
                f"{title} {code}",
                pointers.join(pointer, channel, code),
                # To repeat what is only read costs nothing: the column of the table that allows it.
                "request" if paid else "reply",
                operation,
                stated(
                    error=meaning.get("error"),
                    retry=meaning.get("retry", "never"),
                    meaning=meaning.get("meaning"),
                    advice=[meaning.get("cause"), meaning.get("advice")] if {"cause", "advice"} & {*meaning} else None,
                    key_state=meaning.get("key"),
                    operations=meaning.get("operations"),
                    other_error_keys=rest(meaning, _KNOWN),
                ),
            )
