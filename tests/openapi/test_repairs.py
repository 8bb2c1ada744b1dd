"""Small faults of schemas that have one meaning: they are mended, and said."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.openapi import lift, repairs

SCHEMAS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "int"}, {"type": "integer"}),
    ({"type": "long"}, {"type": "integer", "format": "int64"}),
    ({"type": "float"}, {"type": "number"}),
    ({"type": "String"}, {"type": "string"}),
    ({"type": "date"}, {"type": "string", "format": "date"}),
    ({"type": "datetime", "format": "x"}, {"type": "string", "format": "x"}),
    ({"type": "any"}, {}),
    ({"type": "integer", "minimum": "1", "maximum": "10"}, {"type": "integer", "minimum": 1, "maximum": 10}),
    ({"type": "number", "multipleOf": "0.5"}, {"type": "number", "multipleOf": 0.5}),
    ({"type": "string", "maxLength": "12"}, {"type": "string", "maxLength": 12}),
    ({"required": "a", "properties": {"a": {}}}, {"required": ["a"], "properties": {"a": {}}}),
    ({"$ref": "Cat"}, {"$ref": "#/components/schemas/Cat"}),
    ({"$ref": "#components/schemas/Cat"}, {"$ref": "#/components/schemas/Cat"}),
    ({"$ref": "#/definitions/Cat"}, {"$ref": "#/components/schemas/Cat"}),
]
"""A schema as it is written, and as it is meant."""
LEFT: list[dict[str, Any]] = [
    {"type": "money"},
    {"type": "string", "maxLength": "1.5"},
    {"type": "string", "maxLength": "long"},
    {"required": "b", "properties": {"a": {}}},
    {"$ref": "Dog"},
    {"$ref": "#/components/schemas/Cat"},
    {"$ref": "#/components/schemas/Dog"},
    {"type": "string", "minLength": 1},
]


def _mended(schema: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    root: dict[str, Any] = {"components": {"schemas": {"Cat": {"type": "object"}, "Holder": {"items": schema}}}}
    notes = repairs.repair(root)
    return root["components"]["schemas"]["Holder"]["items"], notes


@pytest.mark.parametrize("written, meant", SCHEMAS)
def test_a_fault_with_one_meaning_is_mended_and_said(written: dict[str, Any], meant: dict[str, Any]) -> None:
    schema, notes = _mended(dict(written))
    assert schema == meant
    assert {pointer for pointer, _ in notes} == {"/components/schemas/Holder/items"}


@pytest.mark.parametrize("schema", LEFT)
def test_what_has_no_meaning_or_no_fault_stays(schema: dict[str, Any]) -> None:
    assert _mended(dict(schema)) == (schema, [])


def test_a_default_of_null_belongs_to_a_schema_of_3_0_that_may_be_null() -> None:
    root: dict[str, Any] = {
        "components": {"schemas": {"Cat": {"allOf": [{"type": "object"}], "nullable": True, "default": None}}}
    }
    lift.lift(root)
    assert root["components"]["schemas"]["Cat"] == {
        "default": None,
        "anyOf": [{"allOf": [{"type": "object"}]}, {"type": "null"}],
    }
