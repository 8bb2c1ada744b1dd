# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of Tomoviee.first_last_frame_to_video, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..oracle import exact
from ..rows import Call, Shown, at
from ..support import Stage, request_of
from ..tables import name_of
from .test_first_last_frame_to_video import ENDPOINT, POLL, POLL_CALL, SMALLEST

DOCUMENT = ""
OPERATION = "/paths/~1v1~1open~1capacity~1application~1tm_tail2video_b/post"

EXAMPLES = (
    Call(
        "documented-1",
        {
            "aspect_ratio": "original",
            "duration": 5,
            "image": "https://files.example.org/picture.png",
            "image_tail": "https://files.example.org/picture.png",
            "prompt": "A lighthouse at dusk, waves breaking below",
            "resolution": "720p",
        },
        "/v1/open/capacity/application/tm_tail2video_b",
        body={
            "aspect_ratio": "original",
            "duration": 5,
            "image": "https://files.example.org/picture.png",
            "image_tail": "https://files.example.org/picture.png",
            "prompt": "A lighthouse at dusk, waves breaking below",
            "resolution": "720p",
        },
        source=("tomoviee-tail-to-video/SKILL.md", "tomoviee-tail-to-video/references/video_apis.md"),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-1"),
    ),
)

REPLIES = (
    Shown(
        "documented-1",
        {"code": 0, "data": {"task_id": "task-0001"}, "msg": ""},
        "task-0001",
        source=("tomoviee-tail-to-video/scripts/tomoviee_firstlast2video_client.py",),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/documented-1"),
    ),
)

REPORTS = (
    Shown(
        "firstLastFrameToVideo",
        {
            "code": 0,
            "data": {
                "progress": 100,
                "reason": "",
                "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                "status": 3,
            },
            "msg": "",
        },
        {"video_path": ["https://files.example.org/1.mp4"]},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        urls=("https://files.example.org/1.mp4",),
        proves=at(
            DOCUMENT,
            "/paths/~1v1~1open~1pub~1task/post/responses/200/content/application~1json/examples/firstLastFrameToVideo/value",
        ),
    ),
)


@pytest.mark.parametrize("call", EXAMPLES, ids=name_of)
def test_a_documented_example_is_sent_as_it_stands(stage: Stage, call: Call) -> None:
    stage.send(ENDPOINT, call)
    assert stage.sent == [request_of(ENDPOINT, call)]
    assert stage.request_faults(ENDPOINT) == []


@pytest.mark.parametrize("shown", REPLIES, ids=name_of)
def test_a_documented_reply_is_understood(stage: Stage, shown: Shown) -> None:
    task = stage.send(ENDPOINT, SMALLEST, shown.answer)
    assert (task.id, task.operation) == (shown.gives, ENDPOINT.name)


@pytest.mark.parametrize("shown", REPORTS, ids=name_of)
def test_a_documented_report_ends_the_task(stage: Stage, shown: Shown) -> None:
    task = stage.send(ENDPOINT, SMALLEST)
    stage.answers(POLL, POLL_CALL, shown.answer)
    result = stage.finish(task.wait())
    assert (task.status.value, exact(result.raw)) == ("succeeded", exact(shown.gives))
    assert sorted(result.urls) == list(shown.urls)
