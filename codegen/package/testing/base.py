"""What fakes and replays have in common: the patches, the clock, files to fetch, and the check of plans at the end."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from importlib import import_module
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import pytest

from .. import _media
from .._catalog.service_document import load, names_of_services
from .._runtime.errors import InvalidRequest
from .._runtime.states import find_urls
from . import httpx_replies
from .calls import Call
from .clock import VirtualClock
from .patches import patch_everything, watch_refusals
from .problems import TestProblems, WrongCall


class TestEnvironment:
    """Takes the place of the services, of the time and of the network, from `start` to `stop` or inside `with`."""

    def __init__(self) -> None:
        _need_extra()
        self.clock = VirtualClock()
        """The time: `now`, `slept`, `elapsed`, `advance(seconds)`."""
        self.calls: list[Call] = []
        """Every request to every service, in order."""
        self.downloads: list[str] = []
        """The URL of every file that was fetched."""
        self._problems: list[str] = []
        self._files: dict[tuple[str, str], str] = {}
        self._lock = threading.RLock()
        self._patch: pytest.MonkeyPatch | None = None

    def start(self) -> None:
        """Take their places."""
        self._patch = pytest.MonkeyPatch()
        services = [load(name).service for name in names_of_services()]
        patch_everything(self._patch, self._route, self.clock, services, self._has_host)
        watch_refusals(self._patch, self._not_sent)

    def stop(self) -> None:
        """Put everything back."""
        if self._patch is not None:
            self._patch.undo()
            self._patch = None

    def verify(self) -> None:
        """Raise TestProblems with every wrong call and every plan that was not used. Each is reported once."""
        __tracebackhide__ = True
        problems = self._wrong_calls() + self._left_over()
        if problems:
            raise TestProblems(problems)

    def forget(self) -> list[str]:
        """Return the wrong calls, in words, and nothing of what did not happen: for a test that has already failed."""
        self._left_over()
        return self._wrong_calls()

    def transport(self) -> httpx.MockTransport:
        """Return a transport for `http_client=httpx.Client(transport=...)`; its `handler` serves a route of respx."""
        return httpx.MockTransport(self._answer)

    def async_transport(self) -> httpx.MockTransport:
        """Return a transport for `http_client=httpx.AsyncClient(transport=...)`."""
        return httpx.MockTransport(self._answer)

    def wrong(self, call: str, faults: Iterable[str]) -> WrongCall:
        """Remember that the tested code made a wrong call; the error to raise there."""
        error = WrongCall(call, faults)
        with self._lock:
            self._problems.append(str(error))
        return error

    def publish(self, result: Any, kind: str) -> None:
        """Serve the files of a result from now on."""
        for url in find_urls(result, None):
            parts = urlsplit(url)
            suffix = parts.path.rpartition(".")[2].lower()
            extension = suffix if suffix in _media.FILES else _media.extension(kind, "")
            self._files[(parts.hostname or "").lower(), parts.path] = extension

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        self.stop()
        if error is None:
            self.verify()

    def _serve(self, request: httpx.Request) -> httpx.Response | None:
        """Return the answer of a service, or None where the request is for none of them."""
        raise NotImplementedError

    def _left_over(self) -> list[str]:
        """Return what was to happen and did not. It is forgotten with that."""
        raise NotImplementedError

    def _forgiven(self, error: InvalidRequest) -> bool:
        """Return whether the test means a call that the client refuses to send."""
        return False

    def _hint(self, error: InvalidRequest) -> list[str]:
        return []

    def _wrong_calls(self) -> list[str]:
        with self._lock:
            problems, self._problems = self._problems, []
        return problems

    def _answer(self, request: httpx.Request) -> httpx.Response:
        """Return the answer to a request that is certainly meant for us."""
        response = self._route(request)
        if response is None:
            raise self.wrong(_place(request), ["no service of this package is there"])
        return response

    def _route(self, request: httpx.Request) -> httpx.Response | None:
        """Return the answer, or None where the request is meant for someone else."""
        with self._lock:
            host = request.headers.get("host", "").partition(":")[0].lower()
            response = self._file(request, host) if self._has_host(host) else self._serve(request)
        if response is None and httpx_replies.in_call():
            hint = "if it is meant, fake.<service>.also_at(base_url) says so"
            raise self.wrong(_place(request), [f"no service of this package is there; {hint}"])
        return response

    def _has_host(self, host: str) -> bool:
        return any(host == other for other, _ in self._files)

    def _file(self, request: httpx.Request, host: str) -> httpx.Response:
        self.downloads.append(f"https://{host}{request.url.path}")
        extension = self._files.get((host, request.url.path))
        if extension is None:
            return httpx_replies.response(404, "text/plain", b"no such file")
        kind, content = _media.FILES[extension]
        return httpx_replies.response(200, kind, content, {"ETag": '"fake"'})

    def _not_sent(self, error: InvalidRequest) -> None:
        """Count a call that the client refused to send like one that it sent, unless the test has planned it."""
        with self._lock:
            if not self._forgiven(error):
                faults = [*(str(fault) for fault in error.faults), *self._hint(error)]
                self._problems.append(str(WrongCall(error.operation, faults)))


def _need_extra() -> None:
    """Raise at once where the extra that checks replies is missing: it is imported late."""
    try:
        import_module("jsonschema")
        import_module("referencing")
    except ImportError as error:
        package = __name__.partition(".")[0]
        raise ImportError(f"{error}. The test kit needs its extra: pip install '{package}[testing]'") from error


def _place(request: httpx.Request) -> str:
    return f"{request.method} {request.url.copy_with(query=None)}"
