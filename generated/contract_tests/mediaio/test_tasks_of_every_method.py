# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of MediaIO: a task goes on where replies are not quite as documented."""

from __future__ import annotations

import pytest

from ..oracle import Bend, as_text, exact, get, put, with_nulls, with_unknown_fields
from ..rows import TASK_ID, Life, Reply
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

LIVES = (
    Life(
        test_image_to_image_nano_banana.ENDPOINT,
        test_image_to_image_nano_banana.SMALLEST,
        test_image_to_image_nano_banana.POLL,
        test_image_to_image_nano_banana.POLL_CALL,
        test_image_to_image_nano_banana.RESULT,
        test_image_to_image_nano_banana.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_image_nano_banana_pro.ENDPOINT,
        test_image_to_image_nano_banana_pro.SMALLEST,
        test_image_to_image_nano_banana_pro.POLL,
        test_image_to_image_nano_banana_pro.POLL_CALL,
        test_image_to_image_nano_banana_pro.RESULT,
        test_image_to_image_nano_banana_pro.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_text_to_image_imagen_4.ENDPOINT,
        test_text_to_image_imagen_4.SMALLEST,
        test_text_to_image_imagen_4.POLL,
        test_text_to_image_imagen_4.POLL_CALL,
        test_text_to_image_imagen_4.RESULT,
        test_text_to_image_imagen_4.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_kling_2_1.ENDPOINT,
        test_image_to_video_kling_2_1.SMALLEST,
        test_image_to_video_kling_2_1.POLL,
        test_image_to_video_kling_2_1.POLL_CALL,
        test_image_to_video_kling_2_1.RESULT,
        test_image_to_video_kling_2_1.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_kling_2_5_turbo.ENDPOINT,
        test_image_to_video_kling_2_5_turbo.SMALLEST,
        test_image_to_video_kling_2_5_turbo.POLL,
        test_image_to_video_kling_2_5_turbo.POLL_CALL,
        test_image_to_video_kling_2_5_turbo.RESULT,
        test_image_to_video_kling_2_5_turbo.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_kling_2_6.ENDPOINT,
        test_image_to_video_kling_2_6.SMALLEST,
        test_image_to_video_kling_2_6.POLL,
        test_image_to_video_kling_2_6.POLL_CALL,
        test_image_to_video_kling_2_6.RESULT,
        test_image_to_video_kling_2_6.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_kling_3_0.ENDPOINT,
        test_image_to_video_kling_3_0.SMALLEST,
        test_image_to_video_kling_3_0.POLL,
        test_image_to_video_kling_3_0.POLL_CALL,
        test_image_to_video_kling_3_0.RESULT,
        test_image_to_video_kling_3_0.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_motion_control_kling_2_6.ENDPOINT,
        test_image_to_video_motion_control_kling_2_6.SMALLEST,
        test_image_to_video_motion_control_kling_2_6.POLL,
        test_image_to_video_motion_control_kling_2_6.POLL_CALL,
        test_image_to_video_motion_control_kling_2_6.RESULT,
        test_image_to_video_motion_control_kling_2_6.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_hailuo_02.ENDPOINT,
        test_image_to_video_hailuo_02.SMALLEST,
        test_image_to_video_hailuo_02.POLL,
        test_image_to_video_hailuo_02.POLL_CALL,
        test_image_to_video_hailuo_02.RESULT,
        test_image_to_video_hailuo_02.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_hailuo_2_3.ENDPOINT,
        test_image_to_video_hailuo_2_3.SMALLEST,
        test_image_to_video_hailuo_2_3.POLL,
        test_image_to_video_hailuo_2_3.POLL_CALL,
        test_image_to_video_hailuo_2_3.RESULT,
        test_image_to_video_hailuo_2_3.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_image_seedream_4_0.ENDPOINT,
        test_image_to_image_seedream_4_0.SMALLEST,
        test_image_to_image_seedream_4_0.POLL,
        test_image_to_image_seedream_4_0.POLL_CALL,
        test_image_to_image_seedream_4_0.RESULT,
        test_image_to_image_seedream_4_0.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_text_to_image_soul_character.ENDPOINT,
        test_text_to_image_soul_character.SMALLEST,
        test_text_to_image_soul_character.POLL,
        test_text_to_image_soul_character.POLL_CALL,
        test_text_to_image_soul_character.RESULT,
        test_text_to_image_soul_character.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_google_veo_3_1.ENDPOINT,
        test_image_to_video_google_veo_3_1.SMALLEST,
        test_image_to_video_google_veo_3_1.POLL,
        test_image_to_video_google_veo_3_1.POLL_CALL,
        test_image_to_video_google_veo_3_1.RESULT,
        test_image_to_video_google_veo_3_1.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_google_veo_3_1_fast.ENDPOINT,
        test_image_to_video_google_veo_3_1_fast.SMALLEST,
        test_image_to_video_google_veo_3_1_fast.POLL,
        test_image_to_video_google_veo_3_1_fast.POLL_CALL,
        test_image_to_video_google_veo_3_1_fast.RESULT,
        test_image_to_video_google_veo_3_1_fast.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_vidu_q2.ENDPOINT,
        test_image_to_video_vidu_q2.SMALLEST,
        test_image_to_video_vidu_q2.POLL,
        test_image_to_video_vidu_q2.POLL_CALL,
        test_image_to_video_vidu_q2.RESULT,
        test_image_to_video_vidu_q2.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_vidu_q3.ENDPOINT,
        test_image_to_video_vidu_q3.SMALLEST,
        test_image_to_video_vidu_q3.POLL,
        test_image_to_video_vidu_q3.POLL_CALL,
        test_image_to_video_vidu_q3.RESULT,
        test_image_to_video_vidu_q3.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_text_to_video_vidu_q3.ENDPOINT,
        test_text_to_video_vidu_q3.SMALLEST,
        test_text_to_video_vidu_q3.POLL,
        test_text_to_video_vidu_q3.POLL_CALL,
        test_text_to_video_vidu_q3.RESULT,
        test_text_to_video_vidu_q3.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_wan_2_2.ENDPOINT,
        test_image_to_video_wan_2_2.SMALLEST,
        test_image_to_video_wan_2_2.POLL,
        test_image_to_video_wan_2_2.POLL_CALL,
        test_image_to_video_wan_2_2.RESULT,
        test_image_to_video_wan_2_2.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_wan_2_5.ENDPOINT,
        test_image_to_video_wan_2_5.SMALLEST,
        test_image_to_video_wan_2_5.POLL,
        test_image_to_video_wan_2_5.POLL_CALL,
        test_image_to_video_wan_2_5.RESULT,
        test_image_to_video_wan_2_5.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_image_to_video_wan_2_6.ENDPOINT,
        test_image_to_video_wan_2_6.SMALLEST,
        test_image_to_video_wan_2_6.POLL,
        test_image_to_video_wan_2_6.POLL_CALL,
        test_image_to_video_wan_2_6.RESULT,
        test_image_to_video_wan_2_6.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_text_to_video_wan_2_5.ENDPOINT,
        test_text_to_video_wan_2_5.SMALLEST,
        test_text_to_video_wan_2_5.POLL,
        test_text_to_video_wan_2_5.POLL_CALL,
        test_text_to_video_wan_2_5.RESULT,
        test_text_to_video_wan_2_5.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
    Life(
        test_text_to_video_wan_2_6.ENDPOINT,
        test_text_to_video_wan_2_6.SMALLEST,
        test_text_to_video_wan_2_6.POLL,
        test_text_to_video_wan_2_6.POLL_CALL,
        test_text_to_video_wan_2_6.RESULT,
        test_text_to_video_wan_2_6.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        False,
    ),
)


@pytest.mark.parametrize("life", LIVES, ids=name_of)
@pytest.mark.parametrize("bent", [with_unknown_fields, with_nulls])
def test_replies_with_more_or_less_in_them_than_documented_will_do(stage: Stage, life: Life, bent: Bend) -> None:
    task = stage.send(life.endpoint, life.call, Reply(life.endpoint.status, bent(life.endpoint.reply, life.needed)))
    stage.answers(life.poll, life.poll_call, Reply(life.poll.status, bent(life.poll.reply, life.needed)))
    result = stage.finish(task.wait())
    assert (task.id, task.status.value, result.urls) == (TASK_ID, "succeeded", life.urls)


@pytest.mark.parametrize("life", LIVES, ids=name_of)
def test_a_status_of_null_is_waited_for(stage: Stage, life: Life) -> None:
    task = stage.send(life.endpoint, life.call)
    silent = Reply(life.poll.status, put(life.poll.reply, life.status_at, None))
    stage.answers(life.poll, life.poll_call, silent, Reply(life.poll.status, life.poll.reply))
    stage.finish(task.refresh())
    assert (task.status.value, task.raw_status) == ("unknown", None)
    assert stage.finish(task.wait()).urls == life.urls


@pytest.mark.parametrize("life", LIVES, ids=name_of)
def test_a_result_that_breaks_its_schema_is_kept_with_its_files(stage: Stage, life: Life) -> None:
    broken = life.result
    for place in life.places:
        broken = put(broken, place, {"canary": get(broken, place)})
    said = put(life.poll.reply, life.result_at, as_text(broken) if life.as_text else broken)
    task = stage.send(life.endpoint, life.call)
    stage.answers(life.poll, life.poll_call, Reply(life.poll.status, said))
    result = stage.finish(task.wait())
    assert (result.urls, exact(result.raw)) == (life.urls, exact(broken))
