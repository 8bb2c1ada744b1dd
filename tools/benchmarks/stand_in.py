"""A service on loopback that costs as little as it can: it takes tasks, reports on them, and serves one large file.

`python -m tools.benchmarks.stand_in POLLS FILE` prints its port.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import ClassVar

_LENGTH = re.compile(rb"content-length: *(\d+)", re.I)
_TASK = re.compile(rb'"task_id": ?"([^"]+)"')


def _reply(body: object) -> bytes:
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


class Peer(asyncio.Protocol):
    """One connection. A task has ended at the look with the number `polls`."""

    polls = 5
    file = Path()
    started = 0
    looks: ClassVar[dict[bytes, int]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._data = transport, b""

    def data_received(self, data: bytes) -> None:
        self._data += data
        while True:
            head, mark, rest = self._data.partition(b"\r\n\r\n")
            match = _LENGTH.search(head)
            length = int(match[1]) if match else 0
            if not mark or len(rest) < length:
                return
            self._data = rest[length:]
            self._answer(head, rest[:length])

    def _answer(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"GET"):
            asyncio.get_running_loop().create_task(self._send_file())
            return
        task = _TASK.search(body)
        if task is None:
            Peer.started += 1
            data = {"task_id": f"t-{Peer.started}", "status": 2}
        else:
            looks = self.looks[task[1]] = self.looks.get(task[1], 0) + 1
            port = self._transport.get_extra_info("sockname")[1]
            result = json.dumps({"video_path": [f"http://127.0.0.1:{port}/film.mp4"]})
            is_over = looks % self.polls == 0
            data = {"task_id": task[1].decode(), "status": 3, "result": result} if is_over else {"status": 2}
        self._transport.write(_reply({"code": 0, "msg": "", "data": data, "trace_id": "x"}))

    async def _send_file(self) -> None:
        size = self.file.stat().st_size
        self._transport.write(f"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: {size}\r\n\r\n".encode())
        with open(self.file, "rb") as file:
            await asyncio.get_running_loop().sendfile(self._transport, file)


async def main() -> None:
    """Serve until the process is ended."""
    Peer.polls, Peer.file = int(sys.argv[1]), Path(sys.argv[2])
    server = await asyncio.get_running_loop().create_server(Peer, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
