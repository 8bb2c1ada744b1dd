"""Content codings, decoded within bounds: a small compressed body must not become a large one in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_PIECE = 256 * 1024
_PART = 4096
_CHECKSUM = 8
_GZIP, _ZLIB, _RAW = 31, 15, -15
_NAMES = {"x-gzip": "gzip", "x-deflate": "deflate"} | dict.fromkeys(
    ("identity", "none", "binary", "utf-8", "aws-chunked"), ""
)
"""Names that are written in several ways, and those that storage services keep of an upload: no coding at all."""
_MOST_CODINGS = 3


class DecodingError(ValueError):
    """A body that is not what its Content-Encoding says, is cut, or has a coding that was not asked for."""

    partial: bytes = b""
    """As much of the body as could be decoded."""


class TooMuch(DecodingError):
    """A body that becomes larger than the limit."""


def codings(header: str | None) -> list[str]:
    """Return the names in a Content-Encoding header, in the order in which they were applied."""
    names = (name.strip().lower() for name in (header or "").split(","))
    return [name for name in (_NAMES.get(name, name) for name in names) if name]


def decode(content: bytes | bytearray, header: str | None, limit: int) -> bytes:
    """Return a body without its content codings. Raises DecodingError; TooMuch before more than `limit` bytes exist."""
    names = codings(header)
    if len(names) > _MOST_CODINGS:
        raise DecodingError(f"the body has {len(names)} content codings")
    for name in reversed(names):
        if name not in {"gzip", "deflate"}:
            raise DecodingError(f"the body has the content coding {name[:40]!r}, which was not asked for")
    for name in reversed(names):
        result = bytearray()
        try:
            _decode_into(result, content, name, limit)
        except TooMuch:
            raise
        except DecodingError as error:
            error.partial = bytes(result or content)
            raise
        content = result
    return bytes(content)


def _decode_into(result: bytearray, content: bytes | bytearray, name: str, limit: int) -> None:
    if not content:
        return
    decoder = Decoder(name)
    for part in _parts(content):
        for piece in decoder.feed(part):
            if len(result) + len(piece) > limit:
                raise TooMuch(f"the decoded body has more than {limit} bytes")
            result += piece
    decoder.end()


def _parts(content: bytes | bytearray) -> Iterator[bytes]:
    """Yield a body in parts, the checksum at its end apart: of a part that is broken, zlib gives nothing."""
    end = len(content) - _CHECKSUM if len(content) > 8 * _CHECKSUM else 0
    for start in range(0, end, _PART):
        yield bytes(content[start : min(start + _PART, end)])
    yield bytes(content[end:])


class Decoder:
    """Decodes one coding piece by piece. Gzip may have several members, one after the other."""

    def __init__(self, name: str = "gzip") -> None:
        self._wbits = _GZIP if name == "gzip" else _ZLIB
        self._name = name
        self._stream = zlib.decompressobj(self._wbits)
        self._is_begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the decoded bytes so far, never more than a piece at a time."""
        while data:
            if self._stream.eof:
                if self._name != "gzip" or not data.strip(b"\0"):
                    return  # zeros after the last member are padding
                self._stream = zlib.decompressobj(self._wbits)
            yield self._unpack(data)
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def end(self) -> None:
        """Check that the coded body is whole: no more data comes."""
        if not self._stream.eof:
            raise DecodingError(f"the {self._name} body is cut")

    def _unpack(self, data: bytes) -> bytes:
        try:
            return self._start(data) if not self._is_begun else self._stream.decompress(data, _PIECE)
        except zlib.error as error:
            raise DecodingError(f"the {self._name} body is broken") from error

    def _start(self, data: bytes) -> bytes:
        """Decode the first bytes. `deflate` comes with the header of zlib, as the standard says, or without it."""
        self._is_begun = True
        try:
            return self._stream.decompress(data, _PIECE)
        except zlib.error:
            if self._wbits != _ZLIB:
                raise
            self._wbits = _RAW
            self._stream = zlib.decompressobj(_RAW)
            return self._stream.decompress(data, _PIECE)
