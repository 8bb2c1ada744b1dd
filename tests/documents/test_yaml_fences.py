"""Fences of YAML that describe a request: each line belongs to one field, and what is no plain list stays a fence."""

from __future__ import annotations

import pytest

from codegen.documents.blocks import Block
from codegen.documents.yaml_fences import opened


def fence(text: str) -> Block:
    number = len(text.split("\n"))
    return Block("fence", 1, text, tuple(range(1, number + 3)), language="yaml")


FIELDS = """\
size:
  type: integer
  minimum: 2

tone:
  type: string"""


def test_each_field_has_its_own_lines_and_no_other() -> None:
    assert [(row.text.partition("`")[2].partition("`")[0], row.lines) for row in opened([fence(FIELDS)])] == [
        ("size", (2, 3, 4)),
        ("tone", (6, 7)),
    ]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("{type: string, default: &name loud}", id="an anchor"),
        pytest.param("{type: string, default: " + "[" * 40 + "]" * 40 + "}", id="forty lists in each other"),
        pytest.param("{type: string, default: " + "a" * 100_000 + "}", id="more than is read"),
        pytest.param("\n" + " " * 81 + "type: string", id="more than eighty columns in"),
        pytest.param("{type: string", id="no YAML"),
    ],
)
def test_what_says_one_thing_in_two_places_or_is_too_large_stays_a_fence(value: str) -> None:
    block = fence(f"tone: {value}")
    assert list(opened([block])) == [block]
