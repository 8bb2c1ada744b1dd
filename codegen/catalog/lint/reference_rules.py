"""Lint rules about references and keys: whatever every other rule relies on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
        kind = kinds.get(pointers.fragment(reference) or "")
        if kind != node.kind:
            problem = f"{reference!r} stands for a {node.kind}, but names {kind or 'something else'}"
            yield Finding(at, problem, f"name a {node.kind}")
        elif not document.resolve(node.value) and _circles(document, node.value):
            yield Finding(at, f"reference {reference!r} leads back to itself", "break the circle")


def unused_components(document: Document) -> Iterator[Finding]:
    """Report components that nothing names; security schemes are named by requirements."""
    targets = {pointers.target_of(node.value) for node in document.nodes}
    components = document.root.get("components")
    for kind, entries in components.items() if isinstance(components, dict) else ():
        for name in entries if isinstance(entries, dict) and kind != "securitySchemes" else ():
            at = pointers.join("/components", kind, name)
            if at not in targets:
                yield Finding(at, f"component {name!r} is named by nothing", "refer to it or remove it")


def _circles(document: Document, node: Any) -> bool:
    """Return whether a reference leads back, and does not dangle further on: that is reported there."""
    *_, (end, _) = pointers.chain(document.root, node)
    target = pointers.target_of(end)
    return target is not None and pointers.exists(document.root, target)


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
