"""A reader of the films: boxes of the file, and the part of H.264 that they use, read as the standard has it."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

Cell = tuple[int, int, int]
_HOLDING = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"udta"}


def boxes(content: bytes, within: str = "") -> dict[str, bytes]:
    """Path → content of every box, those that hold boxes opened. They fill their place exactly."""
    found: dict[str, bytes] = {}
    position = 0
    while position < len(content):
        size, kind = struct.unpack_from(">I4s", content, position)
        assert 8 <= size <= len(content) - position
        path = f"{within}/{kind.decode('latin-1')}"
        assert path not in found
        found[path] = content[position + 8 : position + size]
        if kind in _HOLDING:
            found |= boxes(found[path], path)
        position += size
    assert position == len(content)
    return found


class Bits:
    """A network unit without its header, read bit by bit."""

    def __init__(self, unit: bytes) -> None:
        assert not re.search(rb"\x00\x00[\x00-\x02]", unit)  # nothing looks like a start code
        plain = unit[1:].replace(b"\0\0\3", b"\0\0")
        self._bits = "".join(f"{byte:08b}" for byte in plain).rstrip("0")
        assert self._bits.endswith("1")
        self._at, self._end = 0, len(self._bits) - 1

    def more(self) -> bool:
        return self._at < self._end

    def fixed(self, count: int) -> int:
        assert self._at + count <= self._end
        self._at += count
        return int(self._bits[self._at - count : self._at], 2)

    def zeros(self) -> int:
        """How many zeros there are before the next one; the one is read too."""
        start = self._at
        while self.fixed(1) == 0:
            pass
        return self._at - start - 1

    def unsigned(self) -> int:
        count = self.zeros()
        return (1 << count) - 1 + (self.fixed(count) if count else 0)

    def signed(self) -> int:
        value = self.unsigned()
        return (value + 1) // 2 if value % 2 else -value // 2


@dataclass
class Sequence:
    columns: int
    rows: int
    width: int
    height: int


def sequence(unit: bytes) -> Sequence:
    bits = Bits(unit)
    assert unit[0] & 31 == 7
    assert [bits.fixed(8) for _ in range(3)] == [66, 0xC0, 30]
    assert [bits.unsigned() for _ in range(4)] == [0, 0, 2, 1]  # set 0, 4 bits a number, order as coded, one reference
    assert bits.fixed(1) == 0
    columns, rows = bits.unsigned() + 1, bits.unsigned() + 1
    assert bits.fixed(3) == 0b111  # whole frames, cropped
    left, right, top, bottom = (bits.unsigned() for _ in range(4))
    assert (left, top) == (0, 0)
    assert bits.fixed(1) == 0
    assert not bits.more()
    return Sequence(columns, rows, columns * 16 - 2 * right, rows * 16 - 2 * bottom)


def check_picture(unit: bytes) -> None:
    bits = Bits(unit)
    assert unit[0] & 31 == 8
    assert [bits.unsigned(), bits.unsigned(), bits.fixed(2)] == [0, 0, 0]
    assert [bits.unsigned() for _ in range(3)] == [0, 0, 0]
    assert bits.fixed(3) == 0
    assert [26 + bits.signed(), 26 + bits.signed(), bits.signed()] == [28, 26, -6]
    assert bits.fixed(3) == 0
    assert not bits.more()


def key_frame(unit: bytes, size: Sequence) -> tuple[int, list[list[Cell]]]:
    """The number of the picture and its macroblocks, row by row."""
    bits = Bits(unit)
    assert unit[0] & 31 == 5
    assert [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.fixed(4)] == [0, 7, 0, 0]
    number = bits.unsigned()
    assert [bits.fixed(2), bits.signed()] == [0, 0]
    rows: list[list[Cell]] = []
    for row in range(size.rows):
        rows.append([])
        for column in range(size.columns):
            rows[-1].append(_macroblock(bits, rows, row, column))
    assert not bits.more()
    return number, rows


def _macroblock(bits: Bits, rows: list[list[Cell]], row: int, column: int) -> Cell:
    kind = bits.unsigned() - 1
    assert kind in range(8)
    mode, coloured = kind % 4, kind // 4
    assert bits.unsigned() == {0: 2, 1: 1, 2: 0}[mode]  # the same direction, in the numbers of chroma
    assert bits.signed() == 0
    if mode == 2:
        assert (row, column) == (0, 0)
        before = (128, 128, 128)
    else:
        assert (row, column)[mode] > 0
        before = rows[row][column - 1] if mode else rows[row - 1][column]
    luma = _level(bits, {1: "none", 2: "one", 6: "some"})
    blue, red = (_level(bits, {2: "none", 1: "one", 6: "some"}) if coloured else 0 for _ in range(2))
    return before[0] + luma, before[1] + blue, before[2] + red


def _level(bits: Bits, lengths: dict[int, str]) -> int:
    """One coefficient at most. Its token is known by its length: 1, 01 and 000101, or 01, 1 and 000111."""
    zeros = bits.zeros()
    if zeros == 3:
        assert bits.fixed(2) == (1 if lengths[1] == "none" else 3)
        prefix = bits.zeros()
        assert prefix <= 15
        code = 2 + prefix + (bits.fixed(4) if prefix == 14 else 0) + (bits.fixed(12) + 15 if prefix == 15 else 0)
        value = code // 2 + 1 if code % 2 == 0 else -(code + 1) // 2
        assert bits.fixed(1) == 1  # no zeros before it
        return value
    if lengths[zeros + 1] == "none":
        return 0
    negative = bits.fixed(1)
    assert bits.fixed(1) == 1
    return -1 if negative else 1


def moved_frame(unit: bytes, size: Sequence) -> int:
    """The number of a frame in which every macroblock moves by two pixels."""
    bits = Bits(unit)
    assert unit[0] & 31 == 1
    assert [bits.unsigned(), bits.unsigned(), bits.unsigned()] == [0, 5, 0]
    number = bits.fixed(4)
    assert [bits.fixed(3), bits.signed()] == [0, 0]
    place = 0
    while place < size.columns * size.rows:
        skipped = range(place, place + bits.unsigned())
        # A skipped macroblock moves as its neighbours do, but at the upper and left edge it would stand still.
        assert all(skip % size.columns and skip >= size.columns for skip in skipped)
        place += len(skipped)
        if not bits.more():
            break
        moved = (8, 0) if place == 0 else (0, 0)
        assert [bits.unsigned(), bits.signed(), bits.signed(), bits.unsigned()] == [0, *moved, 0]
        place += 1
    assert place == size.columns * size.rows
    assert not bits.more()
    return number
