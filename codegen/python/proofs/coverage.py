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

from codegen import paths
from codegen.python.proofs.facts import facts
from codegen.python.proofs.oracle import Oracle

SUITE = "contract_tests"


@dataclass(frozen=True)
class Coverage:
    """The facts of one document and what became of them."""

    service: str
    facts: frozenset[str]
    claimed: frozenset[str]
    """What the rows say they prove."""
    strange: tuple[str, ...]
    """Pointers of rows that lead nowhere in the document: a row that proves nothing."""

    @property
    def unproven(self) -> tuple[str, ...]:
        return tuple(sorted(self.facts - self.claimed))

    def lines(self) -> Iterator[str]:
        """The report for a person."""
        yield f"{self.service}: {len(self.facts & self.claimed)} of {len(self.facts)} facts proven"
        yield from (f"  unproven {pointer}" for pointer in self.unproven)
        yield from (f"  no such fact {pointer}" for pointer in self.strange)


def coverage(service: str, document: Mapping[str, Any], claimed: frozenset[str]) -> Coverage:
    """Facts against claims."""
    oracle = Oracle(document)
    strange = tuple(sorted(pointer for pointer in claimed if oracle.at(pointer) is None))
    return Coverage(service, frozenset(facts(document)), claimed, strange)


def claims(service: str, folder: Path) -> frozenset[str]:
    """The pointers in the tables of a service's modules."""
    names = sorted(path.stem for path in (folder / SUITE / service).glob("*.py") if path.stem != "conftest")
    modules = [importlib.import_module(f"{SUITE}.{service}.{name}") for name in names]
    return frozenset(pointer for module in modules for table in vars(module).values() for pointer in _proofs(table))


def _proofs(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for row in value:
            yield from _proofs(row)
    else:
        found = getattr(value, "proves", ())
        yield from found if isinstance(found, tuple) else ()


def report(folder: Path) -> list[Coverage]:
    """The coverage of every service of a generated folder."""
    sys.path.insert(0, str(folder))
    try:
        documents = sorted((folder / SUITE / "catalog").glob("*.json"))
        return [
            coverage(path.stem, json.loads(path.read_text(encoding="utf-8")), claims(path.stem, folder))
            for path in documents
        ]
    finally:
        sys.path.remove(str(folder))


def main(arguments: list[str] | None = None) -> int:
    """Print the report; 1 where a fact is unproven or a row proves none."""
    parser = argparse.ArgumentParser(prog="python -m codegen.python.proofs.coverage", description=__doc__)
    parser.add_argument("--generated", type=Path, default=paths.GENERATED, metavar="DIR")
    found = report(parser.parse_args(arguments).generated)
    for one in found:
        print("\n".join(one.lines()))
    return 0 if found and not any(one.unproven or one.strange for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
