"""Sizes: what is refused, and how the rest is brought into the bounds of a small file."""

from __future__ import annotations

LONGEST_SIDE = 16384
MOST_OBLONG = 20
"""How many times the shorter side the longer one may be."""


def check(width: int, height: int) -> None:
    """Raise ValueError, in words, for what no file can have."""
    for name, side in (("width", width), ("height", height)):
        if not 1 <= side <= LONGEST_SIDE:
            raise ValueError(f"{name} is {side}: it must be between 1 and {LONGEST_SIDE}")
    if max(width, height) > MOST_OBLONG * min(width, height):
        raise ValueError(f"{width}x{height} is too oblong: one side may be {MOST_OBLONG} times the other, no more")


def fit(width: int, height: int, longest: int, multiple: int = 1) -> tuple[int, int]:
    """Return the same shape, scaled down until the longer side is `longest`, each side a multiple of `multiple`."""
    scale = min(1.0, longest / max(width, height))
    return _rounded(width * scale, multiple), _rounded(height * scale, multiple)


def _rounded(side: float, multiple: int) -> int:
    return max(multiple, round(side / multiple) * multiple)
