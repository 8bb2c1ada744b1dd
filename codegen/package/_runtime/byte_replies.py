"""Replies that are not JSON, their bytes with type and name; and files that stand in JSON."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from pydantic import BaseModel, ConfigDict

from .pointer import find
from .serialize import charset

_SUFFIX = re.compile(r"[^A-Za-z0-9._ -]+")


class Empty(BaseModel):
    """A success without a body."""

    model_config = ConfigDict(extra="allow")


class Content(BaseModel):
    """The body of a reply as bytes."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    content: bytes
    media_type: str = ""
    """As the service states it: "image/png"."""
    filename: str | None = None
    """The name that the service gives it."""
    headers: Mapping[str, str] = {}
    """The headers of the reply, by lower-case name."""

    def __len__(self) -> int:
        return len(self.content)

    def __bytes__(self) -> bytes:
        return self.content

    def __repr__(self) -> str:
        return f"Content({len(self.content)} bytes of {self.media_type or 'no stated type'})"

    def text(self) -> str:
        """Return the content as text, by the stated character set."""
        return decode_text(self.content, self.media_type)

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the content to a file, or into a folder under its own name, and return where it is."""
        target = Path(path)
        if target.is_dir():
            target = target / (self.filename or "content")
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        part.write_bytes(self.content)
        part.replace(target)
        return target


def encoded_files(result: object, pointers: tuple[str, ...]) -> list[bytes]:
    """Return the files that a result has in itself, decoded. Raises ValueError where one is not what it should be.

    A URL at such a place is none of them: some services give small files as data and large ones as URLs.
    """
    if isinstance(result, Content):
        return [result.content]
    places = [place for pointer in pointers for place in find(result, pointer)]
    texts = [text for place in places for text in (place if isinstance(place, list) else [place])]
    return [_file_of_text(text) for text in texts if isinstance(text, str) and text and "://" not in text[:9]]


def _file_of_text(text: str) -> bytes:
    """Return the bytes of Base64, or of a data: URL."""
    from base64 import b64decode

    if text[:5].lower() == "data:":
        head, _, text = text.partition(",")
        if not head.lower().endswith(";base64"):
            return unquote_to_bytes(text)
    plain = "".join(text.split()).translate(_URL_SAFE)
    return b64decode(plain + "=" * (-len(plain) % 4), validate=True)


_URL_SAFE = str.maketrans("-_", "+/")


def content_of(content: bytes, headers: Mapping[str, str]) -> Content:
    """Return the body of a reply as bytes, with the type and the name that its headers state."""
    return Content(
        content=content,
        media_type=headers.get("content-type", ""),
        filename=_filename(headers.get("content-disposition", "")),
        headers=dict(headers),
    )


def _filename(disposition: str) -> str | None:
    """Return the plain file name of a Content-Disposition; None where it has none."""
    encoded_name = re.search(r"filename\*\s*=\s*[\w-]*'[\w-]*'([^;]+)", disposition)
    plain = re.search(r'filename\s*=\s*(?:"([^"]*)"|([^;]+))', disposition)
    filename = unquote(encoded_name[1]) if encoded_name else (plain[1] or plain[2] or "") if plain else ""
    name = _SUFFIX.sub("_", filename.strip().replace("\\", "/").rpartition("/")[2]).strip(" .")
    return name[:120] or None


def decode_text(content: bytes, media_type: str) -> str:
    """Return bytes as text, by the stated character set, else as UTF-8."""
    try:
        return content.decode(charset(media_type) or "utf-8", "replace")
    except UnicodeError:  # a few encodings, such as idna, replace nothing
        return content.decode("utf-8", "replace")
