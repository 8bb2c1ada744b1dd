"""Texts and numbers of a reply as types: read where they fit exactly, else as they came, and written back the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from codegen.package._runtime.formats import CanonicalUUID, ExactDecimal, ExactNumber, IsoDate, IsoDateTime

EAST = timezone(timedelta(hours=2))
ID = "123e4567-e89b-12d3-a456-426614174000"
READ: list[tuple[Any, object, object]] = [
    (IsoDateTime, "2026-01-31T12:00:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
    (IsoDateTime, "2026-01-31T12:00:00.5+02:00", datetime(2026, 1, 31, 12, microsecond=500_000, tzinfo=EAST)),
    (IsoDateTime, "2026-02-30T12:00:00Z", "2026-02-30T12:00:00Z"),
    (IsoDateTime, "yesterday", "yesterday"),
    (IsoDate, "2026-01-31", date(2026, 1, 31)),
    (IsoDate, "2026-02-30", "2026-02-30"),
    (CanonicalUUID, ID, UUID(ID)),
    (CanonicalUUID, ID.upper(), ID.upper()),
    (ExactDecimal, "1.50", Decimal("1.50")),
    (ExactDecimal, "1,5", "1,5"),
    (ExactDecimal, "1" * 100, Decimal("1" * 100)),
    (ExactDecimal, "1" * 101, "1" * 101),
    (ExactNumber, 7, Decimal(7)),
    (ExactNumber, 0.1, Decimal("0.1")),
    (ExactNumber, "1.50", Decimal("1.50")),
]


@pytest.mark.parametrize("kind, value, expected", READ)
def test_a_text_is_read_where_it_fits_and_else_stays(kind: Any, value: object, expected: object) -> None:
    read = TypeAdapter(kind).validate_python(value)
    assert (read, type(read)) == (expected, type(expected))
    assert TypeAdapter(kind).validate_python(read) == read


@pytest.mark.parametrize(
    "kind, value",
    [
        (IsoDateTime, 1_700_000_000),
        (IsoDate, None),
        (ExactDecimal, 1.5),
        (ExactNumber, True),
        (ExactNumber, "x"),
        (ExactNumber, "1" * 101),
        (ExactNumber, None),
    ],
)
def test_what_is_of_another_type_is_refused(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    "kind, value, text",
    [
        (IsoDateTime, datetime(2026, 1, 31, 12, tzinfo=UTC), b'"2026-01-31T12:00:00Z"'),
        (IsoDateTime, datetime(2026, 1, 31, 12, tzinfo=EAST), b'"2026-01-31T12:00:00+02:00"'),
        (IsoDateTime, "yesterday", b'"yesterday"'),
        (IsoDate, date(2026, 1, 31), b'"2026-01-31"'),
        (CanonicalUUID, UUID(ID), f'"{ID}"'.encode()),
        (ExactDecimal, Decimal("1.50"), b'"1.50"'),
        (ExactNumber, Decimal("1.50"), b"1.5"),
        (ExactNumber, Decimal("2.0"), b"2"),
    ],
)
def test_a_typed_value_is_written_as_it_came_and_stays_itself_in_python(kind: Any, value: object, text: bytes) -> None:
    assert TypeAdapter(kind).dump_json(value) == text
    assert TypeAdapter(kind).dump_python(value) == value


def test_each_member_of_a_union_writes_its_own_values() -> None:
    either: TypeAdapter[Any] = TypeAdapter(IsoDate | ExactNumber)
    assert [either.dump_json(value) for value in (date(2026, 1, 31), Decimal("1.5"))] == [b'"2026-01-31"', b"1.5"]
