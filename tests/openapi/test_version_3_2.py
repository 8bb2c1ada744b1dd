"""OpenAPI 3.2: what it says in words of its own is read, or makes its operation alone unsupported."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from codegen import contracts
from codegen.openapi.lift import restate
from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in
from tests.python.support import GET, document, read, read_all

_SELF = "https://docs.shop.example/openapi.json"
_FOUND = {"200": {"summary": "Found.", "content": {"application/json": {"$ref": "#/components/mediaTypes/Again"}}}}
_ID = {"name": "id", "in": "path", "required": True, "allowReserved": True, "schema": {"type": "string"}}
_WHOLE = {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}
ROOT: dict[str, Any] = {
    "openapi": "3.2.0",
    "$self": _SELF,
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://api.shop.example", "name": "production"}],
    "tags": [{"name": "things", "summary": "Things", "kind": "nav"}],
    "paths": {
        "/things": {
            "query": {
                "operationId": "search",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": f"{_SELF}#/components/schemas/Wanted"}}},
                },
                "responses": _FOUND,
            },
            "get": {
                "operationId": "by_text",
                "parameters": [{"name": "all", "in": "querystring", "content": _WHOLE}],
                "responses": _FOUND,
            },
            "additionalOperations": {"COPY": {"operationId": "copy", "responses": _FOUND}},
        },
        "/things/{id}": {"get": {"operationId": "one", "parameters": [_ID], "responses": _FOUND}},
        "/lines": {
            "get": {
                "operationId": "lines",
                "responses": {
                    "200": {
                        "description": "Lines.",
                        "content": {"application/jsonl": {"itemSchema": {"type": "object"}}},
                    }
                },
            }
        },
    },
    "components": {
        "schemas": {
            "Wanted": {"type": "object", "required": ["words"], "properties": {"words": {"type": "string"}}},
            "Owner": {
                "oneOf": [{"$ref": "#/components/schemas/Person"}, {"$ref": "#/components/schemas/Company"}],
                "discriminator": {"propertyName": "kind", "defaultMapping": "Person"},
            },
            "Person": {"type": "object", "properties": {"kind": {"type": "string"}, "name": {"type": "string"}}},
            "Company": {"type": "object", "properties": {"kind": {"type": "string"}, "number": {"type": "string"}}},
        },
        "mediaTypes": {
            "Again": {"$ref": "#/components/mediaTypes/Thing"},
            "Thing": {
                "schema": {
                    "type": "object",
                    "required": ["size"],
                    "properties": {"size": {"type": "integer"}, "owner": {"$ref": "#/components/schemas/Owner"}},
                },
                "examples": {"large": {"dataValue": {"size": 3}}},
            },
        },
    },
}


@pytest.fixture(scope="module")
def shop() -> Iterator[ImportedPackage]:
    with package_of(ROOT) as package:
        yield package


def test_what_3_2_has_no_words_for_in_3_1_leaves_its_operation_out() -> None:
    service = read(ROOT)
    assert [operation.operation_id for operation in service.operations] == ["search", "one", "lines"]
    assert [(fault.place, fault.problem) for fault in service.refused] == [
        ("/paths/~1things/additionalOperations/COPY", "has the method COPY"),
        ("/paths/~1things/get/parameters/0", "is a parameter in 'querystring'"),
    ]


def test_reserved_characters_in_a_path_are_encoded_and_the_report_says_so(shop: ImportedPackage) -> None:
    shop.client(httpx.Response(200, json={"size": 1})).one("a/b")
    assert shop.target == "/things/a%2Fb"
    assert _notes(shop)["has allowReserved outside of the query"] == "/paths/~1things~1{id}/get/parameters/0"


def test_a_reply_by_a_word_of_no_alternative_keeps_its_fields_and_the_report_says_so(shop: ImportedPackage) -> None:
    owner = {"kind": "Estate", "name": "Fake"}
    reply = shop.client(httpx.Response(200, json={"size": 1, "owner": owner})).one("a")
    assert reply.owner.model_dump() == owner
    assert _notes(shop)["has defaultMapping"] == "/components/schemas/Owner/discriminator"


@pytest.mark.parametrize("discriminator", [1, True, "defaultMapping", ["defaultMapping"]])
def test_a_discriminator_of_another_shape_has_no_words_of_3_2(discriminator: Any) -> None:
    root = copy.deepcopy(ROOT)
    root["components"]["schemas"]["Owner"]["discriminator"] = discriminator
    assert len(read(root).operations) == 3


def _notes(shop: ImportedPackage) -> dict[str, str]:
    return {note.problem: note.place for note in shop.service.notes}


def test_a_query_has_a_body_and_a_typed_reply(shop: ImportedPackage) -> None:
    reply = shop.client(httpx.Response(200, json={"size": 3})).search(words="large")
    assert (shop.sent[-1].method, shop.body, reply.size) == ("QUERY", {"words": "large"}, 3)


def test_a_query_is_sent_again_where_the_service_is_busy(shop: ImportedPackage) -> None:
    busy = httpx.Response(503, headers={"Retry-After": "0"})
    client = shop.client(busy, httpx.Response(200, json={"size": 3}), max_retries=1)
    assert client.search(words="large").size == 3
    assert len(shop.sent) == 2


def test_a_media_type_by_reference_has_one_class(shop: ImportedPackage) -> None:
    replies = {str(operation.returns) for operation in shop.service.operations[:2]}
    assert len(replies) == 1


@pytest.mark.parametrize("reference", ["#", "#/", "#nope", "#/components/mediaTypes/Nope", "#/openapi"])
def test_a_media_type_by_a_reference_to_something_else_says_nothing_of_the_body(reference: str) -> None:
    root = copy.deepcopy(ROOT)
    root["components"]["mediaTypes"]["Thing"] = {"$ref": reference}
    assert len(read(root).operations) == 3


def test_lines_are_given_as_their_text(shop: ImportedPackage) -> None:
    reply = httpx.Response(200, content=b'{"n":1}\n{"n":2}\n', headers={"Content-Type": "application/jsonl"})
    assert shop.client(reply).lines() == '{"n":1}\n{"n":2}\n'


def test_the_stand_in_accepts_what_is_sent_to_each(shop: ImportedPackage) -> None:
    assert refused_by_the_stand_in(shop) == []


@pytest.mark.parametrize("method", ["COPY", "get", "GET"])
def test_an_additional_operation_is_left_out_where_it_stands(method: str) -> None:
    more = {method: {"responses": {"200": {"description": "Done."}}}}
    paths = {"/a": {"$ref": "#/paths/~1b", "additionalOperations": more}, "/b": {"get": GET}}
    model = read_all({"painter.json": document(paths, openapi="3.2.0")})
    (service,) = model.services
    assert [(fault.place, fault.problem) for fault in service.refused] == [
        (f"/paths/~1a/additionalOperations/{method}", f"has the method {method}")
    ]
    assert [operation.method for operation in service.operations] == ["GET", "GET"]
    assert "contract_tests/painter/test_see.py" in contracts.render(model)


def test_parameters_beside_a_reference_stand_where_they_are_written() -> None:
    wrong = [{"name": "a", "in": "query", "schema": {"type": 5}}]
    paths = {"/a": {"$ref": "#/components/pathItems/A", "parameters": wrong}, "/b": {"put": GET}}
    service = read(document(paths, components={"pathItems": {"A": {"get": GET}}}))
    assert {fault.place for fault in service.refused} == {"/paths/~1a/parameters/0/schema/type"}


def test_only_an_example_has_its_value_renamed() -> None:
    root = copy.deepcopy(ROOT)
    root["components"]["examples"] = {
        "data": {"dataValue": {"size": 4}},
        "both": {"value": 1, "dataValue": 2},
        "plain": {"value": {"dataValue": 3}},
    }
    root["components"]["schemas"]["Person"]["dataValue"] = 5
    restate(root)
    examples = root["components"]["examples"]
    assert examples == {"data": {"value": {"size": 4}}, "both": {"value": 1}, "plain": {"value": {"dataValue": 3}}}
    assert (root["components"]["schemas"]["Person"]["dataValue"], "value" in root["components"]["schemas"]) == (
        5,
        False,
    )
