"""The committed catalog passes the lint."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import paths, yamlio
from codegen.catalog.lint import lint
from codegen.openapi import evidence

DOCUMENTS = sorted(paths.OPENAPI.glob("*.yaml"))


def test_every_service_has_a_document() -> None:
    assert DOCUMENTS
    assert [path.stem for path in DOCUMENTS] == sorted(path.stem for path in paths.DECISIONS.glob("*.yaml"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_nothing_is_found_in_the_catalog(path: Path) -> None:
    document = yamlio.load(path)
    facts = evidence.read(path, document).facts
    assert facts
    assert [str(fault) for fault in lint(document, path.name, evidence=facts)] == []
