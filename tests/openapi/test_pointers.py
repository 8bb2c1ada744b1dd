"""JSON pointers, as lint, diff and overlays use them."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.openapi import pointers

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
