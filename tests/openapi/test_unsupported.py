"""Everything that makes an operation unsupported: it alone is left out, with its place and the reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.python import support

TEXT = {"type": "string"}
DONE = {"204": {"description": "Done."}}
OPERATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "mutualTLS": ({"security": [{"certificate": []}]}, "is a certificate of the connection"),
    "http digest": ({"security": [{"digest": []}]}, "the scheme 'digest' is not supported"),
    "two keys in one place": ({"security": [{"one": [], "other": []}]}, "/security"),
    "a scheme that is not defined": ({"security": [{"nope": []}]}, "'nope'"),
    "a scheme that is no object": ({"security": ["one"]}, "is not a list of objects"),
    "security that is no list": ({"security": {"one": []}}, "is not a list of objects"),
    "parameters that are no list": ({"parameters": {"q": {"in": "query"}}}, "is a parameter in None"),
    "a parameter that is a name": ({"parameters": ["q"]}, "is not a parameter"),
    "querystring": ({"parameters": [{"name": "q", "in": "querystring", "content": {}}]}, "is a parameter in"),
    "a style of another place": (
        {"parameters": [{"name": "q", "in": "query", "style": "matrix", "schema": TEXT}]},
        "has the style 'matrix', which the query has not",
    ),
    "a parameter as XML": (
        {"parameters": [{"name": "q", "in": "query", "content": {"application/xml": {"schema": TEXT}}}]},
        "only JSON can stand in a parameter",
    ),
    "a body of parts without names": (
        {"requestBody": {"content": {"multipart/mixed": {"schema": {"type": "object"}}}}},
        "is multipart/mixed",
    ),
    "a server by ftp": ({"servers": [{"url": "ftp://files.example"}]}, "/servers"),
    "a required value that no value fits": (
        {"parameters": [{"name": "q", "in": "query", "required": True, "schema": False}]},
        "allows no value at all",
    ),
    "a framing header": (
        {"parameters": [{"name": "Host", "in": "header", "required": True, "schema": TEXT}]},
        "which the transport alone sets",
    ),
    "a reference that leads nowhere": (
        {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Nope"}}}}},
        "Nope",
    ),
}
SCHEMES = {
    "certificate": {"type": "mutualTLS"},
    "digest": {"type": "http", "scheme": "digest"},
    "one": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "other": {"type": "apiKey", "in": "header", "name": "x-key"},
}


def _service(item: dict[str, Any], version: str = "3.1.0") -> Any:
    paths = {"/odd": item, "/sound": {"get": {"operationId": "sound", "responses": DONE}}}
    return support.read(support.document(paths, openapi=version, components={"securitySchemes": SCHEMES}))


@pytest.mark.parametrize("name", OPERATIONS)
def test_one_operation_is_left_out_with_the_reason(name: str) -> None:
    operation, problem = OPERATIONS[name]
    service = _service({"post": {"operationId": "odd", "responses": DONE, **operation}})

    assert [row.path for row in service.operations] == ["/sound"]
    assert problem in str(service.refused[0])
    assert service.refused[0].place.startswith("/paths/~1odd/post")


def test_a_method_that_openapi_does_not_name_is_left_out_with_the_reason() -> None:
    service = _service({"additionalOperations": {"COPY": {"operationId": "copy", "responses": DONE}}}, "3.2.0")

    assert [row.path for row in service.operations] == ["/sound"]
    assert "COPY" in str(service.refused[0])
