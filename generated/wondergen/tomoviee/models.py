# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Models of the replies of Tomoviee. Unlisted fields are kept too."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class VideoResult(BaseModel):
    model_config = ConfigDict(extra="allow", defer_build=True)
    video_path: list[str] | None = None
    """URLs of the files."""


class MaskResult(BaseModel):
    model_config = ConfigDict(extra="allow", defer_build=True)
    mask_path: list[str] | None = None
    """URLs of the files."""


class ImageResult(BaseModel):
    model_config = ConfigDict(extra="allow", defer_build=True)
    images_path: list[str] | None = None
    """URLs of the files."""
    image_path: list[str] | None = None
    """URLs of the files."""


class AudioResult(BaseModel):
    model_config = ConfigDict(extra="allow", defer_build=True)
    audio_path: list[str] | None = None
    """URLs of the files."""


class TaskReport(BaseModel):
    """The status of a task."""

    model_config = ConfigDict(extra="allow", defer_build=True)
    status: int | None = None
    """Status of the task: 1 queued, 2 running, 3 succeeded, 4 failed, 5 cancelled, 6 timed out."""
    reason: str | None = None
    """Why the task failed."""
    progress: int | float | None = None
    """How much of the work is done, in percent."""
    result: str | None = None
    """The result: a JSON object inside a string. Present once the task has succeeded."""
