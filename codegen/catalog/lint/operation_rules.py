"""Lint rules about operations: ids, parameters, security, links and callbacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from codegen.openapi import pointers
from codegen.openapi.document import Document, PathOperation
from codegen.openapi.finding import Finding

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_EXPRESSION = re.compile(
    r"\$(?P<simple>url|method|statusCode)|\$(?P<of>request|response)\.(?P<part>body|header|query|path)(?P<rest>.*)"
)


def missing_ids(document: Document) -> Iterator[Finding]:
    """Report operations without an operationId: links, tasks and generated names all need it."""
    for operation in document.operations:
        if not isinstance(operation.value.get("operationId"), str):
            yield Finding(operation.pointer, "operation without operationId", "give it one")


def duplicate_ids(document: Document) -> Iterator[Finding]:
    """Report an operationId that names two operations, callbacks included."""
    seen: dict[str, str] = {}
    for operation in document.operations:
        name = operation.value.get("operationId")
        if isinstance(name, str) and (first := seen.setdefault(name, operation.pointer)) != operation.pointer:
            at = pointers.join(operation.pointer, "operationId")
            yield Finding(at, f"operationId {name!r} is taken by {first}", "name one of them differently")


def path_parameters(document: Document) -> Iterator[Finding]:
    """Report placeholders of a path that are not declared, and declared path parameters without one."""
    for operation in document.operations:
        if not operation.path.startswith("/"):
            continue
        placeholders = set(_PLACEHOLDER.findall(operation.path))
        declared = {}
        for parameter in document.parameters(operation):
            if parameter.value.get("in") == "path":
                declared[str(parameter.value.get("name"))] = parameter
        for name in sorted(placeholders - declared.keys()):
            yield Finding(operation.pointer, f"path parameter {name!r} is not declared", "add it to the parameters")
        for name in sorted(declared.keys() - placeholders):
            problem = f"path parameter {name!r} does not occur in {operation.path}"
            yield Finding(declared[name].pointer, problem, "remove it or put it into the path")
        for name in sorted(declared.keys() & placeholders):
            if declared[name].value.get("required") is not True:
                yield Finding(
                    declared[name].pointer, f"path parameter {name!r} is not required", "add `required: true`"
                )


def duplicate_parameters(document: Document) -> Iterator[Finding]:
    """Report a name that stands twice in a list of parameters with the same place."""
    for owner in (*document.of("path item"), *document.of("operation")):
        parameters = owner.value.get("parameters")
        seen: set[tuple[Any, Any]] = set()
        for index, entry in enumerate(parameters if isinstance(parameters, list) else []):
            value = document.resolve(entry)
            key = (str(value.get("in")), str(value.get("name")))
            if key in seen:
                at = pointers.join(owner.pointer, "parameters", index)
                yield Finding(at, f"parameter {key[1]!r} in {key[0]} is listed twice", "keep one of them")
            seen.add(key)


def ambiguous_paths(document: Document) -> Iterator[Finding]:
    """Report two paths that differ only in the names of their placeholders."""
    seen: dict[str, str] = {}
    paths = document.root.get("paths")
    for path in paths if isinstance(paths, dict) else ():
        shape = _PLACEHOLDER.sub("{}", path)
        if (first := seen.setdefault(shape, path)) != path:
            yield Finding(pointers.join("/paths", path), f"is the same path as {first}", "merge them")


def security(document: Document) -> Iterator[Finding]:
    """Yield every security requirement names a scheme that is defined."""
    components = document.root.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    defined = schemes if isinstance(schemes, dict) else {}
    for owner in (*document.of("document"), *document.of("operation")):
        requirements = owner.value.get("security")
        for index, requirement in enumerate(requirements if isinstance(requirements, list) else []):
            for scheme in requirement if isinstance(requirement, dict) else ():
                if scheme not in defined:
                    at = pointers.join(owner.pointer, "security", index, scheme)
                    yield Finding(at, f"security scheme {scheme!r} is not defined", "define it in components")


def links(document: Document) -> Iterator[Finding]:
    """Yield links that name no operation, no parameter of it, or a place that request or reply do not have."""
    for operation in document.operations:
        responses = document.resolve(operation.value.get("responses"))
        for status, response in responses.items():
            links_of_response = document.resolve(response).get("links")
            for name, link in (links_of_response if isinstance(links_of_response, dict) else {}).items():
                at = pointers.join(operation.pointer, "responses", status, "links", name)
                yield from _link(document, operation, document.resolve(link), at)


def _link(document: Document, operation: PathOperation, link: dict[str, Any], at: str) -> Iterator[Finding]:
    target = link_target(document, link)
    if target is None:
        name = link.get("operationId", link.get("operationRef"))
        yield Finding(at, f"link names no operation: {name!r}", "name an operationId of this document")
        return
    places = [(parameter.value.get("in"), parameter.value.get("name")) for parameter in document.parameters(target)]
    parameters = link.get("parameters")
    for key, value in (parameters if isinstance(parameters, dict) else {}).items():
        place, _, name = key.partition(".")
        if not any(key == theirs or (place, name) == (where, theirs) for where, theirs in places):
            yield Finding(
                at, f"link parameter {key!r} is not a parameter of the operation it names", "correct the name"
            )
        yield from expression(document, operation, value, pointers.join(at, "parameters", key))
    body = link.get("requestBody")
    request = document.request(target)
    for key, value in (body if isinstance(body, dict) else {}).items():
        if request is None or key not in document.properties(request.value):
            yield Finding(at, f"link sends {key!r}, which the operation it names does not take", "correct the name")
        yield from expression(document, operation, value, pointers.join(at, "requestBody", key))


def link_target(document: Document, link: dict[str, Any]) -> PathOperation | None:
    """Return the operation a link names, by id or by reference."""
    if isinstance(reference := link.get("operationRef"), str):
        return next((operation for operation in document.operations if f"#{operation.pointer}" == reference), None)
    return document.by_id.get(str(link.get("operationId")))


def callbacks(document: Document) -> Iterator[Finding]:
    """Report the URL of a callback that is not an expression over the request it belongs to."""
    for operation in document.operations:
        callbacks_of_operation = operation.value.get("callbacks")
        for name, callback in (callbacks_of_operation if isinstance(callbacks_of_operation, dict) else {}).items():
            for url in document.resolve(callback):
                if url.startswith("x-"):
                    continue
                at = pointers.join(operation.pointer, "callbacks", name, url)
                inner = _PLACEHOLDER.findall(url)
                if not inner:
                    yield Finding(at, "the callback's URL holds no expression", "write '{$request.body#/…}'")
                for one in inner:
                    yield from expression(document, operation, one, at)


def expression(document: Document, operation: PathOperation, value: Any, at: str) -> Iterator[Finding]:
    """Report runtime expressions that are none, and what they name and nothing has. Other values are constants."""
    if not isinstance(value, str) or not value.startswith("$"):
        return
    match = _EXPRESSION.fullmatch(value)
    if match is None:
        yield Finding(at, f"{value!r} is not a runtime expression", "see runtime expressions in OpenAPI 3.1")
    elif not match["simple"] and not _names_something(document, operation, match["of"], match["part"], match["rest"]):
        yield Finding(at, f"{value!r} names nothing that the {match['of']} has", "correct the expression")


def _names_something(document: Document, operation: PathOperation, of: str, part: str, rest: str) -> bool:
    if part == "body":
        request = document.request(operation)
        schemas = document.replies(operation) if of == "response" else [request] if request else []
        pointer = rest.removeprefix("#")
        return pointer[:1] in {"", "/"} and any(document.find(schema.value, pointer) is not None for schema in schemas)
    name = rest.removeprefix(".")
    if of == "response":
        return part == "header" and bool(name)
    places = [parameter.value for parameter in document.parameters(operation)]
    return any(place.get("in") == part and place.get("name") == name for place in places)
