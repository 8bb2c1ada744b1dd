# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of MediaIO.task_result: POST /generation/result/{task_id}"""

from __future__ import annotations

import respx
from wondergen import MediaIO

from ..contracts import QueryContract
from ..rows import AsGiven, Call, DocumentedReply, Endpoint, Missing, Refused, at
from ..support import USER_AGENT, Sent, assert_equal, dumped
from ..undocumented import QUERY, QUERY_NOT_AN_OBJECT, QUERY_UNREADABLE
from .failures import CODES

DOCUMENT = ""
OPERATION = "/paths/~1generation~1result~1{task_id}/post"
BODY = "/components/schemas/GetTaskResultRequest"
EXAMPLES = "/paths/~1generation~1result~1{task_id}/post/requestBody/content/application~1json/examples"
REPLY = "/components/schemas/TaskReportReply"
AS_GIVEN = AsGiven("", elsewhere=("task_id",))


class TestTaskResult(QueryContract):
    endpoint = Endpoint(
        name="task_result",
        service="mediaio",
        method="POST",
        origin="https://openapi.media.io",
        path="/generation/result/{task_id}",
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
        proves=at(REPLY + "/properties", "/code /data /msg /trace_id")
        + at(DOCUMENT + "/components/schemas/TaskReport/properties", "/task_id /result /status")
        + at(OPERATION, "/x-task/kind"),
    )
    smallest = Call(
        "smallest",
        {"task_id": "text canary"},
        "/generation/result/text%20canary",
        body=AS_GIVEN,
        proves=at(OPERATION)
        + at(OPERATION, "/parameters/0/schema/type")
        + at(DOCUMENT, "/servers/0/url /components/securitySchemes/apiKey")
        + at(BODY, "/type"),
    )
    parameters = ("task_id",)
    calls = (
        Call(
            "fullest",
            {"task_id": '\xe9lan, "vital"\\\n\u8bcd text canary/../?#%2F'},
            "/generation/result/%C3%A9lan%2C%20%22vital%22%5C%0A%E8%AF%8D%20text%20canary%2F..%2F%3F%23%252F",
            body=AS_GIVEN,
            proves=at(OPERATION, "/parameters/0"),
        ),
        Call(
            "task_id-2",
            {"task_id": '\xe9lan, "vital"\\\n\u8bcd text canary'},
            "/generation/result/%C3%A9lan%2C%20%22vital%22%5C%0A%E8%AF%8D%20text%20canary",
            body=AS_GIVEN,
            proves=at(OPERATION, "/parameters/0/schema/type"),
        ),
        Call(
            "task_id-3",
            {"task_id": "a/b"},
            "/generation/result/a%2Fb",
            body=AS_GIVEN,
            proves=at(OPERATION, "/parameters/0"),
        ),
        Call(
            "task_id-4",
            {"task_id": "\xe9lan \u8bcd"},
            "/generation/result/%C3%A9lan%20%E8%AF%8D",
            body=AS_GIVEN,
            proves=at(OPERATION, "/parameters/0"),
        ),
        Call(
            "task_id-5",
            {"task_id": "100%"},
            "/generation/result/100%25",
            body=AS_GIVEN,
            proves=at(OPERATION, "/parameters/0"),
        ),
        Call(
            "task_id-6",
            {"task_id": "a?b#c"},
            "/generation/result/a%3Fb%23c",
            body=AS_GIVEN,
            proves=at(OPERATION, "/parameters/0"),
        ),
        Call(
            "task_id-7",
            {"task_id": "a%2Fb"},
            "/generation/result/a%252Fb",
            body=AS_GIVEN,
            proves=at(OPERATION, "/parameters/0"),
        ),
        Call(
            "task_id-8",
            {"task_id": "..%2f"},
            "/generation/result/..%252f",
            body=AS_GIVEN,
            proves=at(OPERATION, "/parameters/0"),
        ),
    )
    refused = (Refused("task_id", [7], proves=at(OPERATION, "/parameters/0/schema/type")),)
    missing = (Missing("task_id", proves=at(OPERATION, "/parameters/0/required")),)
    examples = (
        Call(
            "documented-1",
            {"task_id": "text canary"},
            "/generation/result/text%20canary",
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-1"),
        ),
    )
    documented = (
        DocumentedReply(
            "documented-1",
            {"code": 0, "data": {"result": {}, "status": "succeeded", "task_id": "task-0001"}, "msg": ""},
            {"result": {}, "status": "succeeded", "task_id": "task-0001"},
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/documented-1"),
        ),
    )
    failures = {"CODES": CODES}
    undocumented = {"QUERY": QUERY, "QUERY_NOT_AN_OBJECT": QUERY_NOT_AN_OBJECT, "QUERY_UNREADABLE": QUERY_UNREADABLE}
    returns = "TaskReport"
    typed = True
    reply_at = "/data"
    altered_at = "/data/task_id"

    def test_the_exchange_on_the_wire(self, respx_mock: respx.MockRouter) -> None:
        start = respx_mock.post("https://openapi.media.io/generation/result/text%20canary").respond(
            json={
                "code": 0,
                "data": {"task_id": "task_id canary", "result": {}, "status": "status canary"},
                "msg": "msg canary",
                "trace_id": "trace_id canary",
            }
        )
        with MediaIO(api_key="canary-api-key") as client:
            reply = client.task_result(task_id="text canary")

        sent = Sent.of(start.calls.last.request)
        assert (sent.method, sent.url) == ("POST", "https://openapi.media.io/generation/result/text%20canary")
        assert_equal(
            sent.headers,
            {
                "host": "openapi.media.io",
                "accept": "application/json",
                "x-api-key": "canary-api-key",
                "content-type": "application/json",
                "user-agent": USER_AGENT,
            },
        )
        assert_equal(sent.body, {})

        assert_equal(dumped(reply), {"task_id": "task_id canary", "result": {}, "status": "status canary"})
