"""The log of the client, under `wondergen`: requests, times, outcomes. It holds no key, and prompts only on request.

Each record has its facts as attributes too (`service`, `operation`, `task`, `attempt`, `http_status`, `seconds`,
`digest`…), for log systems that index them. The first three are there in every record; None: it is of no such thing.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from contextvars import ContextVar, Token

from .errors import one_line

BODIES = "WONDERGEN_LOG_BODIES"
"""Set this environment variable to 1 to have request and reply bodies in the log. They hold prompts and links."""
LONGEST_BODY = 2000

logger = logging.getLogger("wondergen")
logger.addHandler(logging.NullHandler())

_CONTEXT: ContextVar[Mapping[str, object] | None] = ContextVar("wondergen_log", default=None)
_IS_OURS: ContextVar[bool] = ContextVar("wondergen_call", default=False)
_PARTS_OF_CORE = ("connection", "http11", "http2", "proxy", "socks")
"""Loggers of httpcore."""
_ALWAYS: Mapping[str, object] = {"service": None, "operation": None, "task": None}


class context:
    """Gives every record within its facts: the service, the operation, the task that it is about."""

    __slots__ = ("_facts", "_token")

    def __init__(self, facts: Mapping[str, object]) -> None:
        self._facts = facts
        self._token: Token[Mapping[str, object] | None] | None = None

    def __enter__(self) -> None:
        outer = _CONTEXT.get()
        if outer is None:
            self._token = _CONTEXT.set(self._facts)
        elif any(outer.get(name) != fact for name, fact in self._facts.items()):
            self._token = _CONTEXT.set({**outer, **self._facts})

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if self._token is not None:
            _CONTEXT.reset(self._token)


def is_on() -> bool:
    """Return whether the records of calls go anywhere: then their facts are to be collected."""
    return logger.isEnabledFor(logging.INFO)


def record(level: int, message: str, /, **facts: object) -> None:
    """Log one line, with its facts as attributes."""
    _log(logger, level, message, facts)


def record_of(part: str, level: int, message: str, /, **facts: object) -> None:
    """Log one line of a part of the package, by the logger of its name below `wondergen`."""
    _log(logger.getChild(part), level, message, facts)


def failure_of(part: str, message: str, /, **facts: object) -> None:
    """Log an exception that is being handled, with its traceback: one of the caller's own code."""
    _log(logger.getChild(part), logging.ERROR, message, facts, with_traceback=True)


def _log(
    target: logging.Logger, level: int, message: str, facts: Mapping[str, object], *, with_traceback: bool = False
) -> None:
    if target.isEnabledFor(level):
        all_facts = {**_ALWAYS, **(_CONTEXT.get() or {}), **{key: _plain(value) for key, value in facts.items()}}
        facts_text = " ".join(f"{key}={one_line(str(value))}" for key, value in all_facts.items() if value is not None)
        line = f"{message} {facts_text}" if facts_text else message
        target.log(level, "%s", line, extra=all_facts, exc_info=with_traceback, stacklevel=3)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def body(message: str, content: bytes | None, scrub: Callable[[str], str]) -> None:
    """Log a body, where the user switched that on. `scrub` takes the keys out."""
    if content and logger.isEnabledFor(logging.DEBUG) and os.environ.get(BODIES, "") not in {"", "0"}:
        text = one_line(scrub(content.decode("utf-8", "replace")), LONGEST_BODY)
        logger.debug("%s: %s", message, text, extra={**_ALWAYS, **(_CONTEXT.get() or {})})


class of_library:
    """Keeps URLs and headers out of what an HTTP library logs of a call of ours.

    A URL may be signed, and a head may set a cookie. The library's records of other requests stay as they are.
    """

    def __init__(self, library: str, core: str) -> None:
        for name in (library, *(f"{core}.{part}" for part in _PARTS_OF_CORE)):
            logging.getLogger(name).addFilter(_without_url)  # once: it is the same function
        self._token: Token[bool] | None = None

    def __enter__(self) -> None:
        self._token = _IS_OURS.set(True)

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if self._token is not None:
            _IS_OURS.reset(self._token)


def _without_url(record: logging.LogRecord) -> bool:
    """Drop a record with a URL, and cut one of an event of a connection down to the name of the event."""
    if not _IS_OURS.get():
        return True
    if "." not in record.name:
        return False
    record.msg = str(record.msg).partition(" ")[0]
    return True
