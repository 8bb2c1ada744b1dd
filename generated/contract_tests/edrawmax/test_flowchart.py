# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of EdrawMax.flowchart: POST /skills/generate-flowchart"""

from __future__ import annotations

from typing import Any

import pytest
from wondergen import InvalidRequest

from ..oracle import exact, get, put
from ..rows import Call, Endpoint, Failure, Missing, Refused, Reply, Value, at
from ..support import Stage, expected, names, outcome, request_of
from ..tables import about, by_parameter, name_of, tables, with_value, without
from ..undocumented import PAID, PAID_NOT_AN_OBJECT, PAID_UNREADABLE, but
from .failures import CODES

DOCUMENT = ""
OPERATION = "/paths/~1skills~1generate-flowchart/post"
BODY = "/components/schemas/GenerateFlowchartRequest"
PARAMETERS = "/components/schemas/GenerateFlowchartRequest/properties"
REPLY = "/components/schemas/FlowchartReply"
ENDPOINT = Endpoint(
    name="flowchart",
    service="edrawmax",
    method="POST",
    origin="https://api.edrawmax.cn",
    headers={"content-type": "application/json"},
    request_schema=OPERATION + "/requestBody/content/application~1json/schema",
    body_at="",
    reply_schema=OPERATION + "/responses/200/content/application~1json/schema",
    status=200,
    reply={
        "code": 0,
        "data": {
            "mermaid_code": '\xe9lan, "vital"\\\n\u8bcd mermaid_code canary',
            "png_url": "https://files.aliyuncs.com/canary-1.svg",
            "svg_url": "https://files.aliyuncs.com/canary-2.svg",
            "canary_page": "https://www.example.com/canary",
        },
        "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
    },
    proves=at(REPLY, "/properties/code /properties/data /properties/msg")
    + at(
        DOCUMENT,
        "/components/schemas/FlowchartResult/properties/mermaid_code",
        "/components/schemas/FlowchartResult/properties/png_url",
        "/components/schemas/FlowchartResult/properties/svg_url",
    )
    + at(OPERATION, "/x-task/kind /x-task/output /x-task/assets /x-task/reply/result"),
)
SMALLEST = Call(
    "smallest",
    {"prompt": "prompt canary"},
    "/api/ai/skills/generate-flowchart",
    body={"prompt": "prompt canary"},
    proves=at(OPERATION)
    + at(OPERATION, "/parameters/0/schema/default")
    + at(DOCUMENT, "/servers/0/url")
    + at(PARAMETERS, "/lang/default")
    + at(BODY, "/type"),
)
CALLS = (
    SMALLEST,
    Call(
        "fullest",
        {"prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary', "lang": "id", "platform": "linux"},
        "/api/ai/skills/generate-flowchart",
        body={"prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary', "lang": "id", "platform": "linux"},
        proves=at(PARAMETERS, "/prompt /lang /platform"),
    ),
)

VALUES = (
    Value("prompt", "prompt canary", proves=at(PARAMETERS, "/prompt/type")),
    Value("prompt", '\xe9lan, "vital"\\\n\u8bcd prompt canary', proves=at(PARAMETERS, "/prompt/type")),
    Value("lang", "en", proves=at(PARAMETERS, "/lang/enum/0")),
    Value("lang", "cn", proves=at(PARAMETERS, "/lang/enum/1")),
    Value("lang", "jp", proves=at(PARAMETERS, "/lang/enum/2")),
    Value("lang", "kr", proves=at(PARAMETERS, "/lang/enum/3")),
    Value("lang", "es", proves=at(PARAMETERS, "/lang/enum/4")),
    Value("lang", "fr", proves=at(PARAMETERS, "/lang/enum/5")),
    Value("lang", "de", proves=at(PARAMETERS, "/lang/enum/6")),
    Value("lang", "it", proves=at(PARAMETERS, "/lang/enum/7")),
    Value("lang", "tw", proves=at(PARAMETERS, "/lang/enum/8")),
    Value("lang", "pt", proves=at(PARAMETERS, "/lang/enum/9")),
    Value("lang", "ru", proves=at(PARAMETERS, "/lang/enum/10")),
    Value("lang", "id", proves=at(PARAMETERS, "/lang/enum/11")),
    Value("platform", "web", proves=at(PARAMETERS, "/platform/enum/0")),
    Value("platform", "win", proves=at(PARAMETERS, "/platform/enum/1")),
    Value("platform", "mac", proves=at(PARAMETERS, "/platform/enum/2")),
    Value("platform", "ios", proves=at(PARAMETERS, "/platform/enum/3")),
    Value("platform", "android", proves=at(PARAMETERS, "/platform/enum/4")),
    Value("platform", "linux", proves=at(PARAMETERS, "/platform/enum/5")),
)

REFUSED = (
    Refused("prompt", 7, proves=at(PARAMETERS, "/prompt/type")),
    Refused("lang", "not documented", proves=at(PARAMETERS, "/lang/enum")),
    Refused("lang", "", proves=at(PARAMETERS, "/lang/enum")),
    Refused("lang", "EN", proves=at(PARAMETERS, "/lang/enum")),
    Refused("lang", "id ", proves=at(PARAMETERS, "/lang/enum")),
    Refused("lang", 7, proves=at(PARAMETERS, "/lang/type")),
    Refused("platform", "not documented", proves=at(PARAMETERS, "/platform/enum")),
    Refused("platform", "", proves=at(PARAMETERS, "/platform/enum")),
    Refused("platform", "WEB", proves=at(PARAMETERS, "/platform/enum")),
    Refused("platform", "linux ", proves=at(PARAMETERS, "/platform/enum")),
    Refused("platform", 7, proves=at(PARAMETERS, "/platform/type")),
)

MISSING = (Missing("prompt", proves=at(BODY, "/required/0")),)

EVERY_FAULT: dict[str, Any] = {"prompt": None, "lang": "not documented", "platform": "not documented"}

RESULT: Any = {
    "mermaid_code": '\xe9lan, "vital"\\\n\u8bcd mermaid_code canary',
    "png_url": "https://files.aliyuncs.com/canary-1.svg",
    "svg_url": "https://files.aliyuncs.com/canary-2.svg",
    "canary_page": "https://www.example.com/canary",
}
URLS: list[str] = ["https://files.aliyuncs.com/canary-1.svg", "https://files.aliyuncs.com/canary-2.svg"]


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


def test_the_result_has_its_files(stage: Stage) -> None:
    result = stage.send(ENDPOINT, SMALLEST)
    assert type(result).__name__ == stage.world.name_of("FlowchartResult")
    assert (result.urls, exact(result.raw)) == (URLS, exact(RESULT))


def test_a_field_that_no_document_knows_is_kept(stage: Stage) -> None:
    body = put(ENDPOINT.reply, "/data/canary_field", "canary")
    result = stage.send(ENDPOINT, SMALLEST, Reply(ENDPOINT.status, body))
    assert exact(result.raw) == exact(get(body, "/data"))


@pytest.mark.parametrize("value", [None, {"canary": []}, "canary"], ids=["null", "object", "text"])
def test_a_reply_that_breaks_its_schema_is_kept(stage: Stage, value: object) -> None:
    body = put(ENDPOINT.reply, "/data/mermaid_code", value)
    result = stage.send(ENDPOINT, SMALLEST, Reply(ENDPOINT.status, body))
    assert exact(result.raw) == exact(get(body, "/data"))


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
