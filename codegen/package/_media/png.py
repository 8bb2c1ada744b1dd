"""A picture: a gradient with a few translucent shapes in the colours of the seed, and the text along its foot."""

from __future__ import annotations

import struct
import zlib
from math import isqrt

from . import drawing, font

LONGEST = 640
"""Pixels of the longer side, at most."""

# A pixel is one byte, the number of a colour. Its lower six bits are a step of the gradient, the two upper ones say
# which shapes lie over it: so a shape is laid over a row by one translation, whatever the row shows already.
_STEPS = 62
_INK = 62
_PANEL = 63
_SHAPES = (64, 128)
_LAID_OVER = {
    shape: bytes(pixel if pixel & 63 >= _STEPS else pixel | shape for pixel in range(256)) for shape in _SHAPES
}
_LINES = 3
"""Lines of text, at most."""

Spans = list[tuple[int, int, int]]
"""Row, first column and the column after the last."""


def make(seed: str, width: int, height: int, text: str) -> bytes:
    """Return a picture of this shape, at most 640 pixels long. Raises nothing: the size has been checked."""
    width, height = drawing.fit(width, height, LONGEST)
    colours = drawing.palette_of(seed)
    rows = _gradient(width, height, rising=colours.numbers[2] < 128)
    for place in range(5):
        for row, left, right in _shape(colours.numbers[3 + 4 * place : 7 + 4 * place], width, height):
            rows[row][left:right] = rows[row][left:right].translate(_LAID_OVER[_SHAPES[place % 2]])
    _label(rows, width, text)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    pixels = zlib.compress(b"\0" + b"\0".join(rows), 6)
    parts = (b"IHDR", head), (b"PLTE", _table(colours)), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _table(colours: drawing.Palette) -> bytes:
    """Return the 256 colours: the gradient four times, under no shape, the first, the second and both."""
    table = bytearray()
    for bank in range(4):
        for step in range(_STEPS):
            colour = drawing.blend(colours.start, colours.end, step / (_STEPS - 1))
            colour = drawing.blend(colour, colours.first, 0.6) if bank & 1 else colour
            colour = drawing.blend(colour, colours.second, 0.55) if bank & 2 else colour
            table += bytes(colour)
        table += bytes(colours.light) + bytes(colours.dark)
    return bytes(table)


def _gradient(width: int, height: int, *, rising: bool) -> list[bytearray]:
    """Return rows cut from one long ramp, each one pixel further: a diagonal, for the price of a slice a row."""
    length = width + height
    ramp = bytes(place * _STEPS // length for place in range(length))
    rows = [bytearray(ramp[row : row + width]) for row in range(height)]
    return rows[::-1] if rising else rows


def _shape(numbers: bytes, width: int, height: int) -> Spans:
    """Return a disc, a diamond or a ring, somewhere, of some size."""
    kind, across, down, size = numbers
    middle, centre = width * across // 256, height * down // 256
    radius = max(1, min(width, height) * (48 + size // 2) // 400)
    if kind % 3 == 1:
        return _clip(
            [(dy, -(radius - abs(dy)), radius - abs(dy)) for dy in _reach(radius)], middle, centre, width, height
        )
    inner = radius * 5 // 8 if kind % 3 == 2 else 0
    spans: Spans = []
    for dy in _reach(radius):
        outside = isqrt(radius * radius - dy * dy)
        inside = isqrt(inner * inner - dy * dy) if abs(dy) < inner else 0
        spans += [(dy, -outside, -inside), (dy, inside, outside)]
    return _clip(spans, middle, centre, width, height)


def _reach(radius: int) -> range:
    return range(-radius, radius + 1)


def _clip(spans: Spans, middle: int, centre: int, width: int, height: int) -> Spans:
    shifted = ((centre + dy, max(0, middle + left), min(width, middle + right)) for dy, left, right in spans)
    return [(row, left, right) for row, left, right in shifted if 0 <= row < height and left < right]


def _label(rows: list[bytearray], width: int, text: str) -> None:
    """Draw the text on a dark panel along the foot, as large as three lines of some thirty letters allow."""
    dot = max(1, width // 200)
    margin = 4 * dot
    columns = (width - 2 * margin) // (font.ADVANCE * dot)
    room = (len(rows) // 2 - margin) // ((font.HEIGHT + 2) * dot)
    lines = drawing.wrap(text, columns, min(_LINES, room)) if columns >= 4 and room >= 1 else []
    top = len(rows) - margin - len(lines) * (font.HEIGHT + 2) * dot
    if lines:
        rows[top:] = [bytearray([_PANEL]) * width for _ in rows[top:]]
    for number, line in enumerate(lines):
        first = top + margin // 2 + dot + number * (font.HEIGHT + 2) * dot
        for row, dots in enumerate(font.rows(line)):
            pixels = dots.replace(b"\0", bytes([_PANEL]) * dot).replace(b"\1", bytes([_INK]) * dot)
            for pixel_row in range(first + row * dot, first + (row + 1) * dot):
                rows[pixel_row][margin : margin + len(pixels)] = pixels
