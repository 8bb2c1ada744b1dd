# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of MediaIO.text_to_image.soul_character, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..rows import Call, Shown, at
from ..support import Stage, request_of
from ..tables import name_of
from .test_text_to_image_soul_character import ENDPOINT, SMALLEST

OPERATION = "/paths/~1generation~1soul~1t2i-soul-character/post"

EXAMPLES = (
    Call(
        "documented-1",
        {"prompt": "A lighthouse at dusk, waves breaking below"},
        "/generation/soul/t2i-soul-character",
        body={"data": {"prompt": "A lighthouse at dusk, waves breaking below"}},
        source=("mediaio-aigc-generate/references/mediaio-aigc-api-reference.md",),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-1"),
    ),
    Call(
        "documented-2",
        {"prompt": "A lighthouse at dusk, waves breaking below", "ratio": "16:9"},
        "/generation/soul/t2i-soul-character",
        body={"data": {"prompt": "A lighthouse at dusk, waves breaking below", "ratio": "16:9"}},
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
