# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the headers of media files tell: pixels as they are shown, seconds, frame rate. Each reader takes hostile bytes.

A reader may raise ValueError, IndexError, ZeroDivisionError or struct.error where a file is cut short or odd. No number
in a file makes one read or loop beyond its bounds.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

_MOST_BOXES = 10_000
_MOST_FRAMES = 500_000
_LONGEST_TABLE = 1_000_000
"""Bytes of a box that are read at most."""
_KILOBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_OF_HALF_RATES = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _png(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the size, and walk the chunks to the one that may turn the picture."""
    file.seek(16)
    size = _pair(file.read(8), 4, "big")
    position = 8
    for _ in range(_MOST_BOXES):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            break
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"eXIf":
            return {"size": _turned_size(size, file.read(min(length, _LONGEST_TABLE)))}
        position += 12 + length
    return {"size": size}


def _bmp(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the size. A negative height says that the rows stand from the top."""
    file.seek(14)
    head = file.read(12)
    if int.from_bytes(head[:4], "little") == 12:
        return {"size": _pair(head[4:8], 2, "little")}
    _pair(head[4:], 4, "little")
    width, height = (int.from_bytes(head[at : at + 4], "little", signed=True) for at in (4, 8))
    return {"size": (width, abs(height))}


def _tiff(file: BinaryIO, count: int) -> dict[str, Any]:
    file.seek(0)
    tags = _tags(file.read(_LONGEST_TABLE))
    size = tags.get(_WIDTH, 0), tags.get(_HEIGHT, 0)
    return {"size": size[::-1] if tags.get(_ORIENTATION) in _ON_ITS_SIDE else size}


def _gif(file: BinaryIO, count: int) -> dict[str, Any]:
    file.seek(6)
    return {"size": _pair(file.read(4), 2, "little")}


def _jpg(file: BinaryIO, count: int) -> dict[str, Any]:
    """Walk the segments to the frame header. The size is that of the picture as it is shown: EXIF may turn it."""
    position = 2
    exif = b""
    for _ in range(_MOST_BOXES):
        file.seek(position)
        head = file.read(64)
        kind = head.lstrip(b"\xff")  # any number of these bytes may stand before the kind
        if head[:1] != b"\xff" or not kind or kind[0] in (0xD9, 0xDA):
            break
        position += len(head) - len(kind) + 1
        if kind[0] in (0x01, *range(0xD0, 0xD8)):
            continue
        file.seek(position)
        length = int.from_bytes(file.read(2), "big")
        if 0xC0 <= kind[0] <= 0xCF and kind[0] not in (0xC4, 0xC8, 0xCC):
            height, width = _pair(file.read(5)[1:], 2, "big")
            return {"size": _turned_size((width, height), exif)}
        if kind[0] == 0xE1 and not exif:
            content = file.read(max(length - 2, 0))
            exif = content[6:] if content[:6] == b"Exif\0\0" else b""
        position += max(length, 2)
    return {}


_ON_ITS_SIDE = (5, 6, 7, 8)
"""The orientations of EXIF that turn a picture by a quarter."""
_WIDTH, _HEIGHT, _ORIENTATION = 0x0100, 0x0101, 0x0112


def _turned_size(size: tuple[int, int], exif: bytes) -> tuple[int, int]:
    """Return the size of a picture as EXIF turns it."""
    tags = _tags(exif.removeprefix(b"Exif\0\0"))
    width, height = size
    return (height, width) if tags.get(_ORIENTATION) in _ON_ITS_SIDE else (width, height)


def _tags(tiff: bytes) -> dict[int, int]:
    """Return the tags of the first directory whose value is one number."""
    order: Any = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return {}
    tags = {}
    start = int.from_bytes(tiff[4:8], order)
    for index in range(int.from_bytes(tiff[start : start + 2], order)):
        entry = tiff[start + 2 + 12 * index : start + 14 + 12 * index]
        if len(entry) < 12:
            break
        width = {3: 2, 4: 4}.get(int.from_bytes(entry[2:4], order))
        if width is not None:
            tags[int.from_bytes(entry[:2], order)] = int.from_bytes(entry[8 : 8 + width], order)
    return tags


def _webp(file: BinaryIO, count: int) -> dict[str, Any]:
    file.seek(12)
    head = file.read(18)
    kind = head[:4]
    if len(head) < 18:
        raise ValueError("the file is cut short")
    if kind == b"VP8X":
        width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (12, 15))
        exif = next((body for name, body in _riff(file) if name == b"EXIF"), b"") if head[8] & 0x08 else b""
        return {"size": _turned_size((width, height), exif)}
    if kind == b"VP8L":
        bits = int.from_bytes(head[9:13], "little")
        return {"size": ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)}
    if kind == b"VP8 ":
        width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (14, 16))
        return {"size": (width, height)}
    return {}


def _riff(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a RIFF file: kind, and the beginning of the body."""
    position = 12
    for _ in range(_MOST_BOXES):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            return
        size = int.from_bytes(head[4:], "little")
        yield head[:4], file.read(min(size, _LONGEST_TABLE if head[:4] == b"EXIF" else 64))
        position += 8 + size + size % 2


def _wav(file: BinaryIO, count: int) -> dict[str, Any]:
    rate = 0
    position = 12
    for kind, body in _riff(file):
        file.seek(position + 4)
        size = int.from_bytes(file.read(4), "little")
        if kind == b"fmt ":
            rate = int.from_bytes(body[8:12], "little")
        if kind == b"data":  # of a file longer than the field can say, the rest
            return {"seconds": min(size, count - position - 8) / rate}
        position += 8 + size + size % 2
    return {}


def _avi(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the main header, which is the first chunk of the first list."""
    file.seek(24)
    head = file.read(8 + 56)
    if head[:4] != b"avih" or len(head) < 48:
        return {}
    micros, frames, width, height = (int.from_bytes(head[at : at + 4], "little") for at in (8, 24, 40, 44))
    return {"size": (width, height), "seconds": frames * micros / 1e6, "frame_rate": 1e6 / micros}


def _flac(file: BinaryIO, count: int) -> dict[str, Any]:
    file.seek(18)
    bits = int.from_bytes(file.read(8), "big")
    rate, samples = bits >> 44, bits & (1 << 36) - 1
    return {"seconds": samples / rate} if samples else {}


def _ogg(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the rate of the first stream, and the position of its last page."""
    file.seek(0)
    head = file.read(128)
    body = 27 + head[26]
    rate, before = 0, 0
    if head[body : body + 7] == b"\x01vorbis":
        rate = int.from_bytes(head[body + 12 : body + 16], "little")
    elif head[body : body + 8] == b"OpusHead":
        rate, before = 48000, int.from_bytes(head[body + 10 : body + 12], "little")
    start = max(0, count - 65536)
    file.seek(start)
    tail = file.read(65536)
    at = tail.rfind(b"OggS")
    while at >= 0 and tail[at + 14 : at + 18] != head[14:18]:
        at = tail.rfind(b"OggS", 0, at)
    samples = int.from_bytes(tail[at + 6 : at + 14], "little", signed=True) - before
    return {"seconds": samples / rate} if at >= 0 and samples > 0 else {}


_ADTS_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)


def _aac(file: BinaryIO, count: int) -> dict[str, Any]:
    """Count the frames, of 1,024 samples each."""
    position, frames, rate = 0, 0, 0
    while frames < _MOST_FRAMES:
        file.seek(position)
        head = file.read(7)
        if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
            break
        rate = _ADTS_RATES[head[2] >> 2 & 15]
        length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        frames += 1 + (head[6] & 3)
        position += max(length, 7)
    return {"seconds": frames * 1024 / rate} if position >= count else {}


_SEGMENT, _INFO, _TRACKS, _ENTRY, _VIDEO = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
_SCALE, _DURATION, _PIXEL_WIDTH, _PIXEL_HEIGHT, _FRAME_NANOSECONDS = 0x2AD7B1, 0x4489, 0xB0, 0xBA, 0x23E383


def _webm(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the header and the first track that has pixels."""
    values: dict[int, float] = {_SCALE: 1_000_000}
    for kind, body in _elements(file, 0, count, [_MOST_BOXES]):
        if kind == _DURATION:
            values.setdefault(kind, struct.unpack(">f" if len(body) == 4 else ">d", body)[0])
        elif kind in (_SCALE, _PIXEL_WIDTH, _PIXEL_HEIGHT, _FRAME_NANOSECONDS):
            values[kind] = int.from_bytes(body, "big") if kind == _SCALE or kind not in values else values[kind]
    facts: dict[str, Any] = {"size": (int(values.get(_PIXEL_WIDTH, 0)), int(values.get(_PIXEL_HEIGHT, 0)))}
    if _DURATION in values:
        facts["seconds"] = values[_DURATION] * values[_SCALE] / 1e9
    if values.get(_FRAME_NANOSECONDS):
        facts["frame_rate"] = 1e9 / values[_FRAME_NANOSECONDS]
    return facts


def _elements(file: BinaryIO, start: int, end: int, budget: list[int], depth: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield the elements of a Matroska file that hold values, from within those that hold others."""
    position = start
    while position < end and budget[0] > 0:
        budget[0] -= 1
        file.seek(position)
        head = file.read(12)
        kind_length = 9 - head[0].bit_length()
        kind = int.from_bytes(head[:kind_length], "big")
        length_length = 9 - head[kind_length].bit_length()
        if kind_length > 4 or length_length > 8:
            return
        length = int.from_bytes(head[kind_length : kind_length + length_length], "big") & (1 << 7 * length_length) - 1
        body = position + kind_length + length_length
        is_open = length == (1 << 7 * length_length) - 1  # its end is that of what holds it
        until = end if is_open else min(body + length, end)
        if kind in (_SEGMENT, _INFO, _TRACKS, _ENTRY, _VIDEO) and depth < 8:
            yield from _elements(file, body, until, budget, depth + 1)
        elif length <= 8:
            file.seek(body)
            yield kind, file.read(length)
        position = until


def _mp4(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the movie header and the first track that has pixels."""
    facts: dict[str, Any] = {}
    track: dict[str, Any] = {}
    for kind, start, end in _boxes(file, 0, count):
        file.seek(start)
        body = file.read(min(end - start, 120))
        if kind == b"mvhd":
            scale, length = _clock(body)
            facts["seconds"] = length / scale
        elif kind == b"trak":
            track = {}
        elif kind == b"tkhd":
            at = 88 if body[0] == 1 else 76
            width, height = (int.from_bytes(body[at + more : at + more + 2], "big") for more in (0, 4))
            if width and height and "size" not in facts:
                facts["size"] = (height, width) if _is_turned(body[at - 36 : at]) else (width, height)
                track["is_film"] = True
        elif kind == b"mdhd":
            track["clock"] = _clock(body)
        elif kind == b"stts" and "is_film" in track and "clock" in track and "frame_rate" not in facts:
            entries = int.from_bytes(body[4:8], "big")
            file.seek(start + 8)
            frames = sum(int.from_bytes(file.read(8)[:4], "big") for _ in range(min(entries, 100_000)))
            scale, length = track["clock"]
            facts["frame_rate"] = frames * scale / length
    return facts


def _is_turned(matrix: bytes) -> bool:
    """Return whether a film is shown on its side, as phones record one."""
    return matrix[:4] == bytes(4) and matrix[4:8] != bytes(4) and matrix[16:20] == bytes(4)


def _heif(file: BinaryIO, count: int) -> dict[str, Any]:
    """Read the size of the primary image of an HEIC or AVIF file, as it is shown: turned where the file says so."""
    primary = 0
    sizes: dict[int, tuple[int, int]] = {}
    rotations: set[int] = set()
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
                    rotations.add(number)
    own = properties.get(primary, list(sizes) if len(sizes) == 1 else [])
    size = next((sizes[number] for number in own if number in sizes), None)
    if size is None or not all(size):
        return {}
    return {"size": size[::-1] if rotations.intersection(own) else size}


def _associations(body: bytes) -> dict[int, list[int]]:
    """Return the numbers of the properties of each item."""
    version, is_wide = body[0], bool(body[3] & 1)
    width = 2 if is_wide else 1
    associations: dict[int, list[int]] = {}
    position = 8
    for _ in range(int.from_bytes(body[4:8], "big")):
        length = 4 if version else 2
        item = int.from_bytes(body[position : position + length], "big")
        position += length
        numbers = body[position]
        position += 1
        rows = [body[position + width * index : position + width * (index + 1)] for index in range(numbers)]
        associations[item] = [int.from_bytes(row, "big") & (0x7FFF if is_wide else 0x7F) for row in rows]
        position += width * numbers
    return associations


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
        if frames == 0 and (frame_count := _stated_frames(start)):
            return {"seconds": frame_count * samples / rate}
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


def _boxes(
    file: BinaryIO, start: int, end: int, depth: int = 0, budget: list[int] | None = None
) -> Iterator[tuple[bytes, int, int]]:
    """Yield the boxes of a file and those within the ones that hold others: kind, begin and end of the body."""
    position = start
    budget = [_MOST_BOXES] if budget is None else budget
    while position + 8 <= end and budget[0] > 0:
        budget[0] -= 1
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
            yield from _boxes(file, position + body + more, min(position + length, end), depth + 1, budget)
        position += length


def _pair(content: bytes, width: int, order: Any) -> tuple[int, int]:
    if len(content) < 2 * width:
        raise ValueError("the file is cut short")
    return int.from_bytes(content[:width], order), int.from_bytes(content[width : 2 * width], order)


_HOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"meta", b"iprp")
READERS: dict[str, Callable[[BinaryIO, int], dict[str, Any]]] = {
    "aac": _aac,
    "avi": _avi,
    "avif": _heif,
    "bmp": _bmp,
    "flac": _flac,
    "gif": _gif,
    "heic": _heif,
    "jpg": _jpg,
    "m4a": _mp4,
    "mkv": _webm,
    "mov": _mp4,
    "mp3": _mp3,
    "mp4": _mp4,
    "ogg": _ogg,
    "png": _png,
    "tiff": _tiff,
    "wav": _wav,
    "webm": _webm,
    "webp": _webp,
}
"""Format → what reads size, seconds and frame rate from an open file of so many bytes."""
