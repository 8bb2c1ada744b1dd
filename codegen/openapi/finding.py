"""What a rule of the lint reports, before the file is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from codegen.openapi.document import Document


class Finding(NamedTuple):
    """One problem at a JSON pointer, with its remedy."""

    pointer: str
    problem: str
    remedy: str


Rule = Callable[[Document], Iterable[Finding]]


def short(text: object, limit: int = 160) -> str:
    """Return the text on one line, cut: messages of validators quote whole schemas."""
    line = " ".join(str(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
