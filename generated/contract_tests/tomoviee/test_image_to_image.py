# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of Tomoviee.image_to_image: POST /v1/open/capacity/application/tm_reference_img2img"""

from __future__ import annotations

import dataclasses

import respx
from wondergen import TaskCancelled, TaskFailed, TaskTimedOut, Tomoviee

from ..contracts import SubmitContract
from ..oracle import as_text, put
from ..rows import Accepted, AsGiven, Broken, Call, DocumentedReply, Endpoint, Files, Missing, Refused, State, Task, at
from ..support import USER_AGENT, Sent, assert_equal
from ..undocumented import PAID, PAID_NOT_AN_OBJECT, PAID_UNREADABLE
from . import test_task_result
from .failures import CODES, PAID_STATUSES

DOCUMENT = ""
OPERATION = "/paths/~1v1~1open~1capacity~1application~1tm_reference_img2img/post"
BODY = "/components/schemas/ImageToImageRequest"
PARAMETERS = "/components/schemas/ImageToImageRequest/properties"
EXAMPLES = (
    "/paths/~1v1~1open~1capacity~1application~1tm_reference_img2img/post/requestBody/content/application~1json/examples"
)
REPLY = "/components/schemas/TaskSubmittedReply"
AS_GIVEN = AsGiven("")


class TestImageToImage(SubmitContract):
    endpoint = Endpoint(
        name="image_to_image",
        service="tomoviee",
        method="POST",
        origin="https://openapi.wondershare.cc",
        path="/v1/open/capacity/application/tm_reference_img2img",
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
        {
            "prompt": "prompt canary",
            "reference_image": "https://files.example.com/1.png",
            "control_type": "0",
            "width": 512,
            "height": 512,
            "batch_size": 1,
            "control_intensity": 0,
        },
        body=AS_GIVEN,
        proves=at(OPERATION)
        + at(DOCUMENT, "/servers/0/url /components/securitySchemes/appKey /components/securitySchemes/appSecret")
        + at(BODY, "/type"),
    )
    parameters = (
        "prompt",
        "reference_image",
        "control_type",
        "width",
        "height",
        "batch_size",
        "control_intensity",
        "init_image",
        "callback",
        "params",
    )
    calls = (
        Call(
            "fullest",
            {
                "prompt": '\xe9lan, "vital"\\\n\u8bcd prompt canary',
                "reference_image": "https://files.example.com/1.png",
                "control_type": "3",
                "width": 2048,
                "height": 2048,
                "batch_size": 4,
                "control_intensity": 1,
                "init_image": "https://files.example.com/1.png",
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
        Accepted(
            "reference_image", ["https://files.example.com/1.png"], proves=at(PARAMETERS, "/reference_image/type")
        ),
        Accepted("control_type", ["0", "1", "3"], proves=at(PARAMETERS + "/control_type/enum", "/0 /1 /3")),
        Accepted(
            "control_type",
            ["2"],
            beside={"init_image": "https://files.example.com/1.png"},
            proves=at(PARAMETERS, "/control_type/enum/2"),
        ),
        Accepted("width", [512, 513, 2048, 2047], proves=at(PARAMETERS + "/width", "/minimum /maximum")),
        Accepted("height", [512, 513, 2048, 2047], proves=at(PARAMETERS + "/height", "/minimum /maximum")),
        Accepted("batch_size", [1, 2, 4, 3], proves=at(PARAMETERS + "/batch_size", "/minimum /maximum")),
        Accepted(
            "control_intensity", [0, 0.01, 1, 0.99], proves=at(PARAMETERS + "/control_intensity", "/minimum /maximum")
        ),
        Accepted("init_image", ["https://files.example.com/1.png"], proves=at(PARAMETERS, "/init_image/type")),
        Accepted("callback", ["https://files.example.com/1.png"], proves=at(PARAMETERS, "/callback/type")),
        Accepted(
            "params",
            ["params canary", '\xe9lan, "vital"\\\n\u8bcd params canary'],
            proves=at(PARAMETERS, "/params/type"),
        ),
    )
    refused = (
        Refused("prompt", ["", "\n", " \u3000", 7], proves=at(PARAMETERS + "/prompt", "/minLength /pattern /type")),
        Refused("reference_image", ["canary.png", 7], proves=at(PARAMETERS + "/reference_image", "/format /type")),
        Refused(
            "control_type",
            ["not documented", "", "3 ", 7, "4", "6"],
            proves=at(PARAMETERS + "/control_type", "/enum /type"),
        ),
        Refused(
            "width",
            [511, 2049, 512.5, "not a number", "5", True],
            proves=at(PARAMETERS + "/width", "/minimum /maximum /type"),
        ),
        Refused(
            "height",
            [511, 2049, 512.5, "not a number", "5", True],
            proves=at(PARAMETERS + "/height", "/minimum /maximum /type"),
        ),
        Refused(
            "batch_size",
            [0, 5, 1.5, "not a number", "5", True],
            proves=at(PARAMETERS + "/batch_size", "/minimum /maximum /type"),
        ),
        Refused(
            "control_intensity",
            [-0.01, 1.01, "not a number", "5", True],
            proves=at(PARAMETERS + "/control_intensity", "/minimum /maximum /type"),
        ),
        Refused("init_image", ["canary.png", 7], proves=at(PARAMETERS + "/init_image", "/format /type")),
        Refused("callback", ["canary.png", 7], proves=at(PARAMETERS + "/callback", "/format /type")),
        Refused("params", [7], proves=at(PARAMETERS, "/params/type")),
    )
    missing = (
        Missing("prompt", proves=at(BODY, "/required/0")),
        Missing("reference_image", proves=at(BODY, "/required/1")),
        Missing("control_type", proves=at(BODY, "/required/2")),
        Missing("width", proves=at(BODY, "/required/3")),
        Missing("height", proves=at(BODY, "/required/4")),
        Missing("batch_size", proves=at(BODY, "/required/5")),
        Missing("control_intensity", proves=at(BODY, "/required/6")),
    )
    broken = (
        Broken(
            "init_image",
            {
                "prompt": "prompt canary",
                "reference_image": "https://files.example.com/1.png",
                "control_type": "2",
                "width": 512,
                "height": 512,
                "batch_size": 1,
                "control_intensity": 0,
            },
            proves=at(BODY, "/allOf/0"),
        ),
    )
    choices = {"control_type": ("0", "1", "2", "3")}
    examples = (
        Call(
            "documented-1",
            {
                "batch_size": 1,
                "control_intensity": 0.5,
                "control_type": "2",
                "height": 1024,
                "init_image": "https://files.example.org/picture.png",
                "prompt": "A lighthouse at dusk, waves breaking below",
                "reference_image": "https://files.example.org/picture.png",
                "width": 1024,
            },
            body=AS_GIVEN,
            proves=at(EXAMPLES, "/documented-1"),
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
    returns = "ImageResult"
    result = {
        "images_path": ["https://files.example.com/canary-1.png", "https://files.example.com/canary-2.png"],
        "image_path": ["https://files.example.com/canary-3.png", "https://files.example.com/canary-4.png"],
        "canary_page": "https://www.example.com/canary",
    }
    urls = [
        "https://files.example.com/canary-1.png",
        "https://files.example.com/canary-2.png",
        "https://files.example.com/canary-3.png",
        "https://files.example.com/canary-4.png",
    ]
    files = Files(media="image", placed=True, host="files.example.com")
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
            {"image_path": ["https://files.example.org/1.png"]},
            urls=("https://files.example.org/1.png",),
            proves=at(
                DOCUMENT,
                "/paths/~1v1~1open~1pub~1task/post/responses/200/content/application~1json/examples/imageToImage/value",
            ),
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
            {"images_path": ["https://files.example.org/1.png"]},
            urls=("https://files.example.org/1.png",),
            proves=at(
                DOCUMENT,
                "/paths/~1v1~1open~1pub~1task/post/responses/200/content/application~1json/examples/imageToImage-2/value",
            ),
        ),
    )

    def test_the_exchange_on_the_wire(self, respx_mock: respx.MockRouter) -> None:
        start = respx_mock.post(
            "https://openapi.wondershare.cc/v1/open/capacity/application/tm_reference_img2img"
        ).respond(json={"code": 0, "msg": "msg canary", "data": {"task_id": "canary-task-1"}})
        report = respx_mock.post("https://openapi.wondershare.cc/v1/open/pub/task").respond(
            json={
                "code": 0,
                "data": {
                    "status": 3,
                    "reason": "reason canary",
                    "progress": 1,
                    "result": '{"images_path": ["https://files.example.com/canary-1.png", "https://files.example.com/canary-2.png"], "image_path": ["https://files.example.com/canary-3.png", "https://files.example.com/canary-4.png"], "canary_page": "https://www.example.com/canary"}',
                },
                "msg": "msg canary",
            }
        )
        with Tomoviee(app_key="canary-app-key", app_secret="canary-app-secret") as client:
            task = client.image_to_image(
                prompt="prompt canary",
                reference_image="https://files.example.com/1.png",
                control_type="0",
                width=512,
                height=512,
                batch_size=1,
                control_intensity=0,
            )
            result = task.wait(first_interval=0.001)

        sent = Sent.of(start.calls.last.request)
        assert (sent.method, sent.url) == (
            "POST",
            "https://openapi.wondershare.cc/v1/open/capacity/application/tm_reference_img2img",
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
        assert_equal(
            sent.body,
            {
                "prompt": "prompt canary",
                "reference_image": "https://files.example.com/1.png",
                "control_type": "0",
                "width": 512,
                "height": 512,
                "batch_size": 1,
                "control_intensity": 0,
            },
        )

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

        assert result.urls == [
            "https://files.example.com/canary-1.png",
            "https://files.example.com/canary-2.png",
            "https://files.example.com/canary-3.png",
            "https://files.example.com/canary-4.png",
        ]
