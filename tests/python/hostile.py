"""Text that has broken code generators, and every place of a document that a stranger may write it into."""

from __future__ import annotations

import copy
from typing import Any

from codegen.openapi.pointers import steps

PWNED = "__import__('pathlib').Path('pwned').touch()"

PAYLOADS: dict[str, str] = {
    "closing quotes": f'"""\n{PWNED}\n"""',
    "closing single quotes": f"'''\n{PWNED}\n'''",
    "escaped quotes": f'\\"""\n{PWNED}\n',
    "quote at the end": 'ends in "',
    "backslash at the end": "ends in \\",
    "named escape": "\\N{LATIN",
    "short escapes": "\\x4 \\u12 \\U0011",
    "line feed": f"a\n{PWNED}",
    "carriage return": f"a\r{PWNED}",
    "both": f"a\r\n{PWNED}",
    "vertical tab and form feed": f"a\x0b{PWNED}\x0c{PWNED}",
    "next line": f"a\x85{PWNED}",
    "line separators": f"a\u2028{PWNED}\u2029{PWNED}",
    "null": "a\0b",
    "escape": "a\x1b[31mb",
    "sum": f'"+{PWNED}+"',
    "single sum": f"'+{PWNED}+'",
    "closing brackets": f")]}}\n{PWNED}",
    "format": f"{{{PWNED}}} {{{{x}}}}",
    "template": f"{{% raw %}}{{{{ 7*191 }}}}{{# {PWNED} #}}",
    "percent": "%s %(x)s %",
    "comments": "# type: ignore # noqa # fmt: off",
    "coding": "# -*- coding: utf-7 -*-",
    "statement": f"x; {PWNED}",
    "walk up": "../../pwned",
    "absolute": "/tmp/pwned",
    "windows": "C:\\pwned",
    "long": "a" * 5000,
    "empty": "",
    "spaces": "  \t ",
    "leading digit": "3d",
    "dunder": "__init__",
    "class": "__class__",
    "keyword": "class",
    "soft keyword": "match",
    "builtin": "list",
    "pydantic": "model_config",
    "local": "self",
    "ligature": "ﬁeld",
    "kelvin": "\u212aelvin",
    "cyrillic": "pаinter",
    "bidi": "\u202eabc\u2066def",
    "combining": "a\u0301\u0301\u0301",
    "emoji": "🎬🎨",
    "right to left": "שלום",
    "doctest": f">>> {PWNED}",
    "lone surrogate": "a\ud800b",
}

BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "text",
        "description": "text",
        "version": "text",
        "contact": {"name": "text"},
        "license": {"name": "text"},
    },
    "externalDocs": {"url": "https://docs.example", "description": "text"},
    "servers": [
        {
            "url": "https://{region}.painter.example",
            "description": "text",
            "variables": {"region": {"default": "eu", "description": "text"}},
        }
    ],
    "tags": [{"name": "text", "description": "text"}],
    "security": [{"key": []}],
    "x-python": {"client": "Painter"},
    "x-error-codes": {
        "at": {"code": "/code", "message": "/msg", "trace": "/trace", "success": ["0"]},
        "codes": {"1001": {"error": "RateLimited", "meaning": "text"}},
        "http": {"413": {"error": "BadRequest", "meaning": "text"}},
    },
    "paths": {
        "/film/{style}": {
            "post": {
                "operationId": "createFilm",
                "summary": "text",
                "description": "text",
                "tags": ["text"],
                "externalDocs": {"url": "https://docs.example", "description": "text"},
                "x-python": {
                    "method": "film",
                    "group": "make",
                    "returns": "Film",
                    "positional": ["prompt"],
                    "body": "/data",
                },
                "x-task": {
                    "kind": "submit",
                    "id": "/data/task_id",
                    "result": "getTask",
                    "reply": {"status": "/status", "progress": "/progress", "reason": "/reason", "result": "/result"},
                    "states": {"1": "succeeded"},
                    "output": "#/components/schemas/Film",
                    "assets": {"at": ["/path"], "hosts": [".painter.example"], "media": "video"},
                },
                "parameters": [
                    {
                        "name": "style",
                        "in": "path",
                        "required": True,
                        "description": "text",
                        "schema": {"type": "string"},
                    },
                    {
                        "name": "size",
                        "in": "query",
                        "schema": {"type": "string", "default": "text", "enum": ["text", "b"]},
                    },
                    {
                        "name": "X-User",
                        "in": "header",
                        "description": "text",
                        "schema": {"type": "string"},
                        "x-python": {"client_argument": "user_id"},
                    },
                ],
                "requestBody": {
                    "description": "text",
                    "content": {
                        "application/json": {
                            "examples": {"text": {"summary": "text", "value": "text"}},
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "data": {
                                        "type": "object",
                                        "required": ["prompt"],
                                        "properties": {
                                            "prompt": {
                                                "type": "string",
                                                "title": "text",
                                                "description": "text",
                                                "default": "text",
                                                "format": "text",
                                                "pattern": "text",
                                                "examples": ["text"],
                                                "x-disputed": [{"reading": "text", "sources": ["doc.md:7"]}],
                                                "x-media": {
                                                    "kind": "image",
                                                    "formats": ["png"],
                                                    "same_size_as": "fixed",
                                                },
                                                "x-python-type": "text",
                                                "x-python-import": {"name": "text"},
                                                "x-enum-varnames": ["text"],
                                            },
                                            "kind": {"enum": ["text", "b"], "x-enum-descriptions": ["text"]},
                                            "fixed": {"const": "text"},
                                            "camera": {
                                                "type": "integer",
                                                "x-python": {"enum": "Camera", "names": {"1": "pan_left"}},
                                            },
                                            "nested": {"type": "object", "properties": {"inner": {"type": "string"}}},
                                            "map": {"type": "object", "default": {"text": ["text"]}},
                                        },
                                        "allOf": [
                                            {
                                                "if": {"properties": {"kind": {"const": "b"}}, "required": ["kind"]},
                                                "then": {"properties": {"fixed": {"const": "text"}}},
                                            }
                                        ],
                                    }
                                },
                            },
                        }
                    },
                },
                "responses": {
                    "200": {
                        "description": "text",
                        "headers": {"X-Text": {"description": "text", "schema": {"type": "string"}}},
                        "links": {"text": {"operationId": "getTask", "description": "text"}},
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    },
                    "404": {"description": "text"},
                },
                "callbacks": {"text": {"{$request.body#/url}": {"post": {"description": "text"}}}},
            }
        },
        "/task": {
            "get": {
                "operationId": "getTask",
                "parameters": [{"name": "id", "in": "query", "required": True, "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "description": "text",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Report"}}},
                    }
                },
            }
        },
    },
    "components": {
        "securitySchemes": {
            "key": {
                "type": "apiKey",
                "in": "header",
                "name": "X-Key",
                "description": "text",
                "x-python": {"plain": {"argument": "api_key", "variable": "PAINTER_KEY", "obtain": "text"}},
            }
        },
        "schemas": {
            "Film": {
                "type": "object",
                "title": "text",
                "description": "text",
                "customTypePath": "text",
                "customBasePath": "text",
                "x-python-type": "text",
                "properties": {
                    "path": {
                        "type": "string",
                        "description": "text",
                        "enum": ["text"],
                        "default": "text",
                        "example": "text",
                    },
                    "variant": {
                        "oneOf": [{"$ref": "#/components/schemas/Report"}],
                        "discriminator": {"propertyName": "text"},
                    },
                },
            },
            "Report": {
                "type": "object",
                "properties": {
                    "status": {"type": "string", "const": "text"},
                    **{name: {"description": "text"} for name in ("progress", "reason", "result")},
                },
            },
        },
    },
    "webhooks": {"text": {"post": {"description": "text"}}},
}

Place = tuple[str, bool]
"""A JSON pointer, and whether it is the key there that is replaced instead of the value."""


def free_places() -> list[Place]:
    """Return every pointer where the base document says "text": the generator takes any text there."""
    return [(pointer, False) for pointer, value in _leaves(BASE, "") if value == "text"]


_DATA = "/paths/~1film~1{style}/post/requestBody/content/application~1json/schema/properties/data"
_FILM = "/paths/~1film~1{style}"
NAMED_PLACES: list[Place] = [
    ("/openapi", False),
    ("/servers/0/url", False),
    ("/servers/0/variables/region/default", False),
    ("/servers/0/variables/region", True),
    ("/x-python/client", False),
    ("/x-error-codes/at/code", False),
    ("/x-error-codes/at/success/0", False),
    ("/x-error-codes/codes/1001", True),
    ("/x-error-codes/codes/1001/error", False),
    ("/x-error-codes/http/413", True),
    (_FILM, True),
    (f"{_FILM}/post/operationId", False),
    *((f"{_FILM}/post/x-python/{key}", False) for key in ("method", "group", "returns", "positional/0", "body")),
    *((f"{_FILM}/post/x-task/{key}", False) for key in ("id", "result", "reply/status", "output", "assets/at/0")),
    (f"{_FILM}/post/x-task/assets/hosts/0", False),
    (f"{_FILM}/post/x-task/assets/media", False),
    (f"{_FILM}/post/x-task/states/1", True),
    *((f"{_FILM}/post/parameters/{index}/name", False) for index in range(3)),
    (f"{_FILM}/post/parameters/2/x-python/client_argument", False),
    (f"{_FILM}/post/requestBody/content/application~1json", True),
    (f"{_FILM}/post/responses/404", True),
    (f"{_FILM}/post/responses/200/headers/X-Text", True),
    *((f"{_DATA}/properties/{name}", True) for name in ("prompt", "kind", "nested")),
    (f"{_DATA}/properties/nested/properties/inner", True),
    (f"{_DATA}/properties/camera/x-python/enum", False),
    (f"{_DATA}/properties/camera/x-python/names/1", False),
    (f"{_DATA}/properties/camera/x-python/names/1", True),
    (f"{_DATA}/properties/prompt/x-media/formats/0", False),
    (f"{_DATA}/properties/prompt/x-media/kind", False),
    (f"{_DATA}/properties/prompt/x-media/same_size_as", False),
    (f"{_DATA}/allOf/0/if/properties/kind/const", False),
    ("/components/securitySchemes/key", True),
    ("/components/securitySchemes/key/name", False),
    *((f"/components/securitySchemes/key/x-python/plain/{key}", False) for key in ("argument", "variable")),
    ("/components/schemas/Film", True),
    ("/components/schemas/Film/properties/path", True),
    ("/components/schemas/Film/properties/variant/oneOf/0/$ref", False),
]
"""Where a name, an address or a pointer is asked for: another text there is taken as one, or is a fault."""


def planted(places: list[Place], payload: str) -> dict[str, Any]:
    """Return the base document with the payload in these places."""
    root = copy.deepcopy(BASE)
    for pointer, is_key in places:
        *parents, last = steps(pointer)
        node: Any = root
        for step in parents:
            node = node[int(step)] if isinstance(node, list) else node[step]
        if is_key:
            items = [(payload if key == last else key, value) for key, value in node.items()]
            node.clear()
            node.update(items)
        else:
            node[int(last) if isinstance(node, list) else last] = payload
    return root


def _leaves(node: Any, pointer: str) -> list[tuple[str, Any]]:
    if isinstance(node, dict):
        return [
            leaf
            for key, item in node.items()
            for leaf in _leaves(item, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
        ]
    if isinstance(node, list):
        return [leaf for index, item in enumerate(node) for leaf in _leaves(item, f"{pointer}/{index}")]
    return [(pointer, node)]
