# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of EdrawMax.infographic, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..oracle import exact
from ..rows import Call, Shown, at
from ..support import Stage, request_of
from ..tables import name_of
from .test_infographic import ENDPOINT, SMALLEST

OPERATION = "/paths/~1skills~1generate-infographic/post"

EXAMPLES = (
    Call(
        "documented-1",
        {"lang": "cn", "platform": "web", "prompt": "Sign-up and sign-in, with a check of the phone number"},
        "/api/ai/skills/generate-infographic",
        body={"lang": "cn", "platform": "web", "prompt": "Sign-up and sign-in, with a check of the phone number"},
        source=("edrawmax-diagram/references/api-reference.md",),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-1"),
    ),
)

REPLIES = (
    Shown(
        "documented-1",
        {
            "code": 0,
            "data": {
                "png_url": "https://files.example.org/1.svg",
                "source_code": "A short text",
                "svg_url": "https://files.example.org/2.svg",
            },
            "msg": "",
        },
        {
            "png_url": "https://files.example.org/1.svg",
            "source_code": "A short text",
            "svg_url": "https://files.example.org/2.svg",
        },
        source=("edrawmax-diagram/SKILL.md", "edrawmax-diagram/references/api-reference.md"),
        urls=("https://files.example.org/1.svg", "https://files.example.org/2.svg"),
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
    result = stage.send(ENDPOINT, SMALLEST, shown.answer)
    assert exact(result.raw) == exact(shown.gives)
    assert sorted(result.urls) == list(shown.urls)
