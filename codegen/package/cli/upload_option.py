"""Local files on the command line: by way of an object store, or served by this process to the offline stand-in."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .._runtime.operation import Operation
from . import command_names
from .argument_values import names_file


def with_paths(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments with a path for each text that names a local file where the URL of a file goes."""
    takes_files = {field.name for field in operation.fields if field.media is not None}
    return {name: _with_path(value) if name in takes_files else value for name, value in arguments.items()}


def _with_path(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_path(item) for item in value]
    if not isinstance(value, str) or "://" in value:
        return value
    return Path(value) if names_file(value) or _NAME.search(value) else value


_NAME = re.compile(r"^(?!data:|file:)[^\r\n]{1,250}\.[A-Za-z0-9]{2,5}$", re.IGNORECASE)
"""What is meant as the name of a file, though there is none."""


@contextmanager
def uploader(option: str | None, *, is_offline: bool) -> Iterator[Callable[[Path], str] | None]:
    """Yield what puts local files where the service can fetch them; None where nothing says how."""
    if is_offline:
        with _serving() as serve:
            yield serve
        return
    url = option or os.environ.get(command_names.UPLOAD_VARIABLE)
    if not url:
        yield None
        return
    from ..upload import ObjectStore

    yield ObjectStore(url)


@contextmanager
def _serving() -> Iterator[Callable[[Path], str]]:
    """Serve single files on loopback, each under the digest of its bytes, until the command ends."""
    files: dict[str, Path] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = files.get(self.path)
            content = b"" if path is None else path.read_bytes()
            self.send_response(404 if path is None else 200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Log nothing: a path is private."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()

    def serve(path: Path) -> str:
        name = f"/{hashlib.sha256(path.read_bytes()).hexdigest()}{path.suffix}"
        files[name] = path
        return f"http://127.0.0.1:{server.server_port}{name}"

    try:
        yield serve
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
