"""Plain operators on lines of the runtime and of the generator: comparison, condition, number, return, statement.

Texts are left alone: nearly all are messages for people. So are log lines and the representations of objects.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tools.mutants.mutant import Mutant, SourceChange, change
from tools.mutants.source import PythonSource, changed

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
LEFT_OUT = (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.Continue)
UNSEEN = frozenset({"__repr__", "__str__"})


def changes(source: PythonSource) -> Iterator[SourceChange]:
    """Yield what can be made wrong in the functions of a file, and in its constants."""
    yield from _constants(source, source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name not in UNSEEN:
            for statement in node.body:
                for inner in _seen(statement):
                    yield from _changes(source, node.name, inner)


def _constants(source: PythonSource, module: ast.Module) -> Iterator[SourceChange]:
    for statement in module.body:
        if isinstance(statement, ast.Assign):
            yield from _numbers(source, "module", statement.value)


def _seen(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the node and what is in it: no logging, annotations or stubs. Functions inside come by themselves."""
    if isinstance(node, ast.Expr) and ast.unparse(node).startswith(("log.", "'", '"', "...")):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    yield node
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in {"annotation", "returns"}:
                yield from _seen(child)


def _changes(source: PythonSource, function: str, node: ast.AST) -> Iterator[SourceChange]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        other = changed(node, ops=[COMPARISONS[type(node.ops[0])]()])
        yield change(source, "line: comparison", function, node, _unparsed(other))
    elif isinstance(node, ast.BoolOp):
        turned = changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        yield change(source, "line: condition", function, node, _unparsed(turned))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield change(source, "line: condition", function, node, _unparsed(node.operand))
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        sum_ = changed(node, op=ARITHMETIC[type(node.op)]())
        yield change(source, "line: arithmetic", function, node, _unparsed(sum_))
    elif isinstance(node, ast.Constant):
        yield from _numbers(source, function, node)
    elif isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) not in {"None", "False"}:
        # None is as false as False, which is turned to True as every constant is.
        yield change(source, "line: return", function, node, "return None")
    elif isinstance(node, LEFT_OUT):
        yield change(source, "line: statement", function, node, "pass")


def _numbers(source: PythonSource, function: str, node: ast.AST) -> Iterator[SourceChange]:
    for constant in ast.walk(node):
        if isinstance(constant, ast.Constant) and isinstance(constant.value, bool):
            yield change(source, "line: constant", function, constant, repr(not constant.value))
        elif isinstance(constant, ast.Constant) and isinstance(constant.value, int | float):
            yield change(source, "line: constant", function, constant, repr(constant.value + 1))


def _unparsed(node: ast.AST) -> str:
    return f"({ast.unparse(node)})"


PACKAGES = ("catalog", "contracts", "documents", "openapi", "python", "updates")
"""The folders of the generator. The tests of each stand in the folder of `tests` that has its name."""
UNCHECKED = ("codegen/documents/", "codegen/updates/")
"""`codegen check` reads the committed claims, not the documents that they were read from, and makes no update."""
CHECKED = ("codegen/documents/claims.py", "codegen/documents/importer.py")


def generator_mutants(root: Path) -> Iterator[tuple[str, Mutant]]:
    """Yield every mutant of every line of the generator, with the stem of its id."""
    for package in PACKAGES:
        for path in sorted((root / "codegen" / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            source = PythonSource(path.read_text(encoding="utf-8"))
            for edit in changes(source):
                operator = edit.operator.replace("line: ", "generator: ")
                stem = f"{operator.replace(': ', '-')}/{name.removesuffix('.py')}/{edit.subject}"
                files = partial(_changed_file, name, source, edit)
                checked = name in CHECKED or not name.startswith(UNCHECKED)
                tests = tests_of_generator(name)
                yield (
                    stem,
                    Mutant("", operator, name, edit.line, edit.what, files, tests, checked, is_swappable=True),
                )


def _changed_file(name: str, source: PythonSource, found: SourceChange) -> dict[str, str]:
    return {name: source.apply(found.edits)}


def tests_of_generator(name: str) -> tuple[str, ...]:
    """Return the tests that concern a file of the generator, those of its own folder first."""
    folder = name.split("/")[1]
    others = ("verbs",) if folder == "updates" else ("python",)
    return tuple(f"tests/{other}" for other in dict.fromkeys((folder, *others)))
