# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Runs the offline upstream: until stopped, or in a thread beside the code that uses it."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .._runtime.hosts import is_loopback
from .settings import Settings
from .upstream import Upstream
from .web import app

_PATIENCE = 10.0


class _Protocol(HttpToolsProtocol):
    """Lets the application hang up: the connection is in the state of each request."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.access_log = False  # for this server alone: the process may have another, which wants its log

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs."""

    url: str
    """Where it is, without a slash at the end."""
    upstream: Upstream

    def base_url(self, service: str) -> str:
        """Return what a client of a service takes as its `base_url`."""
        if service not in self.upstream.catalogs:
            raise ValueError(f"there is no service {service!r}; there are {', '.join(self.upstream.catalogs)}")
        return f"{self.url}/{service}"


@contextmanager
def running(
    settings: Settings | None = None, *, host: str = "127.0.0.1", port: int = 0, upstream: Upstream | None = None
) -> Iterator[Running]:
    """Run a server in a thread of this process, for as long as the block lasts. Port 0: any that is free."""
    with closing(upstream or Upstream(settings)) as upstream_in_use, _listening(host, port) as listener:
        server = uvicorn.Server(_config(upstream_in_use, host))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait(server, thread)
            yield Running(_url(host, listener), upstream_in_use)
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def serve(settings: Settings, *, host: str = "127.0.0.1", port: int = 8765) -> None:
    """Run a server until it is stopped; print its URL."""
    with suppress(KeyboardInterrupt), closing(Upstream(settings)) as upstream, _listening(host, port) as listener:
        names = ", ".join(upstream.catalogs)
        server = uvicorn.Server(_config(upstream, host))
        with _stopped_in_order(server):
            print(f"offline upstream at {_url(host, listener)}/ for {names}; Ctrl-C stops it", flush=True)
            server.run(sockets=[listener])


@contextmanager
def _stopped_in_order(server: uvicorn.Server) -> Iterator[None]:
    """End the server on Ctrl-C and SIGTERM, at any moment and however often; raise nothing.

    uvicorn does so only while it serves, and then raises the signal once more for the handler it found.
    """
    signals = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, server.handle_exit) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _config(upstream: Upstream, host: str) -> uvicorn.Config:
    return uvicorn.Config(
        app(upstream, hosts=[host]),
        http=_Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=1,
    )


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    if not is_loopback(host):
        warnings.warn(
            f"the offline upstream is open to whoever reaches {host!r}, and it asks for no real key", stacklevel=4
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends small replies at once instead of waiting for the other side's receipt.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            wrong = "host" if isinstance(error, socket.gaierror) else "port"
            raise OSError(
                error.errno, f"cannot listen at {host}:{port}: {error.strerror}; choose another {wrong}"
            ) from error
        listener.listen(512)
        yield listener


def _url(host: str, listener: socket.socket) -> str:
    address: tuple[Any, ...] = listener.getsockname()
    return f"http://[{host}]:{address[1]}" if ":" in host else f"http://{host}:{address[1]}"


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    while not server.started:
        thread.join(0.005)
        if not thread.is_alive():
            raise RuntimeError("the offline upstream did not start")
