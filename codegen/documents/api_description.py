"""Reads a JSON API description: an array of entries, one operation each, with JSON inside JSON strings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from codegen.documents import entries, jsonlines
from codegen.documents.jsonlines import DuplicateKey, JsonNode
from codegen.documents.line_accounting import LineAccounting
from codegen.documents.sources import Source
from codegen.faults import Fault, InputFault

NEEDED = ("name", "method", "endpoint", "api_body")
_EMBEDDED = ("api_header", "api_body", "api_request_demo", "api_response", "api_code_demo")
_DATES = ("created_at", "updated_at")


@dataclass(frozen=True)
class DescribedOperation:
    """One operation of the description."""

    operation: str
    name: str
    group: str
    node: JsonNode
    embedded: dict[str, JsonNode]
    """Key → what the JSON inside its string holds; every line in it is the line of the key."""


def load(source: Source) -> tuple[DescribedOperation, ...]:
    """Parse and check a description. Raises InputFault with every fault in it."""
    root = jsonlines.parse_source(source)
    if not isinstance(root.value, list):
        raise InputFault(
            Fault(
                source.origin,
                f"line {source.first_line}",
                "is not a JSON API description",
                "give an array of operations",
            )
        )
    faults: list[Fault] = []
    entries: list[DescribedOperation] = []
    for index, node in enumerate(root.items):
        entry = _entry(source, index, node, faults)
        if entry:
            entries.append(entry)
    faults.extend(_duplicates(source, entries))
    if faults:
        raise InputFault(faults)
    return tuple(entries)


def is_description(source: Source) -> bool:
    """Return whether a document is an API description: JSON that begins with a bracket."""
    return source.path.endswith(".json") and source.text.lstrip()[:1] == "["


def operation_of(url: str) -> str:
    """Return the last segment of a URL that is not a placeholder: the operation, where nothing names it."""
    parts = [part for part in urlsplit(url).path.split("/") if part and not re.search(r"[{<]", part)]
    return parts[-1] if parts else ""


def newest(entries_: tuple[DescribedOperation, ...]) -> str | None:
    """Return the newest date any entry carries, in ISO form."""
    dates = [day for entry in entries_ for key in _DATES if (day := _day(entry.node.text(key)))]
    return max(dates) if dates else None


def read(source: Source, entries: tuple[DescribedOperation, ...], accounting: LineAccounting) -> None:
    """Record every claim of a description that has been loaded."""
    for number, line in enumerate(source.lines, 1):
        if re.fullmatch(r"[\s\[\]{},]*", line):
            accounting.assign(number, "structure")
    for entry in entries:
        _read_entry(entry, accounting, source.first_line - 1)


def _read_entry(entry: DescribedOperation, accounting: LineAccounting, above: int) -> None:
    for key, node in entry.node.members.items():
        line = node.line - above
        if key in entry.embedded:
            continue
        if key in ("model_code", "title", "description", "content"):
            accounting.assign(line, "structure")
        elif key in _DATES and _day(str(node.value)):
            accounting.assign(line, "read")
        elif key == "endpoint":
            accounting.claim(line, "operation", "", {"url": node.value}, entry.operation)
        elif key in ("id", "name", "method"):
            accounting.claim(line, "operation", "", {key: node.value}, entry.operation)
        elif key == "status":
            accounting.claim(line, "operation", "", {"state": node.value}, entry.operation)
        elif node.value is not None:
            accounting.unread(line, "key")
    for key, node in entry.embedded.items():
        line = entry.node.members[key].line - above
        entries.READERS[key](node, entry.operation, accounting, line)


def _entry(source: Source, index: int, node: JsonNode, faults: list[Fault]) -> DescribedOperation | None:
    if not isinstance(node.value, dict):
        faults.append(
            Fault(
                source.origin, f"line {node.line}", f"entry {index} is not an object", "describe one operation an entry"
            )
        )
        return None
    missing = [key for key in NEEDED if node.value.get(key) in (None, "")]
    for key in missing:
        faults.append(Fault(source.origin, f"line {node.line}", f"entry {index} has no {key!r}", "add it"))
    wrong = [key for key in NEEDED[:3] if key not in missing and not isinstance(node.value[key], str)]
    for key in wrong:
        faults.append(
            Fault(source.origin, f"line {node.members[key].line}", f"{key!r} of entry {index} is not text", "quote it")
        )
    embedded = dict(_embedded(source, index, node, faults))
    if missing or wrong:
        return None
    operation = node.text("model_code") or operation_of(node.text("endpoint"))
    return DescribedOperation(operation, node.text("name"), entries.group(embedded.get("api_body")), node, embedded)


def _embedded(source: Source, index: int, node: JsonNode, faults: list[Fault]) -> Iterator[tuple[str, JsonNode]]:
    for key in _EMBEDDED:
        inner = node.members.get(key)
        if inner is None or inner.value in (None, ""):
            continue
        if not isinstance(inner.value, str):
            yield key, inner
            continue
        try:
            yield key, jsonlines.parse(inner.value, inner.line)
        except DuplicateKey as error:
            problem = f"the JSON inside {key!r} of entry {index} names {error.key!r} twice"
            faults.append(Fault(source.origin, f"line {inner.line}", problem, "keep one of them"))
        except json.JSONDecodeError as error:
            problem = f"the text under {key!r} of entry {index} is not JSON ({error.msg} at character {error.pos})"
            faults.append(Fault(source.origin, f"line {inner.line}", problem, "correct the JSON inside the string"))


def _duplicates(source: Source, entries: list[DescribedOperation]) -> Iterator[Fault]:
    for what, remedy in (
        ("name", "give each API a name of its own"),
        ("operation", "give each API an identifier of its own"),
    ):
        seen: dict[str, int] = {}
        for entry in entries:
            value = getattr(entry, what)
            if value in seen:
                problem = f"API {what} {value!r} appears twice (first on line {seen[value]})"
                yield Fault(source.origin, f"line {entry.node.line}", problem, remedy)
            seen.setdefault(value, entry.node.line)


def _day(text: str) -> str | None:
    """Convert 3/4/2026 18:33:49 (day first) or 2026-04-03 to 2026-04-03."""
    match = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})\b|(\d{4})-(\d{2})-(\d{2})\b", text)
    if not match:
        return None
    year, month, day = (match[3], match[2], match[1]) if match[3] else (match[4], match[5], match[6])
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
