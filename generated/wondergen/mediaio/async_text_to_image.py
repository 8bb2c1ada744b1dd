# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The methods of `AsyncMediaIO.text_to_image`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from .._runtime.aio.client import AsyncAPIClient
from .._runtime.aio.task import AsyncTask
from .._runtime.lazy_imports import Module
from .._runtime.request import CallOptions
from .operations import TEXT_TO_IMAGE_IMAGEN_4, TEXT_TO_IMAGE_SOUL_CHARACTER

if TYPE_CHECKING:
    from . import async_results as _results
    from . import models
else:
    # Imported when one of their names is first used: pydantic and the models take longer than the rest of a client.
    models = Module(__package__, "models")
    _results = Module(__package__, "async_results")


class AsyncTextToImage:
    """Methods for text to image, one per model of Media.io."""

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
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncGenerationResult]:
        """Make images from a text prompt with Imagen 4.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Photographs; Pictures with legible words in them; Long and complex descriptions.
        Strengths: realism, text, instructions.

        Args:
            prompt: What the result is to show. 1 to 1,200 characters.
            ratio: Aspect ratio of the result, width to height. One of 9:16, 16:9, 1:1, 4:3, 3:4. Default: 9:16.
            counts: How many images to make, as text. One of 1, 2, 3, 4. Default: 1.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncGenerationResult, whose `save()` saves the
            images.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncMediaIO lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._client._submit(
            TEXT_TO_IMAGE_IMAGEN_4,
            _results.AsyncGenerationResult,
            {
                "prompt": prompt,
                "ratio": ratio,
                "counts": counts,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    async def soul_character(
        self,
        prompt: str,
        *,
        ratio: Literal["2:3", "1:1", "3:2", "9:16", "16:9"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> AsyncTask[_results.AsyncGenerationResult]:
        """Make images from a text prompt with Soul Character.

        Starts a task, which costs credits. The result has the URLs of the files.

        Best for: Large numbers of pictures; Commercial campaigns. Strengths: price, speed. Compared with
        others of its kind: price low, speed fast.

        Args:
            prompt: What the result is to show. 1 to 2,000 characters.
            ratio: Aspect ratio of the result, width to height. One of 2:3, 1:1, 3:2, 9:16, 16:9. Default: 16:9.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The task that was started. Its `wait()` returns the AsyncGenerationResult, whose `save()` saves the
            images.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncMediaIO lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return await self._client._submit(
            TEXT_TO_IMAGE_SOUL_CHARACTER,
            _results.AsyncGenerationResult,
            {
                "prompt": prompt,
                "ratio": ratio,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )
