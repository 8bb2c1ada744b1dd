# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Media.io: MediaIO and AsyncMediaIO."""

from importlib import import_module as _import_module

# False when it runs; type checkers treat the name as true. Importing it from typing would take longer than the rest of
# this module. It is not written as False, because Jedi would then skip the block and complete nothing.
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
        value = globals()[name] = getattr(_import_module(_MODULES[name], __name__), name)
        return value


def __dir__() -> list[str]:
    return __all__
