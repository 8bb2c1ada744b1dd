# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""From tables to tests: which rows share one, what a row is called, and the calls that rows make of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

from .oracle import put
from .rows import SAME, Call, Endpoint, Refused, Reply, Value

Row = TypeVar("Row", Value, Refused)


def by_parameter(rows: Iterable[Row]) -> list[Any]:
    """One test a parameter: a test costs more than most rows do."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.parameter, []).append(row)
    return [pytest.param(of_one, id=parameter) for parameter, of_one in found.items()]


def tables(**named: tuple[Any, ...]) -> list[Any]:
    """One test a table."""
    assert all(named.values()), "a table is empty"
    return [pytest.param(rows, id=name.lower()) for name, rows in named.items()]


def name_of(row: Any) -> str | None:
    """What a row is called in the list of tests."""
    name = getattr(row, "id", None) or getattr(row, "parameter", None) or getattr(row, "word", None)
    return None if name is None else str(name)


@contextmanager
def about(row: Any) -> Iterator[None]:
    """Where a row fails among others, the failure names it."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"in this row: {row}")
        raise


def with_value(endpoint: Endpoint, call: Call, value: Value) -> Call:
    """The call with one more value in it."""
    body = call.body
    beside = value.beside if value.beside_wire is None else value.beside_wire
    own = value.argument if value.wire is SAME else value.wire
    for name, wire in {**beside, value.wire_name or value.parameter: own}.items():
        body = put(body, f"{endpoint.body_at}/{name.replace('~', '~0').replace('/', '~1')}", wire)
    arguments = {**call.arguments, **value.beside, value.parameter: value.argument}
    return Call(value.parameter, arguments, call.raw_path, body, call.query, call.headers)


def without(call: Call, parameter: str, *, as_none: bool) -> Mapping[str, Any]:
    """The arguments of a call without one of them."""
    others = {name: value for name, value in call.arguments.items() if name != parameter}
    return {**others, parameter: None} if as_none else others


def documented(endpoint: Endpoint, at: str, *words: Any) -> list[Reply]:
    """The documented success of an operation, once for each word that a place in it can have."""
    return [Reply(endpoint.status, put(endpoint.reply, at, word), documented=True) for word in words]
