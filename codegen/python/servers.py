"""URLs: the server of a service, with the defaults of its variables, and the path of an operation as it is sent."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from codegen.openapi.document import Document
from codegen.openapi.json_values import as_object

_SERVER = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_REMEDY = "give base_url= to the client, or the https URL of the service as servers[0].url"
_PATH_REMEDY = "give it an https URL, or the document one as servers[0].url"
_OWN_REMEDY = "give it an https URL, or a path that begins with a slash"


def server_url(server: Any) -> str:
    """Return the URL of a server, its variables replaced by their defaults; one without a default stays.

    The port that its scheme has anyway is left out, as it is in the URL of a request.
    """
    url = str(server.get("url", "")) if isinstance(server, Mapping) else ""
    rows = as_object(as_object(server).get("variables"))
    defaults = {name: row.get("default") for name, row in rows.items() if isinstance(row, Mapping)}

    def default(match: re.Match[str]) -> str:
        value = defaults.get(match[1])
        return match[0] if value is None or isinstance(value, (bool, list, dict)) else str(value)

    scheme, slashes, rest = _VARIABLE.sub(default, url.strip()).partition("://")
    host, slash, path = rest.partition("/")
    host = host.lower().removesuffix({"https": ":443", "http": ":80"}.get(scheme.lower(), ""))
    return f"{scheme.lower()}{slashes}{host}{slash}{path}" if slashes else scheme


def base_url(document: Document, own: Sequence[str]) -> str:
    """Return the URL of the service; "" where the document has none that a key may be sent to.

    `own`: the server of each operation, "" where it has none of its own. Where all have one, none needs the document's;
    nor does a document without an operation.
    """
    urls = _urls(document)
    usable = next((url for url in urls if url_problem(url) is None), None)
    if usable is not None:
        return usable.rstrip("/")
    if all(own):
        return own[0] if own else ""
    if not urls:
        document.note("/servers", "is missing", _REMEDY)
    for index, url in enumerate(urls):
        document.note(f"/servers/{index}/url", f"{url_problem(url)}: {url!r}", _REMEDY)
    return ""


def own_server(document: Document, servers: Any, pointer: str) -> str:
    """Return the URL of the server of an operation that has its own; "" where it is that of the document.

    A path is one of the document's server: where the document lies, to which it is relative, nobody says. What cannot
    be called is a fault: the document's server is another one.
    """
    if not isinstance(servers, list):
        document.fault(pointer, "is not a list", "correct it")
        return ""
    of_document = _urls(document)
    base = next((url for url in of_document if url_problem(url) is None), "")
    urls = [server_url(server) for server in servers]
    for url in urls:
        if url.rstrip("/") == base.rstrip("/") or (not base and url in of_document):
            return ""
        whole = urljoin(base, url) if url.startswith("/") else url
        if url_problem(whole) is None:
            if not base:
                words = f"is the server {whole!r}, where the document itself has no https URL"
                document.note(pointer, words, f"give base_url={whole!r} to a client that calls it")
            return whole.rstrip("/")
    if urls[0].startswith("/") and not base:
        document.fault(
            pointer, f"is a path, and the document has no https URL that it is on: {urls[0]!r}", _PATH_REMEDY
        )
        return ""
    document.fault(pointer, f"{url_problem(urls[0])}: {urls[0]!r}", _OWN_REMEDY)
    return ""


def _urls(document: Document) -> list[str]:
    return [server_url(server) for server in document.root.get("servers") or []]


def url_problem(url: str) -> str | None:
    """Return why no request with a key can be sent to a server."""
    if "{" in url:
        return "has a variable without a default"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is not a URL"
    if set("?#") & set(url):
        return "has a query or a fragment, which no path can follow"
    if parts.username is not None:
        return "has a user name, which is no part of a URL that is written down"
    if not _SERVER.fullmatch(url) or port == 0:
        return "is not a whole URL"
    if any(step in (".", "..") for step in unquote(parts.path).split("/")):
        return "has a segment '.' or '..'"
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        return "is not encrypted"
    return None


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
