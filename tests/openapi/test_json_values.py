"""true is not 1, false is not 0, "1" is neither, and 1.0 is 1: wherever values of a document are compared."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from codegen.openapi import json_values
from codegen.openapi.json_values import distinct, one_of, same
from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import document, record

VALUES: list[Any] = [0, 1, 2, 0.5, False, True, None, "0", "1", "true", "", [], [1], [True], {}, {"a": 1}, {"a": True}]
ENUMS: dict[str, list[Any]] = {
    "both": [0, False, 1, True],
    "numbers": [0, 1],
    "switches": [False, True],
    "one": [1],
    "on": [True],
    "words": ["1", 1, "true", True],
    "or_null": [1, True, None],
    "fractions": [0, 0.5, True],
    "lists": [[1], [True], {"a": True}],
}


def _equal(one: Any, other: Any) -> bool:
    return type(one) is type(other) and repr(one) == repr(other)


def test_two_values_are_the_same_where_they_are_so_in_json() -> None:
    for one in VALUES:
        assert [other for other in VALUES if same(one, other)] == [one]
        assert [other for other in VALUES if one_of([one])(other)] == [one]
    assert same(1, 1.0)
    assert one_of([2.0])(2)
    assert list(map(repr, distinct([1, True, 1.0, "1", True, 0, False]))) == ["1", "True", "'1'", "0", "False"]


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    fields = {name: {"enum": values} for name, values in ENUMS.items()}
    fields |= {f"const_{name}": {"const": ENUMS[name][0]} for name in ("one", "on")}
    # What two parts of an allOf have in common.
    fields["common"] = {"allOf": [{"enum": [0, 1, "a"]}, {"enum": [True, 0.0, "a"]}]}
    fields["union"] = {"anyOf": [{"enum": [1, 2]}, {"enum": [True, "2"]}]}
    root = document()
    body = {"required": True, "content": {"application/json": {"schema": record(**fields)}}}
    root["paths"] = {
        "/x": {"post": {"operationId": "x", "requestBody": body, "responses": {"204": {"description": "Done."}}}}
    }
    with package_of(root, "reports.json") as package:
        yield package


ACCEPTED = {
    **ENUMS,
    "const_one": [1],
    "const_on": [True],
    "common": [0, "a"],
    "union": [1, 2, True, "2"],
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_argument_takes_the_values_of_its_enum_and_no_other_that_python_holds_equal(
    package: ImportedPackage, name: str
) -> None:
    client = package.client()
    for value in VALUES:
        if value is None:
            continue
        if one_of(ACCEPTED[name])(value):
            client.x(**{name: value})
            assert same(package.body, {name: value})
        else:
            with pytest.raises(package.module.InvalidRequest):
                client.x(**{name: value})


def test_a_signature_lists_every_value_of_an_enum(package: ImportedPackage) -> None:
    parameters = inspect.signature(package.client().x).parameters
    assert parameters["both"].annotation == "Literal[0, False, 1, True] | None"
    assert parameters["words"].annotation == "Literal['1', 1, 'true', True] | None"
    assert parameters["union"].annotation == "Literal[1, 2, True, '2'] | None"


def test_values_of_different_size_are_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {"inside": object()}

    def refuse(value: object) -> object:
        raise AssertionError(value)

    monkeypatch.setattr(json_values, "mark", refuse)
    assert not json_values.same({"a": held}, {"a": held, "b": held})
    assert not json_values.same([held], [held, held])
    assert json_values.same({"a": [held]}, {"a": [held]})
