# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of Tomoviee: a value that another method has, or in other letters, is not taken for one's own."""

from __future__ import annotations

from typing import Any

import pytest
from wondergen import InvalidRequest

from ..rows import Choices, Value
from ..support import Stage, names
from ..tables import about, name_of, with_value
from . import (
    test_first_last_frame_to_video,
    test_image_recognition,
    test_image_to_image,
    test_image_to_video,
    test_text_to_video,
    test_video_continuation,
)

KNOWN: dict[str, tuple[Any, ...]] = {
    "aspect_ratio": ("16:9", "9:16", "4:3", "3:4", "1:1", "original"),
    "control_type": ("0", "1", "2", "3"),
    "duration": (5,),
    "resolution": ("720p", "1080p"),
}
"""Every value that any method has for a parameter of that name."""
METHODS = (
    Choices(
        test_image_to_video.ENDPOINT,
        test_image_to_video.SMALLEST,
        {
            "resolution": ("720p", "1080p"),
            "duration": (5,),
            "aspect_ratio": ("16:9", "9:16", "4:3", "3:4", "1:1", "original"),
        },
    ),
    Choices(test_image_to_image.ENDPOINT, test_image_to_image.SMALLEST, {"control_type": ("0", "1", "2", "3")}),
    Choices(test_image_recognition.ENDPOINT, test_image_recognition.SMALLEST, {"control_type": ("0", "1", "2", "3")}),
    Choices(
        test_first_last_frame_to_video.ENDPOINT,
        test_first_last_frame_to_video.SMALLEST,
        {
            "resolution": ("720p", "1080p"),
            "duration": (5,),
            "aspect_ratio": ("16:9", "9:16", "4:3", "3:4", "1:1", "original"),
        },
    ),
    Choices(
        test_text_to_video.ENDPOINT,
        test_text_to_video.SMALLEST,
        {"resolution": ("720p", "1080p"), "duration": (5,), "aspect_ratio": ("16:9", "9:16", "4:3", "3:4", "1:1")},
    ),
    Choices(
        test_video_continuation.ENDPOINT,
        test_video_continuation.SMALLEST,
        {"resolution": ("720p", "1080p"), "duration": (5,), "aspect_ratio": ("16:9", "9:16", "4:3", "3:4", "1:1")},
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
