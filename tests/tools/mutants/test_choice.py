"""Which mutants are run, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.mutants import mutant_report
from tools.mutants.mutant import Mutant, limited, numbered, sampled
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


def test_the_same_seed_chooses_the_same_mutants() -> None:
    mutants = made(50)
    assert sampled(mutants, 10, 3) == sampled(mutants, 10, 3)
    assert sampled(mutants, 10, 3) != sampled(mutants, 10, 4)
    assert len(sampled(mutants, 99, 3)) == 50


def test_no_operator_has_more_than_its_share_and_a_grave_one_thrice_that() -> None:
    mutants = [*made(50, "path"), *made(50, "assets"), *made(2, "rule"), *made(9, "assets", "generated/wondergen/b")]
    counts = [each.kind for each in limited(mutants, 5, 1, {"path"})]
    assert [counts.count(kind) for kind in dict.fromkeys(counts)] == [15, 5, 2, 5]


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
    assert (mutant_report.failures(results_of(noticed, survived, operator), {}) == []) is is_enough


def test_an_error_of_the_tool_is_no_success() -> None:
    results = [*results_of(99, 0, "assets"), Result(made(1)[0], "error", "no test was found", 0.1)]
    assert "path/0: no test was found" in mutant_report.failures(results, {})


def test_survivors_are_listed_with_file_and_line() -> None:
    report = mutant_report.as_text(results_of(1, 1, "assets"), {})
    assert "generated/wondergen/acme/a.py:1: assets:  [assets/1]" in report
    assert "2 mutants, 1 survived" in report


def test_no_module_falls_below_its_last_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutant_report, "FIGURES", tmp_path / "figures.json")
    mutant_report.FIGURES.write_text('{"other.py": 91.0, "wire.py": 50.0}')
    results = [
        Result(Mutant(str(index), "runtime: return", f"{RUNTIME}/wire.py", 1, "", dict), outcome, "", 0.1)
        for index, outcome in enumerate(["noticed"] * 28 + ["survived"] * 2)
    ]
    mutant_report.record(results)
    held = mutant_report.held_figures()
    assert held == {"other.py": 91.0, "wire.py": 93.3}
    assert mutant_report.failures(results, held) == []
    assert mutant_report.failures(results[2:], held) == ["wire.py: 92.9 % are noticed, 93.3 % are needed"]


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
