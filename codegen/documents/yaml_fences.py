"""Fences of YAML that describe a request, written as the lists that the rules for Markdown read.

endpoint: https://…       `POST https://…`
method: POST              Request parameters:
body:                     - `max_lines` (integer, optional): minimum: 1. default: 2
  max_lines: {type: integer, minimum: 1, default: 2}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from codegen.documents.blocks import Block
from codegen.documents.claims import MAX_LINE
from codegen.documents.entry_parts import column, written
from codegen.documents.types import read_type

_URL = ("endpoint", "url", "uri", "path", "地址", "接口")
_METHOD = ("method", "verb", "方法")
_SERVER = ("base_url", "baseurl", "base", "host", "server")
_PARTS = {
    **dict.fromkeys(("headers", "header"), "Headers"),
    **dict.fromkeys(
        ("body", "request", "request_body", "parameters", "params", "input", "inputs", "fields", "参数"),
        "Request parameters",
    ),
    **dict.fromkeys(("query", "query_parameters"), "Query parameters"),
    **dict.fromkeys(("path_parameters", "path_params"), "Path parameters"),
    **dict.fromkeys(("response", "reply", "returns", "output", "result", "返回"), "Response fields"),
    **dict.fromkeys(("errors", "error_codes", "codes"), "Error codes"),
}
_BOUNDS = {
    "min": "minimum",
    "max": "maximum",
    "minlength": "min length",
    "maxlength": "max length",
    "min_length": "min length",
    "max_length": "max length",
    "minitems": "min items",
    "maxitems": "max items",
}
_LARGEST = 100_000


def opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, a fence of YAML that describes a request as a list."""
    for block in blocks:
        rows = list(_Fence(block).blocks()) if block.kind == "fence" and block.language in ("yaml", "yml") else []
        yield from rows or [block]


def keys_of_fields(text: str) -> Iterator[int]:
    """Yield the offset of each line of a fence that states a type, a limit or the like of a field."""
    for offset, line in enumerate(text.split("\n")):
        if len(line) <= MAX_LINE and _FIELD_KEY.match(line):
            yield offset


_FIELD_KEY = re.compile(
    r"\s*(?:-\s+)?[\"']?(?:type|required|default|enum|format|pattern|min(?:imum|Length|Items)?|max(?:imum|Length|Items)?"
    r"|method|endpoint|url)[\"']?\s*:\s*\S"
)


class _Fence:
    """One fence of YAML and the line of each of its nodes."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def blocks(self) -> Iterator[Block]:
        """Yield what the fence says; nothing where it does not describe a request."""
        root = _compose(self._block.text)
        pairs = _pairs(root)
        names = {name.value.lower() for name, _ in pairs}
        if pairs and all(_is_field(value) for _, value in pairs):
            yield from self._fields("", pairs)
        elif names & {*_PARTS, *_URL}:
            yield from self._request(pairs)

    def _request(self, pairs: Sequence[tuple[ScalarNode, Node]]) -> Iterator[Block]:
        scalars = {name.value.lower(): (name, value) for name, value in pairs if isinstance(value, ScalarNode)}
        url = next((scalars[key] for key in _URL if key in scalars), None)
        method = next((scalars[key] for key in _METHOD if key in scalars), None)
        scalars_read = [row for row in (url, method) if row]
        if url:
            words = f"{method[1].value.upper()} {url[1].value}" if method else url[1].value
            lines = tuple(sorted({line for row in scalars_read for line in self._lines(*row)}))
            yield self._text(lines, f"`{words}`" if method else f"Endpoint: `{words}`")
        for name, value in pairs:
            key = name.value.lower()
            if any(name is row[0] for row in scalars_read):
                continue
            if key in _SERVER and isinstance(value, ScalarNode):
                yield self._text(self._lines(name, value), f"Base URL: `{value.value}`")
            elif key in _PARTS and isinstance(value, MappingNode):
                yield self._text(self._lines(name, name), f"{_PARTS[key]}:")
                yield from self._part(_PARTS[key], value)
            else:
                for line in self._lines(name, value):
                    text = self._block.text.split("\n")[line - self._block.body_line].strip()
                    yield self._text((line,), text)

    def _part(self, title: str, value: MappingNode) -> Iterator[Block]:
        if title in ("Headers", "Error codes"):
            for name, words in _pairs(value):
                text = f"`{words.value}`" if title == "Headers" else words.value
                yield self._item(self._lines(name, words), f"`{name.value}`: {text}")
        else:
            yield from self._fields("", _pairs(value))

    def _fields(self, above: str, pairs: Sequence[tuple[ScalarNode, Node]]) -> Iterator[Block]:
        """Yield an entry for each field, and for the fields in it."""
        for name, value in pairs:
            path = f"{above}.{name.value}" if above else name.value
            if isinstance(value, ScalarNode):
                yield self._item(self._lines(name, value), f"`{path}` ({value.value})")
                continue
            attributes: list[tuple[str, str]] = []
            inner: list[tuple[str, Sequence[tuple[ScalarNode, Node]]]] = []
            for key, inside_value in _pairs(value):
                if key.value in ("properties", "fields"):
                    inner.append((path, _pairs(inside_value)))
                elif key.value == "items" and isinstance(inside_value, MappingNode):
                    item = {one.value: other for one, other in _pairs(inside_value)}
                    attributes.append(("items", _written_value(item.get("type")) or "object"))
                    inner.append((f"{path}[]", _pairs(item.get("properties"))))
                else:
                    attributes.append((key.value, _written_value(inside_value)))
            inside = {line for _, rows in inner for row in rows for line in self._lines(*row)}
            lines = [line for line in self._lines(name, value) if line not in inside]
            yield self._item(tuple(lines), f"`{path}`{written(list(_columns(attributes)))}")
            for path_, rows in inner:
                yield from self._fields(path_, rows)

    def _lines(self, name: Node, value: Node) -> tuple[int, ...]:
        first, last = int(name.start_mark.line), int(value.end_mark.line)
        last = last - 1 if value.end_mark.column == 0 and last > first else last
        lines = self._block.text.split("\n")
        while last > first and not lines[min(last, len(lines) - 1)].strip():
            last -= 1
        return tuple(range(self._block.body_line + first, self._block.body_line + last + 1))

    def _text(self, lines: tuple[int, ...], text: str) -> Block:
        return replace(self._block, kind="text", line=lines[0], lines=lines, text=text, language="")

    def _item(self, lines: tuple[int, ...], text: str) -> Block:
        return replace(self._block, kind="item", line=lines[0], lines=lines, text=text, depth=1, language="")


def _compose(text: str) -> Node | None:
    """Return the root of a text in YAML; None for one that is none, is very large, or says one thing in two places."""
    if len(text) > _LARGEST or re.search(r"(?:^|[\s\[{,])[&*!]\w", text) or re.search(r"(?:[\[{]\s*){40}", text):
        return None
    if any(len(line) - len(line.lstrip()) > 80 for line in text.split("\n")):
        return None
    try:
        root: Node | None = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return root


def _pairs(node: Node | None) -> list[tuple[ScalarNode, Node]]:
    rows = node.value if isinstance(node, MappingNode) else ()
    return [(name, value) for name, value in rows if isinstance(name, ScalarNode)]


def _is_field(node: Node) -> bool:
    attributes = {name.value: value for name, value in _pairs(node)}
    return "type" in attributes and read_type(_written_value(attributes["type"])) is not None


def _written_value(node: Node | None) -> str:
    if isinstance(node, SequenceNode):
        return ", ".join(f"`{_written_value(one)}`" for one in node.value)
    return " ".join(node.value.split()) if isinstance(node, ScalarNode) else ""


def _columns(attributes: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what each attribute states, and its value: `items` belong to the type."""
    values = dict(attributes)
    items = values.pop("items", "")
    for key, value in values.items():
        if key == "type" and items:
            yield "type", f"array<{items}>"
        elif key == "format" and "type" in values:
            yield "description", "URL" if value in ("uri", "url") else f"format {value}"
        else:
            yield column(_BOUNDS.get(key.lower(), key)) or key, value
