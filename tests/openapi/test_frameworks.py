"""What web frameworks write into their documents, and what it means there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in
from tests.openapi.reports import BYTES, INTEGER, JSON, TEXT, document, query, record, sends

PATHS: dict[str, str] = {
    "/a/{v:[0-9]{3}}": "/a/{v}",
    "/b/{v*}": "/b/{v}",
    "/c/{*v}": "/c/{v}",
    "/d/{v?}": "/d/{v}",
    "/e/{v=shelves/*}/x": "/e/{v}/x",
    "/f/:v": "/f/{v}",
    "/g/:v.json": "/g/{v}.json",
    "/h/{v}:run": "/h/{v}:run",
    "/i/{v}/:v": "/i/{v}/:v",
}
"""A path as it is written, and as it is meant."""
FIRST = ("application/json-patch+json", JSON, "text/json", "application/*+json")


def document_of_frameworks() -> dict[str, Any]:
    """Return a document with an operation for each habit."""
    root = document()
    answers = {"204": {"description": "Done."}}
    inside = {"name": "v", "in": "path", "required": True, "schema": TEXT}
    paths: dict[str, Any] = {
        path: {"get": {"operationId": f"path_{path[1]}", **sends(inside), "responses": answers}} for path in PATHS
    }
    rows: dict[str, dict[str, Any]] = {
        "key_in_the_query": {
            "security": [{"api": []}],
            **sends(query("api_key", TEXT, required=True), query("q", TEXT)),
        },
        "key_in_a_header": {
            "security": [{"one": []}],
            **sends({"name": "x-one", "in": "header", "required": True, "schema": TEXT}),
        },
        "key_of_another": sends(query("api_key", TEXT)),
        "nothing_to_send": {"requestBody": {"content": {}}},
        "first": sends(content={media: {"schema": record(a=INTEGER)} for media in FIRST}),
    }
    paths |= {f"/{name}": {"post": {"operationId": name, **row, "responses": answers}} for name, row in rows.items()}
    for name, schema in (("word", TEXT), ("octets", BYTES)):
        responses = {"200": {"description": "Done.", "content": {JSON: {"schema": schema}}}}
        paths[f"/{name}"] = {"get": {"operationId": name, "responses": responses}}
    root["paths"] = paths
    root["components"]["securitySchemes"]["api"] = {"type": "apiKey", "in": "query", "name": "api_key"}
    return root


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    with package_of(document_of_frameworks(), "reports.json") as package:
        yield package


def test_every_operation_is_made(package: ImportedPackage) -> None:
    assert package.service.refused == ()


@pytest.mark.parametrize("path", PATHS)
def test_a_rule_or_a_mark_beside_a_name_is_no_part_of_the_path(package: ImportedPackage, path: str) -> None:
    getattr(package.client(), f"path_{path[1]}")("a/b")
    assert package.target.endswith(PATHS[path].replace("{v}", "a%2Fb"))


def test_a_reference_leads_into_a_path_that_is_written_anew() -> None:
    root = document_of_frameworks()
    reference = {"$ref": "#/paths/~1b~1%7Bv%2A%7D/get/parameters/0/schema"}
    root["paths"]["/word"]["get"] |= sends(query("q", reference))
    with package_of(root, "reports.json") as package:
        package.client(httpx.Response(200, json="a")).word(q="b")
        assert package.target.endswith("/word?q=b")


def test_a_key_is_taken_by_the_constructor_alone(package: ImportedPackage) -> None:
    client = package.client(api_key="fake-key", one="fake-one")
    client.key_in_the_query(q="a")
    assert package.target.endswith("/key_in_the_query?q=a&api_key=fake-key")
    client.key_in_a_header()
    assert package.sent[-1].headers["x-one"] == "fake-one"
    client.key_of_another(api_key="b")  # the operation asks for no key: it is a parameter like another
    assert package.target.endswith("/key_of_another?api_key=b")
    assert [
        note.place for note in package.service.notes if "the constructor takes it" in note.problem + note.remedy
    ] == [
        "/paths/~1key_in_the_query/post/parameters/0",
        "/paths/~1key_in_a_header/post/parameters/0",
    ]


def test_a_body_of_no_media_type_is_not_sent(package: ImportedPackage) -> None:
    package.client().nothing_to_send()
    assert (package.sent[-1].content, package.sent[-1].headers.get("content-type")) == (b"", None)


def test_of_several_media_types_of_json_the_plain_one_is_sent(package: ImportedPackage) -> None:
    client = package.client()
    client.first(a=1)
    assert package.sent[-1].headers["content-type"] == JSON
    client.first(a=1, content_type="application/json-patch+json")
    assert package.sent[-1].headers["content-type"] == "application/json-patch+json"


@pytest.mark.parametrize(
    ("content", "media", "text"),
    [
        ('"hello"', JSON, "hello"),
        ("hello", "text/plain; charset=utf-8", "hello"),
        ("hello", JSON, "hello"),
        ("12", "text/plain", "12"),
        ("true", JSON, "true"),
    ],
)
def test_text_as_json_may_come_without_its_quotes(
    package: ImportedPackage, content: str, media: str, text: str
) -> None:
    reply = httpx.Response(200, content=content.encode(), headers={"content-type": media})
    assert package.client(reply).word() == text


@pytest.mark.parametrize(
    ("content", "media"), [("<html>", "text/html"), ("hello", "text/html"), ('"hel', JSON), ("<a/>", JSON), ("", JSON)]
)
def test_a_page_and_a_reply_that_is_cut_are_no_text(package: ImportedPackage, content: str, media: str) -> None:
    reply = httpx.Response(200, content=content.encode(), headers={"content-type": media})
    with pytest.raises(package.module.InvalidResponse, match="the reply is"):
        package.client(reply).word()


@pytest.mark.parametrize("media", ["image/png", "application/octet-stream", JSON])
def test_octets_that_are_documented_as_json_are_the_bytes_that_come(package: ImportedPackage, media: str) -> None:
    content = json.dumps({"a": 1}).encode() if media == JSON else b"\x89PNG"
    reply = httpx.Response(200, content=content, headers={"content-type": media})
    assert package.client(reply).octets().content == content


def test_the_stand_in_takes_what_is_sent(package: ImportedPackage) -> None:
    assert refused_by_the_stand_in(package) == []
