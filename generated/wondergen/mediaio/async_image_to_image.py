# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What stands under `image_to_image` of AsyncMediaIO."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .._runtime.aio.client import AsyncAPIClient
from .._runtime.aio.task import AsyncTask
from .._runtime.request import CallOptions
from .async_results import AsyncGenerationResult
from .operations import IMAGE_TO_IMAGE_NANO_BANANA, IMAGE_TO_IMAGE_NANO_BANANA_PRO, IMAGE_TO_IMAGE_SEEDREAM_4_0


class AsyncImageToImage:
    """Image to image: one method a model of Media.io."""

    def __init__(self, client: AsyncAPIClient) -> None:
        self._client = client

    async def nano_banana(
        self,
        prompt: str,
        *,
        images: list[str],
        ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncTask[AsyncGenerationResult]:
        """Image to image with Nano Banana.

        Starts a task that makes an image from one or more images and a description.

        Args:
            prompt: What the result is to show. At most 1,200 characters.
            images: Addresses of the images to start from. At most 9 items. PNG, JPEG or JPG, at most 20 MB, 300
                to 1,280 pixels wide, 300 to 1,280 pixels high, 1:2 to 2:1 width to height.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4, 3:2, 2:3,
                21:9. Default: 16:9.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the AsyncGenerationResult, with the images to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            AuthenticationError: 374004 (No valid API key came with the request), 40001 (The API key is not
                valid), 40002 (The API key has expired).
            InsufficientCredits: 490505 (The account has too few credits left).
            NotFound: 40003 (There is no task with this id).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            mediaio-aigc-generate/SKILL.md, mediaio-aigc-generate/references/mediaio-aigc-api-reference.md,
            mediaio-aigc-generate/scripts/c_api_doc_detail.json.
        """
        return await self._client._submit(
            IMAGE_TO_IMAGE_NANO_BANANA,
            AsyncGenerationResult,
            {"prompt": prompt, "images": images, "ratio": ratio},
            CallOptions(timeout, extra_body, extra_headers),
        )

    async def nano_banana_pro(
        self,
        prompt: str,
        *,
        images: list[str],
        ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] | None = None,
        resolution: Literal["1K", "2K", "4K"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncTask[AsyncGenerationResult]:
        """Image to image with Nano Banana Pro.

        Starts a task that makes an image from one or more images and a description.

        Args:
            prompt: What the result is to show. At most 1,200 characters.
            images: Addresses of the images to start from. At most 9 items. PNG, JPEG or JPG, at most 20 MB, 300
                to 1,280 pixels wide, 300 to 1,280 pixels high, 1:2 to 2:1 width to height.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4, 3:2, 2:3,
                21:9. Default: 16:9.
            resolution: Resolution of the result. One of 1K, 2K, 4K. Default: 1K.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the AsyncGenerationResult, with the images to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            AuthenticationError: 374004 (No valid API key came with the request), 40001 (The API key is not
                valid), 40002 (The API key has expired).
            InsufficientCredits: 490505 (The account has too few credits left).
            NotFound: 40003 (There is no task with this id).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            mediaio-aigc-generate/SKILL.md, mediaio-aigc-generate/references/mediaio-aigc-api-reference.md,
            mediaio-aigc-generate/scripts/c_api_doc_detail.json.
        """
        return await self._client._submit(
            IMAGE_TO_IMAGE_NANO_BANANA_PRO,
            AsyncGenerationResult,
            {"prompt": prompt, "images": images, "ratio": ratio, "resolution": resolution},
            CallOptions(timeout, extra_body, extra_headers),
        )

    async def seedream_4_0(
        self,
        prompt: str,
        *,
        images: list[str],
        ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4", "3:2", "2:3"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncTask[AsyncGenerationResult]:
        """Image to image with Seedream 4.0.

        Starts a task that makes an image from one or more images and a description.

        Args:
            prompt: What the result is to show. At most 800 characters.
            images: Addresses of the images to start from. At most 9 items. PNG, JPEG or JPG, at most 10 MB, 300
                to 1,280 pixels wide, 300 to 1,280 pixels high, 3:10 to 3:1 width to height.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4, 3:2, 2:3.
                Default: 9:16.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The task. Its `wait()` gives the AsyncGenerationResult, with the images to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            AuthenticationError: 374004 (No valid API key came with the request), 40001 (The API key is not
                valid), 40002 (The API key has expired).
            InsufficientCredits: 490505 (The account has too few credits left).
            NotFound: 40003 (There is no task with this id).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            mediaio-aigc-generate/SKILL.md, mediaio-aigc-generate/references/mediaio-aigc-api-reference.md,
            mediaio-aigc-generate/scripts/c_api_doc_detail.json.
        """
        return await self._client._submit(
            IMAGE_TO_IMAGE_SEEDREAM_4_0,
            AsyncGenerationResult,
            {"prompt": prompt, "images": images, "ratio": ratio},
            CallOptions(timeout, extra_body, extra_headers),
        )
