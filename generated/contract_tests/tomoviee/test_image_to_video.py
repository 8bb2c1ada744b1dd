# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of Tomoviee.image_to_video: POST /v1/open/capacity/application/tm_img2video_b"""

from __future__ import annotations

import dataclasses

import respx
from wondergen import TaskCancelled, TaskFailed, TaskTimedOut, Tomoviee

from ..contracts import SubmitContract
from ..oracle import as_text, put
from ..rows import Accepted, AsGiven, Call, DocumentedReply, Endpoint, Files, Missing, Refused, State, Task, at
from ..support import USER_AGENT, Sent, assert_equal
from ..undocumented import PAID, PAID_NOT_AN_OBJECT, PAID_UNREADABLE
from . import test_task_result
from .failures import CODES, PAID_STATUSES

DOCUMENT = ""
OPERATION = "/paths/~1v1~1open~1capacity~1application~1tm_img2video_b/post"
BODY = "/components/schemas/ImageToVideoRequest"
PARAMETERS = "/components/schemas/ImageToVideoRequest/properties"
EXAMPLES = (
    "/paths/~1v1~1open~1capacity~1application~1tm_img2video_b/post/requestBody/content/application~1json/examples"
)
REPLY = "/components/schemas/TaskSubmittedReply"
AS_GIVEN = AsGiven("")


class TestImageToVideo(SubmitContract):
    endpoint = Endpoint(
        name="image_to_video",
        service="tomoviee",
        method="POST",
        origin="https://openapi.wondershare.cc",
        path="/v1/open/capacity/application/tm_img2video_b",
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
        proves=at(REPLY + "/properties", "/code /msg /data")
        + at(DOCUMENT, "/components/schemas/TaskSubmitted/properties/task_id")
        + at(
            OPERATION + "/x-task",
            "/kind /id /result /output /assets /reply/progress /reply/reason /reply/result",
            "/reply/status",
        ),
    )
    smallest = Call(
        "smallest",
        {"prompt": "prompt canary", "image": "https://files.example.com/1.png"},
        body=AS_GIVEN,
        proves=at(OPERATION)
        + at(DOCUMENT, "/servers/0/url /components/securitySchemes/appKey /components/securitySchemes/appSecret")
        + at(PARAMETERS, "/resolution/default")
        + at(BODY, "/type"),
    )
    parameters = (
        "prompt",
        "image",
        "resolution",
        "duration",
        "aspect_ratio",
        "camera_move_index",
        "callback",
        "params",
    )
    calls = (
        Call(
            "fullest",
            {
                "prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary',
                "image": "https://files.example.com/1.png",
                "resolution": "1080p",
                "duration": 5,
                "aspect_ratio": "original",
                "camera_move_index": 46,
                "callback": "https://files.example.com/1.png",
                "params": '\xe9lan, "vital"\\\n\u8bcd params canary',
            },
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
        Accepted("image", ["https://files.example.com/1.png"], proves=at(PARAMETERS, "/image/type")),
        Accepted("resolution", ["720p", "1080p"], proves=at(PARAMETERS + "/resolution/enum", "/0 /1")),
        Accepted("duration", [5], proves=at(PARAMETERS, "/duration/enum/0")),
        Accepted(
            "aspect_ratio",
            ["16:9", "9:16", "4:3", "3:4", "1:1", "original"],
            proves=at(PARAMETERS + "/aspect_ratio/enum", "/0 /1 /2 /3 /4 /5"),
        ),
        Accepted(
            "camera_move_index", [1, 2, 46, 45], proves=at(PARAMETERS + "/camera_move_index", "/minimum /maximum")
        ),
        Accepted("callback", ["https://files.example.com/1.png"], proves=at(PARAMETERS, "/callback/type")),
        Accepted(
            "params",
            ["params canary", '\xe9lan, "vital"\\\n\u8bcd params canary'],
            proves=at(PARAMETERS, "/params/type"),
        ),
    )
    refused = (
        Refused("prompt", ["", "\n", " \u3000", 7], proves=at(PARAMETERS + "/prompt", "/minLength /pattern /type")),
        Refused("image", ["canary.png", 7], proves=at(PARAMETERS + "/image", "/format /type")),
        Refused(
            "resolution",
            ["not documented", "", "720P", "1080p ", 7, "721p", "1440p", "1081p", "2160p"],
            proves=at(PARAMETERS + "/resolution", "/enum /type"),
        ),
        Refused("duration", [6, 4, 1.5, "not a number", "5", True], proves=at(PARAMETERS + "/duration", "/enum /type")),
        Refused(
            "aspect_ratio",
            ["not documented", "", "original ", 7, "16:10", "16:18", "17:9", "32:9", "9:17", "9:32"],
            proves=at(PARAMETERS + "/aspect_ratio", "/enum /type"),
        ),
        Refused(
            "camera_move_index",
            [0, 47, 1.5, "not a number", "5", True],
            proves=at(PARAMETERS + "/camera_move_index", "/minimum /maximum /type"),
        ),
        Refused("callback", ["canary.png", 7], proves=at(PARAMETERS + "/callback", "/format /type")),
        Refused("params", [7], proves=at(PARAMETERS, "/params/type")),
    )
    missing = (
        Missing("prompt", proves=at(BODY, "/required/0")),
        Missing("image", proves=at(BODY, "/required/1")),
    )
    choices = {
        "resolution": ("720p", "1080p"),
        "duration": (5,),
        "aspect_ratio": ("16:9", "9:16", "4:3", "3:4", "1:1", "original"),
    }
    examples = (
        Call(
            "documented-1",
            {
                "aspect_ratio": "original",
                "duration": 5,
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
                "resolution": "720p",
            },
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-1"),
        ),
        Call(
            "documented-2",
            {"image": "https://files.example.org/picture.png", "prompt": "A lighthouse at dusk, waves breaking below"},
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-2"),
        ),
        Call(
            "documented-3",
            {
                "camera_move_index": 5,
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
            },
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-3"),
        ),
        Call(
            "documented-4",
            {
                "camera_move_index": 12,
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
            },
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-4"),
        ),
        Call(
            "documented-5",
            {
                "camera_move_index": 23,
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
            },
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-5"),
        ),
        Call(
            "documented-6",
            {
                "aspect_ratio": "original",
                "camera_move_index": 12,
                "image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
                "resolution": "720p",
            },
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-6"),
        ),
    )
    documented = (
        DocumentedReply(
            "documented-1",
            {"code": 0, "data": {"task_id": "task-0001"}, "msg": ""},
            "task-0001",
            proves=at(OPERATION, "/responses/200/content/application~1json/examples/documented-1"),
        ),
    )
    failures = {"CODES": CODES, "PAID_STATUSES": PAID_STATUSES}
    undocumented = {"PAID": PAID, "PAID_NOT_AN_OBJECT": PAID_NOT_AN_OBJECT, "PAID_UNREADABLE": PAID_UNREADABLE}
    statuses = (400, 401, 413, 422)
    returns = "VideoResult"
    result = {
        "video_path": ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"],
        "canary_page": "https://www.example.com/canary",
    }
    urls = ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]
    files = Files(media="video", placed=True, host="files.example.com")
    poll = dataclasses.replace(
        test_task_result.TestTaskResult.endpoint,
        status=200,
        reply=put(
            {
                "code": 0,
                "data": {
                    "status": 3,
                    "reason": '\xe9lan, "vital"\\\n\u8bcd reason canary',
                    "progress": 1,
                    "result": "",
                },
                "msg": '\xe9lan, "vital"\\\n\u8bcd msg canary',
            },
            "/data/result",
            as_text(result),
        ),
    )
    poll_call = Call("poll", {"task_id": "canary-task-1"}, body=test_task_result.AS_GIVEN)
    task = Task(
        id="/data/task_id",
        status="/data/status",
        done=3,
        waiting=2,
        progress=1.0,
        reason='\xe9lan, "vital"\\\n\u8bcd reason canary',
        needed=("/code", "/data/task_id", "/data/status", "/data/result"),
        result="/data/result",
        as_text=True,
    )
    states = (
        State(1, "queued", None, proves=at(OPERATION, "/x-task/states/1")),
        State(2, "running", None, proves=at(OPERATION, "/x-task/states/2")),
        State(3, "succeeded", None, proves=at(OPERATION, "/x-task/states/3")),
        State(4, "failed", TaskFailed, proves=at(OPERATION, "/x-task/states/4")),
        State(5, "cancelled", TaskCancelled, proves=at(OPERATION, "/x-task/states/5")),
        State(6, "timed_out", TaskTimedOut, proves=at(OPERATION, "/x-task/states/6")),
    )
    reports = (
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
            {"video_path": ["https://files.example.org/1.mp4"]},
            urls=("https://files.example.org/1.mp4",),
            proves=at(
                DOCUMENT,
                "/paths/~1v1~1open~1pub~1task/post/responses/200/content/application~1json/examples/imageToVideo/value",
            ),
        ),
    )

    def test_the_exchange_on_the_wire(self, respx_mock: respx.MockRouter) -> None:
        start = respx_mock.post("https://openapi.wondershare.cc/v1/open/capacity/application/tm_img2video_b").respond(
            json={"code": 0, "msg": "msg canary", "data": {"task_id": "canary-task-1"}}
        )
        report = respx_mock.post("https://openapi.wondershare.cc/v1/open/pub/task").respond(
            json={
                "code": 0,
                "data": {
                    "status": 3,
                    "reason": "reason canary",
                    "progress": 1,
                    "result": '{"video_path": ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"], "canary_page": "https://www.example.com/canary"}',
                },
                "msg": "msg canary",
            }
        )
        with Tomoviee(app_key="canary-app-key", app_secret="canary-app-secret") as client:
            task = client.image_to_video(prompt="prompt canary", image="https://files.example.com/1.png")
            result = task.wait(first_interval=0.001)

        sent = Sent.of(start.calls.last.request)
        assert (sent.method, sent.url) == (
            "POST",
            "https://openapi.wondershare.cc/v1/open/capacity/application/tm_img2video_b",
        )
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
        assert_equal(sent.body, {"prompt": "prompt canary", "image": "https://files.example.com/1.png"})

        sent = Sent.of(report.calls.last.request)
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
        assert_equal(sent.body, {"task_id": "canary-task-1"})

        assert result.urls == ["https://files.example.com/canary-1.mp4", "https://files.example.com/canary-2.mp4"]
