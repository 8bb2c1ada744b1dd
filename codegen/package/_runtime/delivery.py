"""What is known of one sent request: whether a byte of it left, and what came back so far. No network here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import FrameType, MappingProxyType

LARGEST_REPLY = 32 * 1024 * 1024
"""Bytes, decoded. Replies are JSON of a few kilobytes; a bomb must not fill the memory."""
KEPT_OF_A_BROKEN_BODY = 64 * 1024
"""Bytes kept of a body that is too large or cannot be decoded: enough to find a task id in."""
CONNECT_SECONDS = 10.0
"""The longest time for a connection to be made, within the deadline of the request."""
_PACKAGE = __name__.rpartition(".")[0] + "."


class Left(StrEnum):
    """How much of a request left this process. Only this decides whether a request may be sent again."""

    NOTHING = "nothing"
    """Certainly not a byte of the request. Only a transport that counts the bytes itself may say so."""
    SOME = "some"
    UNKNOWN = "unknown"
    """The transport is of somebody else's making, or patched, and cannot tell."""


class TransportError(Exception):
    """A request that got no reply. Its cause is what the network or the HTTP library raised."""

    def __init__(self, left: Left, reason: str, arrived: bytes = b"") -> None:
        super().__init__(reason)
        self.left = left
        self.arrived = arrived
        """Bytes that came and are not HTTP response."""


class StandInError(Exception):
    """Raised by what stands in for the network in a test. It goes to the test as it is, through every handler."""


class ReplyTooLarge(OSError):
    """The reply has more bytes than the service has reason to send."""

    def __init__(self) -> None:
        super().__init__(f"the reply has more than {LARGEST_REPLY} bytes")


_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Received:
    """What has come of a reply so far. It outlives an interrupt in the middle of reading: an id in it is not lost."""

    __slots__ = ("_most", "content", "headers", "status")
    status: int | None
    headers: Mapping[str, str]
    """By lower-case name; values of the same name are joined with a comma."""
    content: bytearray
    """The body as it arrived, not decoded."""

    def __init__(self) -> None:
        self.reset()

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Note the head of the reply. Where it announces too much, only the beginning of the body is read."""
        self.headers = headers
        self.status = status
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:19]) > LARGEST_REPLY:
            self._most = KEPT_OF_A_BROKEN_BODY

    def add(self, chunk: bytes) -> None:
        """Keep one more piece of the body. Raises ReplyTooLarge where it is one too many."""
        self.content += chunk
        if len(self.content) > self._most:
            del self.content[KEPT_OF_A_BROKEN_BODY:]
            raise ReplyTooLarge

    def take(self, other: Received) -> None:
        """Copy what the other has by now, without what comes to it later."""
        self.status, self.headers, self.content = other.status, other.headers, bytearray(other.content)

    def reset(self) -> None:
        """Forget a reply: the request is sent again."""
        self.status = None
        self._most = LARGEST_REPLY
        self.headers = _NO_HEADERS
        self.content = bytearray()


def describe(error: BaseException) -> str:
    """Return the class and the text of an error on one line."""
    text = " ".join(str(error).split())
    if not text and isinstance(error, TimeoutError):
        text = "no whole reply in time"
    name = type(error).__name__.removeprefix("_")
    return f"{name}: {text}" if text else name


def without_key(error: BaseException | None, scrub: Callable[[str], str]) -> BaseException | None:
    """Return an error, or None where its text or that of a cause has a key: a server may echo one."""
    errors = [] if error is None else [error]
    for each in errors:
        errors += [other for other in (each.__cause__, each.__context__) if other is not None and other not in errors]
    return None if any(scrub(text) != text for each in errors for text in (str(each), repr(each))) else error


def bare(error: BaseException) -> BaseException:
    """Strip the frames and requests from an error and its causes: those hold headers, and headers hold the key.

    An exception that the caller was handling when it made the call stays as it is, though it is a context of the error.
    """
    callers = _frames_of_callers()
    base_exceptions: list[BaseException] = [error]
    for each in base_exceptions:
        each.__traceback__ = None
        for name in ("_request", "response", "request"):
            if name in getattr(each, "__dict__", {}):
                vars(each)[name] = None
        for other in (each.__cause__, each.__context__):
            if other is not None and other not in base_exceptions and not _is_handled_in(callers, other):
                base_exceptions.append(other)
    return error


def _frames_of_callers() -> set[FrameType]:
    """Return the frames outside the package that wait for the call that runs now."""
    callers = set()
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if not frame.f_globals.get("__name__", "").startswith(_PACKAGE):
            callers.add(frame)
        frame = frame.f_back
    return callers


def _is_handled_in(frames: set[FrameType], error: BaseException) -> bool:
    return error.__traceback__ is not None and error.__traceback__.tb_frame in frames
