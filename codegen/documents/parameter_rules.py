"""Rules for parameters: bullets, tables, the limits that follow them, and the closed list a document gives."""

from __future__ import annotations

import json
import re
from typing import Any

from codegen.documents import callback_fields, field_lists, field_tables, fields, phrases, placeholders
from codegen.documents.context import Context
from codegen.documents.sections import Passage
from codegen.documents.types import typed

_BULLET = re.compile(r"^`(\w+)`\s*(?:[(（](required|optional)[)）])?\s*[:：]\s*(.*)$", re.DOTALL)
_LABEL = re.compile(r"([^`.。:：(（]{1,40})[:：]\s*\S")
_NO_SUBJECT = re.compile(
    r"(?:should|must|has to|may|can|needs?|supports?|accepts?|takes|at (?:most|least)|up to|no more|not more|maximum"
    r"|minimum|max|min|between|from|default|same|[<>≤≥=~\d]|最|不|至|须|必|应|支持|默认|范围|大小|与|为)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"parameters$")


def _described(context: Context, passage: Passage, name: str, field: fields.ReadField) -> None:
    """Record what a description says of a parameter of each operation it can be meant for."""
    for operation in context.operations(passage):
        context.parameter_claim(passage, operation, name, field)
    for line in passage.block.lines:
        context.accounting.assign(line, "read")


def bullet(passage: Passage, context: Context) -> bool:
    """Read lines such as - `name` (required): what it is, default, range"""
    if passage.block.kind != "item" or not _TITLE.search(passage.title):
        return False
    match = _BULLET.match(passage.text)
    if not match:
        return False
    facts: dict[str, Any] = {}
    for word, required in (("required", True), ("optional", False)):
        if passage.title.startswith(word) or match[2] == word:
            facts["required"] = required
    context.parameter, context.parameter_depth = match[1], passage.block.depth
    _described(context, passage, match[1], fields.describe(match[3], stated=facts))
    return True


def limit(passage: Passage, context: Context) -> bool:
    """Read a bullet about the parameter before it: - aspect ratio: `<3`

    It is a limit with a label, has no subject of its own, or stands deeper in the list. Any other sentence on the same
    level speaks for itself, and what names a parameter speaks of that one.
    """
    if passage.block.kind != "item" or not _TITLE.search(passage.title) or context.parameter is None:
        return False
    if passage.text.startswith("`"):  # another parameter, in a form that `bullet` does not know
        context.parameter = None
        return False
    label = _LABEL.match(passage.text)
    is_about_it = _NO_SUBJECT.match(passage.text) if label is None else not _names_one(context, passage, label[1])
    if passage.block.depth <= context.parameter_depth and not is_about_it:
        return False
    if not phrases.read(passage.text).facts:
        return False
    _described(context, passage, context.parameter, fields.describe(passage.text))
    return True


def _names_one(context: Context, passage: Passage, label: str) -> bool:
    """Return whether a label is the name of a parameter that the document has already."""
    words = "_".join(label.lower().split())
    return any(words in context.parameters[operation] for operation in context.operations(passage))


def durations(passage: Passage, context: Context) -> bool:
    """Read lines such as | API | Min | Max | Default |: one row an operation."""
    header = passage.block.header
    if passage.block.kind != "row" or not {"api", "min", "max"} <= set(header):
        return False
    cells = dict(zip(header, passage.block.cells, strict=False))
    operation = context.section_like(cells["api"]) or context.section_like(cells["api"].split("-")[-1])
    if operation is None or not any("duration" in heading.lower() for heading in passage.headings):
        return False
    facts: dict[str, Any] = {}
    for key, fact in (("min", "minimum"), ("max", "maximum"), ("default", "default")):
        value = re.match(r"(\d+)(s|min)\b", cells.get(key, ""))
        if value:
            facts[fact] = int(value[1]) * (60 if value[2] == "min" else 1)
    if not facts:
        return False
    context.accounting.claim(passage.line, "parameter", "duration", {**facts, "unit": "second"}, operation)
    return True


def minimum_call(passage: Passage, context: Context) -> bool:
    """Read lines such as | API | Minimum params |: the smallest call of an operation."""
    header = passage.block.header
    if passage.block.kind != "row" or "minimum params" not in header or "api" not in header:
        return False
    name = passage.block.cells[header.index("api")]
    try:
        values = json.loads(passage.block.cells[header.index("minimum params")])
    except ValueError:
        return False
    operation = context.index.operation_named(name, passage.headings[-1] if passage.headings else "")
    if operation is None or not isinstance(values, dict):
        return False
    facts = {"arguments": placeholders.arguments(values)}
    context.accounting.claim(passage.line, "example", name, facts, operation, "example")
    return True


def finish(context: Context) -> None:
    """Record the closed list of parameters of each operation that a document describes; merge open sets."""
    for operation, line in context.first_lines.items():
        names = list(context.parameters[operation])
        context.accounting.claim(line, "list", "parameters", {"names": names}, operation)
    for (operation, name), rows in context.later.open_values.items():
        values = [value for _, own in rows for value in own]
        context.accounting.claim(rows[0][0], "parameter", name, {"enum": values, "open_enum": True}, operation)
    for (operation, name), listed in context.later.listed_values.items():
        facts, _ = typed({**context.parameters[operation][name], "enum": [value for _, value, _ in listed]})
        context.accounting.claim(listed[0][0], "parameter", name, {"enum": facts.get("enum", [])}, operation)
        for line, value, words in listed:
            if words:
                context.accounting.claim(line, "label", f"{name}.{value}", {"label": words}, operation)
    for (operation, name), options in context.later.listed_options.items():
        choices = context.parameters[operation][name].get("enum", ())
        listed_values = [value for value in choices if str(value) in {option for _, option in options}]
        if 1 < len(listed_values) < len(choices):  # a value that the list leaves out: evidence, and no limit
            facts = {"enum": listed_values}
            context.accounting.claim(options[0][0], "parameter", name, facts, operation, "example")
    for (operation, name), (line, meaning) in context.later.meanings.items():
        context.accounting.claim(line, "parameter", name, {"meaning": meaning}, operation)


FIRST = (bullet, limit, callback_fields.callback, *field_lists.RULES, field_tables.row)
"""The rules for parameter lists."""
LATER = (durations, minimum_call)
"""The rules for what is said about parameters elsewhere in tables and lists."""
