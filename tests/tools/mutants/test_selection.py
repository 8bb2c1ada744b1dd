"""Which lines a mutant changes, and when its functions can be swapped in a process that has imported them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.mutants.mutant import Mutant
from tools.mutants.selection import ExecutedLines, KeptLines, changed_lines

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


SECONDS = {
    "far.py::a[1]": 0.1,
    "far.py::a[2]": 0.2,
    "near.py::b": 0.3,
    "near.py::other": 0.1,
    "near.py::elsewhere": 0.1,
    "processes.py::c": 1,
}


@pytest.fixture
def lines(tmp_path: Path) -> ExecutedLines:
    """Return which tests ran the condition of `grown`, its last line, and none."""
    (tmp_path / "box.py").write_text(TEXT, encoding="utf-8")
    for name in ("near", "far", "processes"):
        text = "import subprocess" if name == "processes" else ""
        (tmp_path / f"test_{name}.py").write_text(text, encoding="utf-8")
    lines = ExecutedLines(tmp_path)
    for name, taken in SECONDS.items():
        ran = [] if name == "processes.py::c" else [17] if name == "near.py::elsewhere" else [9, 11]
        lines.add({f"test_{name}": {"seconds": taken, "failed": "", "lines": {"box.py": ran}}})
    return lines


def chosen_tests(lines: ExecutedLines, old: str, new: str, *, is_imported: bool) -> list[str]:
    """Return the tests for a change of the sample, without the prefix of their files."""
    mutant = Mutant("", "", "box.py", 9, "", dict, ("test_near.py", "test_processes.py"))
    find = lines.tests_for_import if is_imported else lines.tests_for
    return [test.removeprefix("test_") for test in find(mutant, {"box.py": TEXT.replace(old, new)})]


def test_the_nearest_tests_of_a_line_are_run_first_and_one_case_of_each(lines: ExecutedLines) -> None:
    expected = ["near.py::other", "near.py::b", "far.py::a[1]", "far.py::a[2]"]
    assert chosen_tests(lines, "> LIMIT", ">= LIMIT", is_imported=False) == expected


def test_a_constant_is_tried_by_the_tests_whose_file_names_it_too(lines: ExecutedLines, tmp_path: Path) -> None:
    (tmp_path / "test_processes.py").write_text("from box import LIMIT", encoding="utf-8")
    found = chosen_tests(lines, "LIMIT = 3", "LIMIT = 4", is_imported=True)
    assert "processes.py::c" in found
    assert "near.py::elsewhere" not in found


def test_a_test_that_noticed_another_mutant_of_the_file_comes_before_all(lines: ExecutedLines) -> None:
    lines.add_noticed(Mutant("", "", "box.py", 9, "", dict), "test_far.py::a[2]")
    assert chosen_tests(lines, "> LIMIT", ">= LIMIT", is_imported=False)[0] == "far.py::a[2]"


def test_the_lines_of_tests_are_kept_while_no_file_changes(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/box.py").write_text(TEXT, encoding="utf-8")
    found = {"test_a.py::one": {"seconds": 0.1, "failed": "", "lines": {"box.py": [9]}}}
    failed = {"test_b.py::one": {"seconds": 0.1, "failed": "test_b.py::one", "lines": {}}}
    kept = KeptLines(tmp_path / "lines.jsonl", tmp_path / "tree")
    kept.add("test_a.py", found)
    kept.add("test_b.py", failed)

    def known(file: str, *tests: str) -> object:
        return KeptLines(tmp_path / "lines.jsonl", tmp_path / "tree").of(file, tests)

    assert known("test_a.py", "test_a.py::one") == found
    assert known("test_a.py", "test_a.py::one", "test_a.py::new") == {}
    assert known("test_b.py", "test_b.py::one") == {}
    (tmp_path / "tree/box.py").write_text("", encoding="utf-8")
    assert known("test_a.py", "test_a.py::one") == {}


def test_a_line_that_no_test_runs_has_those_that_start_processes(lines: ExecutedLines) -> None:
    assert chosen_tests(lines, "+ by\n", "- by\n", is_imported=False) == ["processes.py::c"]


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("LIMIT = 3", "LIMIT = 4", ["near.py::other", "near.py::b", "far.py::a[1]", "far.py::a[2]"]),
        ("size = 1", "size = 2", ["near.py::elsewhere"]),
        ("return self.size\n", "return [self.size for _ in self]\n", ["near.py::elsewhere"]),
    ],
)
def test_what_no_swap_makes_has_the_tests_of_its_lines_and_of_those_that_name_it(
    lines: ExecutedLines, old: str, new: str, expected: list[str]
) -> None:
    assert chosen_tests(lines, old, new, is_imported=True) == expected
