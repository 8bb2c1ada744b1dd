# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""EdrawMax: EdrawMax and AsyncEdrawMax."""

from __future__ import annotations

from importlib import import_module

# Type checkers take this for true. To import typing would be most of what importing this package costs.
# It is false, but not written as False: Jedi would take what is below for code that never runs, and complete nothing.
TYPE_CHECKING = not __name__
if TYPE_CHECKING:
    from .async_client import AsyncEdrawMax
    from .async_results import AsyncDiagramResult, AsyncFlowchartResult
    from .client import EdrawMax
    from .results import DiagramResult, FlowchartResult

__all__ = [
    "EdrawMax",
    "AsyncEdrawMax",
    "FlowchartResult",
    "AsyncFlowchartResult",
    "DiagramResult",
    "AsyncDiagramResult",
]

_MODULES = {
    "EdrawMax": ".client",
    "AsyncEdrawMax": ".async_client",
    "FlowchartResult": ".results",
    "AsyncFlowchartResult": ".async_results",
    "DiagramResult": ".results",
    "AsyncDiagramResult": ".async_results",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        if "._" in value.__module__:
            # Shown by its public name: tracebacks and help() then name what a reader can import.
            value.__module__ = __name__
        return value


def __dir__() -> list[str]:
    return __all__
