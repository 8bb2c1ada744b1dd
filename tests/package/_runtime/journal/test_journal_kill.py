"""kill -9 anywhere between the submit and the file on the disk: no second submit, no lost task, no half a file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.package._runtime.download.served_files import ETAG, MP4, NAME, file, left
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Connection, Loopback, Step, answer, head_of
from tests.package._runtime.sample_service import ACCEPTED, CANARY
from tests.package._runtime.task.sample_task import PATH, RUNNING, state

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")

NURSERY = """
import asyncio, importlib, json, os, signal, sys, httpx, httpx2
from codegen.package._runtime import journal as journals, part
from codegen.package._runtime.aio.client import AsyncAPIClient
from codegen.package._runtime.aio.result import AsyncResult
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.sample_service import CANARY, MAKE, SERVICE

def around(owner, name, point):
    real = getattr(owner, name)
    def called(*arguments):
        if point == "before " + name:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments)
        if point == "after " + name:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(owner, name, called)

async def live(url, journal, folder, point, library):
    for name in ("intent", "accepted", "finished", "saved"):
        around(journals.Journal, name, point)
    for name in ("fsync", "replace"):
        around(part.os, name, point)
    http_client = None if library == "default" else importlib.import_module(library).AsyncClient(trust_env=False)
    client = AsyncAPIClient(SERVICE, {MAKE.name: (MAKE, AsyncResult)}, credentials={"api_key": CANARY},
                            client_headers={}, base_url=url, journal=journal, http_client=http_client)
    task = await client._submit(MAKE, AsyncResult, {"prompt": "a cat"}, CallOptions())
    result = await task.wait(first_interval=0.001, max_interval=0.001)
    await result.save(folder)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        asyncio.run(live(*json.loads(line)))
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""A process that has everything imported and makes a child for each line: starting Python anew takes far longer."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    root = Path(__file__).parents[4]
    command = [sys.executable, "-c", NURSERY]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


Kill = Callable[[], None]


def killing(name: str, kill: Kill, sent: bytes = b"", *, kept: Callable[[], bool] = bool, bills: bool = False) -> Step:
    """Kill the process while it waits for the rest of this reply, with its outcome kept."""

    def play(link: Connection) -> None:
        link.send(sent)
        while sent and not kept() and not link.server.closing.is_set():
            link.wait(0.005)
        kill()

    return Step(name, "body", play, bills)


def serve(server: Loopback, point: str, folder: Path, kill: Kill) -> None:
    """Serve one task, and at some points kill the client."""
    head = head_of(200, [("Content-Length", str(len(MP4))), *ETAG.items()])
    submit = killing(point, kill, bills=True) if point == "the submit" else answer(ACCEPTED)
    polls = [killing(point, kill)] if point == "a poll" else []
    steps = [killing(point, kill)] if point == "a download" else []
    if point == "half a download":
        steps.append(killing(point, kill, head + MP4[:30_000], kept=lambda: kept_in(folder) == 30_000))
    server.on("POST", "/v1/make", submit)
    server.on("GET", PATH, RUNNING, *polls, otherwise=state(3, result={"url": server.url + "/film"}))
    server.on("GET", "/film", *steps, otherwise=file())


def kept_in(folder: Path) -> int:
    """Return the bytes of a file that is not whole yet."""
    return sum(part.stat().st_size for part in folder.glob("*.part"))


POINTS = {
    "before intent": "nothing",
    "after intent": "unknown",
    "the submit": "unknown",
    "before accepted": "unknown",
    "after accepted": "unfinished",
    "a poll": "unfinished",
    "before finished": "unfinished",
    "after finished": "unsaved",
    "a download": "unsaved",
    "half a download": "unsaved",
    "before fsync": "unsaved",
    "before replace": "unsaved",
    "after replace": "unsaved",
    "before saved": "unsaved",
    "after saved": "nothing",
}
"""Where the process dies → the list of the journal in which the next one finds the request."""


@pytest.mark.parametrize(
    "harness, transport", [("async", "default"), ("sync", "httpx"), ("async", "httpx2")], indirect=["harness"]
)
@pytest.mark.parametrize("point, found", POINTS.items())
def test_a_killed_process_is_taken_up_where_it_was(
    harness: Harness, tmp_path: Path, nursery: subprocess.Popen[str], point: str, found: str, transport: str
) -> None:
    folder, journal = tmp_path / "out", tmp_path / "runs.sqlite"
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    with Loopback() as server:
        child = Future[int]()
        serve(server, point, folder, lambda: os.kill(child.result(5), signal.SIGKILL))
        nursery.stdin.write(json.dumps([server.url, str(journal), str(folder), point, transport]) + "\n")
        nursery.stdin.flush()
        child.set_result(int(nursery.stdout.readline()))
        assert int(nursery.stdout.readline()) == -signal.SIGKILL

        named = folder.is_dir() and NAME in left(folder)
        assert named == (point in ("after replace", "before saved", "after saved"))
        assert not named or (folder / NAME).read_bytes() == MP4

        client = harness.client(server.url, journal=journal)
        lists = {name: getattr(client.journal, name)() for name in ("unknown", "unfinished", "unsaved")}
        assert {name: len(runs) for name, runs in lists.items()} == {name: int(name == found) for name in lists}
        for run in lists["unfinished"] + lists["unsaved"]:
            result = harness.call(client.resume(run.token).wait)
            [path] = harness.call(result.save, folder)
            assert path.read_bytes() == MP4
            assert left(folder) == [NAME]
            assert client.journal.unsaved() == client.journal.unfinished() == []

        posts = [request for request in server.requests if request.method == "POST"]
        assert len(posts) == (0 if point in ("before intent", "after intent") else 1)
        if point == "half a download":
            assert [request.header("Range") for request in server.requests][-1] == "bytes=30000-"
    assert CANARY.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("runs.sqlite*"))
