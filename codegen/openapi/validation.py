"""Structure of a document against the schema of OpenAPI 3.1, schemas against that of JSON Schema, and patterns.

The validator is jsonschema-rs: its time is in proportion to the document, and its patterns cannot blow up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

import jsonschema_rs
from pydantic import Field, TypeAdapter
from pydantic_core import SchemaError

from codegen.openapi.pointers import escape

MAX_PATTERN = 1_000
"""Characters. Longer patterns are left to the service: compiling one can take long."""


@cache
def _openapi() -> Any:
    text = files("openapi_spec_validator").joinpath("resources/schemas/v3.1/schema.json").read_text("utf-8")
    return jsonschema_rs.validator_for(json.loads(text), pattern_options=jsonschema_rs.RegexOptions())


@cache
def _json_schema() -> Any:
    return jsonschema_rs.validator_for({"$ref": "https://json-schema.org/draft/2020-12/schema"})


def structure(root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (pointer, problem) for everything that breaks the schema of OpenAPI 3.1."""
    yield from _errors(_openapi(), root)


def schema_problem(schema: Any) -> tuple[str, str] | None:
    """Return (pointer, problem) where a value is no JSON Schema."""
    if isinstance(schema, bool):
        return None
    return next(_errors(_json_schema(), schema), None)


def _errors(validator: Any, value: Any) -> Iterator[tuple[str, str]]:
    for error in validator.iter_errors(value):
        inner = error
        pointer = "".join(f"/{escape(str(step))}" for step in inner.instance_path)
        yield pointer, " ".join(str(inner.message).split())[:200]


_ESCAPES = {"d": "0-9", "w": "A-Za-z0-9_"}


def client_pattern(pattern: str) -> str | None:
    """Return an ECMA pattern as the client's engine reads it; None where that engine cannot run it.

    The engine is Rust's `regex`, by way of pydantic: no backtracking, so no pattern can blow up. It has no look-around
    and no back-references.
    """
    if len(pattern) > MAX_PATTERN:
        return None
    translated = _translated(pattern)
    return translated if _compiles(translated) else None


@cache
def _compiles(pattern: str) -> bool:
    try:
        TypeAdapter(Annotated[str, Field(pattern=pattern)])
    except SchemaError:
        return False
    return True


_TOKEN = re.compile(r"\\u\{?[0-9A-Fa-f]{1,6}\}?|\\.|\[\^?|\]|[^\\\[\]]+", re.DOTALL)


def _translated(pattern: str) -> str:
    r"""Write what ECMA reads otherwise: \d and \w are ASCII there, \u0041 is a character, \/ is a slash."""
    parts: list[str] = []
    inside = False
    for token in _TOKEN.findall(pattern):
        letter = token[1:2] if token.startswith("\\") else ""
        if letter in _ESCAPES:
            parts.append(_ESCAPES[letter] if inside else f"[{_ESCAPES[letter]}]")
        elif letter in ("D", "W") and not inside:
            parts.append(f"[^{_ESCAPES[letter.lower()]}]")
        elif letter == "u" and len(token) >= 6:
            parts.append(f"\\x{{{token[2:].strip('{}')}}}")
        elif token == "\\/":
            parts.append("/")
        else:
            if token.startswith("[") and not inside:
                inside = True
            elif token == "[" and inside:
                token = "\\["
            elif token == "]":
                inside = False
            parts.append(token)
    return "".join(parts)
