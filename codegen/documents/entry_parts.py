"""Fields whose parts stand in lines of their own, each brought together as one line that the rules for lists read.

- `image`            **image** `string` `required`       1. Method
  - Type: string     URL of the picture.                    - `POST`
  - Required: yes
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codegen.documents import endpoints, fields
from codegen.documents.blocks import Block
from codegen.documents.field_columns import column_of
from codegen.documents.vocabulary import one_language, plain_characters

_ATTRIBUTE = re.compile(r"[*_]{0,2}`?([A-Za-z\u4e00-\u9fff][\w ./-]{0,24}?)`?\s*[*_]{0,2}\s*:[*_]{0,2}\s*(\S.*)")
_NAME = re.compile(r"(?:\*\*)?(`[A-Za-z_][\w.\[\]-]*`|[a-z_]\w*(?:[.\[][\w.\[\]]+)+|[a-z]+(?:_[a-z0-9]+)+)(?:\*\*)?:?")
_BOUND = re.compile(
    r"(?:max(?:imum)?|min(?:imum)?)\.?(?: (?:length|items?|value|size))?|pattern|unit"
    r"|最大值|最小值|最大长度|最小长度",
    re.IGNORECASE,
)


def together(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, the parts of an entry that follow its name in lines of their own as one line."""
    at = 0
    while at < len(blocks):
        block, length = _request_part(blocks, at) or _with_attributes(blocks, at) or _titled(blocks, at) or (None, 1)
        yield block or blocks[at]
        at += length


def _request_part(blocks: Sequence[Block], at: int) -> tuple[Block, int] | None:
    """Return "Method: `POST`" of an item that says Method, and the one below it that has the method."""
    title, *below = blocks[at : at + 2]
    if not below or title.kind != "item" or below[0].kind != "item" or below[0].depth <= title.depth:
        return None
    words = plain_characters(title.text).strip("*: ")
    joined = replace(title, text=f"{words}: {below[0].text}", lines=(*title.lines, *below[0].lines))
    if re.search(r"[:`/]", words) or not (endpoints.method_line(joined) or endpoints.request_line(joined)):
        return None
    return (joined, 2) if re.fullmatch(r"`?\S+`?", below[0].text) else None


def _with_attributes(blocks: Sequence[Block], at: int) -> tuple[Block, int] | None:
    """Return an entry with the type, the requirement and so on that the items or lines below its name give."""
    head = blocks[at]
    name = _NAME.fullmatch(plain_characters(head.text).strip())
    if head.kind not in ("item", "heading", "text") or not name:
        return None
    attributes: list[tuple[str, str]] = []
    lines: list[int] = [*head.lines]
    for block in blocks[at + 1 :]:
        match = _ATTRIBUTE.fullmatch(plain_characters(block.text))
        inside = block.kind == "item" if head.kind == "item" else block.kind in ("item", "text")
        attribute = column(match[1]) if match else None
        if not match or attribute is None or not inside:
            break
        attributes.append((attribute, match[2].strip()))
        lines.extend(block.lines)
    if not {"type", "required"} & {title for title, _ in attributes}:
        return None
    text = f"{name[1] if name[1].startswith('`') else f'`{name[1]}`'}{written(attributes)}"
    kind = "text" if head.kind == "heading" else head.kind
    return replace(head, kind=kind, text=text, lines=tuple(lines)), len(attributes) + 1


def column(title: str) -> str | None:
    """Return what an attribute states: as a column of a table would, or a bound in its own words."""
    title = one_language(title.strip())
    return title if _BOUND.fullmatch(title) else column_of(title)


def written(attributes: Sequence[tuple[str, str]]) -> str:
    """Write attributes as an entry of a list has them: (string, required): words. default: `card`"""
    inside: list[str] = []
    words: list[str] = []
    for title, text in attributes:
        if title == "type":
            inside.append(text.strip("`"))
        elif title in ("required", "empty"):
            answer = fields.requirement_cell(text)
            answer = not answer if title == "empty" and answer is not None else answer
            inside.extend([] if answer is None else ["required" if answer else "optional"])
            words.extend([f"{title}: {text}"] if answer is None else [])
        elif title == "default":
            words.append(f"default: {text}")
        elif title == "values":
            words.append(text if text.count("`") >= 4 else f"One of: {text}")
        elif title in ("description", "range"):
            words.append(text)
        elif title != "example":
            words.append(f"{title}: {text}")
    return f" ({', '.join(inside)}): {'. '.join(word.rstrip('.') for word in words)}".rstrip(": ")


def _titled(blocks: Sequence[Block], at: int) -> tuple[Block, int] | None:
    """Return **image** `string` `required` with the lines of the paragraph below it as its words."""
    head = blocks[at]
    if head.kind not in ("text", "heading") or not re.match(r"\*\*|`[A-Za-z_]", head.text):
        return None
    entry = fields.parse(plain_characters(head.text))
    if entry is None or not (entry.type_word or entry.required is not None) or not fields.is_bare(entry):
        return None
    lines: list[int] = [*head.lines]
    words: list[str] = []
    for block in blocks[at + 1 :]:
        follows = block.line == lines[-1] + 1 or (head.kind == "heading" and not words)
        if block.kind != "text" or not follows or block.text.startswith("**") or block.text.endswith((":", "：")):
            break
        words.append(block.text)
        lines.extend(block.lines)
    text = ". ".join([head.text.rstrip("."), *(word.rstrip(".") for word in words)])
    return replace(head, kind="text", text=text, lines=tuple(lines)), len(words) + 1
