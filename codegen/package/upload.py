"""An uploader for local files: objects in S3, Google Cloud Storage or Azure, behind signed URLs (extra `upload`).

    client = Client(uploader=ObjectStore("s3://bucket/prefix"))

The name of an object is the digest of its bytes, so that the same bytes are uploaded once. Objects are private; the
service gets a URL that is signed for reading and expires. S3 is tested against a server of S3, Google and Azure against
servers that verify the signatures. Where the credentials of Google have no private key, Google is asked to sign.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from ._runtime import log, media
from ._runtime.errors import ArgumentFault, InvalidRequest, WondergenError
from ._runtime.exports import PACKAGE

DEFAULT_EXPIRY = timedelta(hours=24)
"""How long a signed URL is good: longer than any task takes."""
_LONGEST = timedelta(days=7)
_TYPES: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
    "heic": "image/heic",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "svg": "image/svg+xml",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "avi": "video/x-msvideo",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "pdf": "application/pdf",
}


class ObjectStore:
    """Objects under one prefix of a bucket. Called with a path, it returns a signed URL of the file's bytes."""

    def __init__(self, url: str, *, expires: timedelta = DEFAULT_EXPIRY, store: Any = None, **config: Any) -> None:
        """Open `s3://bucket/prefix`, `gs://bucket/prefix` or `az://container/prefix`.

        Keys come from the environment as with the provider's own tools, or from `config`, which obstore takes:
        `endpoint`, `region`, `access_key_id`… `store`: an obstore store of your own in place of all this.
        """
        if not timedelta(hours=1) <= expires <= _LONGEST:
            problem = f"{expires} is not between an hour and seven days"
            raise InvalidRequest("upload", [ArgumentFault("expires", problem)])
        self._obstore, from_url = _library()
        self._expires = expires
        self._known: dict[str, str] = {}
        if store is not None:
            self._store = store
            return
        if str(config.get("endpoint", "")).startswith("http://"):
            config.setdefault("client_options", {"allow_http": True})
        try:
            self._store = from_url(url, **config)
        except Exception as error:
            problem = f"{url.partition('?')[0]!r} cannot be opened: {type(error).__name__}"
            raise InvalidRequest("upload", [ArgumentFault("url", problem, "s3://bucket/prefix")]) from error

    def __repr__(self) -> str:
        return "ObjectStore(...)"

    def __call__(self, path: str | os.PathLike[str]) -> str:
        """Upload a file, where its bytes are not there yet, and return a signed URL for reading it."""
        place = Path(path)
        with open(place, "rb") as file:
            kind = media.sniff(file.read(media.HEAD_BYTES))
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        name = f"{digest}.{kind or 'bin'}"
        try:
            if name not in self._known and not self._has(name):
                attributes = {"Content-Type": _TYPES.get(kind or "", "application/octet-stream")}
                self._obstore.put(self._store, name, place, attributes=attributes)
                log.record_of("upload", logging.INFO, "uploaded", bytes=place.stat().st_size, sha256=name[:12])
            self._known[name] = name
            signed: str = self._obstore.sign(self._store, "GET", name, self._expires)
        except OSError:
            raise
        except Exception as error:
            raise UploadFailed(f"the object store refused the file: {type(error).__name__}") from error
        return signed

    def _has(self, name: str) -> bool:
        try:
            self._obstore.head(self._store, name)
        except FileNotFoundError:
            return False
        return True


class UploadFailed(WondergenError):
    """A file could not be put into the object store. Nothing was sent to the service."""


def _library() -> tuple[Any, Any]:
    try:
        import obstore
        from obstore.store import from_url
    except ImportError as error:
        problem = f"an object store needs obstore: pip install '{PACKAGE}[upload]'"
        raise InvalidRequest("upload", [ArgumentFault("url", problem)]) from error
    return obstore, from_url
