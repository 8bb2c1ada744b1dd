"""Lint rules about x-task: the life of a task as data, held against the schemas of the replies it is read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codegen.catalog.lint.operation_rules import link_target
from codegen.openapi import pointers
from codegen.openapi.document import Document, PathOperation
from codegen.openapi.extension_rules import extension
from codegen.openapi.finding import Finding
from codegen.openapi.pointers import is_pointer


def missing(document: Document) -> Iterator[Finding]:
    """Yield every operation says what kind of call it is."""
    for operation in document.operations:
        if operation.outgoing and "x-task" not in operation.value:
            yield Finding(operation.pointer, "operation without x-task", "say its kind: submit, generate or query")


def pointers_and_results(document: Document) -> Iterator[Finding]:
    """Report pointers of a task that the replies do not have, and result operations that do not exist."""
    for operation in document.operations:
        task = extension(operation.value, "x-task")
        at = pointers.join(operation.pointer, "x-task")
        reply = extension(task, "reply")
        if task.get("kind") == "submit":
            yield from _resolves(document, operation, task.get("id"), pointers.join(at, "id"))
            result = document.by_id.get(str(task.get("result")))
            if result is None:
                problem = f"result names no operation: {task.get('result')!r}"
                yield Finding(pointers.join(at, "result"), problem, "name an operationId of this document")
                continue
            if extension(result.value, "x-task").get("kind") != "query":
                yield Finding(pointers.join(at, "result"), "the result operation is not a query", "give it kind query")
            for name, pointer in reply.items():
                yield from _resolves(document, result, pointer, pointers.join(at, "reply", name))
        elif task.get("kind") == "generate":
            yield from _resolves(document, operation, reply.get("result"), pointers.join(at, "reply", "result"))
        else:
            for name in ("balance", "report"):
                if name in task:
                    yield from _resolves(document, operation, task[name], pointers.join(at, name))
        yield from _output(document, task, at)
        yield from _request(document, operation, task, at)


def _resolves(document: Document, operation: PathOperation, pointer: Any, at: str) -> Iterator[Finding]:
    if not is_pointer(pointer):
        return  # of the wrong shape, which is reported
    if not document.find_reply(operation, pointer):
        name = operation.value.get("operationId", operation.pointer)
        problem = f"{pointer!r} resolves to nothing in the reply of {name}"
        yield Finding(at, problem, "correct the pointer or the schema")


def _output(document: Document, task: dict[str, Any], at: str) -> Iterator[Finding]:
    output = task.get("output")
    if not isinstance(output, str):
        return
    try:
        schema = document.target(output)
    except KeyError:
        yield Finding(pointers.join(at, "output"), f"dangling reference {output!r}", "name a schema that exists")
        return
    for step in ("at", "encoded", "sources"):
        listed = extension(task, "assets").get(step)
        for index, pointer in enumerate(listed if isinstance(listed, list | dict) else ()):
            if is_pointer(pointer) and document.find(schema, pointer) is None:
                where = pointers.join(at, "assets", step, pointer if isinstance(listed, dict) else index)
                yield Finding(
                    where, f"{pointer!r} resolves to nothing in {output}", "correct the pointer or the schema"
                )


def _request(document: Document, operation: PathOperation, task: dict[str, Any], at: str) -> Iterator[Finding]:
    """Report a number of results that the request does not ask for, and echoes that the callback does not have."""
    callback = extension(task, "callback")
    echoed = callback.get("echoed")
    echoed = echoed if isinstance(echoed, list) else []
    places = [(extension(task, "assets").get("count"), ("assets", "count"))]
    places += [(pointer, ("callback", "echoed")) for pointer in echoed]
    request = document.request(operation)
    for pointer, steps in places:
        if is_pointer(pointer) and (request is None or document.find(request.value, pointer) is None):
            problem = f"{pointer!r} resolves to nothing in the request body"
            yield Finding(pointers.join(at, *steps), problem, "correct the pointer or the schema")
    if not callback:
        return
    payloads = _payloads(document, operation)
    if not payloads:
        yield Finding(pointers.join(at, "callback"), "the operation has no callback with a body", "describe it")
    fields = [(name, pointer) for name, pointer in callback.items() if name != "echoed"]
    for name, pointer in [*fields, *(("echoed", pointer) for pointer in echoed)]:
        if any(is_pointer(pointer) and document.find(payload, pointer) is None for payload in payloads):
            problem = f"{pointer!r} resolves to nothing in the payload of the callback"
            yield Finding(pointers.join(at, "callback", name), problem, "correct the pointer or the schema")


def _payloads(document: Document, operation: PathOperation) -> list[Any]:
    """Return the schemas of what the callbacks of an operation carry."""
    payloads = []
    for callback in extension(operation.value, "callbacks").values():
        for item in document.resolve(callback).values():
            for request in document.resolve(item).values():
                content = document.resolve(document.resolve(request).get("requestBody")).get("content")
                schema = extension(extension({"content": content}, "content"), "application/json").get("schema")
                payloads += [schema] if schema is not None else []
    return payloads


def states(document: Document) -> Iterator[Finding]:
    """Report tasks that cannot succeed or fail, and documented statuses without a state."""
    for operation in document.operations:
        task = extension(operation.value, "x-task")
        by_word = extension(task, "states")
        if not by_word:
            continue
        at = pointers.join(operation.pointer, "x-task", "states")
        for end in ("succeeded", "failed"):
            if end not in by_word.values():
                yield Finding(at, f"no status means {end}", "a task would be waited for without end")
        for word in _statuses(document, task) - by_word.keys():
            yield Finding(at, f"status {word!r} of the reply's enum has no state", "give it one")


def _statuses(document: Document, task: dict[str, Any]) -> set[str]:
    result = document.by_id.get(str(task.get("result")))
    pointer = extension(task, "reply").get("status")
    if result is None or not is_pointer(pointer):
        return set()
    words = [schema.get("enum") for schema in document.find_reply(result, pointer)]
    return {str(word) for listed in words if isinstance(listed, list) for word in listed}


def unlinked(document: Document) -> Iterator[Finding]:
    """Yield an operation that starts a task links to the one that reports on it, and hands over the id."""
    for operation in document.operations:
        task = extension(operation.value, "x-task")
        if task.get("kind") != "submit" or str(task.get("result")) not in document.by_id:
            continue
        place = str(task.get("id"))
        expression = place if place.startswith("$") else f"$response.body#{place}"
        links = [
            document.resolve(link)
            for response in document.resolve(operation.value.get("responses")).values()
            for link in extension(document.resolve(response), "links").values()
        ]
        reports = document.by_id[str(task["result"])]
        links = [link for link in links if link_target(document, link) == reports]
        handed = [value for link in links for key in ("parameters", "requestBody") for value in _values(link.get(key))]
        if expression not in handed:
            problem = f"no link hands {expression} to {task['result']}"
            yield Finding(operation.pointer, problem, "add the link to the response")


def _values(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else [value]
