# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of Tomoviee.text_to_speech, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..oracle import exact
from ..rows import Call, Shown, at
from ..support import Stage, request_of
from ..tables import name_of
from .test_text_to_speech import ENDPOINT, POLL, POLL_CALL, SMALLEST

DOCUMENT = ""
OPERATION = "/paths/~1v1~1open~1capacity~1application~1tm_text2speech/post"

EXAMPLES = (
    Call(
        "documented-1",
        {"text": "The ferry leaves at nine.", "voice_id": "zh-CN-YunxiNeural"},
        "/v1/open/capacity/application/tm_text2speech",
        body={"text": "The ferry leaves at nine.", "voice_id": "zh-CN-YunxiNeural"},
        source=("tomoviee-video-scoring/references/audio_apis.md",),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-1"),
    ),
    Call(
        "documented-2",
        {"text": "The ferry leaves at nine.", "voice_id": "en-US-JennyNeural"},
        "/v1/open/capacity/application/tm_text2speech",
        body={"text": "The ferry leaves at nine.", "voice_id": "en-US-JennyNeural"},
        source=("tomoviee-video-scoring/references/audio_apis.md",),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-2"),
    ),
    Call(
        "documented-3",
        {"text": "The ferry leaves at nine.", "voice_id": "en-US-GuyNeural"},
        "/v1/open/capacity/application/tm_text2speech",
        body={"text": "The ferry leaves at nine.", "voice_id": "en-US-GuyNeural"},
        source=("tomoviee-video-scoring/references/audio_apis.md",),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-3"),
    ),
    Call(
        "documented-4",
        {"text": "The ferry leaves at nine."},
        "/v1/open/capacity/application/tm_text2speech",
        body={"text": "The ferry leaves at nine."},
        source=("tomoviee-video-scoring/references/audio_apis.md",),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-4"),
    ),
)

REPORTS = (
    Shown(
        "textToSpeech",
        {
            "code": 0,
            "data": {
                "progress": 100,
                "reason": "",
                "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                "status": 3,
            },
            "msg": "",
        },
        {"audio_path": ["https://files.example.org/1.mp3"]},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        urls=("https://files.example.org/1.mp3",),
        proves=at(
            DOCUMENT,
            "/paths/~1v1~1open~1pub~1task/post/responses/200/content/application~1json/examples/textToSpeech/value",
        ),
    ),
)


@pytest.mark.parametrize("call", EXAMPLES, ids=name_of)
def test_a_documented_example_is_sent_as_it_stands(stage: Stage, call: Call) -> None:
    stage.send(ENDPOINT, call)
    assert stage.sent == [request_of(ENDPOINT, call)]
    assert stage.request_faults(ENDPOINT) == []


@pytest.mark.parametrize("shown", REPORTS, ids=name_of)
def test_a_documented_report_ends_the_task(stage: Stage, shown: Shown) -> None:
    task = stage.send(ENDPOINT, SMALLEST)
    stage.answers(POLL, POLL_CALL, shown.answer)
    result = stage.finish(task.wait())
    assert (task.status.value, exact(result.raw)) == ("succeeded", exact(shown.gives))
    assert sorted(result.urls) == list(shown.urls)
