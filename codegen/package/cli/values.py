"""From the text of an argument to the value that a method takes, by the type in the method's signature.

Only what is no JSON where an object is asked for is refused here. Everything else goes to the client as it is, which
tells all faults of a call at once.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

import click
from click.shell_completion import CompletionItem


@dataclass(frozen=True, slots=True)
class Form:
    """How one parameter is written on the command line."""

    metavar: str
    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()
    """For completion."""
    named: tuple[str, ...] = ()
    """Names that stand for numbers."""
    is_flag: bool = False
    is_list: bool = False


if TYPE_CHECKING:
    _Base = click.ParamType[Any]
else:
    _Base = click.ParamType  # no generic in older versions


class Text(_Base):
    """A parameter of this form, for click."""

    def __init__(self, form: Form) -> None:
        self.name = form.metavar
        self._form = form

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value; a text that cannot be one is passed on for the client to judge."""
        if not isinstance(value, str):
            return value
        try:
            return self._form.read(value)
        except ValueError as error:
            return self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The choices that begin so."""
        return [CompletionItem(choice) for choice in self._form.choices if choice.startswith(incomplete)]


class Seconds(_Base):
    """A length of time, for click."""

    name = "SECONDS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; zero is for the client to judge."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = math.nan
        return seconds if 0 <= seconds < math.inf else self.fail(f"{value!r} is not a number of seconds", param, ctx)


def form_of(annotation: Any) -> Form:
    """The form of a parameter by its type."""
    branches = _branches(annotation)
    lists = [branch for branch in branches if _is_list(branch)]
    if lists:
        item = form_of((get_args(lists[0]) or (str,))[0])
        return Form(item.metavar, item.read, item.choices, item.named, is_list=True)
    if branches == [bool]:
        return Form("BOOL", _reader(branches), is_flag=True)
    choices = _choices(branches)
    metavar = f"[{'|'.join(choices)}]" if choices else _metavar(branches)
    named = tuple(kebab_member(member) for kind in _enums(branches) for member in kind)
    return Form(metavar, _reader(branches), (*choices, *named), named)


def kebab_member(member: Enum) -> str:
    """The name of a member as one types it."""
    return member.name.lower().replace("_", "-")


def json_object(text: str) -> dict[str, Any]:
    """A JSON object. ValueError says what it is instead."""
    value = _json(text)
    if not isinstance(value, dict):
        raise ValueError(f"{text!r} is not a JSON object such as '{{\"key\": 1}}'")
    return value


def _branches(annotation: Any) -> list[Any]:
    """The types of a union, without None."""
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [branch for part in get_args(annotation) for branch in _branches(part)]
        return [part for part in parts if part is not type(None)]
    return [annotation]


def _is_list(branch: Any) -> bool:
    origin = get_origin(branch) or branch
    return isinstance(origin, type) and issubclass(origin, Sequence) and not issubclass(origin, str | bytes)


def _enums(branches: Iterable[Any]) -> list[type[Enum]]:
    return [branch for branch in branches if isinstance(branch, type) and issubclass(branch, Enum)]


def _literals(branches: Iterable[Any]) -> list[Any]:
    return [value for branch in branches if get_origin(branch) is Literal for value in get_args(branch)]


def _choices(branches: Iterable[Any]) -> list[str]:
    """The values of a type that lists them; a number that is also there as text ("5s" beside 5) is shown once."""
    values = _literals(branches)
    texts = [value for value in values if isinstance(value, str)]
    return texts or [_shown(value) for value in values]


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _metavar(branches: Sequence[Any]) -> str:
    if _enums(branches):
        return "NAME|NUMBER" if int in branches else "NAME"
    if float in branches:
        return "NUMBER"
    if int in branches:
        return "INTEGER"
    if bool in branches:
        return "true|false"
    return "JSON" if any(_is_object(branch) for branch in branches) else "TEXT"


def _is_object(branch: Any) -> bool:
    """Whether a type is written in JSON. A date or a UUID is text."""
    origin = get_origin(branch) or branch
    if origin in (Any, object):
        return True
    return isinstance(origin, type) and (hasattr(origin, "model_fields") or hasattr(origin, "keys"))


def _reader(branches: Sequence[Any]) -> Callable[[str], Any]:
    """Text → the value of the first branch that it fits."""
    readers: list[Callable[[str], Any]] = []
    if values := _literals(branches):
        readers.append(lambda text: _one_of(values, text))
    readers += [_member_reader(kind) for kind in _enums(branches)]
    if bool in branches:
        readers.append(_boolean)
    readers += [kind for kind in (int, float) if kind in branches]
    if any(_is_object(branch) for branch in branches):
        may_be_text = str in branches or Any in branches or object in branches
        readers.append(_json_or_text if may_be_text else _json)
        return lambda text: _first(readers[:-1], text, readers[-1])
    return lambda text: _first(readers, text, str)


def _first(readers: Iterable[Callable[[str], Any]], text: str, otherwise: Callable[[str], Any]) -> Any:
    for reader in readers:
        try:
            return reader(text)
        except ValueError:
            continue
    return otherwise(text)


def _one_of(values: Iterable[Any], text: str) -> Any:
    for value in values:
        if _shown(value) == text:
            return value
    raise ValueError(text)


def _member_reader(kind: type[Enum]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        for member in kind:
            if kebab_member(member) == text.lower().replace("_", "-"):
                return member
        raise ValueError(text)

    return read


def _boolean(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise ValueError(text)
    return text.lower() == "true"


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{text!r} is not JSON: {error}") from error


def _json_or_text(text: str) -> Any:
    try:
        return _json(text)
    except ValueError:
        return text
