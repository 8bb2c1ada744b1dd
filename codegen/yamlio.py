"""YAML in and out: a reader that refuses the dangerous and ambiguous, a writer that every parser reads the same."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, MappingStartEvent, SequenceStartEvent
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from codegen.faults import Fault, InputFault

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 100
"""Deeper than any document a person writes; shallow enough that no parser of the pipeline recurses too far."""

# Plain only where YAML 1.1 and 1.2 both read a string: 16:9, 1e3, on and 0x10 are something else to one of them.
_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_ ./+()-]*")
_WORDS = frozenset("y n yes no on off true false null nan inf".split())


def load(path: Path, name: str | None = None) -> Any:
    """Read one YAML file. `name` is what faults call it."""
    shown = name or path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise InputFault(Fault(shown, "", f"cannot be read ({reason.lower()})", "check the path")) from None
    if len(raw) > MAX_BYTES:
        raise InputFault(Fault(shown, "", f"is larger than {MAX_BYTES} bytes", "split it"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputFault(Fault(shown, "", f"is not UTF-8 (byte {error.start})", "save it as UTF-8")) from None
    return loads(text, shown)


def loads(text: str, name: str) -> Any:
    """Read YAML text; refuse duplicate keys, aliases, tags and excessive depth."""
    try:
        _refuse_dangerous(text, name)
        return YAML(typ="safe", pure=True).load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        key = re.search(r'duplicate key "([^"]*)"', str(error.problem))
        raise InputFault(
            Fault(
                name, f"line {line}", f"duplicate key {key.group(1)!r}" if key else "duplicate key", "keep one of them"
            )
        ) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise InputFault(Fault(name, f"line {line}", f"is not YAML ({error.problem})", "correct the syntax")) from None
    except (YAMLError, ValueError) as error:
        first = (str(error).splitlines() or ["unreadable"])[0]
        raise InputFault(Fault(name, "", f"is not YAML ({first})", "correct the syntax")) from None


def _refuse_dangerous(text: str, name: str) -> None:
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        if isinstance(event, AliasEvent):
            line = event.start_mark.line + 1
            raise InputFault(Fault(name, f"line {line}", "uses a YAML alias", "write the value out"))
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1
                raise InputFault(Fault(name, f"line {line}", f"is nested deeper than {MAX_DEPTH} levels", "flatten it"))
        elif type(event).__name__ in {"MappingEndEvent", "SequenceEndEvent"}:
            depth -= 1


def dumps(value: Any, *, header: str = "", one_line: tuple[str, ...] = ()) -> str:
    """Write YAML: same value, same bytes. Lists under a key named in `one_line` get one line an entry."""
    writer = YAML()
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 1_000_000
    writer.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    writer.dump(_styled(value, one_line, flow=False), out)
    return "".join(f"# {line}".rstrip() + "\n" for line in header.splitlines()) + out.getvalue()


def _styled(value: Any, one_line: tuple[str, ...], *, flow: bool) -> Any:
    if isinstance(value, dict):
        mapping = CommentedMap()
        for key, item in value.items():
            if not flow and key in one_line and isinstance(item, list):
                rows = CommentedSeq(_styled(row, (), flow=True) for row in item)
                mapping[_scalar(key)] = rows
            else:
                mapping[_scalar(key)] = _styled(item, one_line, flow=flow)
        if flow:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, (list, tuple)):
        sequence = CommentedSeq(_styled(item, one_line, flow=flow) for item in value)
        if flow or not any(isinstance(item, (dict, list, tuple)) for item in value):
            sequence.fa.set_flow_style()
        return sequence
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS and not value.endswith(" "):
        return str(value)
    if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" for char in value):
        return DoubleQuotedScalarString(value)
    return SingleQuotedScalarString(value)
