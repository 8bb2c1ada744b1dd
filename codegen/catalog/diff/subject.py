"""A subject of the diff: a thing in a document, what is said about it, and the things inside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from codegen.catalog.diff.rules import Direction


@dataclass(frozen=True)
class Subject:
    """One thing that can be there, be gone, or have other facts."""

    kind: str
    name: str
    """How a person would call it: "parameter data.prompt"."""
    pointer: str
    direction: Direction = "request"
    operation: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Name of a rule → value; facts that are not stated are left out."""
    parts: Callable[[], Parts] = dict
    """Made when asked for: schemas may contain themselves."""
    reference: str = ""
    """The component it is, if it is one: what is inside a component need be told only once."""


Parts = Mapping[tuple[str, str], Subject]
"""By kind and name: what is called the same is the same."""


def stated(**facts: Any) -> dict[str, Any]:
    """The facts that are stated; underscores in their names stand for spaces."""
    return {name.replace("_", " "): value for name, value in facts.items() if value is not None}


def mapping(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one: documents come from anywhere."""
    return value if isinstance(value, dict) else {}


def by_name(subjects: list[Subject]) -> Parts:
    """Subjects as parts of another."""
    return {(subject.kind, subject.name): subject for subject in subjects}
