"""Which URL a file may be fetched from, and which address may be connected to.

The URLs come from a server's reply, so they are input like any other: a URL that points into the network of whoever
runs the client must lead nowhere.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Collection
from urllib.parse import quote, urljoin, urlsplit

from .data import Data
from .errors import UntrustedHost

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u3000\ufeff\\]")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by carriers; also the metadata service of Alibaba Cloud
        "127.0.0.0/8",
        "168.63.129.16/32",  # the platform address of Azure: public by number, private by use
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")  # tunnels and documentation
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Target(Data):
    """A URL taken apart once, so that what was checked is what is used."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query, never with the fragment."""

    @property
    def is_default_port(self) -> bool:
        """Whether the port need not be named."""
        return self.port == {"https": 443, "http": 80}[self.scheme]

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.is_default_port else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole URL."""
        return f"{self.scheme}://{self.authority}{self.path}"

    def __str__(self) -> str:
        """Return the URL without its query: that part is often a signature, which is as good as a key."""
        return f"{self.scheme}://{self.authority}{self.path.partition('?')[0]}"

    def at(self, address: str) -> str:
        """Return the URL of the same file at a numeric address."""
        literal = f"[{address}]" if ":" in address else address
        port = "" if self.is_default_port else f":{self.port}"
        return f"{self.scheme}://{literal}{port}{self.path}"

    def join(self, location: str) -> str:
        """Return the URL that a redirect from here leads to."""
        try:
            return urljoin(self.url, location)
        except ValueError as error:
            raise UntrustedHost("refused a redirect to what is not a URL", host=self.host) from error


class HostPolicy(Data):
    """Where one service's files may come from."""

    suffixes: tuple[str, ...] = ()
    """Host suffixes the vendor names; empty: any public host."""
    by_name: frozenset[str] = frozenset()
    """Hosts the caller allows by name, wherever they are."""
    loopback: bool = False
    """The client itself speaks to a loopback server, so files may come from one, also over http."""

    def check_url(self, url: str) -> Target:
        """Take a URL apart, or raise UntrustedHost."""
        target = parse(url)
        local = self.loopback and is_loopback(target.host)
        if target.scheme == "http" and not local:
            raise UntrustedHost(f"refused {target}: files are fetched over https only", host=target.host)
        if local or target.host in self.by_name:
            return target
        if self.suffixes and not any(has_suffix(target.host, suffix) for suffix in self.suffixes):
            suffixes = ", ".join(self.suffixes)
            raise UntrustedHost(f"refused {target}: the vendor names only {suffixes} for files", host=target.host)
        return target

    def check_addresses(self, target: Target, addresses: Collection[str]) -> tuple[str, ...]:
        """Return all addresses of the host, or raise UntrustedHost where one of them is not public."""
        if not addresses:
            raise UntrustedHost(f"refused {target}: the host has no address", host=target.host)
        if target.host in self.by_name:
            return tuple(addresses)
        for address in addresses:
            if self.loopback and is_loopback(target.host) and is_loopback(address):
                continue
            if not is_public(address):
                raise UntrustedHost(
                    f"refused {target}: {target.host} is at {address}, which is not a public address; "
                    f"allow_hosts=({target.host!r},) allows it",
                    host=target.host,
                )
        return tuple(addresses)


def parse(url: str) -> Target:
    """Take a URL apart strictly: what two parsers could read in two ways is refused."""
    if not isinstance(url, str) or _UNSAFE.search(url):
        raise UntrustedHost("refused a URL with backslashes, control characters or spaces other than the plain one")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = in_ascii(parts.hostname or "")
        path, query = _encode(parts.path or "/"), _encode(parts.query)
    except ValueError as error:
        raise UntrustedHost("refused a URL that cannot be read") from error
    if parts.scheme not in ("https", "http"):
        raise UntrustedHost(f"refused a URL with the scheme {parts.scheme!r}: files are fetched over https only")
    if "@" in parts.netloc:
        raise UntrustedHost("refused a URL with a user name in it")
    if not _is_host(host):
        raise UntrustedHost(f"refused a URL with the host {host[:80]!r}")
    default = 443 if parts.scheme == "https" else 80
    return Target(
        parts.scheme, host.rstrip("."), default if port is None else port, path + (f"?{query}" if query else "")
    )


def in_ascii(host: str) -> str:
    """Return the name of a host as it is looked up: in lower case, and what is beyond ASCII by IDNA 2008.

    What cannot be one, such as letters that only look like others, is returned as it is.
    """
    host = host.lower()
    if host.isascii():
        return host
    import idna  # httpx needs it, and few hosts do

    try:
        return str(idna.encode(host).decode("ascii"))
    except idna.IDNAError:
        return host


def _encode(text: str) -> str:
    """Return a path or a query with spaces and letters beyond ASCII percent-encoded; what is encoded already stays."""
    return _BARE_PERCENT.sub("%25", quote(text, safe="%/:@!$&'()*+,;=?-._~[]"))


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return every address of a host. Blocks; OSError where there is none."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in rows))


def has_suffix(host: str, suffix: str) -> bool:
    """Return whether a host is the domain or below it: whole labels, so evil-aliyuncs.com is not aliyuncs.com."""
    domain = suffix.lower().strip(".")
    return host == domain or host.endswith(f".{domain}")


def is_loopback(host: str) -> bool:
    """Return whether a host name or address means this machine: localhost, 127.0.0.0/8, ::1, and ::ffff:127.0.0.0/104.

    A loopback address behind NAT64 is not one: it is for the translator, which is another machine.
    """
    if host.lower() == "localhost":
        return True
    address = _address(host)
    inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return address is not None and (inner or address).is_loopback


def is_loopback_url(url: str) -> bool:
    """Return whether a base URL means this machine."""
    return is_loopback(urlsplit(url).hostname or "")


def is_public(text: str) -> bool:
    """Return whether an address belongs to the public internet."""
    address = _address(text)
    if address is None:
        return False
    address = _inner_address(address)
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    return address in _PUBLIC_V6 and not any(address in network for network in _REFUSED_V6)


def is_address(text: str) -> bool:
    """Return whether a host is a numeric address."""
    return _address(text) is not None


def _is_host(host: str) -> bool:
    if ":" in host:
        return _address(host) is not None and "%" not in host
    return len(host) <= 253 and _NAME.fullmatch(host) is not None


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _inner_address(address: Address) -> Address:
    """Return the IPv4 address inside an IPv6 one: mapped, or translated by NAT64."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
