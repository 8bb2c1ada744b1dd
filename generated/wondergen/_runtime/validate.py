# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Arguments checked before anything is sent: every fault at once, in words for a person."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any

from . import wire
from .errors import ArgumentFault
from .messages import explain, guess, join_choices, not_one_of, root, short_repr
from .null_values import UNSET
from .operation import Operation, Rule, WireForm

_to_json = json.JSONEncoder().encode


def check(
    operation: Operation, arguments: Mapping[str, object], in_extra_body: Collection[str] = ()
) -> tuple[dict[str, Any], list[ArgumentFault]]:
    """Return the arguments by Python name in wire form, and everything wrong with them. None means not given.

    Of a parameter that may be null None is null, and UNSET means not given. `in_extra_body` names the parameters that
    extra_body provides: they are not missing.
    """
    fields = operation.by_name
    values_given: dict[str, object] = {}
    values: dict[str, Any] = {}
    files: dict[str, Any] = {}
    faults: list[ArgumentFault] = []
    for name, value in arguments.items():
        field = fields.get(name)
        if (value is None and (field is None or not field.nullable or field.is_file)) or value is UNSET:
            continue
        if field is not None and field.is_file:
            files[name] = value
            continue
        if type(value) is str:
            problem = wire.text_fault(value)
        else:
            value = wire.plain(value)
            problem = wire.fault(value)
        if problem:
            faults.append(ArgumentFault(name, problem))
            continue
        if field is not None and field.names is not None and isinstance(value, str):
            number = _number_of(field.names, value)
            if number is None:
                faults.append(_no_such_name(name, value, field.names))
                continue
            value = number
        values_given[name] = value
        values[name] = value if field is None or field.wire is None else wire.to_wire(value, field.wire)
    faulty = {fault.parameter for fault in faults}
    with_files = values | {name: _stand_in(value) for name, value in files.items()} if files else values
    errors = _schema_errors(operation, with_files)
    if errors and (numbers := _with_numbers(with_files, errors)) is not None:
        values |= {name: numbers[name] for name in values}
        with_files = numbers
        errors = _schema_errors(operation, with_files)
    schema_faults = _schema_faults(operation, values_given, errors)
    media = list(_media_faults(operation, values)) if operation.media_fields else []
    if schema_faults or faults or media or operation.rules:
        faults += [
            fault
            for fault in schema_faults
            if fault.parameter not in faulty and (fault.parameter not in in_extra_body or fault.parameter in values)
        ]
        wrong = {fault.parameter for fault in faults}
        faults += [fault for fault in media if root(fault.parameter) not in map(root, wrong)]
        for rule in operation.rules:
            faults += [f for f in _rule_faults(operation, rule, with_files, in_extra_body) if f.parameter not in wrong]
        order = {name: index for index, name in enumerate(fields)}
        faults = sorted(dict.fromkeys(faults), key=lambda fault: order.get(root(fault.parameter), len(order)))
    for name, value in files.items():
        values[name] = list(value) if isinstance(value, list | tuple) and _is_many(value) else value
    return values, faults


def _media_faults(operation: Operation, values: Mapping[str, Any]) -> Iterator[ArgumentFault]:
    """Yield what is not a URL from which a service can fetch a file: a path with a drive, the file itself as data:."""
    for name in operation.media_fields:
        value = values.get(name)
        for place, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(item, str) and item[:8].lower() != "https://" and item[:7].lower() != "http://":
                problem = "is not a URL from which the service can fetch a file; give a local one as a Path"
                parameter = name if place is None else f"{name}[{place}]"
                yield ArgumentFault(parameter, f"{short_repr(item)} {problem}", "https://…")


def _number_of(names: type[IntEnum], text: str) -> int | None:
    """Return the number that a name stands for, however it is written; None where the text is not a name."""
    plain_name = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    return next((member.value for member in names if member.name.lower() == plain_name), None)


def _no_such_name(parameter: str, text: str, names: type[IntEnum]) -> ArgumentFault:
    problem, expected = not_one_of(text, [member.name.lower() for member in names])
    return ArgumentFault(parameter, f"{problem}; a number is possible as well", f"{expected}, or its number")


def _is_many(value: Sequence[object]) -> bool:
    """Return whether a sequence is one of files, not a name and its content."""
    return not (isinstance(value, tuple) and 2 <= len(value) <= 3 and isinstance(value[0], str))


def _stand_in(value: object) -> object:
    """Return what stands for a file where only its presence is checked."""
    return [None for _ in value] if isinstance(value, list | tuple) and _is_many(value) else ""


def _schema_errors(operation: Operation, values: Mapping[str, object]) -> list[Any]:
    """Return the errors of pydantic."""
    if operation.arguments_model is not None:
        try:
            operation.arguments_model.model_validate_json(_to_json(values), strict=True)
        except ValueError as error:  # pydantic's ValidationError is one; JSON that is not valid cannot come here
            return list(error.errors(include_url=False))  # type: ignore[attr-defined]
    return []


def _schema_faults(
    operation: Operation, arguments: Mapping[str, object], errors: Sequence[Mapping[str, Any]]
) -> list[ArgumentFault]:
    """Return the errors of pydantic as faults. Where there is no model, no argument is known."""
    if operation.arguments_model is not None:
        return explain(operation.arguments_model, operation.by_name, arguments, errors) if errors else []
    fields = operation.by_name
    return [ArgumentFault(name, f"is not known here{guess(name, fields)}") for name in arguments if name not in fields]


def _with_numbers(values: dict[str, Any], errors: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the values with a number for each `Decimal` of which the schema takes no text; None where it has none."""
    numbers: Any = values
    for row in errors:
        numbers = wire.with_numbers(numbers, row["loc"])
    return None if numbers == values else numbers


def _rule_faults(
    operation: Operation, rule: Rule, values: Mapping[str, object], in_extra_body: Collection[str]
) -> list[ArgumentFault]:
    if not all(name in values and (not some or _is_in(values[name], some)) for name, some in rule.when.items()):
        return []
    if rule.beside and not any(name in values or name in in_extra_body for name in rule.beside):
        return []
    forms: dict[str, WireForm | None] = {name: field.wire for name, field in operation.by_name.items()}
    where = " and ".join(
        f"{name} is {wire.natural(values[name], forms.get(name))!r}" if some else f"{name} is given"
        for name, some in rule.when.items()
    )
    where = f" where {where or 'a body is sent'}" if where or rule.beside else ""
    faults = [
        ArgumentFault(name, f"is required{where}", "a value")
        for name in rule.required
        if name not in values and name not in in_extra_body
    ]
    if rule.any_of and not any(name in values or name in in_extra_body for name in rule.any_of):
        choice = " or ".join(rule.any_of)
        faults.append(ArgumentFault(rule.any_of[0], f"is missing: give {choice}{where}", "a value"))
    for name, allowed in rule.allowed.items():
        if name in values and not _is_in(values[name], allowed):
            choices = [wire.natural(value, forms.get(name)) for value in allowed]
            value = short_repr(wire.natural(values[name], forms.get(name)))
            what = f"one of {join_choices(choices)}" if len(choices) != 1 else repr(choices[0])
            faults.append(ArgumentFault(name, f"{value} is not allowed{where}: it must be {what}", what))
    return faults


def _is_in(value: object, allowed: Sequence[object]) -> bool:
    """Return whether a value is among others, as JSON compares them: true is not 1."""
    return any(value == other and isinstance(value, bool) is isinstance(other, bool) for other in allowed)
