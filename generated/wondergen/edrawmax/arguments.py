# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The arguments that EdrawMax accepts: one model per method, checked before sending."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr


class FlowchartArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: StrictStr
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] = Field(default=None)
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] = Field(default=None)


class GanttArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: StrictStr
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] = Field(default=None)
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] = Field(default=None)


class InfographicArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: StrictStr
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] = Field(default=None)
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] = Field(default=None)


class MindmapArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: StrictStr
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] = Field(default=None)
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] = Field(default=None)
