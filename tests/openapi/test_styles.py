"""Parameters on the wire: what the runtime writes is what the contract tests work out by themselves, in every style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.contracts.general import expected_wire
from codegen.package._runtime import serialize
from codegen.package._runtime.operation import Field
from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.python.support import document

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
_SCALAR = st.one_of(_TEXT, st.integers(), st.booleans())
_VALUE = st.one_of(_SCALAR, st.lists(_SCALAR, min_size=1, max_size=3), st.dictionaries(_TEXT, _SCALAR, min_size=1))
_QUERY = ("form", "spaceDelimited", "pipeDelimited", "deepObject")


@pytest.mark.parametrize(
    "place, style", [*(("query", style) for style in _QUERY), *(("path", s) for s in ("simple", "label", "matrix"))]
)
@settings(max_examples=40)
@given(value=_VALUE, explode=st.booleans())
def test_every_style_is_written_as_openapi_says(
    place: Literal["query", "path"], style: str, value: Any, explode: bool
) -> None:
    field = Field("a", "a b", place, style=style, explode=explode)
    node = {"name": "a b", "in": place, "style": style, "explode": explode}
    written = list(serialize.query(field, value)) if place == "query" else [serialize.path(field, value)]
    assert written == expected_wire.parameter(node, value)


@pytest.mark.parametrize(
    "style, explode, value, written",
    [
        ("form", False, [1, 2], ["a=1,2"]),
        ("form", True, [1, 2], ["a=1", "a=2"]),
        ("form", True, {"x": 1, "y": "z w"}, ["x=1", "y=z%20w"]),
        ("form", False, {"x": 1, "y": 2}, ["a=x,1,y,2"]),
        ("spaceDelimited", False, [1, 2], ["a=1%202"]),
        ("pipeDelimited", False, [1, 2], ["a=1%7C2"]),
        ("deepObject", True, {"x": {"y": 1}, "z": [1, 2]}, ["a[x][y]=1", "a[z]=1", "a[z]=2"]),
    ],
)
def test_a_query_by_the_examples_of_the_specification(
    style: str, explode: bool, value: Any, written: list[str]
) -> None:
    assert list(serialize.query(Field("a", "a", "query", style=style, explode=explode), value)) == written


@pytest.mark.parametrize(
    "style, explode, value, written",
    [
        ("simple", False, [3, 4], "3,4"),
        ("simple", True, {"x": 1}, "x=1"),
        ("label", True, [3, 4], ".3.4"),
        ("label", False, {"x": 1}, ".x,1"),
        ("matrix", False, [3, 4], ";a=3,4"),
        ("matrix", True, [3, 4], ";a=3;a=4"),
        ("matrix", True, {"x": 1, "y": 2}, ";x=1;y=2"),
        ("simple", False, "a/b", "a%2Fb"),
    ],
)
def test_a_path_by_the_examples_of_openapi(style: str, explode: bool, value: Any, written: str) -> None:
    assert serialize.path(Field("a", "a", "path", style=style, explode=explode), value) == written


_STYLES = {
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "path": ("simple", "label", "matrix"),
    "header": ("simple",),
    "cookie": ("form",),
}
_OBJECT = {"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "integer"}}}
_ROWS: dict[str, dict[str, Any]] = {
    f"see_{index}": {"name": "a", "in": place, "style": style, **explode, "required": True, "schema": _OBJECT}
    for index, (place, style, explode) in enumerate(
        (place, style, explode)
        for place, styles in _STYLES.items()
        for style in styles
        for explode in ({}, {"explode": True}, {"explode": False})
    )
}
"""Operation → its parameter: every place and style, with `explode` left out, true and false."""


@pytest.fixture(scope="module")
def shop() -> Iterator[ImportedPackage]:
    paths = {
        f"/{name}/" + ("{a}" if row["in"] == "path" else "b"): {
            "get": {"operationId": name, "parameters": [row], "responses": {"204": {"description": "Seen."}}}
        }
        for name, row in _ROWS.items()
    }
    with package_of(document(paths)) as package:
        yield package


@pytest.mark.parametrize("name", _ROWS)
def test_a_generated_client_writes_every_style_with_and_without_explode(shop: ImportedPackage, name: str) -> None:
    row = _ROWS[name]
    value = {"x": "z|w" if row["style"] == "spaceDelimited" else "z w", "y": 2}
    getattr(shop.client(httpx.Response(204)), name)(a=value)
    expected = {"query": "&", "cookie": "; "}.get(row["in"], "").join(expected_wire.parameter(row, value))
    result = {
        "query": shop.target.partition("?")[2],
        "path": shop.target.rpartition("/")[2],
        "header": shop.sent[-1].headers.get("a"),
        "cookie": shop.sent[-1].headers.get("cookie"),
    }
    assert result[row["in"]] == expected
