"""`python -m tools.mutants`: make wrong versions, run the tests concerned, and say what was not noticed."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.mutants import mutant_report
from tools.mutants.catalog import catalog_mutants
from tools.mutants.clients import client_mutants
from tools.mutants.line_operators import SAMPLE, generator_mutants, line_mutants
from tools.mutants.mutant import Mutant, Outdated, limited, numbered, sampled
from tools.mutants.runner import NotSound, Result, run
from tools.mutants.safety_operators import runtime_mutants

ROOT = Path(__file__).resolve().parents[2]
MOST = 5
FAMILIES = ("client", "catalog", "runtime", "lines", "generator")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutants. Exit status 0: enough noticed; 1: not enough; 2: usage, or tests fail without a mutant."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not set(options.families) <= set(FAMILIES):
        parser.error(f"a FAMILY is one of {', '.join(FAMILIES)}")
    try:
        mutants = chosen(options)
        return _listed(mutants) if options.list else _run(mutants, options)
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


def _run(mutants: Sequence[Mutant], options: argparse.Namespace) -> int:
    start = time.monotonic()
    try:
        results = run(ROOT, mutants, _Progress(len(mutants), options.quiet))
    except NotSound as error:
        print(f"these tests fail without any mutant:\n{error}", file=sys.stderr)
        return 2
    seconds = time.monotonic() - start
    if options.json is not None:
        options.json.write_text(mutant_report.as_json(results, seconds) + "\n", encoding="utf-8")
    print(mutant_report.as_text(results, seconds))
    return 1 if mutant_report.failures(results) else 0


def chosen(options: argparse.Namespace) -> list[Mutant]:
    """Return the mutants that the options ask for."""
    mutants = list(numbered(_made(options)))
    if options.operator:
        mutants = [mutant for mutant in mutants if mutant.operator in options.operator]
    if options.match:
        mutants = [mutant for mutant in mutants if options.match in mutant.id]
    if options.sample is not None:
        return sampled(mutants, options.sample, options.seed)
    if options.all:
        return mutants
    # The files of the generator are many: a sample of all their lines says more than some lines of each.
    generator = [mutant for mutant in mutants if mutant.operator.startswith(mutant_report.GENERATOR_OPERATOR)]
    catalog = [mutant for mutant in mutants if mutant.operator in mutant_report.CATALOG_OPERATORS]
    chosen_already = {mutant.id for mutant in (*generator, *catalog)}
    others = [mutant for mutant in mutants if mutant.id not in chosen_already]
    kept = limited(others, options.most, options.seed, mutant_report.ALL_OF_THEM)
    return [*kept, *catalog, *sampled(generator, SAMPLE, options.seed)]


def _made(options: argparse.Namespace) -> Iterator[tuple[str, Mutant]]:
    families = {
        "client": lambda: client_mutants(ROOT),
        "catalog": lambda: catalog_mutants(ROOT, options.seed),
        "runtime": lambda: runtime_mutants(ROOT),
        "lines": lambda: line_mutants(ROOT),
        "generator": lambda: generator_mutants(ROOT),
    }
    for name in options.families or FAMILIES[:4]:
        yield from families[name]()


class _Progress:
    """Tells of survivors as they come, and how far it is."""

    def __init__(self, number: int, is_quiet: bool) -> None:
        self._number = number
        self._done = 0
        self._is_quiet = is_quiet

    def __call__(self, result: Result) -> None:
        self._done += 1
        if self._is_quiet:
            return
        if result.outcome != "noticed":
            print(f"{result.outcome}: {result.mutant.id}: {result.mutant.what}", file=sys.stderr)
        if self._done % 100 == 0:
            print(f"{self._done} of {self._number}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument(
        "families", nargs="*", metavar="FAMILY", help=f"of {', '.join(FAMILIES)}; default: the first four"
    )
    number = parser.add_mutually_exclusive_group()
    number.add_argument("--sample", type=int, metavar="N", help="so many of all mutants")
    number.add_argument("--all", action="store_true", help="every mutant")
    number.add_argument(
        "--most", type=int, default=MOST, metavar="N", help=f"of an operator in a folder; default {MOST}"
    )
    parser.add_argument("--seed", type=int, default=1, help="chooses the sample; default 1")
    parser.add_argument("--operator", action="append", metavar="NAME", help="only this one; may be repeated")
    parser.add_argument("--match", metavar="TEXT", help="only mutants with this in their id")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report as JSON too")
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    parser.add_argument("--quiet", action="store_true", help="say nothing until the end")
    return parser


if __name__ == "__main__":
    sys.exit(main())
