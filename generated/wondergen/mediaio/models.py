# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Models of the replies of Media.io. Unlisted fields are kept too."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class GenerationResult(BaseModel):
    """What the task made. No document describes its form: the URLs of the files are somewhere in it."""

    model_config = ConfigDict(extra="allow", defer_build=True)


class Credits(BaseModel):
    """The balance of the account."""

    model_config = ConfigDict(extra="allow", defer_build=True)
    credits: int | None = None
    """Credits that are left."""


class TaskReport(BaseModel):
    """The status of a task."""

    model_config = ConfigDict(extra="allow", defer_build=True)
    task_id: str | None = None
    """Identifies the task."""
    result: dict[str, Any] | None = None
    """What the task made. No document describes its form: the URLs of the files are somewhere in it."""
    status: str | None = None
    """Status of the task. The documents use two vocabularies; the client understands both."""
