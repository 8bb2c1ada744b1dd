"""The source text of a diagram, made from its description: Mermaid that renders, and a plain outline."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"(?:\s*(?:->|→|[,;.:\n]|\b(?:and )?then\b)\s*)+", re.IGNORECASE)
_STEPS = 12
_LONGEST = 60


def steps(text: str) -> list[str]:
    """Return the steps that a description names; its words in a few groups where it names none."""
    found = [part.strip() for part in _BREAKS.split(text) if part.strip()]
    if len(found) < 2:
        words = text.split()
        found = [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]
    return [part[:_LONGEST] for part in found[:_STEPS]] or ["Empty"]


def mermaid(text: str) -> str:
    """Return a flowchart of the steps, one after the other."""
    names = [f'    s{number}["{_escaped(step)}"]' for number, step in enumerate(steps(text), 1)]
    arrows = [f"    s{number} --> s{number + 1}" for number in range(1, len(names))]
    return "\n".join(["flowchart TD", *names, *arrows]) + "\n"


def _escaped(text: str) -> str:
    """Replace by entities every mark that could end a quoted text of Mermaid or mean something in it."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return re.sub(r'["#<>&`\[\]{}()|\\]', lambda found: f"#{ord(found[0])};", plain)


def outline(text: str) -> str:
    """Return a heading and its points."""
    title, *points = steps(text)
    return "\n".join([f"# {title}", *(f"- {point}" for point in points)]) + "\n"
