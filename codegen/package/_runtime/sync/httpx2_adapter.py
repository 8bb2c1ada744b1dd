# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: c4d4845eb579e176
"""httpx2 as a transport: the one module that imports it, and only where it is used."""

from __future__ import annotations

import httpx2

from .adapter import ClientTransport


class Httpx2Transport(ClientTransport):
    """Sends through an httpx2.Client."""

    library = httpx2
    core = "httpcore2"
