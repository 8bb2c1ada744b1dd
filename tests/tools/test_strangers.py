"""The table of documents that were tried."""

from __future__ import annotations

import pytest

from tools import strangers


@pytest.mark.parametrize(
    ("are_types_checked", "types", "expected"),
    [(False, "", "not run"), (True, "", "clean"), (True, "1 errors: x", "1 errors: x")],
)
def test_types_are_clean_only_where_they_were_checked(are_types_checked: bool, types: str, expected: str) -> None:
    row = strangers.DocumentRow("a.yaml", 1, modules=1, are_types_checked=are_types_checked, types=types)
    assert list(strangers.table([row]))[2].split(" | ")[7] == expected
