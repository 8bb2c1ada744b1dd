# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Asynchronous client of Media.io."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING

from .._runtime.aio.choose import AsyncHTTPClient
from .._runtime.aio.client import AsyncAPIClient
from .._runtime.lazy_imports import Module
from .._runtime.local_files import Uploader
from .._runtime.request import CallOptions
from .._runtime.secret import Key
from .async_image_to_image import AsyncImageToImage
from .async_image_to_video import AsyncImageToVideo
from .async_text_to_image import AsyncTextToImage
from .async_text_to_video import AsyncTextToVideo
from .operations import CREDITS, SERVICE, TASK_RESULT

if TYPE_CHECKING:
    from . import async_results as _results
    from . import models
else:
    # Imported when one of their names is first used: pydantic and the models take longer than the rest of a client.
    models = Module(__package__, "models")
    _results = Module(__package__, "async_results")


class AsyncMediaIO(AsyncAPIClient):
    """Asynchronous client of Media.io.

    Images and videos from text and images, by many models behind one API. Each generation starts a
    task, which costs credits; the result of the task has the URLs of the files. An unofficial
    description, reconciled from the vendor's documents; not affiliated with or endorsed by the vendor.

    Args:
        api_key: Credential. Default: the environment variable MEDIAIO_API_KEY. Get one at
            https://developer.media.io/
        base_url: URL of the service. Default: https://openapi.media.io.
        timeout: Seconds that one call may take. Default: 120, and 30 for a call that costs nothing.
        max_retries: How often a request may be sent again if that cannot charge twice. Default: 2.
        http_client: An httpx.AsyncClient of your own, for a proxy or a pool. You close it.
        extra_headers: Headers that are sent with every call.
        uploader: Function that uploads the file at a path and returns its https URL. Default: none.
        journal: SQLite file that records each paid call before it is sent. Default: none.

    Errors:
        AuthenticationError: 374004 (No valid API key came with the request), 40001 (The API key is not
            valid), 40002 (The API key has expired).
        InsufficientCredits: 490505 (The account has too few credits left).
        NotFound: 40003 (There is no task with this id).
    """

    def __init__(
        self,
        *,
        api_key: Key | None = None,
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
            credentials={"api_key": api_key},
            client_headers={},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            http_client=http_client,
            extra_headers=extra_headers,
            journal=journal,
            uploader=uploader,
        )

    @cached_property
    def image_to_image(self) -> AsyncImageToImage:
        """Methods for image to image, one per model of Media.io."""
        return AsyncImageToImage(self)

    @cached_property
    def image_to_video(self) -> AsyncImageToVideo:
        """Methods for image to video, one per model of Media.io."""
        return AsyncImageToVideo(self)

    @cached_property
    def text_to_image(self) -> AsyncTextToImage:
        """Methods for text to image, one per model of Media.io."""
        return AsyncTextToImage(self)

    @cached_property
    def text_to_video(self) -> AsyncTextToVideo:
        """Methods for text to video, one per model of Media.io."""
        return AsyncTextToVideo(self)

    async def credits(
        self,
        *,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> models.Credits:
        """Return how many credits the account has left.

        Costs nothing.

        Args:
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.

        Returns:
            The reply.

        Raises:
            APIError: The service refused the call or failed. The docstring of AsyncMediaIO lists the codes and
                their classes.
            ConnectFailed: The service could not be reached, or its reply did not arrive whole.
        """
        return await self._query(
            CREDITS,
            models.Credits,
            {},
            CallOptions(timeout, extra_body, extra_headers),
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
            task_id: The id of the task, from the reply that started it.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.

        Returns:
            The reply.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of AsyncMediaIO lists the codes and
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
