"""Lint rules about references and keys: whatever every other rule relies on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from codegen.openapi import pointers
from codegen.openapi.document import Document
from codegen.openapi.finding import Finding

_NAMES_A_PLACE = frozenset({"$ref", "$dynamicRef", "$id", "$schema"})


def keys_that_are_no_text(value: Any, pointer: str = "") -> Iterator[Finding]:
    """Report keys that YAML reads as numbers: 200 is another key than "200"."""
    if isinstance(value, dict):
        for key, below in value.items():
            if not isinstance(key, str):
                yield Finding(pointer, f"key {key!r} is not text", f"write it as '{key}'")
            yield from keys_that_are_no_text(below, pointers.join(pointer, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from keys_that_are_no_text(below, pointers.join(pointer, index))


def dangling_or_remote(document: Document) -> Iterator[Finding]:
    """Report references that leave the document, dangle, or name an object of the wrong kind."""
    kinds = {node.pointer: node.kind for node in document.nodes}
    for node in document.nodes:
        if "$ref" not in node.value:
            continue
        reference, at = node.value["$ref"], pointers.join(node.pointer, "$ref")
        if not isinstance(reference, str):
            yield Finding(at, "a reference is not text", "write '#/components/…'")
            continue
        if not reference.startswith("#"):
            yield Finding(at, f"remote reference {reference!r}", "copy what it names into components")
            continue
        try:
            document.target(reference)
        except KeyError:
            yield Finding(at, f"dangling reference {reference!r}", "name something that exists")
            continue
        kind = kinds.get(unquote(reference[1:]))
        if kind != node.kind:
            problem = f"{reference!r} stands for a {node.kind}, but names {kind or 'something else'}"
            yield Finding(at, problem, f"name a {node.kind}")
        elif not document.resolve(node.value) and _circles(document, reference):
            yield Finding(at, f"reference {reference!r} leads back to itself", "break the circle")


def unused_components(document: Document) -> Iterator[Finding]:
    """Report components that nothing names; security schemes are named by requirements."""
    targets = {unquote(node.value["$ref"]) for node in document.nodes if isinstance(node.value.get("$ref"), str)}
    components = document.root.get("components")
    for kind, entries in components.items() if isinstance(components, dict) else ():
        for name in entries if isinstance(entries, dict) and kind != "securitySchemes" else ():
            at = pointers.join("/components", kind, name)
            if f"#{at}" not in targets:
                yield Finding(at, f"component {name!r} is named by nothing", "refer to it or remove it")


def _circles(document: Document, reference: str) -> bool:
    visited: set[str] = set()
    while reference not in visited:
        visited.add(reference)
        try:
            target = document.target(reference)
        except KeyError:
            return False  # dangling further on, where it is reported
        following = target.get("$ref") if isinstance(target, dict) else None
        if not isinstance(following, str):
            return False
        reference = following
    return True


def leaves_the_document(value: Any) -> bool:
    """Return whether anything in the document could make a library fetch something."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key in _NAMES_A_PLACE and isinstance(below, str) and not below.startswith("#"):
                return True
            if leaves_the_document(below):
                return True
        return False
    return isinstance(value, list) and any(map(leaves_the_document, value))
