# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The operations of Media.io as data: requests, replies and tasks."""

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

_ARGUMENTS = Module(__package__, "arguments")

SERVICE = Service(
    name="mediaio",
    base_url="https://openapi.media.io",
    envelope=Envelope(
        code="/code",
        success=frozenset({"0"}),
        message="/msg",
        trace="/trace_id",
    ),
    credentials=(Credential("api_key", "MEDIAIO_API_KEY", "https://developer.media.io/"),),
    auth=(AuthHeader("X-API-KEY", "plain", ("api_key",)),),
    errors={
        "374004": ErrorCode("AuthenticationError", "No valid API key came with the request."),
        "490505": ErrorCode("InsufficientCredits", "The account has too few credits left."),
        "40001": ErrorCode("AuthenticationError", "The API key is not valid."),
        "40002": ErrorCode("AuthenticationError", "The API key has expired."),
        "40003": ErrorCode("NotFound", "There is no task with this id."),
    },
)

CREDITS = Operation(
    service=SERVICE,
    name="credits",
    method="POST",
    path="/user/credits",
    kind="query",
    reply_at="/data",
    model="user-credits",
    balance="/data/credits",
)

TASK_RESULT = Operation(
    service=SERVICE,
    name="task_result",
    method="POST",
    path="/generation/result/{task_id}",
    kind="query",
    fields=(Field("task_id", "task_id", "path"),),
    arguments=Model(_ARGUMENTS, "TaskResultArguments"),
    reply_at="/data",
    model="generation-result",
)

TASK = TaskSpec(
    id="/data/task_id",
    poll=TASK_RESULT,
    poll_argument="task_id",
    status="/data/status",
    states={
        "pending": TaskStatus.QUEUED,
        "waiting": TaskStatus.QUEUED,
        "processing": TaskStatus.RUNNING,
        "completed": TaskStatus.SUCCEEDED,
        "succeeded": TaskStatus.SUCCEEDED,
        "failed": TaskStatus.FAILED,
        "timeout": TaskStatus.TIMED_OUT,
    },
    result="/data/result",
)

IMAGE_TO_IMAGE_NANO_BANANA = Operation(
    service=SERVICE,
    name="image_to_image.nano_banana",
    method="POST",
    path="/generation/banana/i2i-banana",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "images",
            "images",
            media={
                "aspect": {"minimum": "1:2", "maximum": "2:1"},
                "bytes": {"minimum": 0, "maximum": 20000000},
                "formats": ["png", "jpeg", "jpg"],
                "height": {"minimum": 300, "maximum": 1280},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 1280},
            },
        ),
        Field("ratio", "ratio"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToImageNanoBananaArguments"),
    body_at="/data",
    model="i2i-banana",
    task=TASK,
    assets=Assets(media="image"),
)

IMAGE_TO_IMAGE_NANO_BANANA_PRO = Operation(
    service=SERVICE,
    name="image_to_image.nano_banana_pro",
    method="POST",
    path="/generation/banana/i2i-banana-2",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "images",
            "images",
            media={
                "aspect": {"minimum": "1:2", "maximum": "2:1"},
                "bytes": {"minimum": 0, "maximum": 20000000},
                "formats": ["png", "jpeg", "jpg"],
                "height": {"minimum": 300, "maximum": 1280},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 1280},
            },
        ),
        Field("ratio", "ratio"),
        Field("resolution", "resolution"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToImageNanoBananaProArguments"),
    body_at="/data",
    model="i2i-banana-2",
    task=TASK,
    assets=Assets(media="image"),
)

IMAGE_TO_IMAGE_SEEDREAM_4_0 = Operation(
    service=SERVICE,
    name="image_to_image.seedream_4_0",
    method="POST",
    path="/generation/seedream/i2i-seedream-v4-0",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "images",
            "images",
            media={
                "aspect": {"minimum": "3:10", "maximum": "3:1"},
                "bytes": {"minimum": 0, "maximum": 10000000},
                "formats": ["png", "jpeg", "jpg"],
                "height": {"minimum": 300, "maximum": 1280},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 1280},
            },
        ),
        Field("ratio", "ratio"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToImageSeedream40Arguments"),
    body_at="/data",
    model="i2i-seedream-v4-0",
    task=TASK,
    assets=Assets(media="image"),
)

IMAGE_TO_VIDEO_GOOGLE_VEO_3_1 = Operation(
    service=SERVICE,
    name="image_to_video.google_veo_3_1",
    method="POST",
    path="/generation/veo/i2v-veo-v3-1",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "2:1"},
                "bytes": {"minimum": 0, "maximum": 50000000},
                "formats": ["jpg", "jpeg", "png", "webp", "gif", "heic"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
        Field("aspect_ratio", "aspect_ratio"),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
        Field("generate_audio", "generate_audio", wire="boolean-word"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoGoogleVeo31Arguments"),
    body_at="/data",
    model="i2v-veo-v3-1",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_GOOGLE_VEO_3_1_FAST = Operation(
    service=SERVICE,
    name="image_to_video.google_veo_3_1_fast",
    method="POST",
    path="/generation/veo/i2v-veo-v3-1-fast",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "2:1"},
                "bytes": {"minimum": 0, "maximum": 50000000},
                "formats": ["jpg", "jpeg", "png", "webp", "gif", "heic"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
        Field("aspect_ratio", "aspect_ratio"),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
        Field("generate_audio", "generate_audio", wire="boolean-word"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoGoogleVeo31FastArguments"),
    body_at="/data",
    model="i2v-veo-v3-1-fast",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_HAILUO_02 = Operation(
    service=SERVICE,
    name="image_to_video.hailuo_02",
    method="POST",
    path="/generation/minimax/i2v-minimax-02",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 20000000},
                "formats": ["png", "jpeg", "jpg", "webp", "gif", "heic"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
        Field("duration", "duration", wire="seconds-text"),
        Field("resolution", "resolution"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoHailuo02Arguments"),
    body_at="/data",
    model="i2v-minimax-02",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_HAILUO_2_3 = Operation(
    service=SERVICE,
    name="image_to_video.hailuo_2_3",
    method="POST",
    path="/generation/minimax/i2v-minimax-v2-3",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 20000000},
                "formats": ["png", "jpeg", "jpg", "webp", "gif", "heic"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoHailuo23Arguments"),
    rules=(
        Rule(
            when={"resolution": ("1080P",)},
            allowed={"duration": ("6s",)},
        ),
    ),
    body_at="/data",
    model="i2v-minimax-v2-3",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_KLING_2_1 = Operation(
    service=SERVICE,
    name="image_to_video.kling_2_1",
    method="POST",
    path="/generation/kling/i2v-kling-v2-1",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 20000000},
                "formats": ["png", "jpeg", "jpg", "webp", "gif", "heic"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
        Field("duration", "duration", wire="seconds-text"),
        Field("resolution", "resolution"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoKling21Arguments"),
    body_at="/data",
    model="i2v-kling-v2-1",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_KLING_2_5_TURBO = Operation(
    service=SERVICE,
    name="image_to_video.kling_2_5_turbo",
    method="POST",
    path="/generation/kling/i2v-kling-v2-5-turbo",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 20000000},
                "formats": ["png", "jpeg", "jpg", "webp", "gif", "heic"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
        Field("duration", "duration", wire="seconds-text"),
        Field("resolution", "resolution"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoKling25TurboArguments"),
    body_at="/data",
    model="i2v-kling-v2-5-turbo",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_KLING_2_6 = Operation(
    service=SERVICE,
    name="image_to_video.kling_2_6",
    method="POST",
    path="/generation/kling/i2v-kling-v2-6",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 20000000},
                "formats": ["png", "jpeg", "jpg", "webp", "gif", "heic"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
        Field("duration", "duration", wire="seconds-text"),
        Field("generate_audio", "generate_audio", wire="boolean-word"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoKling26Arguments"),
    body_at="/data",
    model="i2v-kling-v2-6",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_KLING_3_0 = Operation(
    service=SERVICE,
    name="image_to_video.kling_3_0",
    method="POST",
    path="/generation/kling/i2v-kling-v3-0",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 20000000},
                "formats": ["png", "jpeg", "jpg", "webp", "gif", "heic"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
        Field("multi_shots", "multi_shots", wire="boolean-word"),
        Field("generate_audio", "generate_audio", wire="boolean-word"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoKling30Arguments"),
    body_at="/data",
    model="i2v-kling-v3-0",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_MOTION_CONTROL_KLING_2_6 = Operation(
    service=SERVICE,
    name="image_to_video.motion_control_kling_2_6",
    method="POST",
    path="/generation/kling/i2v-motion-control-kling-v2-6",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "video",
            "video",
            media={
                "bytes": {"minimum": 0, "maximum": 100000000},
                "formats": ["mp4", "mov"],
                "frame_rate": {"minimum": 24, "maximum": 60},
                "height": {"minimum": 720, "maximum": 2160},
                "kind": "video",
                "seconds": {"minimum": 3, "maximum": 30},
                "width": {"minimum": 720, "maximum": 2160},
            },
        ),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "1:2", "maximum": "2:1"},
                "bytes": {"minimum": 0, "maximum": 10000000},
                "formats": ["png", "jpeg", "jpg"],
                "height": {"minimum": 300, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 4000},
            },
        ),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoMotionControlKling26Arguments"),
    body_at="/data",
    model="i2v-motion-control-kling-v2-6",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_VIDU_Q2 = Operation(
    service=SERVICE,
    name="image_to_video.vidu_q2",
    method="POST",
    path="/generation/vidu/i2v-vidu-q2",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "1:4", "maximum": "4:1"},
                "bytes": {"minimum": 0, "maximum": 10000000},
                "formats": ["png", "jpeg", "jpg", "webp", "gif", "heic"],
                "height": {"minimum": 150, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 150, "maximum": 4000},
            },
        ),
        Field("duration", "duration", wire="seconds-text"),
        Field("resolution", "resolution"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoViduQ2Arguments"),
    body_at="/data",
    model="i2v-vidu-q2",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_VIDU_Q3 = Operation(
    service=SERVICE,
    name="image_to_video.vidu_q3",
    method="POST",
    path="/generation/vidu/i2v-vidu-q3",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "1:4", "maximum": "4:1"},
                "bytes": {"minimum": 0, "maximum": 10000000},
                "formats": ["png", "jpeg", "jpg"],
                "height": {"minimum": 150, "maximum": 4000},
                "kind": "image",
                "width": {"minimum": 150, "maximum": 4000},
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
        Field("generate_audio", "generate_audio", wire="boolean-word"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoViduQ3Arguments"),
    body_at="/data",
    model="i2v-vidu-q3",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_WAN_2_2 = Operation(
    service=SERVICE,
    name="image_to_video.wan_2_2",
    method="POST",
    path="/generation/wan/i2v-wan-v2-2",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 10000000},
                "formats": ["png", "jpeg", "jpg", "webp", "bmp"],
                "height": {"minimum": 300, "maximum": 2000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 2000},
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoWan22Arguments"),
    body_at="/data",
    model="i2v-wan-v2-2",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_WAN_2_5 = Operation(
    service=SERVICE,
    name="image_to_video.wan_2_5",
    method="POST",
    path="/generation/wan/i2v-wan-v2-5",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 10000000},
                "formats": ["png", "jpeg", "jpg", "webp", "bmp"],
                "height": {"minimum": 300, "maximum": 2000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 2000},
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoWan25Arguments"),
    body_at="/data",
    model="i2v-wan-v2-5",
    task=TASK,
    assets=Assets(media="video"),
)

IMAGE_TO_VIDEO_WAN_2_6 = Operation(
    service=SERVICE,
    name="image_to_video.wan_2_6",
    method="POST",
    path="/generation/wan/i2v-wan-v2-6",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field(
            "image",
            "image",
            media={
                "aspect": {"minimum": "2:5", "maximum": "5:2"},
                "bytes": {"minimum": 0, "maximum": 10000000},
                "formats": ["png", "jpeg", "jpg", "webp", "bmp"],
                "height": {"minimum": 300, "maximum": 2000},
                "kind": "image",
                "width": {"minimum": 300, "maximum": 2000},
            },
        ),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
        Field("shot_type", "shot_type"),
        Field("generate_audio", "generate_audio", wire="boolean-word"),
    ),
    arguments=Model(_ARGUMENTS, "ImageToVideoWan26Arguments"),
    body_at="/data",
    model="i2v-wan-v2-6",
    task=TASK,
    assets=Assets(media="video"),
)

TEXT_TO_IMAGE_IMAGEN_4 = Operation(
    service=SERVICE,
    name="text_to_image.imagen_4",
    method="POST",
    path="/generation/imagen/t2i-imagen-4",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field("ratio", "ratio"),
        Field("counts", "counts", wire="integer-text"),
    ),
    arguments=Model(_ARGUMENTS, "TextToImageImagen4Arguments"),
    body_at="/data",
    model="t2i-imagen-4",
    task=TASK,
    assets=Assets(media="image"),
)

TEXT_TO_IMAGE_SOUL_CHARACTER = Operation(
    service=SERVICE,
    name="text_to_image.soul_character",
    method="POST",
    path="/generation/soul/t2i-soul-character",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field("ratio", "ratio"),
    ),
    arguments=Model(_ARGUMENTS, "TextToImageSoulCharacterArguments"),
    body_at="/data",
    model="t2i-soul-character",
    task=TASK,
    assets=Assets(media="image"),
)

TEXT_TO_VIDEO_VIDU_Q3 = Operation(
    service=SERVICE,
    name="text_to_video.vidu_q3",
    method="POST",
    path="/generation/vidu/t2v-vidu-q3",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field("ratio", "ratio"),
        Field("resolution", "resolution"),
        Field("duration", "duration", wire="seconds-text"),
        Field("generate_audio", "generate_audio", wire="boolean-word"),
    ),
    arguments=Model(_ARGUMENTS, "TextToVideoViduQ3Arguments"),
    body_at="/data",
    model="t2v-vidu-q3",
    task=TASK,
    assets=Assets(media="video"),
)

TEXT_TO_VIDEO_WAN_2_5 = Operation(
    service=SERVICE,
    name="text_to_video.wan_2_5",
    method="POST",
    path="/generation/wan/t2v-wan-v2-5",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field("ratio", "ratio"),
        Field("duration", "duration", wire="seconds-text"),
    ),
    arguments=Model(_ARGUMENTS, "TextToVideoWan25Arguments"),
    body_at="/data",
    model="t2v-wan-v2-5",
    task=TASK,
    assets=Assets(media="video"),
)

TEXT_TO_VIDEO_WAN_2_6 = Operation(
    service=SERVICE,
    name="text_to_video.wan_2_6",
    method="POST",
    path="/generation/wan/t2v-wan-v2-6",
    kind="submit",
    fields=(
        Field("prompt", "prompt"),
        Field("size", "size"),
        Field("duration", "duration", wire="seconds-text"),
        Field("shot_type", "shot_type"),
        Field("generate_audio", "generate_audio", wire="boolean-word"),
    ),
    arguments=Model(_ARGUMENTS, "TextToVideoWan26Arguments"),
    body_at="/data",
    model="t2v-wan-v2-6",
    task=TASK,
    assets=Assets(media="video"),
)
