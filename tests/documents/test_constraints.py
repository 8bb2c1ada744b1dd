"""Limits that stand outside a parameter's own list find the parameter they are about."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.conftest import Read, ReadFolder
from tests.documents.invented_service import OVERVIEW, found, line_of

SONG = "cw_song"

CONSTRAINTS: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "## Quota and Limits\n- File size limits: <100M for images/videos\n",
        "cw_video",
        "video",
        {"max_bytes": 100_000_000, "exclusive_bytes": True},
    ),
    (
        "## Quota and Limits\n- Supported formats:\n  - Images: JPG\n  - Videos: MP4, MOV\n",
        "cw_video",
        "video",
        {"formats": ["mp4", "mov"]},
    ),
    (
        "## Quota and Limits\n- Video input constraints: Must be 5s, 720p for Video API\n",
        "cw_video",
        "video",
        {"min_seconds": 5, "max_seconds": 5, "exact_resolution": "720p"},
    ),
    (
        "## Duration Ranges\n| API | Min | Max | Default |\n|--|--|--|--|\n| Sing-a-Song | 4s | 80s | 7s |\n",
        SONG,
        "duration",
        {"minimum": 4, "maximum": 80, "default": 7, "unit": "second"},
    ),
    (
        "## Common\n### Length\nCurrently only `9 seconds` is supported across all APIs.\n",
        SONG,
        "length",
        {"enum": [9]},
    ),
    (
        "## Common\nAll APIs support tone_index (1-9). See `tones.md` for more.\n",
        "cw_video",
        "tone_index",
        {"minimum": 1, "maximum": 9},
    ),
    (
        "## Common\n### Tone\n- Specify index (1-8) for control\n",
        "cw_video",
        "tone_index",
        {"minimum": 1, "maximum": 8},
    ),
    (
        "**Voice ID Options**:\nCommon voice IDs include:\n- **A**: `anna-1`, `anna-2`\n- **B**: `bert`\n",
        "cw_video",
        "voice_id",
        {"enum": ["anna-1", "anna-2", "bert"], "open_enum": True},
    ),
]


@pytest.mark.parametrize(
    "more, operation, name, facts", CONSTRAINTS, ids=[more[:60].replace("\n", " ") for more, *_ in CONSTRAINTS]
)
def test_limits_outside_the_list_find_their_parameter(
    overview: Read, more: str, operation: str, name: str, facts: dict[str, Any]
) -> None:
    document = overview(more)
    claims = [
        claim
        for claim in document.claims
        if (claim.operation, claim.name) == (operation, name) and claim.subject in ("parameter", "limit")
    ]
    assert facts in [dict(claim.facts) for claim in claims]
    assert not document.unread


def test_the_colours_of_a_mask_are_one_fact(own: Read) -> None:
    text = (
        "# Song\n- White mask area: redraw\n- Black mask area: keep unchanged\n"
        "### Parameters\n- `cover_mask`: mask image URL\n### Mask Requirements\n- Same dimensions as input image\n"
        "### Parameters\n- `cover`: image URL\n"
    )
    document = own(text)
    mask = found(document, "parameter", "cover_mask", SONG)
    assert mask["meaning"] == {"white": "redraw", "black": "keep"}
    assert mask["same_size_as"] == "cover"
    assert not document.unread


def test_what_repeats_a_known_value_is_read_and_another_value_is_not(overview: Read) -> None:
    more = "## Common\n### Ratio Options\n- `16:9`: wide\n- `4:3`: as of old\n"
    document = overview(more)
    assert [row.line for row in document.unread] == [line_of(OVERVIEW + more, "`4:3`")]


def test_advice_outside_the_range_is_evidence_and_inside_it_is_not(overview: Read) -> None:
    more = "### 3. Sing-a-Song (cw_song)\n**Length Guidelines**:\n- Tiny (1-5s): clicks\n- Fine (10-20s): tunes\n"
    document = overview(more)
    assert found(document, "parameter", "length", SONG, "example") == {"minimum": 1}
    assert not document.unread


SING = (
    "---\nname: choir\ndescription: Sing.\n---\n# Choir\n\nPOST https://choir.example/v1/sing\n\n"
    "## Parameters\n- `params` (optional): handed back in the callback.\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "- The prompt must not exceed 800 characters.",
        "- Each image must be between 300 and 4096 pixels on a side.",
        "- prompt: at most 800 characters",
        "- `negative_prompt` (string, <= 500 chars)",
        "- `seed`(可选):随机种子,取值范围为 0 到 42",
    ],
)
def test_a_bullet_with_a_subject_of_its_own_says_nothing_of_the_parameter_before_it(
    read_folder: ReadFolder, line: str
) -> None:
    prompt = "- `prompt` (required): what to sing.\n"
    text = SING.replace("- `params`", f"{prompt}- `params`") + line
    document = read_folder({"SKILL.md": f"{text}\n"})["SKILL.md"]
    facts = [claim.facts for claim in document.claims if claim.name == "params"]
    assert facts == [{"required": False}]


@pytest.mark.parametrize(
    "line", ["- at most 800 characters", "- Should have the format `jpg`", "- length: at most 8 characters"]
)
def test_a_bullet_without_a_subject_is_about_the_parameter_before_it(read_folder: ReadFolder, line: str) -> None:
    document = read_folder({"SKILL.md": f"{SING}{line}\n"})["SKILL.md"]
    assert len([claim for claim in document.claims if claim.name == "params"]) == 2


def test_a_method_that_stands_under_no_operation_is_unread(own: Read) -> None:
    document = own("# Song\n\n- Method: PUT\n")
    assert [(row.line, row.signal) for row in document.unread] == [(3, "method")]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("- `negative_prompt` (string, <= 500 chars)", {"type": "string", "max_length": 500}),
        ("- `negative_prompt`(选填):反向提示词,长度不超过 500 个字符", {"required": False, "max_length": 500}),
        ("- `seed`（可选）：随机种子，取值范围为 0 到 42", {"required": False, "minimum": 0, "maximum": 42}),
        ("- `seed` (integer, 0..42)", {"type": "integer", "minimum": 0, "maximum": 42}),
    ],
)
def test_a_bullet_in_another_form_is_a_parameter_of_its_own(
    read_folder: ReadFolder, line: str, facts: dict[str, Any]
) -> None:
    document = read_folder({"SKILL.md": f"{SING}{line}\n"})["SKILL.md"]
    (claim,) = [claim for claim in document.claims if claim.subject == "parameter" and claim.name != "params"]
    assert (dict(claim.facts), document.unread) == (facts, ())
