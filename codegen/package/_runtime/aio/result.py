"""What a finished task made: typed fields, the files' URLs, the reply as it came, and saving the files."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr

from .. import log
from ..deadline import Deadline
from ..errors import ArgumentFault, DownloadError, InvalidRequest, InvalidResponse
from ..hosts import is_loopback_url
from ..operation import Operation
from ..pointer import MISSING, get
from ..states import decode_result, find_urls, named_urls
from ..telemetry import observe
from ..typed import as_model
from .origin import AsyncNamer, AsyncOrigin
from .session import AsyncSession

DEFAULT_MAX_BYTES = 2 * 1024**3


class AsyncResult(BaseModel):
    """What an operation made. Fields the catalog does not know are kept as attributes."""

    model_config = ConfigDict(extra="allow", protected_namespaces=(), defer_build=True)

    _raw: object = PrivateAttr(default=None)
    _urls: list[str] = PrivateAttr(default_factory=list)
    _origin: AsyncOrigin | None = PrivateAttr(default=None)

    @classmethod
    def build(cls, raw: object, *, session: AsyncSession, operation: Operation, task: AsyncNamer | None = None) -> Self:
        """Make a result of what came. A reply that breaks its schema is still a result: it has been paid for."""
        content = decode_result(raw)
        if content is MISSING:
            raw = session.without_keys(raw)  # a traceback shows local variables
            raise InvalidResponse(operation.name, "the result is not the JSON it should be", raw=raw)
        result = as_model(cls, content if isinstance(content, dict) else {})
        assert result is not None  # an object is of the kind of every result
        result._raw = content
        schemes = ("https://", "http://") if is_loopback_url(session.base_url) else ("https://",)
        result._urls = find_urls(content, operation.assets, schemes)
        result._origin = AsyncOrigin(session, operation, task)
        return result

    @property
    def urls(self) -> list[str]:
        """The files of the result, in the order the service lists them."""
        return list(self._urls)

    @property
    def sources(self) -> dict[str, str]:
        """The texts that the files were made of, by the names of their fields: Mermaid of a flowchart, for one."""
        assets = self._origin.operation.assets if self._origin else None
        sources = {pointer: get(self._raw, pointer) for pointer in (assets.sources if assets else ())}
        return {pointer.rpartition("/")[2]: text for pointer, text in sources.items() if isinstance(text, str) and text}

    @property
    def raw(self) -> Any:
        """The result as it came, decoded."""
        return self._raw

    async def save(
        self,
        folder: str | os.PathLike[str] = ".",
        *,
        overwrite: bool = False,
        max_bytes: int = DEFAULT_MAX_BYTES,
        timeout: float | None = 600,
        allow_hosts: Collection[str] = (),
    ) -> list[Path]:
        """Save every file into `folder` and return the paths.

        The names are made from operation, task and type: `text_to_video-1234-1.mp4`. A file that is already there and
        has the right size is kept, one of another size is an error unless `overwrite` is set. `max_bytes` limits each
        file, `timeout` (seconds) all of them together. Interrupted downloads go on where they stopped. Files come from
        the vendor's named hosts, else from public ones only; `allow_hosts` names others. Raises DownloadError; saving
        again costs nothing.
        """
        from ..part import save_faults

        if faults := save_faults(folder, max_bytes, allow_hosts):
            raise InvalidRequest("save", faults)
        origin = self._origin
        if origin is None:
            raise DownloadError("this result was not made by a client: client.resume(token) and wait() make one")
        task_id = None if origin.task is None else origin.task.id
        about = log.context({**origin.operation.facts, "task": task_id})
        with about, observe("save", origin.session, origin.operation, task_id) as step:
            deadline = _deadline(origin, timeout)
            paths = await self._without_url(origin, Path(folder), deadline, max_bytes, overwrite=overwrite)
            # Some files may stand in the result, others behind URLs. The bytes of an operation are all there is.
            urls = named_urls(self._raw, origin.operation.assets) if paths else self._urls
            if not paths or (urls and not origin.has_content):
                from .download import AsyncDownload

                download = AsyncDownload(origin, deadline, max_bytes=max_bytes, overwrite=overwrite)
                paths += await download.save_all(urls, Path(folder), allow_hosts, before=len(paths))
            step.files = len(paths)
            return paths

    async def _without_url(
        self, origin: AsyncOrigin, folder: Path, deadline: Deadline, max_bytes: int, *, overwrite: bool
    ) -> list[Path]:
        """Save the files that no URL leads to; [] where there are none."""
        from .content import save_content, save_encoded

        if origin.has_content:
            return await save_content(origin, folder, deadline, max_bytes=max_bytes, overwrite=overwrite)
        return await save_encoded(origin, self._raw, folder, max_bytes=max_bytes, overwrite=overwrite)


def _deadline(origin: AsyncOrigin, timeout: float | None) -> Deadline:
    try:
        return Deadline(timeout, origin.session.clock.monotonic)
    except ValueError as error:
        raise InvalidRequest("save", [ArgumentFault("timeout", str(error))]) from error
