"""Reads SKILL.md, references and guides: goes through the blocks and asks each rule in turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from codegen.documents import (
    choices,
    constraints,
    field_lists,
    named_hosts,
    noise_rules,
    outcomes,
    parameter_rules,
    remarks,
    sections,
    service_rules,
    snippets,
)
from codegen.documents.blocks import Block
from codegen.documents.claims import MAX_LINE, TOO_LONG
from codegen.documents.context import AS_EXAMPLE, Context
from codegen.documents.document_index import Index
from codegen.documents.line_accounting import LineAccounting
from codegen.documents.sections import Passage
from codegen.documents.signals import amount_in
from codegen.documents.sources import Source, front_matter_length
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters

Rule = Callable[[Passage, Context], bool]

_RULES = (
    *service_rules.RULES,
    *choices.RULES,
    *outcomes.RULES,
    *parameter_rules.LATER,
    *field_lists.LATER,
    *remarks.RULES,
    noise_rules.dated,
    *constraints.RULES,
    choices.item,
    *noise_rules.RULES,
    choices.unknown,
)
"""The first rule that understands a block has read it. A rule returns whether it did."""


def read(source: Source, index: Index, accounting: LineAccounting) -> None:
    """Record every claim of one Markdown document, and account for its lines.

    Parameter lists come first: what other lines say about parameters is understood once their names are known.
    """
    rows = sections.locate(index.texts[source], index.identifiers, index.sections[source], index.starts[source])
    context = Context(source, index, accounting, rows)
    _structure(source, rows, accounting)
    first = _RuleChain(parameter_rules.FIRST, context)
    read_first = {number for number, passage in enumerate(rows) if first.understands(passage)}
    for passage in rows:
        if passage.block.kind == "fence":
            snippets.comments(passage, context)
            snippets.schema(passage, context)
    field_lists.finish(context)
    later = _RuleChain(_RULES, context)
    not_read: list[Passage] = []
    for number, passage in enumerate(rows):
        context.move(passage)
        if passage.block.kind == "fence":
            snippets.read(passage, context)
        elif passage.block.kind == "heading":
            service_rules.heading(passage, context)
        elif number not in read_first and not later.understands(passage):
            not_read.append(passage)
    parameter_rules.finish(context)
    outcomes.finish(context)
    _attribute(rows, context)
    _hold(rows, context)
    _classify(not_read, context)
    _hosts(rows, context)


def _classify(passages: Sequence[Passage], context: Context) -> None:
    """Record the lines that no rule understood: unread where they look as if they state a fact, else prose."""
    accounting, names = context.accounting, context.names
    for passage in passages:
        text = passage.text if passage.block.kind == "row" else sections.bare(passage.text)
        reason = "advice" if noise_rules.is_advice(passage) else "prose"
        about_prompts = noise_rules.is_about_prompts(passage)
        to_the_agent = noise_rules.is_to_the_agent(passage)
        if passage.block.kind == "row" and (kind := _typed_cell(passage.block)):
            accounting.unread(passage.line, f"type {kind}")
        elif passage.block.kind == "row" and _lists_a_choice(passage):
            accounting.unread(passage.line, "values")
        elif passage.operation and _AS_ELSEWHERE.search(text):
            accounting.unread(passage.line, "as another")
        elif outcomes.labels_states(text):
            accounting.unread(passage.line, "states")
        elif passage.operation and _CHINESE_VALUES.fullmatch(plain_characters(text)):
            accounting.unread(passage.line, "list of values")
        elif _QUOTED_VALUES.search(text) and not (about_prompts or to_the_agent):
            accounting.unread(passage.line, "values")
        for line in passage.block.lines:
            accounting.classify(line, text, names, reason, about_prompts=about_prompts, in_words=not to_the_agent)
        name = None if about_prompts or to_the_agent else context.name_in(passage, text)
        if name and not accounting.is_unread(passage.line):
            accounting.unread(passage.line, f"name {name}")


_AS_ELSEWHERE = re.compile(
    r"\b(?:arguments?|parameters?|params|fields?|body|inputs?|options|headers?)\b.{0,30}"
    r"\b(?:as|like) (?:above|before|in|for)\b"
    r"|\bsame (?:arguments?|parameters?|params|fields?|body|inputs?|options|headers?)\b|同上",
    re.IGNORECASE,
)
"""Arguments as above, but without `max_people`: what is listed elsewhere holds here too."""
_CHINESE_VALUES = re.compile(
    r"[\u4e00-\u9fff]{1,8}\s*: ?[\w\u4e00-\u9fff-]{1,12}(?:、[\w\u4e00-\u9fff-]{1,12}){1,30}\.? ?"
)
"""主题: 节日、旅行"""
_QUOTED_VALUES = re.compile(r"(?:\"[a-z][\w-]{0,20}\"(?:\s*(?:,|\||/|\bor\b)\s*(?:or )?)?){2}")
"""one of "new", "active", "done" """


_CHOICE = re.compile(
    r"(?:voice|speaker|style|template|effect|preset|theme|timbre|音色|风格|模板|主题)(?:s|[ _](?:id|name|code))?"
)


def _lists_a_choice(row: Passage) -> bool:
    """Return whether a row begins with a word that may be a value to send: | anna |, in a column of voices."""
    header, cells = row.block.header, row.block.cells
    return bool(
        len(header) > 1 and _CHOICE.fullmatch(header[0]) and re.fullmatch(r"[`*]*[a-z][\w-]*[`*]*", cells[0].strip())
    )


def _typed_cell(row: Block) -> str | None:
    """Return the type in a row that begins with a name: it is a field of a table whose titles no reader knows."""
    if len(row.cells) < 3 or not re.fullmatch(r"[`*]*[A-Za-z_][\w.\[\]]*[`*]*", row.cells[0].strip()):
        return None
    return next((cell for cell in row.cells[1:] if (read_type(cell.strip()) or {}).get("type")), None)


def _attribute(rows: tuple[Passage, ...], context: Context) -> None:
    """Give what a line states of the operations that it names to these; of several, or of another than that of its
    section, it is unread."""
    for passage in rows:
        lines = passage.block.lines
        if passage.block.kind not in ("item", "text") or AS_EXAMPLE.search(passage.text):
            continue
        about = context.accounting.operations_of(lines)
        names = context.operations_in(passage.text) if about else {}
        meant = frozenset[str]().union(*names.values())
        if about <= meant or not names or (passage.operation in about and passage.operation in meant):
            continue
        if passage.operation is None and len(names) == 1:
            context.accounting.attribute(lines, sorted(meant))
            context.accounting.understands(passage.line, *names)
        else:
            context.accounting.unread(passage.line, f"name {min(names)}")


def _hold(rows: tuple[Passage, ...], context: Context) -> None:
    """Hold each line that was read against what was understood of it; a term and its words are read as one."""
    for passage in rows:
        if passage.block.kind in ("text", "item") and context.accounting.is_read(passage.line):
            for line in passage.block.lines[1:]:
                context.accounting.assign(line, "read")
        if passage.block.kind not in ("fence", "heading"):
            text = " | ".join(_stating(passage.block)) if passage.block.kind == "row" else passage.text
            context.accounting.hold(passage.block.lines, text, context.names)


def _stating(row: Block) -> Iterator[str]:
    """Yield the cells of a row but for its number."""
    for title, cell in zip_longest(row.header, row.cells, fillvalue=""):
        if not (
            title.rstrip(".") in ("", "#", "no", "nr", "number", "step", "序号", "编号") and cell.strip(". ").isdigit()
        ):
            yield cell


def _hosts(rows: tuple[Passage, ...], context: Context) -> None:
    """Record each host in a line that no rule understood: `reconcile` asks whether it is to be called."""
    for passage in rows:
        if passage.block.kind != "fence" and context.accounting.is_not_understood(passage.line):
            for origin in named_hosts.in_prose(passage.text):
                context.accounting.claim(passage.line, "server", origin, {}, None, "example")


class _RuleChain:
    """Asks rules in order; not again about a line that repeats the one before it, which no rule understood."""

    def __init__(self, rules: tuple[Rule, ...], context: Context) -> None:
        self._rules = rules
        self._context = context
        self._last: tuple[object, ...] = ()

    def understands(self, passage: Passage) -> bool:
        self._context.move(passage)
        key = (passage.block.kind, passage.block.text, passage.headings, passage.label, passage.sub)
        if key == self._last:
            return False
        understood = any(rule(passage, self._context) for rule in self._rules)
        self._last = () if understood else key
        return understood


_FENCE = re.compile(r"\s*(?:`{3,}|~{3,}).*")
_TAGS = r"(?:</?(?:table|thead|tbody|tr|td|details|summary|div|br|dl|p|center)\b[^<>]*>\s*)+|<t[rh]\b(?:(?!<td).)*"
_HOLDS = re.compile(
    rf"\s*(?:[-*_]{{3,}}|(?:`{{3,}}|~{{3,}}).*|\|?[\s:|-]*-[\s:|-]*|\|.*|[>\s]*|{_TAGS})", re.IGNORECASE
)
"""Lines that hold a document together: rules, fences, the head of a table, blank lines."""


def _structure(source: Source, rows: tuple[Passage, ...], accounting: LineAccounting) -> None:
    """Record front matter, headings, rules, fences and heads of tables. Other lines are decided by their text."""
    block_lines = {line for passage in rows for line in passage.block.lines}
    fences = {line for passage in rows if passage.block.kind == "fence" for line in passage.block.lines}
    front = front_matter_length(source.lines)
    for number, line in enumerate(source.lines, 1):
        if number <= front:
            accounting.assign(number, "read" if re.match(r"\s*version:", line) else "structure")
        elif len(line) > MAX_LINE and number not in fences:
            accounting.unread(number, TOO_LONG)
        elif (number in fences and _FENCE.fullmatch(line)) or (number not in block_lines and _HOLDS.fullmatch(line)):
            accounting.assign(number, "structure")
        elif number not in block_lines:
            accounting.classify(number, line)
    for passage in rows:
        if passage.block.kind == "heading":
            accounting.assign(passage.line, "structure")
            if passage.operation is None and (amount := amount_in(sections.bare(passage.text))):
                accounting.unread(passage.line, amount)
