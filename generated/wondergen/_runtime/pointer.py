# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""JSON pointers (RFC 6901) into what a service sent: read a place, or the fact that nothing is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Final
from urllib.parse import unquote


class Missing(Enum):
    """The type of MISSING: a pointer leads nowhere. JSON null is something else."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


def get(document: object, pointer: str) -> object | Missing:
    """Return what the pointer leads to, or MISSING."""
    place = document
    for part in parts(pointer):
        if type(place) is dict or isinstance(place, Mapping):
            if part not in place:
                return MISSING
            place = place[part]
        elif isinstance(place, Sequence) and not isinstance(place, str | bytes):
            if not (part.isascii() and part.isdigit()) or int(part) >= len(place):
                return MISSING
            place = place[int(part)]
        else:
            return MISSING
    return place


def find(document: object, pointer: str) -> list[object]:
    """Return all that a pointer leads to. A step `*` stands for every item of a list and every value of an object."""
    places = [document]
    for part in parts(pointer):
        below = (_all(place) if part == "*" else [get(place, join("", part))] for place in places)
        places = [value for values in below for value in values if value is not MISSING]
    return places


def _all(place: object) -> list[object]:
    if isinstance(place, Mapping):
        return list(place.values())
    return list(place) if isinstance(place, list | tuple) else []


def escape(step: str) -> str:
    """Return one step as it stands in a pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def join(pointer: str, *steps: str) -> str:
    """Return the pointer some steps further."""
    return "".join([pointer, *(f"/{escape(step)}" for step in steps)])


@lru_cache(maxsize=1024)
def parts(pointer: str) -> tuple[str, ...]:
    """Return the reference tokens of a pointer: "/data/task_id" → ("data", "task_id")."""
    if pointer == "":
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"{pointer!r} is not a JSON pointer: it must be empty or begin with /")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))


def fragment(reference: str) -> str:
    """Return the pointer in a reference to the same document: "#/a/b%20c" → "/a/b c"."""
    return unquote(reference.removeprefix("#"))
