"""The catalog against an inventory made by a person: same operations, same parameters, same limits."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codegen import paths, yamlio

INVENTORY: dict[str, dict[str, Any]] = yamlio.load(Path(__file__).with_name("inventory.yaml"))
LIMITS = "type enum default minimum maximum exclusiveMinimum exclusiveMaximum".split()
LIMITS += "minLength maxLength minItems maxItems pattern const".split()


REMEDY = "read the vendor's document, and correct tests/inventory/inventory.yaml or what read it wrongly"


def test_the_inventory_has_the_services_of_the_catalog() -> None:
    assert INVENTORY
    assert sorted(INVENTORY) == sorted(path.stem for path in paths.OPENAPI.glob("*.yaml")), REMEDY


@pytest.mark.parametrize("service", sorted(INVENTORY))
def test_the_catalog_has_exactly_the_operations_of_the_inventory(service: str) -> None:
    assert INVENTORY[service]
    assert set(catalog(service)) == set(INVENTORY[service]), REMEDY


@pytest.mark.parametrize("name", [f"{service}/{name}" for service in INVENTORY for name in INVENTORY[service]])
def test_each_operation_has_exactly_the_documented_parameters(name: str) -> None:
    service, operation = name.split("/")
    assert operation in catalog(service), REMEDY
    found, expected = catalog(service)[operation], INVENTORY[service][operation]
    assert found["path"] == expected["path"], REMEDY
    limits = expected["parameters"]
    for parameter in limits.values():
        parameter.setdefault("type", "any")
    assert found["parameters"] == limits, REMEDY


@functools.cache
def catalog(service: str) -> dict[str, Any]:
    """Return operations by Python name, as {path, parameters} in the shape of the inventory."""
    document = yamlio.load(paths.OPENAPI / f"{service}.yaml")
    return dict(_operations(document))


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
