"""Markdown as a flat row of blocks, each with its line: the same whether or not the document kept its indentation.

A bundle has lost blank lines and leading spaces. Blank lines are put back between blocks of different kinds before
markdown-it-py parses, so that a paragraph after a list is not a lazy continuation of it, and `---` no underline.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from codegen.documents.claims import MAX_LINE
from codegen.documents.vocabulary import one_language

Kind = Literal["heading", "item", "row", "text", "fence"]


@dataclass(frozen=True)
class Block:
    """One heading, list item, table row, line of a paragraph, or fence."""

    kind: Kind
    line: int
    text: str
    """Without its marker. For a row the cells, joined; for a fence its body."""
    lines: tuple[int, ...]
    """Every line of the document it covers."""
    level: int = 0
    """Of a heading."""
    ordered: bool = False
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    """The titles of the table a row stands in, in lower case."""
    titles: tuple[str, ...] = ()
    """The same as the document writes them: the first row of a table of properties stands there."""
    depth: int = 0
    """Of a list item: how many lists it stands in. A bundle has lost the indentation, and with it the depth."""
    language: str = ""

    @property
    def body_line(self) -> int:
        """The line on which the text of a fence starts; indented code has no line of its own above it."""
        return self.line + (len(self.lines) > self.text.count("\n") + 1)


_KINDS = (
    ("blank", re.compile(r"\s*$")),
    ("heading", re.compile(r"\s{0,3}#{1,6}(\s|$)")),
    ("rule", re.compile(r"\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$")),
    ("list", re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(\s|$)")),
    ("row", re.compile(r"\s*\|")),
    ("quote", re.compile(r"\s*>")),
)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)$")


def _kind(line: str) -> str:
    return next((name for name, pattern in _KINDS if pattern.match(line)), "text")


_RULE_OF_A_TABLE = re.compile(r"\s*(?:\|\s*)?(?::?-{2,}:?\s*\|\s*)+(?::?-{2,}:?\s*)?$")


def _starts_a_table(lines: Sequence[str], number: int) -> bool:
    """Return whether a row is the head of a table: a rule follows. Two tables with nothing between them are two."""
    return number < len(lines) and bool(_RULE_OF_A_TABLE.match(lines[number])) and number > 1


def _spaced(lines: Sequence[str]) -> tuple[str, list[int]]:
    """Return the text with blank lines between blocks, and for each of its lines the line it was (0 for one put in)."""
    out: list[str] = []
    origin: list[int] = []
    fence = ""
    inside_table = 0
    previous = "blank"
    for number, line in enumerate(lines, 1):
        marker = _FENCE.match(line)
        if fence:
            kind = "fenced"
            if marker and marker[1].startswith(fence) and not marker[2].strip():
                fence = ""
                kind = "closing"
        elif marker:
            fence, kind = marker[1], "opening"
        else:
            kind = _kind(line)
            if kind == "text" and previous == "list" and line[:1] in " \t":
                kind = "list"
        inside_table += len(re.findall(r"<table\b", line, re.IGNORECASE)) - len(
            re.findall(r"</table", line, re.IGNORECASE)
        )
        if inside_table > 0 and not fence and kind not in ("opening", "closing"):
            if kind == "blank":
                continue
            kind = "text"
        differs = kind != previous or (kind == "row" and _starts_a_table(lines, number))
        if kind not in ("fenced", "closing") and differs and "blank" not in (kind, previous):
            out.append("")
            origin.append(0)
        if kind not in ("fenced", "closing"):
            line = line.expandtabs(4) if len(line) <= MAX_LINE else ""
        out.append(line)
        origin.append(number)
        previous = kind
    return "\n".join(out), origin


def parse(lines: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks of a document, in order. Front matter is the caller's; its lines are not part of `lines`."""
    text, origin = _spaced(lines)
    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").disable("inline").parse(text)
    return tuple(_blocks(tokens, origin))


def _blocks(tokens: Sequence[Token], origin: Sequence[int]) -> Iterator[Block]:
    header: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    cells: list[str] | None = None
    row: tuple[int, ...] = ()
    ordered: list[bool] = []
    heading = 0
    first = False
    for token in tokens:
        covered = tuple(number for number in origin[slice(*(token.map or (0, 0)))] if number)
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                ordered.append(token.type == "ordered_list_open")
            case "bullet_list_close" | "ordered_list_close":
                ordered.pop()
            case "list_item_open":
                first = True
            case "heading_open":
                heading = int(token.tag[1:])
            case "tr_open":
                cells, row = [], covered
            case "tr_close":
                texts = tuple(cells or ())
                if header and row:
                    yield Block("row", row[0], " | ".join(texts), row, cells=texts, header=header, titles=titles)
                titles = titles if header else texts
                header = header or tuple(one_language(_plain(title).lower()) for title in texts)
                cells = None
            case "table_close":
                header = ()
            case "fence" | "code_block":
                yield Block("fence", covered[0], token.content, covered, language=token.info.strip().lower())
            case "inline" if cells is not None:
                cells.append(html.unescape(_BREAK.sub(", ", token.content.strip())))
            case "html_block" if "<table" in token.content.lower():
                yield from html_rows(token.content, covered)
            case "inline" | "html_block":
                item = ordered[-1] if ordered and first else None
                yield from _words(token.content, covered, heading, item, len(ordered))
                heading, first = 0, False


def _words(content: str, covered: tuple[int, ...], heading: int, item: bool | None, depth: int) -> Iterator[Block]:
    """Parse a heading, the start of a list item (`item`: whether of a numbered list), or the lines of a paragraph."""
    if heading:
        yield Block("heading", covered[0], content, covered, level=heading)
    elif item is not None and len(content) <= MAX_LINE:
        yield Block("item", covered[0], " ".join(content.split("\n")), covered, ordered=item, depth=depth)
    else:
        for number, text in zip(covered, content.split("\n"), strict=False):
            text = _TAG.sub("", text).strip() if "<" in text else text.strip()
            if text:
                yield Block("text", number, text, (number,))


_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:details|summary|div|p|br|b|i|em|strong|center|ul|ol|li|span|sub|sup|dl|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE
)


def html_rows(content: str, covered: Sequence[int]) -> Iterator[Block]:
    """Parse the rows of a table in HTML, each at the line of its <tr>; its lines are all up to the next row."""
    header: tuple[str, ...] = ()
    for match in _HTML_ROW.finditer(content):
        cells = tuple(_cell(cell[2]) for cell in _HTML_CELL.finditer(match[1]))
        first = content[: match.start()].count("\n")
        lines = tuple(covered[first : first + match[0].count("\n") + 1])
        if not header:
            header = cells
        elif lines and cells:
            titles = tuple(one_language(_plain(title).lower()) for title in header)
            yield Block("row", lines[0], " | ".join(cells), lines, cells=cells, header=titles, titles=header)


_HTML_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?:</tr\s*>|(?=<tr\b|</table|</tbody|</thead)|\Z)", re.IGNORECASE | re.DOTALL)
_HTML_CELL = re.compile(r"<(t[hd])\b[^>]*>(.*?)(?=<t[hd]\b|</t[hd]\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def _cell(text: str) -> str:
    coded = re.sub(r"</?code\s*>", "`", _BREAK.sub(", ", text), flags=re.IGNORECASE)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"</?[a-z][^<>]*>", "", coded, flags=re.IGNORECASE))).strip()


def _plain(text: str) -> str:
    return text.replace("`", "").replace("*", "").strip()
