"""Structure of a document against the schema of its OpenAPI version, schemas against that of JSON Schema, and patterns.

The validator is jsonschema-rs: its time is in proportion to the document, and its patterns cannot blow up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

import jsonschema_rs
from pydantic import Field, TypeAdapter
from pydantic_core import SchemaError

from codegen.openapi import pointers
from codegen.openapi.json_values import as_list, is_number, same
from codegen.openapi.walk import nodes

MAX_PATTERN = 1_000
"""Characters. Longer patterns are left to the service: compiling one can take long."""


@cache
def _openapi(version: str) -> Any:
    text = files("openapi_spec_validator").joinpath(f"resources/schemas/v{version}/schema.json").read_text("utf-8")
    return jsonschema_rs.validator_for(json.loads(text), pattern_options=jsonschema_rs.RegexOptions())


@cache
def _json_schema() -> Any:
    return jsonschema_rs.validator_for({"$ref": "https://json-schema.org/draft/2020-12/schema"})


def structure(root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (pointer, problem) for everything that breaks the schema of the document's version, 3.1 or 3.2."""
    yield from _errors(_openapi(str(root["openapi"])[:3]), root)


def has_structure(root: Mapping[str, Any]) -> bool:
    """Return whether nothing breaks the schema of the document's version; False for what JSON cannot hold, too."""
    try:
        return bool(_openapi(str(root["openapi"])[:3]).is_valid(root))
    except ValueError:
        return False


def schema_problem(schema: Any) -> tuple[str, str] | None:
    """Return (pointer, problem) where a value is not a JSON Schema."""
    if isinstance(schema, bool):
        return None
    return next(_errors(_json_schema(), schema), None)


def _errors(validator: Any, value: Any) -> Iterator[tuple[str, str]]:
    for error in validator.iter_errors(value):
        inner = error
        yield pointers.join("", *inner.instance_path), " ".join(str(inner.message).split())[:200]


def wrong_defaults(root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (pointer, problem) for every default that the schema beside it does not accept."""
    for node, pointer, is_schema in nodes(root):
        if is_schema and "default" in node:
            schema = {key: value for key, value in node.items() if key != "default"}
            if not _fits(root, schema, node["default"], [_MOST_STEPS]):
                value = json.dumps(node["default"], ensure_ascii=False)
                yield pointers.join(pointer, "default"), f"is {value[:80]}, which its own schema does not accept"


_MOST_STEPS = 200
"""Schemas that are looked at for one default: what combines more is taken to accept it."""
KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
    "array": (list,), "object": (dict,), "null": (type(None),),
}  # fmt: skip
_LIMITS: tuple[tuple[str, tuple[type, ...], Callable[[Any, Any], bool]], ...] = (
    ("minimum", (int, float), lambda value, limit: value >= limit),
    ("maximum", (int, float), lambda value, limit: value <= limit),
    ("exclusiveMinimum", (int, float), lambda value, limit: value > limit),
    ("exclusiveMaximum", (int, float), lambda value, limit: value < limit),
    ("minLength", (str,), lambda value, limit: len(value) >= limit),
    ("maxLength", (str,), lambda value, limit: len(value) <= limit),
    ("minItems", (list,), lambda value, limit: len(value) >= limit),
    ("maxItems", (list,), lambda value, limit: len(value) <= limit),
)


def _fits(root: Mapping[str, Any], schema: Any, value: Any, steps_left: list[int]) -> bool:
    """Return whether a schema accepts a value, as far as its type, its values and its limits say."""
    steps_left[0] -= 1
    if not isinstance(schema, Mapping) or steps_left[0] < 0:
        return schema is not False
    target = pointers.target_of(schema)
    is_there = target is not None and pointers.exists(root, target)
    if is_there and not _fits(root, pointers.resolve(root, target or ""), value, steps_left):
        return False
    for keyword, some in (("allOf", all), ("anyOf", any), ("oneOf", any)):
        parts = schema.get(keyword)
        if isinstance(parts, list) and parts and not some(_fits(root, part, value, steps_left) for part in parts):
            return False
    if isinstance(schema.get("enum"), list) and not any(same(value, other) for other in schema["enum"]):
        return False
    if "const" in schema and not same(value, schema["const"]):
        return False
    return _has_type(schema.get("type"), value) and is_within(schema, value)


def _has_type(listed: Any, value: Any) -> bool:
    kinds = [listed] if isinstance(listed, str) else as_list(listed)
    types = [kind for kind in kinds if isinstance(kind, str) and kind in KINDS]
    if isinstance(value, bool):
        return not types or "boolean" in types
    whole = isinstance(value, float) and value.is_integer() and "integer" in types
    return not types or whole or any(isinstance(value, KINDS[kind]) for kind in types)


def is_within(schema: Mapping[str, Any], value: Any) -> bool:
    """Return whether a value keeps the limits that a schema states."""
    for keyword, kinds, holds in _LIMITS:
        limit = schema.get(keyword)
        if is_number(limit) and isinstance(value, kinds) and not isinstance(value, bool) and not holds(value, limit):
            return False
    return True


_ESCAPES = {"d": "0-9", "w": "A-Za-z0-9_"}


@cache
def matcher(pattern: str) -> Any:
    """Return a validator of texts by a pattern that cannot blow up; None where no such engine runs the pattern.

    It may take much memory to do so: that counts as one that it does not run.
    """
    if len(pattern) > MAX_PATTERN:
        return None
    try:
        return jsonschema_rs.validator_for({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
    except ValueError:
        return None


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
