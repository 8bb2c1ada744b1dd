"""Whatever keyword a required value has, a call is composed for it: an operation without a contract test is said."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.contracts.general.suite_files import ContractPages
from tests.python import support

TEXT, NUMBER, WORDS = {"type": "string"}, {"type": "integer"}, {"type": "array", "items": {"type": "string"}}
PAIR = {"a": TEXT, "b": NUMBER}
SCHEMAS: dict[str, Any] = {
    "prefixItems": {"type": "array", "prefixItems": [NUMBER, TEXT], "minItems": 2},
    "prefixItems, no others": {"type": "array", "prefixItems": [NUMBER, TEXT], "items": False, "minItems": 2},
    "prefixItems, others": {"type": "array", "prefixItems": [NUMBER, TEXT], "items": {"type": "boolean"}, "minItems": 4},
    "prefixItems without a type": {"prefixItems": [NUMBER, TEXT], "minItems": 2},
    "prefixItems in a list": {"type": "array", "minItems": 1, "items": {"prefixItems": [TEXT, NUMBER], "minItems": 2}},
    "prefixItems and unevaluatedItems": {
        "type": "array",
        "prefixItems": [NUMBER, TEXT],
        "unevaluatedItems": False,
        "minItems": 2,
    },
    "unevaluatedItems": {"type": "array", "prefixItems": [NUMBER], "unevaluatedItems": TEXT, "minItems": 2},
    "contains": {"type": "array", "contains": {"const": "key"}},
    "contains among items": {"type": "array", "items": {"type": ["string", "integer"]}, "contains": {"const": 7}},
    "contains, several": {"type": "array", "contains": {"type": "integer"}, "minContains": 3, "maxContains": 4},
    "contains, none": {"type": "array", "items": NUMBER, "contains": {"const": 1}, "minContains": 0, "maxContains": 0},
    "contains and uniqueItems": {
        "type": "array",
        "contains": {"type": "integer"},
        "minContains": 2,
        "uniqueItems": True,
        "minItems": 4,
    },
    "contains behind prefixItems": {"type": "array", "prefixItems": [TEXT], "contains": {"type": "integer"}},
    "uniqueItems": {"type": "array", "items": TEXT, "uniqueItems": True, "minItems": 4},
    "uniqueItems of numbers": {"type": "array", "items": {"type": "integer", "minimum": 5}, "uniqueItems": True, "minItems": 9},
    "uniqueItems of objects": {
        "type": "array",
        "items": {"type": "object", "properties": PAIR, "required": ["a"]},
        "uniqueItems": True,
        "minItems": 3,
    },
    "uniqueItems of dates": {"type": "array", "items": {"type": "string", "format": "date"}, "uniqueItems": True, "minItems": 3},
    "uniqueItems of uuids": {"type": "array", "items": {"type": "string", "format": "uuid"}, "uniqueItems": True, "minItems": 3},
    "uniqueItems of urls": {"type": "array", "items": {"type": "string", "format": "uri"}, "uniqueItems": True, "minItems": 3},
    "uniqueItems of short texts": {
        "type": "array",
        "items": {"type": "string", "minLength": 2, "maxLength": 3},
        "uniqueItems": True,
        "minItems": 3,
    },
    "uniqueItems of anything": {"type": "array", "uniqueItems": True, "minItems": 3},
    "propertyNames": {"type": "object", "propertyNames": {"pattern": "^k[0-9]+$"}, "additionalProperties": TEXT, "minProperties": 2},
    "propertyNames of words": {"type": "object", "propertyNames": {"enum": ["red", "blue"]}, "minProperties": 2},
    "patternProperties": {"type": "object", "patternProperties": {"^x-": NUMBER}, "additionalProperties": False, "minProperties": 1},
    "patternProperties, two": {
        "type": "object",
        "patternProperties": {"^x-": NUMBER, "^y[0-9]$": TEXT},
        "additionalProperties": False,
        "minProperties": 3,
    },
    "patternProperties, required": {"type": "object", "patternProperties": {"^x-": NUMBER}, "required": ["x-a"]},
    "minProperties": {"type": "object", "minProperties": 3},
    "minProperties of values": {"type": "object", "additionalProperties": NUMBER, "minProperties": 3},
    "minProperties beside properties": {"type": "object", "properties": PAIR, "minProperties": 4},
    "minProperties without a type": {"minProperties": 2, "properties": PAIR},
    "additional and required": {"type": "object", "additionalProperties": NUMBER, "required": ["a", "b"]},
    "maxProperties": {"type": "object", "properties": {**PAIR, "c": TEXT}, "maxProperties": 2, "required": ["c"]},
    "dependentRequired": {"type": "object", "properties": PAIR, "required": ["a"], "dependentRequired": {"a": ["b"]}},
    "dependentRequired, further": {
        "type": "object",
        "properties": {**PAIR, "c": TEXT},
        "required": ["a"],
        "dependentRequired": {"a": ["b"], "b": ["c", "d"]},
    },
    "dependentSchemas": {
        "type": "object",
        "properties": PAIR,
        "required": ["a"],
        "dependentSchemas": {"a": {"required": ["b"], "properties": {"b": {"minimum": 40}}}},
    },
    "not of a word": {"type": "string", "not": {"enum": ["text canary", "value canary"]}},
    "not of a pattern": {"type": "string", "not": {"pattern": "canary"}},
    "not of a number": {"type": "integer", "not": {"const": 1}},
    "not of many numbers": {"type": "integer", "not": {"maximum": 20}},
    "not of a type": {"not": {"type": ["string", "null"]}},
    "not of a property": {"type": "object", "properties": PAIR, "not": {"required": ["a"]}, "minProperties": 1},
    "not of both": {"type": "object", "properties": PAIR, "not": {"required": ["a", "b"]}, "minProperties": 1},
    "not of neither": {"type": "object", "properties": PAIR, "not": {"not": {"required": ["b"]}}},
    "not of a length": {"type": "string", "not": {"maxLength": 30}},
    "if and then": {
        "type": "object",
        "properties": {"kind": {"enum": ["one", "two"]}, **PAIR},
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "one"}}},
        "then": {"required": ["a"], "properties": {"a": {"minLength": 30}}},
    },
    "if and else": {
        "type": "object",
        "properties": {"kind": {"enum": ["one", "two"]}, **PAIR},
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "two"}}},
        "else": {"required": ["b"], "properties": {"b": {"minimum": 50}}},
    },
    "if of a text": {"type": "string", "if": {"maxLength": 30}, "then": {"pattern": "^A"}, "else": {"pattern": "^B"}},
    "unevaluatedProperties": {
        "type": "object",
        "allOf": [{"properties": PAIR}, {"properties": {"c": TEXT}, "required": ["c"]}],
        "unevaluatedProperties": False,
    },
    "unevaluatedProperties, some": {"type": "object", "properties": PAIR, "unevaluatedProperties": NUMBER, "minProperties": 3},
    "oneOf where two fit": {"type": "object", "properties": PAIR, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    "oneOf of numbers": {"oneOf": [{"type": "number"}, {"type": "integer", "minimum": 1}]},
    "oneOf of multiples": {"type": "integer", "oneOf": [{"multipleOf": 3}, {"multipleOf": 5}]},
    "anyOf with a limit beside": {"anyOf": [{"type": "string"}, NUMBER], "not": {"type": "string"}},
    "allOf of conditions": {
        "type": "object",
        "properties": {"kind": {"enum": ["one", "two"]}, **PAIR},
        "required": ["kind"],
        "allOf": [
            {"if": {"properties": {"kind": {"const": "one"}}}, "then": {"required": ["a"]}},
            {"if": {"properties": {"kind": {"const": "two"}}}, "then": {"required": ["b"]}},
        ],
    },
    "enum of lists": {"enum": [["a"], {"b": 1}]},
    "multipleOf between": {"type": "number", "minimum": 10.1, "maximum": 10.3, "multipleOf": 0.1},
    "narrow bounds": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001},
    "negative bounds": {"type": "integer", "exclusiveMaximum": -40, "minimum": -45},
    "large multiple": {"type": "integer", "minimum": 1001, "multipleOf": 7},
    "format with a length": {"type": "string", "format": "uri", "maxLength": 20},
    "format with a pattern": {"type": "string", "format": "uri", "pattern": "^https://cdn[.]example/"},
    "date with a pattern": {"type": "string", "format": "date", "pattern": "^19"},
    "pattern with a length": {"type": "string", "pattern": "^[a-z]+$", "minLength": 12, "maxLength": 12},
    "pattern of a code": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}(-x)?$"},
    "nested": {
        "type": "object",
        "required": ["rows"],
        "properties": {
            "rows": {"type": "array", "minItems": 1, "items": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[a-c]$"}}}
        },
    },
}  # fmt: skip


def _pages(root: dict[str, Any]) -> tuple[Any, Any]:
    (service,) = support.read_all({"painter.json": root}).services
    (operation,) = service.operations
    return service, ContractPages(service).of(operation)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=list(SCHEMAS))
def test_a_required_value_is_composed(schema: dict[str, Any]) -> None:
    _, page = _pages(support.of_value(schema, body={"required": ["value"]}))

    assert page is not None
    assert all("value" in row.arguments.value for row in page.cases)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=list(SCHEMAS))
def test_a_reply_is_composed(schema: dict[str, Any]) -> None:
    content = {"application/json": {"schema": schema}}
    _, page = _pages(support.of_get(responses={"200": {"description": "Seen.", "content": content}}))

    assert page.successes
