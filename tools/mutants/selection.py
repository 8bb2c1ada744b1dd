"""Which tests run the lines that a mutant changes, and whether it can be tried without a new import."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

from tools.mutants.mutant import Mutant
from tools.mutants.warm import codes

MOST = 200
"""Of the tests of one mutant. What so many do not notice is called a survivor."""
SMALLEST = 0.02
"""Seconds that a test costs beside what it does."""
_PROCESSES = re.compile(r"\b(subprocess|multiprocessing|os\.fork)\b")


class ExecutedLines:
    """Which test ran which line, and in which time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts: dict[str, str] = {}
        self._tests_of: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._imported: set[tuple[str, int]] = set()
        self._in_processes: dict[str, bool] = {}
        self._killed: defaultdict[str, Counter[str]] = defaultdict(Counter)
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

    def add_noticed(self, mutant: Mutant, test: str) -> None:
        """Take in which test noticed a mutant: it may well notice the next one of the file."""
        self._killed[mutant.path][test] += 1

    def tests_for(self, mutant: Mutant, files: Mapping[str, str]) -> list[str]:
        """Return the tests to run: those that ran a changed line, or else those that start processes."""
        return self._tests_of_lines(mutant, files) or [
            test
            for test in self.seconds
            if _rank(test, mutant.tests) < len(mutant.tests) and self._starts_processes(test)
        ]

    def tests_for_import(self, mutant: Mutant, files: Mapping[str, str]) -> list[str]:
        """Return the tests of a change that no swap makes.

        First those that ran a changed line, then those that ran a line with a name that the changed statement binds, or
        whose file has it.
        """
        names = {
            name
            for file, text in files.items()
            for name in bound_names(self._text(file), changed_lines(self._text(file), text))
        }
        pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\b")
        using = (
            (file, line)
            for file in {file for file, _ in self._tests_of}
            if names
            for line, text in enumerate(self._text(file).splitlines(), 1)
            if pattern.search(text)
        )
        naming = [test for test in self.seconds if names and pattern.search(self._text(test.partition("::")[0]))]
        return list(dict.fromkeys([*self._tests_of_lines(mutant, files), *self._ordered(mutant, using, naming)]))[:MOST]

    def _tests_of_lines(self, mutant: Mutant, files: Mapping[str, str]) -> list[str]:
        """Return the tests that ran a changed line."""
        changed = ((file, line) for file, text in files.items() for line in changed_lines(self._text(file), text))
        return self._ordered(mutant, changed)

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

    def _ordered(self, mutant: Mutant, lines: Iterable[tuple[str, int]], others: Iterable[str] = ()) -> list[str]:
        """Return the tests that ran a line, and others, one case of each first, the nearest and fastest at the head.

        Before all come tests that noticed others of the file, those first that noticed most in a second.
        """
        found = {test for place in lines for test in self._tests_of.get(place, ())}.union(others)
        cases: defaultdict[str, int] = defaultdict(int)
        keys = {}
        for test in sorted(found, key=lambda test: (self.seconds[test], test)):
            function = test.partition("[")[0]
            rate = self._killed[mutant.path][test] / (self.seconds[test] + SMALLEST)
            keys[test] = (-rate, cases[function] > 0, _rank(test, mutant.tests), self.seconds[test])
            cases[function] += 1
        return sorted(found, key=lambda test: keys[test])[:MOST]

    def _starts_processes(self, test: str) -> bool:
        file = test.partition("::")[0]
        if file not in self._in_processes:
            self._in_processes[file] = bool(_PROCESSES.search(self._text(file)))
        return self._in_processes[file]

    def _text(self, file: str) -> str:
        if file not in self._texts:
            self._texts[file] = (self._root / file).read_text(encoding="utf-8")
        return self._texts[file]


class KeptLines:
    """The file that keeps which test of a test file ran which lines, while no file of the tree changes."""

    def __init__(self, path: Path | None, tree: Path) -> None:
        self._path = path
        self._key = _digest(tree) if path else ""
        self._found: dict[str, Mapping[str, Any]] = {}
        for text in path.read_text(encoding="utf-8").splitlines() if path and path.exists() else ():
            if text.endswith("}") and (kept := json.loads(text))["key"] == self._key:
                self._found[kept["file"]] = kept["tests"]

    def of(self, file: str, tests: Sequence[str]) -> Mapping[str, Any]:
        """Return what the tests of a file ran, or nothing where one of them is not known."""
        found = self._found.get(file, {})
        return {test: found[test] for test in tests} if all(test in found for test in tests) else {}

    def add(self, file: str, tests: Mapping[str, Any]) -> None:
        """Append what the tests of a file ran, if they pass."""
        if self._path and tests and not any(found["failed"] for found in tests.values()):
            with self._path.open("a", encoding="utf-8") as output:
                output.write(json.dumps({"key": self._key, "file": file, "tests": tests}) + "\n")


def _digest(tree: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(tree.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(tree)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _rank(test: str, near: Sequence[str]) -> int:
    return next((rank for rank, path in enumerate(near) if test.startswith((f"{path}/", f"{path}::"))), len(near))


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


def bound_names(text: str, lines: range) -> set[str]:
    """Return the names that a statement on these lines binds, one in the body of a class the name of the class too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt) and node.lineno < lines.stop and (node.end_lineno or 0) >= lines.start:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names.update(name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
    return names - {"__init__"}


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
