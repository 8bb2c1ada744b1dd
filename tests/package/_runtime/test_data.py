"""Values that are defined without the cost of a dataclass are dataclasses to everybody who looks."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from codegen.package._runtime.data import Data


class Point(Data):
    x: int
    y: int = 0
    more: Mapping[str, Any] = {}


class Named(Point):
    name: str = "here"


def test_fields_are_given_by_place_or_by_name_and_have_defaults() -> None:
    assert Point(1, 2) == Point(x=1, y=2)
    assert (Point(1).x, Point(1).y, Point(1).more) == (1, 0, {})
    assert repr(Named(1, name="there")) == "Named(x=1, y=0, more={}, name='there')"


def test_values_are_equal_by_class_and_fields() -> None:
    assert Point(1) == Point(1, 0)
    assert Point(1) != Point(2)
    assert Point(1) != Named(1)
    nothing: Any = frozenset()
    assert hash(Point(1, more=nothing)) == hash(Point(1, 0, nothing))


def test_a_value_is_frozen() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="frozen"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        delattr(point, "x")
    assert point.replace(y=5) == Point(1, 5)
    assert point.y == 0


def test_the_functions_of_dataclasses_take_it() -> None:
    assert [field.name for field in dataclasses.fields(Named(1))] == ["x", "y", "more", "name"]
    assert dataclasses.replace(Point(1), y=3) == Point(1, 3)
    point = Point(1, more={"at": Point(2)})
    assert dataclasses.asdict(point) == {
        "x": 1,
        "y": 0,
        "more": {"at": {"x": 2, "y": 0, "more": {}}},
    }
    assert dataclasses.is_dataclass(Point)


def test_it_is_copied_and_pickled() -> None:
    named = Named(1, 2, {"a": [1]})
    assert copy.deepcopy(named) == pickle.loads(pickle.dumps(named)) == named
