"""What a batch costs beside the calls themselves: time a row, growth with the number of rows, and memory.

The service is a transport in this process that answers at once, so that all the time is the client's and the engine's.
The same calls without a batch are made for comparison. The table goes to `benchmarks/results/batch.md`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wondergen import AsyncTomoviee
from wondergen._runtime.aio import client as client_module
from wondergen._runtime.delivery import Received
from wondergen._runtime.hosts import Target
from wondergen._runtime.reply import HTTPReply
from wondergen._runtime.request import WireRequest
from wondergen.batch import Batch

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
ROWS = int(os.environ.get("WONDERGEN_BENCH_ROWS", "100000"))
AT_ONCE = 50
PLAIN_CALLS = 2000
OPERATION = "tomoviee.text_to_video"
KEYS: dict[str, Any] = {"app_key": "fake-key", "app_secret": "fake-secret"}


class InstantService:
    """A transport whose service accepts each submit and has each task finished at the first look."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self.bills = 0

    async def send(self, request: WireRequest, timeout: float, received: Received) -> HTTPReply:
        """Answer at once."""
        data: dict[str, Any] = {"task_id": "t1", "status": 3, "result": '{"video_path": ["https://a.invalid/1.mp4"]}'}
        if not request.url.endswith("/pub/task"):
            self.bills += 1
            data = {"task_id": f"t{next(self._ids)}"}
        await asyncio.sleep(0)
        return HTTPReply(200, {}, json.dumps({"code": 0, "data": data}).encode())

    @asynccontextmanager
    async def open(
        self, target: Target, headers: Mapping[str, str], timeout: float, address: str | None = None
    ) -> AsyncIterator[Any]:
        """Refuse: no file is saved here."""
        raise NotImplementedError
        yield

    def resolves(self, target: Target) -> bool:
        """Return False: nothing is looked up."""
        return False

    async def aclose(self) -> None:
        """Close nothing."""


@dataclass
class BatchRun:
    """What one run of a batch took."""

    rows: int
    add_ms: float = 0.0
    """Milliseconds a row to check and add it."""
    row_ms: float = 0.0
    """Milliseconds a row of the run, of a clock on the wall."""
    cpu_ms: float = 0.0
    """The same of processor time."""
    memory_mb: float = 0.0
    """What the peak of memory grew by during the run."""
    store_bytes: float = 0.0
    """Bytes of the store a row."""
    marks: list[tuple[float, float]] = field(default_factory=list)
    """Clock and processor time, in seconds, at the start and after each tenth of the rows."""

    def growth(self, clock: int) -> float:
        """Return what the last tenth of the rows took, the first tenth being 1. 0: wall clock; 1: processor time."""
        times = [mark[clock] for mark in self.marks]
        return (times[-1] - times[-2]) / (times[1] - times[0])


def main() -> None:
    """Measure, print the table and write it down."""
    service = InstantService()
    setattr(client_module, "transport_for", lambda http_client, base_url: service)  # noqa: B010
    plain = asyncio.run(_plain())
    with tempfile.TemporaryDirectory() as folder:
        runs = [_batch(Path(folder) / f"{rows}.sqlite", rows) for rows in (ROWS // 25, ROWS)]
    billed = sum(run.rows for run in runs) + PLAIN_CALLS
    if service.bills != billed:
        sys.exit(f"{service.bills} bills for {billed} rows")
    text = _table(plain, runs)
    print(text)
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "batch.md").write_text(text, encoding="utf-8")


async def _plain() -> float:
    """Return milliseconds of one call with its wait, without key, journal and batch."""
    async with AsyncTomoviee(**KEYS) as client:

        async def call() -> None:
            task = await client.text_to_video("A fox")
            await task.wait(first_interval=0.0001)

        start = time.perf_counter()
        for _ in range(PLAIN_CALLS // AT_ONCE):
            await asyncio.gather(*(call() for _ in range(AT_ONCE)))
        return (time.perf_counter() - start) / PLAIN_CALLS * 1000


def _batch(store: Path, rows: int) -> BatchRun:
    run = BatchRun(rows)
    start = time.perf_counter()
    clients = {"tomoviee": lambda: AsyncTomoviee(**KEYS)}
    with Batch(store, at_once=AT_ONCE, first_interval=0.0001, clients=clients) as batch:
        batch.add_all((OPERATION, {"prompt": f"scene {number}"}, f"scene-{number}") for number in range(rows))
        run.add_ms = (time.perf_counter() - start) / rows * 1000
        before, cpu = _peak_mb(), time.process_time()
        begin = time.perf_counter()
        run.marks.append((begin, cpu))
        for number, row in enumerate(batch.run(), 1):
            assert row.state == "done", row
            if number % max(rows // 10, 1) == 0:
                run.marks.append((time.perf_counter(), time.process_time()))
        run.row_ms = (time.perf_counter() - begin) / rows * 1000
        run.cpu_ms = (time.process_time() - cpu) / rows * 1000
        run.memory_mb = _peak_mb() - before
    run.store_bytes = store.stat().st_size / rows
    return run


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


def _table(plain: float, runs: list[BatchRun]) -> str:
    names = [f"{run.rows:,} rows" for run in runs]
    lines = [
        ("a row is checked and added", [f"{run.add_ms:.2f} ms" for run in runs]),
        ("a row is run, call and wait included", [f"{run.row_ms:.2f} ms" for run in runs]),
        ("of that, processor time", [f"{run.cpu_ms:.2f} ms" for run in runs]),
        ("the engine alone: less the same call without a batch", [f"{run.row_ms - plain:.2f} ms" for run in runs]),
        ("last tenth of the rows ÷ first tenth", [f"{run.growth(0):.2f}" for run in runs]),
        ("the same of processor time", [f"{run.growth(1):.2f}" for run in runs]),
        ("growth of peak memory in the run", [f"{run.memory_mb:.0f} MB" for run in runs]),
        ("store", [f"{run.store_bytes:.0f} bytes a row" for run in runs]),
    ]
    table = [f"| what | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    table += [f"| {name} | {' | '.join(values)} |" for name, values in lines]
    head = (
        "# What a batch costs\n\nWritten by `python -m tools.benchmarks.batch_costs`: one worker, an SQLite file, "
        f"{AT_ONCE} rows at once, a service that answers at once, Python {platform.python_version()}.\n\n"
    )
    return head + "\n".join(table) + "\n"


if __name__ == "__main__":
    main()
