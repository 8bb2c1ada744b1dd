"""A bitmap font of 64 characters, five by seven dots each, drawn below so that it can be read and corrected."""

from __future__ import annotations

import functools
import unicodedata

HEIGHT = 7
ADVANCE = 6
"""Dots from one character to the next."""

_FIRST = " "
_A_BLOCK = 16
"""Characters in one block of the drawing, which holds " " to "_" in the order of ASCII."""
_UNKNOWN = (31, 17, 17, 17, 17, 17, 31)
"""What stands for a character that is not drawn: an empty box, so that one sees that there is something."""

_STAND_INS = str.maketrans("{|}~`", "(!)-'")
"""The rest of ASCII, by what looks most like it."""

_DRAWING = """
..... ..#.. .#.#. .#.#. ..#.. ##... .##.. ..#.. ...#. .#... ..... ..... ..... ..... ..... .....
..... ..#.. .#.#. .#.#. .#### ##..# #..#. ..#.. ..#.. ..#.. ..#.. ..#.. ..... ..... ..... ....#
..... ..#.. ..... ##### #.#.. ...#. #..#. ..... .#... ...#. #.#.# ..#.. ..... ..... ..... ...#.
..... ..#.. ..... .#.#. .###. ..#.. .##.. ..... .#... ...#. .###. ##### ..... ##### ..... ..#..
..... ..#.. ..... ##### ..#.# .#... #..#. ..... .#... ...#. #.#.# ..#.. .##.. ..... ..... .#...
..... ..... ..... .#.#. ####. #..## #...# ..... ..#.. ..#.. ..#.. ..#.. ..#.. ..... .##.. #....
..... ..#.. ..... .#.#. ..#.. ...## .###. ..... ...#. .#... ..... ..... .#... ..... .##.. .....
.###. ..#.. .###. .###. ...#. ##### .###. ##### .###. .###. ..... ..... ...#. ..... .#... .###.
#...# .##.. #...# #...# ..##. #.... #.... ....# #...# #...# .##.. .##.. ..#.. ..... ..#.. #...#
#..## ..#.. ....# ....# .#.#. ####. #.... ...#. #...# #...# .##.. .##.. .#... ##### ...#. ....#
#.#.# ..#.. ...#. ..##. #..#. ....# ####. ..#.. .###. .#### ..... ..... #.... ..... ....# ...#.
##..# ..#.. ..#.. ....# ##### ....# #...# ..#.. #...# ....# .##.. .##.. .#... ##### ...#. ..#..
#...# ..#.. .#... #...# ...#. #...# #...# ..#.. #...# ....# .##.. ..#.. ..#.. ..... ..#.. .....
.###. .###. ##### .###. ...#. .###. .###. ..#.. .###. .###. ..... .#... ...#. ..... .#... ..#..
.###. .###. ####. .###. ####. ##### ##### .###. #...# .###. ..### #...# #.... #...# #...# .###.
#...# #...# #...# #...# #...# #.... #.... #...# #...# ..#.. ...#. #..#. #.... ##.## ##..# #...#
#.### #...# #...# #.... #...# #.... #.... #.... #...# ..#.. ...#. #.#.. #.... #.#.# #.#.# #...#
#.#.# ##### ####. #.... #...# ####. ####. #.### ##### ..#.. ...#. ##... #.... #...# #..## #...#
#.### #...# #...# #.... #...# #.... #.... #...# #...# ..#.. ...#. #.#.. #.... #...# #...# #...#
#.... #...# #...# #...# #...# #.... #.... #...# #...# ..#.. #..#. #..#. #.... #...# #...# #...#
.###. #...# ####. .###. ####. ##### #.... .###. #...# .###. .##.. #...# ##### #...# #...# .###.
####. .###. ####. .#### ##### #...# #...# #...# #...# #...# ##### .###. ..... .###. ..#.. .....
#...# #...# #...# #.... ..#.. #...# #...# #...# #...# #...# ....# .#... #.... ...#. .#.#. .....
#...# #...# #...# #.... ..#.. #...# #...# #...# .#.#. .#.#. ...#. .#... .#... ...#. #...# .....
####. #...# ####. .###. ..#.. #...# #...# #...# ..#.. ..#.. ..#.. .#... ..#.. ...#. ..... .....
#.... #.#.# #.#.. ....# ..#.. #...# #...# #.#.# .#.#. ..#.. .#... .#... ...#. ...#. ..... .....
#.... #..#. #..#. ....# ..#.. #...# .#.#. ##.## #...# ..#.. #.... .#... ....# ...#. ..... .....
#.... .##.# #...# ####. ..#.. .###. ..#.. #...# #...# ..#.. ##### .###. ..... .###. ..... #####
"""


def rows(line: str) -> list[bytes]:
    """Return the seven rows of a line of text, one byte a dot: 1 where there is ink."""
    glyphs = [_dots(character) for character in _in_capitals(line)]
    return [b"".join(glyph[row] for glyph in glyphs) for row in range(HEIGHT)]


def _in_capitals(line: str) -> str:
    """Return the text in the letters that the font has: capitals without accents."""
    plain = unicodedata.normalize("NFKD", line).upper().translate(_STAND_INS)
    return "".join(character for character in plain if not unicodedata.combining(character))[: len(line)]


@functools.lru_cache(maxsize=128)
def _dots(character: str) -> tuple[bytes, ...]:
    bits = _glyphs().get(character, _UNKNOWN)
    return tuple(bytes(row >> shift & 1 for shift in (4, 3, 2, 1, 0)) + b"\0" for row in bits)


@functools.cache
def _glyphs() -> dict[str, tuple[int, ...]]:
    """Return character → its rows as numbers, read from the drawing when the first text is written."""
    lines = [line.replace(".", "0").replace("#", "1").split() for line in _DRAWING.split("\n") if line]
    return {
        chr(ord(_FIRST) + block * _A_BLOCK + place): tuple(
            int(lines[block * HEIGHT + row][place], 2) for row in range(HEIGHT)
        )
        for block in range(len(lines) // HEIGHT)
        for place in range(_A_BLOCK)
    }
