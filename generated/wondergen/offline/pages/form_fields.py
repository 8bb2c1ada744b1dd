# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The form of an operation: one input a parameter, made from its schema, and what was filled in read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..._catalog.facts import ParameterFacts
from ..._runtime import wire
from ..._runtime.wire import natural
from . import formatting

PREFIX = "argument."
"""Before the name of a parameter in the form: whatever it is called, it is not a field of ours."""
_LONG = 200
"""A text that may have more characters gets a box of several lines."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Input:
    """One input, filled in or not."""

    parameter: ParameterFacts
    control: str
    """select, number, text, url, textarea, lines (one item a line) or json."""
    options: tuple[Option, ...] = ()
    suggestions: tuple[str, ...] = ()
    value: str = ""
    faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """In the form."""
        return PREFIX + self.parameter.name

    @property
    def id(self) -> str:
        """In the page."""
        return f"input-{self.parameter.name}"


def inputs(
    parameters: Iterable[ParameterFacts], texts: Mapping[str, str], faults: Mapping[str, tuple[str, ...]] | None = None
) -> list[Input]:
    """Return the inputs, filled in with these texts by parameter, each with what is wrong with it."""
    return [
        Input(
            parameter=parameter,
            control=control(parameter),
            options=tuple(Option(text, label) for text, label, _ in _options(parameter)),
            suggestions=tuple(map(str, parameter.schema.get("examples", ()))) if _is_open(parameter) else (),
            value=texts.get(parameter.name, ""),
            faults=(faults or {}).get(parameter.name, ()),
        )
        for parameter in parameters
    ]


def control(parameter: ParameterFacts) -> str:
    """Return the kind of input that fits a parameter."""
    schema = parameter.schema
    if _options(parameter):
        return "select"
    kind = schema.get("type")
    if kind == "array":
        return "lines" if schema.get("items", {}).get("type") == "string" else "json"
    if kind in ("integer", "number"):
        return "number"
    if kind != "string":
        return "json"
    if schema.get("format") == "uri":
        return "url"
    is_prose = any(" " in str(example) for example in schema.get("examples", ()))
    return "textarea" if is_prose or schema.get("maxLength", 0) > _LONG else "text"


def texts_of(parameters: Iterable[ParameterFacts], arguments: Mapping[str, Any]) -> dict[str, str]:
    """Return arguments as they stand in the inputs."""
    values: dict[str, str] = {}
    for parameter in parameters:
        value = arguments.get(parameter.name)
        if value is None:
            continue
        if control(parameter) == "lines" and isinstance(value, list):
            values[parameter.name] = "\n".join(map(str, value))
        else:
            values[parameter.name] = formatting.short(value)
    return values


def read(
    parameters: Iterable[ParameterFacts], texts: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Return the arguments that were filled in, and what cannot be read. An empty input is an argument left out.

    What has the wrong type stays text: the check of the arguments says so in its own words.
    """
    arguments: dict[str, Any] = {}
    faults: dict[str, tuple[str, ...]] = {}
    for parameter in parameters:
        text = texts.get(parameter.name, "")
        if not text.strip():
            continue
        try:
            value = _value(parameter, text)
            problem = wire.fault(value)
        except (ValueError, RecursionError) as error:
            value, problem = text, f"is not JSON: {error}"
        arguments[parameter.name] = text if problem else value
        if problem:
            faults[parameter.name] = (problem,)
    return arguments, faults


def _value(parameter: ParameterFacts, text: str) -> Any:
    values = {option: value for option, _, value in _options(parameter)}
    kind = control(parameter)
    if kind == "select":
        return values.get(text, text)
    if kind == "number":
        return _number(text.strip())
    if kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if kind == "json":
        return json.loads(text)
    # Browsers send line ends as CR LF.
    return text.replace("\r\n", "\n")


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _options(parameter: ParameterFacts) -> list[tuple[str, str, Any]]:
    """Return text in the form, label and value of each choice."""
    schema = parameter.schema
    form = schema.get("x-wire")
    names: Mapping[str, str] = schema.get("x-python", {}).get("names", {})
    if schema.get("type") == "boolean" or form == "boolean-word":
        return [("true", "yes", True), ("false", "no", False)]
    if "enum" in schema:
        values = [natural(value, form) for value in schema["enum"]]
        unit = " s" if form == "seconds-text" else ""
        return [(formatting.short(value), f"{formatting.short(value)}{unit}", value) for value in values]
    numbers = sorted((int(number), name) for number, name in names.items())
    return [(str(number), f"{number}: {name.replace('_', ' ').lower()}", number) for number, name in numbers]


def _is_open(parameter: ParameterFacts) -> bool:
    """Return whether the examples of a parameter are suggestions: several, for a text that has no other limits."""
    return len(parameter.schema.get("examples", ())) > 1
