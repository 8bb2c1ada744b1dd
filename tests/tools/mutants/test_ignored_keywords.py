"""A client that ignores a keyword fails the contract tests of a document that has it: a handful of keywords."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.mutants import ignored_keywords
from tools.mutants.keyword_documents import EXAMPLES

HANDFUL = [
    ("server", "url"),
    ("path item", "parameters"),
    ("operation", "security"),
    ("parameter", "explode"),
    ("response", "headers"),
    ("schema", "maxLength"),
    ("schema", "dependentRequired"),
    ("schema", "discriminator"),
]
UNNOTICED = ("media type", "example")
"""A keyword of which the table says that no contract test can notice it."""


def test_every_used_keyword_has_an_example_or_a_reason() -> None:
    with_examples = {(kind, name) for kind, rows in EXAMPLES.items() for name in rows}
    reasons = ignored_keywords.excused()
    assert all(reasons.values())
    assert set(ignored_keywords.used()) <= with_examples | reasons.keys()
    assert with_examples <= set(ignored_keywords.used())


def test_a_keyword_that_is_noticed_needs_no_reason() -> None:
    assert not ignored_keywords.excused().keys() & set(HANDFUL)
    assert UNNOTICED in ignored_keywords.excused()


def test_an_ignored_keyword_is_noticed_and_one_that_makes_no_difference_is_not(tmp_path: Path) -> None:
    found = {row.keyword: row for row in ignored_keywords.outcomes([*HANDFUL, UNNOTICED], tmp_path)}
    assert {keyword: row.whole for keyword, row in found.items() if row.whole} == {}
    assert [keyword for keyword in HANDFUL if not found[keyword].is_noticed] == []
    assert not found[UNNOTICED].is_noticed


@pytest.mark.parametrize("kind, keyword", [("schema", "maxLength"), ("parameter", "in"), ("path item", "get")])
def test_the_document_of_a_client_that_ignores_a_keyword_differs_in_it_alone(kind: str, keyword: str) -> None:
    example = EXAMPLES[kind][keyword]
    before = str(example.document)
    assert ignored_keywords.without(example) != example.document
    assert str(example.document) == before
