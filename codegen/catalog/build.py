"""Settled facts → an OpenAPI document of one service: everything that vendor documents say, and nothing of our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from codegen.catalog.build_schemas import (
    ReconciledFacts,
    object_schema,
    operation_notes,
    parameter_schema,
    reply_schema,
)
from codegen.catalog.collected_evidence import Stated
from codegen.catalog.compare import PRESENCE, Reading
from codegen.catalog.decide import Settlement
from codegen.catalog.host_decisions import is_secret
from codegen.faults import Fault, InputFault

JSON = "application/json"
_RETRIES = {0: "never", 1: "once"}
"""How often a document tells to repeat a call → the word for it; more often: after a delay."""
_METHODS_WITH_BODY = frozenset({"post", "put", "patch"})
_STATED_ELSEWHERE = frozenset({"content-type", "accept"})
"""Headers that OpenAPI says through media types."""


def build(
    service: str, facts: ReconciledFacts, version: str, servers: Sequence[str]
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the document before overlays, and what is wrong with operations, which are then left out.

    Schemas stand where they are used, so that overlays reach them by operation. `servers`: the default first.
    """
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": service, "version": version},
        "servers": [{"url": url} for url in servers],
        "x-error-codes": {**_envelope(facts), **_error_codes(facts)},
        "paths": {},
        "components": {},
    }
    faults: list[Fault] = []
    if not servers:
        faults.append(
            Fault("specs/claims", "", f"no document of {service} names a server", "import the document that does")
        )
    for operation in facts.operations():
        try:
            _place(document, facts, operation, servers)
        except InputFault as fault:
            faults.extend(fault.faults)
    if payload := _payload(facts):
        document["components"]["schemas"] = {"CallbackPayload": payload}
    return {key: value for key, value in document.items() if value or key == "paths"}, faults


def _place(document: dict[str, Any], facts: ReconciledFacts, operation: str, servers: Sequence[str]) -> None:
    server, path = _server_and_path(facts, operation, servers)
    # Without a method the operation has a body or an example (`settling.resolve_methods`): it is sent.
    method = str(_fact(facts, operation, "method") or "POST").lower()
    item = document["paths"].setdefault(path, {})
    if method in item:
        problem = f"{method.upper()} {path} is also {item[method]['operationId']}"
        raise InputFault(_about(facts, operation, problem, "correct the URL of one of them"))
    item[method] = _operation(facts, operation, method, path)
    aliases = {url for url in servers if facts.value("", "server", url, "alias")}
    if server and server != servers[0] and server not in aliases and _origin(server) != _origin(servers[0]):
        item[method]["servers"] = [{"url": server}]


def _about(facts: ReconciledFacts, operation: str, problem: str, remedy: str) -> Fault:
    """Return a fault of an operation, at the line that states its URL."""
    url = facts.url(operation)
    if url is None:
        return Fault("specs/claims", f"/{operation}", problem, remedy)
    first = url.readings[0].statements[0]
    return Fault(first.document, f"line {first.line}", problem, remedy)


def _fact(facts: ReconciledFacts, operation: str, name: str) -> Any:
    """Return what holds for an operation, or else for every operation of the service."""
    value = facts.value(operation, "operation", "", name)
    return facts.value("", "operation", "", name) if value is None else value


def _origin(url: str) -> str:
    """Return scheme and host where the documents give whole URLs for an operation and no base URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _url(facts: ReconciledFacts, operation: str) -> str:
    settlement = facts.url(operation)
    return str(settlement.value) if settlement else ""


def _server_and_path(facts: ReconciledFacts, operation: str, servers: Sequence[str]) -> tuple[str, str]:
    """Return the server of an operation, "" for the default, and its path below it."""
    url = _url(facts, operation)
    if url.startswith("/"):
        return "", url
    for server in servers:
        if url.startswith(server + "/"):
            return server, url.removeprefix(server)
    raise InputFault(
        _about(facts, operation, f"{url} is at none of the servers", "name its host under `servers` in specs/decisions")
    )


def _operation(facts: ReconciledFacts, operation: str, method: str, path: str) -> Stated:
    about = facts.of(operation, "operation")
    values = {name: facts.of(operation, "output", name).get("value") for name in facts.names(operation, "output")}
    output = {name: value for name, value in values.items() if value is not None}
    claims = {name: fact.sources for name, fact in sorted(about.items()) if name != PRESENCE}
    head = {"operationId": operation, "x-vendor": _vendor(operation, about)}
    value = Stated(head, claims=claims, notes=operation_notes(about, output), vendor=operation)
    elsewhere, body = _split(facts, operation, method, path)
    if elsewhere:
        value["parameters"] = elsewhere
    if method in _METHODS_WITH_BODY:
        value["requestBody"] = _request_body(facts, operation, body)
    value["responses"] = {"200": _reply(facts, operation), **_refusals(facts, operation)}
    if results := _results(facts, operation):
        value["x-task"] = {"output": results}
    return value


def _vendor(operation: str, about: Mapping[str, Settlement]) -> dict[str, Any]:
    """Return what the vendor calls the operation, as far as any document says it."""
    vendor_facts = {
        key: about[fact].value
        for key, fact in (("name", "name"), ("number", "id"), ("state", "state"))
        if fact in about
    }
    return {"id": operation, **{key: value for key, value in vendor_facts.items() if value is not None}}


def _split(facts: ReconciledFacts, operation: str, method: str, path: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Split the parameters into those of path, query and header, in full, and the names of those in the body."""
    elsewhere: list[dict[str, Any]] = []
    body: list[str] = []
    other = "body" if method in _METHODS_WITH_BODY else "query"
    names = facts.parameters(operation)
    for name in names:
        place = facts.value(operation, "parameter", name, "in") or ("path" if f"{{{name}}}" in path else other)
        if place == "body":
            body.append(name)
            continue
        about = facts.of(operation, "parameter", name)
        required = place == "path" or bool(about["required"].value if "required" in about else False)
        # A value inside a path is not a URL, whatever the words around it.
        schema = parameter_schema({fact: about[fact] for fact in about if (place, fact) != ("path", "format")})
        claims = {"in": schema.claims.pop("in", list(about[PRESENCE].sources))}
        claims["required"] = schema.claims.pop("required", claims["in"])
        row = {"name": name, "in": place, "required": required, "schema": schema}
        elsewhere.append(Stated(row, claims=claims))
    elsewhere += [_slot(facts, operation, name) for name in re.findall(r"\{(\w+)\}", path) if name not in names]
    return elsewhere + _headers(facts, operation), body


def _slot(facts: ReconciledFacts, operation: str, name: str) -> Stated:
    """Return a parameter that only the URL of an operation states, by a placeholder in its path."""
    settlement = facts.url(operation)
    sources = list(settlement.sources) if settlement else []
    schema = Stated({"type": "string"}, claims={"type": sources})
    row = {"name": name, "in": "path", "required": True, "schema": schema}
    return Stated(row, claims={"in": sources, "required": sources})


def _headers(facts: ReconciledFacts, operation: str) -> list[dict[str, Any]]:
    """Return the headers of a call that are neither a secret nor stated through media types."""
    rows: list[dict[str, Any]] = []
    own, shared = facts.names(operation, "header"), facts.names("", "header")
    for name in sorted({*own, *shared}, key=str.lower):
        about = facts.of(operation if name in own else "", "header", name)
        if name.lower() in _STATED_ELSEWHERE or is_secret(name, about):
            continue
        sources = list(about[PRESENCE].sources)
        schema = Stated({"type": "string"}, claims={"type": sources})
        if (default := about.get("default")) and default.value is not None:
            schema["default"] = str(default.value)
            schema.claims["default"] = list(default.sources)
        required = about.get("required")
        claims = {"in": sources, "required": list(required.sources) if required else sources}
        row = {"name": name, "in": "header", "required": bool(required and required.value), "schema": schema}
        rows.append(Stated(row, claims=claims))
    return rows


def _request_body(facts: ReconciledFacts, operation: str, names: list[str]) -> dict[str, Any]:
    one_of = _alternatives(facts, operation, names)
    rules = [*_cross_field(facts, operation, names), *([one_of] if one_of else [])]
    schema = _fields(facts, operation, "", nesting(names), rules)
    wrapper = facts.of(operation, "operation").get("body_wrapper") or facts.of("", "operation").get("body_wrapper")
    if wrapper and wrapper.value and names:
        key = str(wrapper.value)
        schema = Stated(object_schema({key: schema}, [key], []), claims={"properties": wrapper.sources})
    return {"required": True, "content": {_media_type(facts, operation, names): {"schema": schema}}}


_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


def _media_type(facts: ReconciledFacts, operation: str, names: Iterable[str]) -> str:
    """Return how a body is sent: as documents say of the operation or of all calls; a file needs a form of parts."""
    media_type = facts.value(operation, "operation", "", "content_type")
    shared = next(
        (
            facts.value("", "header", name, "value")
            for name in facts.names("", "header")
            if name.lower() == "content-type"
        ),
        None,
    )
    if media_type or shared in _FORMS:
        return str(media_type or shared)
    has_file = any(facts.value(operation, "parameter", name, "format") == "binary" for name in names)
    return _FORMS[0] if has_file else JSON


def nesting(names: Iterable[str]) -> dict[str, list[str]]:
    """Return path of an object → the paths of its fields: `voice.id` is one of `voice`, which need not be stated."""
    paths: dict[str, list[str]] = {}
    for name in names:
        while name:
            above = name.rpartition(".")[0]
            fields = paths.setdefault(above.removesuffix("[]"), [])
            fields += [name] if name not in fields else []
            name = above.removesuffix("[]")
    return paths


def _fields(
    facts: ReconciledFacts, operation: str, above: str, nested: Mapping[str, list[str]], rules: list[Any] | None = None
) -> dict[str, Any]:
    """Return the object of the fields below a path, "" for the body, each with what is inside it."""
    properties: dict[str, dict[str, Any]] = {}
    required: list[str] = []
    for path in nested.get(above, ()):
        name, about = path.rpartition(".")[2], facts.of(operation, "parameter", path)
        inner = _fields(facts, operation, path, nested) if path in nested else None
        schema = _schema(facts, operation, path) if about else _unstated(facts, operation, nested[path])
        properties[name] = _around(facts, operation, path, schema, inner) if inner else schema
        if _is_required(about) or (not about and inner and inner.get("required")):
            required.append(name)
    return object_schema(properties, required, rules or [])


def _unstated(facts: ReconciledFacts, operation: str, fields: Sequence[str]) -> Stated:
    """Return an object that documents state by its fields alone."""
    presences = (facts.of(operation, "parameter", field).get(PRESENCE) for field in fields)
    sources = list(dict.fromkeys(source for presence in presences if presence for source in presence.sources))
    kind = "array" if all("[]." in field[len(field.rpartition(".")[0]) - 2 :] for field in fields) else "object"
    return Stated({"type": kind}, claims={"type": sources, "required": sources})


def _around(facts: ReconciledFacts, operation: str, path: str, schema: Stated, inner: dict[str, Any]) -> Stated:
    """Return the schema of a parameter with the fields that are nested in it: in the object, or in each of a list."""
    kind = schema.get("type")
    if kind == "array":
        return _with(schema, {"items": inner})
    if kind == "object":
        return _with(schema, inner)
    problem = f"the parameter {path} is {kind}, and has fields: {', '.join(inner['properties'])}"
    raise InputFault(_about(facts, operation, problem, "correct the type, or the names of the fields"))


def _with(schema: Stated, more: Mapping[str, Any]) -> Stated:
    return Stated({**schema, **more}, claims=schema.claims, notes=schema.notes, labels=schema.labels)


def _schema(facts: ReconciledFacts, operation: str, name: str) -> Stated:
    schema = parameter_schema(facts.of(operation, "parameter", name))
    _require_a_value(schema, facts.of(operation, "parameter", name))
    if labels := facts.labels(operation, name):
        allowed = schema.get("enum")
        schema.labels = {
            value: label for value, label in labels.items() if allowed is None or value in map(str, allowed)
        }
    return schema


NOT_BLANK = r"\S"
"""The pattern of a text that has more than spaces."""


def _require_a_value(schema: Stated, about: Mapping[str, Settlement]) -> None:
    """Refuse an empty text or list, and a text of spaces alone, for a parameter that has to be given."""
    keyword = {"string": "minLength", "array": "minItems"}.get(schema.get("type", ""))
    if keyword and _is_required(about) and not schema.keys() & {"enum", "format", "const", keyword}:
        limits = {keyword: 1, **({"pattern": NOT_BLANK} if keyword == "minLength" else {})}
        schema.update({key: value for key, value in limits.items() if key not in schema})
        schema.claims.update({key: list(about["required"].sources) for key in limits if key not in schema.claims})


def _is_required(about: Mapping[str, Settlement]) -> bool:
    """Return whether a parameter is required. One that may not exist is not."""
    return "required" in about and about["required"].value is True and not about[PRESENCE].disputed


def _cross_field(facts: ReconciledFacts, operation: str, names: list[str]) -> Iterable[dict[str, Any]]:
    """Return the rules over two parameters, as if/then."""
    for name in names:
        about = facts.of(operation, "parameter", name)
        if (when := about.get("required_when")) and when.value:
            # Some linters want `required` to name properties of the same schema, which stays open all the same.
            then = {"required": [name], "properties": {name: {}}, "additionalProperties": True}
            yield Stated({"if": _having(when.value), "then": then}, claims={"if": when.sources})
        if (when := about.get("allowed_when")) and when.value:
            for value, others in sorted(when.value.items()):
                allowed = {other: {"enum": list(values)} for other, values in sorted(others.items())}
                rule = {"if": _having({name: [value]}), "then": {"properties": allowed}}
                yield Stated(rule, claims={"if": when.sources})


def _alternatives(facts: ReconciledFacts, operation: str, names: list[str]) -> Stated | None:
    """Return that one of several disputed parameters is needed: each document demands one, if not the same."""
    disputed = {name: about for name in names if (about := facts.of(operation, "parameter", name).get(PRESENCE))}
    disputed = {name: about for name, about in disputed.items() if about.disputed}
    demands: dict[str, list[str]] = {}
    for name, about in disputed.items():
        for reading in about.readings:
            for statement in reading.statements:
                names_of_document = demands.setdefault(statement.document, [])
                names_of_document += [name] if reading.value is True and not statement.optional else []
    if len(disputed) < 2 or not all(demands.values()):
        return None
    options = [{"required": [name]} for name in disputed]
    claims = {f"anyOf/{at}/required/0": list(about.sources) for at, about in enumerate(disputed.values())}
    return Stated({"anyOf": options}, claims=claims)


def _having(values: Mapping[str, Any]) -> dict[str, Any]:
    options = {name: value if isinstance(value, (list, tuple)) else [value] for name, value in sorted(values.items())}
    return {
        "required": sorted(options),
        "properties": {name: {"enum": list(choices)} for name, choices in options.items()},
    }


def _reply(facts: ReconciledFacts, operation: str) -> dict[str, Any]:
    """Return the schema of a reply: the envelope is the same for all, what is in it differs by operation."""
    own = [name for name in facts.names(operation, "response") if not _falls(facts, operation, name)]
    common = [name for name in facts.names("", "response") if "." not in name or name in own]
    fields = {name: facts.of("", "response", name) for name in common}
    fields |= {name: {**fields.get(name, {}), **facts.of(operation, "response", name)} for name in own}
    return {"description": "The reply.", "content": {JSON: {"schema": reply_schema(fields)}}}


def _falls(facts: ReconciledFacts, operation: str, name: str) -> bool:
    """Return whether only documents state a field that lost on the type of what it stands in: it goes with that."""
    stating = _documents(facts.of(operation, "response", name)[PRESENCE].readings)
    parts = name.split(".")
    for end in range(1, len(parts)):
        kind = facts.of(operation, "response", ".".join(parts[:end])).get("type")
        if kind and len(kind.readings) > 1:
            losers = _documents(reading for reading in kind.readings if reading.value != kind.value)
            losers -= _documents(reading for reading in kind.readings if reading.value == kind.value)
            if stating <= losers:
                return True
    return False


def _documents(readings: Iterable[Reading]) -> set[str]:
    return {statement.document for reading in readings for statement in reading.statements}


def _refusals(facts: ReconciledFacts, operation: str) -> dict[str, Any]:
    """Return the documented HTTP statuses; where there is none below 500, the class of them."""
    rows: dict[str, Any] = {}
    for code in sorted({*facts.names("", "error"), *facts.names(operation, "error")}):
        about = facts.of(operation, "error", code) or facts.of("", "error", code)
        if "channel" in about and about["channel"].value == "http" and _concerns(facts, operation, about):
            sources = sorted({source for fact in about.values() for source in fact.sources})
            rows[code] = Stated({"description": _meaning(about)}, claims={"": sources})
    if not any(code.startswith("4") for code in rows):
        rows["4XX"] = {"description": "The request was refused."}
    return rows


def _envelope(facts: ReconciledFacts) -> dict[str, Any]:
    """Return where a reply carries its code, where a document says which code means success."""
    values: dict[str, set[str]] = {}
    for operation in ["", *facts.operations()]:
        for name in facts.names(operation, "response"):
            if (success := facts.value(operation, "response", name, "success")) is not None:
                values.setdefault(f"/{name.replace('.', '/')}", set()).add(str(success))
    if not values:
        return {}
    code, success = min(values.items())
    return {"at": {"code": code, "success": sorted(success)}}


def _error_codes(facts: ReconciledFacts) -> dict[str, Any]:
    """Return every documented code of the service, wherever it is said, by channel."""
    channels: dict[str, dict[str, Any]] = {"codes": {}, "http": {}}
    for operation in ["", *facts.operations()]:
        for code in sorted(filter(None, facts.names(operation, "error")), key=lambda code: (len(code), code)):
            about = facts.of(operation, "error", code)
            sources = {source for fact in about.values() for source in fact.sources}
            row = {
                "error": about["error"].value if "error" in about else "BadRequest",
                "meaning": _meaning(about),
                "retry": about["retry"].value if "retry" in about else _retry_unsaid(about),
            }
            times = facts.of(operation, "retry", code).get("times") or facts.of("", "retry", code).get("times")
            if times is not None:
                row["retry"] = _RETRIES.get(times.value, "after_delay")
                sources |= set(times.sources)
            http = "channel" in about and about["channel"].value == "http"
            row_of_code = channels["http" if http else "codes"].setdefault(code, Stated(row))
            row_of_code.claims[""] = sorted({*row_of_code.claims.get("", ()), *sources})
            operations_ = (
                [operation] if operation else [one for one in facts.operations() if _concerns(facts, one, about)]
            )
            row_of_code["operations"] = sorted({*row_of_code.get("operations", ()), *operations_})
    return {channel: codes for channel, codes in channels.items() if codes}


def _retry_unsaid(about: Mapping[str, Settlement]) -> str:
    """Return when to repeat a call where no document says: as HTTP does where a status asks to wait."""
    is_http = "channel" in about and about["channel"].value == "http"
    return "after_delay" if is_http and "error" in about and about["error"].value == "RateLimited" else "never"


def _concerns(facts: ReconciledFacts, operation: str, about: Mapping[str, Settlement]) -> bool:
    """Return whether an error of the service can be one of an operation: none of files where it takes no file."""
    if "about" not in about:
        return True
    return any("media" in facts.of(operation, "parameter", name) for name in facts.names(operation, "parameter"))


def _meaning(about: Mapping[str, Settlement]) -> str:
    return str(about["message"].value) if "message" in about else "The request was refused."


def _results(facts: ReconciledFacts, operation: str) -> dict[str, Any] | None:
    """Return the decoded result: every documented key, each a list of URLs or whatever the documents say."""
    names = facts.result_keys(operation)
    if not names:
        return None
    properties: dict[str, Any] = {}
    for name in names:
        about = facts.of(operation, "result", name)
        kind = about["type"].value if "type" in about else "array"
        sources = list(about[PRESENCE].sources)
        url = {"type": "string", "format": "uri"}
        schema = {"type": "array", "items": url} if kind == "array" else {"type": kind}
        properties[name] = Stated(schema, claims={"type": sources})
    return {"type": "object", "additionalProperties": True, "properties": properties}


def _payload(facts: ReconciledFacts) -> dict[str, Any] | None:
    names = facts.names("", "callback")
    if not names:
        return None
    return reply_schema({name: facts.of("", "callback", name) for name in names})
