"""Reads SKILL.md, references and guides: goes through the blocks and asks each rule in turn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from codegen.documents import outcomes, parameters, places, service, snippets
from codegen.documents.context import Context
from codegen.documents.ledger import Ledger
from codegen.documents.places import Place
from codegen.documents.sources import Source, front_matter
from codegen.documents.survey import Survey

RULES = (*service.RULES, *outcomes.RULES, *parameters.RULES)
"""The first rule that understands a block has read it. A rule returns whether it did."""


def read(source: Source, survey: Survey, ledger: Ledger) -> None:
    """Every claim of one Markdown document, and an account of its lines."""
    rows = places.locate(survey.texts[source], survey.identifiers)
    context = Context(source, survey, ledger, rows)
    _structure(source, rows, ledger)
    for place in rows:
        context.move(place)
        if place.block.kind == "fence":
            snippets.read(place, context)
        elif place.block.kind == "heading":
            service.heading(place, context)
        elif not any(rule(place, context) for rule in RULES):
            _rest(place, ledger)
    parameters.finish(context)


def _rest(place: Place, ledger: Ledger) -> None:
    for line in place.block.lines:
        ledger.judge(line, place.text if place.block.kind == "row" else places.bare(place.text))


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


def generated_on(line: str) -> str | None:
    """- Generated at: 2026-03-10 17:26:49 → the day."""
    match = re.match(r"^[-*\s]*generated at:\s*(\d{4}-\d{2}-\d{2})\b", line, re.IGNORECASE)
    return match[1] if match else None
