"""The grammar of a parameter's description: each phrase gives its facts, and what no phrase covers is handed back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.documents import phrases
from codegen.documents.signals import signal_of

CASES: list[tuple[str, dict[str, Any]]] = [
    ("pace, range `3-60`", {"minimum": 3, "maximum": 60}),
    ("pace in seconds, range `0-1.5`", {"minimum": 0, "maximum": 1.5, "unit": "second"}),
    ("pace - 5 to 900 (default: 20)", {"minimum": 5, "maximum": 900, "default": 20}),
    ("pace (5-900, default: 20)", {"minimum": 5, "maximum": 900, "default": 20}),
    ("pace type (1-46, see moves.md)", {"minimum": 1, "maximum": 46}),
    ("pace type (`1-46`, optional)", {"minimum": 1, "maximum": 46, "required": False}),
    ("`512-2048`", {"minimum": 512, "maximum": 2048}),
    ("only `5` is supported", {"enum": [5]}),
    ("only `5` supported", {"enum": [5]}),
    ("in seconds (currently `5`)", {"enum": [5], "unit": "second"}),
    ("`720p` or `1080p`, default `720p`", {"enum": ["720p", "1080p"], "default": "720p"}),
    ("size - `2*2` (default), `4*4`", {"enum": ["2*2", "4*4"], "default": "2*2"}),
    ('`"0"`, `"1"`', {"enum": ["0", "1"]}),
    ("0=edge, 1=pose", {"enum": ["0", "1"]}),
    ("words (max 5000 characters)", {"max_length": 5000}),
    ("words, up to 77 tokens; the rest is cut", {"max_tokens": 77}),
    ("Optional callback URL", {"required": False, "format": "uri"}),
    (
        "image URL (JPG/PNG, <200M)",
        {
            "format": "uri",
            "media": "image",
            "formats": ["jpg", "png"],
            "max_bytes": 200_000_000,
            "exclusive_bytes": True,
        },
    ),
    (
        "image URL (`JPG/PNG`, `<9M`)",
        {"format": "uri", "media": "image", "formats": ["jpg", "png"], "max_bytes": 9_000_000, "exclusive_bytes": True},
    ),
    (
        "Video URL (MP4 format, 5s duration, 720p resolution)",
        {
            "format": "uri",
            "media": "video",
            "formats": ["mp4"],
            "min_seconds": 5,
            "max_seconds": 5,
            "exact_resolution": "720p",
        },
    ),
    ('Required by backend when `kind="2"`', {"required_when": {"kind": ["2"]}}),
    ('backend-required when `kind="2"`', {"required_when": {"kind": ["2"]}}),
    ("should have same resolution as `cover`", {"same_size_as": "cover"}),
    (
        "width and height: `>64` and `<512`",
        {"min_width": 64, "min_height": 64, "max_width": 512, "max_height": 512, "exclusive_pixels": True},
    ),
    ("aspect ratio: `<3`", {"max_aspect": "3:1", "exclusive_aspect": True}),
    ("Frame rate must be between 12 and 48 FPS.", {"min_frame_rate": 12, "max_frame_rate": 48}),
    ("Duration must be between 3 and 30 seconds.", {"min_seconds": 3, "max_seconds": 30}),
    (
        "Ratio. Options: 9:16, 1:1. Default is 1:1. Allowed values: 9:16, 1:1.",
        {"enum": ["9:16", "1:1"], "default": "1:1"},
    ),
    ("Tone. Options: 0.5, 1.0. Default is 0.5.", {"enum": ["0.5", "1.0"], "default": "0.5"}),
    ("the identifier, located in the URL path parameter", {"in": "path"}),
    ("Language: en, de, fr", {"enum": ["en", "de", "fr"]}),
]


@pytest.mark.parametrize("text, facts", CASES, ids=[text for text, _ in CASES])
def test_a_phrase_gives_its_facts_and_leaves_no_signal(text: str, facts: dict[str, Any]) -> None:
    reading = phrases.read(text)
    assert reading.facts == facts
    assert signal_of(reading.rest) is None


def test_named_values_are_labelled() -> None:
    assert phrases.read("0=edge, 1=pose").labels == {"0": "edge", "1": "pose"}


@pytest.mark.parametrize("text", ["at least 3 of them", "only on Mondays", "`x` or so", "up to us"])
def test_what_no_phrase_covers_is_handed_back_with_its_signal(text: str) -> None:
    assert signal_of(phrases.read(text).rest)


@settings(max_examples=20)
@given(low=st.integers(0, 5000), more=st.integers(0, 5000))
def test_a_range_reads_the_same_in_every_spelling(low: int, more: int) -> None:
    high = low + more
    expected = {"minimum": low, "maximum": high}
    for text in (
        f"range `{low}-{high}`",
        f"`{low}-{high}`",
        f"so many - {low} to {high}",
        f"({low}-{high}, see notes.md)",
    ):
        assert dict(phrases.read(text).facts) == expected


@settings(max_examples=20)
@given(
    values=st.lists(st.from_regex(r"[a-z]{1,6}[0-9:*]{0,4}[a-z]", fullmatch=True), min_size=2, max_size=6, unique=True),
    data=st.data(),
)
def test_a_list_of_code_spans_is_an_enum_in_its_order(values: list[str], data: st.DataObject) -> None:
    default = data.draw(st.sampled_from(values))
    text = ", ".join(f"`{value}` (default)" if value == default else f"`{value}`" for value in values)
    assert dict(phrases.read(text).facts) == {"enum": values, "default": default}


@pytest.mark.parametrize("words", ["<50 MB", "< 50M", "under 50MB", "smaller than 50 MB", "size < 50MB", "小于 50MB"])
def test_a_size_that_a_file_stays_below_is_exclusive(words: str) -> None:
    found = phrases.read(words)
    assert (found.facts, found.rest.strip()) == ({"max_bytes": 50_000_000, "exclusive_bytes": True}, "")


@pytest.mark.parametrize(
    "words",
    ["up to 50 MB", "max 50MB", "<= 50MB", "Maximum file size: 50MB", "50 MB or less", "50MB以内", "不超过 50MB"],
)
def test_a_size_that_a_file_may_have_is_inclusive(words: str) -> None:
    found = phrases.read(words)
    assert (found.facts, found.rest.strip()) == ({"max_bytes": 50_000_000}, "")


def test_what_holds_for_some_models_or_from_some_day_on_is_left_over() -> None:
    found = phrases.read("-12 to 12; for model `small` only -6 to 6")
    assert (found.facts, "-6 to 6" in found.rest) == ({"minimum": -12, "maximum": 12}, True)
    found = phrases.read("a number, will be removed on 2027-01-01")
    assert (found.facts, "2027" in found.rest) == ({}, True)
    assert phrases.read("1-9, elsewhere 2-5").facts == {"minimum": 1, "maximum": 9}


def test_a_value_that_begins_with_a_format_is_no_format() -> None:
    assert phrases.read("`aa` or `mp3:a`").facts == {"enum": ["aa", "mp3:a"]}
