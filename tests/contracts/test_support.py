"""What the generated suite compares: the whole request, the whole error, and what it alters in replies."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from contract_tests import support
from contract_tests.contracts import Contract
from contract_tests.oracle import with_nulls, with_unknown_fields
from contract_tests.rows import AsGiven, Call, Endpoint, Failure, Missing, Refused, Reply
from wondergen import OutcomeUnknown, RateLimited

from codegen.contracts.rows import FILES

JSON = {"content-type": "application/json"}
ENDPOINT = Endpoint(
    "make", "acme", "POST", "https://api.acme.example", "/v1/make", {"x-key": "k", **JSON}, None, "", None, 200, {}
)
CALL = Call("call", {}, body={"a": 1}, query="q=a%20b")
HEADERS = {
    "Accept": "application/json",
    "User-Agent": support.USER_AGENT,
    "X-Key": "k",
    **JSON,
}
URL = "https://api.acme.example/v1/make?q=a%20b"


def sent(url: str = URL, headers: dict[str, str] | None = None, content: bytes = b'{"a":1}') -> support.Sent:
    return support.Sent.of(httpx.Request("POST", url, headers={**HEADERS, **(headers or {})}, content=content))


def test_a_body_as_given_has_the_arguments_at_its_place() -> None:
    call = Call("call", {"size": 1}, body=AsGiven("/data"), proves_each_at="/properties")
    assert (call.body, call.proves) == ({"data": {"size": 1}}, ("/properties/size",))


def test_a_request_as_given_has_each_argument_in_its_own_place() -> None:
    given = AsGiven("", headers={"region": "x-region"}, elsewhere=("id",), beside={"region": "eu"})
    call = Call("call", {"size": 1, "id": "a"}, "/make/a", body=given, proves_each_at="/properties")
    assert (call.body, call.headers, call.proves) == ({"size": 1}, {"x-region": "eu"}, ("/properties/size",))
    assert call.arguments == {"size": 1, "id": "a", "region": "eu"}
    assert Call("call", {"region": "us"}, body=given).headers == {"x-region": "us"}


def test_lists_begin_again_after_their_last_item() -> None:
    assert support.cycle(["a", "b"], 3) == ["a", "b", "a"]
    assert support.file_urls(5) == [*FILES, FILES[0]]


def test_everything_is_wrong_at_once() -> None:
    class Make(Contract):
        endpoint, smallest, parameters = ENDPOINT, CALL, ("prompt", "size")
        refused = (Refused("prompt", ["", 7]), Refused("size", [-1]))
        missing = (Missing("prompt"),)

    class One(Contract):
        endpoint, smallest, parameters = ENDPOINT, CALL, ("size",)
        refused = (Refused("size", [-1]),)

    assert (Make.every_fault, One.every_fault) == ({"prompt": None, "size": -1}, {})


def test_the_request_that_was_meant_is_taken_for_it() -> None:
    assert support.differences(sent(), support.request_of(ENDPOINT, CALL)) == []


@pytest.mark.parametrize(
    "other",
    [
        {"headers": {"Host": "elsewhere.example"}},
        {"headers": {"Accept-Encoding": "br"}},
        {"headers": {"Connection": "close"}},
        {"headers": {"X-More": "1"}},
        {"url": "https://api.acme.example/v1/make?q=a+b"},
        {"url": "https://api.acme.example/v1/%6dake?q=a%20b"},
        {"url": URL + "&"},
        {"content": b'{"a":true}'},
        {"content": b'{"a":1.0}'},
    ],
    ids=str,
)
def test_another_request_is_not(other: dict[str, Any]) -> None:
    assert support.differences(sent(**other), support.request_of(ENDPOINT, CALL)) != []


def test_a_failing_comparison_names_the_field_that_differs() -> None:
    other = sent(headers={"X-Key": "other"}, content=b'{"a":[1,true]}')
    call = Call("call", {}, body={"a": [1, 1], "b": 2}, query="q=a%20b")
    assert support.differences(other, support.request_of(ENDPOINT, call)) == [
        "headers/x-key: 'other' instead of 'k'",
        "body/a/1: True instead of 1",
        "body/b: nothing instead of 2",
    ]


@pytest.mark.parametrize("body", [None, False, 0, "", [], {}])
def test_no_value_is_taken_for_another(body: Any) -> None:
    values: tuple[Any, ...] = (None, False, 0, "", [], {}, 0.0)
    others = [other for other in values if type(other) is not type(body)]
    assert support.differences(body, body) == []
    assert all(support.differences(body, other) for other in others)


def test_a_form_with_files_is_taken_apart() -> None:
    files = {"image": ("a.png", b"\x89PNG", "image/png")}
    request = httpx.Request("POST", URL, data={"name": "x"}, files=files)
    request.read()
    rows = support.Sent.of(request)
    assert rows.headers["content-type"] == "multipart/form-data"
    assert rows.body == [["name", None, None, b"x"], ["image", "a.png", "image/png", b"\x89PNG"]]


def test_a_question_mark_without_a_query_is_noticed() -> None:
    assert sent("https://api.acme.example/v1/make?").target == "/v1/make?"


def test_a_length_that_is_not_the_body_s_is_noticed() -> None:
    with pytest.raises(AssertionError):
        sent(headers={"Content-Length": "3"})


@pytest.mark.parametrize(
    "pauses, retry_after, is_right",
    [
        ([], None, False),
        ([0.0, 0.5], None, False),
        ([0.5, 0.9], None, True),
        ([7.0, 7.0], 7.0, True),
        ([7.0, 1.0], 7.0, False),
    ],
)
def test_a_pause_before_each_attempt_is_asked_for(
    pauses: list[float], retry_after: float | None, is_right: bool
) -> None:
    class Slept:
        clock = support.Clock()

    Slept.clock.slept = pauses
    row = Failure("429", Reply(429), RateLimited, 3, retry_after=retry_after)
    assert support.Stage.has_paused_for(Slept, row) is is_right  # type: ignore[arg-type]


REQUEST = httpx.Request("POST", URL, content=b"{}")
SENT_AT = datetime.fromtimestamp(1.0, UTC)
LIMITED: dict[str, Any] = {"code": "7", "message": "slow down", "meaning": "Too many.", "http_status": 429, "raw": {}}
UNKNOWN: dict[str, Any] = {
    "digest": hashlib.sha256(f"POST {URL}\n{{}}".encode()).hexdigest(),
    "sent_at": SENT_AT,
    "http_status": 500,
    "raw": b"<html>",
}


@pytest.mark.parametrize("field", [None, *LIMITED, "body", "task_id", "token", "trace_id", "retry_after", "operation"])
def test_a_wrong_field_of_an_error_is_noticed(field: str | None) -> None:
    error = RateLimited("make", **LIMITED)
    error.body = {}
    if field is not None:
        setattr(error, field, "canary")
    row = Failure("7", Reply(429, {}), RateLimited, 1, code="7", message="slow down", meaning="Too many.")
    assert (support.outcome(error) == support.expected(ENDPOINT, row, REQUEST, 1.0)) is (field is None)


@pytest.mark.parametrize("field", [None, *UNKNOWN, "task_id", "token", "operation", "reason", "advice"])
def test_a_wrong_field_of_an_unknown_outcome_is_noticed(field: str | None) -> None:
    error = OutcomeUnknown("make", "it broke", **UNKNOWN)
    if field is not None:
        setattr(error, field, "canary")
    row = Failure("500", Reply(500, content=b"<html>"), OutcomeUnknown, 1)
    assert (support.outcome(error) == support.expected(ENDPOINT, row, REQUEST, 1.0)) is (field is None)


def test_what_is_known_of_an_error_and_not_in_its_text_is_noticed() -> None:
    error = RateLimited("make", **LIMITED)
    error.args = ("make failed",)
    assert support.outcome(error)["text has it all"] is False


REPLY = {"code": 0, "data": {"id": "1", "list": [{"a": 1}], "text": "x"}, "trace": "t"}


def test_a_reply_gets_a_field_more_in_every_object() -> None:
    more = {"canary_field": [None]}
    assert with_unknown_fields(REPLY, ()) == {
        "code": 0,
        "data": {"id": "1", "list": [{"a": 1, **more}], "text": "x", **more},
        "trace": "t",
        **more,
    }


def test_a_reply_gets_null_everywhere_but_where_something_is_needed() -> None:
    altered = {"code": 0, "data": {"id": "1", "list": None, "text": None}, "trace": None}
    assert with_nulls(REPLY, ("/code", "/data/id")) == altered
    assert with_nulls([{"id": "1", "text": "x"}, {"id": "2"}], ("/0/id",)) == [{"id": "1", "text": None}, None]
