"""What a reply means: the body of an answer, or a refusal with its error and with what it says about trying again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from . import errors
from .bodies import error_body, success_body
from .errors import APIError, InvalidResponse, WondergenError
from .operation import ErrorCode, Operation
from .pointer import MISSING, get
from .policy import Failure, Outcome, parse_retry_after

LONGEST_MESSAGE = 500

_BY_STATUS: Mapping[int, type[APIError]] = MappingProxyType(
    {
        401: errors.AuthenticationError,
        402: errors.InsufficientCredits,
        403: errors.AuthenticationError,
        404: errors.NotFound,
        429: errors.RateLimited,
    }
)
_WITHOUT_WORK = frozenset({425, 429})
_UNCERTAIN = frozenset({408})
"""A gateway may say so about a service that is at work."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class HTTPReply:
    """A whole reply."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """The service did what was asked."""

    body: object
    status: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """It did not, or nobody knows. `error` is for the caller, if the request is not sent again."""

    failure: Failure
    error: WondergenError


def read(operation: Operation, reply: HTTPReply, *, scrub: Callable[[str], str], now: float) -> Answer | Refusal:
    """Read one reply. `scrub` takes keys out of what the service says; `now` is seconds since 1970."""
    body = success_body(operation, reply.status, reply.headers, reply.content)
    code = _code(operation, body)
    service = operation.service
    if 200 <= reply.status < 300:
        if body is MISSING:
            what = "is not JSON" if reply.content else "is empty"
            return _unreadable(operation, reply, f"the reply {what}")
        if service.envelope is None:
            return _answered(operation, reply, body)
        if code is None:
            return _unreadable(operation, reply, f"the reply has no code at {service.envelope.code}", body)
        if code in service.envelope.success:
            return _answered(operation, reply, body)
    known = service.errors.get(code) if code is not None else None
    retry_after = parse_retry_after(reply.headers.get("retry-after"), now)
    failure, kind, meaning = _judged(operation, reply.status, known, retry_after)
    error = kind(
        operation.name,
        code=code and _line(scrub(code), 100),
        message=_said(operation, body, scrub),
        http_status=reply.status,
        trace_id=_trace(operation, body, scrub),
        meaning=meaning,
        retry_after=retry_after,
    )
    error.body = error_body(operation, reply.status, body, scrub)
    return Refusal(failure, error)


def task_id_in(operation: Operation, body: object) -> str | None:
    """The id of the task that a submit started."""
    value = MISSING if operation.task is None or operation.kind != "submit" else get(body, operation.task.id)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


def _answered(operation: Operation, reply: HTTPReply, body: object) -> Answer | Refusal:
    if operation.kind == "submit" and task_id_in(operation, body) is None:
        return _unreadable(operation, reply, "the reply has no task id", body)
    return Answer(body, reply.status)


def _judged(
    operation: Operation, status: int, known: ErrorCode | None, retry_after: float | None
) -> tuple[Failure, type[APIError], str | None]:
    """The documented in-band code first, then the documented HTTP status, then the rules of HTTP."""
    if known is not None:
        return _advised(known, retry_after), _class(known.error), known.meaning
    documented = operation.service.http_errors.get(status) or operation.http_errors.get(status)
    kind = _class(documented.error) if documented else _class_of(status)
    meaning = documented.meaning if documented else _redirect(status)
    if status >= 500 or (status in _UNCERTAIN and documented is None):
        return Failure(Outcome.UNKNOWN, retry_after=retry_after), kind, meaning
    if documented is not None:
        return _advised(documented, retry_after), kind, meaning
    if status in _WITHOUT_WORK:
        return Failure(Outcome.REFUSED_WITHOUT_WORK, retry_after=retry_after), kind, meaning
    return Failure(Outcome.REFUSED_FOR_GOOD), kind, meaning


def _advised(known: ErrorCode, retry_after: float | None) -> Failure:
    if known.retry == "never":
        return Failure(Outcome.REFUSED_FOR_GOOD)
    return Failure(Outcome.REFUSED_WITHOUT_WORK, once=known.retry == "once", retry_after=retry_after)


def _class(name: str) -> type[APIError]:
    kind = getattr(errors, name, APIError)
    return kind if isinstance(kind, type) and issubclass(kind, APIError) else APIError


def _class_of(status: int) -> type[APIError]:
    if status >= 500:
        return errors.ServerError
    return _BY_STATUS.get(status, errors.BadRequest if status >= 400 else APIError)


def _redirect(status: int) -> str | None:
    return "The service answered with a redirect, which is not followed." if 300 <= status < 400 else None


def _unreadable(operation: Operation, reply: HTTPReply, reason: str, body: object = None) -> Refusal:
    error = InvalidResponse(operation.name, reason, http_status=reply.status, raw=body)
    return Refusal(Failure(Outcome.UNKNOWN), error)


def _code(operation: Operation, body: object) -> str | None:
    """The in-band code as text: 0 and "0" are the same, true is no code."""
    envelope = operation.service.envelope
    code = MISSING if envelope is None else get(body, envelope.code)
    if isinstance(code, bool) or not isinstance(code, str | int | float):
        return None
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    return str(code).strip() or None


def _said(operation: Operation, body: object, scrub: Callable[[str], str]) -> str | None:
    envelope = operation.service.envelope
    return _text(body, envelope.message if envelope else None, scrub, LONGEST_MESSAGE)


def _trace(operation: Operation, body: object, scrub: Callable[[str], str]) -> str | None:
    envelope = operation.service.envelope
    return _text(body, envelope.trace if envelope else None, scrub, 100)


def _text(body: object, pointer: str | None, scrub: Callable[[str], str], longest: int) -> str | None:
    value = MISSING if pointer is None else get(body, pointer)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return _line(scrub(str(value)), longest) or None


def _line(text: str, longest: int) -> str:
    """Foreign text on one bounded line: it goes into messages and logs."""
    line = _CONTROL.sub(" ", text).strip()
    return line if len(line) <= longest else line[:longest] + "…"
