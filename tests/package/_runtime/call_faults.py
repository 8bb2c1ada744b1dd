"""The faults that a call must survive, as data: what the service does, and what a paid call and a free one come to."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import formatdate

from tests.package._runtime.loopback import Step, answer, bomb, close, drip, head_of, raw, reset, stall

GOOD = {"code": 0, "msg": "", "data": {"task_id": "t-1", "left": 7, "status": "1"}, "trace_id": "tr-1"}
"""A reply that suits every operation of the sample service."""
_GOOD = json.dumps(GOOD).encode()
_HALF = _GOOD[: len(_GOOD) // 2]
_JSON = ("Content-Type", "application/json")
_LENGTH = ("Content-Length", str(len(_GOOD)))
_CHUNKED = ("Transfer-Encoding", "chunked")
NOW = 1_790_000_000.0
"""What the clock of the tests says."""


@dataclass(frozen=True)
class Fault:
    """One row. `paid` and `free` name the error, or are "ok": then the next attempt, answered well, gave the result."""

    name: str
    steps: tuple[Step, ...]
    paid: str
    free: str
    slow: bool = False
    """The client has to give up by itself: the test gives it little time."""

    def __str__(self) -> str:
        return self.name


def faults() -> list[Fault]:
    """Return all rows."""
    return [
        *_cuts(),
        *_slow(),
        *_broken_replies(),
        *_statuses(),
        *_retry_afters(),
        *_codes(),
        *_strange_bodies(),
        *_redirects(),
        *_encodings(),
    ]


def _unknown(name: str, *steps: Step, slow: bool = False) -> Fault:
    """Return a row of an unknown outcome: a paid call stops, a free one is made again."""
    return Fault(name, steps, "OutcomeUnknown", "ok", slow)


def _refused(name: str, error: str, *steps: Step) -> Fault:
    return Fault(name, steps, error, error)


def _again(name: str, *steps: Step) -> Fault:
    """Return a row where both end well: nothing was done and the call is repeated, or the reply names the task."""
    return Fault(name, steps, "ok", "ok")


def _cuts() -> Iterator[Fault]:
    for word, step in (("reset", reset), ("closed", close)):
        yield _unknown(f"{word} at once", step("accept", bills=False))
        yield _unknown(f"{word} with the headers read", step("head"))
        yield _unknown(f"{word} before any byte of the reply", step("body"))
        yield _unknown(f"{word} in the status line", step("body", b"HTTP/1.1 20"))
        yield _unknown(f"{word} in the headers", step("body", b"HTTP/1.1 200 OK\r\nContent-Type: appl"))
        yield _unknown(f"{word} after the headers", step("body", head_of(200, [_JSON, _LENGTH])))
        yield _unknown(f"{word} in the body, length known", step("body", head_of(200, [_JSON, _LENGTH]) + _HALF))
        yield _unknown(f"{word} in the body, length unknown", step("body", head_of(200, [_JSON]) + _HALF))
        yield _unknown(f"{word} in a chunk", step("body", head_of(200, [_JSON, _CHUNKED]) + b"40\r\n" + _HALF[:20]))
        chunk = b"%x\r\n%s\r\n" % (len(_GOOD), _GOOD)
        yield _again(f"{word} before the last chunk", step("body", head_of(200, [_JSON, _CHUNKED]) + chunk))
    yield Fault("429 and a cut body", (reset("body", head_of(429, [_LENGTH]) + _HALF, bills=False),), "ok", "ok")
    yield _refused("400 and a cut body", "BadRequest", close("body", head_of(400, [_LENGTH]) + _HALF, bills=False))
    yield _unknown("500 and a cut body", close("body", head_of(500, [_LENGTH]) + _HALF))


def _slow() -> Iterator[Fault]:
    yield _unknown("stalled at once", stall("accept", bills=False), slow=True)
    yield _unknown("stalled with the headers read", stall("head"), slow=True)
    yield _unknown("stalled before any byte of the reply", stall("body"), slow=True)
    yield _unknown("stalled in the status line", stall("body", b"HTTP/1.1 20"), slow=True)
    yield _unknown("stalled after the headers", stall("body", head_of(200, [_LENGTH])), slow=True)
    yield _unknown("stalled in the body", stall("body", head_of(200, [_LENGTH]) + _HALF), slow=True)
    yield _unknown("body byte by byte", drip_after(head_of(200, [_LENGTH]), _GOOD), slow=True)
    yield _unknown(
        "stalled with 10 GB announced", stall("body", head_of(200, [("Content-Length", "10000000000")])), slow=True
    )


def drip_after(head: bytes, content: bytes) -> Step:
    """Send headers at once, then the body byte by byte: a read never times out."""
    slow = drip(content)

    def play(link: object) -> None:
        link.send(head)  # type: ignore[attr-defined]
        slow.play(link)  # type: ignore[arg-type]

    return Step("drip", "body", play, bills=True)


def _broken_replies() -> Iterator[Fault]:
    yield _unknown("not HTTP", raw("not HTTP", b"hello there\r\n\r\n"))
    yield _unknown("HTTP/0.9", raw("HTTP/0.9", _GOOD))
    yield _unknown("an HTTP/2 preface", raw("h2", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00" * 18))
    yield _unknown("a bad chunk size", raw("bad chunk", head_of(200, [_CHUNKED]) + b"zz\r\n" + _HALF))
    yield _unknown("a huge chunk size", raw("huge chunk", head_of(200, [_CHUNKED]) + b"f" * 40 + b"\r\n"))
    two = head_of(200, [("Content-Length", "5"), ("Content-Length", "6")])
    yield _unknown("two lengths that differ", raw("two lengths", two + _GOOD))
    yield _unknown("a negative length", raw("negative length", head_of(200, [("Content-Length", "-1")]) + _GOOD))
    yield _unknown("endless headers", raw("endless headers", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000))
    yield _unknown("a bad header", raw("bad header", b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"))
    hints = b"HTTP/1.1 103 Early Hints\r\n\r\n" + head_of(200, [_LENGTH]) + _GOOD
    yield Fault("early hints before the reply", (raw("103", hints),), "ok", "ok")
    yield Fault("no length, closed at the end", (raw("no length", head_of(200) + _GOOD),), "ok", "ok")


def _statuses() -> Iterator[Fault]:
    html = b"<html>Bad Gateway</html>"
    for status in (500, 501, 502, 503, 504, 520, 521, 522, 523, 524, 529, 599):
        yield _unknown(f"{status} in HTML", answer(html, status, {"Content-Type": "text/html"}, bills=True))
    yield _unknown("500 and a success code in the body", answer(GOOD, 500, bills=True))
    yield _unknown("503 with Retry-After", answer({}, 503, {"Retry-After": "1"}, bills=True))
    yield _unknown("408", answer({}, 408, bills=True))
    yield _again("425", answer({}, 425))
    kinds = {401: "AuthenticationError", 402: "InsufficientCredits", 403: "AuthenticationError", 404: "NotFound"}
    for status in (400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 418, 422, 451):
        yield _refused(f"{status}", kinds.get(status, "BadRequest"), answer(html, status))


def _retry_afters() -> Iterator[Fault]:
    def limited(value: str | None) -> Step:
        return answer({}, 429, {} if value is None else {"Retry-After": value})

    yield _again("429", limited(None))
    yield _again("429 twice", limited(None), limited(None))
    yield _refused("429 thrice", "RateLimited", limited(None), limited(None), limited(None))
    soon, late, past = (formatdate(NOW + shift, usegmt=True) for shift in (2, 3600, -3600))
    for value in ("0", "2", "1.5", "-10", "nan", "inf", "1e35", "soon", "", past, "Mon, 99 Foo 100000 00:00:00", soon):
        yield _again(f"429, Retry-After: {value or 'empty'}", limited(value))
    for value in ("61", "3600", "99999999999", late):
        yield _refused(f"429, Retry-After: {value} is too long", "RateLimited", limited(value))


def _codes() -> Iterator[Fault]:
    def code(value: object, status: int = 200) -> Step:
        return answer({"code": value, "msg": "no", "data": None, "trace_id": "tr-9"}, status, bills=False)

    yield _refused("code 100", "BadRequest", code(100))
    yield _refused("code '100' as text", "BadRequest", code("100"))
    yield _refused("code 200", "InsufficientCredits", code(200))
    yield _refused("code 500", "ContentRejected", code(500))
    yield _refused("an undocumented code", "APIError", code(31337))
    yield _again("a code to be tried once more", code(300))
    yield _refused("a code to be tried once more, twice", "ServerError", code(300), code(300))
    yield _again("a code to be tried after a delay, twice", code(400), code(400))
    yield _refused("a code to be tried after a delay, thrice", "RateLimited", code(400), code(400), code(400))
    yield _refused("429 and a code that is for good", "InsufficientCredits", code(200, 429))
    yield _refused("500 and a code that is for good", "BadRequest", code(100, 500))
    yield _again("500 and a code to be tried once more", code(300, 500))
    yield _refused("400 and a success code", "BadRequest", code(0, 400))


def _strange_bodies() -> Iterator[Fault]:
    for name, body in (
        ("empty", b""),
        ("not JSON", b"OK"),
        ("HTML", b"<html></html>"),
        ("half the JSON", _HALF),
        ("no UTF-8", b'{"code": "\xff\xfe"}'),
        ("too deep", b"[" * 100_000),
        ("null", b"null"),
        ("a list", b"[]"),
        ("text", b'"OK"'),
        ("no code", b'{"data": {"task_id": "t-1", "left": 7}}'),
        ("code null", b'{"code": null, "data": {"task_id": "t-1", "left": 7}}'),
        ("code true", b'{"code": true, "data": {"task_id": "t-1", "left": 7}}'),
        ("code a list", b'{"code": [0], "data": {"task_id": "t-1", "left": 7}}'),
    ):
        yield _unknown(f"body: {name}", answer(body))
    yield _again("body: JSON and more", answer(_GOOD + b"}"))
    yield _again("body: a byte of Latin-1", answer(_GOOD.replace(b'"msg": ""', b'"msg": "\xe9"')))
    for name, task_id in (("missing", {}), ("null", {"task_id": None}), ("empty", {"task_id": " "})):
        reply = {"code": 0, "data": {"left": 7, **task_id}}
        yield Fault(f"task id {name}", (answer(reply),), "OutcomeUnknown", "ok")
    for name, value in (("true", True), ("a list", ["t-1"]), ("an object", {"id": "t-1"})):
        reply = {"code": 0, "data": {"left": 7, "task_id": value}}
        yield Fault(f"task id {name}", (answer(reply),), "OutcomeUnknown", "ok")
    yield Fault("code '0' as text", (answer({**GOOD, "code": "0"}),), "ok", "ok")
    yield Fault("code 0.0", (answer({**GOOD, "code": 0.0}),), "ok", "ok")
    yield Fault("JSON as text/plain", (answer(_GOOD, headers={"Content-Type": "text/plain"}),), "ok", "ok")
    yield Fault("JSON with a byte order mark", (answer(b"\xef\xbb\xbf" + _GOOD),), "ok", "ok")
    yield _unknown("204 without a body", raw("204", head_of(204)))


def _redirects() -> Iterator[Fault]:
    """Yield redirects. None is followed with a key: a service may have done the work before it leads elsewhere."""

    def redirect(name: str, step: Step) -> Fault:
        return Fault(name, (step,), "OutcomeUnknown", "APIError")

    for status in (300, 301, 302, 303, 304, 307, 308):
        yield redirect(f"{status} to the same host", answer(b"", status, {"Location": "/v1/elsewhere"}, bills=True))
    yield redirect("a redirect in a loop", answer(b"", 307, {"Location": "/v1/make"}))
    yield redirect("a redirect without a place", answer(b"", 302))
    for word, place in (
        ("to plain http", "http://other.invalid/"),
        ("to a file", "file:///etc/passwd"),
        ("to no URL", "https://[bad"),
        ("to a URN", "urn:task:t-1"),
        ("to a mailbox", "mailto:a@b.invalid"),
        ("to a scheme without slashes", "https:login"),
        ("to a port that is none", "http://other.invalid:99999/"),
        ("to a host that is none", "http://a..b/"),
        ("to another host with a name", "https://user:word@other.invalid/"),
        ("to nothing", ""),
    ):
        yield redirect(f"a redirect {word}", answer(b"", 303, {"Location": place}))


def _encodings() -> Iterator[Fault]:
    packed = gzip.compress(_GOOD)
    gzipped = {"Content-Encoding": "gzip"}
    yield Fault("gzip", (answer(packed, headers=gzipped),), "ok", "ok")
    yield _unknown("broken gzip", answer(packed[:10] + b"\xff" * 20, headers=gzipped))
    yield _unknown("cut gzip", answer(packed[: len(packed) // 2], headers=gzipped))
    yield _again("gzip that is none", answer(_GOOD, headers=gzipped))
    yield _unknown("a gzip bomb", answer(bomb(b" ", 40), headers=gzipped))
    yield _refused("429 in broken gzip with a pause too long", "RateLimited", _limited_in_broken_gzip())


def _limited_in_broken_gzip() -> Step:
    return answer(b"\xff" * 20, 429, {"Content-Encoding": "gzip", "Retry-After": "3600"})
