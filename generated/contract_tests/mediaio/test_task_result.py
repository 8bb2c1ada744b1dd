# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of MediaIO.task_result: POST /generation/result/{task_id}"""

from __future__ import annotations

import pytest
from wondergen import InvalidRequest

from ..oracle import get, put
from ..rows import Call, Endpoint, Failure, Missing, Refused, Reply, Value, at
from ..support import Stage, dumped, expected, names, outcome, request_of
from ..tables import about, by_parameter, name_of, tables, with_value, without
from ..undocumented import QUERY, QUERY_NOT_AN_OBJECT, QUERY_UNREADABLE, but
from .failures import CODES

DOCUMENT = ""
OPERATION = "/paths/~1generation~1result~1{task_id}/post"
BODY = "/components/schemas/GetTaskResultRequest"
REPLY = "/components/schemas/TaskReportReply"
ENDPOINT = Endpoint(
    name="task_result",
    service="mediaio",
    method="POST",
    origin="https://openapi.media.io",
    headers={"x-api-key": "canary-api-key", "content-type": "application/json"},
    request_schema=OPERATION + "/requestBody/content/application~1json/schema",
    body_at="",
    reply_schema=OPERATION + "/responses/200/content/application~1json/schema",
    status=200,
    reply={
        "code": 0,
        "data": {
            "task_id": '\xe9lan, "vital"\\\n\u8bcd task_id canary',
            "result": {},
            "status": '\xe9lan, "vital"\\\n\u8bcd status canary',
        },
        "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
        "trace_id": '\xe9lan, "vital"\\\n\u8bcd trace_id canary',
    },
    proves=at(REPLY, "/properties/code /properties/data /properties/msg /properties/trace_id")
    + at(
        DOCUMENT,
        "/components/schemas/TaskReport/properties/task_id",
        "/components/schemas/TaskReport/properties/result",
        "/components/schemas/TaskReport/properties/status",
    )
    + at(OPERATION, "/x-task/kind"),
)
SMALLEST = Call(
    "smallest",
    {"task_id": "text canary"},
    "/generation/result/text%20canary",
    body={},
    proves=at(OPERATION) + at(DOCUMENT, "/servers/0/url /components/securitySchemes/apiKey") + at(BODY, "/type"),
)
CALLS = (
    SMALLEST,
    Call(
        "fullest",
        {"task_id": '\xe9lan, "vital"\\\n\u8bcd text canary'},
        "/generation/result/%C3%A9lan%2C%20%22vital%22%5C%0A%E8%AF%8D%20text%20canary",
        body={},
        proves=at(OPERATION, "/parameters/0"),
    ),
    Call(
        "task_id-2",
        {"task_id": "text canary"},
        "/generation/result/text%20canary",
        body={},
        proves=at(OPERATION, "/parameters/0/schema/type"),
    ),
    Call(
        "task_id-3",
        {"task_id": '\xe9lan, "vital"\\\n\u8bcd text canary'},
        "/generation/result/%C3%A9lan%2C%20%22vital%22%5C%0A%E8%AF%8D%20text%20canary",
        body={},
        proves=at(OPERATION, "/parameters/0/schema/type"),
    ),
    Call("task_id-4", {"task_id": "a/b"}, "/generation/result/a%2Fb", body={}, proves=at(OPERATION, "/parameters/0")),
    Call(
        "task_id-5",
        {"task_id": "\xe9lan \u8bcd"},
        "/generation/result/%C3%A9lan%20%E8%AF%8D",
        body={},
        proves=at(OPERATION, "/parameters/0"),
    ),
    Call("task_id-6", {"task_id": "100%"}, "/generation/result/100%25", body={}, proves=at(OPERATION, "/parameters/0")),
    Call(
        "task_id-7",
        {"task_id": "a?b#c"},
        "/generation/result/a%3Fb%23c",
        body={},
        proves=at(OPERATION, "/parameters/0"),
    ),
    Call(
        "task_id-8", {"task_id": "a%2Fb"}, "/generation/result/a%252Fb", body={}, proves=at(OPERATION, "/parameters/0")
    ),
    Call(
        "task_id-9", {"task_id": "..%2f"}, "/generation/result/..%252f", body={}, proves=at(OPERATION, "/parameters/0")
    ),
)

REFUSED = (Refused("task_id", 7, proves=at(OPERATION, "/parameters/0/schema/type")),)

MISSING = (Missing("task_id", proves=at(OPERATION, "/parameters/0/required")),)


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_a_call_becomes_the_documented_request(stage: Stage, call: Call) -> None:
    stage.send(ENDPOINT, call)
    assert stage.sent == [request_of(ENDPOINT, call)]
    assert stage.request_faults(ENDPOINT) == []


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
    body = put(ENDPOINT.reply, "/data/task_id", value)
    reply = stage.send(ENDPOINT, SMALLEST, Reply(ENDPOINT.status, body))
    assert dumped(reply) == get(body, "/data")


@pytest.mark.parametrize("rows", tables(CODES=CODES))
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
    for row in but(rows, ()):
        with about(row):
            error = stage.send_failing(ENDPOINT, SMALLEST, row.reply)
            assert (outcome(error), stage.has_paused_for(row)) == (expected(ENDPOINT, row), True)
            assert stage.taken() == [request_of(ENDPOINT, SMALLEST)] * row.sent
