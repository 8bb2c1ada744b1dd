"""Limits in every place that a schema may stand in: a small document for each limit in each place.

`python -m tools.mutants.ignored_keywords --places` tries them as it tries keywords: a client that reads the schema
without the limit, or with another one, has to fail the contract tests of the whole document.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping

from tools.mutants.keyword_documents import KeywordExample, Node

_TEXT: Node = {"type": "string"}
_DONE: Node = {"200": {"description": "Done."}}
_PAIR: Node = {"type": "object", "properties": {"a": _TEXT, "b": _TEXT}}
_DAY = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
"""A day of any month that has 31: what a careless client takes for a date."""

LIMITS: Mapping[str, tuple[Node, Node]] = {
    "type": ({"type": "integer"}, {}),
    "minimum": ({"type": "integer", "minimum": 3}, {"type": "integer", "minimum": 2}),
    "maximum": ({"type": "integer", "maximum": 30}, {"type": "integer", "maximum": 31}),
    "narrower maximum": ({"type": "integer", "maximum": 30}, {"type": "integer", "maximum": 29}),
    "exclusiveMinimum": ({"type": "number", "exclusiveMinimum": 3}, {"type": "number", "minimum": 3}),
    "exclusiveMaximum": ({"type": "number", "exclusiveMaximum": 3}, {"type": "number", "maximum": 3}),
    "multipleOf": ({"type": "integer", "multipleOf": 5}, {"type": "integer"}),
    "format int32": ({"type": "integer", "format": "int32"}, {"type": "integer"}),
    "minLength": ({"type": "string", "minLength": 3}, {"type": "string", "minLength": 2}),
    "maxLength": ({"type": "string", "maxLength": 30}, {"type": "string", "maxLength": 31}),
    "pattern": ({"type": "string", "pattern": "^[A-F]{3}$"}, _TEXT),
    "start of pattern": ({"type": "string", "pattern": "^[A-F]{3}$"}, {"type": "string", "pattern": "[A-F]{3}$"}),
    "end of pattern": ({"type": "string", "pattern": "^[A-F]{3}$"}, {"type": "string", "pattern": "^[A-F]{3}"}),
    "format date": ({"type": "string", "format": "date"}, {"type": "string", "pattern": _DAY}),
    "format date-time": ({"type": "string", "format": "date-time"}, _TEXT),
    "format uuid": ({"type": "string", "format": "uuid"}, _TEXT),
    "format uri": ({"type": "string", "format": "uri"}, _TEXT),
    "enum": ({"type": "string", "enum": ["a", "b"]}, _TEXT),
    "shorter enum": ({"type": "string", "enum": ["a", "b"]}, {"type": "string", "enum": ["a"]}),
    "const": ({"const": 7}, {"type": "integer"}),
    "null": ({"type": ["integer", "null"]}, {"type": "integer"}),
    "no null": ({"type": "integer"}, {"type": ["integer", "null"]}),
    "minItems": ({"type": "array", "items": _TEXT, "minItems": 2}, {"type": "array", "items": _TEXT}),
    "maxItems": ({"type": "array", "items": _TEXT, "maxItems": 2}, {"type": "array", "items": _TEXT, "maxItems": 3}),
    "uniqueItems": ({"type": "array", "items": _TEXT, "uniqueItems": True}, {"type": "array", "items": _TEXT}),
    "maxItems of a set": (
        {"type": "array", "items": _TEXT, "uniqueItems": True, "maxItems": 3},
        {"type": "array", "items": _TEXT, "uniqueItems": True},
    ),
    "minItems of a set": (
        {"type": "array", "items": _TEXT, "uniqueItems": True, "minItems": 2},
        {"type": "array", "items": _TEXT, "uniqueItems": True},
    ),
    "required": (
        {"type": "object", "properties": {"a": _TEXT, "b": _TEXT}, "required": ["a"]},
        {"type": "object", "properties": {"a": _TEXT, "b": _TEXT}},
    ),
    "closed": (
        {"type": "object", "properties": {"a": _TEXT}, "additionalProperties": False},
        {"type": "object", "properties": {"a": _TEXT}},
    ),
    "values of a map": (
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"type": "object", "additionalProperties": True},
    ),
    "minProperties": (
        {"type": "object", "additionalProperties": _TEXT, "minProperties": 2},
        {"type": "object", "additionalProperties": _TEXT, "minProperties": 1},
    ),
    "maxProperties": (
        {"type": "object", "additionalProperties": _TEXT, "maxProperties": 2},
        {"type": "object", "additionalProperties": _TEXT},
    ),
    "minProperties of a class": ({**_PAIR, "minProperties": 1}, _PAIR),
    "maxProperties of a class": ({**_PAIR, "maxProperties": 1}, _PAIR),
    "propertyNames": (
        {"type": "object", "additionalProperties": _TEXT, "propertyNames": {"pattern": "^[a-z_0-9]+$"}},
        {"type": "object", "additionalProperties": _TEXT},
    ),
    "dependentRequired": ({**_PAIR, "dependentRequired": {"a": ["b"]}}, _PAIR),
    "patternProperties": (
        {"type": "object", "patternProperties": {"^x-": {"type": "integer"}}},
        {"type": "object"},
    ),
}
"""What a schema states, and what a client reads instead."""

_WORDS: Node = {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}
_SWAPPED: Node = {"cat": "#/components/schemas/Dog", "dog": "#/components/schemas/Cat"}
_SCHEMAS: Node = {
    "Cat": {"type": "object", "properties": {"kind": _TEXT, "lives": {"type": "integer"}}, "required": ["kind"]},
    "Dog": {"type": "object", "properties": {"kind": _TEXT, "lives": _TEXT}, "required": ["kind"]},
}


def _union(mapping: Node | None) -> Node:
    options = [{"$ref": reference} for reference in _WORDS.values()]
    return {"oneOf": options, **({"discriminator": {"propertyName": "kind", "mapping": mapping}} if mapping else {})}


UNIONS: Mapping[str, tuple[Node, Node]] = {
    "discriminator": (_union(_WORDS), _union(None)),
    "swapped discriminator": (_union(_WORDS), _union(_SWAPPED)),
}
REPLIES: Mapping[str, tuple[Node, Node]] = {
    "swapped discriminator": UNIONS["swapped discriminator"],
    **{
        f"format {name}": ({"type": "string", "format": name}, _TEXT)
        for name in ("date", "date-time", "uuid", "decimal")
    },
    "writeOnly": (
        {"type": "object", "properties": {"a": _TEXT, "secret": {**_TEXT, "writeOnly": True}}},
        {"type": "object", "properties": {"a": _TEXT, "secret": _TEXT}},
    ),
}
"""What a reply states, and what a client reads instead."""

_Wrap = Callable[[Node], Node]


def _listed(schema: Node) -> Node:
    return {"type": "array", "items": schema}


def _mapped(schema: Node) -> Node:
    return {"type": "object", "additionalProperties": schema}


def _held(schema: Node) -> Node:
    return {"type": "object", "properties": {"first": schema}, "required": ["first"]}


def _optional(schema: Node) -> Node:
    others = dict.fromkeys(("a", "b", "c", "d", "e"), _TEXT)
    return {"type": "object", "properties": {**others, "sixth": schema}}


def _open(schema: Node) -> Node:
    return {"type": "object", "properties": {"a": _TEXT}, "required": ["a"], "additionalProperties": schema}


def _alternative(schema: Node) -> Node:
    other = {"type": "object", "properties": {"second": {"type": "boolean"}}, "required": ["second"]}
    return {"anyOf": [{**_held(schema), "additionalProperties": False}, {**other, "additionalProperties": False}]}


def _merged(schema: Node) -> Node:
    return {"allOf": [_held(_TEXT | {"maxLength": 50}) | {"properties": {"other": _TEXT}}, _held(schema)]}


WRAPS: Mapping[str, tuple[_Wrap, ...]] = {
    "itself": (),
    "item": (_listed,),
    "value of a map": (_mapped,),
    "property": (_held,),
    "sixth property": (_optional,),
    "property of an item": (_listed, _held),
    "sixth property of an item": (_listed, _optional),
    "item of an item": (_listed, _listed),
    "item of a property of an item": (_listed, _held, _listed),
    "value of a map in a list": (_listed, _mapped),
    "item of a value of a map": (_mapped, _listed),
    "value beside properties": (_open,),
    "alternative": (_alternative,),
    "alternative of an item": (_listed, _alternative),
    "property of a property of a property": (_held, _held, _held),
    "part of allOf": (_merged,),
}
"""Place in a schema → what stands around a limit, the outermost first."""


def _in_field(schema: Node) -> Node:
    return _operation(_content({"type": "object", "properties": {"value": schema}, "required": ["value"]}))


def _in_optional_field(schema: Node) -> Node:
    return _operation(_content({"type": "object", "properties": {"value": schema}}))


def _in_body(schema: Node) -> Node:
    return _operation(_content(schema))


def _content(schema: Node, media: str = "application/json") -> Node:
    return {"requestBody": {"required": True, "content": {media: {"schema": schema}}}}


def _in_form(schema: Node) -> Node:
    whole = {"type": "object", "properties": {"value": schema}, "required": ["value"]}
    return _operation(_content(whole, "application/x-www-form-urlencoded"))


def _in_parts(schema: Node) -> Node:
    whole = {"type": "object", "properties": {"value": schema}, "required": ["value"]}
    return _operation(_content(whole, "multipart/form-data"))


def _in_query(schema: Node) -> Node:
    return _operation({"parameters": [{"name": "value", "in": "query", "required": True, "schema": schema}]})


def _in_header(schema: Node) -> Node:
    return _operation({"parameters": [{"name": "X-Value", "in": "header", "schema": schema}]})


def _in_reply(schema: Node) -> Node:
    return _operation(
        {"responses": {"200": {"description": "Done.", "content": {"application/json": {"schema": schema}}}}}
    )


def _operation(parts: Node) -> Node:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example/v1"}],
        "paths": {"/thing": {"post": {"operationId": "make", "responses": _DONE, **parts}}},
        "components": {"schemas": _SCHEMAS},
    }


CARRIERS: Mapping[str, Callable[[Node], Node]] = {
    "field": _in_field,
    "optional field": _in_optional_field,
    "body": _in_body,
    "form": _in_form,
    "parts": _in_parts,
    "query": _in_query,
    "header": _in_header,
    "reply": _in_reply,
}
"""Part of a request → a document of one operation that sends a value in it."""

_DEEP = ("field", "reply")
_FLAT = ("itself", "item")


def examples() -> Iterator[tuple[str, KeywordExample]]:
    """Yield every limit in every place: in a field of a body to any depth, elsewhere as itself and in a list."""
    for carrier, document in CARRIERS.items():
        for place, wraps in WRAPS.items():
            if carrier not in _DEEP and place not in _FLAT:
                continue
            for limit, (stated, read) in _limits(carrier).items():
                if _has_meaning(carrier, place, limit):
                    name = f"{limit}, {place}, {carrier}"
                    yield (
                        name,
                        KeywordExample(
                            document(_around(wraps, stated)), "/paths", document(_around(wraps, read))["paths"]
                        ),
                    )


def _limits(carrier: str) -> Mapping[str, tuple[Node, Node]]:
    if carrier == "reply":
        return REPLIES
    return {**LIMITS, **UNIONS} if carrier in ("field", "body") else LIMITS


def _has_meaning(carrier: str, place: str, limit: str) -> bool:
    stated = _limits(carrier)[limit][0]
    if carrier in ("body", "field", "optional field", "reply"):
        return not (carrier == "body" and place == "itself" and stated.get("type") == "object")
    is_plain = stated.get("type") not in ("array", "object") or (place == "itself" and stated.get("type") == "array")
    return is_plain and "null" not in limit


def _around(wraps: tuple[_Wrap, ...], schema: Node) -> Node:
    whole = copy.deepcopy(schema)
    for wrap in reversed(wraps):
        whole = wrap(whole)
    return whole
