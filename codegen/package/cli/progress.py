"""The line that says how a task or a batch stands: redrawn in place on a terminal, lines where there is none."""

from __future__ import annotations

import os
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from .command_names import PACKAGE
from .screen import plain

_REDRAWN = 0.2
"""Seconds between two drawings."""
_BAR = 20
_EVERY = 5.0
"""Seconds between two lines on a batch where there is no terminal, …"""
_EVERY_UNCHANGED = 60.0
"""… and where no row has ended meanwhile."""


def status_line(title: str, status: str, percent: float | None, seconds: float, columns: int | None = None) -> str:
    """Return the line. Where it is too long for the screen, the bar goes first and then the end of the title."""
    share = "" if percent is None else f"{percent:.0f}%"
    last = clock_time(seconds)
    line = _join(title, status, f"{_bar(percent)} {share}" if percent is not None else "", last)
    if columns is None or len(line) <= columns:
        return line
    over = len(_join(title, status, share, last)) - columns
    return _join(title[: len(title) - over] if over > 0 else title, status, share, last)[:columns]


def _join(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _bar(percent: float) -> str:
    full = round(min(max(percent, 0.0), 100.0) / 100 * _BAR)
    return f"[{'#' * full}{'-' * (_BAR - full)}]"


def clock_time(seconds: float) -> str:
    """Return 1:05 for 65 seconds."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Redrawn(ABC):
    """A line on stderr, from `with` to its end; on a terminal a thread draws it anew."""

    def __init__(self, now: Callable[[], float], stream: TextIO | None = None) -> None:
        self._now = now
        self._began = now()
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._redraw, name="progress", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _redraw(self) -> None:
        while not self._over.wait(_REDRAWN):
            self._tick()

    @abstractmethod
    def _tick(self) -> None:
        """Draw the line anew, if it is time."""

    def _write(self, text: str) -> None:
        """Write to the terminal. A closed terminal does not end the call."""
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._over.set()


class Live(_Redrawn):
    """How one task stands."""

    def __init__(
        self,
        title: str,
        status: str = "sending",
        *,
        stream: TextIO | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(now, stream)
        self._title, self._status = title, status
        self._percent: float | None = None
        self._answers = True

    def __enter__(self) -> Self:
        self._show()
        return super().__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if self._is_terminal:
            self._write("\n")

    def note_answer(self, is_answered: bool) -> None:
        """Note whether the service answered the last request: while it does not, the line says so."""
        with self._lock:
            is_new, self._answers = is_answered is not self._answers, is_answered
        if is_new:
            self._show()

    def update(self, status: str, percent: float | None = None, *, title: str | None = None) -> None:
        """Show the present state."""
        with self._lock:
            is_new = (status, percent, title or self._title) != (self._status, self._percent, self._title)
            self._status, self._percent, self._title = status, percent, title or self._title
        if is_new:
            self._show()

    def _tick(self) -> None:
        if self._is_terminal:
            self._show()

    def _show(self) -> None:
        with self._lock:
            columns = columns_of(self._stream) - 1 if self._is_terminal else None
            title, status = (plain(text).replace("\n", " ") for text in (self._title, self._status))
            status = status if self._answers else f"{status}, no answer"
            text = status_line(title, status, self._percent, self._now() - self._began, columns)
            self._write(f"\r\x1b[K{text}" if self._is_terminal else f"{text}\n")


class LiveCounts(_Redrawn):
    """How the rows of a batch stand."""

    def __init__(
        self, *, total: int, before: int, running: Callable[[], int], now: Callable[[], float] = time.monotonic
    ) -> None:
        """Show nothing yet. `before`: rows that were done before the run. `running` tells how many are at work."""
        super().__init__(now)
        self._total, self._before, self._running = total, before, running
        self._counts: Counter[str] = Counter()
        self._printed_at, self._printed_count = self._began, 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self._draw()
        if self._is_terminal:
            self._write("\n")

    def note(self, state: str, text: str | None = None) -> None:
        """Count a row, and print what is to be said of it."""
        with self._lock:
            self._counts[state] += 1
            if text is not None:
                line = f"{PACKAGE}: {plain(' '.join(text.split())[:500])}\n"
                self._write(f"\r\x1b[K{line}" if self._is_terminal else line)
        self._draw_if_due()

    def _tick(self) -> None:
        self._draw_if_due(is_tick=True)

    def _draw_if_due(self, *, is_tick: bool = False) -> None:
        seconds = self._now() - self._printed_at
        has_changed = self._counts.total() > self._printed_count
        if self._is_terminal:
            if is_tick:
                self._draw()
        elif seconds >= (_EVERY if has_changed else _EVERY_UNCHANGED):
            self._draw()

    def _draw(self) -> None:
        with self._lock:
            self._printed_at, self._printed_count = self._now(), self._counts.total()
            line = self._line()
            if self._is_terminal:
                self._write(f"\r\x1b[K{line[: columns_of(self._stream) - 1]}")
            else:
                self._write(f"{PACKAGE}: {line}\n")

    def _line(self) -> str:
        over, seconds = self._counts.total(), max(self._now() - self._began, 1e-6)
        remaining = self._total - self._before - over
        parts = [f"{self._before + self._counts['done']}/{self._total} done"]
        running = self._running()
        if running:
            parts.append(f"{running} running")
        parts += [f"{count} {state}" for state, count in sorted(self._counts.items()) if state != "done"]
        parts.append(f"{over / seconds:.1f}/s")
        if remaining > 0 and over > running:  # before, too little is over: the first rows run side by side
            parts.append(f"{clock_time(remaining * seconds / over)} left")
        return ", ".join(parts)


def columns_of(stream: TextIO) -> int:
    """Return the width of a terminal as it is now."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
