"""An item that has in it what stands between items is not sent: the service would read other items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import NUMBER, TEXT, array, document, record, sends

FORM = "application/x-www-form-urlencoded"
LISTS: dict[str, tuple[str, dict[str, Any], Any, Any, str]] = {
    "pipes": ("query", {"style": "pipeDelimited", "explode": False}, ["a|b"], ["a b", "c"], "?v=a%20b%7Cc"),
    "spaces": ("query", {"style": "spaceDelimited", "explode": False}, ["a b"], ["a|b", "c"], "?v=a%7Cb%20c"),
    "commas": ("query", {"explode": False, "allowReserved": True}, ["a,b"], ["a:b", "c"], "?v=a:b,c"),
    "dots": ("path", {"style": "label", "explode": True}, ["a.b"], ["a,b", "c"], "/.a%2Cb.c"),
    "usual": ("query", {"explode": False}, None, ["a,b", "c"], "?v=a%2Cb,c"),
}
"""Name → place, style, what is refused, what is sent, and as what."""


def document_of_lists() -> dict[str, Any]:
    """Return a document with an operation for each row."""
    root = document()
    rows = {
        name: sends({"name": "v", "in": place, "required": True, "schema": array(TEXT), **style})
        for name, (place, style, *_) in LISTS.items()
    }
    label = {"name": "v", "in": "path", "required": True, "schema": array(NUMBER), "style": "label", "explode": True}
    style = {"style": "pipeDelimited", "explode": False}
    rows["numbers"] = sends(label)
    rows["form"] = sends(content={FORM: {"schema": record(v=array(TEXT)), "encoding": {"v": style}}})
    root["paths"] = {
        f"/{name}{'/{v}' if name in ('dots', 'numbers') else ''}": {
            "post": {"operationId": name, **row, "responses": {"204": {"description": "Done."}}}
        }
        for name, row in rows.items()
    }
    return root


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    with package_of(document_of_lists(), "reports.json") as package:
        yield package


@pytest.mark.parametrize("name", [name for name, row in LISTS.items() if row[2]])
def test_an_item_with_what_stands_between_items_is_refused(package: ImportedPackage, name: str) -> None:
    client = package.client()
    with pytest.raises(package.module.InvalidRequest, match=r"v: has an item with .*, which stands between the items"):
        getattr(client, name)(v=LISTS[name][2])
    assert package.sent == []


@pytest.mark.parametrize("name", LISTS)
def test_an_item_without_it_is_sent(package: ImportedPackage, name: str) -> None:
    getattr(package.client(), name)(v=LISTS[name][3])
    assert package.target.endswith(LISTS[name][4])


def test_a_number_has_a_dot_too(package: ImportedPackage) -> None:
    client = package.client()
    with pytest.raises(package.module.InvalidRequest, match="a dot, which stands between the items of a path"):
        client.numbers(v=[1.5, 2])
    client.numbers(v=[1, 2])
    assert package.target.endswith("/.1.2")


def test_an_item_of_a_form_is_kept_apart_too(package: ImportedPackage) -> None:
    client = package.client()
    with pytest.raises(package.module.InvalidRequest, match="which stands between the items of a form"):
        client.form(v=["a|b"])
    client.form(v=["a", "b"])
    assert package.sent[-1].content == b"v=a%7Cb"
