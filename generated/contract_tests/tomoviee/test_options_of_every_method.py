# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of Tomoviee that is the same for every method: time, headers of one call, the journal."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ..rows import Method
from ..support import Stage, request_of
from ..tables import name_of
from . import (
    test_first_last_frame_to_video,
    test_image_recognition,
    test_image_redrawing,
    test_image_to_image,
    test_image_to_video,
    test_task_result,
    test_text_to_music,
    test_text_to_sound_effect,
    test_text_to_speech,
    test_text_to_video,
    test_video_continuation,
    test_video_soundtrack,
)

METHODS = (
    Method(test_image_to_video.ENDPOINT, test_image_to_video.SMALLEST, 120.0, "accepted"),
    Method(test_image_redrawing.ENDPOINT, test_image_redrawing.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_image.ENDPOINT, test_image_to_image.SMALLEST, 120.0, "accepted"),
    Method(test_image_recognition.ENDPOINT, test_image_recognition.SMALLEST, 120.0, "accepted"),
    Method(test_first_last_frame_to_video.ENDPOINT, test_first_last_frame_to_video.SMALLEST, 120.0, "accepted"),
    Method(test_text_to_music.ENDPOINT, test_text_to_music.SMALLEST, 120.0, "accepted"),
    Method(test_text_to_sound_effect.ENDPOINT, test_text_to_sound_effect.SMALLEST, 120.0, "accepted"),
    Method(test_text_to_speech.ENDPOINT, test_text_to_speech.SMALLEST, 120.0, "accepted"),
    Method(test_text_to_video.ENDPOINT, test_text_to_video.SMALLEST, 120.0, "accepted"),
    Method(test_video_continuation.ENDPOINT, test_video_continuation.SMALLEST, 120.0, "accepted"),
    Method(test_video_soundtrack.ENDPOINT, test_video_soundtrack.SMALLEST, 120.0, "accepted"),
    Method(test_task_result.ENDPOINT, test_task_result.SMALLEST, 30.0, None),
)


@pytest.mark.parametrize("method", METHODS, ids=name_of)
def test_an_attempt_ends_in_time(stage: Stage, method: Method) -> None:
    stage.send(method.endpoint, method.call)
    stage.call(method.endpoint, {**method.call.arguments, "timeout": 7})
    assert stage.seconds == [method.seconds, 7.0]


@pytest.mark.parametrize("method", METHODS, ids=name_of)
def test_a_header_of_one_call_is_sent(stage: Stage, method: Method) -> None:
    stage.answers(method.endpoint, method.call)
    stage.call(method.endpoint, {**method.call.arguments, "extra_headers": {"X-Canary": "call"}})
    plain = request_of(method.endpoint, method.call)
    assert stage.sent == [dataclasses.replace(plain, headers={**plain.headers, "x-canary": "call"})]


@pytest.mark.parametrize("method", METHODS, ids=name_of)
def test_what_is_paid_for_is_in_the_journal(make: Callable[..., Stage], tmp_path: Path, method: Method) -> None:
    make(journal=tmp_path / "journal.db").send(method.endpoint, method.call)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as journal:
        noted = journal.execute("SELECT operation, state FROM runs").fetchall()
    assert noted == ([] if method.journal is None else [(method.endpoint.name, method.journal)])
