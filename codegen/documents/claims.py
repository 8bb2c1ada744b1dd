"""What one vendor document states, fact by fact, and where it states it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from codegen import yamlio

Kind = Literal["api-description", "skill", "reference", "script", "guide", "metadata", "other"]
"""What sort of document it is, from its place and form. The order of authority is decided later, from this."""

Subject = Literal[
    "server",  # name: base URL                          facts: alias (true for a second host)
    "operation",  # name: ""                              facts: name, url, method, path, group, body_wrapper…
    "parameter",  # name: wire name                       facts: see FACTS
    "list",  # name: "parameters"                         facts: names (the closed list of parameters a document gives)
    "response",  # name: dotted path, "data.task_id"      facts: type, contains ("json": JSON inside a string), meaning
    "result",  # name: key of the decoded result          facts: type
    "status",  # name: the word or number, as text        facts: state (queued … timed_out)
    "error",  # name: the code, as text                   facts: error, message, retry, channel (http | in-band)
    "label",  # name: parameter.value                     facts: label
    "header",  # name: header name                        facts: value (form, no secret), default
    "credential",  # name: argument                       facts: variable, obtain
    "host",  # name: host suffix of downloads             facts: trusted
    "callback",  # name: key of the payload               facts: type
    "example",  # name: method or operation name          facts: arguments (wire name → value; prose is "<text>")
    "retry",  # name: ""                                  facts: times
    "output",  # name: format, sample_rate …              facts: value
]

By = Literal["statement", "signature", "check", "example"]
"""How it is said: in words or a table, as a default in a signature, as a range a script enforces, or by using it."""

FACTS = (
    "type required default enum minimum maximum exclusive_minimum exclusive_maximum min_length max_length max_tokens "
    "max_items unit format items meaning in required_when allowed_when formats max_bytes min_bytes exclusive_bytes "
    "min_width min_height max_width max_height exclusive_pixels min_aspect max_aspect exclusive_aspect "
    "min_frame_rate max_frame_rate min_seconds max_seconds exact_resolution same_size_as open_enum media "
    "recommended_resolution"
).split()
"""The facts a parameter can have. Wire types: string, integer, number, boolean, array."""


@dataclass(frozen=True)
class Claim:
    """One statement of one line about one subject."""

    line: int
    """1-based line of the document, front matter included."""
    subject: Subject
    name: str
    facts: Mapping[str, Any]
    operation: str | None = None
    """The vendor's own identifier of the operation (i2v-kling-v3-0); None: it holds for the whole service."""
    by: By = "statement"


@dataclass(frozen=True)
class Unread:
    """A line that looks as if it states a fact and that no reader understood."""

    line: int
    signal: str
    """What made it look so: a number, a code span, a word such as "required". Never the vendor's text."""


@dataclass(frozen=True)
class Document:
    """One vendor document and everything that was read from it."""

    document: str
    """skill/path/within.md"""
    kind: Kind
    skill: str
    sha256: str
    version: str | None = None
    published: str | None = None
    """ISO date, or None where the skill does not say."""
    capability: tuple[str, ...] = ()
    """The operations that are this skill's own. On these its documents speak with authority."""
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """How many lines were: read, structure, prose, code, unread. They add up to the length of the document."""


HEADER = "Machine-written by `python -m codegen import`: change the reader or the document, not this file."


def to_yaml(document: Document) -> str:
    """The claims file of one document: same document, same bytes."""
    value: dict[str, Any] = {"document": document.document, "kind": document.kind, "skill": document.skill}
    for key in ("version", "published"):
        if getattr(document, key) is not None:
            value[key] = getattr(document, key)
    value["sha256"] = document.sha256
    value["capability"] = list(document.capability)
    value["lines"] = dict(document.lines)
    value["claims"] = [_row(claim) for claim in document.claims]
    value["unread"] = [{"line": row.line, "signal": row.signal} for row in document.unread]
    return yamlio.dumps(value, header=HEADER, one_line=("claims", "unread"))


def _row(claim: Claim) -> dict[str, Any]:
    row: dict[str, Any] = {"line": claim.line}
    if claim.operation is not None:
        row["operation"] = claim.operation
    if claim.subject != "operation":
        row[claim.subject] = claim.name
    if claim.by != "statement":
        row["by"] = claim.by
    row["facts"] = dict(claim.facts)
    return row


_SUBJECTS = frozenset(Subject.__args__)  # type: ignore[attr-defined]


def from_yaml(text: str, name: str) -> Document:
    """Read a claims file back. `name` is what faults call it."""
    value = yamlio.loads(text, name)
    return Document(
        document=value["document"],
        kind=value["kind"],
        skill=value["skill"],
        sha256=value["sha256"],
        version=value.get("version"),
        published=value.get("published"),
        capability=tuple(value["capability"]),
        claims=tuple(_claims(value["claims"])),
        unread=tuple(Unread(row["line"], row["signal"]) for row in value["unread"]),
        lines=value["lines"],
    )


def _claims(rows: Iterable[Mapping[str, Any]]) -> Iterable[Claim]:
    for row in rows:
        (subject,) = _SUBJECTS.intersection(row) - {"operation"} or {"operation"}
        yield Claim(
            line=row["line"],
            subject=cast(Subject, subject),
            name=str(row[subject]) if subject != "operation" else "",
            facts=row["facts"],
            operation=row.get("operation"),
            by=row.get("by", "statement"),
        )
