# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of Tomoviee.image_redrawing, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..oracle import exact
from ..rows import Call, Shown, at
from ..support import Stage, request_of
from ..tables import name_of
from .test_image_redrawing import ENDPOINT, POLL, POLL_CALL, SMALLEST

DOCUMENT = ""
OPERATION = "/paths/~1v1~1open~1capacity~1application~1tm_redrawing/post"

EXAMPLES = (
    Call(
        "documented-1",
        {
            "init_image": "https://files.example.org/picture.png",
            "mask_url": "https://files.example.org/picture.png",
            "prompt": "A lighthouse at dusk, waves breaking below",
        },
        "/v1/open/capacity/application/tm_redrawing",
        body={
            "init_image": "https://files.example.org/picture.png",
            "mask_url": "https://files.example.org/picture.png",
            "prompt": "A lighthouse at dusk, waves breaking below",
        },
        source=("tomoviee-image-redraw/SKILL.md", "tomoviee-image-redraw/references/image_apis.md"),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-1"),
    ),
)

REPLIES = (
    Shown(
        "documented-1",
        {"code": 0, "data": {"task_id": "task-0001"}, "msg": ""},
        "task-0001",
        source=("tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/documented-1"),
    ),
)

REPORTS = (
    Shown(
        "imageRedrawing",
        {
            "code": 0,
            "data": {
                "progress": 100,
                "reason": "",
                "result": '{"image_path": ["https://files.example.org/1.png"]}',
                "status": 3,
            },
            "msg": "",
        },
        {"image_path": ["https://files.example.org/1.png"]},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        urls=("https://files.example.org/1.png",),
        proves=at(
            DOCUMENT,
            "/paths/~1v1~1open~1pub~1task/post/responses/200/content/application~1json/examples/imageRedrawing/value",
        ),
    ),
    Shown(
        "imageRedrawing-2",
        {
            "code": 0,
            "data": {
                "progress": 100,
                "reason": "",
                "result": '{"images_path": ["https://files.example.org/1.png"]}',
                "status": 3,
            },
            "msg": "",
        },
        {"images_path": ["https://files.example.org/1.png"]},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        urls=("https://files.example.org/1.png",),
        proves=at(
            DOCUMENT,
            "/paths/~1v1~1open~1pub~1task/post/responses/200/content/application~1json/examples/imageRedrawing-2/value",
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
