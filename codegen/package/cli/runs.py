"""The journal as the command line reads it: every service in it, and what to do about each run."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .._runtime.journal import Run, all_runs
from .screen import NotSent


def read(journal: Path) -> list[Run]:
    """Return every run, oldest first; none where there is no journal yet."""
    try:
        return all_runs(journal) if journal.exists() else []
    except (sqlite3.Error, OSError) as error:
        raise NotSent(f"{journal}: the journal cannot be read: {error}") from error


def state_of(run: Run) -> str:
    """Return what became of it, in words."""
    if run.state == "finished" and run.status == "succeeded" and run.task_id is not None:
        return "not saved"
    words = {"sending": "unknown", "accepted": "not finished", "finished": run.status or "done"}
    return words.get(run.state, run.state)


def is_open(run: Run) -> bool:
    """Return whether something is left to do or to find out."""
    return state_of(run) in {"unknown", "not finished", "not saved"}
