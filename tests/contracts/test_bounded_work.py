"""No document makes the generator of the contract tests hang: the work is bounded, whatever a value in it says."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.contracts.fact_pointers import reply_facts, request_facts
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_samples import Sampler, Unsampled, bounds

AT = "/components/schemas/S"
JSON: dict[str, Any] = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"$ref": f"#{AT}"}},
        {"type": "object", "additionalProperties": {"$ref": f"#{AT}"}, "properties": {"a": {"$ref": f"#{AT}"}}},
    ]
}


def sampler(schema: Any, **others: Any) -> Sampler:
    return Sampler(Oracle({"components": {"schemas": {"S": schema, **others}}}))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 2_000_000_000},
        {"type": "array", "items": {"type": "integer"}, "minItems": 200_000},
        {"type": "string", "pattern": "^(a+)+$", "minLength": 50_000},
        {"type": "string", "pattern": "("},
        {"$ref": f"#{AT}"},
    ],
)
def test_what_cannot_be_composed_is_left_unproven(schema: Any) -> None:
    samples = sampler(schema)
    with pytest.raises(Unsampled):
        samples.sample(AT, "smallest")
    assert all(len(str(bound.value)) < 200_000 for bound in bounds(samples, AT))


@pytest.mark.parametrize(
    "schema, value",
    [
        ({"type": "string", "pattern": r"^\p{L}+$"}, "canary"),
        ({"type": "string", "pattern": "^(a+)+!?$", "examples": ["aaa"]}, "a"),
        ({"type": "string", "maxLength": 2_000_000_000}, "text canary"),
        ({"type": "array", "items": {"const": 1}, "maxItems": 200_000}, [1]),
        ({"enum": [f"{number}s" for number in range(50_000)]}, "0s"),
        (JSON, "text canary"),
    ],
)
def test_what_can_be_composed_has_a_sample_and_some_values_at_its_limits(schema: Any, value: Any) -> None:
    samples = sampler(schema)
    assert samples.sample(AT, "smallest") == value
    rows = bounds(samples, AT)
    assert 0 < len(rows) <= 1_000
    assert all(len(str(bound.value)) < 200_000 for bound in rows)


def test_the_facts_of_a_schema_that_contains_itself_in_many_ways_are_as_many_as_its_places() -> None:
    oracle = Oracle({"components": {"schemas": {"S": JSON}}})
    assert len(list(request_facts(oracle, AT))) < 20
    assert len(list(reply_facts(oracle, AT))) < 20


def test_the_work_for_a_sample_does_not_grow_with_the_paths_through_a_document() -> None:
    """Sample forty schemas that refer to each other: more paths than could ever be walked."""
    names = [f"N{number}" for number in range(40)]
    references = {name: {"$ref": f"#/components/schemas/{name}"} for name in names}
    schemas = {name: {"type": "object", "properties": references} for name in names}
    samples = sampler({"type": "object", "required": ["N0"], "properties": references}, **schemas)
    assert samples.sample(AT, "smallest") == {"N0": {}}
    assert isinstance(samples.sample(AT, "fullest"), dict)


def test_a_schema_that_is_a_part_of_itself_has_an_end() -> None:
    endless = sampler({"allOf": [{"$ref": f"#{AT}"}], "required": ["a"]})
    with pytest.raises(Unsampled):
        endless.sample(AT, "smallest")
    assert list(bounds(endless, AT)) == []
