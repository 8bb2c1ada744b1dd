"""How a Python argument looks on the wire, worked out here from the catalog and without the runtime's help."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from codegen.python.model import Parameter

_SECONDS = re.compile(r"(\d+)s")


def wire_of(parameter: Parameter, value: Any) -> Any:
    """What an argument becomes. A value that is no natural form of the parameter stays as it is."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if parameter.wire == "boolean-word" and isinstance(value, bool):
        return "True" if value else "False"
    if parameter.wire == "seconds-text" and whole:
        return f"{value}s"
    if parameter.wire == "integer-text" and whole:
        return str(value)
    return value


def natural_forms(parameter: Parameter, wire: Any) -> Iterator[Any]:
    """The other ways to write a wire value in Python."""
    if not isinstance(wire, str):
        return
    if parameter.wire == "boolean-word" and wire in ("True", "False"):
        yield wire == "True"
    if parameter.wire == "seconds-text" and (found := _SECONDS.fullmatch(wire)):
        yield int(found.group(1))
    if parameter.wire == "integer-text" and wire.isascii() and wire.isdigit():
        yield int(wire)


def segment(value: Any) -> str:
    """A value as one segment of a path: nothing in it may be read as a separator."""
    return quote(text_of(value), safe="")


def pairs(name: str, value: Any) -> list[tuple[str, str]]:
    """A value as pairs of a query: a list repeats the name."""
    values = value if isinstance(value, list) else [value]
    return [(name, text_of(item)) for item in values]


def text_of(value: Any) -> str:
    """A value outside a body, where everything is text."""
    return value if isinstance(value, str) else json.dumps(value)
