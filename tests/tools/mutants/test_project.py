"""The mutants of this project: every kind that is asked for, each with tests that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tools.mutants import safety_operators
from tools.mutants.__main__ import ROOT
from tools.mutants.catalog import catalog_mutants
from tools.mutants.clients import client_mutants
from tools.mutants.line_operators import PACKAGES, generator_mutants
from tools.mutants.mutant import Mutant, numbered
from tools.mutants.runtime import RUNTIME, everywhere, files
from tools.mutants.safety_operators import runtime_mutants


@cache
def all_of(make: Callable[[Path], Iterator[tuple[str, Mutant]]]) -> tuple[tuple[str, Mutant], ...]:
    """Return all mutants of a kind, cached."""
    return tuple(make(ROOT))


def test_every_grave_operator_has_mutants_and_all_have_tests() -> None:
    mutants = list(numbered(all_of(client_mutants)))
    counts = Counter(mutant.operator for mutant in mutants)
    assert len(counts) >= 10
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    tests = {test for mutant in mutants for test in mutant.tests}
    assert [test for test in sorted(tests) if not (ROOT / test).exists()] == []


def test_a_wrong_argument_is_held_against_the_tests_of_its_own_operation() -> None:
    mutants = [mutant for mutant in numbered(all_of(client_mutants)) if mutant.path.endswith("/arguments.py")]
    of_all = {mutant.what.partition(":")[0] for mutant in mutants if "/all/" in mutant.id}
    assert len(mutants) > 500
    assert of_all <= {"root"}, "only what several operations share is of none of them"


def test_thirty_wrong_facts_are_the_same_for_the_same_seed() -> None:
    one, two = ([mutant.what for _, mutant in catalog_mutants(ROOT, 1)] for _ in range(2))
    assert len(one) == 30
    assert one == two


def test_every_line_of_the_generator_has_tests_that_there_are_and_a_check() -> None:
    mutants = [mutant for _, mutant in all_of(generator_mutants)]
    folders = {"/".join(mutant.path.split("/")[:2]) for mutant in mutants}
    assert folders == {f"codegen/{name}" for name in PACKAGES}
    assert all(mutant.tests for mutant in mutants)
    assert {mutant.is_checked for mutant in mutants if mutant.path.startswith("codegen/python/")} == {True}
    assert [test for test in {test for mutant in mutants for test in mutant.tests} if not (ROOT / test).exists()] == []


def test_the_runtime_has_mutants_of_every_table_and_state_and_all_have_tests() -> None:
    mutants = [mutant for _, mutant in all_of(runtime_mutants)]
    paths = {mutant.path for mutant in mutants}
    assert paths <= {f"{RUNTIME}/{file}" for file in files(ROOT)}
    assert len(paths) > 50
    counts = Counter(mutant.operator for mutant in mutants)
    assert counts["runtime: flag"] >= 8
    assert counts["runtime: member"] >= 15
    assert counts["runtime: state"] >= 25
    assert [test for test in {test for mutant in mutants for test in mutant.tests} if not (ROOT / test).exists()] == []


@pytest.mark.parametrize("file", ["secret.py", "aio/connections.py"])
def test_a_file_without_a_change_is_what_the_repository_has(file: str) -> None:
    texts = everywhere(ROOT, file, (ROOT / RUNTIME / file).read_text(encoding="utf-8"))
    assert len(texts) == (4 if file.startswith("aio/") else 2)
    assert texts == {path: (ROOT / path).read_text(encoding="utf-8") for path in texts}


def test_what_is_left_out_as_equivalent_is_in_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = safety_operators.EQUIVALENT
    monkeypatch.setattr(safety_operators, "EQUIVALENT", {})
    made = {(mutant.path.removeprefix(f"{RUNTIME}/"), mutant.what) for _, mutant in runtime_mutants(ROOT)}
    assert left_out
    assert set(left_out) <= made
