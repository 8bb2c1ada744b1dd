# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The client every service's client extends: arguments in, one request out, its reply or a typed error back."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from functools import cached_property, partial
from operator import attrgetter
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar, cast, overload

from .. import forks
from ..errors import ArgumentFault, InvalidRequest, InvalidResponse
from ..headers import base_url_fault, base_url_of, extra_header_faults, path_text, value_fault
from ..lazy_imports import Module
from ..local_files import Uploader
from ..operation import Operation, Service
from ..pointer import MISSING, get
from ..reply import Answer, reply_model
from ..request import CallOptions, ClientHeaders, timeout_faults
from ..retry import random_jitter
from ..secret import Credentials, Key, Secret, guarded
from ..spelling import base_url_variable
from ..version import VERSION
from .choose import AsyncHTTPClient, transport_for
from .exchange import AsyncExchange
from .primitives import AsyncClock, run_to_end
from .session import AsyncSession, Results
from .task import AsyncTask, resume_task

if TYPE_CHECKING:
    from pydantic import BaseModel

    from .. import call_event
    from .. import journal as journals
    from ..token import TaskToken
    from .result import AsyncResult
else:
    # Imported when an annotation is evaluated: the library of the journal is loaded with the first paid call.
    call_event = Module(__package__.rpartition(".")[0], "call_event")
    journals = Module(__package__.rpartition(".")[0], "journal")

R = TypeVar("R", bound="AsyncResult")
M = TypeVar("M", bound="BaseModel")
H = TypeVar("H", bound="BaseModel")

DEFAULT_TIMEOUT = 120.0
"""Seconds for a whole call. Some calls answer only when the work is done, and giving up on those costs money."""
MOST_RETRIES = 20


class AsyncAPIClient:
    """One service, with the keys of one account. Use it for many calls at once; close it, or use it as a context."""

    base_url: str

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__init__" in vars(cls):
            cls.__init__ = guarded(vars(cls)["__init__"])  # type: ignore[method-assign]

    def __init__(
        self,
        service: Service,
        results: Results,
        *,
        credentials: Mapping[str, Key | None],
        client_headers: Mapping[str, object | None],
        base_url: str | None = None,
        timeout: float | None = None,
        max_retries: int = 2,
        http_client: AsyncHTTPClient | None = None,
        extra_headers: Mapping[str, str] | None = None,
        journal: str | PathLike[str] | None = None,
        uploader: Uploader | None = None,
        clock: AsyncClock | None = None,
        jitter: Callable[[], float] = random_jitter,
    ) -> None:
        """Make a client. The docstring of its class describes the arguments."""
        # `results`: the operations that start tasks, by name. `credentials` and `client_headers`: by argument name.
        # `clock` and `jitter` are for tests.
        forks.watch()
        url = base_url_of(service, os.environ) if base_url is None else base_url
        keys = Credentials(service, credentials, os.environ)
        headers = _client_headers(service, keys, client_headers, extra_headers)
        _check(service, url, timeout, max_retries, is_url_given=base_url is not None)
        self.base_url = url.rstrip("/")
        """Where requests go, without a slash at the end."""
        clock = clock or AsyncClock()
        transport = transport_for(http_client, self.base_url)
        exchange = AsyncExchange(transport, clock, jitter, keys.scrub, max_retries=max_retries, base_url=self.base_url)
        self._session = AsyncSession(
            service=service,
            results=results,
            base_url=self.base_url,
            timeout=DEFAULT_TIMEOUT if timeout is None else float(timeout),
            headers=headers,
            clock=clock,
            jitter=jitter,
            transport=transport,
            exchange=exchange,
            journal=_journal(journal, service.name, self.base_url),
            uploader=uploader,
        )

    @cached_property
    def journal(self) -> journals.Journal:
        """The journal of paid calls. Needs `journal=`."""
        return journals.NoJournal() if self._session.journal is None else self._session.journal

    @property
    def events(self) -> call_event.Events | None:
        """Function that gets a CallEvent after each submit, wait and save, without prompts and arguments."""
        return self._session.events

    @events.setter
    def events(self, function: call_event.Events | None) -> None:
        self._session.events = function

    async def _submit(
        self, operation: Operation, result: type[R], arguments: Mapping[str, object], options: CallOptions
    ) -> AsyncTask[R]:
        """Start a paid task."""
        assert operation.task is not None
        from .paid import KNOWN, pay  # the journal's library is loaded with the first paid call

        answer, task_id = await pay(self._session, operation, arguments, options)
        if task_id is None:
            raise self._invalid(operation, "the reply has no task id", answer)
        return AsyncTask(self._session, operation, result, task_id, is_resumed=answer is KNOWN, submit_reply=answer)

    async def _generate(
        self, operation: Operation, result: type[M], arguments: Mapping[str, object], options: CallOptions
    ) -> M:
        """Make something that is paid for and comes with the reply."""
        from .paid import pay

        answer, _ = await pay(self._session, operation, arguments, options)
        return self._reply(operation, result, answer)

    async def _query(
        self, operation: Operation, reply: type[M], arguments: Mapping[str, object], options: CallOptions
    ) -> M:
        """Ask for something that costs nothing."""
        return self._reply(operation, reply, await self._answer(operation, arguments, options))

    async def _answer(self, operation: Operation, arguments: Mapping[str, object], options: CallOptions) -> Answer:
        """Return the answer to a call that costs nothing."""
        request = self._session.build(operation, arguments, options)
        return await self._session.exchange.run(operation, request, self._session.deadline(options))

    async def _with_headers(
        self,
        operation: Operation,
        reply: type[M],
        headers: type[H],
        arguments: Mapping[str, object],
        options: CallOptions,
    ) -> tuple[M, H]:
        """Make a call, and return its reply with the headers that the document describes."""
        from ..typed import as_model, header_values
        from .paid import pay

        if operation.kind == "query":
            answer = await self._answer(operation, arguments, options)
        else:
            answer, _ = await pay(self._session, operation, arguments, options)
        values = as_model(headers, header_values(headers, answer.headers))
        return self._reply(operation, reply, answer), headers() if values is None else values

    def _pages(self, operation: Operation, arguments: Mapping[str, object], options: CallOptions) -> AsyncIterator[Any]:
        """Return the items of a list that comes page by page."""
        from .pages import pages

        return pages(self._session, operation, arguments, options)

    @overload
    def resume(self, token_or_id: TaskToken[R]) -> AsyncTask[R]: ...

    @overload
    def resume(self, token_or_id: str) -> AsyncTask[Any]: ...

    def resume(self, token_or_id: str) -> AsyncTask[Any]:
        """Return the task of a token, or of an id if the service has one way to report on tasks. Sends nothing."""
        return resume_task(self._session, token_or_id, self._session.results())

    async def resume_callback(self, body: bytes | str | Mapping[str, Any]) -> AsyncTask[Any]:
        """Return the task that a callback names, with its state from the service. The rest of the callback is ignored.

        Raises InvalidRequest where the body names no task, NotFound where the service knows none of that id.
        """
        from ..callback import callback

        task_id = callback(body).id
        run = await run_to_end(partial(self.journal.find_task, task_id))
        task = self.resume((run.token if run is not None else None) or task_id)
        return await task.refresh()

    async def call(
        self,
        name: str,
        arguments: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Any:
        """Call an operation by its name: in Python, of the model ("Model 3.0"), of the vendor, or its operationId.

        `arguments` have the names and values of the method or of the wire: `{"duration": 10}` or `{"duration": "10s"}`.
        """
        from .. import call_by_name

        method, keywords = call_by_name.resolve(self._session.service, name, arguments or {})
        options: dict[str, Any] = {"timeout": timeout, "extra_body": extra_body, "extra_headers": extra_headers}
        if key is not None:  # which only a paid call takes
            options["key"] = key
        return await attrgetter(method)(self)(**keywords, **options)

    def _reply(self, operation: Operation, result: type[M], answer: Answer) -> M:
        from ..typed import as_model
        from .result import AsyncResult

        raw = get(answer.body, operation.reply_at)
        if raw is MISSING:
            raise self._invalid(operation, f"the reply has nothing at {operation.reply_at}", answer)
        if issubclass(result, AsyncResult):
            return cast(M, result.build(raw, session=self._session, operation=operation))
        if (answer.status in (204, 205) or answer.status >= 300) and not answer.body and "root" in result.model_fields:
            return result.model_construct(root=None)  # no content, where the document has a value
        model = reply_model(operation, answer)
        if model is not None and (part := as_model(model, raw)) is not None:
            return result.model_construct(root=part)
        reply = as_model(result, raw)
        if reply is None:
            expected = "a list" if isinstance(raw, dict) else "an object"
            problem = f"the reply is {type(raw).__name__}, not {expected}"
            raw = None  # a traceback shows local variables
            raise self._invalid(operation, problem, answer)
        return reply

    def _invalid(self, operation: Operation, problem: str, answer: Answer) -> InvalidResponse:
        raw = self._session.without_keys(answer.body)
        return InvalidResponse(operation.name, problem, http_status=answer.status, raw=raw)

    async def aclose(self) -> None:
        """Close the connections and the journal. An `http_client` of the caller stays open."""
        await self._session.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={getattr(self, 'base_url', None)!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client holds keys and connections and is not pickled: make one where it is needed")


def _journal(path: str | PathLike[str] | None, service: str, base_url: str) -> journals.Journal | None:
    return None if path is None else journals.Journal(path, service, base_url)


def _client_headers(
    service: Service, keys: Credentials, arguments: Mapping[str, object | None], extra: Mapping[str, str] | None
) -> ClientHeaders:
    """Return the headers of every call, or InvalidRequest with all that is wrong with them."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    common = [("User-Agent", Secret(f"wondergen/{VERSION} python/{python}"))]
    faults = [] if extra is None else extra_header_faults("extra_headers", extra, keys.names())
    for name, argument in service.client_headers.items():
        value = arguments.get(argument)
        if value is None:
            continue
        text = path_text(value)
        problem = value_fault(value if text is None else text)
        if problem:
            faults.append(ArgumentFault(argument, problem))
        common.append((name, Secret(text or "")))
    if faults:
        raise InvalidRequest(service.name, faults)
    return ClientHeaders(keys, (*common, *((name, Secret(value)) for name, value in (extra or {}).items())))


def _check(service: Service, url: object, timeout: object, max_retries: object, *, is_url_given: bool) -> None:
    faults = timeout_faults(timeout)
    fault = base_url_fault(url, catalog_url=service.base_url)
    if fault is not None and not is_url_given and url != service.base_url:
        text = f"from {base_url_variable(service.name)} in the environment: {fault.problem}"
        fault = ArgumentFault(fault.parameter, text, fault.expected)
    if fault is not None:
        faults.append(fault)
    if isinstance(max_retries, bool) or not isinstance(max_retries, int) or not 0 <= max_retries <= MOST_RETRIES:
        faults.append(ArgumentFault("max_retries", f"{max_retries!r} is not a whole number from 0 to {MOST_RETRIES}"))
    if faults:
        raise InvalidRequest(service.name, faults)


__all__ = ["DEFAULT_TIMEOUT", "AsyncAPIClient", "CallOptions"]
