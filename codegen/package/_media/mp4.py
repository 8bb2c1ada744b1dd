"""A film: a travel past hills under a sky in the colours of the seed, as H.264 in an MP4 file that starts at once."""

from __future__ import annotations

import math
import struct

from . import bounds, h264, palette, words
from .h264 import Cell

LONGEST = 320
"""Pixels of the longer side, at most."""
MOST_SECONDS = 30.0
_CLOCK = 90_000
"""Ticks a second: fine enough for any length that is asked for."""
_TICKS = _CLOCK // 16
"""Ticks of a frame: sixteen frames a second."""
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
"""As it is: not turned, not scaled."""
_UNDETERMINED = struct.pack(">HH", 0x55C4, 0)
"""The language "und"."""
_LONGEST_TITLE = 200


def make(seed: str, width: int, height: int, seconds: float, text: str) -> bytes:
    """A film of this shape and length. Raises nothing: both have been checked."""
    width, height = bounds.fit(width, height, LONGEST, multiple=2)
    ticks = round(bounds.clamp(seconds, MOST_SECONDS) * _CLOCK)
    samples = _samples(seed, width, height, max(1, round(ticks / _TICKS)))
    kind = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2avc1mp41")
    # The index says where the samples begin, which is after the index. It has the same length whatever it says.
    length = len(_index(width, height, ticks, samples, 0, text))
    index = _index(width, height, ticks, samples, len(kind) + length + 8, text)
    return kind + index + _box(b"mdat", *samples)


def _samples(seed: str, width: int, height: int, count: int) -> list[bytes]:
    """Every frame, with its length in front."""
    scene = _Scene(seed, h264.grid(width, height)[1])
    shown = h264.grid(width, height)[0] + h264.SPARE
    moves = h264.moves(width, height)
    between = [_sized(h264.moved_frame(moves, number)) for number in range(1, min(count, h264.PERIOD))]
    samples: list[bytes] = []
    for number in range(-(-count // h264.PERIOD)):
        first = number * h264.SPARE
        columns = [scene.column(place) for place in range(first, first + shown)]
        samples += [_sized(h264.key_frame(columns, number)), *between]
    return samples[:count]


def _sized(unit: bytes) -> bytes:
    return len(unit).to_bytes(4, "big") + unit


class _Scene:
    """A landscape without end, column by column."""

    def __init__(self, seed: str, rows: int) -> None:
        colours = palette.of(seed)
        self._numbers, self._rows = colours.numbers, rows
        share = 1 / max(1, rows - 1)
        self._sky = [_cell(palette.blend(colours.start, colours.end, row * share)) for row in range(rows)]
        self._sun = _cell(colours.first)
        self._far = [_cell(palette.blend(colours.second, colours.end, part)) for part in (0.35, 0.45)]
        self._near = [_cell(palette.blend(colours.second, colours.dark, part)) for part in (0.5, 0.65)]
        self._columns: dict[int, list[Cell]] = {}

    def column(self, place: int) -> list[Cell]:
        if place not in self._columns:
            self._columns[place] = self._drawn(place)
        return self._columns[place]

    def _drawn(self, place: int) -> list[Cell]:
        """From the sky down: a sun every now and then, far hills, near ones."""
        numbers, rows = self._numbers, self._rows
        far = round(rows * (0.6 + 0.16 * math.sin(place * (0.3 + numbers[3] / 800) + numbers[4])))
        near = round(rows * (0.8 + 0.13 * math.sin(place * (0.5 + numbers[5] / 600) + numbers[6])))
        cells = list(self._sky)
        radius, high = max(1.0, rows * 0.19), rows * (0.2 + numbers[7] / 1500)
        across = (place + numbers[8]) % 17 - 8
        for row in range(rows):
            if math.hypot(across, row - high) < radius:
                cells[row] = self._sun
        cells[far:] = [self._far[place % 2]] * (rows - far)
        cells[near:] = [self._near[place % 2]] * (rows - near)
        return cells[:rows]


def _cell(colour: palette.Colour) -> Cell:
    """A colour as video has it: ITU-R BT.601, 16 to 235."""
    red, green, blue = colour
    luma = 16 + (65.738 * red + 129.057 * green + 25.064 * blue) / 256
    to_blue = 128 + (-37.945 * red - 74.494 * green + 112.439 * blue) / 256
    to_red = 128 + (112.439 * red - 94.154 * green - 18.285 * blue) / 256
    return round(luma), round(to_blue), round(to_red)


def _box(kind: bytes, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack(">I", 8 + len(data)) + kind + data


def _full(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    """A box with a version, which is 0, and flags."""
    return _box(kind, struct.pack(">I", flags), *parts)


def _index(width: int, height: int, ticks: int, samples: list[bytes], start: int, text: str) -> bytes:
    times = struct.pack(">4I", 0, 0, _CLOCK, ticks)  # created, changed, ticks a second, length
    film = _full(b"mvhd", times, struct.pack(">IH10x", 0x10000, 0x100), _MATRIX, bytes(24), struct.pack(">I", 2))
    place = struct.pack(">5I8xHHHxx", 0, 0, 1, 0, ticks, 0, 0, 0)
    track = _full(b"tkhd", place, _MATRIX, struct.pack(">II", width << 16, height << 16), flags=3)
    media = _box(
        b"mdia",
        _full(b"mdhd", times, _UNDETERMINED),
        _full(b"hdlr", bytes(4), b"vide", bytes(12), b"VideoHandler\0"),
        _box(
            b"minf",
            _full(b"vmhd", bytes(8), flags=1),
            _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1))),
            _table(width, height, ticks, samples, start),
        ),
    )
    return _box(b"moov", film, _box(b"trak", track, media), _title(text))


def _table(width: int, height: int, ticks: int, samples: list[bytes], start: int) -> bytes:
    """Which sample is shown how long, how large it is, where it lies, and which ones can be shown first."""
    count = len(samples)
    last = ticks - (count - 1) * _TICKS  # so that the film is as long as it was asked to be
    times = [(count - 1, _TICKS), (1, last)] if count > 1 else [(1, last)]
    keys = range(1, count + 1, h264.PERIOD)
    return _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), _description(width, height)),
        _full(b"stts", struct.pack(">I", len(times)), *(struct.pack(">II", *pair) for pair in times)),
        _full(b"stss", struct.pack(f">I{len(keys)}I", len(keys), *keys)),
        _full(b"stsc", struct.pack(">4I", 1, 1, count, 1)),
        _full(b"stsz", struct.pack(f">II{count}I", 0, count, *map(len, samples))),
        _full(b"stco", struct.pack(">II", 1, start)),
    )


def _description(width: int, height: int) -> bytes:
    dots = struct.pack(">II4xH32xHh", 0x480000, 0x480000, 1, 24, -1)
    head = bytes(6) + struct.pack(">H16xHH", 1, width, height) + dots
    return _box(b"avc1", head, _box(b"avcC", h264.configuration(width, height)))


def _title(text: str) -> bytes:
    """The text where players look for a title, or nothing."""
    title = words.plain(text)[:_LONGEST_TITLE].encode()
    if not title:
        return b""
    handler = _full(b"hdlr", bytes(4), b"mdir", b"appl", bytes(9))
    data = _box(b"data", struct.pack(">II", 1, 0), title)
    return _box(b"udta", _full(b"meta", handler, _box(b"ilst", _box(b"\xa9nam", data))))
