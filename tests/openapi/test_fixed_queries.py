"""Operations that differ only in the query of their path, and references that are percent-encoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from codegen.package._catalog.service_document import Catalog
from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in

DONE: dict[str, Any] = {"200": {"description": "Done.", "content": {"application/json": {"schema": {}}}}}
ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
SAME = "#/paths/~1y~1%7Bid%7D%3Faction=c%20d/get/responses/200/content/application~1json/schema"
PATHS: dict[str, Any] = {
    "/x?action=a": {
        "parameters": [{"name": "n", "in": "query", "required": True, "schema": {"type": "integer"}}],
        "get": {"operationId": "a", "responses": DONE},
    },
    "/x": {"get": {"operationId": "plain", "responses": DONE}},
    "/x?action=b": {"get": {"operationId": "b", "responses": DONE}},
    "/x?action=b&more=1": {"get": {"operationId": "more", "responses": DONE}},
    "/y/{id}?action=c d": {"parameters": [ID], "get": {"operationId": "c", "responses": DONE}},
    "/y/{id}?action=e#part": {"parameters": [ID], "get": {"operationId": "e", "responses": DONE}},
    "/encoded": {
        "get": {
            "operationId": "encoded",
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": SAME}}}}},
        }
    },
}
ROOT = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://api.shop.example"}],
    "paths": PATHS,
}


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    with package_of(ROOT) as package:
        yield package


def test_the_stand_in_accepts_what_is_sent_to_each(package: ImportedPackage) -> None:
    assert len(package.service.operations) == len(PATHS)
    assert refused_by_the_stand_in(package) == []


@pytest.mark.parametrize(
    "path, query, meant",
    [
        ("/x", "action=a&n=1", "a"),
        ("/x", "action=b", "b"),
        ("/x", "action=b&more=1", "more"),
        ("/x", "", "plain"),
        ("/x", "action=c", "plain"),
        ("/y/1", "action=c%20d", "c"),
        ("/y/1", "action=e", "e"),
        ("/y/1", "", None),
    ],
)
def test_a_request_is_meant_for_the_operation_whose_query_it_has(
    package: ImportedPackage, path: str, query: str, meant: str | None
) -> None:
    constants = vars(package.part("operations"))
    operations = [constants[str(row.constant)] for row in package.service.operations]
    catalog = Catalog(constants["SERVICE"], operations, package.service.document)
    result = catalog.match("GET", path, httpx.QueryParams(query).multi_items())
    assert (result and result[0].operation.name) == meant
