# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The methods of `AsyncMediaIO.text_to_video`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from .._runtime.aio.client import AsyncAPIClient
from .._runtime.aio.task import AsyncTask
from .._runtime.lazy_imports import Module
from .._runtime.request import CallOptions
from .operations import TEXT_TO_VIDEO_VIDU_Q3, TEXT_TO_VIDEO_WAN_2_5, TEXT_TO_VIDEO_WAN_2_6

if TYPE_CHECKING:
    from . import async_results as _results
    from . import models
else:
    # Imported when one of their names is first used: pydantic and the models take longer than the rest of a client.
    models = Module(__package__, "models")
    _results = Module(__package__, "async_results")


class AsyncTextToVideo:
    """Methods for text to video, one per model of Media.io."""

    def __init__(self, client: AsyncAPIClient) -> None:
        self._client = client

    async def vidu_q3(
        self,
        prompt: str,
        *,
        ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] | None = None,
        resolution: Literal["540P", "720P", "1080P"] | None = None,
        duration: Literal["4s", "8s", "12s", "16s", 4, 8, 12, 16] | None = None,
        generate_audio: bool | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncGenerationResult]:
        """Make a video from a text prompt with Vidu Q3.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: High definition in a hurry; Longer clips. Strengths: speed, resolution, audio, length.
        Compared with others of its kind: speed fast.

        Args:
            prompt: What the result is to show. 1 to 2,000 characters.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4. Default: 16:9.
            resolution: Resolution of the result. One of 540P, 720P, 1080P. Default: 720P.
            duration: Length of the video. In seconds. One of 4s, 8s, 12s, 16s. Default: 8s.
            generate_audio: Whether the video gets sound. Default: True.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncGenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncMediaIO lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._client._submit(
            TEXT_TO_VIDEO_VIDU_Q3,
            _results.AsyncGenerationResult,
            {
                "prompt": prompt,
                "ratio": ratio,
                "resolution": resolution,
                "duration": duration,
                "generate_audio": generate_audio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def wan_2_5(
        self,
        prompt: str,
        *,
        ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None = None,
        duration: Literal["5s", "10s", 5, 10] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncGenerationResult]:
        """Make a video from a text prompt with Wan 2.5.

        Starts a task, which costs credits. The result has the URLs of the files. The API description marks
        this operation with another state than the others, so it may not be open to everyone.

        Best for: Clips that need steady movement. Strengths: motion, quality.

        Args:
            prompt: What the result is to show. 1 to 800 characters.
            ratio: Aspect ratio of the result, width to height. One of 16:9, 9:16, 1:1, 4:3, 3:4. Default: 16:9.
            duration: Length of the video. In seconds. One of 5s, 10s. Default: 5s.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncGenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncMediaIO lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._client._submit(
            TEXT_TO_VIDEO_WAN_2_5,
            _results.AsyncGenerationResult,
            {
                "prompt": prompt,
                "ratio": ratio,
                "duration": duration,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def wan_2_6(
        self,
        prompt: str,
        *,
        size: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] | None = None,
        duration: Literal["5s", "10s", "15s", 5, 10, 15] | None = None,
        shot_type: Literal["Multi", "Single"] | None = None,
        generate_audio: bool | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncGenerationResult]:
        """Make a video from a text prompt with Wan 2.6.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Stories told in several shots; The same characters from shot to shot. Strengths:
        multiple-shots, audio, characters, consistency, length.

        Args:
            prompt: What the result is to show. 1 to 1,500 characters.
            size: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4. Default: 16:9.
            duration: Length of the video. In seconds. One of 5s, 10s, 15s. Default: 5s.
            shot_type: Whether the video has one shot or several. One of Multi, Single. Default: Multi.
            generate_audio: Whether the video gets sound. Default: True.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncGenerationResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncMediaIO lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._client._submit(
            TEXT_TO_VIDEO_WAN_2_6,
            _results.AsyncGenerationResult,
            {
                "prompt": prompt,
                "size": size,
                "duration": duration,
                "shot_type": shot_type,
                "generate_audio": generate_audio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )
