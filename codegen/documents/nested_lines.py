"""Lines nested in the line of a field: its values, what holds in one case, and whatever else they say about it."""

from __future__ import annotations

import re
from dataclasses import replace

from codegen.documents import fields, sections
from codegen.documents.context import Context
from codegen.documents.fields import Entry
from codegen.documents.sections import Passage
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters


def value_of_parent(entry: Entry, passage: Passage, context: Context) -> bool:
    """Read a nested bullet that names a value of the parameter above it."""
    parent = fields.parse(plain_characters(passage.sub)) if passage.sub else _with_values(passage.label)
    if parent is None and passage.parents and not entry.type_word:
        above = next(iter(context.pending.at(passage.parents[-1].line)), None)
        holds = (read_type(above.type_word) or {}).get("type") if above and above.type_word else None
        parent = Entry(above.name, None, None, "") if above and holds in ("string", "integer", "number") else None
    if parent is None or entry.type_word is not None or entry.required is not None:
        return False
    if is_a_case(entry, passage, context):
        context.accounting.unread(passage.line, f"name {entry.name}")
        return True
    for operation in context.subjects(passage):
        if context.pending.has(operation, parent.name):
            listed = context.later.listed_values.setdefault((operation, parent.name), [])
            listed.append((passage.line, entry.name, entry.description))
            context.accounting.assign(passage.line, "read")
            return True
    return False


def is_a_case(entry: Entry, passage: Passage, context: Context) -> bool:
    """Return whether a bullet says what holds in one case, and is not a value: `model-b`: 4 to 12, below a number."""
    above = next(iter(context.pending.at(passage.parents[-1].line)), None) if passage.parents else None
    kind = (read_type(above.type_word) or {}).get("type") if above and above.type_word else None
    if kind in ("integer", "number"):
        return re.fullmatch(r"-?\d+(?:\.\d+)?", entry.name) is None
    return bool(fields.describe(entry.description).facts.keys() & _LIMITS)


_LIMITS = frozenset("enum minimum maximum max_length min_length max_items max_bytes default".split())


def _with_values(label: str) -> Entry | None:
    """Return the field of a label such as "Parameter `mode` (required): how. Possible values", or None."""
    match = re.search(r"`([A-Za-z_][\w.]*)`", label)
    return Entry(match[1], None, None, "") if match and _VALUES_FOLLOW.search(label) else None


_VALUES_FOLLOW = re.compile(
    r"(?:\bvalues?(?: are)?|\boptions|\bchoices|\bone of|取值|可选值|枚举值?)\W*$", re.IGNORECASE
)


def value(passage: Passage, context: Context) -> bool:
    """Read - `9:16`: portrait, nested under `ratio` (string): a value that is not a name"""
    match = re.match(r"`([^`]{1,60})`\s*(?:[:=-]\s*(.*))?$", plain_characters(passage.text))
    if passage.block.kind != "item" or not match or not (passage.sub or _with_values(passage.label)):
        return False
    return value_of_parent(Entry(match[1], None, None, match[2] or ""), passage, context)


def further(passage: Passage, context: Context) -> bool:
    """Read - JPEG or PNG; - each no larger than 6 MB; - Default: `draft`: what is nested in a field says more of it"""
    if passage.block.kind != "item" or not passage.parents or passage.text.startswith("`"):
        return False
    text = plain_characters(sections.bare(passage.text))
    above = [row for row in context.pending.at(passage.parents[-1].line) if not row.continues]
    if not above or above[0].is_object or (fields.parse(text) and not _LED.match(text)):
        return False
    for row in above:
        field = fields.further(fields.describe(text, type_word=row.type_word, known=context.names))
        if not field.facts or (field.problems and not _LED.match(text)):
            return False
    for row in above:
        context.pending.add(replace(row, passage=passage, description=text, stated={}, default=None, continues=True))
    return True


_LED = re.compile(
    r"(?:defaults?|formats?|range|values?|max(?:imum)?|min(?:imum)?|size|length|allowed|supported|默认|格式|范围|大小)\b[^:]{0,20}:",
    re.IGNORECASE,
)
