"""Reads SKILL.md, references and guides: goes through the blocks and asks each rule in turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from codegen.documents import asides, constraints, outcomes, parameters, places, remarks, service, snippets
from codegen.documents.context import Context
from codegen.documents.ledger import Ledger
from codegen.documents.places import Place
from codegen.documents.sources import Source, front_matter
from codegen.documents.survey import Survey

Rule = Callable[[Place, Context], bool]

_RULES = (
    *service.RULES,
    *outcomes.RULES,
    *parameters.LATER,
    *remarks.RULES,
    *asides.RULES[:1],
    *constraints.RULES,
    *asides.RULES[1:],
)
"""The first rule that understands a block has read it. A rule returns whether it did."""


def read(source: Source, survey: Survey, ledger: Ledger) -> None:
    """Every claim of one Markdown document, and an account of its lines.

    Parameter lists come first: what other lines say about parameters is understood once their names are known.
    """
    rows = places.locate(survey.texts[source], survey.identifiers)
    context = Context(source, survey, ledger, rows)
    _structure(source, rows, ledger)
    read_first = {place.line for place in rows if _asks(parameters.FIRST, place, context)}
    left: list[Place] = []
    for place in rows:
        context.move(place)
        if place.block.kind == "fence":
            snippets.read(place, context)
        elif place.block.kind == "heading":
            service.heading(place, context)
        elif place.line not in read_first and not _asks(_RULES, place, context):
            left.append(place)
    parameters.finish(context)
    names = context.names
    for place in left:
        text = place.text if place.block.kind == "row" else places.bare(place.text)
        for line in place.block.lines:
            ledger.judge(line, text, names, advice=asides.is_advice(place))


def _asks(rules: tuple[Rule, ...], place: Place, context: Context) -> bool:
    context.move(place)
    return any(rule(place, context) for rule in rules)


def _structure(source: Source, rows: tuple[Place, ...], ledger: Ledger) -> None:
    """Book what holds the document together: front matter, headings, rules, fences and table lines."""
    covered = {line for place in rows for line in place.block.lines}
    for number, line in enumerate(source.lines, 1):
        if number not in covered or re.fullmatch(r"\s*(?:`{3,}|~{3,}).*", line):
            ledger.book(number, "structure")
    matter: Mapping[str, Any] = front_matter(source.lines)
    if matter:
        for number, line in enumerate(source.lines, 1):
            if re.match(r"\s*version:", line):
                ledger.book(number, "read")
            if number > 1 and line.strip() == "---":
                break
    for place in rows:
        if place.block.kind == "heading":
            ledger.book(place.line, "structure")
