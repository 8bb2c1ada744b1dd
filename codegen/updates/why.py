"""The verb `why`: each claim about a subject, who states it where and when, what holds and why, and what proves it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from codegen import paths
from codegen.catalog import reconcile
from codegen.catalog.compare import Reading, StatedValue
from codegen.catalog.decide import Settlement
from codegen.catalog.diff.service_subjects import service as subjects_of
from codegen.catalog.diff.subject import Subject
from codegen.catalog.reconciliation_report import Findings, fact_text
from codegen.documents import importer
from codegen.faults import Fault, InputFault
from codegen.openapi.document import printable
from codegen.python import names
from codegen.updates import contract_cases
from codegen.updates.service_names import ServiceNames

_NEAR = 5
_GIVEN = re.compile(r"=[^=()]*\)")
"""A value in a call, as people copy it: (duration=30)."""


@dataclass(frozen=True)
class OperationNames:
    """One operation under all of its names."""

    vendor: str
    """The vendor's name: tm_text2music."""
    identifier: str
    """The operationId: textToMusic."""
    method: str
    """As code calls it, without client and service: image_to_video.kling_3_0."""


class ServiceFacts:
    """The settlements, the document and the tests of one service."""

    def __init__(self, findings: Findings, document: dict[str, Any]) -> None:
        self.name = findings.service
        self.document = document
        self.settlements = findings.settlements
        self.words = ServiceNames(findings.service, document)
        self.operations = [
            OperationNames(vendor, identifier, self._method(identifier))
            for vendor, identifier in findings.names.items()
        ]

    def _method(self, identifier: str) -> str:
        return self.words.call(identifier).removeprefix(f"client.{names.method(self.name)}.")

    def operation(self, name: str) -> tuple[OperationNames, str] | None:
        """Return the operation that a dotted name starts with, and the rest of the name."""
        settlements = [
            (one, name[len(spelling) :].removeprefix("."))
            for one in self.operations
            for spelling in (one.method, one.identifier, one.vendor)
            if name == spelling or name.startswith(f"{spelling}.")
        ]
        return min(settlements, key=lambda row: len(row[1]), default=None)

    def about(self, operation: OperationNames | None, rest: str) -> list[Settlement]:
        """Return the settlements about one thing: of an operation, or of the service as a whole."""
        vendor = operation.vendor if operation else ""
        rows = [row for row in self.settlements if row.point.operation == vendor]
        if not rest:
            return [row for row in rows if row.point.subject == "operation"]
        matches = [row for row in rows if rest in self._called(operation, row)]
        return matches if matches or operation else self._at_host(rest)

    def _at_host(self, name: str) -> list[Settlement]:
        """Return the URLs of the operations at a host that no document names alone."""
        host = name.removeprefix("https://").rstrip("/")
        urls = [row for row in self.settlements if row.point.subject == "operation" and row.point.fact == "url"]
        return [row for row in urls if any(urlsplit(str(one.value)).netloc == host for one in row.readings)]

    def _called(self, operation: OperationNames | None, row: Settlement) -> set[str]:
        """Return the names under which a person may look for the subject of a settlement."""
        point = row.point
        spellings = {point.name, f"{point.subject}.{point.name}", f"{point.subject} {point.name}"}
        if point.subject == "parameter" and operation is not None:
            place = ".".join(["body", *self.words.body(operation.identifier), point.name])
            spellings |= {f"body.{point.name}", place, self.keyword(operation, point.name)}
        if point.subject in {"response", "callback"}:
            steps = point.name.split(".")
            spellings |= {".".join(steps[start:]) for start in range(len(steps))}
        if point.subject in {"server", "host"}:
            spellings.add(urlsplit(point.name).netloc)
        return spellings

    def value(self, operation: OperationNames | None, rest: str) -> tuple[list[Settlement], str] | None:
        """Return the settlements of a subject whose value ends the name (`resolution.720P`), and that value."""
        for at in (index for index, letter in enumerate(rest) if letter == "."):
            value = rest[at + 1 :]
            rows = [row for row in self.about(operation, rest[:at]) if _readings_with(row, value)]
            if value and rows:
                return rows, value
        return None

    def keyword(self, operation: OperationNames, name: str) -> str:
        """Return the keyword of a parameter in Python."""
        body = "body" + "".join(f".{token}" for token in self.words.body(operation.identifier))
        return self.words.keyword(operation.identifier, f"{body}.{name}") or str(names.parameter(name))

    def things(self) -> Iterator[str]:
        """Yield everything that one can ask for, as code names it."""
        for one in self.operations:
            yield f"{self.name}.{one.method}"
            for row in self.settlements:
                if row.point.operation == one.vendor and row.point.name:
                    name = row.point.name
                    keyword = self.keyword(one, name) if row.point.subject == "parameter" else name
                    yield f"{self.name}.{one.method}.{keyword}"
        yield from (
            f"{self.name}.{row.point.name}" for row in self.settlements if not row.point.operation and row.point.name
        )

    @cached_property
    def subjects(self) -> list[Subject]:
        """Every subject of the document, with its place."""
        return list(_walk(subjects_of(self.name, self.document), set()))

    def pointers(self, operation: OperationNames | None, rows: Iterable[Settlement], rest: str) -> set[str]:
        """Return the places in the document of what is asked for."""
        identifier = operation.identifier if operation else ""
        hosts = {row.point.name.rstrip("/") for row in rows if row.point.subject == "server"}
        servers = enumerate(self.document.get("servers", ()))
        server_pointers = {f"/servers/{at}/url" for at, server in servers if server["url"].rstrip("/") in hosts}
        names = {row.point.name for row in rows} | {rest}
        return server_pointers | {
            one.pointer
            for one in self.subjects
            if one.operation == identifier and one.pointer and _ends_with(one.name, names, whole=not rest)
        }


def _ends_with(name: str, endings: set[str], *, whole: bool) -> bool:
    last = name.partition(" (in ")[0]
    return whole or any(last == one or last.endswith((f".{one}", f" {one}")) for one in endings if one)


def _walk(subject: Subject, seen: set[tuple[str, str]]) -> Iterator[Subject]:
    yield subject
    if subject.reference:
        if (subject.operation, subject.reference) in seen:
            return
        seen.add((subject.operation, subject.reference))
    for part in subject.parts().values():
        yield from _walk(part, seen)


def _readings_with(row: Settlement, value: str) -> list[Reading]:
    """Return the readings that have a value, alone or in a list."""
    return [
        reading
        for reading in row.readings
        if value in (map(str, reading.value) if isinstance(reading.value, (list, tuple)) else [str(reading.value)])
    ]


def _letters(name: str) -> str:
    """Return a name without what spellings differ in: `client.tomoviee.text_to_music(duration=)`, `text-to-music`."""
    return "".join(letter for letter in name.removeprefix("client.").casefold() if letter.isalnum())


def why(question: str) -> str:
    """Return all that is known about a subject: `tomoviee.text_to_music.duration`. Raises InputFault."""
    name = _GIVEN.sub("=)", question.strip().removeprefix("client.").replace("()", "")).strip(". ")
    catalog = reconcile.reconcile(importer.load_claims(paths.CLAIMS), paths.DECISIONS, paths.OVERLAYS)
    services = {
        findings.service: ServiceFacts(findings, catalog.openapi[findings.service]) for findings in catalog.findings
    }
    if name.casefold() in services:
        name = name.casefold()
        operations_ = ", ".join(f"{name}.{one.method}" for one in services[name].operations)
        return f"{name}: a service\n\nask for an operation, or what is below it: {operations_}"
    things = sorted({thing for service in services.values() for thing in service.things()})
    respelled = [thing for thing in things if name and _letters(thing) == _letters(name)]
    for spelling in (name, *(respelled if len(respelled) == 1 else ())):
        head, _, rest = spelling.partition(".")
        for service in () if not name else services.values() if head not in services else [services[head]]:
            if lines := _answer(service, rest if head in services else spelling):
                return "\n".join(lines)
    problem = "is nothing that the documents or the catalog know" if _letters(name) else "names nothing"
    raise InputFault(Fault(printable(question.strip()) or "SUBJECT", "", problem, _nearest(name, services, things)))


def _nearest(name: str, services: Iterable[str], things: Sequence[str]) -> str:
    """Return what to ask for instead: what is spelled alike, what ends alike, else a service."""
    by_end: dict[str, list[str]] = {}
    for thing in things:
        by_end.setdefault(_letters(thing.rpartition(".")[2]), []).append(thing)
    ends = get_close_matches(_letters(name.rpartition(".")[2]), by_end, n=1, cutoff=0.8)
    near = get_close_matches(name, things, n=_NEAR, cutoff=0.5) or [one for end in ends for one in by_end[end][:_NEAR]]
    if near and _letters(name):
        return f"ask for one of the nearest: {', '.join(near)}"
    return f"ask for a service ({', '.join(sorted(services))}), or for what is below it: SERVICE.OPERATION.PARAMETER"


def _answer(service: ServiceFacts, name: str) -> list[str]:
    """Return the answer where the service knows the name; nothing where not."""
    match = service.operation(name)
    operation, rest = match if match else (None, name)
    rows = service.about(operation, rest)
    pointers = service.pointers(operation, rows, rest)
    if not rows and (valued := service.value(operation, rest)):
        return _answer_of_value(service, operation, rest, *valued)
    if not rows and not (pointers and (rest or operation)):
        return []
    lines = list(_title(service, operation, rest, rows))
    for row in rows:
        lines += ["", *_settlement(row)]
    if not rows:
        lines += ["", f"no document states it: it is written in specs/overlays/{service.name}.yaml"]
    lines += ["", *_proofs(service.name, pointers)]
    if operation and not rest:
        things = [thing for thing in service.things() if thing.startswith(f"{service.name}.{operation.method}.")]
        lines += ["", "ask also for: " + ", ".join(dict.fromkeys(things))]
    return lines


def _answer_of_value(
    service: ServiceFacts, operation: OperationNames | None, rest: str, rows: list[Settlement], value: str
) -> list[str]:
    """Return who states one value of a subject, whether it holds, and what proves it."""
    subject = rest.removesuffix(f".{value}")
    lines = list(_title(service, operation, subject, rows))
    for row in rows:
        values = row.value if isinstance(row.value, (list, tuple)) else [row.value]
        answer = "holds" if value in map(str, values) else f"does not hold: {fact_text(row.point.fact, row.value)} does"
        lines += ["", f"{row.point.fact.replace('_', ' ')} {value}: {answer}"]
        lines += [f"  {_statement(one)}" for reading in _readings_with(row, value) for one in reading.statements]
    places = service.pointers(operation, rows, subject)
    return [*lines, "", *_proofs(service.name, {place for place in places if place.startswith("/")})]


def _title(service: ServiceFacts, operation: OperationNames | None, rest: str, rows: list[Settlement]) -> Iterator[str]:
    if operation is None:
        yield f"{service.name}: {rest}"
        return
    call = service.words.call(operation.identifier)
    wire = next((row.point.name for row in rows if row.point.subject == "parameter"), "")
    yield f"{call}({service.keyword(operation, wire)}=)" if wire else f"{call}() {rest}".strip()
    yield f"at the vendor: {operation.vendor} {wire or rest}".rstrip()


def _settlement(row: Settlement) -> Iterator[str]:
    """Yield one fact: what holds and why, then each reading with everyone who gives it."""
    point = row.point
    subject = "" if point.subject in {"parameter", "operation"} else f"{point.subject} {point.name} "
    why = "all who speak on it agree" if row.rule is None else f"by {row.rule.name}: {row.rule.sentence}"
    if len(row.readings) == 1 and row.rule is None and len(row.readings[0].statements) == 1:
        why = "nobody says otherwise"
    yield f"{subject}{point.fact.replace('_', ' ')}: {fact_text(point.fact, row.value)}, {why}"
    if row.reason:
        yield f"  decided: {row.reason}"
    for reading in row.readings:
        yield from (f"  {fact_text(point.fact, reading.value)}: {_statement(one)}" for one in reading.statements)


def _statement(one: StatedValue) -> str:
    how = "" if one.by == "statement" else f", {one.by}"
    when = f", {one.published}" if one.published else ", not dated"
    return f"{one.document}:{one.line} ({one.rank.label}{how}{when})"


def _proofs(service: str, pointers: set[str]) -> list[str]:
    """Return the tables of the contract tests that prove something at these places."""
    proofs: dict[str, int] = {}
    for where, proven in contract_cases.tables(service, paths.GENERATED):
        if any(proof == pointer or proof.startswith(f"{pointer}/") for proof in proven for pointer in pointers):
            proofs[where] = proofs.get(where, 0) + 1
    if not proofs:
        return ["no generated test proves it (see specs/unproven.yaml for the reasons)"]
    return [
        "proven by:",
        *(f"  {where} ({count} {'row' if count == 1 else 'rows'})" for where, count in proofs.items()),
    ]
