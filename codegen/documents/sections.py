"""Where a block of Markdown stands: under which headings and labels, and about which operation."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from codegen.documents.api_description import operation_of
from codegen.documents.blocks import Block
from codegen.documents.endpoints import BASE, CALL
from codegen.documents.vocabulary import is_general, plain_characters

URL = re.compile(r"https?://[^\s`'\"|)>,]+(?:<\w+>|\{\w+\})?")
_HEADING_NAME = re.compile(r"^(?:\d+(?:\.\d+)*\.?\s{1,9})?(.*?)\s{0,9}\((?:model_code:\s{0,9})?([\w.-]+)\)\s*$")


@dataclass(frozen=True)
class Passage:
    """A block with its surroundings."""

    block: Block
    headings: tuple[str, ...]
    label: str = ""
    """The last line that ends in a colon since the heading: **Parameters**:"""
    sub: str = ""
    """The last list item that ends in a colon."""
    operation: str | None = None
    """The operation the section is about, where its heading or its first endpoint says."""
    sub_depth: int = 0
    """How deep the item stands that `sub` is."""
    parents: tuple[Block, ...] = ()
    """The list items that a nested item stands in, outermost first."""

    @property
    def title(self) -> str:
        """What the block stands under, in lower case: the label, or else the heading."""
        return (self.label or (self.headings[-1] if self.headings else "")).lower()

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def line(self) -> int:
        return self.block.line

    def under(self, pattern: str) -> bool:
        """Return whether the title or the item above matches."""
        return bool(re.search(pattern, self.title) or re.search(pattern, self.sub.lower()))


@dataclass(frozen=True)
class StatedEndpoint:
    """A URL of an operation, as a block states it."""

    operation: str
    url: str
    method: str | None = None


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return text without emphasis marks."""
    return re.sub(r"\*\*|__", "", text).strip()


def heading_name(text: str) -> tuple[str, str] | None:
    """Return a heading's name and the identifier in its parentheses: "1. Text to Song (song_v2)"."""
    match = _HEADING_NAME.match(bare(text))
    return (match[1], match[2]) if match else None


def endpoint(block: Block) -> StatedEndpoint | None:
    """Return the operation whose URL a block gives: a request line, an endpoint label, or a URL standing alone."""
    if block.kind == "fence":
        match = CALL.match(block.text)
        if match and not re.search(r"[{<]\w+[>}]$", match[2]):
            return StatedEndpoint(operation_of(match[2]), match[2], match[1])
        return None
    text = bare(block.text)
    url_match = URL.search(text)
    if not url_match or re.search(r"[{<]\w+[>}]$", url_match[0]):
        return None
    alone = re.fullmatch(r"`?" + re.escape(url_match[0]) + r"`?\.?", text)
    before = text[: url_match.start()].strip(" `:").lower()
    title = re.fullmatch(r"[\w\s-]*(?:endpoint|task creation|task result)", before)
    url = url_match[0].rstrip(".")
    if BASE.fullmatch(url):
        return None  # where the URLs of operations begin
    if (alone or title) and operation_of(url) and not re.search(r"\.html?$|/$", url):
        return StatedEndpoint(operation_of(url), url)
    return None


def stated_endpoint(passage: Passage) -> StatedEndpoint | None:
    """Return the same in its place: an "Endpoint" in the section of an operation is that operation's own."""
    request = endpoint(passage.block)
    if request and passage.operation and re.match(r"^endpoint:", bare(passage.text), re.IGNORECASE):
        return replace(request, operation=passage.operation)
    return request


def locate(
    blocks: Sequence[Block],
    identifiers: Container[str],
    headed: Mapping[int, str] | None = None,
    starts: Mapping[int, str] | None = None,
) -> tuple[Passage, ...]:
    """Make a passage of every block.

    `headed` has the operations of headings and paragraphs; `starts` those of lines that what follows is about.
    """
    return tuple(_locate(blocks, {**(headed or {}), **_heading_operations(blocks, identifiers)}, starts or {}))


def _heading_operations(blocks: Sequence[Block], identifiers: Container[str]) -> dict[int, str]:
    """Return line of a heading → operation, by the heading or the request line right under it."""
    by_line: dict[int, str] = {}
    current: Block | None = None
    for block in blocks:
        if block.kind == "heading":
            current = block
            name = heading_name(block.text)
            if name and ("model_code" in block.text or name[1] in identifiers):
                by_line[block.line] = name[1]
        elif (
            block.kind == "fence"
            and current is not None
            and current.line not in by_line
            and not is_general(current.text)
        ):
            request = endpoint(block)
            if request:
                by_line[current.line] = request.operation
    return by_line


_PART = re.compile(
    r"(?:(?:(?:json|http|api|the|request|response|reply|result|task|error|status|body|path|query|url|optional|required"
    r"|input|output|common)\s+){0,3}"
    r"(?:body|bodies|parameters?|params?|fields?|arguments?|inputs?|outputs?|requests?|response|responses|reply|replies"
    r"|returns?|results?|headers?|errors?|codes?|statuses|status|states?|required|optional|mandatory|example|json)"
    r"|(?:请求|响应|返回|错误|状态|输入|输出|必填|可选|选填|路径|查询|公共|表单)?"
    r"(?:体|头|参数|字段|示例|结果|码|说明|信息|值|列表|格式)(?:说明|列表|表)?|必填|可选|选填|返回|响应|请求|状态|入参|出参)"
    r"(?:\s*(?:`?2\d\d`?|\((?:`?[\w./ -]{1,40}`?|(?:均|外层|放|包)?[在于为]?\s*`\w+`[^()]{0,10})\)))?",
    re.IGNORECASE,
)
"""Titles of a part of a section that may stand alone in their line, without colon and emphasis."""


_BOLD = re.compile(r"\s*\*\*[^*]{1,60}\*\*\s*")


def is_label(block: Block) -> bool:
    """Return whether a line is the title of what follows it: it ends in a colon, or names a part of a section."""
    text = bare(block.text)
    if block.kind not in ("text", "item"):
        return False
    if text.endswith((":", "：")):
        return True
    if block.kind == "item":
        return len(re.findall(r"[a-z]{2,}|[\u4e00-\u9fff]{2}", text, re.IGNORECASE)) > 1 and names_a_part(text)
    return bool(_BOLD.fullmatch(block.text) or names_a_part(text))


def names_a_part(text: str) -> bool:
    """Return whether a line names a part of a section, as "Response fields" does."""
    return _PART.fullmatch(plain_characters(bare(text)).strip()) is not None


def without_number(title: str) -> str:
    """Return a title without the number and the marks before it."""
    return re.sub(r"^\W*(?:\d+(?:\.\d+)*[.)]?\s+)?", "", title)


def _parts_of_operations(
    blocks: Sequence[Block], operations: Mapping[int, str], starts: Mapping[int, str]
) -> dict[int, str]:
    """Return line of a heading → the operation of the heading before it, of which it names a part: ## Create, ## Body

    On the same level it may be about all operations: it has to stand between those of two, or more than once. The
    request that stands before any heading has the parts that follow it.
    """
    headings = [block for block in blocks if block.kind == "heading"]
    titles = [without_number(plain_characters(bare(row.text))) for row in headings]
    last = max((index for index, row in enumerate(headings) if row.line in operations), default=-1)
    by_line: dict[int, str] = {}
    above: Block | None = None
    first = headings[0].line if headings else 0
    untitled = next((name for line, name in sorted(starts.items(), reverse=True) if line < first), None)
    for index, (row, title) in enumerate(zip(headings, titles, strict=True)):
        untitled = None if row.line in operations or not _PART_OF_ONE.fullmatch(title) else untitled
        if untitled:
            by_line[row.line] = untitled
        elif row.line in operations:
            above = row
        elif above is None or row.level != above.level or not _PART_OF_ONE.fullmatch(title):
            above = above if above and row.level > above.level else None
        elif index < last or titles.count(title) > 1:
            by_line[row.line] = operations[above.line]
    return by_line


_PART_OF_ONE = re.compile(
    r"(?:(?:json|http|the|path|query|url)\s+)?(?:(?:request|response|reply|input|output)\s+)?"
    r"(?:body|parameters?|params?|fields?|arguments?|inputs?|outputs?|requests?|response|reply|returns?)"
    r"|(?:请求|响应|返回|输入|输出)?(?:体|参数|字段|示例)|请求|返回|响应",
    re.IGNORECASE,
)


def _locate(blocks: Sequence[Block], operations: dict[int, str], starts: Mapping[int, str]) -> Iterator[Passage]:
    indented = any(block.depth > 1 for block in blocks)
    operations = {**operations, **_parts_of_operations(blocks, operations, starts)}
    stack: list[tuple[int, str, str | None]] = []
    label, sub, depth = "", "", 0
    items: list[Block] = []
    started: str | None = None
    for block in blocks:
        started = None if block.kind == "heading" else starts.get(block.line, started)
        if block.kind == "heading":
            items = []
            while stack and stack[-1][0] >= block.level:
                stack.pop()
            stack.append((block.level, bare(block.text), operations.get(block.line)))
            label = sub = ""
        headings = tuple(text for _, text, _ in stack)
        own = operations.get(block.line) if block.kind == "text" else None
        operation = own or started or next((outer for _, _, outer in reversed(stack) if outer), None)
        if block.kind != "heading" and block.line in starts:
            label = sub = ""
        text = bare(block.text)
        if block.kind == "item" and (block.ordered if not indented else block.depth <= depth):
            sub = ""
        if block.kind == "item":
            while items and items[-1].depth >= block.depth:
                items.pop()
        parents = () if block.kind == "text" else tuple(items)
        yield Passage(block, headings, label, sub, operation, depth if sub else 0, parents)
        if block.kind == "item":
            items.append(block)
        if is_label(block):
            title = text.rstrip(":：").strip()
            label, sub = (title, "") if block.kind == "text" else (label, title)
            depth = block.depth
