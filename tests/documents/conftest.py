"""Ways to hand documents to the readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from codegen.documents.claims import VendorDocument
from codegen.documents.importer import read_sources
from tests.documents.invented_service import FILES, OVERVIEW

ReadFolder = Callable[[Mapping[str, str]], dict[str, VendorDocument]]
Read = Callable[[str], VendorDocument]
REFERENCE = "references/choir.md"


@pytest.fixture
def read_folder(tmp_path: Path) -> ReadFolder:
    """Write the files of one skill into a folder and read it: path → document."""

    def read(files: Mapping[str, str]) -> dict[str, VendorDocument]:
        root = tmp_path / "packages"
        for path, text in files.items():
            target = root / "skill" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return {document.document.split("/", 1)[1]: document for document in read_sources([root])}

    return read


@pytest.fixture
def skill(read_folder: ReadFolder) -> VendorDocument:
    return read_folder(FILES)["SKILL.md"]


@pytest.fixture
def overview(read_folder: ReadFolder) -> Read:
    """Read more lines after a reference that describes two operations."""
    return lambda more: read_folder({**FILES, REFERENCE: OVERVIEW + more})[REFERENCE]


@pytest.fixture
def own(read_folder: ReadFolder) -> Read:
    """Read a reference of a skill that has one operation."""
    return lambda text: read_folder({"SKILL.md": FILES["SKILL.md"], REFERENCE: text})[REFERENCE]
