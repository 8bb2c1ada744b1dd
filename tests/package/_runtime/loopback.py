"""A real HTTP server on loopback that bills each paid request it accepts and misbehaves as a script says.

A mock lies where it matters: it never resets, stalls or cuts. Each request takes the next step of the script; a step
says how far the exchange goes and how it breaks. `billed` counts the POSTs the service took on, as an account would.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, cast

PATIENCE = 3.0
"""Seconds a stalled exchange is held at most: every client under test gives up long before."""


@dataclass(frozen=True)
class Request:
    """One request as it came, raw."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the only value of a header; raise where it was sent twice."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) <= 1, f"{name} was sent {len(values)} times"
        return values[0] if values else None

    def json(self) -> object:
        return json.loads(self.body)


@dataclass(frozen=True)
class Step:
    """How one exchange goes. `stage` is where it breaks; `play` does the rest."""

    name: str
    stage: str
    """accept: before a byte is read; head: with the headers read; body: with the whole request read."""
    play: Callable[[Connection], None]
    bills: bool = False
    """Whether the service has taken the work on by then."""
    keeps: bool = False
    """Whether the connection stays open for another request."""


def answer(
    body: object = None,
    status: int = 200,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    *,
    bills: bool | None = None,
    keeps: bool = True,
) -> Step:
    """Return a whole reply: bytes as they are, anything else as JSON. A 2xx bills unless its body has a refusal."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    pairs: list[tuple[str, str]] = []
    pairs += cast(Mapping[str, str], headers).items() if isinstance(headers, Mapping) else headers
    if not any(name.lower() == "content-length" for name, _ in pairs):
        pairs.append(("Content-Length", str(len(content))))
    head = head_of(status, pairs)
    refused = isinstance(body, Mapping) and body.get("code", 0) not in (0, "0")
    taken = 200 <= status < 300 and not refused if bills is None else bills
    return Step(f"answer {status}", "body", lambda link: link.send(head + content), taken, keeps)


def raw(name: str, *parts: bytes, bills: bool = True, stage: str = "body", pause: float = 0.0) -> Step:
    """Return these bytes, with a pause between the parts, then a clean close."""

    def play(link: Connection) -> None:
        for part in parts:
            link.send(part)
            if pause:
                link.wait(pause)

    return Step(name, stage, play, bills)


def bomb(byte: bytes, megabytes: int) -> bytes:
    """Return so much of one byte in gzip, without an end: compressed once, and repeated."""
    packer = zlib.compressobj(wbits=31)
    first, again = (packer.compress(byte * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * (megabytes - 1)


def close(stage: str = "body", sent: bytes = b"", *, bills: bool | None = None) -> Step:
    """Send so much, then close without a fault of the connection."""
    return Step(f"close at {stage} after {len(sent)} bytes", stage, lambda link: link.send(sent), _taken(stage, bills))


def reset(stage: str = "body", sent: bytes = b"", *, bills: bool | None = None) -> Step:
    """Send so much, then reset the connection (RST)."""

    def play(link: Connection) -> None:
        link.send(sent)
        if sent:
            link.wait(0.02)
        link.reset()

    return Step(f"reset at {stage} after {len(sent)} bytes", stage, play, _taken(stage, bills))


def stall(stage: str = "body", sent: bytes = b"", *, bills: bool | None = None) -> Step:
    """Send so much, then nothing, until the client goes or the server is closed."""

    def play(link: Connection) -> None:
        link.send(sent)
        link.hold()

    return Step(f"stall at {stage} after {len(sent)} bytes", stage, play, _taken(stage, bills))


def drip(content: bytes, *, interval: float = 0.02, bills: bool = True) -> Step:
    """Return a reply that comes byte by byte, each soon enough that no read ever times out."""

    def play(link: Connection) -> None:
        for byte in content:
            link.send(bytes([byte]))
            link.wait(interval)

    return Step("drip", "body", play, bills)


def head_of(status: int, headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return status line and headers."""
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _taken(stage: str, bills: bool | None) -> bool:
    """Count a request: a service that has the whole of it may have started to work."""
    return stage == "body" if bills is None else bills


class Loopback:
    """The server. `with Loopback(answer({...}), reset()) as server:`; `server.url` is where it is."""

    def __init__(self, *script: Step, listening: bool = True) -> None:
        self.requests: list[Request] = []
        self.bills: list[Request] = []
        """The requests that would be paid for."""
        self.connections = 0
        self.peak = 0
        """The most connections that were open at a time."""
        self._open = 0
        self.fired: list[str] = []
        self.unscripted: list[str] = []
        self._script = list(script)
        self._routes: dict[tuple[str, str], list[Step]] = {}
        self._otherwise: dict[tuple[str, str], Step] = {}
        self._scripted = len(script)
        self._lock = threading.Lock()
        self.closing = threading.Event()
        self._links: list[Connection] = []
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=0) if listening else socket.socket()
        if not listening:
            self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._threads: list[threading.Thread] = []
        if listening:
            self._start()

    def then(self, *steps: Step) -> None:
        """Add to the script."""
        with self._lock:
            self._script += steps
            self._scripted += len(steps)

    def on(self, method: str, target: str, *steps: Step, otherwise: Step | None = None) -> None:
        """Script one method and target; `otherwise` comes after every script, any number of times."""
        with self._lock:
            self._routes.setdefault((method, target), []).extend(steps)
            self._scripted += len(steps)
            if otherwise is not None:
                self._otherwise[method, target] = otherwise

    def listen(self) -> None:
        """Accept connections from now on: before, they are refused."""
        if not self._threads:
            self._socket.listen(0)
            self._start()

    def assert_fired(self) -> None:
        """Check that every scripted step happened, and no more: a fault that never fired proves nothing."""
        assert self._scripted > 0 or self.fired, "the script is empty"
        end = time.monotonic() + PATIENCE
        while self._left() and time.monotonic() < end:
            time.sleep(0.005)  # a client that gave up may be ahead of the server's thread
        assert not self._left(), f"these steps never happened: {self._left()}"
        assert not self.unscripted, f"the script has no step for: {self.unscripted}"

    def _left(self) -> list[str]:
        with self._lock:
            return [step.name for steps in (self._script, *self._routes.values()) for step in steps]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop, and let go of every stalled exchange."""
        self.closing.set()
        if self._threads:
            with socket.socket() as wake:
                wake.settimeout(1)
                wake.connect_ex(("127.0.0.1", self.port))
        self._socket.close()
        for link in self._links:
            link.shut()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _start(self) -> None:
        self._socket.listen(128)
        self._spawn(self._accept)

    def _spawn(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            if self.closing.is_set():
                peer.close()
                return
            with self._lock:
                self.connections += 1
                self._open += 1
                self.peak = max(self.peak, self._open)
            link = Connection(peer, self)
            self._links.append(link)
            self._spawn(link.serve)

    def take(self, request: Request | None) -> Step | None:
        """Return the step for a request; for a connection before its request where the next step breaks that early."""
        with self._lock:
            if request is None:
                early = bool(self._script) and self._script[0].stage == "accept"
                return self._noted(self._script.pop(0)) if early else None
            route = (request.method, request.target)
            queue = self._routes.get(route) or self._script
            if queue:
                return self._noted(queue.pop(0))
            if route in self._otherwise:
                return self._noted(self._otherwise[route])
            self.unscripted.append(f"{request.method} {request.target}")
            return answer({"unscripted": request.target}, 500)

    def _noted(self, step: Step) -> Step:
        self.fired.append(step.name)
        return step

    def left(self) -> None:
        """Note that a connection is closed."""
        with self._lock:
            self._open -= 1

    def note(self, request: Request, *, billed: bool) -> None:
        """Write a request down."""
        with self._lock:
            self.requests.append(request)
            if billed and request.method == "POST":
                self.bills.append(request)

    @property
    def billed(self) -> int:
        """How many requests would be paid for."""
        return len(self.bills)


@dataclass
class Connection:
    """One connection of the server."""

    peer: socket.socket
    server: Loopback
    _buffer: bytes = field(default=b"", repr=False)

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            self.peer.settimeout(PATIENCE)
            step = self.server.take(None)
            if step is None:
                while self._exchange():
                    pass
            else:
                self.peer.recv(1, socket.MSG_PEEK)  # the client has begun to send: it did connect
                step.play(self)
        self.shut()
        self.server.left()

    def _exchange(self) -> bool:
        head = self._until(b"\r\n\r\n")
        if not head:
            return False
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in lines[1:] if line))
        length = int(next((value for name, value in headers if name.lower() == "content-length"), "0"))
        step = self.server.take(Request(method, target, headers, b""))
        if step is None:
            return False
        body = b"" if step.stage == "head" else self._exactly(length)
        whole = step.stage == "head" or len(body) == length
        self.server.note(Request(method, target, headers, body), billed=step.bills and whole)
        step.play(self)
        return step.keeps

    def send(self, content: bytes) -> None:
        if content:
            self.peer.sendall(content)

    def wait(self, seconds: float) -> None:
        self.server.closing.wait(seconds)

    def hold(self) -> None:
        """Wait until the client hangs up or the server is closed. What the client still sends stays unread."""
        end = time.monotonic() + PATIENCE
        self.peer.setblocking(False)
        while not self.server.closing.wait(0.005) and time.monotonic() < end:
            try:
                if self.peer.recv(1, socket.MSG_PEEK) == b"":
                    return
            except BlockingIOError:
                continue
            except OSError:
                return

    def reset(self) -> None:
        self.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.peer.close()

    def shut(self) -> None:
        with contextlib.suppress(OSError):
            self.peer.shutdown(socket.SHUT_RDWR)
        self.peer.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._buffer:
            if not self._more():
                return b""
        head, _, self._buffer = self._buffer.partition(mark)
        return head

    def _exactly(self, length: int) -> bytes:
        while len(self._buffer) < length:
            if not self._more():
                break
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return body

    def _more(self) -> bool:
        chunk = self.peer.recv(65536)
        self._buffer += chunk
        return bool(chunk)
