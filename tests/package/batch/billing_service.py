"""A service that bills: it takes tasks of two services over real HTTP, counts who paid for what, and has faults.

It runs in a thread of the test, so that the processes that call it may be killed and it may not.
"""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections import Counter
from types import TracebackType
from typing import Any, Self

from wondergen._media import make

from tests.chosen_operations import CREDITS, PICTURE, VIDEO, Example

STILL = make("png", width=8, height=8)
FILM = make("mp4", width=64, height=36)


class StandIn:
    """The service. `bills` counts the accepted submits of each prompt; `submitted_at` has the time of each request."""

    def __init__(self, *, seed: int = 0, polls: int = 1, price: int = 10, credits: int = 1_000_000) -> None:
        # Here and not in the thread of the server: where the catalog has none of these, the test is skipped.
        self._no_credits, self._credits_path = PICTURE.code(error="InsufficientCredits"), CREDITS.path
        self._video_report, self._picture_reports = VIDEO.report.path, PICTURE.report.path.partition("{")[0]
        self.bills: Counter[str] = Counter()
        self.submitted_at: list[float] = []
        self.images: set[str] = set()
        self.posts = 0
        self.faults: dict[str, float] = {}
        """Fault → how likely a submit has it: limited, refused, reset, lost, failed; gone: a lost file."""
        self.price, self.credits = price, credits
        self.balance: tuple[int, object, float] | None = None
        """What is answered to who asks for the balance, in place of the credits: status, body, and seconds before."""
        self.balance_from, self.balance_times = 1, 1_000_000
        """From which time on, and how often."""
        self.top_up = 0
        """Credits that come in after the fourth bill."""
        self._looks = 0
        self.most_open = 0
        self._open: set[str] = set()
        self._polls = polls
        self._poll_counts: Counter[str] = Counter()
        self._failing: set[str] = set()
        self._random = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def most_in(self, seconds: float) -> int:
        """Return the most submits that arrived within any such time."""
        times = sorted(self.submitted_at)
        return max(
            (sum(start <= one < start + seconds for one in times[at : at + 200]) for at, start in enumerate(times)),
            default=0,
        )

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._connected, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        _method, path, _ = head[0].split(" ")
        lengths = [int(line.partition(":")[2]) for line in head if line.lower().startswith("content-length:")]
        body = await reader.readexactly(lengths[0]) if lengths else b""
        if path.startswith("/file/"):
            gone = self._chance("gone")
            return await self._answer(writer, 404 if gone else 200, STILL if path.endswith("png") else FILM)
        if path == self._credits_path:
            self._looks += 1
            if self.balance is not None and 0 <= self._looks - self.balance_from < self.balance_times:
                status, content, seconds = self.balance
                await asyncio.sleep(seconds)
                return await self._answer(
                    writer, status, content if isinstance(content, bytes) else json.dumps(content).encode()
                )
            return await self._reply(writer, {"code": 0, "data": {"credits": self.credits}})
        if path == self._video_report:
            return await self._report(writer, json.loads(body)["task_id"], VIDEO)
        if path.startswith(self._picture_reports):
            return await self._report(writer, path.rpartition("/")[2], PICTURE)
        return await self._submit(writer, json.loads(body))

    async def _submit(self, writer: asyncio.StreamWriter, body: dict[str, Any]) -> bool:
        prompt = str(body.get("data", body).get("prompt"))
        self.posts += 1
        if "image" in body.get("data", {}):
            self.images.add(body["data"]["image"])
        self.submitted_at.append(time.monotonic())
        if self._chance("limited"):
            return await self._answer(writer, 429, b"{}")
        if self._chance("refused"):
            return await self._answer(writer, 400, b"{}")
        if self._chance("reset"):  # before anything of it was taken
            writer.transport.abort()
            return False
        if self.credits < self.price:
            return await self._reply(writer, {"code": self._no_credits, "msg": "no credits"})
        self.bills[prompt] += 1
        self.credits -= self.price
        if self.bills.total() == 4:
            self.credits += self.top_up
        task = f"t{sum(self.bills.values())}"
        self._open.add(task)
        self.most_open = max(self.most_open, len(self._open))
        if self._chance("failed"):
            self._failing.add(task)
        if self._chance("lost"):
            writer.transport.abort()
            return False
        return await self._reply(writer, {"code": 0, "data": {"task_id": task}})

    async def _report(self, writer: asyncio.StreamWriter, task: str, started: Example) -> bool:
        self._poll_counts[task] += 1
        if self._poll_counts[task] <= self._polls:
            return await self._reply(
                writer, {"code": 0, "data": {"task_id": task, "status": started.status("running")}}
            )
        self._open.discard(task)
        if task in self._failing:
            return await self._reply(
                writer, {"code": 0, "data": {"task_id": task, "status": started.status("failed"), "reason": "no"}}
            )
        film = f"{self.url}/file/{task}.mp4"
        still = f"{self.url}/file/{task}.png"
        result: Any = json.dumps({VIDEO.files: [film]}) if started is VIDEO else {"images": [still]}
        return await self._reply(
            writer, {"code": 0, "data": {"task_id": task, "status": started.status("succeeded"), "result": result}}
        )

    def _chance(self, fault: str) -> bool:
        return self._random.random() < self.faults.get(fault, 0.0)

    async def _reply(self, writer: asyncio.StreamWriter, body: object) -> bool:
        return await self._answer(writer, 200, json.dumps(body).encode())

    async def _answer(self, writer: asyncio.StreamWriter, status: int, content: bytes) -> bool:
        writer.write(f"HTTP/1.1 {status} Whatever\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content)
        await writer.drain()
        return True
