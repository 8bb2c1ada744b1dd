"""One parameter or field as a document describes it: type, required, default and description → facts.

What is stated and not understood comes back as problems: the reader books the line as unread, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from codegen.documents import phrases
from codegen.documents.signals import signal_of
from codegen.documents.types import is_nothing, read_type, typed

Facts = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """What is understood of one field, and what is not."""

    facts: Mapping[str, Any]
    labels: Mapping[str, str]
    """Value → what the description calls it."""
    output_seconds: int | None = None
    differing: Mapping[str, Any] | None = None
    """Facts of the description that say something else than the columns beside it."""
    problems: tuple[str, ...] = ()
    """What was not understood, as signals of an unread line."""


def describe(
    description: str,
    *,
    type_word: str | None = None,
    stated: Mapping[str, Any] | None = None,
    default: str | None = None,
    known: Container[str] = (),
) -> Field:
    """Read one field. `stated` holds the facts of its own columns; `type_word` is None where no type is given."""
    found = phrases.read(description)
    facts: Facts = {}
    problems: list[str] = []
    if type_word is not None:
        kind = read_type(type_word)
        facts.update(kind or {})
        facts.update(_unknown(type_word, kind, {**found.facts, **(stated or {})}))
    facts.update(stated or {})
    if default is not None and not is_nothing(default):
        facts["default"] = phrases.literal(default)
    differing = {key: value for key, value in found.facts.items() if key in facts and facts[key] != value}
    if facts.get("type") != "string" or "format" in facts:
        differing.pop("format", None)
    facts, wrong = typed({**found.facts, **facts})
    differing, _ = typed({"type": facts.get("type"), "items": facts.get("items"), **differing})
    differing = {
        key: value for key, value in differing.items() if key not in ("type", "items") and facts.get(key) != value
    }
    if "unknown_type" in facts:
        problems.append(f"type {facts['unknown_type']}")
    problems.extend(f"{fact} that is no {facts.get('type')}" for fact in wrong)
    if signal := signal_of(found.rest, known):
        problems.append(signal)
    return Field(facts, found.labels, found.output_seconds, differing or None, tuple(problems))


def _unknown(word: str, kind: Facts | None, others: Mapping[str, Any]) -> Facts:
    """Mark a type that says nothing certain: an unknown word, any value at all, or a list of one knows not what."""
    shows = "enum" in others or "format" in others
    if kind is None or (not kind and not shows) or (kind == {"type": "array"} and not shows):
        named = re.sub(r"[^\w<>\[\](), |/.-]", "", word).strip()[:40]
        return {"unknown_type": named or "not given"}
    return {}
