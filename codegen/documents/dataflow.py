"""Follows variables through Python statements: which reply a name holds, and which keys the code takes from it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from codegen.documents import placeholders
from codegen.documents.claims import By
from codegen.documents.line_accounting import LineAccounting
from codegen.documents.python_statements import LogicalLine
from codegen.documents.vocabulary import state_of


@dataclass(frozen=True)
class Value:
    """The value that a name has at one point of a script."""

    operation: str | None
    """Whose reply it is part of; None where nothing says."""
    path: str | None = None
    """Where in the reply: "" is the whole; None for a task that has only been created."""
    task: str | None = None
    """The operation that made the task."""
    decoded: bool = False
    """It has been through json.loads: its keys are the keys of the result."""

    def key(self, name: str) -> Value:
        return replace(self, path=f"{self.path}.{name}" if self.path else name)


@dataclass(frozen=True)
class Knowledge:
    """Methods, getters, signatures and names that the reader of a script starts with."""

    methods: Mapping[str, str] = field(default_factory=dict)
    """Client method → the operation it calls."""
    getters: Mapping[str, Value] = field(default_factory=dict)
    """Client method → the part of a reply it returns."""
    signatures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Client method → the names of its parameters, for arguments given by position."""
    names: Mapping[str, str] = field(default_factory=dict)
    """API name, as a dispatching method takes it → operation."""
    operation: str | None = None
    """What the code is about, where it does not say itself."""
    posted: str | None = None
    """The operation that a `post(...)` in this code goes to."""


def constant(node: ast.expr | None) -> Any:
    """Return the value of a literal, or None; `is_literal` tells None from nothing."""
    try:
        return ast.literal_eval(node) if node is not None else None
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def method_of(call: ast.Call) -> str | None:
    """Return the name of the method in `something.method(...)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else None


def sends(node: ast.Call) -> bool:
    """Return whether a call sends a body: `post(…)`, or `put(…)` and `patch(…)` with one."""
    name = method_of(node)
    return name == "post" or (name in ("put", "patch") and any(one.arg in ("json", "data") for one in node.keywords))


def expressions(statement: LogicalLine) -> Iterator[ast.AST]:
    """Yield every node of a statement."""
    if statement.node is not None:
        yield from ast.walk(statement.node)


class Flow:
    """Reads one run of statements in order."""

    def __init__(self, knowledge: Knowledge, accounting: LineAccounting, by: By) -> None:
        self.known = knowledge
        self.accounting = accounting
        self.by: By = by
        self.env: dict[str, Value] = {}

    def run(self, statements: tuple[LogicalLine, ...]) -> None:
        for index, statement in enumerate(statements):
            following = statements[index + 1] if index + 1 < len(statements) else None
            self.step(statement, following)

    def step(self, statement: LogicalLine, following: LogicalLine | None = None) -> None:
        """Record what one statement takes from replies, then what its target now stands for."""
        node = statement.node
        if node is not None:
            self.visit(node, statement.line - 1, following)
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            value = self.resolve(node.value)
            if value is not None:
                self.env[node.targets[0].id] = value
            elif not (isinstance(node.value, ast.Constant) and node.value.value is None):
                self.env.pop(node.targets[0].id, None)

    def visit(self, node: ast.AST, offset: int, following: LogicalLine | None) -> None:
        """Go through an expression from the outside in; an access that has been recorded is not taken apart again."""
        if isinstance(node, ast.Compare):
            self.compare(node, offset, following)
        elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            self.code_with_data(node, offset)
        is_access = isinstance(node, (ast.Call, ast.Subscript)) and self.access(node, offset)
        for child in ast.iter_child_nodes(node):
            if not is_access:
                self.visit(child, offset, following)

    def resolve(self, node: ast.expr) -> Value | None:
        """Return what an expression stands for, or None where it is not a part of a reply."""
        match node:
            case ast.Name(id=name):
                return self.env.get(name)
            case ast.BoolOp(values=[first, *_]):
                return self.resolve(first)
            case ast.Subscript(value=inner, slice=ast.Constant(value=str(key))):
                value = self.resolve(inner)
                return value.key(key) if value else None
            case ast.Call():
                return self.call(node)
        return None

    def call(self, node: ast.Call) -> Value | None:
        first = node.args[0] if node.args else None
        if isinstance(node.func, ast.Name):
            return self.dispatch(first)
        name = method_of(node)
        if name is None:
            return None
        if name == "loads" and first is not None:
            value = self.resolve(first) or self.unbound_result(first)
            return Value(None, "", value.task or value.operation, True) if value else None
        if sends(node) and self.known.posted:
            return Value(self.known.posted, "")
        if name in self.known.methods:
            return Value(self.known.methods[name], None, self.known.methods[name])
        argument = self.resolve(first) if first is not None else None
        if name in self.known.getters:
            return replace(self.known.getters[name], task=argument.task if argument else self.known.operation)
        inner = self.resolve(node.func.value) if isinstance(node.func, ast.Attribute) else None
        if name == "get" and inner is not None and isinstance(first, ast.Constant) and isinstance(first.value, str):
            return inner.key(first.value)
        if name == "json" and inner is not None:
            return inner
        return argument or self.dispatch(first)

    def dispatch(self, first: ast.expr | None) -> Value | None:
        """Read `invoke("Some API", ...)`: the name tells which operation."""
        name = constant(first) if isinstance(first, ast.Constant) else None
        if isinstance(name, str) and name in self.known.names:
            return Value(self.known.names[name], "", self.known.names[name])
        return None

    def unbound_result(self, node: ast.expr) -> Value | None:
        """Read `result["result"]` in a fence that does not show where `result` is from."""
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and self.known.operation:
            return Value(None, "", self.known.operation)
        return None

    def access(self, node: ast.Call | ast.Subscript, offset: int) -> bool:
        """Record the key an expression takes from a reply. Returns whether it took one."""
        line = (node.end_lineno or node.lineno) + offset
        if isinstance(node, ast.Call) and method_of(node) == "loads" and node.args:
            value = self.resolve(node.args[0])
            if value is None or not value.operation or not value.path:
                return False
            self.accounting.claim(
                line, "response", value.path, {"type": "string", "contains": "json"}, value.operation, self.by
            )
            return True
        indexed = isinstance(node, ast.Subscript) and isinstance(constant(node.slice), int)
        value = self.resolve(node.value) if isinstance(node, ast.Subscript) and indexed else self.resolve(node)
        if value is None or not value.path:
            return False
        if value.decoded and value.task:
            self.accounting.claim(
                line, "result", value.path, {"type": "array"} if indexed else {}, value.task, "example"
            )
            return True
        if value.operation and (isinstance(node, ast.Subscript) or method_of(node) == "get"):
            self.accounting.claim(line, "response", value.path, {}, value.operation, self.by)
            return True
        return False

    def code_with_data(self, node: ast.BoolOp, offset: int) -> None:
        """Record `code != 0 and not data`: only a code without data is an error; one with data is a report."""
        codes = [part for part in node.values if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.NotEq)]
        empty = [part for part in node.values if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not)]
        values = [self.resolve(part.left) for part in codes] + [self.resolve(part.operand) for part in empty]
        if [value.path for value in values if value] == ["code", "data"]:
            self.accounting.claim(node.lineno + offset, "response", "code", {"with_data": "report"}, None, self.by)

    def compare(self, node: ast.Compare, offset: int, following: LogicalLine | None) -> None:
        value = self.resolve(node.left)
        if value is None or not value.path or len(node.comparators) != 1:
            return
        line = node.lineno + offset
        other = constant(node.comparators[0])
        last = value.path.split(".")[-1]
        if last == "code" and isinstance(node.ops[0], ast.NotEq) and isinstance(other, int):
            self.accounting.claim(line, "response", value.path, {"success": str(other)}, value.operation, self.by)
        if last != "status":
            return
        words = other if isinstance(other, (list, tuple)) else [other]
        raises = following is not None and isinstance(following.node, ast.Raise)
        returns = following is not None and isinstance(following.node, ast.Return)
        for word in words:
            if isinstance(word, str) and (state := state_of(word)):
                self.accounting.claim(line, "status", word, {"state": state}, value.operation, "example")
            elif isinstance(word, int) and returns:
                self.accounting.claim(line, "status", str(word), {"state": "succeeded"}, None, "check")
            elif isinstance(word, int) and raises:
                self.accounting.claim(line, "status", str(word), {"terminal": True}, None, "check")


def call_arguments(call: ast.Call, positions: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the arguments of an example call, in our words; what is computed is a placeholder."""
    arguments: list[tuple[str, ast.expr]] = [
        *zip(positions, call.args, strict=False),
        *((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg is not None),
    ]
    values: dict[str, Any] = {}
    for name, node in arguments:
        value = constant(node)
        computed = value is None and not (isinstance(node, ast.Constant) and node.value is None)
        values[name] = placeholders.TEXT if computed else placeholders.plain(value, name)
    return values
