"""The rule for tables of the fields of requests and replies, whatever their titles and language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from codegen.documents import fields, nesting, sections
from codegen.documents.context import Context, Pending
from codegen.documents.field_lists import reply
from codegen.documents.fields import Entry
from codegen.documents.sections import Place
from codegen.documents.sides import is_about_a_header, is_of_a_callback, side
from codegen.documents.signals import fact_in_words, signal_of
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters, simplified

_COLUMNS: Mapping[str, str] = {
    "name": "field|fields|parameter|parameters|param|name|key|argument|property|attribute|input|field name"
    "|parameter name|response field|request field|参数|参数名|参数名称|字段|字段名|字段名称|名称|变量|变量名|属性",
    "type": "type|data type|datatype|format|类型|数据类型|参数类型|字段类型|格式",
    "required": "required|required?|mandatory|is required|req|optional|optional?|presence"
    "|必填|是否必填|必选|是否必选|必须|是否必须|必传|是否必传|可选",
    "default": "default|default value|defaults|默认|默认值|缺省|缺省值",
    "values": "values|allowed values|possible values|valid values|accepted values|options|enum|choices"
    "|可选值|取值|枚举|枚举值",
    "range": "range|limits|limit|constraints|constraint|bounds|min/max|范围|取值范围|限制|约束",
    "length": "length|max length|maximum length|max. length|长度|最大长度",
    "example": "example|examples|sample|示例|例子|样例|示例值",
    "description": "description|desc|details|meaning|notes|note|remarks|remark|comment|comments"
    "|explanation|what it does"
    "|描述|说明|备注|含义|参数说明",
    "unit": "unit|units|单位",
    "place": "in|location|position|where|位置|参数位置",
}
_COLUMN_OF = {title: column for column, titles in _COLUMNS.items() for title in titles.split("|")}


def row(place: Place, context: Context) -> bool:
    """Read a row of a table that has a column for names and one for types, requirement, default, values or words."""
    header = place.block.header
    columns = _columns(header)
    if header[:2] == ("response field", "type"):
        return False  # `outcomes.response_table` reads it
    if place.block.kind != "row" or "name" not in columns or not {"type", "required"} & columns.keys():
        return False
    texts = [plain_characters(cell).strip() for cell in place.block.cells]
    cells = _cells(texts, header, columns)
    indent, name = nesting.indented(cells["name"])
    if not re.fullmatch(r"[A-Za-z_][\w.\[\]*-]*", name) or is_about_a_header(place):
        return False
    others = [at for at, title in enumerate(header[: len(texts)]) if title and at not in columns.values()]
    _read_others([texts[at] for at in others], cells, place, context)
    asks = "required" in columns and not (place.sub or place.label) and sections.heading_name(place.headings[-1])
    if is_of_a_callback(place, name):
        kind = (read_type(cells.get("type", "")) or {}).get("type")
        context.accounting.claim(place.line, "callback", name, {"type": kind} if kind else {})
        return True
    if (side(place) == "reply" and not asks) or "response" in header[0]:
        described = ". ".join(filter(None, (cells.get("description"), cells.get("values"))))
        return reply(Entry(name, cells.get("type"), None, described), place, context)
    if place.operation is None and not context.capability:
        return False
    stated, unclear = _row_facts(cells, header[columns["required"]] if "required" in columns else "")
    sent_in = re.sub(r"[`*\s]", "", cells.get("place", "")).lower()
    if sent_in in ("header", "headers", "cookie") or context.is_of_several(place):
        context.accounting.unread(place.line, f"name {name}")
        return True
    for operation in context.subjects(place):
        name = context.below_row(place, operation, indent, name)
        kind, default = cells.get("type"), cells.get("default")
        if unclear and read_type(cells["required"]):
            kind = f"{kind} | {cells['required']}"  # a type with a bar in it, which has shifted the columns
        context.pending.append(Pending(place, operation, name, _row_words(cells), kind, stated, default, unclear))
    return True


def _read_others(others: list[str], cells: dict[str, str], place: Place, context: Context) -> None:
    """Take the one column of a title that no reader knows as the words about a field; of several, facts are unread."""
    if len(others) == 1 and "description" not in cells:
        cells["description"] = others[0]
    elif signal := next(filter(None, (signal_of(cell, context.names) or fact_in_words(cell) for cell in others)), None):
        context.accounting.unread(place.line, signal)


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return what the columns of a table are for → their index; "Type / Required" is two."""
    found: dict[str, int] = {}
    for index, title in enumerate(header):
        parts = (
            [simplified(title)]
            if simplified(title) in _COLUMN_OF
            else [part.strip() for part in re.split(r"/|&|,", title)]
        )
        if all(part in _COLUMN_OF for part in parts):
            found |= {_COLUMN_OF[part]: index for part in parts}
    return found


def _cells(texts: Sequence[str], header: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Return what a row has in each column; a cell of two columns is split as the title is."""
    found: dict[str, str] = {}
    for column, index in columns.items():
        shared = [name for name, other in columns.items() if other == index]
        text = texts[index] if index < len(texts) else ""
        parts = [part.strip() for part in re.split(r"/|,", text)] if len(shared) > 1 else [text]
        found[column] = parts[shared.index(column)] if len(parts) == len(shared) else "" if len(shared) > 1 else text
        if len(shared) > 1 and len(parts) != len(shared):
            found["description"] = f"{found.get('description', '')} {text}".strip()
    return {column: text for column, text in found.items() if columns[column] < len(texts) or text}


def _row_facts(cells: Mapping[str, str], title: str) -> tuple[dict[str, Any], str]:
    """Return the facts that have a column of their own, and what is not understood of them."""
    stated: dict[str, Any] = {}
    unclear = ""
    if "required" in cells:
        required = fields.requirement_cell(cells["required"])
        asks_if_optional = re.search(r"^optional|^可选", title) and fields.requirement(cells["required"]) is None
        if required is not None and asks_if_optional:
            required = not required
        if required is None and cells["required"]:
            unclear = "required"
        elif required is not None:
            stated["required"] = required
    place = re.sub(r"[`*\s]", "", cells.get("place", "")).lower()
    if place in ("path", "query"):
        stated["in"] = place
    length = cells.get("length", "")
    if length.isdigit() and (read_type(cells.get("type", "")) or {}).get("type") == "string":
        stated["max_length"] = int(length)
    if cells.get("unit") and re.fullmatch(r"\w+", cells["unit"]):
        stated["unit"] = cells["unit"].rstrip("s").lower()
    return stated, unclear


def _row_words(cells: Mapping[str, str]) -> str:
    """Return the description, with the columns of values and ranges said as a sentence would say them."""
    words = [cells.get("description", "")]
    nothing = ("", "-", "--", "n/a", "none")
    if (values := cells.get("values", "")).lower() not in nothing:
        words.append(values if values.count("`") >= 4 else f"One of: {values}")
    if (limits := cells.get("range", "")).lower() not in nothing:
        words.append(limits)
    length = cells.get("length", "")
    if length.lower() not in nothing and not (
        length.isdigit() and (read_type(cells.get("type", "")) or {}).get("type") == "string"
    ):
        words.append(f"length {length}")
    return ". ".join(word for word in words if word)
