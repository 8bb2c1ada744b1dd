# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Names of the files of a batch: from a template, and never over a file that is there."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath
from string import Formatter

from .._runtime.errors import ArgumentFault, InvalidRequest

DEFAULT_TEMPLATE = "{key}-{index}{suffix}"
_FIELDS = frozenset({"key", "index", "suffix", "operation", "task", "number"})
_UNSAFE = re.compile(r"[^\w .,+=@()-]+")
_LONGEST = 150
"""Bytes of a key in a file name, …"""
_LONGEST_NAME = 240
"""… and of a whole name: file systems take 255, and another name for the same file has a number."""
_WIDE = re.compile(r"\d{4}")
_PARTIAL = ".partial"
"""The folder in which files grow until they have their names."""


def check_template(template: str) -> None:
    """Raise InvalidRequest where file names cannot be made from a template."""
    try:
        fields = [(name, form or "") for _, name, form, _ in Formatter().parse(template) if name is not None]
        if any(_WIDE.search(form) for _, form in fields):
            raise ValueError("a field is wider than a file name")
        names = {name for name, _ in fields}
        template.format(**dict.fromkeys(_FIELDS, "a") | {"number": 1, "index": 1})
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise _wrong(template, f"is not a template ({error})") from error
    if not names <= _FIELDS:
        raise _wrong(template, f"has {sorted(names - _FIELDS)}")
    if "suffix" not in names or not names & {"key", "task", "number"}:
        raise _wrong(template, "needs {suffix} and one of {key}, {task}, {number}")
    if not template.isprintable():
        raise _wrong(template, "has a control character")
    for path in (PurePosixPath(template), PureWindowsPath(template)):
        if path.anchor or ".." in path.parts:
            raise _wrong(template, "leads out of the folder")
        if path.parts[:1] == (_PARTIAL,):
            raise _wrong(template, f"begins with {_PARTIAL}, where files grow")


def _wrong(template: str, problem: str) -> InvalidRequest:
    expected = f"{DEFAULT_TEMPLATE!r}, of {', '.join(sorted(_FIELDS))}"
    return InvalidRequest("batch", [ArgumentFault("template", f"{template!r} {problem}", expected)])


def partial_folder(folder: Path, key: str) -> Path:
    """Return where the files of a row grow. A later run finds what is there already."""
    return folder / _PARTIAL / hashlib.sha256(key.encode()).hexdigest()[:20]


def place(
    files: Iterable[Path], folder: Path, template: str, *, key: str, number: int, operation: str, task: str
) -> list[Path]:
    """Move saved files to the names of the template and return the names. A file of another content keeps its own."""
    paths = []
    for index, path in enumerate(files, 1):
        fields = {"key": safe(key), "number": number, "operation": safe(operation), "task": safe(task)}
        name = template.format(**fields, index=index, suffix=path.suffix)
        target = folder.joinpath(*map(_shorten, Path(name).parts))
        target.parent.mkdir(parents=True, exist_ok=True)
        paths.append(_move(path, target))
    return paths


def clear(folder: Path, partial: Path) -> None:
    """Remove the folder in which the files of a row grew."""
    shutil.rmtree(partial, ignore_errors=True)
    with contextlib.suppress(OSError):  # other rows are at it
        (folder / _PARTIAL).rmdir()


def _move(path: Path, target: Path) -> Path:
    """Give a file its name; where another file has it, the next that is free."""
    for number in range(1, 10_000):
        name = target if number == 1 else target.with_name(f"{target.stem}~{number}{target.suffix}")
        try:
            os.link(path, name)
        except FileExistsError:
            if filecmp.cmp(path, name, shallow=False):
                path.unlink()
                return name
            continue
        except OSError:  # a file system without links
            if name.exists():
                continue
            with open(name, "xb") as out, open(path, "rb") as content:
                shutil.copyfileobj(content, out)
        path.unlink()
        return name
    raise FileExistsError(f"{target} and 10,000 names like it are taken")


def _shorten(name: str) -> str:
    """Return a name that a file system takes: of a longer one the beginning, with a digest of all of it."""
    content = name.encode()
    if len(content) <= _LONGEST_NAME:
        return name
    end = f"-{hashlib.sha256(content).hexdigest()[:8]}{PurePosixPath(name).suffix[:20]}"
    return content[: _LONGEST_NAME - len(end.encode())].decode(errors="ignore") + end


def safe(text: str) -> str:
    """Return text as part of a file name. Where that changes it, a digest keeps two different ones apart."""
    plain = _UNSAFE.sub("-", text).strip(" .").encode()[:_LONGEST].decode(errors="ignore")
    if plain == text and plain.casefold() not in {"con", "nul", "prn", "aux"}:
        return plain
    return f"{plain}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}".lstrip("-")
