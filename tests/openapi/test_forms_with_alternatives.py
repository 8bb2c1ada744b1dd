"""A form that is one of several objects, of which one has a file: the fields of all are keywords."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in
from tests.openapi.reports import BYTES, INTEGER, TEXT, array, document, named, record, sends

LINKED, SENT = record("url", url=TEXT, size=INTEGER), record("file", file=BYTES, size=INTEGER)
FORMS: dict[str, Any] = {
    "either": {"oneOf": [LINKED, SENT]},
    "named": {"anyOf": [named("Linked"), named("Sent")]},
    "beside": {**record("title", title=TEXT), "oneOf": [LINKED, SENT]},
    "several": {"oneOf": [LINKED, record("files", files=array(BYTES))]},
    "differs": {"oneOf": [SENT, record("file", file=INTEGER)]},
    "text_alone": {"oneOf": [record("a", a=TEXT), record("b", b=TEXT)]},
}


def document_of_forms() -> dict[str, Any]:
    """Return a document with an operation for each."""
    root = document()
    answers = {"204": {"description": "Done."}}
    root["components"]["schemas"] |= {"Linked": LINKED, "Sent": SENT}
    root["paths"] = {
        f"/{name}": {
            "post": {
                "operationId": name,
                **sends(content={"multipart/form-data": {"schema": schema}}),
                "responses": answers,
            }
        }
        for name, schema in FORMS.items()
    }
    return root


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    with package_of(document_of_forms(), "reports.json") as package:
        yield package


@pytest.mark.parametrize("method", ["either", "named"])
def test_each_alternative_can_be_sent(package: ImportedPackage, method: str) -> None:
    client = package.client()
    getattr(client, method)(url="https://example.com/a.png")
    assert b'name="url"\r\n\r\nhttps://example.com/a.png\r\n' in package.sent[-1].content
    getattr(client, method)(file=("a.png", b"a"), size=3)
    assert b'name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\na\r\n' in package.sent[-1].content
    assert b'name="size"\r\n\r\n3\r\n' in package.sent[-1].content


def test_what_every_alternative_requires_is_required(package: ImportedPackage) -> None:
    client = package.client()
    with pytest.raises(TypeError, match="title"):
        client.beside(file=b"a")
    client.beside(file=b"a", title="b")
    assert b'name="title"\r\n\r\nb\r\n' in package.sent[-1].content


def test_a_list_of_files_is_a_part_for_each(package: ImportedPackage) -> None:
    package.client().several(files=[b"a", b"b"])
    assert package.sent[-1].content.count(b'name="files"') == 2


def test_alternatives_without_a_file_are_one_value(package: ImportedPackage) -> None:
    package.client().text_alone(body={"b": "c"})
    assert b'name="b"\r\n\r\nc\r\n' in package.sent[-1].content


def test_alternatives_that_differ_in_a_field_leave_the_operation_out(package: ImportedPackage) -> None:
    (fault,) = package.service.refused
    assert (fault.place, fault.problem, fault.remedy) == (
        "/paths/~1differs/post/requestBody/content/multipart~1form-data/schema",
        "has a file in one of several forms that differ",
        "list the parts under properties",
    )


def test_that_the_service_decides_what_goes_together_is_noted(package: ImportedPackage) -> None:
    notes = [note.place for note in package.service.notes if note.problem == "is one of several forms"]
    assert len(notes) == 4


def test_the_stand_in_takes_what_is_sent(package: ImportedPackage) -> None:
    assert refused_by_the_stand_in(package) == []
