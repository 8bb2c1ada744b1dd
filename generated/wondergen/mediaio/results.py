# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Results of Media.io: typed fields, the URLs of the files, and `save()`."""

from __future__ import annotations

from collections.abc import Mapping

from .._runtime.operation import Operation
from .._runtime.sync.result import Result
from . import models
from .operations import (
    IMAGE_TO_IMAGE_NANO_BANANA,
    IMAGE_TO_IMAGE_NANO_BANANA_PRO,
    IMAGE_TO_IMAGE_SEEDREAM_4_0,
    IMAGE_TO_VIDEO_GOOGLE_VEO_3_1,
    IMAGE_TO_VIDEO_GOOGLE_VEO_3_1_FAST,
    IMAGE_TO_VIDEO_HAILUO_02,
    IMAGE_TO_VIDEO_HAILUO_2_3,
    IMAGE_TO_VIDEO_KLING_2_1,
    IMAGE_TO_VIDEO_KLING_2_5_TURBO,
    IMAGE_TO_VIDEO_KLING_2_6,
    IMAGE_TO_VIDEO_KLING_3_0,
    IMAGE_TO_VIDEO_MOTION_CONTROL_KLING_2_6,
    IMAGE_TO_VIDEO_VIDU_Q2,
    IMAGE_TO_VIDEO_VIDU_Q3,
    IMAGE_TO_VIDEO_WAN_2_2,
    IMAGE_TO_VIDEO_WAN_2_5,
    IMAGE_TO_VIDEO_WAN_2_6,
    TEXT_TO_IMAGE_IMAGEN_4,
    TEXT_TO_IMAGE_SOUL_CHARACTER,
    TEXT_TO_VIDEO_VIDU_Q3,
    TEXT_TO_VIDEO_WAN_2_5,
    TEXT_TO_VIDEO_WAN_2_6,
)


class GenerationResult(models.GenerationResult, Result):
    """What the task made. No document describes its form: the URLs of the files are somewhere in it."""


RESULTS: Mapping[str, tuple[Operation, type[Result]]] = {
    "image_to_image.nano_banana": (IMAGE_TO_IMAGE_NANO_BANANA, GenerationResult),
    "image_to_image.nano_banana_pro": (IMAGE_TO_IMAGE_NANO_BANANA_PRO, GenerationResult),
    "image_to_image.seedream_4_0": (IMAGE_TO_IMAGE_SEEDREAM_4_0, GenerationResult),
    "image_to_video.google_veo_3_1": (IMAGE_TO_VIDEO_GOOGLE_VEO_3_1, GenerationResult),
    "image_to_video.google_veo_3_1_fast": (IMAGE_TO_VIDEO_GOOGLE_VEO_3_1_FAST, GenerationResult),
    "image_to_video.hailuo_02": (IMAGE_TO_VIDEO_HAILUO_02, GenerationResult),
    "image_to_video.hailuo_2_3": (IMAGE_TO_VIDEO_HAILUO_2_3, GenerationResult),
    "image_to_video.kling_2_1": (IMAGE_TO_VIDEO_KLING_2_1, GenerationResult),
    "image_to_video.kling_2_5_turbo": (IMAGE_TO_VIDEO_KLING_2_5_TURBO, GenerationResult),
    "image_to_video.kling_2_6": (IMAGE_TO_VIDEO_KLING_2_6, GenerationResult),
    "image_to_video.kling_3_0": (IMAGE_TO_VIDEO_KLING_3_0, GenerationResult),
    "image_to_video.motion_control_kling_2_6": (IMAGE_TO_VIDEO_MOTION_CONTROL_KLING_2_6, GenerationResult),
    "image_to_video.vidu_q2": (IMAGE_TO_VIDEO_VIDU_Q2, GenerationResult),
    "image_to_video.vidu_q3": (IMAGE_TO_VIDEO_VIDU_Q3, GenerationResult),
    "image_to_video.wan_2_2": (IMAGE_TO_VIDEO_WAN_2_2, GenerationResult),
    "image_to_video.wan_2_5": (IMAGE_TO_VIDEO_WAN_2_5, GenerationResult),
    "image_to_video.wan_2_6": (IMAGE_TO_VIDEO_WAN_2_6, GenerationResult),
    "text_to_image.imagen_4": (TEXT_TO_IMAGE_IMAGEN_4, GenerationResult),
    "text_to_image.soul_character": (TEXT_TO_IMAGE_SOUL_CHARACTER, GenerationResult),
    "text_to_video.vidu_q3": (TEXT_TO_VIDEO_VIDU_Q3, GenerationResult),
    "text_to_video.wan_2_5": (TEXT_TO_VIDEO_WAN_2_5, GenerationResult),
    "text_to_video.wan_2_6": (TEXT_TO_VIDEO_WAN_2_6, GenerationResult),
}
"""Each operation that starts a task, with the class of its result: `resume()` looks them up."""
