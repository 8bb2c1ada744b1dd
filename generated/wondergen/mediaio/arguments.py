# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Models of the arguments of Media.io, one per method, checked before sending."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictStr

from .._runtime.messages import URI as _URI
from .._runtime.values import LEFT_OUT


class TaskResultArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    task_id: StrictStr


class Uri(RootModel[Any]):
    root: Annotated[StrictStr, Field(pattern=_URI)]


class ImageToImageNanoBananaArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=1200, pattern="\\S")]
    images: Annotated[list[Uri], Field(min_length=1, max_length=9)]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] = LEFT_OUT


class ImageToImageNanoBananaProArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=1200, pattern="\\S")]
    images: Annotated[list[Uri], Field(min_length=1, max_length=9)]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] = LEFT_OUT
    resolution: Literal["1K", "2K", "4K"] = LEFT_OUT


class ImageToImageSeedream40Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=800, pattern="\\S")]
    images: Annotated[list[Uri], Field(min_length=1, max_length=9)]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3"] = LEFT_OUT


class ImageToVideoGoogleVeo31Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=1000, pattern="\\S")]
    image: Uri
    aspect_ratio: Literal["9:16", "16:9"] = LEFT_OUT
    resolution: Literal["720P", "1080P"] = LEFT_OUT
    duration: Literal["4s", "6s", "8s"] = LEFT_OUT
    generate_audio: Literal["True", "False"] = LEFT_OUT


class ImageToVideoGoogleVeo31FastArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=1000, pattern="\\S")]
    image: Uri
    aspect_ratio: Literal["9:16", "16:9"] = LEFT_OUT
    resolution: Literal["720P", "1080P"] = LEFT_OUT
    duration: Literal["4s", "6s", "8s"] = LEFT_OUT
    generate_audio: Literal["True", "False"] = LEFT_OUT


class ImageToVideoHailuo02Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2000, pattern="\\S")]
    image: Uri
    duration: Literal["6s"] = LEFT_OUT
    resolution: Literal["768P", "1080P"] = LEFT_OUT


class ImageToVideoHailuo23Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2000, pattern="\\S")]
    image: Uri
    resolution: Literal["768P", "1080P"] = LEFT_OUT
    duration: Literal["6s", "10s"] = LEFT_OUT


class ImageToVideoKling21Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2000, pattern="\\S")]
    image: Uri
    duration: Literal["5s", "10s"] = LEFT_OUT
    resolution: Literal["720P", "1080P"] = LEFT_OUT


class ImageToVideoKling25TurboArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2500, pattern="\\S")]
    image: Uri
    duration: Literal["5s", "10s"] = LEFT_OUT
    resolution: Literal["720P", "1080P"] = LEFT_OUT


class ImageToVideoKling26Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2500, pattern="\\S")]
    image: Uri
    duration: Literal["5s", "10s"] = LEFT_OUT
    generate_audio: Literal["True", "False"] = LEFT_OUT


class ImageToVideoKling30Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2500, pattern="\\S")]
    image: Uri
    resolution: Literal["720P", "1080P"] = LEFT_OUT
    duration: Literal["5s", "8s", "10s", "15s"] = LEFT_OUT
    multi_shots: Literal["True", "False"] = LEFT_OUT
    generate_audio: Literal["True", "False"] = LEFT_OUT


class ImageToVideoMotionControlKling26Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(max_length=2500)] = LEFT_OUT
    video: Uri
    image: Uri


class ImageToVideoViduQ2Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2000, pattern="\\S")]
    image: Uri
    duration: Literal["4s", "6s", "8s"] = LEFT_OUT
    resolution: Literal["720P", "1080P"] = LEFT_OUT


class ImageToVideoViduQ3Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2000, pattern="\\S")]
    image: Uri
    resolution: Literal["540P", "720P", "1080P"] = LEFT_OUT
    duration: Literal["4s", "8s", "12s", "16s"] = LEFT_OUT
    generate_audio: Literal["True", "False"] = LEFT_OUT


class ImageToVideoWan22Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=800, pattern="\\S")]
    image: Uri
    resolution: Literal["1080P"] = LEFT_OUT
    duration: Literal["5s"] = LEFT_OUT


class ImageToVideoWan25Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=800, pattern="\\S")]
    image: Uri
    resolution: Literal["480P", "720P", "1080P"] = LEFT_OUT
    duration: Literal["5s", "10s"] = LEFT_OUT


class ImageToVideoWan26Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=1500, pattern="\\S")]
    image: Uri
    resolution: Literal["720P", "1080P"] = LEFT_OUT
    duration: Literal["5s", "10s", "15s"] = LEFT_OUT
    shot_type: Literal["Multi", "Single"] = LEFT_OUT
    generate_audio: Literal["True", "False"] = LEFT_OUT


class TextToImageImagen4Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=1200, pattern="\\S")]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] = LEFT_OUT
    counts: Literal["1", "2", "3", "4"] = LEFT_OUT


class TextToImageSoulCharacterArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2000, pattern="\\S")]
    ratio: Literal["2:3", "1:1", "3:2", "9:16", "16:9"] = LEFT_OUT


class TextToVideoViduQ3Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=2000, pattern="\\S")]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] = LEFT_OUT
    resolution: Literal["540P", "720P", "1080P"] = LEFT_OUT
    duration: Literal["4s", "8s", "12s", "16s"] = LEFT_OUT
    generate_audio: Literal["True", "False"] = LEFT_OUT


class TextToVideoWan25Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=800, pattern="\\S")]
    ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] = LEFT_OUT
    duration: Literal["5s", "10s"] = LEFT_OUT


class TextToVideoWan26Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, max_length=1500, pattern="\\S")]
    size: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] = LEFT_OUT
    duration: Literal["5s", "10s", "15s"] = LEFT_OUT
    shot_type: Literal["Multi", "Single"] = LEFT_OUT
    generate_audio: Literal["True", "False"] = LEFT_OUT
