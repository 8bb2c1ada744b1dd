"""Every claim is used by a rule, or listed as not used with the reason: none vanishes without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from codegen.documents.claims import FACTS, VendorDocument

Kind = tuple[str, str]
"""Subject and fact."""

_USED: Mapping[str, str] = {
    "callback": "type",
    "credential": "in",
    "error": "about channel error message retry unknown_error",
    "example": "arguments",
    "header": "default required scheme value",
    "host": "trusted",
    "label": "label",
    "limit": "exclusive_bytes exact_resolution formats max_bytes max_seconds min_bytes min_seconds",
    "list": "names",
    "operation": "body_wrapper content_type cost for_now id method name output_seconds path state typical_seconds url",
    "output": "value",
    "parameter": " ".join([*FACTS, "unknown_type"]),
    "response": "contains format success type with_data",
    "result": "type",
    "retry": "times",
    "server": "alias",
    "status": "state unknown_state",
}
"""What the rules read. Naming a subject is a statement by itself, wherever a subject has no fact."""

MEANING = "the client does what the state or the class of error says, in whatever words"

NOT_USED: Mapping[Kind, str] = {
    ("credential", "required"): "the security schemes, which the overlay writes, say what a call needs",
    ("credential", "variable"): "the overlay names the variables, each with the name of its service",
    ("credential", "obtain"): "the overlay says where keys come from; the documents are compared, and differ by region",
    ("error", "retry_seconds"): "the client waits as Retry-After asks, or as its backoff says",
    ("label", "pixels"): "the overlay says in x-choices what a value means; the sizes are told there",
    ("operation", "poll_seconds"): "the client polls with a backoff of its own",
    ("operation", "poll_for_seconds"): "how long to wait is the caller's: wait(timeout=)",
    ("operation", "group"): "operations are grouped by x-python in the overlay",
    ("response", "values"): "replies are open: a value that a document shows limits nothing",
    ("response", "meaning"): "the overlay describes replies in our own words",
    ("status", "meaning"): MEANING,
    ("error", "meaning"): MEANING,
    ("status", "terminal"): "the state of a status says whether it is the last one",
}
"""What no rule reads, and why."""

UNREAD = "no rule reads it"


def facts_of(subject: str) -> list[str]:
    """Return every fact that a subject can have, whether a rule reads it or not."""
    return list(dict.fromkeys((*_USED.get(subject, "").split(), *(fact for one, fact in NOT_USED if one == subject))))


def is_used(kind: Kind) -> bool:
    """Return whether a rule reads this fact of this subject."""
    return kind[1] in _USED.get(kind[0], "").split()


def account(documents: Iterable[VendorDocument]) -> Iterator[tuple[Kind, int, str]]:
    """Yield each fact that documents state: how many claims state it, and why none is used ("" where it is)."""
    counts: Counter[Kind] = Counter()
    for document in documents:
        for claim in document.claims:
            counts.update((claim.subject, fact) for fact in claim.facts)
    for kind in sorted(counts):
        yield kind, counts[kind], "" if is_used(kind) else NOT_USED.get(kind, UNREAD)


def unread(documents: Iterable[VendorDocument]) -> list[Kind]:
    """Return the facts that neither a rule reads nor a reason excuses."""
    return [kind for kind, _, reason in account(documents) if reason == UNREAD]


def lines(documents: Iterable[VendorDocument]) -> Iterator[str]:
    """Yield the account as Markdown: what is used on one line a subject, what is not in a table."""
    rows = list(account(documents))
    uses: dict[str, list[str]] = {}
    for (subject, fact), _, reason in rows:
        if not reason:
            uses.setdefault(subject, []).append(fact)
    yield "Facts that rules read:"
    yield ""
    yield from (f"- {subject}: {', '.join(facts)}" for subject, facts in uses.items())
    yield ""
    yield "Facts that nothing uses:"
    yield ""
    yield "| fact | why |"
    yield "| --- | --- |"
    yield from (f"| {subject} {fact} | {reason} |" for (subject, fact), _, reason in rows if reason)
