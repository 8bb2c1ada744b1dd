"""What the catalog has against a request: everything at once, by the document alone and by nothing of the client."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qsl, unquote

from .._runtime.pointer import escape, parts
from .received_request import ReceivedRequest
from .service_document import Catalog, Endpoint


def request_faults(
    catalog: Catalog, endpoint: Endpoint, received: ReceivedRequest, beyond: Collection[str] = ()
) -> list[str]:
    """Return everything wrong with a request.

    `beyond`: fields of the body that are right although no document has them.
    """
    return [*credential_faults(catalog, endpoint, received), *argument_faults(catalog, endpoint, received, beyond)]


def argument_faults(
    catalog: Catalog,
    endpoint: Endpoint,
    received: ReceivedRequest,
    beyond: Collection[str] = (),
    *,
    formats: bool = False,
) -> list[str]:
    """Return everything wrong with the parameters and the body of a request; with `formats`, URLs as well."""
    return [*_parameters(catalog, endpoint, received, formats), *_body(catalog, endpoint, received, beyond, formats)]


def secret_headers(catalog: Catalog) -> set[str]:
    """Return the headers that carry keys."""
    schemes = catalog.document.get("components", {}).get("securitySchemes", {})
    return {_header(catalog.follow(f"/components/securitySchemes/{name}")[1]) for name in schemes}


def _header(scheme: Mapping[str, Any]) -> str:
    return str(scheme["name"]) if scheme.get("type") == "apiKey" else "Authorization"


def credential_faults(catalog: Catalog, endpoint: Endpoint, received: ReceivedRequest) -> list[str]:
    """Return the faults of the credentials: one of the ways to authenticate has to be followed in full."""
    ways = endpoint.node.get("security", catalog.document.get("security", []))
    attempts = [[fault for name in way for fault in _scheme(catalog, name, received)] for way in ways]
    return min(attempts, key=len, default=[])


def _scheme(catalog: Catalog, name: str, received: ReceivedRequest) -> list[str]:
    _, scheme = catalog.follow(f"/components/securitySchemes/{name}")
    place = scheme.get("in") if scheme.get("type") == "apiKey" else "header"
    key = _header(scheme)
    values = _values_at(place, key, received)
    if len(values) != 1 or not values[0].strip():
        problem = "there twice" if len(values) > 1 else "missing"
        return [f"the {_PLACES.get(place, place)} {key}, which carries the key, is {problem}"]
    kind = str(scheme.get("scheme", "")).lower()
    if kind == "basic" and not _is_basic(values[0]):
        return [f"the header {key} is not Basic authentication with a user and a password"]
    if kind == "bearer" and not values[0].startswith("Bearer "):
        return [f"the header {key} has no Bearer token"]
    return []


_PLACES = {"query": "query parameter"}


def _values_at(place: Any, name: str, received: ReceivedRequest) -> list[str]:
    """Return what stands in a place outside the body."""
    if place == "path":
        return [received.path[name]] if name in received.path else []
    if place == "query":
        return received.parameter(name)
    if place == "cookie":
        pairs = [pair.strip().partition("=") for text in received.header("cookie") for pair in text.split(";")]
        return [unquote(value) for key, _, value in pairs if key == name]
    return received.header(name)


def _is_basic(value: str) -> bool:
    word, _, text = value.partition(" ")
    try:
        return word == "Basic" and b":" in base64.b64decode(text, validate=True)
    except binascii.Error:
        return False


def _parameters(catalog: Catalog, endpoint: Endpoint, received: ReceivedRequest, formats: bool) -> list[str]:
    query_names = _query_names(catalog, endpoint)
    faults = [
        f"query parameter {name}: the catalog does not know it"
        for name, _ in received.query
        if query_names is not None and name not in query_names and name.partition("[")[0] not in query_names
    ]
    for row in endpoint.parameters:
        name, place = row["name"], row["in"]
        value = _values_at(place, name, received)
        schema = f"{row['at']}/schema"
        kinds = catalog.types(schema) if "schema" in row else frozenset()
        if not value:
            is_spread = place in ("query", "cookie") and "object" in kinds  # its fields stand for themselves
            faults += [f"{place} parameter {name}: is required"] if row.get("required") and not is_spread else []
        elif "schema" in row and "object" not in kinds:
            is_list = "array" in kinds
            text_faults = _text_faults(
                catalog, schema, _items(row, value) if is_list else _bare(row, value), is_list, formats
            )
            faults += [f"{place} parameter {name}: {text}" for text in text_faults]
    return faults


def _query_names(catalog: Catalog, endpoint: Endpoint) -> set[str] | None:
    """Return the names that a query may have; None where an object may have any."""
    rows = [row for row in endpoint.parameters if row["in"] == "query"]
    names = {str(row["name"]) for row in rows}
    names |= {name for name, _ in parse_qsl(endpoint.operation.path.partition("?")[2], keep_blank_values=True)}
    schemes = catalog.document.get("components", {}).get("securitySchemes", {})
    definitions = [catalog.follow(f"/components/securitySchemes/{escape(name)}")[1] for name in schemes]
    names |= {str(scheme["name"]) for scheme in definitions if scheme.get("in") == "query"}
    for row in rows:
        schema = f"{row['at']}/schema"
        if "schema" not in row or "object" not in catalog.types(schema) or row.get("style") == "deepObject":
            continue
        if catalog.follow(schema)[1].get("additionalProperties") not in (None, False):
            return None
        names |= catalog.properties(schema).keys()
    return names


def _bare(row: Mapping[str, Any], texts: list[str]) -> list[str]:
    """Return a value without what its style puts before it."""
    before = {"label": ".", "matrix": f";{row['name']}="}.get(str(row.get("style")), "")
    return [text.removeprefix(before) for text in texts]


def _items(row: Mapping[str, Any], texts: list[str]) -> list[str]:
    """Return the items of a list, as its style writes them."""
    style = str(row.get("style", "form" if row["in"] in ("query", "cookie") else "simple"))
    if len(texts) > 1 or (row["in"] == "query" and style == "form" and row.get("explode", True)):
        return texts
    between = {"spaceDelimited": " ", "pipeDelimited": "|", "label": "." if row.get("explode") else ","}.get(style, ",")
    if style == "matrix" and row.get("explode"):
        between = f";{row['name']}="
    return [text.strip() for text in _bare(row, texts)[0].split(between)]


def _text_faults(catalog: Catalog, schema: str, texts: list[str], is_list: bool, formats: bool) -> list[str]:
    """Return the faults of a parameter, which is text on the wire: the reading of the right type counts."""
    readings: list[object] = [texts] if is_list else [texts[0]]
    readings += [[_value_of(text) for text in texts]] if is_list else [_value_of(texts[0])]
    attempts = [(sum(error.validator == "type" for error in catalog.errors(schema, one)), one) for one in readings]
    return catalog.faults(schema, min(attempts, key=lambda attempt: attempt[0])[1], formats=formats)


def _value_of(text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value


def _body(
    catalog: Catalog, endpoint: Endpoint, received: ReceivedRequest, beyond: Collection[str], formats: bool
) -> list[str]:
    if "requestBody" not in endpoint.node:
        return ["a body was sent where the catalog knows none"] if received.content else []
    at, description = catalog.follow(f"{endpoint.at}/requestBody")
    media = ", ".join(received.header("content-type")).partition(";")[0].strip().lower()
    if not received.content and (not media or media.endswith("json")):  # an empty form or text has no byte
        return ["no body was sent, and one is required"] if description.get("required") else []
    plain = {name.partition(";")[0].strip().lower(): name for name in description.get("content", {})}
    name = plain.get(media) or next((plain[one] for one in plain if fnmatchcase(media, one)), None)
    faults = [] if name else [f"the header Content-Type is {media!r}, not {', '.join(plain)}"]
    name = name or plain.get(_JSON)
    if name is None or not (media.endswith(("/json", "+json")) or faults):
        return faults  # what is not JSON is not looked into
    try:
        body = received.body()
    except ValueError:
        return [*faults, "the body is not JSON"]
    schema = f"{at}/content/{escape(name)}/schema"
    if "schema" not in description["content"][name]:
        return faults
    checkable = _without(body, parts(endpoint.operation.body_at or ""), beyond)
    return faults + catalog.faults(schema, checkable, formats=formats, is_request=True)


_JSON = "application/json"


def _without(body: Any, steps: tuple[str, ...], names: Collection[str]) -> Any:
    """Return the body without some fields of the object that holds the parameters."""
    if not isinstance(body, Mapping):
        return body
    if steps:
        return {key: _without(value, steps[1:], names) if key == steps[0] else value for key, value in body.items()}
    return {key: value for key, value in body.items() if key not in names}
