"""Servers: the URL of a service, with the defaults of its variables."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from codegen.openapi.document import Document

_SERVER = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?")
_REMEDY = "give base_url= to the client, or the https URL of the service as servers[0].url"


def server_url(server: Any) -> str:
    """Return the URL of a server, its variables replaced by their defaults."""
    url = str(server.get("url", "")) if isinstance(server, Mapping) else ""
    variables = server.get("variables") if isinstance(server, Mapping) else None
    for name, variable in variables.items() if isinstance(variables, Mapping) else ():
        default = variable.get("default", "") if isinstance(variable, Mapping) else ""
        url = url.replace("{" + name + "}", str(default))
    return url


def base_url(document: Document) -> str:
    """Return the URL of the service; "" where the document has none that a key may be sent to."""
    servers = document.root.get("servers") or []
    urls = [server_url(server) for server in servers]
    for url in urls:
        plain = _SERVER.fullmatch(url)
        if plain and (url.startswith("https:") or _is_loopback(urlsplit(url).hostname or "")):
            return url.rstrip("/")
    if not urls:
        document.note("/servers", "is missing", _REMEDY)
    for index, url in enumerate(urls):
        why = "is not encrypted" if _SERVER.fullmatch(url) else "is no whole URL"
        document.note(f"/servers/{index}/url", f"{why}: {url!r}", _REMEDY)
    return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
