# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""From the text of an argument to the value that a method takes, by the type that the index has of it.

Only what is not JSON where an object is asked for is refused here. Everything else goes to the client as it is, which
tells all faults of a call at once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SCALARS = frozenset(
    {"str", "int", "float", "bool", "date", "datetime", "time", "timedelta", "UUID", "Decimal", "Content", "Unset"}
)


FILE = "FILE"
"""The metavar of a file that a request carries: on the command line it is its path."""


class Form(NamedTuple):
    """How one parameter is written on the command line."""

    metavar: str
    parse: Callable[[str], Any]
    choices: tuple[str, ...] = ()
    """For completion."""
    member_names: tuple[str, ...] = ()
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
        """Return the value; a text that cannot be one is passed on for the client to judge."""
        if not isinstance(value, str):
            return value
        try:
            return self._form.parse(value)
        except ValueError as error:
            return self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the choices that begin so; of a file, let the shell complete its path."""
        from click.shell_completion import CompletionItem

        if self._form.metavar == FILE:
            return [CompletionItem(incomplete, type="file")]
        return [CompletionItem(choice) for choice in self._form.choices if choice.startswith(incomplete)]


class Seconds(_Base):
    """A length of time, for click."""

    name = "SECONDS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; zero is for the client to judge."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = math.nan
        return seconds if 0 <= seconds < math.inf else self.fail(f"{value!r} is not a number of seconds", param, ctx)


def form_of(kind: Mapping[str, Any], enums: Mapping[str, Mapping[str, int]] | None = None) -> Form:
    """Return the form of a parameter by its type in the index: choices, names of types, items, values.

    `enums`: the named numbers of the service.
    """
    if "items" in kind:
        item = form_of(kind["items"], enums)
        return Form(item.metavar, item.parse, item.choices, item.member_names, is_list=True)
    words = kind.get("names", ())
    if "FileInput" in words:
        return Form(FILE, _file_or_text if "str" in words else Path)
    members = {_member_name(name): number for word in words for name, number in (enums or {}).get(word, {}).items()}
    # A local file is typed as its path, which is a text.
    # Of a named number, the text that may stand for it is one of the names.
    types = [
        word for word in words if word not in (enums or {}) and word != "LocalFile" and not (members and word == "str")
    ]
    values = kind.get("choices", ())
    if types == ["bool"] and not values:
        return Form("BOOL", _boolean, is_flag=True)
    choices = _choices(values)
    is_object = "values" in kind or any(word not in _SCALARS for word in types)
    metavar = f"[{'|'.join(choices)}]" if choices else _metavar(types, bool(members), is_object)
    names = tuple(members)
    return Form(metavar, _reader(values, types, members, is_object), (*choices, *names), names)


def with_locales(form: Form, locales: Mapping[str, str]) -> Form:
    """Return a form that takes a locale as well: ja-JP is what the field has for ja."""

    def parse(text: str) -> Any:
        if text in form.choices:
            return form.parse(text)
        parts = text.replace("_", "-").lower().split("-")
        by_name = {locale.lower(): value for locale, value in locales.items()}
        heads = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((by_name[head] for head in heads if head in by_name), text)

    return form._replace(parse=parse)


def _member_name(name: str) -> str:
    """Return the name of a named number as one types it."""
    return name.lower().replace("_", "-")


def json_object(text: str) -> dict[str, Any]:
    """Return a JSON object. ValueError says what it is instead."""
    value = _json(text)
    if not isinstance(value, dict):
        raise ValueError(f"{text!r} is not a JSON object such as '{{\"key\": 1}}'")
    return value


def _choices(values: Sequence[Any]) -> list[str]:
    """Return the values of a type that lists them; a number that is also there as text ("5s" beside 5) once."""
    texts = [value for value in values if isinstance(value, str)]
    return texts or [_text(value) for value in values]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _metavar(types: Sequence[str], has_members: bool, is_object: bool) -> str:
    if has_members:
        return "NAME|NUMBER" if "int" in types else "NAME"
    metavars = {"float": "NUMBER", "int": "INTEGER", "bool": "true|false"}
    return next((text for word, text in metavars.items() if word in types), "JSON" if is_object else "TEXT")


def _reader(
    values: Sequence[Any], types: Sequence[str], members: Mapping[str, int], is_object: bool
) -> Callable[[str], Any]:
    """Return a reader: text → the value of the first type that it fits."""
    readers: list[Callable[[str], Any]] = []
    if values:
        readers.append(lambda text: _one_of(values, text))
    if members:
        readers.append(lambda text: _member(members, text))
    if "bool" in types:
        readers.append(_boolean)
    readers += [kind for word, kind in (("int", int), ("float", float)) if word in types]
    if is_object:
        last = _json_or_text if {"str", "object"} & set(types) else _json
        return lambda text: _first(readers, text, last)
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
        if _text(value) == text:
            return value
    raise ValueError(text)


def _member(members: Mapping[str, int], text: str) -> int:
    try:
        return members[_member_name(text)]
    except KeyError:
        raise ValueError(text) from None


def _file_or_text(text: str) -> Path | str:
    """Return the path of a file that is there, else the text, where a parameter takes both."""
    return Path(text) if names_file(text) else text


def names_file(text: str) -> bool:
    """Return whether a text is the path of a file that is there."""
    try:
        return Path(text).is_file()
    except OSError:  # longer than any name: a data: URL, for one
        return False


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
