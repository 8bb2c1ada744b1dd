# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Colours that belong together, and numbers to draw by, derived from a seed."""

from __future__ import annotations

import colorsys
import hashlib
from typing import NamedTuple

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


def of(seed: str) -> Palette:
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


def name(colour: Colour) -> str:
    """Return the color as HTML writes it: #3366cc."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _colour(hue: float, lightness: float, saturation: float) -> Colour:
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue % 1, lightness, saturation))
    return red, green, blue
