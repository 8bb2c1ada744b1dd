"""One source file, its syntax tree, and edits that put new text where a node stands."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Located = ast.expr | ast.stmt | ast.keyword | ast.arg | ast.alias
N = TypeVar("N", bound=ast.AST)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes from `start` to `end` of a file become `text`."""

    start: int
    end: int
    text: str


class PythonSource:
    """A Python file as text and tree. Positions are bytes, as the tree has them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self._bytes = text.encode()
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line.encode()))

    def edit(self, node: Located, new: str | ast.AST) -> Edit:
        """Return the node replaced by other text, or by another node."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        return Edit(start, end, new if isinstance(new, str) else ast.unparse(new))

    def apply(self, edits: Iterable[Edit]) -> str:
        """Return the text with edits that do not overlap. An edit that changes nothing is a mistake of the operator."""
        result = self._bytes
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            result = result[: edit.start] + edit.text.encode() + result[edit.end :]
        changed = result.decode()
        if ast.dump(ast.parse(changed)) == ast.dump(self.tree):
            raise ValueError("the edit changes nothing")
        return changed

    def segment(self, node: Located) -> str:
        """Return the node as it is written."""
        edit = self.edit(node, "")
        return self._bytes[edit.start : edit.end].decode()


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Yield every call of a function or class by that plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value of a keyword argument."""
    return next((found.value for found in call.keywords if found.arg == name), None)


def text_of(node: ast.AST | None) -> str | None:
    """Return the value of a text literal."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def changed(node: N, **fields: object) -> N:
    """Return a copy of a node with other fields."""
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def with_keyword(call: ast.Call, name: str, value: ast.expr | str | None) -> ast.Call:
    """Return a copy of a call with a keyword set, to source text or a node, or left out."""
    kept = [found for found in call.keywords if found.arg != name]
    if value is None:
        return changed(call, keywords=kept)
    node = ast.parse(value, mode="eval").body if isinstance(value, str) else value
    return changed(call, keywords=[*kept, ast.keyword(name, node)])


def without(items: list[T], index: int) -> list[T]:
    """Return a list without one of its items."""
    return items[:index] + items[index + 1 :]
