"""Python values to JSON values: wire forms, enums, dates, tuples; and what JSON cannot carry."""

from __future__ import annotations

import io
import math
import os
import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from .null_values import NULL
from .operation import WireForm

if TYPE_CHECKING:
    from datetime import timedelta

DEEPEST = 64
"""Levels of lists and objects in one argument; more is a mistake, often a list that holds itself."""
_SCALARS = frozenset({str, int, float, bool})
LOCAL_FILE = "a local file, which goes only where a parameter is the URL of a file: as its argument, with uploader="
_FILE_URL = re.compile(r"\s*file:[/\\]", re.I)


class DecimalText(str):
    """A `Decimal` as text: a number where the schema has no text for it."""

    def __repr__(self) -> str:
        return f"Decimal({str(self)!r})"


def plain(value: object) -> object:
    """Return the value as JSON has it; what JSON has no form for stays and is found by `fault`."""
    return _plain(value, 0)


def _plain(value: object, depth: int) -> object:
    if depth > DEEPEST or value is None or type(value) in _SCALARS:
        return value
    if value is NULL:
        return None
    if isinstance(value, Enum):
        return _plain(value.value, depth)
    if isinstance(value, Mapping):
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value]
    return _other(value)


def _other(value: object) -> object:
    """Return what stands for a value of a class that JSON does not know. Their modules are loaded for it alone."""
    from datetime import date, time, timedelta
    from decimal import Decimal
    from uuid import UUID

    from pydantic import BaseModel

    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, Decimal):
        return DecimalText(f"{value:f}" if value.is_finite() else value)
    if isinstance(value, UUID):
        return str(value)
    if not isinstance(value, BaseModel):
        return value
    path = _path_in(value.model_dump(by_alias=True, exclude_unset=True))
    return value.model_dump(mode="json", by_alias=True, exclude_unset=True) if path is None else path


def _duration(value: timedelta) -> str:
    """Return a time span as ISO 8601 has it: P1DT2H, PT0.5S. Days have 24 hours; there are no months and years."""
    micro = abs(value.days * 86_400_000_000 + value.seconds * 1_000_000 + value.microseconds)
    seconds, micro = divmod(micro, 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    fraction = f".{micro:06}".rstrip("0") if micro else ""
    pieces = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else "", f"{seconds}{fraction}S"]
    pieces = pieces[:2] if not seconds and not micro and (days or hours or minutes) else pieces
    clock = "".join(pieces)
    sign = "-" if value.days < 0 else ""
    return f"{sign}P{f'{days}D' if days else ''}{'T' if clock else ''}{clock}"


def _path_in(value: object) -> object:
    """Return a path that a value holds, which as JSON would be text like any other; None where it holds none."""
    if isinstance(value, os.PathLike):
        return value
    if not isinstance(value, dict | list | tuple | set | frozenset):
        return None
    items = value.values() if isinstance(value, dict) else value
    return next((path for item in items if (path := _path_in(item)) is not None), None)


def with_numbers(value: object, place: Sequence[str | int]) -> object:
    """Return a value in which a decimal text at a place is a number; the value itself where there is none.

    `place`: where a check of the value failed. Steps that name an alternative of a union lead nowhere.
    """
    if isinstance(value, DecimalText):
        return _number(value)
    for index, step in enumerate(place):
        if isinstance(value, dict) and step in value:
            return value | {step: with_numbers(value[step], place[index + 1 :])}
        if isinstance(value, list) and isinstance(step, int) and step < len(value):
            return [*value[:step], with_numbers(value[step], place[index + 1 :]), *value[step + 1 :]]
    return value


def _number(text: DecimalText) -> int | float | str:
    """Return the same number; the text where a float does not hold every digit of it."""
    from decimal import Decimal

    exact = Decimal(text)
    if not exact.is_finite():
        return text
    if exact == exact.to_integral_value():
        return int(exact)
    near = float(exact)
    return near if Decimal(repr(near)) == exact else text


def fault(value: object) -> str | None:
    """Return why JSON in UTF-8 cannot carry a plain value."""
    return _fault(value, 0)


def _fault(value: object, depth: int) -> str | None:
    if depth > DEEPEST:
        return f"is nested more than {DEEPEST} levels deep"
    if value is None or isinstance(value, bool | int):
        return None
    if isinstance(value, float):
        return None if math.isfinite(value) else f"{value} is not a finite number"
    if isinstance(value, str):
        return text_fault(value)
    if isinstance(value, dict):
        if any(not isinstance(key, str) for key in value):
            return "has a key that is not text"
        return next((fault for pair in value.items() for item in pair if (fault := _fault(item, depth + 1))), None)
    if isinstance(value, list):
        return next((fault for item in value if (fault := _fault(item, depth + 1))), None)
    if isinstance(value, os.PathLike | io.IOBase):
        return f"has {LOCAL_FILE}"
    remedy = ": base64.b64encode(data).decode() is text, for base64" if isinstance(value, bytes) else ""
    return f"is {type(value).__name__}, which JSON has no form for{remedy}"


def text_fault(text: str) -> str | None:
    """Return why JSON in UTF-8 cannot carry a text, or why it should not."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return "has half a surrogate pair, which is not a character"
    return f"has {LOCAL_FILE}" if _FILE_URL.match(text) else None


def to_wire(value: object, form: WireForm | None) -> object:
    """Convert a natural value to the form the service takes; the schema checks anything else."""
    if isinstance(value, list):
        return [to_wire(item, form) for item in value]
    if isinstance(value, bool):
        return str(value) if form == "boolean-word" else value
    if isinstance(value, float) and value.is_integer() and form in {"seconds-text", "integer-text"}:
        value = int(value)
    if isinstance(value, int):
        if form == "seconds-text":
            return f"{value}s"
        if form == "integer-text":
            return str(value)
    return value


def natural(value: object, form: WireForm | None) -> object:
    """Return a wire value as a person writes it in Python: for messages."""
    if not isinstance(value, str):
        return value
    if form == "boolean-word" and value in {"True", "False"}:
        return value == "True"
    digits = value.removesuffix("s") if form == "seconds-text" else value
    if form in {"seconds-text", "integer-text"} and digits.isascii() and digits.isdigit():
        return int(digits)
    return value
