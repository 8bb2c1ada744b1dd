# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""EdrawMax: EdrawMax and AsyncEdrawMax."""

from importlib import import_module as _import_module

# False when it runs; type checkers treat the name as true. Importing it from typing would take longer than the rest of
# this module. It is not written as False, because Jedi would then skip the block and complete nothing.
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
        value = globals()[name] = getattr(_import_module(_MODULES[name], __name__), name)
        return value


def __dir__() -> list[str]:
    return __all__
