"""Markdown as a row of blocks: what stands where, with or without blank lines and indentation."""

from __future__ import annotations

import pytest

from codegen.documents import endpoints
from codegen.documents.blocks import parse
from codegen.documents.sections import locate

ROWS: list[tuple[str, list[tuple[str, int, str]]]] = [
    ("```\n\tx\n```\n\ty", [("fence", 1, "\tx\n"), ("fence", 4, "y\n")]),
    ("~~~~ Python 3\n```\n~~~~\nz", [("fence", 1, "```\n"), ("text", 4, "z")]),
    ("- a\nb\n\n  c", [("item", 1, "a"), ("text", 2, "b"), ("text", 4, "c")]),
    ("- a\n  b\nc", [("item", 1, "a b"), ("text", 3, "c")]),
    ("1. a\n- b\n---\nc", [("item", 1, "a"), ("item", 2, "b"), ("text", 4, "c")]),
    ("# A `b`\nc\nd", [("heading", 1, "A `b`"), ("text", 2, "c"), ("text", 3, "d")]),
    (
        "a\n| B | `C` |\n|--|--|\n| d | e |\n| f |\ng",
        [("text", 1, "a"), ("row", 4, "d | e"), ("row", 5, "f | "), ("text", 6, "g")],
    ),
    ("> a\nb", [("text", 1, "a"), ("text", 2, "b")]),
    ("```\nnever closed", [("fence", 1, "never closed")]),
]


@pytest.mark.parametrize("text, blocks", ROWS, ids=[text[:20].replace("\n", " ") for text, _ in ROWS])
def test_a_block_has_its_kind_its_line_and_its_text(text: str, blocks: list[tuple[str, int, str]]) -> None:
    assert [(block.kind, block.line, block.text) for block in parse(text.split("\n"))] == blocks


def test_a_row_knows_the_titles_of_its_own_table() -> None:
    lines = "| **A** | `B` |\n|--|--|\n| c | d |\n\n| E |\n|--|\n| f |".split("\n")
    assert [(row.header, row.cells) for row in parse(lines)] == [(("a", "b"), ("c", "d")), (("e",), ("f",))]


def test_an_item_knows_whether_its_list_is_numbered_and_a_fence_its_language() -> None:
    first, inner, fence = parse(["1. a", "   - b", "~~~ JSON ", "~~~"])
    assert (first.ordered, inner.ordered, fence.language) == (True, False, "json")
    assert fence.lines == (3, 4)


GENERAL = ["Common Response Structure", "Example", "Remarks", "All replies", "Quick Start", "通用返回结构"]
OF_ONE = ["Draw a Picture", "Draw any picture", "Standard Video", "All-in-one Video"]


@pytest.mark.parametrize(
    ("title", "is_of_one"), [*((title, False) for title in GENERAL), *((title, True) for title in OF_ONE)]
)
@pytest.mark.parametrize("request_line", ["POST {}", "curl -X POST {} -d '{{}}'"])
def test_an_example_under_a_general_heading_makes_no_section_of_one_operation(
    title: str, request_line: str, *, is_of_one: bool
) -> None:
    fence = request_line.format("https://api.example.com/v1/draw")
    blocks = parse(["# Shop", f"## {title}", "```", fence, "```", "- Success: `0`"])
    assert bool(endpoints.of_sections(blocks)) is is_of_one
    located = {place.block.line: place.operation for place in locate(blocks, ())}
    assert fence.startswith("curl") or (located[blocks[-1].line] == "draw") is is_of_one
