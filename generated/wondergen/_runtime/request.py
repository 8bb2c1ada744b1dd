# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""One call as one HTTP request: checked, encoded and frozen before the first attempt, the same bytes at every other."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from os import PathLike
from typing import Any

from . import serialize, wire
from .errors import ArgumentFault, InvalidRequest
from .headers import extra_header_faults
from .local_files import UnsendableFile, file_media, file_parts, is_file
from .operation import Field, Operation
from .pointer import parts
from .secret import Credentials, Headers, Secret, key_cookies, key_headers, key_query, stand_ins
from .validate import check

LONGEST_KEY = 255
NEXT_TRY = "\x1f"
"""Stands in the keys that a batch makes for its further attempts, so that no key of a caller is like them."""


OPTIONS = ("timeout", "extra_body", "extra_headers")
"""What a request in a file or a row of a batch may have beside the arguments of its operation."""


class CallOptions:
    """What every method takes beside its own parameters."""

    __slots__ = ("extra_body", "extra_headers", "faults", "key", "timeout")

    def __init__(
        self,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
        faults: tuple[ArgumentFault, ...] = (),
    ) -> None:
        self.timeout = timeout
        """Seconds for the whole call, retries included. None: what the client was made with."""
        self.extra_body = extra_body
        """Merged into the request body, unchecked: what the catalog does not know yet."""
        self.extra_headers = extra_headers
        self.key = key
        """Of a paid call: the same key is the same request, sent once."""
        self.faults = faults
        """What is wrong with the call apart from its arguments."""

    def with_faults(self, *faults: ArgumentFault) -> CallOptions:
        """Return the same options with what else is wrong with the call."""
        return CallOptions(self.timeout, self.extra_body, self.extra_headers, self.key, (*self.faults, *faults))


class ClientHeaders:
    """The headers that are the same on every call of a client."""

    __slots__ = ("_by_operation", "_common", "credentials")

    def __init__(self, credentials: Credentials, common: tuple[tuple[str, Secret], ...]) -> None:
        self.credentials = credentials
        self._common = common
        self._by_operation: dict[tuple[str, str | None], tuple[Headers, Secret | None]] = {}

    def of_call(
        self, operation: Operation, values: Mapping[str, Any], media: str | None, options: CallOptions
    ) -> tuple[Headers, Secret | None]:
        """Return the headers of one call, and the part of its query that authenticates it."""
        pairs = ((f, values[f.name]) for f in operation.outside_json if f.name in values and f.location in _IN_HEAD)
        own = tuple((f, value) for f, value in pairs if not serialize.is_nothing(f, value))
        is_the_same = not own and not options.extra_headers and not operation.idempotency_header
        if is_the_same and self.credentials.are_fixed:
            headers = self._by_operation.get((operation.name, media))
            if headers is None:
                headers = self._by_operation[operation.name, media] = self._build(operation, own, media, options)
            return headers
        return self._build(operation, own, media, options)

    def _build(
        self, operation: Operation, own: tuple[tuple[Field, Any], ...], media: str | None, options: CallOptions
    ) -> tuple[Headers, Secret | None]:
        auth = self.credentials.auth_of(operation)
        content = [("Accept", Secret(operation.accept))]
        if media is not None:
            content.append(("Content-Type", Secret(media)))
        if operation.idempotency_header:
            content.append((operation.idempotency_header, Secret(_idempotency_key(operation, options.key))))
        fields = [(f.wire_name, Secret(serialize.header(f, value))) for f, value in own if f.location == "header"]
        cookies = [serialize.cookie(f, value) for f, value in own if f.location == "cookie"] + [*key_cookies(auth)]
        if cookies:
            fields.append(("Cookie", Secret("; ".join(cookies))))
        extra = [(name, Secret(value)) for name, value in (options.extra_headers or {}).items()]
        return Headers(content, self._common, fields, extra, key_headers(auth)), key_query(auth)


_IN_HEAD = frozenset({"header", "cookie"})


class WireRequest:
    """What goes on the wire. Nothing of it changes between attempts."""

    __slots__ = ("body", "headers", "identity", "key", "method", "url")

    def __init__(
        self,
        method: str,
        url: str,
        headers: Headers,
        body: bytes | None,
        identity: str | None = None,
        key: Secret | None = None,
    ) -> None:
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.identity = identity
        """What the digest is of, where the same request has other bytes each time: a port of loopback, a signed URL."""
        self.key = key
        """What authenticates the request in its query, where that is the service's way."""

    def __repr__(self) -> str:
        return f"WireRequest({self.method} {self.url}, {self.headers!r})"

    def at(self, url: str) -> WireRequest:
        """Return the same request to another URL."""
        return WireRequest(self.method, url, self.headers, self.body, self.identity, self.key)

    def with_identity(self, identity: str | None) -> WireRequest:
        """Return the same request under a name of its own."""
        return WireRequest(self.method, self.url, self.headers, self.body, identity, self.key)

    @property
    def target(self) -> str:
        """The URL as it is sent, the key in it: for the transport alone, in no log and no error."""
        if self.key is None:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{self.key.reveal()}"

    @property
    def own_identity(self) -> str:
        """What the digest is of, where that is not the bytes: the request as it is now."""
        return self.identity or f"{self.method} {self.url}\n{(self.body or b'').decode('utf-8', 'replace')}"

    @property
    def digest(self) -> str:
        """sha256 of method, URL and body: names the request in errors, logs and journals without showing it."""
        import hashlib  # with it comes OpenSSL, which few calls need

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
    trusted: Collection[str] = (),
) -> WireRequest:
    """Return the request for one call, or InvalidRequest with all that is wrong with it.

    `trusted` names the arguments that the service gave itself, such as the id of a task: its documents may be behind.
    """
    extra, faults = _extra_body(operation, options.extra_body)
    in_extra_body = {operation.by_wire_name[key].name for key in extra if key in operation.by_wire_name}
    values, value_faults = check(operation, arguments, in_extra_body)
    value_faults = [fault for fault in value_faults if fault.parameter not in trusted or fault.parameter not in values]
    faults = value_faults + faults + timeout_faults(options.timeout) + list(options.faults)
    if options.key is not None and (problem := key_fault(options.key)):
        faults.append(ArgumentFault("key", problem, "text of 1 to 255 characters"))
    if operation.outside_json:
        faults += _place_faults(operation, values, {fault.parameter for fault in value_faults})
    if options.extra_headers is not None:
        faults += extra_header_faults("extra_headers", options.extra_headers, headers.credentials.names())
    if faults:
        raise InvalidRequest(operation.name, faults)
    body, media = _body(operation, values, extra)
    wire_headers, key = headers.of_call(operation, values, media, options)
    path = _path(operation, values) + _query(operation, values) if operation.outside_json else operation.path
    return WireRequest(operation.method.upper(), base_url + path, wire_headers, body, key=key)


def split_options(arguments: Mapping[str, Any]) -> tuple[dict[str, Any], CallOptions]:
    """Return the arguments of the operation, and the options that a file or a row has among them."""
    options = {name: arguments[name] for name in OPTIONS if name in arguments}
    return {name: value for name, value in arguments.items() if name not in options}, CallOptions(**options)


def call_faults(
    operation: Operation, arguments: Mapping[str, Any], options: CallOptions | None = None
) -> list[ArgumentFault]:
    """Return everything wrong with a call, without a key and without sending it."""
    service = operation.service
    headers = ClientHeaders(Credentials(service, stand_ins(service), {}), ())
    try:
        build(operation, arguments, options or CallOptions(), base_url=service.base_url, headers=headers)
    except InvalidRequest as error:
        return list(error.faults)
    return []


def _idempotency_key(operation: Operation, key: str | None) -> str:
    """Return a key of its own for the call, the same for every attempt; for a `key=` the same in every process."""
    import uuid

    if key is None:
        return str(uuid.uuid4())
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{operation.service.name}/{operation.name}/{key}"))


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
            plain = _merge({key: value for key, value in plain.items() if key != part}, inner)
    return plain, []


def _merge(base: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Merge `extra` over `base`, objects into objects."""
    result = dict(base)
    for key, value in extra.items():
        old = result.get(key)
        result[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _place_faults(operation: Operation, values: Mapping[str, Any], faulty: set[str]) -> list[ArgumentFault]:
    """Return what the schema allows and a URL, a header or a form cannot carry."""
    faults = []
    for field in operation.outside_json:
        if field.name in faulty:
            continue
        if field.location == "path" and field.name not in values:
            faults.append(ArgumentFault(field.name, "is required"))
        elif field.name in values and field.is_file:
            items = values[field.name] if isinstance(values[field.name], list) else [values[field.name]]
            missing = [item for item in items if isinstance(item, PathLike) and not is_file(item)]
            if missing:
                faults.append(ArgumentFault(field.name, f"no such file: {str(missing[0])!r}", "a file"))
            elif not all(is_file(item) or (field.takes_text and isinstance(item, str)) for item in items):
                is_text = any(isinstance(item, str) for item in items)
                problem = f"is not a file{': text may be a path or the content' if is_text else ''}"
                faults.append(ArgumentFault(field.name, problem, _FILES))
        elif field.name in values:
            fault = serialize.fault(field, values[field.name]) or _empty_fault(operation, field, values[field.name])
            faults += [ArgumentFault(field.name, fault)] if fault else []
    return faults


_FILES = "pathlib.Path(...), an open file, bytes, or (name, content)"


def _empty_fault(operation: Operation, field: Field, value: object) -> str | None:
    """Return what is wrong with a value that is written as nothing, though its parameter is required."""
    if field.name in operation.required and serialize.is_nothing(field, value):
        return "is required, and nothing is sent for an empty value"
    return None


def _path(operation: Operation, values: Mapping[str, Any]) -> str:
    path = operation.path
    for field in operation.at("path"):
        path = path.replace("{" + field.wire_name + "}", serialize.path(field, values[field.name]))
    return path


def _query(operation: Operation, values: Mapping[str, Any]) -> str:
    pairs = [
        pair
        for field in operation.at("query")
        if field.name in values
        for pair in serialize.query(field, values[field.name])
    ]
    mark = "&" if "?" in operation.path else "?"
    return (mark + "&".join(pairs)) if pairs else ""


def _body(operation: Operation, values: Mapping[str, Any], extra: Mapping[str, Any]) -> tuple[bytes | None, str | None]:
    """Return the body and its media type; None where none is sent."""
    if operation.body_at is None:
        return None, None
    if operation.has_only_a_json_body and operation.body_at == "" and not extra:
        body: Any = {field.wire_name: values[field.name] for field in operation.fields if field.name in values}
        return serialize.compact_json(body).encode(), operation.body.media
    whole = operation.at("whole")
    media = next((values[field.name] for field in whole if field.content == "choice" and field.name in values), None)
    kind = operation.body.kind if media is None or operation.body.kind == "text" else _kind(media)
    media = media or operation.body.media
    value = next((field for field in whole if field.content != "choice"), None)
    fields = operation.by_wire_name
    if value is not None:
        if value.name not in values and not extra:
            return None, None
        body = _with_extra(operation, values.get(value.name), extra)
    else:
        body = _merge({name: values[field.name] for name, field in fields.items() if field.name in values}, extra)
        if not body and operation.body.may_be_missing:
            return None, None
        if kind in ("form", "multipart"):
            present = [field for wire, field in fields.items() if wire in body]
            empty = {field.name: _empty_fault(operation, field, body[field.wire_name]) for field in present}
            if faults := [ArgumentFault(name, fault) for name, fault in empty.items() if fault]:
                raise InvalidRequest(operation.name, faults)
        for part in reversed(parts(operation.body_at)):
            body = {part: body} if body else {}
    if faults := [ArgumentFault(*row) for row in serialize.form_faults(kind, fields, body)]:
        raise InvalidRequest(operation.name, faults)
    try:
        return _encode_body(kind, media, body, fields)
    except UnicodeEncodeError as error:
        problem = f"has {error.object[error.start]!r}, which {media} does not have"
        raise InvalidRequest(operation.name, [ArgumentFault("body", problem)]) from None
    except UnsendableFile as error:
        raise InvalidRequest(operation.name, [ArgumentFault(*error.args)]) from error.__cause__


def _with_extra(operation: Operation, body: Any, extra: Mapping[str, Any]) -> Any:
    """Return a body that is one value with what `extra_body` adds to it."""
    if extra and body is not None and not isinstance(body, dict):
        problem = f"is merged into an object, and the body is {type(body).__name__}"
        raise InvalidRequest(operation.name, [ArgumentFault("extra_body", problem)])
    return _merge(body or {}, extra) if extra else body


def _kind(media: str) -> str:
    if media.partition(";")[0].strip() == "application/x-www-form-urlencoded":
        return "form"
    return "multipart" if media.startswith("multipart/") else "json"


def _encode_body(kind: str, media: str, body: Any, fields: Mapping[str, Field]) -> tuple[bytes, str]:
    if kind == "form" and isinstance(body, dict):
        return serialize.form(fields, body), media
    if kind == "multipart" and isinstance(body, dict):
        content, mark = serialize.multipart(fields, body)
        return content, f"{media}; boundary={mark}"
    if kind == "text" and isinstance(body, str):
        charset = serialize.charset(media)
        return body.encode(charset or "utf-8"), media if charset else f"{media}; charset=utf-8"
    if kind == "bytes" and (file := file_parts(body, "body")) is not None:
        return file[1], _media_of_file(body, media)
    return serialize.compact_json(body).encode(), media


def _media_of_file(body: Any, media_types: str) -> str:
    """Return the media type of a body that is a file. Raises UnsendableFile where it is none that is stated."""
    media = file_media(body, media_types)
    kind, star, _ = media_types.partition("/*")
    if star and kind not in ("*", "application") and not media.startswith(f"{kind}/"):
        problem = f"is of no known media type, and the service takes {media_types}"
        raise UnsendableFile("body", problem, "(name, content, media type)")
    return media
