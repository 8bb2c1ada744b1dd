"""YAML as the pipeline reads and writes it."""

from __future__ import annotations

from pathlib import Path

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
        ("090", 90),
        ("0o17", 15),
        ("1:30", "1:30"),
        ("0x1f", 31),
        ("~", None),
        ("yes", "yes"),
    ],
)
@pytest.mark.parametrize("aliases", [False, True])
def test_scalars_are_those_of_yaml_1_2(text: str, expected: object, aliases: bool) -> None:
    assert yamlio.loads(f"value: {text}", "x", aliases=aliases) == {"value": expected}


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


def test_a_file_that_cannot_be_read_is_a_fault_under_the_name_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    with pytest.raises(InputFault, match=r"^b\.yaml: cannot be read \(no such file or directory\)"):
        yamlio.load(path, "b.yaml")
    path.write_bytes(b"a: \xff")
    with pytest.raises(InputFault, match=r"a\.yaml: is not UTF-8 \(byte 3\)"):
        yamlio.load(path)
    path.write_text("a: 12")
    monkeypatch.setattr(yamlio, "MAX_BYTES", 5)
    assert yamlio.load(path) == {"a": 12}
    path.write_text("a: 123")
    with pytest.raises(InputFault, match="is larger than 5 bytes"):
        yamlio.load(path)


def test_as_many_levels_as_are_allowed_are_read_and_one_more_is_not() -> None:
    deepest = "[" * yamlio.MAX_DEPTH + "]" * yamlio.MAX_DEPTH
    assert yamlio.loads(f"{deepest}\n", "x") is not None
    with pytest.raises(InputFault, match=rf"x: line 1: is nested deeper than {yamlio.MAX_DEPTH} levels"):
        yamlio.loads(f"[{deepest}]\n", "x")
    assert yamlio.loads("[[1], [2], [3]]", "x") == [[1], [2], [3]]


def test_a_header_is_a_comment_line_by_line_and_no_line_is_broken() -> None:
    text = yamlio.dumps({"a": "word " * 100}, header="One.\n\nTwo.")
    assert text.splitlines()[:3] == ["# One.", "#", "# Two."]
    assert len(text.splitlines()) == 4


@pytest.mark.parametrize(
    "text, value",
    [
        ("a: &x {b: 1}\nc: *x\n", {"a": {"b": 1}, "c": {"b": 1}}),
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", {"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}}),
        ("a: {<<: [{b: 1}, {b: 2, c: 3}]}\n", {"a": {"b": 1, "c": 3}}),
        ("a: {'<<': 1}\n", {"a": {"<<": 1}}),
    ],
)
def test_aliases_are_read_where_they_are_asked_for(text: str, value: object) -> None:
    assert yamlio.loads(text, "x", aliases=True) == value


_NINE = "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))


@pytest.mark.parametrize(
    "text, problem",
    [
        ("a: &a [*a]\n", "has an alias of what it stands in"),
        ("a: &a {b: [*a]}\n", "has an alias of what it stands in"),
        ("a: *nothing\n", "undefined alias"),
        ("a: {<<: 5}\n", "merges what is not a mapping"),
        (f"a0: &a0 [1, 1]\n{_NINE}", "stands for more than 2000000 values"),
    ],
)
def test_an_alias_that_has_no_end_is_refused(text: str, problem: str) -> None:
    with pytest.raises(InputFault, match=problem):
        yamlio.loads(text, "x", aliases=True)


LISTS = """\
rows:
- {a: 1,
   b: 2}
# about the next
- a: 3
  b: >-
    words

  # the end
empty: []
flow: [{a: 1}]
"""


@pytest.mark.parametrize(
    "key, place",
    [
        ("rows", "add to f.yaml as line 8: `- {a: 4}`"),
        ("empty", "write in f.yaml in place of line 10: `empty:`, once for all entries, and below it `  - {a: 4}`"),
        ("flow", "add to `flow`, which ends on line 11 of f.yaml: `{a: 4}`"),
        ("other", "add to f.yaml at the end: `other:`, once for all entries, and below it `  - {a: 4}`"),
    ],
)
def test_an_entry_to_paste_has_its_line_and_the_indentation_of_its_list(key: str, place: str) -> None:
    assert yamlio.HandWritten("f.yaml", LISTS).add(key, "{a: 4}") == place


def test_the_line_below_an_entry_of_two_lines_is_below_both() -> None:
    file = yamlio.HandWritten("f.yaml", LISTS)
    assert (file.lines("rows"), [file.after("rows", index) for index in (0, 1)]) == ((2, 5), [4, 8])


@pytest.mark.parametrize(
    "place, lines", [("line 2", "lines 2 to 3"), ("line 5", "lines 5 to 7"), ("line 11", "it"), ("line 1", "it")]
)
def test_an_entry_to_delete_has_all_its_lines_and_those_of_no_other(place: str, lines: str) -> None:
    assert yamlio.HandWritten("f.yaml", LISTS).extent(place) == lines


def test_the_line_of_a_key_is_found_wherever_its_parents_stand() -> None:
    file = yamlio.HandWritten(
        "f.yaml", "name: x\nactions:\n  - a: {key: {in: b}}\n    b:\n      key:\n        name: c\n"
    )
    assert file.line_of("key", "name") == 6
    assert file.line_of("key", "in") == 3
    assert file.line_of("a", "key", "name") is None
    assert yamlio.HandWritten("f.yaml", "").line_of("key") is None
