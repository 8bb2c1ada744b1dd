# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of MediaIO.image_to_video.hailuo_2_3: POST /generation/minimax/i2v-minimax-v2-3"""

from __future__ import annotations

import dataclasses

import respx
from wondergen import MediaIO, TaskFailed, TaskTimedOut

from ..contracts import SubmitContract
from ..rows import Accepted, AsGiven, Broken, Call, DocumentedReply, Endpoint, Files, Missing, Refused, State, Task, at
from ..support import USER_AGENT, Sent, assert_equal, text
from ..undocumented import PAID, PAID_NOT_AN_OBJECT, PAID_UNREADABLE
from . import test_task_result
from .failures import CODES

DOCUMENT = ""
OPERATION = "/paths/~1generation~1minimax~1i2v-minimax-v2-3/post"
BODY = "/components/schemas/ImageToVideoHailuo23Parameters"
PARAMETERS = "/components/schemas/ImageToVideoHailuo23Parameters/properties"
EXAMPLES = "/paths/~1generation~1minimax~1i2v-minimax-v2-3/post/requestBody/content/application~1json/examples"
REPLY = "/components/schemas/TaskSubmittedReply"
AS_GIVEN = AsGiven("/data")


class TestImageToVideoHailuo23(SubmitContract):
    endpoint = Endpoint(
        name="image_to_video.hailuo_2_3",
        service="mediaio",
        method="POST",
        origin="https://openapi.media.io",
        path="/generation/minimax/i2v-minimax-v2-3",
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
        proves=at(REPLY + "/properties", "/code /data /msg /trace_id")
        + at(DOCUMENT, "/components/schemas/TaskSubmitted/properties/task_id")
        + at(OPERATION + "/x-task", "/kind /id /result /output /assets /reply/result /reply/status"),
    )
    smallest = Call(
        "smallest",
        {"prompt": "prompt canary", "image": "https://files.example.com/1.png"},
        body=AS_GIVEN,
        proves=at(OPERATION)
        + at(
            DOCUMENT,
            "/servers/0/url /components/securitySchemes/apiKey",
            "/components/schemas/ImageToVideoHailuo23Request/type",
            "/components/schemas/ImageToVideoHailuo23Request/properties/data",
            "/components/schemas/ImageToVideoHailuo23Request/required/0",
        )
        + at(PARAMETERS, "/resolution/default /duration/default")
        + at(BODY, "/type"),
    )
    parameters = ("prompt", "image", "resolution", "duration")
    calls = (
        Call(
            "fullest",
            {
                "prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary',
                "image": "https://files.example.com/1.png",
                "resolution": "1080P",
                "duration": "6s",
            },
            body=AS_GIVEN,
            proves_each_at=PARAMETERS,
        ),
    )
    accepted = (
        Accepted(
            "prompt",
            ["x", "xx", text(2000), text(1999), "prompt canary", '\xe9lan, "vital"\\\n\u8bcd prompt canary'],
            proves=at(PARAMETERS + "/prompt", "/minLength /maxLength /pattern /type"),
        ),
        Accepted("image", ["https://files.example.com/1.png"], proves=at(PARAMETERS, "/image/type")),
        Accepted("resolution", ["768P", "1080P"], proves=at(PARAMETERS + "/resolution/enum", "/0 /1")),
        Accepted("duration", ["6s", "10s"], proves=at(PARAMETERS + "/duration/enum", "/0 /1")),
        Accepted("duration", [6, 10], wire=["6s", "10s"], proves=at(PARAMETERS, "/duration/x-wire")),
    )
    refused = (
        Refused(
            "prompt",
            ["", text(2001), "\n", " \u3000", 7],
            proves=at(PARAMETERS + "/prompt", "/minLength /maxLength /pattern /type"),
        ),
        Refused("image", ["canary.png", 7], proves=at(PARAMETERS + "/image", "/format /type")),
        Refused(
            "resolution",
            ["not documented", "", "768p", "1080P ", 7, "769P", "1536P", "1081P", "2160P"],
            proves=at(PARAMETERS + "/resolution", "/enum /type"),
        ),
        Refused(
            "duration",
            ["not documented", "", "6S", "10s ", 7, "7s", "12s", "11s", "20s"],
            proves=at(PARAMETERS + "/duration", "/enum /type"),
        ),
    )
    missing = (
        Missing("prompt", proves=at(BODY, "/required/1")),
        Missing("image", proves=at(BODY, "/required/0")),
    )
    broken = (
        Broken(
            "duration",
            {
                "prompt": "prompt canary",
                "image": "https://files.example.com/1.png",
                "resolution": "1080P",
                "duration": "10s",
            },
            proves=at(BODY, "/allOf/0"),
        ),
    )
    choices = {"resolution": ("768P", "1080P"), "duration": ("6s", "10s")}
    examples = (
        Call(
            "documented-1",
            {"image": "https://files.example.org/picture.png", "prompt": "A lighthouse at dusk, waves breaking below"},
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-1"),
        ),
        Call(
            "documented-2",
            {
                "duration": "6s",
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
                "resolution": "768P",
            },
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-2"),
        ),
    )
    documented = (
        DocumentedReply(
            "documented-1",
            {"code": 0, "data": {"task_id": "task-0001"}, "msg": "", "trace_id": "trace-0001"},
            "task-0001",
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/documented-1"),
        ),
    )
    failures = {"CODES": CODES}
    undocumented = {"PAID": PAID, "PAID_NOT_AN_OBJECT": PAID_NOT_AN_OBJECT, "PAID_UNREADABLE": PAID_UNREADABLE}
    returns = "GenerationResult"
    result = {"canary": ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]}
    urls = ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]
    files = Files(media="video", placed=False, host="files.example.com")
    poll = dataclasses.replace(
        test_task_result.TestTaskResult.endpoint,
        status=200,
        reply={
            "code": 0,
            "data": {
                "task_id": '\xe9lan, "vital"\\\n\u8bcd task_id canary',
                "result": {
                    "canary": ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]
                },
                "status": "completed",
            },
            "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
            "trace_id": '\xe9lan, "vital"\\\n\u8bcd trace_id canary',
        },
    )
    poll_call = Call(
        "poll", {"task_id": "canary-task-1"}, "/generation/result/canary-task-1", body=test_task_result.AS_GIVEN
    )
    task = Task(
        id="/data/task_id",
        status="/data/status",
        done="completed",
        waiting="processing",
        progress=None,
        reason=None,
        needed=("/code", "/data/task_id", "/data/status", "/data/result"),
        result="/data/result",
    )
    states = (
        State("pending", "queued", None, proves=at(OPERATION, "/x-task/states/pending")),
        State("waiting", "queued", None, proves=at(OPERATION, "/x-task/states/waiting")),
        State("processing", "running", None, proves=at(OPERATION, "/x-task/states/processing")),
        State("completed", "succeeded", None, proves=at(OPERATION, "/x-task/states/completed")),
        State("succeeded", "succeeded", None, proves=at(OPERATION, "/x-task/states/succeeded")),
        State("failed", "failed", TaskFailed, proves=at(OPERATION, "/x-task/states/failed")),
        State("timeout", "timed_out", TaskTimedOut, proves=at(OPERATION, "/x-task/states/timeout")),
    )

    def test_the_exchange_on_the_wire(self, respx_mock: respx.MockRouter) -> None:
        start = respx_mock.post("https://openapi.media.io/generation/minimax/i2v-minimax-v2-3").respond(
            json={"code": 0, "data": {"task_id": "canary-task-1"}, "msg": "msg canary", "trace_id": "trace_id canary"}
        )
        report = respx_mock.post("https://openapi.media.io/generation/result/canary-task-1").respond(
            json={
                "code": 0,
                "data": {
                    "task_id": "task_id canary",
                    "result": {
                        "canary": ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]
                    },
                    "status": "completed",
                },
                "msg": "msg canary",
                "trace_id": "trace_id canary",
            }
        )
        with MediaIO(api_key="canary-api-key") as client:
            task = client.image_to_video.hailuo_2_3(prompt="prompt canary", image="https://files.example.com/1.png")
            result = task.wait(first_interval=0.001)

        sent = Sent.of(start.calls.last.request)
        assert (sent.method, sent.url) == ("POST", "https://openapi.media.io/generation/minimax/i2v-minimax-v2-3")
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
        assert_equal(sent.body, {"data": {"prompt": "prompt canary", "image": "https://files.example.com/1.png"}})

        sent = Sent.of(report.calls.last.request)
        assert (sent.method, sent.url) == ("POST", "https://openapi.media.io/generation/result/canary-task-1")
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

        assert result.urls == ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]
