# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of MediaIO.image_to_video.google_veo_3_1, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..rows import Call, Shown, at
from ..support import Stage, request_of
from ..tables import name_of
from .test_image_to_video_google_veo_3_1 import ENDPOINT, SMALLEST

OPERATION = "/paths/~1generation~1veo~1i2v-veo-v3-1/post"

EXAMPLES = (
    Call(
        "documented-1",
        {"image": "https://files.example.org/picture.png", "prompt": "A lighthouse at dusk, waves breaking below"},
        "/generation/veo/i2v-veo-v3-1",
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
            "aspect_ratio": "9:16",
            "duration": "4s",
            "generate_audio": "True",
            "image": "https://files.example.org/picture.png",
            "prompt": "A lighthouse at dusk, waves breaking below",
            "resolution": "720P",
        },
        "/generation/veo/i2v-veo-v3-1",
        body={
            "data": {
                "aspect_ratio": "9:16",
                "duration": "4s",
                "generate_audio": "True",
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
                "resolution": "720P",
            }
        },
        source=(
            "mediaio-aigc-generate/references/mediaio-aigc-api-reference.md",
            "mediaio-aigc-generate/scripts/c_api_doc_detail.json",
        ),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-2"),
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
