"""What makes a line look as if it states a fact: the closed list by which a line is prose or unread."""

from __future__ import annotations

import re

WORDS = (
    "required|optional|mandatory|default|defaults|maximum|minimum|max|min|only|must|cannot|supported|supports|range|ranges|"
    "format|formats|limit|limits|limited|returns|exactly|fixed|at least|at most|up to|between"
)
_SIGNALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("code span", re.compile(r"`[^`]+`")),
    ("address", re.compile(r"https?://")),
    ("number", re.compile(r"(?<![A-Za-z0-9_])\d")),
    ("word", re.compile(rf"\b(?:{WORDS})\b", re.IGNORECASE)),
)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")


def signal_of(text: str) -> str | None:
    """The strongest sign that a text states a fact, or None: then it is prose.

    A quoted example prompt speaks to a model, not about the interface, so what it holds is no sign.
    """
    bare = _QUOTED.sub(" ", text)
    for name, pattern in _SIGNALS:
        match = pattern.search(bare)
        if match:
            return match[0].lower() if name == "word" else name
    return None
