"""The claims of one vendor document, and the file that holds them.

A claim is known by its document and what it says: `Claim.key` names it, and the file lists the claims in the order of
their keys. Where a claim stands is kept apart, in the `index` at the end of the file, which is one line with these
keys:

    index:
      counts: {read: 26, structure: 12, prose: 3, code: 3, unread: 0}   lines of the document by account
      set_aside: {advice: 2, prose: 1}                                  its lines of prose by reason
      claims: '14 15 23+41'      the line of each claim, in the order of `claims`; two lines that say the same: 23+41
      unread: '81'               the line of each entry of `unread`
      hashes: 'k3f9aq . mm2x1b'  one hash a line of the document (`line_hash`), "." for an empty one

So a line that moves changes the index and the checksum of its document, and nothing else. A file written by hand has
no index and says `line` in each row. The hashes let a text written by hand cite a line (document and hash) and go
stale when that line changes: `Document.line_of`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, cast

from codegen import yamlio
from codegen.faults import Fault, InputFault

Kind = Literal["api-description", "skill", "reference", "script", "guide", "metadata", "other"]
"""What sort of document it is, from its place and form. The order of authority is decided later, from this."""

Subject = Literal[
    "server",  # name: base URL                          facts: alias (true for a second host)
    "operation",  # name: ""                              facts: name, url, method, path, group, body_wrapper…
    "parameter",  # name: wire name                       facts: see FACTS
    "list",  # name: "parameters"                         facts: names (the closed list of parameters a document gives)
    "response",  # name: dotted path, "data.task_id"      facts: type, contains ("json": JSON inside a string), meaning,
    # and of a code: success, with_data (error | report: what a reply is that has another code and data)
    "result",  # name: key of the decoded result          facts: type
    "status",  # name: the word or number, as text        facts: state (queued … timed_out) or unknown_state; meaning
    "error",  # name: the code, as text                   facts: error or unknown_error, message, meaning, retry…
    "label",  # name: parameter.value                     facts: label
    "header",  # name: header name                        facts: value (form, no secret), default
    "credential",  # name: argument                       facts: variable, obtain
    "host",  # name: host suffix of downloads             facts: trusted
    "callback",  # name: key of the payload               facts: type
    "example",  # name: method or operation name          facts: arguments (wire name → value; prose is "<text>")
    "retry",  # name: ""                                  facts: times
    "limit",  # name: kind of file (image)                facts: those of FACTS that files have, of every such parameter
    "output",  # name: format, sample_rate …              facts: value
]

By = Literal["statement", "signature", "check", "example"]
"""How it is said: in words or a table, as a default in a signature, as a range a script enforces, or by using it."""

FACTS = (
    "type unknown_type required default enum minimum maximum exclusive_minimum exclusive_maximum multiple_of "
    "min_length max_length max_tokens min_items max_items unit format items meaning in required_when allowed_when "
    "formats max_bytes min_bytes exclusive_bytes min_width min_height max_width max_height exclusive_pixels "
    "min_aspect max_aspect exclusive_aspect min_frame_rate max_frame_rate min_seconds max_seconds exact_resolution "
    "same_size_as open_enum media recommended_resolution"
).split()
"""The facts a parameter can have. Wire types: string, integer, number, boolean, array, object.

`unknown_type` is a type word that no reader knows: the parameter has no `type` then, and `reconcile` stops until the
word is known or a decision names the type."""

UNKNOWN_STATE = "unknown_state"
"""The fact that documents list a word as a state of a task, and that no reader knows which state it is."""
UNKNOWN_ERROR = "unknown_error"
"""The fact that documents list an error code, and that no reader knows which kind of error it is."""


def _fact_order(fact: str) -> tuple[int, str]:
    return (_RANK.get(fact, len(_RANK)), fact)


_RANK = {fact: index for index, fact in enumerate(FACTS)}


@dataclass(frozen=True)
class Claim:
    """One statement of one line about one subject."""

    line: int
    """1-based line of the document, front matter included. Not part of what the claim is known by."""
    subject: Subject
    name: str
    facts: Mapping[str, Any]
    operation: str | None = None
    """The vendor's own identifier of the operation (i2v-kling-v3-0); None: it holds for the whole service."""
    by: By = "statement"

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What the claim says, without where: two claims of a document with the same key are one."""
        facts = json.dumps(dict(self.facts), sort_keys=True, ensure_ascii=False, default=str)
        return (self.operation or "", self.subject, self.name, self.by, facts)


@dataclass(frozen=True)
class Unread:
    """A line that looks as if it states a fact and that no reader understood."""

    line: int
    signal: str
    """What made it look so: a number, a code span, a word such as "required". Never the vendor's text."""
    hash: str = ""
    """`line_hash` of the line, by which an import tells new unread lines from known ones."""
    about: str = ""
    """The subject it speaks of, where that much is understood: "i2v-kling-v3-0 parameter seed"."""


@dataclass(frozen=True)
class VendorDocument:
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
    """In the order of the document. What two lines say alike is two claims with one key."""
    unread: tuple[Unread, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """How many lines were: read, structure, prose, code, unread. They add up to the length of the document."""
    set_aside: Mapping[str, int] = field(default_factory=dict)
    """How many lines of prose were set aside, by reason; "advice" stands in a section on how to write or judge."""
    hashes: tuple[str, ...] = ()
    """`line_hash` of every line, "" for an empty one. Empty for a file of claims written by hand."""
    prose: tuple[int, ...] = field(default=(), compare=False)
    """The lines of prose, as they were read; the claims file has only how many they are."""

    def line_of(self, cited: str) -> int | None:
        """Return the first line whose text has this hash; None: no line of the document says it any more."""
        return self._first_lines.get(cited)

    @cached_property
    def _first_lines(self) -> dict[str, int]:
        lines: dict[str, int] = {}
        for number, hashed in enumerate(self.hashes, 1):
            if hashed:
                lines.setdefault(hashed, number)
        return lines


def line_hash(text: str) -> str:
    """Return six characters by which a line is known whatever the spaces in it; "" for an empty line."""
    words = " ".join(text.split())
    if not words:
        return ""
    return base64.b32encode(hashlib.sha256(words.encode()).digest())[:6].decode().lower()


MAX_LINE = 4000
"""Characters of a line, or of a description, that a reader looks at. A longer one is unread: the patterns of the
readers take time that grows with the square of its length."""
TOO_LONG = f"longer than {MAX_LINE} characters"
"""The signal of such a line."""
HEADER = "Machine-written by `python -m codegen import`: change the reader or the document, not this file."


def to_yaml(document: VendorDocument) -> str:
    """Write the claims file of one document: same document, same bytes."""
    value: dict[str, Any] = {"document": document.document, "kind": document.kind, "skill": document.skill}
    for key in ("version", "published"):
        if getattr(document, key) is not None:
            value[key] = getattr(document, key)
    value["sha256"] = document.sha256
    value["capability"] = list(document.capability)
    by_key: dict[tuple[str, ...], list[Claim]] = {}
    for claim in sorted(document.claims, key=lambda row: (row.key, row.line)):
        by_key.setdefault(claim.key, []).append(claim)
    value["claims"] = [_row(claims[0]) for claims in by_key.values()]
    value["unread"] = [
        {"signal": row.signal, "hash": row.hash, **({"about": row.about} if row.about else {})}
        for row in document.unread
    ]
    value["index"] = {
        "counts": dict(document.lines),
        "set_aside": dict(document.set_aside),
        "claims": " ".join("+".join(str(claim.line) for claim in claims) for claims in by_key.values()),
        "unread": " ".join(str(row.line) for row in document.unread),
        "hashes": " ".join(hashed or "." for hashed in document.hashes),
    }
    return yamlio.dumps(value, header=HEADER, one_line=("claims", "unread", "index"))


def _row(claim: Claim) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if claim.operation is not None:
        row["operation"] = claim.operation
    if claim.subject != "operation":
        row[claim.subject] = claim.name
    if claim.by != "statement":
        row["by"] = claim.by
    row["facts"] = {fact: claim.facts[fact] for fact in sorted(claim.facts, key=_fact_order)}
    return row


SUBJECTS = frozenset(Subject.__args__)  # type: ignore[attr-defined]


def from_yaml(text: str, name: str) -> VendorDocument:
    """Read a claims file back. `name` is what faults call it. Raises InputFault."""
    value = yamlio.loads(text, name)
    try:
        return _document(value)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputFault(_malformed(value, text, name) or _unreadable(name, error)) from None


def _unreadable(name: str, error: Exception) -> Fault:
    problem = f"is not a claims document ({type(error).__name__}: {error})"
    return Fault(name, "", problem, "import the documents again; if it is written by hand, see specs/README.md")


_REQUIRED = ("document", "kind", "skill", "sha256", "capability", "claims", "unread")


def _malformed(value: Any, text: str, name: str) -> list[Fault]:
    """Return what is wrong with a claims file, each fault at its line."""
    remedy = "import the documents again; if the file is written by hand, see specs/README.md"
    if not isinstance(value, dict):
        return [Fault(name, "", "is not a claims document: it is not a mapping", remedy)]
    missing = ", ".join(repr(key) for key in _REQUIRED if key not in value)
    faults = [Fault(name, "", f"is not a claims document: it has no key {missing}", remedy)] if missing else []
    rows = value.get("claims")
    if not isinstance(rows, list):
        return [*faults, *([Fault(name, "/claims", "is not a list", remedy)] if "claims" in value else [])]
    for row, line in zip(rows, yamlio.HandWritten(name, text).lines("claims"), strict=True):
        if problem := row_problem(row, has_line="index" not in value):
            faults.append(Fault(name, f"line {line}", problem, "correct the claim"))
    return faults


_ROW_KEYS = frozenset({"operation", "by", "facts"})


def row_problem(row: Any, *, has_line: bool) -> str:
    """Return what is wrong with a row that states a claim; "" where nothing is. `has_line`: it names its line."""
    if not isinstance(row, dict):
        return "is not a mapping"
    keys = _ROW_KEYS | ({"line"} if has_line else frozenset())
    if unknown := sorted(map(str, set(row) - keys - SUBJECTS)):
        return f"has the unknown key {', '.join(map(repr, unknown))}"
    if missing := [key for key in ("facts", "line") if key in keys and key not in row]:
        return f"has no key {' and no key '.join(map(repr, missing))}"
    if len(subjects := SUBJECTS.intersection(row) - {"operation"}) > 1:
        return f"speaks of several subjects: {', '.join(sorted(subjects))}"
    return "" if isinstance(row["facts"], dict) else "has facts that are not a mapping"


def _document(value: Any) -> VendorDocument:
    index: dict[str, Any] = value.get("index") or {}
    return VendorDocument(
        document=value["document"],
        kind=value["kind"],
        skill=value["skill"],
        sha256=value["sha256"],
        version=value.get("version"),
        published=value.get("published"),
        capability=tuple(value["capability"]),
        claims=tuple(sorted(_claims(value["claims"], index), key=_position)),
        unread=tuple(
            Unread(line, row["signal"], row.get("hash", ""), row.get("about", ""))
            for row, lines in _with_lines("unread", value["unread"], index)
            for line in lines
        ),
        set_aside=index.get("set_aside", {}),
        lines=index.get("counts") or value.get("lines") or {},
        hashes=tuple("" if hashed == "." else hashed for hashed in index.get("hashes", "").split()),
    )


def _claims(rows: Sequence[Mapping[str, Any]], index: Mapping[str, Any]) -> Iterator[Claim]:
    for row, lines in _with_lines("claims", rows, index):
        yield from (from_row(row, line) for line in lines)


def from_row(row: Mapping[str, Any], line: int) -> Claim:
    """Return the claim that a row of a file states of a line."""
    (subject,) = SUBJECTS.intersection(row) - {"operation"} or {"operation"}
    return Claim(
        line=line,
        subject=cast(Subject, subject),
        name=str(row[subject]) if subject != "operation" else "",
        facts=dict(row["facts"]),
        operation=row.get("operation"),
        by=row.get("by", "statement"),
    )


def _with_lines(
    key: str, rows: Sequence[Mapping[str, Any]], index: Mapping[str, Any]
) -> Iterator[tuple[Mapping[str, Any], Iterable[int]]]:
    """Give each row its lines: from the index, or from the row itself where the file has none."""
    if not index:
        yield from ((row, (row["line"],)) for row in rows)
        return
    lines_of_rows = str(index[key]).split()
    if len(lines_of_rows) != len(rows):
        raise ValueError(f"index names {len(lines_of_rows)} lines for {len(rows)} {key}")
    for row, lines in zip(rows, lines_of_rows, strict=True):
        yield row, tuple(int(line) for line in lines.split("+"))


def _position(claim: Claim) -> tuple[int, str, str, str, str, str]:
    """Return the order of claims in memory: by line, then as the readers sort them."""
    return (claim.line, claim.operation or "", claim.subject, claim.name, claim.by, repr(claim.facts))
