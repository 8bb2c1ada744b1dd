# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of MediaIO that is the same for every method: time, headers of one call, the journal."""

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
    test_credits,
    test_image_to_image_nano_banana,
    test_image_to_image_nano_banana_pro,
    test_image_to_image_seedream_4_0,
    test_image_to_video_google_veo_3_1,
    test_image_to_video_google_veo_3_1_fast,
    test_image_to_video_hailuo_02,
    test_image_to_video_hailuo_2_3,
    test_image_to_video_kling_2_1,
    test_image_to_video_kling_2_5_turbo,
    test_image_to_video_kling_2_6,
    test_image_to_video_kling_3_0,
    test_image_to_video_motion_control_kling_2_6,
    test_image_to_video_vidu_q2,
    test_image_to_video_vidu_q3,
    test_image_to_video_wan_2_2,
    test_image_to_video_wan_2_5,
    test_image_to_video_wan_2_6,
    test_task_result,
    test_text_to_image_imagen_4,
    test_text_to_image_soul_character,
    test_text_to_video_vidu_q3,
    test_text_to_video_wan_2_5,
    test_text_to_video_wan_2_6,
)

METHODS = (
    Method(test_image_to_image_nano_banana.ENDPOINT, test_image_to_image_nano_banana.SMALLEST, 120.0, "accepted"),
    Method(
        test_image_to_image_nano_banana_pro.ENDPOINT, test_image_to_image_nano_banana_pro.SMALLEST, 120.0, "accepted"
    ),
    Method(test_text_to_image_imagen_4.ENDPOINT, test_text_to_image_imagen_4.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_video_kling_2_1.ENDPOINT, test_image_to_video_kling_2_1.SMALLEST, 120.0, "accepted"),
    Method(
        test_image_to_video_kling_2_5_turbo.ENDPOINT, test_image_to_video_kling_2_5_turbo.SMALLEST, 120.0, "accepted"
    ),
    Method(test_image_to_video_kling_2_6.ENDPOINT, test_image_to_video_kling_2_6.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_video_kling_3_0.ENDPOINT, test_image_to_video_kling_3_0.SMALLEST, 120.0, "accepted"),
    Method(
        test_image_to_video_motion_control_kling_2_6.ENDPOINT,
        test_image_to_video_motion_control_kling_2_6.SMALLEST,
        120.0,
        "accepted",
    ),
    Method(test_image_to_video_hailuo_02.ENDPOINT, test_image_to_video_hailuo_02.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_video_hailuo_2_3.ENDPOINT, test_image_to_video_hailuo_2_3.SMALLEST, 120.0, "accepted"),
    Method(test_task_result.ENDPOINT, test_task_result.SMALLEST, 30.0, None),
    Method(test_image_to_image_seedream_4_0.ENDPOINT, test_image_to_image_seedream_4_0.SMALLEST, 120.0, "accepted"),
    Method(test_text_to_image_soul_character.ENDPOINT, test_text_to_image_soul_character.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_video_google_veo_3_1.ENDPOINT, test_image_to_video_google_veo_3_1.SMALLEST, 120.0, "accepted"),
    Method(
        test_image_to_video_google_veo_3_1_fast.ENDPOINT,
        test_image_to_video_google_veo_3_1_fast.SMALLEST,
        120.0,
        "accepted",
    ),
    Method(test_image_to_video_vidu_q2.ENDPOINT, test_image_to_video_vidu_q2.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_video_vidu_q3.ENDPOINT, test_image_to_video_vidu_q3.SMALLEST, 120.0, "accepted"),
    Method(test_text_to_video_vidu_q3.ENDPOINT, test_text_to_video_vidu_q3.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_video_wan_2_2.ENDPOINT, test_image_to_video_wan_2_2.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_video_wan_2_5.ENDPOINT, test_image_to_video_wan_2_5.SMALLEST, 120.0, "accepted"),
    Method(test_image_to_video_wan_2_6.ENDPOINT, test_image_to_video_wan_2_6.SMALLEST, 120.0, "accepted"),
    Method(test_text_to_video_wan_2_5.ENDPOINT, test_text_to_video_wan_2_5.SMALLEST, 120.0, "accepted"),
    Method(test_text_to_video_wan_2_6.ENDPOINT, test_text_to_video_wan_2_6.SMALLEST, 120.0, "accepted"),
    Method(test_credits.ENDPOINT, test_credits.SMALLEST, 30.0, None),
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
