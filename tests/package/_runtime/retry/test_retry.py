"""The retry policy as a table: what may have happened, what kind of call it is, and what follows."""

from __future__ import annotations

import math
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen import http_errors
from codegen.package._runtime.delivery import Left
from codegen.package._runtime.retry import (
    CALL,
    LONGEST_RETRY_AFTER,
    Failure,
    History,
    Outcome,
    Retry,
    Stop,
    by_evidence,
    by_status,
    decide,
    is_transient,
    parse_retry_after,
)

PAID = ("submit", "generate")
KINDS = (*PAID, "query")
NOW = 1_790_000_000.0


def _decide(failure: Failure, kind: str, history: History | None = None, **changes: float) -> Retry | Stop:
    limits = {"max_retries": 2, "remaining": 100.0, **changes}
    return decide(failure, kind, history or History(), jitter=lambda: 0.0, **limits)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "outcome, once, again",
    [
        (Outcome.NEVER_DELIVERED, False, KINDS),
        (Outcome.REFUSED_WITHOUT_WORK, False, KINDS),
        (Outcome.REFUSED_WITHOUT_WORK, True, KINDS),
        (Outcome.UNKNOWN, False, ("query",)),
        (Outcome.REFUSED_FOR_GOOD, False, ()),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_again(outcome: Outcome, once: bool, again: tuple[str, ...], kind: str) -> None:
    decision = _decide(Failure(outcome, once=once), kind)
    assert isinstance(decision, Retry) is (kind in again)


@pytest.mark.parametrize(
    "left, outcome",
    [(Left.NOTHING, Outcome.NEVER_DELIVERED), (Left.SOME, Outcome.UNKNOWN), (Left.UNKNOWN, Outcome.UNKNOWN)],
)
def test_only_the_certainty_that_nothing_left_means_never_delivered(left: Left, outcome: Outcome) -> None:
    assert by_evidence(left) is outcome


@pytest.mark.parametrize("status", range(200, 600))
def test_a_status_alone_says_without_work_only_where_http_does(status: int) -> None:
    expected = {425: Outcome.REFUSED_WITHOUT_WORK, 429: Outcome.REFUSED_WITHOUT_WORK, 408: Outcome.UNKNOWN}
    fallback = Outcome.UNKNOWN if status >= 500 else Outcome.REFUSED_FOR_GOOD
    assert by_status(status) is expected.get(status, fallback)
    assert is_transient(status) is (status in expected or status >= 500)


def test_a_date_to_come_back_at_is_read_by_the_clock_that_wrote_it() -> None:
    theirs = NOW + 7200
    until = formatdate(theirs + 20, usegmt=True)
    assert parse_retry_after(until, NOW, formatdate(theirs, usegmt=True)) == 20.0
    assert parse_retry_after(until, NOW, "no date") == parse_retry_after(until, NOW) == 7220.0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "failure, history, changes, why",
    [
        (Failure(Outcome.NEVER_DELIVERED), History(retries=2), {}, "all retries"),
        (Failure(Outcome.NEVER_DELIVERED), History(), {"max_retries": 0}, "all retries"),
        (Failure(Outcome.NEVER_DELIVERED), History(), {"remaining": 0.5}, "no time"),
        (Failure(Outcome.REFUSED_WITHOUT_WORK, once=True), History(1, spent_once=True), {}, "one attempt more"),
        (Failure(Outcome.REFUSED_WITHOUT_WORK, retry_after=60.5), History(), {}, "pause of 60 s"),
        (Failure(Outcome.REFUSED_WITHOUT_WORK, retry_after=1e17), History(), {}, "pause"),
        (Failure(Outcome.REFUSED_WITHOUT_WORK, retry_after=30), History(), {"remaining": 30.0}, "no time"),
        (Failure(Outcome.REFUSED_FOR_GOOD), History(), {}, "refused again"),
    ],
)
def test_what_ends_it(kind: str, failure: Failure, history: History, changes: dict[str, float], why: str) -> None:
    decision = _decide(failure, kind, history, **changes)
    assert isinstance(decision, Stop)
    assert why in decision.why


def test_a_code_that_allows_one_attempt_more_still_has_it_after_a_failed_connection() -> None:
    decision = _decide(Failure(Outcome.REFUSED_WITHOUT_WORK, once=True), "submit", History(retries=1))
    assert isinstance(decision, Retry)


@pytest.mark.parametrize("retry_after", [0.0, 2.0, LONGEST_RETRY_AFTER])
def test_the_pause_the_service_asks_for_is_kept(retry_after: float) -> None:
    assert _decide(Failure(Outcome.REFUSED_WITHOUT_WORK, retry_after=retry_after), "submit") == Retry(retry_after)


def test_pauses_double_from_half_a_second_to_eight() -> None:
    assert [CALL.pause(retries, 0.0) for retries in (0, 1, 2, 3, 4, 5, 20)] == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    assert [CALL.pause(retries, 1.0) for retries in (0, 1, 2, 3, 4, 5, 20)] == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0]


def test_the_longest_pause_a_service_may_ask_for_is_a_minute() -> None:
    failure = Failure(Outcome.REFUSED_WITHOUT_WORK, retry_after=60.0)
    assert _decide(failure, "submit", remaining=60.1) == Retry(60.0)
    assert isinstance(_decide(failure.replace(retry_after=60.1), "submit"), Stop)


def test_a_call_begins_without_a_history() -> None:
    assert History() == History(retries=0, spent_once=False)
    assert Failure(Outcome.UNKNOWN) == Failure(Outcome.UNKNOWN, once=False, retry_after=None)
    assert isinstance(_decide(Failure(Outcome.NEVER_DELIVERED), "query", max_retries=1), Retry)


@given(st.integers(0, 10**9), st.floats(0, 1))
def test_every_pause_is_bounded_and_at_least_half_of_what_it_grew_to(retries: int, jitter: float) -> None:
    grown = min(0.5 * 2 ** min(retries, 40), CALL.longest)
    assert grown / 2 <= CALL.pause(retries, jitter) <= grown


@given(
    outcome=st.sampled_from(Outcome),
    once=st.booleans(),
    retry_after=st.none() | st.floats(0, 1e18),
    retries=st.integers(0, 5),
    spent=st.booleans(),
    remaining=st.floats(0, 1000),
)
def test_no_history_makes_a_paid_call_of_unknown_outcome_go_out_again(
    outcome: Outcome, once: bool, retry_after: float | None, retries: int, spent: bool, remaining: float
) -> None:
    failure, history = Failure(outcome, once, retry_after), History(retries, spent)
    decision = _decide(failure, "submit", history, remaining=remaining)
    if isinstance(decision, Retry):
        assert outcome in {Outcome.NEVER_DELIVERED, Outcome.REFUSED_WITHOUT_WORK}
        assert 0 <= decision.delay < remaining
        assert decision.delay <= LONGEST_RETRY_AFTER


@pytest.mark.parametrize(
    "value, seconds",
    [
        (None, None),
        ("0", 0.0),
        (" 5 ", 5.0),
        ("1.5", 1.5),
        ("61", 61.0),
        ("999999999999999999", 999999999999999999.0),
        ("-10", None),
        ("+5", None),
        ("1e35", None),
        ("inf", None),
        ("nan", None),
        ("0x10", None),
        ("٣", None),
        ("", None),
        ("soon", None),
        ("1, 2", None),
        ("9" * 400, 1e18),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        ("Sun Nov  6 08:49:37 1994", 0.0),
        ("Mon, 99 Foo 2026 00:00:00 GMT", None),
        ("Fri, 01 Jan 100000 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_breaks_the_parser(value: str) -> None:
    seconds = parse_retry_after(value, NOW)
    assert seconds is None or (seconds >= 0 and math.isfinite(seconds))


def test_the_generator_and_the_runtime_agree_on_the_statuses_that_are_sent_again() -> None:
    by_outcome = {outcome: {code for code in range(400, 500) if by_status(code) is outcome} for outcome in Outcome}
    assert by_outcome[Outcome.REFUSED_WITHOUT_WORK] == http_errors.WITHOUT_WORK
    assert by_outcome[Outcome.UNKNOWN] == {http_errors.UNCERTAIN}
