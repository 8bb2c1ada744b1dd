"""Account for facts: what each document states, and how much of it is used.

A fact is one fact of a claim, or one line that was set aside or is unread. The numbers add up: stated is claimed, kept
as advice, set aside and unread together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from codegen.documents.claims import Unread, VendorDocument

PLAIN = "prose"
"""Lines of prose that carry no sign of a fact: they are not part of what is stated."""


@dataclass(frozen=True)
class Account:
    """The facts of one document by their use."""

    document: str
    claimed: int
    """Facts of claims; a claim without facts says that its subject exists, which is one."""
    advice: int
    """Lines that are kept as advice, traits or notes: an overlay cites them, and they stand."""
    set_aside: Mapping[str, int]
    """Reason → lines."""
    unread: tuple[Unread, ...]
    stale: tuple[str, ...] = ()
    """Hashes of cited lines that the document does not have any more."""

    @property
    def stated(self) -> int:
        """All facts that the document states."""
        return self.claimed + self.advice + sum(self.set_aside.values()) + len(self.unread)


BY_DECISION = "by decision"
"""Why a line is set aside of which specs/decisions says that it states no fact."""
Lines = Mapping[str, Collection[str]]
"""Document → hashes of lines."""


def account(
    documents: Iterable[VendorDocument], cited: Lines | None = None, decided: Lines | None = None
) -> tuple[Account, ...]:
    """Return the account of each document. `cited`: the lines that overlays cite; `decided`: those that decisions set
    aside."""
    return tuple(
        _account(document, (cited or {}).get(document.document, ()), (decided or {}).get(document.document, ()))
        for document in documents
    )


def open_lines(document: VendorDocument, *settled: Lines) -> tuple[Unread, ...]:
    """Return the unread lines that neither an overlay cites nor a decision sets aside."""
    settled_lines = {line for lines in settled for line in lines.get(document.document, ())}
    return tuple(row for row in document.unread if row.hash not in settled_lines)


def _account(document: VendorDocument, cited: Collection[str], decided: Collection[str]) -> Account:
    distinct = {claim.key: claim for claim in document.claims}
    stale = tuple(sorted(one for one in set(cited) if document.line_of(one) is None))
    advice = len(set(cited)) - len(stale)
    open_rows = tuple(row for row in document.unread if row.hash not in {*cited, *decided})
    aside = len([row for row in document.unread if row.hash in decided and row.hash not in cited])
    of_prose = advice - len({row.hash for row in document.unread if row.hash in cited})
    set_aside = _without_kept({key: count for key, count in document.set_aside.items() if key != PLAIN}, of_prose)
    return Account(
        document=document.document,
        claimed=sum(max(1, len(claim.facts)) for claim in distinct.values()),
        advice=advice,
        set_aside={**set_aside, **({BY_DECISION: aside} if aside else {})},
        unread=open_rows,
        stale=stale,
    )


def _without_kept(set_aside: Mapping[str, int], left_over: int) -> dict[str, int]:
    """Return the counts without the lines that overlays keep: advice first, then descriptions."""
    counts = dict(set_aside)
    for reason in ("advice", "description of a model", *sorted(counts)):
        share = min(left_over, counts.get(reason, 0))
        left_over -= share
        if share:
            counts[reason] -= share
    return {reason: count for reason, count in counts.items() if count}


def total(accounts: Iterable[Account]) -> Account:
    """Return the sum over documents, under the name "all"."""
    rows = tuple(accounts)
    reasons = sorted({reason for row in rows for reason in row.set_aside})
    return Account(
        document="all",
        claimed=sum(row.claimed for row in rows),
        advice=sum(row.advice for row in rows),
        set_aside={reason: sum(row.set_aside.get(reason, 0) for row in rows) for reason in reasons},
        unread=tuple(line for row in rows for line in row.unread),
        stale=tuple(one for row in rows for one in row.stale),
    )
