# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The way out of this machine: proxies and certificates, as the environment names them, and what may go wrong on it.

Nothing is connected here.
"""

from __future__ import annotations

import functools
import ipaddress
import os
import select
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from .hosts import has_suffix, is_loopback

if TYPE_CHECKING:
    import ssl

_DEFAULT_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


class NetworkError(OSError):
    """What went wrong on the way to the server or back."""


class NetworkSettingError(NetworkError):
    """A proxy or a file of certificates that the environment names and that cannot be used."""


class ConnectError(NetworkError):
    """No connection was made: no name, no route, nobody who listens, no TLS."""


class ConnectTimeout(ConnectError):
    """No connection was made in time."""


class ProxyError(NetworkError):
    """The proxy did not connect to the server."""


class ReadError(NetworkError):
    """The connection broke while a reply was awaited."""


class ReadTimeout(ReadError):
    """The reply did not come in time."""


class WriteError(NetworkError):
    """The connection broke while a request was sent."""


class WriteTimeout(WriteError):
    """The request did not leave in time."""


class Proxy:
    """A proxy that the environment names. `auth`: user name and password."""

    __slots__ = ("auth", "host", "port", "scheme")

    def __init__(self, scheme: str, host: str, port: int, auth: tuple[str, str] | None = None) -> None:
        self.scheme = scheme
        self.host = host
        self.port = port
        self.auth = auth

    @property
    def is_socks(self) -> bool:
        """Whether it speaks SOCKS 5."""
        return self.scheme.startswith("socks")


def is_readable(sock: Any) -> bool:
    """Return whether bytes or the end of a connection have arrived at a socket, or whether it is closed."""
    if sock is None or sock.fileno() < 0:
        return True
    if not hasattr(select, "poll"):
        return bool(select.select([sock.fileno()], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def proxy_for(scheme: str, host: str, port: int) -> Proxy | None:
    """Return the proxy for a host, or None. This machine is never reached through one."""
    if is_loopback(host):
        return None
    settings = _proxy_settings()
    value = settings.get(scheme) or settings.get("all")
    if not value or _is_excepted(settings.get("no", ""), scheme, host, port):
        return None
    return _parse(value)


def tls_context() -> ssl.SSLContext:
    """Return the context that verifies servers, by SSL_CERT_FILE or SSL_CERT_DIR, else by certifi's certificates."""
    return _tls_context(os.environ.get("SSL_CERT_FILE") or None, os.environ.get("SSL_CERT_DIR") or None)


@functools.lru_cache(maxsize=4)
def _tls_context(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Return the one TLS context of the process: reading the certificates takes long."""
    import ssl  # nothing but a connection by https needs it

    try:
        if file is None and folder is None:
            import certifi

            file = certifi.where()
        context = ssl.create_default_context(cafile=file, capath=None if file else folder)
    except OSError as error:
        raise NetworkSettingError(f"the certificates at {file or folder} cannot be read: {error}") from error
    context.set_alpn_protocols(["http/1.1"])
    return context


def _proxy_settings() -> dict[str, str]:
    """Return the proxies by scheme, and `no`. Other systems than POSIX keep some outside the environment."""
    if sys.platform in ("win32", "darwin"):
        from urllib.request import getproxies

        return getproxies()
    pairs = [(name, name[:-6].lower(), value.strip()) for name, value in os.environ.items() if _is_proxy_name(name)]
    settings = {scheme: value for name, scheme, value in pairs if value and not name.islower()}
    if "REQUEST_METHOD" in os.environ:
        settings.pop("http", None)  # under CGI, HTTP_PROXY is a header that a stranger sent
    settings |= {scheme: value for name, scheme, value in pairs if name.islower()}  # an empty one stands for no proxy
    return settings


def _is_proxy_name(name: str) -> bool:
    return name[-6:].lower() == "_proxy"


def _parse(value: str) -> Proxy:
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise NetworkSettingError("the proxy in the environment has no URL that can be read") from error
    if scheme not in _DEFAULT_PORTS or not host:
        raise NetworkSettingError(f"the proxy in the environment has the scheme {scheme!r}, not http, https or socks5")
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Proxy(scheme, host, port or _DEFAULT_PORTS[scheme], auth)


def _is_excepted(no_proxy: str, scheme: str, host: str, port: int) -> bool:
    """Return whether NO_PROXY names the host: `*`, a domain, an IP address, a network.

    Each may have a port, and a scheme before it.
    """
    for part in no_proxy.lower().replace(",", " ").split():
        of_scheme, separator, rest = part.partition("://")
        if separator and of_scheme not in (scheme, "all"):
            continue
        entry = rest.rstrip("/") if separator else part
        name, separator, port_text = entry.rpartition(":")
        if separator and port_text.isdecimal() and not name.endswith(":") and (":" not in name or name.endswith("]")):
            if int(port_text) != port:
                continue
            entry = name
        if entry == "*" or (entry and _matches(entry.strip("[]"), host.lower().rstrip("."))):
            return True
    return False


def _matches(entry: str, host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        domain = entry.removeprefix("*").strip(".")
        return bool(domain) and has_suffix(host, domain)
    try:
        return address in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False
