"""YAML in and out: a reader that refuses the dangerous and ambiguous, a writer that every parser reads the same.

Reading is YAML 1.2 (core schema) on libyaml: `on` and `2026-03-08` are text, `010` is ten.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from codegen import trees
from codegen.faults import Fault, InputFault

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 100
"""Deeper than any document a person writes; shallow enough that no parser of the pipeline recurses too far."""

MAX_VALUES = 2_000_000
"""Scalars, lists and mappings, those of aliases counted wherever they stand."""

_SHORT = 110
"""Characters of a mapping that is written on one line where its key is one of the short ones."""

# Plain only where YAML 1.1 and 1.2 both read a string: 16:9, 1e3, on and 0x10 are something else to one of them.
_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_ ./+()-]*(?<! )")
_WORDS = frozenset("y n yes no on off true false null nan inf".split())


def load(path: Path, name: str | None = None) -> Any:
    """Read one YAML file. `name` is what faults call it."""
    label = name or path.as_posix()
    return loads(trees.read_input(path, label, MAX_BYTES), label)


def loads(text: str, name: str, *, aliases: bool = False) -> Any:
    """Read YAML text; refuse duplicate keys, tags and excessive depth, and aliases where they are not asked for.

    With `aliases` a value may stand in several places, and `<<` merges mappings: who walks the value bounds its size.
    """
    try:
        _refuse_depth(text, aliases=aliases)
        return yaml.load(text, _Merging if aliases else _Loader)
    except _Refused as error:
        raise InputFault(Fault(name, f"line {error.line}", error.problem, error.remedy)) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputFault(Fault(name, f"line {line}", f"is not YAML ({error.problem})", "correct the syntax")) from None
    except (yaml.YAMLError, ValueError) as error:
        first = (str(error).splitlines() or ["unreadable"])[0]
        raise InputFault(Fault(name, "", f"is not YAML ({first})", "correct the syntax")) from None


@dataclass(frozen=True)
class HandWritten:
    """A file that people write, and the lists in it."""

    name: str
    text: str = ""

    def add(self, key: str, *choices: str) -> str:
        """Return what to paste where for one more entry of a list: one of the choices, each a value in flow style."""
        listed = self._lists.get(key)
        if listed is not None and listed.value:
            if listed.flow_style:
                end = listed.end_mark.line + 1
                return f"add to `{key}`, which ends on line {end} of {self.name}: {_or(choices)}"
            return f"add to {self.name} as line {self.after(key, -1)}: {self._rows(key, choices)}"
        # Several faults may ask for the same list: its key is written once.
        below = f"`{key}:`, once for all entries, and below it {self._rows(key, choices)}"
        if listed is None:
            return f"add to {self.name} at the end: {below}"
        return f"write in {self.name} in place of line {listed.start_mark.line + 1}: {below}"

    def after(self, key: str, index: int) -> int:
        """Return the line below an entry of a list: there the next one goes."""
        node = self._lists[key].value[index]
        ends_within = isinstance(node, yaml.ScalarNode) or node.flow_style  # a block ends where the next token begins
        line = int(node.end_mark.line) + (1 if ends_within else 0)
        lines = self.text.splitlines()
        while line > 0 and (not lines[line - 1].strip() or lines[line - 1].lstrip().startswith("#")):
            line -= 1
        return line + 1

    def extent(self, place: str) -> str:
        """Return all lines of the entry of a list that begins at a place such as `line 4`, "it" if they hold more."""
        for key in (key for key, listed in self._lists.items() if not listed.flow_style):
            starts = self.lines(key)
            if (row := next((i for i, line in enumerate(starts) if f"line {line}" == place), None)) is not None:
                last = self.after(key, row) - 1
                return f"lines {starts[row]} to {last}" if last > starts[row] else place
        return "it"

    def lines(self, key: str) -> tuple[int, ...]:
        """Return the line of each entry of a list."""
        listed = self._lists.get(key)
        return tuple(row.start_mark.line + 1 for row in listed.value) if listed is not None else ()

    def line_of(self, *keys: str) -> int | None:
        """Return the line of the key at the end of these keys, each inside the one before, wherever the first is."""
        nodes: list[Node] = [root] if (root := yaml.compose(self.text, yaml.CSafeLoader)) is not None else []
        for node in nodes:
            pairs = node.value if isinstance(node, MappingNode) else ()
            nodes += [value for _, value in pairs] + (node.value if isinstance(node, yaml.SequenceNode) else [])
            inside, line = node, 0
            for key in keys:
                entries = inside.value if isinstance(inside, MappingNode) else ()
                pair = next(((name, value) for name, value in entries if name.value == key), None)
                if pair is None:
                    break
                line, inside = int(pair[0].start_mark.line) + 1, pair[1]
            else:
                return line
        return None

    def indent(self, key: str) -> str:
        """Return the spaces before an entry of a list."""
        listed = self._lists.get(key)
        return " " * listed.start_mark.column if listed is not None and listed.value else "  "

    def _rows(self, key: str, choices: tuple[str, ...]) -> str:
        return _or(tuple(f"{self.indent(key)}- {choice}" for choice in choices))

    @cached_property
    def _lists(self) -> dict[str, yaml.SequenceNode]:
        root = yaml.compose(self.text, yaml.CSafeLoader)
        pairs = root.value if isinstance(root, yaml.MappingNode) else ()
        return {str(name.value): value for name, value in pairs if isinstance(value, yaml.SequenceNode)}


def _or(choices: tuple[str, ...]) -> str:
    return " or ".join(f"`{choice}`" for choice in choices)


def flow(value: Any) -> str:
    """Write one value on one line."""
    return dumps({"rows": [value]}, one_line=("rows",)).partition("\n")[2].strip().removeprefix("- ")


def dumps(value: Any, *, header: str = "", one_line: tuple[str, ...] = (), short: tuple[str, ...] = ()) -> str:
    """Write YAML: same value, same bytes.

    Under a key named in `one_line` a list gets one line an entry and a mapping one line as a whole; under one named in
    `short` a mapping gets one line where it fits.
    """
    comment = "".join(f"# {line}".rstrip() + "\n" for line in header.splitlines())
    text: str = yaml.dump(
        _styled(value, one_line, short),
        Dumper=_Dumper,
        default_flow_style=False,
        allow_unicode=True,
        sort_keys=False,
        width=2**30,
    )
    return comment + text


class _Refused(Exception):
    def __init__(self, node: Node | yaml.Event, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line = node.start_mark.line + 1 if node.start_mark else 1
        self.problem = problem
        self.remedy = remedy


def _refuse_depth(text: str, *, aliases: bool) -> None:
    """Count levels and values before anything is built: nine aliases can stand for a billion values."""
    around: list[str | None] = []
    """The anchors of the collections that are open."""
    counts = [0]
    """Of each of them, and of the whole text, the values in it so far."""
    sizes: dict[str, int] = {}
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.AliasEvent):
            if not aliases:
                raise _Refused(event, "uses a YAML alias", "write the value out")
            if event.anchor in around:
                raise _Refused(event, "has an alias of what it stands in", "write the value out")
            counts[-1] += sizes.get(str(event.anchor), 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            around.append(event.anchor)
            counts.append(1)
            if len(around) > MAX_DEPTH:
                raise _Refused(event, f"is nested deeper than {MAX_DEPTH} levels", "flatten it")
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, count = around.pop(), counts.pop()
            counts[-1] += count
            if anchor is not None:
                sizes[anchor] = count
        elif isinstance(event, yaml.ScalarEvent):
            counts[-1] += 1
        if counts[-1] > MAX_VALUES:
            raise _Refused(event, f"stands for more than {MAX_VALUES} values", "split it, or write less by aliases")


class _Loader(yaml.CSafeLoader):
    """libyaml with the scalars of YAML 1.2 and without duplicate keys."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012, the base class declares it so


def _mapping(loader: _Loader, node: MappingNode) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise _Refused(key_node, "has a key that is not a single value", "use text as the key")
        if key in mapping:
            raise _Refused(key_node, f"duplicate key {key!r}", "keep one of them")
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


class _Merging(_Loader):
    """The same, with the merge keys of YAML 1.1."""


def _merged(loader: _Loader, node: MappingNode) -> dict[Any, Any]:
    mapping = _mapping(loader, node)
    for key_node, value_node in node.value:
        # In quotes it is a name like any other.
        if isinstance(key_node, ScalarNode) and key_node.value == "<<" and key_node.style not in ("'", '"'):
            sources = mapping.pop("<<")
            for source in sources if isinstance(sources, list) else [sources]:
                if not isinstance(source, dict):
                    raise _Refused(value_node, "merges what is not a mapping", "merge a mapping")
                mapping = {**source, **mapping}
    return mapping


def _integer(loader: _Loader, node: ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text.startswith(("0x", "0o")) else int(text)


def _number(loader: _Loader, node: ScalarNode) -> float:
    return float(str(loader.construct_scalar(node)).replace(".inf", "inf").replace(".nan", "nan"))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)
# Last: from here on it has a table of its own, which takes over what the other has by now.
_Merging.add_constructor("tag:yaml.org,2002:map", _merged)
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", "-+.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_first, ""])


class Lines(list[Any]):
    """A list that is written with one line an entry, so that an entry more is one line more."""


class _Row(dict[Any, Any]):
    """A mapping that is written on one line."""


class _Dumper(yaml.CSafeDumper):
    """libyaml with our quoting."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, value: str) -> ScalarNode:
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        style = None
    else:
        style = '"' if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" for char in value) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _list(dumper: _Dumper, value: list[Any]) -> Node:
    flow = not any(isinstance(item, (dict, list)) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(
    Lines, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=False)
)
_Dumper.add_representer(
    _Row, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)
)


def _styled(value: Any, one_line: tuple[str, ...], short: tuple[str, ...] = (), *, row: bool = False) -> Any:
    """Convert to plain dicts and lists, rows marked, whatever the mappings and sequences were."""
    if isinstance(value, dict):
        mapping: dict[Any, Any] = {}
        for key, items in value.items():
            if key in one_line and isinstance(items, list):
                mapping[key] = [_styled(item, (), row=True) for item in items]
            else:
                fits = (key in one_line and isinstance(items, dict)) or (key in short and _is_short(items))
                mapping[key] = _styled(items, one_line, short, row=row or fits)
        return _Row(mapping) if row else mapping
    if isinstance(value, (list, tuple)):
        items = [_styled(item, one_line, short, row=row) for item in value]
        return Lines(items) if isinstance(value, Lines) else items
    return str(value) if isinstance(value, str) else value


def _is_short(value: Any) -> bool:
    return isinstance(value, dict) and len(str(value)) <= _SHORT
