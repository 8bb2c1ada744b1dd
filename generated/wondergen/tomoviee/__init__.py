# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Tomoviee: Tomoviee and AsyncTomoviee."""

from importlib import import_module as _import_module

# False when it runs; type checkers treat the name as true. Importing it from typing would take longer than the rest of
# this module. It is not written as False, because Jedi would then skip the block and complete nothing.
TYPE_CHECKING = not __name__
if TYPE_CHECKING:
    from .async_client import AsyncTomoviee
    from .async_results import AsyncAudioResult, AsyncImageResult, AsyncMaskResult, AsyncVideoResult
    from .client import Tomoviee
    from .enums import CameraMovement
    from .results import AudioResult, ImageResult, MaskResult, VideoResult

__all__ = [
    "Tomoviee",
    "AsyncTomoviee",
    "CameraMovement",
    "VideoResult",
    "AsyncVideoResult",
    "MaskResult",
    "AsyncMaskResult",
    "ImageResult",
    "AsyncImageResult",
    "AudioResult",
    "AsyncAudioResult",
]

_MODULES = {
    "Tomoviee": ".client",
    "AsyncTomoviee": ".async_client",
    "CameraMovement": ".enums",
    "VideoResult": ".results",
    "AsyncVideoResult": ".async_results",
    "MaskResult": ".results",
    "AsyncMaskResult": ".async_results",
    "ImageResult": ".results",
    "AsyncImageResult": ".async_results",
    "AudioResult": ".results",
    "AsyncAudioResult": ".async_results",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(_import_module(_MODULES[name], __name__), name)
        return value


def __dir__() -> list[str]:
    return __all__
