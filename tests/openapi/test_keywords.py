"""The table of keywords: complete, true in each row, and as the documentation has it."""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from codegen import paths
from codegen.contracts.oracle import Oracle
from codegen.openapi import keywords
from tests.python.support import document, operation, read

TABLE = keywords.table()


def _keys(node: Any) -> set[str]:
    """Return the properties that a schema of OpenAPI names, in each of its definitions."""
    result: set[str] = set()
    for definition in node["$defs"].values():
        result |= set(definition.get("properties", {}))
    return result | set(node.get("properties", {}))


@pytest.mark.parametrize("version", ["3.1", "3.2"])
def test_every_keyword_of_openapi_is_in_the_table(version: str) -> None:
    text = files("openapi_spec_validator").joinpath(f"resources/schemas/v{version}/schema.json").read_text("utf-8")
    known = {name for rows in TABLE.values() for name in rows}
    people = {"name", "url", "email", "identifier", "enum", "default", "schemas", "responses", "examples", "headers"}
    parts = {"body", "requestBodies", "securitySchemes", "links", "callbacks", "pathItems", "value", "externalValue"}
    flows = {"authorizationUrl", "tokenUrl", "refreshUrl", "scopes", "propertyName", "mapping"}
    flows |= {"implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"}
    of_tags_and_examples = {"kind", "parent", "dataValue", "serializedValue", "mediaTypes"}
    assert _keys(json.loads(text)) - known <= people | parts | flows | of_tags_and_examples


def test_every_keyword_of_json_schema_is_in_the_table() -> None:
    named = set(Draft202012Validator.VALIDATORS) - {"$ref", "$dynamicRef"}
    assert named <= TABLE["schema"].keys()


def test_the_documentation_has_the_table() -> None:
    page = paths.ROOT / "docs" / "KEYWORDS.md"
    assert page.read_text("utf-8") == keywords.markdown(), "run python -m codegen.openapi.keywords"


USED: dict[str, tuple[dict[str, Any], Any]] = {
    "patternProperties": ({"type": "object", "patternProperties": {"^a": {"type": "string"}}}, {"a": 1}),
    "propertyNames": ({"type": "object", "propertyNames": {"maxLength": 1}}, {"ab": 1}),
    "minProperties": ({"type": "object", "properties": {"a": {}}, "minProperties": 1}, {}),
    "maxProperties": ({"type": "object", "properties": {"a": {}}, "maxProperties": 1}, {"a": 1, "b": 1}),
    "type": ({"type": "integer"}, "one"),
    "enum": ({"enum": ["a"]}, "b"),
    "const": ({"const": "a"}, "b"),
    "multipleOf": ({"type": "number", "multipleOf": 0.1}, 0.25),
    "minimum": ({"type": "integer", "minimum": 3}, 2),
    "maximum": ({"type": "integer", "maximum": 3}, 4),
    "exclusiveMinimum": ({"type": "integer", "exclusiveMinimum": 3}, 3),
    "exclusiveMaximum": ({"type": "integer", "exclusiveMaximum": 3}, 3),
    "minLength": ({"type": "string", "minLength": 3}, "ab"),
    "maxLength": ({"type": "string", "maxLength": 3}, "abcd"),
    "pattern": ({"type": "string", "pattern": "^a+$"}, "b"),
    "items": ({"type": "array", "items": {"type": "string"}}, [1]),
    "minItems": ({"type": "array", "minItems": 2}, [1]),
    "maxItems": ({"type": "array", "maxItems": 1}, [1, 2]),
    "uniqueItems": ({"type": "array", "uniqueItems": True}, [1, 1]),
    "properties": ({"type": "object", "properties": {"a": {"type": "string"}}}, {"a": 1}),
    "required": ({"type": "object", "properties": {"a": {}}, "required": ["a"]}, {}),
    "additionalProperties": ({"type": "object", "additionalProperties": {"type": "string"}}, {"a": 1}),
    "allOf": ({"allOf": [{"type": "string"}, {"maxLength": 3}]}, "abcd"),
    "anyOf": ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, 1.5),
    "oneOf": ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, 1.5),
    "format": ({"type": "string", "format": "date-time"}, "2026-01-31T12:00:00"),
    "$ref": ({"$ref": "#/components/schemas/Short"}, "abcd"),
    "$defs": ({"$ref": "#/components/schemas/Held/$defs/short"}, "abcd"),
    "$anchor": ({"$ref": "#anchored"}, "abcd"),
    "$id": ({"$ref": "urn:example:named"}, "abcd"),
    "$dynamicAnchor": ({"$ref": "#dynamic"}, "abcd"),
    "$dynamicRef": ({"$dynamicRef": "#dynamic"}, "abcd"),
}
"""Keyword → a schema that has it, and a value that it alone refuses."""
ELSEWHERE = {
    **dict.fromkeys(("dependentRequired", "if", "then"), "tests/python: rules over the fields of a body"),
    "dependencies": "test_documents: keywords of older drafts",
    **dict.fromkeys(("contentMediaType", "readOnly", "writeOnly", "discriminator", "nullable"), "test_documents"),
    **dict.fromkeys(("description", "example", "examples"), "tests/python/test_docs and test_documents"),
    **dict.fromkeys(("default", "deprecated"), "below and test_documents"),
}
"""Keywords that are used for something else than to refuse a value, and where that is tested."""
_PARTS = {
    "Short": {"type": "string", "maxLength": 3},
    **{
        name: {"type": "string", "maxLength": 3, keyword: value}
        for name, keyword, value in (
            ("Anchored", "$anchor", "anchored"),
            ("Named", "$id", "urn:example:named"),
            ("Dynamic", "$dynamicAnchor", "dynamic"),
        )
    },
    "Held": {"type": "object", "$defs": {"short": {"type": "string", "maxLength": 3}}},
}


def _root(schema: dict[str, Any]) -> dict[str, Any]:
    return document({"/paint": {"post": operation({"value": schema})}}, components={"schemas": _PARTS})


def _refuses(schema: dict[str, Any], value: Any) -> bool:
    """Return whether the arguments model of a generated client refuses a value."""
    source = read(_root(schema)).arguments.replace("from .._runtime", "from codegen.package._runtime")
    module = ModuleType("arguments_of_a_test")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, module.__name__, module)
        exec(compile(source, "arguments", "exec"), module.__dict__)  # our own output, from a document of this test
    try:
        module.PaintArguments.model_validate_json(json.dumps({"value": value}), strict=True)
    except ValueError:
        return True
    return False


def test_every_used_keyword_of_a_schema_has_a_test() -> None:
    used = {name for name, row in TABLE["schema"].items() if row[0] == "used"}
    assert used == USED.keys() | ELSEWHERE.keys()


@pytest.mark.parametrize("keyword", USED)
def test_a_used_keyword_is_checked_by_the_client(keyword: str) -> None:
    schema, value = USED[keyword]
    assert _refuses(schema, value)
    assert not _refuses({}, value)


LEFT: dict[str, tuple[dict[str, Any], Any]] = {
    "not": ({"not": {"type": "string"}}, "a"),
    "prefixItems": ({"type": "array", "prefixItems": [{"type": "string"}]}, [1]),
    "contains": ({"type": "array", "contains": {"const": 1}}, [2]),
    "minContains": ({"type": "array", "contains": {"const": 1}, "minContains": 2}, [1]),
    "maxContains": ({"type": "array", "contains": {"const": 1}, "maxContains": 1}, [1, 1]),
    "dependentSchemas": ({"type": "object", "dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1}),
    "else": ({"if": {"type": "string"}, "else": {"const": 1}}, 2),
    "unevaluatedItems": ({"type": "array", "prefixItems": [{}], "unevaluatedItems": False}, [1, 2]),
    "unevaluatedProperties": ({"type": "object", "properties": {"a": {}}, "unevaluatedProperties": False}, {"b": 1}),
}
"""Keyword → a schema that has it, and a value that it alone refuses."""


@pytest.mark.parametrize("more, words", [({"default": "abc"}, "Default: abc."), ({"deprecated": True}, "Deprecated.")])
def test_a_docstring_says_what_no_value_breaks(more: dict[str, Any], words: str) -> None:
    rows = [read(_root({"type": "string", **row})).operations[0].parameters[0].sentences for row in ({}, more)]
    described = [[text for _, text in sentences] for sentences in rows]
    assert [words in text for text in described] == [False, True]


def test_every_keyword_that_is_left_to_the_service_has_a_test() -> None:
    assert keywords.left_to_the_service() == LEFT.keys()


@pytest.mark.parametrize("keyword", LEFT)
def test_a_keyword_that_is_left_to_the_service_is_known_to_the_oracle_alone(keyword: str) -> None:
    schema, value = LEFT[keyword]
    root = _root(schema)
    oracle = Oracle(read(root).document)
    place = "/paths/~1paint/post/requestBody/content/application~1json/schema/properties/value"
    assert not oracle.accepts(place, value, "request")
    assert oracle.accepts(place, value, "client")
    assert not _refuses(schema, value)


@pytest.mark.parametrize("schema", [{"$dynamicRef": "#nowhere"}, {"$ref": "#nowhere"}])
def test_an_unsupported_keyword_leaves_the_operation_out(schema: dict[str, Any]) -> None:
    root = document({"/paint": {"post": operation({"value": schema})}, "/see": {"get": {"responses": {}}}})
    service = read(root)
    assert [result.method for result in service.operations] == ["GET"]
    assert [fault.place.startswith("/paths/~1paint/post") for fault in service.refused] == [True]
