"""`python -m tools.mutants`: make wrong versions, run the tests concerned, and say what was not noticed."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tools.mutants import mutant_report
from tools.mutants.catalog import catalog_mutants
from tools.mutants.clients import client_mutants
from tools.mutants.line_operators import generator_mutants
from tools.mutants.mutant import Mutant, Outdated, numbered, sampled
from tools.mutants.results import Result, ResultsFile
from tools.mutants.runner import WORKERS, NotSound, run
from tools.mutants.safety_operators import runtime_mutants

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 20
"""Of each module, where nobody asks for more."""
RESULTS = Path("mutants.jsonl")
FAMILIES = ("client", "catalog", "runtime", "generator")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutants. Exit status 0: enough noticed; 1: not enough; 2: usage, or tests fail without a mutant."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not set(options.families) <= set(FAMILIES):
        parser.error(f"a FAMILY is one of {', '.join(FAMILIES)}")
    try:
        made = list(numbered(_made(options)))
        mutants = chosen(made, options)
        counts = Counter(mutant.module for mutant in made)
        return _listed(mutants) if options.list else _run(mutants, counts, options)
    except Outdated as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


def _listed(mutants: Sequence[Mutant]) -> int:
    for mutant in mutants:
        print(f"{mutant.id}  {mutant.path}:{mutant.line}: {mutant.what}")
    print(f"{len(mutants)} mutants")
    return 0


def _run(mutants: Sequence[Mutant], counts: Mapping[str, int], options: argparse.Namespace) -> int:
    file = ResultsFile(ROOT, options.results)
    results = {result.mutant.id: result for result in file.known(mutants)}
    waiting = [mutant for mutant in mutants if mutant.id not in results]
    print(f"{len(mutants)} mutants, {len(results)} of them in {options.results}", file=sys.stderr)
    progress = _Progress(len(waiting))

    def note(result: Result) -> None:
        file.add(result)
        results[result.mutant.id] = result
        progress(result)

    try:
        if waiting:
            lines = options.results.with_suffix(".lines.jsonl")
            run(ROOT, waiting, note, workers=options.workers, lines=lines)
    except NotSound as error:
        print(f"these tests fail without any mutant:\n{error}", file=sys.stderr)
        return 2
    rows = [results[mutant.id] for mutant in mutants]
    held = mutant_report.held_figures(Counter(result.mutant.module for result in rows))
    print(mutant_report.as_text(rows, held, counts))
    if options.record:
        mutant_report.record(rows, counts)
    return 1 if mutant_report.failures(rows, held, counts) else 0


def chosen(made: Sequence[Mutant], options: argparse.Namespace) -> list[Mutant]:
    """Return the mutants that the options ask for."""
    mutants = list(made)
    if options.operator:
        mutants = [mutant for mutant in mutants if mutant.operator in options.operator]
    if options.match:
        mutants = [mutant for mutant in mutants if any(text in mutant.id for text in options.match)]
    if options.tests:
        mutants = [replace(mutant, tests=tuple(options.tests)) for mutant in mutants]
    return mutants if options.all else sampled(mutants, options.sample, options.seed)


def _made(options: argparse.Namespace) -> Iterator[tuple[str, Mutant]]:
    families = {
        "client": lambda: client_mutants(ROOT),
        "catalog": lambda: catalog_mutants(ROOT, options.seed),
        "runtime": lambda: runtime_mutants(ROOT),
        "generator": lambda: generator_mutants(ROOT),
    }
    for name in options.families or FAMILIES:
        yield from families[name]()


class _Progress:
    """Prints each survivor as it comes, and every 20 mutants how far the run is and how long it may take."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._done = 0
        self._start: float | None = None

    def __call__(self, result: Result) -> None:
        if self._start is None:  # before the first mutant the tests run without any
            self._start = time.monotonic()
        self._done += 1
        if result.outcome != "noticed":
            mutant = result.mutant
            print(f"{result.outcome}: {mutant.path}:{mutant.line}: {mutant.what} [{mutant.id}]", file=sys.stderr)
        if self._done % 20 == 0:
            minutes = (time.monotonic() - self._start) / self._done * (self._number - self._done) / 60
            print(f"{self._done} of {self._number}, {minutes:.0f} minutes left", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(FAMILIES)}; default: all")
    number = parser.add_mutually_exclusive_group()
    number.add_argument(
        "--sample", type=int, default=SAMPLE, metavar="N", help=f"so many of each module; default {SAMPLE}"
    )
    number.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--seed", type=int, default=1, help="chooses the sample; default 1")
    parser.add_argument("--operator", action="append", metavar="NAME", help="only this one; may be repeated")
    parser.add_argument(
        "--match", action="append", metavar="TEXT", help="only mutants with this in their id; may be repeated"
    )
    parser.add_argument(
        "--results", type=Path, default=RESULTS, metavar="FILE", help=f"keeps results, to resume; default {RESULTS}"
    )
    parser.add_argument("--workers", type=int, default=WORKERS, metavar="N", help=f"processes; default {WORKERS}")
    parser.add_argument("--tests", action="append", metavar="PATH", help="run these instead; may be repeated")
    parser.add_argument("--record", action="store_true", help="the figures of the modules become those to hold")
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    return parser


if __name__ == "__main__":
    sys.exit(main())
