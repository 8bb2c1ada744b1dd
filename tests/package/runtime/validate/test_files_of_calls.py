"""Files that a call sends: what is one, its name, its bytes and its media type."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from codegen.package._runtime.local_files import UnsendableFile, file_media, file_parts, is_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cat.png"
    path.write_bytes(b"cat")
    return path


def test_bytes_a_path_an_open_file_and_a_named_one_are_files(path: Path) -> None:
    with path.open("rb") as opened:
        rows = [
            (b"cat", ("file", b"cat")),
            (bytearray(b"cat"), ("file", b"cat")),
            (path, ("cat.png", b"cat")),
            (opened, ("cat.png", b"cat")),
            (io.BytesIO(b"cat"), ("file", b"cat")),
            (("my.png", b"cat"), ("my.png", b"cat")),
            (("my.png", io.BytesIO(b"cat"), "image/x"), ("my.png", b"cat")),
        ]
        for value, parts in rows:
            assert is_file(value)
            assert file_parts(value, "a") == parts


def test_what_has_no_bytes_is_no_file(path: Path) -> None:
    gone = path.with_name("gone.png")
    values = (gone, "cat.png", 7, None, ("a",), ("a", b"x", "image/png", 1), (b"a", b"x"))
    assert [is_file(value) for value in values] == [False] * len(values)
    assert [file_parts(value, "a") for value in values[1:]] == [None] * (len(values) - 1)
    for value in (gone, io.StringIO("text")):
        with pytest.raises(UnsendableFile):
            file_parts(value, "a")


@pytest.mark.parametrize(
    "name, stated, media_type",
    [
        ("a.png", "image/jpeg", "image/jpeg"),
        ("a.png", "", "image/png"),
        ("a.png", "image/*", "image/png"),
        ("a.png", "image/jpeg, image/png", "image/png"),
        ("a.png", "audio/mpeg, audio/wav", "audio/mpeg"),
        ("a.png", "audio/*", "application/octet-stream"),
        ("a.unknown", "", "application/octet-stream"),
    ],
)
def test_the_media_type_is_the_documented_one_or_what_the_name_tells(name: str, stated: str, media_type: str) -> None:
    opened = io.BytesIO(b"cat")
    opened.name = name
    assert {file_media(value, stated) for value in (Path(name), (name, b"cat"), opened)} == {media_type}


def test_a_media_type_that_a_caller_gives_holds() -> None:
    assert file_media(("a.png", b"cat", "image/x"), "image/jpeg") == "image/x"


def test_bytes_without_a_name_have_the_first_documented_type() -> None:
    assert file_media(b"cat", "image/jpeg, image/png") == "image/jpeg"
    assert file_media(b"cat", "") == "application/octet-stream"
