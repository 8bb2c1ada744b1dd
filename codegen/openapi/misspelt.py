"""Words of schemas as people of other languages write them, and references that miss their schema by a step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi.pointers import exists, fragment, join, reference_to

_TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
_OTHER_TYPES: Mapping[str, tuple[str, str]] = {
    "int": ("integer", ""),
    "int32": ("integer", "int32"),
    "int64": ("integer", "int64"),
    "long": ("integer", "int64"),
    "float": ("number", ""),
    "double": ("number", ""),
    "bool": ("boolean", ""),
    "str": ("string", ""),
    "text": ("string", ""),
    "list": ("array", ""),
    "dict": ("object", ""),
    "date": ("string", "date"),
    "datetime": ("string", "date-time"),
    "date-time": ("string", "date-time"),
    "uuid": ("string", "uuid"),
}
"""A type of another language, in lower case: the type, and the format that it tells where none is stated."""
_ANY = "any"
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?")
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def mend(node: dict[str, Any]) -> Iterator[str]:
    """Write the words of one schema as JSON Schema has them, in place; yield what was wrong."""
    kind = node.get("type")
    if isinstance(kind, str) and kind not in _TYPES and (words := _type(node, kind)):
        yield words
    for key in (*_LIMITS, *_COUNTS):
        value = node.get(key)
        if isinstance(value, str) and _NUMBER.fullmatch(value) and (key in _LIMITS or value.isdigit()):
            node[key] = float(value) if "." in value else int(value)
            yield f"has its {key} as text"
    required = node.get("required")
    if isinstance(required, str) and isinstance(node.get("properties"), dict) and required in node["properties"]:
        node["required"] = [required]
        yield "requires a property without a list"


def _type(node: dict[str, Any], kind: str) -> str:
    """Give a schema the type that is meant; return what was wrong, or nothing where no type is."""
    plain = kind.lower()
    if plain == _ANY:
        del node["type"]
    elif plain in _TYPES:
        node["type"] = plain
    elif plain in _OTHER_TYPES:
        node["type"], form = _OTHER_TYPES[plain]
        if form:
            node.setdefault("format", form)
    else:
        return ""
    return f"has the type {kind}, which is one of another language"


def mend_reference(root: Any, node: dict[str, Any]) -> Iterator[str]:
    """Let a reference to a schema that is not there lead to the one that is meant; yield what was wrong."""
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return
    name = next((reference.removeprefix(start) for start in _STARTS if reference.startswith(start)), reference)
    target = join("/components/schemas", name)
    local = fragment(reference)
    if (
        local == target
        or not _BARE.fullmatch(name)
        or (local is not None and exists(root, local))
        or not exists(root, target)
    ):
        return
    node["$ref"] = reference_to(target)
    yield f"refers to {reference}, which is not there, and a schema has that name"


_STARTS = ("#components/schemas/", "components/schemas/", "/components/schemas/", "#/definitions/", "#/schemas/", "#/")
