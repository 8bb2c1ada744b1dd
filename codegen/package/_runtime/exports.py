"""The module that exported classes name as theirs, so that tracebacks and help() show what can be imported."""

from __future__ import annotations

import sys
from typing import TypeVar

_PACKAGE = __name__.partition("._runtime")[0]
_EXPORTS = "Task" in getattr(sys.modules[_PACKAGE], "__all__", ())
"""False where these files are edited: there the package exports nothing."""
T = TypeVar("T")


def exported(value: T) -> T:
    """Show a class or function under the name of the package, which exports it."""
    if _EXPORTS:
        value.__module__ = _PACKAGE
    return value
