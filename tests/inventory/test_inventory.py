"""The catalog against an inventory made by a person: same operations, same parameters, same limits."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codegen import yamlio
from tests import catalog_values
from tests.inventory.conftest import REMEDY

INVENTORY: dict[str, dict[str, Any]] = yamlio.load(Path(__file__).with_name("inventory.yaml"))
LIMITS = "type enum default minimum maximum exclusiveMinimum exclusiveMaximum".split()
LIMITS += "minLength maxLength minItems maxItems pattern const".split()


@pytest.mark.parametrize("service", sorted({*INVENTORY, *catalog_values.services()}))
def test_the_catalog_has_what_a_person_read_in_the_documents(service: str) -> None:
    found = list(differences(service))
    assert not found, "\n".join([REMEDY, *found])


def differences(service: str) -> Iterator[str]:
    """Yield one line for each operation and parameter in which catalog and inventory differ."""
    found, expected = catalog(service), inventory(service)
    for name in sorted(found.keys() | expected.keys()):
        yield from _unequal(f"{service}.{name}", found.get(name), expected.get(name))


def _unequal(place: str, found: dict[str, Any] | None, expected: dict[str, Any] | None) -> Iterator[str]:
    if found is None or expected is None:
        yield f"{place}: only the {'catalog' if expected is None else 'inventory'} has it"
    elif "parameters" in found:
        yield from () if found["path"] == expected["path"] else [f"{place}: path: {found['path']!r} in the catalog"]
        for name in sorted(found["parameters"].keys() | expected["parameters"].keys()):
            both = (side["parameters"].get(name) for side in (found, expected))
            yield from _unequal(f"{place}.{name}", *both)
    else:
        yield from (
            f"{place}: {key}: {found.get(key)!r} in the catalog, {expected.get(key)!r} in the inventory"
            for key in sorted(found.keys() | expected.keys())
            if found.get(key) != expected.get(key)
        )


def test_each_difference_is_one_line() -> None:
    size, mood = {"type": "integer", "maximum": 9}, {"type": "string"}
    found = {"path": "/draw", "parameters": {"size": size, "mood": mood}}
    expected = {"path": "/draw", "parameters": {"size": {**size, "maximum": 5}}}
    assert list(_unequal("shop.draw", found, expected)) == [
        "shop.draw.mood: only the catalog has it",
        "shop.draw.size: maximum: 9 in the catalog, 5 in the inventory",
    ]
    assert list(_unequal("shop.draw", found, None)) == ["shop.draw: only the catalog has it"]
    assert list(_unequal("shop.draw", found, {**found, "path": "/paint"})) == [
        "shop.draw: path: '/draw' in the catalog"
    ]


def inventory(service: str) -> dict[str, Any]:
    """Return the operations of the inventory. A parameter without a type may have any."""
    rows = INVENTORY.get(service, {})
    return {
        name: {**row, "parameters": {key: {"type": "any", **one} for key, one in row["parameters"].items()}}
        for name, row in rows.items()
    }


@functools.cache
def catalog(service: str) -> dict[str, Any]:
    """Return operations by Python name, as {path, parameters} in the shape of the inventory."""
    return dict(_operations(catalog_values.document(service))) if service in catalog_values.services() else {}


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method not in {"get", "post", "put", "patch", "delete"}:
                continue
            python = operation["x-python"]
            name = ".".join(part for part in (python.get("group"), python["method"]) if part)
            shared = item.get("parameters", [])
            yield name, {"path": path, "parameters": dict(_parameters(document, operation, shared))}


def _parameters(
    document: dict[str, Any], operation: dict[str, Any], shared: list[Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for parameter in (_resolve(document, found) for found in [*shared, *operation.get("parameters", [])]):
        facts = _facts(_resolve(document, parameter["schema"]), parameter.get("required", False))
        # The user id goes into a header, where every value is text: its type is nobody's claim.
        yield parameter["name"], {**facts, "type": "any"} if parameter["in"] == "header" else facts
    if "requestBody" not in operation:
        return
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    for step in operation["x-python"].get("body", "").split("/")[1:]:
        schema = _resolve(document, schema)["properties"][step]
    body = _resolve(document, schema)
    for name, found in body.get("properties", {}).items():
        yield name, _facts(_resolve(document, found), name in body.get("required", []))


def _facts(schema: dict[str, Any], required: bool) -> dict[str, Any]:
    facts = {"required": required, **{key: schema[key] for key in LIMITS if key in schema}}
    for keyword, value in (("minLength", 1), ("minItems", 1), ("pattern", r"\S")):
        # That what has to be given is neither empty nor blank is a rule of ours: no document writes it down.
        if required and facts.get(keyword) == value:
            del facts[keyword]
    return {**facts, "disputed": True} if "x-disputed" in schema else facts


def _resolve(document: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in value:
        target: Any = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        value = {**target, **{key: item for key, item in value.items() if key != "$ref"}}
    return value
