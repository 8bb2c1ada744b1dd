"""Classes as the source of a module: `models.py` of what is answered, `arguments.py` of what is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from codegen.python.text import Docstring, Identifier
from codegen.python.text import Literal as Source

T = TypeVar("T")
CLASS = "\0"
"""Stands before the name of a class of the same module; a literal cannot hold it."""
ALIAS = "TypeAliasType"
"""The base of what is no class: a name for a type that holds itself, or that is long."""


@dataclass(frozen=True)
class Class:
    """One class of a module, as source lines below its head."""

    name: Identifier
    base: str
    doc: Docstring | None
    lines: tuple[str, ...]


_USED = re.compile(f"{CLASS}([A-Za-z0-9_]+)")
_CONTENT = """from .._runtime.byte_replies import Content
from .._runtime.formats import CanonicalUUID, ExactDecimal, ExactNumber, IsoDate, IsoDateTime"""
_UNKNOWN = "from .._runtime.values import UnknownVariant as UnknownVariant"
_IMPORTS = """from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictBool, StrictFloat, StrictInt, StrictStr
from pydantic import Tag as UnionTag
from typing_extensions import TypeAliasType

from .._runtime.values import LEFT_OUT, OTHERS, Matches, MultipleOf, OneOf, Unique, decided_by, names_fit"""
_RULES = "from .._runtime.values import ObjectRules"
_PATTERNS = """from .._runtime.messages import DATE as _DATE, DATE_TIME as _DATE_TIME, URI as _URI, UUID as _UUID"""


def reachable(classes: Mapping[str, T], used: Iterable[str], names_in: Callable[[T], Iterable[str]]) -> dict[str, T]:
    """Return the classes that are among these names, or that one of them needs. `names_in`: class → names in it."""
    names: set[str] = set()
    waiting = list(used)
    while waiting:
        name = waiting.pop()
        if name in classes and name not in names:
            names.add(name)
            waiting += names_in(classes[name])
    return {name: row for name, row in classes.items() if name in names}


def used_classes(text: str) -> list[str]:
    """Return the classes of the module that a type, or the lines of a class, speaks of."""
    return _USED.findall(text)


def is_class(text: str) -> bool:
    """Return whether a type is one class of the module and nothing else."""
    return _USED.fullmatch(text) is not None


def module_source(classes: Mapping[str, Class], *, is_reply: bool) -> str:
    """Return a module, without its docstring: names for types come last, for they speak of classes."""
    if not classes:
        return ""
    ordered = sorted(classes.values(), key=lambda row: row.base == ALIAS)
    text = "\n\n\n".join(map(_class_source, ordered)).replace(CLASS, "")
    rebuilt = "".join(f"{row.name}.model_rebuild()\n" for row in _forward(ordered))
    imports = [_IMPORTS, *([_CONTENT] if is_reply else []), *([_UNKNOWN] if "UnknownVariant" in text else [])]
    imports += [_PATTERNS, *([_RULES] if "ObjectRules(" in text else [])] if not is_reply else []
    head = "\n".join(imports)
    return f"{head}\n\n\n{text}\n\n{rebuilt}"


def _forward(classes: list[Class]) -> Iterator[Class]:
    """Yield the classes that speak of what comes later: they are complete when the module is, and not before."""
    order = {str(row.name): index for index, row in enumerate(classes)}
    for index, row in enumerate(classes):
        used = used_classes("\n".join((row.base, *row.lines)))
        if row.base != ALIAS and any(order.get(word, -1) > index for word in used):
            yield row


def _class_source(cls: Class) -> str:
    if cls.base == ALIAS:
        text = cls.lines[0].replace(CLASS, "")
        return f"{cls.name} = {ALIAS}({Source(str(cls.name))}, {Source(text)})"
    head = f"class {cls.name}({cls.base}):"
    doc = [f'    """{cls.doc}"""'] if cls.doc else []
    body = [f"    {line}" for line in cls.lines]
    return "\n".join([head, *doc, *body]) if doc or body else f"{head}\n    pass"
