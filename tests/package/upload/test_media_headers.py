"""What a file is and how large comes from its bytes: every format, as it is shown, and hostile bytes do no harm."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wondergen._media import make
from wondergen._runtime import media, media_headers, probe


def little(value: int, width: int) -> bytes:
    return value.to_bytes(width, "little", signed=value < 0)


def big(value: int, width: int) -> bytes:
    return value.to_bytes(width, "big")


def directory(orientation: int = 1, width: int = 320, height: int = 240) -> bytes:
    """Return the first directory of a TIFF file, which EXIF is as well."""
    entries = b"".join(
        little(tag, 2) + little(kind, 2) + little(1, 4) + little(value, 4)
        for tag, kind, value in ((0x100, 4, width), (0x101, 3, height), (0x112, 3, orientation))
    )
    return b"II*\0" + little(8, 4) + little(3, 2) + entries + bytes(4)


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + little(len(body), 4) + body + bytes(len(body) % 2)


def riff(kind: bytes, *chunks: bytes, mark: bytes = b"RIFF") -> bytes:
    body = kind + b"".join(chunks)
    return mark + little(len(body), 4) + body


def extended(exif: bytes, flags: int = 8) -> bytes:
    head = little(flags, 4) + little(639, 3) + little(299, 3)
    return riff(b"WEBP", chunk(b"VP8X", head), chunk(b"VP8 ", bytes(9)), chunk(b"EXIF", exif))


def png(exif: bytes) -> bytes:
    content = make("png", width=640, height=300)
    end = content.rindex(b"IEND") - 4
    return content[:end] + big(len(exif), 4) + b"eXIf" + exif + bytes(4) + content[end:]


def bmp(header: int, width: int, height: int) -> bytes:
    size = little(width, 2) + little(height, 2) if header == 12 else little(width, 4) + little(height, 4)
    return b"BM" + bytes(12) + little(header, 4) + size + bytes(200)


def wav(seconds: int, *, mark: bytes = b"RIFF", stated: int | None = None, kind: int = 1) -> bytes:
    form = little(kind, 2) + little(1, 2) + little(8000, 4) + little(8000, 4) + little(1, 2) + little(8, 2)
    form += bytes(24) if kind == 0xFFFE else b""
    data = bytes(8000 * seconds)
    count = len(data) if stated is None else stated
    chunks = (chunk(b"JUNK", bytes(27)), chunk(b"fmt ", form), b"data" + little(count, 4) + data)
    return riff(b"WAVE", *chunks, mark=mark)


def flac(seconds: int) -> bytes:
    packed = 44100 << 44 | 1 << 41 | 15 << 36 | 44100 * seconds
    return b"fLaC\0\0\0\x22" + bytes(10) + big(packed, 8) + bytes(16)


def page(first: bytes, position: int, *, stream: int = 7) -> bytes:
    return b"OggS\0\2" + little(position, 8) + little(stream, 4) + bytes(8) + b"\x01" + bytes([len(first)]) + first


VORBIS = b"\x01vorbis" + bytes(4) + b"\x01" + little(22050, 4) + bytes(14)
OPUS = b"OpusHead\x01\x01" + little(312, 2) + little(44100, 4) + bytes(3)
ADTS = bytes([0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC]) + bytes(9)
"""44.1 kHz: 16 bytes, 1,024 samples."""


def first_frame(at: int, statement: bytes) -> bytes:
    """Return a frame of MPEG audio, 128 kbit/s at 44.1 kHz, that states at a place how many frames the file has."""
    return (b"\xff\xfb\x90\0".ljust(at, b"\0") + statement).ljust(417, b"\0")


def element(kind: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return big(kind, (kind.bit_length() + 7) // 8) + big(len(body) | 1 << 28, 4) + body


def webm(doctype: bytes = b"webm", *, is_open: bool = False) -> bytes:
    info = element(0x1549A966, element(0x2AD7B1, big(1_000_000, 3)), element(0x4489, struct.pack(">d", 2500.0)))
    video = element(0xE0, element(0xB0, big(640, 2)), element(0xBA, big(300, 2)))
    tracks = element(
        0x1654AE6B, element(0xAE, element(0x83, b"\2")), element(0xAE, element(0x23E383, big(40_000_000, 4)), video)
    )
    segment = element(0x18538067, info, tracks)
    if is_open:
        segment = segment[:4] + b"\x01" + b"\xff" * 7 + segment[8:]
    return element(0x1A45DFA3, element(0x4282, doctype)) + segment


def avi() -> bytes:
    head = b"".join(little(value, 4) for value in (40_000, 0, 0, 0, 50, 0, 1, 0, 640, 300, 0, 0, 0, 0))
    return riff(b"AVI ", b"LIST" + little(200, 4) + b"hdrl" + chunk(b"avih", head))


FILES: dict[str, tuple[bytes, dict[str, Any]]] = {
    "png that EXIF turns": (png(directory(6)), {"format": "png", "size": (300, 640)}),
    "png that EXIF leaves": (png(directory(3)), {"format": "png", "size": (640, 300)}),
    "webp that EXIF turns": (extended(directory(8)), {"format": "webp", "size": (300, 640)}),
    "webp with a mark before EXIF": (extended(b"Exif\0\0" + directory(5)), {"format": "webp", "size": (300, 640)}),
    "webp whose flag says no EXIF": (extended(directory(8), 0), {"format": "webp", "size": (640, 300)}),
    "webp without loss": (
        riff(b"WEBP", chunk(b"VP8L", b"\x2f" + little(639 | 299 << 14, 4) + bytes(9))),
        {"format": "webp", "size": (640, 300)},
    ),
    "webp with loss": (
        riff(b"WEBP", chunk(b"VP8 ", bytes(6) + little(640 | 1 << 14, 2) + little(300, 2) + bytes(4))),
        {"format": "webp", "size": (640, 300)},
    ),
    "webp of another kind": (riff(b"WEBP", chunk(b"ANIM", bytes(20))), {"format": "webp", "size": None}),
    "gif": (b"GIF89a" + little(640, 2) + little(300, 2), {"format": "gif", "size": (640, 300)}),
    "bmp": (bmp(40, 640, 300), {"format": "bmp", "size": (640, 300)}),
    "bmp from the top": (bmp(124, 640, -300), {"format": "bmp", "size": (640, 300)}),
    "old bmp": (bmp(12, 640, 300), {"format": "bmp", "size": (640, 300)}),
    "tiff": (directory(), {"format": "tiff", "size": (320, 240)}),
    "tiff on its side": (directory(6), {"format": "tiff", "size": (240, 320)}),
    "jpeg with fill bytes": (
        b"\xff\xd8" + b"\xff" * 30 + b"\xfe\0\4ab" + b"\xff\xc2\0\x0b\x08" + big(300, 2) + big(640, 2) + bytes(4),
        {"format": "jpg", "size": (640, 300)},
    ),
    "wav": (wav(2), {"format": "wav", "seconds": 2.0}),
    "wav of 64 bits": (wav(2, mark=b"RF64", stated=0xFFFFFFFF), {"format": "wav", "seconds": 2.0}),
    "extensible wav": (wav(2, kind=0xFFFE), {"format": "wav", "seconds": 2.0}),
    "wav that was streamed": (wav(2, stated=0xFFFFFFFF), {"format": "wav", "seconds": 2.0}),
    "flac": (flac(3), {"format": "flac", "seconds": 3.0}),
    "vorbis": (page(VORBIS, 0) + page(b"x", 44100), {"format": "ogg", "seconds": 2.0}),
    "opus": (page(OPUS, 0) + page(b"x", 96312) + page(b"x", 9, stream=8), {"format": "ogg", "seconds": 2.0}),
    "aac": (ADTS * 100, {"format": "aac", "seconds": pytest.approx(100 * 1024 / 44100)}),
    "mp3 by Xing": (first_frame(36, b"Xing\0\0\0\1" + big(100, 4)), {"seconds": pytest.approx(100 * 1152 / 44100)}),
    "mp3 by VBRI": (first_frame(36, b"VBRI" + bytes(10) + big(100, 4)), {"seconds": pytest.approx(100 * 1152 / 44100)}),
    "mp3 by its frames": (first_frame(36, b"") * 3, {"format": "mp3", "seconds": pytest.approx(3 * 1152 / 44100)}),
    "mp3 that states no number": (first_frame(36, b"Xing\0\0\0\0"), {"seconds": pytest.approx(1152 / 44100)}),
    "webm": (webm(), {"format": "webm", "size": (640, 300), "seconds": 2.5, "frame_rate": 25.0}),
    "live webm": (webm(is_open=True), {"format": "webm", "size": (640, 300), "seconds": 2.5, "frame_rate": 25.0}),
    "mkv": (webm(b"matroska"), {"format": "mkv", "size": (640, 300), "seconds": 2.5, "frame_rate": 25.0}),
    "avi": (avi(), {"format": "avi", "size": (640, 300), "seconds": 2.0, "frame_rate": 25.0}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_headers_of_each_format_are_read_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    content, expected = FILES[name]
    path = tmp_path / "file.html"
    path.write_bytes(content)
    facts = probe.read(path)
    assert {field: getattr(facts, field) for field in expected} == expected


@pytest.mark.parametrize("kind", ["png", "mp4", "mp3"])
def test_real_files_are_read_as_they_are_made(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(make(kind, width=64, height=36))
    assert probe.read(path).format == kind


SAMPLES = [content for content, _ in FILES.values()] + [make(kind, width=64, height=36) for kind in ("mp4", "mp3")]


def test_a_film_whose_track_has_no_clock_has_no_frame_rate(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(make("mp4", width=64, height=36).replace(b"mdhd", b"free"))
    facts = probe.read(path)
    assert facts.size is not None
    assert facts.frame_rate is None


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SAMPLES), st.data())
def test_no_bytes_of_a_file_are_a_failure_or_a_size_that_cannot_be(
    tmp_path: Path, content: bytes, data: st.DataObject
) -> None:
    """Cut files short, and write the numbers of headers anew: what a file tells is sensible, or nothing."""
    changed = bytearray(content[: data.draw(st.integers(0, len(content)))])
    for _ in range(data.draw(st.integers(0, 4)) if changed else 0):
        at = data.draw(st.integers(0, len(changed) - 1))
        new = data.draw(st.sampled_from([b"\0", b"\xff", b"\xff" * 4, bytes(8), b"\x7f\xff\xff\xff", b"\x01"]))
        changed[at : at + len(new)] = new
    path = tmp_path / "file"
    path.write_bytes(changed)
    facts = probe.read(path)
    assert facts.size is None or all(one > 0 for one in facts.size)
    assert facts.seconds is None or 0 < facts.seconds < float("inf")
    assert facts.frame_rate is None or 0 < facts.frame_rate < float("inf")


class CountedFile:
    """A file of one byte again and again, that counts how often it is read."""

    def __init__(self, head: bytes, filler: bytes, count: int) -> None:
        self.reads = 0
        self._head, self._filler, self._count, self._at = head, filler, count, 0

    def seek(self, at: int, whence: int = 0) -> int:
        self._at = at
        return at

    def tell(self) -> int:
        return self._at

    def read(self, count: int = -1) -> bytes:
        self.reads += 1
        assert 0 <= count <= media_headers._LONGEST_TABLE
        size = max(0, min(count, self._count - self._at))
        start = self._at % len(self._filler)
        filled = (self._filler * (size // len(self._filler) + 2))[start : start + size]
        if self._at < len(self._head):
            own = self._head[self._at : self._at + size]
            filled = own + filled[len(own) :]
        self._at += size
        return filled


HOSTILE = {
    "jpg": (b"\xff\xd8", b"\xff"),
    "mp4": (b"\0\0\0\x0cftypmp42", b"\0\0\0\x08free"),
    "mov": (b"\xff\xff\xff\xffmoov", b"\xff\xff\xff\xffmoov"),
    "heic": (b"\0\0\0\x0cftypheic", b"\0\0\0\x08meta"),
    "png": (b"\x89PNG\r\n\x1a\n", b"\0\0\0\0"),
    "webp": (b"RIFF\xff\xff\xff\xffWEBPVP8X\0\0\0\0\x08", b"\0"),
    "wav": (b"RIFF\xff\xff\xff\xffWAVE", b"\0"),
    "webm": (b"\x1a\x45\xdf\xa3\x87" + bytes(7), b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"),
    "mkv": (b"\x1a\x45\xdf\xa3\x80", b"\xec\x80"),
    "tiff": (b"II*\0\x08\0\0\0\xff\xff", b"\0"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_large_file_of_nonsense_is_left_after_a_while(kind: str) -> None:
    head, filler = HOSTILE[kind]
    file = CountedFile(head, filler, 2_000_000_000)
    reader: Any = media_headers.READERS[kind]
    reader(file, 2_000_000_000)
    assert 0 < file.reads <= 3 * media_headers._MOST_BOXES


FAULTS: list[tuple[dict[str, Any], bytes, list[str]]] = [
    ({"kind": "image", "formats": ["bmp"]}, bmp(40, 9, 9), []),
    ({"kind": "image", "formats": [".JPEG", "image/x-ms-bmp"]}, bmp(40, 9, 9), []),
    ({"kind": "image"}, bmp(40, 9, 9), []),
    ({"kind": "image", "formats": ["gif"]}, b"BMW is a car", ["is of no known format, and must be one of gif"]),
    ({"kind": "image", "formats": ["png", "jxl"]}, b"\xff\x0a some bytes", []),
    ({"kind": "audio", "formats": ["mpeg"]}, b"ID3\4" + bytes(40), []),
    ({"kind": "audio", "formats": ["opus"]}, page(OPUS, 0), []),
    ({"kind": "audio", "formats": ["m4a"]}, b"\0\0\0\x0cftypmp42", []),
    ({"kind": "video", "formats": ["m4a"]}, b"\0\0\0\x0cftypmp42", ["is mp4, and must be one of m4a"]),
    ({"kind": "image"}, b"", ["is empty"]),
    ({"kind": "image", "formats": ["png"], "width": {"minimum": 9}}, b"", ["is empty"]),
    ({"kind": "image"}, b"<!doctype html><p>404", ["is html, which is not of the kind image"]),
]  # fmt: skip


@pytest.mark.parametrize("limits, content, problems", FAULTS)
def test_a_format_is_held_against_a_file_only_where_it_can_be_told(
    tmp_path: Path, limits: dict[str, Any], content: bytes, problems: list[str]
) -> None:
    path = tmp_path / "file.png"
    path.write_bytes(content)
    assert list(probe.faults(limits, probe.read(path))) == problems


def test_all_that_is_read_is_a_format_that_is_known() -> None:
    assert set(media_headers.READERS) < media.KNOWN
