"""A document of the catalog as a subject of the diff: operations, what they take and reply, how they fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from codegen.catalog import pointers
from codegen.catalog.diff.rules import Direction
from codegen.catalog.diff.subject import Parts, Subject, by_name, mapping, stated
from codegen.catalog.diff.values import Value
from codegen.catalog.nodes import Document, Operation, texts


def service(name: str, root: dict[str, Any]) -> Subject:
    """The whole document."""
    document = Document(root)
    info, errors = mapping(root.get("info")), mapping(root.get("x-error-codes"))
    urls = [mapping(server).get("url") for server in _entries(root.get("servers"))]
    parts = [
        *(Subject("server", str(url), "/servers") for url in urls[1:]),
        *_schemes(document),
        *_errors(errors),
        *(_operation(document, operation) for operation in document.operations),
    ]
    facts = stated(
        title=info.get("title"),
        description=info.get("description"),
        version=info.get("version"),
        client=mapping(root.get("x-python")).get("client"),
        server=urls[0] if urls else None,
        envelope=_sorted_success(mapping(errors.get("at"))) or None,
        tags=root.get("tags"),
    )
    return Subject("service", name, "", facts=facts, parts=lambda: by_name(parts))


def _entries(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _sorted_success(at: dict[str, Any]) -> dict[str, Any]:
    return {**at, "success": sorted(texts(at["success"]))} if "success" in at else at


def _schemes(document: Document) -> Iterator[Subject]:
    for node in document.of("security scheme"):
        python = mapping(node.value.get("x-python"))
        credentials = {
            role: {key: value for key, value in mapping(found).items() if key != "obtain"}
            for role, found in python.items()
        }
        scheme = {key: value for key, value in node.value.items() if key not in {"description", "x-python", "x-claims"}}
        yield Subject(
            "security scheme",
            pointers.tokens(node.pointer)[-1],
            node.pointer,
            facts=stated(
                scheme=scheme,
                credential=credentials or None,
                obtain=[mapping(found).get("obtain") for found in python.values()] or None,
                description=node.value.get("description"),
                claims=node.value.get("x-claims"),
            ),
        )


def _errors(errors: dict[str, Any]) -> Iterator[Subject]:
    for channel, title in (("codes", "code"), ("http", "HTTP status")):
        for code, found in mapping(errors.get(channel)).items():
            meaning = mapping(found)
            yield Subject(
                "error code",
                f"{title} {code}",
                pointers.join("/x-error-codes", channel, code),
                facts=stated(
                    error=meaning.get("error"),
                    retry=meaning.get("retry"),
                    meaning=meaning.get("meaning"),
                    claims=meaning.get("x-claims"),
                ),
            )


def _operation(document: Document, operation: Operation) -> Subject:
    value, python = operation.value, mapping(operation.value.get("x-python"))
    name = str(value.get("operationId") or f"{operation.method.upper()} {operation.path}")
    sends: Direction = "request" if operation.outgoing else "reply"
    reads: Direction = "reply" if operation.outgoing else "request"
    parts = [
        *_parameters(document, operation, Value(document, name, sends)),
        *_request(document, operation, Value(document, name, sends)),
        *_responses(document, operation, Value(document, name, reads)),
        *_task_parts(operation, Value(document, name, reads)),
        *_callbacks(document, operation),
    ]
    facts = stated(
        method=operation.method,
        path=operation.path if operation.outgoing else None,
        summary=value.get("summary"),
        description=value.get("description"),
        deprecated=value.get("deprecated") or None,
        tags=value.get("tags"),
        claims=value.get("x-claims"),
        python_name=python.get("method"),
        group=python.get("group"),
        positional=python.get("positional") or None,
        body=python.get("body"),
        reply_at=python.get("reply"),
        returns=python.get("returns"),
        authentication=_requirements(value.get("security", document.root.get("security"))),
        server=value.get("servers", operation.item.value.get("servers")),
    )
    return Subject(
        "operation",
        name,
        operation.pointer,
        operation=name,
        facts={**facts, **_task(value)},
        parts=lambda: by_name(parts),
    )


def _requirements(security: Any) -> list[Any] | None:
    listed = [sorted(mapping(entry).items()) for entry in _entries(security)]
    return sorted(listed, key=repr) or None


def _task(value: dict[str, Any]) -> dict[str, Any]:
    task = mapping(value.get("x-task"))
    assets = mapping(task.get("assets"))
    pointers_of_it = {"id": task.get("id"), **mapping(task.get("reply"))}
    return stated(
        kind=task.get("kind"),
        task={name: pointer for name, pointer in sorted(pointers_of_it.items()) if pointer is not None} or None,
        result_operation=task.get("result"),
        output=task.get("output"),
        assets=assets.get("at"),
        # No hosts: any host is fine, as with every choice that is not stated.
        hosts=texts(assets.get("hosts")) or None,
        media=assets.get("media"),
    )


def _task_parts(operation: Operation, reads: Value) -> Iterator[Subject]:
    task = mapping(operation.value.get("x-task"))
    at = pointers.join(operation.pointer, "x-task")
    for word, state in mapping(task.get("states")).items():
        where = pointers.join(at, "states", word)
        yield Subject("status", word, where, operation=reads.operation, facts=stated(state=state))
    if isinstance(output := task.get("output"), str):
        yield reads.subject("result", "result", {"$ref": output}, pointer=pointers.join(at, "output"))


def _parameters(document: Document, operation: Operation, sends: Value) -> Iterator[Subject]:
    for node in document.parameters(operation):
        value, place = node.value, str(node.value.get("in"))
        # What stands on the parameter and what stands in its schema are said about the same thing.
        beside: dict[str, Any] = {
            key: value[key] for key in ("description", "x-claims", "x-python", "deprecated") if key in value
        }
        schema = {**document.resolve(value.get("schema")), **beside}
        name = f"{value.get('name')} (in {place})"
        yield sends.subject("parameter", name, schema, required=value.get("required") is True, pointer=node.pointer)


def _request(document: Document, operation: Operation, sends: Value) -> Iterator[Subject]:
    body = document.resolve(operation.value.get("requestBody"))
    if not body:
        return
    at = pointers.join(operation.pointer, "requestBody")
    found = document.request(operation)
    whole = sends.subject("request body", "body", found.value if found else {}, pointer=at)
    facts = stated(content_types=sorted(mapping(body.get("content"))), required=body.get("required") is True or None)
    yield replace(whole, pointer=at, facts={**whole.facts, **facts})


def _responses(document: Document, operation: Operation, reads: Value) -> Iterator[Subject]:
    for status, response in document.resolve(operation.value.get("responses")).items():
        if status.startswith("x-"):
            continue
        at = pointers.join(operation.pointer, "responses", status)
        found = document.resolve(response)
        media = mapping(mapping(found.get("content")).get("application/json"))
        whole = reads.subject("response", f"reply {status}", media.get("schema"), pointer=at)
        facts = stated(content_types=sorted(mapping(found.get("content"))) or None)
        if "description" in found:
            facts["description"] = found["description"]
        links = [
            Subject("link", name, pointers.join(at, "links", name), facts=stated(link=_link(document.resolve(link))))
            for name, link in mapping(found.get("links")).items()
        ]
        # Without its reference: the links belong to this place, not to the component.
        parts = partial(_with_links, whole, links)
        yield replace(whole, pointer=at, facts={**whole.facts, **facts}, parts=parts, reference="")


def _with_links(whole: Subject, links: list[Subject]) -> Parts:
    return {**whole.parts(), **by_name(links)}


def _link(link: dict[str, Any]) -> dict[str, Any]:
    return {
        key: link[key] for key in sorted(link) if key in {"operationId", "operationRef", "parameters", "requestBody"}
    }


def _callbacks(document: Document, operation: Operation) -> Iterator[Subject]:
    for name, callback in mapping(operation.value.get("callbacks")).items():
        at = pointers.join(operation.pointer, "callbacks", name)
        addresses = sorted(address for address in document.resolve(callback) if not address.startswith("x-"))
        yield Subject("callback", name, at, facts=stated(address=addresses))
