"""Test code that uses this package: a stateful fake of every service, with no network, no key and no waiting.

With pytest, `testing.plugin` gives the fixture `fake`, and under the name `<package>_fake` the same beside the plugin
of another package; elsewhere use `with Fake() as fake:`. `replay` records real exchanges once and plays them
back. Needs the extra `testing`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

# The pytest plugin is imported in every run of pytest, so nothing else is here.
if TYPE_CHECKING:
    from .calls import Call
    from .fakes import Fake
    from .problems import NetworkRefused, PlanError, TestProblems, WrongCall

__all__ = ["Fake", "Call", "WrongCall", "TestProblems", "PlanError", "NetworkRefused"]

_MODULES = {
    "Fake": ".fakes",
    "Call": ".calls",
    "WrongCall": ".problems",
    "TestProblems": ".problems",
    "PlanError": ".problems",
    "NetworkRefused": ".problems",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value


def __dir__() -> list[str]:
    return __all__
