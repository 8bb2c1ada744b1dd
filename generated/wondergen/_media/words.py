# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Text as it can stand in a file: no control characters, no lone surrogates, in lines of a given length."""

from __future__ import annotations

import unicodedata

_REFUSED = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
"""Unicode categories that neither XML nor a reader has a use for: controls, formats, surrogates, unassigned."""
_LONGEST = 2000
"""More is not looked at: a file stays small whatever it is asked to say."""


def plain(text: str) -> str:
    """Return the text on one line, with single spaces."""
    spaced = "".join(" " if unicodedata.category(letter) in _REFUSED else letter for letter in text[:_LONGEST])
    return " ".join(spaced.split())


def wrap(text: str, columns: int, lines: int) -> list[str]:
    """Break text into at most so many lines of so many characters; a cut is marked by dots."""
    found: list[str] = []
    rest = plain(text)
    while rest and len(found) < lines:
        found.append(_first_line(rest, columns))
        rest = rest[len(found[-1]) :].lstrip()
    if rest and found:
        dots = "..."[:columns]
        found[-1] = found[-1][: columns - len(dots)].rstrip() + dots
    return found


def _first_line(text: str, columns: int) -> str:
    """Return as many whole words as fit, or the beginning of a word that is longer than a line."""
    if len(text) <= columns:
        return text
    end = text.rfind(" ", 0, columns + 1)
    return text[:end] if end > 0 else text[:columns]
