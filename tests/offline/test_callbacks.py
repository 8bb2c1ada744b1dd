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

from tests.offline.conftest import StillClock, World

PATIENCE = 10.0


class Receiver:
    """Receives callbacks on loopback, and answers with the statuses that a test sets."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self._arrived = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver._arrived:
                    receiver.received.append({"path": self.path, "body": json.loads(body)})
                    status = receiver.statuses.pop(0) if receiver.statuses else 200
                    receiver._arrived.notify_all()
                self.send_response(status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_port}/done?to=me"

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        """The first so many callbacks."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.received) >= count, PATIENCE), self.received
        return self.received

    def close(self) -> None:
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
    monkeypatch.setattr("wondergen.offline.callbacks.PAUSES", (0.0, 0.0))


def started(world: World, **more: Any) -> Any:
    return world.run(world.client("tomoviee").text_to_music("A fox", duration=5, qty=2, **more))


def noted(server: Running, task: str, words: str) -> str:
    """What the task says of its callback, once it says so."""
    for _ in range(int(PATIENCE * 100)):
        note = next(row.note for row in server.upstream.tasks() if row.id == task)
        if words in note:
            return note
        threading.Event().wait(0.01)
    raise AssertionError(f"the task says {note!r}")


def later(server: Running) -> None:
    assert httpx.post(f"{server.url}/control/clock", json={"advance": 10}).status_code == 200


def test_a_task_that_has_ended_is_told_once(world: World, receiver: Receiver) -> None:
    task = started(world, callback=receiver.url, params="my own words")
    assert receiver.received == []
    later(world.server)
    (told,) = receiver.wait_for(1)
    assert told["path"] == "/done?to=me"
    body = told["body"]
    assert (body["task_id"], body["status"], body["params"]) == (task.id, 3, "my own words")
    result = world.run(task.wait())
    assert json.loads(body["result"])["audio_path"] == result.urls
    noted(world.server, task.id, "posted")
    later(world.server)
    assert len(receiver.received) == 1


@pytest.mark.parametrize("words, status", [("fails", 4), ("cancelled", 5), ("times_out", 6)])
def test_every_ending_is_told(world: World, receiver: Receiver, words: str, status: int) -> None:
    task = world.run(world.client("tomoviee").text_to_video(f"A fox offline:{words}", callback=receiver.url))
    later(world.server)
    (told,) = receiver.wait_for(1)
    assert told["body"] == {"task_id": task.id, "status": status}


def test_a_call_that_is_not_received_is_made_again(world: World, receiver: Receiver) -> None:
    receiver.statuses = [500, 404]
    task = started(world, callback=receiver.url)
    later(world.server)
    assert len(receiver.wait_for(3)) == 3
    noted(world.server, task.id, "posted")


def test_after_three_attempts_it_is_over(world: World, receiver: Receiver) -> None:
    receiver.statuses = [500, 302, 500]
    task = started(world, callback=receiver.url)
    later(world.server)
    receiver.wait_for(3)
    assert noted(world.server, task.id, "attempt 3") == "attempt 3 of 3 failed: HTTP 500"
    later(world.server)
    assert [told["path"] for told in receiver.received] == ["/done?to=me"] * 3, "and no redirect was followed"


def test_nobody_at_home_is_no_crash(world: World, receiver: Receiver) -> None:
    receiver.close()
    task = started(world, callback=receiver.url)
    later(world.server)
    assert "ConnectError" in noted(world.server, task.id, "attempt 3")


ELSEWHERE = [
    ("https://example.com/done", "example.com is neither this machine nor"),
    ("http://169.254.169.254/latest", "169.254.169.254 is neither this machine nor"),
    ("http://localhost.example.com/", "localhost.example.com is neither"),
    ("ftp://127.0.0.1/done", "scheme"),
    ("http://user@127.0.0.1/", "user name"),
]


@pytest.mark.parametrize("address, words", ELSEWHERE)
def test_nothing_is_posted_elsewhere(world: World, monkeypatch: pytest.MonkeyPatch, address: str, words: str) -> None:
    task = started(world, callback=address)
    assert words in noted(world.server, task.id, "not posted")
    assert world.server.upstream.store.waiting() == []
    later(world.server)
    assert world.run(task.wait()).urls


def test_a_host_that_was_named_is_called(clock: StillClock) -> None:
    upstream = Upstream(Settings(callback_hosts=frozenset({"hooks.example.com"})), clock=clock)
    content = b'{"prompt": "A fox", "callback": "https://hooks.example.com/done"}'
    headers = [("Authorization", "Basic YTpi"), ("X-App-Key", "a"), ("Content-Type", "application/json")]
    path = "/v1/open/capacity/application/tm_text2video_b"
    said = upstream.answer("tomoviee", "POST", path, headers=headers, content=content, base_url="http://127.0.0.1:1")
    assert said.status == 200
    (waiting,) = upstream.store.waiting()
    assert waiting.callback == "https://hooks.example.com/done"
    upstream.close()


def test_a_callback_survives_a_restart(clock: StillClock, receiver: Receiver, tmp_path: Any) -> None:
    settings = Settings(state=str(tmp_path / "state.sqlite"), task_seconds=5)
    with running(upstream=Upstream(settings, clock=clock)) as server:
        world = World(server, None)
        started(world, callback=receiver.url)
        world.close()
    clock.advance(10)
    with running(upstream=Upstream(settings, clock=clock)):
        assert len(receiver.wait_for(1)) == 1
