"""The difference in meaning between two catalogs: breaking, additive or neutral, and the version bump it calls for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from codegen import yamlio
from codegen.catalog.diff.change_phrases import phrase, stated
from codegen.catalog.diff.pairs import paired, with_hints
from codegen.catalog.diff.report import Bump, Change, Report, Severity
from codegen.catalog.diff.rules import EVIDENCE, FACTS, existence
from codegen.catalog.diff.same_values import comparable
from codegen.catalog.diff.service_subjects import service
from codegen.catalog.diff.subject import Subject
from codegen.catalog.lint.reference_rules import keys_that_are_no_text
from codegen.faults import Fault, InputFault
from codegen.openapi import loader
from codegen.openapi.json_values import texts
from codegen.openapi.pointers import join

__all__ = ["Bump", "Change", "Report", "Severity", "diff", "load_catalog"]

_SUFFIXES = (".json", ".yaml", ".yml")


def diff(old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]], *, evidence: bool = False) -> Report:
    """Compare two catalogs, service by service. Two lone documents are compared whatever they are called.

    What is only evidence (who stated a fact) is left out unless `evidence` says otherwise.
    """
    if len(old) == len(new) == 1:
        ((name, document),) = new.items()
        old, new = {name: next(iter(old.values()))}, {name: document}
    changes: list[Change] = []
    for name in sorted({*old, *new}):
        before = service(name, old[name]) if name in old else None
        after = service(name, new[name]) if name in new else None
        own = (replace(change, service=name) for change in _compare(before, after, set()))
        changes.extend(change for change in own if evidence or change.fact not in EVIDENCE)
    return Report.of(with_hints(changes))


def load_catalog(path: Path) -> dict[str, dict[str, Any]]:
    """Read a folder of OpenAPI documents, or one document: service, named by its file, → document.

    Documents of 3.0 and 3.2 are read as 3.1, and files that others refer to are read with them.
    """
    files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES) if path.is_dir() else [path]
    files = loader.documents(path, files) if path.is_dir() else files
    faults: list[Fault] = []
    if not files:
        faults.append(
            Fault(path.as_posix(), "", "holds no OpenAPI document", "name a folder of *.yaml or *.json files")
        )
    catalog: dict[str, dict[str, Any]] = {}
    for file in files:
        try:
            document = _document(file)
        except InputFault as error:
            faults.extend(error.faults)
            continue
        if file.stem in catalog:
            faults.append(Fault(file.as_posix(), "", f"is a second document named {file.stem!r}", "keep one of them"))
        else:
            catalog[file.stem] = document
    if faults:
        raise InputFault(faults)
    return catalog


def _document(file: Path) -> dict[str, Any]:
    """Read one document. Raises InputFault."""
    document = yamlio.load(file)
    if not isinstance(document, dict) or "openapi" not in document:
        raise InputFault(Fault(file.as_posix(), "", "is not an OpenAPI document", "start with `openapi: 3.1.0`"))
    if keys := list(keys_that_are_no_text(document)):
        raise InputFault(Fault(file.as_posix(), *finding) for finding in keys)
    if loader.references(file) or str(document["openapi"]).startswith(("3.0", "3.2")):
        try:
            root = dict(loader.read(file).root)
        except InputFault as error:
            raise InputFault(replace(fault, file=file.as_posix()) for fault in error.faults) from None
        if references := list(_unfollowed(root, "")):
            raise InputFault(
                Fault(file.as_posix(), *row, "put that file into the folder of this one") for row in references
            )
        return root
    return document


def _compare(before: Subject | None, after: Subject | None, seen: set[tuple[str, ...]]) -> Iterator[Change]:
    if before is None or after is None:
        # That an alternative comes or goes is a fact of what it is an alternative for.
        if (subject := after or before) and subject.kind != "alternative":
            yield _existence(subject, added=before is None)
        return
    another = _is_another_type(before, after)
    old, new = comparable(before.facts, after.facts)
    for name in {*old, *new}:
        was, now = old.get(name), new.get(name)
        if FACTS[name].differs(was, now) and (not another or name in _WHATEVER_THE_TYPE):
            yield _change(before, after, name, was, now)
    if another:
        return
    if before.reference and after.reference:
        pair = (after.operation, after.direction, before.reference, after.reference)
        if pair in seen:
            return
        seen.add(pair)
    for one, other in paired(before.parts(), after.parts()):
        yield from _compare(one, other, seen)


_WHATEVER_THE_TYPE = frozenset(
    {"type", "required", "python name", "deprecated", "description", "read only", "write only"}
)
"""Facts of a value that mean the same after its type has changed. Limits of a text are none of a list."""


_OF_A_TYPE = frozenset(
    "enum lower-bound upper-bound multiple-of shortest longest fewest-items most-items pattern format default".split()
)
"""Facts that come with a type: they are told with it."""


def _is_another_type(before: Subject, after: Subject) -> bool:
    """Return whether no value of the old type is one of the new: then all else that is stated follows from that."""
    old, new = (
        {"number" if name == "integer" else name for name in texts(subject.facts.get("type")) if name != "null"}
        for subject in (before, after)
    )
    return bool(old and new) and not old & new


def _existence(subject: Subject, *, added: bool) -> Change:
    required = subject.facts.get("required") is True
    severity = existence(subject.kind, subject.direction, required=required, added=added)
    how = "added" if added else "removed"
    content = None if subject.kind in {"service", "operation", "webhook"} else dict(subject.facts) or subject.name
    return Change(
        service="",
        pointer=subject.pointer,
        operation=subject.operation,
        kind=f"{_kind(subject)}.{how}",
        severity="neutral" if _one_way(subject) else severity,
        message=f"{'required ' if required and added else ''}{subject.called} {how}",
        before=None if added else content,
        after=content if added else None,
        subject=subject.kind,
        name=subject.name,
    )


def _change(before: Subject, after: Subject, fact: str, was: Any, now: Any) -> Change:
    rule = FACTS[fact]
    how = rule.compare(was, now)
    words = phrase(rule, how, was, now)
    if fact == "type" and _is_another_type(before, after) and (with_it := _limits(after)):
        words += f"; with it: {', '.join(with_it)}"
    return Change(
        service="",
        pointer=after.pointer,
        operation=after.operation,
        kind=f"{_kind(after)}.{fact.replace(' ', '-')}.{how}",
        severity="neutral" if _one_way(before) and _one_way(after) else rule.severity(how, after.direction),
        message=f"{after.called}: {words}",
        before=was,
        after=now,
        subject=after.kind,
        name=after.name,
        fact=fact,
    )


def _limits(subject: Subject) -> list[str]:
    """Return the limits and the default that a value has, in words."""
    facts = [name for name in FACTS if name in subject.facts and name.replace(" ", "-") in _OF_A_TYPE]
    return [stated(FACTS[name], subject.facts[name]) for name in facts]


def _one_way(subject: Subject) -> bool:
    """Return whether a property is never sent in this direction: read only in a request, write only in a reply."""
    return bool(subject.facts.get("read only" if subject.direction == "request" else "write only"))


def _kind(subject: Subject) -> str:
    """Return the kind of a change: a property of a request is another kind of thing than one of a reply."""
    kind = subject.kind.replace(" ", "-")
    return f"{subject.direction}-{kind}" if subject.kind in {"property", "items", "text content"} else kind


def _unfollowed(node: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield the references that lead out of the document: what they say cannot be compared."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _unfollowed(item, join(pointer, index))
    elif isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str) and not reference.startswith("#"):
            yield pointer, f"refers to {reference!r}, which is not read"
        for key, item in node.items():
            yield from _unfollowed(item, join(pointer, key))
