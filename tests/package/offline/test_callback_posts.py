"""When a task has ended, its callback is really posted: once, to this machine or a host that was named."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from wondergen.offline import Running, Settings, Upstream, running
from wondergen.offline.upstream_store import CLAIM_SECONDS

from tests import catalog_values
from tests.chosen_operations import SOUND, VIDEO
from tests.package.offline.conftest import Harness, StillClock

PATIENCE = 10.0


class Receiver:
    """Receives callbacks on loopback, and answers with the statuses that a test sets."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.silent = threading.Event()
        """Set: whoever posts to /silent gets its answer."""
        self._arrived = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver._arrived:
                    receiver.received.append({"path": self.path, "body": json.loads(body)})
                    status = receiver.statuses.pop(0) if receiver.statuses else 200
                    receiver._arrived.notify_all()
                if self.path == "/silent":
                    receiver.silent.wait(PATIENCE)
                self.send_response(status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Print nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.base = f"http://127.0.0.1:{self._http.server_port}"
        self.url = f"{self.base}/done?to=me"

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        """Return the first so many callbacks."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.received) >= count, PATIENCE), self.received
        return self.received

    def close(self) -> None:
        self.silent.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wondergen.offline.callback_posts.PAUSES", (0.0, 0.0))


def started(harness: Harness, **more: Any) -> Any:
    return harness.run(
        SOUND.of(harness.client(VIDEO.service))("A fox", duration=SOUND.least("duration"), qty=2, **more)
    )


def noted(server: Running, task: str, words: str) -> str:
    """Return what the task reports of its callback, once it does."""
    note = ""
    for _ in range(int(PATIENCE * 100)):
        note = next(row.note for row in server.upstream.tasks() if row.id == task)
        if words in note:
            return note
        threading.Event().wait(0.01)
    raise AssertionError(f"the task says {note!r}")


def later(server: Running) -> None:
    assert httpx.post(f"{server.url}/control/clock", json={"advance": 10}).status_code == 200


def test_a_task_that_has_ended_is_told_once(harness: Harness, receiver: Receiver) -> None:
    task = started(harness, callback=receiver.url, params="my own words")
    assert receiver.received == []
    later(harness.server)
    (callback,) = receiver.wait_for(1)
    assert callback["path"] == "/done?to=me"
    body = callback["body"]
    assert (body["task_id"], body["status"], body["params"]) == (task.id, SOUND.status("succeeded"), "my own words")
    result = harness.run(task.wait())
    assert json.loads(body["result"])[SOUND.files] == result.urls
    noted(harness.server, task.id, "posted")
    later(harness.server)
    assert len(receiver.received) == 1


def test_half_a_surrogate_pair_comes_back_as_it_was_given(server: Running, receiver: Receiver) -> None:
    content = json.dumps(VIDEO.body("A fox offline:reason=\ud800", params="\udfff", callback=receiver.url))
    assert accepted(server.upstream, content.encode())["code"] == 0
    later(server)
    (callback,) = receiver.wait_for(1)
    assert (callback["body"]["params"], callback["body"]["status"]) == ("\udfff", VIDEO.status("failed"))


@pytest.mark.parametrize("words, state", [("fails", "failed"), ("cancelled", "cancelled"), ("times_out", "timed_out")])
def test_every_ending_is_told(harness: Harness, receiver: Receiver, words: str, state: str) -> None:
    task = harness.run(VIDEO.call(harness.client(VIDEO.service), f"A fox offline:{words}", callback=receiver.url))
    later(harness.server)
    (callback,) = receiver.wait_for(1)
    assert callback["body"] == {"task_id": task.id, "status": VIDEO.status(state)}


def test_a_call_that_is_not_received_is_made_again(harness: Harness, receiver: Receiver) -> None:
    receiver.statuses = [500, 404]
    task = started(harness, callback=receiver.url)
    later(harness.server)
    assert len(receiver.wait_for(3)) == 3
    noted(harness.server, task.id, "posted")


def test_after_three_attempts_it_is_over(harness: Harness, receiver: Receiver) -> None:
    receiver.statuses = [500, 302, 500]
    task = started(harness, callback=receiver.url)
    later(harness.server)
    receiver.wait_for(3)
    assert noted(harness.server, task.id, "attempt 3") == "attempt 3 of 3 failed: HTTP 500"
    later(harness.server)
    assert [callback["path"] for callback in receiver.received] == ["/done?to=me"] * 3, "and no redirect was followed"


def test_nobody_at_home_is_no_crash(harness: Harness, receiver: Receiver) -> None:
    receiver.close()
    task = started(harness, callback=receiver.url)
    later(harness.server)
    assert "ConnectError" in noted(harness.server, task.id, "attempt 3")


def test_a_receiver_that_says_nothing_is_given_up(
    harness: Harness, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wondergen.offline.callback_posts.PATIENCE", 0.01)
    task = started(harness, callback=f"{receiver.base}/silent")
    later(harness.server)
    assert noted(harness.server, task.id, "attempt 3") == "attempt 3 of 3 failed: no answer within 0.01 s"


def test_many_that_end_at_once_wait_for_their_turn(
    clock: StillClock, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wondergen.offline.callback_posts.AT_ONCE", 1)
    with running(upstream=Upstream(clock=clock)) as server:
        harness = Harness(server, None)
        tasks = [started(harness, callback=receiver.url).id for _ in range(5)]
        harness.close()
        later(server)
        task_ids = [one["body"]["task_id"] for one in receiver.wait_for(5)]
    assert task_ids == tasks


def broken(self: object, task: Any) -> None:
    raise RuntimeError("nobody thought of this")


def test_one_callback_that_cannot_be_made_stops_no_other(
    harness: Harness, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("wondergen.offline.gateway.Gateway.callback", broken)
        first = started(harness, callback=receiver.url)
        later(harness.server)
        assert noted(harness.server, first.id, "not posted") == "not posted: nobody thought of this"
    second = started(harness, callback=receiver.url)
    later(harness.server)
    assert [one["body"]["task_id"] for one in receiver.wait_for(1)] == [second.id]


def test_two_servers_on_one_state_post_once(clock: StillClock, receiver: Receiver, tmp_path: Any) -> None:
    settings = Settings(state=str(tmp_path / "state.sqlite"), task_seconds=5)
    with (
        running(upstream=Upstream(settings, clock=clock)) as one,
        running(upstream=Upstream(settings, clock=clock)) as other,
    ):
        harness = Harness(one, None)
        first = started(harness, callback=f"{receiver.base}/silent")
        later(one)
        receiver.wait_for(1)
        second = started(harness, callback=receiver.url)
        clock.advance(10)
        other.upstream.state.changed()
        noted(other, second.id, "posted")
        receiver.silent.set()
        noted(one, first.id, "posted")
        harness.close()
    assert [callback["body"]["task_id"] for callback in receiver.received] == [first.id, second.id]


def test_a_callback_that_is_claimed_is_nobody_elses_for_a_while(clock: StillClock, tmp_path: Any) -> None:
    settings = Settings(state=str(tmp_path / "state.sqlite"))
    one, other = Upstream(settings, clock=clock), Upstream(settings, clock=clock)
    accepted(one, body("http://127.0.0.1:1/done"))
    (task,) = one.store.claim(float("inf"), 9)
    assert other.store.claim(float("inf"), 9) == []
    seconds = other.store.next_claim(task.ends)
    assert seconds is not None
    assert 0 < seconds <= CLAIM_SECONDS, "who claimed it may have died"
    one.store.release(task.id)
    assert [again.id for again in other.store.claim(float("inf"), 9)] == [task.id]
    for upstream in (one, other):
        upstream.close()


ELSEWHERE = [
    ("https://example.com/done", "example.com is neither this machine nor"),
    ("http://169.254.169.254/latest", "169.254.169.254 is neither this machine nor"),
    ("http://localhost.example.com/", "localhost.example.com is neither"),
    ("ftp://127.0.0.1/done", "scheme"),
    ("http://user@127.0.0.1/", "user name"),
    ("http://127.0.0.1/" + "x" * 70_000, "too long"),
]


@pytest.mark.parametrize("address, words", ELSEWHERE)
def test_nothing_is_posted_elsewhere(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, address: str, words: str
) -> None:
    task = started(harness, callback=address)
    assert words in noted(harness.server, task.id, "not posted")
    assert harness.server.upstream.store.next_claim(0) is None
    later(harness.server)
    assert harness.run(task.wait()).urls


def body(callback: str) -> bytes:
    return json.dumps(VIDEO.body("A fox", callback=callback)).encode()


def accepted(upstream: Upstream, content: bytes) -> Any:
    """Start a task without a client."""
    headers = [
        ("Authorization", "Basic YTpi"),
        (catalog_values.key_header(VIDEO.service), "a"),
        ("Content-Type", "application/json"),
    ]
    path = VIDEO.path
    reply = upstream.answer(
        VIDEO.service, "POST", path, headers=headers, content=content, base_url="http://127.0.0.1:1"
    )
    assert reply.status == 200
    return json.loads(reply.body)


def test_a_host_that_was_named_is_called(clock: StillClock) -> None:
    upstream = Upstream(Settings(callback_hosts=frozenset({"hooks.example.com"})), clock=clock)
    accepted(upstream, body("https://hooks.example.com/done"))
    (waiting,) = upstream.store.claim(float("inf"), 9)
    assert waiting.callback == "https://hooks.example.com/done"
    upstream.close()


def test_a_callback_survives_a_restart(clock: StillClock, receiver: Receiver, tmp_path: Any) -> None:
    settings = Settings(state=str(tmp_path / "state.sqlite"), task_seconds=5)
    with running(upstream=Upstream(settings, clock=clock)) as server:
        harness = Harness(server, None)
        started(harness, callback=receiver.url)
        harness.close()
    clock.advance(10)
    with running(upstream=Upstream(settings, clock=clock)):
        assert len(receiver.wait_for(1)) == 1
