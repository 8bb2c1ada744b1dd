"""Files to download, a server's replies with them, and one way to save a result."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codegen.package._runtime.operation import Assets, Operation
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer, head_of, raw
from tests.package._runtime.sample_service import MAKE


def mp4(size: int = 100_000) -> bytes:
    """Return a file with the structure of an MP4: type, index, and so many bytes of pictures."""
    pictures = bytes(range(256)) * (size // 256)
    boxes = (b"ftyp" + b"isom\x00\x00\x02\x00isommp41", b"moov" + b"\x00" * 16, b"mdat" + pictures)
    return b"".join((len(box) + 4).to_bytes(4, "big") + box for box in boxes)


MP4 = mp4()
PNG = b"\x89PNG\r\n\x1a\n" + b"\x01" * 500 + b"IEND\xae\x42\x60\x82"
ETAG = {"ETag": '"v1"'}
CHUNKED = [("Transfer-Encoding", "chunked")]
FILM: Operation = MAKE.replace(assets=Assets(at=("/url",), media="video"))
NAME = "make-t-1-1.mp4"


def chunk(content: bytes) -> bytes:
    """Return a part of a body whose length is not announced."""
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


def file(content: bytes = MP4, headers: Mapping[str, str] = ETAG, status: int = 200) -> Step:
    """Return the reply with the whole file."""
    return answer(content, status, headers, bills=False)


def rest(start: int, content: bytes = MP4, headers: Mapping[str, str] = ETAG) -> Step:
    """Return the reply with the part of a file from an offset on."""
    span = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
    return answer(content[start:], 206, {**headers, **span}, bills=False)


def cut(at: int, content: bytes = MP4, headers: Mapping[str, str] = ETAG) -> Step:
    """Return a reply that promises the whole file and ends early."""
    head = head_of(200, [("Content-Length", str(len(content))), *headers.items()])
    return raw(f"cut at {at}", head + content[:at], bills=False)


def result(harness: Harness, client: Any, *urls: str, task: Any = None, operation: Operation = FILM) -> Any:
    """Return a result that names these files."""
    task = harness.name("task", "Task")(client._session, operation, harness.result, "t-1") if task is None else task
    return harness.result.build({"url": list(urls)}, session=client._session, operation=operation, task=task)


def save(harness: Harness, server: Loopback, folder: Path, *, path: str = "/film", **options: Any) -> list[Path]:
    """Save one file of the server."""
    operation = options.pop("operation", FILM)
    made = result(harness, harness.client(server.url), server.url + path, operation=operation)
    paths: list[Path] = harness.call(made.save, folder, **options)
    return paths


def left(folder: Path) -> list[str]:
    """Return the names of all files in a folder."""
    return sorted(path.name for path in folder.iterdir())
