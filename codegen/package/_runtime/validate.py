"""Arguments checked before anything is sent: every fault at once, in words for a person."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

from pydantic import ValidationError

from . import wire
from .errors import ArgumentFault, InvalidRequest
from .messages import explain, guess, listed, root, shown
from .operation import Operation, Rule

P = ParamSpec("P")
T = TypeVar("T")


def check(
    operation: Operation, arguments: Mapping[str, object], supplied: Collection[str] = ()
) -> tuple[dict[str, Any], list[ArgumentFault]]:
    """The arguments by Python name in wire form, and everything wrong with them. None means not given.

    `supplied` names the parameters that extra_body provides: they are not missing.
    """
    fields = {field.name: field for field in operation.fields}
    given: dict[str, object] = {name: wire.plain(value) for name, value in arguments.items() if value is not None}
    faults = [ArgumentFault(name, problem) for name, value in given.items() if (problem := wire.fault(value))]
    broken = {fault.parameter for fault in faults}
    sound = {name: value for name, value in given.items() if name not in broken}
    values = {name: wire.to_wire(value, fields[name].wire if name in fields else None) for name, value in sound.items()}
    found = _schema_faults(operation, values, sound)
    faults += [fault for fault in found if fault.parameter not in broken and not _excused(fault, supplied, values)]
    wrong = {fault.parameter for fault in faults}
    for rule in operation.rules:
        faults += [fault for fault in _rule_faults(operation, rule, values, supplied) if fault.parameter not in wrong]
    order = {name: index for index, name in enumerate(fields)}
    return values, sorted(dict.fromkeys(faults), key=lambda fault: order.get(root(fault.parameter), len(order)))


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
    found = read.model_dump(mode="json", by_alias=True)
    return [fault for name in values for fault in _misread(name, values[name], found.get(name))]


def _misread(place: str, sent: object, read: object) -> Iterator[ArgumentFault]:
    """True where the schema lists 1, and the reverse: to pydantic they are the same, in JSON they are not."""
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
            value = shown(wire.natural(values[name], forms.get(name)))
            what = f"one of {listed(choices)}" if len(choices) != 1 else repr(choices[0])
            faults.append(ArgumentFault(name, f"{value} is not allowed{where}: it must be {what}", what))
    return faults


def _is_in(value: object, allowed: Sequence[object]) -> bool:
    """Membership as JSON has it: true is not 1."""
    return any(value == other and isinstance(value, bool) is isinstance(other, bool) for other in allowed)


@dataclass(frozen=True, slots=True)
class Misfit:
    """Stands in for `timeout` in a call that must not be sent: what is wrong with the call itself."""

    faults: tuple[ArgumentFault, ...]
    timeout: object


def checked(method: Callable[P, T]) -> Callable[P, T]:
    """Where a call does not fit the signature, raise InvalidRequest with every fault instead of Python's TypeError."""
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def call_async(*args: P.args, **kwargs: P.kwargs) -> Any:
            try:
                return await method(*args, **kwargs)
            except TypeError as problem:
                if not _is_misfit(problem):
                    raise
            return await _fitted(method, args, kwargs)

        return cast("Callable[P, T]", call_async)

    @functools.wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except TypeError as problem:
            if not _is_misfit(problem):
                raise
        return cast(T, _fitted(method, args, kwargs))

    return call


def _is_misfit(problem: TypeError) -> bool:
    """Whether the call never got into the method: its traceback ends where the method was called."""
    return problem.__traceback__ is not None and problem.__traceback__.tb_next is None


def _fitted(method: Callable[..., Any], args: tuple[object, ...], kwargs: Mapping[str, object]) -> Any:
    """The call made to fit, so that all its arguments are checked at once.

    What is missing is given as None: extra_body may supply it. Whatever else does not fit goes along as a Misfit, with
    which nothing is ever sent.
    """
    parameters = [p for p in inspect.signature(method).parameters.values() if p.kind is not p.VAR_KEYWORD]
    positional = [p.name for p in parameters if p.kind in {p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD}]
    names = [p.name for p in parameters]
    bound = positional[: len(args)]
    public = [name for name in names if name != "self"]
    faults = [ArgumentFault(name, f"is not known here{guess(name, public)}") for name in kwargs if name not in names]
    faults += [ArgumentFault(name, "is given twice, by position and by name") for name in kwargs if name in bound]
    if len(args) > len(positional):
        by_name = f"only {', '.join(positional[1:]) or 'nothing'} may go without a name"
        problem = f"has {len(args) - len(positional)} values too many by position; {by_name}"
        faults.append(ArgumentFault("call", problem))
    missing = [p.name for p in parameters if p.default is p.empty and p.name not in bound and p.name not in kwargs]
    if "timeout" not in names:
        raise InvalidRequest(method.__name__, [*faults, *(ArgumentFault(n, "is required", "a value") for n in missing)])
    fitting: dict[str, object] = {key: value for key, value in kwargs.items() if key in names and key not in bound}
    fitting |= dict.fromkeys(missing)
    if faults:
        fitting["timeout"] = Misfit(tuple(faults), kwargs.get("timeout"))
    return method(*args[: len(positional)], **fitting)
