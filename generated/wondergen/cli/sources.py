# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Where facts come from, in few words: each document by the shortest end of its path that no other one has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .._catalog.facts import OperationFacts


class Sources:
    """The documents that speak of one operation."""

    def __init__(self, facts: OperationFacts) -> None:
        self.documents = sorted(set(_all(facts)))
        self._short = {document: _shortest(document, self.documents) for document in self.documents}

    def text(self, sources: Iterable[str]) -> str:
        """Return the documents, in short: `reference.md SKILL.md`."""
        return " ".join(dict.fromkeys(self._short.get(source, source) for source in sources))


def _all(facts: OperationFacts) -> Iterator[str]:
    for statement in facts.statements:
        yield from statement.sources
    for parameter in facts.parameters:
        for statement in parameter.statements:
            yield from statement.sources
    for error in facts.errors:
        yield from error.sources
    yield from facts.traits_sources
    for advice in facts.prompting.every if facts.prompting else ():
        yield from advice.sources
    for row in facts.disagreements:
        for reading in row.get("readings", ()):
            yield from reading.get("sources", ())


def _shortest(document: str, others: Iterable[str]) -> str:
    parts = document.split("/")
    for count in range(1, len(parts)):
        end = "/".join(parts[-count:])
        if sum(one == end or one.endswith(f"/{end}") for one in others) == 1:
            return end
    return document
