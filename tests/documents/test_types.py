"""Types by a closed table; a word that is not in it is never taken for text."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.documents.fields import describe, parse, parse_many
from codegen.documents.types import read_type, typed
from codegen.documents.vocabulary import plain_characters

KNOWN: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "int64": {"type": "integer", "format": "int64"},
    "integer (int32)": {"type": "integer", "format": "int32"},
    "uint8": {"type": "integer", "minimum": 0},
    "float": {"type": "number"},
    "double": {"type": "number"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "array<string>": {"type": "array", "items": "string"},
    "string[]": {"type": "array", "items": "string"},
    "List[int]": {"type": "array", "items": "integer"},
    "array of numbers": {"type": "array", "items": "number"},
    "object": {"type": "object"},
    "map<string, string>": {"type": "object"},
    "Optional[str]": {"type": "string"},
    "string | null": {"type": "string"},
    "string URL": {"type": "string", "format": "uri"},
    "string(64)": {"type": "string", "max_length": 64},
    "字符串": {"type": "string"},
    "整数": {"type": "integer"},
    "布尔值": {"type": "boolean"},
    "字符串数组": {"type": "array", "items": "string"},
}


@pytest.mark.parametrize("word", KNOWN)
def test_a_type_word_is_known(word: str) -> None:
    assert read_type(word) == KNOWN[word]


@pytest.mark.parametrize("word", ["vec3", "bytestream", "integer | string", "array<array<int>>", "", "feeling"])
def test_a_word_outside_the_table_is_no_type(word: str) -> None:
    assert read_type(word) is None


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("Whether it glows. Default is false.", {"type": "boolean", "default": False}),
        ("Glows. Enabled by default.", {"type": "boolean", "default": True}),
        ("是否发光，默认 否", {"type": "boolean", "default": False}),
        ("If omitted, true is used.", {"type": "boolean", "default": True}),
    ],
)
def test_a_default_in_words_gets_the_type_beside_it(words: str, facts: dict[str, Any]) -> None:
    assert describe(words, type_word="boolean").facts == facts


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("Seed between 0 and 4294967295.", {"minimum": 0, "maximum": 4294967295}),
        ("Seed, from 1 to 9.", {"minimum": 1, "maximum": 9}),
        ("取值范围：1～9", {"minimum": 1, "maximum": 9}),
        ("At least 2, at most 8 seconds.", {"minimum": 2, "maximum": 8, "unit": "second"}),
        ("Min: 2; max: 8; default value: 4", {"minimum": 2, "maximum": 8, "default": 4}),
        ("Greater than 0", {"exclusive_minimum": 0}),
        ("One of: 1, 2, 4", {"enum": [1, 2, 4]}),
    ],
)
def test_a_range_in_words_is_a_range(words: str, facts: dict[str, Any]) -> None:
    found = describe(words, type_word="integer")
    assert (found.facts, found.problems) == ({"type": "integer", **facts}, ())


def test_a_list_of_files_knows_how_many() -> None:
    found = describe("The URLs of up to 4 reference images.", type_word="array<string>")
    assert found.facts == {"type": "array", "items": "string", "format": "uri", "media": "image", "max_items": 4}


def test_an_unknown_type_is_marked_and_named() -> None:
    found = describe("Where it looks.", type_word="vec3")
    assert found.facts == {"unknown_type": "vec3"}
    assert found.problems == ("type vec3",)


def test_a_list_of_one_knows_not_what_is_marked() -> None:
    assert describe("Some.", type_word="array").facts == {"type": "array", "unknown_type": "array"}


def test_a_default_that_cannot_be_one_is_reported() -> None:
    assert describe("Default: auto.", type_word="integer").problems == ("default that is not of the type integer",)
    assert typed({"type": "boolean", "default": "maybe"}) == ({"type": "boolean"}, ("default",))


@pytest.mark.parametrize(
    "text",
    [
        "`size` (integer, optional): how large",
        "`size` (optional integer) - how large",
        "**size** *(integer, optional)* – how large",
        "`size`: integer, optional. how large",
        "size - integer - optional - how large",
        "`size` | integer | optional | how large",
        "`size`（整数，可选）：how large",
    ],
)
def test_an_entry_reads_the_same_however_it_is_laid_out(text: str) -> None:
    entry = parse(plain_characters(text))
    assert entry is not None
    assert (entry.name, entry.required, entry.description) == ("size", False, "how large")
    assert read_type(entry.type_word or "") == {"type": "integer"}


def test_several_entries_of_one_line() -> None:
    found = parse_many("`image` (string URL, required), `ratio` (string: `1:1`, `9:16`) and `seed`")
    assert [entry.name for entry in found] == ["image", "ratio", "seed"]
    assert found[1].description.startswith("`1:1`, `9:16`")


@pytest.mark.parametrize("word", ["file", "binary", "File", "文件"])
def test_a_file_is_sent_as_its_bytes(word: str) -> None:
    assert read_type(word) == {"type": "string", "format": "binary"}


@pytest.mark.parametrize(
    ("facts", "limit"),
    [
        ({"type": "integer"}, "max_length"),
        ({"type": "boolean"}, "min_length"),
        ({"type": "object"}, "max_length"),
        ({"type": "string"}, "minimum"),
        ({"type": "string"}, "max_items"),
        ({"type": "object"}, "exclusive_maximum"),
        ({"type": "array", "items": "integer"}, "max_length"),
        ({"type": "array", "items": "string"}, "maximum"),
    ],
)
def test_a_limit_that_the_type_cannot_have_is_reported(facts: dict[str, Any], limit: str) -> None:
    assert typed({**facts, limit: 3}) == (facts, (limit,))


@pytest.mark.parametrize(
    "facts",
    [
        {"type": "integer", "minimum": 3},
        {"type": "string", "max_length": 3},
        {"type": "array", "items": "string", "max_items": 3, "max_length": 9},
        {"type": "array", "items": "number", "maximum": 3},
        {"max_length": 3},
    ],
)
def test_a_limit_of_its_type_or_of_an_unknown_one_stays(facts: dict[str, Any]) -> None:
    assert typed(facts) == (facts, ())


@pytest.mark.parametrize(
    "words",
    ["default random", "defaults to random", "random by default", "默认随机", "默认为随机值", "default is random"],
)
def test_a_default_that_the_service_picks_is_no_value_and_is_reported(words: str) -> None:
    read = describe(f"the seed, {words}", type_word="string")
    assert (read.facts, read.problems != ()) == ({"type": "string"}, True)


def test_random_in_a_code_span_is_a_value() -> None:
    assert describe("`calm` or `random`, default `random`", type_word="string").facts["default"] == "random"


@pytest.mark.parametrize("words", ["取值范围为 0 到 42", "范围：0至42"])
def test_a_range_in_chinese_words_is_a_range(words: str) -> None:
    found = describe(plain_characters(words), type_word="integer").facts
    assert found == {"type": "integer", "minimum": 0, "maximum": 42}
