"""Lines of a document in the forms that Markdown has: other bullets, links to themselves, trees of fields.

Each line stays where it is, so that claims keep their line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from codegen.documents.fields import parse
from codegen.documents.vocabulary import plain_characters

_BULLET = re.compile(r"(\s*)[●•◆◇■▪▫◦○·‣▸▶➤✦✧]\s*(?=[^\s●•◆◇■▪▫◦○·‣▸▶➤✦✧])")
_LINK = re.compile(r"\[(`?)((?:https?://|/)[^\[\]`\s]+)\1\]\((?:https?://|/)[^()\s]+\)")
_TITLE = re.compile(r"\s*[【〖]([^【】〖〗]{1,40})[】〗]\s*[:：]?\s*")
_BRANCH = re.compile(r"(?P<lead>[\s│|]*)(?:[├└]|\|(?=--)|`(?=--)|\+(?=--))[─-]+\s*(?P<text>\S.*)")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


def plain(lines: Sequence[str]) -> list[str]:
    """Return the lines of a document, each in the form that the parser of Markdown knows."""
    texts = list(lines)
    inside: list[int] | None = None
    outside: list[int] = []
    for number, line in enumerate(lines):
        if not _FENCE.match(line):
            (outside if inside is None else inside).append(number)
        elif inside is None:
            inside = [number]
        else:
            if _has_fields([lines[one] for one in inside[1:]]):
                texts[inside[0]] = texts[number] = ""
                outside.extend(inside[1:])
            inside = None
    for number in outside:
        texts[number] = _line(texts[number])
    for number, text in _trees(texts, outside):
        texts[number] = text
    return texts


def _line(line: str) -> str:
    if line.isascii() and "](" not in line:
        return line
    if title := _TITLE.fullmatch(line):
        return f"**{title[1].strip()}**："
    return (
        _BULLET.sub(r"\1- ", _LINK.sub(r"\1\2\1", line), count=1) if _BULLET.match(line) else _LINK.sub(r"\1\2\1", line)
    )


def _has_fields(lines: Sequence[str]) -> bool:
    """Return whether some lines are a tree whose branches are fields with their types: no tree of files."""
    entries = (parse(plain_characters(match["text"])) for line in lines if (match := _BRANCH.fullmatch(line)))
    return any(entry is not None and (entry.type_word or entry.required is not None) for entry in entries)


def _trees(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the lines of trees of fields as nested lists; the line above a tree is its root."""
    above: list[int] = []
    tree: list[int] = []
    for number in [*sorted(numbers), -1]:
        if number >= 0 and _BRANCH.fullmatch(lines[number]):
            tree.append(number)
            continue
        if tree and _has_fields([lines[one] for one in tree]):
            yield from _nested(lines, tree, above)
        above = [number] if number >= 0 and _is_root(lines[number]) else []
        tree = []


def _is_root(line: str) -> bool:
    return bool(line.strip()) and not re.match(r"\s*(?:#|[-*+>|]\s)|.*[:：]\s*$", line)


def _nested(lines: Sequence[str], tree: Sequence[int], above: Sequence[int]) -> Iterator[tuple[int, str]]:
    root = 1 if above and tree[0] == above[0] + 1 else 0
    if root:
        yield above[0], f"- {lines[above[0]].strip()}"
    columns: list[int] = []
    for number in tree:
        match = _BRANCH.fullmatch(lines[number])
        if match is None:
            continue
        while columns and columns[-1] >= len(match["lead"]):
            columns.pop()
        columns.append(len(match["lead"]))
        yield number, f"{'  ' * (len(columns) - 1 + root)}- {match['text']}"
