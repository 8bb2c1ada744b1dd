"""The module that exported classes name as theirs, so that tracebacks and help() show what can be imported."""

from __future__ import annotations

import sys
from typing import TypeVar

PACKAGE = __name__.partition("._runtime")[0]
"""The name of the package that these files are copied into."""
_EXPORTS = "Task" in getattr(sys.modules[PACKAGE], "__all__", ())
"""False where these files are edited: there the package exports nothing."""
T = TypeVar("T")


def exported(value: T) -> T:
    """Show a class or function under the name of the package, which exports it."""
    if _EXPORTS:
        value.__module__ = PACKAGE
    return value
