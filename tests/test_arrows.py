"""Imports between the packages of `codegen` go one way, and there is no import circle.

    documents → catalog → {python, contracts} → assemble ← package

`openapi` and `package` import nothing of the other packages.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from codegen import paths

CODEGEN = paths.ROOT / "codegen"
SHARED = frozenset({"faults", "paths", "trees", "yamlio"})
"""Modules that import none of the packages: faults, paths, trees of files, YAML."""
ALLOWED: Mapping[str, frozenset[str]] = {
    "openapi": frozenset(),
    "package": frozenset(),
    "documents": frozenset(),
    "catalog": frozenset({"documents", "openapi"}),
    "python": frozenset({"openapi"}),
    "contracts": frozenset({"openapi", "python"}),
}
"""Package → the packages that it may import."""


@cache
def modules() -> dict[str, Path]:
    """Return every module of `codegen` by its dotted name."""
    found = {}
    for path in CODEGEN.rglob("*.py"):
        parts = path.relative_to(paths.ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(name: str) -> frozenset[str]:
    """Return the modules of `codegen` that a module imports, at its top, inside a function or for types only."""
    path = modules()[name]
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {target for node in ast.walk(tree) for target in _targets(node, package)}
    return frozenset(_module(target) for target in found if target.startswith("codegen")) - {name}


def _targets(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parents = package.split(".")
            kept = parents[: len(parents) - node.level + 1]
            base = ".".join([*kept, *([node.module] if node.module else [])])
        yield from (f"{base}.{alias.name}" for alias in node.names)


def _module(target: str) -> str:
    """Return the module that a dotted name stands in."""
    while target not in modules():
        target = target.rpartition(".")[0]
    return target


def _package_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_stands_below_it(package: str) -> None:
    inside = [name for name in modules() if _package_of(name) == package]
    assert inside
    permitted = ALLOWED[package] | {package} | (SHARED if package != "package" else frozenset())
    found = [(name, other) for name in inside for other in imports(name)]
    wrong = [f"{name} → {other}" for name, other in found if _package_of(other) not in {*permitted, ""}]
    assert wrong == []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {name: imports(name) for name in modules()}
    assert sum(map(len, graph.values())) > 500, "the imports were not found"
    assert list(circles(graph)) == []


def circles(graph: Mapping[str, frozenset[str]]) -> Iterator[list[str]]:
    """Yield the groups of modules that reach each other, by Tarjan's algorithm. A package is its own `__init__`."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(name: str) -> Iterator[list[str]]:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(graph[name]):
            if other not in index:
                yield from visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                yield sorted(group)

    for name in sorted(graph):
        if name not in index:
            yield from visit(name)


def test_circles_are_found() -> None:
    graph = {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a"), "d": frozenset("a")}
    assert list(circles(graph)) == [["a", "b", "c"]]
