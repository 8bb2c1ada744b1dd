"""JSON pointers of the contract tests' oracle: written once more on purpose, apart from `codegen.openapi.pointers`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote


def join(pointer: str, *steps: str | int) -> str:
    """Return a pointer some steps further down."""
    return pointer + "".join(f"/{escape(str(step))}" for step in steps)


def get(document: Any, pointer: str) -> Any:
    """Return the value at a pointer of a JSON value; None where there is none."""
    for step in steps(pointer):
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, list) and _is_index(step, document):
            document = document[int(step)]
        else:
            return None
    return document


def put(document: Any, pointer: str, value: Any) -> Any:
    """Return a copy of a JSON value with one place set; the objects on the way are made where they are missing."""
    way = list(steps(pointer))
    if not way:
        return value
    first, rest = way[0], join("", *way[1:])
    if isinstance(document, list) and _is_index(first, document):
        return [put(item, rest, value) if index == int(first) else item for index, item in enumerate(document)]
    members = dict(document) if isinstance(document, Mapping) else {}
    return {**members, first: put(members.get(first), rest, value)}


def _is_index(step: str, items: list[Any]) -> bool:
    """Return whether a step names an item of a list. Python reads no number of thousands of digits."""
    return step.isascii() and step.isdecimal() and len(step) < 10 and int(step) < len(items)


def concrete(document: Any, pointer: str) -> list[str]:
    """Return the places that a pointer with steps `*` names in a value; where there is none yet, the first there is."""
    head, star, rest = pointer.partition("/*")
    if not star or rest[:1] not in ("", "/"):
        return [pointer]
    value = get(document, head)
    names = [str(index) for index in range(len(value))] if isinstance(value, list) else []
    names = [escape(name) for name in value] if isinstance(value, Mapping) else names
    return [place for name in names or ["0"] for place in concrete(document, f"{head}/{name}{rest}")]


def steps(pointer: str) -> Iterator[str]:
    """Yield the steps of a pointer, unescaped."""
    return (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def escape(step: str) -> str:
    """Return one step as it stands in a pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def pointer_of(reference: Any) -> str | None:
    """Return the pointer that a reference to the same document names ("#/a%20b"); None for any other value."""
    if not isinstance(reference, str) or not (reference == "#" or reference.startswith("#/")):
        return None
    return unquote(reference[1:])
