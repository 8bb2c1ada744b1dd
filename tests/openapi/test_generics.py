"""Generic schemas: a template with `$dynamicRef`, and what is made of it where a schema binds its name."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from codegen.openapi import loader
from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.python.support import read

PLACE = "#/components/schemas"
PAGE: dict[str, Any] = {
    "type": "object",
    "required": ["items"],
    "properties": {"items": {"type": "array", "items": {"$dynamicRef": "#item"}}, "next": {"type": "string"}},
}


def _bound(name: str) -> dict[str, Any]:
    return {"item": {"$dynamicAnchor": "item", "$ref": f"{PLACE}/{name}"}}


SCHEMAS: dict[str, Any] = {
    "User": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
    "Order": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
    "Page": {"$id": "https://shop.example/page", **PAGE, "$defs": {"item": {"$dynamicAnchor": "item", "not": {}}}},
    "Users": {"$id": "https://shop.example/users", "$ref": "page", "$defs": _bound("User")},
    "Envelope": {
        "type": "object",
        "properties": {"page": {"$ref": f"{PLACE}/Page"}, "total": {"type": "integer"}},
        "$defs": _bound("Order"),
    },
    "Sorted": {"$id": "https://shop.example/sorted", "allOf": [{"$ref": "page"}], "$defs": _bound("User")},
    "SortedOrders": {"$id": "https://shop.example/sorted-orders", "$ref": "sorted", "$defs": _bound("Order")},
    "Tree": {
        "$id": "https://shop.example/tree",
        "$dynamicAnchor": "node",
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$dynamicRef": "#node"}}},
    },
    "NamedTree": {
        "$id": "https://shop.example/named-tree",
        "$dynamicAnchor": "node",
        "allOf": [{"$ref": "tree"}, {"type": "object", "properties": {"name": {"type": "string"}}}],
    },
}
INLINE = {"$ref": f"{PLACE}/Page", "$defs": _bound("Order")}
"""A schema of a reply that binds a name where it stands."""


def _document(**replies: Any) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example"}],
        "paths": {
            f"/{name}": {
                "get": {
                    "operationId": name,
                    "responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}},
                }
            }
            for name, schema in replies.items()
        },
        "components": {"schemas": copy.deepcopy(SCHEMAS)},
    }


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    names = ("Users", "Envelope", "SortedOrders", "Tree", "NamedTree")
    schemas = {name.lower(): {"$ref": f"{PLACE}/{name}"} for name in names}
    with package_of(_document(**schemas, inline=INLINE), "generics.json") as package:
        yield package


@pytest.mark.parametrize(
    "name, answer, typed",
    [
        ("users", {"items": [{"name": "a"}]}, "Users(items=[User(name='a')], next=None)"),
        ("inline", {"items": [{"id": 1}]}, "InlineReply(items=[Order(id=1)], next=None)"),
        (
            "envelope",
            {"page": {"items": [{"id": 1}]}},
            "Envelope(page=PageOfOrder(items=[Order(id=1)], next=None), total=None)",
        ),
        ("sortedorders", {"items": [{"id": 1}]}, "PageOfOrder(items=[Order(id=1)], next=None)"),
        ("tree", {"children": [{}]}, "Tree(children=[Tree(children=None)])"),
        (
            "namedtree",
            {"name": "a", "children": [{"name": "b"}]},
            "NamedTree(name='a', children=[NamedTree(name='b', children=None)])",
        ),
    ],
)
def test_a_generic_schema_is_typed_as_it_is_bound(package: ImportedPackage, name: str, answer: Any, typed: str) -> None:
    assert package.service.refused == ()
    assert repr(getattr(package.client(httpx.Response(200, json=answer)), name)()).replace("Envelope_", "Envelope") == (
        typed
    )


def test_a_template_of_another_file_is_bound(tmp_path: Path) -> None:
    root = _document(users={"$ref": "pages.json#/$defs/Page", "$defs": _bound("User")})
    (tmp_path / "shop.json").write_text(json.dumps(root), encoding="utf-8")
    (tmp_path / "pages.json").write_text(json.dumps({"$defs": {"Page": PAGE}}), encoding="utf-8")
    result = loader.read(tmp_path / "shop.json").root
    schema = result["paths"]["/users"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema["properties"]["items"]["items"] == {"$ref": f"{PLACE}/User"}
    assert result["x-documents"]["pages.json"]["$defs"]["Page"] == PAGE


def test_a_dynamic_reference_to_one_place_is_a_reference(tmp_path: Path) -> None:
    root = _document()
    root["components"]["schemas"] = {"Tree": {"$dynamicAnchor": "node", "items": {"$dynamicRef": "#node"}}}
    (tmp_path / "shop.json").write_text(json.dumps(root), encoding="utf-8")
    result = loader.read(tmp_path / "shop.json").root
    assert result["components"]["schemas"]["Tree"] == {"items": {"$ref": f"{PLACE}/Tree"}}


def test_a_name_that_nothing_binds_leaves_the_operation_out() -> None:
    root = _document(users={"$ref": f"{PLACE}/Users"}, loose={"$ref": f"{PLACE}/Loose"})
    root["components"]["schemas"] |= {"Loose": PAGE, "Other": {"$dynamicAnchor": "other"}}
    service = read(root)
    assert [str(result.name) for result in service.operations] == ["users"]
    assert [fault.place for fault in service.refused] == ["/components/schemas/Loose/properties/items/items"]


@pytest.mark.parametrize("reference", [{}, "", "#", 7])
def test_an_anchor_without_a_name_binds_nothing(reference: Any) -> None:
    root = _document(users={"$ref": f"{PLACE}/Users"}, loose={"$ref": f"{PLACE}/Loose"})
    root["components"]["schemas"]["Loose"] = {"$dynamicAnchor": "", "$dynamicRef": reference}
    service = read(root)
    assert "users" in [str(operation.name) for operation in service.operations]


def test_templates_that_multiply_are_bounded() -> None:
    # Each template takes the next one twice, with another name bound: the copies would double at every step.
    schemas: dict[str, Any] = {"T60": {"type": "array", "items": {"$dynamicRef": "#item"}}}
    for number in range(60):
        half = {
            side: {"$ref": f"{PLACE}/T{number + 1}", "$defs": {side: {"$dynamicAnchor": f"{side}{number}"}}}
            for side in ("a", "b")
        }
        schemas[f"T{number}"] = {"type": "object", "properties": half, "$defs": _bound("User")}
    root = _document(start={"$ref": f"{PLACE}/T0", "$defs": _bound("Order")})
    root["components"]["schemas"] |= schemas
    service = read(root)
    assert len(service.operations) + len(service.refused) == 1
