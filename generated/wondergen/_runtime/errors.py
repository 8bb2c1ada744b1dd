# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Every error of the client. Each says what went wrong, by which rule, and what to do; none holds a secret."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from .data import Data
from .exports import exported

_CONTROL = re.compile(r"\s*[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+\s*")
"""Controls, line breaks, and what turns the direction of the text around it."""


def one_line(text: str, longest: int = 200) -> str:
    """Return foreign text on one bounded line: what a service says must not forge a line of a log."""
    line = _CONTROL.sub(" ", text[: longest * 4]).strip()
    line = line.encode("utf-8", "backslashreplace").decode()
    return line if len(line) <= longest else line[:longest] + "…"


@exported
class WondergenError(Exception):
    """The root of every error this package raises."""

    def __init_subclass__(cls) -> None:
        if cls.__module__ == __name__:
            exported(cls)

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), self.args, self._state())

    def _state(self) -> dict[str, Any]:
        """Return what a pickle keeps beside the message."""
        return dict(vars(self))


def _revive(kind: type[WondergenError], args: tuple[Any, ...], state: dict[str, Any]) -> WondergenError:
    error = kind.__new__(kind, *args)
    error.args = args
    vars(error).update(state)
    return error


@exported
class ArgumentFault(Data):
    """One thing wrong with one argument."""

    parameter: str
    problem: str
    """Reads after the parameter's name: "120 is above the maximum 95"."""
    expected: str | None = None
    """What would have been right: "at most 95"."""

    def __str__(self) -> str:
        return f"{self.parameter}: {self.problem}"


class InvalidRequest(WondergenError, ValueError):
    """The call is wrong. Nothing was sent. `faults` lists everything that is wrong with it."""

    def __init__(self, operation: str, faults: Iterable[ArgumentFault]) -> None:
        self.operation = operation
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{operation}: nothing was sent, the call has {plural(len(self.faults), 'fault')}\n{lines}")


class MissingCredentials(WondergenError):
    """A client was made without a key it needs."""

    def __init__(self, service: str, problems: Iterable[str]) -> None:
        self.service = service
        self.problems = tuple(problems)
        super().__init__(f"{service}: " + "; ".join(self.problems))


class ConnectFailed(WondergenError):
    """The service did nothing: it was not reached, or a call that costs nothing got no whole reply. Safe to repeat."""

    def __init__(self, operation: str, reason: str) -> None:
        self.operation = operation
        self.reason = reason
        super().__init__(f"{operation}: {_sentence(reason)} Nothing was accepted; the call may be made again.")


class OutcomeUnknown(WondergenError):
    """A paid request may have been accepted, so it was not sent again."""

    def __init__(
        self,
        operation: str,
        reason: str,
        *,
        digest: str,
        sent_at: datetime,
        http_status: int | None = None,
        task_id: str | None = None,
        token: str | None = None,
        raw: object = None,
    ) -> None:
        self.operation = operation
        self.reason = reason
        self.digest = digest
        """sha256 of method, URL and body: the same for the same call."""
        self.sent_at = sent_at
        """When the last attempt began, UTC."""
        self.http_status = http_status
        self.task_id = task_id
        """The task that the reply names, although the reply is not an answer."""
        self.token = token
        """For `client.resume`, where the id of the task is known."""
        self.raw = raw
        """What came: decoded where it could be, else as bytes."""
        hint = f"The reply names the task {one_line(task_id or '')}: client.resume(error.token) goes on with it. "
        self.advice = (
            "It may have been accepted and charged, so it was not sent again. "
            f"{hint if task_id and token else ''}"
            "Look at the account's task list and credits before you repeat it."
        )
        moment = sent_at.isoformat(timespec="seconds")
        marks = f"(sent {moment}, request sha256 {digest[:12]})"
        super().__init__(f"{operation}: {_sentence(reason)} {self.advice} {marks}")


class APIError(WondergenError):
    """The service refused the call."""

    _default_text = "The service refused the call"

    def __init__(
        self,
        operation: str,
        *,
        code: str | None = None,
        message: str | None = None,
        http_status: int | None = None,
        trace_id: str | None = None,
        meaning: str | None = None,
        retry_after: float | None = None,
        task_id: str | None = None,
        raw: object = None,
    ) -> None:
        self.operation = operation
        self.body: object = None
        """What the service says, as the documented model of the status or as it came; None where it is not JSON."""
        self.task_id = task_id
        """A task that the refusal names."""
        self.token: str | None = None
        """For `client.resume`, where the refusal names a task."""
        self.raw = raw
        """What came: decoded where it could be, else as bytes."""
        self.code = code
        """The in-band code, as text."""
        self.message = message
        """What the service says."""
        self.http_status = http_status
        self.trace_id = trace_id
        self.meaning = meaning
        """What the vendor's documents say about the code, in our words."""
        self.retry_after = retry_after
        """Seconds the service asks to wait."""
        self._is_final = False
        """Whether no further attempt at the call is of use, or the documents allow none."""
        sentences = [part for part in (meaning, f"The service says: {message}" if message else None) if part]
        where = [f"code {code}" if code else None, f"HTTP {http_status}" if http_status else None]
        where += [f"trace {trace_id}" if trace_id else None]
        marks = ", ".join(mark for mark in where if mark)
        super().__init__(f"{operation}: {' '.join(sentences) or self._default_text} ({marks})")


class AuthenticationError(APIError):
    """The key is wrong, expired, or not allowed to do this."""


class InsufficientCredits(APIError):
    """The account cannot pay for the call."""


class RateLimited(APIError):
    """Too many calls. `retry_after` has the wait the service asks for, if it does."""


class ContentRejected(APIError):
    """The service will not make this content."""


class BadRequest(APIError):
    """The service does not accept the arguments."""


class NotFound(APIError):
    """There is no such thing, or no longer."""

    _default_text = "The service has no such thing"


class ServerError(APIError):
    """The service failed."""

    _default_text = "The service failed"


class InvalidResponse(WondergenError):
    """The reply cannot be read: not JSON, cut, or without what it must hold."""

    def __init__(self, operation: str, reason: str, *, http_status: int | None = None, raw: object = None) -> None:
        self.operation = operation
        self.reason = reason
        self.http_status = http_status
        self.raw = raw
        """The reply as it came, where one came: what was paid for is not lost with the error."""
        super().__init__(f"{operation}: {reason}" + (f" (HTTP {http_status})" if http_status else ""))


class TaskFailed(WondergenError):
    """The service ended the task without a result."""

    _ending = "failed"

    def __init__(
        self,
        operation: str,
        task_id: str,
        *,
        reason: str | None = None,
        code: str | None = None,
        raw_status: str | int | None = None,
    ) -> None:
        self.operation = operation
        self.task_id = task_id
        self.reason = reason
        """Why, in the service's words."""
        self.code = code
        self.raw_status = raw_status
        marks = [f"status {one_line(str(raw_status), 100)}"] if raw_status is not None else []
        marks += [f"code {code}"] if code else []
        why = f": {one_line(reason, 500)}" if reason else ""
        super().__init__(
            f"{operation}: task {one_line(task_id)} {self._ending}{why}" + (f" ({', '.join(marks)})" if marks else "")
        )


class TaskCancelled(TaskFailed):
    """The task was cancelled."""

    _ending = "was cancelled"


class TaskTimedOut(TaskFailed):
    """The service gave the task up for lack of time. Compare `WaitTimeout`: there the task still runs."""

    _ending = "timed out at the service"


class WaitTimeout(WondergenError):
    """The wait ended before the task did. The task goes on: wait again, or resume it from `token` in any process."""

    def __init__(
        self, operation: str, task_id: str, *, waited: float, status: str, token: str, task: Any = None
    ) -> None:
        self.operation = operation
        self.task_id = task_id
        self.waited = waited
        self.status = status
        self.token = token
        self.task = task
        """The task itself; a pickled error keeps the token only."""
        super().__init__(
            f"{operation}: task {one_line(task_id)} is {status} after {waited:.0f} s. It goes on at the service: "
            f"call wait() again, or client.resume(error.token)."
        )

    def _state(self) -> dict[str, Any]:
        return {**super()._state(), "task": None}


class DownloadError(WondergenError):
    """A file could not be saved. The task keeps its result: call save() again; nothing is submitted or paid again."""

    def __init__(self, reason: str, *, host: str | None = None, operation: str | None = None) -> None:
        self.reason = reason
        self.host = host
        self.operation = operation
        self.saved: tuple[Path, ...] = ()
        """The files of the result that were saved all the same."""
        self.failed: tuple[DownloadError, ...] = ()
        """Why each of the others was not."""
        place = " from ".join(part for part in (operation, host) if part)
        super().__init__(f"{place}: {reason}" if place else reason)


class UntrustedHost(DownloadError):
    """A URL leads to a host that the client does not go to."""


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}."


def plural(number: int, noun: str) -> str:
    """Return a number with its noun: 1 fault, 2 faults."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
