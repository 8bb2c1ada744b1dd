"""A document that is sound by itself, but says what cannot become one client, is refused in a clear line a fault."""

from __future__ import annotations

from typing import Any

import pytest

from tests.python.support import GET, document, faults, of_get, of_row, of_value, operation


def _body(**body: Any) -> dict[str, Any]:
    return document({"/paint": {"post": operation({"a": {}, "b": {}}, body=body)}})


def _header(argument: str) -> dict[str, Any]:
    header = {"name": "X-User", "in": "header", "schema": {"type": "string"}}
    return {**header, "x-python": {"client_argument": argument}}


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return document({"/a": {"get": {**GET, **one}}, "/b": {"get": {**GET, "operationId": "look", **other}}})


def _numbers(enum: str = "Pen", **names: str) -> dict[str, Any]:
    return {"type": "integer", "x-python": {"enum": enum, "names": {key[1:]: word for key, word in names.items()}}}


def _secured(security: Any, **schemes: dict[str, Any]) -> dict[str, Any]:
    return {**document(), "security": security, "components": {"securitySchemes": schemes}}


def _key(argument: str, variable: str = "KEY", name: str = "X-Key") -> dict[str, Any]:
    plain = {"argument": argument, "variable": variable}
    return {"type": "apiKey", "in": "header", "name": name, "x-python": {"plain": plain}}


def _makes(name: str, output: str) -> dict[str, Any]:
    task = {"kind": "generate", "reply": {"result": ""}, "output": f"#/components/schemas/{output}"}
    return {"x-task": task, "x-python": {"returns": name}}


THREE = {"$ref": "#/components/schemas/3D"}
MADE = {"components": {"schemas": {name: {"type": "object"} for name in ("One", "Two")}}}
WRONG: dict[str, tuple[Any, str]] = {
    "a wrapper that is not there": (
        document({"/a": {"post": operation({}, **{"x-python": {"body": "/data"}})}}),
        "has no property 'data' as x-python.body says",
    ),
    "a step through a number": (
        of_value({"$ref": "#/info/title/x"}),
        "refers to '#/info/title/x', which is not there",
    ),
    "a step beyond the end of a list": (
        of_value({"$ref": "#/servers/1"}),
        "refers to '#/servers/1', which is not there",
    ),
    "a client argument that every client has": (of_get(parameters=[_header("timeout")]), "which every constructor has"),
    "a parameter without a schema": (
        of_get(parameters=[{"name": "a", "in": "query", "content": {"a/b": {}}}]),
        "only JSON can stand in a parameter",
    ),
    "a header that is none": (of_row(**{"in": "header", "name": "a b"}), "which is not a header"),
    "two numbers of one name": (of_value(_numbers(_1="INK", _2="INK")), "names two numbers INK"),
    "one enum with other names": (
        document({"/a": {"post": operation({"a": _numbers(_1="INK"), "b": _numbers(_1="OIL")})}}),
        "defines Pen differently",
    ),
    "a number without a name": (of_value(_numbers(_1="_")), "has a name that"),
    "a result of two schemas": ({**_both(_makes("Film", "One"), _makes("Film", "Two")), **MADE}, "has two schemas"),
    "results that read like twins": (
        {**_both(_makes("Film", "One"), _makes("AsyncFilm", "One")), **MADE},
        "results Film and AsyncFilm collide",
    ),
    "a reply of which a pointer leads nowhere": (
        of_get(
            responses={
                "200": {
                    "description": "",
                    "content": {"application/json": {"schema": {"properties": {}, "additionalProperties": False}}},
                }
            },
            **{"x-python": {"reply": "/data"}},
        ),
        "has no property 'data', to which a pointer leads",
    ),
    "a result named by a number": (
        {**of_get(**{"x-task": _makes("Film", "3D")["x-task"]}), "components": {"schemas": {"3D": {"type": "object"}}}},
        "returns a class whose name",
    ),
    "a credential that every client has": (_secured([{"a": []}], a=_key("timeout")), "gives an argument that"),
    "a credential of two variables": (
        _secured([{"a": [], "b": []}], a=_key("key", "KEY"), b=_key("key", "OTHER", "X-Other")),
        "defines key differently",
    ),
    "a credential named as a header's argument": (
        {
            **_secured([{"a": []}], a=_key("user")),
            "paths": {"/a": {"get": {**GET, "parameters": [_header("user")]}}},
        },
        "gives the argument user twice",
    ),
    "JSON that is nested too deeply": ("[" * 100_000, "is nested too deeply"),
    "a tree that is nested too deeply": ("[" * 300 + "]" * 300, "nested too deeply"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_become_a_client_is_refused(case: str) -> None:
    root, words = WRONG[case]
    result = [str(fault) for fault in faults(root)]
    assert any(words in line for line in result), result
