"""Header names and values, and the base URL: what may go on the wire and what is refused before anything is sent."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from urllib.parse import quote

from .errors import ArgumentFault
from .hosts import is_loopback
from .operation import Service
from .spelling import base_url_variable

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?")
_FRAMING = frozenset({"host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade"})
"""The transport sets these; a second opinion is how requests are smuggled."""

_BASE_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?P<path>(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*)"
)


def value_fault(value: object) -> str | None:
    """Return why this cannot be the value of a header. The words do not show it: it may be a key."""
    if not isinstance(value, str):
        return f"is {type(value).__name__}, not text"
    if "\r" in value or "\n" in value:
        return "has a line break"
    if not _VALUE.fullmatch(value):
        return "has a character that a header cannot carry, or a space at an end"
    return None


def extra_header_faults(place: str, extra: object, reserved: Iterable[str]) -> list[ArgumentFault]:
    """Return what is wrong with the headers a caller adds."""
    if not isinstance(extra, Mapping):
        return [ArgumentFault(place, f"is {type(extra).__name__}, not a mapping of names to text")]
    faults = []
    for name, value in extra.items():
        where = f"{place}[{str(name)[:60]!r}]"
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            faults.append(ArgumentFault(where, "is not the name of a header"))
            continue
        if name.lower() in reserved:
            faults.append(ArgumentFault(where, "carries the key: give it to the constructor instead"))
        elif name.lower() in _FRAMING:
            faults.append(ArgumentFault(where, "is set by the transport alone"))
        problem = value_fault(value)
        if problem:
            faults.append(ArgumentFault(where, problem))
    return faults


def base_url_of(service: Service, environment: Mapping[str, str]) -> str:
    """Return where a service is: by its variable in the environment, else by the catalog."""
    return environment.get(base_url_variable(service.name), "").strip() or service.base_url


def base_url_fault(url: object, *, catalog_url: str) -> ArgumentFault | None:
    """Return why requests with a key cannot go there. `catalog_url`: where the catalog says that it is, or "".

    Plain http to another machine is for those who ask for it, and only where the catalog has no https URL.
    """
    expected = "https://host[:port][/path], or http:// on localhost, 127.0.0.0/8 or [::1]; all of it in ASCII (xn--…)"
    if url == "" and not catalog_url:
        return ArgumentFault("base_url", "is required: no document has an https URL of the service", expected)
    match = _BASE_URL.fullmatch(url) if isinstance(url, str) else None
    if match is None:
        return ArgumentFault("base_url", f"is not of the form {expected}", expected)
    if int(match["port"] or 0) > 65535:
        return ArgumentFault("base_url", f"has the port {match['port']}: the last one is 65535", expected)
    if any(segment in {".", ".."} for segment in match["path"].replace("%2e", ".").replace("%2E", ".").split("/")):
        return ArgumentFault("base_url", "has a path segment '.' or '..'", expected)
    if catalog_url and match["scheme"] == "http" and not is_loopback(match["host"].strip("[]")):
        return ArgumentFault("base_url", "is plain http to another machine: the key would travel unprotected", expected)
    return None


def segment_fault(value: object) -> str | None:
    """Return why this cannot be one segment of a path: it must not lead the request to another operation."""
    text = path_text(value)
    if text is None:
        return f"is {type(value).__name__}, not text or a number"
    if text == "":
        return "is empty"
    if text in {".", ".."}:
        return f"{text!r} is not allowed in a path"
    return None


def path_text(value: object) -> str | None:
    """Return a scalar as it stands in a path or query."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and "e" in repr(value) and math.isfinite(value):
        return f"{Decimal(repr(value)):f}"  # outside JSON few services read an exponent
    return str(value) if isinstance(value, str | int | float) else None


def encode(text: str) -> str:
    """Percent-encode all but the unreserved characters, slashes included."""
    return quote(text, safe="")


def by_lower_name(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers by lower-case name; what stands twice is joined by commas, cookies by line breaks.

    A cookie may have a comma in it.
    """
    values: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        between = "\n" if key == "set-cookie" else ", "
        values[key] = f"{values[key]}{between}{value}" if key in values else value
    return values
