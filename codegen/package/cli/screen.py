"""Text for people: safe to print, fitted to the screen, in columns."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import click

from .command_names import PACKAGE, Code

_GAP = "  "
_NARROWEST = 8


def plain(value: object) -> str:
    """Return text without control characters: what a service sends must not control the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in str(value))


def say(text: str) -> None:
    """Print a line for the person, not for the pipe."""
    click.echo(f"{PACKAGE}: {plain(text)}", err=True)


def hint(text: str) -> None:
    """Print a line that belongs to the one before."""
    click.echo(f"  {plain(text)}", err=True)


class NotSent(click.ClickException):
    """Nothing was sent, because of something that the user can correct."""

    exit_code = int(Code.NOT_SENT)

    def show(self, file: Any = None) -> None:
        """Print it as every other message."""
        say(self.message)


def show_json(value: object) -> None:
    """Print one JSON value, for scripts."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None, default=str))


def heading(text: str) -> None:
    """Print the title of a section."""
    click.echo(click.style(text, bold=True))


def width() -> int | None:
    """Return the columns of the screen; None where the output is not a screen, so that no line is broken."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) > 0 else None


def paragraph(text: str, indent: str = "") -> None:
    """Print running text, broken at the edge of the screen."""
    columns = max(width() or 100, 40)
    lines = textwrap.fill(plain(text), columns, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    click.echo(lines)


def table(rows: Sequence[Sequence[str]], headings: Sequence[str] = ()) -> None:
    """Print rows in columns, broken so that each row fits. A row of one cell is the title of those below."""
    cells = [[plain(cell) for cell in row] for row in ([headings] if headings else []) + list(rows)]
    whole = [row for row in cells if len(row) > 1]
    sizes = _fit([max(map(len, column)) for column in zip(*whole, strict=True)]) if whole else []
    for index, row in enumerate(cells):
        is_head = bool(headings) and index == 0
        for line in _lines(row, sizes) if len(row) > 1 else row:
            text = line.rstrip()
            click.echo(click.style(text, bold=True) if is_head else text)


def _fit(sizes: list[int]) -> list[int]:
    """Return widths of columns: the widest gives way first, the first column, which names the row, last."""
    columns = width()
    if columns is None:
        return sizes
    over = sum(sizes) + len(_GAP) * (len(sizes) - 1) - max(columns, 40)
    for part in (range(1, len(sizes)), range(1)):
        while over > 0 and part and max(sizes[index] for index in part) > _NARROWEST:
            sizes[max(part, key=lambda index: sizes[index])] -= 1
            over -= 1
    return sizes


def _lines(row: Sequence[str], sizes: Sequence[int]) -> Iterable[str]:
    cells = [_wrap(cell, size) for cell, size in zip(row, sizes, strict=True)]
    for index in range(max(map(len, cells))):
        parts = [lines[index] if index < len(lines) else "" for lines in cells]
        yield _GAP.join(part.ljust(size) for part, size in zip(parts, sizes, strict=True))


def _wrap(cell: str, size: int) -> list[str]:
    if len(cell) <= size:
        return [cell]
    return textwrap.wrap(cell, size, break_on_hyphens=False) or [""]


def words(value: Any) -> str:
    """Return a JSON value in a sentence: lists as words, the rest as it is."""
    if isinstance(value, list | tuple):
        return ", ".join(words(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
