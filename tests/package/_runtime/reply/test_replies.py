"""Replies: typed where they fit the catalog, kept as they came where they do not, read by JSON pointer."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import respx
from pydantic import BaseModel, ConfigDict, Field, RootModel
from typing_extensions import TypeAliasType

from codegen.package._runtime.errors import InvalidResponse
from codegen.package._runtime.pointer import MISSING, get
from codegen.package._runtime.request import CallOptions
from codegen.package._runtime.typed import as_model
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import CREDITS, MAKE, Credits


@pytest.mark.parametrize(
    "pointer, value",
    [
        ("", {"a": [{"b/c~d": 5}], "n": None, "": 6, "t": "text"}),
        ("/a/0/b~1c~0d", 5),
        ("/n", None),
        ("/", 6),
        ("/a/1", MISSING),
        ("/a/-1", MISSING),
        ("/a/٠", MISSING),
        ("/a/x", MISSING),
        ("/n/x", MISSING),
        ("/t/0", MISSING),
        ("/missing", MISSING),
    ],
)
def test_a_pointer_leads_to_a_value_or_nowhere(pointer: str, value: object) -> None:
    assert get({"a": [{"b/c~d": 5}], "n": None, "": 6, "t": "text"}, pointer) == value


def test_a_text_that_is_no_pointer_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="not a JSON pointer"):
        get({}, "a/b")


def test_results_are_equal_where_their_contents_are_whichever_client_made_them(harness: Harness) -> None:
    one, same, other = (
        harness.result.build({"url": url}, session=harness.client()._session, operation=MAKE)
        for url in ("https://a.invalid/1.png", "https://a.invalid/1.png", "https://a.invalid/2.png")
    )
    assert one == same
    assert one != other


class _Inner(BaseModel):
    model_config = ConfigDict(extra="allow")
    count: int
    name: str = "none"


class _Reply(BaseModel):
    model_config = ConfigDict(extra="allow")
    inner: _Inner
    total: int = Field(alias="total-count")
    many: list[_Inner] = []


_Tree = TypeAliasType("_Tree", "dict[str, _Inner]")


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, _Inner]  # pyright: ignore[reportIncompatibleVariableOverride]
    tree: _Tree
    total: int


class _Root(RootModel[list[int]]):
    pass


def test_a_reply_that_fits_is_typed_and_keeps_unknown_fields() -> None:
    reply = as_model(_Reply, {"inner": {"count": 1}, "total-count": 2, "new": [1]})
    assert reply is not None
    assert (reply.inner.count, reply.total, reply.new) == (1, 2, [1])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "value, expected",
    [
        ({"inner": {"count": "many"}, "total-count": 2}, ("many", 2)),
        ({"inner": {"count": None, "new": 1}, "total-count": "2"}, (None, 2)),
        ({"inner": {"count": 1}, "total-count": [7]}, (1, [7])),
    ],
)
def test_a_reply_that_breaks_its_schema_keeps_what_came(value: Any, expected: Any) -> None:
    reply = as_model(_Reply, value)
    assert reply is not None
    assert (reply.inner.count, reply.total) == expected


def test_a_field_that_is_not_there_does_not_break_the_rest() -> None:
    reply = as_model(_Reply, {"total-count": 2, "many": [{"count": "x"}]})
    assert reply is not None
    assert reply.total == 2
    assert [vars(inner)["count"] for inner in reply.many] == ["x"]
    assert not hasattr(reply, "inner")


def test_a_field_has_a_name_that_means_something_to_the_reader_of_replies() -> None:
    class Odd(BaseModel):
        model_config = ConfigDict(extra="allow")
        root: _Inner
        cls: int = 0

    reply = as_model(Odd, {"root": {"count": "x"}, "cls": "y", "_fields_set": ["z"]})
    assert reply is not None
    found: tuple[Any, ...] = (reply.root.count, reply.cls, reply.model_extra)
    assert found == ("x", "y", {"_fields_set": ["z"]})


def test_other_fields_and_named_types_are_typed_where_the_reply_breaks_its_schema() -> None:
    reply = as_model(_Open, {"tree": {"leaf": {"count": 1}, "odd": 7}, "total": "x", "new": {"count": 2}})
    assert reply is not None
    assert vars(reply)["total"] == "x"
    assert reply.tree == {"leaf": _Inner(count=1), "odd": 7}
    assert reply.new == _Inner(count=2)  # type: ignore[attr-defined]


def test_a_root_model_keeps_its_root() -> None:
    assert as_model(_Root, ["x"]) == _Root.model_construct(root=["x"])  # type: ignore[list-item]


@pytest.mark.parametrize("value", [None, 5, "text", [1]])
def test_what_is_no_object_is_no_reply(value: object) -> None:
    assert as_model(_Reply, value) is None


def test_a_query_whose_answer_is_not_there_says_where_it_looked(harness: Harness) -> None:
    with Loopback(answer({"code": 0}), answer({"code": 0, "data": None})) as server:
        client = harness.client(server.url)
        with pytest.raises(InvalidResponse, match="nothing at /data"):
            harness.call(client._query, CREDITS, Credits, {}, CallOptions())
        with pytest.raises(InvalidResponse, match="is NoneType, not an object"):
            harness.call(client._query, CREDITS, Credits, {}, CallOptions())


def test_a_mock_transport_serves_as_http_client(harness: Harness) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=GOOD))
    http_client: Any = (httpx.AsyncClient if harness.is_async else httpx.Client)(transport=transport)
    client = harness.client("https://api.sample.invalid", http_client=http_client)
    assert harness.submit(client).id == "t-1"
    harness.close_http(http_client)


def test_respx_sees_the_whole_request(harness: Harness) -> None:
    with respx.mock() as router:
        route = router.post("https://api.sample.invalid/v1/make").respond(json=GOOD)
        assert harness.submit(harness.client()).id == "t-1"
        assert route.calls.last.request.content == b'{"data":{"prompt":"a cat"}}'
