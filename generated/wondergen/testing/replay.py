# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Record real exchanges once, with your own key; replay them in CI; tell what the catalog does not know of them.

`python -m <package>.testing.replay CASSETTE...` prints every difference of recorded replies from the catalog.
`--keep CASSETTE` makes one of what another tool recorded (JSON on standard input), with nothing secret in it.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

import httpx
import pytest

from .._catalog.received_request import ReceivedRequest
from .._catalog.request_validation import request_faults, secret_headers
from .._catalog.service_document import Catalog, Endpoint, load, names_of_services, path_under
from . import httpx_replies
from .base import TestEnvironment
from .calls import record as record_call
from .cassette import Exchange, read
from .cassette_claims import differences
from .scrub import Scrubber, without_digests

__all__ = ["Exchange", "Player", "Recorder", "differences", "main", "play", "read", "record"]

_KEPT_HEADERS = ("retry-after",)
_NOT_PASSED_ON = frozenset({"content-encoding", "content-length", "transfer-encoding", "content-type"})

_NOT_SEEN = "Clients with a transport of their own need `http_client=httpx.Client(transport=recorder.transport(inner))`"
_IS_KEPT: ContextVar[bool] = ContextVar("is_kept", default=False)
"""Whether a transport further out keeps what is being sent."""


class Recorder:
    """Inside `with`, keeps every exchange with a service. The cassette appears when all went well, and whole."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.exchanges: list[Exchange] = []
        self._scrubber = Scrubber()
        self._patch = pytest.MonkeyPatch()

    def transport(self, inner: httpx.BaseTransport | None = None) -> httpx.BaseTransport:
        """Return a transport for `http_client=httpx.Client(...)`; `inner` sends where it is none of httpx's own."""
        return _RecordingTransport(self, inner or httpx.HTTPTransport())

    def async_transport(self, inner: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncBaseTransport:
        """Return a transport for `http_client=httpx.AsyncClient(transport=...)`."""
        return _AsyncRecordingTransport(self, inner or httpx.AsyncHTTPTransport())

    def add(self, request: httpx.Request, response: httpx.Response) -> bool:
        """Keep an exchange that another tool recorded; False where it is for none of the services."""
        target = _target_of(request)
        if target is not None:
            self._keep(target, request, response, response.read())
        return target is not None

    def __enter__(self) -> Self:
        send, send_async = httpx.HTTPTransport.handle_request, httpx.AsyncHTTPTransport.handle_async_request

        def handle(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
            return self._pass(request, lambda: send(transport, request))

        async def handle_async(transport: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            return await self._pass_async(request, lambda: send_async(transport, request))

        self._patch.setattr(httpx.HTTPTransport, "handle_request", handle)
        self._patch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle_async)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._patch.undo()
        if error is None and not self.exchanges:
            raise ValueError(f"{self.path}: nothing was recorded, so nothing is written. {_NOT_SEEN}")
        # What was recorded before a failure has been paid for: it is kept, but never in place of a good cassette.
        self._write(self.path if error is None else self.path.with_name(f"{self.path.name}.partial"))

    def _pass(self, request: httpx.Request, send: Callable[[], httpx.Response]) -> httpx.Response:
        """Let a request through, and keep what is for a service: once, however many transports it goes through."""
        target = None if _IS_KEPT.get() else _target_of(request)
        if target is None:
            return send()
        request.read()
        with _keeping():
            response = send()
        try:
            content = response.read()
        finally:
            response.close()
        self._keep(target, request, response, content)
        return _again(response, content)

    async def _pass_async(
        self, request: httpx.Request, send: Callable[[], Awaitable[httpx.Response]]
    ) -> httpx.Response:
        target = None if _IS_KEPT.get() else _target_of(request)
        if target is None:
            return await send()
        await request.aread()
        with _keeping():
            response = await send()
        try:
            content = await response.aread()
        finally:
            await response.aclose()
        self._keep(target, request, response, content)
        return _again(response, content)

    def _keep(
        self,
        match: tuple[Catalog, Endpoint, dict[str, str]],
        request: httpx.Request,
        response: httpx.Response,
        content: bytes,
    ) -> None:
        catalog, endpoint, in_path = match
        row = self._scrubber.request(catalog, endpoint, request, in_path, _lenient(request))
        try:
            body = {"reply": self._scrubber.reply(json.loads(content))}
        except ValueError:
            body = {"text": self._scrubber.reply(content.decode("utf-8", "replace"))}
        response_headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        operation = endpoint.operation
        self.exchanges.append(
            Exchange(operation.service.name, operation.name, row, response.status_code, response_headers, **body)
        )

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
        return self._recorder._pass(request, lambda: self._inner.handle_request(request))

    def close(self) -> None:
        self._inner.close()


class _AsyncRecordingTransport(httpx.AsyncBaseTransport):
    def __init__(self, recorder: Recorder, inner: httpx.AsyncBaseTransport) -> None:
        self._recorder = recorder
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._recorder._pass_async(request, lambda: self._inner.handle_async_request(request))

    async def aclose(self) -> None:
        await self._inner.aclose()


class Player(TestEnvironment):
    """Answers from a cassette, each exchange once and in its order; takes the same places as the fake."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__()
        self.path = Path(path)
        self._recorded = read(path)
        self._waiting = [*self._recorded]
        self._scrubber = Scrubber()

    def _serve(self, request: httpx.Request) -> httpx.Response | None:
        target = _target_of(request)
        if target is None:
            return None
        catalog, endpoint, in_path = target
        faults = request_faults(catalog, endpoint, ReceivedRequest.of(request, in_path))
        call = record_call(endpoint, request, in_path, secret_headers(catalog), faults)
        self.calls.append(call)
        if faults:
            raise self.wrong(call.name, faults)
        row = self._scrubber.request(catalog, endpoint, request, in_path, _lenient(request))
        exchange = self._next(Exchange(call.service, call.operation, row, 0, {}))
        assets = endpoint.operation.assets
        self.publish(_with_json_decoded(exchange.reply), assets.media if assets else "file")
        return httpx_replies.response(exchange.status, "application/json", exchange.content, exchange.headers)

    def _next(self, current: Exchange) -> Exchange:
        for index, exchange in enumerate(self._waiting):
            if exchange.key == current.key:
                return self._waiting.pop(index)
        text = json.dumps(current.request, ensure_ascii=False)
        times = sum(exchange.key == current.key for exchange in self._recorded)
        if times:
            often = "once" if times == 1 else f"{times} times"
            raise self.wrong(current.name, [f"{self.path.name} has this {often}, and it is sent once more: {text}"])
        same = [one.request for one in self._waiting if one.name == current.name]
        lines = [f"recorded: {json.dumps(request, ensure_ascii=False)}" for request in same]
        if any(without_digests(request) == without_digests(current.request) for request in same):
            lines.append("the texts differ: record again what the code now sends")
        raise self.wrong(current.name, [f"this is not in {self.path.name}: {text}", *lines])

    def _left_over(self) -> list[str]:
        exchanges, self._waiting = self._waiting, []
        return [f"{self.path.name}: {one.name} was recorded and not sent" for one in exchanges]


def record(path: str | os.PathLike[str]) -> Recorder:
    """Record into a cassette: `with record(path)`. Nothing in the tested code changes; it needs your key."""
    return Recorder(path)


def play(path: str | os.PathLike[str]) -> Player:
    """Replay a cassette: `with play(path)`. Nothing in the tested code changes."""
    return Player(path)


@contextmanager
def _keeping() -> Iterator[None]:
    token = _IS_KEPT.set(True)
    try:
        yield
    finally:
        _IS_KEPT.reset(token)


def _target_of(request: httpx.Request) -> tuple[Catalog, Endpoint, dict[str, str]] | None:
    """Return the operation that a request is meant for."""
    for name in names_of_services():
        catalog = load(name)
        path = path_under(catalog.bases, request.url)
        match = None if path is None else catalog.match(request.method, path, request.url.params.multi_items())
        if match is not None:
            return catalog, match[0], {key: unquote(value) for key, value in match[1].items()}
    return None


def _lenient(request: httpx.Request) -> Any:
    try:
        return ReceivedRequest.of(request, {}).body()
    except ValueError:
        return None


def _with_json_decoded(value: Any) -> Any:
    """Return a reply with the JSON in its texts decoded: results hide URLs there."""
    if isinstance(value, Mapping):
        return {name: _with_json_decoded(item) for name, item in value.items()}
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _again(response: httpx.Response, content: bytes) -> httpx.Response:
    """Return the reply once more, for the client: it has been read."""
    headers = {name: value for name, value in response.headers.items() if name not in _NOT_PASSED_ON}
    media = response.headers.get("content-type", "application/json")
    return httpx_replies.response(response.status_code, media, content, headers)


def main(arguments: list[str]) -> int:
    """Print the differences of cassettes. 1 where there are any, 2 where a cassette cannot be read."""
    if arguments[:1] == ["--keep"] and len(arguments) == 2:
        return _keep_all(Path(arguments[1]), json.load(sys.stdin))
    if not arguments:
        print("usage: python -m <package>.testing.replay CASSETTE...", file=sys.stderr)
        return 2
    try:
        claims = [line for path in arguments for line in differences(path)]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for line in claims:
        print(line)
    return 1 if claims else 0


def _keep_all(path: Path, rows: list[dict[str, Any]]) -> int:
    """Write exchanges of another tool as a cassette, and print the number of each that is for a service."""
    recorder = Recorder(path)
    for row in rows:
        try:
            headers = [(name, value) for name, value in row["headers"] if name.lower() != "content-length"]
            request = httpx.Request(row["method"], row["url"], headers=headers, content=base64.b64decode(row["body"]))
            content = base64.b64decode(row["content"])
            response = httpx.Response(row["status"], headers=row["reply_headers"], content=content)
            is_kept = recorder.add(request, response)
        except (ValueError, httpx.InvalidURL, httpx.DecodingError):
            print(f"exchange {row['number']} has a URL, header or body that cannot be read", file=sys.stderr)
            return 2
        if is_kept:
            print(row["number"])
    recorder._write(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
