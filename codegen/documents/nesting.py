"""Fields inside fields: the path of each in the body of a request, however a list or a table shows what holds it.

A path has dots between names and [] behind a list: `images[].url`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Any

from codegen.documents import fields, placeholders
from codegen.documents.context import Context, Pending
from codegen.documents.sections import Passage
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters


def path_of(passage: Passage, context: Context, operation: str | None, name: str) -> str:
    """Return the path of a field: below the item that it is nested in, or where the example body has it."""
    if (above := object_of_title(passage, context, operation)) and not passage.parents and "." not in name:
        return f"{above}.{name}"
    for parent in reversed(passage.parents):
        above = next((row.name for row in context.pending.at(parent.line) if row.operation == operation), "")
        if above:
            return name if name.startswith((f"{above}.", f"{above}[")) else f"{above}.{name}"
    return name if "." in name or context.pending.has(operation, name) else context.body_path(operation, name)


_OF_OBJECT = re.compile(
    r"(?:fields|properties|keys|members|attributes|items|elements|entries|parts|contents) (?:of|in|inside) "
    r"(?:the |each |an? |one )?(?:object |item |entry |element )?(?:of |in )?`(?P<of>[\w.\[\]]+)`"
    r"|(?:(?:each|the|an?) )?(?:`(?P<named>[\w.\[\]]+)`|(?P<plain>\w+)) (?:object|item|entry|element)s?"
    r"(?: fields| has| properties)?"
    r"|`(?P<chinese>[\w.\[\]]+)`\s*(?:对象|数组)?(?:的)?(?:字段|元素|对象|参数|属性)(?:说明)?",
    re.IGNORECASE,
)


def object_of_title(passage: Passage, context: Context, operation: str | None) -> str:
    """Return the path of the object whose fields a title lists: "Fields of `camera`"; "" where it names none."""
    for title in (passage.sub, passage.label, *reversed(passage.headings[-1:])):
        match = _OF_OBJECT.fullmatch(plain_characters(title).strip("*: "))
        name = next((group for group in match.groups() if group), "") if match else ""
        if not name:
            continue
        bare = re.sub(r"\[\w*\]", "", name)
        wrapper, inside = context.bodies.get(operation or "", (None, {}))
        rows = [row.name for row in context.pending.of(operation) if row.is_object]
        paths = [*rows, *(path.replace("[]", "") for path in placeholders.paths(inside))]
        heads = {path for path in paths if path.replace("[]", "").rpartition(".")[2] == bare.rpartition(".")[2]}
        heads |= {path[: path.index(f".{bare}.") + len(bare) + 1] for path in paths if f".{bare}." in path}
        heads |= {bare for path in paths if path.startswith(f"{bare}.")}
        names = sorted(heads - {wrapper or ""}, key=len)
        if len(names) == 1 or (names and bare in names):
            return bare if bare in names else names[0]
    return ""


def without_brackets(row: Pending) -> Pending:
    """Write `tags[]`, a string each, as a list of strings, and `images[0].url` as `images[].url`."""
    name = re.sub(r"\[\w*\*?\]", "[]", row.name)
    if not name.endswith("[]"):
        return replace(row, name=name)
    is_list = row.type_word and (read_type(row.type_word) or {}).get("type") == "array"
    kind = row.type_word if is_list or not row.type_word else f"array<{row.type_word}>"
    return replace(row, name=name.removesuffix("[]"), type_word=kind)


def is_list(row: Pending) -> bool:
    return bool(row.type_word) and (read_type(row.type_word or "") or {}).get("type") == "array"


def with_items(rows: Sequence[Pending]) -> list[Pending]:
    """Return the fields of a body, a list that others are nested in as a list of objects."""
    inner = {row.name.rpartition(".")[0].removesuffix("[]") for row in rows}
    lists = {row.name for row in rows if row.name in inner and read_type(row.type_word or "") == {"type": "array"}}
    return [replace(row, type_word="array<object>") if row.name in lists else row for row in rows]


def lists_of_examples(context: Context, operation: str | None) -> set[str]:
    wrapper, inside = context.bodies.get(operation or "", (None, {}))
    prefix = f"{wrapper}." if wrapper else ""
    heads = {path.rpartition("[].")[0] for path in placeholders.paths(inside) if "[]." in path}
    return {prefix + head.replace("[]", "") for head in heads} | {head.replace("[]", "") for head in heads}


def items_of_example(context: Context, operation: str | None, path: str) -> str:
    """Return whether the list at a path of the example body holds objects or texts; "" for another or none."""
    wrapper, inside = context.bodies.get(operation or "", (None, {}))
    value: Any = {wrapper: inside} if wrapper else inside
    for name in path.split("."):
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(name) if isinstance(value, dict) else None
    first = value[0] if isinstance(value, list) and value else None
    return "object" if isinstance(first, dict) else "string" if isinstance(first, str) else ""


def with_lists(name: str, lists: Container[str]) -> str:
    """Mark the lists in the path of a field: `images.url` is `images[].url` where `images` is a list."""
    parts = name.replace("[]", "").split(".")
    heads = [".".join(parts[: index + 1]) for index in range(len(parts) - 1)]
    path = name.split(".")
    for index, head in enumerate(heads):
        path[index] = parts[index] + ("[]" if head in lists or path[index].endswith("[]") else "")
    return ".".join(path)


def unclear_parent(row: Pending, name: str, objects: Container[str]) -> str:
    """Return the object under which a field may be nested, in a document that has lost its indentation."""
    above = fields.parse(plain_characters(row.passage.sub)) if row.passage.sub and not row.passage.parents else None
    return above.name if "." not in name and above and above.name != name and above.name in objects else ""


_INDENT = re.compile(r"(?:&nbsp;|&emsp;|&ensp;|[`*\s└├│─↳»>+.-]|\\_)*")


def indented(cell: str) -> tuple[int, str]:
    """Return how far the name in a cell of a table is indented, by spaces or marks such as └ and -, and the name."""
    marks = _INDENT.match(cell)
    lead = marks[0] if marks else ""
    return len(re.sub(r"[`*]", "", lead).replace("&nbsp;", " ")), re.sub(r"[`*\s]", "", cell[len(lead) :])
