"""A stand-in on loopback for every service of a package: it answers documented calls and plays tasks to their end."""

from __future__ import annotations

import itertools
import json
import re
import struct
import threading
import zlib
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from codegen.python.model import OperationModel, PackageModel, ServiceModel


def png(width: int = 2, height: int = 2) -> bytes:
    """A real, tiny picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x33\x66\xcc" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# The smallest bytes that are what their name says.
FILES: Mapping[str, tuple[str, bytes]] = {
    "png": ("image/png", png()),
    "svg": ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>'),
    "mp4": (
        "video/mp4",
        struct.pack(">I4s4sI4sI4s", 20, b"ftyp", b"isom", 512, b"isom", 8, b"mdat"),
    ),
    "mp3": ("audio/mpeg", b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(413)),
}
SUFFIX = {"video": "mp4", "image": "png", "audio": "mp3", "diagram": "png", "file": "png"}


class FakeServer:
    """Serves a package's services under http://127.0.0.1:<port>/<module> until closed."""

    def __init__(self, model: PackageModel) -> None:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fake._serve(self)

            do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

            def log_message(self, format: str, *args: object) -> None:
                """Quiet: the demonstration prints its own story."""

        self._services = {str(service.module): service for service in model.services}
        self._tasks: dict[str, tuple[OperationModel, itertools.count[int]]] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self.requests: list[str] = []

    def __enter__(self) -> FakeServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def url(self, module: str) -> str:
        """The base URL to give to the client of `module`."""
        return f"http://127.0.0.1:{self._http.server_port}/{module}"

    def _serve(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        module, _, rest = request.path.lstrip("/").partition("/")
        self.requests.append(f"{request.command} /{rest}")
        if module == "files":
            kind, content = FILES[rest.rpartition(".")[2]]
            return _answer(request, 200, kind, content)
        service = self._services.get(module)
        found = service and _match(service, request.command, f"/{rest.partition('?')[0]}")
        if not service or not found:
            return _answer(request, 404, "application/json", b"{}")
        operation, path_values = found
        reply = self._reply(service, operation, path_values, json.loads(body or b"{}"))
        return _answer(request, 200, "application/json", json.dumps(reply).encode())

    def _reply(
        self, service: ServiceModel, operation: OperationModel, path_values: Mapping[str, str], body: Any
    ) -> dict[str, Any]:
        reply: dict[str, Any] = {}
        if service.envelope:
            code = service.envelope.success[0]
            _put(reply, service.envelope.code, int(code) if code.isdigit() else code)
            for place in (service.envelope.message, service.envelope.trace):
                if place:
                    _put(reply, place, "")
        if operation.kind == "submit" and operation.task:
            task_id = f"demo-task-{len(self._tasks) + 1}"
            self._tasks[task_id] = (operation, itertools.count())
            _put(reply, operation.task.id, task_id)
            return reply
        if operation.kind == "generate":
            _put(reply, operation.reply_at, self._result(service, operation))
            return reply
        for asked_for in (*path_values.values(), *_texts(body)):
            if asked_for in self._tasks:
                self._report(service, asked_for, reply)
                return reply
        sample: dict[str, Any] = _sample(operation.reply_schema or {}, service)
        return sample | reply

    def _report(self, service: ServiceModel, task_id: str, reply: dict[str, Any]) -> None:
        operation, polls = self._tasks[task_id]
        task = operation.task
        assert task is not None
        poll = next(polls)
        state = ("queued", "running", "succeeded")[min(poll, 2)]
        word = next(word for word, meaning in task.states.items() if meaning == state)
        _put(reply, task.status, int(word) if word.isdigit() else word)
        if task.progress:
            _put(reply, task.progress, min(poll * 50, 100))
        if task.result and state == "succeeded":
            result = self._result(service, operation)
            _put(reply, task.result, json.dumps(result) if task.result_is_text else result)

    def _result(self, service: ServiceModel, operation: OperationModel) -> dict[str, Any]:
        schema = service.schemas.get(operation.output_schema or "", {})
        result: dict[str, Any] = _sample(schema, service)
        for pointer in operation.assets_at or ("/files",):
            suffix = "svg" if "svg" in pointer else SUFFIX[operation.media]
            url = f"http://127.0.0.1:{self._http.server_port}/files/asset.{suffix}"
            kind = schema.get("properties", {}).get(pointer.strip("/"), {}).get("type", "array")
            _put(result, pointer, url if kind == "string" else [url])
        return result


def _answer(request: BaseHTTPRequestHandler, status: int, kind: str, content: bytes) -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


def _match(service: ServiceModel, method: str, path: str) -> tuple[OperationModel, dict[str, str]] | None:
    for operation in service.operations:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(operation.path))
        found = re.fullmatch(pattern, path)
        if operation.method == method and found:
            return operation, found.groupdict()
    return None


def _put(target: dict[str, Any], pointer: str, value: Any) -> None:
    *parents, last = pointer.lstrip("/").split("/")
    for step in parents:
        target = target.setdefault(step, {})
    target[last] = value


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _sample(schema: Mapping[str, Any], service: ServiceModel) -> Any:
    """A plausible value of a schema: enough for a reply nobody looks at closely."""
    if "$ref" in schema:
        return _sample(service.schemas[schema["$ref"].rpartition("/")[2]], service)
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: _sample(item, service) for name, item in schema.get("properties", {}).items()}
    return {"integer": 1000, "number": 0.5, "boolean": True, "array": [], "string": ""}.get(str(kind))
