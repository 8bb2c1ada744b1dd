"""The docstrings of generated methods, read back into their parts: the words for command line and pages."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

_SECTION = re.compile(r"(Args|Returns|Raises|Source):")
_ENTRY = re.compile(r"    (\*{0,2}\w+): (.*)")


@dataclass(frozen=True, slots=True)
class Doc:
    """One docstring."""

    summary: str = ""
    description: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    """Parameter → what it is, with unit, range and default."""
    returns: str = ""
    raises: Mapping[str, str] = field(default_factory=dict)
    """Class of error → when."""
    source: str = ""


def read(text: str | None) -> Doc:
    """The parts of a docstring as the generator writes them."""
    head: list[str] = []
    sections: dict[str, list[str]] = {}
    into = head
    for line in inspect.cleandoc(text or "").splitlines():
        found = _SECTION.fullmatch(line)
        if found:
            into = sections.setdefault(found[1], [])
        else:
            into.append(line)
    paragraphs = [" ".join(part.split()) for part in "\n".join(head).split("\n\n")]
    return Doc(
        summary=paragraphs[0].rstrip("."),
        description=" ".join(part for part in paragraphs[1:] if part),
        args=_entries(sections.get("Args", [])),
        returns=_joined(sections.get("Returns", [])),
        raises=_entries(sections.get("Raises", [])),
        source=_joined(sections.get("Source", [])).rstrip("."),
    )


def _entries(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        entry = _ENTRY.fullmatch(line)
        if entry and not line.startswith("     "):
            name, found[entry[1]] = entry[1], entry[2]
        elif name and line.strip():
            found[name] += f" {line.strip()}"
    return found


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


@cache
def client_class(service: str, *, is_async: bool = False) -> Any:
    """The client of a service, by the name of its module."""
    module = import_module(f"..{service}.{'async_client' if is_async else 'client'}", __package__)
    return next(value for value in vars(module).values() if _is_defined_in(value, module.__name__))


@cache
def method(service: str, name: str) -> Any:
    """The method of an operation by its name in Python, group included."""
    group, _, last = name.rpartition(".")
    if not group:
        return getattr(client_class(service), last)
    module = import_module(f"..{service}.{group}", __package__)
    holder = next(value for value in vars(module).values() if _is_defined_in(value, module.__name__))
    return getattr(holder, last)


def _is_defined_in(value: object, module: str) -> bool:
    return isinstance(value, type) and value.__module__ == module
