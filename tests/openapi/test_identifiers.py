"""References by name: `$anchor`, `$id`, `$dynamicRef`, in one file and between files."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from codegen.openapi import loader
from codegen.openapi.identifiers import settle

ORDER: dict[str, Any] = {
    "$id": "https://shop.example/schemas/order",
    "properties": {
        "lines": {"items": {"$ref": "#/$defs/Line"}},
        "customer": {"$ref": "customer"},
        "pet": {"$ref": "#/components/schemas/Pet"},
        "before": {"$ref": "#"},
        "first": {"$ref": "#line"},
    },
    "$defs": {"Line": {"$anchor": "line", "properties": {"$id": {"type": "string"}}}},
}
SCHEMAS: dict[str, Any] = {
    "Order": ORDER,
    "Customer": {"$id": "https://shop.example/schemas/customer"},
    "Pet": {"$anchor": "pet"},
    "Old": {"$id": "#old"},
    "Tree": {"$dynamicAnchor": "node", "items": {"$dynamicRef": "#node"}},
}
PLACE = "#/components/schemas"


@pytest.mark.parametrize(
    "reference, place",
    [
        ("#pet", f"{PLACE}/Pet"),
        ("#old", f"{PLACE}/Old"),
        ("https://shop.example/schemas/order", f"{PLACE}/Order"),
        ("https://shop.example/schemas/order#line", f"{PLACE}/Order/$defs/Line"),
        ("https://shop.example/schemas/order#/$defs/Line", f"{PLACE}/Order/$defs/Line"),
        ("#line", "#line"),
        ("#/components/schemas/Pet", f"{PLACE}/Pet"),
        ("https://elsewhere.example/order", "https://elsewhere.example/order"),
        ("#nowhere", "#nowhere"),
    ],
)
def test_a_reference_by_name_is_written_by_place(reference: str, place: str) -> None:
    used = {"$ref": reference}
    settle({"paths": {"x": used}, "components": {"schemas": copy.deepcopy(SCHEMAS)}})
    assert used == {"$ref": place}


def test_a_reference_below_an_id_is_resolved_against_it() -> None:
    root = {"components": {"schemas": copy.deepcopy(SCHEMAS)}}
    settle(root)
    order = root["components"]["schemas"]["Order"]
    assert {name: row.get("$ref") or row["items"]["$ref"] for name, row in order["properties"].items()} == {
        "lines": f"{PLACE}/Order/$defs/Line",
        "customer": f"{PLACE}/Customer",
        "pet": f"{PLACE}/Pet",
        "before": f"{PLACE}/Order",
        "first": f"{PLACE}/Order/$defs/Line",
    }


def test_names_are_taken_out_and_properties_of_the_same_name_stay() -> None:
    root = {"components": {"schemas": copy.deepcopy(SCHEMAS)}}
    settle(root)
    text = json.dumps(root)
    assert "$anchor" not in text
    assert text.count('"$id"') == 1
    assert root["components"]["schemas"]["Order"]["$defs"]["Line"]["properties"] == {"$id": {"type": "string"}}


def test_an_anchor_of_another_file_is_found(tmp_path: Path) -> None:
    head = {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {}}
    names = ("there", "back", "by_id")
    references = ("parts.yaml#line", "parts.yaml#/$defs/back", "parts.yaml")
    schemas = {name: {"$ref": reference} for name, reference in zip(names, references, strict=True)}
    shop = {**head, "components": {"schemas": {**schemas, "Own": {"$anchor": "own"}}}}
    parts = {"$defs": {"line": {"$anchor": "line"}, "back": {"$ref": "shop.json#own"}, "in": {"$ref": "#line"}}}
    (tmp_path / "shop.json").write_text(json.dumps(shop), encoding="utf-8")
    (tmp_path / "parts.yaml").write_text(json.dumps(parts), encoding="utf-8")
    root = loader.read(tmp_path / "shop.json").root
    assert root["components"]["schemas"]["there"]["$ref"] == "#/x-documents/parts.yaml/$defs/line"
    kept = root["x-documents"]["parts.yaml"]["$defs"]
    assert kept["back"]["$ref"] == f"{PLACE}/Own"
    assert kept["in"]["$ref"] == "#/x-documents/parts.yaml/$defs/line"
