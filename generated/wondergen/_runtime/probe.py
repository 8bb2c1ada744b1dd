# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a media file is, by its bytes: format, pixels, seconds, frame rate; and what a service has against it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from . import media

_ALIKE = {"jpeg": "jpg", "tif": "tiff", "quicktime": "mov", "mpeg": "mp3"}
_MOST_BOXES = 10_000
_MOST_FRAMES = 500_000
_LONGEST_TABLE = 1_000_000
"""Bytes of a box that are read at most."""
_KILOBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_OF_HALF_RATES = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


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
        reader = _READERS.get(kind or "")
        try:
            found = {} if reader is None else reader(file, count)
        except (ValueError, IndexError, ZeroDivisionError):  # cut short or odd: the service decides
            found = {}
    return FileFacts(count, kind, **found)


def faults(limits: Mapping[str, Any], facts: FileFacts) -> Iterator[str]:
    """Give everything that a file is not as `x-media` has it. What is not known is not held against it."""
    formats = [_alike(str(one)) for one in limits.get("formats", ())]
    if formats and facts.format is None:
        yield f"is of no known format, and must be one of {', '.join(dict.fromkeys(formats))}"
    elif formats and facts.format not in formats:
        yield f"is {facts.format}, and must be one of {', '.join(dict.fromkeys(formats))}"
    elif not formats and facts.format is not None and not media.accepts(str(limits.get("kind")), facts.format):
        yield f"is {facts.format}, which is no {limits.get('kind', 'file of media')}"
    width, height = facts.size or (None, None)
    measured = (
        ("bytes", facts.bytes, "bytes"),
        ("width", width, "pixels of width"),
        ("height", height, "pixels of height"),
        ("seconds", facts.seconds, "seconds"),
        ("frame_rate", facts.frame_rate, "frames a second"),
    )
    for name, value, unit in measured:
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


def _alike(name: str) -> str:
    return _ALIKE.get(name.lower(), name.lower())


def _png(file: BinaryIO, count: int) -> dict[str, Any]:
    file.seek(16)
    return {"size": _pair(file.read(8), 4, "big")}


def _gif(file: BinaryIO, count: int) -> dict[str, Any]:
    file.seek(6)
    return {"size": _pair(file.read(4), 2, "little")}


def _jpg(file: BinaryIO, count: int) -> dict[str, Any]:
    """Walk the segments to the frame header. The size is that of the picture as it is shown: EXIF may turn it."""
    file.seek(2)
    is_turned = False
    while True:
        head = file.read(2)
        while head[1:] == b"\xff":
            head = head[1:] + file.read(1)
        if len(head) < 2 or head[0] != 0xFF or head[1] in (0xD9, 0xDA):
            return {}
        if head[1] in (0x01, *range(0xD0, 0xD8)):
            continue
        length = int.from_bytes(file.read(2), "big")
        if 0xC0 <= head[1] <= 0xCF and head[1] not in (0xC4, 0xC8, 0xCC):
            frame = file.read(5)
            height, width = (int.from_bytes(frame[at : at + 2], "big") for at in (1, 3))
            return {"size": (height, width) if is_turned else (width, height)}
        start = file.tell()
        if head[1] == 0xE1:
            content = file.read(min(max(length - 2, 0), _LONGEST_TABLE))
            is_turned = is_turned or (content[:6] == b"Exif\0\0" and _orientation(content[6:]) in _ON_ITS_SIDE)
        file.seek(start + max(length - 2, 0))


_ON_ITS_SIDE = (5, 6, 7, 8)
"""The orientations of EXIF that turn a picture by a quarter."""


def _orientation(tiff: bytes) -> int:
    """Return the orientation that EXIF states; 1, as the pixels stand, where it states none."""
    order: Any = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return 1
    start = int.from_bytes(tiff[4:8], order)
    for index in range(int.from_bytes(tiff[start : start + 2], order)):
        entry = tiff[start + 2 + 12 * index : start + 14 + 12 * index]
        if len(entry) < 12:
            break
        if int.from_bytes(entry[:2], order) == 0x0112:
            return int.from_bytes(entry[8:10], order)
    return 1


def _webp(file: BinaryIO, count: int) -> dict[str, Any]:
    file.seek(12)
    head = file.read(18)
    kind = head[:4]
    if len(head) < 18:
        raise ValueError("the file is cut short")
    if kind == b"VP8X":
        width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (12, 15))
        return {"size": (width, height)}
    if kind == b"VP8L":
        bits = int.from_bytes(head[9:13], "little")
        return {"size": ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)}
    if kind == b"VP8 ":
        width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (14, 16))
        return {"size": (width, height)}
    return {}


def _wav(file: BinaryIO, count: int) -> dict[str, Any]:
    rate = 0
    position = 12
    while position + 8 <= count:
        file.seek(position)
        head = file.read(8)
        size = int.from_bytes(head[4:], "little")
        if head[:4] == b"fmt ":
            rate = int.from_bytes(file.read(12)[8:12], "little")
        if head[:4] == b"data":
            return {"seconds": min(size, count - position - 8) / rate}
        position += 8 + size + size % 2
    return {}


def _mp4(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the movie header and the first track that has pixels."""
    found: dict[str, Any] = {}
    track: dict[str, Any] = {}
    for kind, start, end in _boxes(file, 0, count):
        file.seek(start)
        body = file.read(min(end - start, 120))
        if kind == b"mvhd":
            scale, length = _clock(body)
            found["seconds"] = length / scale
        elif kind == b"trak":
            track = {}
        elif kind == b"tkhd":
            at = 88 if body[0] == 1 else 76
            width, height = (int.from_bytes(body[at + more : at + more + 2], "big") for more in (0, 4))
            if width and height and "size" not in found:
                found["size"] = (height, width) if _is_turned(body[at - 36 : at]) else (width, height)
                track["is_film"] = True
        elif kind == b"mdhd":
            track["clock"] = _clock(body)
        elif kind == b"stts" and track.get("is_film") and "frame_rate" not in found:
            entries = int.from_bytes(body[4:8], "big")
            file.seek(start + 8)
            frames = sum(int.from_bytes(file.read(8)[:4], "big") for _ in range(min(entries, 100_000)))
            scale, length = track["clock"]
            found["frame_rate"] = frames * scale / length
    return found


def _is_turned(matrix: bytes) -> bool:
    """Return whether a film is shown on its side, as phones record one."""
    return matrix[:4] == bytes(4) and matrix[4:8] != bytes(4) and matrix[16:20] == bytes(4)


def _heif(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the size of the primary image of an HEIC or AVIF file, as it is shown: turned where the file says so."""
    primary = 0
    sizes: dict[int, tuple[int, int]] = {}
    turned: set[int] = set()
    properties: dict[int, list[int]] = {}
    number = 0
    for kind, start, end in _boxes(file, 0, count):
        file.seek(start)
        body = file.read(min(end - start, _LONGEST_TABLE))
        if kind == b"pitm":
            primary = int.from_bytes(body[4 : 8 if body[0] else 6], "big")
        elif kind == b"ipma":
            properties |= _associations(body)
        elif kind == b"ipco":
            for number, (name, first, _) in enumerate(_boxes(file, start, end), 1):
                file.seek(first)
                value = file.read(12)
                if name == b"ispe":
                    sizes[number] = (int.from_bytes(value[4:8], "big"), int.from_bytes(value[8:12], "big"))
                elif name == b"irot" and value[0] & 1:
                    turned.add(number)
    own = properties.get(primary, list(sizes) if len(sizes) == 1 else [])
    size = next((sizes[number] for number in own if number in sizes), None)
    if size is None or not all(size):
        return {}
    return {"size": size[::-1] if turned.intersection(own) else size}


def _associations(body: bytes) -> dict[int, list[int]]:
    """Return the numbers of the properties of each item."""
    version, is_wide = body[0], bool(body[3] & 1)
    width = 2 if is_wide else 1
    found: dict[int, list[int]] = {}
    position = 8
    for _ in range(int.from_bytes(body[4:8], "big")):
        length = 4 if version else 2
        item = int.from_bytes(body[position : position + length], "big")
        position += length
        numbers = body[position]
        position += 1
        rows = [body[position + width * index : position + width * (index + 1)] for index in range(numbers)]
        found[item] = [int.from_bytes(row, "big") & (0x7FFF if is_wide else 0x7F) for row in rows]
        position += width * numbers
    return found


def _mp3(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the number of frames where the first one states it, else count them."""
    file.seek(0)
    head = file.read(10)
    position = 0
    if head[:3] == b"ID3":
        position = 10 + sum((byte & 0x7F) << 7 * (3 - index) for index, byte in enumerate(head[6:10]))
        position += 10 if head[5] & 0x10 else 0
    frames, samples, rate = 0, 0, 0
    while frames < _MOST_FRAMES:
        file.seek(position)
        start = file.read(200 if frames == 0 else 4)
        frame = _frame(start)
        if frame is None:
            break
        length, samples, rate = frame
        if frames == 0 and (stated := _stated_frames(start)):
            return {"seconds": stated * samples / rate}
        frames += 1
        position += length
    is_whole = frames and (position >= count or _is_tag(file, position))
    return {"seconds": frames * samples / rate} if is_whole else {}


def _frame(head: bytes) -> tuple[int, int, int] | None:
    """Return the bytes, samples and samples a second of a frame of MPEG audio, layer III; None: there is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, index, speed = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or speed == 3 or index in (0, 15):
        return None
    rate = (44100, 48000, 32000)[speed] >> (0 if version == 3 else 1 if version == 2 else 2)
    kilobits = (_KILOBITS if version == 3 else _KILOBITS_OF_HALF_RATES)[index - 1]
    samples = 1152 if version == 3 else 576
    return samples // 8 * kilobits * 1000 // rate + (head[2] >> 1 & 1), samples, rate


def _stated_frames(head: bytes) -> int:
    """Return how many frames a first frame of encoders states; 0: it is a frame of sound."""
    for mark, flags in ((b"Xing", True), (b"Info", True), (b"VBRI", False)):
        at = head.find(mark)
        if at < 0:
            continue
        if not flags:
            return int.from_bytes(head[at + 14 : at + 18], "big")
        return int.from_bytes(head[at + 8 : at + 12], "big") if head[at + 7] & 1 else 0
    return 0


def _is_tag(file: BinaryIO, position: int) -> bool:
    file.seek(position)
    return file.read(8)[:3] in (b"TAG", b"APE", b"LYR")


def _clock(body: bytes) -> tuple[int, int]:
    """Return units a second and units of a header, by its version."""
    if body[0] == 1:
        return int.from_bytes(body[20:24], "big"), int.from_bytes(body[24:32], "big")
    return int.from_bytes(body[12:16], "big"), int.from_bytes(body[16:20], "big")


def _boxes(file: BinaryIO, start: int, end: int, depth: int = 0) -> Iterator[tuple[bytes, int, int]]:
    """Give the boxes of a file and those within the ones that hold others: kind, begin and end of the body."""
    position = start
    for _ in range(_MOST_BOXES):
        if position + 8 > end:
            return
        file.seek(position)
        head = file.read(16)
        length, body = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, body = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = end - position
        if length < body:
            return
        kind = head[4:8]
        yield kind, position + body, min(position + length, end)
        if kind in _HOLDERS and depth < 8:
            more = 4 if kind == b"meta" else 0  # it has a version before its boxes
            yield from _boxes(file, position + body + more, min(position + length, end), depth + 1)
        position += length


def _pair(content: bytes, width: int, order: Any) -> tuple[int, int]:
    if len(content) < 2 * width:
        raise ValueError("the file is cut short")
    return int.from_bytes(content[:width], order), int.from_bytes(content[width : 2 * width], order)


_HOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"meta", b"iprp")
_READERS = {
    "heic": _heif,
    "avif": _heif,
    "mp3": _mp3,
    "png": _png,
    "gif": _gif,
    "jpg": _jpg,
    "webp": _webp,
    "wav": _wav,
    "mp4": _mp4,
    "mov": _mp4,
    "m4a": _mp4,
}
