"""How much of the catalog the generated suite proves: facts of each document against the pointers its rows carry."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen import paths, yamlio
from codegen.contracts.fact_pointers import EXAMPLES, example_replies, example_requests, facts_by_kind, operations
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import join
from codegen.faults import Fault, InputFault

SUITE = "contract_tests"
Excused = Mapping[tuple[str, str], str]
"""Service and what is unproven (the pointer of a fact, or "reply of <operationId>") → the reason."""

_KEYS = {"service", "what", "reason"}


def read_excused(path: Path) -> Excused:
    """Return the reasons in a file; none where there is no file."""
    if not path.exists():
        return {}
    value = yamlio.load(path)
    rows = value.get("unproven") if isinstance(value, dict) and set(value) == {"unproven"} else None
    if not isinstance(rows, list):
        raise InputFault(Fault(path.as_posix(), "", "is not a list under `unproven`", "see specs/README.md"))
    faults = [
        Fault(path.as_posix(), f"/unproven/{index}", f"needs {sorted(_KEYS)}, each a text", "see specs/README.md")
        for index, row in enumerate(rows)
        if not _is_sound(row)
    ]
    if faults:
        raise InputFault(faults)
    return {(row["service"], row["what"]): row["reason"] for row in rows}


def _is_sound(row: Any) -> bool:
    return isinstance(row, dict) and set(row) == _KEYS and all(isinstance(text, str) for text in row.values())


@dataclass(frozen=True)
class Coverage:
    """The facts of one document: proven, excused or unproven."""

    service: str
    kinds: Mapping[str, frozenset[str]]
    """Kind of fact → the pointers of all of them."""
    claimed: frozenset[str]
    """What the rows say they prove."""
    dangling: tuple[str, ...]
    """Pointers of rows that lead nowhere in the document: a row that proves nothing."""
    examples: Mapping[str, tuple[bool, bool]]
    """Operation → whether a documented request and a documented reply of it are in a row."""

    @property
    def facts(self) -> frozenset[str]:
        return frozenset().union(*self.kinds.values())

    @property
    def unproven(self) -> tuple[str, ...]:
        return tuple(sorted(self.facts - self.claimed))

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """Operation and which half of its exchange no document shows. A catalog without examples misses none."""
        if not self.kinds.get(EXAMPLES):
            return ()
        rows = ((name, zip(("request", "reply"), has, strict=True)) for name, has in self.examples.items())
        return tuple((name, part) for name, parts in rows for part, is_examples in parts if not is_examples)

    def cell(self, kind: str | None) -> str:
        """Return "proven of all"."""
        facts = self.facts if kind is None else self.kinds.get(kind, frozenset())
        return f"{len(facts & self.claimed)}/{len(facts)}" if facts else "–"


def coverage(service: str, document: Mapping[str, Any], claimed: frozenset[str]) -> Coverage:
    """Compare the facts of the catalog with the claims."""
    oracle = Oracle(document)
    dangling = tuple(sorted(pointer for pointer in claimed if oracle.at(pointer) is None))
    kinds = {kind: frozenset(pointers) for kind, pointers in facts_by_kind(document).items()}
    examples = {
        str(oracle.at(join(pointer, "operationId")) or pointer): (
            any(examples.pointer in claimed for examples in example_requests(oracle, pointer)),
            any(examples.pointer in claimed for examples in example_replies(oracle, pointer)),
        )
        for pointer in operations(oracle)
    }
    return Coverage(service, kinds, claimed, dangling, examples)


def claims(service: str, folder: Path) -> frozenset[str]:
    """Return the pointers in the tables of a service's modules."""
    names = sorted(path.stem for path in (folder / SUITE / service).glob("*.py") if path.stem != "conftest")
    modules = [importlib.import_module(f"{SUITE}.{service}.{name}") for name in names]
    return frozenset(pointer for module in modules for table in vars(module).values() for pointer in _proofs(table))


def _proofs(value: Any) -> Iterator[str]:
    """Yield the pointers of a row, of the rows in a table, and of the tables of a test class."""
    if isinstance(value, type) and value.__name__.startswith("Test"):
        value = tuple(vars(value).values())
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for row in value:
            yield from _proofs(row)
    else:
        pointers = getattr(value, "proves", ())
        yield from pointers if isinstance(pointers, tuple) else ()


def measure(folder: Path) -> list[Coverage]:
    """Return the coverage of every service of a generated folder."""
    sys.path.insert(0, str(folder))
    try:
        documents = sorted((folder / SUITE / "catalog").glob("*.json"))
        return [
            coverage(path.stem, json.loads(path.read_text(encoding="utf-8")), claims(path.stem, folder))
            for path in documents
        ]
    finally:
        sys.path.remove(str(folder))


@dataclass(frozen=True)
class CoverageReport:
    """The text of the report, and whether every fact is proven or excused."""

    coverages: tuple[Coverage, ...]
    excused: Excused

    @property
    def lines(self) -> list[str]:
        return ["Facts of the catalog that a row of the generated suite proves", "", *self._table(), "", *self._gaps()]

    @property
    def is_whole(self) -> bool:
        """Whether everything is proven or excused, and every excuse of use."""
        return bool(self.coverages) and not self._open and not self._idle and not any(self._dangling)

    def _table(self) -> Iterator[str]:
        kinds = list(dict.fromkeys(kind for one in self.coverages for kind in one.kinds))
        rows = [("", *(one.service for one in self.coverages))]
        rows += [(kind, *(one.cell(kind) for one in self.coverages)) for kind in kinds]
        rows += [("all", *(one.cell(None) for one in self.coverages))]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for first, *others in rows:
            cells = (cell.rjust(width + 2) for cell, width in zip(others, widths[1:], strict=True))
            yield (first.ljust(widths[0]) + "".join(cells)).rstrip()

    @property
    def _unproven(self) -> list[tuple[str, str]]:
        return [(one.service, pointer) for one in self.coverages for pointer in one.unproven]

    @property
    def _missing(self) -> list[tuple[str, str]]:
        return [(one.service, f"{part} of {name}") for one in self.coverages for name, part in one.missing]

    @property
    def _dangling(self) -> list[tuple[str, str]]:
        return [(one.service, pointer) for one in self.coverages for pointer in one.dangling]

    @property
    def _open(self) -> list[tuple[str, str]]:
        return [gap for gap in (*self._unproven, *self._missing) if gap not in self.excused]

    @property
    def _idle(self) -> list[tuple[str, str]]:
        gaps = {*self._unproven, *self._missing}
        return [gap for gap in self.excused if gap not in gaps]

    def _gaps(self) -> Iterator[str]:
        examples = [has for one in self.coverages for has in one.examples.values()]
        requests, replies = (sum(has[index] for has in examples) for index in (0, 1))
        yield f"Vendor examples: {requests} of {len(examples)} requests, {replies} of {len(examples)} replies"
        for title, gaps in (("no document shows", self._missing), ("unproven", self._unproven)):
            for gap in gaps:
                yield f"  {title}: {gap[0]} {gap[1]}: {self.excused.get(gap, 'NO REASON IS GIVEN')}"
        yield from (f"  no such fact: {service} {pointer}" for service, pointer in self._dangling)
        yield from (f"  excused for nothing: {service} {what}" for service, what in self._idle)
        yield "Unproven without a reason: " + (str(len(self._open)) if self._open else "none")


def main(arguments: list[str] | None = None) -> int:
    """Print the report; 1 where a fact is unproven without a reason or a row proves none."""
    parser = argparse.ArgumentParser(prog="python -m codegen.contracts.coverage", description=__doc__)
    parser.add_argument("--generated", type=Path, default=paths.GENERATED, metavar="DIR")
    parser.add_argument("--excused", type=Path, default=paths.EXCUSED, metavar="FILE", help="what is unproven, and why")
    options = parser.parse_args(arguments)
    try:
        report = CoverageReport(tuple(measure(options.generated)), read_excused(options.excused))
    except InputFault as fault:
        print(fault, file=sys.stderr)
        return 1
    print("\n".join(report.lines))
    return 0 if report.is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
