"""What a schema asks of a value and pydantic has no word for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .null_values import LEFT_OUT as LEFT_OUT
from .null_values import NULL as NULL
from .null_values import UNSET as UNSET
from .null_values import Unset as Unset


class _Check:
    """A check of a value after its type."""

    def problem(self, value: object) -> tuple[str, str] | None:
        """Return what is wrong with a value, and what would be right."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: Any) -> Any:
            problem = self.problem(value)
            if problem is not None:
                raise PydanticCustomError("value_check", "{problem}", {"problem": problem[0], "expected": problem[1]})
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))


class OneOf(_Check):
    """One of some values that are not all text, or are very many: a `Literal` of pydantic takes true for 1."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.values = values
        self._plain = {(type(value), value) for value in values if isinstance(value, str | int)}

    def problem(self, value: object) -> tuple[str, str] | None:
        """Return what is wrong with a value: true is not 1, and 1.0 is 1."""
        if isinstance(value, str | int) and (type(value), value) in self._plain:
            return None
        if any(_equal(value, other) for other in self.values if not isinstance(other, str)):
            return None
        if len(self.values) == 1:
            return f"is not {self.values[0]!r}, the only value there is", repr(self.values[0])
        some = ", ".join(repr(other) for other in self.values[:20])
        more = f"… ({len(self.values)} in all)" if len(self.values) > 20 else ""
        return f"is not one of {some}{more}", f"one of {some}{more}"


class Unique(_Check):
    """A list in which no item is there twice."""

    def problem(self, value: object) -> tuple[str, str] | None:
        """Return what is wrong with a list."""
        items = value if isinstance(value, list) else []
        earlier: set[tuple[type, object]] = set()
        others: list[object] = []
        for item in items:
            if isinstance(item, str | int | float) and not isinstance(item, bool):
                mark = (str if isinstance(item, str) else float, item)
                if mark in earlier:
                    return "has an item twice", "each item once"
                earlier.add(mark)
            elif any(_equal(item, other) for other in others):
                return "has an item twice", "each item once"
            else:
                others.append(item)
        return None


class MultipleOf(_Check):
    """A multiple of a step with decimals, which floats cannot divide exactly."""

    def __init__(self, step: str) -> None:
        self.step = Decimal(step)

    def problem(self, value: object) -> tuple[str, str] | None:
        """Return what is wrong with a number."""
        if isinstance(value, int | float) and Decimal(str(value)) % self.step != 0:
            return f"is not a multiple of {self.step}", f"a multiple of {self.step}"
        return None


class Matches:
    """A pattern that a text has to fit besides that of its field: pydantic keeps only one of two."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.chain_schema([handler(source), core_schema.str_schema(pattern=self.pattern)])


def _equal(one: object, other: object) -> bool:
    """Return whether two values are the same in JSON."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_equal, one, other))
    return one == other


class ObjectRules(_Check):
    """How many names an object may have, which, what they need beside them, and what those of a pattern hold."""

    def __init__(
        self,
        least: int = 0,
        most: int | None = None,
        names: Any = None,
        needs: Mapping[str, tuple[str, ...]] | None = None,
        values: tuple[tuple[str, Any], ...] = (),
    ) -> None:
        self._least = least
        self._most = most
        self._names = None if names is None else TypeAdapter(names)
        self._needs = needs or {}
        self._values = [(_text_of(pattern), TypeAdapter(kind)) for pattern, kind in values]

    def problem(self, value: object) -> tuple[str, str] | None:
        """Return what is wrong with an object."""
        if not isinstance(value, Mapping):
            return None  # its type says so
        if len(value) < self._least or (self._most is not None and len(value) > self._most):
            limit = f"at least {self._least}" if len(value) < self._least else f"at most {self._most}"
            return f"has {len(value)} names, and may have {limit}", f"{limit} names"
        for name in value:
            if self._names is not None and not _is_valid(self._names, name):
                return f"has {name!r}, which is not a name for it", "names that the document allows"
            missing = [other for other in self._needs.get(name, ()) if other not in value]
            if missing:
                return f"has {name!r} without {missing[0]!r}", f"{missing[0]!r} beside it"
        return self._wrong_value(value)

    def _wrong_value(self, value: Mapping[Any, object]) -> tuple[str, str] | None:
        for fits, kind in self._values:
            for name, item in value.items():
                if _is_valid(fits, name) and not _is_valid(kind, item):
                    return f"has {item!r} at {name!r}", "what the document allows there"
        return None

    def on_fields(self) -> Any:
        """Return the check of a model, before its fields are read."""

        def check(value: Any) -> Any:
            problem = self.problem(value)
            if problem is not None:
                raise PydanticCustomError("value_check", "{problem}", {"problem": problem[0], "expected": problem[1]})
            return value

        return model_validator(mode="before")(check)


def _text_of(pattern: str) -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[str, Field(pattern=pattern)])


def _is_valid(kind: TypeAdapter[Any], value: object) -> bool:
    try:
        kind.validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return False
    return True


def names_fit(pattern: str) -> Any:
    """Return a check of a model: the name of each field that it does not know fits a pattern."""
    fits = TypeAdapter(Annotated[str, Field(pattern=pattern)])

    def check(self: BaseModel) -> BaseModel:
        for name in self.model_extra or {}:
            try:
                fits.validate_python(name)
            except ValidationError:
                context = {"problem": f"has {name!r}, which is not known here", "expected": f"names that fit {pattern}"}
                raise PydanticCustomError("value_check", "{problem}", context) from None
        return self

    return model_validator(mode="after")(check)


OTHERS = "\0"
"""The tag of what none of the words of a union names."""


class UnknownVariant(BaseModel):
    """An object that the document has no name for: its fields, as they came, are its attributes."""

    model_config = ConfigDict(extra="allow")


def decided_by(name: str, words: tuple[str, ...] = (), *, outer: str = "") -> Discriminator:
    """Return a discriminator: the value of a field says which class of a union it is.

    `words`: those of the classes, where an object that has none of them is of the class that is tagged OTHERS.
    `outer`: the field that holds the object in which the deciding field stands.
    """

    def tag(value: Any) -> str | None:
        mark = _field_of(_field_of(value, outer) if outer else value, name)
        word = str(mark).lower() if isinstance(mark, bool) else str(mark)  # as a mapping has it
        if words and word not in words:
            return OTHERS if isinstance(value, Mapping | BaseModel) else None
        return None if mark is None else word

    tag.__name__ = name  # what an error calls it
    return Discriminator(tag)


def _field_of(value: object, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
