"""A list page by page: which request follows a reply, where the list ends, and what is no page of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel

from codegen.package._runtime.errors import InvalidResponse, UntrustedHost
from codegen.package._runtime.next_page import is_later
from codegen.package._runtime.operation import Operation, Pages
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer
from tests.package._runtime.sample_service import CANARY, POLL, SEARCH


class Hit(BaseModel):
    id: int


def paged(pattern: Any, **more: Any) -> Operation:
    """Return the search as a list that comes page by page."""
    return replace(SEARCH, pages=Pages(pattern=pattern, items="/data", **more))


CURSOR = paged("cursor", parameter="query", is_text=True, next="/next")


def page(*ids: int, headers: dict[str, str] | None = None, **more: Any) -> Step:
    """Return a page with these items."""
    return answer({"code": 0, "data": [{"id": name} for name in ids], **more}, headers=headers or {})


def items(harness: Harness, client: Any, operation: Operation, arguments: dict[str, Any] | None = None) -> list[Any]:
    """Return the items of every page."""
    found = client._pages(operation, arguments or {"query": "cat"}, CallOptions())

    async def listed() -> list[Any]:
        return [item async for item in found]

    return harness.call(listed) if harness.is_async else list(found)


FOLLOWED: dict[str, tuple[Operation, dict[str, Any], list[Step], list[str]]] = {
    "the cursor of the reply": (CURSOR, {"query": "a"}, [page(1, next=7), page(2, next="")], ["q=a", "q=7"]),
    "the last item": (
        paged("cursor", parameter="limit", last_item="/id"),
        {"query": "a"},
        [page(1, 2), page()],
        ["q=a", "q=a&limit=2"],
    ),
    "no page where the reply says that there is no more": (
        paged("cursor", parameter="limit", last_item="/id", more="/more"),
        {"query": "a"},
        [page(1, more=True), page(2, more=False)],
        ["q=a", "q=a&limit=1"],
    ),
    "the next number": (
        paged("page", parameter="limit"),
        {"query": "a", "limit": 4},
        [page(1), page(2), page()],
        ["q=a&limit=4", "q=a&limit=5", "q=a&limit=6"],
    ),
    "the second number up to the total": (
        paged("page", parameter="limit", total="/total"),
        {"query": "a"},
        [page(1, 2, total=3), page(3, total=3)],
        ["q=a", "q=a&limit=2"],
    ),
    "the number of items so far": (
        paged("offset", parameter="limit", total="/total"),
        {"query": "a", "limit": 10},
        [page(1, 2, total="13"), page(3, total="13")],
        ["q=a&limit=10", "q=a&limit=12"],
    ),
    "the URL of the reply": (
        paged("url", next="/next"),
        {"query": "a"},
        [page(1, next="?q=a&page=2"), page(2, next=None)],
        ["q=a", "q=a&page=2"],
    ),
    "the next link of the header": (
        paged("link"),
        {"query": "a"},
        [page(1, headers={"Link": '</v1/search?q=b>; rel="prev", </v1/search?q=c>; rel="next"'}), page(2)],
        ["q=a", "q=c"],
    ),
}


@pytest.mark.parametrize("case", FOLLOWED)
def test_the_next_page_is_found_by(harness: Harness, case: str) -> None:
    operation, arguments, replies, queries = FOLLOWED[case]
    with Loopback(*replies) as server:
        items(harness, harness.client(server.url), operation, arguments)
        server.assert_fired()
        assert [request.target.partition("?")[2] for request in server.requests] == queries
        assert {request.header("X-API-KEY") for request in server.requests} == {CANARY}


LATER: list[tuple[Operation, object, bool]] = [
    (paged("page", parameter="limit"), 2, True),
    (paged("page", parameter="limit"), "2", True),
    (paged("page", parameter="limit"), 1, False),
    (paged("page", parameter="limit"), True, False),
    (paged("page", parameter="limit"), None, False),
    (paged("page", parameter="limit"), "x", False),
    (paged("offset", parameter="limit"), True, False),
    (paged("offset", parameter="limit"), 1, True),
    (paged("offset", parameter="limit"), 0, False),
    (paged("cursor", parameter="limit", last_item="/id"), "x", True),
    (paged("cursor", parameter="limit", last_item="/id"), "", False),
    (paged("cursor", parameter="limit", next="/next"), "x", False),
    (paged("link"), 2, False),
]


@pytest.mark.parametrize("operation, argument, expected", LATER)
def test_a_page_behind_the_first_is_known_by_its_argument(
    operation: Operation, argument: object, expected: bool
) -> None:
    assert operation.pages is not None
    assert is_later(operation.pages, {"limit": argument}) is expected


def test_an_item_is_a_model_where_it_fits_one_and_else_as_it_came(harness: Harness) -> None:
    operation = paged("cursor", parameter="query", next="/next", item=Hit)
    with Loopback(answer({"code": 0, "data": [{"id": 1}, "odd"]})) as server:
        assert items(harness, harness.client(server.url), operation) == [Hit(id=1), "odd"]


def test_a_list_that_is_null_has_no_items_and_may_go_on(harness: Harness) -> None:
    with Loopback(answer({"code": 0, "data": None, "next": "b"}), page(1)) as server:
        assert items(harness, harness.client(server.url), CURSOR) == [{"id": 1}]


def test_a_page_that_was_read_before_ends_the_list_with_the_reply_but_no_key(harness: Harness) -> None:
    with Loopback(page(1, next="b"), page(2, next="b", echo=CANARY)) as server:
        with pytest.raises(InvalidResponse, match="search: the reply leads to a page that was read before") as error:
            items(harness, harness.client(server.url), CURSOR)
        server.assert_fired()
    assert error.value.http_status == 200
    assert isinstance(error.value.raw, dict)
    assert error.value.raw["next"] == "b"
    assert CANARY not in str(error.value.raw)


def test_a_list_of_ever_new_pages_ends_at_the_limit(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness.module("pages"), "MOST_PAGES", 2)
    with Loopback(page(1, next="b"), page(2, next="c")) as server:
        with pytest.raises(InvalidResponse, match="search: the list has more than 2 pages") as error:
            items(harness, harness.client(server.url), CURSOR)
        server.assert_fired()
    assert error.value.http_status == 200


def test_a_reply_without_the_list_is_an_error(harness: Harness) -> None:
    with (
        Loopback(answer({"code": 0, "data": {}})) as server,
        pytest.raises(InvalidResponse, match="no list at /data") as error,
    ):
        items(harness, harness.client(server.url), CURSOR)
    assert (error.value.http_status, error.value.raw) == (200, {"code": 0, "data": {}})


def test_no_page_is_asked_for_at_another_host(harness: Harness) -> None:
    with Loopback(page(1, next="https://evil.invalid/v1/search")) as server:
        with pytest.raises(UntrustedHost, match="another host") as error:
            items(harness, harness.client(server.url), paged("url", next="/next"))
        assert len(server.requests) == 1
    assert (error.value.host, error.value.operation) == ("evil.invalid", "search")


BASE = "https://api.sample.invalid/base"
OWN = {
    "/v1/tasks/1": "https://api.sample.invalid/v1/tasks/1",
    "tasks/1": "https://api.sample.invalid/base/tasks/1",
    "https://api.sample.invalid/x": "https://api.sample.invalid/x",
    "https://queue.sample.example/x": "https://queue.sample.example/x",
}
OF_OTHERS = [
    "https://evil.invalid/x",
    "//evil.invalid/x",
    "http://api.sample.invalid/x",
    "https://api.sample.invalid:444/x",
    "https://user@api.sample.invalid/x",
    "http://queue.sample.example/x",
    "https://queue.sample.example:444/x",
    "https://user@queue.sample.example/x",
    "https://queue.sample.example.evil.invalid/x",
    "https://api.sample.invalid/x\x7fy",
]


@pytest.mark.parametrize("url", OWN)
def test_a_url_of_a_reply_that_is_the_services_own_is_asked_for(harness: Harness, url: str) -> None:
    session = harness.client(BASE)._session
    assert session.own_url(POLL, url, (".sample.example",)) == OWN[url]


@pytest.mark.parametrize("url", OF_OTHERS)
def test_no_key_goes_to_a_url_that_is_not_the_services_own(harness: Harness, url: str) -> None:
    session = harness.client(BASE)._session
    with pytest.raises(UntrustedHost, match="where no key is sent"):
        session.own_url(POLL, url, (".sample.example",))


def test_a_relative_url_starts_from_that_of_its_page(harness: Harness) -> None:
    session = harness.client(BASE)._session
    assert session.own_url(POLL, "?b=2", page=f"{BASE}/list?a=1") == f"{BASE}/list?b=2"
