"""A diagram: the words of the text in boxes that lead from one to the next, in the colours of the seed.

It is a drawing and nothing else: no script, no style sheet, no reference to anything inside or outside of it.
"""

from __future__ import annotations

from itertools import pairwise

from . import drawing

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_MOST_BOXES = 6
_IN_A_ROW = 3
_WITHOUT_WORDS = ("Start", "Step", "End")
_LETTER, _WIDE_LETTER = 0.6, 1.0
"""How wide a letter is, in font sizes, near enough for what fits in a box. Chinese and pictograms are wide."""
_FIRST_WIDE = "\u2e80"
_SHORTEST_WORD = 4
"""Shorter ones join sentences; they name nothing that a box could stand for."""


def make(seed: str, width: int, height: int, text: str) -> bytes:
    """Return a diagram of this size. Raises nothing: the size has been checked."""
    colours = drawing.palette_of(seed)
    title = drawing.plain(text) or "Diagram"
    elements = [*_head(colours, width, height, title), *_heading(colours, width, height, title)]
    boxes = _boxes(_labels(text), width, height)
    elements += [_arrow(colours, one, other) for one, other in pairwise(boxes)]
    elements += [_box(colours, number, box) for number, box in enumerate(boxes)]
    return "\n".join([*elements, "</svg>\n"]).encode()


class _Box:
    """One word and where it stands."""

    def __init__(self, label: str, x: float, y: float, width: float, height: float) -> None:
        self.label, self.x, self.y, self.width, self.height = label, x, y, width, height


def _escape(text: str) -> str:
    return text.translate(_ESCAPES)


def _fitting(text: str, room: float) -> int:
    """Return how many letters of the text fit, in a room of so many font sizes."""
    return int(room / (_WIDE_LETTER if any(letter >= _FIRST_WIDE for letter in text) else _LETTER))


def _labels(text: str) -> list[str]:
    """Return the first words that say something, each once."""
    labels = [word.strip(".,;:!?()[]{}\"'").capitalize() for word in drawing.plain(text).split()]
    long = list(dict.fromkeys(word for word in labels if len(word) >= _SHORTEST_WORD))
    return (long or list(dict.fromkeys(filter(None, labels))) or list(_WITHOUT_WORDS))[:_MOST_BOXES]


def _head(colours: drawing.Palette, width: int, height: int, title: str) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' role="img" font-family="sans-serif" text-anchor="middle">',
        f"<title>{_escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="{drawing.html_colour(colours.light)}"/>',
    ]


def _heading(colours: drawing.Palette, width: int, height: int, title: str) -> list[str]:
    """Return the text in at most two lines, in the upper quarter."""
    size = max(1.0, min(height / 11, width / 22))
    lines = drawing.wrap(title, max(4, _fitting(title, width * 0.92 / size)), 2)
    spans = "".join(
        f'<tspan x="{_number(width / 2)}" y="{_number(size * (1.5 + 1.2 * number))}">{_escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    colour = drawing.html_colour(colours.dark)
    return [f'<text font-size="{_number(size)}" font-weight="bold" fill="{colour}">{spans}</text>']


def _boxes(labels: list[str], width: int, height: int) -> list[_Box]:
    """Place boxes row by row, every second row backwards, so that the arrows never cross a box."""
    rows = -(-len(labels) // _IN_A_ROW)
    cell, line = width / _IN_A_ROW, height * 0.7 / rows
    boxes: list[_Box] = []
    for number, label in enumerate(labels):
        row, place = divmod(number, _IN_A_ROW)
        column = _IN_A_ROW - 1 - place if row % 2 else place
        x, y = (column + 0.14) * cell, height * 0.28 + (row + 0.18) * line
        boxes.append(_Box(label, x, y, cell * 0.72, line * 0.56))
    return boxes


def _box(colours: drawing.Palette, number: int, box: _Box) -> str:
    """Return a rectangle, rounded or not, or a pill, as the seed has it."""
    corner = min(box.width, box.height) * (0.06, 0.25, 0.5)[colours.numbers[8 + number] % 3]
    fill = drawing.blend((255, 255, 255), colours.first if number % 2 else colours.second, 0.35)
    size = min(box.height * 0.34, box.width / 8)
    line = (drawing.wrap(box.label, max(3, _fitting(box.label, box.width * 0.95 / size)), 1) or [""])[0]
    return (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}"'
        f' rx="{_number(corner)}" fill="{drawing.html_colour(fill)}" stroke="{drawing.html_colour(colours.start)}"/>'
        f'<text x="{_number(box.x + box.width / 2)}" y="{_number(box.y + box.height / 2 + size * 0.35)}"'
        f' font-size="{_number(size)}" fill="{drawing.html_colour(colours.dark)}">{_escape(line)}</text>'
    )


def _arrow(colours: drawing.Palette, one: _Box, other: _Box) -> str:
    """Draw a line from box to box, with a drawn head: a marker would be a reference."""
    colour = drawing.html_colour(colours.start)
    if one.y == other.y:
        forwards = 1 if other.x > one.x else -1
        y = one.y + one.height / 2
        start, end = (one.x + one.width, other.x) if forwards > 0 else (one.x, other.x + other.width)
        tip = abs(end - start) * 0.35
        points = [(end, y), (end - forwards * tip, y - tip / 2), (end - forwards * tip, y + tip / 2)]
        line = (start, y, end - forwards * tip, y)
    else:
        x, start, end = one.x + one.width / 2, one.y + one.height, other.y
        tip = (end - start) * 0.45
        points = [(x, end), (x - tip / 2, end - tip), (x + tip / 2, end - tip)]
        line = (x, start, x, end - tip)
    x1, y1, x2, y2 = (_number(value) for value in line)
    corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    head = f'<polygon points="{corners}" fill="{colour}"/>'
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"/>{head}'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
