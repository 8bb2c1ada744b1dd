# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""httpx as a transport: the one module that imports it, and only where it is used."""

from __future__ import annotations

import httpx

from .adapter import ClientTransport


class HttpxTransport(ClientTransport):
    """Sends through an httpx.Client."""

    library = httpx
    core = "httpcore"
