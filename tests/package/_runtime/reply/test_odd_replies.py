"""A task that a reply names has been paid for, however odd the reply is: its id is kept, written down and resumable.

Replies that are odd as HTTP come from a real server; the others are read at once.
"""

from __future__ import annotations

import gzip
import json
import logging
import random
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime import decode
from codegen.package._runtime.delivery import Received
from codegen.package._runtime.errors import InsufficientCredits, OutcomeUnknown, one_line
from codegen.package._runtime.journal_rows import all_runs
from codegen.package._runtime.reply import Answer, Refusal, read, task_id_in, whole_reply
from codegen.package._runtime.retry import Outcome
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer, head_of, raw
from tests.package._runtime.sample_service import CANARY, MAKE

GOOD = {"code": 0, "msg": "", "data": {"task_id": "t-1"}, "trace_id": "tr-1"}
JSON = json.dumps(GOOD).encode()
PACKED = gzip.compress(JSON)


def reading(content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Answer | Refusal:
    """Read a reply to a submit as the client does."""
    received = Received()
    received.begin(status, headers or {})
    received.add(content)
    return read(MAKE, whole_reply(received), scrub=lambda text: text.replace(CANARY, "***"), now=0.0)


def id_of(found: Answer | Refusal) -> str | None:
    return task_id_in(MAKE, found.body, str) if isinstance(found, Answer) else found.task_id


@dataclass
class Submitted:
    """What a caller has of a submit: a task, or an error that names it."""

    id: str | None
    token: str
    text: str


def submitted(harness: Harness, client: Any) -> Submitted:
    try:
        task = harness.submit(client)
    except OutcomeUnknown as error:
        return Submitted(error.task_id, str(error.token), str(error))
    return Submitted(task.id, task.token(), repr(task))


ENVELOPES: dict[str, Any] = {
    **{
        f"code {code!r}": {**GOOD, "code": code} for code in (201, "0000", "OK", None, True, 1.5, [0], {"a": 0}, "", -1)
    },
    "no code": {"data": {"task_id": "t-1"}},
    "no envelope": {"task_id": "t-1"},
    "another envelope": {"status": "ok", "result": {"task": {"task_id": "t-1"}}},
    "data is a list": {"code": 0, "data": [{"task_id": "t-1"}]},
    "data is text": {"code": 0, "data": json.dumps({"task_id": "t-1"})},
    "a list": [GOOD],
    "text": json.dumps(GOOD),
    "camel case": {"code": 0, "data": {"taskId": "t-1"}},
    "hyphens": {"code": 0, "data": {"Task-ID": "t-1"}},
    "the id in a list": {"code": 0, "data": {"task_id": ["t-1"]}},
    "the id in an object": {"code": 0, "data": {"task_id": {"id": "t-1"}}},
}
TEXTS: dict[str, bytes] = {
    "a byte of Latin-1": JSON.replace(b'"msg": ""', b'"msg": "\xe9"'),
    "GBK": JSON.replace(b'"msg": ""', '"msg": "成功"'.encode("gbk")),
    "Shift JIS, which has a backslash in a letter": JSON.replace(b'"msg": ""', '"msg": "表"'.encode("shift-jis")),
    **{name: JSON.decode().encode(name) for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be")},
    "UTF-16 that is cut": JSON.decode().encode("utf-16-le")[:-8],
    "bytes behind": JSON + b"\nDone.",
    "zeros behind": JSON + b"\0\0",
    "the same again": JSON + JSON,
    "a guard before": b")]}'\n" + JSON,
    "a warning before": b"<br />\n<b>Warning</b>: foo() in a.php on line 3\n" + JSON,
    "a zero before": b"\0" + JSON,
    "much before": b" . " * 100_000 + JSON,
    "JSONP": b"callback(" + JSON + b");",
    "an event stream": b"event: done\nid: 3\ndata: " + JSON + b"\n\n",
    "single quotes": b"{'code':0,'data':{'task_id':'t-1'}}",
    "a comma too many": b'{"code":0,"data":{"task_id":"t-1",},}',
    "a comment": b'{/* ok */"code":0,"data":{"task_id":"t-1"}}',
    "a line break in text": b'{"code":0,"msg":"a\nb","data":{"task_id":"t-1"}}',
    "cut behind the id": b'{"code":0,"data":{"task_id":"t-1"},"trace',
    "a number of 5000 digits": b'{"code":0,"x":' + b"9" * 5000 + b',"data":{"task_id":"t-1"}}',
    "nested too deeply": b'{"code":0,"data":{"task_id":"t-1"},"x":' + b"[" * 100_000,
    "a name that comes twice": b'{"code":0,"data":{"task_id":"t-1"},"data":null}',
    "XML": b"<reply><task_id>t-1</task_id></reply>",
    "YAML": b"code: 0\ndata:\n  task_id: t-1\n",
    "a form": b"task_id=t-1&code=0",
    "a page that shows it": b"<pre>" + JSON.replace(b'"', b"&quot;") + b"</pre>",
}
CODINGS: dict[str, tuple[str, bytes]] = {
    "gzip": ("gzip", PACKED),
    "gzip twice": ("gzip, gzip", gzip.compress(PACKED)),
    "gzip in two members": ("x-gzip", gzip.compress(JSON[:20]) + gzip.compress(JSON[20:])),
    "deflate": ("deflate", zlib.compress(JSON)),
    "deflate without a header": ("deflate", zlib.compress(JSON)[2:-4]),
    "gzip that is cut": ("gzip", PACKED[:-6]),
    "gzip with a wrong sum": ("gzip", PACKED[:-8] + b"\0" * 8),
    "gzip with bytes behind": ("gzip", PACKED + b"garbage"),
    "gzip that nobody names": ("", PACKED),
    "gzip that is named twice": ("gzip, gzip", PACKED),
    **{
        f"{name} that is none": (name, JSON)
        for name in ("gzip", "deflate", "br", "zstd", "aws-chunked", "none", "utf-8")
    },
    "four codings that are none": ("gzip, gzip, gzip, gzip", JSON),
}


@pytest.mark.parametrize("number, is_decoded", [(1, True), (3, True), (4, False)])
def test_a_body_has_three_codings_at_most(number: int, is_decoded: bool) -> None:
    content, header = JSON, ", ".join(["gzip"] * number)
    for _ in range(number):
        content = gzip.compress(content)
    if is_decoded:
        assert decode.decode(content, header, 1000) == JSON
    else:
        with pytest.raises(decode.DecodingError, match="the body has 4 content codings"):
            decode.decode(content, header, 1000)


@pytest.mark.parametrize("size", [1, 63, 64, 65, 72, 5000])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_body_of_any_length_is_decoded_to_its_limit_and_none_beyond(size: int, coding: str) -> None:
    text = random.Random(size).randbytes(size)
    content = gzip.compress(text) if coding == "gzip" else zlib.compress(text)
    assert decode.decode(content, coding, size) == text
    with pytest.raises(decode.TooMuch):
        decode.decode(content, coding, size - 1)
    with pytest.raises(decode.DecodingError, match="is cut"):
        decode.decode(content[:-1], coding, size)
    assert decode.decode(b"", coding, 0) == b""


@pytest.mark.parametrize("body", ENVELOPES.values(), ids=ENVELOPES)
def test_the_id_of_an_unexpected_envelope_is_found(body: object) -> None:
    found = reading(json.dumps(body).encode())
    assert isinstance(found, Refusal)
    assert (found.task_id, found.failure.outcome) == ("t-1", Outcome.UNKNOWN)
    assert found.raw == body


@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS)
def test_the_id_in_a_broken_text_is_found_and_the_text_is_kept(content: bytes) -> None:
    found = reading(content)
    assert id_of(found) == "t-1"
    assert isinstance(found, Answer) or found.raw


@pytest.mark.parametrize("coding, content", CODINGS.values(), ids=CODINGS)
def test_the_id_in_any_coding_is_found(coding: str, content: bytes) -> None:
    found = reading(content, headers={"content-encoding": coding} if coding else {})
    assert id_of(found) == "t-1"
    assert isinstance(found, Answer) or found.raw is not None


@pytest.mark.parametrize("status", [201, 202, 203, 205, 206, 207, 208, 218, 226, 250, 299])
def test_any_good_status_is_good(status: int) -> None:
    assert id_of(reading(JSON, status)) == "t-1"


@pytest.mark.parametrize(
    "status", [300, 301, 302, 303, 305, 307, 308, 310, 399, 400, 404, 408, 409, 425, 429, 500, 503, 600]
)
def test_a_task_that_a_refusal_of_no_documented_kind_names_was_perhaps_started(status: int) -> None:
    found = reading(JSON, status)
    assert isinstance(found, Refusal)
    assert (found.task_id, found.failure.outcome) == ("t-1", Outcome.UNKNOWN)


@pytest.mark.parametrize(
    "code, outcome", [(100, Outcome.REFUSED_FOR_GOOD), (300, Outcome.UNKNOWN), (400, Outcome.UNKNOWN)]
)
def test_a_documented_refusal_that_names_a_task_is_never_sent_again(code: int, outcome: Outcome) -> None:
    found = reading(json.dumps({**GOOD, "code": code}).encode())
    assert isinstance(found, Refusal)
    assert (found.task_id, found.failure.outcome) == ("t-1", outcome)


@pytest.mark.parametrize("value", ["", " ", 0, "0", -1, None, "null", "None", False, [], {}])
@pytest.mark.parametrize("code", [100, 31337])
def test_what_stands_for_no_task_is_no_id(code: int, value: object) -> None:
    found = reading(json.dumps({"code": code, "data": {"task_id": value}}).encode())
    assert isinstance(found, Refusal)
    assert (found.task_id, found.failure.outcome) == (None, Outcome.REFUSED_FOR_GOOD)


@pytest.mark.parametrize(
    "content",
    [
        b"task_id: please give one",
        b'{"task_id":"t-1","x":{"task_id":"t-2"},',
        b'{"parent_task_id":"t-1",',
        b'{"data":{"task_id":"t-1',
        b"task_id=t-1",
    ],
    ids=["prose", "two of them", "another name", "cut in the id", "perhaps cut"],
)
def test_an_id_is_never_guessed(content: bytes) -> None:
    assert id_of(reading(content)) is None


@pytest.mark.parametrize(
    "filler",
    [b"&#" + b"1" * 9999 + b";", b"\\" * 200_000, b"&" * 200_000],
    ids=["reference", "backslashes", "ampersands"],
)
def test_no_text_around_an_id_hides_it_or_takes_long_to_be_read(filler: bytes) -> None:
    assert id_of(reading(b"<p>" + filler + b" {&quot;task_id&quot;: &quot;t-1&quot;}</p>")) == "t-1"


def test_a_key_that_the_service_gives_as_an_id_is_none() -> None:
    found = reading(json.dumps({"code": 9, "data": {"task_id": CANARY}}).encode())
    assert isinstance(found, Refusal)
    assert found.task_id is None
    assert CANARY not in repr(vars(found.error))


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, br"])
def test_a_coding_that_was_not_asked_for_is_of_unknown_outcome_and_keeps_its_bytes(coding: str) -> None:
    content = bytes(range(256)) * 1000
    found = reading(content, headers={"content-encoding": coding})
    assert isinstance(found, Refusal)
    assert (found.failure.outcome, found.raw) == (Outcome.UNKNOWN, content)
    assert "which was not asked for" in str(found.error)


NO_HTTP = {
    "a header without a colon": b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n" + JSON,
    "a header with a space in its name": b"HTTP/1.1 200 OK\r\nX A: b\r\n\r\n" + JSON,
    "a length that is not a number": head_of(200, [("Content-Length", "many")]) + JSON,
    "a length with a sign": head_of(200, [("Content-Length", "+9")]) + JSON,
    "two lengths": head_of(200, [("Content-Length", "5"), ("Content-Length", "6")]) + JSON,
    "another protocol": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" + JSON,
    "a status below 100": head_of(99, [("X", "099")]).replace(b" 99 ", b" 099 ") + JSON,
    "no head at all": JSON + b"\r\n",
    "204 with a body": head_of(204) + JSON,
    "304 with a body": head_of(304) + JSON,
    "a length of nothing": head_of(200, [("Content-Length", "0")]) + JSON,
    "chunks that are none": head_of(200, [("Transfer-Encoding", "chunked")]) + JSON,
    "a chunk of a negative size": head_of(200, [("Transfer-Encoding", "chunked")]) + b"-5\r\n" + JSON,
    "a length that ends before the id": head_of(200, [("Content-Length", "9")]) + JSON,
    "a length that ends in the id": head_of(200, [("Content-Length", str(JSON.index(b"t-1") + 1))]) + JSON,
    "a length of the body before it was compressed less": head_of(
        200, [("Content-Encoding", "gzip"), ("Content-Length", "20")]
    )
    + gzip.compress(JSON),
    "a chunk shorter than it says, before the id": head_of(200, [("Transfer-Encoding", "chunked")])
    + b"3\r\n%s\r\nzz\r\n%s\r\n0\r\n\r\n" % (JSON[:3], JSON[3:]),
    "an end of chunks before the id": head_of(200, [("Transfer-Encoding", "chunked")]) + b"0\r\n\r\n" + JSON,
}


@pytest.mark.parametrize("wire", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_http_is_kept_with_the_id_in_it(each_harness: Harness, tmp_path: Path, wire: bytes) -> None:
    harness = each_harness
    with Loopback(raw("no HTTP", wire)) as server:
        client = harness.client(server.url, journal=tmp_path / "runs.sqlite")
        task = submitted(harness, client)
        assert server.billed == 1
        assert client.resume(task.token).id == task.id == "t-1"
        assert [run.task_id for run in client.journal.unfinished()] == ["t-1"]


FRAMED = {
    "a byte order mark": head_of(200, [("Content-Length", str(len(JSON) + 3))]) + b"\xef\xbb\xbf" + JSON,
    "chunks without an end": head_of(200, [("Transfer-Encoding", "chunked")]) + b"%x\r\n%s\r\n" % (len(JSON), JSON),
    "chunks that break": head_of(200, [("Transfer-Encoding", "chunked")]) + b"%x\r\n%s\r\nzz\r\n" % (len(JSON), JSON),
    "chunks with extensions and trailers": head_of(200, [("Transfer-Encoding", "chunked")])
    + b"%x;a=b\r\n%s\r\n0\r\nX: y\r\n\r\n" % (len(JSON), JSON),
    "shorter than it says": head_of(200, [("Content-Length", str(len(JSON) + 50))]) + JSON,
    "longer than it says": head_of(200, [("Content-Length", str(len(JSON)))]) + JSON + b"more",
    "a length beyond all bounds": head_of(200, [("Content-Length", str(10**18))]) + JSON,
    "without a length": head_of(200) + JSON,
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\n" + JSON,
    "without a reason": b"HTTP/1.1 200\r\n\r\n" + JSON,
    "a reason in Chinese": "HTTP/1.1 200 成功\r\n\r\n".encode() + JSON,
    "line feeds alone": b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % len(JSON) + JSON,
    "a thousand times Continue": b"HTTP/1.1 100 Continue\r\n\r\n" * 1000 + head_of(200) + JSON,
    "a header in Latin-1": head_of(200, [("X-A", "\xe9\xff")]) + JSON,
    "a header over two lines": b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n" + JSON,
    "303 to a URN": head_of(303, [("Location", "urn:task:t-1"), ("Content-Length", str(len(JSON)))]) + JSON,
    "302 to two places": head_of(302, [("Location", "/a"), ("Location", "/b")]) + JSON,
    "307 to a host that is none": head_of(307, [("Location", "https://[bad")]) + JSON,
}


@pytest.mark.parametrize("wire", FRAMED.values(), ids=FRAMED)
def test_an_id_that_arrived_is_kept_and_its_task_resumed(each_harness: Harness, tmp_path: Path, wire: bytes) -> None:
    harness = each_harness
    with Loopback(raw("odd", wire)) as server:
        client = harness.client(server.url, journal=tmp_path / "runs.sqlite")
        task = submitted(harness, client)
        assert server.billed == len(server.requests) == 1
        assert client.resume(task.token).id == task.id == "t-1"
        assert [run.token for run in client.journal.unfinished()] == [task.token]


def test_a_head_of_a_megabyte_is_read_and_where_a_library_gives_up_its_outcome_is_unknown(
    each_harness: Harness,
) -> None:
    harness = each_harness
    head = head_of(200, [("X-A", "a" * 1_000_000), ("Content-Length", str(len(JSON)))])
    with Loopback(raw("no HTTP", head + JSON)) as server:
        task = submitted(harness, harness.client(server.url))
        assert server.billed == 1
    assert task.id == ("t-1" if harness.transport == "default" else None)


@pytest.mark.parametrize("behind", [b"more", b'{"code": 0, "data": {"task_id": "t-2"}}', b"HTTP/1.1 200 OK\r\n\r\n"])
def test_what_follows_a_whole_reply_is_no_part_of_it(each_harness: Harness, behind: bytes) -> None:
    harness = each_harness
    with Loopback(
        raw("odd", head_of(200, [("Content-Length", str(len(JSON)))]) + JSON + behind), answer(GOOD)
    ) as server:
        client, ids = harness.client(server.url, max_retries=0), []
        for _ in range(2):
            # A library may write to a connection that the server has just closed. Our own transport does not.
            with suppress(*() if harness.transport == "default" else (OutcomeUnknown,)):
                ids.append(harness.submit(client).id)
        assert ids == ["t-1"] * (2 if harness.transport == "default" else len(ids) or 1)


def test_a_refusal_that_names_a_task_leaves_its_id_in_the_journal(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    with Loopback(answer({**GOOD, "code": 200})) as server:
        client = harness.client(server.url, journal=path)
        with pytest.raises(InsufficientCredits) as caught:
            harness.submit(client)
        assert client.resume(str(caught.value.token)).id == caught.value.task_id == "t-1"
    assert [(run.state, run.task_id) for run in all_runs(path)] == [("refused", "t-1")]


ODD_IDS = [
    "a\r\nINFO forged",
    "x" * 600,
    "a\x00b",
    "\x1b[31mred",
    "\u202eright to left",
    "a\u2028b",
    "😀",
    "a/../b?c#d",
]


@pytest.mark.parametrize("task_id", ODD_IDS)
@pytest.mark.parametrize("code", [0, 31337])
def test_an_odd_id_is_kept_as_it_is_and_forges_no_line(
    harness: Harness, tmp_path: Path, caplog: pytest.LogCaptureFixture, task_id: str, code: int
) -> None:
    caplog.set_level(logging.DEBUG, "wondergen")
    with Loopback(answer({"code": code, "data": {"task_id": task_id}})) as server:
        client = harness.client(server.url, journal=tmp_path / "runs.sqlite")
        task = submitted(harness, client)
        assert task.text.isprintable()
        assert client.resume(task.token).id == task.id == task_id
        assert [run.task_id for run in client.journal.unfinished()] == [task_id]
    assert all("\n" not in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("task_id", ["\ud800", "x" * 2001], ids=["half a surrogate pair", "too long"])
def test_an_id_that_cannot_be_sent_is_shown_and_written_down(harness: Harness, tmp_path: Path, task_id: str) -> None:
    path = tmp_path / "runs.sqlite"
    with Loopback(answer({"code": 0, "data": {"task_id": task_id}})) as server:
        with pytest.raises(OutcomeUnknown, match="no task id that can be used") as caught:
            harness.submit(harness.client(server.url, journal=path))
        assert (caught.value.task_id, caught.value.token) == (task_id, None)
        str(caught.value).encode()
    assert [run.task_id for run in all_runs(path)] == [task_id.encode("utf-8", "backslashreplace").decode()]


@pytest.mark.parametrize("text", ["a\nb", "a\u202eb", "a\x1b[0mb", "a\u2029b", "a\u2066b\u2069"])
def test_foreign_text_is_one_line_that_turns_nothing_around(text: str) -> None:
    assert one_line(text).isprintable()
