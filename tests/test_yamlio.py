"""YAML as the pipeline reads and writes it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from codegen import yamlio
from codegen.faults import InputFault

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\ufffe\uffff"))
WORDS = st.sampled_from(
    ["16:9", "on", "No", "010", "0x1f", "1e3", "2026-03-08", "~", "null", "- a", "{a}", "a: b", "#"]
)
VALUES = st.recursive(
    SCALARS | TEXT | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT | WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_back(value: object) -> None:
    assert yamlio.loads(yamlio.dumps({"value": value}), "x") == {"value": value}


@given(VALUES)
def test_a_yaml_1_1_parser_reads_the_same(value: object) -> None:
    assert yaml.safe_load(yamlio.dumps({"value": value})) == {"value": value}


def test_claims_are_written_one_line_each() -> None:
    text = yamlio.dumps({"claims": [{"line": 1, "facts": {"enum": ["a", "b"]}}]}, header="Made.", one_line=("claims",))
    assert text == "# Made.\nclaims:\n- {line: 1, facts: {enum: [a, b]}}\n"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("on", "on"),
        ("2026-03-08", "2026-03-08"),
        ("010", 10),
        ("1:30", "1:30"),
        ("0x1f", 31),
        ("~", None),
        ("yes", "yes"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, expected: object) -> None:
    assert yamlio.loads(f"value: {text}", "x") == {"value": expected}


@pytest.mark.parametrize(
    "text, line, problem",
    [
        ("a: 1\nb: 2\na: 3\n", 3, "duplicate key 'a'"),
        ("a:\n  b: 1\n  b: 2\n", 3, "duplicate key 'b'"),
        ("a: &x 1\nb: *x\n", 2, "alias"),
        ("a: !!python/object:os.system 1\n", 1, "tag"),
        ("a: [1\n", 2, "expected"),
        ("[" * 200, 1, "deeper"),
        ("? {a: 1}\n: 2\n", 1, "key"),
    ],
)
def test_the_dangerous_and_the_ambiguous_are_refused(text: str, line: int, problem: str) -> None:
    with pytest.raises(InputFault) as refused:
        yamlio.loads(text, "some.yaml")
    (fault,) = refused.value.faults
    assert (fault.file, fault.place) == ("some.yaml", f"line {line}")
    assert problem in fault.problem
