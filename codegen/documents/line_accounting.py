"""What one reader collects from one document: claims, and an account of every line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from codegen.documents import residue
from codegen.documents.claims import MAX_LINE, TOO_LONG, UNKNOWN_STATE, By, Claim, Subject, Unread, line_hash
from codegen.documents.signals import fact_in_words, signal_of
from codegen.documents.vocabulary import named_state, plain_characters

Account = Literal["read", "structure", "prose", "code", "unread"]
ACCOUNTS: tuple[Account, ...] = ("read", "structure", "prose", "code", "unread")
_STRENGTH: dict[Account, int] = {"prose": 0, "structure": 1, "code": 2, "read": 3, "unread": 4}
"""A line in two accounts counts in the stronger. Unread is strongest: half a line understood is not understood."""


class LineAccounting:
    """Collects the claims of a document and assigns each of its lines to one account."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.names: set[str] = set()
        """Every name a claim is about, and the last part of each path."""
        self.credentials: set[str] = set()
        """Every credential that a claim is about."""
        self.state_words: set[str] = set()
        """Every word for a state that a claim is about."""
        self._claims: dict[int, list[Claim]] = defaultdict(list)
        """Line → the claims on it."""
        self._accounts: dict[int, Account] = {}
        self._reasons: dict[int, str] = {}
        self._understood: dict[int, list[Any]] = {}
        """Line → what a rule has understood of it beside its claims."""
        self._signals: dict[tuple[int, str], str] = {}
        """Line and subject → what was not understood first."""

    def claim(
        self,
        line: int,
        subject: Subject,
        name: str,
        facts: Mapping[str, Any],
        operation: str | None = None,
        by: By = "statement",
    ) -> None:
        """Record one statement; its line has been read. A value that a list has twice is one value."""
        if "enum" in facts:
            facts = {**facts, "enum": [v for at, v in enumerate(facts["enum"]) if v not in facts["enum"][:at]]}
        self.names.update((name, name.rsplit(".", 1)[-1]) if subject != "label" else ())
        if subject == "credential":
            self.credentials.add(name)
        self.names.update(str(value) for value in facts.get("enum", ()))
        if subject == "status":
            self.state_words.add(name)
        self._claims[line].append(Claim(line, subject, name, dict(facts), operation, by))
        self.assign(line, "read")

    def attribute(self, lines: Iterable[int], operations: Collection[str]) -> None:
        """Make each claim on some lines one about each of some operations, and no other."""
        for line in lines:
            rows = self._claims.get(line, ())
            self._claims[line] = [replace(row, operation=operation) for row in rows for operation in operations]

    def operations_of(self, lines: Iterable[int]) -> frozenset[str | None]:
        """Return what the claims on some lines are about: operations, and None for those about the whole service."""
        return frozenset(row.operation for row in self._on(lines))

    def _on(self, lines: Iterable[int]) -> list[Claim]:
        return [row for line in dict.fromkeys(lines) for row in self._claims.get(line, ())]

    def status(
        self, line: int, word: str, state: str | None, operation: str | None = None, by: By = "statement"
    ) -> None:
        """Record a word for the state of a task; of one that no reader knows, that it is such a word.

        A number means nothing by itself: the word behind it on the line is its meaning.
        """
        facts: dict[str, Any] = {"state": state} if state else {UNKNOWN_STATE: True}
        if state and word.lstrip("-").isdigit() and (meaning := self._meaning(line, word, state)):
            facts["meaning"] = meaning
        self.claim(line, "status", word, facts, operation, by)

    def _meaning(self, line: int, number: str, state: str) -> str | None:
        """Return the first word for a state that stands behind a number on a line."""
        behind = re.split(rf"(?<![\w-]){re.escape(number)}(?!\w)", self.lines[line - 1], maxsplit=1)[-1]
        parts = (named_state(plain_characters(part)) for part in re.split(r"[,;|/、，；]", behind))
        return next((one[1] for one in parts if one and one[0] == state), None)

    def set_aside(self, line: int, reason: str) -> None:
        """Record a line that is about something else than the interface, and what."""
        self.assign(line, "prose")
        self._reasons.setdefault(line, reason)

    def repeats(self, line: int, *understood: Any) -> None:
        """Claim nothing of a line that is read, and states nothing new: `understood` is what it repeats."""
        self.understands(line, *understood)
        self.assign(line, "read")

    def understands(self, line: int, *values: Any) -> None:
        """Record what a rule has understood of a line beside its claims: it is not a fact that nobody read."""
        self._understood.setdefault(line, []).extend(values)

    def hold(self, lines: Sequence[int], text: str, known: Container[str] = ()) -> None:
        """Hold a line that is read against its claims: what they do not account for is unread."""
        if any(self._accounts.get(line) == "read" for line in lines):
            values: list[Any] = [value for line in lines for value in self._understood.get(line, ())]
            facts: set[str] = set()
            subjects: set[str] = set()
            for claim in self._on(lines):
                values += [claim.name, claim.facts, claim.operation or ""]
                facts.update(claim.facts)
                subjects.add(claim.subject)
            signal = residue.remaining(text, values, known)
            if signal is None and subjects and not subjects & {"label"}:
                signal = residue.unstated(text, facts)
            if signal:
                self.unread(lines[0], signal)

    def assign(self, line: int, account: Account) -> None:
        """Assign a line to an account; a weaker account never replaces a stronger one."""
        present = self._accounts.get(line)
        if present is None or _STRENGTH[account] > _STRENGTH[present]:
            self._accounts[line] = account

    def unread(self, line: int, signal: str, about: str = "") -> None:
        """Record that a line states something that no rule understood, and about which subject it does."""
        self.assign(line, "unread")
        self._signals.setdefault((line, about), signal)

    def classify(
        self,
        line: int,
        text: str,
        known: Container[str] = (),
        reason: str = "prose",
        *,
        about_prompts: bool = False,
        in_words: bool = True,
    ) -> None:
        """Record a line that no rule understood: unread where it carries a sign of a fact, else set aside.

        Without `in_words` plain words do not count as signs: the line is addressed to an agent.
        """
        signal = TOO_LONG if len(text) > MAX_LINE else signal_of(text, known, advice=about_prompts or not in_words)
        if signal := signal or (fact_in_words(text, advice=about_prompts) if in_words else None):
            self.unread(line, signal)
        else:
            self.set_aside(line, reason)

    def is_read(self, line: int) -> bool:
        """Return whether a rule has understood a line so far."""
        return self._accounts.get(line) == "read"

    def is_unread(self, line: int) -> bool:
        """Return whether a line states something that no rule understood, so far."""
        return self._accounts.get(line) == "unread"

    def is_not_understood(self, line: int) -> bool:
        """Return whether no rule has understood a line: it is unread, or prose in which nothing looks like a fact."""
        account = self._accounts.get(line)
        return account == "unread" or (account == "prose" and self._reasons.get(line) in ("prose", "advice"))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every distinct claim, in the order of the document. A bare mention beside a fuller one adds nothing."""
        every = [row for rows in self._claims.values() for row in rows]
        fuller = {_about(row) for row in every if row.facts}
        full = [row for row in every if row.facts or _about(row) not in fuller]
        ordered = sorted(full, key=lambda row: (*_about(row), repr(row.facts)))
        return tuple(row for index, row in enumerate(ordered) if index == 0 or row != ordered[index - 1])

    @property
    def unread_lines(self) -> tuple[Unread, ...]:
        return tuple(
            Unread(line, signal, line_hash(self.lines[line - 1]), about)
            for (line, about), signal in sorted(self._signals.items())
        )

    def prose(self) -> tuple[int, ...]:
        """Return the lines of prose."""
        return tuple(sorted(line for line, own in self._accounts.items() if own == "prose"))

    def reasons(self) -> dict[str, int]:
        """Return how many lines of prose were set aside for each reason."""
        listed = (self._reasons.get(line, "prose") for line, own in self._accounts.items() if own == "prose")
        return dict(sorted(Counter(listed).items()))

    def counts(self) -> dict[str, int]:
        """Return how many lines each account holds. A line that no reader assigned is judged by its text."""
        for number, text in enumerate(self.lines, 1):
            if number not in self._accounts:
                if text.strip():
                    self.classify(number, text)
                else:
                    self.assign(number, "structure")
        return {account: sum(own == account for own in self._accounts.values()) for account in ACCOUNTS}


def _about(row: Claim) -> tuple[int, str, str, str, str]:
    return (row.line, row.operation or "", row.subject, row.name, row.by)
