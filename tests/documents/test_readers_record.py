"""What the readers make of invented skills, kept as a record: what changes in it was meant to, or is a fault.

`choir-*` are in the layouts of the vendors' documents, `lumen-*` in layouts that none of them has: what a careful
reader finds in these is claimed, and the few lines beyond that are unread.

The record of a document stands beside it, with .yaml after its name. WONDERGEN_RECORD=1 writes all anew; the difference
is for a person to judge.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from codegen.documents.claims import from_yaml, to_yaml
from tests.documents.conftest import ReadFolder
from tests.documents.invented_service import FILES, described, entry

FOLDER = Path(__file__).with_name("record")
SKILLS = sorted(path.name for path in FOLDER.iterdir())
ROWS = [
    {"name": "film", "type": "string", "describe": "URL. Supported formats: MP4.", "required": True, "keywords": []},
    {"name": "speed", "type": "number", "describe": "Options: 1, 2. At least 3 a day.", "keywords": ["1", "2", "4"]},
    {"name": "mood", "type": "feeling", "describe": "", "required": "yes"},
]
SECOND = entry(
    "Film Choir",
    "f2s-choir-3",
    endpoint="https://api.choir.example/song/f2s-choir-3",
    method="GET",
    api_body=json.dumps({"title": "Request Body", "category": [{"title": "Film To Song", "list": ROWS}]}),
)
WRITTEN_ELSEWHERE = {"choir-song": {**FILES, "scripts/api.json": described(entry(), SECOND)}}


def _texts(skill: str) -> dict[str, str]:
    """Return path within the skill → text, of its documents and their records."""
    files = (path for path in sorted((FOLDER / skill).rglob("*")) if path.is_file())
    return {path.relative_to(FOLDER / skill).as_posix(): path.read_text(encoding="utf-8") for path in files}


@pytest.mark.parametrize("skill", SKILLS)
def test_what_is_read_is_what_was_read_before(read_folder: ReadFolder, skill: str) -> None:
    texts = {**_texts(skill), **WRITTEN_ELSEWHERE.get(skill, {})}
    documents = read_folder({path: text for path, text in texts.items() if not path.endswith(".yaml")})
    read = {f"{path}.yaml": to_yaml(replace(document, sha256="")) for path, document in documents.items()}
    if os.environ.get("WONDERGEN_RECORD"):
        for path, text in read.items():
            (FOLDER / skill / path).write_text(text, encoding="utf-8")
    assert read == {path: text for path, text in texts.items() if path.endswith(".yaml")}


@pytest.mark.parametrize("skill", SKILLS)
def test_the_record_can_be_read_back(skill: str) -> None:
    records = {path: text for path, text in _texts(skill).items() if path.endswith(".yaml")}
    assert {path: to_yaml(from_yaml(text, path)) for path, text in records.items()} == records
