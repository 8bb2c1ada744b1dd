"""What was noticed: a table by operator, module and family, the survivors, and whether it is enough."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.results import Result
from tools.mutants.runtime import RUNTIME

ALL_OF_THEM = frozenset(
    "method|path|host|auth|body field|parameter name|parameter place|wrapper key|paid retry|terminal state".split("|")
)
"""Operators of which every mutant has to be noticed: what costs money, leaks a key, or loses a task."""
NEEDED: Mapping[str, float] = {"= catalog": 95.0, "= client": 95.0, "= runtime": 90.0, "= generator": 90.0}
"""Family → how many of a hundred have to be noticed."""
FIGURES = Path(__file__).with_name("figures.json")
"""The last figures of each module of the runtime. No later one may be below them."""
CATALOG_OPERATORS = ("wrong catalog", "wrong claim")
RUNTIME_OPERATOR = "runtime: "
GENERATOR_OPERATOR = "generator: "


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of some mutants."""

    name: str
    made: int
    noticed: int

    @property
    def percent(self) -> float:
        """How many of a hundred are noticed."""
        return 100.0 * self.noticed / self.made if self.made else 100.0

    def __str__(self) -> str:
        survived = self.made - self.noticed
        return f"{self.name:<28}{self.made:>7}{self.noticed:>9}{survived:>10}{self.percent:>9.1f} %"


def row(name: str, results: Sequence[Result]) -> FigureRow:
    """Return the figures of these results."""
    return FigureRow(name, len(results), sum(result.outcome == "noticed" for result in results))


def rows(results: Sequence[Result]) -> list[FigureRow]:
    """Return one row an operator, one a module of the runtime, and one a family."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.mutant.operator, []).append(result)
    operators = sorted(groups.items())
    groups = {}
    for result in results:
        if result.mutant.operator.startswith(RUNTIME_OPERATOR):
            groups.setdefault(module_of(result), []).append(result)
    modules = sorted(groups.items())
    groups = {}
    for result in results:
        groups.setdefault(family_of(result.mutant.operator), []).append(result)
    return [row(name, found) for name, found in (*operators, *modules, *sorted(groups.items()))]


def module_of(result: Result) -> str:
    """Return the name of a module of the runtime, such as "aio/task.py"."""
    return result.mutant.path.removeprefix(f"{RUNTIME}/")


def family_of(operator: str) -> str:
    """Return which figure an operator counts for."""
    if operator in CATALOG_OPERATORS:
        return "= catalog"
    if operator.startswith(GENERATOR_OPERATOR):
        return "= generator"
    return "= runtime" if operator.startswith(RUNTIME_OPERATOR) else "= client"


def failures(results: Sequence[Result], held: Mapping[str, float]) -> list[str]:
    """Return what is not enough, one line each. `held` has the last figures of the modules."""
    needed = {**dict.fromkeys(ALL_OF_THEM, 100.0), **NEEDED, **held}
    found = [
        f"{each.name}: {each.percent:.1f} % are noticed, {needed[each.name]:.1f} % are needed"
        for each in rows(results)
        if each.name in needed and each.percent < needed[each.name]
    ]
    found += [f"{result.mutant.id}: {result.by}" for result in results if result.outcome == "error"]
    return found if results else ["there is no mutant"]


def held_figures() -> dict[str, float]:
    """Return the last figure of each module."""
    figures: dict[str, float] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return figures


def record(results: Sequence[Result]) -> None:
    """Write the figures of the modules, rounded down, in the place of the last ones."""
    names = {module_of(result) for result in results if result.mutant.operator.startswith(RUNTIME_OPERATOR)}
    figures = {each.name: math.floor(each.percent * 10) / 10 for each in rows(results) if each.name in names}
    FIGURES.write_text(json.dumps(held_figures() | figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def as_text(results: Sequence[Result], held: Mapping[str, float]) -> str:
    """Return the report for a person."""
    head = f"{'operator':<28}{'made':>7}{'noticed':>9}{'survived':>10}{'':>11}"
    lines = [head, *(str(each) for each in rows(results)), ""]
    survivors = [result.mutant for result in results if result.outcome == "survived"]
    lines += [f"{mutant.path}:{mutant.line}: {mutant.operator}: {mutant.what} [{mutant.id}]" for mutant in survivors]
    lines += ["", f"{len(results)} mutants, {len(survivors)} survived"]
    return "\n".join([*lines, *failures(results, held)])
