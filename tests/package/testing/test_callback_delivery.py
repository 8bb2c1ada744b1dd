"""The test kit delivers callbacks to the application under test, as the service would."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from wondergen import TaskStatus, callbacks
from wondergen.testing import Fake, PlanError

from tests.chosen_operations import VIDEO
from tests.package.testing.conftest import Harness

HOOK = "https://hooks.example/tasks"


def submit(fake: Fake, harness: Harness, **arguments: Any) -> Any:
    return harness.run(VIDEO.call(harness.client(VIDEO), "A lighthouse", **arguments))


def test_a_callback_reaches_the_app_once_however_often_it_is_delivered(fake: Fake, harness: Harness) -> None:
    done: list[Any] = []
    task = submit(fake, harness, callback=HOOK)
    client = VIDEO.async_client() if harness.is_async else VIDEO.client()
    delivered = VIDEO.of(fake).calls_back(callbacks.app(client, on_done=done.append), times=3)
    assert [(one.task, one.status, one.reply) for one in delivered] == [
        (task.id, 200, "done"),
        (task.id, 200, "known"),
        (task.id, 200, "known"),
    ]
    [seen] = done
    assert (seen.id, seen.status) == (task.id, TaskStatus.SUCCEEDED)
    assert delivered[0].body["task_id"] == task.id


def test_a_callback_of_a_task_that_failed_finds_it_failed(fake: Fake, harness: Harness) -> None:
    done: list[Any] = []
    VIDEO.of(fake).fails(reason="too dark", after=9)
    submit(fake, harness, callback=HOOK)
    [delivered] = VIDEO.of(fake).calls_back(callbacks.app(VIDEO.client(), on_done=done.append))
    assert (delivered.status, done[0].status, done[0].reason) == (200, TaskStatus.FAILED, "too dark")


def test_an_app_that_fails_is_seen_to_fail(fake: Fake, harness: Harness) -> None:
    def fail(task: Any) -> None:
        raise ZeroDivisionError

    submit(fake, harness, callback=HOOK)
    [delivered] = VIDEO.of(fake).calls_back(callbacks.app(VIDEO.client(), on_done=fail))
    assert delivered.status == 500


def test_without_a_call_that_names_a_url_there_is_nothing_to_deliver(fake: Fake, harness: Harness) -> None:
    submit(fake, harness)
    with pytest.raises(PlanError, match="named a callback URL"):
        VIDEO.of(fake).calls_back()
    submit(fake, harness, callback=HOOK)
    with pytest.raises(PlanError, match="not on this machine"):
        VIDEO.of(fake).calls_back()
    with pytest.raises(PlanError, match="times is 0"):
        VIDEO.of(fake).calls_back(times=0)


@pytest.fixture
def hook() -> Iterator[tuple[str, list[Any]]]:
    """Run a server on loopback: yield its URL, and the bodies that it was sent."""
    bodies: list[Any] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204 if len(bodies) == 1 else 503)
            self.end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            """Print nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", bodies
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_callback_goes_to_the_url_of_the_call_where_that_is_on_this_machine(
    fake: Fake, harness: Harness, hook: tuple[str, list[Any]]
) -> None:
    url, bodies = hook
    task = submit(fake, harness, callback=url)
    delivered = VIDEO.of(fake).calls_back(times=2)
    assert [(one.url, one.status) for one in delivered] == [(url, 204), (url, 503)]
    assert [body["task_id"] for body in bodies] == [task.id] * 2
