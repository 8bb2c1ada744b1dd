"""Whatever keyword a required value has, a call is composed for it: an operation without a contract test is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen import contracts
from codegen.__main__ import main
from codegen.contracts.general.suite_files import ContractPages
from codegen.faults import Fault
from tests.python import support

TEXT, NUMBER, WORDS = {"type": "string"}, {"type": "integer"}, {"type": "array", "items": {"type": "string"}}
PAIR = {"a": TEXT, "b": NUMBER}
LIST, MAP, SET = {"type": "array"}, {"type": "object"}, {"type": "array", "uniqueItems": True}
SCHEMAS: dict[str, Any] = {
    "prefixItems": {**LIST, "prefixItems": [NUMBER, TEXT], "minItems": 2},
    "prefixItems, no others": {**LIST, "prefixItems": [NUMBER, TEXT], "items": False, "minItems": 2},
    "prefixItems, others": {**LIST, "prefixItems": [NUMBER, TEXT], "items": {"type": "boolean"}, "minItems": 4},
    "prefixItems without a type": {"prefixItems": [NUMBER, TEXT], "minItems": 2},
    "prefixItems in a list": {**LIST, "minItems": 1, "items": {"prefixItems": [TEXT, NUMBER], "minItems": 2}},
    "prefixItems and unevaluatedItems": {
        **LIST,
        "prefixItems": [NUMBER, TEXT],
        "unevaluatedItems": False,
        "minItems": 2,
    },
    "unevaluatedItems": {**LIST, "prefixItems": [NUMBER], "unevaluatedItems": TEXT, "minItems": 2},
    "contains": {**LIST, "contains": {"const": "key"}},
    "contains among items": {**LIST, "items": {"type": ["string", "integer"]}, "contains": {"const": 7}},
    "contains, several": {**LIST, "contains": {"type": "integer"}, "minContains": 3, "maxContains": 4},
    "contains, none": {**LIST, "items": NUMBER, "contains": {"const": 1}, "minContains": 0, "maxContains": 0},
    "contains and uniqueItems": {
        **LIST,
        "contains": {"type": "integer"},
        "minContains": 2,
        "uniqueItems": True,
        "minItems": 4,
    },
    "contains behind prefixItems": {**LIST, "prefixItems": [TEXT], "contains": {"type": "integer"}},
    "uniqueItems": {**LIST, "items": TEXT, "uniqueItems": True, "minItems": 4},
    "uniqueItems of numbers": {**SET, "items": {**NUMBER, "minimum": 5}, "minItems": 9},
    "uniqueItems of objects": {
        **LIST,
        "items": {**MAP, "properties": PAIR, "required": ["a"]},
        "uniqueItems": True,
        "minItems": 3,
    },
    "uniqueItems of dates": {**SET, "items": {**TEXT, "format": "date"}, "minItems": 3},
    "uniqueItems of uuids": {**SET, "items": {**TEXT, "format": "uuid"}, "minItems": 3},
    "uniqueItems of urls": {**SET, "items": {**TEXT, "format": "uri"}, "minItems": 3},
    "uniqueItems of short texts": {
        **LIST,
        "items": {**TEXT, "minLength": 2, "maxLength": 3},
        "uniqueItems": True,
        "minItems": 3,
    },
    "uniqueItems of anything": {**SET, "uniqueItems": True, "minItems": 3},
    "propertyNames": {
        **MAP,
        "propertyNames": {"pattern": "^k[0-9]+$"},
        "additionalProperties": TEXT,
        "minProperties": 2,
    },
    "propertyNames of words": {**MAP, "propertyNames": {"enum": ["red", "blue"]}, "minProperties": 2},
    "patternProperties": {
        **MAP,
        "patternProperties": {"^x-": NUMBER},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "patternProperties, two": {
        **MAP,
        "patternProperties": {"^x-": NUMBER, "^y[0-9]$": TEXT},
        "additionalProperties": False,
        "minProperties": 3,
    },
    "patternProperties, required": {**MAP, "patternProperties": {"^x-": NUMBER}, "required": ["x-a"]},
    "minProperties": {**MAP, "minProperties": 3},
    "minProperties of values": {**MAP, "additionalProperties": NUMBER, "minProperties": 3},
    "minProperties beside properties": {**MAP, "properties": PAIR, "minProperties": 4},
    "minProperties without a type": {"minProperties": 2, "properties": PAIR},
    "additional and required": {**MAP, "additionalProperties": NUMBER, "required": ["a", "b"]},
    "maxProperties": {**MAP, "properties": {**PAIR, "c": TEXT}, "maxProperties": 2, "required": ["c"]},
    "dependentRequired": {**MAP, "properties": PAIR, "required": ["a"], "dependentRequired": {"a": ["b"]}},
    "dependentRequired, further": {
        **MAP,
        "properties": {**PAIR, "c": TEXT},
        "required": ["a"],
        "dependentRequired": {"a": ["b"], "b": ["c", "d"]},
    },
    "dependentSchemas": {
        **MAP,
        "properties": PAIR,
        "required": ["a"],
        "dependentSchemas": {"a": {"required": ["b"], "properties": {"b": {"minimum": 40}}}},
    },
    "not of a word": {**TEXT, "not": {"enum": ["text canary", "value canary"]}},
    "not of a pattern": {**TEXT, "not": {"pattern": "canary"}},
    "not of a number": {**NUMBER, "not": {"const": 1}},
    "not of many numbers": {**NUMBER, "not": {"maximum": 20}},
    "not of a type": {"not": {"type": ["string", "null"]}},
    "not of a property": {**MAP, "properties": PAIR, "not": {"required": ["a"]}, "minProperties": 1},
    "not of both": {**MAP, "properties": PAIR, "not": {"required": ["a", "b"]}, "minProperties": 1},
    "not of neither": {**MAP, "properties": PAIR, "not": {"not": {"required": ["b"]}}},
    "not of a length": {**TEXT, "not": {"maxLength": 30}},
    "if and then": {
        **MAP,
        "properties": {"kind": {"enum": ["one", "two"]}, **PAIR},
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "one"}}},
        "then": {"required": ["a"], "properties": {"a": {"minLength": 30}}},
    },
    "if and else": {
        **MAP,
        "properties": {"kind": {"enum": ["one", "two"]}, **PAIR},
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "two"}}},
        "else": {"required": ["b"], "properties": {"b": {"minimum": 50}}},
    },
    "if of a text": {**TEXT, "if": {"maxLength": 30}, "then": {"pattern": "^A"}, "else": {"pattern": "^B"}},
    "unevaluatedProperties": {
        **MAP,
        "allOf": [{"properties": PAIR}, {"properties": {"c": TEXT}, "required": ["c"]}],
        "unevaluatedProperties": False,
    },
    "unevaluatedProperties, some": {**MAP, "properties": PAIR, "unevaluatedProperties": NUMBER, "minProperties": 3},
    "oneOf where two fit": {**MAP, "properties": PAIR, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    "oneOf of numbers": {"oneOf": [{"type": "number"}, {**NUMBER, "minimum": 1}]},
    "oneOf of multiples": {**NUMBER, "oneOf": [{"multipleOf": 3}, {"multipleOf": 5}]},
    "anyOf with a limit beside": {"anyOf": [{"type": "string"}, NUMBER], "not": {"type": "string"}},
    "allOf of conditions": {
        **MAP,
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
    "negative bounds": {**NUMBER, "exclusiveMaximum": -40, "minimum": -45},
    "large multiple": {**NUMBER, "minimum": 1001, "multipleOf": 7},
    "format with a length": {**TEXT, "format": "uri", "maxLength": 20},
    "format with a pattern": {**TEXT, "format": "uri", "pattern": "^https://cdn[.]example/"},
    "date with a pattern": {**TEXT, "format": "date", "pattern": "^19"},
    "pattern with a length": {**TEXT, "pattern": "^[a-z]+$", "minLength": 12, "maxLength": 12},
    "pattern of a code": {**TEXT, "pattern": "^[A-Z]{2}-[0-9]{4}(-x)?$"},
    "nested": {
        **MAP,
        "required": ["rows"],
        "properties": {
            "rows": {
                **LIST,
                "minItems": 1,
                "items": {**MAP, "minProperties": 1, "propertyNames": {"pattern": "^[a-c]$"}},
            }
        },
    },
}


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


NEVER = {"type": "string", "pattern": "^a$", "minLength": 3}
"""A schema that no value fits."""


def _untested(root: dict[str, Any]) -> list[str]:
    result: list[Fault] = []
    files = contracts.render(support.read_all({"painter.json": root}), result)
    assert "contract_tests/painter/test__operations.py" in files
    return [str(fault) for fault in result]


def test_an_operation_without_a_contract_test_is_said_with_the_keywords() -> None:
    place = "/paths/~1paint/post"
    (line,) = _untested(support.of_value(NEVER, body={"required": ["value"]}))

    assert line == (
        f"painter.json: {place}: has no contract test: no value was found for {place}/requestBody/content/"
        "application~1json/schema/properties/value, which has minLength, pattern, type: minLength refuses the "
        "likeliest one; give it an example, or correct its schema"
    )


def test_a_reply_without_a_contract_test_is_said() -> None:
    content = {"application/json": {"schema": NEVER}}
    (line,) = _untested(support.of_get(responses={"200": {"description": "Seen.", "content": content}}))

    assert "/paths/~1paint/get: has no contract test of its reply: no value was found for" in line


def test_a_call_that_is_too_large_for_a_test_is_said() -> None:
    schema = {**LIST, "minItems": 900, "items": {**TEXT, "minLength": 90}}
    (line,) = _untested(support.of_value(schema, body={"required": ["value"]}))

    assert "its calls are larger than 30000 characters" in line


def test_nothing_is_said_of_what_is_tested() -> None:
    assert _untested(support.of_value(TEXT, body={"required": ["value"]})) == []


def test_generate_says_what_is_not_tested(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "specs").mkdir()
    root = support.of_value(NEVER, body={"required": ["value"]})
    (tmp_path / "specs" / "painter.json").write_text(json.dumps(root), encoding="utf-8")
    words = ["--specs", str(tmp_path / "specs"), "--output", str(tmp_path / "out"), "--package", "painters"]

    assert main(["generate", *words]) == 0
    assert "not tested: painter.json: /paths/~1paint/post: has no contract test" in capsys.readouterr().out


def test_alternatives_that_overlap_do_not_leave_an_operation_without_its_test() -> None:
    wide, narrow = {"type": "object"}, {"type": "object", "properties": {"a": TEXT}}
    overlapping = {"oneOf": [wide, narrow]}  # whatever fits the second fits the first
    responses = {"200": {"description": "Seen.", "content": {"application/json": {"schema": overlapping}}}}
    assert _untested(support.of_value(overlapping, body={"required": ["value"]})) == []
    assert _untested(support.of_get(responses=responses)) == []
