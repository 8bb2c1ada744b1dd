"""One reply as an answer or a refusal: what counts as empty, which words of the service are kept, and how long."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from codegen.package._runtime.bodies import success_body
from codegen.package._runtime.errors import APIError, InvalidResponse
from codegen.package._runtime.operation import ErrorCode, Operation
from codegen.package._runtime.pointer import MISSING
from codegen.package._runtime.reply import LONGEST_MESSAGE, Answer, HTTPReply, Refusal, found_task_id, read, task_id_in
from codegen.package._runtime.retry import Failure, Outcome
from tests.package._runtime.sample_service import CREDITS, DRAW, MAKE, SERVICE

PLAIN = CREDITS.replace(service=SERVICE.replace(envelope=None))


def reading(reply: Any, status: int = 200, operation: Operation = CREDITS) -> Answer | Refusal:
    """Read a reply: bytes as they are, anything else as JSON."""
    content = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
    return read(operation, HTTPReply(status, {}, content), scrub=lambda text: text.replace("key", "***"), now=0.0)


def refused(reply: Any, status: int = 200) -> APIError:
    """Return the error of the service."""
    found = reading(reply, status)
    assert isinstance(found, Refusal)
    assert isinstance(found.error, APIError)
    return found.error


@pytest.mark.parametrize("name", ["NotThere", "InvalidRequest", "annotations"])
def test_an_error_class_that_is_none_of_the_services_is_an_api_error(name: str) -> None:
    service = SERVICE.replace(http_errors={409: ErrorCode(name, "It is there already.")})
    found = reading({}, 409, CREDITS.replace(service=service))
    assert isinstance(found, Refusal)
    assert type(found.error) is APIError


def test_a_status_that_one_call_alone_documents_is_told() -> None:
    own = CREDITS.replace(http_errors={404: ErrorCode("NotFound", "There is no such account.")})
    found = reading({}, 404, own)
    assert isinstance(found, Refusal)
    assert "There is no such account." in str(found.error)


@pytest.mark.parametrize("status", [204, 205])
def test_a_reply_that_needs_no_body_is_an_answer_where_there_is_no_envelope(status: int) -> None:
    assert reading(b"", status, PLAIN) == Answer({}, status)
    assert isinstance(reading(b"", status), Refusal)
    assert isinstance(reading(b"", 200, PLAIN), Refusal)


@pytest.mark.parametrize("status", [204, 205])
def test_a_body_that_need_not_be_there_is_read_all_the_same(status: int) -> None:
    assert reading({"left": 7}, status, PLAIN) == Answer({"left": 7}, status)


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", "the reply is empty"),
        (b"<html>", "the reply is not JSON"),
        (b"[" * 100_000, "the reply is not JSON"),
        (b"null", "the reply has no code at /code"),
        (b'{"code": true}', "the reply has no code at /code"),
    ],
)
def test_a_reply_that_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    found = reading(content)
    assert isinstance(found, Refusal)
    assert found.failure == Failure(Outcome.UNKNOWN)
    assert isinstance(found.error, InvalidResponse)
    assert (found.error.reason, found.error.http_status) == (reason, 200)


def test_json_in_another_character_set_is_read_by_the_stated_one() -> None:
    content = '{"name": "Zoë"}'.encode("latin-1")
    stated = {"content-type": "application/json; charset=iso-8859-1"}
    assert success_body(PLAIN, 200, stated, content) == {"name": "Zoë"}
    assert success_body(PLAIN, 200, {}, content) == {"name": "Zo\ufffd"}
    assert success_body(PLAIN, 200, stated, '{"name": "Zoë"}'.encode()) == {"name": "Zoë"}


@pytest.mark.parametrize("code", [0, "0", 0.0, " 0 "])
def test_a_code_is_the_same_as_number_and_as_text(code: object) -> None:
    assert isinstance(reading({"code": code, "data": {}}), Answer)


@pytest.mark.parametrize("code, kept", [(100, "100"), (100.0, "100"), ("100", "100"), (0.5, "0.5"), (-1, "-1")])
def test_a_code_is_kept_as_text(code: object, kept: str) -> None:
    assert refused({"code": code}).code == kept


@pytest.mark.parametrize(
    "place, attribute, longest", [("msg", "message", LONGEST_MESSAGE), ("trace_id", "trace_id", 100)]
)
def test_words_of_the_service_are_bounded(place: str, attribute: str, longest: int) -> None:
    assert getattr(refused({"code": 100, place: "x" * longest}), attribute) == "x" * longest
    assert getattr(refused({"code": 100, place: "x" * (longest + 1)}), attribute) == "x" * longest + "…"


def test_a_code_is_bounded() -> None:
    assert refused({"code": "c" * 100}).code == "c" * 100
    assert refused({"code": "c" * 101}).code == "c" * 100 + "…"


def test_words_of_the_service_are_one_line_without_keys() -> None:
    error = refused({"code": 100, "msg": " my\r\nkey\u2028is ", "trace_id": "\x1b[31mkey"})
    assert (error.message, error.trace_id) == ("my *** is", "[31m***")


@pytest.mark.parametrize("value", [None, True, {"a": 1}, "", " \n "])
def test_what_is_no_text_is_no_message(value: object) -> None:
    error = refused({"code": 100, "msg": value, "trace_id": value})
    assert (error.message, error.trace_id) == (None, None)


def test_a_number_may_be_a_message() -> None:
    assert refused({"code": 100, "msg": 5}).message == "5"


@pytest.mark.parametrize(
    "raw, task_id",
    [("t-1", "t-1"), (7, "7"), (0, "0"), (" t ", "t"), (True, None), (1.5, None), ("", None), (" ", None)],
)
def test_a_task_id_is_text_or_a_whole_number(raw: object, task_id: str | None) -> None:
    body = {"data": {"task_id": raw}}
    assert task_id_in(MAKE, body, str) == task_id
    assert task_id_in(DRAW, body, str) is None


@pytest.mark.parametrize("status, meaning", [(299, False), (300, True), (399, True), (400, False)])
def test_only_a_redirect_is_said_to_be_one(status: int, meaning: bool) -> None:
    found = reading({"code": "x"}, status)
    assert isinstance(found, Refusal)
    assert ("redirect" in str(found.error)) is meaning


@pytest.mark.parametrize(
    "content",
    [
        b"code=0&task_id=task-99887766",
        b"task_id: task-99887766",
        b'<r><task_id type="string">task-99887766</task_id></r>',
        b"<r><t:task_id>task-99887766</t:task_id></r>",
        b"<task_id><![CDATA[task-99887766]]></task_id>",
        b'{"code": 0, "data": {"task_ids": ["task-99887766"]}}',
        zlib.compress(b'{"code": 0, "data": {"task_id": "task-99887766"}}'),
    ],
)
def test_an_id_is_found_in_every_form_that_names_it(content: bytes) -> None:
    reply = HTTPReply(200, {"content-length": str(len(content))}, content)
    assert found_task_id(MAKE, reply, MISSING) == "task-99887766"


@pytest.mark.parametrize(
    "content",
    [b"code=0&task_id=task-998", b'{"task_ids": ["task-1", "task-2"]}', b"x\x01 task_id none", b"<task_id>task-1"],
)
def test_half_an_id_and_one_of_several_are_none(content: bytes) -> None:
    assert found_task_id(MAKE, HTTPReply(200, {}, content, fault="the body was cut"), MISSING) is None


@pytest.mark.parametrize("start", [b"<task_id", b"<task_id>", b'"task_ids": [', b"<a:task_id x", b'"task_ids": ["'])
def test_long_replies_without_an_id_are_read_at_once(start: bytes) -> None:
    for content in (start + b" " * 200_000, start * 9_000):
        assert found_task_id(MAKE, HTTPReply(200, {}, content), MISSING) is None


USUAL_MESSAGES: list[Any] = [
    {"message": "no seat"},
    {"error": "no seat"},
    {"error": {"code": "x", "message": "no seat"}},
    {"detail": "no seat"},
    {"detail": [{"loc": ["body"], "msg": "no seat"}]},
    {"errors": [{"code": 1}, {"message": "no seat"}]},
    {"errors": ["no seat"]},
    {"errors": {"title": ["no seat"]}},
    {"error": "invalid_grant", "error_description": "no seat"},
    {"type": "about:blank", "title": "Bad", "detail": "no seat", "status": 400},
    {"type": "about:blank", "title": "no seat", "status": 400},
    {"msg": "no seat", "message": " "},
    "no seat",
]


@pytest.mark.parametrize("reply", USUAL_MESSAGES, ids=str)
def test_the_text_of_an_error_is_found_where_services_usually_have_it(reply: Any) -> None:
    found = reading(reply, 409, PLAIN)
    assert isinstance(found, Refusal)
    assert "The service says: no seat (HTTP 409)" in str(found.error)


def test_the_text_of_an_error_may_be_the_whole_body() -> None:
    headers = {"content-type": "text/plain; charset=utf-8"}
    found = read(PLAIN, HTTPReply(404, headers, b"no seat\n"), scrub=str, now=0.0)
    assert isinstance(found, Refusal)
    assert "The service says: no seat (HTTP 404)" in str(found.error)


@pytest.mark.parametrize("reply", [{}, [], None, 7, {"error": {"code": 7}}, {"errors": {}}, b"<html>no seat</html>"])
def test_an_error_without_text_says_what_its_status_means(reply: Any) -> None:
    found = reading(reply, 404, PLAIN)
    assert isinstance(found, Refusal)
    assert str(found.error) == "credits: The service has no such thing (HTTP 404)"


def test_the_text_of_an_error_is_bounded_and_has_no_key() -> None:
    found = reading({"error": {"message": "key " + "x" * 10_000 + "\n"}}, 401, PLAIN)
    assert isinstance(found, Refusal)
    message = getattr(found.error, "message", "")
    assert message.startswith("*** xx")
    assert len(message) == LONGEST_MESSAGE + 1
    assert "key" not in str(found.error)
