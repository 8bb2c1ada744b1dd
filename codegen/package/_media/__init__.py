"""Real, small, playable files: what a stand-in for a service that makes pictures, films and sounds hands out.

Nothing here is downloaded or read from disk: a file follows from its arguments alone, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import bounds

__all__ = ["KINDS", "extension", "make"]

KINDS: Mapping[str, str] = MappingProxyType(
    {"png": "image/png", "svg": "image/svg+xml", "mp4": "video/mp4", "mp3": "audio/mpeg"}
)
"""Extension → media type of every kind of file that can be made."""

_OF_KIND = {"video": "mp4", "image": "png", "audio": "mp3", "diagram": "png", "file": "png"}


def make(
    extension: str, *, seed: str = "", width: int = 320, height: int = 180, seconds: float = 5.0, text: str = ""
) -> bytes:
    """The bytes of a file of this kind: the same for the same arguments, visibly another for another seed.

    `width` and `height` give the shape. A picture is never larger than 640 on its longer side and a film than
    320: a larger one is scaled down, its aspect ratio kept as closely as whole (in a film, even) numbers allow.
    A diagram has the size asked for. `seconds` is kept within 0.2 to 30 for a film and 0.2 to 120 for a sound.
    `text` is drawn on pictures and is the title of films and sounds. What a kind has no use for is checked and
    left aside. Raises ValueError for an unknown extension, a side below 1 or above 16384, a side more than
    twenty times the other, and for seconds that are no positive number.
    """
    if extension not in KINDS:
        raise ValueError(f"no file can be made with the extension {extension!r}: it is one of {', '.join(KINDS)}")
    bounds.check(width, height, seconds)
    # Imported here: who only wants to know the kinds does not wait for the makers.
    if extension == "png":
        from . import png

        return png.make(seed, width, height, text)
    if extension == "svg":
        from . import svg

        return svg.make(seed, width, height, text)
    if extension == "mp4":
        from . import mp4

        return mp4.make(seed, width, height, seconds, text)
    from . import mp3

    return mp3.make(seed, seconds, text)


def extension(media: str, place: str) -> str:
    """What a file of this kind is, at this place of a result: a place that names a type has that type."""
    return next((known for known in KINDS if known in place.lower()), _OF_KIND.get(media, "png"))
