# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: c5aac11e03e26102
"""Saving a result whose bytes are the reply of an operation of the service, behind its key."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from .. import media
from ..content import Content
from ..deadline import Deadline
from ..errors import ArgumentFault, DownloadError, InvalidRequest
from ..operation import Assets
from ..part import PartFile
from .origin import Origin
from .primitives import run_blocking


def save_content(origin: Origin, folder: Path, *, timeout: float | None, max_bytes: int, overwrite: bool) -> list[Path]:
    """Ask for the bytes of a result and save them as one file. Raises DownloadError, and the errors of the call."""
    operation, task, session = origin.operation, origin.task, origin.session
    spec = operation.task
    assert spec is not None
    assert spec.content is not None
    assert task is not None
    try:
        deadline = Deadline(timeout, session.clock.monotonic)
    except ValueError as error:
        raise InvalidRequest("save", [ArgumentFault("timeout", str(error))]) from error
    stem = media.file_stem(operation.name, task.id, 1)
    existing = media.existing_file(folder, stem)
    if existing is not None and existing.stat().st_size and not overwrite:
        return [existing]
    body = session.ask(spec.content, {spec.content_argument: task.id}, deadline)
    content = body.content if isinstance(body, Content) else b""
    problem = _problem(content, operation.assets or Assets(), max_bytes)
    if problem is not None:
        raise DownloadError(problem, operation=operation.name)
    try:
        path = run_blocking(partial(_write, content, folder, stem))
    except OSError as error:
        raise DownloadError(f"{folder}: {error.strerror}", operation=operation.name) from error
    if session.journal is not None:
        run_blocking(partial(session.journal.saved, task.id))
    return [path]


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
