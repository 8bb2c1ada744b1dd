"""Changes of lines that make no difference anybody could see: left out, each with its reason in equivalent.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from codegen import yamlio
from mutants.mutant import Mutant, Outdated

PLAIN = ("line: ", "generator: ")
TABLE = Path(__file__).with_name("equivalent.yaml")


def without_equivalent(mutants: Sequence[Mutant], table: Path = TABLE) -> list[Mutant]:
    """Those that a test could notice. Raises Outdated where a row of the table fits none."""
    rows: dict[str, list[dict[str, Any]]] = yamlio.load(table)
    known = {(path, row["what"]) for path, of_path in rows.items() for row in of_path}
    of_lines = [mutant for mutant in mutants if mutant.operator.startswith(PLAIN)]
    made = {(mutant.path, mutant.what) for mutant in of_lines}
    paths = {mutant.path for mutant in of_lines}
    for path, what in sorted(known - made):
        if path in paths:
            raise Outdated(f"{path} has no mutant {what!r}: bring mutants/equivalent.yaml up to date")
    left_out = {mutant.id for mutant in of_lines if (mutant.path, mutant.what) in known}
    return [mutant for mutant in mutants if mutant.id not in left_out]
