"""Every disagreement between the documents: RECONCILIATION.md for a person, the same as data beside the catalog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codegen.catalog import usage
from codegen.catalog.compare import PRESENCE, WORDS, Reading
from codegen.catalog.complete import PartlyStated
from codegen.catalog.decide import EXAMPLE, PLACE, RULES, Settlement
from codegen.catalog.examples import Unsound
from codegen.catalog.placements import Move
from codegen.documents.accounts import Account, Lines, account, total
from codegen.documents.claims import VendorDocument
from codegen.documents.importer import counts
from codegen.documents.line_accounting import ACCOUNTS
from codegen.openapi.evidence import documents_of


@dataclass(frozen=True)
class Removal:
    """An operation that a decision removed with its skill, and the documents that speak of it all the same."""

    operation: str
    reason: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """What reconciling one service found."""

    service: str
    names: Mapping[str, str]
    """The vendor's identifier → our operationId."""
    settlements: Sequence[Settlement]
    unsound: Sequence[Unsound]
    moves: Sequence[Move] = ()
    removed: Sequence[Removal] = ()
    partial: Sequence[PartlyStated] = ()

    @property
    def disagreements(self) -> list[Settlement]:
        """The points on which documents differ."""
        return [one for one in self.settlements if one.rule is not None and not self._is_of_an_example(one)]

    def _is_of_an_example(self, settlement: Settlement) -> bool:
        """Return whether it is about a parameter that only an example adds, which the row of the example says."""
        point = settlement.point
        operation = self.names.get(point.operation, point.operation)
        names = {name for one in self.unsound if one.operation == operation for name in one.added}
        return settlement.rule is EXAMPLE and point.subject == "parameter" and point.name in names

    def by_rule(self) -> Counter[str]:
        """Return how many disagreements each rule settled."""
        counts = Counter(one.rule.name for one in self.disagreements if one.rule is not None)
        if self.unsound:
            counts[EXAMPLE.name] += len(self.unsound)
        if self.moves:
            counts[PLACE.name] += len({(move.operation, move.name) for move in self.moves})
        return counts


HEAD = """# Where the documents disagree

Machine-written by `python -m codegen reconcile`. The disagreements are found by comparing claims, point by point.
A source is a document; `python -m codegen why` prints the lines.
For each point: what was said, by whom, what holds, and by which rule or decision.
"""


def report(
    findings: Sequence[Findings],
    documents: Sequence[VendorDocument],
    cited: Lines | None = None,
    decided: Lines | None = None,
) -> str:
    """Return the whole report. `cited`: the lines that overlays keep as advice; `decided`: those that decisions set
    aside."""
    lines = [HEAD, "## Summary", "", *_summary(findings), "", "## What was read", ""]
    lines += _accounts(documents, cited, decided)
    lines += ["## What was used", "", *usage.lines(documents), "", "## The rules, in order", ""]
    lines += [f"{index}. **{rule.name}**: {rule.sentence}" for index, rule in enumerate(RULES, 1)]
    for findings_of in sorted(findings, key=lambda one: one.service):
        lines += ["", f"## {findings_of.service}", "", *_service(findings_of)]
    return "\n".join(lines).rstrip() + "\n"


def _accounts(documents: Sequence[VendorDocument], cited: Lines | None, decided: Lines | None) -> Iterable[str]:
    """Yield how the lines of each skill were read, the outcome of its facts, and why lines were set aside."""
    rows = account(documents, cited, decided)
    skills = {document.document: document.skill or document.document for document in documents}
    everything = total(rows)
    yield "Lines of the documents by what a reader made of them; an unread line looks as if it states a fact. Then the"
    yield "facts that they state: those that became claims, lines that an overlay keeps as advice in its own words,"
    yield "lines that were set aside, and the unread lines."
    yield ""
    yield _row(["skill", "documents", "claims", *ACCOUNTS, "facts stated", "claimed", "advice kept", "set aside"])
    yield _row(["---", *("---:" for _ in range(6 + len(ACCOUNTS)))])
    lines = counts(documents)
    for skill in sorted(lines):
        yield _account_row(skill, lines[skill], total(row for row in rows if skills[row.document] == skill))
    yield _account_row("all", [sum(column) for column in zip(*lines.values(), strict=True)], everything)
    reasons = ", ".join(f"{count} {reason}" for reason, count in everything.set_aside.items())
    yield ""
    yield f"Set aside: {reasons or 'nothing'}."
    yield ""
    for row in rows:
        yield from (f"- not understood: `{row.document}#{line.hash}` ({line.signal})" for line in row.unread)
    if everything.unread:
        yield ""


def _account_row(name: str, lines: Sequence[int], row: Account) -> str:
    facts = (row.stated, row.claimed, row.advice, sum(row.set_aside.values()))
    return _row([name, *map(str, lines), *map(str, facts)])


def _summary(findings: Sequence[Findings]) -> Iterable[str]:
    ordered = sorted(findings, key=lambda one: one.service)
    counts = [service.by_rule() for service in ordered]
    yield _row(["", *(service.service for service in ordered), "all"])
    yield _row(["---", *("---:" for _ in ordered), "---:"])
    yield _numbers("operations", [len(service.names) for service in ordered])
    yield _numbers("facts", [len(service.settlements) for service in ordered])
    yield _numbers("disagreements", [sum(count.values()) for count in counts])
    for rule in RULES:
        if any(count[rule.name] for count in counts):
            yield _numbers(f"settled by: {rule.name}", [count[rule.name] for count in counts])


def _numbers(label: str, numbers: Sequence[int]) -> str:
    return _row([label, *(str(number) for number in numbers), str(sum(numbers))])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _service(findings: Findings) -> Iterable[str]:
    by_operation: dict[str, list[Settlement]] = {}
    for settlement in findings.disagreements:
        by_operation.setdefault(settlement.point.operation, []).append(settlement)
    examples: dict[str, list[Unsound]] = {}
    for one in findings.unsound:
        examples.setdefault(one.operation, []).append(one)
    moves: dict[str, list[Move]] = {}
    for move in findings.moves:
        moves.setdefault(move.operation, []).append(move)
    for row in findings.removed:
        yield f"- **{row.operation}** is withdrawn: {row.reason} Set aside: {', '.join(row.documents)}"
    for field in findings.partial:
        stating, silent = ", ".join(field.stated), ", ".join(field.silent)
        yield (
            f"- `{field.title}.{field.field}` is stated of {stating}, not of {silent}: an overlay gives their results "
            "one title, and so one class. Another title makes them two."
        )
    if findings.removed or findings.partial:
        yield ""
    if not by_operation and not examples and not moves:
        yield "The documents agree."
    for operation in sorted(
        {*by_operation, *moves, *(name for name in findings.names if findings.names[name] in examples)}
    ):
        title = findings.names.get(operation, operation)
        yield f"### {f'{title} ({operation})' if operation and title != operation else title or 'The whole service'}"
        yield ""
        for settlement in by_operation.get(operation, ()):
            yield from _settlement(settlement)
            yield from _set_aside(settlement, findings.settlements)
        yield from _moves(moves.get(operation, ()))
        yield from _examples(examples.get(title, ()))
        yield ""


def _settlement(settlement: Settlement) -> Iterable[str]:
    point = settlement.point
    assert settlement.rule is not None
    name = f"`{point.name}`" if point.name else ""
    fact = "codes" if (point.subject, point.fact) == ("error", WORDS) else point.fact.replace("_", " ")
    yield f"- **{' '.join(part for part in (point.subject, name, fact) if part)}**"
    for reading in settlement.readings:
        yield f"  - {_value(point.fact, reading.value)}: {_sources(reading)}"
    reason = f" {settlement.reason}" if settlement.reason else ""
    yield f"  - holds: {_value(point.fact, settlement.value)}, by *{settlement.rule.name}*.{reason}"


def _set_aside(settlement: Settlement, others: Sequence[Settlement]) -> Iterable[str]:
    """Yield what documents state of parameters that do not exist: nothing of it is in the catalog."""
    point = settlement.point
    if point.fact != PRESENCE or settlement.value is not False:
        return
    for other in others:
        if other.point != point and replace(other.point, fact=PRESENCE) == point:
            for reading in other.readings:
                fact_text = f"{other.point.fact.replace('_', ' ')} {_value(other.point.fact, reading.value)}"
                yield f"  - set aside with it: {fact_text}: {_sources(reading)}"


def _sources(reading: Reading) -> str:
    how_by_source: dict[str, str] = {}
    for statement in reading.statements:
        how = statement.rank.label if statement.by == "statement" else f"{statement.rank.label}, {statement.by}"
        how_by_source.setdefault(statement.document, how)
    return ", ".join(f"{source} ({how})" for source, how in how_by_source.items())


def fact_text(fact: str, value: Any) -> str:
    """Return a value in words, without marks."""
    return _value(fact, value).replace("`", "")


def _value(fact: str, value: Any) -> str:
    if fact == PRESENCE:
        return "exists" if value else "does not exist"
    if value is None:
        return "left open"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(f"`{item}`" for item in value)
    return f"`{value}`"


def _examples(rows: Sequence[Unsound]) -> Iterable[str]:
    if rows:
        yield f"- **examples that break the limits**, set aside by *{EXAMPLE.name}*"
        yield from (f"  - {', '.join(documents_of(row.sources))}: {'; '.join(row.problems)}" for row in rows)


def _moves(rows: Sequence[Move]) -> Iterable[str]:
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows:
        groups.setdefault((row.name, row.to_operation, row.to_name, row.reason), []).append(row.source)
    for (name, to_operation, to_name, reason), sources in groups.items():
        where = f" in the reply of {to_operation}" if to_operation != rows[0].operation else ""
        yield f"- **response `{name}`**"
        yield f"  - listed without its place: {', '.join(documents_of(sources))}"
        yield f"  - holds: `{to_name}`{where}, by *{PLACE.name}*. {reason}"


def disagreements(findings: Findings) -> list[dict[str, Any]]:
    """Return one entry a point, in the order of the report."""
    rows = [*_settled_rows(findings), *_moved_rows(findings), *_set_aside_rows(findings)]
    return sorted(rows, key=lambda row: row.get("operation", ""))


def _settled_rows(findings: Findings) -> Iterator[dict[str, Any]]:
    for settlement in findings.disagreements:
        assert settlement.rule is not None
        yield _about(findings, settlement) | {
            "readings": [_reading(settlement.point.fact, reading) for reading in settlement.readings],
            "holds": fact_text(settlement.point.fact, settlement.value),
            "rule": settlement.rule.name,
            **({"reason": settlement.reason} if settlement.reason else {}),
        }


def _about(findings: Findings, settlement: Settlement) -> dict[str, Any]:
    """Return what the disagreement is about: the keys that say nothing are left out."""
    point = settlement.point
    operation = findings.names.get(point.operation, point.operation)
    row = {"operation": operation, "subject": point.subject, "name": point.name, "fact": point.fact}
    return {key: value for key, value in row.items() if value}


def _reading(fact: str, reading: Reading) -> dict[str, Any]:
    return {"value": fact_text(fact, reading.value), "sources": list(dict.fromkeys(reading.sources))}


def _moved_rows(findings: Findings) -> Iterator[dict[str, Any]]:
    """Yield a row for each field that a document lists without its place."""
    groups: dict[tuple[str, str, str, str, str], list[str]] = {}
    for move in findings.moves:
        key = (move.operation, move.name, move.to_operation, move.to_name, move.reason)
        groups.setdefault(key, []).append(move.source)
    for (operation, name, to_operation, to_name, reason), sources in groups.items():
        elsewhere = f" in the reply of {findings.names.get(to_operation, to_operation)}"
        yield {
            "operation": findings.names.get(operation, operation),
            "subject": "response",
            "name": name,
            "fact": "place",
            "readings": [{"value": "left open", "sources": list(dict.fromkeys(sources))}],
            "holds": f"{to_name}{elsewhere if to_operation != operation else ''}",
            "rule": PLACE.name,
            "reason": reason,
        }


def _set_aside_rows(findings: Findings) -> Iterator[dict[str, Any]]:
    """Yield a row for each example that breaks the limits."""
    for unsound in findings.unsound:
        left_out = f"its {', '.join(unsound.added)}" if unsound.added else "the example"
        yield {
            "operation": unsound.operation,
            "subject": "example",
            "fact": "limits",
            "readings": [{"value": "breaks them", "sources": list(unsound.sources)}],
            "holds": f"the limits, without {left_out}",
            "rule": EXAMPLE.name,
            "reason": "; ".join(unsound.problems),
        }
