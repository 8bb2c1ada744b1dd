"""Which mutants are run, and what is said of them."""

from __future__ import annotations

import json

import pytest

from tools.mutants import mutant_report
from tools.mutants.mutant import Mutant, limited, numbered, sampled
from tools.mutants.runner import Result


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
        (85, 15, "line: return", True),
        (84, 16, "line: return", False),
        (85, 15, "runtime: state", True),
        (84, 16, "runtime: state", False),
        (85, 15, "generator: return", True),
        (84, 16, "generator: return", False),
        (0, 0, "path", False),
    ],
)
def test_what_is_enough(noticed: int, survived: int, operator: str, is_enough: bool) -> None:
    assert (mutant_report.failures(results_of(noticed, survived, operator)) == []) is is_enough


def test_an_error_of_the_tool_is_no_success() -> None:
    results = [*results_of(99, 0, "assets"), Result(made(1)[0], "error", "no test was found", 0.1)]
    assert "path/0: no test was found" in mutant_report.failures(results)


def test_survivors_are_listed_with_file_and_line() -> None:
    results = results_of(1, 1, "assets")
    assert "generated/wondergen/acme/a.py:1: assets:  [assets/1]" in mutant_report.as_text(results, 1.0)
    payload = json.loads(mutant_report.as_json(results, 1.0))
    assert payload["operators"]["assets"] == {"made": 2, "noticed": 1}
    assert [each["outcome"] for each in payload["mutants"]] == ["noticed", "survived"]
