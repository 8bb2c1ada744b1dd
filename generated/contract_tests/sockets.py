# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A server on loopback that passes the requests of real connections to a router of respx."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import respx
import wondergen as package

LOOPBACK = "127.0.0.1"


class Server(ThreadingHTTPServer):
    """Answers each request from the router. If the router raises an error of a transport, the connection is closed."""

    daemon_threads = True

    def __init__(self, router: respx.Router) -> None:
        super().__init__((LOOPBACK, 0), Handler)
        self.router = router
        self.url, self.seconds = "", 0.0
        """Extensions of the request in progress, which are not sent over the socket."""

    def reply(self, method: str, headers: list[tuple[bytes, bytes]], content: bytes) -> httpx.Response | None:
        """Return the response of the router; None if it raises an error of a transport."""
        request = httpx.Request(method, self.url, headers=headers, content=content)
        request.extensions = {"timeout": {"read": self.seconds}}
        try:
            return self.router.handler(request)
        except httpx.TransportError:
            return None


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Server  # pyright: ignore[reportIncompatibleVariableOverride] # no other server has this handler

    def handle_one_request(self) -> None:
        """Read a request of any method, and answer it."""
        self.raw_requestline = self.rfile.readline()
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        assert self.server.url.endswith(self.path), "the target is not as the client built it"
        headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in self.headers.items()]
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        response = self.server.reply(self.command, headers, content)
        if response is None:
            self.close_connection = True
            return
        body = b"".join(iter(response.stream))  # type: ignore[arg-type]
        lines = [b"%s: %s\r\n" % header for header in response.headers.raw if header[0].lower() != b"content-length"]
        head = b"HTTP/1.1 %d \r\n%sContent-Length: %d\r\n\r\n" % (response.status_code, b"".join(lines), len(body))
        self.wfile.write(head + body)


@contextmanager
def connected(router: respx.Router) -> Iterator[Server]:
    """Lead every connection of the package to a server, without TLS. Nothing else of a connection is replaced."""
    with Server(router) as server, pytest.MonkeyPatch.context() as patch:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        for side, kind in (("sync", "Connections"), ("aio", "AsyncConnections")):
            connections = importlib.import_module(f"{package.__name__}._runtime.{side}.connections")
            send, connect = getattr(connections, kind).send, connections.connect
            patch.setattr(getattr(connections, kind), "send", _noted(server, send))
            patch.setattr(connections, "connect", _led(server, connect))
            patch.setattr(connections, "secured", _plain if side == "sync" else _plain_async)
        yield server
        server.shutdown()


def _noted(server: Server, send: Any) -> Any:
    def noted(self: Any, request: Any, timeout: float, received: Any) -> Any:
        server.url, server.seconds = request.target, timeout
        return send(self, request, timeout, received)

    return noted


def _led(server: Server, connect: Any) -> Any:
    return lambda host, port, seconds: connect(LOOPBACK, server.server_port, seconds)


def _plain(stream: Any, context: object, server_hostname: str) -> Any:
    return stream


async def _plain_async(stream: Any, context: object, server_hostname: str) -> Any:
    return stream
