"""One call as one HTTP request: checked, encoded and frozen before the first attempt, the same bytes at every other."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import wire
from .errors import ArgumentFault, InvalidRequest
from .headers import encode, extra_header_faults, path_text, segment_fault, value_fault
from .operation import Field, Operation
from .pointer import parts
from .secret import Credentials, Headers, Secret
from .validate import Misfit, check

LONGEST_KEY = 255
NEXT_TRY = "\x1f"
"""Stands in the keys that a batch makes for its further attempts, so that no key of a caller is like them."""


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What every method takes beside its own parameters."""

    timeout: float | None = None
    """Seconds for the whole call, retries included. None: what the client was made with."""
    extra_body: Mapping[str, object] | None = None
    """Merged into the request body, unchecked: what the catalog does not know yet."""
    extra_headers: Mapping[str, str] | None = None
    key: str | None = None
    """Of a paid call: the same key is the same request, sent once."""
    faults: tuple[ArgumentFault, ...] = ()
    """What is wrong with the call apart from its arguments."""


@dataclass(frozen=True, slots=True)
class ClientHeaders:
    """The headers that are the same on every call of a client."""

    credentials: Credentials
    common: tuple[tuple[str, Secret], ...]


@dataclass(frozen=True, slots=True)
class WireRequest:
    """What goes on the wire. Nothing of it changes between attempts."""

    method: str
    url: str
    headers: Headers
    body: bytes | None = dataclasses.field(repr=False)
    identity: str | None = None
    """What the digest is of, where the same request has other bytes each time: a port of loopback, a signed URL."""

    @property
    def digest(self) -> str:
        """sha256 of method, URL and body: names the request in errors, logs and journals without showing it."""
        if self.identity is not None:
            return hashlib.sha256(self.identity.encode()).hexdigest()
        head = f"{self.method} {self.url}\n".encode()
        return hashlib.sha256(head + (self.body or b"")).hexdigest()


def build(
    operation: Operation,
    arguments: Mapping[str, object],
    options: CallOptions,
    *,
    base_url: str,
    headers: ClientHeaders,
) -> WireRequest:
    """The request for one call, or InvalidRequest with all that is wrong with it."""
    extra, faults = _extra_body(operation, options.extra_body)
    by_wire_name = {field.wire_name: field.name for field in operation.fields if field.location == "body"}
    supplied = {by_wire_name[key] for key in extra if key in by_wire_name}
    values, found = check(operation, arguments, supplied)
    faults = found + faults + timeout_faults(options.timeout) + list(options.faults)
    if options.key is not None and (problem := key_fault(options.key)):
        faults.append(ArgumentFault("key", problem, "text of 1 to 255 characters"))
    faults += _place_faults(operation, values, {fault.parameter for fault in found})
    if options.extra_headers is not None:
        reserved = headers.credentials.names()
        faults += extra_header_faults("extra_headers", options.extra_headers, reserved)
    if faults:
        raise InvalidRequest(operation.name, faults)
    body = _body(operation, values, extra)
    return WireRequest(
        method=operation.method.upper(),
        url=base_url + _path(operation, values) + _query(operation, values),
        headers=_headers(operation, values, body is not None, headers, options.extra_headers or {}),
        body=body,
    )


def key_fault(key: object) -> str | None:
    """Return what is wrong with a `key=`."""
    if not isinstance(key, str):
        return f"is {type(key).__name__}, not text"
    if not 0 < len(key) <= LONGEST_KEY:
        return f"has {len(key)} characters, and a key has 1 to {LONGEST_KEY}"
    return None if key.replace(NEXT_TRY, "").isprintable() else "has a control character"


def timeout_faults(timeout: object) -> list[ArgumentFault]:
    """What is wrong with a timeout."""
    if isinstance(timeout, Misfit):
        return [*timeout.faults, *timeout_faults(timeout.timeout)]
    if timeout is None:
        return []
    if isinstance(timeout, bool) or not isinstance(timeout, int | float):
        return [ArgumentFault("timeout", f"is {type(timeout).__name__}, not a number of seconds", "seconds above 0")]
    if not 0 < timeout < math.inf:
        return [ArgumentFault("timeout", f"{timeout} is not a number of seconds above 0", "seconds above 0")]
    return []


def _extra_body(operation: Operation, extra: object) -> tuple[dict[str, Any], list[ArgumentFault]]:
    """The caller's additions to the object that holds the body fields."""
    if extra is None:
        return {}, []
    if not isinstance(extra, Mapping):
        return {}, [ArgumentFault("extra_body", f"is {type(extra).__name__}, not a mapping", "a mapping")]
    if operation.body_at is None:
        return {}, [ArgumentFault("extra_body", "this operation sends no body")]
    plain = wire.plain(extra)
    problem = wire.fault(plain)
    if problem or not isinstance(plain, dict):
        return {}, [ArgumentFault("extra_body", problem or "is not a mapping")]
    for part in parts(operation.body_at):
        inner = plain.get(part)
        if isinstance(inner, dict) and not any(field.wire_name == part for field in operation.fields):
            plain = _merged({key: value for key, value in plain.items() if key != part}, inner)
    return plain, []


def _merged(base: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """`extra` laid over `base`, objects into objects."""
    result = dict(base)
    for key, value in extra.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _place_faults(operation: Operation, values: Mapping[str, Any], known: set[str]) -> list[ArgumentFault]:
    """What the schema allows and a URL or header cannot carry."""
    faults = []
    for field in operation.fields:
        if field.name in known:
            continue
        if field.location == "path":
            problem = segment_fault(values[field.name]) if field.name in values else "is required"
        elif field.name not in values or field.location == "body":
            continue
        elif field.location == "header":
            problem = value_fault(path_text(values[field.name]))
        else:
            items = values[field.name] if isinstance(values[field.name], list) else [values[field.name]]
            problem = (
                None if all(path_text(item) is not None for item in items) else "is no text, number or list of them"
            )
        if problem:
            faults.append(ArgumentFault(field.name, problem))
    return faults


def _path(operation: Operation, values: Mapping[str, Any]) -> str:
    path = operation.path
    for field in _at("path", operation):
        path = path.replace("{" + field.wire_name + "}", encode(path_text(values[field.name]) or ""))
    return path


def _query(operation: Operation, values: Mapping[str, Any]) -> str:
    pairs = []
    for field in _at("query", operation):
        value = values.get(field.name)
        for item in value if isinstance(value, list) else [value]:
            text = path_text(item)
            if text is not None:
                pairs.append(f"{encode(field.wire_name)}={encode(text)}")
    return ("?" + "&".join(pairs)) if pairs else ""


def _at(location: str, operation: Operation) -> list[Field]:
    return [field for field in operation.fields if field.location == location]


def _body(operation: Operation, values: Mapping[str, Any], extra: Mapping[str, Any]) -> bytes | None:
    if operation.body_at is None:
        return None
    fields = {field.wire_name: values[field.name] for field in _at("body", operation) if field.name in values}
    body: dict[str, Any] = _merged(fields, extra)
    for part in reversed(parts(operation.body_at)):
        body = {part: body} if body else {}
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _headers(
    operation: Operation, values: Mapping[str, Any], has_body: bool, client: ClientHeaders, extra: Mapping[str, str]
) -> Headers:
    content = [("Accept", Secret("application/json"))]
    if has_body:
        content.append(("Content-Type", Secret("application/json")))
    own = [
        (field.wire_name, Secret(path_text(values[field.name]) or ""))
        for field in _at("header", operation)
        if field.name in values
    ]
    added = [(name, Secret(value)) for name, value in extra.items()]
    return Headers(content, client.common, own, added, client.credentials.headers())
