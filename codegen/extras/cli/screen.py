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

from .names import PACKAGE

_GAP = "  "


def plain(value: object) -> str:
    """Text without control characters: what a service says must not steer the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in str(value))


def say(text: str) -> None:
    """A line for the person, not for the pipe."""
    click.echo(f"{PACKAGE}: {plain(text)}", err=True)


def hint(text: str) -> None:
    """A line that belongs to the one before."""
    click.echo(f"  {plain(text)}", err=True)


def show_json(value: object) -> None:
    """One JSON value, for scripts."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None, default=str))


def heading(text: str) -> None:
    """The title of a section."""
    click.echo(click.style(text, bold=True))


def width() -> int | None:
    """Columns of the screen; None where the output is no screen, so that nothing need be broken."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    stated = os.environ.get("COLUMNS", "")
    return int(stated) if stated.isdigit() and int(stated) > 0 else None


def paragraph(text: str, indent: str = "") -> None:
    """Running text, broken at the edge of the screen."""
    columns = width() or 100
    click.echo(
        textwrap.fill(plain(text), max(columns, 40), initial_indent=indent, subsequent_indent=indent) if text else ""
    )


def table(rows: Sequence[Sequence[str]], headings: Sequence[str] = (), indent: str = "") -> None:
    """Rows in columns. On a screen the cells are broken so that each row fits."""
    cells = [[plain(cell) for cell in row] for row in ([headings] if headings else []) + list(rows)]
    if not cells:
        return
    sizes = _fitted([max(map(len, column)) for column in zip(*cells, strict=True)], len(indent))
    for index, row in enumerate(cells):
        is_head = bool(headings) and index == 0
        for line in _lines(row, sizes):
            text = f"{indent}{line}".rstrip()
            click.echo(click.style(text, bold=True) if is_head else text)


def _fitted(sizes: list[int], indent: int) -> list[int]:
    """Widths of columns: the widest gives way first."""
    columns = width()
    if columns is None:
        return sizes
    spare = max(columns, 40) - indent - len(_GAP) * (len(sizes) - 1)
    while sum(sizes) > spare and max(sizes) > 8:
        sizes[sizes.index(max(sizes))] -= 1
    return sizes


def _lines(row: Sequence[str], sizes: Sequence[int]) -> Iterable[str]:
    broken = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, sizes, strict=True)]
    for index in range(max(map(len, broken))):
        parts = [lines[index] if index < len(lines) else "" for lines in broken]
        yield _GAP.join(part.ljust(size) for part, size in zip(parts, sizes, strict=True))


def words(value: Any) -> str:
    """A JSON value in a sentence: lists as words, the rest as it is."""
    if isinstance(value, list | tuple):
        return ", ".join(words(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
