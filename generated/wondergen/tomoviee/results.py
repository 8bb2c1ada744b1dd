# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Results of Tomoviee: typed fields, the URLs of the files, and `save()`."""

from __future__ import annotations

from collections.abc import Mapping

from .._runtime.operation import Operation
from .._runtime.sync.result import Result
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


class VideoResult(models.VideoResult, Result):
    """The video that the task made."""


class MaskResult(models.MaskResult, Result):
    """The images that the task made."""


class ImageResult(models.ImageResult, Result):
    """The images that the task made."""


class AudioResult(models.AudioResult, Result):
    """The audio that the task made."""


RESULTS: Mapping[str, tuple[Operation, type[Result]]] = {
    "first_last_frame_to_video": (FIRST_LAST_FRAME_TO_VIDEO, VideoResult),
    "image_recognition": (IMAGE_RECOGNITION, MaskResult),
    "image_redrawing": (IMAGE_REDRAWING, ImageResult),
    "image_to_image": (IMAGE_TO_IMAGE, ImageResult),
    "image_to_video": (IMAGE_TO_VIDEO, VideoResult),
    "text_to_music": (TEXT_TO_MUSIC, AudioResult),
    "text_to_sound_effect": (TEXT_TO_SOUND_EFFECT, AudioResult),
    "text_to_speech": (TEXT_TO_SPEECH, AudioResult),
    "text_to_video": (TEXT_TO_VIDEO, VideoResult),
    "video_continuation": (VIDEO_CONTINUATION, VideoResult),
    "video_soundtrack": (VIDEO_SOUNDTRACK, AudioResult),
}
"""Each operation that starts a task, with the class of its result: `resume()` looks them up."""
