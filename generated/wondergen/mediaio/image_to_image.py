# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The methods of `MediaIO.image_to_image`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from .._runtime.lazy_imports import Module
from .._runtime.local_files import LocalFile
from .._runtime.request import CallOptions
from .._runtime.sync.client import APIClient
from .._runtime.sync.task import Task
from .operations import IMAGE_TO_IMAGE_NANO_BANANA, IMAGE_TO_IMAGE_NANO_BANANA_PRO, IMAGE_TO_IMAGE_SEEDREAM_4_0

if TYPE_CHECKING:
    from . import models
    from . import results as _results
else:
    # Imported when one of their names is first used: pydantic and the models take longer than the rest of a client.
    models = Module(__package__, "models")
    _results = Module(__package__, "results")


class ImageToImage:
    """Methods for image to image, one per model of Media.io."""

    def __init__(self, client: APIClient) -> None:
        self._client = client

    def nano_banana(
        self,
        prompt: str,
        *,
        images: list[str | LocalFile],
        ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Make an image from images and a prompt with Nano Banana.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Pictures that follow a subtle idea; Combining several pictures. Strengths: instructions,
        multiple-images.

        Args:
            prompt: What the result is to show. 1 to 1,200 characters.
            images: URLs of the images to start from. 1 to 9 items. PNG, JPEG or JPG, at most 20 MB, 300 to
                1,280 pixels wide, 300 to 1,280 pixels high, 1:2 to 2:1 width to height.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4, 3:2, 2:3,
                21:9. Default: 16:9.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            images.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_IMAGE_NANO_BANANA,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "images": images,
                "ratio": ratio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def nano_banana_pro(
        self,
        prompt: str,
        *,
        images: list[str | LocalFile],
        ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] | None = None,
        resolution: Literal["1K", "2K", "4K"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Make an image from images and a prompt with Nano Banana Pro.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Pictures that follow a subtle idea; Combining several pictures; Large prints. Strengths:
        instructions, multiple-images, resolution.

        Args:
            prompt: What the result is to show. 1 to 1,200 characters.
            images: URLs of the images to start from. 1 to 9 items. PNG, JPEG or JPG, at most 20 MB, 300 to
                1,280 pixels wide, 300 to 1,280 pixels high, 1:2 to 2:1 width to height.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4, 3:2, 2:3,
                21:9. Default: 16:9.
            resolution: Resolution of the result. One of 1K, 2K, 4K. Default: 1K.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            images.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_IMAGE_NANO_BANANA_PRO,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "images": images,
                "ratio": ratio,
                "resolution": resolution,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def seedream_4_0(
        self,
        prompt: str,
        *,
        images: list[str | LocalFile],
        ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Task[_results.GenerationResult]:
        """Make an image from images and a prompt with Seedream 4.0.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Editing pictures; Series with one character or one style. Strengths: editing, consistency,
        characters, style, resolution, multiple-images.

        Args:
            prompt: What the result is to show. 1 to 800 characters.
            images: URLs of the images to start from. 1 to 9 items. PNG, JPEG or JPG, at most 10 MB, 300 to
                1,280 pixels wide, 300 to 1,280 pixels high, 3:10 to 3:1 width to height.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4, 3:2, 2:3.
                Default: 9:16.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the GenerationResult, whose `save()` saves the
            images.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of MediaIO lists the codes and their
                classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._client._submit(
            IMAGE_TO_IMAGE_SEEDREAM_4_0,
            _results.GenerationResult,
            {
                "prompt": prompt,
                "images": images,
                "ratio": ratio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )
