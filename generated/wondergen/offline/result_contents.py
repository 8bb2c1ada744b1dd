# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a call asks for in its results: how many files, how large, and the text of a diagram."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .._catalog.service_document import Endpoint
from .._runtime.pointer import get

_RATIO = re.compile(r"(\d{1,4})\s*[:/]\s*(\d{1,4})")
_SIZE = re.compile(r"(\d{2,5})\s*[x*×]\s*(\d{2,5})")
_LINES = re.compile(r"(\d{3,4})\s*p", re.IGNORECASE)
_THOUSANDS = re.compile(r"([1248])\s*k", re.IGNORECASE)
_RATIOS = ("aspect_ratio", "ratio", "size")
_LARGEST = 8192
_SLIMMEST = 20
"""The longer side is at most so many times the shorter one."""
MOST_FILES = 16


def size_of(arguments: Mapping[str, Any]) -> tuple[int, int]:
    """Return the width and the height that arguments ask for; 16:9 and 720 lines where they say nothing."""
    width, height = _whole(arguments.get("width")), _whole(arguments.get("height"))
    if width and height:
        return _bounded(width, height)
    texts = [str(arguments[name]) for name in (*_RATIOS, "resolution") if arguments.get(name) is not None]
    sizes = [match for text in texts if (match := _SIZE.fullmatch(text.strip()))]
    if sizes:
        return _bounded(int(sizes[0][1]), int(sizes[0][2]))
    across, down = next((ratio for text in texts if (ratio := _ratio(text))), (16, 9))
    if width:
        return _bounded(width, round(width * down / across))
    short = height or next((lines for text in texts if (lines := _shorter(text))), 720)
    scale = short / min(across, down)
    return _bounded(round(across * scale), round(down * scale))


def _bounded(width: int, height: int) -> tuple[int, int]:
    """Keep a size within bounds: neither empty nor enormous, and no line."""
    width, height = min(max(width, 1), _LARGEST), min(max(height, 1), _LARGEST)
    return max(width, -(-height // _SLIMMEST)), max(height, -(-width // _SLIMMEST))


def _ratio(text: str) -> tuple[int, int] | None:
    match = _RATIO.fullmatch(text.strip())
    if not match or not int(match[1]) or not int(match[2]):
        return None
    across, down = int(match[1]), int(match[2])
    return across, down


def _shorter(text: str) -> int | None:
    """Return the shorter side that a resolution names: `1080p`, `2K`."""
    if match := _LINES.fullmatch(text.strip()):
        return int(match[1])
    if match := _THOUSANDS.fullmatch(text.strip()):
        return int(match[1]) * 1024
    return None


def _whole(value: Any) -> int | None:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if re.fullmatch(r"[1-9]\d{0,5}", text) else None


def count_of(endpoint: Endpoint, body: Any) -> int:
    """Return how many results a request asks for: `x-task.assets.count` points to the number in its body; else one."""
    place = endpoint.task.get("assets", {}).get("count")
    count = _whole(get(body, place)) if place else None
    return min(count or 1, MOST_FILES)


def words_of(arguments: Mapping[str, Any]) -> list[str]:
    """Return every text in the arguments."""
    return [text for value in arguments.values() for text in _texts(value)]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


_BREAKS = re.compile(r"(?:\s*(?:->|→|[,;.:\n]|\b(?:and )?then\b)\s*)+", re.IGNORECASE)
_STEPS = 12
_LONGEST = 60


def steps(text: str) -> list[str]:
    """Return the steps that a description names; its words in a few groups where it names none."""
    steps = [part.strip() for part in _BREAKS.split(text) if part.strip()]
    if len(steps) < 2:
        words = text.split()
        steps = [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]
    return [part[:_LONGEST] for part in steps[:_STEPS]] or ["Empty"]


def mermaid(text: str) -> str:
    """Return a flowchart of the steps, one after the other."""
    names = [f'    s{number}["{_escape(step)}"]' for number, step in enumerate(steps(text), 1)]
    arrows = [f"    s{number} --> s{number + 1}" for number in range(1, len(names))]
    return "\n".join(["flowchart TD", *names, *arrows]) + "\n"


def _escape(text: str) -> str:
    """Replace by entities every mark that could end a quoted text of Mermaid or mean something in it."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return re.sub(r'["#<>&`\[\]{}()|\\]', lambda match: f"#{ord(match[0])};", plain)


def outline(text: str) -> str:
    """Return a heading and its points."""
    title, *points = steps(text)
    return "\n".join([f"# {title}", *(f"- {point}" for point in points)]) + "\n"
