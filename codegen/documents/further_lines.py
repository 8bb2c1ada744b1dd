"""Lines nested in the line of a field, which say more about it."""

from __future__ import annotations

import re
from dataclasses import replace

from codegen.documents import fields, sections
from codegen.documents.context import Context
from codegen.documents.sections import Place
from codegen.documents.vocabulary import plain_characters


def further(place: Place, context: Context) -> bool:
    """Read - JPEG or PNG; - each no larger than 6 MB; - Default: `draft`: what is nested in a field says more of it"""
    if place.block.kind != "item" or not place.parents or place.text.startswith("`"):
        return False
    text = plain_characters(sections.bare(place.text))
    above = [row for row in context.pending.at(place.parents[-1].line) if not row.continues]
    if not above or above[0].is_object or (fields.parse(text) and not _LED.match(text)):
        return False
    for row in above:
        field = fields.further(fields.describe(text, type_word=row.type_word, known=context.names))
        if not field.facts or (field.problems and not _LED.match(text)):
            return False
    for row in above:
        context.pending.add(replace(row, place=place, description=text, stated={}, default=None, continues=True))
    return True


_LED = re.compile(
    r"(?:defaults?|formats?|range|values?|max(?:imum)?|min(?:imum)?|size|length|allowed|supported|默认|格式|范围|大小)\b[^:]{0,20}:",
    re.IGNORECASE,
)
