"""No way to the network while a test runs: neither connections nor names, except within this machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

from .problems import NetworkRefused

_NAMES = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")


def block_network(patch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and every look-up that leaves this machine, until the patch is undone."""
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    for name in _NAMES:
        patch.setattr(socket, name, _local(name, getattr(socket, name)))


def _guarded(original: Any) -> Any:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise NetworkRefused(f"a connection to {address[0]!r}, port {address[1]}")
        return original(self, *arguments)

    return guarded


def _local(name: str, original: Any) -> Any:
    def guarded(*arguments: Any, **keywords: Any) -> Any:
        host = arguments[0] if arguments else keywords.get("host")
        if not _is_local(host):
            raise NetworkRefused(f"a look-up of {host!r} by socket.{name}")
        return original(*arguments, **keywords)

    return guarded


def _is_local(host: object) -> bool:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if text in (None, "", "localhost", "0.0.0.0", "::"):
        return True
    try:
        return ipaddress.ip_address(str(text).partition("%")[0]).is_loopback
    except ValueError:
        return False
