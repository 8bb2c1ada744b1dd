"""Skip a generation whose inputs and outputs are what they were: `generate` is then a matter of reading files.

What it remembers lies in `.generate_cache`, which is not committed. Nothing depends on it: without it, or with another
generator, all is generated again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from codegen import paths, trees

Report = dict[str, list[str]]
"""What a generation says: "lines", and "refused" for what it left out."""
CACHE = paths.ROOT / ".generate_cache"
_SOURCES = frozenset({".py", ".jinja", ".yaml", ".json", ".html", ".css", ".js", ".svg", ".txt", ".mp4", ".mp3"})
_MOST = 40
"""Remembered outputs; the oldest goes first."""
_MOST_FILES = 20_000
"""Files below a folder of documents. In the folder of a whole disk nothing is remembered."""


def inputs(folders: Iterable[Path | None], words: Iterable[str]) -> str:
    """Return the digest of everything that generated files depend on: the documents, the generator, the options.

    "" where the folders hold too many files.
    """
    digest = hashlib.sha256(json.dumps([sys.version, *words]).encode())
    generator = (path for path in paths.ROOT.joinpath("codegen").rglob("*") if path.suffix in _SOURCES)
    evidence = (paths.ROOT / "specs").rglob("*.yaml")
    below = (path for folder in folders if folder is not None for path in folder.rglob("*"))
    documents = list(islice(below, _MOST_FILES + 1))
    if len(documents) > _MOST_FILES:
        return ""
    for path in sorted({*generator, *evidence, *documents, paths.ROOT / "requirements.txt"}):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes() if path.stat().st_size <= trees.MAX_DOCUMENT_BYTES else b""
            digest.update(path.as_posix().encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def outputs(output: Path, folders: Iterable[str]) -> str:
    """Return the digest of the generated folders as they lie on disk."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((output / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(output).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _file(output: Path) -> Path:
    return CACHE / f"{hashlib.sha256(os.path.realpath(output).encode()).hexdigest()[:24]}.json"


def kept_report(output: Path, folders: Iterable[str], digest: str) -> Report | None:
    """Return what was reported when this was generated last; None where anything has changed since."""
    try:
        row = json.loads(_file(output).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if (
        not digest
        or not isinstance(row, dict)
        or row.get("inputs") != digest
        or row.get("outputs") != outputs(output, folders)
    ):
        return None
    return {"lines": row["lines"], "refused": row["refused"]}


def remember(output: Path, folders: Iterable[str], digest: str, report: Report) -> None:
    """Note what was generated. Where the cache cannot be written, it is not used."""
    row = {**report, "inputs": digest, "outputs": outputs(output, folders)}
    try:
        CACHE.mkdir(exist_ok=True)
        _file(output).write_text(json.dumps(row), encoding="utf-8")
        for old in sorted(CACHE.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-_MOST]:
            old.unlink()
    except OSError:
        return
