"""The verb `update`: import, reconcile, generate, test what changed, and report what is new, all or nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from codegen import assemble, paths
from codegen.catalog.diff import Report, diff
from codegen.catalog.diff.report import escaped
from codegen.faults import Fault, InputFault
from codegen.updates import service_names, steps, versions
from codegen.updates.backup import Backup, backup
from codegen.updates.steps import Imported, Reconciled

T = TypeVar("T")
Catalog = Mapping[str, dict[str, Any]]
_TAIL = 15
"""Lines of a failed test run that the report repeats."""
_STOPPED = "Stopped"


class _StrictStop(Exception):
    """Something is not understood, and `--strict` does not take that."""


@dataclass
class Update:
    """The result of each step of an update."""

    times: dict[str, float] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Place → files, lines added, lines removed."""
    imported: Imported | None = None
    reconciled: Reconciled | None = None
    client: Report | None = None
    version: tuple[str, str] | None = None
    tested: str = ""
    failed: list[str] = field(default_factory=list)
    """The end of what the tests printed, where they failed."""
    by_hand: list[str] = field(default_factory=list)
    """Where the inventory that a person keeps differs from the new catalog, and who calls what is gone."""
    faults: tuple[Fault, ...] = ()
    stopped: str = ""
    """The step that stopped; everything is as it was then."""

    def open_questions(self) -> list[str]:
        """Return what no reader and no decision has an answer for."""
        if self.imported is None:
            return []
        old = [f"to read again: {fault}" for fault in self.reconciled.stale] if self.reconciled else []
        old += [f"differs: {fault}" for fault in self.reconciled.differing] if self.reconciled else []
        open_rows = [] if self.imported.partial else [row for row in self.imported.missing if not row.decision]
        return (
            [f"not understood: {row}" for row in self.imported.news.unread]
            + [f"gone: {row}" for row in open_rows]
            + old
        )

    def run(self, step: str, action: Callable[[], T]) -> T:
        """Run one step and measure it."""
        print(f"{step} …", file=sys.stderr, flush=True)
        started = time.monotonic()
        self.stopped = step
        result = action()
        self.stopped = ""
        self.times[step] = time.monotonic() - started
        return result


def update(sources: Sequence[Path], *, strict: bool, shape: str) -> int:
    """Run all steps and print the report. 0: done; 1: a step stopped, a test failed, a person has to
    write something, or `--strict` found a question."""
    report = Update()
    try:
        with backup() as copy:
            _steps(report, sources, copy)
            if strict and report.open_questions():
                report.stopped = "--strict"
                raise _StrictStop
    except InputFault as error:
        report.faults = error.faults
    except _StrictStop:
        pass
    print({"text": _text, "markdown": _markdown, "json": _json}[shape](report))
    for fault in report.faults:
        print(fault, file=sys.stderr)
    for question in report.open_questions() if report.stopped == "--strict" else ():
        print(question, file=sys.stderr)
    return 1 if report.stopped or report.failed or report.by_hand else 0


def _steps(report: Update, sources: Sequence[Path], copy: Backup) -> None:
    before = steps.catalog_on_disk()
    report.imported = report.run("import", lambda: steps.import_documents(sources))
    news = report.imported
    report.reconciled = report.run("reconcile", lambda: steps.reconcile_after(news))
    after = steps.catalog_on_disk()
    report.client = service_names.with_names(diff(before, after), before, after)
    places = (paths.OPENAPI, paths.GENERATED)
    report.run("generate", lambda: assemble.generate_all(*places, "wondergen", assemble.ALL_PARTS)[1])
    report.version = versions.called_for(after)
    report.sizes = {place: size for place in ("specs", "generated") if (size := _size(copy, place))[0]}
    report.run("tests", lambda: _test(report, _changed(before, after)))
    report.by_hand += steps.calls_of_gone_operations(before, after, paths.SPECS.parent)


def _size(copy: Backup, place: str) -> tuple[int, int, int]:
    places = [
        name for name in PLACES_OF[place] if (copy.folder / name).exists() or (paths.SPECS.parent / name).exists()
    ]
    changes = [copy.changes(name) for name in places]
    return sum(row[0] for row in changes), sum(row[1] for row in changes), sum(row[2] for row in changes)


PLACES_OF = {
    "specs": ("specs/claims", "specs/openapi", "specs/evidence", "specs/RECONCILIATION.md"),
    "generated": ("generated",),
}


def _changed(before: Catalog, after: Catalog) -> list[str]:
    """Return the services whose document has changed."""
    return [name for name in sorted(after) if before.get(name) != after[name]]


def _test(report: Update, services: Sequence[str]) -> None:
    """Run the contract tests of the services that changed, and the inventory of the catalog that is kept by hand."""
    folders = [paths.GENERATED / "contract_tests" / name for name in services]
    report.tested, output = _pytest([folder for folder in folders if folder.is_dir()])
    report.failed = output[-_TAIL:]
    if services and (inventory := paths.SPECS.parent / "tests" / "inventory").is_dir():
        _, output = _pytest([inventory])
        report.by_hand = list(_to_write(output))


_WRITE = re.compile(r"E +(?:AssertionError: )?(tests/\S+: .*)")


def _to_write(output: Sequence[str]) -> Iterator[str]:
    """Yield what the tests of the inventory say is to be written where; of others that failed, which they are."""
    rows = [match[1] for line in output if (match := _WRITE.match(line))]
    rows_failed = [line.removeprefix("FAILED ").partition(" - ") for line in output if line.startswith("FAILED ")]
    texts = {name: text for name, _, text in rows_failed}
    if texts:
        yield "the inventory is made by a person: read the document, then write (or correct what read it):"
    yield from (f"  {row}" for row in rows)
    explained = "test_the_catalog_has_what_a_person_read"
    yield from (f"  {name}: {_reason(text)}" for name, text in texts.items() if explained not in name)


def _reason(text: str) -> str:
    """Return what a test says of its failure, or what to do where it only compares."""
    words = text.removeprefix("AssertionError: ")
    return "correct what it states of the catalog" if words.startswith("assert ") or words == text else words


def _pytest(folders: Sequence[Path]) -> tuple[str, list[str]]:
    """Run the tests in some folders: the last line that they print, and all lines where they fail."""
    if not folders:
        return "no contract test concerns what changed", []
    root = paths.SPECS.parent
    environment = {**os.environ, "COLUMNS": "1000", "PYTHONPATH": os.pathsep.join([str(paths.GENERATED), str(root)])}
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-rf", "-p", "no:cacheprovider", *map(str, folders)]
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in run.stdout.splitlines() if line.strip()]
    result = lines[-1] if lines else "the tests printed nothing"
    return result, [*lines, *run.stderr.splitlines()] if run.returncode else []


def _sections(report: Update) -> list[tuple[str, list[str]]]:
    """Return title → lines, in the order in which people read: what is new, the client, the version, the run."""
    sections: list[tuple[str, list[str]]] = []
    if report.stopped:
        sections.append((f"{_STOPPED} at {report.stopped}: every file is as it was", _stop(report)))
    if report.imported is not None:
        sections.append(("Documents", report.imported.lines()))
    if report.reconciled is not None:
        sections.append(("Disagreements", report.reconciled.lines()))
    if report.client is not None:
        sections.append((f"The client: {report.client.verdict}", _client(report.client)))
    if report.version is not None:
        sections.append((f"The version: {report.version[0]}", [report.version[1]]))
    if report.tested:
        sections.append(("Tests", [report.tested, *report.failed]))
    if report.by_hand:
        sections.append(("To do by hand", report.by_hand))
    run = [f"{step}: {seconds:.1f} s" for step, seconds in report.times.items()]
    run += [f"{place}: {files} files, +{more} -{less} lines" for place, (files, more, less) in report.sizes.items()]
    if run:
        sections.append(("The run", run))
    return sections


def _stop(report: Update) -> list[str]:
    if report.stopped == "--strict":
        return report.open_questions()
    return [str(fault) for fault in report.faults]


def _client(report: Report) -> list[str]:
    if not report.changes:
        return ["nothing changes for code that uses the client"]
    lines: list[str] = []
    for title, groups in report.sections():
        lines += [*([""] if lines else []), title]
        for heading, entries in groups:
            lines += [f"  {heading}", *(f"    {entry}" for entry in entries)]
    return lines


def _text(report: Update) -> str:
    """Return the report for a terminal; what stopped it is printed below it, on standard error."""
    sections = [(title, [] if title.startswith(_STOPPED) else lines) for title, lines in _sections(report)]
    return "\n\n".join("\n".join([title, "-" * len(title), *lines]) for title, lines in sections) + "\n"


def _markdown(report: Update) -> str:
    parts = ["# Update of the vendors' documents"]
    for title, lines in _sections(report):
        bullets = [_item(line) for line in lines if line.strip()]
        parts.append("\n".join([f"## {escaped(title)}", "", *(bullets or ["- nothing"])]))
    return "\n\n".join(parts)


def _item(line: str) -> str:
    """Return a line as an entry of a list, as deep as it was indented."""
    depth = (len(line) - len(line.lstrip())) // 2
    text = _with_code(line.strip())
    mark = "\\" if text.startswith(("- ", "+ ")) else ""  # else a list within the list
    return f"{'  ' * depth}- {mark}{text}"


def _with_code(text: str) -> str:
    """Return a text for Markdown in which what stands between backticks stays code, so that it can be copied."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escaped(text)
    return "".join(f"`{part}`" if at % 2 and part else escaped(part) for at, part in enumerate(parts))


def _fault(row: Fault) -> dict[str, str]:
    return {"file": row.file, "place": row.place, "problem": row.problem, "remedy": row.remedy}


def _json(report: Update) -> str:
    imported, reconciled = report.imported, report.reconciled
    value: dict[str, Any] = {
        "stopped": report.stopped or None,
        "faults": [_fault(row) for row in report.faults],
        **(imported.news.to_data() if imported else {}),
        "missing_skills": [row.to_data() for row in imported.missing] if imported else [],
        "partial": imported.partial if imported else None,
        "disagreements": [row.to_data() for row in reconciled.disagreements] if reconciled else [],
        "to_read_again": [_fault(row) for row in reconciled.stale] if reconciled else [],
        "overlay_differs": [_fault(row) for row in reconciled.differing] if reconciled else [],
        "client": report.client.to_data() if report.client else None,
        "version": {"calls_for": report.version[0], "why": report.version[1]} if report.version else None,
        "tests": {"result": report.tested or None, "failed": report.failed, "by_hand": report.by_hand},
        "seconds": {step: round(seconds, 2) for step, seconds in report.times.items()},
        "sizes": {
            place: {"files": files, "added": more, "removed": less}
            for place, (files, more, less) in report.sizes.items()
        },
    }
    return json.dumps(value, indent=2, ensure_ascii=False)
