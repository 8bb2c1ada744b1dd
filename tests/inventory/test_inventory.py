"""The catalog against an inventory made by a person: same operations, same parameters, same limits."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen import yamlio
from tests import catalog_values
from tests.inventory.conftest import REMEDY

FILE = "tests/inventory/inventory.yaml"
PATH = Path(__file__).with_name("inventory.yaml")
INVENTORY: dict[str, dict[str, Any]] = yamlio.load(PATH)
LIMITS = "type enum default minimum maximum exclusiveMinimum exclusiveMaximum".split()
LIMITS += "minLength maxLength minItems maxItems pattern const".split()


@pytest.mark.parametrize("service", sorted({*INVENTORY, *catalog_values.services()}))
def test_the_catalog_has_what_a_person_read_in_the_documents(service: str) -> None:
    found = list(differences(service))
    assert not found, "\n".join([REMEDY, *found])


def differences(service: str) -> Iterator[str]:
    """Yield one line for each operation and parameter in which catalog and inventory differ: what to write where."""
    yield from _differences(service, catalog(service), inventory(service), _lines())


def _differences(
    service: str, found: dict[str, Any], expected: dict[str, Any], lines: Mapping[tuple[str, ...], int]
) -> Iterator[str]:
    if not expected:
        yield f"{FILE}: at the end: add `{service}: {yamlio.flow({name: _plain(row) for name, row in found.items()})}`"
        return
    for name in sorted(found.keys() | expected.keys()):
        at = (service, name)
        if name not in expected:
            line = lines[at[:1]]
            yield f"{FILE}: line {line}: add below it `  {name}: {yamlio.flow(_plain(found[name]))}`"
        elif name not in found:
            yield f"{FILE}: line {lines[at]}: delete {service}.{name}, which the catalog does not have"
        else:
            yield from _of_operation(at, found[name], expected[name], lines)


def _of_operation(
    at: tuple[str, str], found: dict[str, Any], expected: dict[str, Any], lines: Mapping[tuple[str, ...], int]
) -> Iterator[str]:
    if found["path"] != expected["path"]:
        yield f"{FILE}: line {lines[(*at, 'path')]}: write `path: {found['path']}`, which was {expected['path']}"
    mine, theirs = found["parameters"], expected["parameters"]
    for name in sorted(mine.keys() | theirs.keys()):
        if name not in mine:
            line = lines[(*at, "parameters", name)]
            yield f"{FILE}: line {line}: delete {name} of {'.'.join(at)}, which the catalog does not have"
            continue
        write = f"`{name}: {yamlio.flow(_typed(mine[name]))}`"
        if name not in theirs:
            line = lines[(*at, "parameters")]
            yield f"{FILE}: line {line}: add to the parameters of {'.'.join(at)} {write}"
        elif mine[name] != theirs[name]:
            keys = sorted(
                key for key in mine[name].keys() | theirs[name].keys() if mine[name].get(key) != theirs[name].get(key)
            )
            was = ", ".join(f"{key} {theirs[name].get(key, 'not there')}" for key in keys)
            line = lines[(*at, "parameters", name)]
            yield f"{FILE}: line {line}: write of {'.'.join(at)} {write}; was: {was}"


def _plain(operation: dict[str, Any]) -> dict[str, Any]:
    """Return an operation as the inventory has it."""
    return {**operation, "parameters": {name: _typed(row) for name, row in operation["parameters"].items()}}


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if (key, value) != ("type", "any")}


@functools.cache
def _lines() -> dict[tuple[str, ...], int]:
    """Return the line of each key of the inventory."""

    def walk(node: yaml.Node, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            yield (*at, str(key.value)), key.start_mark.line + 1
            yield from walk(value, (*at, str(key.value)))

    root = yaml.compose(PATH.read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert root is not None, "the inventory is empty"
    return dict(walk(root, ()))


def test_each_difference_is_one_line_that_says_what_to_write_where() -> None:
    size, mood = {"type": "integer", "required": False, "maximum": 9}, {"type": "any", "required": True}
    found = {"draw": {"path": "/draw", "parameters": {"size": size, "mood": mood}}}
    expected = {"draw": {"path": "/draw", "parameters": {"size": {**size, "maximum": 5}}}}
    keys = ("shop", "draw", "parameters", "size")
    lines: dict[tuple[str, ...], int] = {keys[:end]: end for end in range(1, 5)}
    lines["shop", "draw", "path"] = 7
    assert list(_differences("shop", found, expected, lines)) == [
        f"{FILE}: line 3: add to the parameters of shop.draw `mood: {{required: true}}`",
        f"{FILE}: line 4: write of shop.draw `size: {{type: integer, required: false, maximum: 9}}`; was: maximum 5",
    ]
    assert list(_differences("shop", expected, found, {**lines, (*keys[:3], "mood"): 5})) == [
        f"{FILE}: line 5: delete mood of shop.draw, which the catalog does not have",
        f"{FILE}: line 4: write of shop.draw `size: {{type: integer, required: false, maximum: 5}}`; was: maximum 9",
    ]
    assert list(_differences("shop", {}, found, lines)) == [
        f"{FILE}: line 2: delete shop.draw, which the catalog does not have"
    ]
    moved = {"draw": {**found["draw"], "path": "/paint"}, "cut": {"path": "/cut", "parameters": {"mood": mood}}}
    assert list(_differences("shop", moved, found, lines)) == [
        f"{FILE}: line 1: add below it `  cut: {{path: /cut, parameters: {{mood: {{required: true}}}}}}`",
        f"{FILE}: line 7: write `path: /paint`, which was /draw",
    ]
    (whole,) = _differences("shop", moved, {}, lines)
    assert whole.startswith(f"{FILE}: at the end: add `shop: {{draw: {{path: /paint, parameters: {{size: {{")


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
