# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Finds out whether something stands in for the network: a mock, a recorder, an instrument.

respx, pytest-httpx, vcrpy and a test's own monkeypatch all replace functions of httpx or of httpcore. Our own
connections would pass most of them by, and a paid request would leave. So where one of those functions is not the
library's own, requests go through a client of that library, as the mock expects.
"""

from __future__ import annotations

import sys
from operator import attrgetter
from types import ModuleType
from typing import Any

_CLIENT = ("send", "_transport_for_url", "_send_single_request", "_send_handling_redirects", "_send_handling_auth")
_WATCHED = {
    "Client": (*_CLIENT, "__init__", "request", "_init_transport"),
    "AsyncClient": (*_CLIENT, "__init__", "request", "_init_transport"),
    "HTTPTransport": ("__init__", "handle_request"),
    "AsyncHTTPTransport": ("__init__", "handle_async_request"),
}
_WATCHED_CORE = {
    "ConnectionPool": ("handle_request",),
    "AsyncConnectionPool": ("handle_async_request",),
    "HTTPConnection": ("handle_request", "_connect"),
    "AsyncHTTPConnection": ("handle_async_request", "_connect"),
    "HTTP11Connection": ("handle_request",),
    "AsyncHTTP11Connection": ("handle_async_request",),
    "HTTPProxy": ("handle_request", "create_connection"),
    "AsyncHTTPProxy": ("handle_async_request", "create_connection"),
    "SyncBackend": ("connect_tcp",),
    "AnyIOBackend": ("connect_tcp",),
}
_LIBRARIES = (("httpx", "httpcore"), ("httpx2", "httpcore2"))

_own: dict[str, tuple[object, ...]] = {}
"""By module: what its watched attributes were when all of them were found to be its own."""


def _getter(watched: dict[str, tuple[str, ...]]) -> attrgetter[Any]:
    """Return what reads all watched attributes of a module in one go: it is done before each request."""
    return attrgetter(*watched, *(f"{name}.{attribute}" for name, some in watched.items() for attribute in some))


_READERS = tuple(
    (client, name, watched, _getter(watched))
    for client, core in _LIBRARIES
    for name, watched in ((client, _WATCHED), (core, _WATCHED_CORE))
)


def patched_library() -> str | None:
    """Return the name of the HTTP library that something is patched into, or None. A library not imported is not."""
    modules = sys.modules
    for client, name, watched, read in _READERS:
        module = modules.get(name)
        if module is not None and not _is_own(module, name, watched, read):
            return client
    return None


def is_own(function: object, module: ModuleType) -> bool:
    """Return whether a function is the library's own: its code stands in a file of the library's package."""
    code = getattr(function, "__code__", None)
    folder = (module.__file__ or "").removesuffix("__init__.py")
    return code is not None and bool(folder) and str(code.co_filename).startswith(folder)


def _is_own(module: ModuleType, name: str, watched: dict[str, tuple[str, ...]], read: attrgetter[Any]) -> bool:
    try:
        found = read(module)
    except AttributeError:  # a library without one of them, or a module that is still being imported
        found = tuple(_attributes(module, watched))
    if _own.get(name) == found:
        return True
    classes = [getattr(module, each, None) for each in watched]
    functions = found[len(classes) :]
    if not all(isinstance(each, type) and each.__module__.partition(".")[0] == name for each in classes):
        return False
    if not all(is_own(function, module) for function in functions):
        return False
    _own[name] = found
    return True


def _attributes(module: ModuleType, watched: dict[str, tuple[str, ...]]) -> list[Any]:
    classes = [getattr(module, each, None) for each in watched]
    return classes + [
        getattr(each, attribute, None)
        for each, attributes in zip(classes, watched.values(), strict=True)
        for attribute in attributes
    ]
