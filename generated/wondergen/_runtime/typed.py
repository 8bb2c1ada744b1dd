# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A reply as its model. What does not fit is kept as it came: a service may change before the catalog does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

M = TypeVar("M", bound=BaseModel)


def typed(model: type[M], value: object) -> M | None:
    """Return the model of a value; None where the value is not even of the model's kind."""
    try:
        return model.model_validate(value)
    except ValidationError:
        return _lenient(model, value)


def _lenient(model: type[M], value: object) -> M | None:
    if "root" in model.model_fields:
        return model.model_construct(root=value)
    if not isinstance(value, Mapping):
        return None
    values: dict[str, Any] = {str(key): item for key, item in value.items()}
    for name, field in model.model_fields.items():
        key = next((key for key in (field.alias, name) if key is not None and key in values), None)
        if key is not None:
            values[key] = _field(field, values[key])
    return model.model_construct(**values)


def _field(field: FieldInfo, value: object) -> object:
    """Return the field's own type where the value fits it, else as near as it comes."""
    try:
        return TypeAdapter(field.rebuild_annotation()).validate_python(value)
    except ValidationError:
        pass
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        inner = _lenient(kind, value)
        return value if inner is None else inner
    return value


def header_values(model: type[BaseModel], headers: Mapping[str, str]) -> dict[str, Any]:
    """Return the headers of a reply that a model has, a list taken apart. `headers`: by lower-case name."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in headers:
            is_list = any(get_origin(kind) is list for kind in get_args(field.annotation))
            text = headers[key]
            values[key] = [part.strip() for part in text.split(",")] if is_list else text
    return values
