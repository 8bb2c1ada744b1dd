"""A key that a reply, a report or a log could carry stands in no journal, store, log, error or traceback."""

from __future__ import annotations

import gc
import json
import logging
import pickle
import traceback
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import httpx2
import pytest

from codegen.package._runtime.errors import WondergenError
from codegen.package._runtime.reply import task_id_in
from codegen.package._runtime.secret import MOST_REMEMBERED, Credentials, Secret
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.download.served_files import PNG
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer, head_of, raw
from tests.package._runtime.sample_service import CANARY, MAKE, SERVICE


def test_only_the_credentials_of_a_client_hold_its_key(harness: Harness) -> None:
    """Walk the objects from a client: the key is in Secret values alone."""
    with Loopback(answer(GOOD)) as server:
        client = harness.client(server.url)
        task = harness.submit(client)
        assert task.id == "t-1"
        gc.collect()
        secrets = [thing for thing in gc.get_objects() if isinstance(thing, Secret)]
        assert CANARY not in repr(vars(client))
        assert CANARY not in repr(secrets)
        assert MAKE.name == task.operation


KEY_WITH_MARKS = 'fake/key+with "marks" & spaces=='

ECHOED = {
    "a message": answer({"code": 31337, "msg": f"bad key {CANARY}", "trace_id": CANARY}),
    "a message of 401": answer({"code": 31337, "msg": f"bad key {CANARY}"}, 401),
    "a web page": answer(f"<html>{CANARY}</html>".encode(), 502),
    "a code": answer({"code": CANARY, "data": None}),
    "a name": answer({CANARY: 1, "code": 7}),
    "an id": answer({"code": 7, "data": {"task_id": CANARY}}),
    "a status line": raw("status line", f"HTTP/1.1 abc {CANARY}\r\n\r\n".encode()),
    "no HTTP": raw("no HTTP", f"{CANARY}\r\n\r\n".encode()),
    "a broken header": raw("header", f"HTTP/1.1 200 OK\r\n{CANARY}\r\n\r\n".encode()),
    "a length": raw("length", f"HTTP/1.1 200 OK\r\nContent-Length: {CANARY}\r\n\r\n".encode()),
    "a coding": answer(b"{}", 200, {"Content-Encoding": CANARY}),
    "a pause": answer(b"{}", 429, {"Retry-After": CANARY}),
    "a place": answer(b"", 302, {"Location": f"https://elsewhere.invalid/?key={CANARY}"}),
    "a chunk": raw("chunk", head_of(200, [("Transfer-Encoding", "chunked")]) + f"zz{CANARY}\r\n".encode()),
    "a cut body": raw("cut", head_of(200, [("Content-Length", "999")]) + CANARY.encode()),
}


ECHOED |= {
    "an id of an accepted task": answer({"code": 0, "data": {"task_id": CANARY}}),
    "a part of an id": answer({"code": 0, "data": {"task_id": f"t-{CANARY}-1"}}),
    "an id in capitals of JSON": answer(f'{{"code": 0, "data": {{"task_id": "\\u0063{CANARY[1:]}"}}}}'.encode()),
    "an id that was accepted elsewhere": answer({"code": 0, "data": {"task_id": CANARY}}, 303),
    "an id in bytes that are cut": raw(
        "cut", head_of(200, [("Content-Length", "999")]) + f'{{"code": 0, "data": {{"task_id": "{CANARY}"}}'.encode()
    ),
}


@pytest.mark.parametrize("step", ECHOED.values(), ids=ECHOED)
def test_a_key_that_the_service_echoes_stands_nowhere(harness: Harness, step: Step, tmp_path: Path) -> None:
    with Loopback(step) as server:
        client = harness.client(server.url, max_retries=0, journal=tmp_path / "runs.sqlite")
        with pytest.raises(WondergenError) as caught:
            harness.submit(client)
    assert CANARY.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    _assert_keyless(caught.value)


def _assert_keyless(caught: BaseException, *, with_locals: bool = True) -> None:
    errors: list[BaseException] = [caught]
    for error in errors:
        assert CANARY not in f"{error} {error!r} {vars(error)!r} {getattr(error, '__notes__', ())}"
        errors += [one for one in (error.__cause__, error.__context__) if one is not None and one not in errors]
        for frame, _ in traceback.walk_tb(error.__traceback__):
            if with_locals and "_runtime" in frame.f_code.co_filename and "tests" not in frame.f_code.co_filename:
                assert CANARY not in "".join(repr(value) for value in frame.f_locals.values())
    assert CANARY.encode() not in pickle.dumps(caught)


REPORTED = {
    "a status": {"status": CANARY},
    "a status and a reason": {"status": 4, "reason": f"the key {CANARY} is used up"},
    "a progress": {"status": 2, "progress": CANARY},
    "a result that is not JSON": {"status": 3, "result": f"{{{CANARY}"},
    "no result": {"status": 3, "other": CANARY},
    "a host": {"status": 3, "result": {"url": f"https://{CANARY}.invalid/a.mp4"}},
    "a URL": {"status": 3, "result": {"url": f"ftp://files.invalid/{CANARY}"}},
}


@pytest.mark.parametrize("report", REPORTED.values(), ids=REPORTED)
def test_a_key_in_a_report_stands_nowhere(harness: Harness, report: dict[str, object], tmp_path: Path) -> None:
    with Loopback(answer(GOOD)) as server:
        server.on("GET", "/v1/tasks/t-1", otherwise=answer({"code": 0, "data": report}))
        client = harness.client(server.url, journal=tmp_path / "runs.sqlite")
        task, result, caught = harness.submit(client), None, None
        try:
            result = harness.call(task.wait, 0.0)
            harness.call(result.save, tmp_path / "files")
        except WondergenError as error:
            caught = error
    assert CANARY not in f"{task!r} {task.raw_status} {task.reason} {task.token()}"
    assert CANARY.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("runs.sqlite*"))
    assert caught is not None
    _assert_keyless(caught, with_locals=result is None)  # a result is the caller's, as it came


@pytest.mark.parametrize(
    "written",
    [quote(KEY_WITH_MARKS, safe=""), quote_plus(KEY_WITH_MARKS), json.dumps(KEY_WITH_MARKS)[1:-1], KEY_WITH_MARKS],
)
def test_a_key_is_found_however_a_reply_writes_it(written: str) -> None:
    credentials = Credentials(SERVICE, {"api_key": KEY_WITH_MARKS}, {})
    for text in (written, written.replace("%2F", "%2f"), f"https://files.invalid/{written}/a.mp4"):
        assert written not in credentials.scrub(text)


@pytest.mark.parametrize(
    "key, written",
    [
        ('"fake-käy', '\\"fake-k\\u00e4y'),
        ('"fake-käy', '\\"fake-käy'),
        ('fake-käy"', 'fake-k\\u00e4y\\"'),
        ('fake-käy"', 'fake-käy\\"'),
        ("FAKEKEY8", "fakekey8"),
        ("fake<key", "fake&lt;key"),
        ("abcd", "abcd"),
    ],
)
def test_nothing_of_a_key_is_left_at_either_end(key: str, written: str) -> None:
    assert Credentials(SERVICE, {"api_key": key}, {}).scrub(f"({written})") == "(***)"


def test_keys_that_a_function_gave_long_ago_are_forgotten() -> None:
    numbers = iter(range(1000))
    credentials = Credentials(SERVICE, {"api_key": lambda: f"fake-key-{next(numbers)}"}, {})
    for _ in range(1000):
        credentials.auth_of(MAKE)
    assert credentials.scrub("fake-key-999 fake-key-990") == "*** ***"
    assert len(credentials._used) == MOST_REMEMBERED == 50
    assert credentials.scrub("fake-key-949 fake-key-950") == "fake-key-949 ***"


@pytest.mark.parametrize("library", [httpx, httpx2], ids=lambda library: library.__name__)
@pytest.mark.parametrize("is_changed", [False, True])
def test_a_library_logs_no_url_and_no_header_of_a_call(
    harness: Harness, tmp_path: Path, caplog: pytest.LogCaptureFixture, library: Any, is_changed: bool
) -> None:
    kind = library.AsyncClient if harness.is_async else library.Client

    class Changed(kind):  # type: ignore[misc,valid-type]
        def send(self, *args: Any, **options: Any) -> Any:
            return super().send(*args, **options)

    http_client = (Changed if is_changed else kind)(trust_env=False)
    caplog.set_level(logging.DEBUG)
    with Loopback(answer(GOOD, 200, {"Set-Cookie": "session=hidden"})) as server:
        server.on(
            "GET",
            "/v1/tasks/t-1",
            otherwise=answer({"code": 0, "data": {"status": 3, "result": {"url": f"{server.url}/f.png?sign=hidden"}}}),
        )
        server.on("GET", "/f.png?sign=hidden", otherwise=answer(PNG, 200, {"Set-Cookie": "session=hidden"}))
        result = harness.call(harness.submit(harness.client(server.url, http_client=http_client)).wait)
        assert harness.call(result.save, tmp_path)
        harness.close_http(http_client)
    foreign = [record.getMessage() for record in caplog.records if record.name.startswith(("httpx", "httpcore"))]
    assert any("send_request_headers.started" in line for line in foreign)
    assert not [line for line in foreign if "hidden" in line or "sign" in line]


def test_a_library_logs_other_requests_as_before(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with Loopback(answer(GOOD), answer({"left": 1})) as server, httpx.Client(trust_env=False) as http_client:
        harness = Harness("sync")
        harness.submit(harness.client(server.url, http_client=http_client))
        http_client.get(f"{server.url}/own")
    assert [record.getMessage() for record in caplog.records if record.name == "httpx"] == [
        f'HTTP Request: GET {server.url}/own "HTTP/1.1 200 Whatever"'
    ]


@pytest.mark.parametrize(
    ("key", "task_id", "is_kept"),
    [
        ("Abc1", "t-Abc1-7", True),
        ("Abc1", "Abc1", False),
        ("fake-key", "t-fake-key-7", False),
        ("fake-key", "t-fake-7", True),
    ],
)
def test_an_id_is_lost_for_a_whole_key_or_a_long_one_alone(key: str, task_id: str, is_kept: bool) -> None:
    credentials = Credentials(SERVICE, {"api_key": key}, {})
    found = task_id_in(MAKE, {"code": 0, "data": {"task_id": task_id}}, credentials.scrub)
    assert found == (task_id if is_kept else None)


def test_a_secret_is_not_pickled_and_the_error_says_what_to_do() -> None:
    with pytest.raises(TypeError, match="a secret is not pickled: make the client anew"):
        pickle.dumps(Secret(CANARY))
