# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Real pictures, films and sounds for results to lead to, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from .._media import KINDS, extension, make

__all__ = ["FILES", "extension"]


class _Files(Mapping[str, tuple[str, bytes]]):
    """Made on demand: importing a test kit costs nothing, and most tests download no file."""

    def __getitem__(self, extension: str) -> tuple[str, bytes]:
        return KINDS[extension], _made(extension)

    def __contains__(self, extension: object) -> bool:
        return extension in KINDS

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


@cache
def _made(extension: str) -> bytes:
    return make(extension, width=64, height=36)


FILES: Mapping[str, tuple[str, bytes]] = _Files()
"""Extension → media type and bytes."""
