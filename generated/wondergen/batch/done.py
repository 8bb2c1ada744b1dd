# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The outcome of one row of a batch."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .._runtime.errors import WondergenError
from .store import Row, State


class RowError(WondergenError):
    """Why a row is not done, as the store has it after the process that met it has ended."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        """The class of the error that was raised."""
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Done:
    """One row and its outcome."""

    key: str
    operation: str
    """With its service."""
    state: State
    """done, failed, unknown; later: the next run goes on with it, at no cost."""
    task_id: str | None = None
    urls: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    result: Any = None
    """The result as it came, decoded."""
    error: BaseException | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the row for a file of results."""
        return {
            "key": self.key,
            "operation": self.operation,
            "state": self.state,
            "id": self.task_id,
            "files": self.files,
            "urls": self.urls,
            "result": _jsonable(self.result),
            "error": None if self.error is None else {"kind": _kind(self.error), "text": str(self.error)},
        }


def _kind(error: BaseException) -> str:
    if isinstance(error, RowError):
        return error.kind
    return next(kind.__name__ for kind in type(error).__mro__ if not kind.__name__.startswith("_"))


def _jsonable(value: Any) -> Any:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return str(value)
    return value


def from_row(row: Row) -> Done:
    """Return what the store knows of a row."""
    outcome = json.loads(row.outcome) if row.outcome else {}
    error = outcome.get("error")
    return Done(
        key=row.key,
        operation=row.name,
        state=row.state,
        task_id=row.task_id,
        urls=outcome.get("urls", []),
        files=outcome.get("files", []),
        result=outcome.get("result"),
        error=None if error is None else RowError(error["kind"], error["text"]),
    )
