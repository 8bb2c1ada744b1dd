"""References are put in place before a schema judges: it says the same as one that follows them."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from wondergen._catalog.sample_values import sample
from wondergen._catalog.service_document import load, names_of_services
from wondergen._catalog.validators import Validators

DOCUMENT: dict[str, Any] = {
    "schemas": {
        "Name": {"type": "string", "maxLength": 3},
        "Tree": {
            "type": "object",
            "properties": {"name": {"$ref": "#/schemas/Name"}, "left": {"$ref": "#/schemas/Tree"}},
        },
        "Strict": {"$ref": "#/schemas/Name", "minLength": 2, "allOf": [{"pattern": "^a"}]},
        "Odd": {
            "properties": {"$ref": {"type": "integer"}, "enum": {"$ref": "#/schemas/Name"}},
            "enum": [{"$ref": "#/schemas/None"}, {"enum": "long"}, {"$ref": "text"}],
        },
        "50%/~": {"type": "integer"},
        "Pointed": {"items": {"$ref": "#/schemas/50%~1~0"}},
        "A{b}": {"properties": {"word": {"const": "a"}, "below": {"$ref": "#/schemas/A%7Bb%7D"}}, "required": ["a"]},
        "Coded": {"items": {"$ref": "#/schemas/A%7Bb%7D"}},
        "Either": {
            "oneOf": [{"$ref": "#/schemas/A%7Bb%7D"}, {"required": ["b"]}],
            "discriminator": {"propertyName": "word", "mapping": {"c": "#/schemas/A{b}"}},
        },
    }
}
CASES: list[tuple[str, Any, list[str]]] = [
    ("Tree", {"left": {"left": {"name": "long"}}}, ["'long' is too long"]),
    ("Tree", {"left": {"left": 5}}, ["5 is not of type 'object'"]),
    ("Strict", "a", ["'a' is too short"]),
    ("Strict", "xxxx", ["'xxxx' is too long", "'xxxx' does not match '^a'"]),
    ("Odd", {"$ref": "#/schemas/None"}, ["'#/schemas/None' is not of type 'integer'"]),
    ("Odd", {"enum": "long"}, ["'long' is too long"]),
    ("Pointed", ["1"], ["'1' is not of type 'integer'"]),
    ("Coded", [{"a": 1, "below": {}}], ["'a' is a required property"]),
    ("Either", {"word": "c", "a": 1, "b": 1}, ["'a' was expected"]),
]


@pytest.mark.parametrize("name, value, messages", CASES)
def test_references_hold_wherever_they_stand(name: str, value: Any, messages: list[str]) -> None:
    errors = Validators(DOCUMENT).at(f"/schemas/{name}").iter_errors(value)
    assert sorted(error.message for error in errors) == sorted(messages)


def variations(value: Any) -> list[Any]:
    """Return the value, and others that are wrong in one place."""
    found: list[Any] = [value, None, [], "text", 7]
    if isinstance(value, dict):
        found += [{name: item for name, item in value.items() if name != left_out} for left_out in value]
        found += [{**value, name: part} for name, item in value.items() for part in variations(item)[1:]]
        found.append({**value, "surprise": 1})
    return found


@pytest.mark.parametrize("service", names_of_services())
def test_every_schema_of_the_catalog_judges_as_jsonschema_does(service: str) -> None:
    catalog = load(service)
    registry: Registry[Any] = Registry().with_resource("urn:it", DRAFT202012.create_resource(dict(catalog.document)))
    compared = 0
    for endpoint in catalog.endpoints.values():
        for schema in filter(None, (endpoint.request, endpoint.reply)):
            plain = Draft202012Validator({"$ref": f"urn:it#{schema}"}, registry=registry)
            for value in variations(sample(catalog, schema)):
                expected = sorted((error.json_path, error.message) for error in plain.iter_errors(value))
                assert [
                    (error.json_path, error.message)
                    for error in sorted(
                        catalog.errors(schema, value), key=lambda error: (error.json_path, error.message)
                    )
                ] == expected
                compared += bool(expected)
    assert compared > 10


URIS = [("https://a.example/b?c=d#e", True), ("urn:a:b", True), ("", False), ("a b", False), ("here", False), (5, True)]


@pytest.mark.parametrize("value, is_right", URIS)
def test_an_address_is_judged_where_it_is_asked_for(value: Any, is_right: bool) -> None:
    validators = Validators({"schema": {"format": "uri"}})
    assert validators.at("/schema", formats=True).is_valid(value) is is_right
    assert validators.at("/schema").is_valid(value)
