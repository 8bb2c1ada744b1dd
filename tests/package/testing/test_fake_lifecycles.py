"""A fake plays the whole life of a task, and every ending that the catalog knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wondergen import (
    APIError,
    ConnectFailed,
    ContentRejected,
    InsufficientCredits,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    TaskCancelled,
    TaskFailed,
    TaskStatus,
    TaskTimedOut,
    WaitTimeout,
    WondergenError,
)
from wondergen.testing import Fake

from tests.chosen_operations import CREDITS, DIAGRAM, FROM_IMAGE, PICTURE, SOUND, VIDEO, Example
from tests.package.testing.conftest import Harness

PROMPT = "A lighthouse at dusk"


def test_a_task_succeeds_at_the_second_poll_where_nothing_is_planned(fake: Fake, harness: Harness) -> None:
    video = harness.waited(VIDEO.call(harness.client(VIDEO), PROMPT))
    assert len(VIDEO.report.of(fake).calls) == 2
    assert video.urls == [f"https://fake-files.{VIDEO.service}.example/{VIDEO.words[-1]}-1-1.mp4"]


def test_a_task_succeeds_at_the_poll_that_is_planned(fake: Fake, harness: Harness) -> None:
    VIDEO.of(fake).succeeds(after=4)
    task = harness.run(VIDEO.call(harness.client(VIDEO), PROMPT))
    seen = []
    harness.run(task.wait(on_update=lambda it: seen.append((it.status, it.progress))))
    assert [status for status, _ in seen] == [TaskStatus.QUEUED, *[TaskStatus.RUNNING] * 2, TaskStatus.SUCCEEDED]
    assert [progress for _, progress in seen] == [0, 25, 50, 100]


def test_a_result_has_as_many_files_and_the_fields_that_are_planned(fake: Fake, harness: Harness) -> None:
    SOUND.of(fake).succeeds(files=3)
    VIDEO.of(fake).succeeds(result={VIDEO.files: ["https://cdn.example/mine.mp4"]})
    client = harness.client(VIDEO)
    assert len(harness.waited(SOUND.of(client)(PROMPT, duration=SOUND.least("duration"), qty=2)).urls) == 3
    assert harness.waited(VIDEO.call(client, PROMPT)).urls == ["https://cdn.example/mine.mp4"]


SAVED: list[tuple[Example, dict[str, Any], list[str]]] = [
    (VIDEO, {}, [".mp4"]),
    (SOUND, {"duration": SOUND.least("duration"), "qty": 1}, [".mp3"]),
    (PICTURE, {}, [".png"]),
    (DIAGRAM, {}, [".png", ".svg"]),
]


@pytest.mark.parametrize("operation, more, suffixes", SAVED)
def test_every_kind_of_file_can_be_saved(
    fake: Fake, harness: Harness, tmp_path: Path, operation: Example, more: dict[str, Any], suffixes: list[str]
) -> None:
    made = harness.run(operation.call(harness.client(operation), PROMPT, **more))
    result = harness.run(made.wait()) if hasattr(made, "wait") else made
    saved = harness.run(result.save(tmp_path))
    assert [path.suffix for path in saved] == suffixes
    assert all(path.stat().st_size > 20 for path in saved)
    assert fake.downloads == result.urls


ENDINGS: list[tuple[Callable[[Any], Any], type[WondergenError], str]] = [
    (lambda planned: planned.fails(reason="too dark"), TaskFailed, "too dark"),
    (lambda planned: planned.cancelled(), TaskCancelled, "was cancelled"),
    (lambda planned: planned.times_out(), TaskTimedOut, "timed out at the service"),
    (lambda planned: planned.unknown_status("weird"), WaitTimeout, "is unknown after 600 s"),
    (lambda planned: planned.refuses(413), APIError, "A file is too large"),
    (lambda planned: planned.rate_limited(times=3), RateLimited, "429"),
    (lambda planned: planned.garbled(), OutcomeUnknown, "not JSON"),
    (lambda planned: planned.disconnects(), OutcomeUnknown, "disconnected"),
    (lambda planned: planned.unreachable(), ConnectFailed, "cannot be reached"),
    (lambda planned: planned.slow(200), OutcomeUnknown, "ReadTimeout"),
]


@pytest.mark.parametrize("plan, error, words", ENDINGS)
def test_whatever_goes_wrong_can_be_planned(
    fake: Fake, harness: Harness, plan: Callable[[Any], Any], error: type[WondergenError], words: str
) -> None:
    plan(VIDEO.of(fake))
    with pytest.raises(error, match=words):
        harness.waited(VIDEO.call(harness.client(VIDEO), PROMPT))


def test_plans_are_served_in_their_order_one_a_call(fake: Fake, harness: Harness) -> None:
    FROM_IMAGE.of(fake).succeeds().fails().times_out()
    client = harness.client(PICTURE)
    endings: list[type[WondergenError] | None] = []
    for _ in range(4):
        try:
            harness.waited(FROM_IMAGE.of(client)(PROMPT, image="https://a.example/b.png"))
        except WondergenError as error:
            endings.append(type(error))
        else:
            endings.append(None)
    assert endings == [None, TaskFailed, TaskTimedOut, None]


def test_a_report_may_carry_a_documented_code(fake: Fake, harness: Harness) -> None:
    code = PICTURE.code(error="InsufficientCredits")
    PICTURE.of(fake).fails(code=code)
    with pytest.raises(InsufficientCredits, match=PICTURE.meaning(code)):
        harness.waited(PICTURE.of(harness.client(PICTURE))(PROMPT))


def test_an_unknown_status_may_pass(fake: Fake, harness: Harness) -> None:
    VIDEO.of(fake).unknown_status("weird", polls=2)
    task = harness.run(VIDEO.call(harness.client(VIDEO), PROMPT))
    seen: list[object] = []
    harness.run(task.wait(on_update=lambda it: seen.append(it.raw_status)))
    assert seen == ["weird", VIDEO.status("succeeded")]


def test_too_many_calls_are_over_after_a_while(fake: Fake, harness: Harness) -> None:
    VIDEO.of(fake).rate_limited(times=2, retry_after=7)
    harness.waited(VIDEO.call(harness.client(VIDEO), PROMPT))
    assert len(VIDEO.of(fake).calls) == 3
    assert fake.clock.sleeps[:2] == [7, 7]


def test_too_many_calls_are_told_as_the_documents_say(fake: Fake, harness: Harness) -> None:
    code = DIAGRAM.refusal("RateLimited", 429)
    DIAGRAM.of(fake).rate_limited(times=None)
    with pytest.raises(RateLimited) as caught:
        harness.run(DIAGRAM.call(harness.client(DIAGRAM), PROMPT))
    assert (caught.value.code, caught.value.http_status) == (str(code), 200)


def test_a_refusal_holds_for_every_attempt_of_one_call(fake: Fake, harness: Harness) -> None:
    code = DIAGRAM.code(error="ServerError", retry="once")
    DIAGRAM.of(fake).refuses(code)
    client = harness.client(DIAGRAM)
    with pytest.raises(APIError, match=DIAGRAM.meaning(code)):
        harness.run(DIAGRAM.call(client, PROMPT))
    assert len(DIAGRAM.of(fake).calls) == 2, "the code allows one attempt more"
    harness.run(DIAGRAM.call(client, PROMPT))


def test_every_documented_code_can_be_planned(fake: Fake, harness: Harness) -> None:
    client = harness.client(DIAGRAM, max_retries=0)
    codes = DIAGRAM.codes()
    assert codes
    for code in codes:
        DIAGRAM.of(fake).refuses(code)
    seen = []
    for _ in codes:
        with pytest.raises(APIError) as caught:
            harness.run(DIAGRAM.call(client, PROMPT))
        seen.append(caught.value.code)
    assert seen == codes


def test_a_status_of_a_documented_range_can_be_planned(fake: Fake, harness: Harness) -> None:
    CREDITS.of(fake).refuses(418)
    with pytest.raises(APIError) as caught:
        harness.run(CREDITS.of(harness.client(CREDITS))())
    assert caught.value.http_status == 418


def test_polls_have_plans_of_their_own(fake: Fake, harness: Harness) -> None:
    VIDEO.report.of(fake).garbled(times=1).rate_limited(times=1).disconnects(times=1)
    assert harness.waited(VIDEO.call(harness.client(VIDEO), PROMPT)).urls
    assert len(VIDEO.report.of(fake).calls) == 5


def test_a_query_is_answered_with_the_fields_that_are_planned(fake: Fake, harness: Harness) -> None:
    CREDITS.of(fake).returns(credits=5)
    assert harness.run(CREDITS.of(harness.client(CREDITS))()).credits == 5


def test_a_report_can_be_planned_by_itself(fake: Fake, harness: Harness) -> None:
    VIDEO.report.of(fake).returns(progress=40.5)
    report = harness.run(VIDEO.report.of(harness.client(VIDEO))("any"))
    assert (report.status, report.progress) == (VIDEO.status("running"), 40.5)


def test_a_call_that_answers_at_once_can_be_refused_and_planned(fake: Fake, harness: Harness) -> None:
    DIAGRAM.of(fake).refuses(DIAGRAM.code(error="ContentRejected")).returns(**{DIAGRAM.text: "graph TD; a-->b"})
    client = harness.client(DIAGRAM)
    with pytest.raises(ContentRejected):
        harness.run(DIAGRAM.call(client, PROMPT))
    assert getattr(harness.run(DIAGRAM.call(client, PROMPT)), DIAGRAM.text) == "graph TD; a-->b"


def test_a_task_of_another_process_can_be_resumed(fake: Fake, harness: Harness) -> None:
    VIDEO.of(fake).has_task("task-of-yesterday", after=1)
    assert harness.run(harness.client(VIDEO).resume("task-of-yesterday").wait()).urls


def test_a_task_that_nobody_started_is_not_found_where_a_code_says_so(fake: Fake, harness: Harness) -> None:
    with pytest.raises(NotFound, match=str(PICTURE.report.code(error="NotFound"))):
        harness.run(harness.client(PICTURE).resume("no-such-task").refresh())


def test_slow_and_what_comes_then_are_one_reply(fake: Fake, harness: Harness) -> None:
    VIDEO.of(fake).slow(30).fails(reason="tired", after=1)
    with pytest.raises(TaskFailed, match="tired"):
        harness.waited(VIDEO.call(harness.client(VIDEO), PROMPT))
    assert 30 < fake.clock.elapsed < 40
