# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Asynchronous client of Tomoviee."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Literal

from .._runtime.aio.choose import AsyncHTTPClient
from .._runtime.aio.client import AsyncAPIClient
from .._runtime.aio.task import AsyncTask
from .._runtime.lazy_imports import Module
from .._runtime.local_files import LocalFile, Uploader
from .._runtime.request import CallOptions
from .._runtime.secret import Key
from .enums import CameraMovement
from .operations import (
    FIRST_LAST_FRAME_TO_VIDEO,
    IMAGE_RECOGNITION,
    IMAGE_REDRAWING,
    IMAGE_TO_IMAGE,
    IMAGE_TO_VIDEO,
    SERVICE,
    TASK_RESULT,
    TEXT_TO_MUSIC,
    TEXT_TO_SOUND_EFFECT,
    TEXT_TO_SPEECH,
    TEXT_TO_VIDEO,
    VIDEO_CONTINUATION,
    VIDEO_SOUNDTRACK,
)

if TYPE_CHECKING:
    from . import async_results as _results
    from . import models
else:
    # Imported when one of their names is first used: pydantic and the models take longer than the rest of a client.
    models = Module(__package__, "models")
    _results = Module(__package__, "async_results")


class AsyncTomoviee(AsyncAPIClient):
    """Asynchronous client of Tomoviee.

    Videos, images, music, sound effects and speech from text, images and videos. Each generation starts
    a task; the result of the task has the URLs of the files. An unofficial description, reconciled from
    the vendor's documents; not affiliated with or endorsed by the vendor.

    Args:
        app_key: Credential. Default: the environment variable TOMOVIEE_APP_KEY. Get one at
            https://www.tomoviee.ai/developers.html
        app_secret: Credential. Default: the environment variable TOMOVIEE_APP_SECRET. Get one at
            https://www.tomoviee.ai/developers.html
        base_url: URL of the service. Default: https://openapi.wondershare.cc.
        timeout: Seconds that one call may take. Default: 120, and 30 for a call that costs nothing.
        max_retries: How often a request may be sent again if that cannot charge twice. Default: 2.
        http_client: An httpx.AsyncClient of your own, for a proxy or a pool. You close it.
        extra_headers: Headers that are sent with every call.
        uploader: Function that uploads the file at a path and returns its https URL. Default: none.
        journal: SQLite file that records each paid call before it is sent. Default: none.

    Errors:
        BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
            is too large), HTTP 422 (A file has a format or a size that is not allowed).
        AuthenticationError: HTTP 401 (The application key or its secret is not valid).
    """

    def __init__(
        self,
        *,
        app_key: Key | None = None,
        app_secret: Key | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        max_retries: int = 2,
        http_client: AsyncHTTPClient | None = None,
        extra_headers: Mapping[str, str] | None = None,
        journal: str | PathLike[str] | None = None,
        uploader: Uploader | None = None,
    ) -> None:
        super().__init__(
            SERVICE,
            lambda: _results.RESULTS,
            credentials={"app_key": app_key, "app_secret": app_secret},
            client_headers={},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            http_client=http_client,
            extra_headers=extra_headers,
            journal=journal,
            uploader=uploader,
        )

    async def first_last_frame_to_video(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        image_tail: str | LocalFile,
        resolution: Literal["720p", "1080p"] | None = None,
        duration: Literal[5] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "original"] | None = None,
        camera_move_index: CameraMovement | int | str | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncVideoResult]:
        """Make a video that leads from a first frame to a last one.

        The result is 5 seconds long.

        Best for: A transition between two given pictures; Morphing from a beginning to an end. Strengths:
        motion, consistency.

        Args:
            prompt: What the video is to show. Not empty.
            image: URL of the first frame. A resolution of at least 720p is recommended. JPG, JPEG, PNG or WEBP,
                less than 200 MB.
            image_tail: URL of the last frame. A resolution of at least 720p is recommended. JPG, JPEG, PNG or
                WEBP, less than 200 MB.
            resolution: Resolution of the video. `720p`: 1280 x 720 pixels; quicker, less fine. `1080p`: 1920 x
                1080 pixels; slower, finer. Default: 720p.
            duration: Length of the result. No document states a default; the vendor's own script sends 5. Only
                5 is allowed.
            aspect_ratio: Aspect ratio of the video, width to height. No document states a default; the vendor's
                own script sends 16:9. `16:9`: Wide, the usual format of video. `9:16`: Upright, for telephones
                and social media. `4:3`: As on old television. `3:4`: Upright, less narrow. `1:1`: Square, for
                social media. `original`: Keeps the ratio of the image.
            camera_move_index: How the camera moves. By default the model chooses. A number (1 to 46), or a name
                of CameraMovement.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncVideoResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            FIRST_LAST_FRAME_TO_VIDEO,
            _results.AsyncVideoResult,
            {
                "prompt": prompt,
                "image": image,
                "image_tail": image_tail,
                "resolution": resolution,
                "duration": duration,
                "aspect_ratio": aspect_ratio,
                "camera_move_index": camera_move_index,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def task_result(
        self,
        task_id: str,
        *,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> models.TaskReport:
        """Return the status of a task and, once it has succeeded, its result.

        Costs nothing and may be repeated.

        Args:
            task_id: The id of the task, from the reply that started it. Not empty. For example task-0001.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.

        Returns:
            The reply.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached, or its reply did not arrive whole.
        """
        return await self._query(
            TASK_RESULT,
            models.TaskReport,
            {
                "task_id": task_id,
            },
            CallOptions(timeout, extra_body, extra_headers),
        )

    async def image_recognition(
        self,
        image: str | LocalFile,
        *,
        control_type: Literal["0", "1", "2", "3"] | None = None,
        callback: str | None = None,
        params: str | None = None,
        prompt: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncMaskResult]:
        """Find an object or a region in an image and return masks of it, white on black.

        Usually takes 30 to 120 seconds.

        Best for: Masks for image_redrawing; Cutting out a thing or a region; Many similar pictures.

        Args:
            image: URL of the image. JPG, JPEG, PNG or WEBP, less than 200 MB.
            control_type: Feature of the whole image to extract, if no thing is named, as text. `0`: edge; `1`:
                pose; `2`: subject; `3`: depth. The documents disagree: some say it exists, others say it does
                not exist. Give this or prompt.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            prompt: Name of the thing to find in the image. The documents disagree: some say it does not exist,
                others say it exists and is required. Give this or control_type.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncMaskResult, whose `save()` saves the
            images.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            IMAGE_RECOGNITION,
            _results.AsyncMaskResult,
            {
                "image": image,
                "control_type": control_type,
                "callback": callback,
                "params": params,
                "prompt": prompt,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def image_redrawing(
        self,
        prompt: str,
        *,
        init_image: str | LocalFile,
        mask_url: str | LocalFile | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncImageResult]:
        """Redraw an image, or the part of it that a mask marks.

        Usually takes 30 to 120 seconds.

        Best for: Removing or replacing things and people; Changing one region, filling in or extending;
        Repairs; A new background behind the same foreground. Strengths: editing, detail.

        Args:
            prompt: What to draw in place of what was there. Not empty.
            init_image: URL of the image to redraw. JPG or PNG, less than 200 MB, more than 512 and less than
                2,048 pixels wide, more than 512 and less than 2,048 pixels high, less than 3:1 width to height.
            mask_url: URL of the mask. White: redraw; black: keep. JPG or PNG, less than 200 MB, more than 512
                and less than 2,048 pixels wide, more than 512 and less than 2,048 pixels high, less than 3:1
                width to height, of the size of init_image.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncImageResult, whose `save()` saves the
            images.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            IMAGE_REDRAWING,
            _results.AsyncImageResult,
            {
                "prompt": prompt,
                "init_image": init_image,
                "mask_url": mask_url,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def image_to_image(
        self,
        prompt: str,
        *,
        reference_image: str | LocalFile,
        control_type: Literal["0", "1", "2", "3"],
        width: int,
        height: int,
        batch_size: int,
        control_intensity: float,
        init_image: str | LocalFile | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncImageResult]:
        """Make images from a reference image and a prompt.

        Usually takes 30 to 120 seconds.

        Best for: A new style for a whole picture; Variants with the same composition; Other clothes,
        background or things in it. Strengths: editing, style, consistency.

        Args:
            prompt: What to keep of the reference image and what to change. Not empty.
            reference_image: URL of the reference image. JPG, JPEG, PNG or WEBP, less than 200 MB.
            control_type: Feature of the image to use, as text. One of 0, 1, 2, 3.
            width: Width of the result. In pixels. 512 to 2,048.
            height: Height of the result. In pixels. 512 to 2,048.
            batch_size: How many results to make. 1 to 4.
            control_intensity: How strongly the reference image binds the result. 0 to 1.
            init_image: URL of the image to start from. JPG, JPEG, PNG or WEBP, less than 200 MB. Required if
                control_type is 2.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncImageResult, whose `save()` saves the
            images.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            IMAGE_TO_IMAGE,
            _results.AsyncImageResult,
            {
                "prompt": prompt,
                "reference_image": reference_image,
                "control_type": control_type,
                "width": width,
                "height": height,
                "batch_size": batch_size,
                "control_intensity": control_intensity,
                "init_image": init_image,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def image_to_video(
        self,
        prompt: str,
        *,
        image: str | LocalFile,
        resolution: Literal["720p", "1080p"] | None = None,
        duration: Literal[5] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "original"] | None = None,
        camera_move_index: CameraMovement | int | str | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncVideoResult]:
        """Animate an image into a video.

        The result is 5 seconds long. Usually takes 60 to 300 seconds.

        Best for: Bringing a still picture to life; Product films from photographs; A camera movement over a
        picture; Variants of one picture. Strengths: camera, motion.

        Args:
            prompt: What the video is to show. Not empty.
            image: URL of the image. JPG, JPEG, PNG or WEBP, less than 200 MB.
            resolution: Resolution of the video. `720p`: 1280 x 720 pixels; quicker, less fine. `1080p`: 1920 x
                1080 pixels; slower, finer. Default: 720p.
            duration: Length of the result. In seconds. No document states a default; the vendor's own script
                sends 5. Only 5 is allowed.
            aspect_ratio: Aspect ratio of the video, width to height. No document states a default; the vendor's
                own script sends 16:9. `16:9`: Wide, the usual format of video. `9:16`: Upright, for telephones
                and social media. `4:3`: As on old television. `3:4`: Upright, less narrow. `1:1`: Square, for
                social media. `original`: Keeps the ratio of the image.
            camera_move_index: How the camera moves. By default the model chooses. A number (1 to 46), or a name
                of CameraMovement.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncVideoResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            IMAGE_TO_VIDEO,
            _results.AsyncVideoResult,
            {
                "prompt": prompt,
                "image": image,
                "resolution": resolution,
                "duration": duration,
                "aspect_ratio": aspect_ratio,
                "camera_move_index": camera_move_index,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def text_to_music(
        self,
        prompt: str,
        *,
        duration: int,
        qty: int,
        disable_translate: bool | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncAudioResult]:
        """Make music from a text prompt.

        Usually takes 30 to 120 seconds. The files are MP3. Sample rate: 44100 or 48000 Hz. Bit rate: 128000
        to 320000 bit/s. Channels: stereo.

        Best for: Background music for videos; Atmospheric soundtracks; Music under podcasts and talks.

        Args:
            prompt: What it is to sound like. Only the first 77 tokens count. Not empty.
            duration: Length of the result. In seconds. 0 to 95.
            qty: How many results to make. 1 to 4.
            disable_translate: Whether to use the prompt untranslated.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncAudioResult, whose `save()` saves the
            audio.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            TEXT_TO_MUSIC,
            _results.AsyncAudioResult,
            {
                "prompt": prompt,
                "duration": duration,
                "qty": qty,
                "disable_translate": disable_translate,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def text_to_sound_effect(
        self,
        prompt: str,
        *,
        duration: int,
        qty: int | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncAudioResult]:
        """Make a sound effect from a text prompt.

        Usually takes 10 to 60 seconds. The files are MP3. Sample rate: 44100 or 48000 Hz. Bit rate: 128000
        to 320000 bit/s. Channels: stereo.

        Best for: Effects for films; Sounds of games and interfaces; Ambience of a place.

        Args:
            prompt: What it is to sound like. Not empty.
            duration: Length of the result. In seconds. 5 to 180.
            qty: How many results to make. 1 to 4.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncAudioResult, whose `save()` saves the
            audio.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            TEXT_TO_SOUND_EFFECT,
            _results.AsyncAudioResult,
            {
                "prompt": prompt,
                "duration": duration,
                "qty": qty,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def text_to_speech(
        self,
        text: str,
        *,
        voice_id: str | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncAudioResult]:
        """Read a text aloud.

        Usually takes 5 to 30 seconds. The files are MP3. Sample rate: 44100 or 48000 Hz. Bit rate: 128000
        to 320000 bit/s. Channels: stereo.

        Best for: Voices over videos; Texts read aloud; Narration; Lines of characters; Access for those who
        cannot read.

        Args:
            text: The text to read aloud. 1 to 5,000 characters.
            voice_id: The voice. Others than the ones named here exist. For example en-GB-RyanNeural,
                en-GB-SoniaNeural, en-US-AriaNeural, en-US-GuyNeural, en-US-JennyNeural, zh-CN-XiaoxiaoNeural,
                zh-CN-YunjianNeural, zh-CN-YunxiNeural. Default: zh-CN-YunxiNeural.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncAudioResult, whose `save()` saves the
            audio.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            TEXT_TO_SPEECH,
            _results.AsyncAudioResult,
            {
                "text": text,
                "voice_id": voice_id,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def text_to_video(
        self,
        prompt: str,
        *,
        resolution: Literal["720p", "1080p"] | None = None,
        duration: Literal[5] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1"] | None = None,
        camera_move_index: CameraMovement | int | str | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncVideoResult]:
        """Make a video from a text prompt.

        The result is 5 seconds long. Usually takes 60 to 300 seconds.

        Best for: Video from words alone; Opening shots and filler footage; Trying out an idea quickly.
        Strengths: camera.

        Args:
            prompt: What the video is to show. Not empty.
            resolution: Resolution of the video. `720p`: 1280 x 720 pixels; quicker, less fine. `1080p`: 1920 x
                1080 pixels; slower, finer. Default: 720p.
            duration: Length of the result. In seconds. No document states a default; the vendor's own script
                sends 5. Only 5 is allowed.
            aspect_ratio: Aspect ratio of the video, width to height. `16:9`: Wide, the usual format of video.
                `9:16`: Upright, for telephones and social media. `4:3`: As on old television. `3:4`: Upright,
                less narrow. `1:1`: Square, for social media. Default: 16:9.
            camera_move_index: How the camera moves. By default the model chooses. A number (1 to 46), or a name
                of CameraMovement.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncVideoResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            TEXT_TO_VIDEO,
            _results.AsyncVideoResult,
            {
                "prompt": prompt,
                "resolution": resolution,
                "duration": duration,
                "aspect_ratio": aspect_ratio,
                "camera_move_index": camera_move_index,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def video_continuation(
        self,
        prompt: str,
        *,
        video: str | LocalFile,
        resolution: Literal["720p", "1080p"] | None = None,
        duration: Literal[5] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1"] | None = None,
        camera_move_index: CameraMovement | int | str | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncVideoResult]:
        """Continue a video.

        The result is 5 seconds long. Usually takes 60 to 300 seconds.

        Best for: Making a clip longer; Sequences without a visible cut; Trying several ways on. Strengths:
        consistency, length.

        Args:
            prompt: What the video is to show. Not empty.
            video: URL of the video. The resolution of the file must be 720p. MP4, less than 200 MB, exactly 5
                seconds.
            resolution: Resolution of the video. `720p`: 1280 x 720 pixels; quicker, less fine. `1080p`: 1920 x
                1080 pixels; slower, finer. Default: 720p.
            duration: Length of the result. In seconds. Only 5 is allowed.
            aspect_ratio: Aspect ratio of the video, width to height. `16:9`: Wide, the usual format of video.
                `9:16`: Upright, for telephones and social media. `4:3`: As on old television. `3:4`: Upright,
                less narrow. `1:1`: Square, for social media.
            camera_move_index: How the camera moves. By default the model chooses. A number (1 to 46), or a name
                of CameraMovement.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncVideoResult, whose `save()` saves the
            video.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            VIDEO_CONTINUATION,
            _results.AsyncVideoResult,
            {
                "prompt": prompt,
                "video": video,
                "resolution": resolution,
                "duration": duration,
                "aspect_ratio": aspect_ratio,
                "camera_move_index": camera_move_index,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def video_soundtrack(
        self,
        video: str | LocalFile,
        *,
        prompt: str | None = None,
        duration: int | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncAudioResult]:
        """Make music that fits a video.

        Usually takes 60 to 180 seconds. The files are MP3. Sample rate: 44100 or 48000 Hz. Bit rate: 128000
        to 320000 bit/s. Channels: stereo.

        Best for: Music that fits pace and mood of a video; Silent videos; Trying out a soundtrack quickly.

        Args:
            video: URL of the video. MP4, less than 200 MB.
            prompt: What it is to sound like.
            duration: Length of the result. In seconds. 5 to 900. Default: 20.
            callback: A URL of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncAudioResult, whose `save()` saves the
            audio.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncTomoviee lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._submit(
            VIDEO_SOUNDTRACK,
            _results.AsyncAudioResult,
            {
                "video": video,
                "prompt": prompt,
                "duration": duration,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )
