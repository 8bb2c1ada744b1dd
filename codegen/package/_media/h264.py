"""H.264, constrained baseline, by hand: whole frames of flat macroblocks, and frames that only move the last one.

A frame is a grid of macroblocks of 16 by 16 pixels, each of one colour. A key frame codes them by the difference
to a neighbour. A frame in between says that everything has moved to the left, which costs a few bytes whatever is
on it. The columns that come into view by this are there already: two more than are shown, cut off by cropping.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from .bits import fixed, packed, signed, unsigned

Cell = tuple[int, int, int]
"""Luma and the two chroma values of a macroblock."""

BLOCK = 16
STEP = 2
"""Pixels that a frame moves: even, so that the chroma planes move by whole pixels and stay sharp."""
SPARE = 2
"""Columns of macroblocks beyond the right edge, enough for the moves between two key frames."""
PERIOD = SPARE * BLOCK // STEP
"""Frames from one key frame to the next."""

# With these quantisers one level of a DC coefficient is exactly one step of brightness or colour: the inverse
# transform multiplies by 64 and divides by 64. No rounding, so no drift from one macroblock to the next.
_QP = 28
_CHROMA_OFFSET = -6

_PROFILE = bytes([66, 0xC0, 30])
"""Constrained baseline, level 3.0."""
_ZEROS = re.compile(rb"\x00\x00(?=[\x00-\x03])")
_VERTICAL, _HORIZONTAL, _DC = 0, 1, 2
_CHROMA_MODE = {_VERTICAL: 2, _HORIZONTAL: 1, _DC: 0}
"""Chroma numbers its ways of prediction in another order than luma."""
_I_SLICE, _P_SLICE = 7, 5
_GREY = (128, 128, 128)
"""What is predicted where there is no neighbour."""


def sequence(width: int, height: int) -> bytes:
    """The sequence parameter set: size, one reference frame, pictures in the order in which they are coded."""
    columns, rows = grid(width, height)
    right = ((columns + SPARE) * BLOCK - width) // 2
    bottom = (rows * BLOCK - height) // 2
    size = unsigned(columns + SPARE - 1) + unsigned(rows - 1) + "11"
    crop = "1" + "".join(map(unsigned, (0, right, 0, bottom)))
    head = unsigned(0) + unsigned(0) + unsigned(2) + unsigned(1) + "0"
    return _unit(0x67, _PROFILE, head + size + crop + "0")


def picture() -> bytes:
    """The picture parameter set: variable-length coding, one slice, the quantisers."""
    groups = "".join(map(unsigned, (0, 0))) + "00" + "".join(map(unsigned, (0, 0, 0))) + "000"
    quantisers = signed(_QP - 26) + signed(0) + signed(_CHROMA_OFFSET)
    return _unit(0x68, b"", groups + quantisers + "000")


def configuration(width: int, height: int) -> bytes:
    """The AVCDecoderConfigurationRecord: both sets, and that sizes before units have four bytes."""
    sets = sequence(width, height), picture()
    first, second = (len(one).to_bytes(2, "big") + one for one in sets)
    return b"\1" + _PROFILE + b"\xff\xe1" + first + b"\1" + second


def grid(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of macroblocks that are shown."""
    return -(-width // BLOCK), -(-height // BLOCK)


def key_frame(columns: Sequence[Sequence[Cell]], number: int) -> bytes:
    """A frame of these columns, each from top to bottom, the spare ones included. Two in a row differ in number."""
    head = unsigned(0) + unsigned(_I_SLICE) + unsigned(0) + fixed(0, 4) + unsigned(number % 2) + "00" + signed(0)
    left = columns[0]
    first = [_macroblock(_DC, _GREY, left[0])]
    stream = [head]
    for row in range(len(left)):
        stream += first if row == 0 else [_macroblock(_VERTICAL, left[row - 1], left[row])]
        stream += [_macroblock(_HORIZONTAL, before[row], column[row]) for before, column in pairwise(columns)]
    return _unit(0x65, b"", "".join(stream))


def moved_frame(moves: str, number: int) -> bytes:
    """The frame before, moved to the left, as `moves` says. The number counts from the key frame."""
    head = unsigned(0) + unsigned(_P_SLICE) + unsigned(0) + fixed(number, 4) + "000" + signed(0)
    return _unit(0x41, b"", head + moves)


def moves(width: int, height: int) -> str:
    """The macroblocks of a frame that moves to the left, all alike.

    The first one says by how much. Those at the upper and left edge repeat that nothing is different: a skipped
    one there would stand still. The others are skipped, and so move like their neighbours.
    """
    columns, rows = grid(width, height)
    columns += SPARE
    first = "11" + signed(4 * STEP) + signed(0) + "1"
    same = "1" + signed(0) + signed(0) + "1"
    top = first + ("1" + same) * (columns - 1)
    if rows == 1:
        return top
    return top + "1" + same + (unsigned(columns - 1) + same) * (rows - 2) + unsigned(columns - 1)


def _unit(kind: int, plain: bytes, stream: str) -> bytes:
    """A network unit: its header, the stop bit, and no three bytes that would look like a start code."""
    return bytes([kind]) + _ZEROS.sub(b"\0\0\3", plain + packed(stream + "1"))


@lru_cache(maxsize=4096)
def _macroblock(mode: int, before: Cell, cell: Cell) -> str:
    """An Intra16x16 macroblock of one colour, predicted from a neighbour of one colour."""
    luma, blue, red = (value - expected for value, expected in zip(cell, before, strict=True))
    coloured = bool(blue or red)
    kind = 1 + mode + (4 if coloured else 0)
    chroma = _level(blue, "01", "1", "000111") + _level(red, "01", "1", "000111") if coloured else ""
    return unsigned(kind) + unsigned(_CHROMA_MODE[mode]) + signed(0) + _level(luma, "1", "01", "000101") + chroma


def _level(value: int, none: str, one: str, some: str) -> str:
    """A block of at most one coefficient, its first: the token for how many there are, the value, no zeros before."""
    if value == 0:
        return none
    sign = "1" if value < 0 else "0"
    if abs(value) == 1:
        return one + sign + "1"
    # The first level after a token without trailing ones cannot be 1 or -1, so that the codes begin at 2.
    code = 2 * (abs(value) - 2) + (value < 0)
    if code < 14:
        return some + "0" * code + "1" + "1"
    if code < 30:
        return some + "0" * 14 + "1" + fixed(code - 14, 4) + "1"
    return some + "0" * 15 + "1" + fixed(code - 30, 12) + "1"
