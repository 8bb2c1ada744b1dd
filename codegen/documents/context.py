"""What the Markdown rules share while they go through one document."""

from __future__ import annotations

import re
from collections import ChainMap, defaultdict
from functools import cached_property
from typing import Any

from codegen.documents import places
from codegen.documents.ledger import Ledger
from codegen.documents.places import Place
from codegen.documents.sources import Source
from codegen.documents.survey import Survey


class Context:
    """The document, what is known about it, and how far the reader has come."""

    def __init__(self, source: Source, survey: Survey, ledger: Ledger, rows: tuple[Place, ...]) -> None:
        self.source = source
        self.survey = survey
        self.ledger = ledger
        self.rows = rows
        self.title = ""
        self.capability = survey.capability.get(source.skill, ())
        named = (place.operation for place in rows if place.operation)
        self.sections: tuple[str, ...] = tuple(dict.fromkeys(named))
        """The operations this document has a section on, in its order."""
        self.parameters: dict[str | None, dict[str, dict[str, Any]]] = defaultdict(dict)
        """Operation → parameter → facts, as read so far."""
        self.first_lines: dict[str | None, int] = {}
        self.paths: dict[tuple[str | None, str], str] = {}
        """(operation, key of a reply) → its dotted path, from the example replies read so far."""
        self.open_values: dict[tuple[str | None, str], list[tuple[int, list[str]]]] = {}
        """(operation, parameter) → lines that name some of its values."""
        self.meanings: dict[tuple[str | None, str], tuple[int, dict[str, str]]] = {}
        """(operation, parameter) → the first line that says what a colour in it means, and all meanings."""
        self.parameter: str | None = None
        """The parameter the last bullet was about: limits that follow are its own."""
        self.targets: tuple[str | None, ...] = ()
        """The operations a label has just named: "**Flowchart** returns:"."""
        self.group = ""
        """The group of operations the last item named."""

    def move(self, place: Place) -> None:
        """Go on to the next block."""
        if place.title != self.title:
            self.parameter = None
            self.title = place.title
        if place.block.kind == "heading":
            self.targets, self.group = (), ""

    @cached_property
    def section_titles(self) -> dict[str, str]:
        """Operation → the heading of its section, without number and identifier."""
        found: dict[str, str] = {}
        for place in self.rows:
            if place.block.kind == "heading" and place.operation:
                found.setdefault(place.operation, re.sub(r"^\d+\.\s*", "", places.bare(place.text)).split(" (")[0])
        return found

    @cached_property
    def helper_arguments(self) -> frozenset[str]:
        """Arguments of a helper's call that the document shows in a code span."""
        calls = (match[1] for place in self.rows for match in re.finditer(r"`[\w.]+\(([\w, ]+)\)`", place.text))
        return frozenset(name.strip() for inside in calls for name in inside.split(","))

    def named_above(self, place: Place) -> str | None:
        """The parameter that the nearest line above a table or list names: "for the `tone` parameter"."""
        above = (row for row in reversed(self.rows) if row.line < place.line)
        return next((match[1] for row in above if (match := re.search(r"`(\w+)`\s+param", row.text))), None)

    @property
    def parameter_names(self) -> list[str]:
        """Every parameter read so far."""
        return sorted({name for found in self.parameters.values() for name in found})

    @property
    def names(self) -> ChainMap[str, None]:
        """Every name that is known without this line: a code span that repeats one states nothing new."""
        return ChainMap(dict.fromkeys(self.ledger.names), self._outside)

    @cached_property
    def _outside(self) -> dict[str, None]:
        return dict.fromkeys((*self.survey.known_names, *self.helper_arguments))

    @property
    def is_overview(self) -> bool:
        """It speaks about several operations, so that what stands outside their sections is about all of these."""
        return len(self.sections) > 1

    def operation(self, place: Place) -> str | None:
        """The one operation a block is about, or None for all of the skill's service."""
        if place.operation:
            return place.operation
        if len(self.capability) == 1 and not self.is_overview:
            return self.capability[0]
        return None

    def operations(self, place: Place) -> tuple[str | None, ...]:
        """Every operation a statement holds for; (None,) for all of the skill's service."""
        one = self.operation(place)
        if one is None and self.is_overview and set(self.sections) != set(self.capability):
            return self.sections
        return (one,)

    def with_parameter(self, place: Place, name: str) -> tuple[str | None, ...]:
        """The operations, among those a statement can hold for, that have a parameter."""
        if place.operation and name in self.parameters.get(place.operation, {}):
            return (place.operation,)
        having = tuple(operation for operation, found in self.parameters.items() if name in found)
        return having or (self.operation(place),)

    def media(self, place: Place, kind: str | None) -> list[tuple[str | None, str]]:
        """Parameters that take the address of a file of some kind."""
        return [
            (operation, name)
            for operation, rows in self.parameters.items()
            if place.operation is None or operation == place.operation
            for name, facts in rows.items()
            if facts.get("media") and kind in (None, facts["media"])
        ]

    def section_like(self, words: str) -> str | None:
        """The section a short name means: its words, its initials (TTS), or a part of its identifier."""
        for operation, title in self.section_titles.items():
            initials = "".join(part[0] for part in re.split(r"[\s-]+", title) if part)
            if (
                words.lower() in title.lower()
                or words.upper() == initials.upper()
                or words.lower() in operation.lower()
            ):
                return operation
        return None
