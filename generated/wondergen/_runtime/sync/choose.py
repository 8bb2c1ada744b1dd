# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Which transport a client uses: the caller's, the default one, or a library's where something is patched into it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from ..delivery import Received
from ..errors import ArgumentFault, InvalidRequest
from ..hosts import Target
from ..network_patches import CORES, patched_library, patches_of, unused_patch
from ..reply import HTTPReply
from ..request import WireRequest
from .transport import Transport

if TYPE_CHECKING:
    import httpx
    import httpx2

    HTTPClient: TypeAlias = httpx.Client | httpx2.Client
else:
    HTTPClient = Any

CLIENT = "Client"
"""The name of the class of clients, in each library."""


def transport_for(http_client: object, base_url: str) -> Transport:
    """Return the transport of a client: over the caller's `http_client`, or the default one."""
    if http_client is None:
        return DefaultTransport(base_url)
    library = _library_of(http_client)
    if library is None:
        kind = type(http_client)
        classes = " or ".join(f"{name}.{CLIENT}" for name in CORES)
        problem = f"is {kind.__module__}.{kind.__qualname__}, not {classes}"
        raise InvalidRequest("client", [ArgumentFault("http_client", problem)])
    return _over(library, http_client, DefaultTransport(base_url))


class DefaultTransport:
    """Connections of ours; where something is patched into a library, a client of that library instead."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._connections: dict[str, Transport] = {}
        """One for each server, made when it is first needed."""
        self._patched: tuple[object, Any, Transport] | None = None

    def send(self, request: WireRequest, timeout: float, received: Received) -> HTTPReply:
        """Send once and read the whole reply within so many seconds, noting in `received` what has come so far."""
        return self._current(self._origin(request.url)).send(request, timeout, received)

    @contextmanager
    def open(
        self, target: Target, headers: Mapping[str, str], timeout: float, address: str | None = None
    ) -> Iterator[Any]:
        """GET a file without credentials."""
        with self._current(self._base_url).open(target, headers, timeout, address) as body:
            yield body

    def resolves(self, target: Target) -> bool:
        """Return whether names of hosts are resolved by this machine; a proxy does it by itself."""
        return self._current(self._base_url).resolves(target)

    def close(self) -> None:
        """Close all connections."""
        for connections in self._connections.values():
            connections.close()
        if self._patched is not None:
            self._patched[1].close()

    def _origin(self, url: str) -> str:
        """Return the base URL, or the server of an operation that has one of its own."""
        if url.startswith(self._base_url) and url[len(self._base_url) : len(self._base_url) + 1] in "/?":
            return self._base_url
        scheme, _, rest = url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"

    def _current(self, base_url: str) -> Transport:
        library = patched_library()
        if library is not None:
            return self._through(library)
        if (name := unused_patch()) is not None:
            problem = f"{name} is patched, and no request of this client comes by it: patch {CLIENT}.send, or use respx"
            raise InvalidRequest("client", [ArgumentFault("http_client", f"{problem}, or give a client to send with")])
        connections = self._connections.get(base_url)
        if connections is None:
            from .connections import Connections

            # Threads may come here together: one of them makes it.
            connections = self._connections.setdefault(base_url, Connections(base_url))
        return connections

    def _through(self, library: str) -> Transport:
        """Return a client of the library, made while the same was patched: a mock may put its own classes there."""
        patches = patches_of(library)
        if self._patched is None or self._patched[0] != patches:
            from .adapter import our_client

            client = our_client(importlib.import_module(library), self._base_url)
            self._patched = (patches, client, _over(library, client, None))
        return self._patched[2]


def _library_of(http_client: object) -> str | None:
    for kind in type(http_client).__mro__:
        library = kind.__module__.partition(".")[0]
        if library in CORES and kind.__qualname__ == CLIENT:
            return library
    return None


def _over(library: str, client: object, files: Transport | None) -> Transport:
    from .adapter import ClientTransport

    return ClientTransport(importlib.import_module(library), client, files)
