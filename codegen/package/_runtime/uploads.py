"""Local files among the arguments of a call: found, checked against what the service takes, and uploaded.

A path, an open binary file or a `file:` URL never reaches the wire: the URL that an uploader gives takes its place.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from . import probe
from .errors import ArgumentFault
from .hosts import is_loopback_url
from .local_files import has_local, is_body, is_local
from .operation import Field, Operation

HOW = (
    "make the client with uploader=, a callable that takes a path and returns an https URL; "
    "ObjectStore of the upload module is one for S3, GCS and Azure"
)
_PLACEHOLDER = "https://local-file.invalid/"


@dataclass(frozen=True, slots=True)
class Upload:
    """One local file."""

    parameter: str
    path: Path
    sha256: str
    facts: probe.FileFacts
    is_copy: bool = False
    """Whether the path is that of a copy of an open file, which goes when the reading ends."""

    @property
    def placeholder(self) -> str:
        """Return a URL that stands for the bytes, wherever they will be."""
        return f"{_PLACEHOLDER}{self.sha256}.{self.facts.format or 'bin'}"


@dataclass(frozen=True, slots=True)
class PendingUploads:
    """The arguments of a call with placeholders for its local files."""

    arguments: Mapping[str, object]
    uploads: tuple[Upload, ...]
    faults: tuple[ArgumentFault, ...]


@contextmanager
def read_files(
    operation: Operation, arguments: Mapping[str, object], *, has_uploader: bool
) -> Iterator[PendingUploads]:
    """Read the local files of a call. Copies of open files are there until the context ends. Blocks."""
    if not has_local(operation, arguments):
        yield PendingUploads(arguments, (), ())
        return
    fields = {field.name: field for field in operation.fields}
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        reader = _Reader(Path(folder))
        replaced = {
            name: reader.replace(name, fields.get(name), value, has_uploader) for name, value in arguments.items()
        }
        faults = [*reader.faults, *_sizes(operation, reader.uploads)]
        yield PendingUploads(replaced, tuple(reader.uploads), tuple(faults))


def fill(arguments: Mapping[str, object], values: Mapping[str, object]) -> dict[str, object]:
    """Return the arguments with what stands for each placeholder in its place."""

    def filled(value: object) -> object:
        if isinstance(value, list | tuple):
            return [filled(item) for item in value]
        return values.get(value, value) if isinstance(value, str) else value

    return {name: filled(value) for name, value in arguments.items()}


def url_fault(url: object) -> str | None:
    """Return what is wrong with what an uploader gave."""
    if not isinstance(url, str) or not url.isprintable():
        return f"the uploader gave {type(url).__name__}, not a URL"
    if urlsplit(url).scheme == "https" or is_loopback_url(url):
        return None
    return "the uploader gave a URL that is not https"


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.uploads: list[Upload] = []
        self.faults: list[ArgumentFault] = []
        self._folder = folder

    def replace(self, name: str, field: Field | None, value: object, has_uploader: bool) -> object:
        """Return the value with a placeholder for each local file."""
        if isinstance(value, list | tuple):
            return [self._one(f"{name}[{index}]", field, item, has_uploader) for index, item in enumerate(value)]
        return self._one(name, field, value, has_uploader)

    def _one(self, name: str, field: Field | None, value: object, has_uploader: bool) -> object:
        if not is_local(value, field) or is_body(field):
            return value
        if field is None or field.media is None:
            self.faults.append(ArgumentFault(name, "is a local file, and this parameter is not the URL of a file"))
            return _PLACEHOLDER
        if not has_uploader:
            self.faults.append(ArgumentFault(name, f"is a local file, and the client has no uploader: {HOW}"))
        try:
            upload = self._read(name, value)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self.faults.append(ArgumentFault(name, f"cannot be read: {reason or error}"))
            return _PLACEHOLDER
        self.faults += [ArgumentFault(name, problem) for problem in probe.faults(field.media, upload.facts)]
        self.uploads.append(upload)
        return upload.placeholder

    def _read(self, name: str, value: Any) -> Upload:
        if isinstance(value, str):
            parts = urlsplit(value.strip())
            if parts.netloc not in ("", "localhost"):
                raise ValueError("a file: URL of another machine")
            path = Path(url2pathname(unquote(parts.path)) if "%" in parts.path else parts.path)
        elif isinstance(value, os.PathLike):
            path = Path(os.fsdecode(value))
        else:
            path = self._copy(value)
        if not path.is_file():
            raise ValueError(f"there is no file {str(path)!r}")
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Upload(name, path, digest, probe.read(path), is_copy=path.parent == self._folder)

    def _copy(self, file: Any) -> Path:
        """Keep what an open file has left, under a name that tells nothing of it."""
        target = self._folder / str(len(self.uploads))
        with open(target, "wb") as out:
            while chunk := file.read(1 << 20):
                if not isinstance(chunk, bytes):
                    raise ValueError("the file is open for text: open it with 'rb'")
                out.write(chunk)
        return target


def _sizes(operation: Operation, uploads: list[Upload]) -> Iterator[ArgumentFault]:
    """Yield the masks that are not of the size of their image."""
    by_name = {upload.parameter: upload for upload in uploads}
    names = {field.wire_name: field.name for field in operation.fields}
    for field in operation.fields:
        other = (field.media or {}).get("same_size_as")
        mine = by_name.get(field.name)
        its = by_name.get(names.get(str(other), str(other)))
        if mine is None or its is None or mine.facts.size is None or its.facts.size is None:
            continue
        if mine.facts.size != its.facts.size:
            have, need = ("x".join(map(str, one.facts.size or ())) for one in (mine, its))
            problem = f"has {have} pixels, and must be of the size of {its.parameter}, {need}"
            yield ArgumentFault(field.name, problem, f"{need} pixels")
