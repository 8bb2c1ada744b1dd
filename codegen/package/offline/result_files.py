"""The files of results: made when they are first fetched, served as an object store serves them, for a while.

Ranges are answered here and not by Starlette, whose FileResponse serves ranges of files on disk: these are made in
memory, and `Upstream.answer` replies without a server too.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from urllib.parse import parse_qs

from .._catalog.replies import extension
from .._catalog.service_document import Catalog, Endpoint
from .._media import KINDS, make
from .result_contents import size_of
from .upstream_reply import Reply
from .upstream_store import Clock, Task, UpstreamStore

KEPT_BYTES = 64 * 1024 * 1024
"""Files that were made are kept up to this size together; what is not kept is made again, the same."""
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_GONE: Mapping[int, str] = {
    403: "The URL has expired or was changed; ask for the task again.",
    404: "There is no such file.",
}


def names_of(endpoint: Endpoint, files: int) -> list[str]:
    """Return the names of the files of a call, in the order of the places in its result."""
    assets = endpoint.operation.assets
    if assets is None:
        return []
    kinds = dict.fromkeys(extension(endpoint, place) for place in (assets.at or ("",)))
    return [name_of(endpoint, index, kind) for kind in kinds for index in range(1, files + 1)]


def name_of(endpoint: Endpoint, index: int, kind: str) -> str:
    """Return the name of one file."""
    return f"{endpoint.operation.name.replace('.', '-').replace('_', '-')}-{index}.{kind}"


@dataclass(frozen=True, slots=True)
class File:
    """One file."""

    content: bytes
    media_type: str
    etag: str
    modified: str


class Files:
    """URLs of files, and what is behind them."""

    def __init__(self, store: UpstreamStore, clock: Clock, seconds: float, catalogs: Mapping[str, Catalog]) -> None:
        self._store = store
        self._clock = clock
        self._seconds = seconds
        self._catalogs = catalogs
        self._files: OrderedDict[tuple[str, str], File] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def url(self, task: Task, name: str) -> str:
        """Return where a file is, below the server: the same at every poll."""
        expires = int(task.created) - 1 if task.expired else int(task.ends + self._seconds) + 1
        return f"/files/{task.id}/{name}?expires={expires}&signature={self._signature(task.id, name, expires)}"

    def _signature(self, task_id: str, name: str, expires: int) -> str:
        message = f"{task_id}/{name}?{expires}".encode()
        return hmac.new(self._store.secret, message, hashlib.sha256).hexdigest()[:40]

    def answer(self, method: str, place: str, query: str, header: Callable[[str], str | None]) -> Reply:
        """Answer one request for a file; `place` is what follows /files/."""
        if method not in ("GET", "HEAD"):
            return Reply(405, {"allow": "GET, HEAD"})
        task_id, _, name = place.partition("/")
        task = self._store.task(task_id)
        endpoint = self._endpoint(task)
        if task is None or endpoint is None or name not in names_of(endpoint, task.files):
            return _error_reply(404)
        if not self._is_open(task, name, query):
            return _error_reply(403)
        return _file_reply(self.file(task, endpoint, name), header)

    def _endpoint(self, task: Task | None) -> Endpoint | None:
        catalog = self._catalogs.get(task.service) if task else None
        return catalog.endpoints.get(task.operation) if task and catalog else None

    def _is_open(self, task: Task, name: str, query: str) -> bool:
        query_values = parse_qs(query)
        expires, signature = query_values.get("expires", [""])[0], query_values.get("signature", [""])[0]
        if not re.fullmatch(r"\d{1,12}", expires) or not signature.isascii():
            return False
        is_ours = hmac.compare_digest(signature, self._signature(task.id, name, int(expires)))
        return is_ours and self._clock.now() < int(expires)

    def file(self, task: Task, endpoint: Endpoint, name: str) -> File:
        """Return one file of a task, made when it is first wanted."""
        key = (task.id, name)
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
                return self._files[key]
        content = _make(task, name)
        with self._lock:
            if key not in self._files:
                self._files[key] = content
                self._bytes += len(content.content)
            while self._bytes > KEPT_BYTES and len(self._files) > 1:
                _, oldest = self._files.popitem(last=False)
                self._bytes -= len(oldest.content)
        return content


def _make(task: Task, name: str) -> File:
    kind = name.rpartition(".")[2]
    width, height = size_of(task.arguments)
    seed = f"{task.id}/{name.rpartition('.')[0]}"
    content = make(kind, seed=seed, width=width, height=height, text=task.text)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return File(content, KINDS[kind], etag, formatdate(task.ends, usegmt=True))


_HARMLESS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
}
"""What a caller wrote is in the picture: as a page of its own it can do nothing."""


def _error_reply(status: int) -> Reply:
    return Reply(status, {"content-type": "text/plain; charset=utf-8"}, f"{_GONE[status]}\n".encode())


def _file_reply(file: File, header: Callable[[str], str | None]) -> Reply:
    """Return the file, a range of it, or that it has not changed."""
    size = len(file.content)
    headers = {"etag": file.etag, "last-modified": file.modified, "accept-ranges": "bytes", **_HARMLESS}
    etags = header("if-none-match")
    if etags is None:
        is_known = header("if-modified-since") == file.modified
    else:
        is_known = etags.strip() == "*" or file.etag in re.findall(r'"[^"]*"', etags)
    if is_known:
        return Reply(304, headers)
    headers["content-type"] = file.media_type
    match = _RANGE.fullmatch((header("range") or "").strip())
    condition = header("if-range")
    if (
        match is None
        or match[0] == "bytes=-"
        or (condition is not None and condition not in (file.etag, file.modified))
    ):
        return Reply(200, headers, file.content)
    first, last = _ends(match[1], match[2], size)
    if first >= size or last < first:
        return Reply(416, {**headers, "content-range": f"bytes */{size}"})
    headers["content-range"] = f"bytes {first}-{last}/{size}"
    return Reply(206, headers, file.content[first : last + 1])


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size)
    return int(first), min(int(last), size - 1) if last else size - 1
