"""All fake services of one test: routing, files, the clock, what was sent, and the reckoning at the end."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

import httpx
import pytest

from .._runtime.errors import InvalidRequest
from .._runtime.states import find_urls
from . import media, wire
from .calls import Call
from .catalog import load
from .clock import VirtualClock
from .faked import FakeService
from .problems import TestProblems, WrongCall
from .stage import set_scene, watch_refusals


class World:
    """Stateful fakes. As a context manager it is active inside and reckons at the end; the fixture does both."""

    _services: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        self.clock = VirtualClock()
        """The time: `now`, `slept`, `elapsed`, `advance(seconds)`."""
        self.calls: list[Call] = []
        """Every request to every service, in order."""
        self.downloads: list[str] = []
        """The address of every file that was fetched."""
        self._problems: list[str] = []
        self._files: dict[tuple[str, str], str] = {}
        self._lock = threading.RLock()
        self._patch: pytest.MonkeyPatch | None = None
        self.services = {name: FakeService(self, load(name)) for name in self._services}
        """By name: also those whose name something else has here."""
        for name, service in self.services.items():
            if not hasattr(type(self), name):
                vars(self).setdefault(name, service)

    def start(self) -> None:
        """Take the place of the services, of the time and of the network."""
        self._patch = pytest.MonkeyPatch()
        services = [service._catalog.service for service in self.services.values()]
        set_scene(self._patch, self._route, self.clock, services, self._has_host)
        watch_refusals(self._patch, self._refused)

    def stop(self) -> None:
        """Put everything back."""
        if self._patch is not None:
            self._patch.undo()
            self._patch = None

    def verify(self) -> None:
        """Raise TestProblems with every wrong call and everything planned that was not used. Each is told once."""
        problems = self._wrong_calls()
        for service in self.services.values():
            for operation in service.operations.values():
                problems += operation._unused()
        if problems:
            raise TestProblems(problems)

    def forget(self) -> list[str]:
        """The wrong calls, in words, and nothing of the plans: for a test that has already failed."""
        problems = self._wrong_calls()
        for service in self.services.values():
            for operation in service.operations.values():
                operation._unused()
        return problems

    def _wrong_calls(self) -> list[str]:
        with self._lock:
            told, self._problems = self._problems, []
        return told

    def transport(self) -> httpx.MockTransport:
        """For `http_client=httpx.Client(transport=...)`, and `transport().handler` for a route of respx."""
        return httpx.MockTransport(self._answer)

    def async_transport(self) -> httpx.MockTransport:
        """For `http_client=httpx.AsyncClient(transport=...)`."""
        return httpx.MockTransport(self._answer)

    def wrong(self, call: str, faults: Iterable[str]) -> WrongCall:
        """Remember that the tested code made a wrong call; the error to raise there."""
        error = WrongCall(call, faults)
        with self._lock:
            self._problems.append(str(error))
        return error

    def publish(self, result: Any, kind: str) -> None:
        """From now on the files of a result can be fetched."""
        for url in find_urls(result, None):
            parts = urlsplit(url)
            suffix = parts.path.rpartition(".")[2].lower()
            extension = suffix if suffix in media.FILES else media.extension(kind, "")
            self._files[parts.hostname or "", parts.path] = extension

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if error is None:
            self.verify()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request that is certainly meant for a fake."""
        response = self._route(request)
        if response is None:
            url = request.url.copy_with(query=None)
            raise self.wrong(f"{request.method} {url}", ["no service of this package is there"])
        return response

    def _route(self, request: httpx.Request) -> httpx.Response | None:
        """The answer, or None where the request is meant for someone else."""
        with self._lock:
            host = request.headers.get("host", "").partition(":")[0].lower()
            if self._has_host(host):
                return self._file(request, host)
            for service in self.services.values():
                path = service._path_of(request.url)
                if path is not None:
                    return service._serve(request, path)
        if wire.in_call():
            hint = "if it is meant, fake.<service>.also_at(base_url) says so"
            url = request.url.copy_with(query=None)
            raise self.wrong(f"{request.method} {url}", [f"no service of this package is there; {hint}"])
        return None

    def _has_host(self, host: str) -> bool:
        return any(host == known for known, _ in self._files)

    def _file(self, request: httpx.Request, host: str) -> httpx.Response:
        self.downloads.append(f"https://{host}{request.url.path}")
        extension = self._files.get((host, request.url.path))
        if extension is None:
            return wire.response(404, "text/plain", b"no such file")
        kind, content = media.FILES[extension]
        return wire.response(200, kind, content, {"ETag": '"fake"'})

    def _refused(self, error: InvalidRequest) -> None:
        """A call that the client did not send counts like one that it sent, unless the test has planned it."""
        named = [
            operation
            for service in self.services.values()
            for name, operation in service.operations.items()
            if error.operation in (name, name.rpartition(".")[2])
        ]
        with self._lock:
            if any(operation._forgive() for operation in named):
                return
            hint = f"if the test means it: {named[0]!r}.invalid_request()" if named else ""
            faults = [*(str(fault) for fault in error.faults), *([hint] if hint else [])]
            self._problems.append(str(WrongCall(error.operation, faults)))
