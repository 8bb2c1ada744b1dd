"""What the Markdown rules share while they go through one document."""

from __future__ import annotations

import re
from collections import defaultdict
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
        self.place = rows[0] if rows else None
        self.capability = survey.capability.get(source.skill, ())
        named = (place.operation for place in rows if place.operation)
        self.sections: tuple[str, ...] = tuple(dict.fromkeys(named))
        """The operations this document has a section on, in its order."""
        self.titles: dict[str, str] = {}
        """Operation → the heading of its section."""
        for place in rows:
            if place.block.kind == "heading" and place.operation:
                self.titles.setdefault(place.operation, place.text)
        self.parameters: dict[str | None, dict[str, dict[str, Any]]] = defaultdict(dict)
        """Operation → parameter → facts, as read so far."""
        self.first_lines: dict[str | None, int] = {}
        self.paths: dict[tuple[str | None, str], str] = {}
        """(operation, key of a reply) → its dotted path, from the example replies read so far."""
        self.parameter: str | None = None
        """The parameter the last bullet was about: limits that follow are its own."""
        self.targets: tuple[str | None, ...] = ()
        """The operations a label has just named: "**Flowchart** returns:"."""

    def move(self, place: Place) -> None:
        """Go on to the next block."""
        if self.place is not None and place.title != self.place.title:
            self.parameter = None
        if place.block.kind == "heading":
            self.targets = ()
        self.place = place

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
        if place.operation and name in self.parameters[place.operation]:
            return (place.operation,)
        having = tuple(operation for operation, found in self.parameters.items() if name in found)
        return having or (self.operation(place),)

    def media(self, place: Place, kind: str | None) -> list[tuple[str | None, str]]:
        """Parameters that take the address of an image or a video."""
        found = []
        for operation, rows in self.parameters.items():
            if place.operation is None or operation == place.operation:
                found += [(operation, name) for name, facts in rows.items() if facts.get("media") and kind in (None, facts["media"])]
        return found

    def section_like(self, words: str) -> str | None:
        """The section a short name means: its words ("continuation"), or its initials (TTS)."""
        for operation, title in self.titles.items():
            name = re.sub(r"^\d+\.\s*", "", places.bare(title)).split(" (")[0]
            initials = "".join(part[0] for part in re.split(r"[\s-]+", name) if part)
            if words.lower() in name.lower() or words.upper() == initials.upper():
                return operation
        return None
