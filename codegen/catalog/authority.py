"""Who may say what: the order of authority among documents, worked out for each single claim."""

from __future__ import annotations

from enum import IntEnum

from codegen.documents.claims import Claim, VendorDocument


class Rank(IntEnum):
    """How much a statement weighs. Lower wins."""

    DESCRIPTION = 1
    """The machine-readable API description."""
    OWN = 2
    """The capability's own skill: SKILL.md, its reference, its script."""
    OVERVIEW = 3
    """An overview inside the skill of another capability."""
    EXAMPLE = 4
    """An example or a guide in the capability's own skill."""
    FOREIGN_EXAMPLE = 5
    """An example or a guide in the skill of another capability."""

    @property
    def label(self) -> str:
        """How the report names it."""
        return _LABELS[self]


_LABELS = {
    Rank.DESCRIPTION: "API description",
    Rank.OWN: "own skill",
    Rank.OVERVIEW: "overview",
    Rank.EXAMPLE: "example or guide",
    Rank.FOREIGN_EXAMPLE: "example or guide in another skill",
}


def rank(document: VendorDocument, claim: Claim) -> Rank:
    """Return the rank of one claim: a document has authority on its own capability, and is an overview of others."""
    own = claim.operation is None or claim.operation in document.capability
    if claim.by == "example" or claim.subject == "example" or document.kind == "guide":
        return Rank.EXAMPLE if own else Rank.FOREIGN_EXAMPLE
    if document.kind == "api-description":
        return Rank.DESCRIPTION
    return Rank.OWN if own else Rank.OVERVIEW
