# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the catalog has against a request: everything at once, by the document alone and by nothing of the client."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Mapping
from typing import Any

from .._runtime.pointer import parts
from .document import Catalog, Endpoint
from .received_request import ReceivedRequest


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
    header = _header(scheme)
    values = received.header(header)
    if len(values) != 1 or not values[0].strip():
        return [f"the header {header}, which carries the key, is {'there twice' if len(values) > 1 else 'missing'}"]
    kind = str(scheme.get("scheme", "")).lower()
    if kind == "basic" and not _is_basic(values[0]):
        return [f"the header {header} is not Basic authentication with a user and a password"]
    if kind == "bearer" and not values[0].startswith("Bearer "):
        return [f"the header {header} has no Bearer token"]
    return []


def _is_basic(value: str) -> bool:
    word, _, text = value.partition(" ")
    try:
        return word == "Basic" and b":" in base64.b64decode(text, validate=True)
    except binascii.Error:
        return False


def _parameters(catalog: Catalog, endpoint: Endpoint, received: ReceivedRequest, formats: bool) -> list[str]:
    known = {row["name"] for row in endpoint.parameters if row["in"] == "query"}
    faults = [
        f"query parameter {name}: the catalog does not know it" for name, _ in received.query if name not in known
    ]
    for row in endpoint.parameters:
        name, place = row["name"], row["in"]
        given: list[str] = []
        if place == "path":
            given = [received.path[name]] if name in received.path else []
        elif place == "query":
            given = received.parameter(name)
        elif place == "header":
            given = received.header(name)
        if not given:
            faults += [f"{place} parameter {name}: is required"] if row.get("required") and place != "cookie" else []
        elif "schema" in row:
            schema = f"{row['at']}/schema"
            is_list = "array" in catalog.types(schema)
            found = _text_faults(catalog, schema, given, is_list, formats)
            faults += [f"{place} parameter {name}: {text}" for text in found]
    return faults


def _text_faults(catalog: Catalog, schema: str, given: list[str], is_list: bool, formats: bool) -> list[str]:
    """Return the faults of a parameter, which is text on the wire: the reading of the right type counts."""
    readings: list[object] = [given] if is_list else [given[0]]
    readings += [[_read(text) for text in given]] if is_list else [_read(given[0])]
    attempts = [(sum(error.validator == "type" for error in catalog.errors(schema, one)), one) for one in readings]
    return catalog.faults(schema, min(attempts, key=lambda attempt: attempt[0])[1], formats=formats)


def _read(text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value


def _body(
    catalog: Catalog, endpoint: Endpoint, received: ReceivedRequest, beyond: Collection[str], formats: bool
) -> list[str]:
    if endpoint.request is None:
        return ["a body was sent where the catalog knows none"] if received.content else []
    if not received.content:
        needed = catalog.follow(f"{endpoint.at}/requestBody")[1].get("required")
        return ["no body was sent, and one is required"] if needed else []
    media = ", ".join(received.header("content-type")).partition(";")[0].strip().lower()
    faults = [] if media == "application/json" else [f"the header Content-Type is {media!r}, not application/json"]
    try:
        body = received.body()
    except ValueError:
        return [*faults, "the body is not JSON"]
    known = _without(body, parts(endpoint.operation.body_at or ""), beyond)
    return faults + catalog.faults(endpoint.request, known, formats=formats)


def _without(body: Any, steps: tuple[str, ...], names: Collection[str]) -> Any:
    """Return the body without some fields of the object that holds the parameters."""
    if not isinstance(body, Mapping):
        return body
    if steps:
        return {key: _without(value, steps[1:], names) if key == steps[0] else value for key, value in body.items()}
    return {key: value for key, value in body.items() if key not in names}
