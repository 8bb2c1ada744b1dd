# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a reply means: the body of an answer, or a refusal with its error and with what it says about trying again.

A task id that can be found in a reply is kept, however odd the rest of the reply is: it has been paid for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from . import decode, errors
from .bodies import error_body, scrub_body, success_body, usual_message
from .data import Data
from .delivery import KEPT_OF_A_BROKEN_BODY, LARGEST_REPLY, Received, describe
from .errors import APIError, ConnectFailed, InvalidResponse, WondergenError, one_line
from .lazy_imports import load_model
from .operation import ErrorCode, Operation
from .pointer import MISSING, get, parts
from .retry import Failure, Outcome, by_status, parse_retry_after
from .secret import HIDDEN
from .states import is_header, value_at
from .token import is_usable_id

if TYPE_CHECKING:
    from pydantic import BaseModel

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


class HTTPReply(Data):
    """A reply, whole unless `fault` says what is wrong with its body."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    content: bytes
    """The body without its content coding; as it came, and perhaps only its beginning, where there is a fault."""
    fault: str | None = None

    def __repr__(self) -> str:
        """Return how much came, and nothing of it: a service may echo a key."""
        return f"HTTPReply(status={self.status}, {len(self.content)} bytes, fault={self.fault!r})"


class Answer(Data):
    """The reply to a request that succeeded."""

    body: object
    status: int
    is_known: bool = False
    """Whether it is of an earlier call with the same key: nothing was sent."""
    headers: Mapping[str, str] = {}
    """By lower-case name."""

    def __repr__(self) -> str:
        """Return the status, and nothing that came: a service may echo a key."""
        return f"Answer(status={self.status})"

    def _values(self) -> tuple[Any, ...]:
        return self.body, self.status, self.is_known  # two answers are the same, whatever headers came with them


class Refusal(Data):
    """The service refused, or its reply cannot be read. `error` is raised if the request is not sent again."""

    failure: Failure
    error: WondergenError
    task_id: str | None = None
    """The id of a task that the reply names all the same."""
    raw: object = None
    """What came: decoded where it could be, else as bytes."""


def whole_reply(received: Received, fault: str | None = None, rest: bytes = b"") -> HTTPReply:
    """Return what was received as a reply, decoded within bounds. `fault`: why the body is not whole.

    `rest`: bytes that came behind the body as it was framed. Where the body alone is not JSON, they belong to it.
    """
    if rest and not _is_complete(received):
        received.content += rest[:KEPT_OF_A_BROKEN_BODY]
    content = bytes(received.content)
    if fault is None:
        coding = received.headers.get("content-encoding")
        try:
            content = decode.decode(received.content, coding, LARGEST_REPLY) if coding else content
        except decode.DecodingError as error:
            fault, content = describe(error), error.partial or content
            if isinstance(error, decode.TooMuch):
                content = content[:KEPT_OF_A_BROKEN_BODY]
    return HTTPReply(received.status or 0, received.headers, content, fault)


def _is_complete(received: Received) -> bool:
    """Return whether a body is JSON, or of a media type that is not text."""
    media = received.headers.get("content-type", "")
    if received.content and media.startswith(("image/", "video/", "audio/", "application/octet-stream")):
        return True
    try:
        json.loads(decode.decode(bytes(received.content), received.headers.get("content-encoding"), LARGEST_REPLY))
    except (ValueError, RecursionError, decode.DecodingError):
        return False
    return True


def read(operation: Operation, reply: HTTPReply, *, scrub: Callable[[str], str], now: float) -> Answer | Refusal:
    """Read one reply. `scrub` takes keys out of what the service says; `now` is seconds since 1970."""
    body = success_body(operation, reply.status, reply.headers, reply.content)
    code = _code(operation, body)
    service = operation.service
    error_code = service.errors.get(code) if code is not None else None
    is_good = operation.is_success(reply.status)
    if is_good and reply.fault is None and _is_report(operation, body):
        return Answer(body, reply.status, headers=reply.headers)
    if is_good and error_code is None:
        problem = _problem(operation, reply, body, code, scrub)
        if problem is None:
            return Answer({} if body is MISSING else body, reply.status, headers=reply.headers)
        if code is None or reply.fault is not None or (service.envelope and code in service.envelope.success):
            return _unreadable(operation, reply, problem, body, scrub)
    elif is_good and service.envelope is not None and code in service.envelope.success:
        return Answer(body, reply.status, headers=reply.headers)
    return _refusal(operation, reply, body, code, error_code, scrub, now)


def unread(operation: Operation, failure: Failure, reason: str, arrived: bytes, scrub: Callable[[str], str]) -> Refusal:
    """Return what is known of a request that got no reply, or one that is not HTTP: what arrived is kept."""
    reply = HTTPReply(0, {}, arrived)
    task_id = _without_key(found_task_id(operation, reply, MISSING), scrub) if arrived else None
    return Refusal(failure, ConnectFailed(operation.name, reason), task_id, _raw(reply, MISSING, scrub))


def _is_report(operation: Operation, body: object) -> bool:
    """Return whether the reply reports on a task, whatever its code says: then the status counts."""
    return operation.report is not None and get(body, operation.report) not in (MISSING, None)


def _refusal(
    operation: Operation,
    reply: HTTPReply,
    body: object,
    code: str | None,
    error_code: ErrorCode | None,
    scrub: Callable[[str], str],
    now: float,
) -> Refusal:
    """Return what the service says against the call.

    Where it names a task all the same, it may have done the work, unless its documents say that it has not.
    """
    retry_after = parse_retry_after(reply.headers.get("retry-after"), now, reply.headers.get("date"))
    failure, kind, meaning = _classify(operation, reply.status, error_code, retry_after)
    task_id = _without_key(found_task_id(operation, reply, body), scrub)
    if task_id is not None and not _is_refused_for_good(operation, reply.status, code, error_code, failure):
        failure = Failure(Outcome.UNKNOWN)
    error = kind(
        operation.name,
        code=code and one_line(scrub(code), 100),
        message=_message(operation, reply, body, scrub),
        http_status=reply.status,
        trace_id=_trace(operation, body, scrub),
        meaning=meaning,
        retry_after=retry_after,
        task_id=task_id,
        raw=_raw(reply, body, scrub),
    )
    # Too many requests at a time is over when the others are: "once" is said of this call, not of a later one.
    is_final_repeat = failure.once and not isinstance(error, errors.RateLimited)
    error._is_final = failure.outcome is Outcome.REFUSED_FOR_GOOD or is_final_repeat
    error.body = error_body(operation, reply.status, reply.headers, reply.content, body, scrub)
    return Refusal(failure, error, task_id, error.raw)


def _is_refused_for_good(
    operation: Operation, status: int, code: str | None, error_code: ErrorCode | None, failure: Failure
) -> bool:
    """Return whether the documents say that the service did nothing and never will."""
    envelope = operation.service.envelope
    if failure.outcome is not Outcome.REFUSED_FOR_GOOD or (envelope is not None and code in envelope.success):
        return False
    return error_code is not None or status in operation.service.http_errors or status in operation.http_errors


SHORTEST_IN_AN_ID = 8
"""Characters of a key that no id of a task may hold."""


def _without_key(task_id: str | None, scrub: Callable[[str], str]) -> str | None:
    """Return an id, if it holds none of the client's keys: an id stands in messages and in the journal.

    A key of few characters is a word of many ids, and the id of what was paid for weighs more: there, only the whole
    key counts.
    """
    clean = "" if task_id is None else scrub(task_id)
    if clean == task_id or task_id is None:
        return task_id
    length = (len(task_id) - len(clean.replace(HIDDEN, ""))) // max(1, clean.count(HIDDEN))
    return None if clean == HIDDEN or length >= SHORTEST_IN_AN_ID else task_id


def reply_model(operation: Operation, answer: Answer) -> type[BaseModel] | None:
    """Return the model that is documented for the status and the media type of an answer, where there are several."""
    models = operation.reply_models
    content_type = "; ".join(part.strip() for part in answer.headers.get("content-type", "").lower().split(";"))
    media = content_type.partition(";")[0]
    statuses = (str(answer.status), f"{answer.status // 100}XX") if models else ()
    keys = (key for status in statuses for key in (f"{status} {content_type}", f"{status} {media}", status))
    return next((load_model(models[key]) for key in keys if key in models), None)


def task_id_in(
    operation: Operation, body: object, scrub: Callable[[str], str], headers: Mapping[str, str] = {}
) -> str | None:
    """Return the id of the task that a submit started, if any process can go on with it. A key is not an id."""
    if operation.task is None or operation.kind != "submit":
        return None
    text = _plain_id(value_at(operation.task.id, body, headers))
    return _without_key(text, scrub) if text is not None and is_usable_id(text) else None


def _plain_id(value: object) -> str | None:
    """Return text or a whole number as the text of an id; None for anything else."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    return None if isinstance(value, bool) or not isinstance(value, str | int) else str(value).strip()


def found_task_id(operation: Operation, reply: HTTPReply, body: object) -> str | None:
    """Return the id of a task that an odd reply names: at its documented place, else by the name that ends the place.

    A refusal by HTTP says what it says: there, only the documented place counts.
    """
    if operation.task is None or operation.kind != "submit":
        return None
    place = operation.task.id
    task_id = _id_text(value_at(place, body, reply.headers))
    if task_id is None and not is_header(place) and (reply.status < 400 or by_status(reply.status) is Outcome.UNKNOWN):
        is_whole = reply.fault is None and not reply.headers.keys().isdisjoint(_FRAMING)
        task_id = _id_by_name(parts(place)[-1], reply.content, is_whole)
    return task_id


_FRAMING = frozenset({"content-length", "transfer-encoding"})
"""Where a reply has neither, it ends with the connection, and nobody knows whether it was cut."""


def _id_text(value: object) -> str | None:
    """Return an id as text, where a value of a reply is one: text, a number, or a list or an object around one."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("id")
    text = _plain_id(value)
    return None if text is None or text.lower() in _PLACEHOLDERS else text


_PLACEHOLDERS = frozenset({"", "0", "-1", "null", "none", "nil", "undefined", "true", "false"})
"""What stands in a refusal where no task was made."""
_VALUE = (
    r"""\s*[:=]\s*(?:"(?P<json>(?:[^"\\]|\\.){1,2000})"|\\+"(?P<nested>[^"\\]{1,2000})\\+"|'(?P<single>[^'\\]{1,2000})'"""
    r"""|(?P<bare>(?=[^\s,;&]{0,2000}\d)[\w.:-]{1,2000})(?=[\s,;&}\])<]))"""
)


def _id_by_name(name: str, content: bytes, is_whole: bool) -> str | None:
    """Return the only value beside a name in a reply: in JSON that is broken or wrapped, in XML, in a form.

    is_whole: the end of the reply ends a value too; where a reply was cut, half an id may stand there.
    """
    words = [re.escape(word) for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", name)] or [re.escape(name)]
    key = f"(?i:{'[_-]?'.join(words)})"
    pattern = re.compile(
        rf"""(?<![\w-])\\{{0,20}}["']?{key}\\{{0,20}}["']?{_VALUE}"""
        rf"""|"{key}s?"\s{{0,20}}:\s{{0,20}}\[\s{{0,20}}"(?P<listed>(?:[^"\\]|\\.){{1,2000}})"\s{{0,20}}\]"""
        rf"""|<(?:[\w.-]{{1,50}}:)?{key}(?:\s[^<>]{{0,500}})?>(?:\s{{0,20}}<!\[CDATA\[)?(?P<xml>[^<\]]{{1,2000}})(?:\]\]>\s{{0,20}})?</"""
    )
    for text in _as_texts(content):
        ids: dict[str, None] = {}
        for match in pattern.finditer(f"{text}\n" if is_whole else text):
            kind = str(match.lastgroup)
            value = _id_text(_unescape(match[kind]) if kind in {"json", "listed"} else match[kind])
            if value is not None:
                ids[value] = None
        if ids:
            return next(iter(ids)) if len(ids) == 1 else None
    return None


_LONG_REFERENCE = re.compile("&#[0-9]{100,};?")
"""No character has such a number, and Python reads no number of thousands of digits."""


def _as_texts(content: bytes) -> Iterator[str]:
    """Yield what a body that cannot be read may be as text. Some proxies compress without saying so."""
    if content.startswith((b"\x1f\x8b", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")):
        try:
            content = decode.decode(content, "gzip" if content.startswith(b"\x1f") else "deflate", LARGEST_REPLY)
        except decode.DecodingError as error:
            content = error.partial or content
    for encoding in dict.fromkeys(("utf-8", json.detect_encoding(content))):
        text = content.decode(encoding, "replace")
        yield text
        if "&" in text:
            from html import unescape  # few replies come as a page

            yield unescape(_LONG_REFERENCE.sub("", text))


def _unescape(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _problem(
    operation: Operation, reply: HTTPReply, body: object, code: str | None, scrub: Callable[[str], str]
) -> str | None:
    """Return why a reply with a good status is not an answer."""
    envelope = operation.service.envelope if body is MISSING or _is_json(operation, body) else None
    names_its_task = task_id_in(operation, body, scrub, reply.headers) is not None
    if names_its_task and operation.task is not None and is_header(operation.task.id):
        return None
    if reply.fault is not None and (body is MISSING or not names_its_task):
        return reply.fault
    if reply.status in {204, 205} and not reply.content and envelope is None and operation.kind != "submit":
        return None
    if body is MISSING:
        return "the reply is not JSON" if reply.content else "the reply is empty"
    if envelope is not None and code is None:
        return f"the reply has no code at {envelope.code}"
    if envelope is not None and code not in envelope.success:
        return f"the reply has a code that is not documented: {one_line(str(code), 100)}"
    if operation.kind == "submit" and not names_its_task:
        return "the reply has no task id that can be used"
    if envelope is not None and "json" not in operation.replies:
        return f"the reply is JSON, and {' or '.join(operation.replies)} is documented"
    return None


def _is_json(operation: Operation, body: object) -> bool:
    """Return whether a body is JSON, and not the text, the bytes or the absence of a body that is documented."""
    if body is None or isinstance(body, str):
        return ("text" if body is not None else "none") not in operation.replies
    return isinstance(body, dict | list | int | float) and (bool(body) or "json" in operation.replies)


def _classify(
    operation: Operation, status: int, error_code: ErrorCode | None, retry_after: float | None
) -> tuple[Failure, type[APIError], str | None]:
    """Return the documented in-band code first, then the documented HTTP status, then the rules of HTTP."""
    if error_code is not None:
        return _by_advice(error_code, retry_after), _class(error_code.error), error_code.meaning
    http_error = operation.service.http_errors.get(status) or operation.http_errors.get(status)
    kind = _class(http_error.error) if http_error else _class_of(status)
    meaning = http_error.meaning if http_error else _redirect(status)
    outcome = by_status(status)
    if 300 <= status < 400 and operation.kind != "query":
        outcome = Outcome.UNKNOWN  # many a service does the work and then leads to its result
    if status >= 500 or http_error is None:
        return Failure(outcome, retry_after=retry_after), kind, meaning
    return _by_advice(http_error, retry_after), kind, meaning


def _by_advice(error_code: ErrorCode, retry_after: float | None) -> Failure:
    if error_code.retry == "never":
        return Failure(Outcome.REFUSED_FOR_GOOD)
    return Failure(Outcome.REFUSED_WITHOUT_WORK, once=error_code.retry == "once", retry_after=retry_after)


def _class(name: str) -> type[APIError]:
    kind = getattr(errors, name, APIError)
    return kind if isinstance(kind, type) and issubclass(kind, APIError) else APIError


def _class_of(status: int) -> type[APIError]:
    if status >= 500:
        return errors.ServerError
    return _BY_STATUS.get(status, errors.BadRequest if status >= 400 else APIError)


def _redirect(status: int) -> str | None:
    return "The service answered with a redirect, which is not followed." if 300 <= status < 400 else None


def _unreadable(
    operation: Operation, reply: HTTPReply, reason: str, body: object, scrub: Callable[[str], str]
) -> Refusal:
    raw = _raw(reply, body, scrub)
    error = InvalidResponse(operation.name, scrub(reason), http_status=reply.status, raw=raw)
    return Refusal(Failure(Outcome.UNKNOWN), error, _without_key(found_task_id(operation, reply, body), scrub), raw)


def _raw(reply: HTTPReply, body: object, scrub: Callable[[str], str]) -> object:
    """Return what came, without any key that the service echoes: errors are logged and pickled."""
    if body is not MISSING:
        try:
            return scrub_body(body, scrub)
        except (ValueError, TypeError, RecursionError):
            pass
    raw = scrub(reply.content.decode("latin-1")).encode("latin-1", "replace")
    return raw or None


def _code(operation: Operation, body: object) -> str | None:
    """Return the in-band code as text: 0 and "0" are the same, true is not a code."""
    envelope = operation.service.envelope
    code = MISSING if envelope is None else get(body, envelope.code)
    if isinstance(code, bool) or not isinstance(code, str | int | float):
        return None
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    text = str(code).strip()
    return None if "\ufffd" in text else text or None


def _message(operation: Operation, reply: HTTPReply, body: object, scrub: Callable[[str], str]) -> str | None:
    """Return what the service says against the call: at its documented place, else where services usually say it."""
    envelope = operation.service.envelope
    own = _text(body, envelope.message if envelope else None, scrub, LONGEST_MESSAGE)
    if own is not None or 200 <= reply.status < 300:
        return own
    text = usual_message(body, reply.headers, reply.content)
    return one_line(scrub(text), LONGEST_MESSAGE) or None


def _trace(operation: Operation, body: object, scrub: Callable[[str], str]) -> str | None:
    envelope = operation.service.envelope
    return _text(body, envelope.trace if envelope else None, scrub, 100)


def _text(body: object, pointer: str | None, scrub: Callable[[str], str], longest: int) -> str | None:
    value = MISSING if pointer is None else get(body, pointer)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return one_line(scrub(str(value)), longest) or None
