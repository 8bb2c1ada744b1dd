# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Files that a result may name: some bytes of each kind, and a stub that serves them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import wondergen as package

from .support import Stage

SAMPLES = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "mp4": b"\x00\x00\x00\x18ftypisom" + bytes(40),
    "mp3": b"ID3\x04\x00\x00" + bytes(40),
    "zip": b"PK\x03\x04" + bytes(40),
    "html": b"<!doctype html><title>canary</title>",
}
KINDS = {"video": ("mp4",), "image": ("png",), "audio": ("mp3",), "diagram": ("svg", "png"), "file": ("zip", "mp4")}
"""Kind of media → file types of this kind."""
OTHERS = {"video": "png", "image": "mp4", "audio": "png", "diagram": "mp3", "file": "html"}
"""Kind of media → a file type of another kind."""
PUBLIC = "93.184.216.34"


@contextmanager
def handed_out(stage: Stage, content: bytes) -> Iterator[list[httpx.Headers]]:
    """Answer every download with this file. The list collects the headers of the requests."""
    requests: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request.headers)
        headers = {"content-length": str(len(content))}
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(content))

    def handle(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        return answer(request)

    async def handle_async(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        return answer(request)

    hosts: Any = importlib.import_module(f"{package.__name__}._runtime.hosts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.HTTPTransport, "handle_request", handle)
        patch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle_async)
        patch.setattr(hosts, "resolve", lambda host, port: (PUBLIC,))
        yield requests
