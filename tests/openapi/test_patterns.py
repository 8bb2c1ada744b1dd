"""Texts for patterns: what is built fits, and no pattern takes long."""

from __future__ import annotations

import jsonschema_rs
import pytest

from codegen.openapi.patterns import MAX_PATTERN, texts


@pytest.mark.parametrize(
    "pattern",
    [
        r"^CH[0-9a-fA-F]{32}$",
        r"^[a-z]{2}-(?:A|B)\d+$",
        r"^\p{L}{3}\p{Nd}$",
        r"^sha256:[a-f0-9]{64}$",
        r"^[^\s@]+@[^\s@]+\.[a-z]{2,}$",
        r"^\d+\.\d+$|^[A-Z]$",
        r"^(?<year>\d{4})-\d\d$",
        r"^[^0-9]*[0-9]$",
        r"^\/[\w-]+\/$",
        r"\u0041{3}",
    ],
)
def test_a_text_that_is_built_from_a_pattern_fits_it(pattern: str) -> None:
    validator = jsonschema_rs.validator_for({"pattern": pattern})
    assert any(validator.is_valid(text) for text in texts(pattern))


def test_a_text_can_be_as_long_as_it_has_to_be() -> None:
    assert {len(text) for text in texts("^[a-z]+$", 12)} >= {1, 12}


@pytest.mark.parametrize(
    "pattern",
    [
        "(a{999}){999}",
        "a{1000000}",
        "((((((){999}){999}){999}){999}){999})",
        "(" * 500,
        "^(a+)+$",
        "\\p{",
        "(?P<a>",
        "[",
    ],
)
def test_no_pattern_takes_long_or_gives_an_error(pattern: str) -> None:
    assert all(len(text) <= 2_000 for text in texts(pattern))


def test_a_pattern_above_the_bound_is_not_read() -> None:
    assert texts("a" * MAX_PATTERN) == ("a" * MAX_PATTERN,)
    assert texts("a" * (MAX_PATTERN + 1)) == ()
