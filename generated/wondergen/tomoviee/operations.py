# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The operations of Tomoviee as data: requests, replies and tasks."""

from __future__ import annotations

from .._runtime.lazy_imports import Model, Module
from .._runtime.operation import (
    Assets,
    AuthHeader,
    Credential,
    Envelope,
    ErrorCode,
    Field,
    Operation,
    Rule,
    Service,
    TaskSpec,
    TaskStatus,
)
from .enums import CameraMovement

_ARGUMENTS = Module(__package__, "arguments")

SERVICE = Service(
    name="tomoviee",
    base_url="https://openapi.wondershare.cc",
    envelope=Envelope(
        code="/code",
        success=frozenset({"0"}),
        message="/msg",
    ),
    credentials=(
        Credential("app_key", "TOMOVIEE_APP_KEY", "https://www.tomoviee.ai/developers.html"),
        Credential("app_secret", "TOMOVIEE_APP_SECRET", "https://www.tomoviee.ai/developers.html"),
    ),
    auth=(
        AuthHeader("X-App-Key", "plain", ("app_key",)),
        AuthHeader("Authorization", "basic", ("app_key", "app_secret")),
    ),
    http_errors={
        400: ErrorCode("BadRequest", "A parameter is missing or has a value that is not allowed."),
        401: ErrorCode("AuthenticationError", "The application key or its secret is not valid."),
        413: ErrorCode("BadRequest", "A file is too large."),
        422: ErrorCode("BadRequest", "A file has a format or a size that is not allowed."),
    },
)

TASK_RESULT = Operation(
    service=SERVICE,
    name="task_result",
    method="POST",
    path="/v1/open/pub/task",
    kind="query",
    fields=(Field("task_id", "task_id"),),
    arguments=Model(_ARGUMENTS, "TaskResultArguments"),
    reply_at="/data",
    model="task",
    report="/data/status",
)

TASK = TaskSpec(
    id="/data/task_id",
    poll=TASK_RESULT,
    poll_argument="task_id",
    status="/data/status",
    states={
        "1": TaskStatus.QUEUED,
        "2": TaskStatus.RUNNING,
        "3": TaskStatus.SUCCEEDED,
        "4": TaskStatus.FAILED,
        "5": TaskStatus.CANCELLED,
        "6": TaskStatus.TIMED_OUT,
    },
    progress="/data/progress",
    reason="/data/reason",
    result="/data/result",
)

FIRST_LAST_FRAME_TO_VIDEO = Operation(
    service=SERVICE,
    name="first_last_frame_to_video",
    method="POST",
    path="/v1/open/capacity/application/tm_tail2video_b",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["jpg", "jpeg", "png", "webp"],
                "kind": "image",
            },
        ),
        Field(
            "image_tail",
            "image_tail",
            media={
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["jpg", "jpeg", "png", "webp"],
                "kind": "image",
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration"),
        Field("aspect_ratio", "aspect_ratio"),
        Field("camera_move_index", "camera_move_index", names=CameraMovement),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "FirstLastFrameToVideoArguments"),
    model="tm_tail2video_b",
    task=TASK,
    assets=Assets(at=("/video_path",), media="video"),
)

IMAGE_RECOGNITION = Operation(
    service=SERVICE,
    name="image_recognition",
    method="POST",
    path="/v1/open/capacity/application/tm_reference_img2mask",
    kind="submit",
    fields=(
        Field(
            "image",
            "image",
            media={
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["jpg", "jpeg", "png", "webp"],
                "kind": "image",
            },
        ),
        Field("control_type", "control_type"),
        Field("callback", "callback"),
        Field("params", "params"),
        Field("prompt", "prompt"),
    ),
    arguments=Model(_ARGUMENTS, "ImageRecognitionArguments"),
    rules=(
        Rule(
            when={},
            any_of=("control_type", "prompt"),
        ),
    ),
    model="tm_reference_img2mask",
    task=TASK,
    assets=Assets(at=("/mask_path",), media="image"),
)

IMAGE_REDRAWING = Operation(
    service=SERVICE,
    name="image_redrawing",
    method="POST",
    path="/v1/open/capacity/application/tm_redrawing",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "init_image",
            "init_image",
            media={
                "aspect": {"exclusiveMaximum": "3:1"},
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["jpg", "png"],
                "height": {"exclusiveMinimum": 512, "exclusiveMaximum": 2048},
                "kind": "image",
                "width": {"exclusiveMinimum": 512, "exclusiveMaximum": 2048},
            },
        ),
        Field(
            "mask_url",
            "mask_url",
            media={
                "aspect": {"exclusiveMaximum": "3:1"},
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["jpg", "png"],
                "height": {"exclusiveMinimum": 512, "exclusiveMaximum": 2048},
                "kind": "image",
                "same_size_as": "init_image",
                "width": {"exclusiveMinimum": 512, "exclusiveMaximum": 2048},
            },
        ),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "ImageRedrawingArguments"),
    model="tm_redrawing",
    task=TASK,
    assets=Assets(at=("/images_path", "/image_path"), media="image"),
)

IMAGE_TO_IMAGE = Operation(
    service=SERVICE,
    name="image_to_image",
    method="POST",
    path="/v1/open/capacity/application/tm_reference_img2img",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "reference_image",
            "reference_image",
            media={
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["jpg", "jpeg", "png", "webp"],
                "kind": "image",
            },
        ),
        Field("control_type", "control_type"),
        Field("width", "width"),
        Field("height", "height"),
        Field("batch_size", "batch_size"),
        Field("control_intensity", "control_intensity"),
        Field(
            "init_image",
            "init_image",
            media={
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["jpg", "jpeg", "png", "webp"],
                "kind": "image",
            },
        ),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToImageArguments"),
    rules=(
        Rule(
            when={"control_type": ("2",)},
            required=("init_image",),
        ),
    ),
    model="tm_reference_img2img",
    task=TASK,
    assets=Assets(at=("/images_path", "/image_path"), media="image"),
)

IMAGE_TO_VIDEO = Operation(
    service=SERVICE,
    name="image_to_video",
    method="POST",
    path="/v1/open/capacity/application/tm_img2video_b",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["jpg", "jpeg", "png", "webp"],
                "kind": "image",
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration"),
        Field("aspect_ratio", "aspect_ratio"),
        Field("camera_move_index", "camera_move_index", names=CameraMovement),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoArguments"),
    model="tm_img2video_b",
    task=TASK,
    assets=Assets(at=("/video_path",), media="video"),
)

TEXT_TO_MUSIC = Operation(
    service=SERVICE,
    name="text_to_music",
    method="POST",
    path="/v1/open/capacity/application/tm_text2music",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field("duration", "duration"),
        Field("qty", "qty"),
        Field("disable_translate", "disable_translate"),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "TextToMusicArguments"),
    model="tm_text2music",
    task=TASK,
    assets=Assets(at=("/audio_path",), media="audio"),
)

TEXT_TO_SOUND_EFFECT = Operation(
    service=SERVICE,
    name="text_to_sound_effect",
    method="POST",
    path="/v1/open/capacity/application/tm_text2sfx",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field("duration", "duration"),
        Field("qty", "qty"),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "TextToSoundEffectArguments"),
    model="tm_text2sfx",
    task=TASK,
    assets=Assets(at=("/audio_path",), media="audio"),
)

TEXT_TO_SPEECH = Operation(
    service=SERVICE,
    name="text_to_speech",
    method="POST",
    path="/v1/open/capacity/application/tm_text2speech",
    kind="submit",
    fields=(
        Field("text", "text"),
        Field("voice_id", "voice_id"),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "TextToSpeechArguments"),
    model="tm_text2speech",
    task=TASK,
    assets=Assets(at=("/audio_path",), media="audio"),
)

TEXT_TO_VIDEO = Operation(
    service=SERVICE,
    name="text_to_video",
    method="POST",
    path="/v1/open/capacity/application/tm_text2video_b",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field("resolution", "resolution"),
        Field("duration", "duration"),
        Field("aspect_ratio", "aspect_ratio"),
        Field("camera_move_index", "camera_move_index", names=CameraMovement),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "TextToVideoArguments"),
    model="tm_text2video_b",
    task=TASK,
    assets=Assets(at=("/video_path",), media="video"),
)

VIDEO_CONTINUATION = Operation(
    service=SERVICE,
    name="video_continuation",
    method="POST",
    path="/v1/open/capacity/application/tm_video_continuation_b",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "video",
            "video",
            media={
                "bytes": {"exclusiveMaximum": 200000000},
                "formats": ["mp4"],
                "kind": "video",
                "seconds": {"minimum": 5, "maximum": 5},
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration"),
        Field("aspect_ratio", "aspect_ratio"),
        Field("camera_move_index", "camera_move_index", names=CameraMovement),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "VideoContinuationArguments"),
    model="tm_video_continuation_b",
    task=TASK,
    assets=Assets(at=("/video_path",), media="video"),
)

VIDEO_SOUNDTRACK = Operation(
    service=SERVICE,
    name="video_soundtrack",
    method="POST",
    path="/v1/open/capacity/application/tm_video_scoring",
    kind="submit",
    fields=(
        Field("video", "video", media={"bytes": {"exclusiveMaximum": 200000000}, "formats": ["mp4"], "kind": "video"}),
        Field("prompt", "prompt"),
        Field("duration", "duration"),
        Field("callback", "callback"),
        Field("params", "params"),
    ),
    arguments=Model(_ARGUMENTS, "VideoSoundtrackArguments"),
    model="tm_video_scoring",
    task=TASK,
    assets=Assets(at=("/audio_path",), media="audio"),
)
