"""A number that no program can hold: left out where it only shows something or sets no limit, else refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.openapi import loader
from tests.python.support import document, faults, of_value, read

INFINITE, NEGATIVE, LONG = "1e400", "-1e400", "1" + "0" * 60


def _text(schema: dict[str, Any]) -> Any:
    """Return a document as text: the numbers are nothing that `json` writes."""
    text = json.dumps(of_value({"type": "number", **schema}))
    for word, number in (("INFINITE", INFINITE), ("NEGATIVE", NEGATIVE), ("LONG", LONG)):
        text = text.replace(f'"{word}"', number)
    return text


HARMLESS = [
    ("default", "INFINITE"),
    ("default", "LONG"),
    ("examples", [1, "INFINITE"]),
    ("example", {"a": "LONG"}),
    ("maximum", "INFINITE"),
    ("exclusiveMaximum", "LONG"),
    ("minimum", "NEGATIVE"),
    ("exclusiveMinimum", "NEGATIVE"),
]


@pytest.mark.parametrize(("keyword", "value"), HARMLESS)
def test_one_that_says_nothing_of_a_call_is_left_out(keyword: str, value: Any) -> None:
    service = read(_text({keyword: value}))
    assert len(service.operations) == 1
    notes = [(note.place.rpartition("/")[2], note.remedy) for note in service.notes]
    assert notes == [(keyword, "it is left out")]


@pytest.mark.parametrize(("keyword", "value"), [("minimum", "INFINITE"), ("maximum", "NEGATIVE"), ("const", "LONG")])
def test_one_that_decides_what_is_sent_is_refused(keyword: str, value: Any) -> None:
    (fault,) = faults(_text({keyword: value}))
    assert fault.place.endswith(f"/{keyword}")


def test_a_property_named_default_is_not_left_out() -> None:
    schema = {"type": "object", "properties": {"default": {"type": "number", "const": "INFINITE"}}}
    assert faults(_text(schema))[0].place.endswith("/default/const")


def test_one_in_another_file_is_said_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "part.json").write_text('{"type": "number", "default": 1e400}')
    root = of_value({"$ref": "part.json"})
    (tmp_path / "painter.json").write_text(json.dumps(root))
    (note,) = loader.read(tmp_path / "painter.json").notes
    assert note.place == "/x-documents/part.json/default"


def test_a_part_that_is_named_by_its_url_alone_is_no_document_of_its_own(tmp_path: Path) -> None:
    root = document(of_value({"$ref": "https://a.example/api/part.json"})["paths"], openapi="3.2.0")
    root["$self"] = "https://a.example/api/painter.json"
    (tmp_path / "painter.json").write_text(json.dumps(root))
    (tmp_path / "part.json").write_text('{"type": "number"}')
    (tmp_path / "other.json").write_text('{"type": "number"}')
    paths = loader.documents(tmp_path, sorted(tmp_path.iterdir()))
    assert [path.name for path in paths] == ["other.json", "painter.json"]
