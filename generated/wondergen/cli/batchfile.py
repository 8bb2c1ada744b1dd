# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The rows of a batch in a file: JSON as `check` reads it, or a table in CSV with a column for each argument."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._runtime.errors import InvalidRequest
from .._runtime.messages import guess
from . import error_reports, requestfile
from .argument_values import form_of
from .upload_option import with_paths

_MOST_PLACES = 10
"""Places that a fault of many rows names."""
_OWN = ("operation", "key")
"""Columns that are not arguments."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row."""

    place: str
    """Where it stands in the file: `:3` for line 3."""
    operation: Any
    arguments: Any
    key: Any


def read(text: str, *, is_csv: bool, operation: str | None) -> tuple[list[FileRow], list[str]]:
    """Return the rows of a text, each with a key, and everything that is wrong with it: place and problem."""
    rows, faults = _csv(text, operation) if is_csv else _json(text)
    if not rows and not faults:
        faults.append(": has no rows")
    return list(_with_keys(rows)), faults


def looks_like_csv(name: str, text: str) -> bool:
    """Return whether a file is a table: by its name, or because it begins with no JSON value."""
    if name.lower().endswith((".csv", ".tsv")):
        return True
    return not name.lower().endswith((".json", ".jsonl", ".ndjson")) and text.lstrip()[:1] not in ("{", "[", "")


def _json(text: str) -> tuple[list[FileRow], list[str]]:
    requests, faults = requestfile.check(text)
    if faults:
        return [], _once(fault.parts for fault in faults)
    rows = ((request.place, request.content) for request in requests)
    return [FileRow(place, row.get("operation"), row.get("arguments", {}), row.get("key")) for place, row in rows], []


def _csv(text: str, operation: str | None) -> tuple[list[FileRow], list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # a cell may be as long as in JSON
    table = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    rows: list[FileRow] = []
    faults: list[str] = []
    names: list[str] = []
    try:
        head = next(table, [])
        names = [name.strip().replace("-", "_") for name in head]
        if twice := sorted({name for name in names if names.count(name) > 1 or not name}):
            return [], [f":1: the column {twice[0]!r} " + ("stands twice" if twice[0] else "has no name")]
        if "operation" not in names and operation is None:
            return [], [":1: there is no column 'operation': add one, or give --operation SERVICE.NAME"]
        for cells in table:
            place = f":{table.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                faults.append(f"{place}: has {len(cells)} cells, and the first line has {len(names)}")
                continue
            cell = dict(zip(names, cells, strict=True))
            name = cell.get("operation", "").strip() or operation
            arguments = {key: value for key, value in cell.items() if key not in _OWN and value.strip() != ""}
            key = cell.get("key", "").strip() or None
            rows.append(FileRow(place, name, arguments, key))
    except csv.Error as error:
        faults.append(f":{table.line_num}: is not CSV: {error}")
    if wrong := _wrong_columns(names, [row.operation for row in rows]):
        return [], [*wrong, *faults]
    typed_rows = []
    for row in rows:
        try:
            typed_rows.append(FileRow(row.place, row.operation, _values_of(row.operation, row.arguments), row.key))
        except ValueError as error:
            faults.append(f"{row.place}: {error}")
    if not typed_rows and not faults:
        faults.append(": has no rows: write one a line below the names of the columns")
    return typed_rows, faults


def _wrong_columns(names: list[str], operations: list[Any]) -> list[str]:
    """Return the columns that no operation of the table has, and those that one needs: once, not for each row."""
    from .._catalog import index
    from .._runtime.request import OPTIONS
    from ..batch.registry import find

    columns = [operation for operation, _ in map(find, dict.fromkeys(operations)) if operation is not None]
    if not columns:  # the rows say what is wrong with their operations
        return []
    allowed = {*_OWN, *OPTIONS}
    missing: dict[str, str] = {}
    for operation in columns:
        row = index.operations(operation.service.name)[operation.name]
        allowed |= {parameter["name"] for parameter in row.get("parameters", ())}
        required = (parameter["name"] for parameter in row.get("parameters", ()) if parameter.get("required"))
        missing |= {name: f"{operation.service.name}.{operation.name}" for name in required if name not in names}
    names_text = ", ".join(sorted(allowed))
    return [
        f":1: the column {name!r} is not an argument here{guess(name, allowed) or f'; there are {names_text}'}"
        for name in names
        if name not in allowed
    ] + [f":1: there is no column {name!r}, which {operation} needs" for name, operation in missing.items()]


def _delimiter(text: str) -> str:
    """Return what stands between the names of the columns: spreadsheets of some languages write semicolons."""
    first = text.splitlines()[0] if text else ""
    return max(",;\t", key=first.count)


def _values_of(operation: Any, cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the cells as the values that the method takes; what does not fit is left for the client to refuse."""
    from .._catalog import index
    from ..batch.registry import find

    definition, _ = find(operation)
    if definition is None:
        return dict(cells)
    enums = index.services()[definition.service.name]["enums"]
    rows = {
        row["name"]: row for row in index.operations(definition.service.name)[definition.name].get("parameters", ())
    }
    values: dict[str, Any] = {}
    for name, text in cells.items():
        if name not in rows:
            values[name] = text
            continue
        form = form_of(rows[name]["type"], enums)
        if form.is_list:
            values[name] = json.loads(text) if text.lstrip().startswith("[") else [form.parse(text)]
        else:
            values[name] = form.parse(text)
    return values


def _with_keys(rows: list[FileRow]) -> Iterator[FileRow]:
    """Give every row a key: one without is named by its content, so that the same file has the same keys again."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row.key is not None:
            yield row
            continue
        content = json.dumps([row.operation, row.arguments], sort_keys=True, default=str)
        name = f"{str(row.operation).rpartition('.')[2]}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"
        counts[name] += 1
        key = name if counts[name] == 1 else f"{name}-{counts[name]}"
        yield FileRow(row.place, row.operation, row.arguments, key)


def with_local_files(rows: list[FileRow]) -> list[FileRow]:
    """Return the rows with a path for each text that names a file here, where the URL of a file goes."""
    from ..batch.registry import find

    def with_files_of(row: FileRow) -> FileRow:
        operation, _ = find(row.operation)
        if operation is None or not isinstance(row.arguments, Mapping):
            return row
        return replace(row, arguments=with_paths(operation, row.arguments))

    return [with_files_of(row) for row in rows]


def faults_of(rows: list[FileRow], *, has_uploader: bool = False) -> list[str]:
    """Return everything that the client has against the rows, and keys that stand for two requests."""
    from ..batch.registry import check_row

    faults: list[tuple[str, str]] = []
    digests: dict[str, tuple[str, str]] = {}
    for row in rows:
        try:
            digest = check_row(row.operation, row.arguments, row.key, has_uploader=has_uploader).digest
        except InvalidRequest as error:
            faults += [(row.place, f": {error_reports.fault_text(fault)}") for fault in error.faults]
            continue
        first = digests.setdefault(row.key, (digest, row.place))
        if first[0] != digest:
            faults.append((row.place, f": key: {row.key!r} stands for another request at {first[1].strip(': ')}"))
    return _once(faults)


def _once(faults: Iterable[tuple[str, str]]) -> list[str]:
    """Return each fault once, with the places of all rows that have it."""
    places: dict[str, list[str]] = {}
    for place, text in faults:
        places.setdefault(text, []).append(place)
    return [f"{rows[0]}{text}{_also(rows[1:])}" for text, rows in places.items()]


def _also(places: list[str]) -> str:
    """Return where else a fault is."""
    if not places:
        return ""
    rows = "row" if len(places) == 1 else "rows"
    first = ", ".join(place.strip(": ") for place in places[:_MOST_PLACES])
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    return f" (so in {len(places)} {rows} more: {first}{more})"
