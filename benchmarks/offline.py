"""How many requests a second the offline upstream answers, beside an empty endpoint of the same libraries.

Server and load share the machine: each side runs in a process of its own, the load in this one. Run it with
`python -m benchmarks.offline`.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "generated"
KEY = {
    "Authorization": "Basic " + base64.b64encode(b"fake-key:fake-secret").decode(),
    "X-App-Key": "fake-key",
    "X-API-KEY": "fake-key",
}
SUBMIT_PATH = "/tomoviee/v1/open/capacity/application/tm_text2video_b"
BALANCE_PATH = "/mediaio/user/credits"
POLL_PATH = "/tomoviee/v1/open/pub/task"
EMPTY = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def empty(request):
    return JSONResponse({})

app = Starlette(routes=[Route("/", empty, methods=["GET"])])
uvicorn.run(app, port=int(sys.argv[1]), http="httptools", access_log=False, log_level="warning")
"""
OFFLINE = """
import sys
from wondergen.offline import Settings, serve
serve(Settings(credits=10**9, state=sys.argv[2] or None), host="127.0.0.1", port=int(sys.argv[1]))
"""

Next = Callable[[], bytes]
"""Makes the next request of a load."""


def request(method: str, path: str, body: object = None) -> bytes:
    """One request as it goes over the wire."""
    content = b"" if body is None else json.dumps(body).encode()
    headers = {"Host": "127.0.0.1", **KEY}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + content


class Connection(asyncio.Protocol):
    """Sends a request, reads its reply by the Content-Length, and sends the next."""

    def __init__(self, make: Next, done: asyncio.Event) -> None:
        self._make = make
        self._done = done
        self._buffer = b""
        self.count = 0
        self.wrong = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._make())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, mark, body = self._buffer.partition(b"\r\n\r\n")
        if not mark:
            return
        at = head.lower().index(b"content-length:") + 15
        if len(body) < int(head[at : at + 12].split(b"\r\n")[0]):
            return
        self.count += 1
        if b" 200 " not in head[:20]:
            self.wrong = data
        self._buffer = b""
        if self._done.is_set():
            self._transport.close()
        else:
            self._transport.write(self._make())


async def load(port: int, make: Next, *, seconds: float, connections: int) -> float:
    """Requests a second. AssertionError where a reply is not what is measured."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    begun = time.perf_counter()
    made = [Connection(make, done) for _ in range(connections)]
    for one in made:
        await loop.create_connection(lambda one=one: one, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.sleep(seconds)
    done.set()
    spent = time.perf_counter() - begun
    count = sum(one.count for one in made)
    assert count, "nothing was answered"
    assert not any(one.wrong for one in made), next(one.wrong for one in made if one.wrong)
    await asyncio.sleep(0.05)
    return count / spent


async def once(port: int, sent: bytes) -> bytes:
    """The body of one reply."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    at = head.lower().index(b"content-length:") + 15
    body = await reader.readexactly(int(head[at : at + 12].split(b"\r\n")[0]))
    writer.close()
    return body


def free_port() -> int:
    """A port that nobody listens at."""
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def server(code: str, *arguments: str) -> Iterator[int]:
    """A server in a process of its own, that has answered once."""
    port = free_port()
    command = [sys.executable, "-c", code, str(port), *arguments]
    process = subprocess.Popen(command, cwd=PACKAGE, stdout=subprocess.DEVNULL)
    try:
        for _ in range(500):
            try:
                asyncio.run(once(port, request("GET", "/")))
                break
            except OSError:
                time.sleep(0.02)
        else:
            raise SystemExit("the server did not start")
        yield port
    finally:
        process.terminate()
        process.wait()


def loads(task_id: str) -> dict[str, Next]:
    """What is measured at the offline upstream."""
    submit = request("POST", SUBMIT_PATH, {"prompt": "A lighthouse at dusk", "resolution": "1080p"})
    poll = request("POST", POLL_PATH, {"task_id": task_id})
    balance = request("POST", BALANCE_PATH, {})
    mixed = itertools.cycle([submit, poll, poll, poll, balance, poll, poll, poll])
    return {"poll": lambda: poll, "submit": lambda: submit, "mixed: 1 submit, 6 polls, 1 balance": lambda: next(mixed)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--state", default="", help="an sqlite file for the offline upstream; in memory without it")
    options = parser.parse_args()
    found: dict[str, list[float]] = {}
    with server(EMPTY) as empty_port, server(OFFLINE, options.state) as port:
        started = json.loads(asyncio.run(once(port, request("POST", SUBMIT_PATH, {"prompt": "A lighthouse"}))))
        asked = request("GET", "/")
        sides = {"empty endpoint": (empty_port, lambda: asked)}
        sides |= {name: (port, make) for name, make in loads(started["data"]["task_id"]).items()}
        for _ in range(options.rounds):
            for name, (where, make) in sides.items():
                rate = asyncio.run(load(where, make, seconds=options.seconds, connections=options.connections))
                found.setdefault(name, []).append(rate)
    base = statistics.median(found["empty endpoint"])
    for name, rates in found.items():
        middle = statistics.median(rates)
        each = ", ".join(f"{rate:,.0f}" for rate in rates)
        print(f"{name:36} {middle:8,.0f} requests a second, {middle / base:.2f} of the empty endpoint ({each})")


if __name__ == "__main__":
    main()
