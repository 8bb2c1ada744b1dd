"""What a client costs, side by side with the HTTP library it stands on, in one run.

Only ratios are kept, each the median of several rounds with its spread: seconds belong to the machine. The table and
the plot go to `benchmarks/results`.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from wondergen import AsyncTomoviee, Tomoviee

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
ROUNDS = int(os.environ.get("WONDERGEN_BENCH_ROUNDS", "5"))
CALLS = 300
TASKS = int(os.environ.get("WONDERGEN_BENCH_TASKS", "2000"))
POLLS = 5
AT_ONCE = 100
BODY = {"prompt": "A fox in the snow", "resolution": "1080p", "aspect_ratio": "16:9", "duration": 5}
ACCEPTED = json.dumps({"code": 0, "msg": "", "data": {"task_id": "t-1", "status": 2}, "trace_id": "x"})
FINISHED = json.dumps({"code": 0, "msg": "", "data": {"task_id": "t-1", "status": 3, "result": "{}"}, "trace_id": "x"})
SERVER = """
import asyncio, sys
BODIES = [text.encode() for text in sys.argv[1:3]]
HEAD = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n"
REPLIES = [HEAD % len(body) + body for body in BODIES]
class Peer(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.data, self.polls = transport, b"", 0
    def data_received(self, data):
        self.data += data
        while b"\\r\\n\\r\\n" in self.data:
            head, _, rest = self.data.partition(b"\\r\\n\\r\\n")
            length = next((int(l[15:]) for l in head.lower().split(b"\\r\\n") if l.startswith(b"content-length:")), 0)
            if len(rest) < length:
                return
            self.data = rest[length:]
            Peer.seen = getattr(Peer, "seen", 0) + (b"result" in head.split(b"\\r\\n")[0])
            done = b"result" in head.split(b"\\r\\n")[0] and Peer.seen % int(sys.argv[3]) == 0
            self.transport.write(REPLIES[done])
async def main():
    server = await asyncio.get_running_loop().create_server(Peer, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""
"""An empty server: every fifth look at any task finds one that has ended."""


@dataclass(frozen=True)
class Ratio:
    """One measured ratio: ours to the yardstick, round by round."""

    name: str
    goal: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return statistics.median(self.values)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def call_ratio(url: str) -> Ratio:
    """Return a typed, validated create call against a bare post of the same body."""
    values = []
    with httpx.Client() as http, Tomoviee(app_key="fake-key", app_secret="fake-secret", base_url=url) as client:

        def bare() -> None:
            for _ in range(CALLS):
                http.post(f"{url}/v1/open/capacity/application/tm_text2video_b", json=BODY).json()

        def ours() -> None:
            for _ in range(CALLS):
                client.text_to_video("A fox in the snow", resolution="1080p", aspect_ratio="16:9")

        bare()
        ours()
        for _ in range(ROUNDS):
            before = timed(bare)
            mine = timed(ours)
            values.append(mine / statistics.mean((before, timed(bare))))
    return Ratio("one create call ÷ a bare httpx post", "≤ 0.70", tuple(values))


def tasks_ratio(url: str) -> Ratio:
    """Measure many waiting tasks in one process, in requests a second, against plain httpx at 100 in flight."""

    async def plain() -> None:
        gate = asyncio.Semaphore(AT_ONCE)
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=AT_ONCE)) as http:

            async def one() -> None:
                async with gate:
                    (await http.post(f"{url}/v1/open/result", json=BODY)).json()

            await asyncio.gather(*(one() for _ in range(TASKS)))

    async def ours() -> None:
        async with AsyncTomoviee(app_key="fake-key", app_secret="fake-secret", base_url=url, timeout=600) as client:

            async def one() -> None:
                task = await client.text_to_video("A fox")
                for _ in range(POLLS):
                    await task.refresh()

            await asyncio.gather(*(one() for _ in range(TASKS)))

    values = []
    for _ in range(ROUNDS):
        rate = TASKS * (POLLS + 1) / timed(lambda: asyncio.run(ours()))
        values.append(rate / (TASKS / timed(lambda: asyncio.run(plain()))))
    return Ratio(f"requests a second of {TASKS} tasks ÷ plain httpx", "≥ 6", tuple(values))


def memory_a_task(url: str) -> Ratio:
    """Measure the peak memory of a task that is waited for, in KiB, against the goal of 6 KiB."""

    async def held() -> float:
        async with AsyncTomoviee(app_key="fake-key", app_secret="fake-secret", base_url=url, timeout=600) as client:
            await client.text_to_video("A fox")
            tracemalloc.start()
            await asyncio.gather(*(client.text_to_video("A fox") for _ in range(TASKS)))
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return peak / 1024 / TASKS

    return Ratio("peak memory a task ÷ 1 KiB", "≤ 6", (asyncio.run(held()),))


def start_ratio() -> Ratio:
    """Return a client ready for its first call against the import of httpx and pydantic."""

    def python(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    ours = python("from wondergen import Tomoviee; Tomoviee(app_key='fake-key', app_secret='fake-secret')")
    bare, empty = python("import httpx, pydantic"), python("pass")
    ours(), bare()
    values = []
    for _ in range(ROUNDS):
        nothing = timed(empty)
        values.append((timed(ours) - nothing) / (timed(bare) - nothing))
    return Ratio("a client ready ÷ import httpx, pydantic", "≤ 1.0", tuple(values))


def table(ratios: list[Ratio]) -> str:
    """Return the ratios as a Markdown table."""
    lines = ["| what | median | spread | goal |", "|---|---|---|---|"]
    lines += [f"| {r.name} | {r.median:.2f} | {min(r.values):.2f} – {max(r.values):.2f} | {r.goal} |" for r in ratios]
    return (
        "# What a client costs\n\nWritten by `make bench`. Ratios of one run, side by side.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def plot(ratios: list[Ratio]) -> str:
    """Return the ratios as bars with their spread, in SVG."""
    longest = max(max(ratio.values) for ratio in ratios)
    height = 40 * len(ratios) + 20
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{height}" font-family="sans-serif">']
    for index, ratio in enumerate(ratios):
        y, scale = 40 * index + 10, 300 / longest
        low, high = (400 + scale * edge for edge in (min(ratio.values), max(ratio.values)))
        parts += [
            f'<text x="390" y="{y + 16}" font-size="12" text-anchor="end">{ratio.name}</text>',
            f'<rect x="400" y="{y}" width="{scale * ratio.median:.1f}" height="22" fill="#4c78a8"/>',
            f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y + 11}" y2="{y + 11}" stroke="black" stroke-width="2"/>',
            f'<text x="{high + 6:.1f}" y="{y + 16}" font-size="12">{ratio.median:.2f} ({ratio.goal})</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Measure, print, and write the table and the plot."""
    command = [sys.executable, "-c", SERVER, ACCEPTED, FINISHED, str(POLLS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        try:
            ratios = [call_ratio(url), tasks_ratio(url), memory_a_task(url), start_ratio()]
        finally:
            server.terminate()
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "client.md").write_text(table(ratios), encoding="utf-8")
    (RESULTS / "client.svg").write_text(plot(ratios), encoding="utf-8")
    print(table(ratios))


if __name__ == "__main__":
    main()
