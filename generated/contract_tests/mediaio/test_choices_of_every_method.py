# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of MediaIO: a value that another method has, or in other letters, is not taken for one's own."""

from __future__ import annotations

from typing import Any

import pytest
from wondergen import InvalidRequest

from ..rows import Choices, Value
from ..support import Stage, names
from ..tables import about, name_of, with_value
from . import (
    test_image_to_image_nano_banana,
    test_image_to_image_nano_banana_pro,
    test_image_to_image_seedream_4_0,
    test_image_to_video_google_veo_3_1,
    test_image_to_video_google_veo_3_1_fast,
    test_image_to_video_hailuo_02,
    test_image_to_video_hailuo_2_3,
    test_image_to_video_kling_2_1,
    test_image_to_video_kling_2_5_turbo,
    test_image_to_video_kling_2_6,
    test_image_to_video_kling_3_0,
    test_image_to_video_vidu_q2,
    test_image_to_video_vidu_q3,
    test_image_to_video_wan_2_2,
    test_image_to_video_wan_2_5,
    test_image_to_video_wan_2_6,
    test_text_to_image_imagen_4,
    test_text_to_image_soul_character,
    test_text_to_video_vidu_q3,
    test_text_to_video_wan_2_5,
    test_text_to_video_wan_2_6,
)

KNOWN: dict[str, tuple[Any, ...]] = {
    "aspect_ratio": ("9:16", "16:9"),
    "counts": ("1", "2", "3", "4"),
    "duration": ("5s", "10s", "8s", "15s", "6s", "4s", "12s", "16s"),
    "generate_audio": ("True", "False"),
    "multi_shots": ("True", "False"),
    "ratio": ("9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"),
    "resolution": ("1K", "2K", "4K", "720P", "1080P", "768P", "540P", "480P"),
    "shot_type": ("Multi", "Single"),
    "size": ("9:16", "16:9", "1:1", "4:3", "3:4"),
}
"""Every value that any method has for a parameter of that name."""
METHODS = (
    Choices(
        test_image_to_image_nano_banana.ENDPOINT,
        test_image_to_image_nano_banana.SMALLEST,
        {"ratio": ("9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9")},
    ),
    Choices(
        test_image_to_image_nano_banana_pro.ENDPOINT,
        test_image_to_image_nano_banana_pro.SMALLEST,
        {"ratio": ("9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"), "resolution": ("1K", "2K", "4K")},
    ),
    Choices(
        test_text_to_image_imagen_4.ENDPOINT,
        test_text_to_image_imagen_4.SMALLEST,
        {"ratio": ("9:16", "16:9", "1:1", "4:3", "3:4"), "counts": ("1", "2", "3", "4")},
    ),
    Choices(
        test_image_to_video_kling_2_1.ENDPOINT,
        test_image_to_video_kling_2_1.SMALLEST,
        {"duration": ("5s", "10s"), "resolution": ("720P", "1080P")},
    ),
    Choices(
        test_image_to_video_kling_2_5_turbo.ENDPOINT,
        test_image_to_video_kling_2_5_turbo.SMALLEST,
        {"duration": ("5s", "10s"), "resolution": ("720P", "1080P")},
    ),
    Choices(
        test_image_to_video_kling_2_6.ENDPOINT,
        test_image_to_video_kling_2_6.SMALLEST,
        {"duration": ("5s", "10s"), "generate_audio": ("True", "False")},
    ),
    Choices(
        test_image_to_video_kling_3_0.ENDPOINT,
        test_image_to_video_kling_3_0.SMALLEST,
        {
            "resolution": ("720P", "1080P"),
            "duration": ("5s", "8s", "10s", "15s"),
            "multi_shots": ("True", "False"),
            "generate_audio": ("True", "False"),
        },
    ),
    Choices(
        test_image_to_video_hailuo_02.ENDPOINT,
        test_image_to_video_hailuo_02.SMALLEST,
        {"duration": ("6s",), "resolution": ("768P", "1080P")},
    ),
    Choices(
        test_image_to_video_hailuo_2_3.ENDPOINT,
        test_image_to_video_hailuo_2_3.SMALLEST,
        {"resolution": ("768P", "1080P"), "duration": ("6s", "10s")},
    ),
    Choices(
        test_image_to_image_seedream_4_0.ENDPOINT,
        test_image_to_image_seedream_4_0.SMALLEST,
        {"ratio": ("9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3")},
    ),
    Choices(
        test_text_to_image_soul_character.ENDPOINT,
        test_text_to_image_soul_character.SMALLEST,
        {"ratio": ("2:3", "1:1", "3:2", "9:16", "16:9")},
    ),
    Choices(
        test_image_to_video_google_veo_3_1.ENDPOINT,
        test_image_to_video_google_veo_3_1.SMALLEST,
        {
            "aspect_ratio": ("9:16", "16:9"),
            "resolution": ("720P", "1080P"),
            "duration": ("4s", "6s", "8s"),
            "generate_audio": ("True", "False"),
        },
    ),
    Choices(
        test_image_to_video_google_veo_3_1_fast.ENDPOINT,
        test_image_to_video_google_veo_3_1_fast.SMALLEST,
        {
            "aspect_ratio": ("9:16", "16:9"),
            "resolution": ("720P", "1080P"),
            "duration": ("4s", "6s", "8s"),
            "generate_audio": ("True", "False"),
        },
    ),
    Choices(
        test_image_to_video_vidu_q2.ENDPOINT,
        test_image_to_video_vidu_q2.SMALLEST,
        {"duration": ("4s", "6s", "8s"), "resolution": ("720P", "1080P")},
    ),
    Choices(
        test_image_to_video_vidu_q3.ENDPOINT,
        test_image_to_video_vidu_q3.SMALLEST,
        {
            "resolution": ("540P", "720P", "1080P"),
            "duration": ("4s", "8s", "12s", "16s"),
            "generate_audio": ("True", "False"),
        },
    ),
    Choices(
        test_text_to_video_vidu_q3.ENDPOINT,
        test_text_to_video_vidu_q3.SMALLEST,
        {
            "ratio": ("9:16", "16:9", "1:1", "4:3", "3:4"),
            "resolution": ("540P", "720P", "1080P"),
            "duration": ("4s", "8s", "12s", "16s"),
            "generate_audio": ("True", "False"),
        },
    ),
    Choices(
        test_image_to_video_wan_2_2.ENDPOINT,
        test_image_to_video_wan_2_2.SMALLEST,
        {"resolution": ("1080P",), "duration": ("5s",)},
    ),
    Choices(
        test_image_to_video_wan_2_5.ENDPOINT,
        test_image_to_video_wan_2_5.SMALLEST,
        {"resolution": ("480P", "720P", "1080P"), "duration": ("5s", "10s")},
    ),
    Choices(
        test_image_to_video_wan_2_6.ENDPOINT,
        test_image_to_video_wan_2_6.SMALLEST,
        {
            "resolution": ("720P", "1080P"),
            "duration": ("5s", "10s", "15s"),
            "shot_type": ("Multi", "Single"),
            "generate_audio": ("True", "False"),
        },
    ),
    Choices(
        test_text_to_video_wan_2_5.ENDPOINT,
        test_text_to_video_wan_2_5.SMALLEST,
        {"ratio": ("16:9", "9:16", "1:1", "4:3", "3:4"), "duration": ("5s", "10s")},
    ),
    Choices(
        test_text_to_video_wan_2_6.ENDPOINT,
        test_text_to_video_wan_2_6.SMALLEST,
        {
            "size": ("9:16", "16:9", "1:1", "4:3", "3:4"),
            "duration": ("5s", "10s", "15s"),
            "shot_type": ("Multi", "Single"),
            "generate_audio": ("True", "False"),
        },
    ),
)


def others(parameter: str, own: tuple[Any, ...]) -> list[Any]:
    """Values that are not a parameter's own and might be mistaken for them."""
    near = [value.swapcase() if isinstance(value, str) else value + 1 for value in own]
    return [value for value in dict.fromkeys((*KNOWN[parameter], *near)) if value not in own]


@pytest.mark.parametrize("method", METHODS, ids=name_of)
def test_a_value_that_only_others_have_is_not_sent(stage: Stage, method: Choices) -> None:
    for parameter, own in method.own.items():
        for value in others(parameter, own):
            with about((parameter, value)):
                row = Value(parameter, value, wire_name=method.wire_names.get(parameter))
                call = with_value(method.endpoint, method.call, row)
                assert stage.catalog.faults(method.endpoint.request_schema or "", call.body) != []
                error = stage.fails(method.endpoint, call.arguments)
                assert (type(error), names(error), stage.sent) == (InvalidRequest, {parameter}, [])
