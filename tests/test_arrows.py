"""Imports between the packages of `codegen` go one way, and there is no import circle.

The table below has what each may import; docs/ARCHITECTURE.md draws it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pytest

from codegen import paths

CODEGEN = paths.ROOT / "codegen"
SHARED = frozenset({"faults", "http_errors", "paths", "trees", "yamlio"})
"""Modules that import none of the packages: faults, HTTP statuses, paths, trees of files, YAML."""
ALLOWED: Mapping[str, frozenset[str]] = {
    "openapi": frozenset(),
    "package": frozenset(),
    "documents": frozenset(),
    "catalog": frozenset({"documents", "openapi"}),
    "python": frozenset({"openapi"}),
    "contracts": frozenset({"openapi", "python"}),
}
"""Package → the packages that it may import."""
TOP = frozenset({"updates"})
"""Packages that may import all others, and that none imports."""


Sources = Mapping[str, tuple[str, bool]]
"""Module by its dotted name → its text, and whether it is a package."""


@cache
def modules() -> Sources:
    """Return every module of `codegen`."""
    files = {}
    for path in CODEGEN.rglob("*.py"):
        parts = path.relative_to(paths.ROOT).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        files[".".join(parts[:-1] if is_package else parts)] = (path.read_text(encoding="utf-8"), is_package)
    return files


def graph_of(sources: Sources, others: Sources = MappingProxyType({})) -> dict[str, frozenset[str]]:
    """Return the modules of `codegen` that each imports: at its top, in a function, for types only, or by name."""
    graph = {}
    modules_by_name = {**others, **sources}
    for name, (text, is_package) in sources.items():
        package = name if is_package else name.rpartition(".")[0]
        targets = {target for node in ast.walk(ast.parse(text)) for target in _targets(node, package)}
        inside = {target for target in targets if target.split(".")[0] == "codegen"}
        graph[name] = frozenset(_module(target, modules_by_name) for target in inside) - {name}
    return graph


@cache
def committed_graph() -> Mapping[str, frozenset[str]]:
    """Return the imports of the repository."""
    return graph_of(modules())


def _targets(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = _absolute("." * node.level + (node.module or ""), package)
        yield from (f"{base}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"import_module", "__import__"}:
        if isinstance(node.args[0], ast.Constant):
            yield _absolute(str(node.args[0].value), package)
        elif isinstance(node.args[0], ast.JoinedStr) and isinstance(node.args[0].values[0], ast.Constant):
            yield _absolute(str(node.args[0].values[0].value).rstrip(".") or package, package)


def _absolute(name: str, package: str) -> str:
    level = len(name) - len(name.lstrip("."))
    if not level:
        return name
    parents = package.split(".")
    return ".".join([*parents[: len(parents) - level + 1], *filter(None, [name[level:]])])


def _module(target: str, sources: Sources) -> str:
    """Return the module that a dotted name is of, or the package above it."""
    while target not in sources:
        target = target.rpartition(".")[0]
    return target


def _package_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def arrows_up(graph: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the imports from a package of what does not stand below it."""
    arrows = []
    for name, others in graph.items():
        package = _package_of(name)
        if package in ALLOWED:
            permitted = {"", package, *ALLOWED[package], *(SHARED if package != "package" else ())}
            arrows += [f"{name} → {other}" for other in sorted(others) if _package_of(other) not in permitted]
    return arrows


def test_every_package_is_in_the_table() -> None:
    packages = {_package_of(name) for name, (_, is_package) in modules().items() if is_package} - {""}
    assert packages == ALLOWED.keys() | TOP
    assert packages | SHARED <= {_package_of(name) for name in modules()}


def test_the_picture_in_the_documentation_has_every_arrow_and_no_other() -> None:
    picture = (paths.ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("```mermaid")[2]
    rows = re.findall(r"^ +(\w+) --> (.+)$", picture.partition("```")[0], re.MULTILINE)
    picture_arrows = {(left, right) for left, others in rows for right in others.split(" & ")}
    boxes = ALLOWED.keys() | TOP | {"assemble"}
    pairs = {(_package_of(name), _package_of(other)) for name, others in committed_graph().items() for other in others}
    assert picture_arrows == {(left, right) for left, right in pairs if left != right and {left, right} <= boxes}


def test_a_package_imports_only_what_stands_below_it() -> None:
    assert arrows_up(committed_graph()) == []


def test_no_module_imports_itself_by_a_detour() -> None:
    assert sum(map(len, committed_graph().values())) > 500, "the imports were not found"
    assert list(circles(committed_graph())) == []


@pytest.mark.parametrize(
    "text",
    [
        "def work() -> None:\n    from codegen.python import {}",
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from codegen.python.{} import A",
        "import importlib\n\nthing = importlib.import_module('codegen.python.{}')",
        "from importlib import import_module\n\nthing = import_module('.{}', __package__)",
        "from . import {}",
        "from .{} import A",
        "import codegen.python.{} as other",
    ],
    ids=["in a function", "for types", "importlib", "importlib, relative", "relative", "relative name", "absolute"],
)
def test_a_circle_is_found_however_its_import_is_written(text: str) -> None:
    planted = {f"codegen.python.planted_{name}": (text.format(f"planted_{other}"), False) for name, other in _ABC}
    assert list(circles({**committed_graph(), **graph_of(planted, modules())})) == [sorted(planted)]


_ABC = (("a", "b"), ("b", "c"), ("c", "a"))


@pytest.mark.parametrize(
    "name, text, arrow",
    [
        ("python.planted", "from codegen.package import upload", "package.upload"),
        ("python.planted", "from ..package.upload import A", "package.upload"),
        (
            "python.planted",
            "from importlib import import_module\nimport_module('codegen.package.upload')",
            "package.upload",
        ),
        ("python.planted", "from importlib import import_module\nimport_module(f'codegen.package.{a}')", "package"),
        ("python.planted", "def work():\n    import codegen.assemble", "assemble"),
        ("documents.planted", "from codegen.openapi import document", "openapi.document"),
        ("openapi.planted", "from codegen import catalog", "catalog"),
        ("package.planted", "from codegen import faults", "faults"),
        ("catalog.planted", "from codegen.updates import steps", "updates.steps"),
    ],
)
def test_an_arrow_up_is_found_however_its_import_is_written(name: str, text: str, arrow: str) -> None:
    planted = graph_of({f"codegen.{name}": (text, False)}, modules())
    assert arrows_up({**committed_graph(), **planted}) == [f"codegen.{name} → codegen.{arrow}"]


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
