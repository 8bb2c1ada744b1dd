"""What was noticed: a table by operator, the survivors with file and line, and whether it is enough."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.mutants.runner import Result

ALL_OF_THEM = frozenset(
    "method|path|host|auth|body field|parameter name|parameter place|wrapper key|paid retry|terminal state".split("|")
)
"""Operators of which every mutant has to be noticed: what costs money, leaks a key, or loses a task."""
OVERALL = 95.0
CATALOG = 95.0
LINES = 85.0
RUNTIME = 85.0
"""What is reached: 86 to 89 of 100 in two samples; SURVIVORS.md has the rest."""
CATALOG_OPERATORS = ("wrong catalog", "wrong claim")
LINE_OPERATOR = "line: "
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
    """Return one row an operator, and one for each family."""
    names = sorted({result.mutant.operator for result in results})
    rows = [row(name, [result for result in results if result.mutant.operator == name]) for name in names]
    for name, family in families(results):
        rows.append(row(name, family))
    return rows


def families(results: Sequence[Result]) -> Iterator[tuple[str, list[Result]]]:
    """Yield the families that there are: client and runtime, catalog, lines."""
    grouped: dict[str, list[Result]] = {}
    for result in results:
        grouped.setdefault(family_of(result.mutant.operator), []).append(result)
    yield from sorted(grouped.items())


def family_of(operator: str) -> str:
    """Return which figure an operator counts for."""
    if operator in CATALOG_OPERATORS:
        return "= catalog"
    if operator.startswith(GENERATOR_OPERATOR):
        return "= lines of the generator"
    if operator.startswith(RUNTIME_OPERATOR):
        return "= safety of the runtime"
    return "= lines of the runtime" if operator.startswith(LINE_OPERATOR) else "= client and runtime"


def failures(results: Sequence[Result]) -> list[str]:
    """Return what is not enough, one line each."""
    needed = {"= catalog": CATALOG, "= client and runtime": OVERALL, "= safety of the runtime": RUNTIME}
    needed |= dict.fromkeys(("= lines of the runtime", "= lines of the generator"), LINES)
    failures = [
        f"{each.name}: {each.percent:.1f} % are noticed, {needed.get(each.name, 100.0):.0f} % are asked for"
        for each in rows(results)
        if each.percent < needed.get(each.name, 100.0 if each.name in ALL_OF_THEM else 0.0)
    ]
    failures += [f"{result.mutant.id}: {result.by}" for result in results if result.outcome == "error"]
    return failures if results else ["there is no mutant"]


def as_text(results: Sequence[Result], seconds: float) -> str:
    """Return the report for a person."""
    head = f"{'operator':<28}{'made':>7}{'noticed':>9}{'survived':>10}{'':>11}"
    lines = [head, *(str(each) for each in rows(results)), ""]
    survivors = [result.mutant for result in results if result.outcome == "survived"]
    lines += [f"{mutant.path}:{mutant.line}: {mutant.operator}: {mutant.what} [{mutant.id}]" for mutant in survivors]
    lines += ["", f"{len(results)} mutants in {seconds:.0f} s, {len(survivors)} survived"]
    return "\n".join([*lines, *failures(results)])


def as_json(results: Sequence[Result], seconds: float) -> str:
    """Return the report for a program."""
    mutants = [
        {
            "id": result.mutant.id,
            "operator": result.mutant.operator,
            "path": result.mutant.path,
            "line": result.mutant.line,
            "what": result.mutant.what,
            "outcome": result.outcome,
            "by": result.by,
            "seconds": round(result.seconds, 2),
        }
        for result in results
    ]
    table = {each.name: {"made": each.made, "noticed": each.noticed} for each in rows(results)}
    return json.dumps(
        {"seconds": round(seconds), "operators": table, "failures": failures(results), "mutants": mutants}
    )
