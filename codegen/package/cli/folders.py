"""Folders that files are to be written in: whether they can be, before anything is paid for."""

from __future__ import annotations

import os
from pathlib import Path

from .screen import NotSent


def unwritable(folder: Path) -> str | None:
    """Return why no file can be written in a folder, which may not exist yet; None where one can."""
    nearest = next(one for one in (folder, *folder.parents, Path()) if os.path.lexists(one))
    if not nearest.is_dir():
        return f"{str(nearest)!r} is not a folder"
    return None if os.access(nearest, os.W_OK | os.X_OK) else f"{str(nearest)!r} cannot be written in"


def made(folder: Path, what: str, advice: str) -> None:
    """Make a folder of ours. Raises NotSent with the reason and the remedy."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        text = f"the folder of {what}, {str(folder)!r}, cannot be made ({error.strerror}); {advice}"
        raise NotSent(f"{text} names another place. Nothing was sent.") from error
