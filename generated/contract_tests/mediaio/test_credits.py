# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of MediaIO.credits: POST /user/credits"""

from __future__ import annotations

import respx
from wondergen import MediaIO

from ..contracts import QueryContract
from ..rows import AsGiven, Call, DocumentedReply, Endpoint, at
from ..support import USER_AGENT, Sent, assert_equal, dumped
from ..undocumented import QUERY, QUERY_NOT_AN_OBJECT, QUERY_UNREADABLE
from .failures import CODES

DOCUMENT = ""
OPERATION = "/paths/~1user~1credits/post"
BODY = "/components/schemas/GetCreditsRequest"
EXAMPLES = "/paths/~1user~1credits/post/requestBody/content/application~1json/examples"
REPLY = "/components/schemas/CreditsReply"
AS_GIVEN = AsGiven("")


class TestCredits(QueryContract):
    endpoint = Endpoint(
        name="credits",
        service="mediaio",
        method="POST",
        origin="https://openapi.media.io",
        path="/user/credits",
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
        proves=at(REPLY + "/properties", "/code /data /msg /trace_id")
        + at(DOCUMENT, "/components/schemas/Credits/properties/credits")
        + at(OPERATION, "/x-task/kind"),
    )
    smallest = Call(
        "smallest",
        {},
        body={},
        proves=at(OPERATION) + at(DOCUMENT, "/servers/0/url /components/securitySchemes/apiKey") + at(BODY, "/type"),
    )
    parameters = ()
    calls = (Call("fullest", {}, body={}),)
    examples = (Call("documented-1", {}, body={}, proves=at(EXAMPLES, "/documented-1")),)
    documented = (
        DocumentedReply(
            "documented-1",
            {"code": 0, "data": {"credits": 1200}, "msg": ""},
            {"credits": 1200},
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/documented-1"),
        ),
    )
    failures = {"CODES": CODES}
    undocumented = {"QUERY": QUERY, "QUERY_NOT_AN_OBJECT": QUERY_NOT_AN_OBJECT, "QUERY_UNREADABLE": QUERY_UNREADABLE}
    returns = "Credits"
    typed = True
    reply_at = "/data"
    altered_at = "/data/credits"

    def test_the_exchange_on_the_wire(self, respx_mock: respx.MockRouter) -> None:
        start = respx_mock.post("https://openapi.media.io/user/credits").respond(
            json={"code": 0, "data": {"credits": 1}, "msg": "msg canary", "trace_id": "trace_id canary"}
        )
        with MediaIO(api_key="canary-api-key") as client:
            reply = client.credits()

        sent = Sent.of(start.calls.last.request)
        assert (sent.method, sent.url) == ("POST", "https://openapi.media.io/user/credits")
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

        assert_equal(dumped(reply), {"credits": 1})
