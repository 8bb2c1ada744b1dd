# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of EdrawMax.gantt: POST /skills/generate-gantt"""

from __future__ import annotations

import respx
from wondergen import EdrawMax

from ..contracts import GenerateContract
from ..rows import Accepted, AsGiven, Call, DocumentedReply, Endpoint, Files, Missing, Refused, at
from ..support import USER_AGENT, Sent, assert_equal
from ..undocumented import PAID, PAID_NOT_AN_OBJECT, PAID_UNREADABLE
from .failures import CODES

DOCUMENT = ""
OPERATION = "/paths/~1skills~1generate-gantt/post"
BODY = "/components/schemas/GenerateGanttRequest"
PARAMETERS = "/components/schemas/GenerateGanttRequest/properties"
EXAMPLES = "/paths/~1skills~1generate-gantt/post/requestBody/content/application~1json/examples"
REPLY = "/components/schemas/DiagramReply"
AS_GIVEN = AsGiven("")


class TestGantt(GenerateContract):
    endpoint = Endpoint(
        name="gantt",
        service="edrawmax",
        method="POST",
        origin="https://api.edrawmax.cn",
        path="/api/ai/skills/generate-gantt",
        headers={"content-type": "application/json"},
        request_schema=OPERATION + "/requestBody/content/application~1json/schema",
        body_at="",
        reply_schema=OPERATION + "/responses/200/content/application~1json/schema",
        status=200,
        reply={
            "code": 0,
            "data": {
                "source_code": '\xe9lan, "vital"\\\n\u8bcd source_code canary',
                "png_url": "https://files.aliyuncs.com/canary-1.svg",
                "svg_url": "https://files.aliyuncs.com/canary-2.svg",
                "canary_page": "https://www.example.com/canary",
            },
            "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
        },
        proves=at(REPLY + "/properties", "/code /data /msg")
        + at(DOCUMENT + "/components/schemas/DiagramResult/properties", "/source_code /png_url /svg_url")
        + at(OPERATION + "/x-task", "/kind /output /assets /reply/result"),
    )
    smallest = Call(
        "smallest",
        {"prompt": "prompt canary"},
        body=AS_GIVEN,
        proves=at(OPERATION)
        + at(OPERATION, "/parameters/0/schema/default")
        + at(DOCUMENT, "/servers/0/url")
        + at(PARAMETERS, "/lang/default")
        + at(BODY, "/type"),
    )
    parameters = ("prompt", "lang", "platform")
    calls = (
        Call(
            "fullest",
            {"prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary', "lang": "id", "platform": "linux"},
            body=AS_GIVEN,
            proves_each_at=PARAMETERS,
        ),
    )
    accepted = (
        Accepted(
            "prompt",
            ["x", "xx", "prompt canary", '\xe9lan, "vital"\\\n\u8bcd prompt canary'],
            proves=at(PARAMETERS + "/prompt", "/minLength /pattern /type"),
        ),
        Accepted(
            "lang",
            ["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"],
            proves=at(PARAMETERS + "/lang/enum", "/0 /1 /2 /3 /4 /5 /6 /7 /8 /9 /10 /11"),
        ),
        Accepted(
            "platform",
            ["web", "win", "mac", "ios", "android", "linux"],
            proves=at(PARAMETERS + "/platform/enum", "/0 /1 /2 /3 /4 /5"),
        ),
    )
    refused = (
        Refused("prompt", ["", "\n", " \u3000", 7], proves=at(PARAMETERS + "/prompt", "/minLength /pattern /type")),
        Refused("lang", ["not documented", "", "EN", "id ", 7], proves=at(PARAMETERS + "/lang", "/enum /type")),
        Refused(
            "platform", ["not documented", "", "WEB", "linux ", 7], proves=at(PARAMETERS + "/platform", "/enum /type")
        ),
    )
    missing = (Missing("prompt", proves=at(BODY, "/required/0")),)
    choices = {
        "lang": ("en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"),
        "platform": ("web", "win", "mac", "ios", "android", "linux"),
    }
    examples = (
        Call(
            "documented-1",
            {"lang": "cn", "platform": "web", "prompt": "Sign-up and sign-in, with a check of the phone number"},
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-1"),
        ),
    )
    documented = (
        DocumentedReply(
            "documented-1",
            {
                "code": 0,
                "data": {
                    "png_url": "https://files.example.org/1.svg",
                    "source_code": "A short text",
                    "svg_url": "https://files.example.org/2.svg",
                },
                "msg": "",
            },
            {
                "png_url": "https://files.example.org/1.svg",
                "source_code": "A short text",
                "svg_url": "https://files.example.org/2.svg",
            },
            urls=("https://files.example.org/1.svg", "https://files.example.org/2.svg"),
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/documented-1"),
        ),
    )
    failures = {"CODES": CODES}
    undocumented = {"PAID": PAID, "PAID_NOT_AN_OBJECT": PAID_NOT_AN_OBJECT, "PAID_UNREADABLE": PAID_UNREADABLE}
    returns = "DiagramResult"
    result = {
        "source_code": '\xe9lan, "vital"\\\n\u8bcd source_code canary',
        "png_url": "https://files.aliyuncs.com/canary-1.svg",
        "svg_url": "https://files.aliyuncs.com/canary-2.svg",
        "canary_page": "https://www.example.com/canary",
    }
    urls = ["https://files.aliyuncs.com/canary-1.svg", "https://files.aliyuncs.com/canary-2.svg"]
    reply_at = "/data"
    altered_at = "/data/source_code"
    files = Files(
        media="diagram",
        placed=True,
        host="files.aliyuncs.com",
        hosts=(".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
    )

    def test_the_exchange_on_the_wire(self, respx_mock: respx.MockRouter) -> None:
        start = respx_mock.post("https://api.edrawmax.cn/api/ai/skills/generate-gantt").respond(
            json={
                "code": 0,
                "data": {
                    "source_code": "source_code canary",
                    "png_url": "https://files.aliyuncs.com/canary-1.svg",
                    "svg_url": "https://files.aliyuncs.com/canary-2.svg",
                    "canary_page": "https://www.example.com/canary",
                },
                "msg": "msg canary",
            }
        )
        with EdrawMax() as client:
            reply = client.gantt(prompt="prompt canary")

        sent = Sent.of(start.calls.last.request)
        assert (sent.method, sent.url) == ("POST", "https://api.edrawmax.cn/api/ai/skills/generate-gantt")
        assert_equal(
            sent.headers,
            {
                "host": "api.edrawmax.cn",
                "accept": "application/json",
                "content-type": "application/json",
                "user-agent": USER_AGENT,
            },
        )
        assert_equal(sent.body, {"prompt": "prompt canary"})

        assert reply.urls == ["https://files.aliyuncs.com/canary-1.svg", "https://files.aliyuncs.com/canary-2.svg"]
