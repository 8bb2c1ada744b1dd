"""The line that says how a task stands: redrawn in place on a terminal, one line a change where there is none."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from .screen import plain

_REDRAWN = 0.2
"""Seconds between two drawings."""
_BAR = 20


def drawn(title: str, status: str, percent: float | None, seconds: float, columns: int | None = None) -> str:
    """Return the line. Where it is too long for the screen, the bar goes first and then the end of the title."""
    share = "" if percent is None else f"{percent:.0f}%"
    last = clock_time(seconds)
    line = _joined(title, status, f"{_bar(percent)} {share}" if percent is not None else "", last)
    if columns is None or len(line) <= columns:
        return line
    over = len(_joined(title, status, share, last)) - columns
    return _joined(title[: len(title) - over] if over > 0 else title, status, share, last)[:columns]


def _joined(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _bar(percent: float) -> str:
    full = round(min(max(percent, 0.0), 100.0) / 100 * _BAR)
    return f"[{'#' * full}{'-' * (_BAR - full)}]"


def clock_time(seconds: float) -> str:
    """Return 1:05 for 65 seconds."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Live:
    """The line, from `with` to its end, on stderr."""

    def __init__(
        self,
        title: str,
        status: str = "sending",
        *,
        stream: TextIO | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._title, self._status = title, status
        self._percent: float | None = None
        self._stream = stream or sys.stderr
        self._now = now
        self._began = now()
        self._is_terminal = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._answers = True
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._show()
        if self._is_terminal:
            self._thread = threading.Thread(target=self._redraw, name="progress", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()
            self._write("\n")

    def answered(self, is_answered: bool) -> None:
        """Note whether the service answered the last request: while it does not, the line says so."""
        with self._lock:
            changed, self._answers = is_answered is not self._answers, is_answered
        if changed:
            self._show()

    def update(self, status: str, percent: float | None = None, *, title: str | None = None) -> None:
        """Show the present state."""
        with self._lock:
            changed = (status, percent, title or self._title) != (self._status, self._percent, self._title)
            self._status, self._percent, self._title = status, percent, title or self._title
        if changed:
            self._show()

    def _redraw(self) -> None:
        while not self._over.wait(_REDRAWN):
            self._show()

    def _show(self) -> None:
        with self._lock:
            columns = self._columns() - 1 if self._is_terminal else None
            title, status = (plain(text).replace("\n", " ") for text in (self._title, self._status))
            status = status if self._answers else f"{status}, no answer"
            text = drawn(title, status, self._percent, self._now() - self._began, columns)
            self._write(f"\r\x1b[K{text}" if self._is_terminal else f"{text}\n")

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or 80
        except (OSError, ValueError):
            return 80

    def _write(self, text: str) -> None:
        """Write to the terminal. One that is gone is no reason to lose what is being made."""
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._over.set()
