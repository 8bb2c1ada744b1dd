"""What a reply and its headers have to look like once they are read: worked out from the document alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import join, pointer_of
from codegen.contracts.oracle_validators import named_alternative
from codegen.openapi.json_values import as_object

_CLASS = re.compile(r"[A-Z][A-Za-z0-9]{1,60}")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_FRAMING = ("content-type", "content-length")
_HEADER_VALUES: Mapping[str, Any] = {"integer": 7, "number": 1.5, "boolean": True, "string": "canary"}
_PLAIN = frozenset(
    "type properties required title description example examples additionalProperties deprecated "
    "externalDocs xml default".split()
)
"""Keywords of a schema that becomes one class with a field for each property."""


def class_of(oracle: Oracle, pointer: str, body: Any) -> str | None:
    """Return the class that a discriminator decides on; None where there is none, or its name is not a plain one."""
    name, passed = "", set[str]()
    while pointer not in passed:  # a schema that is named may name one of its own
        passed.add(pointer)
        node, _ = oracle.node(pointer)
        options = node.get("oneOf") or node.get("anyOf")
        option = named_alternative(options, body, node.get("discriminator")) if isinstance(options, list) else None
        if option is None:
            break
        pointer = pointer_of(option["$ref"]) or ""
        name = pointer.rpartition("/")[2]
    return name if _CLASS.fullmatch(name) else None


def fields_of(oracle: Oracle, pointer: str, body: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
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


def headers_of(oracle: Oracle, pointer: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the headers of a response as they are sent, and as they are read."""
    response, place = oracle.node(pointer)
    headers = response.get("headers")
    texts: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name in as_object(headers):
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
        texts[name.lower()] = "true" if value is True else str(value)
        values[name.lower()] = [str(value)] if name.lower() == "set-cookie" else value
    return texts, values


_MOST_ITEMS, _DEEPEST = 3, 8
Part = tuple[str, str]
"""Pointer of a value inside a reply, and a name."""


@dataclass
class ReplyParts:
    """What is known of the values inside a reply. Where a schema says more than one thing of a value, nothing is."""

    oracle: Oracle
    classes: list[Part] = field(default_factory=list)
    """The class that a value is of: of an alternative that a discriminator names, or of a format."""
    hidden: list[Part] = field(default_factory=list)
    """A name that an object has no field for: it is only sent."""

    def read(self, pointer: str, body: Any, at: str = "", depth: int = 0) -> None:
        """Collect what is known of a value and of the values inside it."""
        node, place = self.oracle.node(pointer)
        if depth > _DEEPEST or node.keys() & _SAYS_MORE:
            return
        if "oneOf" in node or "anyOf" in node:
            self._alternative(node, place, body, at, depth)
        elif isinstance(body, list) and isinstance(node.get("items"), Mapping):
            for index, item in enumerate(body[:_MOST_ITEMS]):
                self.read(join(place, "items"), item, f"{at}/{index}", depth + 1)
        elif isinstance(body, dict):
            self._object(place, body, at, depth)
        elif name := _class_of_format(node, body):
            self.classes.append((at, name))

    def _alternative(self, node: Mapping[str, Any], place: str, body: Any, at: str, depth: int) -> None:
        """Read the alternative that a discriminator names, or the only one that fits an object or a list."""
        keyword = "oneOf" if "oneOf" in node else "anyOf"
        alternative = named_alternative(node[keyword], body, node.get("discriminator"))
        if alternative is not None and not node.keys() & {"properties", "allOf"}:
            if at and (name := class_of(self.oracle, place, body)):
                self.classes.append((at, name))
            self.read(pointer_of(alternative["$ref"]) or "", body, at, depth + 1)
        elif isinstance(body, dict | list) and not node.keys() & {"properties", "allOf", "discriminator"}:
            places = [join(place, keyword, index) for index in range(len(node[keyword]))]
            fitting = [option for option in places if self.oracle.accepts(option, body, "reply")]
            if len(fitting) == 1:
                self.read(fitting[0], body, at, depth + 1)

    def _object(self, place: str, body: dict[str, Any], at: str, depth: int) -> None:
        declared = self._declared(place, 0)
        for name, places in declared.items():
            is_hidden = all(self.oracle.node(each)[0].get("writeOnly") is True for each in places)
            self.hidden += [(at, name)] if is_hidden and at else []
        rest = self.oracle.node(place)[0].get("additionalProperties")
        for name, value in body.items():
            if len(declared.get(name, ())) == 1:
                self.read(declared[name][0], value, join(at, name), depth + 1)
            elif name not in declared and isinstance(rest, Mapping):
                self.read(join(place, "additionalProperties"), value, join(at, name), depth + 1)

    def _declared(self, pointer: str, depth: int) -> dict[str, list[str]]:
        """Return the properties of an object with every place that has one, `allOf` included."""
        node, place = self.oracle.node(pointer)
        properties, parts = node.get("properties"), node.get("allOf")
        declared = {name: [join(place, "properties", name)] for name in as_object(properties)}
        for index in range(len(parts) if isinstance(parts, list) and depth < _DEEPEST else 0):
            for name, places in self._declared(join(place, "allOf", index), depth + 1).items():
                declared[name] = [*declared.get(name, []), *places]
        return declared


def _class_of_format(node: Mapping[str, Any], value: Any) -> str | None:
    """Return the class that a text of a format is read as; None where it stays what it is."""
    kinds = node.get("type")
    is_text = kinds == "string" or (isinstance(kinds, list) and set(kinds) <= {"string", "null"})
    reader = _READERS.get(str(node.get("format"))) if is_text and isinstance(value, str) else None
    try:
        return type(reader(value)).__name__ if reader else None
    except (ValueError, ArithmeticError):
        return None


_SAYS_MORE = {"enum", "const", "prefixItems", "patternProperties", "if", "$dynamicRef"}
_READERS: Mapping[str, Callable[[str], Any]] = {
    "date-time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "uuid": UUID,
    "decimal": Decimal,
}
