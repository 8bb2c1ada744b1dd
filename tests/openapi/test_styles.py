"""Parameters on the wire: what the runtime writes is what the contract tests work out by themselves, in every style."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.contracts.general import wire
from codegen.package._runtime import serialize
from codegen.package._runtime.operation import Field

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
_SCALAR = st.one_of(_TEXT, st.integers(), st.booleans())
_VALUE = st.one_of(_SCALAR, st.lists(_SCALAR, min_size=1, max_size=3), st.dictionaries(_TEXT, _SCALAR, min_size=1))
_QUERY = ("form", "spaceDelimited", "pipeDelimited", "deepObject")


@pytest.mark.parametrize(
    "place, style", [*(("query", style) for style in _QUERY), *(("path", s) for s in ("simple", "label", "matrix"))]
)
@settings(max_examples=40, deadline=None)
@given(value=_VALUE, explode=st.booleans())
def test_every_style_is_written_as_openapi_says(
    place: Literal["query", "path"], style: str, value: Any, explode: bool
) -> None:
    field = Field("a", "a b", place, style=style, explode=explode)
    node = {"name": "a b", "in": place, "style": style, "explode": explode}
    written = list(serialize.query(field, value)) if place == "query" else [serialize.path(field, value)]
    assert written == wire.parameter(node, value)


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
