# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A reply as its model. What does not fit is kept as it came: a service may change before the catalog does."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Discriminator, RootModel, Tag, TypeAdapter, ValidationError
from typing_extensions import TypeAliasType

M = TypeVar("M", bound=BaseModel)
_RESERVED = frozenset({"cls", "_fields_set"})
"""Parameters of `model_construct` itself: it does not take fields of these names."""


def as_model(model: type[M], value: object) -> M | None:
    """Return the model of a value; None where the value is not even of the model's kind."""
    try:
        return model.model_validate(value)
    except ValidationError:
        return _lenient(model, value)


def _lenient(model: type[M], value: object) -> M | None:
    if issubclass(model, RootModel):
        kind = model.model_fields["root"].rebuild_annotation()
        outer = get_origin(kind)
        if outer in (list, dict) and not isinstance(value, list if outer is list else Mapping):
            return None
        return model.model_construct(root=_nearest(kind, value))
    if not isinstance(value, Mapping):
        return None
    values: dict[str, Any] = {str(key): item for key, item in value.items()}
    kinds = {name: field.rebuild_annotation() for name, field in model.model_fields.items()}
    kinds |= {field.alias: kinds[name] for name, field in model.model_fields.items() if field.alias in values}
    others = _kind_of_others(model)
    for key in values:
        values[key] = _nearest(kinds.get(key, others), values[key])
    result = model.model_construct(**{key: item for key, item in values.items() if key not in _RESERVED})
    for key in _RESERVED & values.keys():
        fields = vars(result) if key in model.model_fields else result.model_extra
        if fields is not None:
            fields[key] = values[key]
            result.model_fields_set.add(key)
    return result


def _kind_of_others(model: type[BaseModel]) -> Any:
    """Return the type of the fields that a model does not name."""
    if "__pydantic_extra__" not in model.__annotations__:
        return Any
    annotation = get_type_hints(model, vars(sys.modules[model.__module__]), include_extras=True)["__pydantic_extra__"]
    return get_args(annotation)[1]


def _nearest(kind: Any, value: object) -> object:
    """Return the value of a type where it fits, else as near as it comes: what is wrong inside it stays as it came."""
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError:
        return _with_parts(kind, value)


def _with_parts(kind: Any, value: object) -> object:
    """Return a value that does not fit a type, each part of it as near to its own type as it comes."""
    if isinstance(kind, TypeAliasType):
        return _nearest(_alias_type(kind), value)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        by = next((part for part in inner[1:] if isinstance(part, Discriminator)), None)
        return _with_parts(inner[0], value) if by is None else _nearest(_member_of(by, inner[0], value), value)
    if origin in (Union, UnionType):
        others = [member for member in inner if member is not type(None)]
        return _nearest(others[0], value) if len(others) == 1 else value
    if origin is list and isinstance(value, list):
        return [_nearest(inner[0], item) for item in value]
    if origin is dict and isinstance(value, Mapping):
        return {key: _nearest(inner[1], item) for key, item in value.items()}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        result = _lenient(kind, value)
        return value if result is None else result
    return value


@lru_cache(maxsize=256)
def _alias_type(alias: TypeAliasType) -> Any:
    """Return the type that a name of a module stands for; there it is written as text, for it may hold itself."""
    holder = SimpleNamespace(__annotations__={"value": alias.__value__})
    return get_type_hints(holder, vars(sys.modules[str(alias.__module__)]), include_extras=True)["value"]


@lru_cache(maxsize=256)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _member_of(by: Discriminator, union: Any, value: object) -> Any:
    """Return the member of a union that the value names by its discriminator; Any where it names none."""
    word = by.discriminator(value) if callable(by.discriminator) else None
    return next((member for member in get_args(union) if Tag(str(word)) in get_args(member)[1:]), Any)


def header_values(model: type[BaseModel], headers: Mapping[str, str]) -> dict[str, Any]:
    """Return the headers of a reply that a model has, a list taken apart. `headers`: by lower-case name."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in headers:
            is_list = any(get_origin(kind) is list for kind in get_args(field.annotation))
            text = headers[key]
            between = "\n" if key == "set-cookie" else ","
            values[key] = [part.strip() for part in text.split(between)] if is_list else text
    return values
