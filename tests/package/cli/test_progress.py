"""The line that says how a task stands: what it has, and how it fits the screen."""

from __future__ import annotations

import io

import pytest
from wondergen.cli.progress import Live, LiveCounts, clock_time, status_line


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_has_status_share_and_time() -> None:
    assert status_line("film 1", "queued", None, 0) == "film 1  queued  0:00"
    assert status_line("film 1", "running", 43.4, 65) == "film 1  running  [#########-----------] 43%  1:05"


@pytest.mark.parametrize("percent, bar", [(-5.0, "-" * 20), (0.0, "-" * 20), (100.0, "#" * 20), (250.0, "#" * 20)])
def test_a_share_beyond_its_bounds_breaks_no_line(percent: float, bar: str) -> None:
    assert f"[{bar}]" in status_line("film", "running", percent, 0)


def test_where_it_is_too_long_the_bar_goes_first_and_then_the_end_of_the_title() -> None:
    assert status_line("film 1", "running", 43.0, 5, 40) == "film 1  running  43%  0:05"
    assert status_line("a long film 1", "running", 43.0, 5, 26) == "a long  running  43%  0:05"
    assert len(status_line("film", "running", 43.0, 5, 10)) == 10


@pytest.mark.parametrize("seconds, text", [(0.9, "0:00"), (65, "1:05"), (3600, "1:00:00"), (86399, "23:59:59")])
def test_times_are_read_like_a_clock(seconds: float, text: str) -> None:
    assert clock_time(seconds) == text


def test_without_a_terminal_each_change_is_a_line_and_nothing_else_is() -> None:
    stream = io.StringIO()
    with Live("film", stream=stream, now=lambda: 5.0) as live:
        live.update("running", 10)
        live.update("running", 10)
        live.update("saved", title="film 1")
    assert stream.getvalue().splitlines() == [
        "film  sending  0:00",
        "film  running  [##------------------] 10%  0:00",
        "film 1  saved  0:00",
    ]


def test_while_the_service_does_not_answer_the_line_says_so() -> None:
    stream = io.StringIO()
    with Live("film", stream=stream, now=lambda: 5.0) as live:
        for is_answered in (True, False, False, True):
            live.note_answer(is_answered)
    phases = [line.split("  ")[1] for line in stream.getvalue().splitlines()]
    assert phases == ["sending", "sending, no answer", "sending"]


def test_on_a_terminal_it_is_redrawn_in_place_and_the_last_state_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = _Terminal()
    with Live("film", stream=stream, now=lambda: 5.0) as live:
        live.update("sa\x1b[31mved")
    assert stream.getvalue().startswith("\r\x1b[Kfilm  sending  0:00")
    assert stream.getvalue().endswith("\r\x1b[Kfilm  sa [31mved  0:00\n")


def test_a_dumb_terminal_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    stream = _Terminal()
    with Live("film", stream=stream):
        pass
    assert stream.getvalue() == "film  sending  0:00\n"


def test_a_terminal_that_is_gone_ends_nothing() -> None:
    stream = _Terminal()
    with Live("film", stream=stream) as live:
        stream.close()
        live.update("running", 50)


def test_the_rest_is_guessed_only_after_more_rows_are_over_than_run_side_by_side() -> None:
    now = [0.0]
    counts = LiveCounts(total=100, before=0, running=lambda: 10, now=lambda: now[0])
    lines = []
    for _ in range(20):
        now[0] += 1.0
        counts.note("done")
        lines.append(counts._line())
    assert [" left" in line for line in lines] == [False] * 10 + [True] * 10
    assert lines[-1] == "20/100 done, 10 running, 1.0/s, 1:20 left"
