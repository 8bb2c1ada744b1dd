"""What a reply and its headers have to look like once they are read: worked out from the document alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from codegen.contracts.general.document_oracle import DocumentOracle, named_alternative
from codegen.openapi.pointers import join

_CLASS = re.compile(r"[A-Z][A-Za-z0-9]{1,60}")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_FRAMING = ("content-type", "content-length")
_HEADER_VALUES: Mapping[str, Any] = {"integer": 7, "number": 1.5, "boolean": True, "string": "canary"}
_PLAIN = frozenset(
    "type properties required title description example examples additionalProperties deprecated "
    "externalDocs xml default".split()
)
"""Keywords of a schema that becomes one class with a field for each property."""


def class_of(oracle: DocumentOracle, pointer: str, body: Any) -> str | None:
    """Return the class that a discriminator decides on; None where there is none, or its name is not a plain one."""
    name, passed = "", set[str]()
    while pointer not in passed:  # a schema that is named may name one of its own
        passed.add(pointer)
        node, _ = oracle.node(pointer)
        options = node.get("oneOf") or node.get("anyOf")
        named = named_alternative(options, body, node.get("discriminator")) if isinstance(options, list) else None
        if named is None:
            break
        pointer = str(named["$ref"]).removeprefix("#")
        name = pointer.rpartition("/")[2]
    return name if _CLASS.fullmatch(name) else None


def fields_of(oracle: DocumentOracle, pointer: str, body: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the properties that the class of a reply has a field for, and those that are never in one."""
    node, place = oracle.node(pointer)
    properties = node.get("properties")
    if node.get("type") != "object" or not isinstance(properties, Mapping) or not isinstance(body, dict):
        return (), ()
    if any(key not in _PLAIN and not key.startswith("x-") for key in node):
        return (), ()
    hidden = {name for name in properties if oracle.node(join(place, "properties", name))[0].get("writeOnly") is True}
    visible = {name for name in properties if name in body and name.isascii()} - hidden
    return tuple(sorted(visible)), tuple(sorted(hidden))


def headers_of(oracle: DocumentOracle, pointer: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the headers of a response as they are sent, and as they are read."""
    response, place = oracle.node(pointer)
    headers = response.get("headers")
    sent: dict[str, str] = {}
    read: dict[str, Any] = {}
    for name in headers if isinstance(headers, Mapping) else ():
        if not isinstance(name, str) or not _TOKEN.fullmatch(name) or name.lower() in _FRAMING:
            continue
        schema = oracle.node(join(oracle.node(join(place, "headers", name))[1], "schema"))[0]
        kinds = schema.get("type")
        kinds = [kind for kind in kinds if kind != "null"] if isinstance(kinds, list) else [kinds or "string"]
        if len(kinds) != 1 or not isinstance(kinds[0], str) or kinds[0] not in _HEADER_VALUES:
            continue
        if set(schema) & {"allOf", "anyOf", "oneOf"}:
            continue
        value = _HEADER_VALUES[kinds[0]]
        sent[name.lower()] = "true" if value is True else str(value)
        read[name.lower()] = [str(value)] if name.lower() == "set-cookie" else value
    return sent, read
