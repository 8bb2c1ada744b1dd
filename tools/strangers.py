"""Documents of strangers, one after the other: generated, imported, type-checked, their own contract tests run.

`python -m tools.strangers FOLDER_OR_FILE…` prints a line a document and totals; `--json FILE` keeps the rows, so that a
run that was stopped goes on where it was. Documents are not part of the repository: name a folder that has some.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from codegen import paths
from codegen.contracts import OPERATIONS, PAYLOADS
from codegen.faults import InputFault
from codegen.openapi import identifiers, loader
from codegen.openapi.walk import METHODS

_PACKAGE = "stranger"
_LONGEST = 1_800
"""Seconds that one step may take."""
_IMPORT = """
import importlib, pkgutil, warnings
warnings.simplefilter("error")
import {package}
count = 0
for module in pkgutil.walk_packages({package}.__path__, "{package}."):
    importlib.import_module(module.name)
    count += 1
print(count)
"""


@dataclass
class DocumentRow:
    """The outcome of one document."""

    name: str
    bytes: int
    version: str = ""
    operations: int = 0
    generated: int = 0
    seconds: float = 0.0
    """Of the processor, for generating."""
    megabytes: int = 0
    refused: list[str] = field(default_factory=list)
    """Reasons, one an operation; of a document as a whole where `generated` is 0."""
    modules: int = 0
    """Modules that were imported."""
    are_types_checked: bool = False
    types: str = ""
    """Errors of mypy --strict, the first of them; empty where there is none."""
    tested: int = 0
    """Methods that have a contract test; an operation has one for each of its content types."""
    untested: list[str] = field(default_factory=list)
    """Why operations, or their replies, have none."""
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    problem: str = ""
    """Why a step did not come to its end."""

    @property
    def is_right(self) -> bool:
        return not (self.types or self.failed or self.problem)

    def __str__(self) -> str:
        parts = [
            f"{self.name}: {self.generated}/{self.operations} operations, {self.tested} methods tested",
            f"{self.seconds:.1f} s {self.megabytes} MB",
            f"{self.modules} modules",
            f"{self.passed} tests passed",
        ]
        parts += [f"{len(self.failed)} FAILED {self.failed[0]}"] if self.failed else []
        parts += [f"TYPES {self.types}"] if self.types else []
        parts += [f"PROBLEM {self.problem}"] if self.problem else []
        return "; ".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the documents. 0: all are right; 1: one is not, or a path names none."""
    parser = argparse.ArgumentParser(prog="python -m tools.strangers", description="Try documents of strangers.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="documents, or folders of documents")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the rows here, and go on where they end")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where packages are made; default: a scratch folder")
    parser.add_argument("--steps", default="import,types,tests", help="what is done after generating")
    options = parser.parse_args(arguments)
    documents_of = {path: frozenset(_documents(path)) for path in options.paths}
    empty = [
        f"{path}: is, or has, no OpenAPI document; name another" for path in documents_of if not documents_of[path]
    ]
    if empty:
        print("\n".join(empty), file=sys.stderr)
        return 1
    documents = sorted(frozenset().union(*documents_of.values()), key=lambda path: (path.stat().st_size, path))
    earlier = _kept(options.json)
    work = options.work or Path(tempfile.mkdtemp(prefix="strangers-"))
    work.mkdir(parents=True, exist_ok=True)
    rows = []
    try:
        for path in documents:
            row = earlier.get(path.as_posix())
            if row is None:
                row = run(path, work, frozenset(options.steps.split(",")))
                print(row, flush=True)
                _keep(options.json, path, row)
            rows.append(row)
    finally:
        if options.work is None:
            shutil.rmtree(work, ignore_errors=True)
    print("\n".join(table(rows)))
    return 0 if all(row.is_right for row in rows) else 1


def _documents(path: Path) -> Iterator[Path]:
    files = path.rglob("*") if path.is_dir() else [path]
    return (file for file in files if file.suffix in identifiers.SUFFIXES and loader.is_openapi(file))


def _kept(file: Path | None) -> dict[str, DocumentRow]:
    if file is None or not file.exists():
        return {}
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {line["path"]: DocumentRow(**line["row"]) for line in lines}


def _keep(file: Path | None, path: Path, row: DocumentRow) -> None:
    if file is not None:
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"path": path.as_posix(), "row": asdict(row)}) + "\n")


def run(path: Path, work: Path, steps: frozenset[str]) -> DocumentRow:
    """Generate one document, and try what was generated. The folder is used again: mypy knows the runtime then."""
    row = DocumentRow("/".join(path.parts[-3:]), path.stat().st_size)
    row.version, row.operations = _counted(path)
    specs, output = work / "specs", work / "generated"
    for folder in (specs, output / "contract_tests"):
        shutil.rmtree(folder, ignore_errors=True)
    specs.mkdir()
    shutil.copyfile(path, specs / f"api{path.suffix}")
    _generate(row, specs, output)
    if not row.problem and row.modules == 0 and (output / _PACKAGE / "api").is_dir():
        if "import" in steps:
            _import(row, output)
        if "types" in steps and not row.problem:
            _types(row, output)
        if "tests" in steps and not row.problem:
            _tests(row, output)
    return row


def _counted(path: Path) -> tuple[str, int]:
    """Return the version of a document and how many operations its paths have."""
    try:
        root: Any = loader.load(path, path.name)
    except InputFault:
        return "", 0
    items = root.get("paths") or {}
    count = sum(1 for item in items.values() if isinstance(item, Mapping) for name in item if name in METHODS)
    return str(root.get("openapi", "")), count


def _generate(row: DocumentRow, specs: Path, output: Path) -> None:
    command = [sys.executable, "-m", "codegen", "generate", "--specs", str(specs), "--output", str(output)]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        with subprocess.Popen([*command, "--package", _PACKAGE], stdout=out, stderr=err, cwd=paths.ROOT) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        for file in (out, err):
            file.seek(0)
        lines, error_text = out.read().splitlines(), err.read()
    row.untested = [line.removeprefix("not tested: ") for line in lines if line.startswith("not tested: ")]
    row.seconds = round(usage.ru_utime + usage.ru_stime, 2)
    row.megabytes = usage.ru_maxrss // 1024
    if "Traceback" in error_text:
        row.problem = f"TRACEBACK {error_text.strip().splitlines()[-1][:300]}"
        return
    row.refused = [line.removeprefix("not generated: ") for line in error_text.splitlines()]
    if process.returncode:
        row.problem = f"refused as a whole: {(error_text.splitlines() or ['nothing was said'])[0][:300]}"
        return
    row.generated = row.operations - len(row.refused)
    tests = (output / "contract_tests").glob("*/test_*.py")
    row.tested = sum(test.name not in (OPERATIONS, PAYLOADS) for test in tests)


def _run(command: Sequence[str], output: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(output), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    try:
        return subprocess.run(
            command, cwd=output, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", f"took more than {_LONGEST} s")


def _import(row: DocumentRow, output: Path) -> None:
    process = _run([sys.executable, "-c", _IMPORT.format(package=_PACKAGE)], output)
    if process.returncode:
        row.problem = f"IMPORT {(process.stderr.strip().splitlines() or [''])[-1][:300]}"
    else:
        row.modules = int(process.stdout)


def _types(row: DocumentRow, output: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(output / ".mypy")]
    process = _run([*command, "--config-file", os.devnull, _PACKAGE], output)
    row.are_types_checked = True
    errors = [line for line in (process.stdout + process.stderr).splitlines() if ": note:" not in line]
    if process.returncode:
        row.types = f"{len(errors)} errors: {(errors or ['?'])[0][:300]}"


def _tests(row: DocumentRow, output: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--tb=line"]
    process = _run([*command, "contract_tests"], output)
    (output / "tests.log").write_text(process.stdout + process.stderr, encoding="utf-8")
    row.failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", process.stdout, re.MULTILINE)
    passed = re.search(r"(\d+) passed", process.stdout)
    row.passed = int(passed[1]) if passed else 0
    if process.returncode and not row.failed:
        row.problem = f"TESTS {(process.stdout + process.stderr).strip()[-300:]}"


def table(rows: Sequence[DocumentRow]) -> Iterator[str]:
    """Yield the rows as a table in Markdown, the totals, and the reasons of what is left out."""
    yield "| document | version | MB | operations | generated | seconds | memory, MB | types | tests passed | failed |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for row in rows:
        types = row.types or ("clean" if row.are_types_checked else "not run")
        yield (
            f"| {row.name} | {row.version} | {row.bytes / 1e6:.2f} | {row.operations} | {row.generated} "
            f"| {row.seconds} | {row.megabytes} | {types} | {row.passed} | {len(row.failed)} |"
        )
    yield ""
    operations, generated = sum(row.operations for row in rows), sum(row.generated for row in rows)
    tested = sum(row.tested for row in rows)
    yield f"documents: {len(rows)}; right: {sum(row.is_right for row in rows)}"
    yield f"operations: {operations}; generated: {generated}; methods with contract tests: {tested}"
    yield f"tests passed: {sum(row.passed for row in rows)}; failed: {sum(len(row.failed) for row in rows)}"
    reasons = Counter(_kind(reason) for row in rows for reason in row.refused)
    yield from (f"{count} × {reason}" for reason, count in reasons.most_common())
    untested = Counter(_kind(reason) for row in rows for reason in row.untested)
    yield from (f"not tested: {count} × {reason}" for reason, count in untested.most_common())
    yield from (f"{row.name}: {row.problem}" for row in rows if row.problem)


def _kind(reason: str) -> str:
    """Return a reason without the names in it, so that those of one kind count as one."""
    return re.sub(r"'[^']*'|\"[^\"]*\"", "…", reason.partition(": ")[2] or reason)[:120]


if __name__ == "__main__":
    sys.exit(main())
