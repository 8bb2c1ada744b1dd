# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of MediaIO.image_to_video.wan_2_2: POST /generation/wan/i2v-wan-v2-2"""

from __future__ import annotations

from typing import Any

import pytest
from wondergen import InvalidRequest, OutcomeUnknown, TaskFailed, TaskTimedOut

from ..oracle import exact, put
from ..rows import TASK_ID, Call, Endpoint, Failure, Missing, Refused, Reply, State, Value, at, text
from ..support import Stage, expected, names, outcome, request_of
from ..tables import about, by_parameter, documented, name_of, tables, with_value, without
from ..undocumented import PAID, PAID_NOT_AN_OBJECT, PAID_UNREADABLE, but
from .failures import CODES

DOCUMENT = ""
OPERATION = "/paths/~1generation~1wan~1i2v-wan-v2-2/post"
BODY = "/components/schemas/ImageToVideoWan22Parameters"
PARAMETERS = "/components/schemas/ImageToVideoWan22Parameters/properties"
REPLY = "/components/schemas/TaskSubmittedReply"
ENDPOINT = Endpoint(
    name="image_to_video.wan_2_2",
    service="mediaio",
    method="POST",
    origin="https://openapi.media.io",
    headers={"x-api-key": "canary-api-key", "content-type": "application/json"},
    request_schema=OPERATION + "/requestBody/content/application~1json/schema",
    body_at="/data",
    reply_schema=OPERATION + "/responses/200/content/application~1json/schema",
    status=200,
    reply={
        "code": 0,
        "data": {"task_id": "canary-task-1"},
        "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
        "trace_id": '\xe9lan, "vital"\\\n\u8bcd trace_id canary',
    },
    proves=at(REPLY, "/properties/code /properties/data /properties/msg /properties/trace_id")
    + at(DOCUMENT, "/components/schemas/TaskSubmitted/properties/task_id")
    + at(
        OPERATION,
        "/x-task/kind /x-task/id /x-task/result /x-task/output /x-task/assets /x-task/reply/result",
        "/x-task/reply/status",
    ),
)
SMALLEST = Call(
    "smallest",
    {"prompt": "prompt canary", "image": "https://files.example.com/1.png"},
    "/generation/wan/i2v-wan-v2-2",
    body={"data": {"prompt": "prompt canary", "image": "https://files.example.com/1.png"}},
    proves=at(OPERATION)
    + at(
        DOCUMENT,
        "/servers/0/url /components/securitySchemes/apiKey",
        "/components/schemas/ImageToVideoWan22Request/type",
        "/components/schemas/ImageToVideoWan22Request/properties/data",
        "/components/schemas/ImageToVideoWan22Request/required/0",
    )
    + at(PARAMETERS, "/resolution/default /duration/default")
    + at(BODY, "/type"),
)
CALLS = (
    SMALLEST,
    Call(
        "fullest",
        {
            "prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary',
            "image": "https://files.example.com/1.png",
            "resolution": "1080P",
            "duration": "5s",
        },
        "/generation/wan/i2v-wan-v2-2",
        body={
            "data": {
                "prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary',
                "image": "https://files.example.com/1.png",
                "resolution": "1080P",
                "duration": "5s",
            }
        },
        proves=at(PARAMETERS, "/prompt /image /resolution /duration"),
    ),
)

VALUES = (
    Value("prompt", text(800), proves=at(PARAMETERS, "/prompt/maxLength")),
    Value("prompt", text(799), proves=at(PARAMETERS, "/prompt/maxLength")),
    Value("prompt", "prompt canary", proves=at(PARAMETERS, "/prompt/type")),
    Value("prompt", '\xe9lan, "vital"\\\n\u8bcd prompt canary', proves=at(PARAMETERS, "/prompt/type")),
    Value("image", "https://files.example.com/1.png", proves=at(PARAMETERS, "/image/type")),
    Value("resolution", "1080P", proves=at(PARAMETERS, "/resolution/enum/0")),
    Value("duration", "5s", proves=at(PARAMETERS, "/duration/enum/0")),
    Value("duration", 5, wire="5s", proves=at(PARAMETERS, "/duration/x-wire")),
)

REFUSED = (
    Refused("prompt", text(801), proves=at(PARAMETERS, "/prompt/maxLength")),
    Refused("prompt", 7, proves=at(PARAMETERS, "/prompt/type")),
    Refused("image", "canary.png", proves=at(PARAMETERS, "/image/format")),
    Refused("image", 7, proves=at(PARAMETERS, "/image/type")),
    Refused("resolution", "not documented", proves=at(PARAMETERS, "/resolution/enum")),
    Refused("resolution", "", proves=at(PARAMETERS, "/resolution/enum")),
    Refused("resolution", "1080p", proves=at(PARAMETERS, "/resolution/enum")),
    Refused("resolution", "1080P ", proves=at(PARAMETERS, "/resolution/enum")),
    Refused("resolution", 7, proves=at(PARAMETERS, "/resolution/type")),
    Refused("resolution", "1081P", proves=at(PARAMETERS, "/resolution/enum")),
    Refused("resolution", "2160P", proves=at(PARAMETERS, "/resolution/enum")),
    Refused("duration", "not documented", proves=at(PARAMETERS, "/duration/enum")),
    Refused("duration", "", proves=at(PARAMETERS, "/duration/enum")),
    Refused("duration", "5S", proves=at(PARAMETERS, "/duration/enum")),
    Refused("duration", "5s ", proves=at(PARAMETERS, "/duration/enum")),
    Refused("duration", 7, proves=at(PARAMETERS, "/duration/type")),
    Refused("duration", "6s", proves=at(PARAMETERS, "/duration/enum")),
    Refused("duration", "10s", proves=at(PARAMETERS, "/duration/enum")),
)

MISSING = (
    Missing("prompt", proves=at(BODY, "/required/1")),
    Missing("image", proves=at(BODY, "/required/0")),
)

EVERY_FAULT: dict[str, Any] = {
    "prompt": None,
    "image": None,
    "resolution": "not documented",
    "duration": "not documented",
}

RESULT: Any = {"canary": ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]}
URLS: list[str] = ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]

POLL = Endpoint(
    name="task_result",
    service="mediaio",
    method="POST",
    origin="https://openapi.media.io",
    headers=ENDPOINT.headers,
    request_schema=DOCUMENT
    + "/paths/~1generation~1result~1{task_id}/post/requestBody/content/application~1json/schema",
    body_at="",
    reply_schema=DOCUMENT
    + "/paths/~1generation~1result~1{task_id}/post/responses/200/content/application~1json/schema",
    status=200,
    reply={
        "code": 0,
        "data": {
            "task_id": '\xe9lan, "vital"\\\n\u8bcd task_id canary',
            "result": {"canary": ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]},
            "status": "completed",
        },
        "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
        "trace_id": '\xe9lan, "vital"\\\n\u8bcd trace_id canary',
    },
)
POLL_CALL = Call("poll", {"task_id": "canary-task-1"}, "/generation/result/canary-task-1", body={})
STATUS = "/data/status"
PROGRESS = None
REASON = None
DONE = "completed"
WAITING = "processing"
STATES = (
    State("pending", "queued", None, proves=at(OPERATION, "/x-task/states/pending")),
    State("waiting", "queued", None, proves=at(OPERATION, "/x-task/states/waiting")),
    State("processing", "running", None, proves=at(OPERATION, "/x-task/states/processing")),
    State("completed", "succeeded", None, proves=at(OPERATION, "/x-task/states/completed")),
    State("succeeded", "succeeded", None, proves=at(OPERATION, "/x-task/states/succeeded")),
    State("failed", "failed", TaskFailed, proves=at(OPERATION, "/x-task/states/failed")),
    State("timeout", "timed_out", TaskTimedOut, proves=at(OPERATION, "/x-task/states/timeout")),
)


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_a_call_becomes_the_documented_request(stage: Stage, call: Call) -> None:
    stage.send(ENDPOINT, call)
    assert stage.sent == [request_of(ENDPOINT, call)]
    assert stage.request_faults(ENDPOINT) == []


@pytest.mark.parametrize("rows", by_parameter(VALUES))
def test_an_allowed_value_arrives_in_wire_form(stage: Stage, rows: list[Value]) -> None:
    for row in rows:
        with about(row):
            call = with_value(ENDPOINT, SMALLEST, row)
            stage.send(ENDPOINT, call)
            assert stage.request_faults(ENDPOINT) == []
            assert stage.taken() == [request_of(ENDPOINT, call)]


@pytest.mark.parametrize("rows", by_parameter(REFUSED))
def test_a_value_outside_the_limits_is_not_sent(stage: Stage, rows: list[Refused]) -> None:
    for row in rows:
        with about(row):
            error = stage.fails(ENDPOINT, {**SMALLEST.arguments, **row.beside, row.parameter: row.argument})
            assert (type(error), names(error), stage.sent) == (InvalidRequest, {row.parameter}, [])


def test_a_required_parameter_is_asked_for(stage: Stage) -> None:
    for row in MISSING:
        with about(row):
            with pytest.raises(TypeError):
                stage.fails(ENDPOINT, without(SMALLEST, row.parameter, as_none=False))
            error = stage.fails(ENDPOINT, without(SMALLEST, row.parameter, as_none=True))
            assert (type(error), names(error), stage.sent) == (InvalidRequest, {row.parameter}, [])


def test_every_fault_is_told_at_once(stage: Stage) -> None:
    error = stage.fails(ENDPOINT, EVERY_FAULT)
    assert (type(error), names(error), stage.sent) == (InvalidRequest, set(EVERY_FAULT), [])


def test_an_unknown_keyword_is_refused(stage: Stage) -> None:
    with pytest.raises(TypeError):
        stage.fails(ENDPOINT, {**SMALLEST.arguments, "canary_keyword": 1})
    assert stage.sent == []


def test_extra_body_goes_where_the_parameters_are(stage: Stage) -> None:
    extra = Value("extra_body", {"canary_key": ["canary"]}, wire=["canary"], wire_name="canary_key")
    call = with_value(ENDPOINT, SMALLEST, extra)
    stage.send(ENDPOINT, call)
    assert stage.sent == [request_of(ENDPOINT, call)]


def test_a_submit_gives_a_task(stage: Stage) -> None:
    task = stage.send(ENDPOINT, SMALLEST)
    assert (task.id, task.operation, type(task).__name__) == (TASK_ID, ENDPOINT.name, stage.world.name_of("Task"))


def test_a_submit_without_a_task_id_is_not_sent_again(stage: Stage) -> None:
    error = stage.send_failing(ENDPOINT, SMALLEST, Reply(ENDPOINT.status, put(ENDPOINT.reply, "/data/task_id", None)))
    assert (type(error), len(stage.sent)) == (OutcomeUnknown, 1)


def test_waiting_gives_the_result(stage: Stage) -> None:
    task = stage.send(ENDPOINT, SMALLEST)
    stage.answers(POLL, POLL_CALL)
    result = stage.finish(task.wait())
    assert type(result).__name__ == stage.world.name_of("GenerationResult")
    assert (result.urls, exact(result.raw), task.status.value) == (URLS, exact(RESULT), "succeeded")
    assert stage.sent == [request_of(ENDPOINT, SMALLEST), request_of(POLL, POLL_CALL)]
    assert stage.request_faults(POLL, since=1) == []


def test_a_documented_status_is_understood(stage: Stage) -> None:
    for state in STATES:
        with about(state):
            task = stage.send(ENDPOINT, SMALLEST)
            stage.answers(POLL, POLL_CALL, *documented(POLL, STATUS, state.word, state.word if state.ends else DONE))
            stage.finish(task.refresh())
            assert (task.status.value, task.raw_status) == (state.status, state.word)
            assert (task.progress, task.reason) == (PROGRESS, REASON)
            assert stage.ending(task) == state.ending(ENDPOINT.name, REASON)
            assert len(stage.taken()) == (2 if state.status == "succeeded" else 3)


def test_a_documented_status_is_understood_after_another(stage: Stage) -> None:
    for state in STATES:
        with about(state):
            task = stage.send(ENDPOINT, SMALLEST)
            stage.answers(POLL, POLL_CALL, *documented(POLL, STATUS, WAITING, state.word, DONE))
            assert stage.ending(task) == state.ending(ENDPOINT.name, REASON)
            assert len(stage.taken()) == (3 if state.is_final else 4)


def test_an_unknown_status_is_waited_for(stage: Stage) -> None:
    task = stage.send(ENDPOINT, SMALLEST)
    strange = Reply(POLL.status, put(POLL.reply, STATUS, "canary-status"))
    stage.answers(POLL, POLL_CALL, strange, *documented(POLL, STATUS, DONE))
    stage.finish(task.refresh())
    assert (task.status.value, task.raw_status) == ("unknown", "canary-status")
    assert stage.finish(task.wait()).urls == URLS


def test_a_task_is_resumed_by_its_token(stage: Stage) -> None:
    task = stage.client.resume(stage.send(ENDPOINT, SMALLEST).token())
    stage.answers(POLL, POLL_CALL)
    result = stage.finish(task.wait())
    assert (type(result).__name__, result.urls) == (stage.world.name_of("GenerationResult"), URLS)
    assert (task.id, task.operation, stage.sent[1:]) == (TASK_ID, ENDPOINT.name, [request_of(POLL, POLL_CALL)])


@pytest.mark.parametrize("rows", tables(CODES=CODES))
def test_a_documented_failure_has_its_own_error(stage: Stage, rows: tuple[Failure, ...]) -> None:
    for row in rows:
        with about(row):
            error = stage.send_failing(ENDPOINT, SMALLEST, row.reply)
            assert (outcome(error), stage.has_paused_for(row)) == (expected(ENDPOINT, row), True)
            assert stage.taken() == [request_of(ENDPOINT, SMALLEST)] * row.sent


@pytest.mark.parametrize(
    "rows", tables(PAID=PAID, PAID_NOT_AN_OBJECT=PAID_NOT_AN_OBJECT, PAID_UNREADABLE=PAID_UNREADABLE)
)
def test_an_undocumented_reply_has_its_declared_error(stage: Stage, rows: tuple[Failure, ...]) -> None:
    for row in but(rows, ()):
        with about(row):
            error = stage.send_failing(ENDPOINT, SMALLEST, row.reply)
            assert (outcome(error), stage.has_paused_for(row)) == (expected(ENDPOINT, row), True)
            assert stage.taken() == [request_of(ENDPOINT, SMALLEST)] * row.sent
