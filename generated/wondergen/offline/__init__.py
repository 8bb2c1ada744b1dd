# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A local stand-in for every service of this package: no key, no network, no credits; made from the catalog alone.

Needs the extra `offline`. `serve` runs it until stopped, `running` beside the code of a test or a script.
"""

from __future__ import annotations

from .._runtime.lazy_imports import names

# Type checkers take this for true. Nothing is imported before it is used.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .server import Running, running, serve
    from .settings import FaultRate, Settings, parse_fault
    from .upstream import TaskRow, Upstream
    from .web import app

__all__ = ["FaultRate", "Running", "Settings", "TaskRow", "Upstream", "app", "parse_fault", "running", "serve"]

if not TYPE_CHECKING:
    __getattr__ = names(
        __name__,
        {
            "FaultRate": ".settings",
            "Running": ".server",
            "Settings": ".settings",
            "TaskRow": ".upstream",
            "Upstream": ".upstream",
            "app": ".web",
            "parse_fault": ".settings",
            "running": ".server",
            "serve": ".server",
        },
    )


def __dir__() -> list[str]:
    return __all__
