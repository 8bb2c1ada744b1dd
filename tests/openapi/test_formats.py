"""Text of a format in replies: its Python type where it fits, the text where it does not."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import array, document, record


def text(stated: str) -> dict[str, Any]:
    """Return the schema of text of a format."""
    return {"type": "string", "format": stated}


NUMBER_WITH_DIGITS = {"type": "number", "format": "decimal"}
FIELDS = {
    "at": text("date-time"),
    "date": {"type": ["string", "null"], "format": "date"},
    "datetime": text("date-time"),
    "id": text("uuid"),
    "price": text("decimal"),
    "either": {"anyOf": [text("date"), text("date-time")]},
    "or_number": {"type": ["string", "integer"], "format": "date-time"},
    "created-at": text("date-time"),
    "many": array(text("date-time")),
    "by_name": {"type": "object", "additionalProperties": text("date")},
    "kind": {"type": "string", "format": "date", "enum": ["2026-01-31"]},
    "cost": NUMBER_WITH_DIGITS,
    "costs": {"type": "object", "additionalProperties": array(NUMBER_WITH_DIGITS)},
    "cost_or_word": {"anyOf": [NUMBER_WITH_DIGITS, {"type": "string"}, {"type": "null"}]},
    "weight": {"type": "number"},
}
IDS = "0f0e0d0c-0b0a-4000-8000-000000000001"


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    content = {"application/json": {"schema": record("at", **FIELDS)}}
    headers = {"X-When": {"schema": text("date-time")}}
    days = {"application/json": {"schema": array(text("date"))}}
    root["paths"] = {
        "/one": {
            "get": {
                "operationId": "one",
                "responses": {"200": {"description": "Done.", "content": content, "headers": headers}},
            }
        },
        "/days": {"get": {"operationId": "days", "responses": {"200": {"description": "Done.", "content": days}}}},
    }
    with package_of(root, "reports.json") as package:
        yield package


@pytest.mark.parametrize(
    "name, sent, read",
    [
        ("at", "2026-01-31T12:00:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("at", "2026-01-31t12:00:00.5z", datetime(2026, 1, 31, 12, 0, 0, 500_000, tzinfo=UTC)),
        ("at", "2026-01-31T12:00:00+02:00", datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=2)))),
        ("at", "2026-01-31 12:00:00", datetime(2026, 1, 31, 12)),
        ("at", "2026-01-31T12:00:00.123456789Z", datetime(2026, 1, 31, 12, 0, 0, 123_456, tzinfo=UTC)),
        ("datetime", "2026-01-31T12:00:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("created-at", "2026-01-31T12:00:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("date", "2026-01-31", date(2026, 1, 31)),
        ("date", None, None),
        ("id", IDS, UUID(IDS)),
        ("price", "1.10", Decimal("1.10")),
        ("many", ["2026-01-31T12:00:00Z", "soon"], [datetime(2026, 1, 31, 12, tzinfo=UTC), "soon"]),
        ("by_name", {"a": "2026-01-31"}, {"a": date(2026, 1, 31)}),
        ("or_number", 5, 5),
        ("or_number", "2026-01-31T12:00:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("either", "2026-01-31", "2026-01-31"),
        ("kind", "2026-01-31", "2026-01-31"),
    ],
)
def test_text_of_a_format_is_its_python_type(package: ImportedPackage, name: str, sent: Any, read: Any) -> None:
    reply = _one(package, {"at": "2026-01-31T12:00:00Z", name: sent})
    result = getattr(reply, name.replace("-", "_"))
    assert (result, type(result)) == (read, type(read))
    assert getattr(result, "tzinfo", None) == getattr(read, "tzinfo", None)


@pytest.mark.parametrize(
    "name, sent",
    [
        ("at", "yesterday"),
        ("at", "2026-01-31"),
        ("at", "20260131"),
        ("at", ""),
        ("at", "2026-02-30T12:00:00Z"),
        ("at", "2026-01-31T23:59:60Z"),
        ("at", 1_700_000_000),
        ("created-at", 17),
        ("date", "31.01.2026"),
        ("date", 5),
        ("id", IDS.upper()),
        ("id", IDS.replace("-", "")),
        ("price", "1e5"),
        ("price", "NaN"),
    ],
)
def test_what_does_not_have_the_format_stays_as_it_came(package: ImportedPackage, name: str, sent: Any) -> None:
    reply = _one(package, {"at": "2026-01-31T12:00:00Z", "many": ["2026-01-31T12:00:00Z"], name: sent})
    result = getattr(reply, name.replace("-", "_"))
    assert (result, type(result)) == (sent, type(sent))
    assert reply.many == [datetime(2026, 1, 31, 12, tzinfo=UTC)]


def test_a_reply_with_text_of_formats_is_written_as_json_without_a_warning(package: ImportedPackage) -> None:
    body = {
        "at": "2026-01-31T12:00:00.500000Z",
        "date": "2026-01-31",
        "datetime": "tomorrow",
        "id": IDS,
        "price": "1.10",
        "or_number": 5,
        "many": ["2026-01-31T12:00:00+02:00", "soon"],
        "by_name": {"a": "b"},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reply = _one(package, body)
        assert reply.model_dump(mode="json", exclude_unset=True) == body
        assert reply.model_dump(exclude_unset=True)["many"][1] == "soon"
        assert type(reply).model_validate(reply.model_dump(exclude_unset=True)) == reply
        assert type(reply).model_json_schema()["properties"]["at"]["format"] == "date-time"


@pytest.mark.parametrize(
    "text",
    [
        "1.10",
        "12345678901234567890.123456789",
        "0.1",
        "-0.000000000000000000001",
        "3",
        "12345678901234567890",
        "1.50e3",
    ],
)
def test_a_decimal_number_keeps_every_digit_of_the_reply(package: ImportedPackage, text: str) -> None:
    body = (
        f'{{"at": "", "cost": {text}, "costs": {{"a": [{text}]}}, "cost_or_word": {text}, "weight": 1.5, "more": 2.5}}'
    )
    headers = {"Content-Type": "application/json"}
    reply = package.client(httpx.Response(200, content=body.encode(), headers=headers)).one()
    for result in (reply.cost, reply.costs["a"][0], reply.cost_or_word):
        assert (str(result), type(result)) == (str(Decimal(text)), Decimal)
    assert (reply.weight, reply.more) == (1.5, 2.5)
    assert json.loads(reply.model_dump_json())["cost"] == json.loads(text)


@pytest.mark.parametrize(("sent", "read"), [("1.10", Decimal("1.10")), ("free", "free"), (True, True), (None, None)])
def test_a_decimal_number_that_is_something_else_is_kept(package: ImportedPackage, sent: Any, read: Any) -> None:
    result = _one(package, {"at": "", "cost": sent}).cost
    assert (result, type(result)) == (read, type(read))


def test_a_list_and_a_header_have_the_types_too(package: ImportedPackage) -> None:
    assert package.client(httpx.Response(200, json=["2026-01-31", "x"])).days() == [date(2026, 1, 31), "x"]
    response = httpx.Response(200, json={"at": ""}, headers={"X-When": "2026-01-31T12:00:00Z"})
    _, headers = package.client(response).one_with_headers()
    assert headers.x_when == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_signatures_speak_of_the_python_types(package: ImportedPackage) -> None:
    source = (package.folder / str(package.model.name) / "reports" / "client.py").read_text("utf-8")
    assert "-> list[date]:" in source


def _one(package: ImportedPackage, body: dict[str, Any]) -> Any:
    return package.client(httpx.Response(200, json=body)).one()
