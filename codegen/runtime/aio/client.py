"""The client every service's client extends: arguments in, one request out, its reply or a typed error back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import BaseModel

from ..deadline import Deadline
from ..operation import Operation, Service
from .http import AsyncHTTPClient
from .primitives import AsyncClock

if TYPE_CHECKING:
    from .result import AsyncResult
    from .task import AsyncTask

R = TypeVar("R", bound="AsyncResult")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What every method takes beside its own parameters."""

    timeout: float | None = None
    extra_body: Mapping[str, object] | None = None
    extra_headers: Mapping[str, str] | None = None


class AsyncAPIClient:
    """Skeleton: the surface for task.py and result.py; the body follows."""

    base_url: str
    """As it was checked at construction, without a slash at the end: tokens and the journal carry it."""
    _service: Service
    _clock: AsyncClock
    _random: Any
    """random() → 0..1: the jitter."""
    _http: Any

    def __init__(
        self,
        service: Service,
        results: Mapping[str, tuple[Operation, type[AsyncResult]]],
        *,
        credentials: Mapping[str, str | None],
        client_headers: Mapping[str, object | None],
        base_url: str | None = None,
        timeout: float | None = None,
        max_retries: int = 2,
        http_client: AsyncHTTPClient | None = None,
        extra_headers: Mapping[str, str] | None = None,
        journal: str | PathLike[str] | None = None,
    ) -> None:
        raise NotImplementedError

    async def _poll(self, operation: Operation, task_id: str, deadline: Deadline) -> object:
        """One look at a task: the decoded JSON body of the reply (pointers of operation.task apply to it).

        `operation` is the one that started the task. Retried up to max_retries within the deadline. Raises APIError
        and its kinds, ConnectFailed (no whole reply in time), InvalidResponse.
        """
        raise NotImplementedError

    # _submit ends with:    return AsyncTask(self, operation, result, task_id)        AsyncTask.__init__(client, operation, result_type, task_id)
    # _generate ends with:  return result.build(raw, client=self, operation=operation)   for AsyncResult kinds; model_validate for others
    #   raw: what operation.reply_at leads to (JSON text not decoded yet)
    # journal, where given:  journal = Journal(path)   from ..journal
    #   entry: int = journal.intend(provider=, operation=, digest=, base_url=)    before the first byte is sent
    #   journal.arrived(entry, task_id) | journal.refused(entry, reason) | journal.unknown(entry, reason); journal.close()
    # resume: token.py: Token(provider, operation, id, base_url), Token.parse(text) -> Token | None (None: a bare id), str(token)

    async def aclose(self) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        return self
