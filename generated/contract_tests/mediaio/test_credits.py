# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of MediaIO.credits: POST /user/credits"""

from __future__ import annotations

import pytest

from ..oracle import get, put
from ..rows import Call, Endpoint, Failure, Reply, Value, at
from ..support import Stage, dumped, expected, outcome, request_of
from ..tables import about, name_of, tables, with_value
from ..undocumented import QUERY, QUERY_NOT_AN_OBJECT, QUERY_UNREADABLE, but
from .failures import CODES

DOCUMENT = ""
OPERATION = "/paths/~1user~1credits/post"
BODY = "/components/schemas/GetCreditsRequest"
REPLY = "/components/schemas/CreditsReply"
ENDPOINT = Endpoint(
    name="credits",
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
        "data": {"credits": 1},
        "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
        "trace_id": '\xe9lan, "vital"\\\n\u8bcd trace_id canary',
    },
    proves=at(REPLY, "/properties/code /properties/data /properties/msg /properties/trace_id")
    + at(DOCUMENT, "/components/schemas/Credits/properties/credits")
    + at(OPERATION, "/x-task/kind"),
)
SMALLEST = Call(
    "smallest",
    {},
    "/user/credits",
    body={},
    proves=at(OPERATION) + at(DOCUMENT, "/servers/0/url /components/securitySchemes/apiKey") + at(BODY, "/type"),
)
CALLS = (
    SMALLEST,
    Call("fullest", {}, "/user/credits", body={}),
)


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_a_call_becomes_the_documented_request(stage: Stage, call: Call) -> None:
    stage.send(ENDPOINT, call)
    assert stage.sent == [request_of(ENDPOINT, call)]
    assert stage.request_faults(ENDPOINT) == []


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
    assert type(reply).__name__ == "Credits"
    assert dumped(reply) == get(ENDPOINT.reply, "/data")


def test_a_field_that_no_document_knows_is_kept(stage: Stage) -> None:
    body = put(ENDPOINT.reply, "/data/canary_field", "canary")
    reply = stage.send(ENDPOINT, SMALLEST, Reply(ENDPOINT.status, body))
    assert dumped(reply) == get(body, "/data")


@pytest.mark.parametrize("value", [None, {"canary": []}, "canary"], ids=["null", "object", "text"])
def test_a_reply_that_breaks_its_schema_is_kept(stage: Stage, value: object) -> None:
    body = put(ENDPOINT.reply, "/data/credits", value)
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
