"""JSON pointers (RFC 6901): the one implementation of the generator.

The contract tests have an oracle with pointers of its own, on purpose: it must not share a mistake with this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard
from urllib.parse import unquote


def escape(step: str) -> str:
    """Return one step as it stands in a pointer."""
    return step.replace("~", "~0").replace("/", "~1") if "~" in step or "/" in step else step


def join(pointer: str, *more: object) -> str:
    """Return the pointer some steps further."""
    for step in more:
        pointer = f"{pointer}/{escape(str(step))}"
    return pointer


def is_pointer(value: object) -> TypeGuard[str]:
    """Return whether a value is a JSON pointer."""
    return isinstance(value, str) and value[:1] in {"", "/"}


def steps(pointer: str) -> list[str]:
    """Return the steps of a pointer, unescaped. Raises ValueError where the text is not a pointer."""
    if not is_pointer(pointer):
        raise ValueError(f"{pointer!r} does not start with a slash")
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def resolve(root: Any, pointer: str) -> Any:
    """Return the value at a pointer. Raises KeyError where there is none."""
    node = root
    for step in steps(pointer):
        if isinstance(node, Mapping) and step in node:
            node = node[step]
        elif isinstance(node, list) and step.isascii() and step.isdigit() and len(step) < 10 and int(step) < len(node):
            node = node[int(step)]
        else:
            raise KeyError(pointer)
    return node


def fragment(reference: str) -> str | None:
    """Return the pointer in a reference to the same document ("#/a/b%20c"); None for any other reference."""
    if reference == "#":
        return ""
    if not reference.startswith("#/"):
        return None
    return unquote(reference[1:])
