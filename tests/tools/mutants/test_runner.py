"""A mutant that the tests notice and one that they do not are told apart, on a package of one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tools.mutants import runner
from tools.mutants.mutant import Mutant

TOY = "def half(number: int) -> int:\n    return number // 2\n"
TESTS = """\
import subprocess, sys
from toy import half

def test_four() -> None:
    assert half(4) == 2

def test_four_in_a_process() -> None:
    subprocess.run([sys.executable, "-c", "from toy import half; assert half(4) == 2"], check=True)
"""
PARTS = ("toy.py", "test_toy.py", "pyproject.toml")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a package of one function, with one test."""
    monkeypatch.setattr(runner, "PRELOADED", "")
    (tmp_path / "toy.py").write_text(TOY, encoding="utf-8")
    (tmp_path / "test_toy.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n', encoding="utf-8")
    return tmp_path


def mutant(name: str, text: str, *, is_swappable: bool = False) -> Mutant:
    """Return the sample project's function with another body."""
    files: Callable[[], dict[str, str]] = partial(dict, {"toy.py": text})
    return Mutant(name, "toy", "toy.py", 2, name, files, ("test_toy.py",), is_swappable=is_swappable)


@pytest.mark.parametrize("is_swappable", [False, True])
def test_noticed_and_surviving_mutants_are_told_apart(project: Path, is_swappable: bool) -> None:
    mutants = [
        mutant("other", TOY.replace("// 2", "// 3")),
        mutant("same for four", TOY.replace("// 2", " - 2")),
        # Where a process of the tests leaves it compiled, the next of its size is taken for it.
        mutant("as long as the one before", TOY.replace("// 2", " * 2")),
        mutant("no syntax", "def half("),
    ]
    mutants = [replace(each, is_swappable=is_swappable) for each in mutants]
    reported: list[str] = []
    results = runner.run(project, mutants, lambda result: reported.append(result.mutant.id), PARTS, workers=1)
    assert [(result.mutant.id, result.outcome) for result in results] == [
        ("other", "noticed"),
        ("same for four", "survived"),
        ("as long as the one before", "noticed"),
        ("no syntax", "noticed"),
    ]
    assert results[0].by == "test_toy.py::test_four"
    assert sorted(reported) == sorted(each.id for each in mutants)
    assert (project / "toy.py").read_text(encoding="utf-8") == TOY


@pytest.mark.parametrize("is_swappable", [False, True])
def test_a_mutant_that_hangs_is_noticed(project: Path, monkeypatch: pytest.MonkeyPatch, is_swappable: bool) -> None:
    monkeypatch.setattr(runner, "SHORTEST_LIMIT", 1.0)
    monkeypatch.setattr(runner, "SHORTEST_TEST", 1.0)
    endless = mutant("endless", TOY.replace("return number // 2", "import threading; threading.Event().wait()"))
    (result,) = runner.run(project, [replace(endless, is_swappable=is_swappable)], lambda result: None, PARTS)
    assert result.outcome == "noticed"
    assert result.by.endswith("it hangs")


@pytest.mark.parametrize("is_swappable", [False, True])
def test_nothing_is_said_where_the_tests_fail_without_a_mutant(project: Path, is_swappable: bool) -> None:
    (project / "toy.py").write_text(TOY.replace("// 2", "// 3"), encoding="utf-8")
    with pytest.raises(runner.NotSound, match="test_four"):
        runner.run(project, [mutant("any", TOY, is_swappable=is_swappable)], lambda result: None, PARTS)
