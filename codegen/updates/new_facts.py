"""New since last time, by document: facts that were added, changed or are gone, and lines that are not understood."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from codegen.catalog.usage import NOT_USED
from codegen.documents.accounts import Lines, open_lines
from codegen.documents.claims import Claim, VendorDocument

How = Literal["added", "changed", "gone"]
Texts = Mapping[str, Sequence[str]]
"""Document → its lines."""

REMEDY = (
    "if it states a fact, teach codegen/documents to read it, or state it under `claims` in specs/decisions; if it is "
    "advice, keep it in specs/overlays and cite the line; if it is neither, set it aside in specs/decisions"
)
READ_THEM = "what states one all the same belongs under `claims` in specs/decisions, with its line"
READ_AGAIN = f"their facts are those of last time; {READ_THEM}"


_SAME_DOCUMENT = 0.8
"""A document that is new and has this share of its lines in common with one that is gone is that one, renamed."""

_LONGEST = 300
"""Characters of a line that is shown whole."""


@dataclass(frozen=True)
class FactNews:
    """One fact of one document that is not as it was last time."""

    how: How
    subject: str
    """What it is about: tm_text2music parameter duration."""
    fact: str
    before: Any
    after: Any
    line: int
    effect: str = ""
    """What another meaning is for the client."""
    unused: str = ""
    """Why nothing uses the fact."""
    operation: str = ""
    """The operation at the beginning of the subject, if it is of one."""

    def to_data(self) -> dict[str, Any]:
        """Return it for programs."""
        names = ("how", "subject", "fact", "before", "after", "line", "effect", "unused")
        return {name: getattr(self, name) for name in names}

    @property
    def is_example(self) -> bool:
        """Whether it is what an example shows: too much for a line."""
        return " example " in f" {self.subject} "

    @property
    def statement(self) -> str:
        """The fact with its value: the one of now, else the one that is gone."""
        return f"{self.fact} {value_text(self.before if self.how == 'gone' else self.after)}".strip()

    @property
    def alike(self) -> tuple[str, ...]:
        """What is the same where several operations have the same news."""
        return (self.how, self.subject.removeprefix(f"{self.operation} "), self.fact, repr((self.before, self.after)))

    def __str__(self) -> str:
        if self.unused:
            return f"{self._change}; read, and not used: {self.unused}"
        return self._change

    @property
    def _change(self) -> str:
        about = f"{self.subject}: {self.statement}" if self.fact else self.subject
        if self.effect:
            return f"{self.subject} now means {self.after}, was {self.before}: {self.effect} (line {self.line})"
        if self.how == "changed":
            return f"{about}, was {value_text(self.before)} (line {self.line})"
        return f"{about} is gone (stood on line {self.line})" if self.how == "gone" else f"{about} (line {self.line})"


@dataclass(frozen=True)
class UnreadLine:
    """A line that looks as if it states a fact, that no reader understands, and that was not there last time."""

    document: str
    line: int
    text: str
    signal: str
    about: str = ""
    """The claim that the line stands beside, where it is known."""

    def __str__(self) -> str:
        text = self.text.strip()
        if len(text) > _LONGEST:
            about = f"{self.about}: " if self.about else ""
            text = f"{text[:_LONGEST]}… ({about}{self.signal})"
        return f"{self.document}: line {self.line}{f': {text}' if text else ''}"


@dataclass(frozen=True)
class DocumentNews:
    """What is new in one document."""

    document: str
    status: Literal["new", "changed", "renamed", "gone"]
    claims: int
    """How many claims it has, or had."""
    facts: tuple[FactNews, ...] = ()
    operations_new: tuple[str, ...] = ()
    """Operations of which it stated nothing before."""
    operations_gone: tuple[str, ...] = ()
    """Operations of which it states nothing any more."""
    renamed_from: str = ""
    """The name that it had last time, where it has another now."""


@dataclass(frozen=True)
class ClaimsNews:
    """What is new in all documents, against the claims of last time."""

    documents: tuple[DocumentNews, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    """Lines that are not understood and were not there last time."""
    unread_before: tuple[UnreadLine, ...] = ()
    """Lines that are not understood, as last time."""
    prose: tuple[UnreadLine, ...] = ()
    """New lines of prose: no reader has found a fact in them."""
    reworded: tuple[UnreadLine, ...] = ()
    """Lines with new words whose facts are those of last time."""
    first: bool = field(default=False, compare=False)
    """Whether there were no claims at all before."""

    def to_data(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "documents": [
                {
                    "document": row.document,
                    "status": row.status,
                    "claims": row.claims,
                    "renamed_from": row.renamed_from,
                    "operations_new": list(row.operations_new),
                    "operations_gone": list(row.operations_gone),
                    "facts": [fact.to_data() for fact in row.facts],
                }
                for row in self.documents
            ],
            "not_understood": [
                {
                    "document": row.document,
                    "line": row.line,
                    "text": row.text,
                    "signal": row.signal,
                    "about": row.about,
                    "remedy": REMEDY,
                }
                for row in self.unread
            ],
            "not_understood_before": len(self.unread_before),
            "without_a_fact": [{"document": row.document, "line": row.line, "text": row.text} for row in self.prose],
            "reworded": [{"document": row.document, "line": row.line, "text": row.text} for row in self.reworded],
        }


def compare(
    old: Iterable[VendorDocument],
    new: Iterable[VendorDocument],
    texts: Texts,
    prose: Mapping[str, Sequence[int]] | None = None,
    settled: Sequence[Lines] = (),
) -> ClaimsNews:
    """Compare the claims of last time with those of now.

    `prose` has the lines of each document that state nothing, `settled` those that an overlay or a decision speaks of.
    """
    before = {document.document: document for document in old}
    after = {document.document: document for document in new}
    renamed = _renamed(before, after)
    settled = [_under_new_names(lines, renamed) for lines in settled]
    rows, unread, earlier, plain = [], list[UnreadLine](), list[UnreadLine](), list[UnreadLine]()
    reworded: list[UnreadLine] = []
    reviewed = frozenset(line for document in before.values() for line in document.hashes)
    for name in sorted({*before, *after} - {*renamed.values()}):
        was, now = before.get(renamed.get(name, name)), after.get(name)
        if now is None:
            assert was is not None
            rows.append(DocumentNews(name, "gone", len(was.claims)))
            continue
        for line, is_new in _unread(was, now, texts.get(name, ()), settled):
            (unread if is_new else earlier).append(line)
        if before:
            known_lines = was.hashes if was else reviewed
            plain += _new_prose(known_lines, now, texts.get(name, ()), (prose or {}).get(name, ()), settled)
        facts = tuple(_facts(was, now)) if was else ()
        if was is None:
            rows.append(DocumentNews(name, "new", len(now.claims)))
            continue
        reported = {row.line for row in unread if row.document == name} | _lines_of(facts, now)
        reworded += _reworded(was, now, texts.get(name, ()), reported, settled)
        if facts or name in renamed:
            rows.append(_changed(was, now, facts, renamed.get(name, "")))
    return ClaimsNews(tuple(rows), tuple(unread), tuple(earlier), tuple(plain), tuple(reworded), first=not before)


def _changed(was: VendorDocument, now: VendorDocument, facts: tuple[FactNews, ...], old_name: str) -> DocumentNews:
    """Return what is new in a document that was there last time, perhaps under another name."""
    before, after = _operations(was), _operations(now)
    new_keys, old_keys = tuple(sorted(after - before)), tuple(sorted(before - after))
    status: Literal["changed", "renamed"] = "renamed" if old_name else "changed"
    return DocumentNews(now.document, status, len(now.claims), facts, new_keys, old_keys, old_name)


def _renamed(before: Mapping[str, VendorDocument], after: Mapping[str, VendorDocument]) -> dict[str, str]:
    """Return new name → old name of each document that has the same text, or nearly, under another name.

    A text that others have too, such as a script in every skill, moves with the rest of its skill only.
    """
    words: dict[str, str] = {}
    old_names, new_names = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    copies = Counter(document.sha256 for document in after.values())
    own = [name for name in new_names if copies[after[name].sha256] == 1]
    for names in (own, [name for name in new_names if name not in own]):
        skills = {(before[old].skill, after[new].skill) for new, old in words.items()}
        for name in old_names:
            alike = [
                (_likeness(before[name], after[other]), other)
                for other in names
                if other not in words and (names is own or (before[name].skill, after[other].skill) in skills)
            ]
            share, other = max(alike, default=(0.0, ""))
            if share >= _SAME_DOCUMENT and name not in words.values():
                words[other] = name
    return words


def _under_new_names(lines: Lines, renamed: Mapping[str, str]) -> Lines:
    """Return lines by document, those of a document that is renamed under its new name too."""
    lines_of_new = {name: {*lines.get(name, ()), *lines.get(old, ())} for name, old in renamed.items()}
    return {**lines, **lines_of_new}


def _likeness(was: VendorDocument, now: VendorDocument) -> float:
    """Return the share of lines that two documents have in common."""
    if was.claims and was.sha256 == now.sha256:
        return 1.0
    old, new = Counter(filter(None, was.hashes)), Counter(filter(None, now.hashes))
    return 2 * (old & new).total() / max(1, (old + new).total())


def _operations(document: VendorDocument) -> set[str]:
    return {claim.operation for claim in document.claims if claim.operation}


def _new_prose(
    reviewed: Collection[str],
    now: VendorDocument,
    lines: Sequence[str],
    prose: Sequence[int],
    settled: Sequence[Lines],
) -> Iterator[UnreadLine]:
    """Yield the lines of prose that the document did not have last time; of one that is new, that none had."""
    read_lines = set(reviewed) | {line for rows in settled for line in rows.get(now.document, ())}
    for number in prose:
        if number <= len(now.hashes) and number <= len(lines) and now.hashes[number - 1] not in read_lines:
            yield UnreadLine(now.document, number, lines[number - 1], "prose")


def _lines_of(facts: Sequence[FactNews], document: VendorDocument) -> set[int]:
    """Return every line of a document that states one of these facts."""
    points = {(fact.subject, fact.fact) for fact in facts}
    return {
        claim.line
        for claim in document.claims
        for fact in claim.facts or ("",)
        if (called(claim), fact.replace("_", " ")) in points
    }


def _reworded(
    was: VendorDocument, now: VendorDocument, lines: Sequence[str], reported: set[int], settled: Sequence[Lines]
) -> Iterator[UnreadLine]:
    """Yield the lines with claims that the document did not have last time and of which nothing else is reported."""
    read_lines = {*was.hashes, *(line for rows in settled for line in rows.get(now.document, ()))}
    for number in sorted({claim.line for claim in now.claims} - reported):
        if number <= len(now.hashes) and number <= len(lines) and now.hashes[number - 1] not in read_lines:
            yield UnreadLine(now.document, number, lines[number - 1], "words")


def _unread(
    was: VendorDocument | None, now: VendorDocument, lines: Sequence[str], settled: Sequence[Lines]
) -> Iterator[tuple[UnreadLine, bool]]:
    """Yield the lines of a document that are not understood, and whether each is new.

    A line that was read last time is new, though an overlay cites it: what it states is claimed no longer.
    """
    counts = Counter((row.hash, row.signal) for row in was.unread) if was else Counter[tuple[str, str]]()
    claimed_hashes = (
        {was.hashes[claim.line - 1] for claim in was.claims if claim.line <= len(was.hashes)} if was else set[str]()
    )
    unsettled = {row.line for row in open_lines(now, *settled)}
    for row in now.unread:
        is_new = counts[row.hash, row.signal] <= 0
        counts[row.hash, row.signal] -= 1
        if row.line in unsettled or (is_new and row.hash in claimed_hashes):
            text = lines[row.line - 1] if row.line <= len(lines) else ""
            yield UnreadLine(now.document, row.line, text, row.signal, row.about), is_new


def _facts(was: VendorDocument, now: VendorDocument) -> Iterator[FactNews]:
    old, new = _stated(was), _stated(now)
    operations = _operations(was) | _operations(now)
    for key in sorted({*old, *new}):
        subject, fact = key
        before, after = old.get(key, {}), new.get(key, {})
        old_values = [value for value in before if value not in after]
        new_values = [value for value in after if value not in before]
        for index in range(max(len(old_values), len(new_values))):
            old_value = old_values[index] if index < len(old_values) else None
            new_value = new_values[index] if index < len(new_values) else None
            how: How = "changed" if old_value and new_value else "added" if new_value else "gone"
            line = after[new_value] if new_value else before[old_value] if old_value else 0
            effect = _effect(how, subject, fact, old, new)
            unused = "" if fact == "meaning" else _not_used(subject, fact)
            word = subject.partition(" ")[0]
            operation = word if word in operations else ""
            yield FactNews(how, subject, fact, _value(old_value), _value(new_value), line, effect, unused, operation)


def _not_used(subject: str, fact: str) -> str:
    """Return why nothing uses a fact, or "" where a rule reads it."""
    kinds = subject.split()[:2]
    reasons = (reason for (kind, name), reason in NOT_USED.items() if name.replace("_", " ") == fact and kind in kinds)
    return next(reasons, "")


_Stated = Mapping[tuple[str, str], Mapping[str, int]]


def _effect(how: How, subject: str, fact: str, old: _Stated, new: _Stated) -> str:
    """Return what the client makes of a code or a value that means something else now; "" for other news."""
    if how != "changed" or fact not in ("meaning", "message", "label"):
        return ""
    for meaning in ("state", "error"):
        if values := new.get((subject, meaning)):
            words = " or ".join(value_text(_value(value)) for value in values)
            return (
                f"{words} for the client as before" if values.keys() == old.get((subject, meaning), {}).keys() else ""
            )
    return "the client sends the same value" if fact == "label" else ""


def _stated(document: VendorDocument) -> dict[tuple[str, str], dict[str, int]]:
    """Return (subject, fact) → each value that the document gives it, as text → the first line that does."""
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for claim in document.claims:
        for fact, value in (claim.facts or {"": ""}).items():
            counts[called(claim), fact.replace("_", " ")].setdefault(
                json.dumps(value, sort_keys=True, ensure_ascii=False, default=str), claim.line
            )
    return counts


def called(claim: Claim) -> str:
    """Return what a claim is about, in words."""
    by = "" if claim.by == "statement" else f"({claim.by})"
    return " ".join(part for part in (claim.operation or "", claim.subject, claim.name, by) if part)


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def value_text(value: Any) -> str:
    """Return a value in a line of text."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:79]}…"
