"""What the modules of phrases share: numbers and values as documents write them, and how a phrase is registered."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from codegen.documents.vocabulary import BYTES

Facts = dict[str, Any]
Handler = Callable[[re.Match[str], Facts], bool | None]
"""Records facts; False where the match is none of its kind after all, and stays in the text."""
Rules = list[tuple[re.Pattern[str], Handler]]


def registering(rules: Rules) -> Callable[..., Callable[[Handler], Handler]]:
    """Return a decorator that adds a phrase and its handler to a list."""

    def phrase(pattern: str, flags: int = re.IGNORECASE) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            rules.append((re.compile(pattern, flags), handler))
            return handler

        return register

    return phrase


def number(text: str) -> int | float:
    """Parse a number: 5 is an integer, 0.5 is not."""
    return float(text) if "." in text else int(text)


def literal(text: str) -> Any:
    """Return a value as it stands in a code span: "0" in quotes is text, 5 is a number, 720p is text."""
    bare = text.strip().strip("`").strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        return bare[1:-1]
    return number(bare) if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else bare


def byte_count(amount: str, unit: str) -> int:
    """Convert 200M to 200000000, and 200 MiB to 209715200."""
    scale = 1024 ** ("kmg".index(unit[0].lower()) + 1) if unit[1:2].lower() == "i" else BYTES[unit[0].lower()]
    return round(float(amount) * scale)
