"""A sound: a quiet melody of the seed's notes, as MPEG-2 audio layer III, 24 kHz, one channel, 16 kbit/s."""

from __future__ import annotations

import struct
from functools import lru_cache

from . import bounds, palette, words
from .bits import fixed, packed

MOST_SECONDS = 120.0
_HEADER = bytes([0xFF, 0xF3, 0x24, 0xC4])
"""MPEG-2, layer III, no checksum; 16 kbit/s at 24 kHz, no padding; one channel, original."""
_FRAME = 48
"""Bytes of a frame: 72 times the bit rate, by the sampling rate."""
_SIDE = 9
"""Bytes of the side information of one channel."""
_SECONDS = 576 / 24_000
_NOTE = 14
"""Frames that a note rings: a third of a second."""
_LOUD = 199
"""The gain of the beginning of a note; four steps are a factor of two."""
_SCALE = (15, 19, 22, 25, 28, 33, 38)
"""Notes by the number of their frequency line, 20.8 Hz apart: a scale of whole lines that sounds calm enough."""
_LONGEST_TITLE = 200


def make(seed: str, seconds: float, text: str) -> bytes:
    """A sound of this length, to a frame of 24 ms. Raises nothing: the length has been checked."""
    count = max(1, round(bounds.clamp(seconds, MOST_SECONDS) / _SECONDS))
    numbers = palette.of(seed).numbers
    notes = [_SCALE[number % len(_SCALE)] for number in numbers]
    frames = (_tone(notes[place // _NOTE % 32], place % _NOTE, place % 2) for place in range(count))
    return _title(text) + _info(count) + b"".join(frames)


def _info(count: int) -> bytes:
    """The first frame, silent, which tells players how many follow; without it they guess from the bit rate."""
    told = b"Info" + struct.pack(">III", 3, count, (count + 1) * _FRAME)
    return (_HEADER + bytes(_SIDE) + told).ljust(_FRAME, b"\0")


@lru_cache(maxsize=len(_SCALE) * _NOTE * 2)
def _tone(line: int, age: int, odd: int) -> bytes:
    """A frame with one frequency line, the older the note the softer.

    Frame after frame of one sign joins to one wave if the number of the line is even, of changing sign if it is
    odd: so 98 percent of the energy is within 12 Hz of the note.
    """
    data = _coefficient(line, "1" if line & odd else "0")
    side = "0" * 9 + fixed(len(data), 12) + fixed(line // 2 + 1, 9) + fixed(_LOUD - age, 8) + fixed(0, 9) + "0"
    tables = fixed(1, 5) * 3 + fixed(0, 7)
    return (_HEADER + packed(side + tables + "00" + data)).ljust(_FRAME, b"\0")


def _coefficient(line: int, sign: str) -> str:
    """Pairs of lines in the first Huffman table: pairs of zeros, then the one that is not."""
    return "1" * (line // 2) + ("001" if line % 2 else "01") + sign


def _title(text: str) -> bytes:
    """An ID3v2.4 tag with the text as its title; sizes in it have seven bits a byte."""
    title = words.plain(text)[:_LONGEST_TITLE].encode()
    if not title:
        return b""
    frame = b"TIT2" + _seven_bits(1 + len(title)) + bytes(2) + b"\3" + title
    return b"ID3\4\0\0" + _seven_bits(len(frame)) + frame


def _seven_bits(size: int) -> bytes:
    return bytes(size >> shift & 127 for shift in (21, 14, 7, 0))
