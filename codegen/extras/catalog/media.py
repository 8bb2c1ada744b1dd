"""The smallest files that are what their name says: real pictures, films and sounds for results to lead to."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\x33\x66\xcc")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _mp4() -> bytes:
    def box(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", 8 + len(data)) + kind + data

    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    times = struct.pack(">5I", 0, 0, 0, 1000, 0)  # flags, created, changed, ticks a second, length
    header = times + struct.pack(">IH10x", 0x10000, 0x100) + matrix + bytes(24) + struct.pack(">I", 1)
    kind = box(b"ftyp", b"isom" + struct.pack(">I", 512) + b"isommp41")
    return kind + box(b"moov", box(b"mvhd", header)) + box(b"mdat", b"")


_FRAME = b"\xff\xfb\x90\x64" + bytes(413)
"""One silent frame of MPEG audio, layer III: 128 kbit/s at 44.1 kHz."""

FILES: Mapping[str, tuple[str, bytes]] = {
    "png": ("image/png", _png()),
    "svg": (
        "image/svg+xml",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1"/></svg>',
    ),
    "mp4": ("video/mp4", _mp4()),
    "mp3": ("audio/mpeg", b"ID3\x04\x00\x00\x00\x00\x00\x00" + _FRAME * 2),
}
"""Extension → media type and bytes."""

_OF_KIND = {"video": "mp4", "image": "png", "audio": "mp3", "diagram": "png", "file": "png"}


def extension(media: str, place: str) -> str:
    """What a file of this kind is, at this place of a result: a place that names a type has that type."""
    return next((known for known in FILES if known in place.lower()), _OF_KIND.get(media, "png"))
