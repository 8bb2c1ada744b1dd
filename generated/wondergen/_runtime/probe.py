# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a media file is, by its bytes: format, pixels, seconds, frame rate; and what a service has against it."""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from . import media, media_headers

_ALIKE = {
    "jpeg": "jpg",
    "jpe": "jpg",
    "jfif": "jpg",
    "tif": "tiff",
    "heif": "heic",
    "quicktime": "mov",
    "m4v": "mp4",
    "3gp": "mp4",
    "3gpp": "mp4",
    "wave": "wav",
    "opus": "ogg",
    "oga": "ogg",
    "matroska": "mkv",
    "msvideo": "avi",
    "ms-bmp": "bmp",
    "svg+xml": "svg",
}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file. None: it cannot be read."""

    bytes: int
    format: str | None = None
    size: tuple[int, int] | None = None
    """Width and height in pixels."""
    seconds: float | None = None
    frame_rate: float | None = None


def read(path: Path) -> FileFacts:
    """Return what a file is. What its own structure does not tell is None. Raises OSError."""
    count = os.stat(path).st_size
    with open(path, "rb") as file:
        kind = media.sniff(file.read(media.HEAD_BYTES))
        reader = media_headers.READERS.get(kind or "")
        try:
            facts = {} if reader is None else reader(file, count)
        except (ValueError, IndexError, ZeroDivisionError, OverflowError, struct.error):  # cut short or odd
            facts = {}
    return FileFacts(count, kind, **{name: value for name, value in facts.items() if _is_sensible(value)})


def _is_sensible(value: Any) -> bool:
    """Return whether a number of a header can be that of a file. Of another one the service decides."""
    return all(math.isfinite(one) and one > 0 for one in (value if isinstance(value, tuple) else (value,)))


def faults(limits: Mapping[str, Any], facts: FileFacts) -> Iterator[str]:
    """Yield everything that a file is not as `x-media` has it. What is not known is not held against it."""
    if facts.bytes == 0:
        yield "is empty"
        return
    kind = str(limits.get("kind"))
    formats = list(dict.fromkeys(_alike(str(one), kind) for one in limits.get("formats", ())))
    if formats and facts.format is None:
        if set(formats) <= media.KNOWN:
            yield f"is of no known format, and must be one of {', '.join(formats)}"
    elif formats and facts.format not in formats and not _is_sound_alone(kind, facts, formats):
        yield f"is {facts.format}, and must be one of {', '.join(formats)}"
    elif not formats and facts.format is not None and not media.accepts(kind, facts.format):
        yield f"is {facts.format}, which is not of the kind {limits.get('kind', 'media')}"
    width, height = facts.size or (None, None)
    measures = (
        ("bytes", facts.bytes, "bytes"),
        ("width", width, "pixels of width"),
        ("height", height, "pixels of height"),
        ("seconds", facts.seconds, "seconds"),
        ("frame_rate", facts.frame_rate, "frames a second"),
    )
    for name, value, unit in measures:
        yield from _outside(limits.get(name), value, unit)
    if width and height and isinstance(limits.get("aspect"), Mapping):
        yield from _aspect(limits["aspect"], width, height)


def _outside(limit: Any, value: float | None, unit: str) -> Iterator[str]:
    if value is None or not isinstance(limit, Mapping):
        return
    number = f"{value:,.4g}" if isinstance(value, float) else f"{value:,}"
    for name, word, is_wrong in _BOUNDS:
        bound = limit.get(name)
        if bound is not None and is_wrong(value, bound):
            yield f"has {number} {unit}, {word} {bound:,}"


_BOUNDS: tuple[tuple[str, str, Callable[[Any, Any], bool]], ...] = (
    ("minimum", "below the minimum", lambda value, bound: value < bound),
    ("maximum", "above the maximum", lambda value, bound: value > bound),
    ("exclusiveMinimum", "and must have more than", lambda value, bound: value <= bound),
    ("exclusiveMaximum", "and must have fewer than", lambda value, bound: value >= bound),
)


def _aspect(limit: Mapping[str, Any], width: int, height: int) -> Iterator[str]:
    ratio = Fraction(width, height)
    for name, word, is_wrong in _BOUNDS:
        if name in limit:
            left, _, right = str(limit[name]).partition(":")
            bound = Fraction(left) / Fraction(right or "1")
            if is_wrong(ratio, bound):
                yield f"has a ratio of width to height of {width}:{height}, {word} {limit[name]}"


def _alike(name: str, kind: str) -> str:
    """Return a format as `media` names it: `.JPEG`, `image/jpeg` and `jpg` are one."""
    plain = name.strip().lower().rpartition("/")[2].removeprefix(".").removeprefix("x-")
    if plain in ("mpeg", "mpga") and kind == "audio":
        return "mp3"
    return _ALIKE.get(plain, plain)


def _is_sound_alone(kind: str, facts: FileFacts, formats: Collection[str]) -> bool:
    """Return whether a file of the container of MP4 has no pictures: then it is M4A, whatever its brand."""
    return kind == "audio" and facts.format == "mp4" and facts.size is None and "m4a" in formats
