"""A client that ignores a keyword fails the contract tests of a document that has it: a handful of keywords."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.mutants import ignored_keywords, keyword_places
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
PLACES = (
    "minimum, item, field",
    "maximum, value of a map, field",
    "maxItems of a set, itself, field",
    "start of pattern, property of an item, field",
    "format date, item of a value of a map, field",
    "closed, alternative of an item, field",
    "required, property of a property of a property, field",
    "values of a map, sixth property, field",
    "discriminator, item, field",
    "swapped discriminator, property of an item, reply",
    "format uuid, alternative, reply",
    "writeOnly, value beside properties, reply",
    "multipleOf, itself, query",
    "null, property, field",
    "no null, itself, optional field",
)
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
    chosen = ignored_keywords.examples([*HANDFUL, UNNOTICED])
    found = {row.name: row for row in ignored_keywords.outcomes(chosen, tmp_path)}
    assert {name: row.whole for name, row in found.items() if row.whole} == {}
    assert [name for name, row in found.items() if not row.is_noticed] == ["/".join(UNNOTICED)]


def test_a_limit_is_noticed_wherever_it_stands(tmp_path: Path) -> None:
    every = dict(keyword_places.examples())
    found = list(ignored_keywords.outcomes({name: every[name] for name in PLACES}, tmp_path))
    assert [row.name for row in found if row.whole] == []
    assert [row.name for row in found if not row.is_noticed] == []


@pytest.mark.parametrize("kind, keyword", [("schema", "maxLength"), ("parameter", "in"), ("path item", "get")])
def test_the_document_of_a_client_that_ignores_a_keyword_differs_in_it_alone(kind: str, keyword: str) -> None:
    example = EXAMPLES[kind][keyword]
    before = str(example.document)
    assert ignored_keywords.without(example) != example.document
    assert str(example.document) == before
