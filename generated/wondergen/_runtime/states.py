# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a reply says of a task, and where a result has its files: reading, without I/O."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping

from .data import Data
from .operation import Assets, TaskSpec, TaskStatus
from .pointer import MISSING, find, get

HTTP_STATUS = "$statusCode"
"""Stands for the HTTP status of a report, where that is the status of the task."""
_HEADER = "$response.header."
_LONGEST_URL = 8192
_LONGEST_REASON = 2000


class Snapshot(Data):
    """A task at one moment."""

    status: TaskStatus
    raw_status: str | int | None = None
    progress: float | None = None
    reason: str | None = None


def read_snapshot(
    spec: TaskSpec, body: object, scrub: Callable[[str], str] = str, *, http_status: int | None = None
) -> Snapshot:
    """Return where the task stands, according to the reply. What is not there or not of use is None, never an error.

    `scrub` takes the keys out of status and reason, which go into messages: a service may echo one.
    """
    raw = http_status if spec.status == HTTP_STATUS else _raw_status(_at(body, spec.status))
    if raw is not None and (clean := scrub(str(raw))) != str(raw):
        raw = clean
    return Snapshot(
        status=_status(spec, raw, has_error=bool(_at(body, spec.error))),
        raw_status=raw,
        progress=_progress(spec, number_of(_at(body, spec.progress))),
        reason=_text(_at(body, spec.reason if spec.reason is not None else spec.error), scrub),
    )


def is_header(place: str) -> bool:
    """Return whether a place of a reply is a header, and no pointer into its body."""
    return place.startswith(_HEADER)


def value_at(place: str, body: object, headers: Mapping[str, str]) -> object:
    """Return what stands at a place of a reply: a pointer into its body, or a header. MISSING where nothing does."""
    if is_header(place):
        return headers.get(place.removeprefix(_HEADER).lower(), MISSING)
    return get(body, place)


def decode_result(raw: object) -> object:
    """Return a result as data: text is a URL, or JSON inside a string. MISSING where it is neither."""
    if not isinstance(raw, str) or raw.strip().lower().startswith(("https://", "http://")):
        return raw
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return MISSING


def find_urls(result: object, assets: Assets | None, schemes: tuple[str, ...] = ("https://",)) -> list[str]:
    """Return the files of a result, in document order, each once.

    Where the catalog says at which places they are and none is there, they are searched for like without the catalog:
    what was paid for is found even if the vendor moved it. A place that the catalog names may hold a plain http URL
    too: it is shown, and `save` says why it is not fetched.
    """
    return named_urls(result, assets) or list(dict.fromkeys(_urls(result, schemes)))


def named_urls(result: object, assets: Assets | None) -> list[str]:
    """Return the URLs at the places that the catalog names, each once."""
    places = [place for pointer in (assets.at if assets else ()) for place in find(result, pointer)]
    return list(dict.fromkeys(url for place in places for url in _urls(place, ("https://", "http://"))))


def _urls(value: object, schemes: tuple[str, ...]) -> Iterator[str]:
    """Yield every text that is a URL. With a stack of its own: a reply may be nested deeper than Python recurses."""
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, Mapping):
            stack += reversed(list(part.values()))
        elif isinstance(part, list | tuple):
            stack += reversed(part)
        elif isinstance(part, str) and len(part) <= _LONGEST_URL and part.strip().lower().startswith(schemes):
            yield part.strip()


def _at(body: object, pointer: str | None) -> object:
    value = MISSING if pointer is None else get(body, pointer)
    return None if value is MISSING else value


def _raw_status(value: object) -> str | int | None:
    """Return the vendor's word. 3.0 is 3, and anything that is not a word at all is kept as JSON text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _json(value)


def _status(spec: TaskSpec, raw: str | int | None, *, has_error: bool) -> TaskStatus:
    word = "null" if raw is None else str(raw).strip()
    status = spec.states.get(word)
    if status is None:
        status = {name.casefold(): state for name, state in spec.states.items()}.get(word.casefold())
    if has_error and (raw is None or status is TaskStatus.SUCCEEDED):
        return TaskStatus.FAILED
    return TaskStatus.UNKNOWN if status is None else status


def _progress(spec: TaskSpec, number: float | None) -> float | None:
    """Return a progress in percent."""
    return number * 100 if number is not None and spec.progress_scale == "fraction" else number


def number_of(value: object) -> float | None:
    """Return what a service has where a number is expected: a number, or the text of one; else None."""
    if isinstance(value, str):
        value = value.strip().removesuffix("%")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _text(value: object, scrub: Callable[[str], str]) -> str | None:
    if value is None:
        return None
    text = scrub(value if isinstance(value, str) else _json(value)).strip()
    return (text if len(text) <= _LONGEST_REASON else text[:_LONGEST_REASON] + "…") or None


def _json(value: object) -> str:
    """Return what is not a word where a word is expected, still readable."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return f"a {type(value).__name__} nested too deeply"


class Stages:
    """When a task was first seen in each state."""

    __slots__ = ("_ended_at", "_is_start_known", "_started_at", "_submitted_at")

    def __init__(self, submitted_at: float | None) -> None:
        """Start a record of states. `submitted_at`: None where another process submitted it."""
        self._submitted_at = submitted_at
        self._is_start_known = submitted_at is not None
        self._started_at: float | None = None
        self._ended_at: float | None = None

    def note(self, status: TaskStatus, now: float) -> None:
        """Note a poll of the task."""
        if status is TaskStatus.QUEUED:
            self._is_start_known = True
        elif status is TaskStatus.RUNNING and self._started_at is None and self._is_start_known:
            self._started_at = now
        elif status.is_final and self._ended_at is None:
            self._ended_at = now

    @property
    def queue_seconds(self) -> float | None:
        """Seconds from the submit to the first poll that saw the task running."""
        return _between(self._submitted_at, self._started_at)

    @property
    def run_seconds(self) -> float | None:
        """Seconds from that poll to the one that saw its end."""
        return _between(self._started_at, self._ended_at)


def _between(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else max(0.0, round(end - start, 3))
