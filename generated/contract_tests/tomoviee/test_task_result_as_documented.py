# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the documents show of Tomoviee.task_result, and what the client makes of it."""

from __future__ import annotations

import pytest

from ..rows import Call, Shown, at
from ..support import Stage, dumped, request_of
from ..tables import name_of
from .test_task_result import ENDPOINT, SMALLEST

OPERATION = "/paths/~1v1~1open~1pub~1task/post"

EXAMPLES = (
    Call(
        "documented-1",
        {"task_id": "task-0001"},
        "/v1/open/pub/task",
        body={"task_id": "task-0001"},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/requestBody/content/application~1json/examples/documented-1"),
    ),
)

REPLIES = (
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"video_path": ["https://files.example.org/1.mp4"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/firstLastFrameToVideo"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"mask_path": ["https://files.example.org/1.png"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageRecognition"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"image_path": ["https://files.example.org/1.png"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageRedrawing"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"images_path": ["https://files.example.org/1.png"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageRedrawing-2"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"image_path": ["https://files.example.org/1.png"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageToImage"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"images_path": ["https://files.example.org/1.png"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageToImage-2"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"video_path": ["https://files.example.org/1.mp4"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/imageToVideo"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"audio_path": ["https://files.example.org/1.mp3"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/textToMusic"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"audio_path": ["https://files.example.org/1.mp3"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/textToSoundEffect"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"audio_path": ["https://files.example.org/1.mp3"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/textToSpeech"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"video_path": ["https://files.example.org/1.mp4"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/textToVideo"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"video_path": ["https://files.example.org/1.mp4"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/videoContinuation"),
    ),
    Shown(
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
        {"progress": 100, "reason": "", "result": '{"audio_path": ["https://files.example.org/1.mp3"]}', "status": 3},
        source=(
            "tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py",
            "tomoviee-image-to-video/scripts/tomoviee_img2video_client.py",
            "tomoviee-recognition/scripts/tomoviee_recognition_client.py",
        ),
        proves=at(OPERATION, "/responses/200/content/application~1json/examples/videoSoundtrack"),
    ),
)


@pytest.mark.parametrize("call", EXAMPLES, ids=name_of)
def test_a_documented_example_is_sent_as_it_stands(stage: Stage, call: Call) -> None:
    stage.send(ENDPOINT, call)
    assert stage.sent == [request_of(ENDPOINT, call)]
    assert stage.request_faults(ENDPOINT) == []


@pytest.mark.parametrize("shown", REPLIES, ids=name_of)
def test_a_documented_reply_is_understood(stage: Stage, shown: Shown) -> None:
    reply = stage.send(ENDPOINT, SMALLEST, shown.answer)
    assert dumped(reply) == shown.gives
