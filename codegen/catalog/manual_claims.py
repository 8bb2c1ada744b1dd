"""What is wrong with a claim that a person writes: a reader makes no such claim, so no rule expects it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from codegen.catalog import usage
from codegen.documents.claims import SUBJECTS, By, row_problem
from codegen.openapi.json_values import is_number


def problem(row: Any) -> str:
    """Return what is wrong with a row that states a claim of a line; "" where nothing is."""
    if wrong := row_problem(row, has_line=True):
        return wrong
    subject = next(iter(SUBJECTS.intersection(row) - {"operation"}), "operation")
    for key in {"operation", subject} & row.keys():
        if not isinstance(row[key], str):
            return f"has {row[key]!r} as its {key}, which is not text"
    if row.get("by", "statement") not in list(get_args(By)):
        return f"says `by: {row['by']}`, which is not one of {', '.join(get_args(By))}"
    if subject == "operation" and not row["facts"]:
        return "states nothing: it names no subject and no fact"
    return next((wrong for fact, value in row["facts"].items() if (wrong := _of_fact(subject, fact, value))), "")


def _of_fact(subject: str, fact: Any, value: Any) -> str:
    facts = usage.facts_of(subject)
    if fact not in facts:
        close = get_close_matches(str(fact), facts, n=1)
        of_subject = f": {', '.join(facts)}" if facts else ", which has none"
        return f"states {fact!r} of {_a(subject)}{f': write {close[0]}' if close else of_subject}"
    form = _FORMS.get(f"{subject} {fact}") or _FORMS.get(fact, "text")
    return "" if _CHECKS[form](value) else f"states {value!r} as the {fact} of {_a(subject)}, which is not {form}"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (str, bool)) or is_number(value)


def _are(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _has(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, dict) and all(isinstance(key, str) and check(one) for key, one in value.items())
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "text": _is_text,
    "true or false": lambda value: isinstance(value, bool),
    "a number": is_number,
    "a list of texts": _are(_is_text),
    "a list of values": _are(_is_scalar),
    "two numbers": lambda value: _are(is_number)(value) and len(value) == 2,
    "a mapping of texts": _has(_is_text),
    "a mapping of lists of texts": _has(_are(_is_text)),
    "a mapping of mappings of lists of texts": _has(_has(_are(_is_text))),
    "a mapping": _has(lambda _: True),
    "a value": lambda value: value is not None,
}
_FORMS: Mapping[str, str] = {
    **dict.fromkeys("required trusted alias open_enum for_now terminal".split(), "true or false"),
    **dict.fromkeys("exclusive_bytes exclusive_pixels exclusive_aspect".split(), "true or false"),
    **dict.fromkeys("minimum maximum exclusive_minimum exclusive_maximum multiple_of times".split(), "a number"),
    **dict.fromkeys("min_length max_length max_tokens min_items max_items min_bytes max_bytes".split(), "a number"),
    **dict.fromkeys("min_width max_width min_height max_height min_seconds max_seconds".split(), "a number"),
    **dict.fromkeys("min_frame_rate max_frame_rate output_seconds poll_for_seconds".split(), "a number"),
    **dict.fromkeys(("retry_seconds", "operation id", "operation state"), "a number"),
    **dict.fromkeys(("formats", "names"), "a list of texts"),
    **dict.fromkeys(("enum", "values"), "a list of values"),
    **dict.fromkeys(("pixels", "poll_seconds", "typical_seconds"), "two numbers"),
    "parameter meaning": "a mapping of texts",
    "required_when": "a mapping of lists of texts",
    "allowed_when": "a mapping of mappings of lists of texts",
    "arguments": "a mapping",
    **dict.fromkeys(("parameter default", "output value"), "a value"),
}
"""Fact, or subject and fact → what its value is; every other is text."""
