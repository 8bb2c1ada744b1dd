"""JSON pointers (RFC 6901) and the references that name them: the one implementation of the generator.

Two others are apart on purpose: that of the contract tests' oracle (`codegen.contracts.oracle_pointers`), which must
not share a mistake with this module, and that of the generated package, which imports nothing of the generator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard
from urllib.parse import quote, unquote


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


def find(root: Any, pointer: str) -> Any:
    """Return the value at a pointer; None where there is none, or where the text is no pointer."""
    try:
        return resolve(root, pointer)
    except (KeyError, ValueError):
        return None


def exists(root: Any, pointer: str) -> bool:
    """Return whether there is a value at a pointer."""
    try:
        resolve(root, pointer)
    except (KeyError, ValueError):
        return False
    return True


def reference_to(pointer: str) -> str:
    """Return the reference to a place of the same document, percent-encoded."""
    return f"#{quote(pointer, safe='/~$')}"


def target_of(node: Any) -> str | None:
    """Return the pointer that the `$ref` of a node names; None where it has none, or one that leaves the document."""
    text = node.get("$ref") if isinstance(node, Mapping) else None
    return fragment(text) if isinstance(text, str) else None


def chain(root: Any, node: Any, pointer: str = "") -> Iterator[tuple[Any, str]]:
    """Yield a node and those that its reference leads to, one after the other, with their places.

    The last one has no `$ref`, or one that leaves the document, dangles, or leads back.
    """
    passed: set[str] = set()
    yield node, pointer
    while (at := target_of(node)) is not None and at not in passed:
        passed.add(at)
        try:
            node = resolve(root, at)
        except KeyError:
            return
        yield node, at
