# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The arguments that EdrawMax accepts: one model per method, checked before sending."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr


class FlowchartArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(min_length=1)]
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None


class GanttArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(min_length=1)]
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None


class InfographicArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(min_length=1)]
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None


class MindmapArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")
    prompt: Annotated[StrictStr, Field(min_length=1)]
    lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None
    platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None
