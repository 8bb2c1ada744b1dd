"""How many requests a second the offline upstream answers, beside an empty endpoint of the same libraries.

Server and load share the machine: each side runs in a process of its own, the load in this one. Run it with
`python -m tools.benchmarks.offline`.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "generated"
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
    """Return one request as it goes over the wire."""
    content = b"" if body is None else json.dumps(body).encode()
    headers = {"Host": "127.0.0.1", **KEY}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + content


class BenchConnection(asyncio.Protocol):
    """Sends a request, reads its reply by the Content-Length, and sends the next."""

    def __init__(self, make: Next, end: asyncio.Event) -> None:
        self._make = make
        self._done = end
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


async def load(where: BenchServer, make: Next, *, seconds: float, connections: int) -> tuple[float, float]:
    """Measure requests a second, and processor seconds of the server. AssertionError where a reply is another."""
    loop, end = asyncio.get_running_loop(), asyncio.Event()
    start, spent_before = time.perf_counter(), where.spent()
    benches = [BenchConnection(make, end) for _ in range(connections)]
    for one in benches:
        await loop.create_connection(lambda one=one: one, "127.0.0.1", where.port)  # type: ignore[misc]
    await asyncio.sleep(seconds)
    end.set()
    lasted, cpu_seconds = time.perf_counter() - start, where.spent() - spent_before
    count = sum(one.count for one in benches)
    assert count, "nothing was answered"
    assert not any(one.wrong for one in benches), next(one.wrong for one in benches if one.wrong)
    await asyncio.sleep(0.05)
    return count / lasted, count / cpu_seconds if cpu_seconds else 0.0


async def once(port: int, sent: bytes) -> bytes:
    """Return the body of one reply."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    at = head.lower().index(b"content-length:") + 15
    body = await reader.readexactly(int(head[at : at + 12].split(b"\r\n")[0]))
    writer.close()
    return body


def free_port() -> int:
    """Return a port that nobody listens at."""
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass(frozen=True)
class BenchServer:
    """A process that serves."""

    port: int
    process: int

    def spent(self) -> float:
        """Return seconds of a processor that it has used; 0 where the system does not tell."""
        stat = Path(f"/proc/{self.process}/stat")
        if not stat.exists():
            return 0.0
        words = stat.read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(code: str, *arguments: str) -> Iterator[BenchServer]:
    """Run a server in a process of its own; it has answered once."""
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
        yield BenchServer(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def loads(task_id: str) -> dict[str, Next]:
    """Return what is measured at the offline upstream."""
    submit = request("POST", SUBMIT_PATH, {"prompt": "A lighthouse at dusk", "resolution": "1080p"})
    poll = request("POST", POLL_PATH, {"task_id": task_id})
    balance = request("POST", BALANCE_PATH, {})
    requests = itertools.cycle([submit, poll, poll, poll, balance, poll, poll, poll])
    return {
        "poll": lambda: poll,
        "submit": lambda: submit,
        "mixed: 1 submit, 6 polls, 1 balance": lambda: next(requests),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--state", default="", help="an sqlite file for the offline upstream; in memory without it")
    options = parser.parse_args()
    by_name: dict[str, list[tuple[float, float]]] = {}
    with server(EMPTY) as empty, server(OFFLINE, options.state) as offline:
        reply = json.loads(asyncio.run(once(offline.port, request("POST", SUBMIT_PATH, {"prompt": "A lighthouse"}))))
        response = request("GET", "/")
        sides = {"empty endpoint": (empty, lambda: response)}
        sides |= {name: (offline, make) for name, make in loads(reply["data"]["task_id"]).items()}
        for _ in range(options.rounds):
            for name, (where, make) in sides.items():
                rates = asyncio.run(load(where, make, seconds=options.seconds, connections=options.connections))
                by_name.setdefault(name, []).append(rates)
    base = statistics.median(rate for rate, _ in by_name["empty endpoint"])
    print(f"{'':36} {'a second':>10} {'of empty':>10} {'a CPU second':>14}   each round")
    for name, rows in by_name.items():
        middle = statistics.median(rate for rate, _ in rows)
        of_processor = statistics.median(rate for _, rate in rows)
        each = ", ".join(f"{rate:,.0f}" for rate, _ in rows)
        print(f"{name:36} {middle:10,.0f} {middle / base:10.2f} {of_processor:14,.0f}   {each}")


if __name__ == "__main__":
    main()
