"""Which lines a mutant changes, and when its functions can be swapped in a process that has imported them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.mutants.mutant import Mutant
from tools.mutants.selection import ExecutedLines, changed_lines

TEXT = """\
LIMIT = 3

class Box:
    size = 1

    def grown(
        self, by: int = 1
    ) -> int:
        if (
            by
            > LIMIT
        ):
            return (
                self.size
                + by
            )
        return self.size
"""


@pytest.mark.parametrize(
    "old, new, lines",
    [
        ("> LIMIT", ">= LIMIT", range(9, 13)),
        ("+ by", "- by", range(13, 17)),
        ("        return self.size\n", "        return None\n", range(17, 18)),
        ("LIMIT = 3", "LIMIT = 4", range(1, 2)),
        ("by: int = 1", "by: int = 2", range(6, 9)),
    ],
    ids=["head of a statement", "statement of several lines", "last line", "constant", "default"],
)
def test_a_change_is_of_its_whole_statement(old: str, new: str, lines: range) -> None:
    assert changed_lines(TEXT, TEXT.replace(old, new)) == lines


@pytest.mark.parametrize(
    "old, new, is_swappable",
    [
        ("> LIMIT", ">= LIMIT", True),
        ("return self.size\n", "return None\n", True),
        ("LIMIT = 3", "LIMIT = 4", False),
        ("size = 1", "size = 2", False),
        ("by: int = 1", "by: int = 2", False),
        ("return self.size\n", "return\n )", False),
    ],
)
def test_only_what_no_import_runs_is_swapped(tmp_path: Path, old: str, new: str, is_swappable: bool) -> None:
    (tmp_path / "box.py").write_text(TEXT, encoding="utf-8")
    lines = ExecutedLines(tmp_path)
    lines.add_imported({"box.py": [1, 3, 4, 6]})
    assert lines.is_swappable({"box.py": TEXT.replace(old, new)}) is is_swappable


def test_a_function_that_an_import_calls_is_not_swapped(tmp_path: Path) -> None:
    (tmp_path / "box.py").write_text(TEXT, encoding="utf-8")
    lines = ExecutedLines(tmp_path)
    lines.add_imported({"box.py": [17]})
    assert not lines.is_swappable({"box.py": TEXT.replace("return self.size\n", "return None\n")})


def test_the_nearest_tests_of_a_line_are_run_first_and_one_case_of_each(tmp_path: Path) -> None:
    (tmp_path / "box.py").write_text(TEXT, encoding="utf-8")
    for name in ("near", "far", "processes"):
        text = "import subprocess" if name == "processes" else ""
        (tmp_path / f"test_{name}.py").write_text(text, encoding="utf-8")
    lines = ExecutedLines(tmp_path)
    seconds = {"far.py::a[1]": 0.1, "far.py::a[2]": 0.2, "near.py::b": 0.3, "near.py::other": 0.1, "processes.py::c": 1}
    for name, taken in seconds.items():
        lines.add({f"test_{name}": {"seconds": taken, "failed": "", "lines": {"box.py": [9] if taken < 1 else []}}})
    lines.add({"test_near.py::elsewhere": {"seconds": 0.1, "failed": "", "lines": {"box.py": [17]}}})
    text = TEXT.replace("> LIMIT", ">= LIMIT")
    mutant = Mutant("", "", "box.py", 9, "", dict, ("test_near.py", "test_processes.py"))
    expected = ["near.py::other", "near.py::b", "far.py::a[1]", "far.py::a[2]", "processes.py::c"]
    assert lines.tests_for(mutant, {"box.py": text}) == [f"test_{name}" for name in expected]
