"""Unpacking gzip that was not asked for: in small pieces, so that a bomb meets the size limit, and to its very end."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_PIECE = 256 * 1024


class Inflater:
    """Unpacks one gzip stream. ValueError where it is broken or cut."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The unpacked bytes so far, never more than a piece at a time."""
        while data and not self._stream.eof:
            yield self._unpack(data)
            data = self._stream.unconsumed_tail

    def end(self) -> None:
        """No more data comes: the stream must be whole."""
        if not self._stream.eof:
            raise ValueError("the gzip stream is cut")

    def _unpack(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(data, _PIECE)
        except zlib.error as error:
            raise ValueError("the gzip stream is broken") from error
