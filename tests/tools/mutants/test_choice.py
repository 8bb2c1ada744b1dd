"""Which mutants are run, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tools.mutants import mutant_report
from tools.mutants.mutant import Mutant, numbered, sampled
from tools.mutants.results import Result, ResultsFile
from tools.mutants.runtime import RUNTIME


def made(number: int, operator: str = "path", folder: str = "generated/wondergen/acme") -> list[Mutant]:
    """Return so many mutants of one kind."""
    return [Mutant(f"{operator}/{index}", operator, f"{folder}/a.py", 1, "", dict) for index in range(number)]


def results_of(noticed: int, survived: int, operator: str) -> list[Result]:
    """Return results of one operator."""
    outcomes = ["noticed"] * noticed + ["survived"] * survived
    return [
        Result(each, outcome, "", 0.1) for each, outcome in zip(made(len(outcomes), operator), outcomes, strict=True)
    ]


def failures(results: Sequence[Result], held: Mapping[str, float] | None = None) -> list[str]:
    """Return what is not enough where every mutant was tried."""
    return mutant_report.failures(results, held or {}, Counter(result.mutant.module for result in results))


def test_the_same_seed_chooses_the_same_mutants_and_more_of_them_only_adds() -> None:
    mutants = made(50)
    assert sampled(mutants, 10, 3) == sampled(mutants, 10, 3)
    assert sampled(mutants, 10, 3) != sampled(mutants, 10, 4)
    assert set(sampled(mutants, 10, 3)) < set(sampled(mutants, 20, 3))


def test_a_sample_has_so_many_of_each_module() -> None:
    runtime = [replace(each, operator="runtime: return", path=f"{RUNTIME}/wire.py") for each in made(9, "wire")]
    mutants = [*made(50, "path"), *made(3, "assets", "generated/wondergen/b"), *runtime]
    counts = Counter(each.module for each in sampled(mutants, 5, 1))
    assert counts == {"path": 5, "assets": 3, "wire.py": 5}


def test_mutants_of_one_subject_are_counted() -> None:
    found = numbered(("path/acme", each) for each in made(2))
    assert [each.id for each in found] == ["path/acme/1", "path/acme/2"]


@pytest.mark.parametrize(
    "noticed, survived, operator, is_enough",
    [
        (95, 5, "assets", True),
        (94, 6, "assets", False),
        (100, 0, "path", True),
        (99, 1, "path", False),
        (29, 1, "wrong claim", True),
        (28, 2, "wrong catalog", False),
        (90, 10, "runtime: state", True),
        (89, 11, "runtime: state", False),
        (90, 10, "generator: return", True),
        (89, 11, "generator: return", False),
        (0, 0, "path", False),
    ],
)
def test_what_is_enough(noticed: int, survived: int, operator: str, is_enough: bool) -> None:
    assert (failures(results_of(noticed, survived, operator)) == []) is is_enough


def test_an_error_of_the_tool_is_no_success() -> None:
    results = [*results_of(99, 0, "assets"), Result(made(1)[0], "error", "no test was found", 0.1)]
    assert "path/0: no test was found" in failures(results)


def test_survivors_are_listed_with_file_and_line() -> None:
    report = mutant_report.as_text(results_of(1, 1, "assets"), {}, {"assets": 7})
    assert "generated/wondergen/acme/a.py:1: assets:  [assets/1]" in report
    assert "2 mutants, 1 survived" in report


def results_of_module(file: str, noticed: int, survived: int) -> list[Result]:
    """Return results of a file of the runtime."""
    return [
        replace(result, mutant=replace(result.mutant, path=f"{RUNTIME}/{file}"))
        for result in results_of(noticed, survived, "runtime: return")
    ]


def test_a_module_has_the_weight_of_all_its_mutants_in_the_figure_of_its_family() -> None:
    results = [*results_of_module("small.py", 0, 10), *results_of_module("large.py", 10, 0)]
    assert mutant_report.failures(results, {}, {"small.py": 10, "large.py": 990}) == []
    assert mutant_report.rows(results, {"small.py": 10, "large.py": 990})[-1].percent == 99.0


def test_no_module_falls_below_its_last_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutant_report, "FIGURES", tmp_path / "figures.json")
    mutant_report.FIGURES.write_text('{"other.py": {"noticed": 91, "tried": 100, "of": 120}}')
    results = results_of_module("wire.py", 28, 2)
    mutant_report.record(results, {"wire.py": 60})
    held = mutant_report.held_figures({"wire.py": 30, "other.py": 100})
    assert '"wire.py": {"noticed": 28, "tried": 30, "of": 60}' in mutant_report.FIGURES.read_text()
    assert held["other.py"] == 91.0
    assert failures(results, held) == []
    assert failures(results[2:], held) == ["wire.py: 92.9 % are noticed, 93.3 % are needed"]


def test_the_figure_of_a_larger_sample_stays_and_holds_for_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutant_report, "FIGURES", tmp_path / "figures.json")
    mutant_report.FIGURES.write_text('{"wire.py": {"noticed": 91, "tried": 100, "of": 120}}')
    mutant_report.record(results_of_module("wire.py", 4, 0), {"wire.py": 120})
    assert '"wire.py": {"noticed": 91, "tried": 100, "of": 120}' in mutant_report.FIGURES.read_text()
    assert mutant_report.held_figures({"wire.py": 4}) == {}


def test_a_run_is_resumed_where_the_file_and_for_a_survivor_its_tests_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name in ("toy.py", "tests/test_toy.py", "tests/other.py"):
        (tmp_path / name).write_text("a = 1\n")
    mutants = [
        Mutant("1", "toy", "toy.py", 1, "1 → 2", dict, ("tests",)),
        Mutant("2", "toy", "toy.py", 1, "1 → 3", dict, ("tests/test_toy.py",)),
    ]
    path = tmp_path / "results.jsonl"
    for mutant, outcome in zip(mutants, ("noticed", "survived"), strict=True):
        ResultsFile(tmp_path, path).add(Result(mutant, outcome, "", 0.1))
    with path.open("a") as file:
        file.write('{"key": "cut')

    def kept() -> list[str]:
        return [result.mutant.id for result in ResultsFile(tmp_path, path).known(mutants)]

    assert kept() == ["1", "2"]
    (tmp_path / "tests/test_toy.py").write_text("a = 2\n")
    assert kept() == ["1"]
    (tmp_path / "toy.py").write_text("a = 2\n")
    assert kept() == []
