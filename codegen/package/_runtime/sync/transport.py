# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: 32f964c4e43689b7
"""The one way to the network: send these bytes once; tell what came back, and whether a byte of the request left.

A transport follows no redirect, sends nothing again and judges nothing. Where no whole head of a reply came it raises
TransportError with the evidence of what left; once one came, the reply is returned, and `fault` says what is wrong
with its body.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from ..delivery import Received
from ..hosts import Target
from ..reply import HTTPReply
from ..request import WireRequest


class Body(Protocol):
    """A reply whose body is still to come."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it arrives, not decoded. Raises TransportError where it is cut."""
        ...


class Transport(Protocol):
    """What sends the requests of one client."""

    def send(self, request: WireRequest, timeout: float, received: Received) -> HTTPReply:
        """Send once and read the whole reply within so many seconds, noting in `received` what has come so far."""
        ...

    def open(
        self, target: Target, headers: Mapping[str, str], timeout: float, address: str | None = None
    ) -> AbstractContextManager[Body]:
        """GET a file without credentials. `address`: the IP address that was checked, where names are resolved here."""
        ...

    def resolves(self, target: Target) -> bool:
        """Return whether this machine resolves names of hosts, and so can check them; a proxy does it by itself."""
        ...

    def close(self) -> None:
        """Close what this transport opened itself."""
        ...
