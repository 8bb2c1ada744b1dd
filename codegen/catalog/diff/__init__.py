"""The difference in meaning between two catalogs: breaking, additive or neutral, and the version bump it calls for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from codegen import yamlio
from codegen.catalog.diff.report import Bump, Change, Report, Severity
from codegen.catalog.diff.rules import FACTS, existence
from codegen.catalog.diff.services import service
from codegen.catalog.diff.subject import Subject
from codegen.catalog.lint.references import keys_that_are_no_text
from codegen.faults import Fault, InputFault

__all__ = ["Bump", "Change", "Report", "Severity", "diff", "load_catalog"]

_SUFFIXES = (".json", ".yaml", ".yml")


def diff(old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]) -> Report:
    """Compare two catalogs, service by service. Two lone documents are compared whatever they are called."""
    if len(old) == len(new) == 1:
        ((name, document),) = new.items()
        old, new = {name: next(iter(old.values()))}, {name: document}
    changes: list[Change] = []
    for name in sorted({*old, *new}):
        before = service(name, old[name]) if name in old else None
        after = service(name, new[name]) if name in new else None
        changes.extend(replace(change, service=name) for change in _compare(before, after, set()))
    return Report.of(changes)


def load_catalog(path: Path) -> dict[str, dict[str, Any]]:
    """Read a folder of OpenAPI documents, or one document: service, named by its file, → document."""
    files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES) if path.is_dir() else [path]
    faults: list[Fault] = []
    if not files:
        faults.append(
            Fault(path.as_posix(), "", "holds no OpenAPI document", "name a folder of *.yaml or *.json files")
        )
    catalog: dict[str, dict[str, Any]] = {}
    for file in files:
        try:
            document = yamlio.load(file)
        except InputFault as error:
            faults.extend(error.faults)
            continue
        if not isinstance(document, dict) or "openapi" not in document:
            faults.append(Fault(file.as_posix(), "", "is not an OpenAPI document", "start with `openapi: 3.1.0`"))
        elif found := list(keys_that_are_no_text(document)):
            faults.extend(Fault(file.as_posix(), *finding) for finding in found)
        elif file.stem in catalog:
            faults.append(Fault(file.as_posix(), "", f"is a second document named {file.stem!r}", "keep one of them"))
        else:
            catalog[file.stem] = document
    if faults:
        raise InputFault(faults)
    return catalog


def _compare(before: Subject | None, after: Subject | None, seen: set[tuple[str, ...]]) -> Iterator[Change]:
    if before is None or after is None:
        # That an alternative comes or goes is a fact of what it is an alternative for.
        if (subject := after or before) and subject.kind != "alternative":
            yield _existence(subject, added=before is None)
        return
    for name in {*before.facts, *after.facts}:
        was, now = before.facts.get(name), after.facts.get(name)
        if FACTS[name].differs(was, now):
            yield _change(after, name, was, now)
    if before.reference and after.reference:
        pair = (after.operation, after.direction, before.reference, after.reference)
        if pair in seen:
            return
        seen.add(pair)
    old, new = before.parts(), after.parts()
    for key in sorted({*old, *new}):
        yield from _compare(old.get(key), new.get(key), seen)


def _existence(subject: Subject, *, added: bool) -> Change:
    required = subject.facts.get("required") is True
    severity = existence(subject.kind, subject.direction, required=required, added=added)
    how = "added" if added else "removed"
    shown = None if subject.kind in {"service", "operation"} else dict(subject.facts) or subject.name
    return Change(
        service="",
        pointer=subject.pointer,
        operation=subject.operation,
        kind=f"{_kind(subject)}.{how}",
        severity=severity,
        message=f"{'required ' if required and added else ''}{_called(subject)} {how}",
        before=None if added else shown,
        after=shown if added else None,
    )


def _change(subject: Subject, fact: str, was: Any, now: Any) -> Change:
    rule = FACTS[fact]
    how = rule.compare(was, now)
    return Change(
        service="",
        pointer=subject.pointer,
        operation=subject.operation,
        kind=f"{_kind(subject)}.{fact.replace(' ', '-')}.{how}",
        severity=rule.severity(how, subject.direction),
        message=f"{_called(subject)}: {rule.label} {how}{_difference(was, now)}",
        before=was,
        after=now,
    )


def _called(subject: Subject) -> str:
    # Which service and operation it is, a change says by itself: so equal changes of many operations have equal words.
    return subject.kind if subject.kind in {"service", "operation"} else f"{subject.kind} {subject.name}"


def _kind(subject: Subject) -> str:
    """A property of a request is another kind of thing than one of a reply."""
    kind = subject.kind.replace(" ", "-")
    return f"{subject.direction}-{kind}" if subject.kind in {"property", "items", "text content"} else kind


def _difference(was: Any, now: Any) -> str:
    if isinstance(was, dict) or isinstance(now, dict):
        return ""  # evidence, a scheme: too much for a line; the JSON has it in full
    if isinstance(was, list) and isinstance(now, list):
        come = [f"now also {_short(entry)}" for entry in now if entry not in was]
        gone = [f"no longer {_short(entry)}" for entry in was if entry not in now]
        if come or gone:
            return f" ({', '.join(come + gone)})"
    return f" ({_short(was)} → {_short(now)})"


def _short(value: Any) -> str:
    text = "not stated" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return text if len(text) <= 60 else text[:59] + "…"
