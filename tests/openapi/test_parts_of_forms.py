"""Parts of multipart/form-data: the media type that each is written in, and its character set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import document, record, sends

TEXT = {"type": "string"}
PARTS: dict[str, tuple[str, Any, str]] = {
    "with_a_version": ("application/vnd.meta+json; v=1", {"a": "é"}, "application/vnd.meta+json; v=1"),
    "in_latin": ("text/plain; charset=iso-8859-1", "é", "text/plain; charset=iso-8859-1"),
    "first_of_several": ("application/xml, text/xml", "<a/>", "application/xml"),
    "json_of_several": ("application/xml, application/json", {"a": "b"}, "application/json"),
    "of_any_text": ("text/*", "x", ""),
    "in_capitals": ("Application/JSON; V=1", "x", "application/json; V=1"),
}
"""Name → what `contentType` states, a value, and the media type that is written."""


def document_of_parts() -> dict[str, Any]:
    """Return a document with an operation that sends them, and two that send a form or null."""
    root = document()
    fields = {name: record(a=TEXT) if isinstance(value, dict) else TEXT for name, (_, value, _) in PARTS.items()}
    encoding = {name: {"contentType": stated} for name, (stated, _, _) in PARTS.items()}
    content = {"multipart/form-data": {"schema": record(**fields), "encoding": encoding}}
    whole = {"schema": {"type": ["object", "null"], "properties": {"a": TEXT}}}
    rows = {"parts": sends(content=content)}
    rows |= {
        name: sends(content={media: whole})
        for name, media in (("pairs", "application/x-www-form-urlencoded"), ("nothing", "multipart/form-data"))
    }
    answers = {"204": {"description": "Done."}}
    root["paths"] = {
        f"/{name}": {"post": {"operationId": name, **row, "responses": answers}} for name, row in rows.items()
    }
    return root


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    with package_of(document_of_parts(), "reports.json") as package:
        yield package


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_written_in_one_media_type_of_those_that_are_stated(package: ImportedPackage, name: str) -> None:
    _, value, media = PARTS[name]
    package.client().parts(**{name: value})
    head = package.sent[-1].content.partition(b"\r\n\r\n")[0].decode()
    assert head.partition("Content-Type: ")[2] == media


def test_a_part_is_written_in_its_character_set(package: ImportedPackage) -> None:
    client = package.client()
    client.parts(in_latin="é")
    assert b"\r\n\r\n\xe9\r\n" in package.sent[-1].content
    with pytest.raises(package.module.InvalidRequest, match="body: has '€'"):
        client.parts(in_latin="€")


@pytest.mark.parametrize("method", ["pairs", "nothing"])
def test_a_form_that_is_null_as_a_whole_is_refused(package: ImportedPackage, method: str) -> None:
    client = package.client()
    with pytest.raises(package.module.InvalidRequest, match="body: is or has null, for which there is no text"):
        getattr(client, method)(body=package.module.NULL)
    assert package.sent == []
