"""One way to call the async runtime and its sync side, with a clock that does not wait."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType, TracebackType
from typing import Any, Self

from codegen.package._runtime.network import tls_context
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.sample_service import CANARY, MAKE, SERVICE


class Harness:
    """The runtime, async or sync."""

    def __init__(self, kind: str, transport: str = "default") -> None:
        self.kind = kind
        self.transport = transport
        """What sends: "default", or the clients of the library of this name."""
        self.is_async = kind == "async"
        self._runner = asyncio.Runner() if self.is_async else None
        self._clients: list[Any] = []
        self._http_clients: list[Any] = []
        self.clock = self._make_clock()

    def module(self, name: str) -> ModuleType:
        """Import a module of the side under test: harness.module("client")."""
        folder = "aio" if self.is_async else "sync"
        return importlib.import_module(f"codegen.package._runtime.{folder}.{name}")

    def name(self, module: str, sync_name: str) -> Any:
        """Import by the sync name: harness.name("client", "APIClient") is AsyncAPIClient on the async side."""
        return getattr(self.module(module), f"Async{sync_name}" if self.is_async else sync_name)

    @property
    def result(self) -> Any:
        """The class of plain results."""
        return self.name("result", "Result")

    def client(self, url: str | None = None, **options: Any) -> Any:
        """Return a client of the sample service, with a short timeout and no real sleeping."""
        if self.transport != "default" and "http_client" not in options:
            options["http_client"] = self._http_client()
        results = options.pop("results", {MAKE.name: (MAKE, self.result)})
        made = self.name("client", "APIClient")(
            options.pop("service", SERVICE),
            lambda: results,
            credentials=options.pop("credentials", {"api_key": CANARY}),
            client_headers=options.pop("client_headers", {}),
            base_url=url,
            timeout=options.pop("timeout", 5.0),
            clock=self.clock,
            jitter=options.pop("jitter", lambda: 0.0),
            **options,
        )
        self._clients.append(made)
        return made

    def _http_client(self) -> Any:
        library = importlib.import_module(self.transport)
        made = (library.AsyncClient if self.is_async else library.Client)(verify=tls_context(), trust_env=False)
        self._http_clients.append(made)
        return made

    def call(self, method: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
        """Call a method and have its result, awaited where it has to be."""
        if self._runner is None:
            return method(*arguments, **keywords)

        async def called() -> Any:
            return await method(*arguments, **keywords)

        return self._runner.run(called())

    def submit(self, client: Any, **arguments: Any) -> Any:
        """Call one paid submit."""
        options = arguments.pop("options", CallOptions())
        return self.call(client._submit, MAKE, self.result, arguments or {"prompt": "a cat"}, options)

    def together(self, calls: list[Callable[[], Any]]) -> list[Any]:
        """Run all calls at once: tasks of one loop, or threads."""
        if self._runner is None:
            with ThreadPoolExecutor(len(calls)) as pool:
                return list(pool.map(lambda call: call(), calls))

        async def gathered() -> list[Any]:
            return await asyncio.gather(*(call() for call in calls))

        return self._runner.run(gathered())

    def close(self, client: Any) -> None:
        """Close a client."""
        self.call(client.aclose if self.is_async else client.close)

    def close_http(self, http_client: Any) -> None:
        """Close a client of the HTTP library."""
        self.call(http_client.aclose if self.is_async else http_client.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for client in self._clients:
            self.close(client)
        for http_client in self._http_clients:
            self.close_http(http_client)
        if self._runner is not None:
            self._runner.close()

    def _make_clock(self) -> Any:
        if self.is_async:

            class AsyncTestClock(_TestClock, self.name("primitives", "Clock")):  # type: ignore[misc]
                async def sleep(self, seconds: float) -> None:
                    self.jump(seconds)
                    await asyncio.sleep(0)

            return AsyncTestClock()

        class TestClock(_TestClock, self.name("primitives", "Clock")):  # type: ignore[misc]
            def sleep(self, seconds: float) -> None:
                self.jump(seconds)

        return TestClock()


class _TestClock:
    """Real time, plus every sleep that was skipped. `sleeps` are the pauses asked for."""

    def __init__(self) -> None:
        self.sleeps: list[float] = []
        self.on_sleep: Callable[[], object] = lambda: None
        self._skipped = 0.0

    def time(self) -> float:
        return 1_790_000_000.0 + self._skipped

    def monotonic(self) -> float:
        return time.monotonic() + self._skipped

    def jump(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self._skipped += seconds
        self.on_sleep()
