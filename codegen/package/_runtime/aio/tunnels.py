"""Connections that go through a proxy: CONNECT of HTTP, and SOCKS 5 (RFC 1928, RFC 1929)."""

from __future__ import annotations

import base64
import ipaddress
import ssl

import h11

from .. import network
from ..network import Proxy, ProxyError
from .streams import AsyncStream, connect

_SOCKS_VERSION = 5
_NO_AUTH, _BY_PASSWORD = 0, 2
_IPV4, _NAME, _IPV6 = 1, 3, 4
_REFUSALS = {
    1: "the proxy failed",
    2: "the proxy does not allow this connection",
    3: "the network cannot be reached",
    4: "the host cannot be reached",
    5: "the connection was refused",
    6: "the time to live ran out",
    7: "the proxy does not know the command",
    8: "the proxy does not know this kind of address",
}


async def open_proxy(proxy: Proxy, seconds: float) -> AsyncStream:
    """Connect to a proxy, in TLS where it is spoken to by https."""
    stream = await connect(proxy.host, proxy.port, seconds)
    if proxy.scheme != "https":
        return stream
    stream.limit(seconds)
    return await start_tls(stream, network.tls_context(), proxy.host)


async def open_tunnel(proxy: Proxy, host: str, port: int, seconds: float) -> AsyncStream:
    """Connect to a host through a proxy: what is written from then on reaches the host and nobody else."""
    stream = await open_proxy(proxy, seconds)
    stream.limit(seconds)
    try:
        await (_ask_socks if proxy.is_socks else _ask_http)(stream, proxy, host, port)
    except BaseException:
        stream.drop()
        raise
    return stream


async def start_tls(stream: AsyncStream, context: ssl.SSLContext, server_hostname: str) -> AsyncStream:
    """Go on in TLS. Where that fails the connection is closed."""
    try:
        return await stream.start_tls(context, server_hostname)
    except BaseException:
        stream.drop()
        raise


def proxy_authorization(proxy: Proxy) -> list[tuple[bytes, bytes]]:
    """Return the header that says to an HTTP proxy who asks."""
    if proxy.auth is None:
        return []
    return [(b"Proxy-Authorization", b"Basic " + base64.b64encode(":".join(proxy.auth).encode()))]


async def _ask_http(stream: AsyncStream, proxy: Proxy, host: str, port: int) -> None:
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    http = h11.Connection(h11.CLIENT)
    headers = [(b"Host", target.encode("ascii")), (b"Accept", b"*/*"), *proxy_authorization(proxy)]
    request = http.send(h11.Request(method=b"CONNECT", target=target.encode("ascii"), headers=headers)) or b""
    http.send(h11.EndOfMessage())
    await stream.write(request)
    while not isinstance(event := http.next_event(), h11.Response):
        if event is h11.NEED_DATA:
            data = await stream.read(65536)
            if not data:
                raise ProxyError("the proxy closed the connection without a reply")
            http.receive_data(data)
    if not 200 <= event.status_code < 300:
        raise ProxyError(f"{event.status_code} {event.reason.decode('ascii', 'ignore')}".strip())
    if http.trailing_data[0]:
        raise ProxyError("the proxy sent more than its reply to CONNECT")


async def _ask_socks(stream: AsyncStream, proxy: Proxy, host: str, port: int) -> None:
    method = _NO_AUTH if proxy.auth is None else _BY_PASSWORD
    await stream.write(bytes((_SOCKS_VERSION, 1, method)))
    if await _exactly(stream, 2) != bytes((_SOCKS_VERSION, method)):
        how = "a user name and a password" if proxy.auth else "no user name"
        raise ProxyError(f"the proxy does not speak SOCKS 5, or does not take {how}")
    if proxy.auth is not None:
        await stream.write(b"\x01" + b"".join(_counted(text) for text in proxy.auth))
        if (await _exactly(stream, 2))[1] != 0:
            raise ProxyError("the proxy refused the user name and the password")
    await stream.write(bytes((_SOCKS_VERSION, 1, 0)) + _socks_address(host) + port.to_bytes(2, "big"))
    version, code, _, kind = await _exactly(stream, 4)
    if version != _SOCKS_VERSION or code != 0:
        raise ProxyError(_REFUSALS.get(code, f"the proxy answered with the code {code}"))
    length = {_IPV4: 4, _IPV6: 16}.get(kind)
    await _exactly(stream, (length if length is not None else (await _exactly(stream, 1))[0]) + 2)


def _socks_address(host: str) -> bytes:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return bytes((_NAME,)) + _counted(host)
    return bytes((_IPV4 if address.version == 4 else _IPV6,)) + address.packed


def _counted(text: str) -> bytes:
    data = text.encode()
    if not 0 < len(data) < 256:
        raise ProxyError("a name or a password for the proxy is empty or has more than 255 bytes")
    return bytes((len(data),)) + data


async def _exactly(stream: AsyncStream, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = await stream.read(count - len(data))
        if not more:
            raise ProxyError("the proxy closed the connection")
        data += more
    return data
