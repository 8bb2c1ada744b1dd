"""How two values of one fact differ: added, removed, changed, widened or narrowed. None: the fact is not stated."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

from codegen.openapi.extensions import RETRIES

How = Literal["added", "removed", "changed", "widened", "narrowed"]


def plain(before: Any, after: Any) -> How:
    """Compare by equality: any difference counts the same."""
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def content(before: Any, after: Any) -> How:
    """Compare the media types of a text: a client decodes JSON, so to become JSON or to end being it is a change."""
    return "changed" if "application/json" in (before, after) else plain(before, after)


def constraint(before: Any, after: Any) -> How:
    """Compare two values of a constraint; without it everything is allowed."""
    if before is None:
        return "narrowed"
    return "widened" if after is None else "changed"


def choice(before: Any, after: Any) -> How:
    """Compare sets of what is allowed; without a set everything is."""
    if before is None or after is None:
        return constraint(before, after)
    return _sets(set(map(text, before)), set(map(text, after)))


def types(before: Any, after: Any) -> How:
    """Compare types like a choice, where every integer is a number."""
    if before is None or after is None:
        return constraint(before, after)
    old, new = ([*value, *(["integer"] if "number" in value else [])] for value in (before, after))
    return choice(old, new)


def conditions(before: Any, after: Any) -> How:
    """Compare sets of demands: the more of them, the less is allowed."""
    return _sets(set(map(text, after or ())), set(map(text, before or ())))


def sequence(before: Any, after: Any) -> How:
    """Compare lists whose order counts: what is added at the end leaves the rest where it is."""
    old, new = (value if isinstance(value, list) else [] for value in (before, after))
    if new[: len(old)] == old:
        return "widened"
    return "narrowed" if old[: len(new)] == new else "changed"


def mapping(before: Any, after: Any) -> How:
    """Compare keys that may come and go, each with a meaning that may not change."""
    old, new = before or {}, after or {}
    if any(text(old[key]) != text(new[key]) for key in old.keys() & new.keys()):
        return "changed"
    return _sets(set(old), set(new))


def lower(before: Any, after: Any) -> How:
    """Compare lower bounds: the higher, the less is allowed. [5, true] excludes the 5."""
    old, new = _bound(before), _bound(after)
    if old is None or new is None:
        return constraint(before, after)
    return "narrowed" if new > old else "widened"


def upper(before: Any, after: Any) -> How:
    """Compare upper bounds: the lower, the less is allowed."""
    old, new = _bound(before), _bound(after)
    if old is None or new is None:
        return constraint(before, after)
    return "narrowed" if (new[0], not new[1]) < (old[0], not old[1]) else "widened"


def step(before: Any, after: Any) -> How:
    """Compare numbers that divide what is allowed: a divisor of the old step allows more."""
    old, new = _bound(before), _bound(after)
    if old is None or new is None or not old[0] or not new[0]:
        return constraint(before, after)
    if (old[0] / new[0]).denominator == 1:
        return "widened"
    return "narrowed" if (new[0] / old[0]).denominator == 1 else "changed"


def authentication(before: Any, after: Any) -> How:
    """Compare alternatives of schemes with their scopes: a caller breaks whose credentials no longer suffice."""
    old, new = before or [{}], after or [{}]
    losses = [alternative for alternative in old if not any(_satisfies(alternative, one) for one in new)]
    gained = [alternative for alternative in new if not any(_satisfies(alternative, one) for one in old)]
    if losses and gained:
        return "changed"
    return "narrowed" if losses else "widened"


def _satisfies(present: dict[str, list[str]], required: dict[str, list[str]]) -> bool:
    return all(name in present and set(scopes) <= set(present[name]) for name, scopes in required.items())


def retry(before: Any, after: Any) -> How:
    """Compare how often a call may be sent again: for a paid call more is the dangerous direction."""
    if before not in RETRIES or after not in RETRIES:
        return "changed"
    return "widened" if RETRIES.index(after) > RETRIES.index(before) else "narrowed"


def sunset(before: Any, after: Any) -> How:
    """Compare dates after which something is gone: an earlier one takes time away."""
    if before is None or after is None:
        return plain(before, after)
    return "narrowed" if str(after) < str(before) else "widened"


def text(value: Any) -> str:
    """Return the text by which two values are compared: 1 and true are equal in Python; in a document they are not."""
    return json.dumps(value, sort_keys=True, default=str)


UNORDERED: tuple[Callable[[Any, Any], How], ...] = (choice, types, conditions, authentication)
"""Comparisons of lists whose order does not count."""


def _sets(old: set[str], new: set[str]) -> How:
    if old == new or not (old <= new or new <= old):
        return "changed"
    return "widened" if old < new else "narrowed"


def _bound(value: Any) -> tuple[Fraction, bool] | None:
    """Return a bound as something that can be ordered; None where it is not stated, or no bound."""
    number: Any = value[0] if isinstance(value, list) and len(value) == 2 else value
    is_open = value[1] if isinstance(value, list) and len(value) == 2 else False
    try:
        if isinstance(number, str):
            width, _, height = number.partition(":")
            return Fraction(width) / Fraction(height or 1), bool(is_open)
        return Fraction(number), bool(is_open)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
