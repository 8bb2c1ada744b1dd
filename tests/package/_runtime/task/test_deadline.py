"""Three clocks under one deadline, as arithmetic."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.package._runtime.deadline import Deadline, Schedule, pace
from codegen.package._runtime.retry import LONGEST_RETRY_AFTER, POLL, Backoff

BUDGET = POLL.in_a_row or 0
numbers = st.floats(0.01, 100)
chances = st.floats(0, 1)


def schedule(seconds: float | None = None, *, at_once: bool = True, backoff: Backoff = POLL) -> Schedule:
    return Schedule(Deadline(seconds, lambda: 0.0), backoff, at_once=at_once, jitter=lambda: 0.0)


@given(numbers, numbers, st.integers(0, 10_000), chances)
def test_an_interval_is_never_above_the_longest_nor_zero(first: float, longest: float, polls: int, x: float) -> None:
    assert 0 < pace(first, longest).pause(polls, x) <= longest


@given(st.integers(0, 100))
def test_intervals_grow(polls: int) -> None:
    assert POLL.pause(polls, 0.5) <= POLL.pause(polls + 1, 0.5)


def test_intervals_grow_by_half_to_a_quarter_of_a_minute_and_are_up_to_a_fifth_shorter() -> None:
    assert [POLL.pause(polls, 0.0) for polls in (0, 1, 2, 6, 7, 100)] == [1.0, 1.5, 2.25, 11.390625, 15.0, 15.0]
    assert [POLL.pause(polls, 1.0) for polls in (0, 1, 100)] == [0.8, 1.2000000000000002, 12.0]
    assert (POLL.longest, POLL.in_a_row, LONGEST_RETRY_AFTER) == (15.0, 10, 60.0)


def test_a_deadline_counts_what_has_passed_and_what_is_left() -> None:
    now = [100.0]
    deadline = Deadline(5, lambda: now[0])
    assert (deadline.elapsed, deadline.remaining, deadline.passed) == (0.0, 5.0, False)
    now[0] = 105.0
    assert (deadline.elapsed, deadline.remaining, deadline.passed) == (5.0, 0.0, True)
    now[0] = 107.0
    assert (deadline.elapsed, deadline.remaining, deadline.passed) == (7.0, 0.0, True)
    assert Deadline(None, lambda: now[0]).remaining == math.inf


def test_the_first_poll_is_at_once_or_after_the_first_interval() -> None:
    assert schedule(at_once=True).pause() == 0
    assert schedule(at_once=False).pause() == 1.0


@given(st.floats(0, 50), st.lists(st.booleans(), max_size=30))
def test_no_pause_goes_beyond_the_deadline(seconds: float, answers: list[bool]) -> None:
    plan = schedule(seconds)
    for is_answer in answers:
        plan.note_answer() if is_answer else plan.note_failure(1000.0)
        assert plan.pause() <= seconds


def test_the_failure_budget_is_of_failures_in_a_row() -> None:
    plan = schedule()
    for _ in range(BUDGET - 1):
        assert plan.note_failure()
    plan.note_answer()
    assert [plan.note_failure() for _ in range(BUDGET)] == [True] * (BUDGET - 1) + [False]


def test_pauses_grow_while_polls_fail() -> None:
    plan, pauses = schedule(), []
    for _ in range(8):
        plan.note_failure()
        pauses.append(plan.pause())
    assert pauses == sorted(pauses)
    assert pauses[-1] == POLL.longest


@pytest.mark.parametrize(
    "hint, pause", [(40.0, 40.0), (3600.0, LONGEST_RETRY_AFTER), (0.0, 1.5), (-5.0, 1.5), (None, 1.5)]
)
def test_a_server_can_ask_for_a_longer_pause_within_bounds(hint: float | None, pause: float) -> None:
    plan = schedule()
    plan.note_failure(hint)
    assert plan.pause() == pause


@pytest.mark.parametrize("seconds", [-1, math.nan, math.inf])
def test_a_timeout_is_a_number_of_seconds(seconds: float) -> None:
    with pytest.raises(ValueError, match="timeout"):
        Deadline(seconds, lambda: 0.0)


@pytest.mark.parametrize("first, longest", [(0, 1), (1, 0), (math.nan, 1), (1, math.inf), (-1, 1)])
def test_an_interval_is_a_number_above_zero(first: float, longest: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        pace(first, longest)


def test_a_request_that_starts_at_the_deadline_still_gets_a_moment() -> None:
    for seconds, least in ((0, 1.0), (5, 5.0), (None, math.inf)):
        assert Deadline(seconds, lambda: 0.0).at_least(1.0).remaining == least
