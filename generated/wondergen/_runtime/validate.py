# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Arguments checked before anything is sent: every fault at once, in words for a person."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from . import wire
from .errors import ArgumentFault
from .messages import explain, guess, listed, not_one_of, quoted, root
from .operation import Field, Operation, Rule
from .values import UNSET


def check(
    operation: Operation, arguments: Mapping[str, object], supplied: Collection[str] = ()
) -> tuple[dict[str, Any], list[ArgumentFault]]:
    """Return the arguments by Python name in wire form, and everything wrong with them. None means not given.

    Of a parameter that may be null None is null, and UNSET means not given. `supplied` names the parameters that
    extra_body provides: they are not missing.
    """
    fields = {field.name: field for field in operation.fields}
    files = {name: value for name, value in arguments.items() if name in fields and fields[name].is_file}
    given: dict[str, object] = {
        name: wire.plain(value)
        for name, value in arguments.items()
        if name not in files and _is_given(value, fields.get(name))
    }
    faults = [ArgumentFault(name, problem) for name, value in given.items() if (problem := wire.fault(value))]
    faults += _numbers_of_names(given, fields)
    broken = {fault.parameter for fault in faults}
    sound = {name: value for name, value in given.items() if name not in broken}
    values = {name: wire.to_wire(value, fields[name].wire if name in fields else None) for name, value in sound.items()}
    named = {name: value for name, value in files.items() if value is not None and value is not UNSET}
    found = _schema_faults(operation, values | {name: _stand_in(value) for name, value in named.items()}, sound)
    faults += [fault for fault in found if fault.parameter not in broken and not _excused(fault, supplied, values)]
    wrong = {fault.parameter for fault in faults}
    faults += [fault for fault in _media_faults(fields, values) if root(fault.parameter) not in map(root, wrong)]
    for rule in operation.rules:
        faults += [fault for fault in _rule_faults(operation, rule, values, supplied) if fault.parameter not in wrong]
    order = {name: index for index, name in enumerate(fields)}
    values |= {
        name: list(value) if isinstance(value, list | tuple) and _is_many(value) else value
        for name, value in named.items()
    }
    return values, sorted(dict.fromkeys(faults), key=lambda fault: order.get(root(fault.parameter), len(order)))


def _media_faults(fields: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[ArgumentFault]:
    """Give what is no URL from which a service can fetch a file: a path with a drive, the file itself as data:."""
    for name, value in values.items():
        if name not in fields or fields[name].media is None or fields[name].is_file:
            continue
        for place, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(item, str) and item[:8].lower() != "https://" and item[:7].lower() != "http://":
                problem = (
                    f"{quoted(item)} is no URL from which the service can fetch a file; give a local one as a Path"
                )
                yield ArgumentFault(name if place is None else f"{name}[{place}]", problem, "https://…")


def _numbers_of_names(given: dict[str, object], fields: Mapping[str, Field]) -> Iterator[ArgumentFault]:
    """Replace each name by the number that it stands for; yield a fault for a text that is no name."""
    for name, value in list(given.items()):
        enum = fields[name].names if name in fields else None
        if enum is None or not isinstance(value, str):
            continue
        members = {member.name.lower(): member.value for member in enum}
        number = members.get("_".join(value.lower().replace("-", " ").replace("_", " ").split()))
        if number is not None:
            given[name] = number
            continue
        problem, expected = not_one_of(value, list(members))
        yield ArgumentFault(name, f"{problem}; a number is possible as well", f"{expected}, or its number")


def _is_given(value: object, field: Field | None) -> bool:
    if value is None:
        return field is not None and field.nullable
    return value is not UNSET


def _is_many(value: Sequence[object]) -> bool:
    """Return whether a sequence is one of files, not a name and its content."""
    return not (isinstance(value, tuple) and 2 <= len(value) <= 3 and isinstance(value[0], str))


def _stand_in(value: object) -> object:
    """Return what stands for a file where only its presence is checked."""
    return [None for _ in value] if isinstance(value, list | tuple) and _is_many(value) else ""


def _schema_faults(
    operation: Operation, values: Mapping[str, object], given: Mapping[str, object]
) -> list[ArgumentFault]:
    fields = {field.name: field for field in operation.fields}
    if operation.arguments is None:
        return [ArgumentFault(name, f"is not known here{guess(name, fields)}") for name in given if name not in fields]
    try:
        read = operation.arguments.model_validate_json(json.dumps(values), strict=True)
    except ValidationError as error:
        return explain(operation.arguments, fields, given, error.errors(include_url=False))
    if not any(isinstance(value, bool | int | dict | list) for value in values.values()):
        return []
    found = read.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
    return [fault for name in values for fault in _misread(name, values[name], found.get(name))]


def _misread(place: str, sent: object, read: object) -> Iterator[ArgumentFault]:
    """Yield faults where pydantic confuses True and 1: to it they are the same, in JSON they are not."""
    if isinstance(sent, int) and isinstance(read, int) and type(sent) is not type(read):
        expected = "True or False" if isinstance(read, bool) else "a whole number"
        yield ArgumentFault(place, f"{sent!r} is not {expected}", expected)
    elif isinstance(sent, dict) and isinstance(read, dict):
        for name, value in sent.items():
            yield from _misread(f"{place}.{name}", value, read.get(name))
    elif isinstance(sent, list) and isinstance(read, list):
        for index, (value, other) in enumerate(zip(sent, read, strict=False)):
            yield from _misread(f"{place}[{index}]", value, other)


def _excused(fault: ArgumentFault, supplied: Collection[str], values: Mapping[str, object]) -> bool:
    return fault.parameter in supplied and fault.parameter not in values


def _rule_faults(
    operation: Operation, rule: Rule, values: Mapping[str, object], supplied: Collection[str]
) -> list[ArgumentFault]:
    if not all(name in values and (not some or _is_in(values[name], some)) for name, some in rule.when.items()):
        return []
    forms = {field.name: field.wire for field in operation.fields}
    where = " and ".join(
        f"{name} is {wire.natural(values[name], forms.get(name))!r}" if some else f"{name} is given"
        for name, some in rule.when.items()
    )
    where = f" where {where}" if where else ""
    faults = [
        ArgumentFault(name, f"is required{where}", "a value")
        for name in rule.required
        if name not in values and name not in supplied
    ]
    for name, allowed in rule.allowed.items():
        if name in values and not _is_in(values[name], allowed):
            choices = [wire.natural(value, forms.get(name)) for value in allowed]
            value = quoted(wire.natural(values[name], forms.get(name)))
            what = f"one of {listed(choices)}" if len(choices) != 1 else repr(choices[0])
            faults.append(ArgumentFault(name, f"{value} is not allowed{where}: it must be {what}", what))
    return faults


def _is_in(value: object, allowed: Sequence[object]) -> bool:
    """Return membership as JSON has it: true is not 1."""
    return any(value == other and isinstance(value, bool) is isinstance(other, bool) for other in allowed)
