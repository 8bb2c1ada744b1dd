"""A reply that is not JSON: its bytes, the name and the text that its headers make of them, and where it is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.package._runtime.bodies import success_body
from codegen.package._runtime.byte_replies import Content, content_of
from codegen.package._runtime.pointer import MISSING
from tests.package._runtime.sample_service import SEARCH

NAMES = {
    "": None,
    "inline": None,
    "attachment; filename=report.pdf": "report.pdf",
    "attachment; filename=report.pdf; size=3": "report.pdf",
    'attachment; filename="my report.pdf"': "my report.pdf",
    "attachment; filename=a.pdf; filename*=UTF-8''b%20c.pdf": "b c.pdf",
    "attachment; filename*=UTF-8'en'b.pdf": "b.pdf",
    'attachment; filename="../../etc/passwd"': "passwd",
    r'attachment; filename="C:\temp\a.pdf"': "a.pdf",
    'attachment; filename=".."': None,
    'attachment; filename=" .hidden. "': "hidden",
    'attachment; filename="a:b?c.pdf"': "a_b_c.pdf",
    f'attachment; filename="{"a" * 200}"': "a" * 120,
}


@pytest.mark.parametrize("disposition", NAMES)
def test_the_file_name_of_a_reply_is_a_plain_one(disposition: str) -> None:
    assert content_of(b"x", {"content-disposition": disposition}).filename == NAMES[disposition]


@pytest.mark.parametrize(
    "media_type, text",
    [
        ("", "é"),
        ("text/plain; charset=utf-8", "é"),
        ('text/plain; charset="latin-1"', "Ã©"),
        *((f"a/b; charset={name}", "é") for name in ("x", "hex", "idna", "undefined")),
    ],
)
def test_text_has_the_stated_character_set_and_else_utf_8(media_type: str, text: str) -> None:
    assert Content(content="é".encode(), media_type=media_type).text() == text


def test_a_reply_knows_its_type_its_headers_and_its_length() -> None:
    content = content_of(b"abc", {"content-type": "image/png", "x-id": "1"})
    assert (bytes(content), len(content), content.media_type, content.headers["x-id"]) == (b"abc", 3, "image/png", "1")
    assert repr(content) == "Content(3 bytes of image/png)"
    assert repr(content_of(b"", {})) == "Content(0 bytes of no stated type)"


@pytest.mark.parametrize("filename, expected", [("a.png", "a.png"), (None, "content")])
def test_a_reply_is_saved_into_a_folder_under_its_own_name(tmp_path: Path, filename: str, expected: str) -> None:
    path = Content(content=b"new", filename=filename).save(tmp_path)
    assert (path, path.read_bytes()) == (tmp_path / expected, b"new")
    assert [one.name for one in tmp_path.iterdir()] == [expected]


def test_a_reply_is_saved_as_the_file_that_is_named(tmp_path: Path) -> None:
    target = tmp_path / "b.png"
    target.write_bytes(b"old")
    assert Content(content=b"new", filename="a.png").save(str(target)) == target
    assert target.read_bytes() == b"new"


READ: dict[str, tuple[tuple[str, ...], int, str, bytes, object]] = {
    "a redirect is a page for people": (("json",), 303, "text/html", b"<p>", None),
    "a redirect may have JSON where the operation has": (("json",), 303, "application/json", b"[1]", [1]),
    "a redirect of an operation without JSON has none": (("text",), 303, "application/json", b"[1]", None),
    "an empty redirect of an operation without a body": (("none",), 303, "", b"", {}),
    "nothing, where nothing is documented": (("none",), 200, "text/plain", b"OK", {}),
    "nothing, where something is documented too": (("none", "json"), 200, "", b"", None),
    "JSON, by its type": (("json", "bytes"), 200, "application/hal+json", b"[1]", [1]),
    "JSON, where no type is stated": (("json", "bytes"), 200, "", b"[1]", [1]),
    "text, where only text is documented": (("text",), 200, "image/png", b"abc", "abc"),
    "text, by its type": (("text", "bytes"), 200, "text/plain", b"abc", "abc"),
    "a page for people, where JSON or bytes are documented": (("json", "bytes"), 200, "text/html", b"<p>", MISSING),
    "no JSON, where JSON is documented": (("json",), 200, "application/json", b"<p>", MISSING),
}


@pytest.mark.parametrize("case", READ)
def test_a_success_is_read_by_what_is_documented_and_by_its_type(case: str) -> None:
    forms, status, media_type, content, expected = READ[case]
    operation = SEARCH.replace(replies=forms, redirects=("3XX",))
    assert success_body(operation, status, {"content-type": media_type}, content) == expected


def test_a_text_is_bytes_where_nothing_but_bytes_is_documented() -> None:
    headers = {"content-type": "text/html"}
    assert success_body(SEARCH.replace(replies=("bytes",)), 200, headers, b"<p>") == content_of(b"<p>", headers)


def test_bytes_are_bytes_where_another_type_than_text_is_stated() -> None:
    operation = SEARCH.replace(replies=("text", "bytes"))
    assert success_body(operation, 200, {"content-type": "image/png"}, b"abc") == content_of(
        b"abc", {"content-type": "image/png"}
    )
