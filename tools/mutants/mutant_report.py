"""What was noticed: a table by module and family, the survivors, and whether it is enough."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.results import Result

ALL_OF_THEM = frozenset(
    "method|path|host|auth|body field|parameter name|parameter place|wrapper key|paid retry|terminal state".split("|")
)
"""Operators of which every mutant has to be noticed: what costs money, leaks a key, or loses a task."""
NEEDED: Mapping[str, float] = {"= catalog": 95.0, "= client": 95.0, "= runtime": 90.0, "= generator": 90.0}
"""Family → how many of a hundred have to be noticed."""
FIGURES = Path(__file__).with_name("figures.json")
"""The last figures of each module: noticed, tried, and how many there are. No later one may be below them."""
CATALOG_OPERATORS = ("wrong catalog", "wrong claim")
RUNTIME_OPERATOR = "runtime: "
GENERATOR_OPERATOR = "generator: "


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of some mutants."""

    name: str
    of: int
    """How many there are."""
    tried: int
    noticed: int
    percent: float
    """How many of a hundred are noticed."""

    def __str__(self) -> str:
        survived = self.tried - self.noticed
        return f"{self.name:<28}{self.of:>7}{self.tried:>7}{self.noticed:>9}{survived:>10}{self.percent:>9.1f} %"


def rows(results: Sequence[Result], counts: Mapping[str, int]) -> list[FigureRow]:
    """Return one row a module and one a family, in which a module has the weight of all its mutants."""
    groups: dict[str, list[Result]] = {}
    families: dict[str, set[str]] = {}
    for result in results:
        groups.setdefault(result.mutant.module, []).append(result)
        families.setdefault(family_of(result.mutant.operator), set()).add(result.mutant.module)
    modules = {name: _row(name, found, counts) for name, found in sorted(groups.items())}
    return [
        *modules.values(),
        *(_total(name, [modules[module] for module in sorted(names)]) for name, names in sorted(families.items())),
    ]


def _row(name: str, results: Sequence[Result], counts: Mapping[str, int]) -> FigureRow:
    noticed = sum(result.outcome == "noticed" for result in results)
    return FigureRow(name, counts[name], len(results), noticed, 100.0 * noticed / len(results))


def _total(name: str, modules: Sequence[FigureRow]) -> FigureRow:
    of = sum(each.of for each in modules)
    percent = sum(each.of * each.percent for each in modules) / of
    return FigureRow(name, of, sum(each.tried for each in modules), sum(each.noticed for each in modules), percent)


def family_of(operator: str) -> str:
    """Return which figure an operator counts for."""
    if operator in CATALOG_OPERATORS:
        return "= catalog"
    if operator.startswith(GENERATOR_OPERATOR):
        return "= generator"
    return "= runtime" if operator.startswith(RUNTIME_OPERATOR) else "= client"


def failures(results: Sequence[Result], held: Mapping[str, float], counts: Mapping[str, int]) -> list[str]:
    """Return what is not enough, one line each. `held` has the last figures of the modules."""
    needed = {**dict.fromkeys(ALL_OF_THEM, 100.0), **NEEDED, **held}
    found = [
        f"{each.name}: {each.percent:.1f} % are noticed, {needed[each.name]:.1f} % are needed"
        for each in rows(results, counts)
        if each.name in needed and each.percent < needed[each.name]
    ]
    found += [f"{result.mutant.id}: {result.by}" for result in results if result.outcome == "error"]
    return found if results else ["there is no mutant"]


def held_figures(tried: Mapping[str, int]) -> dict[str, float]:
    """Return the last figure of each module of which as many are tried now: another sample says something else."""
    rows = ((name, row) for name, row in _recorded().items() if row["tried"] == tried.get(name))
    return {name: 100.0 * row["noticed"] / row["tried"] for name, row in rows}


def record(results: Sequence[Result], counts: Mapping[str, int]) -> None:
    """Write the figures of the modules in the place of the last ones, unless more were tried then."""
    modules, last = {result.mutant.module for result in results}, _recorded()
    figures = last | {
        each.name: {"noticed": each.noticed, "tried": each.tried, "of": each.of}
        for each in rows(results, counts)
        if each.name in modules and each.tried >= last.get(each.name, {"tried": 0})["tried"]
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(figures.items())]
    FIGURES.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _recorded() -> dict[str, dict[str, int]]:
    figures: dict[str, dict[str, int]] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return figures


def as_text(results: Sequence[Result], held: Mapping[str, float], counts: Mapping[str, int]) -> str:
    """Return the report for a person."""
    head = f"{'module':<28}{'all':>7}{'tried':>7}{'noticed':>9}{'survived':>10}{'':>11}"
    lines = [head, *(str(each) for each in rows(results, counts)), ""]
    survivors = [result.mutant for result in results if result.outcome == "survived"]
    lines += [f"{mutant.path}:{mutant.line}: {mutant.operator}: {mutant.what} [{mutant.id}]" for mutant in survivors]
    lines += ["", f"{len(results)} mutants, {len(survivors)} survived"]
    return "\n".join([*lines, *failures(results, held, counts)])
