# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What is put in place for a test, all of it by monkeypatch: routes, clock, credentials, and no network."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import pytest

from .._runtime import errors, hosts
from .._runtime.aio import exchange as async_exchange
from .._runtime.aio import primitives as async_primitives
from .._runtime.operation import Service
from .._runtime.sync import exchange, primitives
from . import httpx_replies
from .clock import VirtualClock
from .problems import NetworkRefused

_SENDING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_ASKING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"})

_is_closed = False
_is_watching = False
"""A hook cannot be taken away again: there is one for all tests."""


def block_network(patch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and every look-up that leaves this machine, until the patch is undone."""
    global _is_watching
    if not _is_watching:
        sys.addaudithook(_watch)
        _is_watching = True
    patch.setattr(sys.modules[__name__], "_is_closed", True)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _is_closed or not event.startswith("socket."):
        return
    if event in _SENDING:
        of, address = arguments[0], arguments[1]
        if of.family in (socket.AF_INET, socket.AF_INET6) and address and not _is_local(address[0]):
            raise NetworkRefused(f"a connection to {address[0]!r}, port {address[1]}")
    elif event in _ASKING:
        host = arguments[0][0] if event == "socket.getnameinfo" else arguments[0]
        if not _is_local(host):
            raise NetworkRefused(f"a look-up of {host!r} by {event}")


def _is_local(host: object) -> bool:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if text in (None, "", "localhost", "0.0.0.0", "::", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(str(text).partition("%")[0]).is_loopback
    except ValueError:
        return False


Router = Callable[[httpx.Request], httpx.Response | None]
"""Answers a request, or None where it is not meant for what it stands for."""

NOWHERE = "2d00::1"
"""Where the files of fake results are: public by number, so that the client goes there, and assigned to nobody."""


def patch_everything(
    patch: pytest.MonkeyPatch,
    router: Router,
    clock: VirtualClock,
    services: Iterable[Service],
    names: Callable[[str], bool],
) -> None:
    """Route every client of the process, whenever it was made. `names`: whether a host is one of ours."""
    block_network(patch)
    _route(patch, router)
    _stop_time(patch, clock)
    _number_calls(patch)
    _resolve(patch, names)
    for service in services:
        for credential in service.credentials:
            patch.setenv(credential.variable, f"fake-{service.name}-{credential.argument}".replace("_", "-"))


def watch_refusals(patch: pytest.MonkeyPatch, note: Callable[[errors.InvalidRequest], None]) -> None:
    """Tell of every call that the client refuses to send: the code under test may swallow the error."""
    original = errors.InvalidRequest.__init__

    def init(self: errors.InvalidRequest, operation: str, faults: Iterable[errors.ArgumentFault]) -> None:
        original(self, operation, faults)
        note(self)

    patch.setattr(errors.InvalidRequest, "__init__", init)


def _route(patch: pytest.MonkeyPatch, router: Router) -> None:
    """Route a client, unless the user brought its transport, a mock among them: only what would go to the network."""
    sync_original, async_original = httpx.HTTPTransport.handle_request, httpx.AsyncHTTPTransport.handle_async_request

    def handle(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        request.read()
        return router(request) or sync_original(self, request)

    async def handle_async(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return router(request) or await async_original(self, request)

    patch.setattr(httpx.HTTPTransport, "handle_request", handle)
    patch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle_async)


def _stop_time(patch: pytest.MonkeyPatch, clock: VirtualClock) -> None:
    async def sleep_async(_: object, seconds: float) -> None:
        await clock.sleep_async(seconds)

    for kind in (primitives.Clock, async_primitives.AsyncClock):
        patch.setattr(kind, "time", lambda _: clock.now)
        patch.setattr(kind, "monotonic", lambda _: clock.now)
    patch.setattr(primitives.Clock, "sleep", lambda _, seconds: clock.sleep(seconds))
    patch.setattr(async_primitives.AsyncClock, "sleep", sleep_async)


def _number_calls(patch: pytest.MonkeyPatch) -> None:
    """Tell the attempts of one call from other calls."""
    sync_original, async_original = exchange.Exchange.run, async_exchange.AsyncExchange.run

    def run(*arguments: Any, **keywords: Any) -> object:
        with httpx_replies.calling():
            return sync_original(*arguments, **keywords)

    async def run_async(*arguments: Any, **keywords: Any) -> object:
        with httpx_replies.calling():
            return await async_original(*arguments, **keywords)

    patch.setattr(exchange.Exchange, "run", run)
    patch.setattr(async_exchange.AsyncExchange, "run", run_async)


def _resolve(patch: pytest.MonkeyPatch, names: Callable[[str], bool]) -> None:
    original = hosts.resolve

    def resolve(host: str, port: int) -> tuple[str, ...]:
        if names(host):
            return (NOWHERE,)
        if not hosts.is_loopback(host):
            raise NetworkRefused(f"a download from {host!r}, which no result of the fake names")
        return original(host, port)

    patch.setattr(hosts, "resolve", resolve)
