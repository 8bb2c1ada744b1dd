"""The extensions of a document, held against their grammar: a malformed one is a fault, wherever it stands."""

from __future__ import annotations

from typing import Any

from codegen.openapi import extensions
from codegen.openapi.document import Document
from codegen.openapi.pointers import join

_DATA = frozenset({"example", "examples", "default", "enum", "const"})
"""Below these stands a service's data, where a key that looks like an extension is none."""


def check(document: Document) -> None:
    """Note a fault for every extension that has not the shape the generator counts on."""
    _walk(document, document.root, "")


def _walk(document: Document, node: Any, pointer: str) -> None:
    if isinstance(node, list):
        for index, item in enumerate(node):
            _walk(document, item, f"{pointer}/{index}")
        return
    for key, value in node.items() if isinstance(node, dict) else ():
        if key in extensions.KINDS:
            for problem in extensions.problems(key, value):
                place = join(pointer, key, *problem.path)
                document.fault(place, f"{key}: {problem.message[:200]}", "see specs/README.md")
        elif isinstance(value, (dict, list)) and key not in _DATA:
            _walk(document, value, join(pointer, key))
