"""Every keyword of an OpenAPI object that the table calls used changes what is generated, and in the way it says."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from codegen import contracts
from codegen.faults import InputFault
from codegen.openapi import keywords
from codegen.openapi.pointers import steps
from codegen.python.read import read_catalog
from codegen.python.render import client_files

_JSON = {"schema": {"$ref": "#/components/schemas/Thing"}}
_PAGE = {
    "type": "object",
    "properties": {"rows": {"type": "array", "items": {"type": "string"}}, "next": {"type": "string"}},
}
_TEXTS = {"type": "array", "items": {"type": "string"}}
_FILE = {"type": "string", "format": "binary"}
_SEEN = {"200": {"description": "Seen."}}


def _row(name: str, place: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": {"type": "string"}, **more}


def _page(link: dict[str, Any], **more: Any) -> dict[str, Any]:
    reply = {"description": "A page.", "content": {"application/json": {"schema": _PAGE}}, "links": {"next": link}}
    return {"parameters": [_row("from", "query")], "responses": {"200": reply}, **more}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop of the keywords", "description": "It sells keywords.", "version": "1"},
    "servers": [{"url": "https://{region}.shop.example", "variables": {"region": {"default": "eu"}}}],
    "security": [{"key": []}],
    "paths": {
        "/things/{id}": {
            "servers": [{"url": "https://things.shop.example"}],
            "parameters": [_row("id", "path", required=True), _row("lang", "query")],
            **{
                method: {"operationId": f"{method}_thing", "responses": _SEEN}
                for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
            },
        },
        "/shared": {"$ref": "#/components/pathItems/Shared"},
        "/search": {
            "get": {
                "operationId": "search",
                "summary": "Look for things",
                "description": "Finds every thing there is.",
                "deprecated": True,
                "security": [{"header": []}],
                "servers": [{"url": "https://search.shop.example"}],
                "parameters": [
                    _row(
                        "words",
                        "query",
                        description="What to look for.",
                        deprecated=True,
                        required=True,
                        allowReserved=True,
                    ),
                    _row("tags", "query", style="pipeDelimited", explode=False, schema=_TEXTS),
                    {"name": "where", "in": "query", "content": {"application/json": {"schema": {"type": "integer"}}}},
                ],
                "responses": {
                    "200": {
                        "description": "Found.",
                        "headers": {"X-Left": {"description": "How many are left.", "schema": {"type": "integer"}}},
                        "content": {"application/json": _JSON},
                    },
                    "409": {"description": "The index is being built."},
                },
            }
        },
        "/make": {
            "post": {
                "operationId": "make",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"type": "array", "items": {"type": "string"}},
                        }
                    },
                },
                "responses": _SEEN,
            }
        },
        "/form": {
            "post": {
                "operationId": "form",
                "requestBody": {
                    "content": {
                        "multipart/form-data": {
                            "schema": {"type": "object", "properties": {"picture": _FILE}},
                            "encoding": {"picture": {"contentType": "image/png"}},
                        }
                    }
                },
                "responses": _SEEN,
            }
        },
        "/pairs": {
            "post": {
                "operationId": "pairs",
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": {"type": "object", "properties": {"tags": _TEXTS}},
                            "encoding": {"tags": {"style": "spaceDelimited", "explode": False}},
                        }
                    }
                },
                "responses": _SEEN,
            }
        },
        "/own": {
            "get": _page({"operationId": "own", "parameters": {"from": "$response.body#/next"}}, operationId="own")
        },
        "/same": {"get": _page({"operationRef": "#/paths/~1same/get", "parameters": {"from": "$response.body#/next"}})},
        "/start": {
            "post": {
                "operationId": "start",
                "x-task": {
                    "kind": "submit",
                    "id": "/id",
                    "result": "look",
                    "reply": {"status": "/s"},
                    "states": {"1": "queued"},
                },
                "responses": {
                    "200": {
                        "description": "Started.",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                        "links": {"look": {"operationId": "look", "requestBody": {"key": "$response.body#/id"}}},
                    }
                },
            }
        },
        "/look": {
            "post": {
                "operationId": "look",
                "x-task": {"kind": "query"},
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {"app": {"type": "string"}, "key": {"type": "string"}},
                            }
                        }
                    }
                },
                "responses": {
                    "200": {
                        "description": "How far it is.",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    }
                },
            }
        },
    },
    "components": {
        "schemas": {"Thing": {"type": "object", "properties": {"size": {"type": "integer"}}}},
        "pathItems": {"Shared": {"get": {"operationId": "shared", "responses": _SEEN}}},
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "query", "name": "token"},
            "header": {"type": "http", "scheme": "basic"},
        },
    },
}
_SEARCH = "/paths/~1search/get"
_WORDS = f"{_SEARCH}/parameters/0"
_FOUND = f"{_SEARCH}/responses/200"
_MAKE = "/paths/~1make/post/requestBody"
_MEDIA = f"{_MAKE}/content/application~1json"
_PICTURE = "/paths/~1form/post/requestBody/content/multipart~1form-data/encoding/picture"
_PAIRS = "/paths/~1pairs/post/requestBody/content/application~1x-www-form-urlencoded/encoding/tags"
_OWN = "/paths/~1own/get/responses/200/links/next"
_LOOK = "/paths/~1start/post/responses/200/links/look"

Row = tuple[str, str] | tuple[str, str, Any]
USED: dict[str, dict[str, Row]] = {
    "document": {
        "info": ("/info", "Shop of the keywords"),
        "servers": ("/servers", "base_url='https://eu.shop.example'"),
        "paths": ("/paths", "def search("),
        "components": ("/components", "def search("),
        "security": ("/security", "security=(('key',),)"),
    },
    "info": {
        "title": ("/info/title", "Shop of the keywords"),
        "description": ("/info/description", "It sells keywords."),
    },
    "server": {
        "url": ("/servers/0/url", "base_url='https://eu.shop.example'"),
        "variables": ("/servers/0/variables", "base_url='https://eu.shop.example'"),
    },
    "path item": {
        "$ref": ("/paths/~1shared/$ref", "def shared("),
        "parameters": ("/paths/~1things~1{id}/parameters/1", "'lang'"),
        "servers": ("/paths/~1things~1{id}/servers", "server='https://things.shop.example'"),
        **{
            method: (f"/paths/~1things~1{{id}}/{method}", f"def {method}_thing(")
            for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
        },
    },
    "operation": {
        "summary": (f"{_SEARCH}/summary", "Look for things."),
        "description": (f"{_SEARCH}/description", "Finds every thing there is."),
        "operationId": (f"{_SEARCH}/operationId", "def search("),
        "parameters": (f"{_SEARCH}/parameters", "Field('words'"),
        "requestBody": (_MAKE, "list[str]"),
        "responses": (f"{_SEARCH}/responses", "-> models.Thing:"),
        "deprecated": (f"{_SEARCH}/deprecated", "DeprecationWarning"),
        "security": (f"{_SEARCH}/security", "security=(('header',),)"),
        "servers": (f"{_SEARCH}/servers", "server='https://search.shop.example'"),
    },
    "parameter": {
        "name": (f"{_WORDS}/name", "Field('words', 'words', 'query'"),
        "in": (f"{_WORDS}/in", "Field('words', 'words', 'query'", "header"),
        "description": (f"{_WORDS}/description", "What to look for."),
        "required": (f"{_WORDS}/required", "words: str,"),
        "deprecated": (f"{_WORDS}/deprecated", "words: Deprecated. What to look for."),
        "style": (f"{_SEARCH}/parameters/1/style", "style='pipeDelimited', explode=False"),
        "explode": (f"{_SEARCH}/parameters/1/explode", "style='pipeDelimited', explode=False", True),
        "allowReserved": (f"{_WORDS}/allowReserved", "allow_reserved=True"),
        "schema": (f"{_WORDS}/schema", "words: str,"),
        "content": (f"{_SEARCH}/parameters/2/content", "content='application/json'"),
    },
    "header": {
        "description": (f"{_FOUND}/headers/X-Left/description", "How many are left."),
        "schema": (f"{_FOUND}/headers/X-Left/schema", "Annotated[int | None, Field(alias='x-left')]"),
    },
    "request body": {
        "content": (f"{_MAKE}/content", "def make("),
        "required": (f"{_MAKE}/required", "body: list[str],"),
    },
    "media type": {
        "schema": (f"{_MEDIA}/schema", "body: list[str],"),
        "encoding": (_PICTURE.rpartition("/")[0], "content='image/png'"),
    },
    "encoding": {
        "contentType": (f"{_PICTURE}/contentType", "content='image/png'"),
        "style": (f"{_PAIRS}/style", "style='spaceDelimited', explode=False"),
        "explode": (f"{_PAIRS}/explode", "style='spaceDelimited', explode=False", True),
    },
    "response": {
        "description": (f"{_SEARCH}/responses/409/description", "The index is being built."),
        "headers": (f"{_FOUND}/headers", "def search_with_headers("),
        "content": (f"{_FOUND}/content", "-> models.Thing:"),
        "links": (_OWN.rpartition("/")[0], "def iter_own("),
    },
    "link": {
        "operationId": (f"{_OWN}/operationId", "def iter_own("),
        "operationRef": ("/paths/~1same/get/responses/200/links/next/operationRef", "def iter_get_same("),
        "parameters": (f"{_OWN}/parameters", "def iter_own("),
        "requestBody": (f"{_LOOK}/requestBody", "poll_argument='key_'"),
    },
    "security scheme": {
        "type": ("/components/securitySchemes/header/type", "'basic'", "oauth2"),
        "name": ("/components/securitySchemes/key/name", "AuthHeader('token'", "key"),
        "in": ("/components/securitySchemes/key/in", "location='query'", "header"),
        "scheme": ("/components/securitySchemes/header/scheme", "'basic'", "bearer"),
    },
}
"""Kind → keyword → where it stands, and what is generated with it and not without it, or not with another value."""
ELSEWHERE = {
    ("document", "$self"): "test_version_3_2: a reference to it",
    ("document", "openapi"): "test_documents: a schema of 3.0 is lifted",
    ("document", "webhooks"): "below: a document of webhooks alone",
    **dict.fromkeys([("media type", "example"), ("media type", "examples")], "below: an example is sent, and answered"),
    **dict.fromkeys([("parameter", "example"), ("parameter", "examples")], "below: an example is sent"),
}


@pytest.fixture(scope="module")
def with_all(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _generated(DOCUMENT, tmp_path_factory.mktemp("all"))


def _generated(root: dict[str, Any], folder: Path, *, tests: bool = False) -> str:
    """Return the source of the client and, on request, of its contract tests; nothing where it is refused."""
    (folder / "shop.json").write_text(json.dumps(root), encoding="utf-8")
    try:
        model = read_catalog(folder, "shop_of_the_keywords", "1.0.0")
    except InputFault:
        return ""
    result = contracts.render(model) if tests else client_files(model)
    return "\n".join(result.values())


def _changed(pointer: str, new: Any = None) -> dict[str, Any]:
    """Return the document without what is at a pointer, or with another value there."""
    root = copy.deepcopy(DOCUMENT)
    node: Any = root
    *before, last = steps(pointer)
    for step in before:
        node = node[int(step)] if isinstance(node, list) else node[step]
    key: Any = int(last) if isinstance(node, list) else last
    if new is None:
        del node[key]
    else:
        node[key] = new
    return root


def test_every_keyword_that_the_table_calls_used_has_a_row() -> None:
    table = keywords.table()
    used = {
        (kind, name)
        for kind, rows in table.items()
        if kind != "schema"
        for name, row in rows.items()
        if row[0] == "used"
    }
    assert used == {(kind, name) for kind, rows in USED.items() for name in rows} | ELSEWHERE.keys()


@pytest.mark.parametrize("kind, keyword", [(kind, name) for kind, rows in USED.items() for name in rows])
def test_a_used_keyword_changes_what_is_generated(kind: str, keyword: str, with_all: str, tmp_path: Path) -> None:
    pointer, words, *new = USED[kind][keyword]
    without = _generated(_changed(pointer, *new), tmp_path)
    assert with_all.count(words) > without.count(words)


REPORTED = {
    "jsonSchemaDialect": ("", "jsonSchemaDialect", "https://spec.openapis.org/oas/3.1/dialect/base"),
    "tags": (_SEARCH, "tags", ["a"]),
    "externalDocs": (_SEARCH, "externalDocs", {"url": "https://docs.shop.example"}),
    "termsOfService": ("/info", "termsOfService", "https://terms.shop.example"),
    "license": ("/info", "license", {"name": "MIT"}),
    "contact": ("/info", "contact", {"name": "The shop"}),
    "a server's description": ("/servers/0", "description", "Production"),
    "a path item's summary": ("/paths/~1search", "summary", "Search"),
    "allowEmptyValue": (_WORDS, "allowEmptyValue", True),
    "a request body's description": (_MAKE, "description", "What to make."),
    "a link's description": (_OWN, "description", "The next page."),
    "a link's server": (_OWN, "server", {"url": "https://b.example"}),
    "bearerFormat": ("/components/securitySchemes/header", "bearerFormat", "JWT"),
    "a header's required": (f"{_FOUND}/headers/X-Left", "required", True),
}


@pytest.mark.parametrize("name", REPORTED)
def test_a_keyword_that_is_for_people_only_changes_nothing(name: str, with_all: str, tmp_path: Path) -> None:
    place, key, value = REPORTED[name]
    root = copy.deepcopy(DOCUMENT)
    node: Any = root
    for step in steps(place):
        node = node[int(step)] if isinstance(node, list) else node[step]
    assert key not in node
    node[key] = value
    assert _generated(root, tmp_path) == with_all


def test_a_document_of_webhooks_alone_gives_the_models_of_its_schemas(tmp_path: Path) -> None:
    event = {"post": {"requestBody": {"content": {"application/json": _JSON}}, "responses": _SEEN}}
    root = {key: value for key, value in DOCUMENT.items() if key != "paths"}
    assert "class Thing(" in _generated({**root, "webhooks": {"made": event}}, tmp_path)
    empty = {**root, "components": {}}
    assert _generated(empty, tmp_path) == ""
    assert _generated({**empty, "webhooks": {"made": {**event}}}, tmp_path) != ""


_HARD = {"type": "string", "not": {"not": {"const": "xyz-12345"}}}
"""A schema for which no value is made up."""
EXAMPLES = {"example": "xyz-12345", "examples": {"one": {"value": "xyz-12345"}}}


@pytest.mark.parametrize("keyword", EXAMPLES)
@pytest.mark.parametrize("place", ["request", "reply", "parameter"])
def test_an_example_is_sent_and_answered_by_the_contract_tests(place: str, keyword: str, tmp_path: Path) -> None:
    def row(of: str) -> dict[str, Any]:
        return {"schema": _HARD, **({keyword: EXAMPLES[keyword]} if place == of else {})}

    node: dict[str, Any] = {"operationId": "make", "responses": _SEEN}
    if place == "request":
        node["requestBody"] = {"required": True, "content": {"application/json": row("request")}}
    elif place == "parameter":
        node["parameters"] = [{"name": "a", "in": "query", "required": True, **row("parameter")}]
    else:
        node["responses"] = {"200": {"description": "Made.", "content": {"application/json": row("reply")}}}
    root = {**DOCUMENT, "paths": {"/make": {"post": node}}}
    assert "xyz-12345" in _generated(root, tmp_path, tests=True)
    root = json.loads(json.dumps(root).replace(json.dumps(EXAMPLES[keyword]), "null"))
    assert "xyz-12345" not in _generated(root, tmp_path, tests=True)


def test_what_a_webhook_sends_has_a_model_beside_operations_too(tmp_path: Path) -> None:
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}
    broken = {"content": {"application/json": {"schema": {"type": 5}}}}
    webhooks = {"made": {"post": {"requestBody": body}}, "broken": {"post": {"requestBody": broken}}}
    source = _generated({**DOCUMENT, "webhooks": webhooks}, tmp_path)
    assert "class MadeWebhook(" in source
    assert "class BrokenWebhook(" not in source


def test_the_classes_of_an_operation_that_is_left_out_are_left_out(tmp_path: Path) -> None:
    def of(name: str, more: Any) -> dict[str, Any]:
        schema = {"type": "object", "properties": {"part": {"$ref": f"#/components/schemas/{name}"}, **more}}
        content = {"application/json": {"schema": schema}}
        return {"requestBody": {"content": content}, "responses": {"200": {"description": "", "content": content}}}

    parts = {"type": "object", "properties": {"a": {"type": "string"}}}
    paths = {
        "/good": {"post": {"operationId": "good", **of("Kept", {})}},
        "/bad": {"post": {"operationId": "bad", **of("Dropped", {"x": {"$ref": "#/nowhere"}})}},
    }
    event = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}}
    root = {
        **DOCUMENT,
        "paths": paths,
        "components": {**DOCUMENT["components"], "schemas": {"Kept": parts, "Dropped": parts, "Event": parts}},
        "webhooks": {"made": {"post": {"requestBody": event}}},
    }
    source = _generated(root, tmp_path)
    for name, is_there in {"Kept": True, "Dropped": False, "Event": True, "Good": True, "Bad": False}.items():
        assert (re.search(f"class {name}[A-Za-z]*[(]", source) is not None) is is_there, name
