"""URLs: the server of a service, with the defaults of its variables, and the path of an operation as it is sent."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

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
        why = "is not a whole URL"
        if set("?#") & set(url):
            why = "has a query or a fragment, which no path can follow"
        elif _SERVER.fullmatch(url):
            why = "is not encrypted"
        document.note(f"/servers/{index}/url", f"{why}: {url!r}", _REMEDY)
    return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_KEPT = "/~!$&'()*+,;=:@%-._"
"""What a path keeps as it is; everything else is percent-encoded."""
LONGEST_PATH = 1_000


def path_problem(path: str) -> str | None:
    """Return why a path cannot be sent."""
    plain = path.partition("#")[0].partition("?")[0]
    if not path.startswith("/"):
        return "does not begin with a slash"
    if len(path) > LONGEST_PATH:
        return f"is longer than {LONGEST_PATH} characters"
    if not path.isprintable():
        return "has a character that cannot be seen"
    if any(part in (".", "..") for part in plain.split("/")):
        return "has a segment '.' or '..'"
    return None


def sent_path(path: str, in_query: frozenset[str] = frozenset()) -> str:
    """Return a path as it is sent: percent-encoded, without a fragment, and with the query that is always the same.

    `in_query` names the query parameters of the operation: a pair of the path's own query that only shows where one of
    them goes is left out.
    """
    plain, _, query = path.partition("#")[0].partition("?")
    pairs = [pair for pair in query.split("&") if pair and not _is_parameter(pair, in_query)]
    return _encoded(plain) + (f"?{'&'.join(map(_encoded, pairs))}" if pairs else "")


def _is_parameter(pair: str, in_query: frozenset[str]) -> bool:
    """Return whether a pair such as `page={page}` is written for a parameter of the query."""
    name, _, value = pair.partition("=")
    stands_for = {part[1:-1] for part in _PLACEHOLDER.findall(pair)}
    return bool(stands_for & in_query) or (name in in_query and value in ("", f"{{{name}}}"))


def _encoded(text: str) -> str:
    text = re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
    return "".join(
        part if index % 2 else quote(part, safe=_KEPT) for index, part in enumerate(_PLACEHOLDER.split(text))
    )
