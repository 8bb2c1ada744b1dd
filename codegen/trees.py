"""Trees of files: what is on disk, what should be, and the difference between them."""

from __future__ import annotations

import difflib
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from codegen.faults import Fault, InputFault

IGNORED = frozenset({"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"})
MAX_DOCUMENT_BYTES = 20_000_000
"""Of an OpenAPI document, and of all files that it refers to together."""


def read_input(path: Path, name: str, most: int) -> str:
    """Return the text of a file that somebody wrote. Raises InputFault: a pipe is not waited for, nor a device read."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise InputFault(Fault(name, "", "is not a regular file", "name a file"))
        if state.st_size > most:
            raise InputFault(Fault(name, "", f"is larger than {most} bytes", "split it"))
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputFault(Fault(name, "", f"is not UTF-8 (byte {error.start})", "save it as UTF-8")) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or str(error) or "no reason given").lower()
        raise InputFault(Fault(name, "", f"cannot be read ({reason})", "check the path")) from None


def read_text(path: Path) -> str:
    """Return what a file holds, line ends as they are; bytes that are not UTF-8 stand as surrogates."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def write_text(path: Path, text: str) -> None:
    """Write what `read_text` gave, byte for byte."""
    path.write_bytes(text.encode("utf-8", "surrogateescape"))


def read_tree(root: Path) -> dict[str, str]:
    """Return every file under `root` by its relative path; {} where there is no such folder."""
    files: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.is_file() and not IGNORED.intersection(relative.parts):
            files[relative.as_posix()] = read_text(path)
    return files


def differences(committed: Mapping[str, str], fresh: Mapping[str, str], prefix: str) -> Iterator[str]:
    """Yield a unified diff for each file that differs, is missing, or should not be there."""
    for name in sorted(committed.keys() | fresh.keys()):
        before, after = committed.get(name), fresh.get(name)
        if before == after:
            continue
        if max(before or "", default="") >= "\udc80" or max(after or "", default="") >= "\udc80":
            yield f"{prefix}/{name}: the bytes differ\n"
            continue
        if not before and not after:  # a diff of no lines would name nothing
            problem = "is missing: it is an empty file" if before is None else "is empty and should not be there"
            yield f"{prefix}/{name}: {problem}\n"
            continue
        yield "".join(
            _with_newline(line)
            for line in difflib.unified_diff(
                [] if before is None else before.splitlines(keepends=True),
                [] if after is None else after.splitlines(keepends=True),
                fromfile="/dev/null" if before is None else f"{prefix}/{name} (committed)",
                tofile="/dev/null" if after is None else f"{prefix}/{name} (fresh)",
                n=2,
            )
        )


def _with_newline(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n"
