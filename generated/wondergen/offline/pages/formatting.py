# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Facts in words: what the templates print of types, limits, sources and times."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from ..._catalog.facts import ParameterFacts
from ..._runtime.wire import natural

KINDS: Mapping[str, str] = {
    "submit": "Starts a task",
    "generate": "Answers at once",
    "query": "Only asks, costs nothing",
}
MAKES: Mapping[str, str] = {
    "audio": "Makes sound",
    "diagram": "Makes a diagram",
    "file": "Makes a file",
    "image": "Makes a picture",
    "video": "Makes a video",
}


def prose(text: object) -> Markup:
    """Return a text of the catalog, with what stands between backticks as code."""
    pieces = re.split(r"`([^`]+)`", str(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces)
    )


def plain_json(value: object) -> str:
    """Return a value as JSON on several lines."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def short(value: object) -> str:
    """Return a value in a cell: text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def kind_of(parameter: ParameterFacts) -> str:
    """Return the type of a parameter, as a person thinks of it."""
    schema = parameter.schema
    form = schema.get("x-wire")
    if form == "boolean-word":
        return "yes or no"
    if form == "seconds-text":
        return "seconds"
    if form == "integer-text":
        return "whole number"
    if schema.get("type") == "array":
        return f"list of {_plural(schema.get('items', {}))}"
    return _one(schema)


def _one(schema: Mapping[str, Any]) -> str:
    if schema.get("format") == "uri":
        return "URL"
    types = schema.get("type", "any value")
    names = {"string": "text", "integer": "whole number", "number": "number", "boolean": "yes or no"}
    return " or ".join(names.get(kind, kind) for kind in ([types] if isinstance(types, str) else types))


def _plural(schema: Mapping[str, Any]) -> str:
    name = _one(schema)
    return f"{name} items" if " " in name else f"{name}s"


def wire_form(parameter: ParameterFacts) -> str | None:
    """Return how the value goes over the wire, where it is not as a person writes it."""
    example = {"boolean-word": 'True as "True"', "seconds-text": '5 as "5s"', "integer-text": '2 as "2"'}
    return example.get(str(parameter.schema.get("x-wire")))


def what(parameter: ParameterFacts) -> str:
    """Return what a parameter is for, without its limits."""
    return " ".join(text for kind, text in parameter.sentences if kind == "about")


def limits(parameter: ParameterFacts) -> list[str]:
    """Return what is allowed beside choices and default: ranges, lengths, what a file has to be."""
    return [text for kind, text in parameter.sentences if kind == "limit"]


def choices(parameter: ParameterFacts) -> list[str]:
    """Return the values there are, as a person writes them."""
    form = parameter.schema.get("x-wire")
    return [short(natural(value, form)) for value in parameter.schema.get("enum", ())]


def default(parameter: ParameterFacts) -> str | None:
    """Return the default as a person writes it; None where no document has one."""
    if "default" not in parameter.schema:
        return None
    return short(natural(parameter.schema["default"], parameter.schema.get("x-wire")))


def ago(seconds: float) -> str:
    """Return a span of time, rounded to what matters."""
    whole = max(0, int(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def moment(seconds: float) -> str:
    """Return a point in time, in UTC, as `<time>` wants it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
