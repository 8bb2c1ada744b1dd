# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The methods of `MediaIO.image_to_video`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from .._runtime.lazy_imports import Module
from .._runtime.local_files import LocalFile
from .._runtime.request import CallOptions
from .._runtime.sync.client import APIClient
from .._runtime.sync.task import Task
from .operations import (
    IMAGE_TO_VIDEO_GOOGLE_VEO_3_1,
    IMAGE_TO_VIDEO_GOOGLE_VEO_3_1_FAST,
    IMAGE_TO_VIDEO_HAILUO_02,
    IMAGE_TO_VIDEO_HAILUO_2_3,
    IMAGE_TO_VIDEO_KLING_2_1,
    IMAGE_TO_VIDEO_KLING_2_5_TURBO,
    IMAGE_TO_VIDEO_KLING_2_6,
    IMAGE_TO_VIDEO_KLING_3_0,
    IMAGE_TO_VIDEO_MOTION_CONTROL_KLING_2_6,
    IMAGE_TO_VIDEO_VIDU_Q2,
    IMAGE_TO_VIDEO_VIDU_Q3,
    IMAGE_TO_VIDEO_WAN_2_2,
    IMAGE_TO_VIDEO_WAN_2_5,
    IMAGE_TO_VIDEO_WAN_2_6,
)

if TYPE_CHECKING:
    from . import models
    from . import results as _results
else:
    # Imported when one of their names is first used: pydantic and the models take longer than the rest of a client.
    models = Module(__package__, "models")
    _results = Module(__package__, "results")


class ImageToVideo:
    """Methods for image to video, one per model of Media.io."""

    def __init__(self, client: APIClient) -> None:
        self._client = client

    def google_veo_3_1(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        aspect_ratio: Literal["9:16", "16:9"] | None = None,
        resolution: Literal["720P", "1080P"] | None = None,
        duration: Literal["4s", "6s", "8s", 4, 6, 8] | None = None,
        generate_audio: bool | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Google Veo 3.1.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Cinematic clips; Complex descriptions. Strengths: resolution, instructions, quality,
        audio.

        Args:
            prompt: What the result is to show. 1 to 1,000 characters.
            image: URL of the image to start from. JPG, JPEG, PNG, WEBP, GIF or HEIC, at most 50 MB, 300 to
                4,000 pixels wide, 300 to 4,000 pixels high, 2:5 to 2:1 width to height.
            aspect_ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9. Default: 9:16.
            resolution: Resolution of the result. One of 720P, 1080P. Default: 720P.
            duration: Length of the video. In seconds. One of 4s, 6s, 8s. Default: 4s.
            generate_audio: Whether the video gets sound. Default: True.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_GOOGLE_VEO_3_1,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
                "duration": duration,
                "generate_audio": generate_audio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def google_veo_3_1_fast(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        aspect_ratio: Literal["9:16", "16:9"] | None = None,
        resolution: Literal["720P", "1080P"] | None = None,
        duration: Literal["4s", "6s", "8s", 4, 6, 8] | None = None,
        generate_audio: bool | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Google Veo 3.1 Fast.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Quick clips with sound. Strengths: speed, audio. Compared with others of its kind: speed
        fast.

        Args:
            prompt: What the result is to show. 1 to 1,000 characters.
            image: URL of the image to start from. JPG, JPEG, PNG, WEBP, GIF or HEIC, at most 50 MB, 300 to
                4,000 pixels wide, 300 to 4,000 pixels high, 2:5 to 2:1 width to height.
            aspect_ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9. Default: 9:16.
            resolution: Resolution of the result. One of 720P, 1080P. Default: 720P.
            duration: Length of the video. In seconds. One of 4s, 6s, 8s. Default: 4s.
            generate_audio: Whether the video gets sound. Default: True.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_GOOGLE_VEO_3_1_FAST,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
                "duration": duration,
                "generate_audio": generate_audio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def hailuo_02(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        duration: Literal["6s", 6] | None = None,
        resolution: Literal["768P", "1080P"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Hailuo 02.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Cinematic scenes; Water, cloth, collisions and other physics; Directed camera work.
        Strengths: realism, physics, camera, detail.

        Args:
            prompt: What the result is to show. 1 to 2,000 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP, GIF or HEIC, at most 20 MB, 300 to
                4,000 pixels wide, 300 to 4,000 pixels high, 2:5 to 5:2 width to height.
            duration: Length of the video. In seconds. Only 6s is allowed. Default: 6s.
            resolution: Resolution of the result. One of 768P, 1080P. Default: 768P.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_HAILUO_02,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "duration": duration,
                "resolution": resolution,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def hailuo_2_3(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        resolution: Literal["768P", "1080P"] | None = None,
        duration: Literal["6s", "10s", 6, 10] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Hailuo 2.3.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Cinematic scenes; Water, cloth, collisions and other physics; Directed camera work.
        Strengths: realism, physics, camera, detail.

        Args:
            prompt: What the result is to show. 1 to 2,000 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP, GIF or HEIC, at most 20 MB, 300 to
                4,000 pixels wide, 300 to 4,000 pixels high, 2:5 to 5:2 width to height.
            resolution: Resolution of the result. One of 768P, 1080P. Default: 768P.
            duration: Length of the video. In seconds. One of 6s, 10s. Default: 6s. Only 6s if resolution is
                1080P.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_HAILUO_2_3,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "resolution": resolution,
                "duration": duration,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def kling_2_1(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        duration: Literal["5s", "10s", 5, 10] | None = None,
        resolution: Literal["720P", "1080P"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Kling 2.1.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Realistic clips with calm movement. Strengths: realism, motion, instructions.

        Args:
            prompt: What the result is to show. 1 to 2,000 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP, GIF or HEIC, at most 20 MB, 300 to
                4,000 pixels wide, 300 to 4,000 pixels high, 2:5 to 5:2 width to height.
            duration: Length of the video. In seconds. One of 5s, 10s. Default: 5s.
            resolution: Resolution of the result. One of 720P, 1080P. Default: 720P.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_KLING_2_1,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "duration": duration,
                "resolution": resolution,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def kling_2_5_turbo(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        duration: Literal["5s", "10s", 5, 10] | None = None,
        resolution: Literal["720P", "1080P"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Kling 2.5 Turbo.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Movement that has to be controlled. Strengths: motion, realism.

        Args:
            prompt: What the result is to show. 1 to 2,500 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP, GIF or HEIC, at most 20 MB, 300 to
                4,000 pixels wide, 300 to 4,000 pixels high, 2:5 to 5:2 width to height.
            duration: Length of the video. In seconds. One of 5s, 10s. Default: 5s.
            resolution: Resolution of the result. One of 720P, 1080P. Default: 1080P.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_KLING_2_5_TURBO,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "duration": duration,
                "resolution": resolution,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def kling_2_6(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        duration: Literal["5s", "10s", 5, 10] | None = None,
        generate_audio: bool | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Kling 2.6.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Realistic, coherent movement; Clips with sound. Strengths: realism, motion, audio.

        Args:
            prompt: What the result is to show. 1 to 2,500 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP, GIF or HEIC, at most 20 MB, 300 to
                4,000 pixels wide, 300 to 4,000 pixels high, 2:5 to 5:2 width to height.
            duration: Length of the video. In seconds. One of 5s, 10s. Default: 5s.
            generate_audio: Whether the video gets sound. Default: True.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_KLING_2_6,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "duration": duration,
                "generate_audio": generate_audio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def kling_3_0(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        resolution: Literal["720P", "1080P"] | None = None,
        duration: Literal["5s", "8s", "10s", "15s", 5, 8, 10, 15] | None = None,
        multi_shots: bool | None = None,
        generate_audio: bool | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Kling 3.0.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Professional productions; Fine detail in motion. Strengths: realism, motion, detail,
        multiple-shots, audio, length.

        Args:
            prompt: What the result is to show. 1 to 2,500 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP, GIF or HEIC, at most 20 MB, 300 to
                4,000 pixels wide, 300 to 4,000 pixels high, 2:5 to 5:2 width to height.
            resolution: Resolution of the result. One of 720P, 1080P. Default: 1080P.
            duration: Length of the video. In seconds. One of 5s, 8s, 10s, 15s. Default: 5s.
            multi_shots: Whether the video may consist of several shots. Default: True.
            generate_audio: Whether the video gets sound. Default: True.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_KLING_3_0,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "resolution": resolution,
                "duration": duration,
                "multi_shots": multi_shots,
                "generate_audio": generate_audio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def motion_control_kling_2_6(
        self,
        prompt: str | None = None,
        *,
        video: str | LocalFile,
        image: str | LocalFile,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Make the figure in an image move like the one in a video with Motion Control Kling 2.6.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Giving a figure the movements of a person in a video. Strengths: motion, realism.

        Args:
            prompt: What the result is to show. At most 2,500 characters.
            video: URL of the video whose motion is taken over. MP4 or MOV, at most 100 MB, 720 to 2,160 pixels
                wide, 720 to 2,160 pixels high, 24 to 60 frames a second, 3 to 30 seconds.
            image: URL of the image to start from. PNG, JPEG or JPG, at most 10 MB, 300 to 4,000 pixels wide,
                300 to 4,000 pixels high, 1:2 to 2:1 width to height.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_MOTION_CONTROL_KLING_2_6,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "video": video,
                "image": image,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def vidu_q2(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        duration: Literal["4s", "6s", "8s", 4, 6, 8] | None = None,
        resolution: Literal["720P", "1080P"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Vidu Q2.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Quick drafts that still look good. Strengths: speed, quality. Compared with others of its
        kind: speed fast.

        Args:
            prompt: What the result is to show. 1 to 2,000 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP, GIF or HEIC, at most 10 MB, 150 to
                4,000 pixels wide, 150 to 4,000 pixels high, 1:4 to 4:1 width to height.
            duration: Length of the video. In seconds. One of 4s, 6s, 8s. Default: 4s.
            resolution: Resolution of the result. One of 720P, 1080P. Default: 720P.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_VIDU_Q2,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "duration": duration,
                "resolution": resolution,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def vidu_q3(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        resolution: Literal["540P", "720P", "1080P"] | None = None,
        duration: Literal["4s", "8s", "12s", "16s", 4, 8, 12, 16] | None = None,
        generate_audio: bool | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Vidu Q3.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: High definition in a hurry; Longer clips. Strengths: speed, resolution, audio, length.
        Compared with others of its kind: speed fast.

        Args:
            prompt: What the result is to show. 1 to 2,000 characters.
            image: URL of the image to start from. PNG, JPEG or JPG, at most 10 MB, 150 to 4,000 pixels wide,
                150 to 4,000 pixels high, 1:4 to 4:1 width to height.
            resolution: Resolution of the result. One of 540P, 720P, 1080P. Default: 720P.
            duration: Length of the video. In seconds. One of 4s, 8s, 12s, 16s. Default: 4s.
            generate_audio: Whether the video gets sound. Default: True.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_VIDU_Q3,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "resolution": resolution,
                "duration": duration,
                "generate_audio": generate_audio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def wan_2_2(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        resolution: Literal["1080P"] | None = None,
        duration: Literal["5s", 5] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Wan 2.2.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Everyday clips without special demands. Strengths: motion, instructions.

        Args:
            prompt: What the result is to show. 1 to 800 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP or BMP, at most 10 MB, 300 to 2,000
                pixels wide, 300 to 2,000 pixels high, 2:5 to 5:2 width to height.
            resolution: Resolution of the result. Only 1080P is allowed. Default: 1080P.
            duration: Length of the video. In seconds. Only 5s is allowed. Default: 5s.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_WAN_2_2,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "resolution": resolution,
                "duration": duration,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def wan_2_5(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        resolution: Literal["480P", "720P", "1080P"] | None = None,
        duration: Literal["5s", "10s", 5, 10] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Wan 2.5.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Clips that need steady movement. Strengths: motion, quality.

        Args:
            prompt: What the result is to show. 1 to 800 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP or BMP, at most 10 MB, 300 to 2,000
                pixels wide, 300 to 2,000 pixels high, 2:5 to 5:2 width to height.
            resolution: Resolution of the result. One of 480P, 720P, 1080P. Default: 480P.
            duration: Length of the video. In seconds. One of 5s, 10s. Default: 5s.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_WAN_2_5,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "resolution": resolution,
                "duration": duration,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def wan_2_6(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        resolution: Literal["720P", "1080P"] | None = None,
        duration: Literal["5s", "10s", "15s", 5, 10, 15] | None = None,
        shot_type: Literal["Multi", "Single"] | None = None,
        generate_audio: bool | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Animate an image with Wan 2.6.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Stories told in several shots; The same characters from shot to shot. Strengths:
        multiple-shots, audio, characters, consistency, length.

        Args:
            prompt: What the result is to show. 1 to 1,500 characters.
            image: URL of the image to start from. PNG, JPEG, JPG, WEBP or BMP, at most 10 MB, 300 to 2,000
                pixels wide, 300 to 2,000 pixels high, 2:5 to 5:2 width to height.
            resolution: Resolution of the result. One of 720P, 1080P. Default: 720P.
            duration: Length of the video. In seconds. One of 5s, 10s, 15s. Default: 5s.
            shot_type: Whether the video has one shot or several. One of Multi, Single. Default: Multi.
            generate_audio: Whether the video gets sound. Default: True.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_VIDEO_WAN_2_6,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "image": image,
                "resolution": resolution,
                "duration": duration,
                "shot_type": shot_type,
                "generate_audio": generate_audio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )
