# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of MediaIO.task_result, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..rows import Call, Shown, at
from ..support import Stage, dumped, request_of
from ..tables import name_of
from .test_task_result import ENDPOINT, SMALLEST

OPERATION = "/paths/~1generation~1result~1{task_id}/post"

EXAMPLES = (
    Call(
        "documented-1",
        {"task_id": "text canary"},
        "/generation/result/text%20canary",
        body={},
        source=(
            "mediaio-aigc-generate/references/mediaio-aigc-api-reference.md",
            "mediaio-aigc-generate/scripts/c_api_doc_detail.json",
        ),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-1"),
    ),
)

REPLIES = (
    Shown(
        "documented-1",
        {"code": 0, "data": {"result": {}, "status": "succeeded", "task_id": "task-0001"}, "msg": ""},
        {"result": {}, "status": "succeeded", "task_id": "task-0001"},
        source=(
            "mediaio-aigc-generate/scripts/c_api_doc_detail.json",
            "mediaio-aigc-generate/references/mediaio-aigc-api-reference.md",
            "mediaio-aigc-generate/SKILL.md",
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
    reply = stage.send(ENDPOINT, SMALLEST, shown.answer)
    assert dumped(reply) == shown.gives
