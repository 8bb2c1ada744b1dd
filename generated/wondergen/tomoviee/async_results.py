# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Results of Tomoviee: typed fields, the URLs of the files, and `save()`."""

from __future__ import annotations

from collections.abc import Mapping

from .._runtime.aio.result import AsyncResult
from .._runtime.operation import Operation
from . import models
from .operations import (
    FIRST_LAST_FRAME_TO_VIDEO,
    IMAGE_RECOGNITION,
    IMAGE_REDRAWING,
    IMAGE_TO_IMAGE,
    IMAGE_TO_VIDEO,
    TEXT_TO_MUSIC,
    TEXT_TO_SOUND_EFFECT,
    TEXT_TO_SPEECH,
    TEXT_TO_VIDEO,
    VIDEO_CONTINUATION,
    VIDEO_SOUNDTRACK,
)


class AsyncVideoResult(models.VideoResult, AsyncResult):
    """The video that the task made."""


class AsyncMaskResult(models.MaskResult, AsyncResult):
    """The images that the task made."""


class AsyncImageResult(models.ImageResult, AsyncResult):
    """The images that the task made."""


class AsyncAudioResult(models.AudioResult, AsyncResult):
    """The audio that the task made."""


RESULTS: Mapping[str, tuple[Operation, type[AsyncResult]]] = {
    "first_last_frame_to_video": (FIRST_LAST_FRAME_TO_VIDEO, AsyncVideoResult),
    "image_recognition": (IMAGE_RECOGNITION, AsyncMaskResult),
    "image_redrawing": (IMAGE_REDRAWING, AsyncImageResult),
    "image_to_image": (IMAGE_TO_IMAGE, AsyncImageResult),
    "image_to_video": (IMAGE_TO_VIDEO, AsyncVideoResult),
    "text_to_music": (TEXT_TO_MUSIC, AsyncAudioResult),
    "text_to_sound_effect": (TEXT_TO_SOUND_EFFECT, AsyncAudioResult),
    "text_to_speech": (TEXT_TO_SPEECH, AsyncAudioResult),
    "text_to_video": (TEXT_TO_VIDEO, AsyncVideoResult),
    "video_continuation": (VIDEO_CONTINUATION, AsyncVideoResult),
    "video_soundtrack": (VIDEO_SOUNDTRACK, AsyncAudioResult),
}
"""Each operation that starts a task, with the class of its result: `resume()` looks them up."""
