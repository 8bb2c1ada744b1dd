"""The table of documents that were tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import strangers


@pytest.mark.parametrize(
    ("are_types_checked", "types", "expected"),
    [(False, "", "not run"), (True, "", "clean"), (True, "1 errors: x", "1 errors: x")],
)
def test_types_are_clean_only_where_they_were_checked(are_types_checked: bool, types: str, expected: str) -> None:
    row = strangers.DocumentRow("a.yaml", 1, modules=1, are_types_checked=are_types_checked, types=types)
    assert list(strangers.table([row]))[2].split(" | ")[7] == expected


def test_a_path_without_an_openapi_document_is_an_error_that_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "schema.json").write_text("{}", encoding="utf-8")
    assert strangers.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: is, or has, no OpenAPI document; name another\n"
