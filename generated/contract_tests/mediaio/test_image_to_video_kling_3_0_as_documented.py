# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of MediaIO.image_to_video.kling_3_0, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..rows import Call, Shown, at
from ..support import Stage, request_of
from ..tables import name_of
from .test_image_to_video_kling_3_0 import ENDPOINT, SMALLEST

OPERATION = "/paths/~1generation~1kling~1i2v-kling-v3-0/post"

EXAMPLES = (
    Call(
        "documented-1",
        {"image": "https://files.example.org/picture.png", "prompt": "A lighthouse at dusk, waves breaking below"},
        "/generation/kling/i2v-kling-v3-0",
        body={
            "data": {
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
            }
        },
        source=("mediaio-aigc-generate/references/mediaio-aigc-api-reference.md",),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-1"),
    ),
    Call(
        "documented-2",
        {
            "duration": "5s",
            "image": "https://files.example.org/picture.png",
            "prompt": "A lighthouse at dusk, waves breaking below",
            "resolution": "1080P",
        },
        "/generation/kling/i2v-kling-v3-0",
        body={
            "data": {
                "duration": "5s",
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
                "resolution": "1080P",
            }
        },
        source=("mediaio-aigc-generate/references/mediaio-aigc-api-reference.md",),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-2"),
    ),
    Call(
        "documented-3",
        {
            "duration": "5s",
            "generate_audio": "True",
            "image": "https://files.example.org/picture.png",
            "multi_shots": "True",
            "prompt": "A lighthouse at dusk, waves breaking below",
            "resolution": "1080P",
        },
        "/generation/kling/i2v-kling-v3-0",
        body={
            "data": {
                "duration": "5s",
                "generate_audio": "True",
                "image": "https://files.example.org/picture.png",
                "multi_shots": "True",
                "prompt": "A lighthouse at dusk, waves breaking below",
                "resolution": "1080P",
            }
        },
        source=(
            "mediaio-aigc-generate/references/mediaio-aigc-api-reference.md",
            "mediaio-aigc-generate/scripts/c_api_doc_detail.json",
        ),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-3"),
    ),
)

REPLIES = (
    Shown(
        "documented-1",
        {"code": 0, "data": {"task_id": "task-0001"}, "msg": "", "trace_id": "trace-0001"},
        "task-0001",
        source=(
            "mediaio-aigc-generate/scripts/c_api_doc_detail.json",
            "mediaio-aigc-generate/references/mediaio-aigc-api-reference.md",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/documented-1"),
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
