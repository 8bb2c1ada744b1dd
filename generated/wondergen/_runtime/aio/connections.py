# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The transport that is used where the caller gives no client: connections of httpcore over streams that count.

One connection for each place at the gate, so that nothing is searched or waited for. Connections belong to one process
and one event loop: after a fork, and in another loop, new ones are made.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpcore

from .. import network
from ..delivery import Left, Received, TransportError, bare, describe
from ..hosts import Target
from ..reply import HTTPReply, whole_reply
from ..request import WireRequest
from .primitives import AsyncOwned, within
from .streams import AsyncNetwork

KEEP_ALIVE_SECONDS = 5.0
_NETWORK_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    OSError,
    EOFError,
    UnicodeError,
)
_DEFAULT_PORTS = {b"http": 80, b"https": 443}


class AsyncConnections:
    """The connections of one client."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._scheme, self._host = parts.scheme, parts.hostname or ""
        self._port = parts.port or _DEFAULT_PORTS[parts.scheme.encode()]
        self._skip = len(f"{parts.scheme}://{parts.netloc}")
        host = f"[{self._host}]" if ":" in self._host else self._host
        self._authority = (host if parts.port is None or self._port == 0 else f"{host}:{parts.port}").encode("ascii")
        self._lanes: AsyncOwned[AsyncLane] = AsyncOwned()
        self._is_closed = False

    async def send(self, request: WireRequest, timeout: float, received: Received) -> HTTPReply:
        """Send once and read the whole reply within so many seconds, noting in `received` what has come so far."""
        lane = self._lanes.take() or self._lane()
        try:
            return await lane.send(self._outgoing(request, lane), timeout, received)
        finally:
            self._lanes.give(lane)
            if self._is_closed:
                await self.aclose()

    @asynccontextmanager
    async def open(
        self, target: Target, headers: Mapping[str, str], timeout: float, address: str | None = None
    ) -> AsyncIterator[AsyncFileBody]:
        """GET a file without credentials over a connection of its own."""
        lane = AsyncLane(target.scheme, target.host, target.port, address)
        try:
            head = [(b"Host", target.authority.encode("ascii"))]
            head += [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
            outgoing = lane.request("GET", target.path.encode("ascii"), head, None, target.host)
            with _translated(lane):
                response = await lane.begin(outgoing, timeout)
            yield AsyncFileBody(lane, response, timeout)
        finally:
            await lane.aclose()

    def resolves(self, target: Target) -> bool:
        """Return whether names of hosts are resolved by this machine; a proxy does it by itself."""
        return network.proxy_for(target.scheme, target.host, target.port) is None

    async def aclose(self) -> None:
        """Close the connections of this process and loop, those in use as soon as they are not."""
        self._is_closed = True
        while (lane := self._lanes.take()) is not None:
            await lane.aclose()

    def _lane(self) -> AsyncLane:
        return self._lanes.made(AsyncLane(self._scheme, self._host, self._port))

    def _outgoing(self, request: WireRequest, lane: AsyncLane) -> httpcore.Request:
        headers = [(b"Host", self._authority)]
        headers += [(name.encode("ascii"), value.reveal().encode("latin-1")) for name, value in request.headers.items()]
        if request.body is not None or request.method not in {"GET", "HEAD"}:
            headers.append((b"Content-Length", b"%d" % len(request.body or b"")))
        target = request.target[self._skip :].encode("ascii") or b"/"
        return lane.request(request.method, target, headers, request.body)


class AsyncLane:
    """One connection, and the next one when that is gone. `address`: where to connect to in place of the name."""

    def __init__(self, scheme: str, host: str, port: int, address: str | None = None) -> None:
        self._origin = httpcore.Origin(scheme.encode(), (address or host).encode("ascii"), port)
        self._host = host
        self._engine: Any = None
        self.network = AsyncNetwork(is_tunnel=False)

    def request(
        self,
        method: str,
        target: bytes,
        headers: list[tuple[bytes, bytes]],
        body: bytes | None,
        server_name: str | None = None,
    ) -> httpcore.Request:
        """Return the request as httpcore has it."""
        origin = self._origin
        url = httpcore.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=target)
        extensions = {} if server_name is None else {"sni_hostname": server_name}
        return httpcore.Request(method, url, headers=headers, content=body, extensions=extensions)

    async def send(self, outgoing: httpcore.Request, timeout: float, received: Received) -> HTTPReply:
        """Send once and read the whole reply within so many seconds."""
        fault: str | None = None
        try:
            async with within(timeout):
                response = await self.begin(outgoing, timeout)
                try:
                    received.begin(response.status, by_name(response.headers))
                    async for chunk in response.stream:
                        received.add(chunk)
                finally:
                    await response.aclose()
        except _NETWORK_ERRORS as error:
            self.drop()
            if received.status is None:
                raise TransportError(self._left(), describe(error)) from bare(error)
            fault = describe(error)
        except BaseException:
            self.drop()
            raise
        return whole_reply(received, fault)

    async def begin(self, outgoing: httpcore.Request, timeout: float) -> Any:
        """Send once and return the response with its body still to come."""
        engine = self._engine
        if engine is None or engine.is_closed() or engine.has_expired():
            if engine is not None:
                self.drop()
            engine = self._engine = self._connection()
        has_body = any(name == b"Content-Length" and value != b"0" for name, value in outgoing.headers)
        self.network.begin(timeout, has_body=has_body)
        return await engine.handle_async_request(outgoing)

    def drop(self) -> None:
        """Close the connection at once, whatever state it is in. Never waits."""
        self._engine = None
        self.network.drop()

    def abandon(self) -> None:
        """Let go of a connection that belongs to another process."""
        self._engine = None
        self.network.abandon()

    async def aclose(self) -> None:
        """Close the connection."""
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.aclose()
        self.network.drop()

    def _left(self) -> Left:
        return Left.SOME if self.network.left else Left.NOTHING

    def _connection(self) -> Any:
        """Return a new connection, through the proxy that the environment names, if it names one."""
        origin = self._origin
        is_secure = origin.scheme == b"https"
        proxy = network.proxy_for(origin.scheme.decode(), self._host, origin.port)
        context = network.tls_context() if is_secure else None
        self.network = AsyncNetwork(is_tunnel=proxy is not None and is_secure)
        if proxy is None:
            return httpcore.AsyncHTTPConnection(
                origin, context, keepalive_expiry=KEEP_ALIVE_SECONDS, network_backend=self.network
            )
        url = httpcore.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target="/")
        if proxy.is_socks:
            return httpcore.AsyncSOCKSProxy(
                url,
                proxy_auth=proxy.auth,
                ssl_context=context,
                max_connections=1,
                keepalive_expiry=KEEP_ALIVE_SECONDS,
                network_backend=self.network,
            ).create_connection(origin)
        return httpcore.AsyncHTTPProxy(
            url,
            proxy_auth=proxy.auth,
            ssl_context=context,
            proxy_ssl_context=network.tls_context() if proxy.scheme == "https" else None,
            max_connections=1,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
            network_backend=self.network,
        ).create_connection(origin)


class AsyncFileBody:
    """The reply to a GET of a file, its body still to come."""

    def __init__(self, lane: AsyncLane, response: Any, timeout: float) -> None:
        self.status: int = response.status
        self.headers: Mapping[str, str] = by_name(response.headers)
        self._lane = lane
        self._response = response
        self._timeout = timeout

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body as it arrives. Raises TransportError where it is cut, or where nothing comes for too long."""
        body = aiter(self._response.stream)
        with _translated(self._lane):
            while True:
                self._lane.network.begin(self._timeout)
                try:
                    async with within(self._timeout):
                        chunk = await anext(body)
                except StopAsyncIteration:
                    return
                yield chunk


class _translated:
    """Turns the errors of the network into TransportError."""

    def __init__(self, lane: AsyncLane) -> None:
        self._lane = lane

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, _NETWORK_ERRORS):
            raise TransportError(self._lane._left(), describe(error)) from bare(error)


def by_name(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name; what stands twice is joined."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found
