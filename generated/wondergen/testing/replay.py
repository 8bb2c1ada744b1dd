# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Record real exchanges once, with your own key; replay them in CI; tell what the catalog does not know of them.

`python -m <package>.testing.replay CASSETTE...` prints every difference of recorded replies from the catalog.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

import httpx

from .._catalog.asked import Asked
from .._catalog.document import Catalog, Endpoint, load, names_of_services, path_under
from .._catalog.judge import request_faults, secret_headers
from . import wire
from .calls import record as record_call
from .drift import Drift, drifts
from .scene import Scene
from .scrub import Scrubber

_KEPT_HEADERS = ("retry-after",)
_NOT_PASSED_ON = frozenset({"content-encoding", "content-length", "transfer-encoding", "content-type"})

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_NOT_PLAIN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of a cassette."""

    service: str
    operation: str
    request: Mapping[str, Any]
    """Scrubbed: path, query and body."""
    status: int
    headers: Mapping[str, str]
    reply: Any = None
    """The decoded JSON."""
    text: str | None = None
    """A reply that is no JSON."""

    def line(self) -> str:
        """As it is stored."""
        row = {"service": self.service, "operation": self.operation, "request": self.request, "status": self.status}
        told = {"headers": self.headers} if self.headers else {}
        body = {"reply": self.reply} if self.text is None else {"text": self.text}
        return json.dumps({**row, **told, **body}, ensure_ascii=False)

    @classmethod
    def of(cls, line: str) -> Exchange:
        """As it was stored."""
        row = json.loads(line)
        return cls(**{"headers": {}, **row})

    @property
    def content(self) -> bytes:
        """The body of the reply."""
        return (json.dumps(self.reply, ensure_ascii=False) if self.text is None else self.text).encode()

    @property
    def key(self) -> str:
        """What makes two requests the same."""
        return json.dumps([self.service, self.operation, self.request], sort_keys=True)


class Recorder:
    """Keeps every exchange that goes through its transports. The cassette appears when all went well, and whole."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.exchanges: list[Exchange] = []
        self._scrubber = Scrubber()

    def transport(self, inner: httpx.BaseTransport | None = None) -> httpx.BaseTransport:
        """For `http_client=httpx.Client(transport=...)`. `inner`: what sends; default: the network."""
        return _RecordingTransport(self, inner or httpx.HTTPTransport())

    def async_transport(self, inner: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncBaseTransport:
        """For `http_client=httpx.AsyncClient(transport=...)`."""
        return _AsyncRecordingTransport(self, inner or httpx.AsyncHTTPTransport())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What was recorded before a failure has been paid for: it is kept, but never in place of a good cassette.
        self._write(self.path if error is None else self.path.with_name(f"{self.path.name}.partial"))

    def _keep(self, request: httpx.Request, status: int, headers: httpx.Headers, content: bytes) -> None:
        found = _meant(request)
        if found is None:
            return
        catalog, endpoint, in_path = found
        kept = self._scrubber.request(catalog, endpoint, request, in_path, _lenient(request))
        try:
            body = {"reply": self._scrubber.reply(json.loads(content))}
        except ValueError:
            body = {"text": self._scrubber.reply(content.decode("utf-8", "replace"))}
        told = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
        operation = endpoint.operation
        self.exchanges.append(Exchange(operation.service.name, operation.name, kept, status, told, **body))

    def _write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            scratch.write_text("".join(f"{one.line()}\n" for one in self.exchanges), encoding="utf-8")
            os.replace(scratch, path)
        finally:
            scratch.unlink(missing_ok=True)


class _RecordingTransport(httpx.BaseTransport):
    def __init__(self, recorder: Recorder, inner: httpx.BaseTransport) -> None:
        self._recorder = recorder
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        response = self._inner.handle_request(request)
        try:
            content = response.read()
        finally:
            response.close()
        self._recorder._keep(request, response.status_code, response.headers, content)
        return _again(response, content)

    def close(self) -> None:
        self._inner.close()


class _AsyncRecordingTransport(httpx.AsyncBaseTransport):
    def __init__(self, recorder: Recorder, inner: httpx.AsyncBaseTransport) -> None:
        self._recorder = recorder
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        response = await self._inner.handle_async_request(request)
        try:
            content = await response.aread()
        finally:
            await response.aclose()
        self._recorder._keep(request, response.status_code, response.headers, content)
        return _again(response, content)

    async def aclose(self) -> None:
        await self._inner.aclose()


class Player(Scene):
    """Answers from a cassette, each exchange once and in its order; takes the same places as the fake."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__()
        self.path = Path(path)
        self._waiting = read(path)
        self._scrubber = Scrubber()

    def _serve(self, request: httpx.Request) -> httpx.Response | None:
        found = _meant(request)
        if found is None:
            return None
        catalog, endpoint, in_path = found
        faults = request_faults(catalog, endpoint, Asked.of(request, in_path))
        call = record_call(endpoint, request, in_path, secret_headers(catalog), faults)
        self.calls.append(call)
        if faults:
            raise self.wrong(call.name, faults)
        kept = self._scrubber.request(catalog, endpoint, request, in_path, _lenient(request))
        exchange = self._next(Exchange(call.service, call.operation, kept, 0, {}))
        assets = endpoint.operation.assets
        self.publish(_decoded(exchange.reply), assets.media if assets else "file")
        return wire.response(exchange.status, "application/json", exchange.content, exchange.headers)

    def _next(self, wanted: Exchange) -> Exchange:
        for index, exchange in enumerate(self._waiting):
            if exchange.key == wanted.key:
                return self._waiting.pop(index)
        same = [one for one in self._waiting if (one.service, one.operation) == (wanted.service, wanted.operation)]
        recorded = [f"recorded: {json.dumps(one.request, ensure_ascii=False)}" for one in same]
        name = f"{wanted.service}.{wanted.operation}"
        sent = f"this is not in {self.path.name}, or not once more: {json.dumps(wanted.request, ensure_ascii=False)}"
        raise self.wrong(name, [sent, *recorded])

    def _left_over(self) -> list[str]:
        left, self._waiting = self._waiting, []
        return [f"{self.path.name}: {one.service}.{one.operation} was recorded and not sent" for one in left]


def record(path: str | os.PathLike[str]) -> Recorder:
    """Record into a cassette: `with record(path) as recorder`, and give clients its transport."""
    return Recorder(path)


def play(path: str | os.PathLike[str]) -> Player:
    """Replay a cassette: `with play(path)`. Nothing in the tested code changes."""
    return Player(path)


def read(path: str | os.PathLike[str]) -> list[Exchange]:
    """The exchanges of a cassette. ValueError where a line is none."""
    found = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(Exchange.of(line))
        except (ValueError, TypeError) as error:
            raise ValueError(f"{path}:{number}: is no recorded exchange; record it again") from error
    return found


def differences(path: str | os.PathLike[str]) -> list[str]:
    """What recorded replies have and the catalog has not, each as a line for a file of claims, once.

    The line numbers are those of the cassette. A claim without a state or an error is for a person to complete.
    """
    found: dict[str, str] = {}
    for number, exchange in enumerate(read(path), 1):
        catalog = load(exchange.service)
        for drift in drifts(catalog, exchange.operation, exchange.status, exchange.content):
            claim = _claim(catalog, drift) if drift.subject else drift.operation
            line = f"- {{line: {number}, {claim}}}  # " if drift.subject else f"# line {number}, {claim}: "
            found.setdefault(claim, line + " ".join(drift.problem.split()))
    return list(found.values())


def _claim(catalog: Catalog, drift: Drift) -> str:
    """The claim, without its line: what it is about, that it was seen rather than said, and the facts."""
    row: dict[str, Any] = {}
    if drift.subject in ("response", "result"):
        segments = catalog.endpoints[drift.operation].operation.path.split("/")
        row["operation"] = [segment for segment in segments if segment and "{" not in segment][-1]
    row[drift.subject] = drift.name
    row["by"] = "example"
    return ", ".join(f"{key}: {_yaml(value)}" for key, value in {**row, "facts": drift.facts}.items())


def _yaml(value: Any) -> str:
    """A value in YAML's flow style. Text is quoted where it could be read as anything else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(item) for item in value) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN:
        return value
    return "'" + value.replace("'", "''") + "'"


def _meant(request: httpx.Request) -> tuple[Catalog, Endpoint, dict[str, str]] | None:
    """The operation that a request is meant for."""
    for name in names_of_services():
        catalog = load(name)
        path = path_under(catalog.bases, request.url)
        found = None if path is None else catalog.match(request.method, path)
        if found is not None:
            return catalog, found[0], {key: unquote(value) for key, value in found[1].items()}
    return None


def _lenient(request: httpx.Request) -> Any:
    try:
        return Asked.of(request, {}).body()
    except ValueError:
        return None


def _decoded(value: Any) -> Any:
    """A reply with the JSON in its texts decoded: results hide addresses there."""
    if isinstance(value, Mapping):
        return {name: _decoded(item) for name, item in value.items()}
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _again(response: httpx.Response, content: bytes) -> httpx.Response:
    """The reply once more, for the client: it has been read."""
    headers = {name: value for name, value in response.headers.items() if name not in _NOT_PASSED_ON}
    media = response.headers.get("content-type", "application/json")
    return wire.response(response.status_code, media, content, headers)


def main(arguments: list[str]) -> int:
    """Print the differences of cassettes. 1 where there are any, 2 where a cassette cannot be read."""
    if not arguments:
        print("usage: python -m <package>.testing.replay CASSETTE...", file=sys.stderr)
        return 2
    try:
        found = [line for path in arguments for line in differences(path)]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
