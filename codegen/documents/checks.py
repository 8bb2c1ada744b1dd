"""What a method enforces before it sends: ranges, closed sets, needed values, in the names that go on the wire."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from codegen.documents.dataflow import constant
from codegen.documents.python_statements import LogicalLine


@dataclass(frozen=True)
class Check:
    """One `if …: raise`."""

    line: int
    parameter: str
    facts: Mapping[str, Any]


def wire_names(body: Sequence[LogicalLine], payload: str, parameters: Container[str]) -> dict[str, str]:
    """Return argument or local name → the key of the request body it fills.

    `body["cover"] = cover or picture` is filled by the first name; the second is an alias of this client alone.
    """
    aliases: dict[str, str] = {}
    filled: dict[str, str] = {}
    for row in body:
        node = row.node
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            source = _first_name(node.value)
            local = node.targets[0].id
            if source and local != source and local not in parameters:
                aliases[local] = source
        for key, value in _entries(node, payload):
            source = _first_name(value)
            if source:
                filled.setdefault(aliases.get(source, source), key)
    return {**{alias: filled[source] for alias, source in aliases.items() if source in filled}, **filled}


def _entries(node: ast.stmt | None, payload: str) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Dict):
        for key, value in zip(node.value.keys, node.value.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        target = node.targets[0]
        if isinstance(target.value, ast.Name) and target.value.id == payload and isinstance(target.slice, ast.Constant):
            yield str(target.slice.value), node.value


def _first_name(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name):
            return name
        case ast.BoolOp(values=[first, *_]):
            return _first_name(first)
        case ast.Call(func=ast.Name(id="str" | "int" | "float"), args=[inner]):
            return _first_name(inner)
    return None


def enforced(body: Sequence[LogicalLine], wire: Mapping[str, str], constants: Mapping[str, Any]) -> Iterator[Check]:
    """Yield every check that is followed by a raise."""
    for row, following in pairwise(body):
        if not isinstance(row.node, ast.If) or not isinstance(following.node, ast.Raise):
            continue
        for name, facts in _conditions(row.node.test, constants):
            if name in wire:
                yield Check(row.line, wire[name], facts)
            elif name in wire.values():
                yield Check(row.line, name, facts)


def _conditions(test: ast.expr, constants: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    by_name: dict[str, dict[str, Any]] = {}
    for node in ast.walk(test):
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            if name := _subject(node.operand):
                by_name.setdefault(name, {})["required"] = True
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            name = _subject(node.left)
            fact = _refused(node.ops[0], _value(node.comparators[0], constants))
            if name and fact:
                by_name.setdefault(name, {}).update(fact)
    yield from by_name.items()


def _subject(node: ast.expr) -> str | None:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return node.id if isinstance(node, ast.Name) else None


def _value(node: ast.expr, constants: Mapping[str, Any]) -> Any:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None
    if name is not None:
        return constants.get(name)
    if isinstance(node, ast.Set):
        return [constant(item) for item in node.elts]
    return constant(node)


def _refused(operator: ast.cmpop, value: Any) -> dict[str, Any]:
    """Return what must hold where a comparison leads to a raise: the opposite of the comparison."""
    if isinstance(operator, ast.NotIn) and isinstance(value, (list, tuple, set, frozenset)):
        return {"enum": sorted(value, key=str) if isinstance(value, (set, frozenset)) else list(value)}
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return {}
    match operator:
        case ast.Lt():
            return {"minimum": value}
        case ast.LtE():
            return {"exclusive_minimum": value}
        case ast.Gt():
            return {"maximum": value}
        case ast.GtE():
            return {"exclusive_maximum": value}
        case ast.NotEq():
            return {"enum": [value]}
    return {}
