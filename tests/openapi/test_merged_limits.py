"""Limits that several parts of a schema state, and values that several arguments make."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntFlag
from typing import Any

import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import INTEGER, JSON, NUMBER, TEXT, array, document, record, sends

STEPS: dict[str, tuple[Any, list[Any], list[Any]]] = {
    "whole": ({"allOf": [{**INTEGER, "multipleOf": 4}, {"multipleOf": 6}]}, [12, -24, 0], [4, 6, 8]),
    "decimal": ({"allOf": [{**NUMBER, "multipleOf": 0.5}, {"multipleOf": 0.75}]}, [1.5, 3], [0.5, 0.75, 1]),
    "same": ({"allOf": [{**INTEGER, "multipleOf": 3}, {"multipleOf": 3}]}, [3, 9], [4]),
}
"""Operation → a schema, what fits it, and what does not."""
BODIES: dict[str, tuple[Any, Any]] = {
    JSON: (array(INTEGER), [1]),
    "text/plain": (TEXT, "a"),
    "application/octet-stream": ({"type": "string", "format": "binary"}, b"a"),
}
FORMATTED: dict[str, tuple[str, str, list[str]]] = {
    "date": ("^2026", "2026-01-31", ["2025-01-31", "2026-02-30"]),
    "date-time": ("^2026", "2026-01-31T12:00:00Z", ["2025-01-31T12:00:00Z", "2026-01-31"]),
    "uri": ("^https?://", "https://a.example/1", ["ftp://a.example/1", "https://a.example/ 1"]),
    "uuid": ("1$", "00000000-0000-4000-8000-000000000001", ["00000000-0000-4000-8000-000000000002", "1"]),
}
"""Format → a pattern, a text that fits both, and texts that fit one of the two."""


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    rows = {name: sends(body=record("v", v=schema)) for name, (schema, *_) in STEPS.items()}
    two = {"allOf": [{**TEXT, "pattern": "^a"}, {"pattern": "z$"}]}
    root["components"] = {"schemas": {"Stamp": {**TEXT, "readOnly": True}, "Word": TEXT}}
    schema_of = {name: {"$ref": f"#/components/schemas/{name}"} for name in ("Stamp", "Word")}
    thing = record(a=TEXT, b=schema_of["Stamp"], c=schema_of["Word"])
    rows["beside"] = sends(body=record(v={**thing, "dependentRequired": {"a": ["b", "c"]}}))
    rows["no_type"] = sends(body=record(v={"minimum": 3}, w={"pattern": "^a"}, x={}))
    rows["patterns"] = sends(body=record("v", v=two))
    texts = {name: {**TEXT, "format": name, "pattern": pattern} for name, (pattern, *_) in FORMATTED.items()}
    rows["formatted"] = sends(body=record(**{name.replace("-", "_"): schema for name, schema in texts.items()}))
    rows |= {
        f"body_{index}": sends(content={media: {"schema": schema}})
        for index, (media, (schema, _)) in enumerate(BODIES.items())
    }
    answers = {"204": {"description": "Done."}}
    root["paths"] = {
        f"/{name}": {"post": {"operationId": name, **row, "responses": answers}} for name, row in rows.items()
    }
    with package_of(root, "reports.json") as package:
        yield package


@pytest.mark.parametrize("name", STEPS)
def test_a_multiple_of_two_steps_is_one_of_both(package: ImportedPackage, name: str) -> None:
    client = package.client()
    for value in STEPS[name][1]:
        getattr(client, name)(v=value)
        assert package.body == {"v": value}
    for value in STEPS[name][2]:
        with pytest.raises(package.module.InvalidRequest, match="multiple of"):
            getattr(client, name)(v=value)


def test_a_field_requires_those_beside_it_that_can_be_sent(package: ImportedPackage) -> None:
    client = package.client()
    client.beside(v={"a": "a", "c": "c"})
    with pytest.raises(package.module.InvalidRequest, match="'c'"):
        client.beside(v={"a": "a"})


def test_of_two_patterns_one_is_checked_and_the_other_is_noted(package: ImportedPackage) -> None:
    client = package.client()
    client.patterns(v="az")
    with pytest.raises(package.module.InvalidRequest, match="does not match the pattern"):
        client.patterns(v="z")
    notes = [note.place for note in package.service.notes if "two patterns" in note.problem]
    assert notes == [
        f"/paths/~1patterns/post/requestBody/content/{JSON.replace('/', '~1')}/schema/properties/v/allOf/1/pattern"
    ]


def test_limits_without_a_type_are_noted_and_left_to_the_service(package: ImportedPackage) -> None:
    package.client().no_type(v="a", w=1, x=None)
    assert package.body["v"] == "a"
    notes = [note.place.rpartition("/")[2] for note in package.service.notes if "no type" in note.problem]
    assert notes == ["v", "w"]


@pytest.mark.parametrize("index", range(len(BODIES)))
def test_extra_body_is_refused_where_the_body_is_no_object(package: ImportedPackage, index: int) -> None:
    client, value = package.client(), list(BODIES.values())[index][1]
    with pytest.raises(package.module.InvalidRequest, match="extra_body: is merged into an object, and the body is"):
        getattr(client, f"body_{index}")(body=value, extra_body={"a": 1})
    assert package.sent == []


def test_a_number_of_a_class_of_its_own_is_a_number(package: ImportedPackage) -> None:
    class Steps(int):
        """Whole numbers of somebody."""

    class Flags(IntFlag):
        A = 4
        B = 8

    client = package.client()
    client.whole(v=Steps(12))
    assert package.body == {"v": 12}
    client.whole(v=Flags.A | Flags.B)
    assert package.body == {"v": 12}
    with pytest.raises(package.module.InvalidRequest):
        client.whole(v=True)


@pytest.mark.parametrize("name", FORMATTED)
def test_a_text_of_a_format_with_a_pattern_fits_both(package: ImportedPackage, name: str) -> None:
    client, field = package.client(), name.replace("-", "_")
    _, right, wrong = FORMATTED[name]
    client.formatted(**{field: right})
    assert package.body == {field: right}
    for value in wrong:
        with pytest.raises(package.module.InvalidRequest, match=field):
            client.formatted(**{field: value})
