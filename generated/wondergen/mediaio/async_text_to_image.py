# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What stands under `text_to_image` of AsyncMediaIO."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .._runtime.aio.client import AsyncAPIClient
from .._runtime.aio.task import AsyncTask
from .._runtime.request import CallOptions
from .async_results import AsyncGenerationResult
from .operations import TEXT_TO_IMAGE_IMAGEN_4, TEXT_TO_IMAGE_SOUL_CHARACTER


class AsyncTextToImage:
    """Text to image: one method a model of Media.io."""

    def __init__(self, client: AsyncAPIClient) -> None:
        self._client = client

    async def imagen_4(
        self,
        prompt: str,
        *,
        ratio: Literal["9:16", "16:9", "1:1", "4:3", "3:4"] | None = None,
        counts: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncTask[AsyncGenerationResult]:
        """Text to image with Imagen 4.

        Starts a task that makes images from a description.

        Args:
            prompt: What the result is to show. At most 1,200 characters.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4. Default: 9:16.
            counts: How many images to make, as text. One of 1, 2, 3, 4. Default: 1.
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
            TEXT_TO_IMAGE_IMAGEN_4,
            AsyncGenerationResult,
            {"prompt": prompt, "ratio": ratio, "counts": counts},
            CallOptions(timeout, extra_body, extra_headers),
        )

    async def soul_character(
        self,
        prompt: str,
        *,
        ratio: Literal["2:3", "1:1", "3:2", "9:16", "16:9"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncTask[AsyncGenerationResult]:
        """Text to image with Soul Character.

        Starts a task that makes images from a description.

        Args:
            prompt: What the result is to show. At most 2,000 characters.
            ratio: Aspect ratio of the result, width to height. One of 2:3, 1:1, 3:2, 9:16, 16:9. Default: 16:9.
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
            TEXT_TO_IMAGE_SOUL_CHARACTER,
            AsyncGenerationResult,
            {"prompt": prompt, "ratio": ratio},
            CallOptions(timeout, extra_body, extra_headers),
        )
