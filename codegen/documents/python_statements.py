"""Python as single statements, each parsed on its own: the same whether or not the indentation survived.

A bundle has lost leading spaces, so a file does not parse as a whole. What parentheses and line ends delimit is still
there: every logical line is one statement, and a line that opens a block is one with an empty block.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SKIPPED = frozenset({tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER})


@dataclass(frozen=True)
class LogicalLine:
    """One logical line."""

    line: int
    lines: tuple[int, ...]
    text: str
    node: ast.stmt | None
    """None where it is not Python on its own: `else:`, or a malformed example."""
    comments: tuple[tuple[int, str], ...]
    """Line and text of every comment inside it or at its end."""


def split(lines: Sequence[str], first_line: int = 1) -> tuple[LogicalLine, ...]:
    """Return the statements of a file or a fence. What cannot be tokenized ends the list."""
    return tuple(_statements(lines, first_line))


def _statements(lines: Sequence[str], first_line: int) -> Iterator[LogicalLine]:
    flat = [line.strip() for line in lines]
    source = "\n".join(flat) + "\n"
    code: list[tokenize.TokenInfo] = []
    comments: list[tuple[int, str]] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                comments.append((token.start[0] - 1 + first_line, token.string.lstrip("# ").strip()))
            elif token.type == tokenize.NEWLINE:
                if code:
                    yield _statement(code, comments, flat, first_line)
                code, comments = [], []
            elif token.type not in _SKIPPED:
                code.append(token)
            elif token.type == tokenize.NL and not code and comments:
                yield _comment(comments)
                comments = []
    except (tokenize.TokenError, SyntaxError):
        return


def _comment(comments: Sequence[tuple[int, str]]) -> LogicalLine:
    line = comments[0][0]
    return LogicalLine(line, (line,), "", None, tuple(comments))


def _statement(
    code: Sequence[tokenize.TokenInfo], comments: Sequence[tuple[int, str]], flat: Sequence[str], first_line: int
) -> LogicalLine:
    start, end = code[0].start, code[-1].end
    rows = list(flat[start[0] - 1 : end[0]])
    rows[-1] = rows[-1][: end[1]]
    rows[0] = rows[0][start[1] :]
    text = "\n".join(rows)
    numbers = tuple(range(start[0] - 1 + first_line, end[0] + first_line))
    return LogicalLine(numbers[0], numbers, text, _parse(text), tuple(comments))


def _parse(text: str) -> ast.stmt | None:
    candidate = re.sub(r"^elif\b", "if", text)
    if re.match(r"(?:def|class|if|for|while|with|async)\b", candidate) and candidate.endswith(":"):
        candidate += " pass"
    try:
        body = ast.parse(candidate).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return body[0] if len(body) == 1 else None
