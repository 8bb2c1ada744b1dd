# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Text of a format in a reply, as its Python type. Text that does not have its format stays text: nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import GetCoreSchemaHandler, SerializationInfo
from pydantic_core import CoreSchema, PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

_DATE_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9:]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([Ee][+-]?[0-9]{1,3})?")


class _FormattedText:
    """Reads text as a type where it fits a pattern. Other text stays as it came; what is not text is refused."""

    def __init__(self, kind: type, pattern: re.Pattern[str], parse: Callable[[str], object]) -> None:
        self._kind, self._pattern, self._parse = kind, pattern, parse

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        # No number may become a moment, as pydantic would have it: the document says that it is text.
        serializer = core_schema.plain_serializer_function_ser_schema(self._write, info_arg=True)
        return core_schema.no_info_wrap_validator_function(self._value, handler(source), serialization=serializer)

    def _value(self, value: object, _: object) -> object:
        if isinstance(value, self._kind):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("text_of_format", "Input should be text")
        if len(value) > 100 or not self._pattern.fullmatch(value):
            return value
        try:
            return self._parse(value)
        except ValueError:  # a thirtieth of February
            return value

    def _write(self, value: object, info: SerializationInfo) -> object:
        if not isinstance(value, (str, self._kind)):
            raise PydanticSerializationUnexpectedValue("is of another type")  # another member of a union writes it
        if info.mode == "python":
            return value
        if isinstance(value, datetime) and value.utcoffset() == timedelta(0):
            return f"{value.replace(tzinfo=None).isoformat()}Z"
        if isinstance(value, date):
            return value.isoformat()
        return str(value)


IsoDateTime = Annotated[
    datetime, _FormattedText(datetime, _DATE_TIME, lambda text: datetime.fromisoformat(text.upper()))
]
"""A moment; without an offset where the service sends none. Python keeps six digits of a second."""
IsoDate = Annotated[date, _FormattedText(date, _DATE, date.fromisoformat)]
CanonicalUUID = Annotated[UUID, _FormattedText(UUID, _UUID, UUID)]
"""A UUID as str() writes it. Another spelling stays text: a service may know its ids by their letters."""
ExactDecimal = Annotated[Decimal, _FormattedText(Decimal, _DECIMAL, Decimal)]
"""A decimal with the digits that came."""


class _FormattedNumber:
    """Reads a number, or the text of one, as a `Decimal` with the digits that came. Other values are refused."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        serializer = core_schema.plain_serializer_function_ser_schema(self._write, info_arg=True)
        return core_schema.no_info_wrap_validator_function(self._value, handler(source), serialization=serializer)

    def _value(self, value: object, _: object) -> object:
        if isinstance(value, Decimal):
            return value
        text = str(getattr(value, "text", value))
        is_number = isinstance(value, int | float | str) and not isinstance(value, bool)
        if not is_number or len(text) > 100 or not _NUMBER.fullmatch(text):
            raise PydanticCustomError("decimal_number", "Input should be a number of at most 100 characters")
        return Decimal(text)

    def _write(self, value: object, info: SerializationInfo) -> object:
        if not isinstance(value, Decimal):
            raise PydanticSerializationUnexpectedValue("is of another type")  # another member of a union writes it
        if info.mode == "python":
            return value
        return int(value) if value == value.to_integral_value() else float(value)


ExactNumber = Annotated[Decimal, _FormattedNumber()]
"""A number that is a decimal, with the digits that came."""
