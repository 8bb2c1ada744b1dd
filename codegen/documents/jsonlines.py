"""JSON that remembers the line of every value, and a tolerant look at JSON that is not quite JSON."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from codegen.documents.sources import Source
from codegen.faults import Fault, InputFault

MAX_DEPTH = 60


@dataclass(frozen=True)
class JsonNode:
    """A JSON value and the line it starts on; `members` and `items` for what is inside it."""

    value: Any
    line: int
    members: dict[str, JsonNode]
    """For an object: key → the node of its value, whose `line` is the line of the key."""
    items: tuple[JsonNode, ...]

    def get(self, key: str) -> JsonNode | None:
        return self.members.get(key)

    def text(self, key: str) -> str:
        """Return the string under a key, or "" where it is absent or no string."""
        node = self.members.get(key)
        return node.value if node is not None and isinstance(node.value, str) else ""


class DuplicateKey(ValueError):
    """An object names a key twice."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class _Scanner:
    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def line(self, at: int) -> int:
        return self.first_line + bisect_left(self.breaks, at)

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def fail(self, problem: str, at: int) -> json.JSONDecodeError:
        return json.JSONDecodeError(problem, self.text, at)

    def value(self, at: int, depth: int, line: int | None = None) -> tuple[JsonNode, int]:
        at = self.skip(at)
        here = line if line is not None else self.line(at)
        opening = self.text[at : at + 1]
        if depth >= MAX_DEPTH and opening in ("{", "["):
            raise self.fail(f"Nested deeper than {MAX_DEPTH} levels", at)
        if opening == "{":
            return self.object(at + 1, depth, here)
        if opening == "[":
            return self.array(at + 1, depth, here)
        try:
            value, end = _DECODER.raw_decode(self.text, at)
        except RecursionError:
            raise self.fail("Nested too deep", at) from None
        except json.JSONDecodeError:
            raise
        except ValueError:
            raise self.fail("Number of thousands of digits", at) from None
        return JsonNode(value, here, {}, ()), end

    def object(self, at: int, depth: int, line: int) -> tuple[JsonNode, int]:
        members: dict[str, JsonNode] = {}
        at = self.skip(at)
        if self.text[at : at + 1] == "}":
            return JsonNode({}, line, {}, ()), at + 1
        while True:
            at = self.skip(at)
            if self.text[at : at + 1] != '"':
                raise self.fail("Expecting property name enclosed in double quotes", at)
            key_line = self.line(at)
            key, at = _DECODER.raw_decode(self.text, at)
            if key in members:
                raise DuplicateKey(key, key_line)
            at = self.skip(at)
            if self.text[at : at + 1] != ":":
                raise self.fail("Expecting ':' delimiter", at)
            members[key], at = self.value(at + 1, depth + 1, key_line)
            at = self.skip(at)
            if self.text[at : at + 1] == "}":
                return JsonNode({name: node.value for name, node in members.items()}, line, members, ()), at + 1
            if self.text[at : at + 1] != ",":
                raise self.fail("Expecting ',' delimiter", at)
            at += 1

    def array(self, at: int, depth: int, line: int) -> tuple[JsonNode, int]:
        items: list[JsonNode] = []
        at = self.skip(at)
        if self.text[at : at + 1] == "]":
            return JsonNode([], line, {}, ()), at + 1
        while True:
            node, at = self.value(at, depth + 1)
            items.append(node)
            at = self.skip(at)
            if self.text[at : at + 1] == "]":
                return JsonNode([item.value for item in items], line, {}, tuple(items)), at + 1
            if self.text[at : at + 1] != ",":
                raise self.fail("Expecting ',' delimiter", at)
            at += 1


def parse(text: str, first_line: int = 1) -> JsonNode:
    """Parse JSON. Raises json.JSONDecodeError or DuplicateKey."""
    scanner = _Scanner(text, first_line)
    node, end = scanner.value(0, 0)
    if scanner.skip(end) != len(text):
        raise json.JSONDecodeError("Extra data", text, scanner.skip(end))
    return node


@dataclass(frozen=True)
class Key:
    """A key found in broken JSON: its dotted path, its line, and what little is known of its value."""

    path: str
    line: int
    value: str


_TOKEN = re.compile(r'"(?P<key>[A-Za-z_][\w-]*)"\s*:\s*|(?P<string>"(?:[^"\\]|\\.)*")|(?P<bracket>[{}\[\]])', re.DOTALL)
_VALUE = re.compile(r'<\w+>"?|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null|[{\[]')


def keys(text: str, first_line: int = 1) -> Iterator[Key]:
    """Yield the keys of something meant to be a JSON object: a missing comma or a stray quote does not matter."""
    path: list[str] = []
    breaks = [match.start() for match in re.finditer("\n", text)]
    pending = ""
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match["key"]:
            value = _VALUE.match(text, at)
            sample = value[0] if value else ""
            width = len(sample)
            if sample.startswith("<"):
                sample = sample.rstrip('"')
            pending = match["key"]
            yield Key(".".join([*filter(None, path), pending]), first_line + bisect_left(breaks, match.start()), sample)
            if sample and sample not in "{[":
                at += width
        elif match["bracket"] and match["bracket"] in "{[":
            path.append(pending)
            pending = ""
        elif match["bracket"]:
            if path:
                path.pop()
            pending = ""


def type_of(sample: str) -> str | None:
    """Return the wire type of a value as `keys` shows it: `<integer>` and 3 are integers, "..." is a string."""
    types = {
        "<integer>": "integer",
        "<string>": "string",
        "<boolean>": "boolean",
        "<number>": "number",
        "<object>": "object",
    }
    if sample in types:
        return types[sample]
    if re.fullmatch(r"-?\d+", sample):
        return "integer"
    if re.fullmatch(r"-?\d+\.\d+", sample):
        return "number"
    return {'"': "string", "{": "object", "[": "array", "t": "boolean", "f": "boolean"}.get(sample[:1])


def parse_source(source: Source) -> JsonNode:
    """Parse a document of JSON. Raises InputFault where it is none."""
    try:
        return parse(source.text, source.first_line)
    except DuplicateKey as error:
        raise InputFault(
            Fault(source.origin, f"line {error.line}", f"key {error.key!r} appears twice", "keep one of them")
        ) from None
    except json.JSONDecodeError as error:
        place = f"line {source.first_line + error.lineno - 1}, column {error.colno}"
        raise InputFault(Fault(source.origin, place, f"is not JSON ({error.msg})", "correct the syntax")) from None
