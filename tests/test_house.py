"""The shape of the code that people write: short functions, and names with one meaning."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from codegen.paths import ROOT

FOLDERS = ("codegen", "examples", "tools")
DERIVED = "codegen/package/_runtime/sync"
LONGEST = 40
FLAT: Mapping[str, str] = {
    "codegen/package/_runtime/aio/client.py:__init__": "a signature of fifteen options, each passed on once",
    "codegen/package/batch/batch.py:__init__": "a signature of twelve options and what each of them means",
    "codegen/package/_runtime/validate.py:check": "one pass over the arguments, which every call pays for",
    "codegen/python/operations.py:_operation": "one value of thirty fields, each filled once",
}
"""Function → why its lines are simpler to read in one place."""


@cache
def trees() -> Mapping[str, ast.Module]:
    """Return path → syntax tree of every module outside the tests that people write."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    named = {path.relative_to(ROOT).as_posix(): path for path in paths}
    return {name: _parsed(path) for name, path in named.items() if not name.startswith(DERIVED)}


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def long_functions(name: str, tree: ast.Module) -> list[str]:
    """Return the functions of a module that have more lines than allowed, from `def` to the last."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [f"{name}:{node.name}" for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST]


def test_functions_have_forty_lines_at_most_but_for_flat_ones() -> None:
    assert len(trees()) > 300
    assert sorted(long for name, tree in trees().items() for long in long_functions(name, tree)) == sorted(FLAT)


def test_a_function_of_more_lines_is_found() -> None:
    source = "def of(value):\n" + "    value += 1\n" * LONGEST
    assert long_functions("a.py", ast.parse(source)) == ["a.py:of"]
    assert long_functions("a.py", ast.parse(source.removesuffix("    value += 1\n"))) == []


def classes() -> Mapping[str, list[str]]:
    """Return name → modules of every public class. An example stands by itself."""
    found: dict[str, list[str]] = {}
    for module, tree in trees().items():
        if module.startswith("examples/"):
            continue
        for name in sorted({node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}):
            if not name.startswith("_"):
                found.setdefault(name, []).append(module)
    return found


def test_one_class_name_has_one_meaning() -> None:
    assert len(classes()) > 300
    assert {name: modules for name, modules in classes().items() if len(modules) > 1} == {}
