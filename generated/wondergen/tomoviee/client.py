# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The client of Tomoviee."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Literal

from .._runtime.request import CallOptions
from .._runtime.sync.choose import HTTPClient
from .._runtime.sync.client import APIClient
from .._runtime.sync.task import Task
from .._runtime.validate import checked
from . import models
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
from .results import RESULTS, AudioResult, ImageResult, MaskResult, VideoResult


class Tomoviee(APIClient):
    """Tomoviee.

    Videos, images, music, sound effects and speech from text, images and videos. Each generation starts
    a task, which costs credits; the result of the task has the addresses of the files. An unofficial
    description, reconciled from the vendor's documents; not affiliated with or endorsed by the vendor.

    Args:
        app_key: Default: the environment variable TOMOVIEE_APP_KEY. To obtain one:
            https://www.tomoviee.ai/developers.html
        app_secret: Default: the environment variable TOMOVIEE_APP_SECRET. To obtain one:
            https://www.tomoviee.ai/developers.html
        base_url: Where the service is. Default: https://openapi.wondershare.cc.
        timeout: Seconds for each call. Default: 120.
        max_retries: How often a call is repeated that certainly did nothing, or that costs nothing.
        http_client: An httpx.Client of your own, for a proxy or a pool. You close it.
        extra_headers: Sent with every call.
        journal: A file that remembers every paid call, so that none is lost if this process dies.
    """

    def __init__(
        self,
        *,
        app_key: str | None = None,
        app_secret: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        max_retries: int = 2,
        http_client: HTTPClient | None = None,
        extra_headers: Mapping[str, str] | None = None,
        journal: str | PathLike[str] | None = None,
    ) -> None:
        super().__init__(
            SERVICE,
            RESULTS,
            credentials={"app_key": app_key, "app_secret": app_secret},
            client_headers={},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            http_client=http_client,
            extra_headers=extra_headers,
            journal=journal,
        )

    @checked
    def image_to_video(
        self,
        prompt: str,
        *,
        image: str,
        resolution: Literal["720p", "1080p"] | None = None,
        duration: Literal[5] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "original"] | None = None,
        camera_move_index: CameraMovement | int | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[VideoResult]:
        """Image to video.

        Starts a task that animates an image into a video. The result is 5 seconds long. Usually takes 60 to
        300 seconds.

        Args:
            prompt: What the video is to show.
            image: Address of the image. JPG, JPEG, PNG or WEBP, less than 200 MB.
            resolution: Resolution of the video. One of 720p, 1080p. Default: 720p.
            duration: Length of the result. In seconds. Default: 5.
            aspect_ratio: Aspect ratio of the video, width to height; `original` keeps that of the image. One of
                16:9, 9:16, 4:3, 3:4, 1:1, original. Default: 16:9.
            camera_move_index: How the camera moves. Left out, the model chooses. A number, or a name of
                CameraMovement. 1 to 46.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the VideoResult, with the video to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-image-to-video/SKILL.md, tomoviee-image-to-video/references/camera_movements.md,
            tomoviee-image-to-video/references/video_apis.md,
            tomoviee-image-to-video/scripts/tomoviee_img2video_client.py,
            tomoviee-text-to-video/references/video_apis.md.
        """
        return self._submit(
            IMAGE_TO_VIDEO,
            VideoResult,
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
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def image_redrawing(
        self,
        prompt: str,
        *,
        init_image: str,
        mask_url: str | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[ImageResult]:
        """Redraw a part of an image.

        Starts a task that redraws an image, or the part of it that a mask marks. Usually takes 30 to 120
        seconds.

        Args:
            prompt: What is drawn in place of what was there.
            init_image: Address of the image to redraw. JPG or PNG, more than 512 and less than 2,048 pixels
                wide, more than 512 and less than 2,048 pixels high, less than 3:1 width to height.
            mask_url: Address of the mask. It should have the size of the image. White: redraw; black: keep. JPG
                or PNG, more than 512 and less than 2,048 pixels wide, more than 512 and less than 2,048 pixels
                high, less than 3:1 width to height, of the size of init_image.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the ImageResult, with the images to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-image-redraw/SKILL.md, tomoviee-image-redraw/references/image_apis.md,
            tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py,
            tomoviee-recognition/references/image_apis.md.
        """
        return self._submit(
            IMAGE_REDRAWING,
            ImageResult,
            {"prompt": prompt, "init_image": init_image, "mask_url": mask_url, "callback": callback, "params": params},
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def image_to_image(
        self,
        prompt: str,
        *,
        reference_image: str,
        control_type: Literal["0", "1", "2", "3"],
        width: int,
        height: int,
        batch_size: int,
        control_intensity: float,
        init_image: str | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[ImageResult]:
        """Image to image.

        Starts a task that makes images from a reference image and a description. Usually takes 30 to 120
        seconds.

        Args:
            prompt: What to keep of the reference image and what to change.
            reference_image: Address of the image to take over from.
            control_type: What of the image is looked at, as a digit in quotes. One of 0, 1, 2, 3.
            width: Width of the result. In pixels. 512 to 2,048.
            height: Height of the result. In pixels. 512 to 2,048.
            batch_size: How many results to make. 1 to 4.
            control_intensity: How strongly the reference image binds the result. 0 to 1.
            init_image: Address of the image to start from. Needed with control type 2. Required where
                control_type is 2.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the ImageResult, with the images to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-recognition/references/image_apis.md, tomoviee-reference-to-image/SKILL.md,
            tomoviee-reference-to-image/references/image_apis.md,
            tomoviee-reference-to-image/scripts/tomoviee_img2img_client.py.
        """
        return self._submit(
            IMAGE_TO_IMAGE,
            ImageResult,
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
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def image_recognition(
        self,
        image: str,
        *,
        control_type: Literal["0", "1", "2", "3"] | None = None,
        callback: str | None = None,
        params: str | None = None,
        prompt: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[MaskResult]:
        """Find the mask of an object.

        Starts a task that finds an object or a region in an image and returns masks of it, white on black.
        Usually takes 30 to 120 seconds.

        Args:
            image: Address of the image. JPG, JPEG, PNG or WEBP, less than 200 MB.
            control_type: What of the image is looked at, as a digit in quotes. `0`: edge; `1`: pose; `2`:
                subject; `3`: depth. One of 0, 1, 2, 3. The documents disagree: exists; or does not exist.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            prompt: What to look for in the image. The documents disagree: does not exist; or exists and is
                required.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the MaskResult, with the images to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-recognition/SKILL.md, tomoviee-recognition/references/image_apis.md,
            tomoviee-recognition/scripts/tomoviee_recognition_client.py.
        """
        return self._submit(
            IMAGE_RECOGNITION,
            MaskResult,
            {"image": image, "control_type": control_type, "callback": callback, "params": params, "prompt": prompt},
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def first_last_frame_to_video(
        self,
        prompt: str,
        *,
        image: str,
        image_tail: str,
        resolution: Literal["720p", "1080p"] | None = None,
        duration: Literal[5] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "original"] | None = None,
        camera_move_index: CameraMovement | int | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[VideoResult]:
        """First and last frame to video.

        Starts a task that makes a video that leads from a first to a last frame. The result is 5 seconds
        long.

        Args:
            prompt: What the video is to show.
            image: Address of the first frame. At least 720p is recommended. JPG, JPEG, PNG or WEBP, less than
                200 MB.
            image_tail: Address of the last frame. At least 720p is recommended. JPG, JPEG, PNG or WEBP, less
                than 200 MB.
            resolution: Resolution of the video. One of 720p, 1080p. Default: 720p.
            duration: Length of the result. Default: 5.
            aspect_ratio: Aspect ratio of the video, width to height; `original` keeps that of the image. One of
                16:9, 9:16, 4:3, 3:4, 1:1, original. Default: 16:9.
            camera_move_index: How the camera moves. Left out, the model chooses. A number, or a name of
                CameraMovement. 1 to 46.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the VideoResult, with the video to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-tail-to-video/SKILL.md, tomoviee-tail-to-video/references/camera_movements.md,
            tomoviee-tail-to-video/references/video_apis.md,
            tomoviee-tail-to-video/scripts/tomoviee_firstlast2video_client.py.
        """
        return self._submit(
            FIRST_LAST_FRAME_TO_VIDEO,
            VideoResult,
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
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def text_to_music(
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
    ) -> Task[AudioResult]:
        """Text to music.

        Starts a task that makes music from a description. Usually takes 30 to 120 seconds. The files are
        MP3. Sample rate: 44100 or 48000 Hz. Bit rate: 128000 to 320000 bit/s. Channels: stereo.

        Args:
            prompt: What it is to sound like. Only the first 77 tokens count.
            duration: Length of the result. In seconds. 0 to 95.
            qty: How many results to make. 1 to 4.
            disable_translate: Whether the prompt is used as it is instead of being translated.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the AudioResult, with the audio to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-text-to-music/SKILL.md, tomoviee-text-to-music/references/audio_apis.md,
            tomoviee-text-to-music/scripts/tomoviee_text2music_client.py,
            tomoviee-video-scoring/references/audio_apis.md.
        """
        return self._submit(
            TEXT_TO_MUSIC,
            AudioResult,
            {
                "prompt": prompt,
                "duration": duration,
                "qty": qty,
                "disable_translate": disable_translate,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def text_to_sound_effect(
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
    ) -> Task[AudioResult]:
        """Text to sound effect.

        Starts a task that makes a sound effect from a description. Usually takes 10 to 60 seconds. The
        files are MP3. Sample rate: 44100 or 48000 Hz. Bit rate: 128000 to 320000 bit/s. Channels: stereo.

        Args:
            prompt: What it is to sound like.
            duration: Length of the result. In seconds. 5 to 180.
            qty: How many results to make. 1 to 4.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the AudioResult, with the audio to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-text2sfx/SKILL.md, tomoviee-text2sfx/references/audio_apis.md,
            tomoviee-text2sfx/scripts/tomoviee_text2sfx_client.py,
            tomoviee-video-scoring/references/audio_apis.md.
        """
        return self._submit(
            TEXT_TO_SOUND_EFFECT,
            AudioResult,
            {"prompt": prompt, "duration": duration, "qty": qty, "callback": callback, "params": params},
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def text_to_speech(
        self,
        text: str,
        *,
        voice_id: str | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[AudioResult]:
        """Text to speech.

        Starts a task that reads a text aloud. Usually takes 5 to 30 seconds. The files are MP3. Sample
        rate: 44100 or 48000 Hz. Bit rate: 128000 to 320000 bit/s. Channels: stereo.

        Args:
            text: The text that is read aloud. At most 5,000 characters.
            voice_id: The voice. Others than the ones named here exist. For example zh-CN-YunxiNeural,
                zh-CN-XiaoxiaoNeural, zh-CN-YunjianNeural, en-US-JennyNeural, en-US-GuyNeural, en-US-AriaNeural,
                en-GB-SoniaNeural, en-GB-RyanNeural. Default: zh-CN-YunxiNeural.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the AudioResult, with the audio to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-video-scoring/references/audio_apis.md.
        """
        return self._submit(
            TEXT_TO_SPEECH,
            AudioResult,
            {"text": text, "voice_id": voice_id, "callback": callback, "params": params},
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def text_to_video(
        self,
        prompt: str,
        *,
        resolution: Literal["720p", "1080p"] | None = None,
        duration: Literal[5] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1"] | None = None,
        camera_move_index: CameraMovement | int | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[VideoResult]:
        """Text to video.

        Starts a task that makes a video from a description. The result is 5 seconds long. Usually takes 60
        to 300 seconds.

        Args:
            prompt: What the video is to show.
            resolution: Resolution of the video. One of 720p, 1080p. Default: 720p.
            duration: Length of the result. In seconds. Default: 5.
            aspect_ratio: Aspect ratio of the video, width to height. One of 16:9, 9:16, 4:3, 3:4, 1:1. Default:
                16:9.
            camera_move_index: How the camera moves. Left out, the model chooses. A number, or a name of
                CameraMovement. 1 to 46.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the VideoResult, with the video to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-text-to-video/SKILL.md, tomoviee-text-to-video/references/camera_movements.md,
            tomoviee-text-to-video/references/video_apis.md,
            tomoviee-text-to-video/scripts/tomoviee_text2video_client.py.
        """
        return self._submit(
            TEXT_TO_VIDEO,
            VideoResult,
            {
                "prompt": prompt,
                "resolution": resolution,
                "duration": duration,
                "aspect_ratio": aspect_ratio,
                "camera_move_index": camera_move_index,
                "callback": callback,
                "params": params,
            },
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def video_continuation(
        self,
        prompt: str,
        *,
        video: str,
        resolution: Literal["720p", "1080p"] | None = None,
        duration: Literal[5] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1"] | None = None,
        camera_move_index: CameraMovement | int | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[VideoResult]:
        """Continue a video.

        Starts a task that continues a video. The result is 5 seconds long. Usually takes 60 to 300 seconds.

        Args:
            prompt: What the video is to show.
            video: Address of the video. The file has to be of 720p. MP4, less than 200 MB, 5 to 5 seconds.
            resolution: Resolution of the video. One of 720p, 1080p. Default: 720p.
            duration: Length of the result. In seconds.
            aspect_ratio: Aspect ratio of the video, width to height. One of 16:9, 9:16, 4:3, 3:4, 1:1.
            camera_move_index: How the camera moves. Left out, the model chooses. A number, or a name of
                CameraMovement. 1 to 46.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the VideoResult, with the video to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-text-to-video/references/video_apis.md.
        """
        return self._submit(
            VIDEO_CONTINUATION,
            VideoResult,
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
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def video_soundtrack(
        self,
        video: str,
        *,
        prompt: str | None = None,
        duration: int | None = None,
        callback: str | None = None,
        params: str | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Task[AudioResult]:
        """Soundtrack for a video.

        Starts a task that makes music to fit a video. Usually takes 60 to 180 seconds. The files are MP3.
        Sample rate: 44100 or 48000 Hz. Bit rate: 128000 to 320000 bit/s. Channels: stereo.

        Args:
            video: Address of the video. MP4, less than 200 MB.
            prompt: What it is to sound like.
            duration: Length of the result. In seconds. 5 to 900. Default: 20.
            callback: An address of yours that the service calls when the task is over.
            params: Any text of yours. The callback brings it back unchanged.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the AudioResult, with the audio to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            tomoviee-video-scoring/SKILL.md, tomoviee-video-scoring/references/audio_apis.md,
            tomoviee-video-scoring/scripts/tomoviee_video_scoring_client.py.
        """
        return self._submit(
            VIDEO_SOUNDTRACK,
            AudioResult,
            {"video": video, "prompt": prompt, "duration": duration, "callback": callback, "params": params},
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    def task_result(
        self,
        task_id: str,
        *,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> models.TaskReport:
        """Ask how a task is doing.

        Returns status and progress of a task and, once it has succeeded, its result. Costs nothing and may
        be repeated.

        Args:
            task_id: The id that came with the start of the task. For example task-0001.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The reply.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: HTTP 400 (A parameter is missing or has a value that is not allowed), HTTP 413 (A file
                is too large), HTTP 422 (A file has a format or a size that is not allowed).
            AuthenticationError: HTTP 401 (The application key or its secret is not valid).
            ConnectFailed: The service could not be reached. It did nothing.

        Source:
            tomoviee-image-redraw/SKILL.md, tomoviee-image-redraw/references/image_apis.md,
            tomoviee-image-redraw/scripts/tomoviee_redrawing_client.py, tomoviee-image-to-video/SKILL.md,
            tomoviee-image-to-video/references/video_apis.md,
            tomoviee-image-to-video/scripts/tomoviee_img2video_client.py,
            tomoviee-recognition/references/image_apis.md,
            tomoviee-recognition/scripts/tomoviee_recognition_client.py, tomoviee-reference-to-image/SKILL.md,
            tomoviee-reference-to-image/references/image_apis.md,
            tomoviee-reference-to-image/scripts/tomoviee_img2img_client.py, tomoviee-tail-to-video/SKILL.md,
            tomoviee-tail-to-video/references/video_apis.md,
            tomoviee-tail-to-video/scripts/tomoviee_firstlast2video_client.py, tomoviee-text-to-music/SKILL.md,
            tomoviee-text-to-music/references/audio_apis.md,
            tomoviee-text-to-music/scripts/tomoviee_text2music_client.py, tomoviee-text-to-video/SKILL.md,
            tomoviee-text-to-video/references/video_apis.md,
            tomoviee-text-to-video/scripts/tomoviee_text2video_client.py, tomoviee-text2sfx/SKILL.md,
            tomoviee-text2sfx/references/audio_apis.md, tomoviee-text2sfx/scripts/tomoviee_text2sfx_client.py,
            tomoviee-video-scoring/references/audio_apis.md,
            tomoviee-video-scoring/scripts/tomoviee_video_scoring_client.py.
        """
        return self._query(
            TASK_RESULT,
            models.TaskReport,
            {"task_id": task_id},
            CallOptions(timeout, extra_body, extra_headers),
        )
