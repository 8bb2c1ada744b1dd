"""Requests under a type checker: what the document allows is accepted, what it does not allow is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.shared import type_checked

ODD: dict[str, Any] = {
    "type": "object",
    "description": 'A thing with "odd" names.',
    "required": ["a-b"],
    "properties": {
        "a-b": {"type": "string"},
        "class": {"type": "integer"},
        "": {"type": "string"},
        "__x": {"type": "string"},
        "more": {"$ref": "#/components/schemas/Odd"},
        "id": {"type": "string", "readOnly": True},
        "on": {"type": "string", "format": "date"},
        "union": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "null"]}}]},
        "open": {"type": "object", "properties": {"x": {"type": "integer"}}, "additionalProperties": True},
    },
}
ACCEPTED = """
pet: inputs.Pet = {"name": "Rex", "owner": {"name": "A", "pets": []}, "born": datetime.now(UTC), "kind": "a"}
shop.arrbody(body=[pet, {"name": "Max"}])
shop.animal(body={"kind": "cat", "lives": 9})
shop.animal2(one={"kind": "dog"}, tree={"kids": [{"map": {"a": {}}}]}, base={"type": "one", "a": "x"})
shop.nul(pet=None, name=None, nick=shop_.NULL)
shop.circ(body={"shape": "Round", "radius": 2})
shop.bypath(UUID(int=1), date(2026, 1, 31), price=Decimal("1.5"))
shop.multi(file=b"1", more=[b"2", ("name", b"3")], meta={"name": "Rex"})
shop.odd(body=[{"a-b": "x", "class": 1, "": "y", "__x": "z", "more": {"a-b": "q"}, "on": date(2026, 1, 31)}])
shop.odd(body=[{"a-b": "x", "union": ["a", None], "open": {"x": 1, "y": 2}}])
"""
REFUSED = """
shop.arrbody(body=[{"nam": "Max"}])
shop.arrbody(body=[{}])
shop.arrbody(body={"name": "Max"})
shop.animal(body={"kind": "cow"})
shop.animal(body={"kind": "dog", "bark": 1})
shop.animal(body={"lives": 9})
shop.animal2(tree={"kids": [{"map": {"a": 1}}]})
shop.animal2(base={"type": "one", "a": 1})
shop.optbody(name="x", owner={"name": 1})
shop.nul(nick=1)
shop.bypath(1, "2026-01-31")
shop.arr(tags=["c"])
shop.odd(body=[{"a-b": 1}])
shop.odd(body=[{"class": 1}])
shop.odd(body=[{"a-b": "x", "id": "y"}])
shop.odd(body=[{"a-b": "x", "union": [1]}])
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[ImportedPackage]:
    import yaml

    root = yaml.safe_load(Path(__file__).with_name("shop.yaml").read_text("utf-8"))
    root["components"]["schemas"]["Odd"] = ODD
    body = {
        "required": True,
        "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Odd"}}}},
    }
    root["paths"]["/odd"] = {
        "post": {"operationId": "odd", "requestBody": body, "responses": {"200": {"description": "o"}}}
    }
    with package_of(root, "shop.json") as package:
        yield package


def test_a_type_checker_accepts_the_package_and_right_calls_and_refuses_each_wrong_call(shop: ImportedPackage) -> None:
    head = f"""from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
import {shop.model.name} as shop_
from {shop.model.name}.shop import inputs
shop = shop_.Shop()
"""
    code = shop.folder / "user_code.py"
    code.write_text(head + ACCEPTED + REFUSED)
    done = type_checked("--no-error-summary", code.name, str(shop.model.name), folder=shop.folder)
    first = (head + ACCEPTED).count("\n") + 1
    result = {tuple(row) for row in re.findall(r"^(.+?):(\d+): error", done.stdout, re.MULTILINE)}
    wrong = range(first + 1, first + 1 + len(REFUSED.strip().splitlines()))
    assert result == {(code.name, str(line)) for line in wrong}, done.stdout


def test_the_names_in_a_request_are_those_on_the_wire(shop: ImportedPackage) -> None:
    value = {"a-b": "x", "class": 1, "": "y", "__x": "z", "more": {"a-b": "q"}}
    shop.client().odd(body=[value])
    assert shop.body == [value]
