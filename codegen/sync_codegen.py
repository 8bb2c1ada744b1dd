"""Derive the sync side of the runtime, token by token, from the async source.

`python -m codegen.sync_codegen` writes it to `codegen/package/_runtime/sync`, where it is committed; `check` holds it.
"""

from __future__ import annotations

import ast
import hashlib
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from codegen.python import output

RUNTIME = Path(__file__).resolve().parent / "package" / "_runtime"
BY_HAND = frozenset({"primitives.py", "streams.py"})
"""What differs by nature between the two sides: written by hand on both."""

HEADER = "# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: {}\n"
"""The digest is of the source, of these rules and of what was derived: while it is right, nothing is derived again."""

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "__aenter__": "__enter__",
        "__aexit__": "__exit__",
        "__aiter__": "__iter__",
        "__anext__": "__next__",
        "StopAsyncIteration": "StopIteration",
        "aclose": "close",
        "aread": "read",
        "handle_async_request": "handle_request",
        "anext": "next",
        "aiter": "iter",
        "aclosing": "closing",
        "asynccontextmanager": "contextmanager",
        "enter_async_context": "enter_context",
        "push_async_callback": "callback",
    }
)
"""Async name → sync name. Beside these, AsyncThing → Thing and aiter_thing → iter_thing."""

_CLASS = re.compile(r"Async(?=[A-Z])")
_ITERATOR = re.compile(r"aiter_(?=[a-z])")
_UNTRANSLATABLE = frozenset(
    {
        "asyncio",
        "anyio",
        "trio",
        "sniffio",
        "Awaitable",
        "Coroutine",
        "AsyncGenerator",
        "iscoroutine",
        "iscoroutinefunction",
        "isawaitable",
        "create_task",
        "TaskGroup",
        "gather",
    }
)
_TEXT = {tokenize.STRING, tokenize.COMMENT} | {
    getattr(tokenize, name) for name in ("FSTRING_MIDDLE", "TSTRING_MIDDLE") if hasattr(tokenize, name)
}
"""From Python 3.12 on the text of an f-string is a token of its own."""
_PROSE = re.compile(r"\b(?:await (?=[\w.]+\()|async (?=with\b|for\b|def\b))")
_WORD = re.compile(r"\b[A-Za-z_]\w*\b")
_SPACES = re.compile(r"[ \t]*")


class Untranslatable(Exception):
    """The async source has something that has no mechanical sync form."""


def derive_sync(source: str, name: str = "source") -> str:
    """Return the sync module derived from an async one. Layout and comments stay. Raises Untranslatable."""
    lines = source.splitlines(keepends=True)
    pieces: list[str] = []
    row, column = 1, 0
    for token, replacement in _replacements(source, lines):
        pieces.append(_between(lines, (row, column), token.start))
        pieces.append(replacement)
        row, column = token.end
        if replacement == "":
            space = _SPACES.match(lines[row - 1], column)
            column = space.end() if space else column
    pieces.append(_between(lines, (row, column), (len(lines) + 1, 0)))
    result = "".join(pieces)
    _verify(source, result, name)
    return result


def derived() -> dict[str, str]:
    """Return the sync modules by file name; of those whose source has changed, not formatted yet."""
    modules = {}
    for name, source in _sources().items():
        text = _committed(name, source)
        modules[name] = derive_sync(source, f"aio/{name}") if text is None else text
    return modules


def committed_form() -> dict[str, str]:
    """Return the sync modules by file name as they stand in the repository: all derived, formatted, with a header."""
    sources = _sources()
    files = {f"package/_runtime/sync/{name}": derive_sync(text, f"aio/{name}") for name, text in sources.items()}
    modules = {path.rpartition("/")[2]: text for path, text in output.formatted(files).items()}
    return {name: HEADER.format(_digest(sources[name], text)) + text for name, text in modules.items()}


def _sources() -> dict[str, str]:
    """Return the async modules that have a derived sync module, by file name."""
    paths = sorted((RUNTIME / "aio").glob("*.py"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths if path.name not in BY_HAND}


def _committed(name: str, source: str) -> str | None:
    """Return the sync module of a source in the repository, without its header; None if it is not current."""
    path = RUNTIME / "sync" / name
    if not path.exists():
        return None
    header, _, text = path.read_text(encoding="utf-8").partition("\n")
    return text if f"{header}\n" == HEADER.format(_digest(source, text)) else None


@cache
def _rules() -> str:
    return Path(__file__).read_text(encoding="utf-8")


def _digest(source: str, text: str) -> str:
    return hashlib.sha256("\0".join([_rules(), source, text]).encode()).hexdigest()[:16]


def write() -> None:
    """Write the sync modules that differ from what is there; remove those whose async source is gone."""
    folder = RUNTIME / "sync"
    sources = _sources()
    for path in folder.glob("*.py"):
        if path.name not in sources and path.name not in BY_HAND:
            path.unlink()
    if all(_committed(name, source) is not None for name, source in sources.items()):
        return
    for name, text in committed_form().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")


def _replacements(source: str, lines: list[str]) -> Iterator[tuple[tokenize.TokenInfo, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        original = _between(lines, token.start, token.end)
        replacement = _replacement(token.type, original)
        if replacement != original:
            yield token, replacement


def _replacement(kind: int, text: str) -> str:
    """Return the sync form of one token."""
    if kind == tokenize.NAME:
        return "" if text in {"async", "await"} else _name(text)
    if kind in _TEXT:
        return _WORD.sub(lambda word: _name(word[0]), _PROSE.sub("", text))
    return text


def _name(name: str) -> str:
    return NAMES.get(name) or _ITERATOR.sub("iter_", _CLASS.sub("", name))


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the text from one place to another, rows counted from 1."""
    (first, left), (last, right) = start, end
    if first > len(lines):
        return ""
    if first == last:
        return lines[first - 1][left:right]
    tail = lines[last - 1][:right] if last <= len(lines) else ""
    return lines[first - 1][left:] + "".join(lines[first : last - 1]) + tail


def _verify(source: str, derived_source: str, name: str) -> None:
    """Refuse traces of async in the result: a module half derived would fail at the user's, not here."""
    _refuse(ast.parse(source), name, _UNTRANSLATABLE.__contains__)
    try:
        tree = ast.parse(derived_source)
        compile(tree, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise Untranslatable(f"{name}:{error.lineno}: the sync module does not parse: {error.msg}") from error
    _refuse(tree, name, lambda word: word in NAMES or _CLASS.search(word) is not None)


def _refuse(tree: ast.AST, name: str, is_wrong: Callable[[str], bool]) -> None:
    for node in ast.walk(tree):
        for word in _names(node):
            if is_wrong(word):
                line = getattr(node, "lineno", 0)
                raise Untranslatable(
                    f"{name}:{line}: {word} has no sync form; code that needs it belongs in primitives.py"
                )


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.alias):
        return [part for part in (*node.name.split("."), node.asname) if part]
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    return []


if __name__ == "__main__":
    write()
