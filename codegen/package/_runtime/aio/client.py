"""The client every service's client extends: arguments in, one request out, its reply or a typed error back."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import sys
from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from os import PathLike
from types import TracebackType
from typing import Any, NoReturn, Self, TypeVar, cast

from pydantic import BaseModel

from .. import calls, extras
from ..database import FAULTS
from ..deadline import Deadline
from ..errors import ArgumentFault, InvalidRequest, InvalidResponse, OutcomeUnknown, WondergenError
from ..headers import base_url_fault, extra_header_faults, path_text, value_fault
from ..journal import Claim, Journal
from ..operation import Operation, Service
from ..pointer import MISSING, get
from ..reply import Answer, task_id_in
from ..request import CallOptions, ClientHeaders, WireRequest, build, timeout_faults
from ..secret import Credentials, Secret
from ..typed import typed
from ..version import VERSION
from .exchange import AsyncExchange
from .http import AsyncHTTPClient, AsyncTransport
from .primitives import AsyncClock, run_to_end
from .result import AsyncResult
from .task import AsyncTask, resume_task

R = TypeVar("R", bound=AsyncResult)
M = TypeVar("M", bound=BaseModel)

DEFAULT_TIMEOUT = 120.0
"""Seconds for a whole call. Some calls answer only when the work is done, and giving up on those costs money."""
MOST_RETRIES = 20
MOST_SECONDS = 86_400.0
"""As long as a paid call without an end is taken to last."""


class AsyncAPIClient:
    """One service, with the keys of one account. Use it for many calls at once; close it, or use it as a context."""

    journal: Journal | None
    base_url: str

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
        clock: AsyncClock | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`results`: the operations that start tasks, by name. `clock` and `chance` are for tests.

        `credentials` and `client_headers` are by argument name.
        """
        url = service.base_url if base_url is None else base_url
        keys = Credentials(service, credentials, os.environ)
        self._headers = _client_headers(service, keys, client_headers, extra_headers)
        _check(service, url, timeout, max_retries)
        self.base_url = url.rstrip("/")
        """Where requests go, without a slash at the end."""
        self._service = service
        self._results = results
        self._timeout = DEFAULT_TIMEOUT if timeout is None else float(timeout)
        self._clock = clock or AsyncClock()
        self._random = chance
        self._transport = AsyncTransport(http_client, base_url=self.base_url, clock=self._clock)
        self._exchange = AsyncExchange(self._transport, self._clock, chance, max_retries=max_retries)
        self.journal = None if journal is None else Journal(journal, service.name, self.base_url)
        """What was sent and what became of it, where the client was made with `journal=`."""
        self._is_closed = False

    async def _submit(
        self, operation: Operation, result: type[R], arguments: Mapping[str, object], options: CallOptions
    ) -> AsyncTask[R]:
        """Start a paid task."""
        assert operation.task is not None
        answer, task_id = await self._pay(operation, arguments, options)
        if task_id is None:
            raise InvalidResponse(
                operation.name, "the reply has no task id", http_status=answer.status, raw=answer.body
            )
        return AsyncTask(self, operation, result, task_id, resumed=answer is _KNOWN)

    async def _generate(
        self, operation: Operation, result: type[M], arguments: Mapping[str, object], options: CallOptions
    ) -> M:
        """Make something that is paid for and comes with the reply."""
        answer, _ = await self._pay(operation, arguments, options)
        return self._reply(operation, result, answer)

    async def _query(
        self, operation: Operation, reply: type[M], arguments: Mapping[str, object], options: CallOptions
    ) -> M:
        """Ask for something that costs nothing."""
        request = self._build(operation, arguments, options)
        answer = await self._exchange.run(operation, request, self._deadline(options), self._scrub)
        return self._reply(operation, reply, answer)

    async def _poll(self, operation: Operation, task_id: str, deadline: Deadline) -> object:
        """One look at a task that `operation` started: the decoded body of the reply."""
        assert operation.task is not None
        poll = operation.task.poll
        request = self._build(poll, {operation.task.poll_argument: task_id}, CallOptions())
        limit = Deadline(deadline.clip(self._timeout), self._clock.monotonic)
        return (await self._exchange.run(poll, request, limit, self._scrub)).body

    def resume(self, token_or_id: str) -> AsyncTask[Any]:
        """The task of a token, or of an id where the service has one way to report on tasks. Sends nothing."""
        return resume_task(self, token_or_id, self._results)

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
        """Call an operation by its name: in Python, of the model ("Kling 3.0"), of the vendor, or its operationId.

        `arguments` have the names and values of the method or of the wire: `{"duration": 10}` or `{"duration": "10s"}`.
        """
        method, keywords = calls.found(self._service, name, arguments or {})
        options: dict[str, Any] = {"timeout": timeout, "extra_body": extra_body, "extra_headers": extra_headers}
        if key is not None:  # which only a paid call takes
            options["key"] = key
        return await attrgetter(method)(self)(**keywords, **options)

    async def _pay(
        self, operation: Operation, arguments: Mapping[str, object], options: CallOptions
    ) -> tuple[Answer, str | None]:
        """Send a paid request and write down what became of it: the answer, and the id of the task."""
        request = self._build(operation, arguments, options)
        deadline = self._deadline(options)
        run = _Run(self._journal_of_calls(), operation, request, options.key)
        known = await run.begin(deadline, self._clock)
        if known is not None:
            return known
        try:
            answer = await self._exchange.run(operation, request, deadline, self._scrub)
        except BaseException as error:
            await run.failed(error)
            raise
        task_id = task_id_in(operation, answer.body)
        await run.accepted(task_id, answer.body)
        return answer, task_id

    def _build(self, operation: Operation, arguments: Mapping[str, object], options: CallOptions) -> WireRequest:
        if self._is_closed:
            raise WondergenError(f"{operation.name}: this client is closed. Nothing was sent.")
        if options.key is not None and self._journal_of_calls() is None:
            problem = "needs a journal: make the client with journal=FILE, where the keys are remembered"
            options = dataclasses.replace(options, faults=(ArgumentFault("key", problem),))
        return build(operation, arguments, options, base_url=self.base_url, headers=self._headers)

    def _reply(self, operation: Operation, result: type[M], answer: Answer) -> M:
        raw = get(answer.body, operation.reply_at)
        if raw is MISSING:
            problem = f"the reply has nothing at {operation.reply_at}"
            raise InvalidResponse(operation.name, problem, http_status=answer.status, raw=answer.body)
        if issubclass(result, AsyncResult):
            return cast(M, result.build(raw, client=self, operation=operation))
        reply = typed(result, raw)
        if reply is None:
            problem = f"the reply is {type(raw).__name__}, not an object"
            raise InvalidResponse(operation.name, problem, http_status=answer.status, raw=answer.body)
        return reply

    def _journal_of_calls(self) -> Journal | None:
        """The journal of the batch that makes the call, or else the client's."""
        given = extras.current()
        return self.journal if given is None else given.journal

    def _deadline(self, options: CallOptions) -> Deadline:
        return Deadline(options.timeout or self._timeout, self._clock.monotonic)

    def _scrub(self, text: str) -> str:
        return self._headers.credentials.scrub(text)

    async def aclose(self) -> None:
        """Close the connections and the journal. An `http_client` that was given stays open."""
        self._is_closed = True
        await self._transport.aclose()
        if self.journal is not None:
            self.journal.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client holds keys and connections and is not pickled: make one where it is needed")


_KNOWN = Answer(None, 200)
"""Stands for the reply to a submit of which the journal knows the task."""
_FIRST_LOOK = 0.02
"""Seconds after which a call looks again at a key that another call is sending; the double each time."""
_LONGEST_LOOK = 1.0


class _Run:
    """What the journal, if there is one, knows of one paid request."""

    def __init__(
        self, journal: Journal | None, operation: Operation, request: WireRequest, key: str | None = None
    ) -> None:
        self._journal = journal
        self._operation = operation
        self._digest = request.digest
        self._key = key
        self._id: str | None = None
        self._note = f"{operation.name} may have been accepted (request sha256 {request.digest[:12]})."

    async def begin(self, deadline: Deadline, clock: AsyncClock) -> tuple[Answer, str | None] | None:
        """Note the request before it is sent. Return what its key stands for already, where it does: nothing is sent.

        While another call sends the request of the same key, this one waits for it.
        """
        pause = _FIRST_LOOK
        try:
            while True:
                claim = await run_to_end(partial(self._write, deadline))
                if claim is None:
                    return None
                if not claim.is_being_sent:
                    return self._known(claim)
                if deadline.remaining <= pause:
                    raise self._unknown(claim, "another call is sending it at this moment")
                await clock.sleep(pause)
                pause = min(pause * 2, _LONGEST_LOOK)
        except BaseException:
            if self._journal is not None and self._id is not None:  # nothing was sent
                await run_to_end(partial(self._journal.refused, self._id))
            raise

    def _write(self, deadline: Deadline) -> Claim | None:
        """Note the request; None where it is this call that sends it."""
        if self._journal is None:
            return None
        try:
            if self._key is None:
                self._id = self._journal.intent(self._operation.name, self._digest)
                return None
            claim = self._journal.claim(self._key, self._operation.name, self._digest, deadline.clip(MOST_SECONDS))
        except FAULTS as error:
            problem = f"cannot be written ({error}), so nothing was sent"
            raise InvalidRequest(self._operation.name, [ArgumentFault("journal", problem)]) from error
        if claim.is_ours:
            self._id = claim.run.id
            return None
        return claim

    def _known(self, claim: Claim) -> tuple[Answer, str | None]:
        """What an earlier call with the key came to."""
        if claim.run.state == "unknown":
            raise self._unknown(claim, f"an earlier call with the key {self._key!r} got no answer")
        if claim.run.task_id is not None:
            return _KNOWN, claim.run.task_id
        if claim.reply is None:
            raise self._unknown(claim, f"the reply to an earlier call with the key {self._key!r} was not kept")
        return Answer(json.loads(claim.reply), 200), None

    def _unknown(self, claim: Claim, reason: str) -> OutcomeUnknown:
        how = "client.journal.resolve(key, task_id=...) or .forget(key) says what became of it"
        run = claim.run
        return OutcomeUnknown(self._operation.name, f"{reason}; {how}", digest=run.digest, sent_at=run.sent_at)

    async def accepted(self, task_id: str | None, reply: object) -> None:
        """Note the task. The reply is kept where a later call with the key is to have it."""
        if self._journal is not None and self._id is not None:
            kept = reply if task_id is None and self._key is not None else None
            await run_to_end(partial(self._journal.accepted, self._id, task_id, kept))

    async def failed(self, error: BaseException) -> None:
        """Only an error of ours other than OutcomeUnknown says for certain that nothing was accepted."""
        certain = isinstance(error, WondergenError) and not isinstance(error, OutcomeUnknown)
        if not isinstance(error, WondergenError):
            error.add_note(self._note)
        if self._journal is not None and self._id is not None:
            await run_to_end(partial(self._journal.refused if certain else self._journal.lost, self._id))


def _client_headers(
    service: Service, keys: Credentials, given: Mapping[str, object | None], extra: Mapping[str, str] | None
) -> ClientHeaders:
    """The headers of every call, or InvalidRequest with all that is wrong with them."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    common = [("User-Agent", Secret(f"wondergen/{VERSION} python/{python}"))]
    faults = [] if extra is None else extra_header_faults("extra_headers", extra, keys.names())
    for name, argument in service.client_headers.items():
        value = given.get(argument)
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


def _check(service: Service, url: object, timeout: object, max_retries: object) -> None:
    faults = timeout_faults(timeout)
    problem = base_url_fault(url)
    if problem is not None:
        faults.append(problem)
    if isinstance(max_retries, bool) or not isinstance(max_retries, int) or not 0 <= max_retries <= MOST_RETRIES:
        faults.append(ArgumentFault("max_retries", f"{max_retries!r} is not a whole number from 0 to {MOST_RETRIES}"))
    if faults:
        raise InvalidRequest(service.name, faults)


__all__ = ["DEFAULT_TIMEOUT", "AsyncAPIClient", "CallOptions"]
