"""Operators on the runtime.

Tables and enumerations are changed as such: a flag of the retry table, one member for another, one state of the journal
for another, also inside SQL. Beside these each file gets the plain operators of `line_operators`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tools.mutants import line_operators
from tools.mutants.mutant import Mutant, SourceChange, change
from tools.mutants.runtime import RUNTIME, files, mutant_of
from tools.mutants.source import PythonSource

ENUMERATIONS: Mapping[str, str] = {"Left": "delivery.py", "Outcome": "retry.py", "TaskStatus": "operation.py"}
"""Class → the file of the runtime that defines it."""
STATES = ("sending", "unknown", "refused", "accepted", "finished", "saved")
"""The states of a call in the journal."""
EQUIVALENT: Mapping[tuple[str, str], str] = {
    ("aio/connections.py", "Left.SOME → Left.UNKNOWN"): "only Left.NOTHING decides whether a request is sent again",
    (
        "aio/exchange.py",
        "Outcome.NEVER_DELIVERED → Outcome.REFUSED_WITHOUT_WORK",
    ): "the retry table treats both alike, and there is no pause to keep",
    ("secret.py", "return not self._functions → return None"): "the headers of a call are made anew, and are the same",
    ("database.py", "time.monotonic() >= end → (time.monotonic() > end)"): "no clock stands still at that moment",
    (
        "aio/connections.py",
        "time.monotonic() - self._idle_since > KEEP_ALIVE_SECONDS → "
        "(time.monotonic() - self._idle_since >= KEEP_ALIVE_SECONDS)",
    ): "no clock stands still at that moment",
    (
        "aio/connections.py",
        'raise h11.RemoteProtocolError("the server disconnected without a reply") → pass',
    ): "h11 raises the same error, in its own words",
}
"""File and change → why nobody can see it. Such a change is left out."""
ON_A_SERVER = frozenset({"PostgresDatabase", "_PostgresConnection"})
"""Classes that only the tests with a PostgreSQL server run. The runner starts none, so their lines are left out."""
_STATE = re.compile(rf"'({'|'.join(STATES)})'")


def runtime_mutants(root: Path) -> Iterator[tuple[str, Mutant]]:
    """Yield every mutant of the runtime, with the stem of its id."""
    enumerations = {name: members(root / RUNTIME / file, name) for name, file in ENUMERATIONS.items()}
    for file in files(root):
        source = PythonSource((root / RUNTIME / file).read_text(encoding="utf-8"))
        for found in changes(source, enumerations, is_journal=file.startswith("journal")):
            if (file, found.what) not in EQUIVALENT:
                yield mutant_of(root, file, source, found)


def members(path: Path, name: str) -> tuple[str, ...]:
    """Return the members of an enumeration, in their order."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            targets = [statement.targets[0] for statement in node.body if isinstance(statement, ast.Assign)]
            return tuple(target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper())
    raise LookupError(f"{path} has no enumeration {name}")


def changes(
    source: PythonSource, enumerations: Mapping[str, Sequence[str]], *, is_journal: bool
) -> Iterator[SourceChange]:
    """Yield what can be made wrong in a file."""
    for scope, node in _scoped(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = enumerations.get(node.value.id, ())
            if node.attr in names:
                other = names[(names.index(node.attr) + 1) % len(names)]
                yield change(source, "runtime: member", scope, node, f"{node.value.id}.{other}")
        elif isinstance(node, ast.Constant) and scope == "module" and isinstance(node.value, bool):
            yield change(source, "runtime: flag", scope, node, repr(not node.value))
        elif isinstance(node, ast.Constant) and is_journal and isinstance(node.value, str):
            for text, what in _with_other_state(node.value):
                edits = (source.edit(node, repr(text)),)
                yield SourceChange("runtime: state", scope, node.lineno, what, edits)
    servers = [node for node in source.tree.body if isinstance(node, ast.ClassDef) and node.name in ON_A_SERVER]
    left_out = {line for node in servers for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    for found in line_operators.changes(source):
        is_flag = found.operator == "line: constant" and found.subject == "module" and "True" in found.what
        if found.line not in left_out and not is_flag:
            yield replace(found, operator=found.operator.replace("line: ", "runtime: "))


def _with_other_state(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text with another state in the place of one that it names, alone or inside SQL, and what changed."""
    for match in (re.compile("|".join(STATES)) if text in STATES else _STATE).finditer(text):
        state = match[match.re.groups]
        other = STATES[(STATES.index(state) + 1) % len(STATES)]
        start, end = match.span(match.re.groups)
        around = "" if text == state else f" in {' '.join(text[max(0, start - 30) : end + 10].split())}"
        yield f"{text[:start]}{other}{text[end:]}", f"{state} → {other}{around}"


def _scoped(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield the expressions that run, each with its function or "module": no docstring, annotation or f-string."""
    for statement in tree.body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if value is not None and not isinstance(value, ast.Subscript):  # `Literal[…]` is a type
            yield from (("module", node) for node in _expressions(value))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name not in line_operators.UNSEEN:
            for statement in function.body:
                yield from ((function.name, node) for node in _expressions(statement))


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if is_docstring or isinstance(node, ast.JoinedStr | ast.FunctionDef | ast.AsyncFunctionDef):
        return  # what stands in an f-string has no place of its own; functions inside come by themselves
    if isinstance(node, ast.expr):
        yield node
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in {"annotation", "returns"}:
                yield from _expressions(child)
