# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""httpx2 as a transport: the one module that imports it, and only where it is used."""

from __future__ import annotations

import httpx2

from .adapter import AsyncClientTransport


class AsyncHttpx2Transport(AsyncClientTransport):
    """Sends through an httpx2.AsyncClient."""

    library = httpx2
    core = "httpcore2"
