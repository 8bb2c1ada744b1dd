"""Everything the readers make of an invented skill, kept as a record: what changes in it was meant to, or is a fault.

WONDERGEN_RECORD=1 writes it anew; the difference is for a person to judge.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

from codegen.documents.claims import from_yaml, to_yaml
from tests.documents.choir import FILES, described, entry
from tests.documents.conftest import ReadFolder

FOLDER = Path(__file__).with_name("record")
KEPT = {
    "SKILL.md": "skill.yaml",
    "references/song.md": "song.yaml",
    "references/choirs.md": "choirs.yaml",
    "scripts/api.json": "api.yaml",
    "scripts/song_client.py": "script.yaml",
}
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


def test_what_is_read_is_what_was_read_before(read_folder: ReadFolder) -> None:
    files = {**FILES, "scripts/api.json": described(entry(), SECOND)}
    files |= {f"references/{path.name}": path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
    documents = read_folder(files)
    read = {KEPT[path]: to_yaml(replace(document, sha256="")) for path, document in documents.items() if path in KEPT}
    if os.environ.get("WONDERGEN_RECORD"):
        for name, text in read.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    assert read == {name: (FOLDER / name).read_text(encoding="utf-8") for name in sorted(KEPT.values())}


def test_the_record_can_be_read_back() -> None:
    records = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
    assert set(records) == set(KEPT.values())
    assert {name: to_yaml(from_yaml(text, name)) for name, text in records.items()} == records
