"""No way to the network while a test runs: neither connections nor names, except within this machine.

An audit hook sees what Python itself does, however a module came by the function. What other programs and libraries
with a network of their own do is out of its sight.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any

import pytest

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
