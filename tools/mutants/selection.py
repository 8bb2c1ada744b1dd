"""Which tests run the lines that a mutant changes, and whether it can be tried without a new import."""

from __future__ import annotations

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

from tools.mutants.mutant import Mutant
from tools.mutants.warm import codes

MOST = 200
"""Of the tests of one mutant. What so many do not notice is called a survivor."""
_PROCESSES = re.compile(r"\b(subprocess|multiprocessing|os\.fork)\b")


class ExecutedLines:
    """Which test ran which line, and in which time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts: dict[str, str] = {}
        self._tests_of: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._imported: set[tuple[str, int]] = set()
        self._in_processes: dict[str, bool] = {}
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def add_imported(self, lines: Mapping[str, Sequence[int]]) -> None:
        """Take in what runs at import already."""
        self._imported.update((file, line) for file, numbers in lines.items() for line in numbers)

    def add(self, tests: Mapping[str, Mapping[str, Any]]) -> None:
        """Take in what some tests ran."""
        for test, found in tests.items():
            self.seconds[test] = found["seconds"]
            if found["failed"]:
                self.failed.append(test)
            for file, numbers in found["lines"].items():
                for line in numbers:
                    self._tests_of[file, line].append(test)

    def seconds_of(self, path: str) -> float | None:
        """Return how long all tests in a file or folder take; None where none of them was run."""
        found = [seconds for test, seconds in self.seconds.items() if test.startswith((f"{path}/", f"{path}::"))]
        return sum(found) if found else None

    def tests_for(self, mutant: Mutant, files: Mapping[str, str]) -> list[str]:
        """Return the tests to run: those that ran a changed line, then those that do so in processes of their own."""
        near = {name: rank for rank, name in enumerate(mutant.tests)}
        found: set[str] = set()
        for file, text in files.items():
            for line in changed_lines(self._text(file), text):
                found.update(self._tests_of.get((file, line), ()))
        others = [test for test in self.seconds if _rank(test, near) < len(near) and self._starts_processes(test)]
        return [*self._ordered(found, near)[:MOST], *self._ordered(set(others) - found, near)]

    def is_swappable(self, files: Mapping[str, str]) -> bool:
        """Return whether only functions change, which no import has called."""
        for file, text in files.items():
            old = self._text(file)
            if any((file, line) in self._imported for line in changed_lines(old, text)):
                return False
            try:
                new = compile(text, file, "exec", dont_inherit=True)
            except (SyntaxError, ValueError):
                return False
            before = compile(old, file, "exec", dont_inherit=True)
            if _outside_functions(before) != _outside_functions(new) or not _same_closures(before, new):
                return False
        return True

    def _ordered(self, tests: set[str], near: Mapping[str, int]) -> list[str]:
        """Return one case of each test first, the nearest and fastest at the head."""
        cases: defaultdict[str, int] = defaultdict(int)
        keys = {}
        for test in sorted(tests, key=lambda test: (self.seconds[test], test)):
            function = test.partition("[")[0]
            keys[test] = (cases[function] > 0, _rank(test, near), self.seconds[test])
            cases[function] += 1
        return sorted(tests, key=lambda test: keys[test])

    def _starts_processes(self, test: str) -> bool:
        file = test.partition("::")[0]
        if file not in self._in_processes:
            self._in_processes[file] = bool(_PROCESSES.search(self._text(file)))
        return self._in_processes[file]

    def _text(self, file: str) -> str:
        if file not in self._texts:
            self._texts[file] = (self._root / file).read_text(encoding="utf-8")
        return self._texts[file]


def _rank(test: str, near: Mapping[str, int]) -> int:
    return next((rank for path, rank in near.items() if test.startswith((f"{path}/", f"{path}::"))), len(near))


def changed_lines(old: str, new: str) -> range:
    """Return the lines of the statement that is changed, or of its head where it has a body."""
    before, after = old.splitlines(), new.splitlines()
    both = min(len(before), len(after))
    first = next((index for index in range(both) if before[index] != after[index]), both)
    same = next((index for index in range(both - first) if before[-1 - index] != after[-1 - index]), both - first)
    last = max(first, len(before) - same - 1)
    start, end = first + 1, last + 1
    for statement in _statements(ast.parse(old)):
        if statement.lineno <= start <= (statement.end_lineno or start):
            body = getattr(statement, "body", None)
            head_end = body[0].lineno - 1 if body else statement.end_lineno or end
            if start <= max(head_end, statement.lineno):
                return range(statement.lineno, max(head_end, end) + 1)
    return range(start, end + 1)


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yield all statements, the innermost first."""
    for child in ast.iter_child_nodes(tree):
        yield from _statements(child)
    if isinstance(tree, ast.stmt):
        yield tree


def _outside_functions(code: CodeType) -> object:
    """Return what an import runs: the module and its classes, without what is in functions."""
    constants = [
        repr(constant)
        if not isinstance(constant, CodeType)
        else _outside_functions(constant)
        if not constant.co_flags & inspect.CO_OPTIMIZED
        else constant.co_qualname
        for constant in code.co_consts
    ]
    return code.co_code, code.co_names, constants


def _same_closures(before: CodeType, after: CodeType) -> bool:
    old, new = codes(before), codes(after)
    return all(old[key].co_freevars == new[key].co_freevars for key in old.keys() & new.keys())
