"""Foreign text made fit for a message or a line of a log: on one line, bounded, and such as can be encoded."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"\s*[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+\s*")
"""Controls, line breaks, and what turns the direction of the text around it."""


def one_line(text: str, longest: int = 200) -> str:
    """Return foreign text on one bounded line: what a service says must not forge a line of a log."""
    line = _CONTROL.sub(" ", text[: longest * 4]).strip()
    line = line.encode("utf-8", "backslashreplace").decode()
    return line if len(line) <= longest else line[:longest] + "…"
