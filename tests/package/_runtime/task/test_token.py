"""A token names a task to another process, and a client believes none that is not its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import create_model

from codegen.package._runtime.errors import InvalidRequest
from codegen.package._runtime.operation import Operation, Service, TaskSpec, TaskStatus
from codegen.package._runtime.token import Token, in_type, locate, parse

SERVICE = Service("acme", "https://api.acme.example")
POLL = Operation(SERVICE, "task_result", "GET", "/tasks/{task_id}", "query")
SPEC = TaskSpec("/id", POLL, "task_id", "/status", {"done": TaskStatus.SUCCEEDED})
VIDEO = Operation(SERVICE, "text_to_video", "POST", "/video", "submit", task=SPEC)
IMAGE = Operation(SERVICE, "text_to_image", "POST", "/image", "submit", task=SPEC)
DRAW = Operation(SERVICE, "draw", "POST", "/draw", "generate")
RESULTS = {"text_to_video": (VIDEO, "video"), "text_to_image": (IMAGE, "image"), "draw": (DRAW, "drawing")}
TOKEN = {"provider": "acme", "operation": "text_to_video", "id": "t-1", "base_url": "https://api.acme.example"}


def find(text: str) -> tuple[str, Operation, str]:
    return locate(text, "acme", "https://api.acme.example", RESULTS, "any")


def test_a_token_is_short_json_of_four_texts() -> None:
    assert json.loads(str(Token(**TOKEN))) == TOKEN
    assert len(str(Token(**TOKEN))) < 120


@given(st.builds(Token, st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40)))
def test_every_token_is_read_back(token: Token) -> None:
    assert parse(str(token)) == token


@pytest.mark.parametrize(
    "task_id", ["a\nb", "a\x00b", "\u202ea", "é 😀", "x" * 2000, "\x01" * 2000, '{"a":1}', "a/../b"]
)
def test_whatever_a_service_calls_its_task_can_be_resumed(task_id: str) -> None:
    token = str(Token(**{**TOKEN, "id": task_id}))
    assert locate(token, "acme", TOKEN["base_url"], RESULTS, "any")[0] == task_id


def test_a_token_leads_to_its_operation_and_result() -> None:
    assert find(json.dumps(TOKEN)) == ("t-1", VIDEO, "video")


def test_a_slash_at_the_end_of_the_base_url_makes_no_difference() -> None:
    assert find(json.dumps({**TOKEN, "base_url": "https://api.acme.example/"}))[0] == "t-1"


def test_a_bare_id_leads_to_the_operation_that_reports_on_tasks() -> None:
    task_id, operation, result = find("  t-1 ")
    assert (task_id, operation.name, operation.task, result) == ("t-1", "task_result", SPEC, "any")


def test_the_token_of_a_task_resumed_by_bare_id_is_read_back() -> None:
    assert find(json.dumps({**TOKEN, "operation": "task_result"}))[1].name == "task_result"


@pytest.mark.parametrize(
    "text, problem",
    [
        ("", "empty"),
        ("   ", "empty"),
        ("{", "not JSON"),
        ("{" * 1000, "not JSON"),
        ("{}", "exactly"),
        (json.dumps({**TOKEN, "key": "x"}), "exactly"),
        (json.dumps({**TOKEN, "id": 1}), "id must be text"),
        (json.dumps({**TOKEN, "id": ""}), "no usable task id"),
        (json.dumps({**TOKEN, "id": "\ud800"}), "no usable task id"),
        (json.dumps({**TOKEN, "id": "a\ufffd"}), "no usable task id"),
        (json.dumps({**TOKEN, "id": "x" * 2001}), "no usable task id"),
        (json.dumps({**TOKEN, "id": "x" * 16_000}), "longer than"),
        (json.dumps({**TOKEN, "provider": "other"}), "belongs to 'other'"),
        (json.dumps({**TOKEN, "base_url": "https://evil.example"}), "another base_url"),
        (json.dumps({**TOKEN, "base_url": "http://api.acme.example"}), "another base_url"),
        (json.dumps({**TOKEN, "operation": "nothing"}), "starts no task"),
        (json.dumps({**TOKEN, "operation": "draw"}), "starts no task"),
        ("a\ud800b", "no usable task id"),
    ],
)
def test_what_is_no_token_of_this_client_is_refused(text: str, problem: str) -> None:
    with pytest.raises(InvalidRequest, match=problem):
        find(text)


def test_a_bare_id_is_refused_where_the_service_reports_in_several_ways() -> None:
    other = TaskSpec("/id", POLL, "task_id", "/other", {})
    results = {**RESULTS, "text_to_image": (Operation(SERVICE, "i", "POST", "/i", "submit", task=other), "image")}
    with pytest.raises(InvalidRequest, match="give the task's token"):
        locate("t-1", "acme", "https://api.acme.example", results, "any")


@pytest.mark.parametrize(
    "kind, task_id, expected",
    [
        (int, "12", 12),
        (int | None, "12", 12),
        (int, "a12", "a12"),
        (int, "١٢", "١٢"),
        (str, "12", "12"),
        (int | str, "12", "12"),
        (list[int] | str, "12", "12"),
    ],
)
def test_an_id_is_a_number_where_its_parameter_takes_no_text(kind: Any, task_id: str, expected: object) -> None:
    arguments = create_model("Arguments", task_id=(kind, ...))
    operation = POLL.replace(arguments=arguments)
    assert in_type(operation, {"task_id": task_id, "other": "12"}) == {"task_id": expected, "other": "12"}


def test_a_service_without_tasks_resumes_nothing() -> None:
    with pytest.raises(InvalidRequest, match="this service has none"):
        locate("t-1", "acme", "https://api.acme.example", {"draw": (DRAW, "drawing")}, "any")
