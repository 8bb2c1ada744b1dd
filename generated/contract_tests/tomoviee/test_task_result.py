# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of Tomoviee.task_result: POST /v1/open/pub/task"""

from __future__ import annotations

import respx
from wondergen import Tomoviee

from ..contracts import QueryContract
from ..rows import Accepted, AsGiven, Call, DocumentedReply, Endpoint, Missing, Refused, at
from ..support import USER_AGENT, Sent, assert_equal, dumped
from ..undocumented import QUERY, QUERY_NOT_AN_OBJECT, QUERY_UNREADABLE
from .failures import CODES, QUERY_STATUSES

DOCUMENT = ""
OPERATION = "/paths/~1v1~1open~1pub~1task/post"
BODY = "/components/schemas/GetTaskResultRequest"
PARAMETERS = "/components/schemas/GetTaskResultRequest/properties"
EXAMPLES = "/paths/~1v1~1open~1pub~1task/post/requestBody/content/application~1json/examples"
REPLY = "/components/schemas/TaskReportReply"
AS_GIVEN = AsGiven("")


class TestTaskResult(QueryContract):
    endpoint = Endpoint(
        name="task_result",
        service="tomoviee",
        method="POST",
        origin="https://openapi.wondershare.cc",
        path="/v1/open/pub/task",
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
        proves=at(REPLY + "/properties", "/code /data /msg")
        + at(DOCUMENT + "/components/schemas/TaskReport/properties", "/status /reason /progress /result")
        + at(OPERATION, "/x-task/kind"),
    )
    smallest = Call(
        "smallest",
        {"task_id": "task_id canary"},
        body=AS_GIVEN,
        proves=at(OPERATION)
        + at(DOCUMENT, "/servers/0/url /components/securitySchemes/appKey /components/securitySchemes/appSecret")
        + at(BODY, "/type"),
    )
    parameters = ("task_id",)
    calls = (
        Call(
            "fullest",
            {"task_id": '\xe9lan, "vital"\\\n\u8bcd task_id canary'},
            body=AS_GIVEN,
            proves_each_at=PARAMETERS,
        ),
    )
    accepted = (
        Accepted(
            "task_id",
            ["x", "xx", "task_id canary", '\xe9lan, "vital"\\\n\u8bcd task_id canary'],
            proves=at(PARAMETERS + "/task_id", "/minLength /pattern /type"),
        ),
    )
    refused = (
        Refused("task_id", ["", "\n", " \u3000", 7], proves=at(PARAMETERS + "/task_id", "/minLength /pattern /type")),
    )
    missing = (Missing("task_id", proves=at(BODY, "/required/0")),)
    examples = (Call("documented-1", {"task_id": "task-0001"}, body=AS_GIVEN, proves=at(EXAMPLES, "/documented-1")),)
    documented = (
        DocumentedReply(
            "firstLastFrameToVideo",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/firstLastFrameToVideo"),
        ),
        DocumentedReply(
            "imageRecognition",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"mask_path": ["https://files.example.org/1.png"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"mask_path": ["https://files.example.org/1.png"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageRecognition"),
        ),
        DocumentedReply(
            "imageRedrawing",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"image_path": ["https://files.example.org/1.png"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"image_path": ["https://files.example.org/1.png"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageRedrawing"),
        ),
        DocumentedReply(
            "imageRedrawing-2",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"images_path": ["https://files.example.org/1.png"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"images_path": ["https://files.example.org/1.png"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageRedrawing-2"),
        ),
        DocumentedReply(
            "imageToImage",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"image_path": ["https://files.example.org/1.png"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"image_path": ["https://files.example.org/1.png"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageToImage"),
        ),
        DocumentedReply(
            "imageToImage-2",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"images_path": ["https://files.example.org/1.png"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"images_path": ["https://files.example.org/1.png"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageToImage-2"),
        ),
        DocumentedReply(
            "imageToVideo",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageToVideo"),
        ),
        DocumentedReply(
            "textToMusic",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/textToMusic"),
        ),
        DocumentedReply(
            "textToSoundEffect",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/textToSoundEffect"),
        ),
        DocumentedReply(
            "textToSpeech",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/textToSpeech"),
        ),
        DocumentedReply(
            "textToVideo",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/textToVideo"),
        ),
        DocumentedReply(
            "videoContinuation",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"video_path": ["https://files.example.org/1.mp4"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/videoContinuation"),
        ),
        DocumentedReply(
            "videoSoundtrack",
            {
                "code": 0,
                "data": {
                    "progress": 100,
                    "reason": "",
                    "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                    "status": 3,
                },
                "msg": "",
            },
            {
                "progress": 100,
                "reason": "",
                "result": '{"audio_path": ["https://files.example.org/1.mp3"]}',
                "status": 3,
            },
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/videoSoundtrack"),
        ),
    )
    failures = {"CODES": CODES, "QUERY_STATUSES": QUERY_STATUSES}
    undocumented = {"QUERY": QUERY, "QUERY_NOT_AN_OBJECT": QUERY_NOT_AN_OBJECT, "QUERY_UNREADABLE": QUERY_UNREADABLE}
    statuses = (400, 401, 422)
    returns = "TaskReport"
    typed = True
    reply_at = "/data"
    altered_at = "/data/status"

    def test_the_exchange_on_the_wire(self, respx_mock: respx.MockRouter) -> None:
        start = respx_mock.post("https://openapi.wondershare.cc/v1/open/pub/task").respond(
            json={
                "code": 0,
                "data": {"status": 1, "reason": "reason canary", "progress": 1, "result": "result canary"},
                "msg": "msg canary",
            }
        )
        with Tomoviee(app_key="canary-app-key", app_secret="canary-app-secret") as client:
            reply = client.task_result(task_id="task_id canary")

        sent = Sent.of(start.calls.last.request)
        assert (sent.method, sent.url) == ("POST", "https://openapi.wondershare.cc/v1/open/pub/task")
        assert_equal(
            sent.headers,
            {
                "host": "openapi.wondershare.cc",
                "accept": "application/json",
                "x-app-key": "canary-app-key",
                "authorization": "Basic Y2FuYXJ5LWFwcC1rZXk6Y2FuYXJ5LWFwcC1zZWNyZXQ=",
                "content-type": "application/json",
                "user-agent": USER_AGENT,
            },
        )
        assert_equal(sent.body, {"task_id": "task_id canary"})

        assert_equal(dumped(reply), {"status": 1, "reason": "reason canary", "progress": 1, "result": "result canary"})
