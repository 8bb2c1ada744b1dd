"""Files that a call sends: what is one, its name, its bytes and its media type."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime import uploads
from codegen.package._runtime.local_files import UnsendableFile, file_media, file_parts, is_file
from codegen.package._runtime.operation import Field
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import ACCEPTED, MAKE


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


# Files of which the service takes the URL.

TAKES_URLS = MAKE.replace(fields=(Field("prompt", "prompt"), Field("images", "images", media={})))


def test_each_local_file_of_a_list_is_uploaded_and_its_url_stands_in_its_place(path: Path) -> None:
    url = "https://a.invalid/1.png"
    images = [path, url, io.BytesIO(b"dog"), path.as_uri(), f" FILE://localhost{path}"]
    with uploads.read_files(TAKES_URLS, {"prompt": "a cat", "images": images}, has_uploader=True) as pending:
        assert pending.faults == ()
        rows = [(upload.parameter, upload.path.read_bytes(), upload.is_copy) for upload in pending.uploads]
        urls = {upload.placeholder: f"https://up.invalid/{upload.sha256[:4]}" for upload in pending.uploads}
        arguments = uploads.fill(pending.arguments, urls)
        copy = pending.uploads[1].path
    assert rows == [
        ("images[0]", b"cat", False),
        ("images[2]", b"dog", True),
        ("images[3]", b"cat", False),
        ("images[4]", b"cat", False),
    ]
    cat, dog = "https://up.invalid/77af", "https://up.invalid/cd63"
    assert arguments == {"prompt": "a cat", "images": [cat, url, dog, cat, cat]}
    assert not copy.exists()


@pytest.mark.parametrize(
    "value, problem",
    [
        ("file://elsewhere/cat.png", "cannot be read: a file: URL of another machine"),
        (Path("gone.png"), "cannot be read: there is no file 'gone.png'"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault_of_its_place(path: Path, value: object, problem: str) -> None:
    with uploads.read_files(TAKES_URLS, {"images": [path, value]}, has_uploader=True) as pending:
        assert [(fault.parameter, fault.problem) for fault in pending.faults] == [("images[1]", problem)]
        assert len(pending.uploads) == 1


def test_a_file_that_is_open_as_text_is_a_fault(path: Path) -> None:
    with (
        path.open(encoding="utf-8") as opened,
        uploads.read_files(TAKES_URLS, {"images": opened}, has_uploader=True) as pending,
    ):
        (fault,) = pending.faults
    assert fault.problem == "cannot be read: the file is open for text: open it with 'rb'"


def test_without_local_files_the_arguments_stay() -> None:
    arguments = {"prompt": "a cat", "images": ["https://a.invalid/1.png"]}
    with uploads.read_files(TAKES_URLS, arguments, has_uploader=False) as pending:
        assert pending.arguments is arguments
        assert (pending.uploads, pending.faults) == ((), ())


@pytest.mark.parametrize(
    "url, is_taken",
    [
        ("https://a.invalid/1", True),
        ("http://127.0.0.1:9/1", True),
        ("http://a.invalid/1", False),
        ("https://a.invalid/\n1", False),
        (b"https://a.invalid/1", False),
    ],
)
def test_an_uploader_gives_a_url_of_https(url: object, is_taken: bool) -> None:
    assert (uploads.url_fault(url) is None) is is_taken


def test_a_file_that_is_given_twice_is_uploaded_once(harness: Harness, path: Path) -> None:
    uploaded: list[Path] = []

    def upload(file: Path) -> str:
        uploaded.append(file)
        return f"https://up.invalid/{len(uploaded)}"

    operation = MAKE.replace(fields=(Field("prompt", "prompt"), Field("images", "images", media={})))
    arguments = {"prompt": "a cat", "images": [path, path]}
    with Loopback(answer(ACCEPTED)) as server:
        client = harness.client(server.url, uploader=upload)
        harness.call(client._submit, operation, harness.result, arguments, CallOptions())
        body: Any = server.requests[0].json()
    assert uploaded == [path]
    assert body["data"]["images"] == ["https://up.invalid/1"] * 2
