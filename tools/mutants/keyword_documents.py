"""A small document for every keyword that the table calls used, and the change that makes a client ignore it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codegen.openapi.walk import METHODS

Node = dict[str, Any]
_OPERATION = "/paths/~1thing/get"
_SENT = "/paths/~1thing/post"
_BODY = f"{_SENT}/requestBody/content/application~1json/schema"
_VALUE = f"{_BODY}/properties/value"
_REPLY = f"{_OPERATION}/responses/200/content/application~1json/schema"
_TEXT: Node = {"type": "string"}
_TEXTS: Node = {"type": "array", "items": _TEXT}
_PAIR: Node = {"type": "object", "properties": {"a": _TEXT, "b": {"type": "integer"}}, "required": ["a", "b"]}
_DONE: Node = {"200": {"description": "Done."}}


@dataclass(frozen=True)
class KeywordExample:
    """A document that uses a keyword once."""

    document: Node
    pointer: str
    """Where the keyword stands."""
    new: Any = None
    """The value that stands there for a client that ignores the keyword; None: it is left out."""


def _document(paths: Node, **more: Any) -> Node:
    head = {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}}
    return {**head, "servers": [{"url": "https://shop.example/v1"}], "paths": paths, **more}


def _json(schema: Any) -> Node:
    return {"application/json": {"schema": schema}}


def _get(responses: Node | None = None, path: str = "/thing", **more: Any) -> Node:
    return _document({path: {"get": {"operationId": "see", "responses": responses or _DONE, **more}}})


def _gives(schema: Any, **schemas: Any) -> Node:
    document = _get({"200": {"description": "Seen.", "content": _json(schema)}})
    return {**document, "components": {"schemas": schemas}} if schemas else document


def _takes(body: Node, **schemas: Any) -> Node:
    document = _document({"/thing": {"post": {"operationId": "make", "requestBody": body, "responses": _DONE}}})
    return {**document, "components": {"schemas": schemas}} if schemas else document


def _sends(schema: Any, **schemas: Any) -> Node:
    body = {"type": "object", "properties": {"value": schema}, "required": ["value"]}
    return _takes({"required": True, "content": _json(body)}, **schemas)


def _row(place: str = "query", name: str = "words", **more: Any) -> Node:
    return {"name": name, "in": place, "required": True, **({} if "content" in more else {"schema": _TEXT}), **more}


def _asks(row: Node, path: str = "/thing") -> Node:
    return _get(path=path, parameters=[row])


def _secured(scheme: Node, **more: Any) -> Node:
    document = _get(**more)
    schemes = {"securitySchemes": {"key": scheme, "other": {"type": "http", "scheme": "basic"}}}
    return {**document, "security": [{"key": []}], "components": schemes}


def _method(name: str) -> KeywordExample:
    own = {"operationId": f"{name}_it", "responses": _DONE}
    other = {"operationId": "other", "responses": _DONE}
    return KeywordExample(_document({"/thing": {name: own}, "/other": {"get": other}}), f"/paths/~1thing/{name}")


def _schema(schema: Node, keyword: str, new: Any = None, **schemas: Any) -> KeywordExample:
    """Return a keyword of a value that is sent."""
    return KeywordExample(_sends(schema, **schemas), f"{_VALUE}/{keyword}", new)


_PAGE: Node = {"type": "object", "properties": {"rows": _TEXTS, "next": _TEXT}}


def _page(link: Node) -> Node:
    reply = {"description": "A page.", "content": _json(_PAGE), "links": {"next": link}}
    return _get({"200": reply}, parameters=[_row(name="from", required=False)])


_BY_ID: Node = {"operationId": "see", "parameters": {"from": "$response.body#/next"}}
_BY_PLACE: Node = {"operationRef": "#/paths/~1thing/get", "parameters": {"from": "$response.body#/next"}}
_LINK = f"{_OPERATION}/responses/200/links/next"
_TASK: Node = {
    "kind": "submit",
    "id": "/id",
    "reply": {"status": "/state", "result": "/out"},
    "states": {"waiting": "queued", "done": "succeeded"},
}
_STARTED: Node = {
    "type": "object",
    "properties": {"id": _TEXT, "state": {"enum": ["waiting", "done"]}, "out": {"type": "object"}},
    "required": ["id", "state"],
}


def _started(link: Node) -> Node:
    """Return a document of tasks, of which a link leads to the operation that reports on them."""
    start = {
        "operationId": "start",
        "x-task": {**_TASK, "result": "look"},
        "requestBody": {"required": True, "content": _json({"type": "object", "properties": {"words": _TEXT}})},
        "responses": {"200": {"description": "Started.", "content": _json(_STARTED), "links": {"look": link}}},
    }
    body = {"type": "object", "properties": {"key": _TEXT, "other": _TEXT}}
    look = {
        "operationId": "look",
        "x-task": {"kind": "query"},
        "requestBody": {"required": True, "content": _json(body)},
        "responses": {"200": {"description": "Seen.", "content": _json(_STARTED)}},
    }
    return _document({"/start": {"post": start}, "/look": {"post": look}})


_FILE: Node = {"type": "string", "format": "binary"}


def _form(media: str, schema: Node, encoding: Node) -> Node:
    whole = {"type": "object", "properties": {"part": schema}, "required": ["part"]}
    return _takes({"required": True, "content": {media: {"schema": whole, "encoding": {"part": encoding}}}})


_PICTURE = _form("multipart/form-data", _FILE, {"contentType": "image/png"})
_PAIRS = _form(
    "application/x-www-form-urlencoded",
    {"type": "array", "items": _TEXT, "minItems": 2},
    {"style": "pipeDelimited", "explode": False},
)
_PARTS = f"{_SENT}/requestBody/content/multipart~1form-data/encoding"
_CODED = f"{_SENT}/requestBody/content/application~1x-www-form-urlencoded/encoding/part"
_SHARED: Node = {"components": {"pathItems": {"Shared": {"get": {"operationId": "see", "responses": _DONE}}}}}
_OTHER: Node = {"/other": {"get": {"operationId": "other", "responses": _DONE}}}
_HARD: Node = {"type": "string", "not": {"not": {"const": "xyz-12345"}}}
"""A schema for which no value is made up."""
_LEFT: Node = {"X-Left": {"description": "How many are left.", "schema": {"type": "integer"}}}
_LIST: Node = {"type": "array", "minItems": 2, "items": _TEXT}
_ANIMALS: Node = {
    "Cat": {"type": "object", "properties": {"kind": _TEXT, "lives": {"type": "integer"}}},
    "Dog": {"type": "object", "properties": {"kind": _TEXT, "lives": {"type": "integer"}}},
}
_TAGGED: Node = {
    "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in _ANIMALS],
    "discriminator": {
        "propertyName": "kind",
        "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"},
    },
}
_SIZES: Node = {"type": "object", "properties": {"size": {"enum": ["small", "large"]}, "price": {"type": "integer"}}}
_WHEN: Node = {"properties": {"size": {"const": "small"}}, "required": ["size"]}

EXAMPLES: Mapping[str, Mapping[str, KeywordExample]] = {
    "document": {
        "openapi": KeywordExample(
            {**_sends({"type": "string", "nullable": True}), "openapi": "3.0.3"}, "/openapi", "3.1.0"
        ),
        "$self": KeywordExample(
            {
                **_sends({"$ref": "https://docs.example/shop.json#/components/schemas/T"}, T={"maxLength": 3, **_TEXT}),
                "openapi": "3.2.0",
                "$self": "https://docs.example/shop.json",
            },
            f"{_VALUE}/$ref",
        ),
        "servers": KeywordExample(_get(), "/servers/0/url", "https://other.example"),
        "paths": KeywordExample(_document({"/thing": {"get": {"responses": _DONE}}, **_OTHER}), "/paths/~1thing"),
        "components": KeywordExample(_gives({"$ref": "#/components/schemas/T"}, T=_PAIR), "/components/schemas/T", {}),
        "security": KeywordExample(_secured({"type": "http", "scheme": "bearer"}), "/security"),
    },
    "server": {
        "url": KeywordExample(_get(), "/servers/0/url", "https://shop.example/v2"),
        "variables": KeywordExample(
            {**_get(), "servers": [{"url": "https://{r}.shop.example", "variables": {"r": {"default": "eu"}}}]},
            "/servers/0/variables/r/default",
            "us",
        ),
    },
    "path item": {
        "$ref": KeywordExample(
            {**_document({"/thing": {"$ref": "#/components/pathItems/Shared"}, **_OTHER}), **_SHARED},
            "/paths/~1thing/$ref",
        ),
        "parameters": KeywordExample(
            _document({"/thing": {"parameters": [_row()], "get": {"operationId": "see", "responses": _DONE}}}),
            "/paths/~1thing/parameters",
        ),
        "servers": KeywordExample(
            _document(
                {
                    "/thing": {
                        "servers": [{"url": "https://things.example"}],
                        "get": {"operationId": "see", "responses": _DONE},
                    }
                }
            ),
            "/paths/~1thing/servers",
        ),
        **{name: _method(name) for name in METHODS},
    },
    "operation": {
        "operationId": KeywordExample(_get(), f"{_OPERATION}/operationId"),
        "parameters": KeywordExample(_asks(_row()), f"{_OPERATION}/parameters"),
        "requestBody": KeywordExample(_sends(_TEXT), f"{_SENT}/requestBody"),
        "responses": KeywordExample(_gives(_PAIR), f"{_OPERATION}/responses", _DONE),
        "deprecated": KeywordExample(_get(deprecated=True), f"{_OPERATION}/deprecated"),
        "security": KeywordExample(
            _secured({"type": "http", "scheme": "bearer"}, security=[{"other": []}]), f"{_OPERATION}/security"
        ),
        "servers": KeywordExample(_get(servers=[{"url": "https://see.example"}]), f"{_OPERATION}/servers"),
    },
    "parameter": {
        "name": KeywordExample(_asks(_row()), f"{_OPERATION}/parameters/0/name", "other"),
        "in": KeywordExample(_asks(_row()), f"{_OPERATION}/parameters/0/in", "header"),
        "required": KeywordExample(_asks(_row()), f"{_OPERATION}/parameters/0/required"),
        "style": KeywordExample(
            _asks(_row(style="pipeDelimited", explode=False, schema=_LIST)), f"{_OPERATION}/parameters/0/style"
        ),
        "explode": KeywordExample(_asks(_row(explode=False, schema=_LIST)), f"{_OPERATION}/parameters/0/explode"),
        "allowReserved": KeywordExample(
            _asks(_row(allowReserved=True, schema={"enum": ["a/b?c"]})), f"{_OPERATION}/parameters/0/allowReserved"
        ),
        "schema": KeywordExample(_asks(_row(schema={"type": "integer"})), f"{_OPERATION}/parameters/0/schema", {}),
        "content": KeywordExample(
            _asks(_row(content=_json(_PAIR))),
            f"{_OPERATION}/parameters/0",
            _row(schema=_PAIR, style="form", explode=True),
        ),
        "example": KeywordExample(_asks(_row(schema=_HARD, example="xyz-12345")), f"{_OPERATION}/parameters/0/example"),
        "examples": KeywordExample(
            _asks(_row(schema=_HARD, examples={"one": {"value": "xyz-12345"}})), f"{_OPERATION}/parameters/0/examples"
        ),
    },
    "header": {
        "schema": KeywordExample(
            _get({"200": {"description": "Seen.", "headers": _LEFT, "content": _json(_PAIR)}}),
            f"{_OPERATION}/responses/200/headers/X-Left/schema",
            _TEXT,
        ),
    },
    "request body": {
        "content": KeywordExample(
            _takes({"required": True, "content": {"application/json": {"schema": _PAIR}}}),
            f"{_SENT}/requestBody/content",
            {"application/x-www-form-urlencoded": {"schema": _PAIR}},
        ),
        "required": KeywordExample(
            _takes({"required": True, "content": _json(_TEXTS)}), f"{_SENT}/requestBody/required"
        ),
    },
    "media type": {
        "schema": KeywordExample(_sends(_TEXT), _BODY, _TEXTS),
        "example": KeywordExample(
            _takes({"required": True, "content": {"application/json": {"schema": _HARD, "example": "xyz-12345"}}}),
            f"{_SENT}/requestBody/content/application~1json/example",
        ),
        "examples": KeywordExample(
            _takes(
                {
                    "required": True,
                    "content": {"application/json": {"schema": _HARD, "examples": {"one": {"value": "xyz-12345"}}}},
                }
            ),
            f"{_SENT}/requestBody/content/application~1json/examples",
        ),
        "encoding": KeywordExample(_PICTURE, _PARTS),
    },
    "encoding": {
        "contentType": KeywordExample(_PICTURE, f"{_PARTS}/part/contentType"),
        "style": KeywordExample(_PAIRS, f"{_CODED}/style"),
        "explode": KeywordExample(_PAIRS, f"{_CODED}/explode", True),
    },
    "response": {
        "headers": KeywordExample(
            _get({"200": {"description": "Seen.", "headers": _LEFT, "content": _json(_PAIR)}}),
            f"{_OPERATION}/responses/200/headers",
        ),
        "content": KeywordExample(
            _get({"200": {"description": "Seen.", "content": _json(_PAIR)}}), f"{_OPERATION}/responses/200/content"
        ),
        "links": KeywordExample(_page(_BY_ID), f"{_OPERATION}/responses/200/links"),
    },
    "link": {
        "operationId": KeywordExample(_page(_BY_ID), _LINK, {"parameters": _BY_ID["parameters"]}),
        "operationRef": KeywordExample(_page(_BY_PLACE), _LINK, {"parameters": _BY_ID["parameters"]}),
        "parameters": KeywordExample(_page(_BY_ID), f"{_LINK}/parameters"),
        "requestBody": KeywordExample(
            _started({"operationId": "look", "requestBody": {"key": "$response.body#/id"}}),
            "/paths/~1start/post/responses/200/links/look/requestBody",
            {"other": "$response.body#/id"},
        ),
    },
    "security scheme": {
        "type": KeywordExample(
            _secured({"type": "http", "scheme": "bearer"}),
            "/components/securitySchemes/key",
            {"type": "apiKey", "in": "header", "name": "Authorization"},
        ),
        "name": KeywordExample(
            _secured({"type": "apiKey", "in": "header", "name": "X-Key"}), "/components/securitySchemes/key/name", "Key"
        ),
        "in": KeywordExample(
            _secured({"type": "apiKey", "in": "query", "name": "key"}), "/components/securitySchemes/key/in", "header"
        ),
        "scheme": KeywordExample(
            _secured({"type": "http", "scheme": "basic"}), "/components/securitySchemes/key/scheme", "bearer"
        ),
    },
    "schema": {
        "$ref": _schema({"$ref": "#/components/schemas/T"}, "$ref", T={"type": "string", "maxLength": 3}),
        **{
            name: KeywordExample(
                _sends({reference: target}, T={"type": "string", "maxLength": 3, **named}), f"{_VALUE}/{reference}"
            )
            for name, reference, target, named in (
                ("$anchor", "$ref", "#short", {"$anchor": "short"}),
                ("$id", "$ref", "urn:example:short", {"$id": "urn:example:short"}),
                ("$dynamicAnchor", "$ref", "#short", {"$dynamicAnchor": "short"}),
                ("$dynamicRef", "$dynamicRef", "#short", {"$dynamicAnchor": "short"}),
            )
        },
        "$defs": KeywordExample(
            _sends({"$ref": "#/components/schemas/T/$defs/short"}, T={"$defs": {"short": {"maxLength": 3, **_TEXT}}}),
            "/components/schemas/T/$defs/short",
            {},
        ),
        "type": _schema({"type": "integer"}, "type"),
        "enum": _schema({"type": "string", "enum": ["a", "b"]}, "enum"),
        "const": _schema({"type": "string", "const": "a"}, "const"),
        "multipleOf": _schema({"type": "number", "multipleOf": 0.25}, "multipleOf"),
        "minimum": _schema({"type": "integer", "minimum": 3}, "minimum"),
        "maximum": _schema({"type": "integer", "maximum": 3}, "maximum"),
        "exclusiveMinimum": _schema({"type": "number", "exclusiveMinimum": 3}, "exclusiveMinimum"),
        "exclusiveMaximum": _schema({"type": "number", "exclusiveMaximum": 3}, "exclusiveMaximum"),
        "minLength": _schema({"type": "string", "minLength": 3}, "minLength"),
        "maxLength": _schema({"type": "string", "maxLength": 3}, "maxLength"),
        "pattern": _schema({"type": "string", "pattern": "^[A-F]{3}$"}, "pattern"),
        "items": _schema({"type": "array", "minItems": 1, "items": {"type": "integer"}}, "items"),
        "minItems": _schema({"type": "array", "items": _TEXT, "minItems": 2}, "minItems"),
        "maxItems": _schema({"type": "array", "items": _TEXT, "maxItems": 2}, "maxItems"),
        "uniqueItems": _schema({"type": "array", "items": _TEXT, "uniqueItems": True}, "uniqueItems"),
        "properties": _schema(
            {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}, "properties"
        ),
        "required": _schema({"type": "object", "properties": {"a": _TEXT}, "required": ["a"]}, "required"),
        "additionalProperties": _schema(
            {"type": "object", "additionalProperties": {"type": "integer"}}, "additionalProperties"
        ),
        "patternProperties": _schema(
            {"type": "object", "patternProperties": {"^x-": {"type": "integer"}}}, "patternProperties"
        ),
        "propertyNames": _schema({"type": "object", "propertyNames": {"maxLength": 3}}, "propertyNames"),
        "minProperties": _schema({"type": "object", "minProperties": 2}, "minProperties"),
        "maxProperties": _schema({**_PAIR, "maxProperties": 2}, "maxProperties"),
        "dependentRequired": KeywordExample(
            _takes(
                {
                    "required": True,
                    "content": _json({**_SIZES, "required": ["size"], "dependentRequired": {"size": ["price"]}}),
                }
            ),
            f"{_BODY}/dependentRequired",
        ),
        "dependencies": KeywordExample(
            _takes(
                {
                    "required": True,
                    "content": _json({**_SIZES, "required": ["size"], "dependencies": {"size": ["price"]}}),
                }
            ),
            f"{_BODY}/dependencies",
        ),
        "allOf": _schema({"type": "string", "allOf": [{"maxLength": 3}]}, "allOf"),
        "anyOf": _schema({"anyOf": [_TEXT, {"type": "integer"}]}, "anyOf"),
        "oneOf": _schema({"oneOf": [_TEXT, {"type": "integer"}]}, "oneOf"),
        "if": KeywordExample(
            _takes({"required": True, "content": _json({**_SIZES, "if": _WHEN, "then": {"required": ["price"]}})}),
            f"{_BODY}/if",
        ),
        "then": KeywordExample(
            _takes({"required": True, "content": _json({**_SIZES, "if": _WHEN, "then": {"required": ["price"]}})}),
            f"{_BODY}/then",
        ),
        "format": _schema({"type": "string", "format": "date-time"}, "format"),
        "contentMediaType": KeywordExample(
            _takes(
                {
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "properties": {"part": {"type": "string", "contentMediaType": "image/png"}},
                                "required": ["part"],
                            }
                        }
                    },
                }
            ),
            f"{_SENT}/requestBody/content/multipart~1form-data/schema/properties/part/contentMediaType",
        ),
        "readOnly": KeywordExample(
            _takes(
                {
                    "required": True,
                    "content": _json(
                        {
                            "type": "object",
                            "properties": {"a": _TEXT, "id": {**_TEXT, "readOnly": True}},
                            "required": ["a", "id"],
                        }
                    ),
                }
            ),
            f"{_BODY}/properties/id/readOnly",
        ),
        "writeOnly": KeywordExample(
            _gives(
                {
                    "type": "object",
                    "properties": {"a": _TEXT, "secret": {**_TEXT, "writeOnly": True}},
                    "required": ["a", "secret"],
                }
            ),
            f"{_REPLY}/properties/secret/writeOnly",
        ),
        "examples": KeywordExample(_sends({**_HARD, "examples": ["xyz-12345"]}), f"{_VALUE}/examples"),
        "example": KeywordExample(
            {**_sends({**_HARD, "example": "xyz-12345"}), "openapi": "3.0.3"}, f"{_VALUE}/example"
        ),
        "nullable": KeywordExample(
            {**_sends({"type": "string", "nullable": True}), "openapi": "3.0.3"}, f"{_VALUE}/nullable"
        ),
        "discriminator": KeywordExample(_gives(_TAGGED, **_ANIMALS), f"{_REPLY}/discriminator"),
    },
}
"""Kind of object → keyword → its example."""
