"""What people write into their documents, clause by clause, as a call of the generated client meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from codegen import paths
from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in

DOCUMENT = Path(__file__).with_name("shop.yaml")
PET = {"id": 1, "name": "Rex"}


@pytest.fixture(scope="module")
def shop() -> Iterator[ImportedPackage]:
    with package_of(DOCUMENT.read_text("utf-8")) as package:
        yield package


def test_every_operation_of_the_shop_is_made(shop: ImportedPackage) -> None:
    assert shop.service.refused == ()
    assert len(shop.service.operations) == 46


QUERIES: list[tuple[str, dict[str, Any], str]] = [
    ("arr", {"tags": ["a", "b"]}, "/v1/arr?tags=a&tags=b"),
    (
        "bypath",
        {"id": UUID(int=1), "day": date(2026, 1, 31), "id_2": "x", "price": Decimal("1.50")},
        "/v1/p/00000000-0000-0000-0000-000000000001/2026-01-31?id=x&price=1.50",
    ),
    (
        "bypath",
        {"id": str(UUID(int=1)), "day": "2026-01-31", "since": datetime(2026, 1, 31, tzinfo=UTC)},
        "/v1/p/00000000-0000-0000-0000-000000000001/2026-01-31?since=2026-01-31T00%3A00%3A00%2B00%3A00",
    ),
    (
        "loose",
        {"filter": "a eq 1", "filter_x": "y", "c": True, "d": 3},
        "/v1/loose?%24filter=a%20eq%201&filter%5Bx%5D=y&c=true&d=3",
    ),
]


@pytest.mark.parametrize("method, arguments, target", QUERIES)
def test_a_value_stands_in_the_target_as_the_document_says(
    shop: ImportedPackage, method: str, arguments: dict[str, Any], target: str
) -> None:
    getattr(shop.client(httpx.Response(200, json=[PET] if method == "arr" else PET)), method)(**arguments)
    assert shop.target == target


@pytest.mark.parametrize("place", ["since", "x_at"])
def test_a_moment_without_an_offset_is_refused_in_every_place(shop: ImportedPackage, place: str) -> None:
    with pytest.raises(shop.module.InvalidRequest, match=place):
        shop.client().bypath(str(UUID(int=1)), "2026-01-31", **{place: datetime(2026, 1, 31)})
    assert shop.sent == []


REPLIES: list[tuple[str, httpx.Response, str, dict[str, Any]]] = [
    ("many", httpx.Response(200, json={**PET, "kind": "a"}), "Pet", PET),
    ("many", httpx.Response(201, json={**PET, "kind": "a"}), "Cat", {"kind": "a"}),
    ("ranges", httpx.Response(207, json={"a": "b"}), "RangesReply", {"a": "b"}),
    ("mix", httpx.Response(200, json=PET), "Pet", PET),
    ("mix", httpx.Response(200, content=b"x", headers={"content-type": "image/png"}), "Content", {"content": b"x"}),
    ("mix", httpx.Response(200, text="hello"), "str", {}),
    ("mix", httpx.Response(204), "NoneType", {}),
    ("star", httpx.Response(200, json=PET), "Pet", PET),
    ("sse", httpx.Response(200, text="data: 1", headers={"content-type": "text/event-stream"}), "str", {}),
    ("pdf", httpx.Response(200, content=b"%PDF"), "Content", {"content": b"%PDF"}),
    ("nobody", httpx.Response(202), "NoneType", {}),
    ("head_noid", httpx.Response(200), "NoneType", {}),
]


@pytest.mark.parametrize("method, reply, kind, fields", REPLIES)
def test_a_reply_is_read_by_its_status_and_its_media_type(
    shop: ImportedPackage, method: str, reply: httpx.Response, kind: str, fields: dict[str, Any]
) -> None:
    result = getattr(shop.client(reply), method)()
    assert type(result).__name__ == kind
    assert {name: getattr(result, name) for name in fields} == fields


ERRORS: list[tuple[httpx.Response, Any]] = [
    (httpx.Response(422, json={"title": "No.", "detail": "Never."}), "Problem"),
    (httpx.Response(503, json={"title": "Busy."}), "Problem"),
    (httpx.Response(503, json="busy"), "str"),
    (httpx.Response(500, json=["a"]), "list"),
    (httpx.Response(502, text="bad gateway"), "str"),
]


B = "application/vnd.b+json"
SENT: list[tuple[str, dict[str, Any], str, bytes]] = [
    ("upload", {"name": "x"}, "application/json", b'{"name":"x"}'),
    ("upload_as_multipart", {"file": b"1"}, "multipart/form-data", b'name="file"'),
    ("upload_as_csv", {"body": "a,b"}, "text/csv", b"a,b"),
    ("upload_as_bytes", {"body": b"1"}, "application/octet-stream", b"1"),
    ("both", {"name": "x"}, "application/json", b'{"name":"x"}'),
    ("both", {"name": "x", "content_type": "application/x-www-form-urlencoded"}, "application/x-www-form", b"name=x"),
    ("both_as_multipart", {"file": b"1"}, "multipart/form-data", b'name="file"'),
]


@pytest.mark.parametrize("method, arguments, media, body", SENT)
def test_each_media_type_of_a_request_can_be_sent(
    shop: ImportedPackage, method: str, arguments: dict[str, Any], media: str, body: bytes
) -> None:
    getattr(shop.client(httpx.Response(200, json={"a": "x"})), method)(**arguments)
    assert shop.sent[-1].headers["content-type"].startswith(media)
    assert body in shop.sent[-1].content


@pytest.mark.parametrize(
    "media, content, result",
    [("application/json", '{"a": "x"}', "UploadReply"), (B, '{"b": 1}', "UploadReply2"), ("text/csv", "a,b", "str")],
)
def test_a_caller_chooses_what_is_answered(shop: ImportedPackage, media: str, content: str, result: str) -> None:
    reply = httpx.Response(200, text=content, headers={"content-type": media})
    assert type(shop.client(reply).upload(name="x", accept=media)).__name__ == result
    assert shop.sent[-1].headers["accept"] == media
    with pytest.raises(shop.module.InvalidRequest, match="accept"):
        shop.client().upload(name="x", accept="image/png")


def test_what_is_answered_is_left_to_the_service_otherwise(shop: ImportedPackage) -> None:
    shop.client(httpx.Response(200, json={})).upload(name="x")
    assert shop.sent[-1].headers["accept"] == f"application/json, {B}, text/csv"


def test_documented_headers_come_with_the_reply(shop: ImportedPackage) -> None:
    headers = {"X-Rate": "5", "X-Tags": "a, b", "X-Other": "c"}
    reply, result = shop.client(httpx.Response(200, json={"a": "x"}, headers=headers)).upload_with_headers(name="x")
    assert (reply.a, result.x_rate, result.x_tags) == ("x", 5, ["a", "b"])
    _, result = shop.client(httpx.Response(200, json={}, headers={"X-Rate": "many"})).upload_with_headers(name="x")
    assert (result.x_rate, result.x_tags) == ("many", None)


def test_headers_come_where_there_is_no_body_too(shop: ImportedPackage) -> None:
    with pytest.warns(DeprecationWarning, match="gone is deprecated"):
        nothing, reply = shop.client(httpx.Response(204, headers={"ETag": "1"})).gone_with_headers()
    assert (nothing, reply.etag) == (None, "1")


@pytest.mark.parametrize("reply, kind", ERRORS)
def test_the_body_of_an_error_is_of_the_type_that_is_documented_for_its_status(
    shop: ImportedPackage, reply: httpx.Response, kind: str
) -> None:
    with pytest.raises(shop.module.APIError) as raised:
        shop.client(reply).many()
    assert type(raised.value.body).__name__ == kind


@pytest.mark.parametrize(
    "method, value, kind",
    [
        ("animal", {"kind": "dog", "bark": True}, "Dog"),
        ("animal", {"kind": "cat", "lives": 9}, "Cat"),
        ("circ", {"shape": "Square", "side": 2.0}, "Square"),
    ],
)
def test_a_discriminator_names_the_class_of_a_reply_and_of_a_request(
    shop: ImportedPackage, method: str, value: dict[str, Any], kind: str
) -> None:
    result = getattr(shop.client(httpx.Response(200, json=value)), method)(body=value)
    assert (type(result).__name__, shop.body) == (kind, value)
    with pytest.raises(shop.module.InvalidRequest):
        getattr(shop.client(), method)(body={**value, next(iter(value)): "fish"})


def test_a_base_that_names_its_subtypes_is_one_of_them(shop: ImportedPackage) -> None:
    reply = httpx.Response(200, json={"type": "two", "b": 3})
    assert type(shop.client(reply).animal2(base={"type": "one", "a": "x"})).__name__ == "Derived2"
    with pytest.raises(shop.module.InvalidRequest, match="base"):
        shop.client().animal2(base={"type": "two", "b": "x"})


def test_a_request_is_checked_to_any_depth(shop: ImportedPackage) -> None:
    deep: dict[str, Any] = {"kids": [{"map": {"a": {"kids": [{"kids": 1}]}}}]}
    with pytest.raises(shop.module.InvalidRequest, match="tree"):
        shop.client().animal2(tree=deep)


def test_the_parts_of_a_form_are_written_by_their_kind(shop: ImportedPackage) -> None:
    shop.client().multi(
        file=("a.png", b"1"), more=[b"2", b"3"], meta={"name": "Rex"}, tags=["x", "y"], n=1, ok=True,
        when=datetime(2026, 1, 31, tzinfo=UTC),
    )  # fmt: skip
    text = shop.sent[-1].content.decode()
    for part in (
        'name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n1',
        'name="more"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\n3',
        'name="meta"\r\nContent-Type: application/json\r\n\r\n{"name":"Rex"}',
        'name="tags"\r\n\r\ny',
        'name="ok"\r\n\r\ntrue',
        'name="when"\r\n\r\n2026-01-31T00:00:00+00:00',
    ):
        assert part in text


def test_a_form_is_written_as_pairs(shop: ImportedPackage) -> None:
    shop.client().form(a="x y", n=1, b=False, tags=["p", "q"])
    assert shop.sent[-1].content == b"a=x%20y&n=1&b=false&tags=p&tags=q"
    assert shop.sent[-1].headers["content-type"] == "application/x-www-form-urlencoded"


def test_null_is_told_from_left_out(shop: ImportedPackage) -> None:
    client = shop.client(httpx.Response(200, text="null", headers={"content-type": "application/json"}))
    for arguments, body in (
        ({"name": None, "pet": None}, {"name": None, "pet": None}),
        ({"name": shop.module.NULL, "nick": None}, {"name": None}),
    ):
        assert client.nul(**arguments) is None
        assert shop.body == body


def test_odd_names_are_kept_on_the_wire(shop: ImportedPackage) -> None:
    values = {"self": "a", "class": "b", "None": "c", "1st": "d", "a-b": "e", "a_b": "f", "aB": 1, "": "g", "ünï": "h"}
    values |= {"model_dump": "i", "model_config": "j", "schema": "k", "timeout": 5, "key": "l", "extra_body": "m"}
    arguments = {
        item.wire_name: str(item.name)
        for item in next(o for o in shop.service.operations if o.name == "names").parameters
    }
    reply = shop.client(httpx.Response(200, json=values)).names(
        **{arguments[name]: value for name, value in values.items()}
    )
    assert shop.body == values
    assert reply.model_dump(by_alias=True, exclude_unset=True) == values


PATHS: list[tuple[str, str]] = [
    ("/b?list-type=2", "/b?list-type=2&size=1"),
    ("/b?acl", "/b?acl&size=1"),
    ("/b?size={size}", "/b?size=1"),
    ("/b?size={size}&fixed=1", "/b?fixed=1&size=1"),
    ("/#Target=Draw", "/?size=1"),
    ('/ä/<x>"[a]', "/%C3%A4/%3Cx%3E%22%5Ba%5D?size=1"),
    ("/a b|c", "/a%20b%7Cc?size=1"),
    ("/100%", "/100%25?size=1"),
    ("/a%20b", "/a%20b?size=1"),
    ("/a/{open", "/a/%7Bopen?size=1"),
]


def test_a_path_is_sent_as_a_url_has_it() -> None:
    size = {"name": "size", "in": "query", "schema": {"type": "integer"}}
    nodes: dict[str, Any] = {
        path: {
            "get": {"operationId": f"see{index}", "parameters": [size], "responses": {"200": {"description": "Seen."}}}
        }
        for index, (path, _) in enumerate(PATHS)
    }
    root = {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": nodes,
    }
    with package_of(root) as package:
        assert package.service.refused == ()
        client = package.client()
        for index, (_, target) in enumerate(PATHS):
            getattr(client, f"see{index}")(size=1)
            assert package.target == target


@pytest.mark.parametrize("path", ["pets", "/a/../b", "/a\u0007", "/" + "a" * 1_001])
def test_a_path_that_cannot_be_sent_leaves_its_operation_out(path: str) -> None:
    see = {"operationId": "see", "responses": {"200": {"description": "Seen."}}}
    root = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "servers": [{"url": "https://a.example"}]}
    with package_of({**root, "paths": {path: {"get": see}, "/b": {"get": {**see, "operationId": "look"}}}}) as package:
        assert [str(row.name) for row in package.service.operations] == ["look"]
        assert ["has a path that" in fault.problem for fault in package.service.refused] == [True]


def test_the_shop_is_one_of_the_documents_whose_contract_tests_are_run() -> None:
    text = (paths.ROOT / "tests" / "contracts" / "test_other_documents.py").read_text("utf-8")
    assert "tests/openapi/shop.yaml" in text


@pytest.mark.parametrize("value", [[1, 2], "a", 7, {"a": 1}, None])
def test_a_reply_of_which_nothing_is_said_is_any_value(shop: ImportedPackage, value: Any) -> None:
    reply = httpx.Response(200, text=json.dumps(value), headers={"content-type": "application/json"})
    assert shop.client(reply).loose() == value


def test_the_stand_in_accepts_what_is_sent(shop: ImportedPackage) -> None:
    assert refused_by_the_stand_in(shop) == []
