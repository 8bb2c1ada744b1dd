"""Mutants that make no difference anybody could see: left out, each with its reason in equivalent.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from codegen import yamlio
from mutants.mutant import Mutant, Outdated

TABLE = Path(__file__).with_name("equivalent.yaml")


def without_equivalent(mutants: Sequence[Mutant], table: Path = TABLE) -> list[Mutant]:
    """Those that a test could notice. Raises Outdated where a row of the table fits none."""
    rows: dict[str, list[dict[str, Any]]] = yamlio.load(table)
    known = {(path, row["what"]) for path, of_path in rows.items() for row in of_path}
    made = {(mutant.path, mutant.what) for mutant in mutants}
    paths = {mutant.path for mutant in mutants}
    for path, what in sorted(known - made):
        if path in paths:
            raise Outdated(f"{path} has no mutant {what!r}: bring mutants/equivalent.yaml up to date")
    return [mutant for mutant in mutants if (mutant.path, mutant.what) not in known]
