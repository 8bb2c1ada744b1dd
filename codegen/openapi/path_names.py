"""Paths as frameworks write them: a rule or a mark beside the name of a parameter, or a colon before it.

`{id:[0-9]+}`, `{path*}`, `{id?}`, `{name=shelves/*}` and `:id` are `{id}`, `{path}`, `{id}`, `{name}` and `{id}`, where
the document has a parameter of that name, and no placeholder for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi.json_values import as_list, as_object
from codegen.openapi.pointers import chain, fragment, join
from codegen.openapi.walk import METHODS

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MARKED = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}|(?<=/):([A-Za-z_][A-Za-z0-9_]*)(?=[/.]|$)")
_NAME = re.compile(r"[*+/]{0,2}([A-Za-z0-9_.-]+?)(?:\?|\*{1,2}|\.\.\.|[:=<].*)?", re.DOTALL)
_LONGEST = 1_000
"""Characters of a path that is looked at."""


def rename(root: dict[str, Any]) -> list[tuple[str, str]]:
    """Write the paths of a document with plain placeholders, in place; return (pointer, what was wrong)."""
    paths = as_object(root.get("paths"))
    renamed: dict[str, str] = {}
    for path, item in paths.items():
        if isinstance(item, dict) and isinstance(path, str) and ("{" in path or ":" in path) and len(path) <= _LONGEST:
            plain = _plain(path, frozenset(_declared(root, item)))
            if plain != path and plain not in paths and plain not in renamed.values():
                renamed[path] = plain
    if not renamed:
        return []
    root["paths"] = {renamed.get(path, path): item for path, item in paths.items()}
    _refer(root, {join("#/paths", old): join("#/paths", new) for old, new in renamed.items()})
    return [(join("/paths", new), f"is written {old}") for old, new in renamed.items()]


def _plain(path: str, declared: frozenset[str]) -> str:
    plain_names = set(_PLACEHOLDER.findall(path))

    def plain(match: re.Match[str]) -> str:
        word = _NAME.fullmatch(match[1]) if match[1] is not None else None
        name = match[2] or (word[1] if word else "")
        return f"{{{name}}}" if name in declared - plain_names and match[1] not in declared else match[0]

    return _MARKED.sub(plain, path)


def _declared(root: dict[str, Any], item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the parameters in a path."""
    for owner in (item, *(item.get(method) for method in METHODS)):
        for row in as_list(as_object(owner).get("parameters")):
            *_, (row, _) = chain(root, row)
            if isinstance(row, Mapping) and row.get("in") == "path" and isinstance(row.get("name"), str):
                yield row["name"]


def _refer(root: Any, renamed: Mapping[str, str]) -> None:
    """Let references into paths that are renamed lead to them."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if isinstance(value, dict | list):
                waiting.append(value)
            elif key in ("$ref", "operationRef") and isinstance(value, str) and value.startswith("#/paths/"):
                parts = f"#{fragment(value)}".split("/")
                target = renamed.get("/".join(parts[:3]))
                if target is not None:
                    node[key] = "/".join([target, *parts[3:]])
