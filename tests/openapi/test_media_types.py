"""Bodies by their media type: sent as the type says, or refused by operation with the reason; no value is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.python import support

TEXT, WORDS = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
BINARY = {"type": "string", "format": "binary"}
FORM = {"type": "object", "properties": {"name": TEXT, "file": BINARY}}
DONE = {"204": {"description": "Done."}}


def _sent(schema: Any, *media: str, **more: Any) -> dict[str, Any]:
    content = {name: {"schema": schema, **more} for name in media}
    return {"requestBody": {"required": True, "content": content}, "responses": DONE}


def _model(operation: dict[str, Any]) -> Any:
    paths = {"/paint": {"post": {"operationId": "paint", **operation}}, "/sound": {"get": support.GET}}
    return support.read(support.document(paths))


@pytest.mark.parametrize(
    ("operation", "problem"),
    [
        (_sent(FORM, "multipart/related"), "is multipart/related, of which OpenAPI does not say how its parts"),
        (_sent(FORM, "multipart/mixed"), "is multipart/mixed, of which"),
        (_sent(FORM, "multipart/byteranges; boundary=a"), "is multipart/byteranges, of which"),
        (_sent(FORM, "application/json; charset=utf-16"), "is in the character set utf-16; JSON and forms"),
        (_sent(FORM, 'application/x-www-form-urlencoded; charset="latin-1"'), "character set iso8859-1"),
        (_sent(TEXT, "text/plain; charset=klingon"), "character set klingon, which Python does not have"),
        (
            _sent(FORM, "multipart/form-data", encoding={"name": {"headers": {"X-Note": {"required": True}}}}),
            "names a header 'X-Note' of a part",
        ),
        (
            _sent(
                {"type": "object", "properties": {"row": {"type": "object"}}},
                "multipart/form-data",
                encoding={"row": {"contentType": "application/xml"}},
            ),
            "writes an object as application/xml",
        ),
    ],
)
def test_a_body_that_cannot_be_written_is_refused_with_the_reason(operation: dict[str, Any], problem: str) -> None:
    service = _model(operation)

    (fault,) = service.refused
    assert problem in fault.problem
    assert [operation.path for operation in service.operations] == ["/sound"]


def test_beside_one_that_can_be_written_it_is_only_noted() -> None:
    service = _model(_sent(FORM, "multipart/mixed", "application/json"))

    assert [operation.body.media for operation in service.operations if operation.body] == ["application/json"]
    assert any("is multipart/mixed" in note.problem for note in service.notes)


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ({"headers": {"X-Note": {"schema": TEXT}}}, "names a header 'X-Note' of a part"),
        ({"style": "pipeDelimited", "explode": False}, "gives a part of multipart/form-data a style"),
    ],
)
def test_what_is_not_sent_of_a_part_is_noted(encoding: dict[str, Any], note: str) -> None:
    service = _model(_sent(FORM, "multipart/form-data", encoding={"name": encoding}))

    assert not service.refused
    assert any(note in row.problem for row in service.notes)


@pytest.mark.parametrize(
    ("place", "schema"),
    [("query", {"type": "array", "items": WORDS}), ("cookie", {"type": "array", "items": {"type": "object"}})],
)
def test_a_list_in_a_list_outside_json_is_noted(place: str, schema: dict[str, Any]) -> None:
    service = support.read(support.of_row(**{"in": place, "schema": schema}))

    assert [note.remedy for note in service.notes] == ["those inside are sent as JSON text"]


_BODIES: dict[str, tuple[dict[str, Any], dict[str, Any], str, bytes]] = {
    "any_form": (_sent(FORM, "multipart/*"), {"name": "a"}, "multipart/form-data; boundary=", b'name="name"\r\n\r\na'),
    "boundary": (_sent(FORM, "multipart/form-data; boundary=x"), {"name": "a"}, "multipart/form-data; boundary=", b"a"),
    "latin": (_sent(TEXT, "text/plain; charset=iso-8859-1"), {"body": "é"}, "text/plain; charset=iso-8859-1", b"\xe9"),
    "xml": (_sent(TEXT, "application/*+xml"), {"body": "<a/>"}, "application/xml; charset=utf-8", b"<a/>"),
    "soap": (_sent(TEXT, "application/soap+xml"), {"body": "<a/>"}, "application/soap+xml; charset=utf-8", b"<a/>"),
    "yaml": (_sent(TEXT, "application/yaml"), {"body": "a: 1"}, "application/yaml; charset=utf-8", b"a: 1"),
    "csv": (_sent(TEXT, "text/csv; header=present"), {"body": "a"}, "text/csv; header=present; charset=utf-8", b"a"),
    "lines": (_sent(TEXT, "application/x-ndjson"), {"body": "{}"}, "application/x-ndjson; charset=utf-8", b"{}"),
    "patch": (
        _sent(WORDS, "application/json-patch+json"),
        {"body": ["é"]},
        "application/json-patch+json",
        b'["\xc3\xa9"]',
    ),
    "quoted": (
        _sent(WORDS, 'application/json; charset="UTF-8"'),
        {"body": ["a"]},
        'application/json; charset="UTF-8"',
        b'["a"]',
    ),
    "picture": (_sent(BINARY, "image/*"), {"body": ("a.png", b"1")}, "image/png", b"1"),
    "typed": (_sent(BINARY, "image/*"), {"body": ("a", b"1", "image/webp")}, "image/webp", b"1"),
    "anything": (_sent(BINARY, "*/*"), {"body": b"1"}, "application/octet-stream", b"1"),
    "any_text": (_sent(TEXT, "text/*"), {"body": "a"}, "text/plain; charset=utf-8", b"a"),
    "any_json": (_sent(WORDS, "application/*"), {"body": ["a"]}, "application/json", b'["a"]'),
}


@pytest.fixture(scope="module")
def shop() -> Iterator[ImportedPackage]:
    paths: dict[str, Any] = {f"/{name}": {"post": {"operationId": name, **row[0]}} for name, row in _BODIES.items()}
    rows = {name: {"name": name, "in": place, "schema": WORDS} for name, place in _PLACES.items()}
    for name, row in rows.items():
        for word, needed in (("optional", False), ("required", True)):
            operation = {
                "operationId": f"{name}_{word}",
                "parameters": [{**row, "required": needed}],
                "responses": DONE,
            }
            paths[f"/{name}/{word}"] = {"get": operation}
    for name, media in _FORMS.items():
        schema = {"type": "object", "properties": {"words": WORDS, "files": {"type": "array", "items": BINARY}}}
        paths[f"/{name}"] = {"post": {"operationId": name, **_sent({**schema, "required": ["words"]}, *media)}}
    with package_of(support.document(paths)) as package:
        yield package


_PLACES = {"query": "query", "header": "header", "cookie": "cookie"}
_FORMS = {
    "form": ("application/x-www-form-urlencoded",),
    "parts": ("multipart/form-data",),
    "both": ("application/json", "multipart/form-data"),
}


@pytest.mark.parametrize("name", _BODIES)
def test_a_body_is_sent_as_its_media_type_says(shop: ImportedPackage, name: str) -> None:
    _, arguments, media, content = _BODIES[name]
    getattr(shop.client(httpx.Response(204)), name)(**arguments)

    assert shop.sent[-1].headers["content-type"].startswith(media)
    assert shop.sent[-1].headers["content-type"].count("boundary") <= 1
    assert content in shop.sent[-1].content


def test_a_file_of_no_known_type_is_refused_where_the_service_takes_some(shop: ImportedPackage) -> None:
    client = shop.client(httpx.Response(204))
    with pytest.raises(shop.module.InvalidRequest, match="is of no known media type, and the service takes image"):
        client.picture(body=b"1")

    assert shop.sent == []


@pytest.mark.parametrize("name", _PLACES)
def test_an_empty_list_is_left_out_where_it_may_be_and_refused_where_not(shop: ImportedPackage, name: str) -> None:
    client = shop.client(httpx.Response(204))
    getattr(client, f"{name}_optional")(**{name: []})
    with pytest.raises(shop.module.InvalidRequest, match="is required, and nothing is sent for an empty value"):
        getattr(client, f"{name}_required")(**{name: []})

    (request,) = shop.sent
    assert name not in request.headers
    assert not request.url.query


@pytest.mark.parametrize("arguments", [("form", {}), ("parts", {}), ("both", {"content_type": "multipart/form-data"})])
def test_an_empty_list_that_a_form_asks_for_is_refused(
    shop: ImportedPackage, arguments: tuple[str, dict[str, Any]]
) -> None:
    name, more = arguments
    client = shop.client(httpx.Response(204))
    with pytest.raises(shop.module.InvalidRequest, match="words: is required, and nothing is sent"):
        getattr(client, name)(words=[], **more)

    assert shop.sent == []


def test_json_carries_an_empty_list(shop: ImportedPackage) -> None:
    shop.client(httpx.Response(204)).both(words=[])

    assert shop.body == {"words": []}


def test_a_body_is_offered_as_each_plain_media_type_of_its_schema() -> None:
    schema = {"type": "object", "properties": {"name": TEXT}}
    service = _model(
        _sent(
            schema,
            "application/json",
            "application/*+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=a",
        )
    )
    body = service.operations[0].body
    assert (body.media, body.choices) == (
        "application/json",
        ("multipart/form-data", "application/x-www-form-urlencoded"),
    )
