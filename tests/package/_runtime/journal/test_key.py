"""A key names one request: sent once, whoever calls with it and however often."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import respx

from codegen.package._runtime.errors import InvalidRequest, OutcomeUnknown, WondergenError
from codegen.package._runtime.extras import calls_to_a_stand_in, is_stand_in
from codegen.package._runtime.journal import Journal
from codegen.package._runtime.journal_rows import all_runs
from codegen.package._runtime.journal_schema import SCHEMA
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Connection, Loopback, Step, answer, head_of, reset
from tests.package._runtime.sample_service import CANARY, DRAW, DRAWN, MAKE, SERVICE, Drawing

KEY = CallOptions(key="scene-17")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.sqlite"


def posted(server: Loopback) -> int:
    return sum(request.method == "POST" for request in server.requests)


def test_the_same_key_gives_the_same_task_and_sends_nothing(harness: Harness, path: Path) -> None:
    with Loopback(answer(GOOD)) as server:
        tasks = [
            harness.submit(harness.client(server.url, journal=path), prompt="a cat", options=KEY) for _ in range(3)
        ]
        assert {task.id for task in tasks} == {"t-1"}
        assert posted(server) == 1


def test_a_key_stands_for_the_same_request_to_a_stand_in_on_another_port(harness: Harness, path: Path) -> None:
    with Loopback(answer(GOOD)) as first, Loopback() as second:
        with calls_to_a_stand_in():
            tasks = [
                harness.submit(harness.client(server.url, journal=path), prompt="a cat", options=KEY)
                for server in (first, second)
            ]
        assert [task.id for task in tasks] == ["t-1", "t-1"]
        assert (posted(first), posted(second)) == (1, 0)
    assert not is_stand_in()


def test_a_key_stands_for_one_body_at_a_stand_in_too(harness: Harness, path: Path) -> None:
    with calls_to_a_stand_in(), Loopback(answer(GOOD)) as server:
        client = harness.client(server.url, journal=path)
        harness.submit(client, prompt="a cat", options=KEY)
        with pytest.raises(InvalidRequest, match="scene-17"):
            harness.submit(client, prompt="a dog", options=KEY)
        assert posted(server) == 1


def test_a_key_of_a_request_to_the_service_stands_for_none_to_a_stand_in(harness: Harness, path: Path) -> None:
    with calls_to_a_stand_in(), respx.mock(assert_all_called=True) as router, Loopback() as server:
        router.post(f"{SERVICE.base_url}{MAKE.path}").respond(json=GOOD)
        harness.submit(harness.client(SERVICE.base_url, journal=path), prompt="a cat", options=KEY)
        with pytest.raises(InvalidRequest, match="scene-17"):
            harness.submit(harness.client(server.url, journal=path), prompt="a cat", options=KEY)
        assert posted(server) == 0


def test_the_same_key_with_another_request_names_both_digests(harness: Harness, path: Path) -> None:
    with Loopback(answer(GOOD), answer(GOOD)) as server:
        client = harness.client(server.url, journal=path)
        harness.submit(client, prompt="a cat", options=KEY)
        with pytest.raises(InvalidRequest) as caught:
            harness.submit(client, prompt="a dog", options=KEY)
        [run] = client.journal.unfinished()
        harness.submit(client, prompt="a dog")
        other = next(one.digest for one in client.journal.unfinished() if one.key is None)
        assert run.digest in str(caught.value)
        assert other in str(caught.value)
        assert posted(server) == 2


def test_a_reply_that_comes_at_once_is_kept(harness: Harness, path: Path) -> None:
    with Loopback(answer(DRAWN)) as server:
        drawn = [
            harness.call(harness.client(server.url, journal=path)._generate, DRAW, Drawing, {"prompt": "a cat"}, KEY)
            for _ in range(2)
        ]
        assert drawn[0] == drawn[1]
        assert drawn[0].url == "https://cdn.sample.invalid/1.png"
        assert posted(server) == 1


def test_an_unknown_outcome_stays_unknown_until_a_person_says_what_became_of_it(harness: Harness, path: Path) -> None:
    with Loopback(reset(), answer(GOOD)) as server:
        client = harness.client(server.url, journal=path)
        for _ in range(3):
            with pytest.raises(OutcomeUnknown):
                harness.submit(client, options=KEY)
        assert posted(server) == 1
        client.journal.forget("scene-17")
        assert harness.submit(client, options=KEY).id == "t-1"
        assert posted(server) == 2


def test_a_resolved_key_gives_the_task_that_a_person_found(harness: Harness, path: Path) -> None:
    with Loopback(reset()) as server:
        client = harness.client(server.url, journal=path)
        with pytest.raises(OutcomeUnknown):
            harness.submit(client, options=KEY)
        assert client.journal.resolve("scene-17", task_id="found").task_id == "found"
        assert harness.submit(client, options=KEY).id == "found"
        assert posted(server) == 1


@pytest.mark.parametrize(
    "change", [lambda journal: journal.forget("a"), lambda journal: journal.resolve("a", task_id="t")]
)
def test_what_is_known_is_neither_forgotten_nor_resolved(path: Path, change: Callable[[Journal], object]) -> None:
    journal = Journal(path, "acme", "https://api.acme.example")
    with pytest.raises(InvalidRequest, match="'a' is not in the journal"):
        change(journal)
    claim = journal.claim("a", "make", "d", 10.0)
    with pytest.raises(InvalidRequest, match="is being sent"):
        change(journal)
    journal.accepted(claim.run.id, "t-1")
    with pytest.raises(InvalidRequest, match="known outcome: task t-1"):
        change(journal)
    journal.close()


def test_a_refused_request_may_be_sent_again_with_its_key(harness: Harness, path: Path) -> None:
    with Loopback(answer({"code": 500}), answer(GOOD)) as server:
        client = harness.client(server.url, journal=path)
        with pytest.raises(WondergenError):
            harness.submit(client, options=KEY)
        assert harness.submit(client, options=KEY).id == "t-1"
        assert posted(server) == 2


@pytest.mark.parametrize(
    "key, problem", [("", "has 0 characters"), ("a\nb", "control"), (7, "not text"), ("a" * 256, "256")]
)
def test_a_key_that_cannot_be_one_is_refused_before_anything_is_sent(
    harness: Harness, path: Path, key: Any, problem: str
) -> None:
    with Loopback() as server, pytest.raises(InvalidRequest, match=problem):
        harness.submit(harness.client(server.url, journal=path), options=CallOptions(key=key))
    assert server.requests == []


def test_a_key_without_a_journal_is_told_beside_the_other_faults(harness: Harness) -> None:
    with Loopback() as server, pytest.raises(InvalidRequest) as caught:
        harness.submit(harness.client(server.url), prompt="", options=KEY)
    assert {fault.parameter for fault in caught.value.faults} == {"prompt", "key"}
    assert server.requests == []


def slow(release: threading.Event) -> Step:
    """Return a reply that comes when the test triggers it."""

    def play(link: Connection) -> None:
        release.wait(5)
        link.send(head_of(200, [("Content-Length", str(len(BODY)))]) + BODY)

    return Step("slow", "body", play, bills=True)


BODY = b'{"code": 0, "data": {"task_id": "t-1"}}'


def test_calls_at_the_same_time_wait_for_the_one_that_sends(harness: Harness, path: Path) -> None:
    release = threading.Event()
    with Loopback(slow(release)) as server:
        clients = [harness.client(server.url, journal=path, timeout=100_000.0) for _ in range(4)]  # its clock jumps
        threading.Timer(0.1, release.set).start()
        calls: list[Callable[[], Any]] = [
            partial(client._submit, MAKE, harness.result, {"prompt": "a cat"}, KEY) for client in clients
        ]
        assert {task.id for task in harness.together(calls)} == {"t-1"}
        assert posted(server) == 1


SENDER = """
import asyncio, sys
from codegen.package._runtime.aio.client import AsyncAPIClient
from codegen.package._runtime.aio.result import AsyncResult
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.sample_service import CANARY, MAKE, SERVICE

async def main(url, journal):
    keys = {"api_key": CANARY}
    client = AsyncAPIClient(SERVICE, {}, credentials=keys, client_headers={}, base_url=url, journal=journal)
    await client._submit(MAKE, AsyncResult, {"prompt": "a cat"}, CallOptions(key="scene-17"))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_sender_that_was_killed_leaves_an_unknown_outcome_at_once(harness: Harness, path: Path) -> None:
    release, arrived = threading.Event(), threading.Event()

    def play(link: Connection) -> None:
        arrived.set()
        release.wait(5)

    with Loopback(Step("killed", "body", play, bills=True)) as server:
        root = Path(__file__).parents[4]
        process = subprocess.Popen([sys.executable, "-c", SENDER, server.url, str(path)], cwd=root)
        assert arrived.wait(20)
        client = harness.client(server.url, journal=path, timeout=0.2)
        with pytest.raises(OutcomeUnknown, match="is sending it at this moment"):
            harness.submit(client, prompt="a cat", options=KEY)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        with pytest.raises(OutcomeUnknown, match="got no answer"):
            harness.submit(harness.client(server.url, journal=path), prompt="a cat", options=KEY)
        release.set()
        assert posted(server) == 1


def test_a_sender_that_cannot_be_seen_is_over_when_its_time_is_up(path: Path) -> None:
    now = [1000.0]
    journal = Journal(path, "acme", "https://api.acme.example", now=lambda: now[0])
    journal.claim("a", "make", "d", 30.0)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE runs SET owner = 'another machine/1/1'")
    now[0] += 80.0
    assert journal.claim("a", "make", "d", 30.0).is_being_sent
    now[0] += 20.0
    assert journal.claim("a", "make", "d", 30.0).run.id
    [run] = journal.unknown()
    assert run.state == "unknown"
    journal.close()


FIRST_SCHEMA = """
CREATE TABLE runs (key TEXT PRIMARY KEY, provider TEXT NOT NULL, base_url TEXT NOT NULL, operation TEXT NOT NULL,
digest TEXT NOT NULL, state TEXT NOT NULL, task_id TEXT, status TEXT, sent_at REAL NOT NULL, changed_at REAL NOT NULL)
STRICT, WITHOUT ROWID
"""


def test_a_file_of_the_first_schema_comes_forward_and_a_copy_stays(path: Path) -> None:
    with closing(sqlite3.connect(path)) as old, old:
        old.execute(FIRST_SCHEMA)
        old.execute(
            "INSERT INTO runs VALUES ('r', 'acme', 'https://a.example', 'make', 'd', 'accepted', 't-1', NULL, 1, 1)"
        )
    assert [run.task_id for run in all_runs(path)] == ["t-1"]
    journal = Journal(path, "acme", "https://a.example")
    assert [(run.id, run.key, run.task_id) for run in journal.unfinished()] == [("r", None, "t-1")]
    journal.close()
    with closing(sqlite3.connect(f"{path}.schema-1.backup")) as copy:
        assert copy.execute("SELECT key, task_id FROM runs").fetchall() == [("r", "t-1")]


def test_a_file_of_a_newer_package_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(InvalidRequest, match=f"schema {SCHEMA + 1} of a newer package, and this one knows {SCHEMA}"):
        Journal(path, "acme", "https://a.example")
    with pytest.raises(sqlite3.Error, match="newer package"):
        all_runs(path)
    with closing(sqlite3.connect(path)) as newer:
        assert newer.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_nothing_but_the_key_digest_and_reply_is_stored(harness: Harness, path: Path) -> None:
    with Loopback(answer(GOOD)) as server:
        harness.submit(harness.client(server.url, journal=path), prompt="a sleeping cat", options=KEY)
    content = b"".join(one.read_bytes() for one in path.parent.glob("runs.sqlite*"))
    assert b"scene-17" in content
    assert b"sleeping" not in content
    assert CANARY.encode() not in content


def test_a_kept_reply_of_a_stand_in_has_the_port_that_it_has_now(path: Path) -> None:
    first = Journal(path, "sample", "http://127.0.0.1:1000/v1")
    run = first.claim("scene-1", "draw", "digest", 60).run
    first.accepted(run.id, None, {"url": "http://127.0.0.1:1000/files/1.svg"})
    second = Journal(path, "sample", "http://127.0.0.1:2000/v1")
    for _ in range(2):
        claim = second.claim("scene-1", "draw", "digest", 60)
        assert json.loads(claim.reply or "") == {"url": "http://127.0.0.1:2000/files/1.svg"}
    for journal in (first, second):
        journal.close()
