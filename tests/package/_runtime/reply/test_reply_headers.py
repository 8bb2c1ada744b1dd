"""A reply with the headers that a document describes, and a success without content where a value is documented."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel, Field, RootModel

from codegen.package._runtime.errors import InvalidResponse
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import CREDITS, CREDITS_LEFT, DRAW, DRAWN, SERVICE, Credits, Drawing

PLAIN = replace(CREDITS, service=replace(SERVICE, envelope=None), reply_at="")


class Headers(BaseModel):
    left: int | None = Field(None, alias="x-left")
    cookies: list[str] | None = Field(None, alias="set-cookie")


class Value(RootModel[Any]):
    """Any JSON."""


COOKIES = [("Set-Cookie", "a=1; Expires=Mon, 30 Nov 2026 10:00:00 GMT"), ("X-Left", "7"), ("Set-Cookie", "b=2")]


@pytest.mark.parametrize(
    "operation, model, body", [(CREDITS, Credits, CREDITS_LEFT), (DRAW, Drawing, DRAWN)], ids=["free", "paid"]
)
def test_headers_come_typed_beside_the_reply_over_each_transport(
    each_harness: Harness, operation: Any, model: Any, body: object
) -> None:
    arguments = {"prompt": "a cat"} if operation is DRAW else {}
    with Loopback(answer(body, headers=COOKIES)) as server:
        client = each_harness.client(server.url)
        call = (client._with_headers, operation, model, Headers, arguments, CallOptions())
        reply, headers = each_harness.call(*call)
    assert isinstance(reply, model)
    assert (headers.left, headers.cookies) == (7, ["a=1; Expires=Mon, 30 Nov 2026 10:00:00 GMT", "b=2"])


@pytest.mark.parametrize("status", [204, 205])
def test_no_content_is_null_where_a_value_is_documented(harness: Harness, status: int) -> None:
    with Loopback(answer(b"", status)) as server:
        reply = harness.call(harness.client(server.url)._query, PLAIN, Value, {}, CallOptions())
    assert reply.root is None


@pytest.mark.parametrize("value", [0, False, "", [], {}, None])
def test_a_value_that_is_false_stays_as_it_came(harness: Harness, value: object) -> None:
    with Loopback(answer(value)) as server:
        reply = harness.call(harness.client(server.url)._query, PLAIN, Value, {}, CallOptions())
    assert reply.root == value
    assert type(reply.root) is type(value)


def test_no_content_is_an_object_without_fields_where_an_object_is_documented(harness: Harness) -> None:
    with Loopback(answer(b"", 204)) as server:
        reply = harness.call(harness.client(server.url)._query, PLAIN, Drawing, {}, CallOptions())
    assert reply.model_fields_set == set()


def test_a_list_where_an_object_is_documented_is_refused(harness: Harness) -> None:
    with Loopback(answer([1])) as server, pytest.raises(InvalidResponse, match="the reply is list, not an object"):
        harness.call(harness.client(server.url)._query, PLAIN, Credits, {}, CallOptions())
