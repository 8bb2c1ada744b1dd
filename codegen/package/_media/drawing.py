"""What pictures and diagrams are drawn by: sizes within bounds, colours of a seed, text in lines."""

from __future__ import annotations

import colorsys
import hashlib
import unicodedata
from typing import NamedTuple

LONGEST_SIDE = 16384
MOST_OBLONG = 20
"""How many times the shorter side the longer one may be."""


def check_size(width: int, height: int) -> None:
    """Raise ValueError, in words, for what no file can have."""
    for name, side in (("width", width), ("height", height)):
        if not 1 <= side <= LONGEST_SIDE:
            raise ValueError(f"{name} is {side}: it must be between 1 and {LONGEST_SIDE}")
    if max(width, height) > MOST_OBLONG * min(width, height):
        raise ValueError(f"{width}x{height} is too oblong: one side may be {MOST_OBLONG} times the other, no more")


def fit(width: int, height: int, longest: int) -> tuple[int, int]:
    """Return the same shape, scaled down until the longer side is `longest`."""
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


class Palette(NamedTuple):
    """The colours of one seed. `numbers` are 32 of 0 to 255 that decide on everything else."""

    numbers: bytes
    start: Colour
    end: Colour
    first: Colour
    second: Colour
    dark: Colour
    light: Colour


def palette_of(seed: str) -> Palette:
    """Return the colours of a seed."""
    numbers = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    hue = numbers[0] / 256
    apart = 0.08 + numbers[1] / 256 * 0.17
    return Palette(
        numbers,
        start=_colour(hue, 0.34, 0.62),
        end=_colour(hue + apart, 0.74, 0.66),
        first=_colour(hue + 0.42 + apart, 0.62, 0.86),
        second=_colour(hue + 0.5 - apart, 0.48, 0.72),
        dark=_colour(hue, 0.13, 0.5),
        light=_colour(hue + apart, 0.95, 0.7),
    )


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """Return the colour between the two, `share` of the way to the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def html_colour(colour: Colour) -> str:
    """Return the color as HTML writes it: #3366cc."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _colour(hue: float, lightness: float, saturation: float) -> Colour:
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue % 1, lightness, saturation))
    return red, green, blue


_REFUSED = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
"""Unicode categories that neither XML nor a reader has a use for: controls, formats, surrogates, unassigned."""
_LONGEST = 2000
"""More is not looked at: a file stays small whatever it is asked to say."""


def plain(text: str) -> str:
    """Return the text on one line, with single spaces."""
    spaced = "".join(" " if unicodedata.category(letter) in _REFUSED else letter for letter in text[:_LONGEST])
    return " ".join(spaced.split())


def wrap(text: str, columns: int, lines: int) -> list[str]:
    """Break text into at most so many lines of so many characters; a cut is marked by dots."""
    rows: list[str] = []
    rest = plain(text)
    while rest and len(rows) < lines:
        rows.append(_first_line(rest, columns))
        rest = rest[len(rows[-1]) :].lstrip()
    if rest and rows:
        dots = "..."[:columns]
        rows[-1] = rows[-1][: columns - len(dots)].rstrip() + dots
    return rows


def _first_line(text: str, columns: int) -> str:
    """Return as many whole words as fit, or the beginning of a word that is longer than a line."""
    if len(text) <= columns:
        return text
    end = text.rfind(" ", 0, columns + 1)
    return text[:end] if end > 0 else text[:columns]
