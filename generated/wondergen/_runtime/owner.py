# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Which process sends a request, and whether that process still runs."""

from __future__ import annotations

import os
import platform
import sys
import uuid
from functools import cache
from pathlib import Path


def current() -> str:
    """Return the name of this process: machine, process id, and when it started where that can be known."""
    return f"{_machine()}/{os.getpid()}/{_start_of(os.getpid())}"


def is_gone(owner: str | None) -> bool | None:
    """Return whether a process has ended; None where that cannot be seen from here."""
    machine, _, rest = (owner or "").partition("/")
    number, _, start = rest.partition("/")
    if machine != _machine() or not number.isdecimal():
        return None
    process = int(number)
    if not _exists(process):
        return True
    return start != "" and _start_of(process) != start  # another process has the number by now


@cache
def _machine() -> str:
    """Return a name for what process ids of this process are unique in: a boot of a machine, or a container on it."""
    parts = [platform.node(), str(uuid.getnode())]
    if sys.platform == "linux":
        try:
            parts.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
            parts.append(os.readlink("/proc/self/ns/pid"))
        except OSError:
            pass
    return uuid.uuid5(uuid.NAMESPACE_OID, "|".join(parts)).hex[:16]


def _start_of(process: int) -> str:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


def _exists(process: int) -> bool:
    if sys.platform == "win32":
        return True  # os.kill would end it there: the lease of the row decides
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
