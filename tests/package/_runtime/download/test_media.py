"""Bytes say what a file is; names come from us."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.package._runtime import media

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + b"\x00\x00\x00\x10moov" + b"\x00" * 8
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IEND\xae\x42\x60\x82"
SAMPLES = {
    "png": PNG,
    "jpg": b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9",
    "gif": b"GIF89a" + b"\x00" * 20 + b"\x3b",
    "webp": b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"\x00" * 8,
    "wav": b"RIFF\x10\x00\x00\x00WAVEfmt " + b"\x00" * 8,
    "avi": b"RIFF\x10\x00\x00\x00AVI LIST" + b"\x00" * 8,
    "mp4": MP4,
    "mov": MP4.replace(b"ftypisom", b"ftypqt  "),
    "m4a": MP4.replace(b"ftypisom", b"ftypM4A "),
    "avif": b"\x00\x00\x00\x18ftypavif",
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "mkv": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska",
    "mp3": b"ID3\x04\x00",
    "ogg": b"OggS\x00\x02",
    "flac": b"fLaC\x00",
    "aac": b"\xff\xf1\x50\x80",
    "pdf": b"%PDF-1.7 %%EOF",
    "zip": b"PK\x03\x04",
    "svg": b"<?xml version='1.0'?>\n<!-- made -->\n<!DOCTYPE svg PUBLIC 'x' 'y'>\n<svg xmlns='z'></svg>",
    "html": b"\n<!DOCTYPE html><html><body>Sorry <svg></svg></body></html>",
    "xml": b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>",
    "json": b'{"code": 403}',
}


@pytest.mark.parametrize("extension", SAMPLES)
def test_a_type_is_known_by_its_bytes(extension: str) -> None:
    assert media.sniff(SAMPLES[extension]) == extension


def box(kind: bytes, content: bytes = b"", *, length: int | None = None, wide: bool = False) -> bytes:
    size = len(content) + (16 if wide else 8) if length is None else length
    return (b"\0\0\0\1" + kind + size.to_bytes(8, "big") if wide else size.to_bytes(4, "big") + kind) + content


@pytest.mark.parametrize(
    "boxes, is_complete",
    [
        (box(b"moov") + box(b"mdat", b"1" * 20), True),
        (box(b"moov") + box(b"mdat", b"1" * 20, wide=True), True),
        (box(b"mdat", b"1" * 20, wide=True) + box(b"moov"), True),
        (box(b"moov") + box(b"mdat", b"1" * 20, length=0), True),
        (box(b"moov", length=0), True),
        (box(b"mdat", b"1" * 20), False),
        (box(b"moov") + box(b"mdat", b"1" * 20, length=29), False),
        (box(b"moov") + box(b"mdat", b"1" * 20, length=40, wide=True), False),
        (box(b"moov") + box(b"free", length=7), False),
        (box(b"moov") + box(b"free", length=8), True),
        (box(b"moov") + b"\0\0\0\1free", False),
    ],
)
def test_a_film_is_whole_where_its_boxes_fill_it_and_one_is_the_index(
    tmp_path: Path, boxes: bytes, is_complete: bool
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(MP4[:24] + boxes)
    assert media.is_complete(path, "mp4") is is_complete


@pytest.mark.parametrize(
    "head, extension",
    [
        (b"\xff\xfb\x90\x00", "mp3"),
        (b"\xff\xff\xff\xff", None),
        (b"\x00\x00\x00\x08moov", "mov"),
        (b"\xef\xbb\xbf<svg>", "svg"),
        (b"<svg:svg xmlns:svg='x'>", "svg"),
        (b"<svgx>", None),
        (b"", None),
        (b"\x00", None),
        (b"RIFF", None),
        (b"hello", None),
    ],
)
def test_odd_heads(head: bytes, extension: str | None) -> None:
    assert media.sniff(head) == extension


@given(st.binary(max_size=64))
def test_any_bytes_are_recognised_or_not(head: bytes) -> None:
    assert media.sniff(head) is None or media.sniff(head) in SAMPLES or media.sniff(head) in ("heic", "tiff")


@pytest.mark.parametrize("kind", [*media.FAMILIES, "file"])
@pytest.mark.parametrize("extension", ["html", "xml", "json"])
def test_an_error_page_is_no_media(kind: str, extension: str) -> None:
    assert not media.accepts(kind, extension)


def test_a_kind_accepts_its_own_types() -> None:
    assert media.accepts("video", "mp4")
    assert not media.accepts("video", "png")
    assert not media.accepts("video", None)
    assert media.accepts("diagram", "svg")
    assert media.accepts("file", None)


WITH_AN_END = ["png", "jpg", "gif", "webp", "wav", "avi", "mp4", "mov", "m4a", "svg", "pdf"]


@pytest.mark.parametrize("extension", WITH_AN_END)
def test_a_cut_file_is_seen_by_its_structure(extension: str, tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    whole.write_bytes(SAMPLES[extension])
    cut.write_bytes(SAMPLES[extension][:-5])
    assert media.is_complete(whole, extension) is True
    assert media.is_complete(cut, extension) is False


@pytest.mark.parametrize("extension", ["mp3", "webm", None])
def test_some_types_do_not_tell_where_they_end(extension: str | None, tmp_path: Path) -> None:
    assert media.is_complete(tmp_path / "any", extension) is None


@pytest.mark.parametrize("length, is_whole", [(8, True), (7, False)])
def test_the_smallest_box_of_a_film_is_its_own_head(length: int, is_whole: bool, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(MP4 + length.to_bytes(4, "big") + b"free")
    assert media.is_complete(path, "mp4") is is_whole


@given(st.binary(max_size=80))
def test_walking_a_broken_mp4_ends(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "broken.mp4"
    path.write_bytes(body)
    assert media.is_complete(path, "mp4") in (True, False)


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_name_is_safe_whatever_the_server_calls_the_task(operation: str, task_id: str) -> None:
    stem = media.file_stem(operation, task_id, 1)
    assert re.fullmatch(r"[A-Za-z0-9_-]+-1", stem)
    assert len(stem) < 230


@given(st.text("ab.-_/", max_size=3) | st.text(max_size=100), st.text("ab.-_/", max_size=3) | st.text(max_size=100))
def test_two_tasks_never_share_a_name(one: str, other: str) -> None:
    if one != other:
        assert media.file_stem("o", one, 1) != media.file_stem("o", other, 1)


def test_a_plain_task_id_stands_in_the_name_as_it_is() -> None:
    assert media.file_stem("image_to_video.brush_3_0", "task-12_3", 2) == "image_to_video-brush_3_0-task-12_3-2"
    assert media.file_stem("o", "../../etc/passwd", 1).startswith("o-etc-passwd-")
