# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""One call as one HTTP request: checked, encoded and frozen before the first attempt, the same bytes at every other."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import serialize, wire
from .content import file_parts, is_file
from .errors import ArgumentFault, InvalidRequest
from .headers import extra_header_faults
from .operation import Field, Operation
from .pointer import parts
from .secret import Chosen, Credentials, Headers, Secret, key_cookies, key_headers, key_query
from .validate import check

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
    key: Secret | None = dataclasses.field(default=None, repr=False)
    """What authenticates the request in its query, where that is the service's way."""

    @property
    def target(self) -> str:
        """The URL as it is sent, the key in it: for the transport alone, in no log and no error."""
        if self.key is None:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{self.key.reveal()}"

    @property
    def named(self) -> str:
        """What the digest is of, where that is not the bytes: the request as it is now."""
        return self.identity or f"{self.method} {self.url}\n{(self.body or b'').decode('utf-8', 'replace')}"

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
    """Return the request for one call, or InvalidRequest with all that is wrong with it."""
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
    body, media = _body(operation, values, extra)
    chosen = headers.credentials.chosen(operation)
    own = (
        *(
            (field.wire_name, Secret(serialize.header(field, values[field.name])))
            for field in _at("header", operation)
            if field.name in values
        ),
        *_cookies(operation, values, chosen),
    )
    content = [("Accept", Secret(operation.accept))]
    if media is not None:
        content.append(("Content-Type", Secret(media)))
    added = [(name, Secret(value)) for name, value in (options.extra_headers or {}).items()]
    if operation.idempotency_header:
        content.append((operation.idempotency_header, Secret(_idempotency_key(operation, options.key))))
    return WireRequest(
        method=operation.method.upper(),
        url=base_url + _path(operation, values) + _query(operation, values),
        headers=Headers(content, headers.common, own, added, key_headers(chosen)),
        body=body,
        key=key_query(chosen),
    )


def _idempotency_key(operation: Operation, key: str | None) -> str:
    """Return a key of its own for the call, the same for every attempt; for a `key=` the same in every process."""
    if key is None:
        return str(uuid.uuid4())
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{operation.service.name}/{operation.name}/{key}"))


def _cookies(operation: Operation, values: Mapping[str, Any], chosen: Chosen) -> tuple[tuple[str, Secret], ...]:
    own = [serialize.cookie(field, values[field.name]) for field in _at("cookie", operation) if field.name in values]
    found = [*own, *key_cookies(chosen)]
    return (("Cookie", Secret("; ".join(found))),) if found else ()


def key_fault(key: object) -> str | None:
    """Return what is wrong with a `key=`."""
    if not isinstance(key, str):
        return f"is {type(key).__name__}, not text"
    if not 0 < len(key) <= LONGEST_KEY:
        return f"has {len(key)} characters, and a key has 1 to {LONGEST_KEY}"
    return None if key.replace(NEXT_TRY, "").isprintable() else "has a control character"


def timeout_faults(timeout: object) -> list[ArgumentFault]:
    """Return what is wrong with a timeout."""
    if timeout is None:
        return []
    if isinstance(timeout, bool) or not isinstance(timeout, int | float):
        return [ArgumentFault("timeout", f"is {type(timeout).__name__}, not a number of seconds", "seconds above 0")]
    if not 0 < timeout < math.inf:
        return [ArgumentFault("timeout", f"{timeout} is not a number of seconds above 0", "seconds above 0")]
    return []


def _extra_body(operation: Operation, extra: object) -> tuple[dict[str, Any], list[ArgumentFault]]:
    """Return the caller's additions to the object that holds the body fields."""
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
    """Merge `extra` over `base`, objects into objects."""
    result = dict(base)
    for key, value in extra.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _place_faults(operation: Operation, values: Mapping[str, Any], known: set[str]) -> list[ArgumentFault]:
    """Return what the schema allows and a URL, a header or a form cannot carry."""
    faults = []
    for field in operation.fields:
        if field.name in known:
            continue
        if field.location == "path" and field.name not in values:
            faults.append(ArgumentFault(field.name, "is required"))
        elif field.name in values and field.is_file:
            items = values[field.name] if isinstance(values[field.name], list) else [values[field.name]]
            if not all(is_file(item) for item in items):
                problem = "is no file: bytes, an open file, a path, or (name, content)"
                faults.append(ArgumentFault(field.name, problem, "a file"))
        elif field.name in values and field.location not in ("body", "whole"):
            fault = serialize.fault(field, values[field.name])
            faults += [ArgumentFault(field.name, fault)] if fault else []
    return faults


def _path(operation: Operation, values: Mapping[str, Any]) -> str:
    path = operation.path
    for field in _at("path", operation):
        path = path.replace("{" + field.wire_name + "}", serialize.path(field, values[field.name]))
    return path


def _query(operation: Operation, values: Mapping[str, Any]) -> str:
    pairs = [
        pair
        for field in _at("query", operation)
        if field.name in values
        for pair in serialize.query(field, values[field.name])
    ]
    mark = "&" if "?" in operation.path else "?"
    return (mark + "&".join(pairs)) if pairs else ""


def _at(location: str, operation: Operation) -> list[Field]:
    return [field for field in operation.fields if field.location == location]


def _body(operation: Operation, values: Mapping[str, Any], extra: Mapping[str, Any]) -> tuple[bytes | None, str | None]:
    """Return the body and its media type; None where none is sent."""
    if operation.body_at is None:
        return None, None
    whole = _at("whole", operation)
    media = next((values[field.name] for field in whole if field.content == "choice" and field.name in values), None)
    kind = operation.body.kind if media is None else _kind(media)
    media = media or operation.body.media
    value = next((field for field in whole if field.content != "choice"), None)
    fields = {field.wire_name: field for field in _at("body", operation)}
    if value is not None:
        if value.name not in values and not extra:
            return None, None
        body = values.get(value.name)
        body = _merged(body, extra) if isinstance(body, dict) else extra if body is None and extra else body
    else:
        body = _merged({name: values[field.name] for name, field in fields.items() if field.name in values}, extra)
        for part in reversed(parts(operation.body_at)):
            body = {part: body} if body else {}
    return _written(kind, media, body, fields)


def _kind(media: str) -> str:
    if media.partition(";")[0].strip() == "application/x-www-form-urlencoded":
        return "form"
    return "multipart" if media.startswith("multipart/") else "json"


def _written(kind: str, media: str, body: Any, fields: Mapping[str, Field]) -> tuple[bytes, str]:
    if kind == "form" and isinstance(body, dict):
        return serialize.form(fields, body), media
    if kind == "multipart" and isinstance(body, dict):
        content, mark = serialize.multipart(fields, body)
        return content, f"{media}; boundary={mark}"
    if kind == "text" and isinstance(body, str):
        return body.encode(), media if "charset" in media else f"{media}; charset=utf-8"
    if kind == "bytes" and (file := file_parts(body)) is not None:
        return file[1], media
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(), media
