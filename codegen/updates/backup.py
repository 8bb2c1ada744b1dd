"""The machine-written files as they were before an update: put back where a step stops, or was killed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from codegen import paths

PLACES = (
    "specs/claims",
    "specs/openapi",
    "specs/evidence",
    "specs/RECONCILIATION.md",
    "generated",
    "docs/reference",
    "llms.txt",
)
"""What the verbs write, below the root of the repository."""
_FOLDER = ".codegen-update"
_COMPLETE = "complete"
"""The file that says that everything has been saved: without it nothing was changed yet."""


class Backup:
    """A copy of everything that the verbs write. If an update was killed, the next one restores it first."""

    def __init__(self) -> None:
        self._root = paths.SPECS.parent
        self.folder = self._root / _FOLDER

    def take(self) -> None:
        """Copy the files; first put back those that an update which was killed has left behind."""
        if (self.folder / _COMPLETE).exists():
            self.restore()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for place in PLACES:
            _copy(self._root / place, self.folder / place)
        (self.folder / _COMPLETE).touch()

    def restore(self) -> None:
        """Put everything back as it was."""
        for place in PLACES:
            _remove(self._root / place)
            _copy(self.folder / place, self._root / place)

    def forget(self) -> None:
        """Remove the copy."""
        (self.folder / _COMPLETE).unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def changes(self, place: str) -> tuple[int, int, int]:
        """Count what differs from the copy: files, lines added, lines removed."""
        pair = [str(self.folder / place), str(self._root / place)]
        command = ["git", "diff", "--no-index", "--no-renames", "--numstat", "--", *pair]
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
        numbers = [line.split("\t")[:2] for line in lines if line.count("\t") >= 2 and "__pycache__" not in line]
        return len(numbers), sum(_number(row[0]) for row in numbers), sum(_number(row[1]) for row in numbers)


@contextmanager
def backup() -> Iterator[Backup]:
    """Save what the verbs write; put it back where the block raises, whatever it raises."""
    copy = Backup()
    copy.take()
    try:
        yield copy
    except BaseException:
        copy.restore()
        raise
    finally:
        copy.forget()


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
