"""The grammar of our x- keys, read from specs/extensions.schema.json: the only place where it stands.

`extension_rules` checks a document against it, for the lint and for the generator; the table in specs/README.md is
`table()`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from codegen import paths, trees, yamlio
from codegen.faults import Fault, InputFault
from codegen.openapi import validation
from codegen.openapi.pointers import join, resolve

_FILE = "specs/extensions.schema.json"


def read_schema(path: Path) -> Mapping[str, Any]:
    """Return the grammar. Raises InputFault where the file is not one."""
    text = trees.read_input(path, _FILE, yamlio.MAX_BYTES)
    try:
        schema = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise InputFault(Fault(_FILE, f"line {line}", f"is not JSON ({error})", "correct the syntax")) from None
    if problem := validation.schema_problem(schema):
        raise InputFault(Fault(_FILE, problem[0], f"is not a JSON Schema: {problem[1]}", "correct it"))
    for pointer in ("/properties", "/$defs"):
        _below(schema, pointer)
    for kind in schema["properties"]:
        _below(schema, join("/properties", kind, "properties"))
    return cast(Mapping[str, Any], schema)


def _below(schema: Any, pointer: str) -> Any:
    """Return the part of the grammar at a pointer. Raises InputFault where there is none."""
    try:
        return resolve(schema, pointer)
    except KeyError:
        raise InputFault(Fault(_FILE, pointer, "is not there, and the generator reads it", "restore it")) from None


SCHEMA: Mapping[str, Any] = read_schema(paths.EXTENSIONS)


class Problem(NamedTuple):
    """One thing wrong with the value of an extension."""

    path: tuple[str | int, ...]
    """Where in the value."""
    message: str


def _kinds() -> Mapping[str, tuple[str, ...]]:
    by_name: dict[str, list[str]] = {}
    for kind, shape in SCHEMA["properties"].items():
        for name in shape["properties"]:
            by_name.setdefault(name, []).append(kind)
    return {name: tuple(kinds) for name, kinds in sorted(by_name.items())}


KINDS: Mapping[str, tuple[str, ...]] = _kinds()
"""Extension → the kinds of object that it may stand on. This list is closed."""


def _values(*path: str) -> tuple[str, ...]:
    return tuple(_below(SCHEMA, join("/$defs", *path, "enum")))


ERRORS = _values("code", "properties", "error")
"""The classes that an error code may stand for."""
STATES = _values("task-submit", "properties", "states", "additionalProperties")
"""The states of a task, in the order in which it passes through them."""
WIRE_FORMS = _values("x-wire")
RETRIES = _values("code", "properties", "retry")
"""How often a call that failed with a code is sent again, from the strictest."""


def problems(name: str, value: Any, kind: str) -> list[Problem]:
    """Return what is wrong with the shape of an extension on this kind of object."""
    errors = _validator(kind, name).iter_errors(value)
    closest = [best_match([error]) for error in errors]
    return [Problem(tuple(error.absolute_path), _in_words(error)) for error in closest if error is not None]


def _in_words(error: ValidationError) -> str:
    """Return what is wrong, and what to write where that is known."""
    expected: Any = error.validator_value
    value: Any = error.instance
    if error.validator == "anyOf" and all({*choice} == {"required"} for choice in expected):
        return f"needs {', or '.join(' and '.join(choice['required']) for choice in expected)}"
    if error.validator == "pattern" and value == "" and re.search(expected, "/id"):
        return "'' is the whole of it, not a field: write '/' and the name of the field"
    if error.validator == "pattern" and not value.startswith("/") and re.search(expected, f"/{value}"):
        return f"{value!r} is not a JSON pointer: write {f'/{value}'!r}"
    return str(error.message)


@cache
def _validator(kind: str, name: str) -> Draft202012Validator:
    shape = SCHEMA["properties"][kind]["properties"][name]
    return Draft202012Validator({**shape, "$defs": SCHEMA["$defs"]})


def table() -> str:
    """Return the list of extensions as the Markdown table of specs/README.md."""
    return "\n".join(["| extension | on | says |", "|---|---|---|", *_rows()])


def _rows() -> Iterator[str]:
    for name, kinds in KINDS.items():
        yield f"| `{name}` | {', '.join(kinds)} | {SCHEMA['$defs'][name]['description']} |"
