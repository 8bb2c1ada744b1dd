"""Samples and bounds: what is proposed is accepted, what is refused is refused, always the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import get, join, put
from codegen.contracts.oracle_samples import BoundaryValue, Sampler, Unsampled, bounds

AT = "/components/schemas/S"


def sampler(schema: Any, **others: Any) -> Sampler:
    return Sampler(Oracle({"components": {"schemas": {"S": schema, **others}}}))


def of(schema: Any, **others: Any) -> list[BoundaryValue]:
    return bounds(sampler(schema, **others), AT)


def values(result: list[BoundaryValue], *, allowed: bool) -> list[Any]:
    return [bound.value for bound in result if bound.allowed is allowed]


@pytest.mark.parametrize(
    "schema, smallest, fullest",
    [
        ({"type": "integer", "minimum": 5, "maximum": 900}, 5, 900),
        ({"type": "integer", "exclusiveMinimum": 5}, 6, 6),
        ({"type": "number", "multipleOf": 0.5}, 0.5, 0.5),
        ({"enum": ["5s", "10s"]}, "5s", "10s"),
        ({"type": "string", "const": "x"}, "x", "x"),
        ({"type": "string", "format": "uri"}, "https://files.example.com/1.png", "https://files.example.com/1.png"),
        ({"type": "string", "pattern": "^[0-9]+:[0-9]+$"}, "1:1", "1:1"),
        ({"type": ["string", "null"], "enum": [None, "a"]}, "a", "a"),
        ({"type": "array", "items": {"enum": ["a", "b", "c"]}, "maxItems": 2}, ["a"], ["c", "b"]),
        ({"type": "boolean"}, True, True),
        ({"oneOf": [{"type": "integer", "minimum": 3}, {"type": "string"}]}, 3, 3),
    ],
)
def test_a_sample_is_the_smallest_or_the_fullest_the_schema_accepts(schema: Any, smallest: Any, fullest: Any) -> None:
    samples = sampler(schema)
    assert (samples.sample(AT, "smallest"), samples.sample(AT, "fullest")) == (smallest, fullest)


def test_an_object_is_its_required_properties_or_all_of_them() -> None:
    samples = sampler(
        {
            "required": ["a"],
            "properties": {"a": {"type": "integer", "minimum": 1}, "b": {"$ref": "#/components/schemas/B"}},
            "allOf": [{"properties": {"c": {"const": 3}}, "required": ["c"]}],
        },
        B={"enum": ["x"]},
    )
    assert samples.sample(AT, "smallest") == {"a": 1, "c": 3}
    assert samples.sample(AT, "fullest") == {"a": 1, "b": "x", "c": 3}


def test_a_schema_that_refers_to_itself_is_sampled() -> None:
    samples = sampler({"type": "object", "properties": {"child": {"$ref": f"#{AT}"}, "n": {"const": 1}}})
    assert samples.oracle.accepts(AT, samples.sample(AT, "fullest"))


def test_what_nothing_fits_is_said_to_be_unsampled() -> None:
    with pytest.raises(Unsampled):
        sampler({"type": "string", "pattern": "^ZQ[0-9]{17}$"}).sample(AT, "smallest")


def test_a_bound_is_met_and_missed_by_the_smallest_step() -> None:
    rows = of({"type": "integer", "minimum": 512, "maximum": 2048})
    assert values(rows, allowed=True) == [512, 513, 2048, 2047]
    assert {511, 2049} <= {value for value in values(rows, allowed=False) if isinstance(value, int)}


def test_an_exclusive_bound_refuses_itself() -> None:
    rows = of({"type": "number", "exclusiveMinimum": 0, "maximum": 1})
    assert 0 in values(rows, allowed=False)
    assert {0.01, 0.99, 1} <= set(values(rows, allowed=True))


def test_a_long_url_is_one_of_the_web() -> None:
    result = values(of({"type": "string", "format": "uri", "maxLength": 40}), allowed=True)
    assert [value[:8] for value in result if len(value) in (39, 40)] == ["https://"] * 2


def test_a_length_is_met_and_missed_by_one_character() -> None:
    rows = of({"type": "string", "minLength": 2, "maxLength": 4})
    lengths = {len(value) for value in values(rows, allowed=True)}
    refused = {len(value) for value in values(rows, allowed=False) if isinstance(value, str)}
    assert (lengths, refused) == ({2, 3, 4}, {1, 5})


def test_every_value_of_an_enum_is_sent_and_its_neighbours_are_not() -> None:
    rows = of({"type": "string", "enum": ["720p", "1080p"]})
    assert values(rows, allowed=True) == ["720p", "1080p"]
    assert {"720P", "1080p ", "", "not documented"} <= set(
        filter(lambda v: isinstance(v, str), values(rows, allowed=False))
    )


def test_a_list_has_too_few_and_too_many_and_wrong_items() -> None:
    rows = of({"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 2, "uniqueItems": True})
    assert all(1 <= len(value) <= 2 for value in values(rows, allowed=True))
    refused = values(rows, allowed=False)
    assert [] in refused
    assert any(isinstance(value, list) and len(value) == 3 for value in refused)
    assert any(isinstance(value, list) and value[:1] == ["not a number"] for value in refused)


def test_a_bound_names_the_fact_it_proves_where_the_fact_stands() -> None:
    rows = of({"$ref": "#/components/schemas/Size"}, Size={"type": "integer", "maximum": 3})
    assert {proof for bound in rows for proof in bound.proves} == {
        "/components/schemas/Size/maximum",
        "/components/schemas/Size/type",
    }


def test_a_disputed_field_is_bounded_by_what_either_reading_accepts() -> None:
    rows = of({"anyOf": [{"type": "integer", "maximum": 95, "minimum": 0}, {"type": "integer", "maximum": 900}]})
    assert 900 in values(rows, allowed=True)
    assert 96 not in values(rows, allowed=False)


SCHEMAS = st.one_of(
    st.builds(
        lambda low, width: {"type": "integer", "minimum": low, "maximum": low + width},
        st.integers(-50, 50),
        st.integers(0, 9),
    ),
    st.builds(
        lambda least, more: {"type": "string", "minLength": least, "maxLength": least + more},
        st.integers(0, 40),
        st.integers(0, 9),
    ),
    st.lists(st.one_of(st.text(max_size=5), st.integers(-5, 5)), min_size=1, max_size=5, unique=True).map(
        lambda choices: {"enum": choices}
    ),
)


@given(st.dictionaries(st.sampled_from("abcd"), SCHEMAS, min_size=1), st.booleans())
@settings(max_examples=25)
def test_the_judge_agrees_with_every_sample_and_bound(properties: dict[str, Any], in_list: bool) -> None:
    schema: Any = {"type": "object", "properties": properties, "required": sorted(properties)[:1]}
    schema = {"type": "array", "items": schema, "minItems": 1} if in_list else schema
    samples = sampler(schema)
    assert samples.oracle.accepts(AT, samples.sample(AT, "smallest"))
    assert samples.oracle.accepts(AT, samples.sample(AT, "fullest"))
    cases = bounds(samples, AT)
    assert cases
    assert all(samples.oracle.accepts(AT, bound.value) is bound.allowed for bound in cases)
    assert cases == bounds(sampler(schema), AT)


@given(st.lists(st.text(max_size=4), min_size=1, max_size=4), st.integers())
def test_what_is_put_at_a_pointer_is_got_there(steps: list[str], value: int) -> None:
    pointer = join("", *steps)
    assert get(put({}, pointer, value), pointer) == value


def test_a_put_leaves_the_original_alone() -> None:
    before = {"data": {"items": [1, 2]}}
    assert put(before, "/data/items/1", 3) == {"data": {"items": [1, 3]}}
    assert json.dumps(before) == '{"data": {"items": [1, 2]}}'
