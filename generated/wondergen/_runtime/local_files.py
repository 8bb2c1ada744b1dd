# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Local files among the arguments of a call: those that its body carries, and those that are uploaded first."""

from __future__ import annotations

import inspect
import io
from collections.abc import Awaitable, Callable, Mapping
from fnmatch import fnmatchcase
from os import PathLike
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeAlias

from .operation import Field, Operation

FileInput: TypeAlias = (
    bytes | bytearray | IO[bytes] | PathLike[str] | tuple[str, bytes | IO[bytes]] | tuple[str, bytes | IO[bytes], str]
)
"""A file of a call: its bytes, an open file, its path, or (name, content) and (name, content, media type)."""
LocalFile: TypeAlias = PathLike[str] | BinaryIO
"""What may be given where a parameter is the URL of a file."""
Uploader: TypeAlias = Callable[[Path], str] | Callable[[Path], Awaitable[str]]
"""Puts a file where the service can fetch it, and returns the URL."""


class UnsendableFile(Exception):
    """A call cannot send a file: the parameter, why, and what would be right."""


def is_file(value: object) -> bool:
    """Return whether a value is a file that a call can send."""
    if isinstance(value, tuple) and 2 <= len(value) <= 3 and isinstance(value[0], str):
        value = value[1]
    if isinstance(value, PathLike):
        return Path(value).is_file()
    return isinstance(value, bytes | bytearray) or hasattr(value, "read")


def file_parts(value: object, parameter: str) -> tuple[str, bytes] | None:
    """Return name and content of a file that a call sends; None where it is not a file. Raises UnsendableFile."""
    name = "file"
    if isinstance(value, tuple) and 2 <= len(value) <= 3 and isinstance(value[0], str):
        name = value[0]
        value = value[1]
    if isinstance(value, PathLike):
        path = Path(value)
        name = path.name
        try:
            value = path.read_bytes()
        except OSError as error:
            raise UnsendableFile(parameter, f"cannot be read: {error.strerror}") from error
    if hasattr(value, "read"):
        own = getattr(value, "name", None)
        if name == "file" and isinstance(own, str):
            name = Path(own).name
        value = _read(value, parameter)
    if isinstance(value, bytearray):
        value = bytes(value)
    return (name, value) if isinstance(value, bytes) else None


def _read(file: Any, parameter: str) -> bytes:
    """Return what is left of an open file. Raises UnsendableFile."""
    try:
        content = file.read()
    except (OSError, TypeError, ValueError) as error:
        raise UnsendableFile(parameter, f"cannot be read: {error}") from error
    if isinstance(content, bytes | bytearray):
        return bytes(content)
    if inspect.iscoroutine(content):
        content.close()
        raise UnsendableFile(parameter, "is a file that is read with await: give the bytes of it")
    if isinstance(content, str):
        raise UnsendableFile(parameter, "is a file that is open as text: open it with the mode 'rb'")
    raise UnsendableFile(parameter, f"is a file whose read() gives {type(content).__name__}, not bytes")


def file_media(value: object, media_types: str) -> str:
    """Return the media type of a file: what the caller gives with it, else what is documented.

    Of several media types, or one with a star, or where none is documented, the one that the name of the file tells.
    """
    import mimetypes

    if isinstance(value, tuple) and len(value) == 3:
        return str(value[2])
    choices = [choice.strip() for choice in media_types.split(",") if choice.strip()]
    if len(choices) == 1 and "*" not in media_types:
        return choices[0]
    name = value[0] if isinstance(value, tuple) else value if isinstance(value, PathLike) else None
    name = getattr(value, "name", None) if name is None else name
    media = mimetypes.guess_type(str(name))[0] if isinstance(name, str | PathLike) else None
    if media and (not choices or any(fnmatchcase(media, choice.partition(";")[0].lower()) for choice in choices)):
        return media
    return next((choice for choice in choices if "*" not in choice), "application/octet-stream")


def is_local(value: object, field: Field | None = None) -> bool:
    """Return whether a value is a local file. Text is one only where a URL is meant: see `wire.fault` for the rest."""
    if isinstance(value, str):
        return field is not None and field.media is not None and value.lstrip()[:5].lower() == "file:"
    return isinstance(value, PathLike | io.IOBase) or (hasattr(value, "read") and hasattr(value, "seek"))


def is_body(field: Field | None) -> bool:
    """Return whether a file goes into the body itself."""
    return field is not None and (field.is_file or field.location == "whole")


def has_local(operation: Operation, arguments: Mapping[str, object]) -> bool:
    """Return whether any argument is or lists a local file that does not go into the body itself."""
    for name, value in arguments.items():
        if value is None or (type(value) is str and name not in operation.media_fields):
            continue
        field = operation.by_name.get(name)
        items = value if isinstance(value, list | tuple) else (value,)
        if not is_body(field) and any(is_local(item, field) for item in items):
            return True
    return False
