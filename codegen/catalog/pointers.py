"""JSON pointers (RFC 6901): how lint and diff say where in a document they are."""

from __future__ import annotations

from typing import Any, TypeGuard


def join(pointer: str, *tokens: object) -> str:
    """Return the pointer with more tokens at its end, escaped."""
    return pointer + "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)


def is_pointer(value: object) -> TypeGuard[str]:
    """Return whether a value is a JSON pointer."""
    return isinstance(value, str) and value[:1] in {"", "/"}


def tokens(pointer: str) -> tuple[str, ...]:
    """Return the tokens of a pointer, unescaped; ValueError where the text is no pointer."""
    if not is_pointer(pointer):
        raise ValueError(f"{pointer!r} does not start with a slash")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def get(document: Any, pointer: str) -> Any:
    """Return the value a pointer names; KeyError where it names none."""
    value = document
    for token in tokens(pointer):
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            raise KeyError(pointer)
    return value
