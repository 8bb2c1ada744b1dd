# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of Tomoviee.task_result: POST /v1/open/pub/task"""

from __future__ import annotations

import pytest
from wondergen import InvalidRequest

from ..oracle import get, put
from ..rows import Call, Endpoint, Failure, Missing, Refused, Reply, Value, at
from ..support import Stage, dumped, expected, names, outcome, request_of
from ..tables import about, by_parameter, name_of, tables, with_value, without
from ..undocumented import QUERY, QUERY_NOT_AN_OBJECT, QUERY_UNREADABLE, but
from .failures import CODES, QUERY_STATUSES

DOCUMENT = ""
OPERATION = "/paths/~1v1~1open~1pub~1task/post"
BODY = "/components/schemas/GetTaskResultRequest"
PARAMETERS = "/components/schemas/GetTaskResultRequest/properties"
REPLY = "/components/schemas/TaskReportReply"
ENDPOINT = Endpoint(
    name="task_result",
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
    reply={
        "code": 0,
        "data": {
            "status": 1,
            "reason": '\xe9lan, "vital"\\\n\u8bcd reason canary',
            "progress": 1,
            "result": '\xe9lan, "vital"\\\n\u8bcd result canary',
        },
        "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
    },
    proves=at(REPLY, "/properties/code /properties/data /properties/msg")
    + at(
        DOCUMENT,
        "/components/schemas/TaskReport/properties/status",
        "/components/schemas/TaskReport/properties/reason",
        "/components/schemas/TaskReport/properties/progress",
        "/components/schemas/TaskReport/properties/result",
    )
    + at(OPERATION, "/x-task/kind"),
)
SMALLEST = Call(
    "smallest",
    {"task_id": "task_id canary"},
    "/v1/open/pub/task",
    body={"task_id": "task_id canary"},
    proves=at(OPERATION)
    + at(DOCUMENT, "/servers/0/url /components/securitySchemes/appKey /components/securitySchemes/appSecret")
    + at(BODY, "/type"),
)
CALLS = (
    SMALLEST,
    Call(
        "fullest",
        {"task_id": '\xe9lan, "vital"\\\n\u8bcd task_id canary'},
        "/v1/open/pub/task",
        body={"task_id": '\xe9lan, "vital"\\\n\u8bcd task_id canary'},
        proves=at(PARAMETERS, "/task_id"),
    ),
)

VALUES = (
    Value("task_id", "task_id canary", proves=at(PARAMETERS, "/task_id/type")),
    Value("task_id", '\xe9lan, "vital"\\\n\u8bcd task_id canary', proves=at(PARAMETERS, "/task_id/type")),
)

REFUSED = (Refused("task_id", 7, proves=at(PARAMETERS, "/task_id/type")),)

MISSING = (Missing("task_id", proves=at(BODY, "/required/0")),)


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


def test_an_unknown_keyword_is_refused(stage: Stage) -> None:
    with pytest.raises(TypeError):
        stage.fails(ENDPOINT, {**SMALLEST.arguments, "canary_keyword": 1})
    assert stage.sent == []


def test_extra_body_goes_where_the_parameters_are(stage: Stage) -> None:
    extra = Value("extra_body", {"canary_key": ["canary"]}, wire=["canary"], wire_name="canary_key")
    call = with_value(ENDPOINT, SMALLEST, extra)
    stage.send(ENDPOINT, call)
    assert stage.sent == [request_of(ENDPOINT, call)]


def test_the_reply_comes_back_typed(stage: Stage) -> None:
    reply = stage.send(ENDPOINT, SMALLEST)
    assert type(reply).__name__ == "TaskReport"
    assert dumped(reply) == get(ENDPOINT.reply, "/data")


def test_a_field_that_no_document_knows_is_kept(stage: Stage) -> None:
    body = put(ENDPOINT.reply, "/data/canary_field", "canary")
    reply = stage.send(ENDPOINT, SMALLEST, Reply(ENDPOINT.status, body))
    assert dumped(reply) == get(body, "/data")


@pytest.mark.parametrize("value", [None, {"canary": []}, "canary"], ids=["null", "object", "text"])
def test_a_reply_that_breaks_its_schema_is_kept(stage: Stage, value: object) -> None:
    body = put(ENDPOINT.reply, "/data/status", value)
    reply = stage.send(ENDPOINT, SMALLEST, Reply(ENDPOINT.status, body))
    assert dumped(reply) == get(body, "/data")


@pytest.mark.parametrize("rows", tables(CODES=CODES, QUERY_STATUSES=QUERY_STATUSES))
def test_a_documented_failure_has_its_own_error(stage: Stage, rows: tuple[Failure, ...]) -> None:
    for row in rows:
        with about(row):
            error = stage.send_failing(ENDPOINT, SMALLEST, row.reply)
            assert (outcome(error), stage.has_paused_for(row)) == (expected(ENDPOINT, row), True)
            assert stage.taken() == [request_of(ENDPOINT, SMALLEST)] * row.sent


@pytest.mark.parametrize(
    "rows", tables(QUERY=QUERY, QUERY_NOT_AN_OBJECT=QUERY_NOT_AN_OBJECT, QUERY_UNREADABLE=QUERY_UNREADABLE)
)
def test_an_undocumented_reply_has_its_declared_error(stage: Stage, rows: tuple[Failure, ...]) -> None:
    for row in but(rows, (400, 401, 413, 422)):
        with about(row):
            error = stage.send_failing(ENDPOINT, SMALLEST, row.reply)
            assert (outcome(error), stage.has_paused_for(row)) == (expected(ENDPOINT, row), True)
            assert stage.taken() == [request_of(ENDPOINT, SMALLEST)] * row.sent
