"""A union whose alternatives are told apart by a field of an object in them, as those of JSON:API and of events are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import INTEGER, JSON, TEXT, array, document, named, record


def _kind(*words: str, **fields: Any) -> dict[str, Any]:
    return record("type", type={"type": "string", "enum": list(words)}, **fields)


SCHEMAS: dict[str, Any] = {
    "Article": record("data", data=_kind("articles", title=TEXT)),
    "Person": record("data", data=_kind("people", "staff", name=TEXT)),
    "Started": record("event", event=record("kind", kind={"const": 1}), at=INTEGER),
    "Ended": record("event", event=record("kind", kind={"const": 2}), at=INTEGER),
    "Loose": record(data=_kind("loose", size=INTEGER)),
}
REPLIES: dict[str, Any] = {
    "one": {"oneOf": [named("Article"), named("Person")]},
    "many": array({"anyOf": [named("Article"), named("Person")]}),
    "event": {"oneOf": [named("Started"), named("Ended")]},
    "not_required": {"oneOf": [named("Article"), named("Loose")]},
}


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    root["components"]["schemas"] |= SCHEMAS
    root["paths"] = {
        f"/{name}": {
            "get": {
                "operationId": name,
                "responses": {"200": {"description": "Done.", "content": {JSON: {"schema": schema}}}},
            }
        }
        for name, schema in REPLIES.items()
    }
    with package_of(root, "reports.json") as package:
        yield package


def _read(package: ImportedPackage, method: str, body: Any) -> Any:
    return getattr(package.client(httpx.Response(200, json=body)), method)()


@pytest.mark.parametrize(
    ("method", "body", "name"),
    [
        ("one", {"data": {"type": "articles", "title": "a"}}, "Article"),
        ("one", {"data": {"type": "people", "name": "a"}}, "Person"),
        ("one", {"data": {"type": "staff", "name": 5}}, "Person"),
        ("event", {"event": {"kind": 2}, "at": 3}, "Ended"),
        ("event", {"event": {"kind": 1}, "at": "later"}, "Started"),
        ("not_required", {"data": {"type": "loose", "size": 1}}, "Loose"),
    ],
)
def test_the_word_inside_names_the_class(package: ImportedPackage, method: str, body: Any, name: str) -> None:
    reply = _read(package, method, body)
    assert type(reply).__name__ == name
    assert reply.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False) == body


def test_each_item_of_a_list_has_its_class(package: ImportedPackage) -> None:
    items = [{"data": {"type": "people"}}, {"data": {"type": "articles"}}]
    assert [type(item).__name__ for item in _read(package, "many", items)] == ["Person", "Article"]


@pytest.mark.parametrize("body", [{"data": {"type": "cats", "id": 1}}, {"data": None}, {"data": "a"}, {"id": 1}])
def test_what_no_word_names_keeps_its_fields(package: ImportedPackage, body: Any) -> None:
    reply = _read(package, "one", body)
    assert type(reply).__name__ == "UnknownVariant"
    assert reply.model_dump() == body
