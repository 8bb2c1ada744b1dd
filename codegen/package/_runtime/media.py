"""What a downloaded file is and what it is called: magic bytes, completeness, safe names. No network here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

HEAD_BYTES = 1024
"""How many bytes `sniff` wants to see, if the file has them."""
_TAIL_BYTES = 4096

FAMILIES: dict[str, frozenset[str]] = {
    "video": frozenset({"mp4", "mov", "webm", "mkv", "avi", "gif"}),
    "image": frozenset({"png", "jpg", "webp", "gif", "svg", "avif", "heic", "tiff", "bmp"}),
    "audio": frozenset({"mp3", "wav", "ogg", "flac", "m4a", "aac", "mp4"}),
    "diagram": frozenset({"svg", "png", "jpg", "webp", "pdf"}),
}
"""Media kind → the types that satisfy it. A kind that is not here takes every type but a web page."""

_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"%PDF-", "pdf"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"PK\x03\x04", "zip"),
)
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
"""The lengths that the second header of a bitmap has: its first one begins as text may."""
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_BRANDS = {b"qt  ": "mov", b"M4A ": "m4a", b"avif": "avif", b"avis": "avif", b"heic": "heic", b"heix": "heic"}
_BRANDS |= dict.fromkeys((b"hevc", b"hevx", b"heim", b"heis"), "heic")
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip")
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>|<!--.{0,600}?-->|<!DOCTYPE\s+svg[^>\[]{0,300}>)", re.S | re.I)
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST_ID = 80


def sniff(head: bytes) -> str | None:
    """Return the file name extension for these first bytes, or None where they are of no known type.

    A web page is "html" and an error in JSON or XML is "json" or "xml": types that no kind of media has.
    """
    for prefix, extension in _PREFIXES:
        if head.startswith(prefix):
            return extension
    if head.startswith((b"RIFF", b"RF64")):
        return _RIFF.get(head[8:12])
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "bmp"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12]) or _still_of(head) or "mp4"
    if head[4:8] in _OLD_QUICKTIME:
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "mkv"
    return _sniff_mpeg_audio(head) or _sniff_text(head)


def _still_of(head: bytes) -> str | None:
    """Return what a file of images in general is: its kind is among the brands that it is compatible with."""
    if head[8:12] not in (b"mif1", b"msf1", b"miaf"):
        return None
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return next((kind for at in range(16, end, 4) if (kind := _BRANDS.get(head[at : at + 4]))), None)


def _sniff_mpeg_audio(head: bytes) -> str | None:
    """Recognize MPEG audio, which has no magic number, by its frame header: sync bits, legal fields."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    layer = head[1] & 0x06
    if layer == 0:
        return "aac" if head[1] & 0xF6 == 0xF0 else None
    legal = head[1] & 0x18 != 0x08 and head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C
    return "mp3" if legal else None


def _sniff_text(head: bytes) -> str | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = text[:5].lower() == b"<?xml"
    while (markup := _MARKUP.match(text)) is not None:
        text = text[markup.end() :].lstrip()
    start = text[:16].lower()
    if re.match(rb"<(?:[a-z]{1,8}:)?svg[\s>/]", start):
        return "svg"
    if re.match(rb"<(?:!doctype\s+html|html|head|body|title|center|h1|p>|script)", start):
        return "html"
    if is_xml or re.match(rb"<(?:error|\?xml)", start):
        return "xml"
    return "json" if start[:1] in (b"{", b"[") else None


def accepts(kind: str, extension: str | None) -> bool:
    """Return whether a file of this type satisfies a media kind."""
    family = FAMILIES.get(kind)
    if family is not None:
        return extension in family
    return extension not in ("html", "xml", "json")


def is_complete(path: Path, extension: str | None) -> bool | None:
    """Return whether the file ends where its own structure says it ends; None where the type does not tell.

    This is the last resort for a body that came without a length: a cut connection looks like its end.
    """
    check = _COMPLETE.get(extension or "")
    if check is None:
        return None
    with path.open("rb") as file:
        return check(file)


def _tail(file: BinaryIO) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL_BYTES))
    return file.read()


def _ends_with(marker: bytes) -> Callable[[BinaryIO], bool]:
    def check(file: BinaryIO) -> bool:
        return marker in _tail(file)

    return check


def _riff_complete(file: BinaryIO) -> bool:
    file.seek(4)
    size = int.from_bytes(file.read(4), "little") + 8
    return file.seek(0, 2) >= size


def _boxes_complete(file: BinaryIO) -> bool:
    """Walk the boxes of an MP4 or QuickTime file: they must fill it exactly, and hold the index."""
    size = file.seek(0, 2)
    position, kinds = 0, set[bytes]()
    while position < size:
        file.seek(position)
        header = file.read(16)
        length = int.from_bytes(header[:4], "big")
        kinds.add(header[4:8])
        if length == 1 and len(header) == 16:
            length = int.from_bytes(header[8:16], "big")
        elif length == 0:
            length = size - position
        if length < 8:
            return False
        position += length
    return position == size and b"moov" in kinds


_COMPLETE: dict[str, Callable[[BinaryIO], bool]] = {
    "png": _ends_with(b"IEND\xae\x42\x60\x82"),
    "jpg": _ends_with(b"\xff\xd9"),
    "gif": _ends_with(b"\x3b"),
    "svg": _ends_with(b"svg>"),
    "pdf": _ends_with(b"%%EOF"),
    "webp": _riff_complete,
    "wav": _riff_complete,
    "avi": _riff_complete,
    "mp4": _boxes_complete,
    "mov": _boxes_complete,
    "m4a": _boxes_complete,
}


def file_stem(operation: str, task_id: str, number: int) -> str:
    """Return `text_to_video-1234-1`, from our operation and the task id, which the server chose: made safe."""
    return "-".join((_safe(operation.replace(".", "-")), _safe(task_id), str(number)))


def _safe(text: str) -> str:
    """Keep letters, digits, `_` and `-`. Where that changes the text, a digest keeps two different ones apart."""
    safe = _UNSAFE.sub("-", text).strip("-")[:_LONGEST_ID]
    if safe == text:
        return safe
    return f"{safe}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}".lstrip("-")


def existing_file(folder: Path, stem: str) -> Path | None:
    """Return the finished file of this name, whatever its type."""
    for extension in _EXTENSIONS:
        path = folder / f"{stem}.{extension}"
        if path.is_file():
            return path
    return None


KNOWN = frozenset().union(*FAMILIES.values()) | {"zip"}
"""The types of files of media that `sniff` knows."""
_EXTENSIONS = (*sorted(KNOWN), "bin")
