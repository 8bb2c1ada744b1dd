"""Where a fact stands in a document, and which facts the tables of a suite say that they prove."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen.contracts import coverage
from codegen.contracts.fact_pointers import property_fact
from codegen.contracts.oracle import Oracle

SCHEMAS: dict[str, Any] = {
    "Base": {"properties": {"id": {"type": "string"}}},
    "Pet": {"allOf": [{}, {"$ref": "#/components/schemas/Base"}], "properties": {"name": {"type": "string"}}},
}
AT = "/components/schemas"


@pytest.mark.parametrize(
    ("name", "pointer"),
    [
        ("name", f"{AT}/Pet/properties/name"),
        ("id", f"{AT}/Base/properties/id"),
        ("unknown", f"{AT}/Pet/properties/unknown"),
    ],
)
def test_a_property_stands_in_its_schema_or_in_the_part_that_names_it(name: str, pointer: str) -> None:
    assert property_fact(Oracle({"components": {"schemas": SCHEMAS}}), f"{AT}/Pet", name) == pointer


MODULE = """\
from types import SimpleNamespace

def row(*pointers):
    return SimpleNamespace(proves=pointers)

ROW = row("/row")
TABLE = (row("/table/0"), row("/table/1", "/table/2"))
GROUPS = {"a": (row("/group"),)}
class TestDraw:
    OWN = (row("/class"),)
class Helper:
    OWN = (row("/helper"),)
OTHER = SimpleNamespace(proves="/text")
"""


def test_what_is_proven_is_said_by_rows_tables_of_rows_and_test_classes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "suite_of_pointers" / "shop"
    folder.mkdir(parents=True)
    (folder / "test_draw.py").write_text(MODULE, encoding="utf-8")
    (folder / "conftest.py").write_text("raise AssertionError\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(coverage, "SUITE", "suite_of_pointers")
    proven = {"/row", "/table/0", "/table/1", "/table/2", "/group", "/class"}
    assert coverage.claims("shop", tmp_path) == proven
