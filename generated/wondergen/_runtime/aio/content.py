# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Saving files that no URL leads to: they stand in the result, or are replies of the service behind its key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .. import media
from ..byte_replies import Content, encoded_files
from ..deadline import Deadline
from ..errors import DownloadError
from ..operation import Assets
from ..part import PartFile
from ..states import named_urls
from .origin import AsyncOrigin
from .primitives import run_blocking


async def save_content(
    origin: AsyncOrigin, folder: Path, deadline: Deadline, *, max_bytes: int, overwrite: bool
) -> list[Path]:
    """Ask for the bytes of each file of a result and save them. Raises DownloadError, and the errors of the call."""
    operation, task, session = origin.operation, origin.task, origin.session
    spec = operation.task
    assert spec is not None
    assert spec.content is not None
    assert task is not None
    paths = []
    for number, content_id in enumerate(task.content_ids(), 1):
        stem = media.file_stem(operation.name, task.id, number)
        path = None if overwrite else _existing(folder, stem)
        if path is None:
            answer = await session.ask(spec.content, {spec.content_argument: content_id}, deadline)
            body = answer.body
            content = body.content if isinstance(body, Content) else body.encode() if isinstance(body, str) else b""
            path = await _save(origin, content, folder, stem, max_bytes)
        paths.append(path)
    await _note_saved(origin)
    return paths


async def save_encoded(
    origin: AsyncOrigin, result: object, folder: Path, *, max_bytes: int, overwrite: bool
) -> list[Path]:
    """Save the files that stand in a result itself; [] where there are none. Raises DownloadError."""
    assets = origin.operation.assets or Assets()
    if not assets.encoded and not isinstance(result, Content):
        return []
    try:
        contents = await run_blocking(partial(encoded_files, result, assets.encoded))
    except ValueError as error:
        raise DownloadError(f"a file in the result is not Base64: {error}", operation=origin.operation.name) from error
    paths = []
    for number, content in enumerate(contents, 1):
        name = hashlib.sha256(content).hexdigest()[:16] if origin.task is None else origin.task.id
        stem = media.file_stem(origin.operation.name, name, number)
        path = None if overwrite else _existing(folder, stem)
        paths.append(path or await _save(origin, content, folder, stem, max_bytes))
    if paths and not named_urls(result, assets):  # else the download notes it
        await _note_saved(origin)
    return paths


def _existing(folder: Path, stem: str) -> Path | None:
    """Return the file of this name, if it has something in it."""
    path = media.existing_file(folder, stem)
    return path if path is not None and path.stat().st_size else None


async def _save(origin: AsyncOrigin, content: bytes, folder: Path, stem: str, max_bytes: int) -> Path:
    """Write one file under its name, if it is what it should be."""
    operation = origin.operation.name
    problem = _problem(content, origin.operation.assets or Assets(), max_bytes)
    if problem is not None:
        raise DownloadError(problem, operation=operation)
    try:
        return await run_blocking(partial(_write, content, folder, stem))
    except OSError as error:
        raise DownloadError(f"{folder}: {error.strerror}", operation=operation) from error


async def _note_saved(origin: AsyncOrigin) -> None:
    journal = origin.session.journal
    if journal is not None and origin.task is not None:
        note: Callable[[], object] = partial(journal.saved, origin.task.id)
        await run_blocking(note)


def _problem(content: bytes, assets: Assets, max_bytes: int) -> str | None:
    extension = media.sniff(content[:1024])
    if not content:
        return "the service sent no bytes"
    if len(content) > max_bytes:
        return f"the file has more than max_bytes={max_bytes}"
    if not media.accepts(assets.media, extension):
        return f"what came is {extension or 'of no known type'}, not a file of the kind {assets.media}"
    return None


def _write(content: bytes, folder: Path, stem: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with PartFile(folder / f"{stem}.part") as part:
        part.restart(None)
        part.write(content)
        return part.finish(folder / f"{stem}.{media.sniff(content[:1024]) or 'bin'}")
