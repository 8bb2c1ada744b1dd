"""Values on their way to JSON and back: how deep they may be, and which form is for what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from pydantic import Field as Constraint

from codegen.package._runtime import wire
from codegen.package._runtime.null_values import NULL
from codegen.package._runtime.operation import WireForm


class _Resolution(Enum):
    HIGH = "1080p"


class _Shape(BaseModel):
    kind: str = Constraint(alias="shape-kind")
    size: int = 1
    made: date | None = None


def test_a_model_goes_by_its_names_on_the_wire_with_what_was_given() -> None:
    assert wire.plain(_Shape.model_validate({"shape-kind": "box"})) == {"shape-kind": "box"}
    made = _Shape.model_validate({"shape-kind": "box", "made": date(2026, 5, 1)})
    assert wire.plain([made]) == [{"shape-kind": "box", "made": "2026-05-01"}]


@pytest.mark.parametrize("wrap", [lambda inner: (inner,), lambda inner: {"a": inner}], ids=["list", "object"])
def test_a_value_may_be_nested_as_deep_as_the_limit(wrap: Callable[[Any], Any]) -> None:
    nested: Any = _Resolution.HIGH
    for _ in range(wire.DEEPEST):
        nested = wrap(nested)
    assert wire.fault(wire.plain(nested)) is None
    assert wire.fault(wire.plain(wrap(nested))) == "is nested more than 64 levels deep"


@pytest.mark.parametrize(
    "value, form, sent",
    [
        (2, "integer-text", "2"),
        (2.0, "integer-text", "2"),
        (2.5, "integer-text", 2.5),
        (2.0, None, 2.0),
        (True, "integer-text", True),
        ([5, "5s", True], "seconds-text", ["5s", "5s", True]),
        (1, "boolean-word", 1),
        ([True, 0], "boolean-word", ["True", 0]),
    ],
)
def test_only_what_a_form_is_for_takes_it(value: Any, form: WireForm | None, sent: Any) -> None:
    found = wire.to_wire(value, form)
    assert (found, type(found)) == (sent, type(sent))


@pytest.mark.parametrize(
    "value, form, natural",
    [
        ("5s", "seconds-text", 5),
        ("5", "seconds-text", 5),
        ("s", "seconds-text", "s"),
        ("٥s", "seconds-text", "٥s"),
        ("7", "integer-text", 7),
        ("5s", "integer-text", "5s"),
        ("7", None, "7"),
        ("True", "boolean-word", True),
        ("False", "boolean-word", False),
        ("true", "boolean-word", "true"),
        ("True", None, "True"),
        (5, "seconds-text", 5),
    ],
)
def test_a_wire_value_is_said_as_a_person_writes_it(value: Any, form: WireForm | None, natural: Any) -> None:
    found = wire.natural(value, form)
    assert (found, type(found)) == (natural, type(natural))


class _Holder(BaseModel):
    file: Any


@pytest.mark.parametrize(
    "wrap",
    [
        lambda path: path,
        lambda path: [path],
        lambda path: {"a": [path]},
        lambda path: (path,),
        lambda path: {path},
        lambda path: [date(2026, 5, 1), {"a": (path,)}],
    ],
    ids=["path", "list", "object", "tuple", "set", "beside others"],
)
def test_a_path_inside_a_model_is_no_text(wrap: Callable[[Any], Any]) -> None:
    (plain,) = [wire.plain(_Holder(file=wrap(Path("cat.png"))))]
    assert wire.fault(plain) == f"has {wire.LOCAL_FILE}"
    assert wire.fault(wire.plain(_Holder(file=wrap("cat.png")))) is None


@pytest.mark.parametrize(
    "value, plain, text",
    [
        (Decimal("1.50"), "1.50", "Decimal('1.50')"),
        (Decimal("1E+3"), "1000", "Decimal('1000')"),
        (Decimal("NaN"), "NaN", "Decimal('NaN')"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007", "'00000000-0000-0000-0000-000000000007'"),
        (datetime(2026, 5, 1, 12, tzinfo=UTC), "2026-05-01T12:00:00+00:00", "'2026-05-01T12:00:00+00:00'"),
        (time(12, 30), "12:30:00", "'12:30:00'"),
        (NULL, None, "None"),
    ],
)
def test_a_value_of_a_class_that_json_does_not_know_is_its_text(value: Any, plain: Any, text: str) -> None:
    found = wire.plain({"a": value})
    assert found == {"a": plain}
    assert repr(found) == f"{{'a': {text}}}"


@pytest.mark.parametrize(
    "value, place, found",
    [
        ({"a": ["1.5"]}, ("a", 0), {"a": [1.5]}),
        ({"a": ["1.5"]}, ("int", "a", "x", 0), {"a": [1.5]}),
        ({"a": ["1.5", "2"]}, ("a", 1), {"a": ["1.5", 2]}),
        ({"a": ["1.5"]}, ("a", 1), {"a": ["1.5"]}),
        ({"a": ["1.5"]}, ("b",), {"a": ["1.5"]}),
        ({"a": ["1e400"]}, ("a", 0), {"a": [10**400]}),
        ({"a": ["0.1234567890123456789"]}, ("a", 0), {"a": ["0.1234567890123456789"]}),
    ],
)
def test_a_decimal_is_a_number_at_the_place_of_a_fault_alone(value: Any, place: Any, found: Any) -> None:
    def decimals(value: Any) -> Any:
        return {key: [wire.DecimalText(item) for item in items] for key, items in value.items()}

    numbers = wire.with_numbers(decimals(value), place)
    assert numbers == found
    assert repr(numbers).replace("Decimal(", "").replace(")", "") == repr(found)


@pytest.mark.parametrize("value", [datetime, b"1", {1}, {"a": object()}])
def test_what_json_has_no_form_for_is_a_fault(value: Any) -> None:
    assert "which JSON has no form for" in str(wire.fault(wire.plain(value)))


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(), "PT0S"),
        (timedelta(days=1, hours=2), "P1DT2H"),
        (timedelta(minutes=90), "PT1H30M"),
        (timedelta(milliseconds=500), "PT0.5S"),
        (timedelta(days=40, seconds=61, microseconds=1), "P40DT1M1.000001S"),
        (-timedelta(hours=25), "-P1DT1H"),
    ],
)
def test_a_time_span_is_written_as_iso_8601_has_it(span: timedelta, text: str) -> None:
    assert wire.plain([span]) == [text]
