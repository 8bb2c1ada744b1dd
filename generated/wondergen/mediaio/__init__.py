# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Media.io: MediaIO and AsyncMediaIO."""

from __future__ import annotations

from importlib import import_module

# Type checkers take this for true. To import typing would be most of what importing this package costs.
# It is false, but not written as False: Jedi would take what is below for code that never runs, and complete nothing.
TYPE_CHECKING = not __name__
if TYPE_CHECKING:
    from .async_client import AsyncMediaIO
    from .async_results import AsyncGenerationResult
    from .client import MediaIO
    from .results import GenerationResult

__all__ = [
    "MediaIO",
    "AsyncMediaIO",
    "GenerationResult",
    "AsyncGenerationResult",
]

_MODULES = {
    "MediaIO": ".client",
    "AsyncMediaIO": ".async_client",
    "GenerationResult": ".results",
    "AsyncGenerationResult": ".async_results",
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
