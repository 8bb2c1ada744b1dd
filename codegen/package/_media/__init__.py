"""Small, playable files: what a stand-in for a service that makes pictures, films and sounds serves as results.

Pictures and drawings are made on request; films and sounds are samples (README.md says how they were made), each with
a mark at its end, so that two results differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from . import drawing

__all__ = ["FILES", "KINDS", "extension", "make"]

KINDS: Mapping[str, str] = MappingProxyType(
    {"png": "image/png", "svg": "image/svg+xml", "mp4": "video/mp4", "mp3": "audio/mpeg"}
)
"""Extension → media type of every kind of file there is."""

_OF_KIND = {"video": "mp4", "image": "png", "audio": "mp3", "diagram": "png", "file": "png"}
_SQUARE = 1.2
"""A film whose longer side is at most so many times the shorter one is served as a square."""


def make(extension: str, *, seed: str = "", width: int = 320, height: int = 180, text: str = "") -> bytes:
    """Return the bytes of a file of this kind: the same for the same arguments, different for another seed.

    `width` and `height` give the shape. A picture is at most 640 on its longer side: a larger one is scaled down, its
    aspect ratio kept as closely as whole numbers allow. A drawing has the size asked for. A film is landscape, portrait
    or square, whichever is nearest, and lasts five seconds; so does a sound. `text` is drawn on pictures and written
    into films and sounds. Raises ValueError for an unknown extension, a side below 1 or above 16384, and a side more
    than twenty times the other.
    """
    if extension not in KINDS:
        raise ValueError(f"no file can be made with the extension {extension!r}: it is one of {', '.join(KINDS)}")
    drawing.check_size(width, height)
    # Imported here: who only wants to know the kinds does not wait for the makers.
    if extension == "png":
        from . import png

        return png.make(seed, width, height, text)
    if extension == "svg":
        from . import svg

        return svg.make(seed, width, height, text)
    mark = f"{drawing.plain(text)[:80]} {seed}".encode("utf-8", "replace")
    if extension == "mp4":
        return _sample(f"{_orientation(width, height)}.mp4") + _free_box(mark)
    return _sample("sound.mp3") + _id3_tag(text, seed)


def extension(media: str, place: str) -> str:
    """Return what a file of this kind is, at this place of a result: a place that names a type has that type."""
    return next((kind for kind in KINDS if kind in place.lower()), _OF_KIND.get(media, "png"))


@cache
def _sample(name: str) -> bytes:
    assert __package__  # it is never run as a script
    return resources.files(__package__).joinpath(name).read_bytes()


def _orientation(width: int, height: int) -> str:
    if max(width, height) <= _SQUARE * min(width, height):
        return "square"
    return "landscape" if width > height else "portrait"


def _free_box(content: bytes) -> bytes:
    """Return a box of MP4 that players skip."""
    return (8 + len(content)).to_bytes(4, "big") + b"free" + content


def _id3_tag(title: str, comment: str) -> bytes:
    """Return an ID3v1 tag: 128 bytes at the end of a sound, with a title, and a digest of `comment` as its comment."""
    import hashlib

    digest = hashlib.sha256(comment.encode("utf-8", "surrogatepass")).hexdigest()[:30].encode()
    name = drawing.plain(title).encode("latin-1", "replace")[:30].ljust(30, b"\0")
    return b"TAG" + name + bytes(30) + bytes(30) + bytes(4) + digest + b"\xff"


@cache
def _small_file(extension: str) -> bytes:
    return make(extension, width=64, height=36)


class _Files(Mapping[str, tuple[str, bytes]]):
    """Made on demand: importing a test kit costs nothing, and most tests download no file."""

    def __getitem__(self, extension: str) -> tuple[str, bytes]:
        return KINDS[extension], _small_file(extension)

    def __contains__(self, extension: object) -> bool:
        return extension in KINDS

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


FILES: Mapping[str, tuple[str, bytes]] = _Files()
"""Extension → media type and bytes."""
