"""Makes a fork wait until no other thread is where a child could not go on: in SQLite, or importing what calls need.

The child inherits the locks of threads that it has not: it would wait for them for ever.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
import time
import weakref
from typing import Any

_IMPORT_SECONDS = 5.0
"""The longest wait for an import."""
_LIBRARIES = (
    "pydantic",
    "pydantic_core",
    "httpx",
    "httpcore",
    "httpx2",
    "httpcore2",
    "h11",
    "certifi",
    "idna",
    "anyio",
)
_NEEDED = frozenset({__name__.partition(".")[0], *_LIBRARIES, *sys.stdlib_module_names})
"""What calls import when they first need it. An application may be imported for as long as it runs."""

_one_at_a_time = threading.RLock()
"""Held while the locks are held or another one is noted: two forks would take them in different order."""
_locks: weakref.WeakSet[Any] = weakref.WeakSet()
_held_locks: list[Any] = []


def hold_during_fork(lock: Any) -> None:
    """Let each fork wait for a lock, and hold it until parent and child go on."""
    watch()
    with _one_at_a_time:
        _locks.add(lock)


@functools.cache
def watch() -> None:
    """Look after the forks of this process from now on."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_hold, after_in_parent=_release, after_in_child=_release)


def _hold() -> None:
    end = time.monotonic() + _IMPORT_SECONDS
    _acquire()
    while _is_importing() and time.monotonic() < end:
        _release()  # the import may need one of them
        time.sleep(0.001)
        _acquire()


def _acquire() -> None:
    of_pydantic = getattr(sys.modules.get("pydantic.main"), "_rebuild_lock", None)
    _one_at_a_time.acquire()
    _held_locks.append(_one_at_a_time)
    for lock in [*_locks, *([of_pydantic] if hasattr(of_pydantic, "acquire") else [])]:
        lock.acquire()
        _held_locks.append(lock)


def _release() -> None:
    while _held_locks:
        _held_locks.pop().release()


def _is_importing() -> bool:
    """Return whether another thread is importing a module that calls need."""
    locks = getattr(sys.modules.get("_frozen_importlib"), "_module_locks", {})
    own = threading.get_ident()
    owners = [getattr(reference(), "owner", None) for name, reference in list(locks.items()) if _is_needed(name)]
    return any(owner not in (None, own) for owner in owners)


def _is_needed(module: str) -> bool:
    return module.partition(".")[0] in _NEEDED
