"""JSON with lines: what the standard library reads is read alike, what it refuses is refused at the same place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.documents import jsonlines, metadata
from codegen.documents.jsonlines import MAX_DEPTH, DuplicateKey, JsonNode
from codegen.documents.metadata import Publication
from codegen.documents.sources import Source
from codegen.faults import InputFault

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=50)
@given(value=VALUES, indent=st.none() | st.integers(0, 3))
def test_json_is_read_as_by_the_standard_library(value: Any, indent: int | None) -> None:
    assert jsonlines.parse(json.dumps(value, indent=indent)).value == value


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "{ }", "[ ]", '{"a": {}, "b": [], "c": 1}', '[ 1 , [ ] , { } , "x" ]', ' { "a" : 1 } ', "\n7\n"],
)
def test_space_and_emptiness_are_where_they_may_be(text: str) -> None:
    assert jsonlines.parse(text).value == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[",
        '{"a"',
        '{"a" 1}',
        '{"a": 1 "b": 2}',
        '{"a": 1,,}',
        "[1 2]",
        "[1,,]",
        "{a: 1}",
        "{} {}",
        "nul",
        '{"a":}',
    ],
)
def test_what_is_no_json_is_refused_at_its_place(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as ours:
        jsonlines.parse(text)
    with pytest.raises(json.JSONDecodeError) as theirs:
        json.loads(text)
    assert (ours.value.lineno, ours.value.pos) == (theirs.value.lineno, theirs.value.pos)


@pytest.mark.parametrize("text, at", [('{"a": 1,}', 8), ("[1,]", 3)])
def test_a_comma_too_many_is_refused_behind_it_whatever_the_version_of_python_says(text: str, at: int) -> None:
    with pytest.raises(json.JSONDecodeError) as ours:
        jsonlines.parse(text)
    assert ours.value.pos == at


def test_every_value_knows_its_line() -> None:
    node = jsonlines.parse('{\n "a": [\n  1,\n  {"b": 2}\n ],\n "c": "x",\n "d": 5\n}', first_line=10)
    assert {name: member.line for name, member in node.members.items()} == {"a": 11, "c": 15, "d": 16}
    assert [item.line for item in node.members["a"].items] == [12, 13]
    assert node.members["a"].items[1].members["b"] == JsonNode(2, 13, {}, ())
    assert (node.line, node.text("c"), node.text("d"), node.text("e"), node.get("e")) == (10, "x", "", "", None)


def test_a_key_that_is_there_twice_is_told_with_its_line() -> None:
    with pytest.raises(DuplicateKey, match=r"^a$") as caught:
        jsonlines.parse('{"a": 1,\n"b": 2,\n"a": 3}')
    assert (caught.value.key, caught.value.line) == ("a", 3)


def test_what_is_nested_too_deeply_is_refused() -> None:
    assert jsonlines.parse("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH).value is not None
    with pytest.raises(json.JSONDecodeError, match="Nested deeper than 60 levels"):
        jsonlines.parse("[" * (MAX_DEPTH + 1) + "1" + "]" * (MAX_DEPTH + 1))


@pytest.mark.parametrize(
    "sample, kind",
    [
        ("<integer>", "integer"),
        ("<object>", "object"),
        ("-3", "integer"),
        ("2.5", "number"),
        ('"x"', "string"),
        ("{", "object"),
        ("[", "array"),
        ("true", "boolean"),
        ("false", "boolean"),
        ("null", None),
        ("", None),
        ("<canary>", None),
    ],
)
def test_the_type_of_a_shown_value(sample: str, kind: str | None) -> None:
    assert jsonlines.type_of(sample) == kind


def test_the_keys_of_broken_json_are_found_with_path_and_line() -> None:
    text = '{\n"a": {\n"b": <string>",\n"c": [1, {"d": "x: {"}]\n}\n"e": -2.5,\n"f": }'
    assert [(key.path, key.line, key.value) for key in jsonlines.keys(text, first_line=5)] == [
        ("a", 6, "{"),
        ("a.b", 7, "<string>"),
        ("a.c", 8, "["),
        ("a.c.d", 8, '"x: {"'),
        ("e", 10, "-2.5"),
        ("f", 11, ""),
    ]


def source(text: str) -> Source:
    return Source("choir-song", "_meta.json", tuple(text.split("\n")), "bundle.txt", first_line=7)


def test_metadata_says_version_and_day() -> None:
    assert metadata.load(source('{"version": "1.4.2", "publishedAt": 1772933838173}')) == Publication(
        "1.4.2", "2026-03-08"
    )
    assert metadata.load(source("{}")) == Publication(None, None)


@pytest.mark.parametrize(
    "text, message",
    [
        ('{\n"a": 1,\n"a": 2}', "bundle.txt: line 9: key 'a' appears twice"),
        ('{\n"a" 1}', "bundle.txt: line 8, column 5: is not JSON"),
        ('{\n\n"publishedAt": "soon"}', "bundle.txt: line 9: publishedAt is not a time in milliseconds"),
        ('{"publishedAt": 1e30}', "bundle.txt: line 7: publishedAt is not a time in milliseconds"),
    ],
)
def test_metadata_that_cannot_be_read_says_where(text: str, message: str) -> None:
    with pytest.raises(InputFault) as caught:
        metadata.load(source(text))
    assert str(caught.value.faults[0]).startswith(message)
