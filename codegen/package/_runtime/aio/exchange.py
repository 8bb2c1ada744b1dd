"""One call: the request sent once, or again where that is safe, until an answer or an error is certain."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from .. import extras, log
from ..deadline import Deadline
from ..delivery import Received, TransportError, without_key
from ..errors import APIError, OutcomeUnknown, WondergenError
from ..operation import Operation
from ..reply import Answer, Refusal, read, unread
from ..request import WireRequest
from ..retry import Failure, History, Outcome, Retry, by_evidence, decide
from ..token import Token, is_usable_id
from .primitives import AsyncClock, AsyncGate, Busy, check_loop, run_blocking
from .transport import AsyncTransport

QUERY_SECONDS = 30.0
"""One attempt at a query: a stalled one leaves time for another. A paid call has its whole time in one attempt."""
CONNECTIONS = 50
"""At a time, and so requests on their way at a time."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What came of one attempt."""

    outcome: Answer | Refusal
    sent_at: datetime
    cause: BaseException | None = None
    """What the transport raised."""


class AsyncExchange:
    """Sends the calls of one client through its transport, by the rules of retry.py."""

    def __init__(
        self,
        transport: AsyncTransport,
        clock: AsyncClock,
        jitter: Callable[[], float],
        *,
        max_retries: int,
        base_url: str,
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._jitter = jitter
        self._max_retries = max_retries
        self._base_url = base_url
        self._gate = AsyncGate(CONNECTIONS)

    async def run(
        self,
        operation: Operation,
        request: WireRequest,
        deadline: Deadline,
        scrub: Callable[[str], str],
        received: Received | None = None,
    ) -> Answer:
        """Return the answer. Raises the error that stands when no further attempt may be made.

        `received` has what came of the last attempt, however the call ends.
        """
        check_loop(operation.name)
        received = Received() if received is None else received
        with log.context(service=operation.service.name, operation=operation.name):
            return await self._run(operation, request, deadline, scrub, received)

    async def _run(
        self,
        operation: Operation,
        request: WireRequest,
        deadline: Deadline,
        scrub: Callable[[str], str],
        received: Received,
    ) -> Answer:
        history = History()
        while True:
            received.reset()
            attempt = await self._attempt(operation, request, deadline, scrub, history.retries + 1, received)
            outcome = attempt.outcome
            if isinstance(outcome, Answer):
                return outcome
            decision = decide(
                outcome.failure,
                # The service does a request with such a header once, however often it is sent.
                "query" if operation.idempotency_header else operation.kind,
                history,
                max_retries=self._max_retries,
                remaining=deadline.remaining,
                jitter=self._jitter,
            )
            if not isinstance(decision, Retry):
                log.record(logging.DEBUG, "not sent again", why=decision.why)
                raise self._final(operation, request, attempt, outcome)
            log.record(logging.INFO, "to be sent again", seconds=round(decision.delay, 3))
            history = History(history.retries + 1, history.spent_once or outcome.failure.once)
            await self._clock.sleep(decision.delay)

    async def _attempt(
        self,
        operation: Operation,
        request: WireRequest,
        deadline: Deadline,
        scrub: Callable[[str], str],
        number: int,
        received: Received,
    ) -> _Attempt:
        """Send once. Never raises for what the network or the service does."""
        sent_at = self._now()
        facts = {"attempt": number, "digest": request.digest[:12]}
        try:
            async with self._gate.slot(_limit(operation, deadline)):
                sent_at, start = self._now(), self._clock.monotonic()
                log.record(logging.DEBUG, "sending", method=request.method, **facts)
                log.body("request body", request.body, scrub)
                await self._turn(operation)
                reply = await self._transport.send(request, max(_limit(operation, deadline), 0.001), received)
                seconds = round(self._clock.monotonic() - start, 3)
        except TransportError as error:
            failure, reason = Failure(by_evidence(error.left)), scrub(str(error))
            cause, arrived = without_key(error.__cause__, scrub), error.arrived
        except Busy:
            failure, reason = Failure(Outcome.NEVER_DELIVERED), "all connections were busy"
            cause, arrived = None, b""
        else:
            log.record(logging.DEBUG, "replied", http_status=reply.status, seconds=seconds, **facts)
            log.body("reply body", reply.content, scrub)
            return _Attempt(read(operation, reply, scrub=scrub, now=self._clock.time()), sent_at)
        log.record(logging.INFO, "no reply", outcome=failure.outcome, reason=reason, **facts)
        return _Attempt(unread(operation, failure, reason, arrived, scrub), sent_at, cause)

    async def _turn(self, operation: Operation) -> None:
        """Wait until a paid request may be sent, where a batch holds a rate."""
        given = extras.current()
        if given is not None and operation.kind != "query":
            while (pause := await run_blocking(given.turn)) > 0:
                await self._clock.sleep(pause)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.time(), UTC)

    def _final(self, operation: Operation, request: WireRequest, attempt: _Attempt, refusal: Refusal) -> WondergenError:
        """Return the error for the caller."""
        error = refusal.error
        if refusal.failure.outcome is Outcome.UNKNOWN and operation.kind != "query":
            unknown = OutcomeUnknown(
                operation.name,
                str(getattr(error, "reason", error)).removeprefix(f"{operation.name}: "),
                digest=request.digest,
                sent_at=attempt.sent_at,
                http_status=getattr(error, "http_status", None),
                task_id=refusal.task_id,
                token=self._token(operation, refusal.task_id),
                raw=refusal.raw,
            )
            unknown.__cause__ = attempt.cause or error
            return unknown
        error.__cause__ = attempt.cause
        if isinstance(error, APIError):
            error.token = self._token(operation, refusal.task_id)
        return error

    def _token(self, operation: Operation, task_id: str | None) -> str | None:
        if task_id is None or not is_usable_id(task_id):
            return None
        return str(Token(operation.service.name, operation.name, task_id, self._base_url))


def _limit(operation: Operation, deadline: Deadline) -> float:
    """Return seconds for one attempt."""
    return min(QUERY_SECONDS, deadline.remaining) if operation.kind == "query" else deadline.remaining
