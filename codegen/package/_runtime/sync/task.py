# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: db1c3e53bb650a12
"""A task of a service: its state, waiting for it, and the token with which any process can continue it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeVar

from .. import log
from ..deadline import APPEARANCE_GRACE, LAST_REQUEST, Deadline, Schedule, pace
from ..errors import (
    APIError,
    ArgumentFault,
    ConnectFailed,
    InvalidRequest,
    InvalidResponse,
    NotFound,
    RateLimited,
    ServerError,
    TaskCancelled,
    TaskFailed,
    TaskTimedOut,
    WaitTimeout,
    WondergenError,
    one_line,
)
from ..exports import exported
from ..operation import Operation, TaskSpec, TaskStatus
from ..pointer import MISSING, find, get
from ..reply import Answer
from ..retry import is_transient, parse_retry_after
from ..states import Snapshot, Stages, read_snapshot, value_at
from ..telemetry import Observation, Unobserved, observe
from ..token import TaskToken, Token, locate
from .primitives import run_to_end, settle
from .session import Session

if TYPE_CHECKING:
    from .primitives import Slot
    from .result import Result

R = TypeVar("R", bound="Result")

_TRANSIENT = (ConnectFailed, ServerError, RateLimited, InvalidResponse)
"""Errors of one poll after which the wait goes on. Any other ends it."""
_NEVER = 501
"""The HTTP status of a server that cannot do what it is asked, now or later."""
_ENDINGS: Mapping[TaskStatus, type[TaskFailed]] = {
    TaskStatus.FAILED: TaskFailed,
    TaskStatus.CANCELLED: TaskCancelled,
    TaskStatus.TIMED_OUT: TaskTimedOut,
}


@exported
class Task(Generic[R]):
    """One task of a service. Its attributes have the state that the last poll reported."""

    __slots__ = (
        "__weakref__",
        "_body",
        "_hint",
        "_is_seen",
        "_made_at",
        "_operation",
        "_report",
        "_result_type",
        "_session",
        "_stages",
        "_submit_reply",
        "id",
        "operation",
        "progress",
        "raw_status",
        "reason",
        "status",
    )

    def __init__(
        self,
        session: Session,
        operation: Operation,
        result_type: type[R],
        task_id: str,
        *,
        is_resumed: bool = False,
        submit_reply: Answer | None = None,
    ) -> None:
        """Make a task. `submit_reply` is the reply to the submit, if it is known."""
        self.id = task_id
        self.operation = operation.name
        self.status = TaskStatus.UNKNOWN if is_resumed else TaskStatus.QUEUED
        self.raw_status: str | int | None = None
        self.progress: float | None = None
        self.reason: str | None = None
        self._session = session
        self._operation = operation
        self._result_type = result_type
        self._made_at = None if is_resumed else session.clock.monotonic()
        self._is_seen = False
        """Whether a poll has found the task."""
        self._body: object = MISSING
        """The reply with the result."""
        # Thousands of tasks may wait: replies are kept where a URL may have to be looked up in them.
        self._submit_reply = submit_reply if _is_kept(self._spec) else None
        self._stages = Stages(self._made_at)
        self._report: Answer | None = None
        """The last report on the task, where it is kept."""
        self._hint: float | None = None
        """Seconds after which the service asks to be polled again."""
        self._note_hint(submit_reply)

    def __repr__(self) -> str:
        raw = one_line(str(self.raw_status), 100)
        word = "" if self.raw_status is None or raw == self.status else f" [{raw}]"
        progress = "" if self.progress is None else f" {self.progress:g}%"
        reason = "" if self.reason is None else f": {one_line(self.reason)}"
        return f"{self.operation} {one_line(self.id)} {self.status}{word}{progress}{reason}"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a task holds its client and so its key: keep task.token(), and client.resume() it")

    def token(self) -> TaskToken[R]:
        """Return short JSON without a secret. `client.resume(token)` continues the task in any process."""
        return TaskToken(Token(self._session.service.name, self.operation, self.id, self._session.base_url))

    def refresh(self) -> Self:
        """Poll the task once. Raises if the poll fails, not if the task has failed."""
        self._poll(Deadline(None, self._session.clock.monotonic))
        return self

    def cancel(self) -> Self:
        """Ask the service to cancel the task, then poll it once.

        A task that has ended stays as it is; one that the service forgets once it is cancelled is cancelled. Raises
        WondergenError where the service has no way to cancel, and the error of the call where the service refuses it.
        """
        spec, deadline = self._spec, Deadline(None, self._session.clock.monotonic)
        if spec.cancel is None:
            raise WondergenError(f"{self.operation}: this service documents no way to cancel a task")
        if spec.cancel_url is None:
            self._session.ask(spec.cancel, {spec.cancel_argument: self.id}, deadline)
        else:
            self._session.ask(spec.cancel, {}, deadline, self._url_at(spec.cancel_url), spec.url_hosts)
        try:
            return self.refresh()
        except NotFound:
            self._take(Snapshot(TaskStatus.CANCELLED))
            return self

    def wait(
        self,
        timeout: float | None = 600,
        *,
        on_update: Callable[[Self], object] | None = None,
        first_interval: float = 1.0,
        max_interval: float = 15.0,
    ) -> R:
        """Wait for the result.

        Polls at growing intervals, from `first_interval` to `max_interval` seconds, until the task ends or `timeout`
        seconds have passed (None: no limit). `on_update(task)` is called at every change of status or progress.
        Raises TaskFailed, TaskCancelled or TaskTimedOut as soon as the service says so; WaitTimeout, which carries
        the task, at the deadline; and the last error after ten failed polls in a row. Any
        exception that ends the wait, Ctrl-C included, has the task's token as `token` and as a note.
        """
        schedule = self._schedule(timeout, first_interval, max_interval)
        return self._wait(schedule, on_update)

    def _wait(
        self,
        schedule: Schedule,
        on_update: Callable[[Self], object] | None = None,
        before_poll: Callable[[], object] | None = None,
    ) -> R:
        try:
            with self._observed_wait() as step:
                while not self._has_result:
                    if before_poll is not None:
                        before_poll()
                    if self._advance(schedule, step) and on_update is not None:
                        settle(on_update(self))
                    self._raise_ending()
                step.status = self.status
                return self.result_now()
        except BaseException as error:
            self._leave_token(error)
            raise

    def updates(
        self, timeout: float | None = 600, *, first_interval: float = 1.0, max_interval: float = 15.0
    ) -> Iterator[Self]:
        """Yield the task at every change of status or progress, the final state included."""
        schedule = self._schedule(timeout, first_interval, max_interval)
        with self._observed_wait(is_current=False) as step:
            while True:
                try:
                    is_changed = self._advance(schedule, step)
                except BaseException as error:
                    self._leave_token(error)
                    raise
                if is_changed:
                    yield self
                if self.status.is_final:
                    return

    def _observed_wait(self, *, is_current: bool = True) -> Observation | Unobserved:
        step = observe("wait", self._session, self._operation, self.id, is_current=is_current)
        step.stages = self._stages
        return step

    @property
    def _facts(self) -> dict[str, str]:
        """Attributes of the log records about the task."""
        return {"service": self._session.service.name, "operation": self.operation, "task": self.id}

    @property
    def _spec(self) -> TaskSpec:
        assert self._operation.task is not None
        return self._operation.task

    @property
    def _has_result(self) -> bool:
        return self.status is TaskStatus.SUCCEEDED and self._body is not MISSING

    def _schedule(self, timeout: float | None, first_interval: float, max_interval: float) -> Schedule:
        """Return when to poll: a task just submitted is given a moment; a resumed one is polled at once."""
        session = self._session
        try:
            deadline = Deadline(timeout, session.clock.monotonic)
            interval = pace(first_interval, max_interval)
        except ValueError as error:
            raise InvalidRequest("wait", [ArgumentFault("timeout or interval", str(error))]) from error
        at_once = self._made_at is None or self._is_seen
        return Schedule(deadline, interval, at_once=at_once, jitter=session.jitter, hint=self._hint)

    def _advance(self, schedule: Schedule, step: Observation | Unobserved) -> bool:
        """Sleep, poll once, and return whether something changed. Raises if the wait has to end."""
        pause = schedule.pause()
        last_poll = schedule.deadline.remaining <= pause
        if pause > 0:
            self._session.clock.sleep(pause)
        is_changed, fault = False, None
        try:
            # A place first: until there is one, nothing of the request is made.
            limit = schedule.deadline.at_least(LAST_REQUEST)
            with self._session.exchange.place(self._spec.poll, limit.remaining) as place:
                is_changed = self._poll(limit, place)
        except (APIError, ConnectFailed, InvalidResponse) as error:
            fault = error
            if not self._may_pass(error, schedule):
                raise
        else:
            schedule.note_answer(self._hint)
        step.status = self.status
        if not self.status.is_final and (last_poll or schedule.deadline.passed):
            raise self._too_late(schedule) from fault
        return is_changed

    def _poll(self, deadline: Deadline, place: Slot | None = None) -> bool:
        spec = self._spec
        report = self._session.poll(self._operation, self.id, deadline, place)
        snapshot = read_snapshot(spec, report.body, self._session.scrub, http_status=report.status)
        self._note_hint(report)
        is_changed = not self._is_seen or snapshot != Snapshot(self.status, self.raw_status, self.progress, self.reason)
        if is_changed:
            log.record(logging.INFO, "task changed", **self._facts, status=snapshot.status)
        has_result = snapshot.status is TaskStatus.SUCCEEDED
        if _is_kept(spec):
            self._report = report
        self._is_seen, self._body = True, self._with_result(report.body, deadline) if has_result else MISSING
        self._take(snapshot, is_new=is_changed)
        return is_changed

    def _take(self, snapshot: Snapshot, *, is_new: bool = True) -> None:
        """Note where the task stands, and its end in the journal."""
        self.status, self.raw_status = snapshot.status, snapshot.raw_status
        self.progress, self.reason = snapshot.progress, snapshot.reason
        self._stages.note(snapshot.status, self._session.clock.monotonic())
        journal = self._session.journal
        if is_new and snapshot.status.is_final and journal is not None:
            run_to_end(partial(journal.finished, self.id, snapshot.status))

    def _with_result(self, report: object, deadline: Deadline) -> object:
        """Return what has the result of a task that has succeeded: the report, or the reply that it leads to."""
        spec = self._spec
        if spec.result_url is not None:
            arguments = {spec.poll_argument: self.id} if spec.poll_argument else {}
            url = self._url_at(spec.result_url)
            return (self._session.ask(spec.poll, arguments, deadline, url, spec.url_hosts)).body
        if spec.content is not None and not spec.has_content:
            arguments = {spec.content_argument: self.content_ids()[0]}
            return (self._session.ask(spec.content, arguments, deadline)).body
        return report

    def content_ids(self) -> list[str]:
        """Return the ids by which the files of a succeeded task are requested: its own, or those in the report."""
        pointer, report = self._spec.content_id, self._report
        if pointer is None:
            return [self.id]
        values = find(None if report is None else report.body, pointer)
        ids = [str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool) and value]
        if not ids:
            raise self._without(f"nothing at {pointer} that its files can be asked for with")
        return ids

    def _note_hint(self, answer: Answer | None) -> None:
        """Note how long the service asks to wait before the next poll."""
        headers = {} if answer is None else answer.headers
        self._hint = parse_retry_after(headers.get("retry-after"), self._session.clock.time(), headers.get("date"))

    def _url_at(self, place: str) -> str:
        """Return a URL that the last report has, or the reply to the submit."""
        answers = (answer for answer in (self._report, self._submit_reply) if answer is not None)
        values = (value_at(place, answer.body, answer.headers) for answer in answers)
        url = next((value for value in values if isinstance(value, str) and value), None)
        if url is None:
            raise self._without(f"no URL at {place}")
        return url

    def _without(self, what: str) -> InvalidResponse:
        raw = None if self._report is None else self._session.without_keys(self._report.body)
        return InvalidResponse(self.operation, f"the reports on task {one_line(self.id)} have {what}", raw=raw)

    def _may_pass(self, error: WondergenError, schedule: Schedule) -> bool:
        """Return whether the wait goes on after a poll that failed."""
        if isinstance(error, NotFound):
            schedule.note_answer()
            return self._may_still_appear()
        if getattr(error, "http_status", None) == _NEVER:
            return False
        passes = isinstance(error, _TRANSIENT) or is_transient(getattr(error, "http_status", None))
        return passes and (schedule.note_failure(getattr(error, "retry_after", None)) or schedule.deadline.passed)

    def _may_still_appear(self) -> bool:
        """Return whether the task is so new that the service may not report on it yet."""
        if self._made_at is None or self._is_seen:
            return False
        return self._session.clock.monotonic() - self._made_at <= APPEARANCE_GRACE

    def _raise_ending(self) -> None:
        ending = _ENDINGS.get(self.status)
        if ending is not None:
            raise ending(self.operation, self.id, reason=self.reason, raw_status=self.raw_status)

    def _too_late(self, schedule: Schedule) -> WaitTimeout:
        seconds = schedule.deadline.elapsed
        return WaitTimeout(self.operation, self.id, waited=seconds, status=self.status, token=self.token(), task=self)

    def result_now(self) -> R:
        """Return the result in the last reply. If it cannot be read, the next wait polls again."""
        body, self._body = self._body, MISSING
        raw = body if self._spec.result is None else get(body, self._spec.result)
        if self._spec.has_content and (raw is MISSING or raw is None):
            raw = {}
        if raw is MISSING or raw is None or raw == "":
            problem = f"task {one_line(self.id)} succeeded, but its result is not there"
            raw = body = self._session.without_keys(body)  # a traceback shows local variables
            raise InvalidResponse(self.operation, problem, raw=raw)
        try:
            result = self._result_type.build(raw, session=self._session, operation=self._operation, task=self)
        except InvalidResponse:
            raw = body = None  # a traceback shows local variables
            raise
        self._body = body
        return result

    def _leave_token(self, error: BaseException) -> None:
        """Add the token to an error, so that its handler can continue the task."""
        if isinstance(error, GeneratorExit) or getattr(error, "token", None) is not None:
            return
        token = self.token()
        error.token = token  # type: ignore[attr-defined]
        if isinstance(error, TaskFailed):
            return
        error.add_note(f"The task goes on at the service. client.resume({token!r}) continues it.")


def wait_while(
    task: Task[R], before_poll: Callable[[], object], timeout: float | None, first: float, longest: float
) -> R:
    """Wait as `task.wait` does. `before_poll` is called before each poll and may raise to end the wait."""
    return task._wait(task._schedule(timeout, first, longest), None, before_poll)


def _is_kept(spec: TaskSpec) -> bool:
    return any(place is not None for place in (spec.result_url, spec.cancel_url, spec.content_id))


def resume_task(session: Session, token_or_id: str, results: Mapping[str, tuple[Operation, type[Result]]]) -> Task[Any]:
    """Return the task that a token or a bare id stands for. No I/O."""
    from .result import Result

    any_result: type[Result] = Result
    task_id, operation, result_type = locate(token_or_id, session.service.name, session.base_url, results, any_result)
    return Task(session, operation, result_type, task_id, is_resumed=True)
