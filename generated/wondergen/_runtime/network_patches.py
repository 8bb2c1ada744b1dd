# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Finds out whether something stands in for the network: a mock, a recorder, an instrument.

respx, pytest-httpx, vcrpy, pook and a test's own monkeypatch all replace functions or classes of httpx, of httpcore or
of what those connect by. Our own connections would pass most of them by, and a paid request would leave. So where one
of those is not the library's own, requests go through a client of that library, as the mock expects.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import asynccontextmanager, contextmanager
from operator import attrgetter
from types import ModuleType
from typing import Any

from .data import Data

CORES: Mapping[str, str] = {"httpx": "httpcore", "httpx2": "httpcore2"}
"""HTTP library → the package that its own transport drives."""
SHORTCUTS = ("request", "post", "get", "put", "patch", "delete", "build_request")
"""Methods of a client that its other methods do without."""
_CLIENT = (
    "__init__",
    "_init_transport",
    "_transport_for_url",
    "send",
    "_send_single_request",
    "_send_handling_redirects",
    "_send_handling_auth",
    *SHORTCUTS,
)
_CLASSES: dict[str, tuple[str, ...]] = {
    "Client": _CLIENT,
    "AsyncClient": _CLIENT,
    "HTTPTransport": ("__init__", "handle_request"),
    "AsyncHTTPTransport": ("__init__", "handle_async_request"),
}
_CORE: dict[str, tuple[str, ...]] = {
    "ConnectionPool": ("handle_request", "create_connection"),
    "AsyncConnectionPool": ("handle_async_request", "create_connection"),
    "HTTPConnection": ("handle_request", "_connect"),
    "AsyncHTTPConnection": ("handle_async_request", "_connect"),
    "HTTP11Connection": ("handle_request",),
    "AsyncHTTP11Connection": ("handle_async_request",),
    "HTTPProxy": ("handle_request", "create_connection"),
    "AsyncHTTPProxy": ("handle_async_request", "create_connection"),
    "SyncBackend": ("connect_tcp",),
    "AnyIOBackend": ("connect_tcp",),
}
_USED: dict[str, tuple[str, ...]] = dict.fromkeys(_CLASSES, ())
_AUTO: dict[str, tuple[str, ...]] = {"AutoBackend": ("connect_tcp",)}


class _Place(Data):
    """Classes of one module, and functions of them."""

    library: str
    module: str
    count: int
    """Of classes."""
    read: Callable[[ModuleType], tuple[Any, ...]]
    """Gives the classes and then the functions, as they are now."""


def _watch(library: str, module: str, classes: Mapping[str, tuple[str, ...]]) -> _Place:
    functions = (f"{name}.{function}" for name, functions in classes.items() for function in functions)
    return _Place(library, module, len(classes), attrgetter(*classes, *functions, "__name__"))


_PLACES = tuple(
    _watch(library, module, classes)
    for library, core in CORES.items()
    for module, classes in (
        (library, _CLASSES),
        (f"{library}._client", _USED),
        (core, _CORE),
        (f"{core}._backends.auto", _AUTO),
    )
)
_UNUSED = (
    *("request", "get", "post", "put", "patch", "delete", "head", "options", "stream"),
    *("Client.stream", "AsyncClient.stream"),
)
"""Functions of a library that send requests, and that no request of ours comes by."""
_unused_functions = attrgetter(*_UNUSED)
_DECORATORS: tuple[Any, ...] = (contextmanager, asynccontextmanager)
_DECORATED = {each(iter).__code__ for each in _DECORATORS}
_CONNECTING = (("socket", "create_connection"), ("anyio", "connect_tcp"))
"""What httpcore connects by, and we do not."""

_own: dict[str, tuple[object, ...]] = {}
"""By module: what its watched attributes were when all of them were found to be its own."""


def patched_library() -> str | None:
    """Return the name of the HTTP library that something is patched into, or None. A library not imported is not."""
    modules = sys.modules
    for place in _PLACES:
        module = modules.get(place.module)
        if module is not None and not _is_own(module, place):
            return place.library
    for name, function in _CONNECTING:
        module = modules.get(name)
        current = None if module is None else getattr(module, function, None)
        if module is not None and current is not _own.get(name, (None,))[0]:
            if not is_own(current, module):
                return "httpx"
            _own[name] = (current,)
    return None


def unused_patch() -> str | None:
    """Return the name of a patched function that no request of ours comes by, or None. It may be meant to answer."""
    for library in CORES:
        module = sys.modules.get(library)
        function = None if module is None else _unused_functions(module)
        if module is not None and function != _own.get(f"{library}.post"):
            names = [name for name, each in zip(_UNUSED, function or (), strict=True) if not is_own(each, module)]
            if names:
                return f"{library}.{names[0]}"
            _own[f"{library}.post"] = function or ()
    return None


def patches_of(library: str) -> list[object]:
    """Return what stands now at the places that are watched: other patches need another client."""
    modules = ((sys.modules.get(place.module), place) for place in _PLACES if place.library == library)
    return [_current(module, place) for module, place in modules if module is not None]


def is_own(function: object, module: ModuleType) -> bool:
    """Return whether a function is the library's own: its code stands in a file of the library's package."""
    code = getattr(function, "__code__", None)
    folder = (module.__file__ or "").removesuffix("__init__.py")
    if code in _DECORATED:
        return is_own(function.__wrapped__, module)  # type: ignore[attr-defined]
    return code is not None and bool(folder) and str(code.co_filename).startswith(folder)


def _is_own(module: ModuleType, place: _Place) -> bool:
    patches = _current(module, place)
    if patches is None or _own.get(place.module) == patches:
        return patches is not None
    package = place.module.partition(".")[0]
    classes, functions = patches[: place.count], patches[place.count : -1]
    if not all(isinstance(each, type) and each.__module__.partition(".")[0] == package for each in classes):
        return False
    if not all(is_own(function, sys.modules[package]) for function in functions):
        return False
    _own[place.module] = patches
    return True


def _current(module: ModuleType, place: _Place) -> tuple[Any, ...] | None:
    try:
        return place.read(module)
    except AttributeError:
        return None
