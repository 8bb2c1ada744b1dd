"""References are percent-encoded where names have other characters, and name what they name without that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in
from tests.openapi.reports import JSON, TEXT, array, document, record

CAT = "#/paths/~1a%7Bid%7D/get/responses/200/content/application~1json/schema"
PET: dict[str, Any] = {
    "oneOf": [{"$ref": CAT}, {"$ref": "#/components/schemas/D%6Fg"}],
    "discriminator": {"propertyName": "kind", "mapping": {"cat": CAT, "hound": "#/components/schemas/Dog"}},
}


def _operation(name: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "operationId": name,
        "responses": {"200": {"description": "ok", "content": {JSON: {"schema": schema}}}},
    } | more


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    root["components"]["schemas"] |= {
        "Dog": record("kind", kind={"enum": ["hound", "dog"]}, age={"type": "integer"}),
        "Page[Pet]": record("items", items=array(PET), next={"$ref": "#/components/schemas/Page%5BPet%5D"}),
    }
    body = {"required": True, "content": {JSON: {"schema": {"$ref": "#/components/schemas/Page%5BPet%5D"}}}}
    get = _operation("see", record("kind", kind={"const": "cat"}, born={"type": "string", "format": "date"}))
    root["paths"] = {
        "/a{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
            "get": get,
            "post": _operation("send", record(pet=PET), requestBody=body),
        }
    }
    with package_of(root, "reports.json") as package:
        yield package


def test_the_stand_in_takes_what_the_contract_tests_send(package: ImportedPackage) -> None:
    assert refused_by_the_stand_in(package) == []


def test_a_mapping_without_encoding_names_the_class_of_a_reply(package: ImportedPackage) -> None:
    client = package.client(httpx.Response(200, json={"pet": {"kind": "hound", "age": 3}}))
    pet = client.send(id="1", items=[{"kind": "cat"}]).pet
    assert (type(pet).__name__, pet.age) == ("Dog", 3)
