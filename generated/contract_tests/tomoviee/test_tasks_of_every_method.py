# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of Tomoviee: a task goes on where replies are not quite as documented."""

from __future__ import annotations

import pytest

from ..oracle import Bend, as_text, exact, get, put, with_nulls, with_unknown_fields
from ..rows import TASK_ID, Life, Reply
from ..support import Stage
from ..tables import name_of
from . import (
    test_first_last_frame_to_video,
    test_image_recognition,
    test_image_redrawing,
    test_image_to_image,
    test_image_to_video,
    test_text_to_music,
    test_text_to_sound_effect,
    test_text_to_speech,
    test_text_to_video,
    test_video_continuation,
    test_video_soundtrack,
)

LIVES = (
    Life(
        test_image_to_video.ENDPOINT,
        test_image_to_video.SMALLEST,
        test_image_to_video.POLL,
        test_image_to_video.POLL_CALL,
        test_image_to_video.RESULT,
        test_image_to_video.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_image_redrawing.ENDPOINT,
        test_image_redrawing.SMALLEST,
        test_image_redrawing.POLL,
        test_image_redrawing.POLL_CALL,
        test_image_redrawing.RESULT,
        test_image_redrawing.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_image_to_image.ENDPOINT,
        test_image_to_image.SMALLEST,
        test_image_to_image.POLL,
        test_image_to_image.POLL_CALL,
        test_image_to_image.RESULT,
        test_image_to_image.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_image_recognition.ENDPOINT,
        test_image_recognition.SMALLEST,
        test_image_recognition.POLL,
        test_image_recognition.POLL_CALL,
        test_image_recognition.RESULT,
        test_image_recognition.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_first_last_frame_to_video.ENDPOINT,
        test_first_last_frame_to_video.SMALLEST,
        test_first_last_frame_to_video.POLL,
        test_first_last_frame_to_video.POLL_CALL,
        test_first_last_frame_to_video.RESULT,
        test_first_last_frame_to_video.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_text_to_music.ENDPOINT,
        test_text_to_music.SMALLEST,
        test_text_to_music.POLL,
        test_text_to_music.POLL_CALL,
        test_text_to_music.RESULT,
        test_text_to_music.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_text_to_sound_effect.ENDPOINT,
        test_text_to_sound_effect.SMALLEST,
        test_text_to_sound_effect.POLL,
        test_text_to_sound_effect.POLL_CALL,
        test_text_to_sound_effect.RESULT,
        test_text_to_sound_effect.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_text_to_speech.ENDPOINT,
        test_text_to_speech.SMALLEST,
        test_text_to_speech.POLL,
        test_text_to_speech.POLL_CALL,
        test_text_to_speech.RESULT,
        test_text_to_speech.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_text_to_video.ENDPOINT,
        test_text_to_video.SMALLEST,
        test_text_to_video.POLL,
        test_text_to_video.POLL_CALL,
        test_text_to_video.RESULT,
        test_text_to_video.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_video_continuation.ENDPOINT,
        test_video_continuation.SMALLEST,
        test_video_continuation.POLL,
        test_video_continuation.POLL_CALL,
        test_video_continuation.RESULT,
        test_video_continuation.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
    ),
    Life(
        test_video_soundtrack.ENDPOINT,
        test_video_soundtrack.SMALLEST,
        test_video_soundtrack.POLL,
        test_video_soundtrack.POLL_CALL,
        test_video_soundtrack.RESULT,
        test_video_soundtrack.URLS,
        ("/code", "/data/task_id", "/data/status", "/data/result"),
        "/data/status",
        "/data/result",
        True,
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
