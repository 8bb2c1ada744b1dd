"""The extensions that the generator reads, as JSON Schemas: a malformed one is a fault, wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from codegen.openapi.document import Document, escape, join

_POINTER = {"type": "string", "pattern": r"^(/[A-Za-z0-9_.$@~ -]+)*$", "maxLength": 200}
_TEXT = {"type": "string", "maxLength": 10_000}
_NAME = {"type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_]*$", "maxLength": 80}
_ARGUMENT = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,79}$"}
_CODES = {
    "type": "object",
    "propertyNames": {"pattern": r"^[A-Za-z0-9_.-]{1,40}$"},
    "additionalProperties": {
        "type": "object",
        "required": ["error", "meaning"],
        "properties": {
            "error": {
                "enum": [
                    "AuthenticationError",
                    "InsufficientCredits",
                    "RateLimited",
                    "ContentRejected",
                    "BadRequest",
                    "NotFound",
                    "ServerError",
                ]
            },
            "meaning": _TEXT,
            "retry": {"enum": ["never", "once", "after_delay"]},
            "key": {"enum": ["missing", "invalid", "expired"]},
        },
    },
}
_CREDENTIAL = {
    "type": "object",
    "required": ["argument", "variable"],
    "additionalProperties": False,
    "properties": {
        "argument": _ARGUMENT,
        "variable": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]{0,79}$"},
        "obtain": _TEXT,
    },
}

SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "x-disagreements": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["subject", "readings", "holds", "rule"],
            "additionalProperties": {"type": ["string", "array"]},
            "properties": {
                "readings": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["value", "sources"],
                        "properties": {"value": _TEXT, "sources": {"type": "array", "items": _TEXT}},
                    },
                }
            },
        },
    },
    "x-error-codes": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "at": {
                "type": "object",
                "required": ["code", "success"],
                "additionalProperties": False,
                "properties": {
                    "code": _POINTER,
                    "message": _POINTER,
                    "trace": _POINTER,
                    "success": {"type": "array", "items": {"type": "string", "maxLength": 40}, "minItems": 1},
                },
            },
            "codes": _CODES,
            "http": {**_CODES, "propertyNames": {"pattern": "^[1-5][0-9][0-9]$"}},
        },
        "dependentRequired": {"codes": ["at"]},
    },
    "x-task": {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"enum": ["submit", "generate", "query"]},
            "vendor": _TEXT,
            "id": _POINTER,
            "result": _TEXT,
            "balance": _POINTER,
            "reply": {
                "type": "object",
                "properties": {"status": _POINTER, "progress": _POINTER, "reason": _POINTER, "result": _POINTER},
            },
            "states": {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"maxLength": 60},
                "additionalProperties": {
                    "enum": ["queued", "running", "succeeded", "failed", "cancelled", "timed_out"]
                },
            },
            "output": {"type": "string", "pattern": "^#/components/schemas/[A-Za-z0-9._-]+$"},
            "assets": {
                "type": "object",
                "properties": {
                    "at": {"type": "array", "items": _POINTER},
                    "hosts": {"type": "array", "items": {"type": "string", "pattern": r"^\.?[A-Za-z0-9.-]{1,253}$"}},
                    "media": {"enum": ["video", "image", "audio", "diagram", "file"]},
                    "count": _POINTER,
                },
            },
            "callback": {
                "type": "object",
                "required": ["id", "status"],
                "properties": {
                    **dict.fromkeys(("id", "status", "reason", "result"), _POINTER),
                    "echoed": {"type": "array", "items": _POINTER},
                },
            },
        },
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": "submit"}}},
                "then": {
                    "required": ["id", "result", "reply", "states"],
                    "properties": {"reply": {"required": ["status"]}},
                },
            }
        ],
    },
    "x-python": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(("client", "method", "group", "returns", "enum", "name"), _NAME),
            "client_argument": _ARGUMENT,
            "positional": {"type": "array", "items": _TEXT},
            **dict.fromkeys(("body", "reply"), _POINTER),
            "names": {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": "^-?[0-9]{1,9}$"},
                "additionalProperties": _NAME,
            },
            **dict.fromkeys(("plain", "username", "password"), _CREDENTIAL),
        },
        "dependentRequired": {"enum": ["names"], "names": ["enum"], "username": ["password"]},
    },
    "x-wire": {"enum": ["boolean-word", "seconds-text", "integer-text"]},
}
_VALIDATORS = {name: Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
_DATA = frozenset({"example", "examples", "default", "enum", "const", "x-claims"})
"""Below these stands a service's data, where a key that looks like an extension is none."""


def check(document: Document) -> None:
    """Note a fault for every extension that has not the shape the generator counts on."""
    _walk(document, document.root, "")


def _walk(document: Document, node: Any, pointer: str) -> None:
    if isinstance(node, list):
        for index, item in enumerate(node):
            _walk(document, item, f"{pointer}/{index}")
    if not isinstance(node, Mapping):
        return
    for key, value in node.items():
        place = join(pointer, key)
        if key in _VALIDATORS:
            for error in _VALIDATORS[key].iter_errors(value):
                best = best_match([error])
                path = "".join(f"/{escape(str(step))}" for step in best.absolute_path)
                document.fault(place + path, f"{key}: {best.message[:200]}", "see specs/README.md")
        elif key not in _DATA:
            _walk(document, value, place)
