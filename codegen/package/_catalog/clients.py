"""The clients of the package, imported by the names of their services."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from . import index


@cache
def client_class(service: str, *, is_async: bool = False) -> Any:
    """Return the client of a service, by the name of its module."""
    module = import_module(f"..{service}.{'async_client' if is_async else 'client'}", __package__)
    name = index.services()[service]["client"]
    return getattr(module, f"Async{name}" if is_async else name)
