"""The rule for tables of the fields of requests and replies, whatever their titles and language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from codegen.documents import fields, list_titles, nesting, phrases, sections
from codegen.documents.context import Context, Pending
from codegen.documents.field_columns import column_of
from codegen.documents.field_lists import reply
from codegen.documents.fields import Entry
from codegen.documents.list_titles import is_about_a_header, is_of_a_callback, side
from codegen.documents.sections import Passage
from codegen.documents.signals import fact_in_words, signal_of
from codegen.documents.types import read_type
from codegen.documents.vocabulary import FORMATS, OTHER_FORMATS, plain_characters


def row(passage: Passage, context: Context) -> bool:
    """Read a row of a table that has a column for names and one for types, requirement, default, values or words."""
    header = passage.block.header
    columns = _columns(header)
    if header[:2] == ("response field", "type"):
        return False  # `outcomes.response_table` reads it
    if passage.block.kind != "row" or "name" not in columns or not {"type", "required", "empty"} & columns.keys():
        return False
    texts = [plain_characters(cell).strip() for cell in passage.block.cells]
    cells = _cells(texts, columns)
    indent, name = nesting.indented(cells["name"])
    if not re.fullmatch(r"[A-Za-z_][\w.\[\]*-]*", name) or is_about_a_header(passage):
        return False
    others = [at for at, title in enumerate(header[: len(texts)]) if title and at not in columns.values()]
    _read_others({header[at]: texts[at] for at in others}, cells, passage, context)
    asks = "required" in columns and not (passage.sub or passage.label) and _is_headed_by_name(passage)
    if is_of_a_callback(passage, name):
        kind = (read_type(cells.get("type", "")) or {}).get("type")
        context.accounting.claim(passage.line, "callback", name, {"type": kind} if kind else {})
        return True
    if (side(passage) == "reply" and not asks) or "response" in header[0]:
        described = ". ".join(filter(None, (cells.get("description"), cells.get("values"))))
        return reply(Entry(name, cells.get("type"), None, described), passage, context)
    if passage.operation is None and not context.capability:
        return False
    facts, unclear = _row_facts(cells, header[columns["required"]] if "required" in columns else "")
    sent_in = re.sub(r"[`*\s]", "", cells.get("place", "")).lower()
    if sent_in in ("header", "headers", "cookie") or context.is_of_several(passage):
        context.accounting.unread(passage.line, f"name {name}")
        return True
    if "required" not in facts:
        marks, problem = _marked(passage, context, columns, list_titles.starred(cells["name"]))
        facts, unclear = {**facts, **marks}, unclear or problem
    for operation in context.subjects(passage):
        name = context.below_row(passage, operation, indent, name, nesting.object_of_title(passage, context, operation))
        kind, default = cells.get("type"), cells.get("default")
        if unclear and read_type(cells.get("required", "")):
            kind = f"{kind} | {cells['required']}"  # a type with a bar in it, which has shifted the columns
        context.pending.add(Pending(passage, operation, name, _row_words(cells), kind, facts, default, unclear))
    return True


def _is_headed_by_name(passage: Passage) -> bool:
    """Return whether the heading above has the identifier of an operation."""
    return any(sections.heading_name(title) for title in passage.headings[-1:])


def _marked(
    passage: Passage, context: Context, columns: Mapping[str, int], has_star: bool
) -> tuple[dict[str, Any], str]:
    """Return whether a field is required by its star or by a blank cell, and what is not understood.

    A star says so where the document says what stars mean.
    """
    beside = context.rows_of_tables[passage.block.header, passage.headings]
    if context.stars and any(list_titles.starred(row.block.cells[0]) for row in beside):
        return {"required": has_star}, ""
    return _blank_is_optional(passage, beside, columns), "required mark" if has_star else ""


def _blank_is_optional(passage: Passage, beside: Sequence[Passage], columns: Mapping[str, int]) -> dict[str, Any]:
    """Return that a field is optional where its cell is blank, in a column that only says which are required."""
    at = columns.get("required")
    if at is None or (passage.block.cells[at : at + 1] or ("",))[0].strip():
        return {}
    cells = [row.block.cells[at].strip() for row in beside if at < len(row.block.cells)]
    answers = {fields.requirement_cell(cell) for cell in cells if cell}
    return {"required": False} if answers == {True} and not passage.block.header[at].startswith("optional") else {}


def _read_others(others: Mapping[str, str], cells: dict[str, str], passage: Passage, context: Context) -> None:
    """Take a second column of words, or the one of a title that no reader knows, as words about a field.

    Of several such columns facts are unread; so is the answer, yes or no, to a question that no reader knows.
    """
    for title, text in others.items():
        if text and fields.requirement_cell(text) is not None and not re.fullmatch(r"[-—–]", text):
            context.accounting.unread(passage.line, f"column {title}")
        elif (len(others) == 1 and "description" not in cells) or column_of(title) == "description":
            cells["description"] = ". ".join(filter(None, (cells.get("description", ""), text)))
        elif signal := signal_of(text, context.names) or fact_in_words(text):
            context.accounting.unread(passage.line, signal)


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return what the columns of a table are for → their index; "Type / Required" is two."""
    columns: dict[str, int] = {}
    for index, title in enumerate(header):
        whole = column_of(title)
        parts = [whole] if whole else [column_of(part) for part in re.split(r"/|&|,", title)]
        for part in parts if all(parts) else ():
            columns.setdefault(part or "", index)
    return columns


def _cells(texts: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Return what a row has in each column; a cell of two columns is split as the title is."""
    by_column: dict[str, str] = {}
    for column, index in columns.items():
        shared = [name for name, other in columns.items() if other == index]
        text = texts[index] if index < len(texts) else ""
        parts = [part.strip() for part in re.split(r"/|,", text)] if len(shared) > 1 else [text]
        by_column[column] = (
            parts[shared.index(column)] if len(parts) == len(shared) else "" if len(shared) > 1 else text
        )
        if len(shared) > 1 and len(parts) != len(shared):
            by_column["description"] = f"{by_column.get('description', '')} {text}".strip()
    return {column: text for column, text in by_column.items() if columns[column] < len(texts) or text}


def _row_facts(cells: Mapping[str, str], title: str) -> tuple[dict[str, Any], str]:
    """Return the facts that have a column of their own, and what is not understood of them."""
    facts: dict[str, Any] = {}
    unclear = ""
    if "required" in cells:
        required = fields.requirement_cell(cells["required"])
        asks_if_optional = (
            re.search(r"^optional|^(?:是否)?可选", title) and fields.requirement(cells["required"]) is None
        )
        if required is not None and asks_if_optional:
            required = not required
        if required is None and cells["required"] and not _depends(cells):
            unclear = "required"
        elif required is not None:
            facts["required"] = required
    if (may_be_empty := fields.requirement_cell(cells.get("empty", ""))) is not None and "empty" in cells:
        facts["required"] = not may_be_empty
    elif cells.get("empty"):
        unclear = "required"
    sent_in = re.sub(r"[`*\s]", "", cells.get("place", "")).lower()
    if sent_in in ("path", "query"):
        facts["in"] = sent_in
    length = cells.get("length", "")
    if length.isdigit() and (read_type(cells.get("type", "")) or {}).get("type") == "string":
        facts["max_length"] = int(length)
    if cells.get("unit") and re.fullmatch(r"\w+", cells["unit"]):
        facts["unit"] = cells["unit"].rstrip("s").lower()
    return facts, unclear


def _depends(cells: Mapping[str, str]) -> bool:
    """Return whether a field is required under a condition, which its words state."""
    depends = re.fullmatch(
        r"condition\w*|depends|it depends|视情况|条件必[填选传]|有条件必[填选传]",
        cells["required"].strip("`*. ").lower(),
    )
    return (
        bool(depends)
        and "required_when" in phrases.read(cells.get("description", "") + ". " + cells.get("range", "")).facts
    )


_ONE_VALUE = r"[\w.:+-]+(?:\s*\((?:default|默认)\))?"


def _listed(limits: str, kind: str) -> str:
    """Return the values that a column of limits lists, as a sentence would: mia, leo, kai; "" for limits of a kind."""
    facts = read_type(kind or "-")
    if facts not in ({}, {"type": "string"}) or not re.fullmatch(
        rf"{_ONE_VALUE}(?:\s*[,|/、]\s*{_ONE_VALUE})+", limits
    ):
        return ""
    values = [re.sub(r"\s*\(.*\)", "", part.strip()) for part in re.split(r"[,|/、]", limits)]
    if facts and (FORMATS | OTHER_FORMATS).issuperset(value.lower() for value in values):
        return ""
    default = re.search(r"([\w.:+-]+)\s*\((?:default|默认)\)", limits)
    return f"One of: {', '.join(values)}" + (f". Default: {default[1]}" if default else "")


def _row_words(cells: Mapping[str, str]) -> str:
    """Return the description, with the columns of values and ranges said as a sentence would say them."""
    words = [cells.get("description", "")]
    nothing = ("", "-", "--", "n/a", "none")
    if (values := cells.get("values", "")).lower() not in nothing:
        words.append(values if values.count("`") >= 4 else f"One of: {values}")
    if (limits := cells.get("range", "")).lower() not in nothing:
        words.append(_listed(limits, cells.get("type", "")) or limits)
    length = cells.get("length", "")
    if length.lower() not in nothing and not (
        length.isdigit() and (read_type(cells.get("type", "")) or {}).get("type") == "string"
    ):
        words.append(f"length {length}")
    return ". ".join(word for word in words if word)
