"""Rules for tables and lists of the values of one parameter, each with what it means.

The parameter is the one that the column of values is called after, or that the nearest title or the line above names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from codegen.documents import sections
from codegen.documents.claims import By
from codegen.documents.context import Context
from codegen.documents.sections import Passage
from codegen.documents.vocabulary import plain_characters, simplified

_OF_VALUES = (
    r"(?:(?:allowed|possible|valid|accepted|supported|available|parameter|param) )?"
    r"(?:values?|codes?|index|ids?|identifiers?|no\.?|#|numbers?|keys?|options?|choices?|settings?|enum|constants?)"
    r"|取值|(?:参数|枚举|可选)?值|代码|编号|序号|选项|枚举"
)
_NUMBERED = re.compile(r"index|no\.?|#|numbers?|编号|序号", re.IGNORECASE)
_VALUES_TITLE = re.compile(_OF_VALUES, re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"\b(?:values?|options?|choices?|codes?|one of|accepts?|supported|available|list of|parameters?|types)\b"
    r"|取值|可选|枚举|选项|支持|列表|参数",
    re.IGNORECASE,
)
"""How a title says that the values of what it names follow."""
_VALUES_OF = re.compile(r"\bvalues?\b|\bchoices\b|\bone of\b|\baccepts\b|取值|可选值|枚举", re.IGNORECASE)
_OUTCOME = re.compile(r"\b(?:errors?|status(?:es)?|states?|messages?|msg|http|response)\b|错误|状态", re.IGNORECASE)
"""What says that a table is about codes of errors or of states."""
_SOME = re.compile(
    r"\b(?:common(?:ly)?|popular|some|examples?|e\.g|such as|sample|recommended|typical|selected|more|tips?|best"
    r"|use cases?)\b"
    r"|常用|常见|示例|部分|推荐|例如",
    re.IGNORECASE,
)
"""How a title says that there are further values."""
_VALUE = re.compile(r"`?([\w*][\w.:+*/-]{0,40}|#[0-9A-Fa-f]{3,8})`?(?:\s*\((default|默认)\))?")
_ITEM = re.compile(r"(`[^`]{1,60}`|[\w.:+*/-]{1,40})(?:\s*\((default|默认)\))?\s*(?:(?:[:=-]|->|→)\s*(.+))?$")
_ARROW = re.compile(r"([^→,、]{1,40})→\s{0,9}`([\w.:-]{1,40})`")
_NOTHING_LEFT = re.compile(r"[\s,、.;]*")


def table(passage: Passage, context: Context) -> bool:
    """Read a row of | Value | Meaning |, | Code | Language | Code | Language |, | Style | What it does |"""
    header, cells = passage.block.header, passage.block.cells
    titles = (*header, passage.sub, passage.label, *passage.headings[-1:])
    if passage.block.kind != "row" or min(len(header), len(cells)) < 2 or any(map(_OUTCOME.search, titles)):
        return False
    name = _named(context, passage)
    if name is None:
        return False
    if _NUMBERED.fullmatch(header[0]) and not cells[0].strip("`").isdigit():
        return False
    pairs = [(cells[at], cells[at + 1]) for at in _columns(header) if at + 1 < len(cells) and cells[at]]
    return _record(context, passage, name, pairs)


def unknown(passage: Passage, context: Context) -> bool:
    """Leave a row of a table of values of what no title names unread."""
    cells = passage.block.cells
    if passage.block.kind != "row" or len(cells) < 2 or not _is_of_values(passage.block.header[0]):
        return False
    if value := _VALUE.fullmatch(plain_characters(cells[0]).strip()):
        context.accounting.unread(passage.line, f"value {value[1]}")
    return value is not None


def _is_of_values(title: str) -> bool:
    return bool(_VALUES_TITLE.fullmatch(simplified(plain_characters(title))))


def _columns(header: tuple[str, ...]) -> list[int]:
    """Return where values stand: in the first column, and where its title stands again."""
    return [at for at, title in enumerate(header) if title == header[0]]


def arrows(passage: Passage, context: Context) -> bool:
    """Read - English → `en`, 日本語 → `jp`, under a line that names the parameter."""
    pairs = [(value, words.strip()) for words, value in _ARROW.findall(passage.text)]
    if passage.block.kind != "item" or not pairs or not _NOTHING_LEFT.fullmatch(_ARROW.sub("", passage.text)):
        return False
    name = _announced(context, passage) or context.named_above(passage)
    return name is not None and _record(context, passage, name, pairs)


def item(passage: Passage, context: Context) -> bool:
    """Read - `calm`: quiet, under "Supported values of `mood`:", or under a heading that says the same."""
    match = _ITEM.fullmatch(plain_characters(sections.bare(passage.text)))
    if passage.block.kind != "item" or not match or not (match[1].startswith("`") or match[3]):
        return False
    title = passage.sub or passage.label or next(iter(passage.headings[-1:]), "")
    name = _in(context, title) if _VALUES_OF.search(title) else None
    return name is not None and _record(
        context, passage, name, [(match[1] + (f" ({match[2]})" if match[2] else ""), match[3] or "")]
    )


def _record(context: Context, passage: Passage, name: str, pairs: Iterable[tuple[str, str]]) -> bool:
    """Record values with what they mean; of a list that has only some of them, as examples."""
    by: By = (
        "example"
        if any(_SOME.search(title) for title in (passage.sub, passage.label, *passage.headings[-1:]))
        else "statement"
    )
    values = [(_VALUE.fullmatch(plain_characters(value).strip()), sections.bare(words)) for value, words in pairs]
    if not values or any(value is None for value, _ in values):
        return False
    for value, words in values:
        assert value is not None
        facts = {"label": words} if words else {}
        context.accounting.claim(passage.line, "label", f"{name}.{value[1]}", facts, passage.operation, by)
        if value[2]:
            context.accounting.claim(passage.line, "parameter", name, {"default": value[1]}, passage.operation)
    context.accounting.understands(passage.line, *(words for _, words in pairs))
    return True


def _named(context: Context, passage: Passage) -> str | None:
    """Return the parameter whose values a table lists, by the title of their column or by what stands above it."""
    table_key = (passage.headings, passage.label, passage.sub, passage.block.header)
    if table_key not in context.tables_of_values:
        own = re.sub(rf"(?<=\w)[ _](?:{_OF_VALUES})$", "", passage.block.header[0], flags=re.IGNORECASE)
        name = _called(context, own)
        if name is None and _is_of_values(passage.block.header[0]):
            titled = _announced(context, passage) or _in(context, passage.block.header[1])
            name = titled or context.named_above(passage)
        context.tables_of_values[table_key] = name
    return context.tables_of_values[table_key]


def _called(context: Context, title: str) -> str | None:
    """Return the parameter that has a title for its name: "Voice ID" is `voice_id`, "Tones" is `tone`."""
    words = _words(title)
    names = {name for name in context.parameter_names if _words(name.rpartition(".")[2]) == words}
    return names.pop() if len(names) == 1 else None


def _announced(context: Context, passage: Passage) -> str | None:
    """Return the parameter that the nearest title names, or the line right above."""
    before = [row for row in context.rows if row.line < passage.line and row.headings == passage.headings]
    above = next((row.text for row in reversed(before) if row.block.kind == "text"), "")
    headings = (
        passage.headings[-1:] if len(passage.headings) < 3 else passage.headings[-2:]
    )  # not the title of the document
    for title in (passage.sub, passage.label, above, *reversed(headings)):
        if name := _in(context, title):
            return name
    return None


def _in(context: Context, title: str) -> str | None:
    """Return the one parameter that a title names: in a code span, or by all words of its name."""
    spans = list(dict.fromkeys(re.findall(r"`([A-Za-z_][\w.]*)`", title)))
    known = [
        name
        for span in spans
        for name in context.parameter_names
        if span in (name, f"{name.rpartition('.')[2]}") or span.endswith(f".{name}")
    ]
    if known or spans:
        names = list(dict.fromkeys(known)) or [span for span in spans if _ANNOUNCED.search(title) and "." not in span]
        return names[0] if len(names) == 1 else None
    words = _words(title)
    names = [name for name in context.parameter_names if (own := _words(name)) and own <= words]
    names = names or [
        name for name in context.parameter_names if any(word.startswith(name) and len(name) > 3 for word in words)
    ]
    longest = max((len(_words(name)) for name in names), default=0)
    names = [name for name in names if len(_words(name)) == longest]
    return names[0] if len(names) == 1 else None


def _words(title: str) -> frozenset[str]:
    """Return the words of a title or a name, in the singular."""
    words: Iterator[str] = (
        word.lower() for word in re.findall(r"[A-Za-z0-9]+|[\u4e00-\u9fff]+", plain_characters(title))
    )
    return frozenset(word[:-1] if word.endswith("s") and len(word) > 3 else word for word in words)


RULES = (table, arrows)
