"""What a docstring says: numbers in units a person reads, every fact once."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest

from codegen import paths
from codegen.python.docs import _bytes, sentences, traits
from codegen.reference import _in_order
from tests import catalog_values

CLIENTS = sorted(
    path for service in catalog_values.services() for path in (paths.GENERATED / "wondergen" / service).glob("*.py")
)


@pytest.mark.parametrize(
    "value, words",
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (2_500_000, "2.5 MB"),
        (200_000_000, "200 MB"),
        (10**9, "1 GB"),
        (2_340_000_000, "2.34 GB"),
        ("much", "much"),
    ],
)
def test_bytes_are_said_in_the_largest_unit_that_fits(value: Any, words: str) -> None:
    assert _bytes(value) == words


@pytest.mark.parametrize(
    "schema, words",
    [
        ({"x-media": {"seconds": {"minimum": 5, "maximum": 5}}}, "Exactly 5 seconds."),
        ({"minLength": 3, "maxLength": 3}, "Exactly 3 characters."),
        ({"minItems": 2, "maxItems": 2}, "Exactly 2 items."),
        ({"minLength": 1, "maxLength": 80}, "1 to 80 characters."),
        ({"minLength": 1}, "Not empty."),
        ({"minLength": 0, "maxLength": 80}, "At most 80 characters."),
        ({"enum": [5], "default": 5}, "Only 5 is allowed. Default: 5."),
        ({"enum": ["a", None, "b"]}, "One of a, b."),
        ({"enum": ["0", "1"], "description": "`0`: edge; `1`: pose."}, "`0`: edge; `1`: pose."),
        ({"x-disputed": [{"reading": "it exists"}, {"reading": "it does not exist"}]},
         "The documents disagree: some say it exists, others say it does not exist."),
    ],
)  # fmt: skip
def test_a_limit_is_stated_once_and_in_one_way(schema: dict[str, Any], words: str) -> None:
    assert " ".join(text for _, text in sentences(schema, schema)) == words


def test_no_generated_docstring_repeats_a_sentence_or_names_a_document() -> None:
    documented = [node for path in CLIENTS for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    texts = [ast.get_docstring(node) for node in documented if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    paragraphs = [" ".join(text.split()) for text in texts if text for text in re.split(r"\n\s*\w+: |\n\n", text)]
    assert len(paragraphs) > 500
    for paragraph in paragraphs:
        sentences = re.findall(r"[^.]{9,}\.(?= |$)", paragraph)
        assert len(sentences) == len(set(sentences)), paragraph
        assert not re.search(r"\.md\b|Source:|(\d+) to \1 ", paragraph), paragraph


def test_what_an_operation_is_good_for_is_one_paragraph() -> None:
    result = {
        "best_for": ["Photographs", "Long prompts."],
        "strengths": ["text", "style"],
        "price": "low",
        "cites": ["a"],
    }
    words = "Best for: Photographs; Long prompts. Strengths: text, style. Compared with others of its kind: price low."
    assert traits({"x-traits": result}) == words
    assert traits({"x-traits": {"triggers": ["a picture"]}}) == traits({}) == ""


@pytest.mark.parametrize(
    "annotation, listed",
    [
        ("Literal['web', 'mac', 'ios'] | None", "Literal['ios', 'mac', 'web'] | None"),
        ("Literal['b-2', 'a-1']", "Literal['b-2', 'a-1']"),
        ("str", "str"),
    ],
)
def test_the_reference_lists_choices_that_are_words_in_the_order_of_the_alphabet(annotation: str, listed: str) -> None:
    assert _in_order(annotation) == listed
