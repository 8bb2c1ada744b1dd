"""Operations as subjects of the diff: what they take, what they reply, and the life of their tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from codegen.catalog.diff.rules import Direction
from codegen.catalog.diff.schema_subjects import ValueOwner
from codegen.catalog.diff.subject import (
    Parts,
    Subject,
    by_name,
    error_codes,
    extensions,
    mapping,
    python_name,
    rest,
    stated,
)
from codegen.openapi import pointers
from codegen.openapi.document import Document, PathOperation
from codegen.openapi.json_values import texts

JSON = "application/json"
_PYTHON = frozenset({"method", "group", "positional", "body", "reply", "returns"})
_TASK = frozenset({"kind", "id", "result", "reply", "states", "output", "assets", "callback"})
_BESIDE = ("description", "x-python", "x-disputed", "x-sunset", "deprecated", "example", "examples")
"""Keys of a parameter that say of it what they would say of its schema."""
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


class Calls:
    """The operations of one document, and what is known of all of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.paid = any(_paid(operation) for operation in document.operations if operation.outgoing)

    def name(self, operation: PathOperation) -> str:
        """Return the operationId; without one, what tells the operation from all others."""
        if operation_id := operation.value.get("operationId"):
            return str(operation_id)
        if operation.outgoing or operation.pointer.startswith("/webhooks/"):
            return f"{operation.method.upper()} {operation.path}"
        *above, callback, _, _ = pointers.steps(operation.pointer)
        owner = pointers.join("", *above[:-1])
        names = [self.name(one) for one in self.document.operations if one.pointer == owner]
        return f"{(names or [owner])[0]} {callback}"


def further(document: Document) -> Iterator[PathOperation]:
    """Yield the calls of OpenAPI 3.2 by methods of other names. The client has none; who calls them is told."""
    for item in document.of("path item"):
        *above, path = pointers.steps(item.pointer)
        for method, value in mapping(item.value.get("additionalOperations")).items():
            at = pointers.join(item.pointer, "additionalOperations", method)
            yield PathOperation(at, method, path, mapping(value), item, outgoing=above == ["paths"])


def operation(calls: Calls, row: PathOperation) -> Subject:
    """Return one operation. What a callback or webhook sends, the client reads."""
    document, name = calls.document, calls.name(row)
    sends: Direction = "request" if row.outgoing else "reply"
    reads: Direction = "reply" if row.outgoing else "request"
    parts = [
        *_parameters(document, row, ValueOwner(document, name, sends)),
        *_request(document, row, ValueOwner(document, name, sends)),
        *_responses(document, row, ValueOwner(document, name, reads)),
        *_task_parts(row, ValueOwner(document, name, reads)),
        *_callbacks(document, row),
        *error_codes(
            mapping(row.value.get("x-error-codes")), f"{row.pointer}/x-error-codes", paid=_paid(row), operation=name
        ),
    ]
    kind = "webhook" if row.pointer.startswith("/webhooks/") else "operation"
    facts = {**_operation_facts(document, row, name), **_task(row.value)}
    return Subject(kind, name, row.pointer, operation=name, facts=facts, parts=lambda: by_name(parts))


def _operation_facts(document: Document, row: PathOperation, name: str) -> dict[str, Any]:
    value, python = row.value, mapping(row.value.get("x-python"))
    own_servers = servers(value.get("servers", row.item.value.get("servers")))
    return stated(
        operation_id=value.get("operationId"),
        method=row.method,
        path=row.path if row.outgoing else None,
        summary=value.get("summary"),
        description=value.get("description"),
        deprecated=value.get("deprecated") or None,
        sunset=value.get("x-sunset"),
        tags=value.get("tags"),
        external_docs=value.get("externalDocs"),
        disputed=value.get("x-disputed"),
        python_name=python_name(python.get("method"), name) if row.outgoing else None,
        group=python.get("group"),
        positional=python.get("positional") or None,
        body=python.get("body"),
        reply_at=python.get("reply"),
        returns=python.get("returns"),
        other_python_keys=rest(python, _PYTHON),
        # The security of the document is that of calls, not of what the service sends by itself.
        vendor_id=mapping(value.get("x-vendor")).get("id"),
        vendor_details=rest(mapping(value.get("x-vendor")), {"id"}),
        pages=value.get("x-pages"),
        authentication=_requirements(value.get("security", document.root.get("security") if row.outgoing else None)),
        server=own_servers or None,
        extensions=extensions(value, "operation"),
    )


def servers(listed: Any) -> list[str]:
    """Return the URLs of servers, their variables at their defaults."""
    servers = []
    for server in listed if isinstance(listed, list) else []:
        url = str(mapping(server).get("url"))
        for name, variable in mapping(mapping(server).get("variables")).items():
            url = url.replace("{" + name + "}", str(mapping(variable).get("default", "")))
        servers.append(url)
    return servers


def _requirements(security: Any) -> list[dict[str, list[str]]] | None:
    requirements = security if isinstance(security, list) else []
    return [{name: sorted(texts(scopes)) for name, scopes in mapping(entry).items()} for entry in requirements] or None


def _paid(row: PathOperation) -> bool:
    """Return whether a call may cost something: what only asks is free, and so is what HTTP calls safe."""
    task = mapping(row.value.get("x-task"))
    if isinstance(task.get("costs"), bool):
        return bool(task["costs"])
    kind = task.get("kind")
    return kind != "query" if kind else row.method not in {"get", "head", "options", "trace"}


def _task(value: dict[str, Any]) -> dict[str, Any]:
    task = mapping(value.get("x-task"))
    assets = mapping(task.get("assets"))
    places = {"id": task.get("id"), **mapping(task.get("reply"))}
    return stated(
        kind=task.get("kind"),
        task={name: pointer for name, pointer in sorted(places.items()) if pointer is not None} or None,
        result_operation=task.get("result"),
        output=task.get("output"),
        assets=assets.get("at"),
        count=assets.get("count"),
        # No hosts: any host is fine, as with every choice that is not stated.
        hosts=texts(assets.get("hosts")) or None,
        media=assets.get("media"),
        callback_payload=task.get("callback"),
        other_task_keys=rest({**task, **_asset_keys(assets)}, _TASK),
    )


def _asset_keys(assets: dict[str, Any]) -> dict[str, Any]:
    keys = {"at", "hosts", "media", "count"}
    return {f"assets.{key}": value for key, value in assets.items() if key not in keys}


def _task_parts(row: PathOperation, reads: ValueOwner) -> Iterator[Subject]:
    task = mapping(row.value.get("x-task"))
    at = pointers.join(row.pointer, "x-task")
    for word, state in mapping(task.get("states")).items():
        where = pointers.join(at, "states", word)
        yield Subject("status", str(word), where, operation=reads.operation, facts=stated(state=state))
    if isinstance(output := task.get("output"), str):
        yield reads.subject("result", "result", {"$ref": output}, pointer=pointers.join(at, "output"))


def _parameters(document: Document, row: PathOperation, sends: ValueOwner) -> Iterator[Subject]:
    for node in document.parameters(row):
        value, place = node.value, str(node.value.get("in"))
        # What stands on the parameter and what stands in its schema are stated about the same thing.
        beside: dict[str, Any] = {key: value[key] for key in _BESIDE if key in value}
        content = mapping(value.get("content"))
        schema = value.get("schema", mapping(next(iter(content.values()), {})).get("schema"))
        name = f"{value.get('name')} (in {place})"
        whole = sends.subject(
            "parameter",
            name,
            {**document.resolve(schema), **beside},
            required=value.get("required") is True,
            pointer=node.pointer,
        )
        kinds = set(texts(whole.facts.get("type")))
        has_parts = not kinds or bool(kinds & {"array", "object"})
        yield replace(
            whole, facts={**whole.facts, **stated(serialization=_serialization(value, place, has_parts=has_parts))}
        )


def _serialization(value: dict[str, Any], place: str, *, has_parts: bool) -> str:
    """Return how the value is written; one without parts is the same whether it is exploded or not."""
    if content := mapping(value.get("content")):
        return ", ".join(sorted(content))
    style = value.get("style", _STYLES.get(place))
    words = [f"style {style}"]
    if has_parts:
        words.append(f"explode {'true' if value.get('explode', style == 'form') else 'false'}")
    return ", ".join([*words, *(["reserved characters as they are"] if value.get("allowReserved") else [])])


def _request(document: Document, row: PathOperation, sends: ValueOwner) -> Iterator[Subject]:
    body = document.resolve(row.value.get("requestBody"))
    if not body:
        return
    at = pointers.join(row.pointer, "requestBody")
    content = mapping(body.get("content"))
    facts = stated(content_types=sorted(content), required=body.get("required") is True or None)
    main = JSON if JSON in content else next(iter(content), JSON)
    yield _media(sends, "request body", "body", mapping(content.get(main)), at, facts)
    for media_type in content:
        if media_type != main:
            media = mapping(content[media_type])
            yield _media(sends, "content", f"body ({media_type})", media, pointers.join(at, "content", media_type), {})


def _media(
    value: ValueOwner, kind: str, name: str, media: dict[str, Any], at: str, facts: dict[str, Any], *more: Subject
) -> Subject:
    """Return a body of one media type."""
    whole = value.subject(kind, name, media.get("schema"), pointer=at)
    if isinstance(entry := media.get("itemSchema"), dict):  # of 3.2: one line, or one event, of a stream
        more = (*more, value.subject("items", f"{name}[]", entry, pointer=at))
    own = stated(encoding=media.get("encoding"), examples=media.get("examples", media.get("example")))
    # Without its reference: what is beside the schema belongs to this place, not to the component.
    parts = partial(_with, whole, [*more])
    return replace(whole, pointer=at, facts={**whole.facts, **own, **facts}, parts=parts, reference="")


def _with(whole: Subject, more: list[Subject]) -> Parts:
    return {**whole.parts(), **by_name(more)}


def _responses(document: Document, row: PathOperation, reads: ValueOwner) -> Iterator[Subject]:
    for status, response in document.resolve(row.value.get("responses")).items():
        if str(status).startswith("x-"):
            continue
        at = pointers.join(row.pointer, "responses", status)
        resolved = document.resolve(response)
        content = mapping(resolved.get("content"))
        main = JSON if JSON in content else next(iter(content), JSON)
        facts = {**stated(description=resolved.get("description")), "content types": sorted(content)}
        beside = [*_headers(resolved, reads, f"reply {status}", at), *_links(document, resolved, at)]
        # What succeeds is what code is written for; an error that is not documented any more is still an error.
        kind = "response" if str(status).startswith("2") else "error response"
        yield _media(reads, kind, f"reply {status}", mapping(content.get(main)), at, facts, *beside)
        for media_type in content:
            if media_type != main:
                name, place = f"reply {status} ({media_type})", pointers.join(at, "content", media_type)
                yield _media(reads, "content", name, mapping(content[media_type]), place, {})


def _headers(response: dict[str, Any], reads: ValueOwner, name: str, at: str) -> Iterator[Subject]:
    for header, header_node in mapping(response.get("headers")).items():
        value = reads.document.resolve(header_node)
        beside: dict[str, Any] = {key: value[key] for key in ("description", "deprecated") if key in value}
        schema = {**reads.document.resolve(value.get("schema")), **beside}
        place = pointers.join(at, "headers", header)
        required = value.get("required") is True
        yield reads.subject("header", f"{name} {str(header).lower()}", schema, required=required, pointer=place)


def _links(document: Document, response: dict[str, Any], at: str) -> Iterator[Subject]:
    for name, link in mapping(response.get("links")).items():
        yield Subject("link", name, pointers.join(at, "links", name), facts=stated(link=_link(document.resolve(link))))


def _link(link: dict[str, Any]) -> dict[str, Any]:
    return {
        key: link[key] for key in sorted(link) if key in {"operationId", "operationRef", "parameters", "requestBody"}
    }


def _callbacks(document: Document, row: PathOperation) -> Iterator[Subject]:
    for name, callback in mapping(row.value.get("callbacks")).items():
        at = pointers.join(row.pointer, "callbacks", name)
        resolved = document.resolve(callback)
        urls = sorted(url for url in resolved if not url.startswith("x-"))
        yield Subject("callback", name, at, facts=stated(url=urls))
