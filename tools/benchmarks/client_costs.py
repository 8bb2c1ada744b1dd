"""What a client costs, side by side with the libraries it stands on: every figure of `benchmarks/results/client.md`.

`python -m tools.benchmarks.client_costs [ROW...]` measures all rows, or those of which the name begins so. How long it
takes is bounded by WONDERGEN_BENCH_TASKS and WONDERGEN_BENCH_ROUNDS; the defaults take some ten minutes.
"""

from __future__ import annotations

import asyncio
import gc
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from wondergen import AsyncTomoviee, Tomoviee
from wondergen._runtime.validate import check
from wondergen.tomoviee.operations import TEXT_TO_VIDEO

from tools.benchmarks import regeneration
from tools.benchmarks.measure import ROUNDS, Figure, interleaved, of_processes, timed, write

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
CALLS = 200
CHECKS = 2000
TASKS = int(os.environ.get("WONDERGEN_BENCH_TASKS", "10000"))
POLLS = 5
AT_ONCE = 100
PLAIN = 2000
"""Requests of plain httpx, which are enough to know its rate."""
FILE_SIZE = 500_000_000
PATH = "/v1/open/capacity/application/tm_text2video_b"
BODY = {"prompt": "A fox in the snow", "resolution": "1080p", "aspect_ratio": "16:9", "duration": 5}
KEYS: Any = {"app_key": "fake-key", "app_secret": "fake-secret"}


def create_call(url: str) -> list[Figure]:
    """Measure a typed, validated create call against a bare post of the same body."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    with httpx.Client() as plain, Tomoviee(**KEYS, base_url=url) as client:

        def bare() -> None:
            for _ in range(CALLS):
                plain.post(f"{url}{PATH}", json=BODY).json()

        def ours() -> None:
            for _ in range(CALLS):
                client.text_to_video("A fox in the snow", resolution="1080p", aspect_ratio="16:9")

        def limit() -> None:
            headers = {"Content-Type": "application/json"}
            for _ in range(CALLS):
                connection.request("POST", PATH, json.dumps(BODY), headers)
                json.loads(connection.getresponse().read())

        rows = [interleaved("create call ÷ a bare httpx post", 0.70, ours, bare)]
        rows.append(interleaved("(the limit: http.client ÷ a bare httpx post)", 0.70, limit, bare))
    connection.close()
    return rows


def tasks(url: str) -> list[Figure]:
    """Measure requests a second of many tasks that are created and waited for, against plain httpx."""

    async def plain() -> None:
        gate = asyncio.Semaphore(AT_ONCE)
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=AT_ONCE)) as client:

            async def one() -> None:
                async with gate:
                    (await client.post(f"{url}{PATH}", json=BODY)).json()

            await asyncio.gather(*(one() for _ in range(PLAIN)))

    values = []
    for _ in range(min(ROUNDS, 3)):
        before = timed(lambda: asyncio.run(plain()))
        rate = TASKS * (POLLS + 1) / timed(lambda: asyncio.run(_create_and_wait(url)))
        after = timed(lambda: asyncio.run(plain()))
        values.append(rate / (2 * PLAIN / (before + after)))
    return [Figure(f"requests a second of {TASKS:,} tasks ÷ plain httpx", 6, tuple(values), is_least=True)]


async def _create_and_wait(url: str, count: int = TASKS) -> None:
    """Run the tasks. Raises where a single one of them fails."""
    async with AsyncTomoviee(**KEYS, base_url=url, timeout=600) as client:

        async def one() -> None:
            task = await client.text_to_video("A fox in the snow")
            assert (await task.wait(None, first_interval=0.01, max_interval=0.01)).urls

        await asyncio.gather(*(one() for _ in range(count)))


def memory(url: str) -> list[Figure]:
    """Measure the peak memory of those tasks, each with all that Python and asyncio need for it."""
    asyncio.run(_create_and_wait(url, 100))
    gc.collect()
    tracemalloc.start()
    asyncio.run(_create_and_wait(url))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return [Figure(f"peak memory a task of {TASKS:,}", 6, (peak / 1024 / TASKS,), " KiB")]


def start(url: str) -> list[Figure]:
    """Measure a client that is ready, and one that has made its first call, against importing httpx and pydantic."""
    code = f"from wondergen import Tomoviee\nclient = Tomoviee(**{KEYS!r}, base_url={url!r})"
    rounds = of_processes(
        {
            "ready": [sys.executable, "-c", code],
            "first": [sys.executable, "-c", f"{code}\nclient.text_to_video('A fox')"],
            "libraries": [sys.executable, "-c", "import httpx, pydantic"],
        }
    )
    values = {name: tuple(one[name] / one["libraries"] for one in rounds) for name in ("ready", "first")}
    return [
        Figure("client ready ÷ importing httpx and pydantic", 1.0, values["ready"]),
        Figure("client after its first call ÷ the same", 1.4, values["first"]),
    ]


def command_line(url: str) -> list[Figure]:
    """Measure three commands against importing click."""
    command = [sys.executable, "-m", "wondergen"]
    sides = {
        "--help": [*command, "--help"],
        "models": [*command, "models"],
        "--help of a command": [*command, "tomoviee", "text-to-video", "--help"],
    }
    rounds = of_processes({**sides, "click": [sys.executable, "-c", "import click"]})

    def whole(one: dict[str, float], name: str) -> float:
        return one[name] + one["nothing"]  # the start of Python included: somebody waits for it

    return [
        Figure(
            f"wondergen {name} ÷ importing click", 1.5, tuple(whole(one, name) / whole(one, "click") for one in rounds)
        )
        for name in sides
    ]


def download(url: str) -> list[Figure]:
    """Measure saving a large file against httpx.stream to a file: the rate of ours divided by that of httpx."""
    with tempfile.TemporaryDirectory() as folder, Tomoviee(**KEYS, base_url=url) as client:
        result = client.text_to_video("A fox in the snow").wait(None, first_interval=0.01, max_interval=0.01)
        numbers = iter(range(1000))

        def ours() -> None:
            (path,) = result.save(Path(folder) / str(next(numbers)))
            assert path.stat().st_size == FILE_SIZE
            path.unlink()

        def bare() -> None:
            path = Path(folder) / "bare"
            with open(path, "wb") as file, httpx.stream("GET", f"{url}/film.mp4") as response:
                for chunk in response.iter_bytes():
                    file.write(chunk)
            path.unlink()

        row = interleaved("", 0.95, ours, bare)
    rates = tuple(1 / value for value in row.values)
    return [Figure("download of 500 MB, rate ÷ httpx.stream", 0.95, rates, is_least=True)]


def validation(url: str) -> list[Figure]:
    """Measure the check of a request against its model, in microseconds of processor."""
    arguments = {**BODY, "camera_move_index": None, "callback": None, "params": None}
    values = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(CHECKS):
            _, faults = check(TEXT_TO_VIDEO, arguments)
            assert not faults
        values.append((time.process_time() - start) / CHECKS * 1e6)
    return [Figure("a request checked against its model", 8, tuple(values), " µs")]


SECTIONS: dict[str, Callable[[str], list[Figure]]] = {
    "create": create_call,
    "check": validation,
    "start": start,
    "cli": command_line,
    "tasks": tasks,
    "memory": memory,
    "download": download,
    "regenerate": lambda url: regeneration.rows(),
}


@contextmanager
def service() -> Iterator[str]:
    """Run the stand-in in a process of its own, and give its URL."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        with open(film, "wb") as file:
            file.write(b"\0\0\0\x20ftypisom")
            file.truncate(FILE_SIZE)
        command = [sys.executable, "-m", "tools.benchmarks.stand_in", str(POLLS), str(film)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                yield f"http://127.0.0.1:{int(server.stdout.readline())}"
            finally:
                server.terminate()


def main() -> None:
    """Measure, print, and write the table and the plot."""
    names = [name for name in SECTIONS if not sys.argv[1:] or name in sys.argv[1:]]
    rows: list[Figure] = []
    with service() as url:
        for name in names:
            figures = SECTIONS[name](url)
            for row in figures:
                print(" | ".join(row.cells()), flush=True)
            rows += figures
    if names == list(SECTIONS):
        machine = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
        remarks = [
            f"Python {sys.version.split()[0]}, httpx {httpx.__version__}, {machine}.",
            f"{TASKS:,} tasks, each created and polled {POLLS} times until it has a result; one error ends the run.",
            "Processes are measured in seconds of processor, less those of an empty Python but for the command line.",
            regeneration.REMARK,
        ]
        write(RESULTS, "client", "What a client costs", rows, remarks)


if __name__ == "__main__":
    main()
