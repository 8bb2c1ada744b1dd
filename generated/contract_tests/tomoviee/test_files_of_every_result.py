# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of Tomoviee: the files of a result are of the kind it promises, from the hosts it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from wondergen import DownloadError

from ..files import KINDS, OTHERS, SAMPLES, handed_out
from ..rows import Made, Reply
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

RESULTS = (
    Made(
        test_image_to_video.ENDPOINT,
        test_image_to_video.SMALLEST,
        test_image_to_video.POLL,
        test_image_to_video.POLL_CALL,
        "video",
        True,
        "files.example.com",
    ),
    Made(
        test_image_redrawing.ENDPOINT,
        test_image_redrawing.SMALLEST,
        test_image_redrawing.POLL,
        test_image_redrawing.POLL_CALL,
        "image",
        True,
        "files.example.com",
    ),
    Made(
        test_image_to_image.ENDPOINT,
        test_image_to_image.SMALLEST,
        test_image_to_image.POLL,
        test_image_to_image.POLL_CALL,
        "image",
        True,
        "files.example.com",
    ),
    Made(
        test_image_recognition.ENDPOINT,
        test_image_recognition.SMALLEST,
        test_image_recognition.POLL,
        test_image_recognition.POLL_CALL,
        "image",
        True,
        "files.example.com",
    ),
    Made(
        test_first_last_frame_to_video.ENDPOINT,
        test_first_last_frame_to_video.SMALLEST,
        test_first_last_frame_to_video.POLL,
        test_first_last_frame_to_video.POLL_CALL,
        "video",
        True,
        "files.example.com",
    ),
    Made(
        test_text_to_music.ENDPOINT,
        test_text_to_music.SMALLEST,
        test_text_to_music.POLL,
        test_text_to_music.POLL_CALL,
        "audio",
        True,
        "files.example.com",
    ),
    Made(
        test_text_to_sound_effect.ENDPOINT,
        test_text_to_sound_effect.SMALLEST,
        test_text_to_sound_effect.POLL,
        test_text_to_sound_effect.POLL_CALL,
        "audio",
        True,
        "files.example.com",
    ),
    Made(
        test_text_to_speech.ENDPOINT,
        test_text_to_speech.SMALLEST,
        test_text_to_speech.POLL,
        test_text_to_speech.POLL_CALL,
        "audio",
        True,
        "files.example.com",
    ),
    Made(
        test_text_to_video.ENDPOINT,
        test_text_to_video.SMALLEST,
        test_text_to_video.POLL,
        test_text_to_video.POLL_CALL,
        "video",
        True,
        "files.example.com",
    ),
    Made(
        test_video_continuation.ENDPOINT,
        test_video_continuation.SMALLEST,
        test_video_continuation.POLL,
        test_video_continuation.POLL_CALL,
        "video",
        True,
        "files.example.com",
    ),
    Made(
        test_video_soundtrack.ENDPOINT,
        test_video_soundtrack.SMALLEST,
        test_video_soundtrack.POLL,
        test_video_soundtrack.POLL_CALL,
        "audio",
        True,
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


@pytest.mark.parametrize("made", [made for made in RESULTS if made.placed], ids=name_of)
def test_a_file_of_another_kind_is_not_kept(stage: Stage, tmp_path: Path, made: Made) -> None:
    result = result_of(stage, made, made.host)
    with handed_out(stage, SAMPLES[OTHERS[made.media]]), pytest.raises(DownloadError):
        stage.finish(result.save(tmp_path))
    assert list(tmp_path.iterdir()) == []
