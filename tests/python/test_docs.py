"""What a docstring says of a parameter: numbers in units a person reads."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.python.docs import _bytes


@pytest.mark.parametrize(
    "value, words",
    [
        (1, "1 bytes"),
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
