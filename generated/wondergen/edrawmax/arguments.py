# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Models of the arguments of EdrawMax, one per method, checked before sending."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from .._runtime.values import LEFT_OUT


class FlowchartArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] = LEFT_OUT
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] = LEFT_OUT


class GanttArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] = LEFT_OUT
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] = LEFT_OUT


class InfographicArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] = LEFT_OUT
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] = LEFT_OUT


class MindmapArguments(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
    prompt: Annotated[StrictStr, Field(min_length=1, pattern="\\S")]
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] = LEFT_OUT
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] = LEFT_OUT
