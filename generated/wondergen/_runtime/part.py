# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The file a download grows in: `<name>.part`, locked while it grows, and renamed only when it is whole.

Beside it, `<name>.part.json` keeps what the server called this version of the file, so that a later process can go on
where a killed one stopped, and only if the file is still the same.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from . import media
from .errors import ArgumentFault, DownloadError

try:
    import fcntl
except ImportError:  # Windows, WebAssembly
    fcntl = None  # type: ignore[assignment]

_NOT_THERE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK})
"""What a file system says that has no locks or no syncing."""


def save_faults(folder: object, max_bytes: object, allow_hosts: object) -> list[ArgumentFault]:
    """Return what is wrong with where files are to be saved, how large they may be and whence they may come."""
    faults = []
    if problem := _folder_fault(folder):
        faults.append(ArgumentFault("folder", problem))
    if isinstance(max_bytes, bool) or not isinstance(max_bytes, int) or max_bytes < 1:
        faults.append(ArgumentFault("max_bytes", f"{max_bytes!r} is not a whole number from 1 on"))
    hosts = [allow_hosts] if isinstance(allow_hosts, str) else allow_hosts
    if not isinstance(hosts, Collection) or not all(isinstance(host, str) for host in hosts):
        faults.append(ArgumentFault("allow_hosts", "is not a list of names of hosts"))
    return faults


def _folder_fault(folder: object) -> str | None:
    if not isinstance(folder, str | os.PathLike) or not isinstance(os.fspath(folder), str):
        return f"is {type(folder).__name__}, not a path of text"
    try:
        os.stat(folder)
    except OSError:
        return None  # to be made, or the system says why it cannot be
    except ValueError as error:
        return f"{os.fspath(folder)!r} is not a path: {error}"
    return None


class PartFile:
    """Bytes that have arrived of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._notes = path.with_name(path.name + ".json")
        self._file = _open_locked(path)
        self._finished = False
        self.size = self._file.seek(0, os.SEEK_END)
        notes = self._read_notes() if self.size else {}
        self.validator: str | None = notes.get("validator")
        """ETag or date of this version; None: there is nothing to go on with."""
        self.total: int | None = notes.get("total")
        """The size of the whole file, where the server has said it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        disk_failed = isinstance(error, OSError)
        if (self.validator is None or disk_failed) and not self._finished:
            self.discard()
        self._file.close()

    def restart(self, validator: str | None, total: int | None = None) -> None:
        """Empty the file for a whole new body of this version."""
        self._file.seek(0)
        self._file.truncate()
        self.size, self.validator, self.total = 0, validator, total
        self._notes.unlink(missing_ok=True)
        if validator is not None:
            self._notes.write_text(json.dumps({"validator": validator, "total": total}), encoding="utf-8")

    def write(self, chunk: bytes) -> None:
        """Append. Unbuffered, so that a killed process loses nothing it had."""
        count = 0
        while count < len(chunk):
            count += self._file.write(chunk[count:])
        self.size += len(chunk)

    def head(self) -> bytes:
        """Return the first bytes, for recognising the type."""
        self._file.seek(0)
        head = self._file.read(media.HEAD_BYTES)
        self._file.seek(0, os.SEEK_END)
        return head

    def finish(self, final: Path) -> Path:
        """Put the whole file under its name: first the bytes on the disk, then the name."""
        _sync(self._file.fileno())
        if sys.platform == "win32":
            self._file.close()  # an open file cannot be renamed there; elsewhere the lock is kept until it is
        os.replace(self.path, final)
        self._finished = True
        self._notes.unlink(missing_ok=True)
        _sync_folder(final.parent)
        return final

    def discard(self) -> None:
        """Remove what has arrived."""
        self.validator = None
        self._notes.unlink(missing_ok=True)
        if sys.platform == "win32":
            self._file.close()
        self.path.unlink(missing_ok=True)

    def _read_notes(self) -> dict[str, Any]:
        try:
            notes = json.loads(self._notes.read_text(encoding="utf-8"))
            validator, total = notes["validator"], notes.get("total")
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
        if not isinstance(validator, str) or not validator.isascii() or not validator.isprintable():
            return {}
        return {"validator": validator, "total": total if isinstance(total, int) else None}


def _open_locked(path: Path) -> BinaryIO:
    """Open for appending, and be the only one: the lock is on the file that has the name now, not on one renamed away.

    Some systems and folders have no such lock; there two downloads of one file at once are the caller's care.
    """
    while True:
        file = open(path, "a+b", buffering=0, opener=_open_no_link)  # noqa: SIM115 - the part file closes it
        try:
            _lock(file)
            status = os.fstat(file.fileno())
            if status.st_nlink > 1:  # another name of somebody's file: leave that file, take the name
                path.unlink(missing_ok=True)
            elif fcntl is None or os.path.samestat(status, os.stat(path)):
                return file
        except FileNotFoundError:
            pass
        except BlockingIOError as error:
            file.close()
            raise DownloadError(f"another download is writing {path.name}") from error
        file.close()


def _lock(file: BinaryIO) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError as error:
        if error.errno not in _NOT_THERE:
            raise


def _open_no_link(path: str, flags: int) -> int:
    """Open without following a link: in a folder that others write to it would lead the bytes elsewhere."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system lets a folder be synced."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync(handle: int) -> None:
    """Put the bytes on the disk, where the file system can."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_THERE:
            raise
