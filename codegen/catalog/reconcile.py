"""Claims + decisions + overlays → the canonical catalog: the main path of this package."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from codegen import yamlio
from codegen.catalog import citations, lint, overlay, unknown_types
from codegen.catalog.compare import PRESENCE, Point, Points, Reading, canonical, points
from codegen.catalog.decide import (
    AUTHORITY,
    SIGNATURE,
    Decision,
    Decisions,
    Settlement,
    Undecided,
    read_decisions,
    settle,
)
from codegen.catalog.decide_places import placing
from codegen.catalog.emit import JSON, emit
from codegen.catalog.emit_disagreements import disagreements
from codegen.catalog.emit_examples import add_examples
from codegen.catalog.emit_finish import finish, operations, ordered
from codegen.catalog.emit_replies import add_replies
from codegen.catalog.emit_schema import Facts
from codegen.catalog.report import Findings, report
from codegen.documents.claims import Document
from codegen.faults import Fault, InputFault

HEADER = (
    "Machine-written by `python -m codegen reconcile` from claims, decisions and overlays. Do not edit.\n"
    "Unofficial: not affiliated with or endorsed by the vendor."
)
_NOT_COMPARED = frozenset({"example", "list"})
"""Examples are held against the limits, lists against the parameters that others name."""


@dataclass(frozen=True)
class Catalog:
    """The canonical documents, and how they came about."""

    openapi: Mapping[str, dict[str, Any]]
    report: str
    findings: tuple[Findings, ...]

    @property
    def settled(self) -> int:
        """How many disagreements were settled."""
        return sum(sum(found.by_rule().values()) for found in self.findings)

    def summary(self) -> str:
        """One line a service, for the command line."""
        rows = []
        for found in self.findings:
            rules = ", ".join(f"{count} by {name}" for name, count in sorted(found.by_rule().items()))
            rows.append(
                f"{found.service}: {len(found.names)} operations, {len(found.settlements)} facts, "
                f"{sum(found.by_rule().values())} disagreements settled ({rules or 'none'})"
            )
        return "\n".join(rows)


def reconcile(documents: Sequence[Document], decisions_dir: Path, overlays_dir: Path) -> Catalog:
    """The catalog that these claims give. Every fault of every service is reported at once."""
    faults: list[Fault] = []
    openapi: dict[str, dict[str, Any]] = {}
    findings: list[Findings] = []
    for service, (own, decisions) in sorted(_services(documents, decisions_dir, faults).items()):
        try:
            openapi[service], found = _service(service, own, decisions, overlays_dir)
            findings.append(found)
        except InputFault as fault:
            faults.extend(fault.faults)
    if faults:
        raise InputFault(faults)
    return Catalog(openapi, report(findings, documents), tuple(findings))


def render(catalog: Catalog) -> dict[str, str]:
    """Every file under specs/ that the catalog gives, by name."""
    files = {f"openapi/{name}.yaml": _yaml(catalog.openapi[name]) for name in sorted(catalog.openapi)}
    return {**files, "RECONCILIATION.md": catalog.report}


def write(catalog: Catalog, specs_root: Path) -> None:
    """Write the catalog; each file appears whole or not at all, and documents of services that are gone go too."""
    files = render(catalog)
    folder = specs_root / "openapi"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        _replace(specs_root / name, text)
    for stale in sorted(folder.glob("*.yaml")):
        if f"openapi/{stale.name}" not in files:
            stale.unlink()


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        # A fresh temporary file is private; the catalog is as readable as any other source.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _yaml(document: dict[str, Any]) -> str:
    return yamlio.dumps(document, header=HEADER)


def _services(
    documents: Sequence[Document], decisions_dir: Path, faults: list[Fault]
) -> dict[str, tuple[list[Document], Decisions]]:
    """Which documents speak of which service: each decisions file names its skills."""
    services: dict[str, tuple[list[Document], Decisions]] = {}
    for path in sorted(decisions_dir.glob("*.yaml")):
        try:
            services[path.stem] = ([], read_decisions(path, f"specs/decisions/{path.name}"))
        except InputFault as fault:
            faults.extend(fault.faults)
    if not services and not faults:
        faults.append(Fault("specs/decisions", "", "no service is declared", "add <service>.yaml with its `skills`"))
    for document in sorted(documents, key=lambda one: one.document):
        owners = [
            name
            for name, (_, decisions) in services.items()
            if any(fnmatchcase(document.skill, pattern) for pattern in decisions.skills)
        ]
        if len(owners) == 1:
            services[owners[0]][0].append(document)
        elif not faults or services:
            said = "belongs to no service" if not owners else f"belongs to several services ({', '.join(owners)})"
            faults.append(
                Fault(
                    document.document,
                    "",
                    f"skill {document.skill!r} {said}",
                    "name it in one specs/decisions/<service>.yaml",
                )
            )
    return services


def _service(
    service: str, documents: list[Document], decisions: Decisions, overlays_dir: Path
) -> tuple[dict[str, Any], Findings]:
    """The canonical document of one service."""
    placed = placing(documents, decisions.places)
    compared = points(placed.documents)
    settlements = _settle_all(compared, decisions.decisions, placed.faults)
    facts = Facts(settlements)
    document = emit(service, facts, _version(documents))
    vendor_names = {(path, method): operation["operationId"] for path, method, operation in operations(document)}
    if faults := list(_of_nothing(placed.documents, set(vendor_names.values()))):
        raise InputFault(faults)
    name = f"specs/overlays/{service}.yaml"
    document = _overlaid(document, service, overlays_dir)
    if faults := list(_damage(document, vendor_names, name)):
        raise InputFault(faults)
    citations.settle(document, documents, name)
    _deprecate(document, vendor_names, set(withdrawn_operations(documents, decisions)))
    unsound = add_examples(document, compared, vendor_names) + add_replies(document, compared, vendor_names)
    names = {vendor_names[path, method]: operation["operationId"] for path, method, operation in operations(document)}
    finish(document, facts, vendor_names, f"specs/openapi/{service}.yaml")
    found = Findings(service, names, tuple(settlements.values()), tuple(unsound), placed.moves)
    document = ordered(document)
    if rows := disagreements(found):
        document["x-disagreements"] = rows
    if faults := lint.lint(document, f"specs/openapi/{service}.yaml"):
        raise InputFault(faults)
    return document, found


def withdrawn_operations(documents: Iterable[Document], decisions: Decisions) -> Iterable[str]:
    """Yield the operations that only skills state which their vendor does not publish any more."""
    gone = {row.skill for row in decisions.withdrawn if row.keep}
    rows = list(documents)
    alive = {name for row in rows if row.skill not in gone for name in row.capability}
    yield from sorted({name for row in rows if row.skill in gone for name in row.capability} - alive)


def _deprecate(document: dict[str, Any], vendor_names: Mapping[tuple[str, str], str], names: set[str]) -> None:
    for path, method, operation in operations(document):
        if vendor_names.get((path, method)) in names:
            operation["deprecated"] = True


def _overlaid(document: dict[str, Any], service: str, overlays_dir: Path) -> dict[str, Any]:
    """Return the document with the overlay of its service applied, and then those that are called SERVICE.*.yaml."""
    for path in [overlays_dir / f"{service}.yaml", *sorted(overlays_dir.glob(f"{service}.*.yaml"))]:
        if path.is_file():
            name = f"specs/overlays/{path.name}"
            document = overlay.apply(document, yamlio.load(path, name), name)
    return document


def _of_nothing(documents: Iterable[Document], operations: set[str]) -> Iterable[Fault]:
    """Claims that would be lost: no document gives the address of their operation."""
    for document in documents:
        first = {claim.operation: claim for claim in reversed(document.claims) if claim.operation is not None}
        for name in sorted(first.keys() - operations):
            claim = first[name]
            problem = f"speaks of the operation {name!r}, whose address no document states"
            close = get_close_matches(name, operations, n=1)
            remedy = f"write {close[0]!r}" if close else "state its address, or write another name"
            yield Fault(document.document, f"line {claim.line}", problem, remedy)


def _damage(document: dict[str, Any], vendor_names: Mapping[tuple[str, str], str], name: str) -> Iterable[Fault]:
    """An overlay may add to the documents' operations; it may neither invent one nor take a part of one away."""
    for path, method, operation in operations(document):
        pointer = f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}"
        if (path, method) not in vendor_names:
            yield Fault(name, pointer, "adds an operation that no document states", "remove it")
        elif not isinstance(operation.get("operationId"), str):
            yield Fault(name, pointer, "leaves the operation without an operationId", "keep it, or give it another")
        elif not isinstance(operation.get("responses", {}).get("200", {}).get("content", {}).get(JSON), dict):
            yield Fault(name, pointer, "leaves the operation without its reply", "keep responses/200")


def _version(documents: Sequence[Document]) -> str:
    """The newest publication date; where no document has one, the highest version that one states."""
    dates = [document.published for document in documents if document.published]
    versions = [document.version for document in documents if document.version]
    return max(dates) if dates else max(versions, default="0")


def _settle_all(
    compared: Points, decisions: tuple[Decision, ...], known_faults: Sequence[Fault]
) -> dict[Point, Settlement]:
    """The winner of every point, or every undecided point and every decision that is of no use."""
    by_point = {decision.point: decision for decision in decisions}
    used: set[Point] = set()
    faults: list[Fault] = list(known_faults)
    settled: dict[Point, Settlement] = {}
    for point, readings in sorted(compared.items(), key=lambda item: (item[0].fact != PRESENCE, item[0])):
        if not _is_compared(point, settled):
            settled[point] = _first(point, readings)
            continue
        outcome = settle(point, readings, by_point.get(point))
        if isinstance(outcome, Undecided):
            faults.append(_undecided(outcome))
            continue
        if outcome.reason:
            used.add(point)
        settled[point] = outcome
    decided, unknown = unknown_types.resolve(settled, by_point)
    settled |= decided
    used |= decided.keys()
    faults.extend(unknown)
    faults.extend(_unused(decision, compared) for decision in decisions if decision.point not in used)
    if faults:
        raise InputFault(faults)
    return _without_contradictions({point: settled[point] for point in sorted(settled)})


def _is_compared(point: Point, settled: Mapping[Point, Settlement]) -> bool:
    if point.subject in _NOT_COMPARED or point.fact == unknown_types.FACT:
        return False
    present = settled.get(Point(point.operation, point.subject, point.name, PRESENCE))
    # Of a parameter that does not exist, nothing else needs settling.
    return not (point.fact != PRESENCE and present is not None and present.value is False)


def _first(point: Point, readings: tuple[Reading, ...]) -> Settlement:
    best = min(readings, key=lambda reading: reading.statements[0].order)
    return Settlement(point, readings, best.value, best.sources, None)


def _undecided(outcome: Undecided) -> Fault:
    said = "; ".join(f"{reading.value!r} ({', '.join(reading.sources)})" for reading in outcome.readings)
    return Fault(
        outcome.readings[0].statements[0].document,
        f"line {outcome.readings[0].statements[0].line}",
        f"the documents disagree on {outcome.point} and no rule settles it: {said}",
        "add a decision to specs/decisions",
    )


def _unused(decision: Decision, compared: Points) -> Fault:
    readings = compared.get(decision.point)
    if readings is None:
        problem = f"decides {decision.point}, on which no document speaks"
    elif len(readings) == 1:
        problem = f"decides {decision.point}, on which the documents agree"
    else:
        problem = f"decides {decision.point}, which a rule settles, or names a winner that nobody says"
    return Fault(decision.file, decision.place, problem, "correct or remove it")


def _without_contradictions(settled: dict[Point, Settlement]) -> dict[Point, Settlement]:
    """A default that does not go with the better placed facts of its parameter yields to them."""
    result = dict(settled)
    for point, default in settled.items():
        if (point.subject, point.fact) != ("parameter", "default") or default.value is None:
            continue
        for fact, (contradicts, reason) in _CONTRADICTIONS.items():
            other = settled.get(Point(point.operation, point.subject, point.name, fact))
            if other is None or other.value is None or not contradicts(default.value, other.value):
                continue
            signed = all(
                statement.by == "signature" for reading in default.readings for statement in reading.statements
            )
            if signed or _standing(default) > _standing(other):
                rule = SIGNATURE if signed else AUTHORITY
                why = f"{reason} ({', '.join(other.sources)})."
                result[point] = Settlement(point, default.readings, None, other.sources, rule, why)
    return result


_CONTRADICTIONS: Mapping[str, tuple[Callable[[Any, Any], bool], str]] = {
    "required": (lambda _, required: required is True, "A required parameter has no default"),
    "enum": (lambda default, values: default not in values, "The default is none of the values"),
    "minimum": (lambda default, bound: _is_number(default) and default < bound, "The default is below the minimum"),
    "maximum": (lambda default, bound: _is_number(default) and default > bound, "The default is above the maximum"),
}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _standing(settlement: Settlement) -> int:
    """The best rank among those who said what won; where that is nobody's single word, among all."""
    won = canonical(settlement.point.fact, settlement.value)
    said = [statement for reading in settlement.readings for statement in reading.statements]
    winners = [statement for statement in said if canonical(settlement.point.fact, statement.value) == won]
    return min(statement.rank for statement in winners or said)
