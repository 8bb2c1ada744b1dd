"""JSON pointers, as lint, diff and overlays use them."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.openapi import pointers
from codegen.openapi.document import Document
from codegen.openapi.schemas import Schemas, tags

DOCUMENT: dict[str, Any] = {"a": [{"b/c~d": 1}], "": 2, "x": "text"}


@pytest.mark.parametrize("pointer, value", [("", DOCUMENT), ("/a/0/b~1c~0d", 1), ("/", 2), ("/a/0", {"b/c~d": 1})])
def test_a_pointer_names_a_value(pointer: str, value: Any) -> None:
    assert pointers.resolve(DOCUMENT, pointer) == value
    assert pointers.join("", *pointers.steps(pointer)) == pointer


@pytest.mark.parametrize("pointer", ["/b", "/a/1", "/a/-1", "/a/b", "/x/0", "/a/0/b"])
def test_a_pointer_that_names_nothing_is_an_error(pointer: str) -> None:
    with pytest.raises(KeyError, match=pointer):
        pointers.resolve(DOCUMENT, pointer)


@pytest.mark.parametrize("text, is_one", [("", True), ("/a", True), ("a", False), (3, False), (None, False)])
def test_a_pointer_is_empty_or_starts_with_a_slash(text: Any, is_one: bool) -> None:
    assert pointers.is_pointer(text) is is_one


def test_what_is_no_pointer_has_no_steps() -> None:
    with pytest.raises(ValueError, match="does not start with a slash"):
        pointers.steps("a/b")


NAMED: dict[str, Any] = {
    "A{b} ~/%": {"type": "integer"},
    "one": {"$ref": "#/two", "title": "one"},
    "two": {"$ref": "#/A%7Bb%7D%20~0~1%25"},
    "round": {"$ref": "#/back"},
    "back": {"$ref": "#/round"},
    "nowhere": {"$ref": "#/gone"},
    "other": {"$ref": "other.yaml#/a"},
}


def test_a_reference_to_a_place_names_that_place() -> None:
    place = pointers.join("", "A{b} ~/%")
    assert pointers.reference_to(place) == "#/A%7Bb%7D%20~0~1%25"
    assert pointers.fragment(pointers.reference_to(place)) == place


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("one", ["/one", "/two", "/A{b} ~0~1%"]),
        ("round", ["/round", "/back", "/round"]),
        ("nowhere", ["/nowhere"]),
        ("other", ["/other"]),
    ],
)
def test_references_are_followed_to_the_end_or_to_where_they_break(name: str, places: list[str]) -> None:
    assert [place for _, place in pointers.chain(NAMED, NAMED[name], f"/{name}")] == places
    resolved = {"title": "one", "type": "integer"} if name == "one" else {}
    assert Document(NAMED).resolve(NAMED[name]) == resolved


def test_a_chain_that_breaks_is_one_fault_with_its_reason() -> None:
    document = Document(NAMED)
    for name in ("one", "round", "nowhere", "other"):
        document.follow(NAMED[name], f"/{name}")
    assert [(fault.place, fault.problem) for fault in document.faults] == [
        ("/round", "refers to itself"),
        ("/nowhere", "refers to '#/gone', which is not there"),
        ("/other", "refers to 'other.yaml#/a', outside this document"),
    ]


def test_a_mapping_names_an_alternative_however_the_reference_is_encoded() -> None:
    root = {"components": {"schemas": {"Page[Pet]": {"type": "object"}}}}
    schemas = Schemas(Document(root))
    option = {"$ref": "#/components/schemas/Page%5BPet%5D"}
    discriminator = {"propertyName": "kind", "mapping": {"pets": "#/components/schemas/Page[Pet]"}}
    assert tags(schemas, discriminator, option, schemas.view(option, "/x")) == ["pets"]
