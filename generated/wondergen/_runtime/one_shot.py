# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The body of a request that leaves once, though the client of a caller tries to send it again by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cache
from types import ModuleType
from typing import Any

from .delivery import Left, TransportError

_SENT_AGAIN = "the http_client sends a request again by itself, which would be paid for twice: retries are ours"


@cache
def one_shot(library: ModuleType) -> Any:
    """Return the class of such bodies for an HTTP library. A sending that failed before the body does not count."""

    class OneShot(library.ByteStream):  # type: ignore[misc,name-defined]
        _has_left = False

        def __iter__(self) -> Iterator[bytes]:
            self._leave()
            return iter(super().__iter__())

        def __aiter__(self) -> AsyncIterator[bytes]:
            self._leave()
            return aiter(super().__aiter__())

        def _leave(self) -> None:
            if self._has_left:
                raise TransportError(Left.UNKNOWN, _SENT_AGAIN)
            self._has_left = True

    return OneShot
