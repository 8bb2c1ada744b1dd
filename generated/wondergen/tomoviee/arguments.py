# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Models of the arguments of Tomoviee, one per method, checked before sending."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictBool, StrictFloat, StrictInt, StrictStr

from .._runtime.messages import URI as _URI
from .._runtime.values import LEFT_OUT, OneOf


class Uri(RootModel[Any]):
    root: Annotated[StrictStr, Field(pattern=_URI)]


class FirstLastFrameToVideoArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    image: Uri
    image_tail: Uri
    resolution: Literal["720p", "1080p"] = LEFT_OUT
    duration: Annotated[Any, OneOf((5,))] = LEFT_OUT
    aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "original"] = LEFT_OUT
    camera_move_index: Annotated[StrictInt, Field(ge=1, le=46)] = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class TaskResultArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    task_id: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]


class ImageRecognitionArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    image: Uri
    control_type: Literal["0", "1", "2", "3"] = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT
    prompt: StrictStr = LEFT_OUT


class ImageRedrawingArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    init_image: Uri
    mask_url: Uri = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class ImageToImageArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    reference_image: Uri
    control_type: Literal["0", "1", "2", "3"]
    width: Annotated[StrictInt, Field(ge=512, le=2048)]
    height: Annotated[StrictInt, Field(ge=512, le=2048)]
    batch_size: Annotated[StrictInt, Field(ge=1, le=4)]
    control_intensity: Annotated[StrictFloat, Field(ge=0.0, le=1.0)]
    init_image: Uri = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class ImageToVideoArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    image: Uri
    resolution: Literal["720p", "1080p"] = LEFT_OUT
    duration: Annotated[Any, OneOf((5,))] = LEFT_OUT
    aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "original"] = LEFT_OUT
    camera_move_index: Annotated[StrictInt, Field(ge=1, le=46)] = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class TextToMusicArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    duration: Annotated[StrictInt, Field(ge=0, le=95)]
    qty: Annotated[StrictInt, Field(ge=1, le=4)]
    disable_translate: StrictBool = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class TextToSoundEffectArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    duration: Annotated[StrictInt, Field(ge=5, le=180)]
    qty: Annotated[StrictInt, Field(ge=1, le=4)] = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class TextToSpeechArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    text: Annotated[StrictStr, Field(min_length=1, max_length=5000, pattern="\\S")]
    voice_id: StrictStr = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class TextToVideoArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    resolution: Literal["720p", "1080p"] = LEFT_OUT
    duration: Annotated[Any, OneOf((5,))] = LEFT_OUT
    aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1"] = LEFT_OUT
    camera_move_index: Annotated[StrictInt, Field(ge=1, le=46)] = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class VideoContinuationArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    video: Uri
    resolution: Literal["720p", "1080p"] = LEFT_OUT
    duration: Annotated[Any, OneOf((5,))] = LEFT_OUT
    aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1"] = LEFT_OUT
    camera_move_index: Annotated[StrictInt, Field(ge=1, le=46)] = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT


class VideoSoundtrackArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    video: Uri
    prompt: StrictStr = LEFT_OUT
    duration: Annotated[StrictInt, Field(ge=5, le=900)] = LEFT_OUT
    callback: Uri = LEFT_OUT
    params: StrictStr = LEFT_OUT
