"""The rules of the diff, as tables: what each difference means to code that uses the generated client."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from codegen.catalog.diff.report import Severity

How = Literal["added", "removed", "changed", "widened", "narrowed"]
Direction = Literal["request", "reply"]
"""Whether the client sends a value or reads it: what widens the one may break the other."""


# How two values of a fact differ. None: the fact is not stated.


def plain(before: Any, after: Any) -> How:
    """Any difference counts the same."""
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def constraint(before: Any, after: Any) -> How:
    """Without it everything is allowed."""
    if before is None:
        return "narrowed"
    return "widened" if after is None else "changed"


def choice(before: Any, after: Any) -> How:
    """A set of what is allowed; without it everything is."""
    if before is None or after is None:
        return constraint(before, after)
    old, new = set(map(_text, before)), set(map(_text, after))
    if old == new or not (old <= new or new <= old):
        return "changed"
    return "widened" if old < new else "narrowed"


def types(before: Any, after: Any) -> How:
    """Like a choice, and every integer is a number."""
    if before is None or after is None:
        return constraint(before, after)
    old, new = ([*value, *(["integer"] if "number" in value else [])] for value in (before, after))
    return choice(old, new)


def lower(before: Any, after: Any) -> How:
    """A lower bound: the higher, the less is allowed. [5, true] excludes the 5."""
    old, new = _bound(before), _bound(after)
    if old is None or new is None:
        return constraint(before, after)
    return "narrowed" if new > old else "widened"


def upper(before: Any, after: Any) -> How:
    """An upper bound: the lower, the less is allowed."""
    old, new = _bound(before), _bound(after)
    if old is None or new is None:
        return constraint(before, after)
    return "narrowed" if (new[0], not new[1]) < (old[0], not old[1]) else "widened"


def _text(value: Any) -> str:
    # 1 and true are equal in Python; in a document they are not.
    return json.dumps(value, sort_keys=True, default=str)


def _bound(value: Any) -> tuple[Fraction, bool] | None:
    """A bound as something that can be ordered; None where it is not stated, or no bound."""
    number, is_open = value if isinstance(value, list) and len(value) == 2 else (value, False)
    try:
        if isinstance(number, str):
            width, _, height = number.partition(":")
            return Fraction(width) / Fraction(height or 1), bool(is_open)
        return Fraction(number), bool(is_open)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None


@dataclass(frozen=True)
class Rule:
    """How a fact is compared, and what each difference means, by direction."""

    label: str
    compare: Callable[[Any, Any], How]
    request: Mapping[How, Severity]
    reply: Mapping[How, Severity]

    def differs(self, before: Any, after: Any) -> bool:
        """Whether two values of the fact are not the same; the order of a choice is of no account."""
        unordered = self.compare in (choice, types) and isinstance(before, list) and isinstance(after, list)
        old, new = ([_text(entry) for entry in value] if unordered else [_text(value)] for value in (before, after))
        return set(old) != set(new)

    def severity(self, how: How, direction: Direction) -> Severity:
        """What the difference means to a caller."""
        return (self.request if direction == "request" else self.reply)[how]


def _always(severity: Severity) -> Mapping[How, Severity]:
    return dict.fromkeys(("added", "removed", "changed", "widened", "narrowed"), severity)


BREAKS, ADDS, SAYS = _always("breaking"), _always("additive"), _always("neutral")
LIMITS: Mapping[How, Severity] = {"widened": "additive", "narrowed": "breaking", "changed": "breaking"}
GROWS: Mapping[How, Severity] = {"added": "additive", "removed": "breaking", "changed": "breaking"}


def _breaks(label: str) -> Rule:
    return Rule(label, plain, BREAKS, BREAKS)


def _says(label: str) -> Rule:
    return Rule(label, plain, SAYS, SAYS)


def _limits(label: str, compare: Callable[[Any, Any], How]) -> Rule:
    # A reader of replies checks no limits; unknown words and sizes pass through it.
    return Rule(label, compare, LIMITS, SAYS)


FACTS: Mapping[str, Rule] = {
    # words and evidence
    "summary": _says("summary"),
    "description": _says("description"),
    "title": _says("title"),
    "version": _says("document version"),
    "examples": _says("examples"),
    "claims": _says("x-claims"),
    "disputed": _says("x-disputed"),
    "meaning": _says("meaning"),
    "obtain": _says("where the key is had"),
    "tags": _says("tags"),
    "deprecated": Rule("deprecation", plain, ADDS, ADDS),
    # calls
    "client": _breaks("client class"),
    "server": _breaks("server"),
    "method": _breaks("HTTP method"),
    "path": _breaks("path"),
    "python name": _breaks("Python name"),
    "group": _breaks("Python group"),
    "positional": _breaks("positional parameters"),
    "body": _breaks("place of the parameters in the body"),
    "reply at": _breaks("what the method returns"),
    "returns": _breaks("class of the result"),
    "authentication": _breaks("authentication"),
    "scheme": _breaks("security scheme"),
    "credential": _breaks("credential"),
    "client argument": _breaks("client argument"),
    "content types": _limits("content types", choice),
    # tasks and errors
    "kind": _breaks("kind of call"),
    "task": _breaks("task pointer"),
    "result operation": _breaks("result operation"),
    "state": _breaks("state"),
    "output": _breaks("result schema"),
    "assets": _breaks("place of the files"),
    "hosts": Rule("download hosts", choice, LIMITS, LIMITS),
    "media": _breaks("kind of the files"),
    "envelope": _breaks("place of the in-band code"),
    "error": _breaks("error class"),
    "retry": _breaks("retry advice"),
    "link": _breaks("link"),
    "address": _breaks("callback address"),
    # values
    "required": Rule(
        "required", plain, {"added": "breaking", "removed": "additive"}, {"added": "additive", "removed": "breaking"}
    ),
    "type": Rule("type", types, LIMITS, BREAKS),
    "enum": Rule("allowed values", choice, LIMITS, ADDS),
    "lower bound": _limits("lower bound", lower),
    "upper bound": _limits("upper bound", upper),
    "shortest": _limits("shortest length", lower),
    "longest": _limits("longest length", upper),
    "fewest items": _limits("fewest items", lower),
    "most items": _limits("most items", upper),
    "pattern": _limits("pattern", constraint),
    "format": _limits("format", constraint),
    "other keywords": _limits("other constraints", constraint),
    "rules": _limits("rules over several fields", constraint),
    "alternatives": Rule("alternatives", choice, LIMITS, BREAKS),
    "default": Rule("default", plain, GROWS, SAYS),
    "closed": _limits("refusal of other properties", constraint),
    "content": _breaks("encoding of the content"),
    "wire": _breaks("wire form"),
    "enum class": _breaks("Python enum"),
    "member": _breaks("name of the enum member"),
    "file kind": _breaks("kind of file"),
    "file formats": _limits("file formats", choice),
    "same size as": _limits("same size as", constraint),
    **{
        f"file {name} {end}": _limits(f"file {name}, {end} bound", compare)
        for name in ("bytes", "width", "height", "aspect", "frame_rate", "seconds")
        for end, compare in (("lower", lower), ("upper", upper))
    },
}

# Kind of thing → what it means that one is there that was not, and that one is gone. Required ones: see `added`.
EXISTENCE: Mapping[str, tuple[Severity, Severity]] = {
    "service": ("additive", "breaking"),
    "server": ("additive", "breaking"),
    "security scheme": ("additive", "breaking"),
    "error code": ("additive", "breaking"),
    "operation": ("additive", "breaking"),
    "status": ("additive", "breaking"),
    "parameter": ("additive", "breaking"),
    "request body": ("additive", "breaking"),
    "response": ("additive", "breaking"),
    "result": ("additive", "breaking"),
    "property": ("additive", "breaking"),
    "items": ("additive", "breaking"),
    "text content": ("additive", "breaking"),
    "enum member": ("additive", "breaking"),
    "link": ("additive", "breaking"),
    "callback": ("additive", "breaking"),
}


def existence(kind: str, direction: Direction, *, required: bool, added: bool) -> Severity:
    """What it means that something is there or gone."""
    if added and required and direction == "request" and kind in {"parameter", "property", "request body"}:
        return "breaking"
    if kind == "items" and direction == "request":
        return "breaking" if added else "additive"  # a constraint: without it any entry is allowed
    return EXISTENCE[kind][0 if added else 1]
