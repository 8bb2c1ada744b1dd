# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: c84a5fa884280280
"""httpx as a transport: the one module that imports it, and only where it is used."""

from __future__ import annotations

import httpx

from .adapter import ClientTransport


class HttpxTransport(ClientTransport):
    """Sends through an httpx.Client."""

    library = httpx
    core = "httpcore"
