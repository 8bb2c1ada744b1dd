# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The arguments that Media.io accepts: one model per method, checked before sending."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictStr


class ImageToImageNanoBananaArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=1200, min_length=1)]
    images: Annotated[list[Uri], Field(max_length=9, min_length=1)]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] | None = None


class ImageToImageNanoBananaProArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=1200, min_length=1)]
    images: Annotated[list[Uri], Field(max_length=9, min_length=1)]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] | None = None
    resolution: Literal["1K", "2K", "4K"] | None = None


class ImageToImageSeedream40Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=800, min_length=1)]
    images: Annotated[list[Uri], Field(max_length=9, min_length=1)]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3"] | None = None


class ImageToVideoGoogleVeo31Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=1000, min_length=1)]
    image: Uri
    aspect_ratio: Literal["9:16", "16:9"] | None = None
    resolution: Literal["720P", "1080P"] | None = None
    duration: Literal["4s", "6s", "8s"] | None = None
    generate_audio: Literal["True", "False"] | None = None


class ImageToVideoGoogleVeo31FastArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=1000, min_length=1)]
    image: Uri
    aspect_ratio: Literal["9:16", "16:9"] | None = None
    resolution: Literal["720P", "1080P"] | None = None
    duration: Literal["4s", "6s", "8s"] | None = None
    generate_audio: Literal["True", "False"] | None = None


class ImageToVideoHailuo02Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2000, min_length=1)]
    image: Uri
    duration: Literal["6s"] | None = None
    resolution: Literal["768P", "1080P"] | None = None


class ImageToVideoHailuo23Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2000, min_length=1)]
    image: Uri
    resolution: Literal["768P", "1080P"] | None = None
    duration: Literal["6s", "10s"] | None = None


class ImageToVideoKling21Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2000, min_length=1)]
    image: Uri
    duration: Literal["5s", "10s"] | None = None
    resolution: Literal["720P", "1080P"] | None = None


class ImageToVideoKling25TurboArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2500, min_length=1)]
    image: Uri
    duration: Literal["5s", "10s"] | None = None
    resolution: Literal["720P", "1080P"] | None = None


class ImageToVideoKling26Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2500, min_length=1)]
    image: Uri
    duration: Literal["5s", "10s"] | None = None
    generate_audio: Literal["True", "False"] | None = None


class ImageToVideoKling30Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2500, min_length=1)]
    image: Uri
    resolution: Literal["720P", "1080P"] | None = None
    duration: Literal["5s", "8s", "10s", "15s"] | None = None
    multi_shots: Literal["True", "False"] | None = None
    generate_audio: Literal["True", "False"] | None = None


class ImageToVideoMotionControlKling26Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    video: Uri
    image: Uri
    prompt: Annotated[StrictStr | None, Field(max_length=2500)] = None


class ImageToVideoViduQ2Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2000, min_length=1)]
    image: Uri
    duration: Literal["4s", "6s", "8s"] | None = None
    resolution: Literal["720P", "1080P"] | None = None


class ImageToVideoViduQ3Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2000, min_length=1)]
    image: Uri
    resolution: Literal["540P", "720P", "1080P"] | None = None
    duration: Literal["4s", "8s", "12s", "16s"] | None = None
    generate_audio: Literal["True", "False"] | None = None


class ImageToVideoWan22Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=800, min_length=1)]
    image: Uri
    resolution: Literal["1080P"] | None = None
    duration: Literal["5s"] | None = None


class ImageToVideoWan25Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=800, min_length=1)]
    image: Uri
    resolution: Literal["480P", "720P", "1080P"] | None = None
    duration: Literal["5s", "10s"] | None = None


class ImageToVideoWan26Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=1500, min_length=1)]
    image: Uri
    resolution: Literal["720P", "1080P"] | None = None
    duration: Literal["5s", "10s", "15s"] | None = None
    shot_type: Literal["Multi", "Single"] | None = None
    generate_audio: Literal["True", "False"] | None = None


class TaskResultArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    task_id: StrictStr


class TextToImageImagen4Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=1200, min_length=1)]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] | None = None
    counts: Literal["1", "2", "3", "4"] | None = None


class TextToImageSoulCharacterArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2000, min_length=1)]
    ratio: Literal["2:3", "1:1", "3:2", "9:16", "16:9"] | None = None


class TextToVideoViduQ3Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=2000, min_length=1)]
    ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] | None = None
    resolution: Literal["540P", "720P", "1080P"] | None = None
    duration: Literal["4s", "8s", "12s", "16s"] | None = None
    generate_audio: Literal["True", "False"] | None = None


class TextToVideoWan25Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=800, min_length=1)]
    ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None = None
    duration: Literal["5s", "10s"] | None = None


class TextToVideoWan26Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(max_length=1500, min_length=1)]
    size: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] | None = None
    duration: Literal["5s", "10s", "15s"] | None = None
    shot_type: Literal["Multi", "Single"] | None = None
    generate_audio: Literal["True", "False"] | None = None


class Uri(RootModel[StrictStr]):
    root: Annotated[
        StrictStr,
        Field(pattern="^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$"),
    ]
