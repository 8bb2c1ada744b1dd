"""Lists that come page by page: by `x-pages`, or by a link of an operation to itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from codegen.faults import Fault, InputFault
from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.python.support import read

_PAGE = {
    "type": "object",
    "properties": {
        "data": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
        "next": {"type": ["string", "null"]},
        "has_more": {"type": "boolean"},
        "total": {"type": "integer"},
    },
}


def _list(name: str, pages: Any, kinds: dict[str, str], reply: Any = _PAGE, **more: Any) -> dict[str, Any]:
    rows = [{"name": key, "in": "query", "schema": {"type": kind}} for key, kind in kinds.items()]
    response = {"description": "A page.", "content": {"application/json": {"schema": reply}}, **more}
    node = {"operationId": name, "parameters": rows, "responses": {"200": response}}
    return {"get": node if pages is None else {**node, "x-pages": pages}}


def _document(paths: dict[str, Any]) -> dict[str, Any]:
    pet = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://api.shop.example"}],
        "paths": paths,
        "components": {
            "schemas": {"Pet": pet},
            "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "token"}},
        },
    }


PATHS = {
    "/cursor": _list(
        "cursor",
        {"pattern": "cursor", "parameter": "after", "items": "/data", "next": "/next", "limit": "limit"},
        {"after": "string", "limit": "integer"},
    ),
    "/number": _list(
        "number", {"pattern": "cursor", "parameter": "after", "items": "/data", "next": "/total"}, {"after": "integer"}
    ),
    "/last": _list(
        "last",
        {"pattern": "cursor", "parameter": "after", "items": "/data", "last_item": "/id", "more": "/has_more"},
        {"after": "string"},
    ),
    "/page": _list(
        "page", {"pattern": "page", "parameter": "page", "items": "/data", "total": "/total"}, {"page": "integer"}
    ),
    "/zero": _list("zero", {"pattern": "page", "parameter": "page", "first": 0, "items": "/data"}, {"page": "string"}),
    "/offset": _list("offset", {"pattern": "offset", "parameter": "offset", "items": "/data"}, {"offset": "integer"}),
    "/url": _list("url", {"pattern": "url", "items": "/data", "next": "/next"}, {"q": "string"}),
    "/link": _list(
        "link", {"pattern": "link", "items": ""}, {"q": "string"}, {"type": "array", "items": {"type": "string"}}
    ),
    "/own": _list(
        "own",
        None,
        {"from": "string"},
        links={"next": {"operationId": "own", "parameters": {"query.from": "$response.body#/next"}}},
    ),
}
_DAYS = {"type": "array", "items": {"type": "string", "format": "date"}}
_PET = {"id": "1"}
_PETS = {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
NESTED: dict[str, tuple[str, dict[str, Any], Any, str]] = {
    "in_a_list": ("/0/rows", {"type": "array", "items": {"properties": {"rows": _PETS}}}, [{"rows": [_PET]}], "Pet"),
    "in_a_pair": ("/1", {"type": "array", "prefixItems": [{"type": "string"}, _PETS]}, ["x", [_PET]], "Pet"),
    "in_a_map": ("/x/1", {"additionalProperties": {"additionalProperties": _PETS}}, {"x": {"1": [_PET]}}, "Pet"),
    "of_days": ("/days", {"properties": {"days": _DAYS}}, {"days": ["2026-01-31"]}, "date"),
    "of_lists": ("", {"type": "array", "items": _DAYS}, [["2026-01-31"]], "list[date]"),
}
"""Operation → where the items are, the schema of a page, a page with one item, and the type of the item."""
for _row in PATHS["/url"], PATHS["/link"]:
    _row["get"]["security"] = [{"key": []}]


@pytest.fixture(scope="module")
def shop() -> Iterator[ImportedPackage]:
    with package_of(_document(PATHS), "shop.json") as package:
        yield package


def _reply(*ids: str, **more: Any) -> httpx.Response:
    return httpx.Response(200, json={"data": [{"id": name} for name in ids], **more})


def _linked(items: list[str], link: str = "") -> httpx.Response:
    return httpx.Response(200, json=items, headers={"link": link} if link else {})


LISTS: dict[str, tuple[str, dict[str, Any], list[httpx.Response], list[str], list[str]]] = {
    "a cursor": (
        "cursor",
        {"limit": 2},
        [_reply("1", "2", next="b c"), _reply("3", next=None)],
        ["1", "2", "3"],
        ["/cursor?limit=2", "/cursor?after=b%20c&limit=2"],
    ),
    "a cursor that is given": (
        "cursor",
        {"after": "x"},
        [_reply("1", next="y"), _reply()],
        ["1"],
        ["/cursor?after=x", "/cursor?after=y"],
    ),
    "a page without items that goes on": (
        "cursor",
        {},
        [_reply(next="b"), _reply("1")],
        ["1"],
        ["/cursor", "/cursor?after=b"],
    ),
    "a cursor that is a number": (
        "number",
        {},
        [_reply("1", total=7), _reply("2")],
        ["1", "2"],
        ["/number", "/number?after=7"],
    ),
    "the last item": (
        "last",
        {},
        [_reply("1", "2", has_more=True), _reply("3", has_more=False)],
        ["1", "2", "3"],
        ["/last", "/last?after=2"],
    ),
    "pages up to a total": (
        "page",
        {},
        [_reply("1", total=2), _reply("2", total=2)],
        ["1", "2"],
        ["/page", "/page?page=2"],
    ),
    "pages from one on": (
        "page",
        {"page": 8},
        [_reply("1", total=9), _reply(total=9)],
        ["1"],
        ["/page?page=8", "/page?page=9"],
    ),
    "pages from zero, as text": (
        "zero",
        {},
        [_reply("1"), _reply("2"), _reply()],
        ["1", "2"],
        ["/zero", "/zero?page=1", "/zero?page=2"],
    ),
    "an offset": (
        "offset",
        {"offset": 10},
        [_reply("1", "2"), _reply("3"), _reply()],
        ["1", "2", "3"],
        ["/offset?offset=10", "/offset?offset=12", "/offset?offset=13"],
    ),
    "a URL": (
        "url",
        {"q": "a"},
        [_reply("1", next="https://api.shop.example/url?token=fake-key&p=2"), _reply("2", next="/url?p=3"), _reply()],
        ["1", "2"],
        ["/url?q=a&token=fake-key", "/url?p=2&token=fake-key", "/url?p=3&token=fake-key"],
    ),
    "a URL that starts from that of its page": (
        "url",
        {"q": "a"},
        [_reply("1", next="?p=2"), _reply("2", next="url?p=3"), _reply()],
        ["1", "2"],
        ["/url?q=a&token=fake-key", "/url?p=2&token=fake-key", "/url?p=3&token=fake-key"],
    ),
    "a header": (
        "link",
        {},
        [
            _linked(["a"], '<https://api.shop.example/link?p=0>; rel="prev", </link?p=2,3>; rel="last next"'),
            _linked(["b"], '<https://api.shop.example/link?p=0>; rel="prev"'),
        ],
        ["a", "b"],
        ["/link?token=fake-key", "/link?p=2,3&token=fake-key"],
    ),
    "a link of the document": (
        "own",
        {},
        [_reply("1", next="b"), _reply("2", next="")],
        ["1", "2"],
        ["/own", "/own?from=b"],
    ),
}


@pytest.mark.parametrize("name", NESTED)
def test_an_item_has_its_type_wherever_the_list_is(name: str) -> None:
    items, schema, page, kind = NESTED[name]
    paths = {"/list": _list(name, {"pattern": "link", "items": items}, {}, schema)}
    with package_of(_document(paths), "shop.json") as shop:
        (item,) = getattr(shop.client(httpx.Response(200, json=page)), f"iter_{name}")()
        stated = getattr(type(shop.client()), f"iter_{name}").__annotations__["return"]
        inner = item[0] if isinstance(item, list) else item
        result = type(inner).__name__
    assert stated.replace("models.", "") == f"Iterator[{kind}]"
    assert (f"list[{result}]" if isinstance(item, list) else result) == kind


@pytest.mark.parametrize("case", LISTS)
def test_every_page_is_read_and_no_more(shop: ImportedPackage, case: str) -> None:
    name, arguments, replies, items, targets = LISTS[case]
    result = list(getattr(shop.client(*replies, api_key="fake-key"), f"iter_{name}")(**arguments))
    assert [getattr(item, "id", item) for item in result] == items
    assert [request.url.raw_path.decode() for request in shop.sent] == targets
    assert {type(item).__name__ for item in result} == ({"str"} if name == "link" else {"Pet"})


def test_the_async_client_reads_the_same_pages(shop: ImportedPackage) -> None:
    replies = [_reply("1", next="b"), _reply("2")]

    async def run() -> list[str]:
        transport = httpx.MockTransport(lambda request: replies.pop(0))
        async with httpx.AsyncClient(transport=transport) as http:
            client = shop.module.AsyncShop(http_client=http)
            return [item.id async for item in client.iter_cursor()]

    assert asyncio.run(run()) == ["1", "2"]


def test_nothing_is_sent_before_an_item_is_asked_for(shop: ImportedPackage) -> None:
    reply = shop.client(_reply("1", next="b"), _reply("2")).iter_cursor()
    assert shop.sent == []
    assert next(reply).id == "1"
    assert len(shop.sent) == 1


def test_a_wrong_argument_is_refused_at_once(shop: ImportedPackage) -> None:
    with pytest.raises(shop.module.InvalidRequest, match="limit"):
        shop.client().iter_cursor(limit="x")


@pytest.mark.parametrize(
    "name, replies, error, words",
    [
        ("cursor", [_reply("1", next="b")], "InvalidResponse", "read before"),
        ("cursor", [httpx.Response(200, json={"rows": []})], "InvalidResponse", "no list at /data"),
        ("url", [_reply("1", next="https://evil.example/url?p=2")], "UntrustedHost", "another host"),
        ("cursor", [_reply("1", next="b"), httpx.Response(404, json={})], "NotFound", "404"),
    ],
)
def test_what_ends_a_list_before_its_end_is_an_error(
    shop: ImportedPackage, name: str, replies: list[httpx.Response], error: str, words: str
) -> None:
    client = shop.client(*replies, api_key="fake-key")
    with pytest.raises(getattr(shop.module, error), match=words):
        list(getattr(client, f"iter_{name}")())
    assert {request.url.host for request in shop.sent} == {"api.shop.example"}


def test_a_list_that_never_ends_has_a_bound(shop: ImportedPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.client()
    module = __import__("importlib").import_module(f"{shop.model.name}._runtime.sync.pages")
    monkeypatch.setattr(module, "MOST_PAGES", 3)
    client = shop.client(*(_reply(str(index), next=str(index)) for index in range(9)))
    with pytest.raises(shop.module.InvalidResponse, match="more than 3 pages"):
        list(client.iter_cursor())
    assert len(shop.sent) == 3


WRONG = [
    ({"pattern": "cursor", "parameter": "none", "items": "/data", "next": "/next"}, "there is no parameter 'none'"),
    ({"pattern": "page", "parameter": "after", "items": "/next"}, "leads to no list"),
    ({"pattern": "page", "parameter": "after", "items": "/rows"}, "'/rows' leads to nothing in the reply"),
    ({"pattern": "page", "parameter": "after", "limit": "none", "items": "/data"}, "there is no parameter 'none'"),
    ({"pattern": "cursor", "parameter": "after", "items": "/data", "next": "/text"}, "'/text' leads to nothing"),
    ({"pattern": "cursor", "parameter": "after", "items": "/data", "last_item": "/key"}, "'/key' leads to nothing"),
    ({"pattern": "page", "parameter": "after", "items": "/data", "total": "/data"}, "'/data' leads to array"),
]


def faults_of(root: Any) -> list[Fault]:
    """Return why a document is refused."""
    with pytest.raises(InputFault) as caught:
        read(root)
    return list(caught.value.faults)


@pytest.mark.parametrize("pages, problem", WRONG)
def test_pages_that_the_document_does_not_have_are_a_fault_of_who_stated_them(
    pages: dict[str, Any], problem: str
) -> None:
    root = _document({"/wrong": _list("wrong", pages, {"after": "string"}), "/cursor": PATHS["/cursor"]})
    (fault,) = faults_of(root)
    assert fault.place.startswith("/paths/~1wrong/get/x-pages/")
    assert problem in fault.problem


def test_a_call_that_is_paid_for_has_no_pages() -> None:
    node = {**PATHS["/cursor"]["get"], "operationId": "search"}
    (fault,) = faults_of(_document({"/search": {"post": node}, "/cursor": PATHS["/cursor"]}))
    assert "paid for" in fault.problem
    free = {**node, "x-task": {"kind": "query"}}
    assert read(_document({"/search": {"post": free}})).operations[0].pages is not None
