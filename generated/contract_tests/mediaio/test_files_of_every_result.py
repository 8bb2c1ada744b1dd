# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of MediaIO: the files of a result are of the kind it promises, from the hosts it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..files import KINDS, SAMPLES, handed_out
from ..rows import Made, Reply
from ..support import Stage
from ..tables import name_of
from . import (
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
    test_text_to_image_imagen_4,
    test_text_to_image_soul_character,
    test_text_to_video_vidu_q3,
    test_text_to_video_wan_2_5,
    test_text_to_video_wan_2_6,
)

RESULTS = (
    Made(
        test_image_to_image_nano_banana.ENDPOINT,
        test_image_to_image_nano_banana.SMALLEST,
        test_image_to_image_nano_banana.POLL,
        test_image_to_image_nano_banana.POLL_CALL,
        "image",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_image_nano_banana_pro.ENDPOINT,
        test_image_to_image_nano_banana_pro.SMALLEST,
        test_image_to_image_nano_banana_pro.POLL,
        test_image_to_image_nano_banana_pro.POLL_CALL,
        "image",
        False,
        "files.example.com",
    ),
    Made(
        test_text_to_image_imagen_4.ENDPOINT,
        test_text_to_image_imagen_4.SMALLEST,
        test_text_to_image_imagen_4.POLL,
        test_text_to_image_imagen_4.POLL_CALL,
        "image",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_kling_2_1.ENDPOINT,
        test_image_to_video_kling_2_1.SMALLEST,
        test_image_to_video_kling_2_1.POLL,
        test_image_to_video_kling_2_1.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_kling_2_5_turbo.ENDPOINT,
        test_image_to_video_kling_2_5_turbo.SMALLEST,
        test_image_to_video_kling_2_5_turbo.POLL,
        test_image_to_video_kling_2_5_turbo.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_kling_2_6.ENDPOINT,
        test_image_to_video_kling_2_6.SMALLEST,
        test_image_to_video_kling_2_6.POLL,
        test_image_to_video_kling_2_6.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_kling_3_0.ENDPOINT,
        test_image_to_video_kling_3_0.SMALLEST,
        test_image_to_video_kling_3_0.POLL,
        test_image_to_video_kling_3_0.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_motion_control_kling_2_6.ENDPOINT,
        test_image_to_video_motion_control_kling_2_6.SMALLEST,
        test_image_to_video_motion_control_kling_2_6.POLL,
        test_image_to_video_motion_control_kling_2_6.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_hailuo_02.ENDPOINT,
        test_image_to_video_hailuo_02.SMALLEST,
        test_image_to_video_hailuo_02.POLL,
        test_image_to_video_hailuo_02.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_hailuo_2_3.ENDPOINT,
        test_image_to_video_hailuo_2_3.SMALLEST,
        test_image_to_video_hailuo_2_3.POLL,
        test_image_to_video_hailuo_2_3.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_image_seedream_4_0.ENDPOINT,
        test_image_to_image_seedream_4_0.SMALLEST,
        test_image_to_image_seedream_4_0.POLL,
        test_image_to_image_seedream_4_0.POLL_CALL,
        "image",
        False,
        "files.example.com",
    ),
    Made(
        test_text_to_image_soul_character.ENDPOINT,
        test_text_to_image_soul_character.SMALLEST,
        test_text_to_image_soul_character.POLL,
        test_text_to_image_soul_character.POLL_CALL,
        "image",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_google_veo_3_1.ENDPOINT,
        test_image_to_video_google_veo_3_1.SMALLEST,
        test_image_to_video_google_veo_3_1.POLL,
        test_image_to_video_google_veo_3_1.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_google_veo_3_1_fast.ENDPOINT,
        test_image_to_video_google_veo_3_1_fast.SMALLEST,
        test_image_to_video_google_veo_3_1_fast.POLL,
        test_image_to_video_google_veo_3_1_fast.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_vidu_q2.ENDPOINT,
        test_image_to_video_vidu_q2.SMALLEST,
        test_image_to_video_vidu_q2.POLL,
        test_image_to_video_vidu_q2.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_vidu_q3.ENDPOINT,
        test_image_to_video_vidu_q3.SMALLEST,
        test_image_to_video_vidu_q3.POLL,
        test_image_to_video_vidu_q3.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_text_to_video_vidu_q3.ENDPOINT,
        test_text_to_video_vidu_q3.SMALLEST,
        test_text_to_video_vidu_q3.POLL,
        test_text_to_video_vidu_q3.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_wan_2_2.ENDPOINT,
        test_image_to_video_wan_2_2.SMALLEST,
        test_image_to_video_wan_2_2.POLL,
        test_image_to_video_wan_2_2.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_wan_2_5.ENDPOINT,
        test_image_to_video_wan_2_5.SMALLEST,
        test_image_to_video_wan_2_5.POLL,
        test_image_to_video_wan_2_5.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_image_to_video_wan_2_6.ENDPOINT,
        test_image_to_video_wan_2_6.SMALLEST,
        test_image_to_video_wan_2_6.POLL,
        test_image_to_video_wan_2_6.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_text_to_video_wan_2_5.ENDPOINT,
        test_text_to_video_wan_2_5.SMALLEST,
        test_text_to_video_wan_2_5.POLL,
        test_text_to_video_wan_2_5.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
    Made(
        test_text_to_video_wan_2_6.ENDPOINT,
        test_text_to_video_wan_2_6.SMALLEST,
        test_text_to_video_wan_2_6.POLL,
        test_text_to_video_wan_2_6.POLL_CALL,
        "video",
        False,
        "files.example.com",
    ),
)


def result_of(stage: Stage, made: Made, host: str) -> Any:
    """The result of a call, with its files at a host."""
    answering = made.poll or made.endpoint
    reply = json.loads(json.dumps(answering.reply).replace(made.host, host))
    if made.poll is None or made.poll_call is None:
        return stage.send(made.endpoint, made.call, Reply(answering.status, reply))
    task = stage.send(made.endpoint, made.call)
    stage.answers(made.poll, made.poll_call, Reply(answering.status, reply))
    return stage.finish(task.wait())


@pytest.mark.parametrize("made", RESULTS, ids=name_of)
def test_a_file_of_the_promised_kind_is_saved(stage: Stage, tmp_path: Path, made: Made) -> None:
    result = result_of(stage, made, made.host)
    for kind in KINDS[made.media]:
        with handed_out(stage, SAMPLES[kind]) as asked:
            paths = stage.finish(result.save(tmp_path / kind))
        assert [headers["host"] for headers in asked] == [made.host] * len(result.urls)
        assert [(path.suffix, path.read_bytes()) for path in paths] == [(f".{kind}", SAMPLES[kind])] * len(result.urls)
        # Credentials are for the service alone.
        assert [name for headers in asked for name in headers if name in made.endpoint.headers] == []
