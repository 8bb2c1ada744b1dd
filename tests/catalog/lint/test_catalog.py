"""The committed catalog passes the lint."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import paths
from codegen.catalog.lint import lint_text

DOCUMENTS = sorted(paths.OPENAPI.glob("*.yaml"))


def test_there_are_three_documents() -> None:
    assert [path.stem for path in DOCUMENTS] == ["edrawmax", "mediaio", "tomoviee"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_nothing_is_found_in_the_catalog(path: Path) -> None:
    assert [str(fault) for fault in lint_text(path.read_text(encoding="utf-8"), path.name)] == []
