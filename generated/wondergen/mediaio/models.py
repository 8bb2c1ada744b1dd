# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The replies of Media.io. Fields that are not listed are kept too."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class GenerationResult(BaseModel):
    """What the task made. No document describes its form: the URLs of the files are somewhere in it."""

    model_config = ConfigDict(extra="allow", defer_build=True)


class TaskReport(BaseModel):
    """A task as it stands."""

    model_config = ConfigDict(extra="allow", defer_build=True)
    task_id: str | None = None
    """Identifies the task."""
    result: dict[str, Any] | None = None
    """What the task made. No document describes its form: the URLs of the files are somewhere in it."""
    status: str | None = None
    """How the task stands. The documents use two vocabularies; both are understood."""


class Credits(BaseModel):
    """The balance of the account."""

    model_config = ConfigDict(extra="allow", defer_build=True)
    credits: int | None = None
    """Credits that are left."""
