"""Two media types of a reply that differ in a parameter alone have a class each."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import INTEGER, document, record

CONTENT = {
    'application/json;profile="a"': {"schema": record("a", a=INTEGER)},
    'application/json; Profile="b"': {"schema": record("b", b=INTEGER)},
    "application/vnd.acme+json": {"schema": record("c", c=INTEGER)},
}


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    responses = {"200": {"description": "Done.", "content": CONTENT}}
    root["paths"] = {"/look": {"get": {"operationId": "look", "responses": responses}}}
    with package_of(root, "reports.json") as package:
        yield package


@pytest.mark.parametrize(
    ("media", "name"),
    [
        ('application/json; profile="a"', "a"),
        ('application/json;profile="b"', "b"),
        ('Application/JSON ; profile="b"', "b"),
        ("application/vnd.acme+json; charset=utf-8", "c"),
    ],
)
def test_the_class_of_a_reply_is_that_of_its_media_type_with_its_parameters(
    package: ImportedPackage, media: str, name: str
) -> None:
    reply = httpx.Response(200, content=f'{{"{name}": 1}}'.encode(), headers={"content-type": media})
    result = package.client(reply).look()
    assert (type(result).model_fields.keys(), getattr(result, name)) == ({name}, 1)
