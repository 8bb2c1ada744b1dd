"""Lint rules about x-python: names that Python takes, and that do not get in each other's way."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

from codegen.openapi import pointers
from codegen.openapi.document import Document, PathOperation
from codegen.openapi.extension_rules import extension
from codegen.openapi.finding import Finding
from codegen.openapi.json_values import texts
from codegen.openapi.pointers import is_pointer
from codegen.openapi.walk import Node


def missing(document: Document) -> Iterator[Finding]:
    """Report a client or a method without a name that a person chose."""
    if "x-python" not in document.root:
        yield Finding("", "document without x-python", "name the client class")
    for operation in document.operations:
        if operation.outgoing and "x-python" not in operation.value:
            yield Finding(operation.pointer, "operation without x-python", "name its method")


def methods(document: Document) -> Iterator[Finding]:
    """Report methods of the same name in a group, groups named like a method, and names that Python reserves."""
    groups = {str(extension(operation.value, "x-python").get("group")) for operation in document.operations}
    seen: dict[tuple[Any, Any], str] = {}
    for operation in document.operations:
        python = extension(operation.value, "x-python")
        at = pointers.join(operation.pointer, "x-python")
        for key in ("method", "group"):
            if isinstance(name := python.get(key), str) and _reserved(name):
                yield Finding(pointers.join(at, key), f"{name!r} is not a name in Python", "choose another")
        if "method" not in python:
            continue
        qualified = (str(python.get("group")), str(python["method"]))
        if (first := seen.setdefault(qualified, operation.pointer)) != operation.pointer:
            yield Finding(at, f"method {python['method']!r} is taken by {first}", "choose another")
        if "group" not in python and qualified[1] in groups:
            yield Finding(at, f"method {python['method']!r} is a group as well", "choose another")


def _reserved(name: str) -> bool:
    return not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_")


def parameters(document: Document) -> Iterator[Finding]:
    """Report positional names that are not parameters, and `body` and `reply` that point at nothing."""
    for operation in document.operations:
        python = extension(operation.value, "x-python")
        at = pointers.join(operation.pointer, "x-python")
        names = {*body_parameters(document, operation)}
        names |= {str(parameter.value.get("name")) for parameter in document.parameters(operation)}
        for name in texts(python.get("positional")):
            if name not in names:
                yield Finding(pointers.join(at, "positional"), f"{name!r} is not a parameter", "correct the name")
        body, reply = python.get("body"), python.get("reply")
        if is_pointer(body):
            request = document.request(operation)
            if request is None or document.find(request.value, body) is None:
                yield Finding(pointers.join(at, "body"), f"{body!r} is not in the request body", "correct the pointer")
        if is_pointer(reply) and not document.find_reply(operation, reply):
            yield Finding(pointers.join(at, "reply"), f"{reply!r} is not in the reply", "correct the pointer")


def body_parameters(document: Document, operation: PathOperation) -> dict[str, Node]:
    """Return the fields of the request body that become parameters, references resolved."""
    request = document.request(operation)
    at = extension(operation.value, "x-python").get("body", "")
    if request is None or not is_pointer(at):
        return {}
    holder = document.find(request.value, at)
    if holder is None:
        return {}
    return {
        name: Node("schema", document.place(value), document.resolve(value))
        for name, value in document.properties(holder).items()
        if isinstance(value, dict)
    }


def members(document: Document) -> Iterator[Finding]:
    """Report members of a named enum that the schema refuses, and two members of one name."""
    for node in document.of("schema"):
        names = extension(extension(node.value, "x-python"), "names")
        at = pointers.join(node.pointer, "x-python", "names")
        seen: dict[str, str] = {}
        for value, name in names.items():
            if not value.removeprefix("-").isdecimal():
                yield Finding(at, f"member {name!r} stands for {value!r}, which is not a number", "name numbers only")
            elif not _allows(document.resolve(node.value), int(value)):
                yield Finding(
                    at, f"member {name!r} stands for {value}, which the schema refuses", "correct one of them"
                )
            if (first := seen.setdefault(str(name), value)) != value:
                yield Finding(at, f"{first} and {value} are both named {name!r}", "name one of them differently")


def _allows(schema: dict[str, Any], number: int) -> bool:
    words = schema.get("enum")
    if isinstance(words, list):
        return number in words
    low, high = schema.get("minimum", number), schema.get("maximum", number)
    return not isinstance(low, (int, float)) or not isinstance(high, (int, float)) or low <= number <= high
