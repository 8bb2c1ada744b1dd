# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of Tomoviee.text_to_music: POST /v1/open/capacity/application/tm_text2music"""

from __future__ import annotations

from typing import Any

import pytest
from wondergen import InvalidRequest, OutcomeUnknown, TaskCancelled, TaskFailed, TaskTimedOut

from ..oracle import as_text, exact, put
from ..rows import TASK_ID, Call, Endpoint, Failure, Missing, Refused, Reply, State, Value, at
from ..support import Stage, expected, names, outcome, request_of
from ..tables import about, by_parameter, documented, name_of, tables, with_value, without
from ..undocumented import PAID, PAID_NOT_AN_OBJECT, PAID_UNREADABLE, but
from .failures import CODES, PAID_STATUSES

DOCUMENT = ""
OPERATION = "/paths/~1v1~1open~1capacity~1application~1tm_text2music/post"
BODY = "/components/schemas/TextToMusicRequest"
PARAMETERS = "/components/schemas/TextToMusicRequest/properties"
REPLY = "/components/schemas/TaskSubmittedReply"
ENDPOINT = Endpoint(
    name="text_to_music",
    service="tomoviee",
    method="POST",
    origin="https://openapi.wondershare.cc",
    headers={
        "x-app-key": "canary-app-key",
        "authorization": "Basic Y2FuYXJ5LWFwcC1rZXk6Y2FuYXJ5LWFwcC1zZWNyZXQ=",
        "content-type": "application/json",
    },
    request_schema=OPERATION + "/requestBody/content/application~1json/schema",
    body_at="",
    reply_schema=OPERATION + "/responses/200/content/application~1json/schema",
    status=200,
    reply={"code": 0, "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary', "data": {"task_id": "canary-task-1"}},
    proves=at(REPLY, "/properties/code /properties/msg /properties/data")
    + at(DOCUMENT, "/components/schemas/TaskSubmitted/properties/task_id")
    + at(
        OPERATION,
        "/x-task/kind /x-task/id /x-task/result /x-task/output /x-task/assets",
        "/x-task/reply/progress /x-task/reply/reason /x-task/reply/result /x-task/reply/status",
    ),
)
SMALLEST = Call(
    "smallest",
    {"prompt": "prompt canary", "duration": 0, "qty": 1},
    "/v1/open/capacity/application/tm_text2music",
    body={"prompt": "prompt canary", "duration": 0, "qty": 1},
    proves=at(OPERATION)
    + at(DOCUMENT, "/servers/0/url /components/securitySchemes/appKey /components/securitySchemes/appSecret")
    + at(BODY, "/type"),
)
CALLS = (
    SMALLEST,
    Call(
        "fullest",
        {
            "prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary',
            "duration": 95,
            "qty": 4,
            "disable_translate": True,
            "callback": "https://files.example.com/1.png",
            "params": '\xe9lan, "vital"\\\n\u8bcd params canary',
        },
        "/v1/open/capacity/application/tm_text2music",
        body={
            "prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary',
            "duration": 95,
            "qty": 4,
            "disable_translate": True,
            "callback": "https://files.example.com/1.png",
            "params": '\xe9lan, "vital"\\\n\u8bcd params canary',
        },
        proves=at(PARAMETERS, "/prompt /duration /qty /disable_translate /callback /params"),
    ),
)

VALUES = (
    Value("prompt", "prompt canary", proves=at(PARAMETERS, "/prompt/type")),
    Value("prompt", '\xe9lan, "vital"\\\n\u8bcd prompt canary', proves=at(PARAMETERS, "/prompt/type")),
    Value("duration", 0, proves=at(PARAMETERS, "/duration/minimum")),
    Value("duration", 1, proves=at(PARAMETERS, "/duration/minimum")),
    Value("duration", 95, proves=at(PARAMETERS, "/duration/maximum")),
    Value("duration", 94, proves=at(PARAMETERS, "/duration/maximum")),
    Value("qty", 1, proves=at(PARAMETERS, "/qty/minimum")),
    Value("qty", 2, proves=at(PARAMETERS, "/qty/minimum")),
    Value("qty", 4, proves=at(PARAMETERS, "/qty/maximum")),
    Value("qty", 3, proves=at(PARAMETERS, "/qty/maximum")),
    Value("disable_translate", True, proves=at(PARAMETERS, "/disable_translate/type")),
    Value("callback", "https://files.example.com/1.png", proves=at(PARAMETERS, "/callback/type")),
    Value("params", "params canary", proves=at(PARAMETERS, "/params/type")),
    Value("params", '\xe9lan, "vital"\\\n\u8bcd params canary', proves=at(PARAMETERS, "/params/type")),
)

REFUSED = (
    Refused("prompt", 7, proves=at(PARAMETERS, "/prompt/type")),
    Refused("duration", -1, proves=at(PARAMETERS, "/duration/minimum")),
    Refused("duration", 96, proves=at(PARAMETERS, "/duration/maximum")),
    Refused("duration", 0.5, proves=at(PARAMETERS, "/duration/type")),
    Refused("duration", "not a number", proves=at(PARAMETERS, "/duration/type")),
    Refused("duration", True, proves=at(PARAMETERS, "/duration/type")),
    Refused("qty", 0, proves=at(PARAMETERS, "/qty/minimum")),
    Refused("qty", 5, proves=at(PARAMETERS, "/qty/maximum")),
    Refused("qty", 1.5, proves=at(PARAMETERS, "/qty/type")),
    Refused("qty", "not a number", proves=at(PARAMETERS, "/qty/type")),
    Refused("qty", True, proves=at(PARAMETERS, "/qty/type")),
    Refused("disable_translate", "not a boolean", proves=at(PARAMETERS, "/disable_translate/type")),
    Refused("disable_translate", 7, proves=at(PARAMETERS, "/disable_translate/type")),
    Refused("callback", "canary.png", proves=at(PARAMETERS, "/callback/format")),
    Refused("callback", 7, proves=at(PARAMETERS, "/callback/type")),
    Refused("params", 7, proves=at(PARAMETERS, "/params/type")),
)

MISSING = (
    Missing("prompt", proves=at(BODY, "/required/0")),
    Missing("duration", proves=at(BODY, "/required/1")),
    Missing("qty", proves=at(BODY, "/required/2")),
)

EVERY_FAULT: dict[str, Any] = {
    "prompt": None,
    "duration": None,
    "qty": None,
    "disable_translate": "not a boolean",
    "callback": "canary.png",
    "params": 7,
}

RESULT: Any = {
    "audio_path": ["https://files.example.com/canary-1.mp3", "https://files.example.com/canary-2.mp3"],
    "canary_page": "https://www.example.com/canary",
}
URLS: list[str] = ["https://files.example.com/canary-1.mp3", "https://files.example.com/canary-2.mp3"]

POLL = Endpoint(
    name="task_result",
    service="tomoviee",
    method="POST",
    origin="https://openapi.wondershare.cc",
    headers=ENDPOINT.headers,
    request_schema=DOCUMENT + "/paths/~1v1~1open~1pub~1task/post/requestBody/content/application~1json/schema",
    body_at="",
    reply_schema=DOCUMENT + "/paths/~1v1~1open~1pub~1task/post/responses/200/content/application~1json/schema",
    status=200,
    reply=put(
        {
            "code": 0,
            "data": {"status": 3, "reason": '\xe9lan, "vital"\\\n\u8bcd reason canary', "progress": 1, "result": ""},
            "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
        },
        "/data/result",
        as_text(RESULT),
    ),
)
POLL_CALL = Call("poll", {"task_id": "canary-task-1"}, "/v1/open/pub/task", body={"task_id": "canary-task-1"})
STATUS = "/data/status"
PROGRESS = 1.0
REASON = '\xe9lan, "vital"\\\n\u8bcd reason canary'
DONE = 3
WAITING = 2
STATES = (
    State(1, "queued", None, proves=at(OPERATION, "/x-task/states/1")),
    State(2, "running", None, proves=at(OPERATION, "/x-task/states/2")),
    State(3, "succeeded", None, proves=at(OPERATION, "/x-task/states/3")),
    State(4, "failed", TaskFailed, proves=at(OPERATION, "/x-task/states/4")),
    State(5, "cancelled", TaskCancelled, proves=at(OPERATION, "/x-task/states/5")),
    State(6, "timed_out", TaskTimedOut, proves=at(OPERATION, "/x-task/states/6")),
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
    assert type(result).__name__ == stage.world.name_of("AudioResult")
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
    assert (type(result).__name__, result.urls) == (stage.world.name_of("AudioResult"), URLS)
    assert (task.id, task.operation, stage.sent[1:]) == (TASK_ID, ENDPOINT.name, [request_of(POLL, POLL_CALL)])


@pytest.mark.parametrize("rows", tables(CODES=CODES, PAID_STATUSES=PAID_STATUSES))
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
    for row in but(rows, (400, 401, 413, 422)):
        with about(row):
            error = stage.send_failing(ENDPOINT, SMALLEST, row.reply)
            assert (outcome(error), stage.has_paused_for(row)) == (expected(ENDPOINT, row), True)
            assert stage.taken() == [request_of(ENDPOINT, SMALLEST)] * row.sent
