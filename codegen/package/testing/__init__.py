"""Test code that uses this package: a stateful fake of every service, with no network, no key and no waiting.

With pytest, `testing.plugin` gives the fixture `fake`, and under the name `<package>_fake` the same beside the plugin
of another package; elsewhere use `with Fake() as fake:`. `replay` records real exchanges once and plays them
back. Needs the extra `testing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.lazy_imports import names

# The pytest plugin is imported in every run of pytest, so nothing else is here.
if TYPE_CHECKING:
    from .calls import Call
    from .fakes import Fake
    from .problems import NetworkRefused, PlanError, TestProblems, WrongCall

__all__ = ["Fake", "Call", "WrongCall", "TestProblems", "PlanError", "NetworkRefused"]

if not TYPE_CHECKING:
    __getattr__ = names(
        __name__,
        {
            "Fake": ".fakes",
            "Call": ".calls",
            "WrongCall": ".problems",
            "TestProblems": ".problems",
            "PlanError": ".problems",
            "NetworkRefused": ".problems",
        },
    )


def __dir__() -> list[str]:
    return __all__
