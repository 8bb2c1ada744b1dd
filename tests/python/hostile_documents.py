"""Documents that would make a reader hang, crash or say nothing, by name: as JSON, as YAML, as bytes."""

from __future__ import annotations

import json
from typing import Any


def _document(schema: Any = None, op: dict[str, Any] | None = None, **root: Any) -> dict[str, Any]:
    body = {"type": "object"} if schema is None else {"type": "object", "properties": {"value": schema}}
    content = {"application/json": {"schema": body}}
    node = {
        "operationId": "paint",
        "requestBody": {"content": content},
        "responses": {"200": {"description": "ok", "content": content}},
        **(op or {}),
    }
    servers = [{"url": "https://a.example"}]
    info = {"title": "x", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "servers": servers, "paths": {"/paint": {"post": node}}, **root}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas(**schemas: Any) -> dict[str, Any]:
    return {"components": {"schemas": schemas}}


ODD_SCHEMAS: list[Any] = [
    True,
    5,
    [],
    None,
    {"type": True},
    {"type": 5},
    {"type": [5, None]},
    {"type": "lots"},
    {"enum": 5},
    {"enum": [{}, [], None, 1.5]},
    {"properties": 5},
    {"properties": {"a": 5}},
    {"items": 5},
    {"prefixItems": 5},
    {"additionalProperties": 5},
    {"patternProperties": 5},
    {"patternProperties": {"(": 5}},
    {"contentSchema": 5, "type": "string"},
    {"anyOf": 5},
    {"anyOf": [5, None]},
    {"allOf": [{"$ref": "#/nowhere"}]},
    {"$ref": "#/paths/~1paint/post/requestBody/content/application~1json/schema"},
    {"$ref": "#/paths/~1paint/post/requestBody/content/application~1json/schema/properties/value"},
]
POINTING: dict[str, Any] = {
    "x-task": {"kind": "generate", "reply": {"result": "/value"}, "assets": {"at": ["/a/*/b", "/*/*/*/*"]}},
    "x-pages": {"pattern": "page", "parameter": "value", "items": "/value", "total": "/value/a/0"},
}
"""Extensions that point into a schema that is odd."""


def _yaml(more: str) -> str:
    return f"""openapi: 3.1.0
info: {{title: x, version: '1'}}
servers: [{{url: 'https://a.example'}}]
paths:
  /paint:
    get:
      operationId: paint
      responses: {{'200': {{description: d}}}}
{more}
"""


DOCUMENTS: dict[str, Any] = {
    "catastrophic": _document({"type": "string", "pattern": "^(a+)+$", "examples": ["a" * 40 + "!"]}),
    "catastrophic lookahead": _document({"type": "string", "pattern": "^(?=(a+)+$)b", "examples": ["a" * 40 + "!"]}),
    "backref": _document({"type": "string", "pattern": "^(a+)\\1+$", "examples": ["a" * 40 + "!"]}),
    "pL": _document({"type": "string", "pattern": "^\\p{L}+$"}),
    "pScript": _document({"type": "string", "pattern": "^\\p{Script=Greek}\\P{Lu}$"}),
    "nested quantifiers": _document({"type": "string", "pattern": "((a{1,100}){1,100}){1,100}"}),
    "pattern is int": _document({"type": "string", "pattern": 5}),
    "pattern broken": _document({"type": "string", "pattern": "(["}),
    "pattern 1000": _document({"type": "string", "pattern": "a" * 1000}),
    "pattern 100k": _document({"type": "string", "pattern": "(a|b)*" * 20000}),
    "pattern parens": _document({"type": "string", "pattern": "(" * 5000 + ")" * 5000}),
    "pattern nul": _document({"type": "string", "pattern": "\0\n"}),
    "patternProperties cat": _document({"type": "object", "patternProperties": {"^(a+)+$": {"type": "string"}}}),
    "minLength": _document({"type": "string", "minLength": 2_000_000_000}),
    "minLength huge": _document({"type": "string", "minLength": 10**30}),
    "minLength float": _document({"type": "string", "minLength": 3.0}),
    "maxLength neg": _document({"type": "string", "maxLength": -5}),
    "minItems": _document({"type": "array", "minItems": 200_000, "items": {"type": "string"}}),
    "minItems unique": _document(
        {"type": "array", "minItems": 5000, "uniqueItems": True, "items": {"type": "integer"}}
    ),
    "minItems nested": _document(
        {
            "type": "array",
            "minItems": 10000,
            "items": {"type": "array", "minItems": 10000, "items": {"type": "array", "minItems": 10000}},
        }
    ),
    "minProperties": _document({"type": "object", "minProperties": 10**9, "additionalProperties": {"type": "string"}}),
    "minContains": _document({"type": "array", "contains": {"const": 1}, "minContains": 10**9}),
    "multipleOf tiny": _document({"type": "number", "multipleOf": 1e-300, "minimum": 1e300}),
    "multipleOf zero": _document({"type": "number", "multipleOf": 0}),
    "multipleOf neg": _document({"type": "integer", "multipleOf": -3}),
    "multipleOf big": _document({"type": "integer", "multipleOf": 10**39}),
    "multipleOf 5e-324": _document({"type": "number", "multipleOf": 5e-324, "minimum": 1, "maximum": 1e308}),
    "min big": _document({"type": "integer", "minimum": 10**39, "maximum": 10**39}),
    "exclusive inf": json.dumps(_document({"type": "number", "exclusiveMinimum": 12345})).replace("12345", "1e400"),
    "bigint": json.dumps(_document({"type": "integer", "maximum": 12345})).replace("12345", "9" * 10000),
    "bigint 4000": json.dumps(_document({"type": "integer", "maximum": 12345})).replace("12345", "9" * 4000),
    "nan": json.dumps(_document({"type": "number", "maximum": 12345})).replace("12345", "NaN"),
    "inf": json.dumps(_document({"type": "number", "maximum": 12345})).replace("12345", "-Infinity"),
    "float 10000": json.dumps(_document({"type": "number", "maximum": 12345})).replace("12345", "0." + "9" * 10000),
    "enum50k": _document({"type": "string", "enum": [f"v{i}" for i in range(50_000)]}),
    "enum objects": _document({"enum": [{"a": 1}, {"a": 2}]}),
    "enum nested": _document({"enum": [[[[]]], {"a": {"b": [1, {"c": None}]}}]}),
    "enum dup": _document({"enum": ["a", "a", 1, 1.0, True]}),
    "enum str": _document({"enum": "abc"}),
    "enum big num": _document({"enum": [10**39, 1e308]}),
    "const obj": _document({"const": {"a": [1]}}),
    "allOf self": _document(_ref("A"), **_schemas(A={"allOf": [_ref("A")]})),
    "allOf self anyOf ring": _document(
        _ref("A"), **_schemas(A={"allOf": [_ref("A")], "anyOf": [_ref("B")]}, B=_ref("A"), C=_ref("A"))
    ),
    "allOf ring anyOf ring": _document(
        _ref("A"),
        **_schemas(
            A={"allOf": [_ref("B")], "anyOf": [_ref("C")]},
            B={"allOf": [_ref("C")], "oneOf": [_ref("A")]},
            C={"allOf": [_ref("A"), _ref("B")], "anyOf": [_ref("A"), _ref("B")]},
        ),
    ),
    "allOf clique": _document(
        _ref("A0"),
        **_schemas(
            **{
                f"A{i}": {"allOf": [_ref(f"A{j}") for j in range(40)], "anyOf": [_ref(f"A{j}") for j in range(40)]}
                for i in range(40)
            }
        ),
    ),
    "anyOf self": _document(_ref("A"), **_schemas(A={"anyOf": [_ref("A")]})),
    "oneOf self2": _document(
        _ref("A"), **_schemas(A={"oneOf": [_ref("B")]}, B={"anyOf": [_ref("A"), {"type": "string"}]})
    ),
    "ref self": _document(_ref("A"), **_schemas(A=_ref("A"))),
    "ref ring": _document(_ref("A"), **_schemas(A=_ref("B"), B=_ref("C"), C=_ref("A"))),
    "items self": _document(_ref("A"), **_schemas(A={"type": "array", "items": _ref("A")})),
    "addl self": _document(_ref("A"), **_schemas(A={"type": "object", "additionalProperties": _ref("A")})),
    "required self": _document(
        _ref("A"), **_schemas(A={"type": "object", "properties": {"a": _ref("A")}, "required": ["a"]})
    ),
    "not self": _document(_ref("A"), **_schemas(A={"not": _ref("A")})),
    "prefix self": _document(_ref("A"), **_schemas(A={"prefixItems": [_ref("A")]})),
    "min self": _document(_ref("A"), **_schemas(A={"type": "array", "minItems": 3, "items": _ref("A")})),
    "ptr2": _document({"$ref": "#/servers/²"}),
    "ptr big": _document({"$ref": "#/servers/" + "9" * 5000}),
    "ptr pct": _document({"$ref": "#/%FF%zz"}),
    "ptr scalar": _document({"$ref": "#/info/title"}),
    "ptr list": _document({"$ref": "#/servers"}),
    "ptr empty": _document({"$ref": "#"}),
    "ptr tilde": _document({"$ref": "#/a~2b"}),
    "ref int": _document({"$ref": 5}),
    "ref list": _document({"$ref": ["#/a"]}),
    "ref empty": _document({"$ref": ""}),
    "name300": _document({"type": "string"}, op={"operationId": "n" * 300}),
    "prop300": _document({"type": "object", "properties": {"p" * 300: {"type": "string"}, "p" * 300 + "q": {}}}),
    "dots": _document(None, op={"operationId": "." * 3000}),
    "dots2": _document(_ref("." * 3000), **_schemas(**{"." * 3000: {"type": "object", "properties": {"a": {}}}})),
    "opid ctrl": _document(None, op={"operationId": "\0\n\u202e"}),
    "opid empty": _document(None, op={"operationId": ""}),
    "opid int": _document(None, op={"operationId": 5}),
    "opid list": _document(None, op={"operationId": ["a"]}),
    "link out": _document({"$ref": "../../../../etc/passwd#/a"}),
    "link dev": _document({"$ref": "/dev/zero#/a"}),
    "link http": _document({"$ref": "https://a.example/x.json#/a"}),
    "link nul": _document({"$ref": "a\0b.json#/a"}),
    "link long": _document({"$ref": "a" * 5000 + ".json#/a"}),
    "nested90": _document(json.loads('{"items":' * 60 + "{}" + "}" * 60)),
    "nested1000": json.dumps(_document(12345)).replace("12345", '{"items":' * 1000 + "{}" + "}" * 1000),
    "nested100k": json.dumps(_document(12345)).replace("12345", "[" * 100000 + "]" * 100000),
    "nestedref": _document(
        _ref("A0"),
        **_schemas(
            **{
                f"A{i}": {"type": "object", "properties": {"a": _ref(f"A{i + 1}"), "b": _ref(f"A{i + 1}")}}
                for i in range(60)
            },
            A60={"type": "string"},
        ),
    ),
    "deep allOf": _document(
        _ref("A0"),
        **_schemas(
            **{f"A{i}": {"allOf": [_ref(f"A{i + 1}"), {"properties": {f"p{i // 10}": {}}}]} for i in range(900)},
            A900={"type": "object"},
        ),
    ),
    "deepchain": _document(
        _ref("A0"),
        **_schemas(
            **{f"A{i}": {"type": "object", "properties": {"a": _ref(f"A{i + 1}")}} for i in range(1200)},
            A1200={"type": "string"},
        ),
    ),
    "allof exp": _document(
        _ref("A0"),
        **_schemas(
            **{f"A{i}": {"allOf": [_ref(f"A{i + 1}"), _ref(f"A{i + 1}")]} for i in range(24)},
            A24={"type": "object", "properties": {"z": {"type": "string"}}},
        ),
    ),
    "anyof exp": _document(
        _ref("A0"),
        **_schemas(
            **{
                f"A{i}": {"anyOf": [_ref(f"A{i + 1}"), {"type": "array", "items": _ref(f"A{i + 1}")}]}
                for i in range(24)
            },
            A24={"type": "string"},
        ),
    ),
    "required exp": _document(
        _ref("A0"),
        **_schemas(
            **{
                f"A{i}": {
                    "type": "object",
                    "required": ["a", "b"],
                    "properties": {"a": _ref(f"A{i + 1}"), "b": _ref(f"A{i + 1}")},
                }
                for i in range(24)
            },
            A24={"type": "string"},
        ),
    ),
    "merge rec": _document(
        _ref("D"),
        **_schemas(
            B={"type": "object", "properties": {"next": _ref("B"), "x": {"type": "string"}}},
            D={"allOf": [_ref("B"), {"type": "object", "properties": {"next": _ref("D")}}]},
        ),
    ),
    "merge rec2": _document(
        _ref("D"),
        **_schemas(
            **{
                f"B{i}": {
                    "type": "object",
                    "properties": {"next": _ref(f"B{(i + 1) % 12}"), "x": {"type": "string", "minLength": i}},
                }
                for i in range(12)
            },
            D={"allOf": [_ref(f"B{i}") for i in range(12)]},
        ),
    ),
    "allOf ring 5000": _document(
        _ref("A0"), **_schemas(**{f"A{i}": {"allOf": [_ref(f"A{(i + 1) % 5_000}")]} for i in range(5_000)})
    ),
    "anyOf 2000 classes": _document(
        {"anyOf": [_ref(f"A{i}") for i in range(2_000)]},
        **_schemas(**{f"A{i}": {"type": "object", "properties": {f"a{i}": {}}} for i in range(2_000)}),
    ),
    "allOf enums": _document({"allOf": [{"enum": list(range(30_000))}, {"enum": list(range(30_000))}]}),
    "allOf 200": _document(
        {
            "allOf": [
                {"type": "object", "properties": {f"a{i}": {"type": "string"}, "same": {"minLength": i}}}
                for i in range(200)
            ]
        }
    ),
    "oneOf 2000": _document(
        {
            "oneOf": [
                {"type": "object", "properties": {f"a{i}": {"type": "string"}}, "required": [f"a{i}"]}
                for i in range(300)
            ]
        }
    ),
    "props 1000": _document({"type": "object", "properties": {f"a{i}": {"type": "string"} for i in range(1000)}}),
    "props collide": _document(
        {"type": "object", "properties": {"a" + "_" * i: {"type": "string"} for i in range(300)}}
    ),
    "maxItems huge": _document({"type": "array", "maxItems": 10**30, "items": {}}),
    "params600": _document(
        None, op={"parameters": [{"name": f"p{i}", "in": "query", "schema": {"type": "string"}} for i in range(600)]}
    ),
    "params same": _document(
        None, op={"parameters": [{"name": "p", "in": "query", "schema": {"type": "string"}} for i in range(600)]}
    ),
    "paths weird": {
        **_document(),
        "paths": {
            "/a b/{x}/{x}": {"get": {"responses": {}}},
            "noslash": {"get": {"responses": {}}},
            "/ok": {"get": {"responses": {"200": {"description": "d"}}}},
        },
    },
    "path 5000": {
        **_document(),
        "paths": {
            "/" + "a" * 5000: {"get": {"responses": {"200": {"description": "d"}}}},
            "/ok": {"get": {"responses": {"200": {"description": "d"}}}},
        },
    },
    "path braces": {
        **_document(),
        "paths": {
            "/{{a}}/{b/{}": {"get": {"responses": {"200": {"description": "d"}}}},
            "/" + "{a}" * 300: {"get": {"responses": {"200": {"description": "d"}}}},
            "/ok": {"get": {"responses": {"200": {"description": "d"}}}},
        },
    },
    "responses list": _document(None, op={"responses": []}),
    "types wrong": _document({"type": ["string", 5], "properties": []}),
    "type object of an enum": _document({"type": {"a": 1}, "enum": [1]}),
    "types odd of an enum": _document({"type": [{"a": 1}, ["b"], "string"], "enum": [1]}),
    "type unknown": _document({"type": "file"}),
    "params wrong": _document(
        None,
        op={
            "parameters": [
                5,
                None,
                {"name": 1},
                {"name": "a", "in": "body"},
                {"in": "query"},
                {"name": [], "in": "query"},
            ]
        },
    ),
    "security wrong": _document(None, op={"security": [{"a": []}, 5]}, components={"securitySchemes": {"a": 5}}),
    "security none": _document(None, op={"security": [{"nope": []}]}),
    "security str": _document(None, op={"security": "a"}),
    "body ref self": {
        **_document(None, op={"requestBody": {"$ref": "#/components/requestBodies/A"}}),
        "components": {"requestBodies": {"A": {"$ref": "#/components/requestBodies/A"}}},
    },
    "path ref self": {
        **_document(),
        "paths": {"/a": {"$ref": "#/paths/~1a"}, "/ok": {"get": {"responses": {"200": {"description": "d"}}}}},
    },
    "examples big": _document({"type": "string", "pattern": "^x{5}$", "examples": ["y" * 200_000]}),
    "example deep": _document({"type": "object", "examples": [json.loads("[" * 80 + "]" * 80)]}),
    "default big": _document({"type": "string", "default": "y" * 100_000}),
    "desc big": _document({"type": "string", "description": "# " * 50_000}),
    "desc odd": _document({"type": "string", "description": "'''\\\"\"\"\0\u2028{{x}}{% raw %}"}),
    "title surr": json.dumps(_document({"type": "string", "title": "\ud800"})),
    "key surr": json.dumps(_document({"type": "object", "properties": {"\udfff": {}}})),
    "key nul": _document(
        {"type": "object", "properties": {"a\0b": {"type": "string"}, "": {"type": "string"}, " ": {}}}
    ),
    **{
        f"framing {h}": _document(
            None, op={"parameters": [{"name": h, "in": "header", "required": True, "schema": {"type": "string"}}]}
        )
        for h in (
            "Transfer-Encoding",
            "Content-Length",
            "Host",
            "Connection",
            "Expect",
            "Upgrade",
            "TE",
            "Trailer",
            "Keep-Alive",
            "Proxy-Authorization",
            "Content-Encoding",
            "Accept-Encoding",
            "Cookie",
            "Content-Type",
            "Accept",
            "Authorization",
            ":path",
            "a b",
            "é",
            "\n",
        )
    },
    "framing key": _document(
        None,
        components={"securitySchemes": {"a": {"type": "apiKey", "in": "header", "name": "Content-Length"}}},
        security=[{"a": []}],
    ),
    "framing key host": _document(
        None,
        components={"securitySchemes": {"a": {"type": "apiKey", "in": "header", "name": "Host"}}},
        security=[{"a": []}],
    ),
    "server bad": {**_document(), "servers": [5]},
    "server vars": {
        **_document(),
        "servers": [{"url": "https://{a}.example", "variables": {"a": 5, "b": {"default": []}}}],
    },
    "server self var": {**_document(), "servers": [{"url": "https://{a}", "variables": {"a": {"default": "{a}{a}"}}}]},
    "server port": {**_document(), "servers": [{"url": "https://a.example:999999"}]},
    "server user": {**_document(), "servers": [{"url": "https://u:p@a.example"}]},
    "server ipv6": {**_document(), "servers": [{"url": "https://[::1"}]},
    "server null": {**_document(), "servers": None},
    "discriminator odd": _document(
        {"oneOf": [_ref("A"), _ref("B")], "discriminator": {"propertyName": 5, "mapping": {"a": 5}}},
        **_schemas(A={"type": "object"}, B={"type": "object"}),
    ),
    "discriminator str": _document(
        {"oneOf": [_ref("A"), _ref("B")], "discriminator": "kind"},
        **_schemas(A={"type": "object"}, B={"type": "object"}),
    ),
    "disc mapping odd": _document(
        {
            "oneOf": [_ref("A"), _ref("B")],
            "discriminator": {"propertyName": "k", "mapping": {"a": "#/nope", "b": "", "c": ["x"]}},
        },
        **_schemas(A={"type": "object"}, B={"type": "object"}),
    ),
    "required odd": _document({"type": "object", "required": [5, None, "a", "a"], "properties": {"a": {}}}),
    "required str": _document({"type": "object", "required": "a"}),
    "properties list": _document({"type": "object", "properties": ["a"]}),
    "items list": _document({"type": "array", "items": [{"type": "string"}]}),
    "items bool": _document({"type": "array", "items": True}),
    "addl odd": _document({"type": "object", "additionalProperties": "no"}),
    "schema bool": _document(True),
    "schema false": _document(False),
    "schema str": _document("string"),
    "schema int": _document(5),
    "schema null": _document(None, op={"requestBody": {"content": {"application/json": {"schema": None}}}}),
    "status odd": _document(
        None,
        op={
            "responses": {
                "2xx": {"description": "d"},
                "99999": {"description": "d"},
                "": {"description": "d"},
                "²00": {"description": "d"},
                "200": {"description": "d"},
            }
        },
    ),
    "status null": _document(None, op={"responses": {"200": None}}),
    "media odd": _document(
        None,
        op={
            "requestBody": {
                "content": {"": {}, "a": {}, "application/json; charset=\n": {}, "*/*": {"schema": {"type": "string"}}}
            }
        },
    ),
    "media 5000": _document(None, op={"requestBody": {"content": {"application/" + "x" * 5000: {}}}}),
    "encoding odd": _document(
        None,
        op={
            "requestBody": {
                "content": {
                    "multipart/form-data": {
                        "schema": {"type": "object", "properties": {"a": {"type": "string", "format": "binary"}}},
                        "encoding": {"a": 5, "b": {"style": 5, "explode": "x", "contentType": 5}},
                    }
                }
            }
        },
    ),
    "style odd": _document(
        None,
        op={
            "parameters": [
                {"name": "a", "in": "query", "style": 5, "explode": "x", "schema": {"type": "array"}},
                {"name": "b", "in": "path", "style": "deepObject", "schema": {}},
            ]
        },
    ),
    "param content": _document(
        None,
        op={
            "parameters": [
                {"name": "a", "in": "query", "content": {}},
                {"name": "b", "in": "query", "content": {"application/json": 5}},
                {"name": "c", "in": "query", "content": 5},
            ]
        },
    ),
    **{f"task into {odd}": _document(odd, op=POINTING) for odd in ODD_SCHEMAS},
    "x-task odd": _document(None, op={"x-task": 5}),
    "x-python odd": _document(None, op={"x-python": {"method": 5}}),
    "x-task self": _document(None, op={"x-task": {"kind": "submit", "result": "paint"}}),
    "x-pages odd": _document(None, op={"x-pages": []}),
    "webhooks odd": {"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "webhooks": {"a": 5}},
    "empty": {},
    "list root": [],
    "str root": "x",
    "null root": None,
    "info str": {**_document(), "info": "x"},
    "info title int": {**_document(), "info": {"title": 5, "version": 1}},
    "paths list": {**_document(), "paths": []},
    "openapi 3": {**_document(), "openapi": 3.1},
    "openapi 2": {"swagger": "2.0"},
    "openapi 3.2": {**_document(), "openapi": "3.2.0"},
    "openapi list": {**_document(), "openapi": []},
    "title stdlib": {**_document(), "info": {"title": "json", "version": "1"}},
    "title empty": {**_document(), "info": {"title": "", "version": "1"}},
    "30 nullable odd": {
        **_document({"type": "string", "nullable": "yes", "exclusiveMinimum": True, "example": {"a": 1}}),
        "openapi": "3.0.0",
    },
    "30 nullable ref": {
        **_document(
            {"$ref": "#/components/schemas/A", "nullable": True}, **_schemas(A={"nullable": True, "allOf": [_ref("A")]})
        ),
        "openapi": "3.0.0",
    },
    "callbacks odd": _document(
        None,
        op={
            "callbacks": {
                "a": {
                    "{$request.body#/url}": {
                        "post": {"requestBody": {"content": {"application/json": {"schema": _ref("A")}}}}
                    }
                }
            }
        },
    ),
    "links odd": _document(
        None,
        op={
            "responses": {
                "200": {
                    "description": "d",
                    "links": {"a": {"operationId": "nope", "parameters": {"x": "$response.body#/a"}}},
                }
            }
        },
    ),
}
YAML: dict[str, str] = {
    "yaml alias": _yaml("x-a: &a [1]\nx-b: *a"),
    "yaml laughs": _yaml(
        "x-a: &a [1,1]\n"
        + "\n".join(f"x-{i}: &a{i} [*a{i - 1 if i else ''},*a{i - 1 if i else ''}]" for i in range(30))
    ),
    "yaml anchor only": _yaml("x-a: &a [1]"),
    "yaml tag": _yaml("x-a: !!python/object/apply:os.system ['true']"),
    "yaml tag binary": _yaml("x-a: !!binary aGk="),
    "yaml tag set": _yaml("x-a: !!set {a, b}"),
    "yaml custom tag": _yaml("x-a: !foo bar"),
    "yaml date": _yaml("x-a: 2026-01-01"),
    "yaml octal": _yaml("x-a: 0o17\nx-b: 017"),
    "yaml dup": _yaml("x-a: 1\nx-a: 2"),
    "yaml yes key": _yaml("yes: 1\nno: 2\non: 3"),
    "yaml int key": _yaml("x-a: {1: a, 2.5: b, true: c, null: d}"),
    "yaml merge": _yaml("x-a: {<<: {a: 1}}"),
    "yaml set key": _yaml("x-a: {!!set {a}: 1}"),
    "yaml complex key": _yaml("x-a: {[1]: a}"),
    "yaml nan": _yaml("x-a: .nan\nx-b: .inf"),
    "yaml 1e400": _yaml("x-a: 1e400"),
    "yaml int 10000": _yaml("x-a: " + "9" * 10000),
    "yaml hex 10000": _yaml("x-a: 0x" + "f" * 10000),
    "yaml tab": _yaml("\tx-a: 1"),
    "yaml multi": _yaml("---\nx-a: 1"),
    "yaml nul": _yaml('x-a: "a\\0b"'),
    "yaml ctrl": _yaml("x-a: a\x01b"),
    "yaml deep": _yaml("x-a: " + "[" * 1000 + "]" * 1000),
    "yaml deep100k": _yaml("x-a: " + "[" * 100000),
    "yaml block deep": _yaml("x-a:\n" + "".join(" " * (i + 1) + "a:\n" for i in range(300))),
    "yaml int status": _yaml("").replace("'200'", "200"),
    "yaml float status": _yaml("").replace("'200'", "2.5"),
    "yaml bool status": _yaml("").replace("'200'", "true"),
    "yaml null key": _yaml("").replace("'200'", "null"),
    "yaml date key": _yaml("").replace("'200'", "2026-01-01"),
    "yaml bom": "\ufeff" + _yaml(""),
    "yaml crlf": _yaml("").replace("\n", "\r\n"),
    "yaml cr": _yaml("").replace("\n", "\r"),
    "yaml empty": "",
    "yaml comment": "# openapi: 3.1.0",
    "yaml scalar": "openapi: 3.1.0".replace(":", ""),
    "yaml unterminated": _yaml("x-a: 'abc"),
    "yaml long line": _yaml("x-a: " + "a" * 1_000_001),
    "yaml long key": _yaml("x" * 5000 + ": 1"),
    "yaml sexagesimal": _yaml("x-a: 1:30:00"),
    "yaml y": _yaml("x-a: y"),
}
BYTES: dict[str, tuple[str, bytes]] = {
    "utf16": ("json", json.dumps(_document()).encode("utf-16")),
    "utf16 bom yaml": ("yaml", _yaml("").encode("utf-16")),
    "latin1": ("yaml", _yaml("x-a: é").encode("latin-1")),
    "nul bytes": ("json", b"\0" * 100),
    "bom json": ("json", b"\xef\xbb\xbf" + json.dumps(_document()).encode()),
    "gzip": ("json", b"\x1f\x8b\x08\0"),
    "crlf json": ("json", json.dumps(_document(), indent=1).replace("\n", "\r\n").encode()),
    "trunc": ("json", json.dumps(_document()).encode()[:-3]),
    "cesu": ("json", json.dumps(_document({"title": "X"})).encode().replace(b"X", b"\xed\xa0\x80")),
    "json dup": ("json", b'{"openapi":"3.1.0","openapi":"3.1.0"}'),
    "json comment": ("json", b"// x\n{}"),
    "json nested 2e5": ("json", b'{"openapi":"3.1.0","a":' + b'{"a":' * 200000),
}
