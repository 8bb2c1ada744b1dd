"""One call: the request sent once, or again where that is safe, until an answer or an error is certain."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit

from .. import extras, log
from ..deadline import Deadline
from ..delivery import Received, TransportError, without_key
from ..errors import APIError, ConnectFailed, OutcomeUnknown
from ..operation import Operation
from ..reply import Answer, Refusal, read, unread
from ..request import WireRequest
from ..retry import Failure, History, Outcome, Retry, by_evidence, decide
from ..token import Token, is_usable_id
from .primitives import AsyncClock, AsyncGate, AsyncHook, AsyncSlot, run_blocking
from .transport import AsyncTransport

QUERY_SECONDS = 30.0
"""One attempt at a query: a stalled one leaves time for another. A paid call has its whole time in one attempt."""
_FIRST = History()
CONNECTIONS = 50
"""At a time, and so requests on their way at a time."""


class AsyncExchange:
    """Sends the calls of one client through its transport, by the rules of retry.py."""

    def __init__(
        self,
        transport: AsyncTransport,
        clock: AsyncClock,
        jitter: Callable[[], float],
        scrub: Callable[[str], str],
        *,
        max_retries: int,
        base_url: str,
    ) -> None:
        """Make an exchange. `scrub` takes the keys out of what the service says."""
        self._transport = transport
        self._clock = clock
        self._jitter = jitter
        self._scrub = scrub
        self._max_retries = max_retries
        self._base_url = base_url
        self._gate = AsyncGate(CONNECTIONS)

    def place(self, operation: Operation, seconds: float) -> AsyncSlot:
        """Hold a place at the gate for one attempt, as a context. ConnectFailed where none becomes free in time."""
        return self._gate.slot(operation.name, seconds)

    async def run(
        self,
        operation: Operation,
        request: WireRequest,
        deadline: Deadline,
        received: Received | None = None,
        place: AsyncSlot | None = None,
        ready: AsyncHook | None = None,
    ) -> Answer:
        """Send a request as often as it may be sent, and return its answer, or raise the error that stands in the end.

        `received` gets the outcome of the last attempt. `place`: held for the first. `ready`: awaited before each.
        """
        received, history = received or Received(), _FIRST
        with log.context(operation.facts):
            while True:
                try:
                    async with place or self.place(operation, deadline.remaining):
                        outcome = await self._attempt(operation, request, deadline, history, received, ready)
                except ConnectFailed as busy:
                    log.record(logging.INFO, "no reply", reason=busy.reason)
                    outcome = Refusal(Failure(Outcome.NEVER_DELIVERED), busy)
                place = None
                if isinstance(outcome, Answer):
                    return outcome
                decision = decide(
                    outcome.failure,
                    _kind(operation),
                    history,
                    max_retries=self._max_retries,
                    remaining=deadline.remaining,
                    jitter=self._jitter,
                )
                if not isinstance(decision, Retry):
                    log.record(logging.DEBUG, "not sent again", why=decision.why)
                    raise outcome.error
                log.record(logging.INFO, "to be sent again", seconds=round(decision.delay, 3))
                history = History(history.retries + 1, history.spent_once or outcome.failure.once)
                await self._clock.sleep(decision.delay)
                received.reset()

    async def _attempt(
        self,
        operation: Operation,
        request: WireRequest,
        deadline: Deadline,
        history: History,
        received: Received,
        ready: AsyncHook | None,
    ) -> Answer | Refusal:
        """Send once, in a place at the gate. What goes wrong from then on is returned as a refusal, not raised.

        Raises ConnectFailed where the deadline of a paid call has passed before it was sent, and what `ready` raises.
        """
        facts = {"attempt": history.retries + 1, "digest": request.digest[:12]} if log.is_on() else {}
        sent_at, start = self._clock.time(), self._clock.monotonic()
        log.record(logging.DEBUG, "sending", method=request.method, **facts)
        log.body("request body", request.body, self._scrub)
        await self._turn(operation)
        if operation.kind != "query" and deadline.passed:
            raise ConnectFailed(operation.name, "the time of the call was over before it could be sent")
        if ready is not None:
            await ready()
        try:
            reply = await self._transport.send(request, max(_limit(operation, deadline), 0.001), received)
        except TransportError as error:
            failure = Failure(by_evidence(error.left))
            reason = self._scrub(f"{error} ({urlsplit(request.url).netloc})")
            log.record(logging.INFO, "no reply", outcome=failure.outcome, reason=reason, **facts)
            refusal = unread(operation, failure, reason, error.arrived, self._scrub)
            cause = without_key(error.__cause__, self._scrub)
            return self._for_the_caller(operation, request, refusal, sent_at, cause)
        if facts:
            seconds = round(self._clock.monotonic() - start, 3)
            log.record(logging.DEBUG, "replied", http_status=reply.status, seconds=seconds, **facts)
            log.body("reply body", reply.content, self._scrub)
        outcome = read(operation, reply, scrub=self._scrub, now=self._clock.time())
        if isinstance(outcome, Answer):
            return outcome
        return self._for_the_caller(operation, request, outcome, sent_at, None)

    async def _turn(self, operation: Operation) -> None:
        """Wait until a paid request may be sent, where a batch holds a rate."""
        extra = extras.current()
        if extra is not None and operation.kind != "query":
            while (pause := await run_blocking(extra.turn)) > 0:
                await self._clock.sleep(pause)

    def _for_the_caller(
        self,
        operation: Operation,
        request: WireRequest,
        refusal: Refusal,
        sent_at: float,
        cause: BaseException | None,
    ) -> Refusal:
        """Return a refusal with the error that the caller gets, if the request is not sent again."""
        error = refusal.error
        if refusal.failure.outcome is not Outcome.UNKNOWN or operation.kind == "query":
            error.__cause__ = cause
            if isinstance(error, APIError):
                error.token = self._token(operation, refusal.task_id)
            return refusal
        unknown = OutcomeUnknown(
            operation.name,
            str(getattr(error, "reason", error)).removeprefix(f"{operation.name}: "),
            digest=request.digest,
            sent_at=datetime.fromtimestamp(sent_at, UTC),
            http_status=getattr(error, "http_status", None),
            task_id=refusal.task_id,
            token=self._token(operation, refusal.task_id),
            raw=refusal.raw,
        )
        unknown.__cause__ = cause or error
        return refusal.replace(error=unknown)

    def _token(self, operation: Operation, task_id: str | None) -> str | None:
        if task_id is None or not is_usable_id(task_id):
            return None
        return str(Token(operation.service.name, operation.name, task_id, self._base_url))


def _kind(operation: Operation) -> Literal["submit", "generate", "query"]:
    """Return the kind by which a request is sent again. The service does one with such a header once."""
    return "query" if operation.idempotency_header else operation.kind


def _limit(operation: Operation, deadline: Deadline) -> float:
    """Return seconds for one attempt."""
    return min(QUERY_SECONDS, deadline.remaining) if operation.kind == "query" else deadline.remaining
