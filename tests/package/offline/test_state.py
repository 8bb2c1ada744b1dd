"""What is remembered: across restarts with a file, by several at once, and never a key."""

from __future__ import annotations

import base64
import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from wondergen.offline import FaultRate, Settings, Upstream, parse_fault, running
from wondergen.offline.upstream_store import StateError, UpstreamStore

from tests import catalog_values
from tests.chosen_operations import CREDITS, DIAGRAM, PICTURE, VIDEO
from tests.package.offline.conftest import Harness, StillClock

KEY = "fake-secret-key-of-a-user"


def test_a_task_goes_on_after_a_restart(clock: StillClock, tmp_path: Path) -> None:
    settings = Settings(state=str(tmp_path / "state.sqlite"))
    with running(upstream=Upstream(settings, clock=clock)) as server:
        harness = Harness(server, None)
        client = harness.client(PICTURE.service)
        finished = PICTURE.of(client)("A lake").wait()
        address = finished.urls[0]
        content = httpx.get(address).content
        task = PICTURE.of(client)("A fox")
        harness.close()
    port = int(server.url.rpartition(":")[2])
    with running(upstream=Upstream(settings, clock=clock), port=port) as server:
        harness = Harness(server, None)
        client = harness.client(PICTURE.service)
        assert CREDITS.of(client)().credits == 998
        assert [row.text for row in server.upstream.tasks()] == ["A fox", "A lake"]
        assert client.resume(task.token()).wait().urls
        assert httpx.get(address).content == content, "the secret that signs addresses is the same"
        harness.close()


def test_the_clock_goes_on_where_it_was(tmp_path: Path) -> None:
    settings = Settings(state=str(tmp_path / "state.sqlite"))
    first = Upstream(settings)
    first.advance(1000)
    first.close()
    second = Upstream(settings)
    assert second.clock.offset == 1000
    second.reset()
    second.close()
    third = Upstream(settings)
    assert third.clock.offset == 0
    third.close()


def test_no_key_is_kept(clock: StillClock, tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    with running(upstream=Upstream(Settings(state=str(file)), clock=clock)) as server:
        harness = Harness(server, None)
        VIDEO.call(harness.client(VIDEO.service, **dict.fromkeys(VIDEO.keys, KEY)), "A fox").wait()
        CREDITS.of(harness.client(CREDITS.service, **dict.fromkeys(CREDITS.keys, KEY)))()
        DIAGRAM.call(harness.client(DIAGRAM.service, user_id="someone"), "Plan")
        harness.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"A fox" in kept
    assert KEY.encode() not in kept
    assert base64.b64encode(f"{KEY}:{KEY}".encode()) not in kept


def test_many_at_once_are_counted_right() -> None:
    upstream = Upstream(Settings(credits=1000))

    def draw() -> None:
        for _ in range(50):
            reply = upstream.answer(
                *(DIAGRAM.service, "POST", DIAGRAM.path),
                headers=[("content-type", "application/json")],
                content=b'{"prompt": "Plan"}',
                base_url="http://127.0.0.1:1",
            )
            assert reply.status == 200

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert upstream.balance(DIAGRAM.service) == 800
    assert len(upstream.tasks(1000)) == 200
    upstream.close()


def test_several_servers_on_one_file_spend_no_credit_twice(tmp_path: Path) -> None:
    settings = Settings(state=str(tmp_path / "state.sqlite"), credits=1)
    one, other = Upstream(settings), Upstream(settings)
    headers = [(catalog_values.key_header(PICTURE.service), "any"), ("content-type", "application/json")]

    def code(server: Upstream) -> int:
        path, content = PICTURE.path, b'{"data": {"prompt": "A fox"}}'
        reply = server.answer(
            PICTURE.service, "POST", path, content=content, headers=headers, base_url="http://127.0.0.1:1"
        )
        return int(json.loads(reply.body)["code"])

    codes = [code(one), code(other)]
    assert codes == [0, PICTURE.code(error="InsufficientCredits")]
    assert [len(server.tasks()) for server in (one, other)] == [1, 1], "what is refused leaves nothing behind"
    one.close()
    other.close()


def test_old_tasks_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wondergen.offline.upstream_store.KEPT", 10)
    upstream = Upstream()
    for _ in range(1001):
        upstream.answer(
            *(DIAGRAM.service, "POST", DIAGRAM.path),
            headers=[("content-type", "application/json")],
            content=b'{"prompt": "Plan"}',
            base_url="",
        )
    assert len(upstream.tasks(1000)) == 11
    upstream.close()


def broken(path: Path) -> None:
    path.write_bytes(b"this is not a database, " * 100)


def of_another_version(path: Path) -> None:
    UpstreamStore(str(path), 1).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '99' WHERE name = 'version'")
    db.close()


@pytest.mark.parametrize("spoil, words", [(broken, "file is not a database"), (of_another_version, "another version")])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, spoil: Any, words: str) -> None:
    file = tmp_path / "state.sqlite"
    spoil(file)
    with pytest.raises(StateError, match=rf"{words}.*name a new file") as caught:
        Upstream(Settings(state=str(file)))
    assert str(file) in str(caught.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="name a new file"):
        Upstream(Settings(state=str(tmp_path / "none" / "state.sqlite")))


BAD: list[tuple[dict[str, Any], str]] = [
    ({"task_seconds": -1}, "task_seconds is -1: give a number of seconds from 0"),
    ({"task_seconds": float("nan")}, "task_seconds is nan"),
    ({"file_seconds": "1"}, "file_seconds is '1'"),
    ({"credits": 1.5}, "credits is 1.5: give a whole number"),
    ({"credits": -1}, "credits is -1"),
    ({"cost": True}, "cost is True"),
    ({"callback_hosts": frozenset({"https://a.example"})}, "'https://a.example' in callback_hosts is not a host"),
]


@pytest.mark.parametrize("wrong, words", BAD)
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Settings(**wrong)


def test_a_fault_by_chance_is_read() -> None:
    assert parse_fault("rate_limited:0.1") == FaultRate("rate_limited", 0.1)
    assert parse_fault("slow=2:1") == FaultRate("slow=2", 1.0)


def test_a_fault_that_can_happen_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="the fault 'code=99' can happen nowhere: "):
        Upstream(Settings(faults=(parse_fault("code=99:0.5"),)))
    Upstream(Settings(faults=(parse_fault("no_credits:0.5"),))).close()


BAD_FAULTS = [
    ("rate_limited", "has no share: write, for example, rate_limited:0.1"),
    ("rate_limted:0.1", "there is no fault 'rate_limted'; did you mean 'rate_limited'"),
    ("rate_limited:much", "the share in 'rate_limited:much' is 'much': give a number"),
    ("rate_limited:2", "the share of the fault 'rate_limited' is 2"),
    ("rate_limited:-0.1", "is -0.1"),
    ("rate_limited:nan", "give a number from 0 to 1"),
    ("slow:0.1", "slow=SECONDS cannot have the value ''"),
    ("earthquake", "known are rate_limited"),
]


@pytest.mark.parametrize("text, words", BAD_FAULTS)
def test_a_fault_that_cannot_be_read_says_why(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_fault(text)
